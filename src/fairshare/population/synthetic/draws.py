"""Chance, kept in order: one generator per step, draws by quota, and values by rank.

Quota draws keep the sample's own noise small: within a group the records are put in the order of a score and cut at the
published shares, so that a council of 200 records has its published shares and not a lottery's.
"""

from __future__ import annotations

import zlib

import numpy as np
from scipy.special import ndtr, ndtri

__all__ = ["assigned", "expit", "fitted", "generator", "logit", "ndtr", "ndtri", "quantile", "quota", "rank", "solve_shift"]


def generator(seed: int, step: str) -> np.random.Generator:
    """The random generator of one named step: steps never share a stream, so that changing one leaves the others alone."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(step.encode())])))


def logit(p: np.ndarray | float) -> np.ndarray:
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    return np.log(clipped / (1 - clipped))


def expit(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def rank(score: np.ndarray, weight: np.ndarray, group: np.ndarray | None = None, start: np.ndarray | None = None) -> np.ndarray:
    """(n,) each record's weighted place (0 to 1) in the order of `score` within its group.

    `start` (groups,) moves the grid of each group by a part of a record, which makes rare categories unbiased
    over many small groups; without it a record stands at its middle.
    """
    group = np.zeros(len(score), np.int64) if group is None else np.asarray(group, np.int64)
    order = np.lexsort((score, group))
    cumulated = np.cumsum(weight[order])
    sorted_group = group[order]
    first = np.searchsorted(sorted_group, sorted_group, side="left")
    before = np.where(first > 0, cumulated[np.maximum(first - 1, 0)], 0.0)
    last = np.searchsorted(sorted_group, sorted_group, side="right") - 1
    total = cumulated[last] - before
    part = 0.5 if start is None else start[sorted_group]
    place = (cumulated - before - part * weight[order]) / np.maximum(total, 1e-300)
    out = np.empty(len(score))
    out[order] = np.clip(place, 1e-12, 1 - 1e-12)
    return out


def assigned(score: np.ndarray, weight: np.ndarray, group: np.ndarray, shares: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(n,) a category for each record: lowest scores get the first categories, in each group's own shares (groups, categories)."""
    shares = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-300)
    place = rank(score, weight, group, rng.random(len(shares)))
    cut = np.cumsum(shares, axis=1)[:, :-1]
    return (place[:, None] > cut[group]).sum(axis=1)


def quota(probability: np.ndarray, order: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(n,) yes or no with the given probabilities, drawn systematically along `order`, so that totals hardly vary."""
    sequence = np.argsort(order, kind="stable")
    cumulated = np.cumsum(probability[sequence]) + rng.random()
    hits = np.floor(cumulated) > np.floor(np.concatenate(([cumulated[0] - probability[sequence[0]]], cumulated[:-1])))
    out = np.zeros(len(probability), bool)
    out[sequence] = hits
    return out


def fitted(chance: np.ndarray, weight: np.ndarray, group: np.ndarray, shares: np.ndarray, rounds: int = 25) -> np.ndarray:
    """(records, categories) chances whose weighted means in each group are the group's shares, by proportional fitting."""
    for _ in range(rounds):
        chance = chance / chance.sum(axis=1, keepdims=True)
        held = np.column_stack([np.bincount(group, weight * column, len(shares)) for column in chance.T])
        held = held / np.maximum(held.sum(axis=1, keepdims=True), 1e-12)
        chance = chance * (shares / np.maximum(held, 1e-9))[group]
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))


def quantile(place: np.ndarray, knots: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Values of a distribution given by its quantiles, in between on the logarithm (values must be positive)."""
    return np.exp(np.interp(place, knots, np.log(values)))


def solve_shift(logits: np.ndarray, weight: np.ndarray, target: float, rounds: int = 40) -> float:
    """The shift of all `logits` at which their weighted expected count is `target`."""
    low, high = -12.0, 12.0
    for _ in range(rounds):
        middle = (low + high) / 2
        if float(weight @ expit(logits + middle)) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2
