"""What a published figure is in the records: one small function for each measure, found by the measure's name.

A measure gives, for every council area, what has to be added up (`Total`), divided (`Part`) or ranked (`Quantile`); the area
of the row then picks the councils. Nothing here knows of the law: figures that follow from it are in `measures/checks.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.population.published import CENSUS, Row, inside
from fairshare.population.records import Population
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.composition import household_population
from fairshare.population.synthetic.housing import RENTS_PAID, STOCK_OVER_SALES
from fairshare.population.synthetic.other_incomes import (
    NEW_SYSTEM_BELOW,
    PENSIONERS_IN_HOUSEHOLDS,
    STATE_PENSION_ABROAD,
    STATE_PENSION_UK_2025_26,
)
from fairshare.population.uprating import factor, uprate, years

Array = np.ndarray[Any, np.dtype[Any]]
PENSION_AGE = 66
FULL_TIME_HOURS = 30.0
SYNTHETIC_YEAR = "2025-26"
ADULT_WAGE_AGE, YOUNG_WAGE, LEAST_PAID, USUAL_WEEK = 21, 0.75, 0.9, 37.0
"""Age from which the National Living Wage is due, part of it due to the young, and how far below it pay may lie for hours that are
rounded, in a week of at most so many paid hours: who is paid less was paid for a part of the year."""


class Total(NamedTuple):
    """(councils,) what is added up over the area."""

    by_council: Array


class Part(NamedTuple):
    """(councils,) two sums, and what their ratio is multiplied by: `of` is one, or a sum over the area."""

    part: Array
    whole: Array
    of: Array | None = None


class Quantile(NamedTuple):
    """A value such that a share `at` of the weight lies below it."""

    values: Array
    weight: Array
    council: Array
    at: float


class Once(NamedTuple):
    """A function of the records of the whole of an area, for what cannot be added up over councils."""

    work: Callable[[Array], float | None]


Measure = Total | Part | Quantile | Once


def weighted_quantile(values: Array, weight: Array, at: float) -> float:
    """The value below which a share `at` of the weight lies; NaN where there is none."""
    if not len(values):
        return float("nan")
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weight[order]) - 0.5 * weight[order]
    return float(np.interp(at * weight.sum(), cumulated, values[order]))


def figure(measure: Measure, here: Array) -> float | None:
    """The model's figure for the councils of an area; None where the records hold nothing to work it from."""
    if isinstance(measure, Total):
        return float(measure.by_council[here].sum())
    if isinstance(measure, Part):
        whole = float(measure.whole[here].sum())
        if not whole:
            return None
        return float(measure.part[here].sum()) / whole * (float(measure.of[here].sum()) if measure.of is not None else 1.0)
    if isinstance(measure, Quantile):
        rows = here[measure.council]
        found = weighted_quantile(measure.values[rows], measure.weight[rows], measure.at)
        return found if np.isfinite(found) else None
    return measure.work(here)


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


class FAMILY:
    """Types of household in ONS's Families and households."""

    ALONE, COUPLE, COUPLE_ONE_TWO, COUPLE_THREE, COUPLE_GROWN, LONE_CHILDREN, LONE_GROWN, UNRELATED, SEVERAL = range(9)


SURVEY_OF_WEALTH = "2021-22"
GENERATION = 15
"""Years by which the first adult must be older than another adult for that one to be taken as a grown child."""


def _grown_children(r: Records) -> Array:
    """(households,) whether every other adult is a generation younger than the first: a parent with grown children."""
    oldest_other = np.where(r.persons["benefit_unit"] > r.homes["first_benefit_unit"][r.persons["household"]], r.persons["age"], -1)
    oldest = np.maximum.reduceat(oldest_other, r.homes["first_person"])
    return np.asarray((oldest >= 0) & (oldest + GENERATION <= r.head_age))


# ---- the table of measures -----------------------------------------------------------------------------------------

Reading = Callable[[Records, Row], Measure | None]
MEASURES: dict[str, Reading] = {}


def measures(*names: str) -> Callable[[Reading], Reading]:
    """Enter a function in the table under the measures that it reads."""

    def enter(function: Reading) -> Reading:
        MEASURES.update(dict.fromkeys(names, function))
        return function

    return enter


def _ages(text: str) -> tuple[int, int] | None:
    """Youngest and oldest age of "0-14", "75+", "75 and over", "All Ages"; None for another text."""
    if text in ("", "all", "All Ages"):
        return 0, 200
    numbers = [int(part) for part in text.replace("+", " ").replace("-", " ").split() if part.isdigit()]
    if not numbers:
        return None
    return numbers[0], numbers[1] if len(numbers) > 1 else 200 if any(mark in text for mark in ("+", "over", "older")) else numbers[0]


# people, households, families


@measures("persons", "population_by_age")
def _persons(r: Records, row: Row) -> Measure | None:
    """Residents: persons of the records, and those outside private households, whom the records leave out, as published."""
    ages = _ages(row.of("age") or "")
    if ages is None or row.of("sex") not in (None, "all", "male", "female"):
        return None
    low, high = ages
    sexes = [0, 1] if row.of("sex") in (None, "all") else [int(row.of("sex") == "female")]
    age = r.persons["age"]
    counted = r.of_persons((age >= low) & (age <= high) & np.isin(r.persons["sex"], sexes))
    return Total(counted + _outside_households(low, high)[:, sexes].sum(axis=1))


def _outside_households(low: int, high: int) -> Array:
    """(councils, 2) residents of these ages in communal establishments, as step 1 leaves them out."""
    residents = f.population_by_age_sex()
    groups = np.array([0, 1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12])  # AGE_EDGES' group of each five-year age
    grouped = np.stack([residents[:, groups == group].sum(axis=1) for group in range(13)], axis=1)
    share = 1 - household_population() / np.maximum(grouped, 1e-9)
    part = np.array([_overlap(5 * n, 5 * n + 5 if n < 17 else 96, low, high + 1) for n in range(18)])
    return np.asarray((residents * share[:, groups] * part[None, :, None]).sum(axis=1))


def _overlap(first: int, last: int, low: int, high: int) -> float:
    return max(min(last, high) - max(first, low), 0) / (last - first)


@measures("households")
def _households(r: Records, row: Row) -> Measure | None:
    every = r.of_homes(np.ones(len(r.homes)))
    if row.period != CENSUS:
        return Total(every)
    # An earlier count is compared as a share of the UK's.
    return Total(every * f.council("households_census").sum() / every.sum())


SIZES = {
    "One person": (1, 1),
    "Two people": (2, 2),
    "Three people": (3, 3),
    "Four people": (4, 4),
    "Five people": (5, 5),
    "Six people": (6, 6),
    "Six or more people": (6, 99),
    "Seven or more people": (7, 99),
    "All households": (1, 99),
}


@measures("households_by_size")
def _households_by_size(r: Records, row: Row) -> Measure | None:
    if row.of("size") not in SIZES:
        return None
    low, high = SIZES[row.of("size") or ""]
    return Total(r.of_homes((r.size >= low) & (r.size <= high)))


@measures("average_household_size")
def _average_size(r: Records, row: Row) -> Measure | None:
    return Part(r.of_homes(r.size), r.of_homes(np.ones(len(r.homes))))


def _type_of_household(r: Records, name: str) -> Array | None:
    """(households,) of one of ONS's types, by its last words."""
    kind, alone = r.family, r.family == FAMILY.ALONE
    couples = (FAMILY.COUPLE, FAMILY.COUPLE_ONE_TWO, FAMILY.COUPLE_THREE, FAMILY.COUPLE_GROWN)
    lone = (FAMILY.LONE_CHILDREN, FAMILY.LONE_GROWN)
    table: dict[str, Array] = {
        "One person households": alone,
        "One person households > Under 65": alone & (r.head_age < 65),
        "One person households > 65 or over": alone & (r.head_age >= 65),
        "Two or more unrelated adults": kind == FAMILY.UNRELATED,
        "One family households": np.isin(kind, couples + lone),
        "One family households > Couple": np.isin(kind, couples),
        "One family households > Couple > No children": kind == FAMILY.COUPLE,
        "One family households > Couple > 1 to 2 dependent children": kind == FAMILY.COUPLE_ONE_TWO,
        "One family households > Couple > 3 or more dependent children": kind == FAMILY.COUPLE_THREE,
        "One family households > Couple > Non-dependent children only": kind == FAMILY.COUPLE_GROWN,
        "One family households > Lone parent": np.isin(kind, lone),
        "One family households > Lone parent > Dependent children": kind == FAMILY.LONE_CHILDREN,
        "One family households > Lone parent > Non-dependent children only": kind == FAMILY.LONE_GROWN,
        "Multi-family households": kind == FAMILY.SEVERAL,
        "All households": np.ones(len(kind), bool),
        "All people in households": np.ones(len(kind), bool),
    }
    return table.get(name)


@measures("households_by_type")
def _households_by_type(r: Records, row: Row) -> Measure | None:
    chosen = _type_of_household(r, row.of("type") or "")
    return None if chosen is None else Total(r.of_homes(chosen))


@measures("people_by_household_type")
def _people_by_household_type(r: Records, row: Row) -> Measure | None:
    chosen = _type_of_household(r, row.of("type") or "")
    return None if chosen is None else Total(r.of_homes(chosen * r.size))


@measures("people_living_alone")
def _living_alone(r: Records, row: Row) -> Measure | None:
    who, _, ages = (row.of("group") or "").partition(" > ")
    span = _ages(ages)
    if who not in ("People", "Male", "Female") or span is None:
        return None
    sex = r.persons["sex"][r.homes["first_person"]]
    right = np.ones(len(r.homes), bool) if who == "People" else sex == int(who == "Female")
    return Total(r.of_homes((r.size == 1) & right & (r.head_age >= span[0]) & (r.head_age <= span[1])))


def _families(r: Records, name: str) -> Array | None:
    """(benefit units,) families of one of ONS's types. Same-sex couples are counted with the others of their status."""
    first = r.homes["first_benefit_unit"]
    own = np.zeros(len(r.units), bool)
    grown = np.isin(r.family, (FAMILY.COUPLE_GROWN, FAMILY.LONE_GROWN))
    own[first[grown]] = True
    some, married = r.children > 0, r.units["married"] == 1
    lone = ~r.couple & (some | own)
    mother = r.persons["sex"][r.units["first_person"]] == int(q.Sex.FEMALE)
    start, *rest = name.split(" > ")
    start = "Lone parent family" if rest[:1] in (["Lone mother family"], ["Lone father family"]) else start
    base = {
        "All families": r.couple | lone,
        "Married couple family": r.couple & married,
        "Opposite-sex cohabiting couple family": r.couple & ~married,
        "Lone parent family": lone,
    }.get(start)
    conditions: dict[str, Array] = {
        "No children": ~some & ~own,
        "Dependent children": some,
        "Non-dependent children only": ~some & own,
        "Lone mother family": mother,
        "Lone father family": ~mother,
        "One child": r.children == 1,
        "Two children": r.children == 2,
        "Three or more children": r.children >= 3,
    }
    if base is None or any(part not in conditions for part in rest):
        return None
    for part in rest:
        base = base & conditions[part]
    return base


@measures("families")
def _families_by_type(r: Records, row: Row) -> Measure | None:
    chosen = _families(r, row.of("family_type") or "")
    return None if chosen is None else Total(r.of_units(chosen))


@measures("families_with_dependent_children")
def _families_with_children(r: Records, row: Row) -> Measure | None:
    chosen = _families(r, row.of("family_type") or "")
    return None if chosen is None else Total(r.of_units(chosen & (r.children > 0)))


@measures("dependent_children")
def _dependent_children(r: Records, row: Row) -> Measure | None:
    chosen = _families(r, row.of("family_type") or "")
    return None if chosen is None else Total(r.of_units(chosen * r.children))


# ethnic group, disability


ETHNIC = {"white": 1, "mixed": 2, "asian": 3, "black": 4, "other": 5}


@measures("population_share")
def _population_share(r: Records, row: Row) -> Measure | None:
    everyone = r.of_persons(np.ones(len(r.persons)))
    if row.of("ethnic_group") in ETHNIC:
        return Part(r.of_persons(r.persons["ethnicity"] == ETHNIC[row.of("ethnic_group") or ""]), everyone)
    if (row.of("group") or "").startswith("disabled"):
        return Part(r.of_persons(r.persons["disabled"] == 1), everyone)
    return None


# homes


TENURES = {
    "owned outright": (0,),
    "owned with mortgage or shared ownership": (1,),
    "owned with mortgage or loan": (1,),
    "social rented": (2,),
    "social rent": (2,),
    "private rented": (3,),
    "private rent": (3,),
    "rent free": (4,),
    "total dwellings": (0, 1, 2, 3, 4),
}


@measures("households_by_tenure")
def _households_by_tenure(r: Records, row: Row) -> Measure | None:
    """A census count is compared as a share of the census's households."""
    if row.of("tenure") not in TENURES:
        return None
    part = r.of_homes(np.isin(r.homes["tenure"], TENURES[row.of("tenure") or ""]))
    return Part(part, r.of_homes(np.ones(len(r.homes))), f.council("households_census")) if row.period == CENSUS else Total(part)


@measures("dwelling_stock_by_tenure")
def _dwellings_by_tenure(r: Records, row: Row) -> Measure | None:
    """Dwellings, with those that nobody lives in: compared as a share of the published dwellings (rent free is not a tenure there)."""
    if row.of("tenure") not in TENURES:
        return None
    names = ("owned_outright", "mortgage", "private_rent", "social_rent")
    published = np.nansum([f.council(f"dwellings_{name}") for name in names], axis=0)
    if row.of("tenure") == "total dwellings":
        return Total(r.of_homes(np.ones(len(r.homes))) + r.of_dwellings(np.ones(len(r.dwellings))))
    return Part(
        r.of_homes(np.isin(r.homes["tenure"], TENURES[row.of("tenure") or ""])),
        r.of_homes(r.homes["tenure"] != int(q.Tenure.RENT_FREE)),
        published,
    )


BANDS = {"all": tuple(range(1, 10)), **{letter: (number,) for number, letter in enumerate("ABCDEFGHI", start=1)}}


@measures("dwellings_by_band", "chargeable_dwellings_by_band")
def _dwellings_by_band(r: Records, row: Row) -> Measure | None:
    if row.of("band") not in BANDS:
        return None
    """Dwellings of one band, as a share of all listed: homes that are exempt and nobody lives in have no record."""
    bands = BANDS[row.of("band") or ""]
    count = _of_band(r, bands)
    if row.of("band") == "all":
        return Total(count)
    listed = np.nansum([f.council(f"band_{band}") for band in "abcdefghi"], axis=0)
    return Part(count, _of_band(r, BANDS["all"]), listed)


def _of_band(r: Records, bands: tuple[int, ...]) -> Array:
    """(councils,) homes of some bands, with those that nobody lives in."""
    lived, unlived = np.isin(r.homes["council_tax_band"], bands), np.isin(r.dwellings["council_tax_band"], bands)
    return r.of_homes(lived) + r.of_dwellings(unlived)


UNLIVED = {"second home": (0,), "empty": (1, 2), "long-term empty": (2,)}


@measures("dwellings_without_resident")
def _dwellings_without_resident(r: Records, row: Row) -> Measure | None:
    return Total(r.of_dwellings(np.isin(r.dwellings["kind"], UNLIVED[row.of("kind") or ""])))


DWELLING_TYPES = {"detached": 0, "semi": 1, "terraced": 2, "flat": 3, "other": 4}


@measures("dwelling_type_share")
def _dwelling_type_share(r: Records, row: Row) -> Measure | None:
    if row.of("type") not in DWELLING_TYPES:
        return None
    return Part(r.of_homes(r.homes["dwelling_type"] == DWELLING_TYPES[row.of("type") or ""]), r.of_homes(np.ones(len(r.homes))))


BEDROOMS = {None: (0, 99), "1 bedroom": (1, 1), "2 bedroom": (2, 2), "3 bedroom": (3, 3), "4+ bedrooms": (4, 99)}
TYPES = {"detached": (0,), "semi-detached": (1,), "terraced": (2,), "flat or maisonette": (3,)}


@measures("mean_private_rent")
def _mean_private_rent(r: Records, row: Row) -> Measure | None:
    """£ a month, over private renters, moved from what they pay to the index, as step 5 moves it back; an April is half a year after
    the middle of the fiscal year before it."""
    kind = row.of("size_or_type")
    private = r.homes["tenure"] == int(q.Tenure.PRIVATE_RENT)
    if kind in BEDROOMS:
        low, high = BEDROOMS[kind]
        private &= (r.homes["bedrooms"] >= low) & (r.homes["bedrooms"] <= high)
    elif kind in TYPES:
        private &= np.isin(r.homes["dwelling_type"], TYPES[kind or ""])
    else:
        return None
    moved = rents_in_month(row.period, r.year) / RENTS_PAID
    return Part(r.of_homes(private * r.homes["rent"]) / 12 * moved, r.of_homes(private))


def rents_in_month(period: str, year: str) -> float:
    """Private rents in a month (2026-04) over their mean in a fiscal year, by the published growth between years."""
    try:
        start, month = int(period[:4]), int(period[5:7])
    except ValueError:
        return 1.0
    months = (start - int(year[:4])) * 12 + month - 9.5  # the middle of a fiscal year is the end of September
    after = years()[min(years().index(year) + 1, len(years()) - 1)]
    return float(factor("private_rents", year, after) ** (months / 12))


@measures("median_house_price", "lower_quartile_house_price", "average_house_price_regional", "average_house_price")
def _house_prices(r: Records, row: Row) -> Measure | None:
    """Values of the homes that people live in, moved to those of the homes that are sold, as step 5 moves them back."""
    value = r.homes["dwelling_value"] / (1.0 if row.measure.startswith("average") else STOCK_OVER_SALES)
    if row.measure.startswith("average"):
        return Part(r.of_homes(value), r.of_homes(np.ones(len(value))))
    return Quantile(value, r.home_weight, r.home_council, 0.5 if row.measure.startswith("median") else 0.25)


CARS = {"no car or van": (0, 0), "one car or van": (1, 1), "two or more": (2, 99)}


@measures("households_share")
def _households_share(r: Records, row: Row) -> Measure | None:
    if row.of("cars") not in CARS:
        return None
    low, high = CARS[row.of("cars") or ""]
    return Part(r.of_homes((r.homes["vehicles"] >= low) & (r.homes["vehicles"] <= high)), r.of_homes(np.ones(len(r.homes))))


# work and pay


@measures("employment_16plus", "employees_16plus", "ilo_unemployment_16plus", "employment_rate_16plus", "unemployment_rate_16plus")
def _labour_market(r: Records, row: Row) -> Measure | None:
    adult = r.persons["age"] >= 16
    works, seeks = adult & r.works, adult & (r.persons["activity"] == int(q.Activity.UNEMPLOYED))
    if row.measure == "employment_16plus":
        return Total(r.of_persons(works))
    if row.measure == "employees_16plus":
        own = r.persons["activity"] == int(q.Activity.SELF_EMPLOYED)
        return Total(r.of_persons(adult & r.employee & ~own))
    if row.measure == "ilo_unemployment_16plus":
        return Total(r.of_persons(seeks))
    if row.measure == "unemployment_rate_16plus":
        return Part(r.of_persons(seeks), r.of_persons(seeks | works))
    return Part(r.of_persons(works), r.of_persons(adult))


@measures("population_16plus")
def _adults(r: Records, row: Row) -> Measure | None:
    """Thousands of people of 16 and over (OBR), in private households here."""
    return Total(r.of_persons(r.persons["age"] >= 16) / 1e3)


@measures("participation_rate_16plus", "inactivity_rate_16_64")
def _participation(r: Records, row: Row) -> Measure | None:
    age = r.persons["age"]
    active = r.works | (r.persons["activity"] == int(q.Activity.UNEMPLOYED))
    if row.measure == "participation_rate_16plus":
        return Part(r.of_persons((age >= 16) & active), r.of_persons(age >= 16))
    working_age = (age >= 16) & (age <= 64)
    return Part(r.of_persons(working_age & ~active), r.of_persons(working_age))


@measures("households_with_disabled_person")
def _homes_with_disabled(r: Records, row: Row) -> Measure | None:
    someone = np.maximum.reduceat(r.persons["disabled"], r.homes["first_person"]) > 0
    return Part(r.of_homes(someone), r.of_homes(np.ones(len(r.homes))))


@measures("median_private_rent")
def _median_rent(r: Records, row: Row) -> Measure | None:
    """£ a month of homes let privately, moved to the index of rents as mean rents are."""
    kind, private = row.of("size_or_type"), r.homes["tenure"] == int(q.Tenure.PRIVATE_RENT)
    if kind not in BEDROOMS:
        return None
    low, high = BEDROOMS[kind]
    rows = private & (r.homes["bedrooms"] >= low) & (r.homes["bedrooms"] <= high)
    return Quantile(r.homes["rent"][rows] / 12 / RENTS_PAID, r.home_weight[rows], r.home_council[rows], 0.5)


@measures("employment_rate_16_64")
def _employment_rate(r: Records, row: Row) -> Measure | None:
    working_age = (r.persons["age"] >= 16) & (r.persons["age"] <= 64)
    return Part(r.of_persons(working_age & r.works), r.of_persons(working_age))


@measures("average_hours_worked")
def _average_hours(r: Records, row: Row) -> Measure | None:
    return Part(r.of_persons(r.works * r.persons["hours"]), r.of_persons(r.works))


@measures("wages_and_salaries")
def _wages(r: Records, row: Row) -> Measure | None:
    return Total(r.of_persons(r.persons["earnings"]))


@measures("employee_jobs")
def _jobs(r: Records, row: Row) -> Measure | None:
    return Total(r.of_persons(r.employee))


def _pay(r: Records, rows: Array, at: float, periods: float = 1.0) -> Measure:
    return Quantile(r.persons["earnings"][rows] / periods, r.person_weight[rows], r.person_council[rows], at)


@measures("median_weekly_pay")
def _weekly_pay(r: Records, row: Row) -> Measure | None:
    return _pay(r, r.employee & r.whole_year, 0.5, q.WEEKS_IN_YEAR)


@measures("annual_pay_percentile")
def _annual_pay(r: Records, row: Row) -> Measure | None:
    return _pay(r, r.employee & r.whole_year, float(row.of("percentile") or 50) / 100)


@measures("median_annual_ft_earnings_residence", "lower_quartile_annual_ft_earnings_residence")
def _full_time_pay(r: Records, row: Row) -> Measure | None:
    """Those paid for the whole year, as far as it can be told: ASHE's annual pay is of people a year or more in the job."""
    full = r.employee & (r.persons["hours"] >= FULL_TIME_HOURS) & r.whole_year
    return _pay(r, full, 0.5 if row.measure.startswith("median") else 0.25)


@measures("maintenance_loan_recipients")
def _maintenance_loans(r: Records, row: Row) -> Measure | None:
    """Full-time students in higher education under 30, set beside the loans paid to them and to those in halls."""
    return Total(r.of_persons((r.persons["education"] == int(q.Education.HIGHER)) & (r.persons["age"] < 30)))


# pensions and disability benefits, as recorded


@measures("state_pension_expenditure")
def _state_pension(r: Records, row: Row) -> Measure | None:
    """Paid to people in private households; the published sum has those in care homes and abroad, as step 4 left them out."""
    more = (1.0 + STATE_PENSION_ABROAD / STATE_PENSION_UK_2025_26) / PENSIONERS_IN_HOUSEHOLDS
    return Total(r.of_persons(r.persons["state_pension"]) * more)


@measures("state_pension_caseload", "state_pension_claims")
def _state_pensioners(r: Records, row: Row) -> Measure | None:
    if row.of("series") not in (None, "total"):
        return None
    return Total(r.of_persons(r.persons["state_pension"] > 0))


@measures("new_state_pension_claims")
def _new_state_pensioners(r: Records, row: Row) -> Measure | None:
    """People young enough for the new State Pension: step 4 gives them the amounts of its system."""
    below = np.where(r.persons["sex"] == 0, NEW_SYSTEM_BELOW[0], NEW_SYSTEM_BELOW[1])
    return Total(r.of_persons((r.persons["state_pension"] > 0) & (r.persons["age"] < below)))


@measures("pip_caseload", "pip_claims")
def _pip(r: Records, row: Row) -> Measure | None:
    if row.of("series") == "total":
        return None  # awards that are not in payment have no record
    return Total(r.of_persons((r.persons["pip_daily_living"] > 0) | (r.persons["pip_mobility"] > 0)))


@measures("pip_daily_living_claims")
def _pip_daily_living(r: Records, row: Row) -> Measure | None:
    level = {"standard": 1, "enhanced": 2}.get(row.of("rate") or "")
    return None if level is None else Total(r.of_persons(r.persons["pip_daily_living"] == level))


@measures("dla_caseload", "dla_claims")
def _dla(r: Records, row: Row) -> Measure | None:
    if row.of("series") == "total":
        return None
    return Total(r.of_persons((r.persons["dla_care"] > 0) | (r.persons["dla_mobility"] > 0)))


@measures("attendance_allowance_claims", "attendance_allowance_caseload")
def _attendance_allowance(r: Records, row: Row) -> Measure | None:
    """Awards in payment; those that are not (in hospital, in homes paid for by councils) have no record."""
    if "in payment" not in (row.of("scope") or row.of("series") or ""):
        return None
    return Total(r.of_persons(r.persons["attendance"] > 0))


@measures("child_benefit_families_opted_out_of_payment")
def _opted_out(r: Records, row: Row) -> Measure | None:
    return Total(r.of_units(r.units["child_benefit_opt_out"] == 1))


@measures("child_benefit_children_in_opted_out_families")
def _children_opted_out(r: Records, row: Row) -> Measure | None:
    return Total(r.of_units((r.units["child_benefit_opt_out"] == 1) * r.children))


# gains, wealth


LEAST_GAIN = {"2023-24": 6_000.0}
"""£: gains that HMRC counts are those above what is exempt in the year; £3,000 since 2024-25."""


@measures("taxpayer_count")
def _people_with_gains(r: Records, row: Row) -> Measure | None:
    if row.of("population") != "individuals":
        return None
    return Total(r.of_persons(r.persons["capital_gains"] > LEAST_GAIN.get(r.year, 3_000.0)))


@measures("chargeable_gains")
def _gains(r: Records, row: Row) -> Measure | None:
    if row.of("population") != "individuals":
        return None
    gains = r.persons["capital_gains"]
    return Total(r.of_persons(gains * (gains > LEAST_GAIN.get(r.year, 3_000.0))))


@measures("household_secured_liabilities")
def _loans(r: Records, row: Row) -> Measure | None:
    return Total(r.of_homes(r.homes["mortgage_debt"]))


@measures("total_wealth")
def _total_wealth(r: Records, row: Row) -> Measure | None:
    return Total(r.of_homes(r.wealth_then))


@measures("total_wealth_percentile")
def _wealth_percentile(r: Records, row: Row) -> Measure | None:
    return Quantile(r.wealth_then, r.home_weight, r.home_council, float(row.of("percentile") or 50) / 100)


COMPONENTS = {
    "net property": (("main_home_wealth", "other_property_wealth"), ("mortgage_debt",)),
    "private pension": (("pension_wealth",), ()),
    "net financial": (("financial_wealth",), ("debts",)),
    "physical": (("physical_wealth",), ()),
}


@measures("wealth_component_share")
def _component_share(r: Records, row: Row) -> Measure | None:
    """Of the survey's four components; business assets are in none of them."""
    if row.of("component") not in COMPONENTS:
        return None
    added, taken = COMPONENTS[row.of("component") or ""]
    part = np.zeros(len(r.homes))
    for name in added:
        part += r.homes[name]
    for name in taken:
        part -= r.homes[name]
    return Part(r.of_homes(part), r.of_homes(r.net_wealth - r.homes["business_wealth"]))


@measures("wealth_of_tenth")
def _wealth_of_tenth(r: Records, row: Row) -> Measure | None:
    tenth = int(row.of("tenth") or 0)
    return Once(lambda here: _between(r, here, (tenth - 1) / 10, tenth / 10))


@measures("wealth_top_share")
def _top_share(r: Records, row: Row) -> Measure | None:
    top = float(row.of("top") or 0) / 100

    def work(here: Array) -> float | None:
        held = _between(r, here, 0.0, 1.0)
        return _between(r, here, 1 - top, 1.0) / held if held else None

    return Once(work)


def _between(r: Records, here: Array, low: float, high: float) -> float:
    """£ of net wealth (in the survey's prices) of households from one place to another in its order."""
    rows = here[r.home_council]
    wealth, weight = r.wealth_then[rows], r.home_weight[rows]
    order = np.argsort(wealth, kind="stable")
    ends = np.cumsum(weight[order]) / weight.sum()
    starts = np.concatenate(([0.0], ends[:-1]))
    inside_part = np.clip((np.minimum(ends, high) - np.maximum(starts, low)) / np.maximum(ends - starts, 1e-15), 0.0, 1.0)
    return float((wealth[order] * weight[order] * inside_part).sum())


@measures("wealth_gini")
def _wealth_gini(r: Records, row: Row) -> Measure | None:
    def work(here: Array) -> float | None:
        rows = here[r.home_council]
        wealth, weight = r.wealth_then[rows], r.home_weight[rows]
        if not float(wealth @ weight):
            return None
        order = np.argsort(wealth, kind="stable")
        people = np.concatenate(([0.0], np.cumsum(weight[order]) / weight.sum()))
        held = np.concatenate(([0.0], np.cumsum((wealth * weight)[order]) / float(wealth @ weight)))
        return float(1 - np.sum(np.diff(people) * (held[1:] + held[:-1])))

    return Once(work)


@measures("individuals_above")
def _individuals_above(r: Records, row: Row) -> Measure | None:
    """Persons whose own part of the household's net wealth exceeds the amount, in the prices of the row's year."""
    amount = float(row.of("above") or 0) * f.uprating("cpi", SURVEY_OF_WEALTH, r.year)
    own = r.net_wealth[r.persons["household"]] * r.persons["wealth_share"]
    return Total(r.of_persons(own > amount))


# ---- rows to figures -----------------------------------------------------------------------------------------------


class Workshop:
    """Works the figures of rows over one population: each year's records are made once, each measure once for all areas."""

    def __init__(
        self, people: Population, table: dict[str, Reading] | None = None, records: Callable[[Population], Records] = Records
    ) -> None:
        self._people, self._table, self._make = people, table or MEASURES, records
        self._years: dict[str, Records] = {}
        self._kept: dict[tuple[object, ...], Measure | None] = {}

    def records(self, year: str) -> Records:
        """The records in a year's money."""
        if year not in self._years:
            self._years[year] = self._make(uprate(self._people, year))
        return self._years[year]

    def model(self, row: Row) -> float | str:
        """The model's figure in the row's own unit, or why there is none."""
        here = inside(row.area)
        if row.measure not in self._table:
            return "no measure of this name is known"
        if here is None:
            return f"the area {row.area or 'of this row'} is not known"
        year = self._year(row)
        if year is None:
            return f"the period {row.period or 'of this row'} lies outside {years()[0]} to {years()[-1]}"
        key = (year, row.measure, row.dims, row.period, row.unit)
        if key not in self._kept:
            self._kept[key] = self._table[row.measure](self.records(year), row)
        measure = self._kept[key]
        if measure is None:
            return "this breakdown is not one that records hold"
        found = figure(measure, here)
        return "the population holds no record of it" if found is None or not np.isfinite(found) else found / row.scale

    def _year(self, row: Row) -> str | None:
        """The year to work the row in; what a census or a survey of wealth found is set beside the population's own year."""
        if row.period == CENSUS or row.measure in OWN_YEAR:
            return self._people.year
        return row.year if row.year in years() else None


OWN_YEAR = {
    "total_wealth",
    "total_wealth_percentile",
    "wealth_component_share",
    "wealth_of_tenth",
    "wealth_top_share",
    "wealth_gini",
    "individuals_above",
    "dwellings_without_resident",
    "average_household_size",
    "people_by_household_type",
}
"""Measures that no uprating moves, or that carry their own."""
