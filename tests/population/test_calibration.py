"""Bounded calibration: totals that some weights within the bounds reach are reached, whatever the start."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fairshare.population.synthetic.calibration import calibrated

RECORDS, FEATURES, LOW, HIGH = 100, 60, 0.2, 5.0


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.05, 0.9))
def test_totals_within_reach_are_met_within_the_bounds(seed: int, part_at_a_bound: float) -> None:
    rng = np.random.default_rng(seed)
    features = np.hstack([np.ones((RECORDS, 1)), rng.poisson(0.1, (RECORDS, FEATURES)).astype(float)])
    features = features[:, features.any(axis=0)]
    start = rng.uniform(50, 400, RECORDS)
    away = rng.random(RECORDS) < part_at_a_bound
    reached = start * np.where(away, rng.choice([LOW * 1.05, HIGH * 0.95], RECORDS), 1.0)
    targets = features.T @ reached
    weights = calibrated(start, features, targets, np.full(len(targets), 1e9), LOW * start, HIGH * start)
    assert (weights >= LOW * start * (1 - 1e-9)).all() and (weights <= HIGH * start * (1 + 1e-9)).all()
    np.testing.assert_allclose(features.T @ weights, targets, rtol=0.002)


def test_totals_that_hold_already_move_no_weight() -> None:
    features = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    start = np.array([10.0, 20.0, 30.0])
    weights = calibrated(start, features, features.T @ start, np.full(2, 1e9), LOW * start, HIGH * start)
    np.testing.assert_allclose(weights, start)
