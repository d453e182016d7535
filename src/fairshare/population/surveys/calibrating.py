"""A survey's weights brought to published counts, by nation, region or council: people by age and sex, homes by tenure and by band.

Money is first moved to the year of the counts. Weights stay within bounds of what they were (bounded calibration, Deville and Särndal
1992), and only counts are calibrated to, never an amount. By council, households are first given to the councils of their region so that
each has its homes by tenure and band; which council a household lives in stays unknown, and a council's figures are those of
households of the region that look like its own. How far that carries is told by the grade of each council.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.faults import Fault, nearest
from fairshare.population.disclosure import COUNCIL_MINIMUM
from fairshare.population.records import Population, population
from fairshare.population.surveys.assembly import Owners, in_record_order
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.calibration import FIVE_YEARS, calibrated, people_by_five_years
from fairshare.population.synthetic.composition import households_by_council
from fairshare.population.synthetic.draws import generator
from fairshare.population.synthetic.housing import tenure_shares
from fairshare.population.uprating import uprate

Array = np.ndarray[Any, np.dtype[Any]]
Progress = Callable[[str, float], None]
Beside = Mapping[str, np.ndarray]

YEAR = "2025-26"
"""The year of the published counts."""
LEVELS = ("nation", "region", "council")
LOWEST, HIGHEST = 0.25, 4.0
"""No weight moves further than this from where it starts, once each area has its number of households."""
HOLD, COUNCIL_HOLD = 500.0, 3.0
"""How closely counts are held: a gap shrinks to about one part in 1 + hold. A council's few records are moved gently."""
ROUNDS = 3
BROAD = np.array([0, 3, 5, 7, 10, 13, 15])
"""Where each broad age group begins among the five-year ages that a council's weights answer to."""
BANDS = 8
TENURES = len(q.Tenure)
WITHIN = (0.01, 0.05)


def calibrate(people: Population, beside: Beside, level: str, seed: int, progress: Progress) -> tuple[Population, dict[str, np.ndarray]]:
    """The survey in the money of the counts' year, with weights that give the counts. Raises Fault for a level that is not known."""
    if level not in LEVELS:
        raise Fault(f'--calibrate must be nation, region or council, not "{level}"{nearest(level, LEVELS)}')
    progress("Moving money to the year of the counts", 0.0)
    people, tables = uprate(people, YEAR), dict(beside)
    if level == "council":
        progress("Giving households to councils", 0.2)
        people, tables = _placed(people, tables, seed)
    before, wanted = people.households["weight"].astype(float), _counts()
    features = _features(people)
    start = _scaled(people, before, level)
    progress("Calibrating weights", 0.4)
    weights = _weights(people, start, features, wanted, level)
    homes = people.households.copy()
    homes["weight"] = np.round(weights, 6)
    found = _told(people, before, weights, features, wanted, level)
    details = {**people.details, "calibrated": found}
    says = f"{people.says} Weights are calibrated by {level} to published counts of {YEAR}."
    if level == "council":
        details["councils_known"] = True
        says = (
            f"{says.replace(NOT_KNOWN, '')} Households stand in councils so that each has its published homes and people; where they "
            "truly live is not known, so a council's figures are those of alike households of its region."
        )
    made = population(
        people.persons, people.benefit_units, homes, people.dwellings, name=people.name, year=people.year, kind=people.kind, says=says,
        seed=people.seed, details=details,
    )  # fmt: skip
    return made, tables


NOT_KNOWN = " It names no council: households are spread over the councils of their region, so results for a council are not known from it."
"""What readers say of a survey that names no council."""


# ---- what is counted -------------------------------------------------------------------------------------------------


def _counts() -> dict[str, Array]:
    """(councils, ...) published counts: households, homes by tenure and by band, people by five-year age and sex."""
    lived = households_by_council()
    bands = np.nan_to_num(np.column_stack([f.council(f"band_{band}") for band in "abcdefghi"]))
    bands = bands / np.maximum(bands.sum(axis=1, keepdims=True), 1e-9) * lived[:, None]
    return {
        "households": lived[:, None],
        "tenure": lived[:, None] * tenure_shares(),
        "band": np.column_stack([bands[:, :7], bands[:, 7:].sum(axis=1)]),
        "people": people_by_five_years().reshape(len(lived), -1),
    }


def _features(people: Population) -> dict[str, Array]:
    """(households, ...) what each record adds to each count."""
    homes, persons = people.households, people.persons
    group = np.clip(np.searchsorted(FIVE_YEARS, persons["age"], side="right") - 1, 0, len(FIVE_YEARS) - 2)
    counts = np.zeros((len(homes), 2 * (len(FIVE_YEARS) - 1)))
    np.add.at(counts, (persons["household"], group * 2 + persons["sex"]), 1.0)
    return {
        "households": np.ones((len(homes), 1)),
        "tenure": np.eye(TENURES)[homes["tenure"]],
        "band": np.eye(BANDS + 1)[np.minimum(homes["council_tax_band"], BANDS)][:, 1:],
        "people": counts,
    }


def _broad(by_age_and_sex: Array) -> Array:
    """The same people by broad age."""
    return np.asarray(np.add.reduceat(by_age_and_sex[:, 0::2] + by_age_and_sex[:, 1::2], BROAD, axis=1))


def _area(level: str) -> Array:
    """(councils,) the area of each council that weights are brought to closely."""
    return f.area_nations() if level == "nation" else f.area_regions()


# ---- weights ---------------------------------------------------------------------------------------------------------


def _scaled(people: Population, weights: Array, level: str) -> Array:
    """Weights that give each area its number of households: what calibration starts from."""
    of_council = _area(level)
    area = of_council[people.households["council"]]
    lived = np.bincount(of_council, households_by_council())
    held = np.bincount(area, weights, len(lived))
    return np.asarray(weights * (lived / np.maximum(held, 1e-9))[area])


def _weights(people: Population, start: Array, features: dict[str, Array], wanted: dict[str, Array], level: str) -> Array:
    council = people.households["council"].astype(int)
    area = _area(level)[council]
    weights, low, high = start.copy(), LOWEST * start, HIGHEST * start
    broad = {**features, "people": _broad(features["people"])}
    broad_wanted = {**wanted, "people": _broad(wanted["people"])}
    for _ in range(ROUNDS if level == "council" else 1):
        if level == "council":
            for where in np.unique(council):
                rows = np.flatnonzero(council == where)
                if len(rows) >= COUNCIL_MINIMUM:
                    _bring(weights, rows, broad, {name: each[where] for name, each in broad_wanted.items()}, COUNCIL_HOLD, low, high)
        for where in np.unique(area):
            inside = _area(level) == where
            total = {name: each[inside].sum(axis=0) for name, each in wanted.items()}
            _bring(weights, np.flatnonzero(area == where), features, total, HOLD, low, high)
    return weights


def _bring(weights: Array, rows: Array, features: dict[str, Array], wanted: dict[str, Array], hold: float, low: Array, high: Array) -> None:
    """Calibrate the weights of some rows in place. Counts that no record adds to cannot be met, and are left out."""
    columns = np.hstack([features[name][rows] for name in features])
    totals = np.concatenate([np.atleast_1d(wanted[name]) for name in features])
    used = (columns.sum(axis=0) > 0) & (totals > 0)
    weights[rows] = calibrated(weights[rows], columns[:, used], totals[used], hold * totals[used], low[rows], high[rows])


def _told(
    people: Population, before: Array, after: Array, features: dict[str, Array], wanted: dict[str, Array], level: str
) -> dict[str, Any]:
    """How near the counts lie before and after, and what it cost: how far weights moved, and the design effect."""
    area = _area(level)
    own = area[people.households["council"]]
    gaps = []
    for weights in (before, after):
        for_all = []
        for name, columns in features.items():
            for where in np.unique(area):
                total = wanted[name][area == where].sum(axis=0)
                held = weights[own == where] @ columns[own == where]
                for_all += [abs(h / t - 1.0) for h, t in zip(held, total, strict=True) if t > 0]
        gaps.append(np.array(for_all))
    moved = after / np.maximum(_scaled(people, before, level), 1e-12)
    return {
        "level": level, "year": YEAR, "counts": len(gaps[0]),
        "within_1_pct_before": int((gaps[0] <= WITHIN[0]).sum()), "within_1_pct": int((gaps[1] <= WITHIN[0]).sum()),
        "within_5_pct_before": int((gaps[0] <= WITHIN[1]).sum()), "within_5_pct": int((gaps[1] <= WITHIN[1]).sum()),
        "at_a_bound": int(((moved <= LOWEST * 1.0001) | (moved >= HIGHEST / 1.0001)).sum()), "records": len(after),
        "design_effect": round(float(len(after) * (after**2).sum() / after.sum() ** 2), 3),
        "design_effect_before": round(float(len(before) * (before**2).sum() / before.sum() ** 2), 3),
    }  # fmt: skip


def calibrated_text(found: dict[str, Any]) -> str:
    """How a calibration came out, in words."""
    return (
        f"Calibrated by {found['level']} to {found['counts']:,} published counts of {found['year']}: {found['within_1_pct']:,} within 1% "
        f"({found['within_1_pct_before']:,} before), {found['within_5_pct']:,} within 5% ({found['within_5_pct_before']:,} before).\n"
        f"  Uneven weights now count as {found['design_effect']:.2f} records for one ({found['design_effect_before']:.2f} before); "
        f"{found['at_a_bound']:,} of {found['records']:,} weights stand at a bound ({LOWEST:g} to {HIGHEST:g} times the start)."
    )


# ---- councils --------------------------------------------------------------------------------------------------------


def _placed(people: Population, beside: Beside, seed: int) -> tuple[Population, dict[str, np.ndarray]]:
    """The population with households given to the councils of their region by tenure and band, in the order of records."""
    homes, persons, units = people.households.copy(), people.persons.copy(), people.benefit_units.copy()
    homes["council"] = councils_by_home(homes, seed)
    homes["brma"] = np.array([area.brma for area in areas()])[homes["council"]]
    owners = Owners(units["household"].astype(np.int64), persons["benefit_unit"].astype(np.int64))
    order_of_homes = np.argsort(homes["council"], kind="stable")
    homes, units, persons, order = in_record_order(homes, units, persons, owners, persons["age"].astype(float))
    row_of_person, row_of_home = np.empty(len(order), np.int64), np.empty(len(homes), np.int64)
    row_of_person[order], row_of_home[order_of_homes] = np.arange(len(order)), np.arange(len(homes))
    return replace(people, persons=persons, benefit_units=units, households=homes), _moved(beside, order, row_of_person, row_of_home)


def _moved(beside: Beside, order: Array, row_of_person: Array, row_of_home: Array) -> dict[str, np.ndarray]:
    """The tables beside the population under the new rows: one row a person, or rows that name a person's or a household's row."""
    out = {}
    for name, table in beside.items():
        names = table.dtype.names or ()
        moved = table.copy()
        if "sernum" in names:  # the survey's own numbers, a row for each person record
            moved = table[order]
        elif "person" in names:
            moved["person"] = row_of_person[table["person"]]
            moved = moved[np.lexsort((moved["code"], moved["person"]))] if "code" in names else moved
        elif "household" in names:
            moved["household"] = row_of_home[table["household"]]
            moved = moved[np.argsort(moved["household"], kind="stable")]
        out[name] = moved
    return out


def councils_by_home(homes: Array, seed: int) -> Array:
    """(households,) a council of each household's region: homes of a tenure and band go to councils in proportion to those they have."""
    draws = generator(seed, "councils of a survey").random(len(homes))
    council = np.zeros(len(homes), np.int64)
    counts = _counts()
    cell = homes["tenure"].astype(np.int64) * (BANDS + 1) + np.minimum(homes["council_tax_band"], BANDS)
    for region in np.unique(homes["region"]):
        own = np.flatnonzero(f.area_regions() == region)
        rows = np.flatnonzero(homes["region"] == region)
        joint = np.bincount(cell[rows], homes["weight"][rows], TENURES * (BANDS + 1)).reshape(TENURES, BANDS + 1)
        shares = np.stack([_raked(joint, counts["tenure"][each], counts["band"][each]) for each in own])
        starts = generator(seed, f"councils of region {int(region)}").random(TENURES * (BANDS + 1))
        for each in np.unique(cell[rows]):
            members = rows[cell[rows] == each]
            members = members[np.argsort(draws[members], kind="stable")]
            of_councils = np.cumsum(shares[:, each // (BANDS + 1), each % (BANDS + 1)])
            if of_councils[-1] <= 0.0:
                of_councils = np.cumsum(counts["households"][own, 0])
            weight = homes["weight"][members]
            place = (np.cumsum(weight) - starts[each] * weight) / weight.sum()
            council[members] = own[np.minimum(np.searchsorted(of_councils / of_councils[-1], place), len(own) - 1)]
    return council


def _raked(joint: Array, tenure: Array, band: Array, rounds: int = 20) -> Array:
    """(tenures, bands and none) a council's homes: the region's own pattern, brought to the council's tenures and bands."""
    out = joint + 1e-6 * joint.sum() / joint.size
    by_band = np.concatenate([[0.0], band]) if band.sum() > 0 else np.concatenate([[tenure.sum()], np.zeros(BANDS)])
    if band.sum() > 0:
        out[:, 0] *= 1e-3  # homes that are not valued separately are few
        by_band[0] = out[:, 0].sum() / max(float(out.sum()), 1e-9) * tenure.sum()
    for _ in range(rounds):
        out = out * (tenure / np.maximum(out.sum(axis=1), 1e-12))[:, None]
        out = out * (by_band / np.maximum(out.sum(axis=0), 1e-12))[None, :]
    return np.asarray(out)
