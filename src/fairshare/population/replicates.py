"""Replicate weights of a survey: what its weights would be, had other households of its sample been drawn.

A bootstrap by design, as far as a public file tells it: regions are strata, and households are drawn within each, one fewer than it has
(Rao and Wu 1988), so that the variance is right without further factors. Public files name no primary sampling units and no finer strata.
Replicates are not stored: they follow from the seed and the order of records, and so need no space and leave no file behind.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fairshare.population.records import Population

COUNT = 200
"""Replicates: a standard error is then known to about a twentieth of itself."""
SAYS = "households drawn again within each region, since the file names no finer design; weights are not calibrated anew each time"


def declared(seed: int) -> dict[str, Any]:
    """What a population's details say of its replicate weights."""
    return {"count": COUNT, "seed": seed, "strata": "region", "says": SAYS}


def factors(people: Population) -> np.ndarray | None:
    """(replicates, households) what each weight is multiplied with in each replicate; None for a population that is no such survey."""
    said = people.details.get("replicates")
    if not said:
        return None
    draw = np.random.default_rng([int(said["seed"]), 22])
    region = people.households["region"]
    out = np.ones((int(said["count"]), len(region)), np.float32)
    for stratum in np.unique(region):
        rows = np.flatnonzero(region == stratum)
        count = len(rows)
        if count > 1:
            drawn = draw.multinomial(count - 1, np.full(count, 1.0 / count), size=len(out))
            out[:, rows] = drawn * (count / (count - 1.0))
    return out
