"""How income and wealth are spread, who is in poverty, and hardship: rows under today's law and under the proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from fairshare.areas import areas
from fairshare.measures import hardship, inequality, poverty
from fairshare.measures.columns import Row, Table
from fairshare.measures.distribution import MINIMUM_RECORDS, Array, enough
from fairshare.measures.households import Households
from fairshare.measures.uncertainty import Range
from fairshare.population.disclosure import licensed

# ---- inequality, poverty, hardship ----------------------------------------------------------------------------------

INEQUALITY: tuple[tuple[str, Callable[[Array, Array], float]], ...] = (
    ("Gini coefficient", inequality.gini),
    ("Palma ratio", inequality.palma),
    ("90/10 ratio", inequality.ratio_90_10),
    ("50/10 ratio", inequality.ratio_50_10),
    ("Atkinson index (aversion 1)", inequality.atkinson),
    ("Theil index", inequality.theil),
    ("Share of income of the top tenth", lambda values, weights: inequality.share_of_top(values, weights, 0.1)),
    ("Share of income of the top hundredth", lambda values, weights: inequality.share_of_top(values, weights, 0.01)),
)


def inequality_rows(homes: Households) -> Table:
    """Of persons' equivalised income before housing costs; and of households' net wealth, which a year's law leaves as it is."""
    today = homes.once("inequality", lambda: _measured(homes.equivalised_before, homes.person_weight))
    then = _measured(homes.equivalised_after, homes.person_weight)
    rows: Table = [
        {"measure": name, "before": today[name], "after": then[name], "change": then[name] - today[name], "low": None, "high": None}
        for name, _ in INEQUALITY
    ]
    span = gini_noise(homes, float(rows[0]["change"]))
    rows[0] |= {"low": span.low, "high": span.high}
    wealth = homes.once("inequality_of_wealth", lambda: _of_wealth(homes))
    return rows + [{"measure": name, "before": value, "after": None, "change": None, "low": None, "high": None} for name, value in wealth]


def _measured(values: Array, weights: Array) -> dict[str, float]:
    """Every measure of inequality of income, by name: sorted once, so that each measure need not."""
    order = np.argsort(values, kind="stable")
    values, weights = values[order], weights[order]
    return {name: measure(values, weights) for name, measure in INEQUALITY}


def _of_wealth(homes: Households) -> list[tuple[str, float]]:
    order = np.argsort(homes.net_wealth, kind="stable")
    values, weights = homes.net_wealth[order], homes.weight[order]
    return [
        ("Gini coefficient of net wealth", inequality.gini(values, weights)),
        ("Share of net wealth of the top tenth", inequality.share_of_top(values, weights, 0.1)),
        ("Share of net wealth of the top hundredth", inequality.share_of_top(values, weights, 0.01)),
    ]


def gini_noise(homes: Households, change: float) -> Range:
    """Noise of the change in Gini, by what each record adds to it (Deville 1999), after less before."""
    weights = homes.person_weight
    today = homes.once("gini_influence", lambda: _gini_influence(homes.equivalised_before, weights))
    moved = _gini_influence(homes.equivalised_after, weights) - today
    return homes.errors.range(change, homes.errors.total(moved, weights) / float(weights.sum()))


def _gini_influence(values: Array, weights: Array) -> Array:
    """(records,) the influence of each record on the Gini coefficient: 2/m (xF + M - (G + 1)/2 (x + m)), where F is the rank of x
    and M the mean of incomes at or above it, counted over everyone."""
    values = np.maximum(values, 0.0)
    order = np.argsort(values, kind="stable")
    total = float(weights.sum())
    mean = float((values * weights).sum()) / total
    if not mean > 0:
        return np.zeros(len(values))
    sorted_weights = weights[order] / total
    rank = np.empty(len(values))
    rank[order] = np.cumsum(sorted_weights) - sorted_weights / 2.0
    held = sorted_weights * values[order]
    above = np.empty(len(values))
    above[order] = mean - np.cumsum(held) + held / 2.0
    size = inequality.gini(values, weights)
    return 2.0 / mean * (values * rank + above - (size + 1.0) / 2.0 * (values + mean))


class _Poverty(NamedTuple):
    name: str
    part: float
    moving: bool


POVERTY = (
    _Poverty("Below 60% of the median, line held at today's", poverty.RELATIVE, False),
    _Poverty("Below 60% of the median, line moves", poverty.RELATIVE, True),
    _Poverty("Below 50% of the median, line held at today's", poverty.DEEP, False),
    _Poverty("Below 40% of the median, line held at today's", poverty.VERY_DEEP, False),
)


def poverty_rows(homes: Households) -> Table:
    rows = []
    for costs, old, new in (
        ("after", homes.after_costs_before, homes.after_costs_after),
        ("before", homes.equivalised_before, homes.equivalised_after),
    ):
        for measure in POVERTY:
            today = (homes.line_after_costs if costs == "after" else homes.line) * measure.part / poverty.RELATIVE
            then = _moved_line(homes, costs, measure.part) if measure.moving else today
            for group, people in homes.people_by_household.items():
                row = _poverty_row(measure.name, group, costs, old < today, new < then, homes.weight * people, then)
                if measure is POVERTY[0] and not licensed(homes.population):
                    gaps = [100.0 * poverty.gap(income, today, homes.weight * people) for income in (old, new)]
                    row |= {"gap_before_pct": gaps[0], "gap_after_pct": gaps[1]}
                crossing = np.count_nonzero(((old < today) != (new < then)) & (people > 0))
                if homes.area is not None and not enough(int(crossing)):
                    row |= dict.fromkeys(set(row) & {"after_pct", "change_points", "change_people", "gap_after_pct"})
                rows.append(row)
    return rows


def _moved_line(homes: Households, costs: str, part: float) -> float:
    whole = homes.national
    return poverty.line(whole.after_costs_after if costs == "after" else whole.equivalised_after, whole.person_weight, part)


def _poverty_row(measure: str, group: str, costs: str, was: Array, will_be: Array, persons: Array, line: float) -> Row:
    total = float(persons.sum())
    before, after = float(persons[was].sum()), float(persons[will_be].sum())
    return {
        "measure": measure,
        "group": group,
        "housing_costs": costs,
        "line": line,
        "before_pct": 100.0 * before / total if total else None,
        "after_pct": 100.0 * after / total if total else None,
        "change_points": 100.0 * (after - before) / total if total else None,
        "before_people": before,
        "change_people": after - before,
    }


class _Counted(NamedTuple):
    """A kind of hardship over households: among whom it is counted, and who is in it under either law."""

    name: str
    among: Array
    before: Array
    after: Array


def _kinds_of_hardship(homes: Households) -> list[_Counted]:
    """Each kind apart: rent as a part of income, little saved, and income near destitution."""
    rent = homes.of_household("rent")
    found = []
    for part in (hardship.HEAVY_RENT, hardship.VERY_HEAVY_RENT):
        old, new = (np.nan_to_num(hardship.rent_share(rent, income)) > part for income in (homes.before, homes.after))
        found.append(_Counted(f"Renting households whose rent is above {100 * part:.0f}% of income", rent > 0, old, new))
    everyone, saved = np.ones(len(homes), bool), homes.of_household("financial_wealth")
    short = [hardship.too_little_saved(saved, income) for income in (homes.before, homes.after)]
    found.append(_Counted(f"Households whose savings would not last {hardship.WEEKS_OF_SAVINGS:.0f} weeks", everyone, *short))
    found.append(_Counted("Households with no savings", everyone, saved <= 0, saved <= 0))
    children = homes.people_by_household["children"]
    line = hardship.near_destitution(homes.run.year).of(homes.people - children, children)
    low = [income * homes.scale_after_costs < line for income in (homes.after_costs_before, homes.after_costs_after)]
    found.append(_Counted("Households with an income near destitution, after housing costs", everyone, *low))
    return found


def hardship_rows(homes: Households) -> Table:
    """What is counted as hardship, each kind apart."""
    return [
        {"measure": kind.name, **_shares(kind.before, kind.after, homes.weight, kind.among)}
        for kind in _kinds_of_hardship(homes)
        if kind.among.any()
    ]


def _shares(before: Array, after: Array, weight: Array, among: Array) -> Row:
    whole = float(weight[among].sum())
    old, new = (100.0 * float(weight[among & who].sum()) / whole for who in (before, after))
    return {"before_pct": old, "after_pct": new, "change_points": new - old}


def hardship_by_council(homes: Households) -> Table:
    """The same in every council area in view; held back where too few records stand behind a row."""
    places, council = areas(), homes.of_household("council")
    rows: Table = []
    for kind in _kinds_of_hardship(homes):
        records = np.bincount(council[kind.among], minlength=len(places))
        whole = np.bincount(council, homes.weight * kind.among, len(places))
        old, new = (np.bincount(council, homes.weight * (kind.among & who), len(places)) for who in (kind.before, kind.after))
        for place in places:
            i = place.row
            if not records[i]:
                continue
            row: Row = {"code": place.code, "council": place.name, "measure": kind.name, "records": int(records[i])}
            row["shown"] = row["records"] >= MINIMUM_RECORDS
            if row["shown"]:
                before, after = 100.0 * float(old[i] / whole[i]), 100.0 * float(new[i] / whole[i])
                row |= {"before_pct": before, "after_pct": after, "change_points": after - before}
            rows.append(row)
    return rows
