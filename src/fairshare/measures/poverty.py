"""Low income, as DWP's Households Below Average Income counts it: persons in households with equivalised income below a line.

Incomes are equivalised, £ a year, before (BHC) or after (AHC) housing costs; weights are persons.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

import numpy as np

from fairshare.areas import folder
from fairshare.measures.distribution import Array, weighted_median

RELATIVE = 0.6
"""Part of the median that is the line of relative low income (HBAI; Eurostat's at-risk-of-poverty line)."""
DEEP = 0.5
"""HBAI's lower line. Published work calls it deep or severe; tables name the part of the median."""
VERY_DEEP = 0.4
"""The line below which the Joseph Rowntree Foundation counts very deep poverty."""


def line(income: Array, weights: Array, part: float = RELATIVE) -> float:
    """A part of the median of persons' equivalised income, £ a year."""
    return part * weighted_median(income, weights)


def people_below(income: Array, line: float, weights: Array) -> float:
    """Persons with income below the line. A fixed line makes the measure absolute, the line of the same year relative."""
    return float(weights[income < line].sum())


def share_below(income: Array, line: float, weights: Array) -> float:
    """The share (0 to 1) of persons with income below the line; NaN where there is nobody."""
    total = float(weights.sum())
    return people_below(income, line, weights) / total if total else float("nan")


def gap(income: Array, line: float, weights: Array) -> float:
    """Foster, Greer and Thorbecke (1984), order 1: the mean shortfall as a share of the line, over all persons; 0 to 1."""
    total = float(weights.sum())
    if not total or line <= 0:
        return 0.0
    short = np.clip(line - np.maximum(income, 0.0), 0.0, None) / line
    return float((short * weights).sum()) / total


def cost_of_closing_the_gap(income: Array, scale: Array, line: float, household_weights: Array) -> float:
    """£ a year that would lift every household exactly to the line: each one's equivalised shortfall times its scale."""
    return float((np.clip(line - income, 0.0, None) * scale * household_weights).sum())


class Published(NamedTuple):
    """What the published survey counts: a rate in per cent, or persons."""

    value: float
    year: str


@cache
def published(group: str, what: str, costs: str = "ahc") -> Published | None:
    """DWP's rate ("rate", %) or count ("count", persons) of a group ("all_individuals", "children", "working_age_adults", "pensioners") on
    relative low income in the UK, of the latest year held; None where none is. parameters/britain/checks.csv."""
    path = folder("parameters") / "britain" / "checks.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        wanted = f"k02000001/hbai/low_income_{what}/{group}/relative/{costs}/"
        found = [Published(float(row["value"]), row["period"]) for row in csv.DictReader(lines) if row["target_id"].startswith(wanted)]
    return max(found, key=lambda each: each.year, default=None)
