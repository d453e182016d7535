"""What a measure gives for every council area: what has to be added up, divided or ranked; and an area's figure from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


class Total(NamedTuple):
    """(councils,) what is added up over the area."""

    by_council: Array


class Part(NamedTuple):
    """(councils,) two sums, and what their ratio is multiplied by: `of` is one, or a sum over the area."""

    part: Array
    whole: Array
    of: Array | None = None


class Quantile(NamedTuple):
    """A value such that a share `at` of the weight lies below it."""

    values: Array
    weight: Array
    council: Array
    at: float


class Once(NamedTuple):
    """A function of the records of the whole of an area, for what cannot be added up over councils."""

    work: Callable[[Array], float | None]


Measure = Total | Part | Quantile | Once


def weighted_quantile(values: Array, weight: Array, at: float) -> float:
    """The value below which a share `at` of the weight lies; NaN where there is none."""
    if not len(values):
        return float("nan")
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weight[order]) - 0.5 * weight[order]
    return float(np.interp(at * weight.sum(), cumulated, values[order]))


def figure(measure: Measure, here: Array) -> float | None:
    """The model's figure for the councils of an area; None where the records hold nothing to work it from."""
    if isinstance(measure, Total):
        return float(measure.by_council[here].sum())
    if isinstance(measure, Part):
        whole = float(measure.whole[here].sum())
        if not whole:
            return None
        return float(measure.part[here].sum()) / whole * (float(measure.of[here].sum()) if measure.of is not None else 1.0)
    if isinstance(measure, Quantile):
        rows = here[measure.council]
        found = weighted_quantile(measure.values[rows], measure.weight[rows], measure.at)
        return found if np.isfinite(found) else None
    return measure.work(here)
