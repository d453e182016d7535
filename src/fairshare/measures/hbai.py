"""The model's net income of a survey's households beside what Households Below Average Income holds of the same ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from fairshare.assessment import assess
from fairshare.faults import Fault
from fairshare.law import law_in_force
from fairshare.measures.disclosure import few, refuse_small
from fairshare.measures.distribution import Array, weighted_quantile
from fairshare.parameters import YEARS
from fairshare.population.records import Population
from fairshare.quantities import WEEKS_IN_YEAR

LINES = {
    "before": ("before housing costs", "disposable_income"),
    "after": ("after housing costs", "disposable_income_after_housing_costs"),
}
NEAR = 0.05
"""Part of HBAI's income within which a household's counts as near."""


def compared(people: Population, hbai: Mapping[str, Array]) -> list[dict[str, Any]]:
    """Mean and median income of households, £ a week, in HBAI and in the model, with how near single households lie.

    The model works what is due under the law; the survey holds what was reported. Raises Fault for a year without law, for a population
    in another year's money, and for a survey of too few records.
    """
    refuse_small(people)
    if people.details.get("moved_from") or people.details.get("calibrated"):
        raise Fault("The population is in another year's money than HBAI's; import the survey without --calibrate to compare the two.")
    if people.year not in YEARS:
        raise Fault(f"The model's law begins in {YEARS[0]}, so incomes of {people.year} cannot be compared; import a later survey.")
    worked = assess(people, law_in_force(people.year))["disposable_income"]
    rows = []
    for column, (words, line) in LINES.items():
        theirs, ours = np.asarray(hbai[column]), np.asarray(worked[line], float)
        known = np.isfinite(theirs)
        theirs, ours, weight = theirs[known], ours[known], people.households["weight"][known].astype(float)
        near = np.abs(ours - theirs) <= NEAR * np.abs(theirs)
        row: dict[str, Any] = {"income": words, "records": int(known.sum())}
        for name, values in (("hbai", theirs), ("model", ours)):
            row[f"mean_{name}"] = float(np.average(values, weights=weight)) / WEEKS_IN_YEAR
            row[f"median_{name}"] = weighted_quantile(values, weight, 0.5) / WEEKS_IN_YEAR
        row["near_pct"] = None if few(int(near.sum())) else 100.0 * float(weight[near].sum() / weight.sum())
        rows.append(row | {"correlation": float(np.corrcoef(theirs, ours)[0, 1])})
    return rows


def compared_text(rows: list[dict[str, Any]]) -> str:
    """The comparison, to read."""
    lines = ["Net income of households, £ a week: Households Below Average Income, and this model", ""]
    lines.append(f"  {'':<24}{'mean':>16}{'median':>20}   within 5%   correlation")
    for row in rows:
        mean, median = (f"{row[f'{name}_hbai']:,.0f} / {row[f'{name}_model']:,.0f}" for name in ("mean", "median"))
        near = "not shown" if row["near_pct"] is None else f"{row['near_pct']:.0f}%"
        lines.append(f"  {row['income']:<24}{mean:>16}{median:>20}{near:>12}{row['correlation']:>14.3f}")
    lines += [
        "",
        "  HBAI's series is that without the adjustment for top incomes. The model works what is due, the survey holds what was reported.",
    ]
    return "\n".join(lines)
