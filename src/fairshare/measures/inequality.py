"""How unequal a distribution is. Values are equivalised incomes (or wealth) of one record each, weights are persons.

A value below zero counts as nothing in the Gini coefficient and in shares, as DWP's Households Below Average Income does
before housing costs. Measures that need a logarithm or a power bottom-code at one per cent of the mean, as the Luxembourg
Income Study does in its Key Figures. Cowell, Measuring Inequality (2011), holds the definitions.
"""

from __future__ import annotations

import numpy as np

from fairshare.measures.distribution import Array, weighted_mean, weighted_quantile

BOTTOM_CODE = 0.01
"""Part of the mean below which a value counts as that part, where a measure cannot take nothing."""


def lorenz(values: Array, weights: Array) -> tuple[Array, Array]:
    """The Lorenz curve: cumulative shares of the weight and of the values, each (records + 1,) from 0 to 1."""
    values = np.maximum(values, 0.0)
    order = np.argsort(values, kind="stable")
    people = np.concatenate(([0.0], np.cumsum(weights[order])))
    held = np.concatenate(([0.0], np.cumsum(values[order] * weights[order])))
    if people[-1] <= 0 or held[-1] <= 0:
        return np.array([0.0, 1.0]), np.array([0.0, 1.0])
    return people / people[-1], held / held[-1]


def gini(values: Array, weights: Array) -> float:
    """Gini (1912): twice the area between the Lorenz curve and the line of equal shares; 0 (equal) to 1."""
    people, held = lorenz(values, weights)
    return float(1.0 - np.sum(np.diff(people) * (held[1:] + held[:-1])))


def share_of_top(values: Array, weights: Array, top: float) -> float:
    """The share (0 to 1) of all that the top part (0 to 1) of the weight holds; a record on the boundary is split."""
    people, held = lorenz(values, weights)
    return 1.0 - float(np.interp(1.0 - top, people, held))


def share_of_bottom(values: Array, weights: Array, bottom: float) -> float:
    """The share (0 to 1) of all that the bottom part (0 to 1) of the weight holds."""
    people, held = lorenz(values, weights)
    return float(np.interp(bottom, people, held))


def palma(values: Array, weights: Array) -> float:
    """Palma (2011): the share of the top tenth over the share of the bottom four tenths."""
    bottom = share_of_bottom(values, weights, 0.4)
    return share_of_top(values, weights, 0.1) / bottom if bottom > 0 else float("inf")


def ratio_90_10(values: Array, weights: Array) -> float:
    """The value that a tenth of people exceed, over the one that a tenth fall short of."""
    low = weighted_quantile(values, weights, 0.1)
    return weighted_quantile(values, weights, 0.9) / low if low > 0 else float("inf")


def ratio_50_10(values: Array, weights: Array) -> float:
    """The median over the value that a tenth of people fall short of."""
    low = weighted_quantile(values, weights, 0.1)
    return weighted_quantile(values, weights, 0.5) / low if low > 0 else float("inf")


def bottom_coded(values: Array, weights: Array) -> Array:
    """Values, none below one per cent of the mean (of values counted as nothing where negative)."""
    return np.maximum(values, BOTTOM_CODE * weighted_mean(np.maximum(values, 0.0), weights))


def atkinson(values: Array, weights: Array, aversion: float = 1.0) -> float:
    """Atkinson (1970): the part of all income that could be given up, were the rest shared equally, for the same welfare; 0 to 1."""
    coded = bottom_coded(values, weights)
    mean = weighted_mean(coded, weights)
    if not mean > 0:
        return 0.0
    if aversion == 1.0:
        return 1.0 - float(np.exp(weighted_mean(np.log(coded / mean), weights)))
    power = 1.0 - aversion
    return 1.0 - weighted_mean((coded / mean) ** power, weights) ** (1.0 / power)


def theil(values: Array, weights: Array) -> float:
    """Theil (1967), T: the mean of x log x where x is income over its mean; 0 where equal."""
    coded = bottom_coded(values, weights)
    mean = weighted_mean(coded, weights)
    if not mean > 0:
        return 0.0
    relative = coded / mean
    return weighted_mean(relative * np.log(relative), weights)
