"""Where people stand in a distribution, and what changes for each group of them. Arrays are one value a record."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from fairshare.quantities import WEEKS_IN_YEAR

Array = np.ndarray[Any, np.dtype[Any]]

A_WEEK = 1.0
"""£ a week that disposable income must move by before a household is said to gain or lose."""
MINIMUM_RECORDS = 30
"""A cell that rests on fewer records than this is not shown; how many were held back is."""


def enough(records: int) -> bool:
    """Whether what so many records move may be shown: nothing at all needs none."""
    return records == 0 or records >= MINIMUM_RECORDS


def weighted_mean(values: Array, weights: Array) -> float:
    """The mean, in the unit of the values; NaN where the weights add up to nothing."""
    total = float(weights.sum())
    return float((values * weights).sum()) / total if total else float("nan")


def weighted_quantile(values: Array, weights: Array, share: float) -> float:
    """The least value that at least this share (0 to 1) of the weight does not exceed; where the share falls exactly
    between two values, their mean (Hyndman and Fan 1996, definition 2, with weights). NaN where there is no weight."""
    counted = weights > 0
    values, weights = values[counted], weights[counted]
    if not len(values):
        return float("nan")
    order = np.argsort(values, kind="stable")
    values, reached = values[order], np.cumsum(weights[order])
    wanted = share * reached[-1]
    tie = 1e-12 * reached[-1]
    below = int(np.searchsorted(reached, wanted - tie))
    below = min(below, len(values) - 1)
    if abs(reached[below] - wanted) <= tie and below + 1 < len(values):
        return float(values[below] + values[below + 1]) / 2.0
    return float(values[below])


def weighted_median(values: Array, weights: Array) -> float:
    """The value that half of the weight does not exceed."""
    return weighted_quantile(values, weights, 0.5)


def groups_of_equal_size(values: Array, weights: Array, count: int) -> Array:
    """(records,) 1 to `count`: which equal part of the weight, in rising order of value, a record belongs to.

    A record belongs where the middle of its weight falls. Records of equal value keep their order, so equal values may lie
    on both sides of a boundary: the groups are equal in weight, as published tenths are.
    """
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    middle = reached - weights[order] / 2.0
    groups = np.empty(len(values), np.int64)
    total = reached[-1] if len(reached) and reached[-1] > 0 else 1.0
    groups[order] = np.minimum((middle / total * count).astype(np.int64), count - 1) + 1
    return groups


def gains(change: Array, a_week: float = A_WEEK) -> Array:
    """(records,) whether income, £ a year, rises by more than so many pounds a week."""
    return change > a_week * WEEKS_IN_YEAR


def loses(change: Array, a_week: float = A_WEEK) -> Array:
    """(records,) whether income, £ a year, falls by more than so many pounds a week."""
    return change < -a_week * WEEKS_IN_YEAR


class Groups(NamedTuple):
    """What changes for each group: arrays of one value a group, in rising order of `group`."""

    group: Array
    records: Array
    effective_records: Array
    """How many equally weighted records would tell as much (Kish 1965): the square of the summed weights over their summed squares."""
    weight: Array
    mean_before: Array
    mean_change: Array
    total_change: Array
    gain_share: Array
    lose_share: Array
    mean_gain: Array
    """Mean change of those who gain; NaN where nobody does."""
    mean_loss: Array
    """Mean change of those who lose (negative); NaN where nobody does."""


def change_by_group(
    group: Array, before: Array, after: Array, weights: Array, count: int | None = None, change: Array | None = None
) -> Groups:
    """What changes for each group 0 to count - 1: means and totals in the unit of `before` and `after`, shares 0 to 1.

    `change` is after less before where it is not given.
    """
    count = int(group.max()) + 1 if count is None else count
    change = after - before if change is None else change

    def summed(values: Array) -> Array:
        return np.bincount(group, values, count)

    weight, records = summed(weights), np.bincount(group, minlength=count)
    up, down = gains(change), loses(change)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Groups(
            np.arange(count),
            records,
            weight**2 / summed(weights**2),
            weight,
            summed(before * weights) / weight,
            summed(change * weights) / weight,
            summed(change * weights),
            summed(up * weights) / weight,
            summed(down * weights) / weight,
            summed(up * change * weights) / summed(up * weights),
            summed(down * change * weights) / summed(down * weights),
        )


class GainersLosers(NamedTuple):
    """Shares (0 to 1) of the weight by the size of what changes, and the means of those who gain and lose."""

    gain_share: float
    lose_share: float
    same_share: float
    mean_gain: float
    mean_loss: float


def gainers_and_losers(change: Array, weights: Array, a_week: float = A_WEEK) -> GainersLosers:
    """Who gains and loses by more than so many pounds a week; `change` in £ a year."""
    up, down, total = gains(change, a_week), loses(change, a_week), float(weights.sum())
    gain, lose = float(weights[up].sum()) / total, float(weights[down].sum()) / total
    return GainersLosers(gain, lose, 1.0 - gain - lose, weighted_mean(change[up], weights[up]), weighted_mean(change[down], weights[down]))


SIZES = (-50.0, -20.0, -5.0, -A_WEEK, A_WEEK, 5.0, 20.0, 50.0)
"""Bounds, £ a week, of the bands in which gains and losses are counted."""


def by_size(change: Array, weights: Array, bounds: tuple[float, ...] = SIZES) -> Array:
    """(bounds + 1,) the weight whose change, £ a year, lies in each band; a bound belongs to the band nearer to no change."""
    weekly = change / WEEKS_IN_YEAR
    rising = np.array(bounds)
    band = np.where(weekly < 0, np.searchsorted(rising, weekly, side="right"), np.searchsorted(rising, weekly, side="left"))
    return np.bincount(band, weights, len(bounds) + 1)


def grade(effective_records: float) -> str:
    """How far a small group's figure can be relied on: good, medium or weak."""
    if effective_records >= GOOD_FROM:
        return "good"
    return "medium" if effective_records >= MEDIUM_FROM else "weak"


MEDIUM_FROM = 100
GOOD_FROM = 200
"""Effective records: the standard error of a share of one half is about 5 points at 100, 3.5 points at 200."""
