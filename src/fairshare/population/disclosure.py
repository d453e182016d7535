"""What a licensed survey may show: no figure that rests on fewer than ten of its records, nor one that can be worked out by taking
shown figures from one another. Populations that nobody holds under a licence are left as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fairshare.population.records import Population

MINIMUM = 10
"""Survey records behind a figure that is shown."""
COUNCIL_MINIMUM = 30
"""Survey records behind a figure of one council."""
LEAST_TOGETHER = 2
"""Figures that are hidden or put together: a single one could be worked out from a total."""


def licensed(people: Population) -> bool:
    """Whether records of a survey under a licence are in the population."""
    return bool(people.details.get("licensed"))


def few(count: int | np.integer) -> bool:
    """Whether so many records are some, and too few to show."""
    return 0 < int(count) < MINIMUM


def put_together(moved: Sequence[np.ndarray]) -> set[int]:
    """Which of several figures, each with the mask of the records that move it, must be told as one: those that rest on too few
    records, and as many of the smallest others as it takes to hide them. Empty where none rests on too few."""
    counts = [int(mask.sum()) for mask in moved]
    chosen = {i for i, count in enumerate(counts) if few(count)}
    others = sorted((i for i in range(len(moved)) if i not in chosen and counts[i]), key=lambda i: counts[i])
    while chosen and others and (len(chosen) < LEAST_TOGETHER or few(int(np.any([moved[i] for i in chosen], axis=0).sum()))):
        chosen.add(others.pop(0))
    return chosen


def hidden_groups(records: np.ndarray, moved: np.ndarray, minimum: int = MINIMUM, already: np.ndarray | None = None) -> np.ndarray:
    """(groups,) which groups of a partition to hide: those of too few records, or in which too few records move; and the smallest
    others, until what is hidden holds enough records, and enough that move, in two groups at least."""
    hidden = (records > 0) & (records < minimum) | (moved > 0) & (moved < MINIMUM)
    if already is not None:
        hidden |= already
    while hidden.any():
        enough = hidden[records > 0].sum() >= LEAST_TOGETHER and records[hidden].sum() >= minimum and not few(moved[hidden].sum())
        rest = np.flatnonzero(~hidden & (records > 0))
        if enough or not len(rest):
            break
        hidden[rest[np.argmin(records[rest])]] = True
    return hidden
