"""Quantiles, equal groups, and who gains or loses: worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare.measures.distribution import (
    by_size,
    change_by_group,
    gainers_and_losers,
    grade,
    groups_of_equal_size,
    weighted_median,
    weighted_quantile,
)

ONE = np.ones


@pytest.mark.parametrize(
    "values, weights, share, expected",
    [
        ([3, 1, 2], [1, 1, 1], 0.5, 2),
        ([4, 1, 3, 2], [1, 1, 1, 1], 0.5, 2.5),  # the half falls between the second and the third
        ([10, 20, 30], [1, 1, 8], 0.5, 30),
        ([10, 20, 30], [5, 3, 2], 0.5, 15),  # half of the weight is reached exactly at 10
        ([10, 20, 30], [5, 3, 2], 0.8, 25),
        ([10, 20, 30], [5, 3, 2], 0.9, 30),
        ([10, 99, 30], [5, 0, 5], 0.9, 30),  # a record without weight does not count
    ],
)
def test_quantiles_by_hand(values, weights, share, expected):
    assert weighted_quantile(np.array(values, float), np.array(weights, float), share) == expected


def test_no_weight_has_no_median():
    assert np.isnan(weighted_median(np.array([1.0]), np.array([0.0])))


def test_equal_groups_hold_equal_weight():
    values = np.array([50.0, 10, 40, 20, 30])
    assert groups_of_equal_size(values, ONE(5), 5).tolist() == [5, 1, 4, 2, 3]


def test_a_heavy_record_lies_where_its_middle_falls():
    # weights 2, 6, 2: middles at 1, 5 and 9 of 10
    assert groups_of_equal_size(np.array([1.0, 2, 3]), np.array([2.0, 6, 2]), 10).tolist() == [2, 6, 10]


def test_more_than_a_pound_a_week():
    change = np.array([52.0, 52.01, -52.0, -52.01, 0.0, 520.0])
    found = gainers_and_losers(change, np.array([1.0, 1, 1, 1, 1, 5]))
    assert found.gain_share == pytest.approx(0.6)
    assert found.lose_share == pytest.approx(0.1)
    assert found.same_share == pytest.approx(0.3)
    assert found.mean_gain == pytest.approx((52.01 + 5 * 520) / 6)
    assert found.mean_loss == pytest.approx(-52.01)


def test_bands_by_size_hold_their_inner_bound():
    weekly = np.array([-60, -50, -20, -1, 0, 1, 5, 5.5, 50, 51.0])
    assert by_size(weekly * 52, ONE(10)).tolist() == [1, 1, 1, 0, 3, 1, 1, 1, 1]


def test_groups_by_hand():
    group = np.array([0, 0, 1, 1])
    before = np.array([100.0, 300, 1000, 1000])
    after = np.array([200.0, 300, 400, 1000])
    found = change_by_group(group, before, after, np.array([1.0, 3, 2, 2]))
    assert found.mean_before.tolist() == [250, 1000]
    assert found.mean_change.tolist() == [25, -300]
    assert found.total_change.tolist() == [100, -1200]
    assert found.gain_share.tolist() == [0.25, 0]
    assert found.lose_share.tolist() == [0, 0.5]
    assert found.effective_records.tolist() == [1.6, 2]  # (1 + 3)^2 / (1 + 9); (2 + 2)^2 / (4 + 4)
    assert found.records.tolist() == [2, 2]


@pytest.mark.parametrize("effective, expected", [(99.9, "weak"), (100, "medium"), (199, "medium"), (200, "good")])
def test_grades(effective, expected):
    assert grade(effective) == expected


@given(st.lists(st.floats(-1e6, 1e6), min_size=10, max_size=60), st.integers(2, 10))
def test_groups_are_in_order_and_all_are_numbered(values, count):
    values = np.array(values)
    groups = groups_of_equal_size(values, ONE(len(values)), count)
    assert groups.min() >= 1 and groups.max() <= count
    assert (np.diff(groups[np.argsort(values, kind="stable")]) >= 0).all()
