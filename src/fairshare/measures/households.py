"""A run seen household by household: the columns that every table is made from, worked once and kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar, overload

import numpy as np

from fairshare.areas import Area
from fairshare.faults import Fault
from fairshare.measures import poverty
from fairshare.measures.distribution import Array, groups_of_equal_size
from fairshare.measures.uncertainty import Errors, Kind
from fairshare.population.records import Population
from fairshare.population.replicates import factors
from fairshare.quantities import Role

Known = TypeVar("Known")


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


class Lasting(Generic[Known]):
    """A property that rests on the people and on today's law alone, worked once for all runs over both: moving a proposal's number
    does not rank everybody by today's income again."""

    def __init__(self, work: Callable[[Any], Known]) -> None:
        self.work, self.__doc__ = work, work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, homes: None, owner: type) -> Lasting[Known]: ...
    @overload
    def __get__(self, homes: Households, owner: type) -> Known: ...
    def __get__(self, homes: Households | None, owner: type) -> Lasting[Known] | Known:
        return self if homes is None else homes.once(self.name, lambda: self.work(homes))


class _Kept:
    """What rests on the people and today's law alone, for the latest few of both and places."""

    MOST = 6

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[Any, tuple[Any, dict[str, Any]]] = OrderedDict()

    def of(self, people: Population, today: Array, area: int | None) -> dict[str, Any]:
        """`today` is a table of the assessment under today's law, which is remembered as one object."""
        key = (id(people), id(today), area)
        with self._lock:
            if key not in self._found:
                self._found[key] = ((people, today), {})  # both are held, so that no other can come to bear their ids
            self._found.move_to_end(key)
            while len(self._found) > self.MOST:
                self._found.popitem(last=False)
            return self._found[key][1]


_KEPT = _Kept()


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
        self._kept = _KEPT.of(self.population, run.baseline["disposable_income"], None if area is None else area.row)
        self.groups = TENTHS if area is None else FIFTHS

    @cached_property
    def national(self) -> Households:
        return self if self.area is None else Households(self.run)

    def once(self, name: str, work: Callable[[], Known]) -> Known:
        """What rests on the people and on today's law alone, by name: worked, or as it was worked for an earlier run over both."""
        if name not in self._kept:
            self._kept[name] = work()
        found: Known = self._kept[name]
        return found

    def __len__(self) -> int:
        return self.rows.stop - self.rows.start

    def of_household(self, column: str) -> Array:
        return self.population.households[column][self.rows]

    @Lasting
    def weight(self) -> Array:
        return self.of_household("weight").astype(np.float64)

    @Lasting
    def richest(self) -> Array:
        """(households,) whether each was drawn from the strata of top wealth, of which one council holds a handful at most."""
        return np.asarray(self.of_household("stratum") >= FIRST_TOP_STRATUM)

    @Lasting
    def people(self) -> Array:
        """(households,) persons in each."""
        return (self.of_household("last_person") - self.of_household("first_person")).astype(np.float64)

    @Lasting
    def person_weight(self) -> Array:
        """(households,) persons in the population that each household's record stands for."""
        return self.weight * self.people

    @cached_property
    def errors(self) -> Errors:
        """Standard errors of what is added up over these households."""
        found = factors(self.population)
        kind = Kind.SAMPLING if self.population.kind == "survey" else Kind.SEED_NOISE
        return Errors(None if found is None else found[:, self.rows], kind)

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

    @Lasting
    def scale(self) -> Array:
        return self._line("equivalence_scale")

    @Lasting
    def scale_after_costs(self) -> Array:
        return self._line("equivalence_scale_after_housing_costs")

    @Lasting
    def equivalised_before(self) -> Array:
        return self.before / self.scale

    @cached_property
    def equivalised_after(self) -> Array:
        return self.after / self.scale

    @Lasting
    def after_costs_before(self) -> Array:
        """Equivalised income after housing costs, under the baseline."""
        return (self.before - self._line("housing_costs")) / self.scale_after_costs

    @cached_property
    def after_costs_after(self) -> Array:
        """Equivalised income after housing costs, under the reform."""
        return (self.after - self._line("housing_costs", reform=True)) / self.scale_after_costs

    @Lasting
    def net_wealth(self) -> Array:
        """£: all that is owned less all that is owed."""
        owned = sum((self.of_household(name) for name in WEALTH[1:]), self.of_household(WEALTH[0]).astype(np.float64))
        return np.asarray(owned - sum(self.of_household(name) for name in OWED))

    # ---- places in the distribution ----

    @Lasting
    def tenth(self) -> Array:
        """(households,) 1 to 10 (1 to 5 in a council): tenths of persons by equivalised income under the baseline."""
        return groups_of_equal_size(self.equivalised_before, self.person_weight, self.groups)

    @Lasting
    def wealth_tenth(self) -> Array:
        """(households,) tenths of households by net wealth."""
        return groups_of_equal_size(self.net_wealth, self.weight, self.groups)

    def income_groups(self, count: int) -> Array:
        """(households,) as `tenth`, in so many groups."""
        return self.tenth if count == self.groups else groups_of_equal_size(self.equivalised_before, self.person_weight, count)

    def wealth_groups(self, count: int) -> Array:
        """(households,) as `wealth_tenth`, in so many groups."""
        return self.wealth_tenth if count == self.groups else groups_of_equal_size(self.net_wealth, self.weight, count)

    @Lasting
    def line(self) -> float:
        """The poverty line of the baseline: 60% of the country's median, before housing costs."""
        return self.national._line_of(self.national.equivalised_before)

    @Lasting
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

    @Lasting
    def household_of(self) -> Array:
        """(persons,) the household each person lives in, counted from the first in view."""
        return self.population.persons["household"][self.persons] - self.rows.start

    @Lasting
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

    @Lasting
    def people_by_household(self) -> dict[str, Array]:
        """(households,) how many of each group live in each household."""
        return {
            name: np.bincount(self.household_of[who], minlength=len(self)).astype(np.float64) for name, who in self.groups_of_people.items()
        }

    @Lasting
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
