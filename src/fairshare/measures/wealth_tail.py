"""What a wealth tax raises if the tail of wealth falls faster or slower than in the population: an assumption, with no likelihood claimed.

Households above a limit keep their number and their order. Each is given the wealth that stands at its place in a Pareto tail of another
exponent, and what it owns of each kind moves in proportion.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fairshare.measures.distribution import Array
from fairshare.measures.households import Households
from fairshare.measures.wealth_path import Owners
from fairshare.parameters import parameters

Row = dict[str, Any]


def exponent(wealth: Array, weight: Array, above: float) -> float:
    """The Pareto exponent of the tail above a limit (Hill's estimate, weighted); NaN where nobody is in it."""
    inside = wealth > above
    whole = float((weight[inside] * np.log(wealth[inside] / above)).sum())
    return float(weight[inside].sum()) / whole if whole > 0.0 else float("nan")


def moved(wealth: Array, weight: Array, above: float, alpha: float) -> Array:
    """(households,) what wealth is multiplied with so that the tail is Pareto with the exponent `alpha`; 1 below the limit."""
    factor = np.ones(len(wealth))
    inside = np.flatnonzero(wealth > above)
    order = inside[np.argsort(-wealth[inside], kind="stable")]
    reached = np.cumsum(weight[order])
    if not len(order) or reached[-1] <= 0.0:
        return factor
    part_above = np.maximum(reached - weight[order] / 2.0, 0.0) / reached[-1]
    factor[order] = above * part_above ** (-1.0 / alpha) / wealth[order]
    return factor


def by_tail(homes: Households) -> list[Row]:
    """What a wealth tax raises with the population's own tail, a flat and a steep one."""
    known = {name: float(each.in_year(homes.run.year).value) for name, each in parameters("wealth_tail").items()}
    wealth, weight, above = homes.net_wealth, homes.weight, known["above"]
    owners = Owners(homes, homes.run.reform.law.values["wealth_tax"])  # type: ignore[attr-defined]
    cases = (
        ("As in the population", exponent(wealth, weight, above), np.ones(len(wealth))),
        ("Falls slowly", known["flat"], moved(wealth, weight, above, known["flat"])),
        ("Falls fast", known["steep"], moved(wealth, weight, above, known["steep"])),
    )
    return [
        {
            "tail": name,
            "exponent": alpha if np.isfinite(alpha) else None,
            "raised": float((owners.weight * (due := owners.due(owners.wealth * factor[owners.household]))).sum()),
            "owners": float(owners.weight[due > 0.0].sum()),
            "wealth_above": float((weight * factor * wealth)[wealth > above].sum()),
        }
        for name, alpha, factor in cases
    ]
