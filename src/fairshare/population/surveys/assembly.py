"""What every reader of a survey shares: councils where only a region is known, and rows put into the order of records."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.areas import Area, areas, folder


class Owners(NamedTuple):
    """Who belongs where, in a file's own order: (units,) the household row of each unit, (persons,) the unit row of each person."""

    household_of_unit: np.ndarray
    unit_of_person: np.ndarray


# ---- places --------------------------------------------------------------------------------------------------------


@cache
def households_of_councils() -> dict[str, int]:
    """Households in each council area at the latest census, by GSS code."""
    with (folder("parameters") / "britain" / "households_by_council.csv").open(encoding="utf-8", newline="") as lines:
        return {line["gss_code"]: int(line["households"]) for line in csv.DictReader(lines)}


def spread_over_councils(regions: np.ndarray, weights: np.ndarray, seed: int) -> np.ndarray:
    """A council row for each household: its region's councils in turn, in proportion to their households, in an order drawn once."""
    draws = np.random.default_rng(seed).random(len(regions))
    councils = np.zeros(len(regions), np.int64)
    for region in np.unique(regions):
        rows = np.flatnonzero(regions == region)
        rows = rows[np.argsort(draws[rows], kind="stable")]
        own: list[Area] = [area for area in areas() if area.region == region]
        shares = np.cumsum([households_of_councils()[area.code] for area in own], dtype=float)
        weight = np.maximum(weights[rows], 1e-12)
        middle = (np.cumsum(weight) - weight / 2) / weight.sum()
        chosen = np.searchsorted(shares / shares[-1], middle, side="left")
        councils[rows] = [own[i].row for i in np.minimum(chosen, len(own) - 1)]
    return councils


def nation_of(region: int) -> q.Nation:
    named = {q.Region.WALES: q.Nation.WALES, q.Region.SCOTLAND: q.Nation.SCOTLAND, q.Region.NORTHERN_IRELAND: q.Nation.NORTHERN_IRELAND}
    return named.get(q.Region(region), q.Nation.ENGLAND)


def with_values_of_homes(households: np.ndarray, year: str, seed: int) -> bool:
    """Fill in what each home is worth, in the year that bands rest on and now, from its band and council by published prices.

    False, and nothing is filled in, for a year that published prices of homes do not reach.
    """
    from fairshare.population.synthetic.draws import generator
    from fairshare.population.synthetic.housing import NORTHERN_IRELAND_2005, band_year_value, northern_values, value_now
    from fairshare.population.uprating import factor, starts

    if year not in starts():
        return False
    draws, council, nation = generator(seed, "values of homes"), households["council"].astype(int), households["nation"].astype(int)
    place = draws.random(len(households))
    then = band_year_value(households["council_tax_band"].astype(int), nation, place)
    now = value_now(then, council, draws)
    northern = np.flatnonzero(nation == int(q.Nation.NORTHERN_IRELAND))
    now[northern] = northern_values(council[northern], np.clip(place[northern], 1e-6, 1.0 - 1e-6))
    then[northern] = now[northern] * NORTHERN_IRELAND_2005
    households["dwelling_value"] = np.round(now * factor("house_prices", "2025-26", year), -2)
    households["dwelling_value_band_year"] = np.round(then, -2)
    return True


# ---- the order of records ------------------------------------------------------------------------------------------


def in_record_order(
    households: np.ndarray, units: np.ndarray, persons: np.ndarray, owners: Owners, age: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The three tables sorted: households by council, units with the householder's first, persons by role and age.

    `persons["role"]` is filled in. The last array says which row of the file each person record came from.
    """
    by_council = np.argsort(households["council"], kind="stable")
    household_row = _places_after(by_council)
    by_unit = np.lexsort((np.arange(len(units)), -units["householder"], household_row[owners.household_of_unit]))
    unit_row = _places_after(by_unit)
    by_person = np.lexsort((np.arange(len(persons)), -age, persons["role"], unit_row[owners.unit_of_person]))
    households, units, persons = households[by_council], units[by_unit], persons[by_person]
    units["household"] = household_row[owners.household_of_unit][by_unit]
    persons["benefit_unit"] = unit_row[owners.unit_of_person][by_person]
    persons["household"] = units["household"][persons["benefit_unit"]]
    _offsets(units, "person", persons["benefit_unit"])
    _offsets(households, "person", persons["household"])
    _offsets(households, "benefit_unit", units["household"])
    return households, units, persons, by_person


def _places_after(sorting: np.ndarray) -> np.ndarray:
    """Where each row goes when a table is sorted this way."""
    places = np.empty(len(sorting), np.int64)
    places[sorting] = np.arange(len(sorting))
    return places


def _offsets(owners: np.ndarray, members: str, owner_of: np.ndarray) -> None:
    """Fill first and last rows of each owner's members, which follow one another."""
    ends = np.cumsum(np.bincount(owner_of, minlength=len(owners)))
    owners[f"last_{members}"] = ends
    owners[f"first_{members}"] = np.concatenate(([0], ends[:-1]))


def mapped(codes: np.ndarray, known: Mapping[int, int], missing: int) -> np.ndarray:
    """(n,) what each code stands for; `missing` for a code that is not among the known ones."""
    out = np.full(len(codes), int(missing))
    for code, member in known.items():
        out[codes == code] = int(member)
    return out


# ---- keys ----------------------------------------------------------------------------------------------------------


def rows_of(wanted: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """(wanted,) the row of `keys` (each once) that holds each wanted key; -1 where none does."""
    if not len(keys):
        return np.full(len(wanted), -1)
    order = np.argsort(keys, kind="stable")
    places = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    rows: np.ndarray = np.where(keys[order][places] == wanted, order[places], -1)
    return rows


def first_repeated(keys: np.ndarray) -> int | None:
    """The row of the first key that an earlier row holds too."""
    _, first = np.unique(keys, return_index=True)
    again = np.setdiff1d(np.arange(len(keys)), first)
    return int(again[0]) if len(again) else None


# ---- who is who, where a file does not say -------------------------------------------------------------------------

PARTNER_AGE = 18
"""The youngest a partner is taken to be."""
GENERATION = 18
"""An adult this many years younger than the eldest of the benefit unit is taken for a grown-up child, not a partner."""
BY_AGE = f"the eldest claims; the next adult is the partner unless {GENERATION} or more years younger; everyone else is a dependant"


def roles_by_age(unit: np.ndarray, age: np.ndarray) -> np.ndarray:
    """(persons,) the role of each, by age within the benefit unit (see BY_AGE)."""
    order = np.lexsort((-age, unit))
    place = np.arange(len(unit)) - np.searchsorted(unit[order], unit[order])
    eldest = age[order][np.arange(len(unit)) - place]
    roles = np.full(len(unit), int(q.Role.DEPENDANT))
    second = (place == 1) & (age[order] >= PARTNER_AGE) & (eldest - age[order] < GENERATION)
    roles[order[place == 0]] = q.Role.CLAIMANT
    roles[order[second]] = q.Role.PARTNER
    return roles


def equal_shares(roles: np.ndarray, unit: np.ndarray, householder: np.ndarray, couple: np.ndarray) -> np.ndarray:
    """(persons,) each adult's part of the household's wealth: the householder's unit owns it, a couple by halves."""
    share = np.where(householder == 1, 1.0 / (couple + 1.0), 0.0)
    return np.where(roles == q.Role.DEPENDANT, 0.0, share[unit])


WORKING_AGE = 16
RETIREMENT_AGE = 66


def activity_by_income(persons: np.ndarray) -> np.ndarray:
    """(persons,) main activity where a file does not say: by age, pay, profit and schooling."""
    kinds: list[tuple[np.ndarray, q.Activity]] = [
        (persons["age"] < WORKING_AGE, q.Activity.CHILD),
        (persons["self_employment"] > persons["earnings"], q.Activity.SELF_EMPLOYED),
        (persons["earnings"] > 0.0, q.Activity.EMPLOYEE),
        (persons["age"] >= RETIREMENT_AGE, q.Activity.RETIRED),
        (persons["education"] != q.Education.NONE, q.Activity.STUDENT),
    ]
    return np.select([where for where, _ in kinds], [int(kind) for _, kind in kinds], int(q.Activity.OTHER))
