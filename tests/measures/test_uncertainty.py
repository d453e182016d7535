"""Four kinds of range, kept apart."""

import numpy as np
import pytest

from fairshare.measures.uncertainty import (
    Errors,
    Kind,
    from_assumptions,
    from_model_error,
    from_replicates,
    from_seeds,
    limits,
    model_errors_from,
    standard_error_of_share,
    standard_error_of_total,
)


def test_noise_of_a_total_by_hand():
    # contributions 2 and 6 about a mean of 4: 2/1 x (4 + 4) = 16
    assert standard_error_of_total(np.array([1.0, 2]), np.array([2.0, 3])) == pytest.approx(4)


def test_noise_of_a_share_of_equal_records():
    # the familiar root of p (1 - p) / (n - 1)
    counted = np.array([True] * 25 + [False] * 75)
    assert standard_error_of_share(counted, np.ones(100)) == pytest.approx((0.25 * 0.75 / 99) ** 0.5)


def test_where_no_record_moves_down_the_range_stays_above_nothing():
    values = np.array([0.0, 0, 5])
    low, high = limits(values)
    assert (low, high) == (0.0, np.inf)
    found = Errors().range(5.0, 5.0, low, high)
    assert found.low == 0.0 and not found.crosses_zero
    assert Errors().range(5.0, 5.0).crosses_zero


def test_another_draw_lies_further_away_than_the_mean_of_all_and_a_sample_has_its_own_error():
    """Of a standard error of 10: 1.96 x 10 for a sample; times the root of two for another draw, which has chance in it as well."""
    assert Errors(kind=Kind.SAMPLING).range(100.0, 10.0).high == pytest.approx(119.6)
    assert Errors(kind=Kind.SEED_NOISE).range(100.0, 10.0).high == pytest.approx(127.719, abs=0.001)


def test_seeds_need_two():
    assert from_seeds([3.0]).low is None
    found = from_seeds([3.0, 5.0, 4.0])
    assert (found.kind, found.low, found.high) == (Kind.SEED_NOISE, 3.0, 5.0)


def test_replicates_by_hand():
    found = from_replicates(10.0, [9.0, 11.0, 10.0, 12.0], 1 / 4)  # squares 1, 1, 0, 4: variance 1.5
    assert found.kind is Kind.SAMPLING
    assert found.high == pytest.approx(10 + 1.96 * 1.5**0.5)


def test_assumptions_claim_no_likelihood():
    found = from_assumptions({"low": 5.0, "central": 8.0, "high": 9.0}, "how people respond")
    assert (found.low, found.high) == (5.0, 9.0)
    assert "times in" not in found.says


CARD = [{"kind_of_figure": "money", "published": 100.0, "model": 100.0 + gap, "calibrated": False} for gap in (1, -2, 3, 4, -10)] + [
    {"kind_of_figure": "money", "published": 100.0, "model": 100.0, "calibrated": True},
    {"kind_of_figure": "poverty", "published": 100.0, "model": 120.0, "calibrated": False},
]


def test_model_error_is_learnt_from_what_was_never_calibrated_to():
    errors = model_errors_from(CARD, "a report card")
    assert set(errors) == {"money"}  # one figure on poverty tells too little
    assert errors["money"].error == pytest.approx(0.04)  # four in five gaps are at most 4%
    assert (errors["money"].within, errors["money"].figures) == (4, 5)


def test_a_range_from_model_error():
    errors = model_errors_from(CARD, "a report card")
    found = from_model_error(-50.0, "money", errors)
    assert (found.low, found.high) == (pytest.approx(-52), pytest.approx(-48))
    share = from_model_error(95.0, "money", errors, most=100.0)
    assert (share.low, share.high) == (pytest.approx(94.8), pytest.approx(95.2))


def test_without_a_record_it_says_why():
    found = from_model_error(50.0, "inequality", {})
    assert found.low is None and "has not been checked" in found.says
