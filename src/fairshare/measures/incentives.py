"""What work pays: rates from a budget line (net income at rising amounts of pay), both in £ a year, one value a point; and the same
rates over a population, for the main earner of each household."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from fairshare.assessment import assess
from fairshare.measures.columns import Row, Table
from fairshare.measures.distribution import MINIMUM_RECORDS, Array, weighted_quantile
from fairshare.measures.groups import FAMILY_TYPES
from fairshare.measures.households import FamilyType, Households
from fairshare.quantities import WEEKS_IN_YEAR


def marginal_rate(pay: Array, net: Array) -> Array:
    """(points,) effective marginal tax rate: the part of each further pound lost to tax and lower benefits, from this point to
    the next; NaN at the last. Above 1, earning more leaves less."""
    return np.append(1.0 - np.diff(net) / np.diff(pay), np.nan)


def participation_rate(pay: Array, net: Array) -> Array:
    """(points,) participation tax rate: the part of all pay lost, against no pay (the first point); NaN there."""
    earned = np.where(pay > pay[0], pay - pay[0], np.nan)
    return 1.0 - (net - net[0]) / earned


def replacement_rate(out_of_work: Array, in_work: Array) -> Array:
    """(records,) net income out of work as a part of net income in work; NaN where the latter is not above nothing."""
    return np.where(in_work > 0, out_of_work / np.where(in_work > 0, in_work, 1.0), np.nan)


def share_above(rate: Array, weights: Array, limit: float) -> float:
    """The share (0 to 1) of the weight whose rate is above a limit; records without a rate are left out."""
    known = ~np.isnan(rate)
    total = float(weights[known].sum())
    return float(weights[known & (rate > limit)].sum()) / total if total else float("nan")


def median_rate(rate: Array, weights: Array) -> float:
    """The rate that half of the weight does not exceed; records without a rate are left out."""
    known = ~np.isnan(rate)
    return weighted_quantile(rate[known], weights[known], 0.5)


# ---- over a population ----------------------------------------------------------------------------------------------

A_LITTLE_MORE = 10.0 * WEEKS_IN_YEAR
"""£ a year of further pay by which a marginal rate is measured: £10 a week."""
HIGH = 0.7
"""Rates above this are counted: less than 30p of each pound is kept."""
OF_WORK = ("earnings", "hours", "pension_net_pay", "pension_relief_at_source", "pension_salary_sacrifice", "employment_expenses")
"""What a person has because they work, and would not have without."""


def main_earners(homes: Households) -> tuple[Array, Array]:
    """The person who earns most in each household where somebody earns (row among the persons in view), and that household."""
    pay = homes.population.persons["earnings"][homes.persons].astype(np.float64)
    order = np.lexsort((-pay, homes.household_of))
    first = np.unique(homes.household_of[order], return_index=True)[1]
    best = order[first]
    earning = best[pay[best] > 0]
    return earning, homes.household_of[earning]


def rates(homes: Households) -> dict[str, Array]:
    """Of each main earner, under both laws: what is lost of £10 a week more pay ("marginal"), and of all their pay against none
    ("participation"); (earners,) each, before and after. Others in the household go on as they do, and claims stay as they are."""
    who, home = main_earners(homes)
    rows = np.arange(homes.persons.start, homes.persons.stop)[who]
    pay = homes.population.persons["earnings"][rows].astype(np.float64)
    more, none = homes.population.persons.copy(), homes.population.persons.copy()
    more["earnings"][rows] += A_LITTLE_MORE
    for column in OF_WORK:
        none[column][rows] = 0.0
    found: dict[str, Array] = {}
    for law, name in ((homes.run.baseline, "before"), (homes.run.reform, "after")):
        now = _income(law, homes)[home]
        richer, idle = (_income(assess(_with(homes, persons), law.law, remember=False), homes)[home] for persons in (more, none))  # type: ignore[attr-defined]
        found[f"marginal_{name}"] = 1.0 - (richer - now) / A_LITTLE_MORE
        found[f"participation_{name}"] = 1.0 - (now - idle) / pay
    return found


def _income(lines: Any, homes: Households) -> Array:
    return np.asarray(lines["disposable_income"]["disposable_income"], np.float64)[homes.rows]


def _with(homes: Households, persons: Array) -> Any:
    persons.flags.writeable = False
    return replace(homes.population, persons=persons)


def incentive_rows(homes: Households) -> Table:
    """Rates of main earners by kind of family; held back where too few records stand behind a row."""
    _, home = main_earners(homes)
    found, kind, weight = rates(homes), homes.family_type[home], homes.weight[home]
    rows: Table = []
    for name, here in (("All", np.ones(len(home), bool)), *((FAMILY_TYPES[each], kind == each) for each in FamilyType)):
        row: Row = {"family_type": name, "records": int(here.sum()), "shown": bool(here.sum() >= MINIMUM_RECORDS)}
        if row["shown"]:
            for rate in ("marginal", "participation"):
                for when in ("before", "after"):
                    values = found[f"{rate}_{when}"][here]
                    row[f"{rate}_median_{when}_pct"] = 100.0 * median_rate(values, weight[here])
                    row[f"{rate}_high_{when}_pct"] = 100.0 * share_above(values, weight[here], HIGH)
        if row["records"]:
            rows.append(row)
    return rows
