"""A run seen household by household: the columns that every table is made from, worked once and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from fairshare.areas import Area
from fairshare.faults import Fault
from fairshare.measures import poverty
from fairshare.measures.distribution import Array, groups_of_equal_size
from fairshare.measures.uncertainty import Errors
from fairshare.population.records import Population
from fairshare.population.replicates import factors
from fairshare.quantities import Role


class RunLike(Protocol):
    """What measures ask of a run (`fairshare.run.Run`)."""

    @property
    def id(self) -> str: ...
    @property
    def scenario(self) -> Any: ...
    @property
    def year(self) -> str: ...
    @property
    def population(self) -> Population: ...
    @property
    def baseline(self) -> Mapping[str, Array]: ...
    @property
    def reform(self) -> Mapping[str, Array]: ...
    @property
    def uses(self) -> Sequence[Any]: ...
    @property
    def ledger(self) -> Any: ...
    @property
    def area(self) -> Area | None: ...
    @property
    def warnings(self) -> Sequence[str]: ...
    @property
    def before(self) -> Array: ...
    @property
    def after(self) -> Array: ...
    @property
    def change(self) -> Array: ...
    @property
    def in_kind(self) -> Array: ...


class FamilyType(IntEnum):
    """Kinds of household by the families in it, as Households Below Average Income groups them."""

    PENSIONER_COUPLE = 0
    SINGLE_PENSIONER = 1
    COUPLE_WITH_CHILDREN = 2
    LONE_PARENT = 3
    COUPLE_NO_CHILDREN = 4
    SINGLE_NO_CHILDREN = 5
    SEVERAL_FAMILIES = 6


TENTHS, FIFTHS = 10, 5
FIRST_TOP_STRATUM = 1
WEALTH = ("main_home_wealth", "other_property_wealth", "financial_wealth", "business_wealth", "pension_wealth", "physical_wealth")
OWED = ("mortgage_debt", "debts")


class Households:
    """The households of a run, or of one council: arrays of one value a household, £ a year, weights in households.

    Poverty lines are always those of the whole country; tenths (fifths in a council) are of the persons in view.
    """

    def __init__(self, run: RunLike, area: Area | None = None) -> None:
        self.run, self.area = run, area
        self.population = run.population
        count = len(self.population.households)
        runs = self.population.households_of(np.array([area.row])) if area is not None else [(0, count)]
        if not runs or not count:
            place = area.name if area is not None else "any council area"
            raise Fault(f"The population {self.population.name} holds no household in {place}; choose another population or another area.")
        first, last = runs[0]
        self.rows = slice(first, last)
        self.groups = TENTHS if area is None else FIFTHS

    @cached_property
    def national(self) -> Households:
        return self if self.area is None else Households(self.run)

    def __len__(self) -> int:
        return self.rows.stop - self.rows.start

    def of_household(self, column: str) -> Array:
        return self.population.households[column][self.rows]

    @cached_property
    def weight(self) -> Array:
        return self.of_household("weight").astype(np.float64)

    @cached_property
    def richest(self) -> Array:
        """(households,) whether each was drawn from the strata of top wealth, of which one council holds a handful at most."""
        return np.asarray(self.of_household("stratum") >= FIRST_TOP_STRATUM)

    @cached_property
    def people(self) -> Array:
        """(households,) persons in each."""
        return (self.of_household("last_person") - self.of_household("first_person")).astype(np.float64)

    @cached_property
    def person_weight(self) -> Array:
        """(households,) persons in the population that each household's record stands for."""
        return self.weight * self.people

    @cached_property
    def errors(self) -> Errors:
        """Standard errors of what is added up over these households."""
        found = factors(self.population)
        return Errors(None if found is None else found[:, self.rows])

    # ---- incomes, £ a year ----

    @cached_property
    def before(self) -> Array:
        return np.asarray(self.run.before)[self.rows]

    @cached_property
    def after(self) -> Array:
        return np.asarray(self.run.after)[self.rows]

    @cached_property
    def change(self) -> Array:
        """What each gains: with taxes in prices and on gains from sales, which disposable income leaves out."""
        return np.asarray(self.run.change)[self.rows]

    @cached_property
    def in_kind(self) -> Array:
        return np.asarray(self.run.in_kind)[self.rows]

    @cached_property
    def cash_uses(self) -> Array:
        """(households,) what the uses of the money bring in cash: the change without them is that of the proposal's own law."""
        total = np.zeros(len(self))
        for use in self.run.uses:
            if use.kind != "service":
                total = total + use.per_household[self.rows]
        return total

    def _line(self, name: str, reform: bool = False) -> Array:
        table = (self.run.reform if reform else self.run.baseline)["disposable_income"]
        return np.asarray(table[name][self.rows], np.float64)

    @cached_property
    def scale(self) -> Array:
        return self._line("equivalence_scale")

    @cached_property
    def scale_after_costs(self) -> Array:
        return self._line("equivalence_scale_after_housing_costs")

    @cached_property
    def equivalised_before(self) -> Array:
        return self.before / self.scale

    @cached_property
    def equivalised_after(self) -> Array:
        return self.after / self.scale

    @cached_property
    def after_costs_before(self) -> Array:
        """Equivalised income after housing costs, under the baseline."""
        return (self.before - self._line("housing_costs")) / self.scale_after_costs

    @cached_property
    def after_costs_after(self) -> Array:
        """Equivalised income after housing costs, under the reform."""
        return (self.after - self._line("housing_costs", reform=True)) / self.scale_after_costs

    @cached_property
    def net_wealth(self) -> Array:
        """£: all that is owned less all that is owed."""
        owned = sum((self.of_household(name) for name in WEALTH[1:]), self.of_household(WEALTH[0]).astype(np.float64))
        return np.asarray(owned - sum(self.of_household(name) for name in OWED))

    # ---- places in the distribution ----

    @cached_property
    def tenth(self) -> Array:
        """(households,) 1 to 10 (1 to 5 in a council): tenths of persons by equivalised income under the baseline."""
        return groups_of_equal_size(self.equivalised_before, self.person_weight, self.groups)

    @cached_property
    def wealth_tenth(self) -> Array:
        """(households,) tenths of households by net wealth."""
        return groups_of_equal_size(self.net_wealth, self.weight, self.groups)

    def income_groups(self, count: int) -> Array:
        """(households,) as `tenth`, in so many groups."""
        return self.tenth if count == self.groups else groups_of_equal_size(self.equivalised_before, self.person_weight, count)

    def wealth_groups(self, count: int) -> Array:
        """(households,) as `wealth_tenth`, in so many groups."""
        return self.wealth_tenth if count == self.groups else groups_of_equal_size(self.net_wealth, self.weight, count)

    @cached_property
    def line(self) -> float:
        """The poverty line of the baseline: 60% of the country's median, before housing costs."""
        return self.national._line_of(self.national.equivalised_before)

    @cached_property
    def line_after_costs(self) -> float:
        return self.national._line_of(self.national.after_costs_before)

    def _line_of(self, income: Array) -> float:
        return poverty.line(income, self.person_weight)

    # ---- persons ----

    @cached_property
    def persons(self) -> slice:
        """The rows of these households' persons."""
        table = self.population.households
        if not len(self):
            return slice(0, 0)
        return slice(int(table["first_person"][self.rows.start]), int(table["last_person"][self.rows.stop - 1]))

    @cached_property
    def household_of(self) -> Array:
        """(persons,) the household each person lives in, counted from the first in view."""
        return self.population.persons["household"][self.persons] - self.rows.start

    @cached_property
    def groups_of_people(self) -> dict[str, Array]:
        """(persons,) who is counted in each group; pensioners are at State Pension age, children are dependants."""
        persons = self.population.persons[self.persons]
        child = persons["role"] == Role.DEPENDANT
        pensioner = np.asarray(self.run.baseline["state_pension"]["over_pension_age"][self.persons] == 1.0) & ~child
        return {
            "all people": np.ones(len(persons), bool),
            "children": child,
            "working-age adults": ~child & ~pensioner,
            "pensioners": pensioner,
            "disabled people": persons["disabled"] == 1,
        }

    @cached_property
    def people_by_household(self) -> dict[str, Array]:
        """(households,) how many of each group live in each household."""
        return {
            name: np.bincount(self.household_of[who], minlength=len(self)).astype(np.float64) for name, who in self.groups_of_people.items()
        }

    @cached_property
    def family_type(self) -> Array:
        """(households,) FamilyType; households of more than one benefit unit stand apart."""
        units = self.population.benefit_units
        first = self.of_household("first_benefit_unit")
        several = self.of_household("last_benefit_unit") - first > 1
        couple = units["couple"][first] == 1
        children = self.people_by_household["children"] > 0
        pensioners = self.people_by_household["pensioners"]
        adults = self.people - self.people_by_household["children"]
        kind = np.where(couple, FamilyType.COUPLE_NO_CHILDREN, FamilyType.SINGLE_NO_CHILDREN)
        kind = np.where(children, np.where(couple, FamilyType.COUPLE_WITH_CHILDREN, FamilyType.LONE_PARENT), kind)
        old = ~children & (pensioners > 0) & (pensioners == adults)
        kind = np.where(old, np.where(couple, FamilyType.PENSIONER_COUPLE, FamilyType.SINGLE_PENSIONER), kind)
        return np.where(several, FamilyType.SEVERAL_FAMILIES, kind)
