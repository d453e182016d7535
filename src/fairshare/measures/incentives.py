"""What work pays: rates from a budget line (net income at rising amounts of pay), both in £ a year, one value a point."""

from __future__ import annotations

import numpy as np

from fairshare.measures.distribution import Array, weighted_quantile


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
