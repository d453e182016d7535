"""Money that leaves one account reaches another: whatever the reform, and to the penny."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import fairshare.spending.ledger as book
from building import home, person, some_households, town, unit
from fairshare.assessment import RULES, Assessment, assess
from fairshare.faults import Fault
from fairshare.law import Law, as_data, law_in_force, with_changes
from fairshare.population.records import Population, empty
from fairshare.quantities import Band, DwellingKind, Nation, Region, Tenure
from fairshare.reading import parse
from fairshare.spending.ledger import FLOWS, Entry, Ledger, Spent, Unbalanced, gains, ledger, net_revenue, net_revenue_change
from fairshare.spending.services import KEYS, allocate

YEAR = "2026-27"


def changed(law: Law, changes: dict[str, Any]) -> Law:
    return with_changes(law, changes, parse("law: {}"))


# A reform that moves every flow: all rates, allowances and rates of benefit at once.
EVERYTHING = """
income_tax: {personal_allowance: {plus: -1000}, savings: {basic_rate: 0.3}}
national_insurance: {class_1: {main_rate: 0.1}, employer: {rate: 0.17}}
student_loan: {}
apprenticeship_levy: {rate: 0.01}
capital_gains_tax: {annual_exempt_amount: 0}
vat: {rates: {standard: 0.22, food: 0.05}}
excise_duties: {rates: {fuel: {plus: 0.1}}}
tv_licence: {fee: 200}
property_purchase_tax: {turnover: 0.05}
inheritance_tax: {nil_rate_band: 100_000, residence: {nil_rate_band: 0}}
council_tax:
  england: {ratio: {a: 0.5, b: 0.6, c: 0.7, d: 0.8, e: 1.5, f: 1.7, g: 2, h: 3}}
  high_value_surcharge: {in_force: 1, amounts: [{above: 0, rate: 100}]}
wealth_tax: {bands: [{above: 0, rate: 0.01}], administration: 0.02}
local_income_tax: {rate: 0.02}
employee_ownership_fund: {share_moved: 0.1, most_each: 500}
deferral: {home: {share: 0.5, income_below: 60_000}}
unrealised_gains: {at_death: 1, on_leaving: 1}
child_benefit: {eldest: 40}
statutory_pay: {sick: {flat: 200, earnings_share: 0.9}}
equal_payment: {per_adult: 50}
"""


def everything() -> dict[str, Any]:
    found: dict[str, Any] = parse(EVERYTHING).data
    return found


def second_homes() -> np.ndarray:
    dwellings = empty("dwelling", 2)
    dwellings["weight"] = [300.0, 20.0]
    dwellings["council"] = 30
    dwellings["nation"], dwellings["region"] = Nation.ENGLAND, Region.NORTH_WEST
    dwellings["kind"] = [DwellingKind.SECOND_HOME, DwellingKind.EMPTY]
    dwellings["council_tax_band"] = [Band.D, Band.A]
    dwellings["dwelling_value"] = 300_000.0
    return dwellings


def village() -> Population:
    """A family, a pensioner couple, a private renter without work, and two homes where nobody usually lives."""
    return town(
        home(
            unit(
                person(40, earnings=38_000, student_loan=2),
                person(38, earnings=9_000, usual_pay=12_000, sick_pay_weeks=3),
                person(9),
                person(5),
                couple=1,
            ),
            weight=700.0,
            council_tax_band=Band.C,
            tenure=Tenure.MORTGAGE,
            dwelling_value=280_000,
            main_home_wealth=280_000,
        ),
        home(
            unit(person(77, private_pension=21_000, state_pension=11_000, savings_interest=4_000), person(75), couple=1),
            weight=450.5,
            council_tax_band=Band.F,
            tenure=Tenure.OWNED_OUTRIGHT,
            dwelling_value=900_000,
            main_home_wealth=900_000,
        ),
        home(unit(person(30)), weight=123.25, council_tax_band=Band.A, tenure=Tenure.PRIVATE_RENT, rent=6_500, dwelling_value=150_000),
        dwellings=second_homes(),
    )


@pytest.fixture(scope="module")
def two() -> tuple[Assessment, Assessment]:
    population = village()
    law = law_in_force(YEAR)
    return assess(population, law), assess(population, changed(law, everything()))


def spent_on(amount: float, baseline: Assessment, *services: str) -> list[Spent]:
    return [Spent(name, amount, allocate(name, amount, baseline, YEAR).per_household) for name in services]


# ---- it balances ---------------------------------------------------------------------------------------------------


def test_every_instrument_with_money_is_in_the_ledger() -> None:
    apart = {"dependants", "disposable_income", "post_tax_income"}
    apart |= {"free_school_meals", "funded_childcare"}  # in kind
    apart |= {"warm_home_discount"}  # suppliers give it and recover it from every bill
    assert {flow.table.removesuffix("_of_dwellings") for flow in FLOWS} == {each.name for each in RULES} - apart


def test_a_pound_from_each_household_is_a_pound_to_the_public_sector(two: tuple[Assessment, Assessment]) -> None:
    """One flow by hand: £50 to each of 2 x 700 + 2 x 450.5 + 123.25 adults is £121,212.50."""
    baseline = two[0]
    reform = assess(baseline.population, changed(baseline.law, {"equal_payment": {"per_adult": 50}}))
    made = ledger(baseline, reform, [], "borrowing")
    assert made.entries == (
        Entry("public sector", "households", pytest.approx(121_212.50), "equal payment"),
        Entry("public borrowing", "public sector", pytest.approx(121_212.50), "borrowed"),
    )


def test_all_accounts_balance(two: tuple[Assessment, Assessment]) -> None:
    baseline, reform = two
    made = ledger(baseline, reform, spent_on(1e6, baseline, "health", "council_homes"), "saving")
    assert {entry.what for entry in made.entries} >= {"income tax", "council tax", "wealth tax", "Child Benefit", "equal payment"}
    assert {book.LANDLORDS, book.EMPTY_HOMES, book.EMPLOYERS} <= made.gains.keys()
    assert all(made.gains[account] for account in (book.LANDLORDS, book.EMPTY_HOMES, book.EMPLOYERS))
    assert all(entry.pounds > 0 for entry in made.entries)
    assert math.fsum(made.gains.values()) == pytest.approx(0, abs=0.01)


def test_the_change_in_revenue_is_the_difference_of_two_levels(two: tuple[Assessment, Assessment]) -> None:
    baseline, reform = two
    assert net_revenue_change(baseline, reform) == pytest.approx(net_revenue(reform) - net_revenue(baseline), abs=0.01)


# ---- and fails when money is lost or made up -----------------------------------------------------------------------


def entries_of(two: tuple[Assessment, Assessment]) -> Ledger:
    baseline, reform = two
    return ledger(baseline, reform, spent_on(1e6, baseline, "health", "schools"), "borrowing")


def test_dropping_any_entry_is_noticed(two: tuple[Assessment, Assessment]) -> None:
    made = entries_of(two)
    assert len(made.entries) > 10
    for i, entry in enumerate(made.entries):
        with pytest.raises(Unbalanced):
            replace(made, entries=made.entries[:i] + made.entries[i + 1 :]).check()
            pytest.fail(f"{entry} was dropped and nobody noticed")


def test_turning_any_entry_round_is_noticed(two: tuple[Assessment, Assessment]) -> None:
    made = entries_of(two)
    for i, entry in enumerate(made.entries):
        turned = entry._replace(source=entry.target, target=entry.source)
        with pytest.raises(Unbalanced):
            replace(made, entries=(*made.entries[:i], turned, *made.entries[i + 1 :])).check()
            pytest.fail(f"{entry} was turned round and nobody noticed")


def test_a_measure_that_is_missing_is_noticed(two: tuple[Assessment, Assessment]) -> None:
    made = entries_of(two)
    for account in made.gains:
        if made.net(account) or any(account in (entry.source, entry.target) for entry in made.entries):
            with pytest.raises(Unbalanced):
                replace(made, gains={name: gain for name, gain in made.gains.items() if name != account}).check()


@pytest.mark.parametrize("i", range(len(FLOWS)), ids=[f"{flow.what} of {flow.account}" for flow in FLOWS])
def test_a_flow_left_out_or_of_the_wrong_sign_is_noticed(
    i: int, two: tuple[Assessment, Assessment], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every instrument's lines are nudged by £1, with disposable income and what owners owe left alone: the ledger must say no."""
    baseline, reform = two
    flow = FLOWS[i]
    if not book.change(flow, baseline, reform):
        reform = nudged(baseline, reform, flow)
        with pytest.raises(Unbalanced):
            ledger(baseline, reform, [], "borrowing")
        return
    for wrong in (None, flow._replace(lines={line: -sign for line, sign in flow.lines.items()})):
        monkeypatch.setattr(book, "FLOWS", FLOWS[:i] + ((wrong,) if wrong else ()) + FLOWS[i + 1 :])
        with pytest.raises(Unbalanced):
            ledger(baseline, reform, [], "borrowing")


def nudged(baseline: Assessment, reform: Assessment, flow: book.Flow) -> Assessment:
    table = reform[flow.table].copy()
    for line in flow.lines:
        table[line] += 1.0
    return Assessment(reform.population, reform.law, {**dict(reform), flow.table: table}, reform._keys)


def test_a_service_that_delivers_less_than_it_is_paid_is_noticed(two: tuple[Assessment, Assessment]) -> None:
    baseline, reform = two
    given = Spent("health", 1e6, allocate("health", 9e5, baseline, YEAR).per_household)
    with pytest.raises(Unbalanced, match="households, in services"):
        ledger(baseline, reform, [given], "borrowing")


def test_a_remainder_without_a_name_is_refused(two: tuple[Assessment, Assessment]) -> None:
    with pytest.raises(Unbalanced, match="public sector"):
        ledger(*two, [], "none")


def test_two_pence_are_noticed_and_half_a_penny_is_not() -> None:
    made = Ledger((Entry("a", "b", 10.0, "x"),), {"a": -10.0, "b": 10.0})
    assert made.check() is made
    with pytest.raises(Unbalanced):
        replace(made, gains={"a": -10.0, "b": 10.02}).check()
    replace(made, gains={"a": -10.0, "b": 10.005}).check()


def test_a_trillion_pounds_may_be_out_by_its_own_last_digits_alone() -> None:
    trillion = 1e12
    made = Ledger((Entry("a", "b", trillion, "x"),), {"a": -trillion, "b": trillion + 0.05})
    assert made.check() is made
    with pytest.raises(Unbalanced):
        replace(made, gains={"a": -trillion, "b": trillion + 0.2}).check()


# ---- whatever the reform -------------------------------------------------------------------------------------------


SOME_CHANGE = some.sampled_from([{"times": 0.5}, {"times": 1.07}, {"times": 2}, {"plus": 1}, {"plus": 0.01}])
BASE = law_in_force(YEAR)


def leaves(data: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if isinstance(data, dict):
        return [leaf for name, each in data.items() for leaf in leaves(each, (*path, name))]
    return [] if isinstance(data, list) or math.isinf(data) else [path]


LEAVES = [leaf for name, values in BASE.values.items() if name != "disposable_income" for leaf in leaves(as_data(values), (name,))]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=some.integers(0, 1_000),
    moved=some.lists(some.tuples(some.sampled_from(LEAVES), SOME_CHANGE), min_size=1, max_size=6),
    rate=some.floats(0, 0.05),
    service=some.sampled_from(sorted(KEYS)),
    amount=some.floats(-1e9, 1e11),
    closure=some.sampled_from(["borrowing", "saving"]),
)
def test_any_legal_reform_over_any_households_balances(
    seed: int, moved: list[tuple[tuple[str, ...], Any]], rate: float, service: str, amount: float, closure: str
) -> None:
    drawn = some_households(12, seed)
    population = Population(drawn.persons, drawn.benefit_units, drawn.households, second_homes(), "test", YEAR)
    bands = [{"above": 0, "rate": rate}]
    law = changed(BASE, {"wealth_tax": {"bands": bands}, "council_tax": {"high_value_surcharge": {"in_force": 1}}})
    for path, change in moved:
        nested: Any = change
        for name in reversed(path):
            nested = {name: nested}
        try:
            law = changed(law, nested)
        except Fault:
            continue  # the law itself refuses this change
    baseline, reform = assess(population, BASE), assess(population, law)
    given_out = Spent(service, amount, allocate(service, amount, baseline, YEAR).per_household)
    made = ledger(baseline, reform, [given_out], closure)
    assert made.check() is made
    income = reform["disposable_income"]["disposable_income"] - baseline["disposable_income"]["disposable_income"]
    assert gains(baseline, reform)["households"] == pytest.approx(float((population.households["weight"] * income).sum()), abs=0.01)
