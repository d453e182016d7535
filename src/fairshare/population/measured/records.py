"""A population's records in one year's money, with the columns that several measures share."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.population.measured.kinds import Array
from fairshare.population.records import Population
from fairshare.population.synthetic import figures as f
from fairshare.population.uprating import factor

SYNTHETIC_YEAR, SURVEY_OF_WEALTH = "2025-26", "2021-22"
ADULT_WAGE_AGE, YOUNG_WAGE, LEAST_PAID, USUAL_WEEK = 21, 0.75, 0.9, 37.0
"""Age from which the National Living Wage is due, part of it due to the young, and how far below it pay may lie for hours that are
rounded, in a week of at most so many paid hours: who is paid less was paid for a part of the year."""
GENERATION = 15
"""Years by which the first adult must be older than another adult for that one to be taken as a grown child."""


class FAMILY:
    """Types of household in ONS's Families and households."""

    ALONE, COUPLE, COUPLE_ONE_TWO, COUPLE_THREE, COUPLE_GROWN, LONE_CHILDREN, LONE_GROWN, UNRELATED, SEVERAL = range(9)


def _grown_children(r: Records) -> Array:
    """(households,) whether every other adult is a generation younger than the first: a parent with grown children."""
    oldest_other = np.where(r.persons["benefit_unit"] > r.homes["first_benefit_unit"][r.persons["household"]], r.persons["age"], -1)
    oldest = np.maximum.reduceat(oldest_other, r.homes["first_person"])
    return np.asarray((oldest >= 0) & (oldest + GENERATION <= r.head_age))


class Records:
    """A population in one year's money, with the columns that several measures share. Nothing in it is altered."""

    def __init__(self, people: Population) -> None:
        self.people, self.year = people, people.year
        self.persons, self.units, self.homes, self.dwellings = people.persons, people.benefit_units, people.households, people.dwellings
        self.home_council = self.homes["council"].astype(np.int64)
        self.person_council = self.home_council[self.persons["household"]]
        self.unit_council = self.home_council[self.units["household"]]
        self.dwelling_council = self.dwellings["council"].astype(np.int64)
        self.home_weight: Array = self.homes["weight"]
        self.person_weight, self.unit_weight = people.person_weight, people.benefit_unit_weight

    # (councils,) weighted sums of a value, or counts of those for whom a condition holds

    def of_persons(self, values: Array) -> Array:
        return np.bincount(self.person_council, self.person_weight * values, len(areas()))

    def of_units(self, values: Array) -> Array:
        return np.bincount(self.unit_council, self.unit_weight * values, len(areas()))

    def of_homes(self, values: Array) -> Array:
        return np.bincount(self.home_council, self.home_weight * values, len(areas()))

    def of_dwellings(self, values: Array) -> Array:
        if not len(self.dwellings):
            return np.zeros(len(areas()))
        return np.bincount(self.dwelling_council, self.dwellings["weight"] * values, len(areas()))

    # columns that several measures share

    @cached_property
    def size(self) -> Array:
        """(households,) persons."""
        return np.asarray(self.homes["last_person"] - self.homes["first_person"], int)

    @cached_property
    def head_age(self) -> Array:
        return np.asarray(self.persons["age"][self.homes["first_person"]])

    @cached_property
    def dependant(self) -> Array:
        return np.asarray(self.persons["role"] == int(q.Role.DEPENDANT))

    @cached_property
    def children(self) -> Array:
        """(benefit units,) dependent children."""
        return np.add.reduceat(self.dependant.astype(int), self.units["first_person"]) if len(self.units) else np.zeros(0, int)

    @cached_property
    def couple(self) -> Array:
        return np.asarray(self.units["couple"] == 1)

    @cached_property
    def household_children(self) -> Array:
        return np.add.reduceat(self.dependant.astype(int), self.homes["first_person"])

    @cached_property
    def units_in_household(self) -> Array:
        return np.asarray(self.homes["last_benefit_unit"] - self.homes["first_benefit_unit"], int)

    @cached_property
    def family(self) -> Array:
        """(households,) ONS's type of household: see FAMILY."""
        first = self.homes["first_benefit_unit"]
        couple, own = self.couple[first], self.children[first]
        others = self.units_in_household - 1
        grown = _grown_children(self)
        families = np.add.reduceat((self.couple | (self.children > 0)).astype(int), first)
        # Adults of the same household who are no family of the first: sharers, or a second family.
        alone = self.size == 1
        several = (families >= 2) | ((families == 1) & ~couple & (own == 0) & ~grown)
        return np.select(
            [alone, several, couple & (own >= 3), couple & (own >= 1), couple & (others > 0), couple, own > 0, grown],
            [
                FAMILY.ALONE,
                FAMILY.SEVERAL,
                FAMILY.COUPLE_THREE,
                FAMILY.COUPLE_ONE_TWO,
                FAMILY.COUPLE_GROWN,
                FAMILY.COUPLE,
                FAMILY.LONE_CHILDREN,
                FAMILY.LONE_GROWN,
            ],
            FAMILY.UNRELATED,
        )

    @cached_property
    def employee(self) -> Array:
        """(persons,) in a job now: paid, with hours (some who were paid in the year have left)."""
        return np.asarray((self.persons["earnings"] > 0) & (self.persons["hours"] > 0))

    @cached_property
    def whole_year(self) -> Array:
        """(persons,) whose pay is not below the minimum wage for their hours: the others were paid for a part of the year."""
        wage = f.national("national_living_wage") * factor("earnings", SYNTHETIC_YEAR, self.year)
        floor = np.where(self.persons["age"] < ADULT_WAGE_AGE, YOUNG_WAGE, 1.0) * wage * LEAST_PAID
        return np.asarray(self.persons["earnings"] >= floor * q.WEEKS_IN_YEAR * np.minimum(self.persons["hours"], USUAL_WEEK))

    @cached_property
    def works(self) -> Array:
        """(persons,) in work: with earnings, or whose main activity is work for themselves."""
        return np.asarray(self.employee | (self.persons["activity"] == int(q.Activity.SELF_EMPLOYED)))

    @cached_property
    def net_wealth(self) -> Array:
        """(households,) £ of all components less loans and debts."""
        total = np.zeros(len(self.homes))
        for name in (
            "main_home_wealth",
            "other_property_wealth",
            "financial_wealth",
            "business_wealth",
            "pension_wealth",
            "physical_wealth",
        ):
            total += self.homes[name]
        return total - self.homes["mortgage_debt"] - self.homes["debts"]

    @cached_property
    def wealth_then(self) -> Array:
        """(households,) net wealth in the prices of the Wealth and Assets Survey's round 8 (CPI)."""
        return self.net_wealth / f.uprating("cpi", SURVEY_OF_WEALTH, self.year)
