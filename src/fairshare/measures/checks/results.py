"""A year's law worked over the records, what checks ask of it, and the table they enter themselves in."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np

from fairshare import quantities as q
from fairshare.assessment import Assessment, assess
from fairshare.law import law_in_force
from fairshare.measures import poverty
from fairshare.population.measured import Array, Reading, Records
from fairshare.population.present import present
from fairshare.population.records import Population

LAW_MEASURES: dict[str, Reading] = {}
"""Measures that need the law; kept apart from those of records alone."""
FULL_TIME = 30.0


class Results(Records):
    """Records with the year's assessment under the law in force."""

    def __init__(self, people: Population) -> None:
        super().__init__(people)
        self.lines: Assessment = assess(people, law_in_force(people.year))

    @cached_property
    def now(self) -> Results:
        """The same people at one time of the year, as surveys and counts of claims see them, for a year at that rate."""
        at_one_time = present(self.people)
        return self if at_one_time is self.people else Results(at_one_time)

    def person(self, instrument: str, line: str) -> Array:
        return np.asarray(self.lines[instrument][line])

    # ---- taxpayers ----

    @cached_property
    def taxpayer(self) -> Array:
        """(persons,) with income tax to pay."""
        return np.asarray(self.lines["income_tax"]["income_tax"] > 0.005)

    @cached_property
    def total_income(self) -> Array:
        return np.asarray(self.lines["income_tax"]["total_income"])

    @cached_property
    def tax_band(self) -> Array:
        """(persons,) 0 none, 1 savers', 2 basic, 3 higher, 4 additional: the highest main rate that any of the income bears.

        HMRC's table counts Scotland's advanced and top rates with the additional rate.
        """
        law, table = self.lines.law.values["income_tax"], self.lines["income_tax"]
        main = table["taxable_non_savings"] + table["taxable_property"]
        taxable = main + table["taxable_savings"] + table["taxable_dividends"]
        scottish = self.homes["nation"][self.persons["household"]] == int(q.Nation.SCOTLAND)
        raised = table["basic_rate_limit"] - law.basic_rate_limit
        scotland = scottish & (main > 0)
        higher = np.where(scotland, _from_rate(law.scotland.bands, HIGHER_RATE), law.basic_rate_limit) + raised
        additional = np.where(scotland, _from_rate(law.scotland.bands, ADDITIONAL_RATE), law.higher_rate_limit) + raised
        savers = (main <= 0.005) & (taxable > 0)
        band = np.select([taxable > additional, taxable > higher, savers], [ADDITIONAL, HIGHER, SAVERS], BASIC)
        return np.where(self.taxpayer, band, 0)

    # ---- households' incomes ----

    @cached_property
    def income(self) -> dict[str, Array]:
        """(households,) equivalised disposable income before and after housing costs, £ a year."""
        table = self.lines["disposable_income"]
        return {
            "BHC": table["disposable_income"] / table["equivalence_scale"],
            "AHC": table["disposable_income_after_housing_costs"] / table["equivalence_scale_after_housing_costs"],
        }

    @cached_property
    def people_in_home(self) -> Array:
        return self.home_weight * self.size

    @cached_property
    def low(self) -> dict[str, Array]:
        """(persons,) whether a person's household has less than 60% of the country's median."""
        return {
            concept: (income < poverty.line(income, self.people_in_home))[self.persons["household"]]
            for concept, income in self.income.items()
        }

    # ---- families ----

    @cached_property
    def child(self) -> Array:
        return self.dependant

    @cached_property
    def pensioner(self) -> Array:
        return np.asarray((self.lines["state_pension"]["over_pension_age"] == 1.0) & ~self.child)

    @cached_property
    def groups(self) -> dict[str, Array]:
        return {
            "all individuals": np.ones(len(self.persons), bool),
            "children": self.child,
            "working-age adults": ~self.child & ~self.pensioner,
            "pensioners": self.pensioner,
        }

    def in_unit(self, values: Array) -> Array:
        """(persons,) how many of a person's benefit unit a condition holds for."""
        return np.add.reduceat(values.astype(int), self.units["first_person"])[self.persons["benefit_unit"]]

    @cached_property
    def unit_of_person(self) -> Array:
        return np.asarray(self.persons["benefit_unit"])

    @cached_property
    def full_time(self) -> Array:
        return np.asarray(self.works & ~self.child & (self.persons["hours"] >= FULL_TIME))

    @cached_property
    def part_time(self) -> Array:
        return np.asarray(self.works & ~self.child & (self.persons["hours"] < FULL_TIME))

    @cached_property
    def paid_universal_credit(self) -> Array:
        """(benefit units,) Universal Credit paid, £ a year."""
        return np.asarray(self.lines["benefit_cap"]["universal_credit"])


SAVERS, BASIC, HIGHER, ADDITIONAL = 1, 2, 3, 4
HIGHER_RATE, ADDITIONAL_RATE = 0.40, 0.45
"""The UK's rates; Scotland's of as much or more are counted with them."""


def _from_rate(bands: Any, rate: float) -> float:
    return float(min(band.above for band in bands if band.rate >= rate))


def measures(*names: str) -> Callable[[Any], Any]:
    """Enter a function in the table of measures that need the law."""

    def enter(function: Any) -> Any:
        LAW_MEASURES.update(dict.fromkeys(names, function))
        return function

    return enter


def measures_now(*names: str) -> Callable[[Any], Any]:
    """The same for figures of one time of the year: what surveys of households and counts of claims see."""

    def enter(function: Any) -> Any:
        measures(*names)(_at_one_time(function))
        return function

    return enter


def _at_one_time(function: Any) -> Any:
    return lambda results, row: function(results.now, row)


def sum_of(r: Results, instrument: str, *lines: str) -> Array:
    """(councils,) £ a year of some lines of an instrument, dwellings with no usual resident included where they owe it."""
    table = r.lines[instrument]
    amount = np.zeros(len(table))
    for line in lines:
        amount = amount + table[line]
    add = {len(r.persons): r.of_persons, len(r.units): r.of_units, len(r.homes): r.of_homes}[len(table)]
    total = add(amount)
    if f"{instrument}_of_dwellings" in r.lines:
        empty = r.lines[f"{instrument}_of_dwellings"]
        total = total + r.of_dwellings(sum((empty[line] for line in lines[1:]), empty[lines[0]].astype(float)))
    return np.asarray(total)
