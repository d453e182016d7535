"""What must hold of every household's year: nothing negative, nothing above its own bound, no cliff where the law has none.

Households are drawn at random from everything that the schema of records allows.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from building import some_households
from fairshare import quantities as q
from fairshare.assessment import Assessment, assess
from fairshare.budget_line import net_income, varied
from fairshare.household_file import household_from_text
from fairshare.law import law_in_force
from fairshare.population.records import Population, population
from fairshare.rules import INSTRUMENTS

PENNY = 0.005
COUNT = 200
drawn = pytest.mark.parametrize("seed, year", [(1, "2023-24"), (2, "2025-26"), (3, "2026-27"), (4, "2028-29")])

MAY_BE_NEGATIVE = {
    ("disposable_income", "market_income"),  # losses
    ("disposable_income", "disposable_income"),
    ("disposable_income", "disposable_income_after_housing_costs"),
    ("post_tax_income", "disposable_income"),
    ("post_tax_income", "post_tax_income"),
    ("inheritance_tax", "net_estate"),
    ("wealth_tax", "net_wealth"),
}
"""Lines that are differences, or follow a loss."""


@cache
def people_of(seed: int, year: str) -> Population:
    return some_households(COUNT, seed)


@cache
def worked(seed: int, year: str) -> Assessment:
    return assess(people_of(seed, year), law_in_force(year), remember=False)


@drawn
def test_no_tax_and_no_benefit_is_negative(seed: int, year: str) -> None:
    lines = worked(seed, year)
    for name, instrument in INSTRUMENTS.items():
        for line in instrument.lines._fields:  # type: ignore[attr-defined]
            assert not np.isnan(lines[name][line]).any(), f"{name}.{line}"
            if (name, line) not in MAY_BE_NEGATIVE:
                assert (lines[name][line] >= -PENNY).all(), f"{name}.{line}"


@drawn
def test_a_reduction_is_no_more_than_its_bill(seed: int, year: str) -> None:
    lines = worked(seed, year)
    people = lines.population
    taken_off = np.bincount(
        people.benefit_units["household"], lines["council_tax_reduction"]["council_tax_reduction"], len(people.households)
    )
    assert (taken_off <= lines["council_tax"]["council_tax"] + PENNY).all()


@drawn
def test_help_with_rent_is_no_more_than_the_rent(seed: int, year: str) -> None:
    lines = worked(seed, year)
    people = lines.population
    elements = lines["universal_credit"]["housing_element"] + lines["housing_benefit"]["housing_benefit"]
    helped = np.bincount(people.benefit_units["household"], elements, len(people.households))
    assert (helped <= people.households["rent"] + PENNY).all()
    owners = np.isin(people.households["tenure"], (q.Tenure.OWNED_OUTRIGHT, q.Tenure.MORTGAGE))
    assert (helped[owners] == 0.0).all()


@drawn
def test_an_award_is_no_more_than_its_maximum_and_the_cap_takes_no_more_than_the_award(seed: int, year: str) -> None:
    lines = worked(seed, year)
    credit, cap = lines["universal_credit"], lines["benefit_cap"]
    assert (credit["universal_credit"] <= credit["maximum_amount"] + PENNY).all()
    assert (cap["universal_credit"] <= credit["universal_credit"] + PENNY).all()
    pension = lines["pension_credit"]
    assert (pension["guarantee_credit"] <= pension["minimum_guarantee"] + PENNY).all()


MEANS_TESTED = (("benefit_cap", "universal_credit"), ("pension_credit", "pension_credit"), ("housing_benefit", "housing_benefit"))


def with_capital(people: Population, more: float) -> Population:
    units = people.benefit_units.copy()
    units["capital"] += more
    return population(people.persons.copy(), units, people.households.copy(), name=f"{people.name}, {more} more", year=people.year)


@pytest.mark.parametrize("more", [0.01, 250.0, 6_000.0, 25_000.0])
@drawn
def test_more_capital_never_brings_more_means_tested_benefit(seed: int, year: str, more: float) -> None:
    """Together with council tax reduction and what follows an award: less of one may bring more of another, but never more in all."""
    less = worked(seed, year)
    richer = assess(with_capital(less.population, more), law_in_force(year), remember=False)
    for instrument, line in MEANS_TESTED[:2]:
        assert (richer[instrument][line] <= less[instrument][line] + PENNY).all(), instrument
    before, after = (
        each["benefit_cap"]["universal_credit"]
        + each["pension_credit"]["pension_credit"]
        + each["housing_benefit"]["housing_benefit"]
        + each["council_tax_reduction"]["council_tax_reduction"]
        for each in (less, richer)
    )
    assert (after <= before + PENNY).all()


NO_CLIFFS = {
    "a single person who rents": "tenure: private_rent\nrent: 600 a month\npeople: [{name: Sam, age: 40}]",
    "a young single owner": "people: [{name: Sam, age: 22}]",
    "a single social tenant": "tenure: social_rent\nrent: 100 a week\nbedrooms: 1\npeople: [{name: Sam, age: 60}]",
    "a couple, not married": "married: false\npeople: [{name: Sam, age: 30}, {name: Ash, age: 31, earnings: 15_000}]",
    "a parent below the limit of the charge": "tenure: private_rent\nrent: 700 a month\n"
    "people: [{name: Sam, age: 40}, {name: Kit, age: 9}]",
}


@pytest.mark.parametrize("year", ["2023-24", "2026-27"])
@pytest.mark.parametrize("council", ["Westminster", "Cardiff", "Glasgow City", "Belfast"])
@pytest.mark.parametrize("who", NO_CLIFFS)
def test_another_pound_of_pay_leaves_no_less_where_the_law_has_no_cliff(who: str, council: str, year: str) -> None:
    """Tapers may take nearly all of a pound, and together a little more; but no step takes a lump. A child of 9 opens no payment for
    young children, and nobody here is married, cares, or has capital."""
    bill = "" if council == "Belfast" else "council_tax: {band: D}\n"
    one = household_from_text(f"year: {year}\ncouncil: {council}\n{bill}{NO_CLIFFS[who]}")
    most = 55_000.0 if "parent" in who else 140_000.0
    amounts = np.arange(0.0, most, 100.0)
    net = net_income(varied(one.population, 0, "earnings", amounts), law_in_force(year))
    lost = -np.diff(net)
    in_scotland_with_children = council == "Glasgow City" and "parent" in who  # Scottish Child Payment ends with the last pound of an award
    assert lost.max() < (3_000 if in_scotland_with_children else 10.0), amounts[int(np.argmax(lost))]
