"""Taxes in prices as ONS counts them: to the published totals, and shared by what households buy."""

from __future__ import annotations

import pytest

from building import home, person, some_households, town, unit
from fairshare.assessment import assess
from fairshare.law import law_in_force
from fairshare.spending.taxes_in_prices import borne, spending, taxes_in_prices

YEAR = "2024-25"


def test_what_households_bear_of_receipts() -> None:
    """VAT: £3,057 from each of 27.21 million households is £83.18 billion of £119.8 billion; the same part of £170,994 million is £118,727
    million. Of employers' contributions £588 each is £16.0 billion of £125.9 billion, and so £21,924 million of £172,518 million."""
    found = {each.tax: each for each in borne()}
    assert found["VAT"].in_prices / 1e6 == pytest.approx(118_727, abs=1) and found["VAT"].passed_on == 0
    assert found["employers' National Insurance"].passed_on / 1e6 == pytest.approx(21_924, abs=1)
    assert all(each.in_prices + each.passed_on >= 0 for each in found.values())


def test_every_pound_is_shared() -> None:
    people = some_households(200, seed=6)
    assessment = assess(people, law_in_force(YEAR))
    weight = people.households["weight"]
    in_prices, passed_on = taxes_in_prices(assessment)
    own = assessment["tv_licence"]["tv_licence"] + assessment["property_purchase_tax"]["property_purchase_tax"]
    assert float((weight * (in_prices - own)).sum()) == pytest.approx(sum(each.in_prices for each in borne()))
    assert float((weight * passed_on).sum()) == pytest.approx(sum(each.passed_on for each in borne()))


def test_each_tax_falls_on_those_who_buy_and_what_firms_pass_on_by_all_spending() -> None:
    """One household buys fuel and the other twice as much of other things: fuel duty is the first's alone, and a third of all passed on."""
    people = town(
        home(unit(person(40)), spending_motor_fuel=1_000.0, tenure=0),
        home(unit(person(40)), spending_recreation=2_000.0, tenure=0),
    )
    assessment = assess(people, law_in_force(YEAR))
    assert spending(assessment).tolist() == pytest.approx([1_000, 2_000])
    in_prices, passed_on = taxes_in_prices(assessment)
    assert passed_on[0] == pytest.approx(passed_on.sum() / 3)
    fuel = next(each for each in borne() if each.tax == "fuel duty")
    assert in_prices[0] > fuel.in_prices
