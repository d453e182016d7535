"""People, households and families: ages, sizes, types, ethnic groups, disability."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.measured.kinds import Array, Measure, Part, Total
from fairshare.population.measured.records import FAMILY, Records
from fairshare.population.measured.table import age_span, measures
from fairshare.population.published import CENSUS, Row
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.composition import household_population


@measures("persons", "population_by_age")
def _persons(r: Records, row: Row) -> Measure | None:
    """Residents: persons of the records, and those outside private households, whom the records leave out, as published."""
    ages = age_span(row.of("age") or "")
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
    span = age_span(ages)
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


ETHNIC = {"white": 1, "mixed": 2, "asian": 3, "black": 4, "other": 5}


@measures("population_share")
def _population_share(r: Records, row: Row) -> Measure | None:
    everyone = r.of_persons(np.ones(len(r.persons)))
    if row.of("ethnic_group") in ETHNIC:
        return Part(r.of_persons(r.persons["ethnicity"] == ETHNIC[row.of("ethnic_group") or ""]), everyone)
    if (row.of("group") or "").startswith("disabled"):
        return Part(r.of_persons(r.persons["disabled"] == 1), everyone)
    return None


@measures("households_with_disabled_person")
def _homes_with_disabled(r: Records, row: Row) -> Measure | None:
    someone = np.maximum.reduceat(r.persons["disabled"], r.homes["first_person"]) > 0
    return Part(r.of_homes(someone), r.of_homes(np.ones(len(r.homes))))
