"""How income and wealth are spread, who is in poverty, and hardship: rows under today's law and under the proposal."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from fairshare.measures import hardship, inequality, poverty
from fairshare.measures.columns import Row, Table
from fairshare.measures.distribution import Array
from fairshare.measures.households import Households
from fairshare.measures.uncertainty import Range, noise

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
    """Seed noise of the change in Gini, by what each record adds to it (Deville 1999), after less before."""
    weights = homes.person_weight
    today = homes.once("gini_influence", lambda: _gini_influence(homes.equivalised_before, weights))
    moved = _gini_influence(homes.equivalised_after, weights) - today
    return noise(change, homes.errors.total(moved, weights) / float(weights.sum()))


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
                rows.append(_poverty_row(measure.name, group, costs, old < today, new < then, homes.weight * people, then))
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


def hardship_rows(homes: Households) -> Table:
    rent = homes.of_household("rent")
    rows = []
    for part in (hardship.HEAVY_RENT, hardship.VERY_HEAVY_RENT):
        before = 100.0 * hardship.renters_above(rent, homes.before, homes.weight, part)
        after = 100.0 * hardship.renters_above(rent, homes.after, homes.weight, part)
        if np.isfinite(before):
            name = f"Renting households whose rent is above {100 * part:.0f}% of income"
            rows.append({"measure": name, "before_pct": before, "after_pct": after, "change_points": after - before})
    return rows
