"""Tax on gains never realised, as a proposal would set it."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.quantities import Sex
from fairshare.reading import parse
from fairshare.run import work
from fairshare.scenario import scenario_from

WEALTH = {"main_home_wealth": 500_000, "financial_wealth": 400_000, "other_property_wealth": 300_000, "business_wealth": 100_000}
GAINED = "gained: {financial: 0.25, other_property: 0.5, business: 1}"


def line(name: str, law: str, *people) -> float:
    document = parse(f"law: {{unrealised_gains: {law}}}")
    changed = with_changes(law_in_force("2026-27"), document.data["law"], document)
    return float(assess(family(*people, **WEALTH), changed, remember=False)["unrealised_gains"][name][0])


def test_neither_is_in_force() -> None:
    assert line("expected_in_year", "{}", person(85, sex=Sex.MALE, wealth_share=1.0)) == 0


def test_gains_at_death_are_expected_by_the_risk_of_it() -> None:
    """Gains of 100,000, 150,000 and 100,000: 24% of 350,000 is 84,000; a man of 85 dies within the year in 15 of 100 cases: 12,600."""
    law = f"{{at_death: 1, {GAINED}}}"
    assert line("unrealised_gains", law, person(85, sex=Sex.MALE, wealth_share=1.0)) == pytest.approx(350_000)
    assert line("expected_in_year", law, person(85, sex=Sex.MALE, wealth_share=1.0)) == pytest.approx(12_600)
    assert (
        line("expected_in_year", law, person(85, sex=Sex.MALE, wealth_share=1.0), person(84, wealth_share=1.0)) == 0
    )  # goes to the husband or wife with its gains


def test_a_charge_on_leaving() -> None:
    """One owner in a hundred leaves: 1% of 84,000."""
    law = f"{{on_leaving: 1, leave_in_year: 0.01, {GAINED}}}"
    assert line("on_leaving", law, person(50)) == pytest.approx(840)


def test_it_is_in_the_ledger_and_in_no_households_income() -> None:
    text = f"title: T\nbecause: B.\nfrom: 2026-27\nlaw: {{unrealised_gains: {{at_death: 1, {GAINED}}}}}\n"
    made = work(scenario_from(parse(text)), family(person(85, sex=Sex.MALE, wealth_share=1.0), **WEALTH), "2026-27")
    assert made.net_revenue == pytest.approx(12_600)
    assert float(made.change[0]) == 0
    assert made.ledger.gains["owners who die or leave, as expected"] == pytest.approx(-12_600)
