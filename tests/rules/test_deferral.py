"""Tax put off: who may, how much, and that it is owed to the public sector and no gift."""

from __future__ import annotations

import pytest

from building import family, home, person, town, unit
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.quantities import Band, Tenure
from fairshare.reading import parse
from fairshare.run import work
from fairshare.scenario import scenario_from

HALF = "{deferral: {home: {share: 0.5, income_below: 20_000, pension_age_only: 1}}}"


def reform(law: str):
    document = parse(f"law: {law}")
    return with_changes(law_in_force("2026-27"), document.data["law"], document)


def put_off(law: str, age: int = 70, pension: float = 15_000, tenure: int = Tenure.OWNED_OUTRIGHT, **fields: float) -> float:
    """Put off by one person in Leeds, alone in band D: three quarters of £2,283.73 are £1,712.80. Savings are too large for support."""
    people = town(home(unit(person(age, private_pension=pension), capital=20_000.0), tenure=tenure, council_tax_band=Band.D, **fields))
    return float(assess(people, reform(law), remember=False)["deferral"]["deferral"][0])


def test_nothing_is_put_off_today() -> None:
    assert put_off("{}") == 0


@pytest.mark.parametrize(
    "changed, pounds",
    [
        ({}, 856.40),
        ({"pension": 20_000}, 0),
        ({"pension": 19_999}, 856.40),
        ({"age": 50}, 0),
        ({"tenure": Tenure.PRIVATE_RENT}, 0),
    ],
)
def test_half_the_tax_of_pensioners_who_own_their_home_and_have_little_income(changed: dict[str, float], pounds: float) -> None:
    assert put_off(HALF, **changed) == pytest.approx(pounds, abs=0.01)


def test_a_tax_in_proportion_to_value_may_be_put_off_alone() -> None:
    """0.5% of £300,000 with a quarter off is £1,125; half of it is put off, and of council tax nothing."""
    alone = HALF.replace("share: 0.5,", "share: 0.5, proportional_only: 1,")
    assert put_off(alone) == 0
    both = alone.replace("{deferral", "{council_tax: {proportional: {in_force: 1, rate: 0.005}}, deferral")
    assert put_off(both, dwelling_value=300_000) == pytest.approx(562.50)


def test_wealth_tax_beyond_a_share_of_income() -> None:
    """1% of 5 million above 10 million is £50,000; half of an income of £30,000 is due now, and £35,000 later."""
    law = "{wealth_tax: {bands: [{above: 0, rate: 0}, {above: 10_000_000, rate: 0.01}]}, deferral: {wealth: {above_share_of_income: 0.5}}}"
    people = family(person(70, private_pension=30_000), financial_wealth=15e6)
    lines = assess(people, reform(law), remember=False)
    assert lines["deferral"]["wealth_tax_put_off"][0] == pytest.approx(35_000)
    assert lines["disposable_income"]["wealth_tax"][0] == pytest.approx(50_000)
    assert lines["disposable_income"]["tax_put_off"][0] == pytest.approx(-35_000)


def test_what_is_put_off_is_borrowed_by_the_public_sector_in_the_year() -> None:
    people = town(home(unit(person(70, private_pension=15_000), capital=20_000.0), tenure=Tenure.OWNED_OUTRIGHT, council_tax_band=Band.D))
    made = work(scenario_from(parse(f"title: T\nbecause: B.\nfrom: 2026-27\nlaw: {HALF}\n")), people, "2026-27")
    assert made.net_revenue == pytest.approx(-856.40, abs=0.01)
    assert float(made.change[0]) == pytest.approx(856.40, abs=0.01)
    assert ("public sector", "households") in {(entry.source, entry.target) for entry in made.ledger.entries}
