"""A yearly wealth tax, as a proposal would set it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare.assessment import assess
from fairshare.household_file import household_from_text
from fairshare.law import law_in_force, with_changes
from fairshare.population.records import Population, empty
from fairshare.reading import parse

TWO = "bands: [{above: 0, rate: 0}, {above: 10_000_000, rate: 0.02}]"


def reform(text):
    document = parse("law: {wealth_tax: {" + text + "}}")
    return with_changes(law_in_force("2026-27"), document.data["law"], document)


def wealthy(first=1.0, second=0.0, **wealth):
    """Two adults in Leeds who own these kinds of wealth, in these parts."""
    small = household_from_text("year: 2026-27\ncouncil: Leeds\npeople: [{name: Sam, age: 50}, {name: Ash, age: 50}]").population
    households, persons = small.households.copy(), small.persons.copy()
    for name, value in wealth.items():
        households[name] = value
    persons["wealth_share"] = [first, second]
    return Population(persons, small.benefit_units, households, empty("dwelling", 0), name="two adults", year="2026-27")


def tax(law, name="wealth_tax", **wealth):
    return float(assess(wealthy(**wealth), law, remember=False)["wealth_tax"][name][0])


def test_no_wealth_tax_is_in_force():
    assert tax(law_in_force("2026-27"), financial_wealth=50e6) == 0


@pytest.mark.parametrize("wealth, due", [(9e6, 0), (10e6, 0), (10_000_100, 2), (12e6, 40_000)])
def test_two_per_cent_above_ten_million(wealth, due):
    assert tax(reform(TWO), financial_wealth=wealth) == pytest.approx(due)


def test_each_person_has_the_band_of_their_own():
    """12 million owned in halves: neither passes 10 million. Owned 11 and 1: 2% of 1 million."""
    law = reform(TWO + ", per_person: 1")
    assert tax(law, financial_wealth=12e6, first=0.5, second=0.5) == 0
    assert tax(law, financial_wealth=12e6, first=11 / 12, second=1 / 12) == pytest.approx(20_000)


def test_debts_and_relief_for_the_main_home():
    """A home of 3m with a loan of 1m, 20m of shares, 0.5m of other debts; the first 2.5m of the home is left out, so its 2m is."""
    law = reform(TWO + ", main_home_relief: 2_500_000")
    wealth = {"main_home_wealth": 3e6, "mortgage_debt": 1e6, "financial_wealth": 20e6, "debts": 5e5}
    assert tax(law, "net_wealth", **wealth) == pytest.approx(21_500_000)
    assert tax(law, "taxable_wealth", **wealth) == pytest.approx(19_500_000)
    assert tax(law, **wealth) == pytest.approx(190_000)


def test_kinds_of_wealth_that_do_not_count():
    law = reform(TWO + ", counts: {pension: 0, main_home: 0}")
    assert tax(law, pension_wealth=30e6, main_home_wealth=20e6, mortgage_debt=1e6) == 0


def test_a_limit_by_income():
    """With no income at all, a limit of 60% leaves only the least part, a fifth of 200,000."""
    law = reform(TWO + ", income_limit: {share: 0.6, least: 0.2}")
    assert tax(law, financial_wealth=20e6) == pytest.approx(40_000)


@given(wealth=st.floats(0, 1e9), debt=st.floats(0, 1e9))
def test_never_negative(wealth, debt):
    assert tax(reform(TWO), financial_wealth=wealth, debts=debt) >= 0


@given(wealth=st.floats(0, 1e8))
def test_twice_the_wealth_and_the_limits_at_half_the_rate_is_the_same_tax(wealth):
    half = reform("bands: [{above: 0, rate: 0}, {above: 20_000_000, rate: 0.01}]")
    assert tax(half, financial_wealth=2 * wealth) == pytest.approx(tax(reform(TWO), financial_wealth=wealth), abs=0.01)


def family(**wealth):
    """A couple and their grown-up child in Leeds, who own three parts of four in halves, and the fourth part."""
    text = "year: 2026-27\ncouncil: Leeds\npeople: [{name: Sam, age: 60}, {name: Ash, age: 60, partner_of: Sam}, {name: Bea, age: 30}]"
    small = household_from_text(text).population
    households, persons = small.households.copy(), small.persons.copy()
    for name, value in wealth.items():
        households[name] = value
    persons["wealth_share"] = [0.375, 0.375, 0.25]
    return Population(persons, small.benefit_units, households, empty("dwelling", 0), name="a family", year="2026-27")


@pytest.mark.parametrize("unit, due", [("", 120_000), (", per_couple: 1", 40_000), (", per_person: 1", 0)])
def test_a_couple_may_be_taxed_as_one(unit, due):
    """16 million: 2% above 10 million on all of it; on the couple's 12 million; on no one's own, where nobody has 10 million."""
    made = assess(family(financial_wealth=16e6), reform(TWO + unit), remember=False)["wealth_tax"]
    assert float(made["wealth_tax"][0]) == pytest.approx(due)


def test_business_assets_and_pensions_may_be_left_out_in_part():
    """Half of 6m of business assets but 2m at most, and 1m of 3m of pension rights: 15m less 3m is 12m."""
    law = reform(TWO + ", relief: {business: 0.5, business_most: 2_000_000, pension: 1_000_000}")
    wealth = {"financial_wealth": 6e6, "business_wealth": 6e6, "pension_wealth": 3e6}
    assert tax(law, "other_reliefs", **wealth) == pytest.approx(3e6)
    assert tax(law, "taxable_wealth", **wealth) == pytest.approx(12e6)
    assert tax(reform(TWO + ", counts: {pension: 0}, relief: {pension: 1_000_000}"), "other_reliefs", **wealth) == 0


def test_running_the_tax_costs_a_part_of_it():
    """2% of 2 million is £40,000, and 3% of that £1,200."""
    law = reform(TWO + ", administration: 0.03")
    assert tax(law, "administration", financial_wealth=12e6) == pytest.approx(1_200)
    assert tax(law, financial_wealth=12e6) == pytest.approx(40_000)
