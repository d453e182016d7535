"""Measures of inequality against values worked by hand, and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare.measures.inequality import atkinson, gini, palma, ratio_50_10, ratio_90_10, share_of_bottom, share_of_top, theil

TEN = np.arange(1.0, 11.0)  # 1 to 10, which sum to 55
EACH = np.ones(10)


def test_gini_by_hand():
    assert gini(np.array([1.0, 1, 1]), np.ones(3)) == pytest.approx(0)
    assert gini(np.array([0.0, 1]), np.ones(2)) == pytest.approx(0.5)
    assert gini(np.array([1.0, 2, 3]), np.ones(3)) == pytest.approx(2 / 9)  # mean difference 8/9 over twice the mean, 2
    assert gini(TEN, EACH) == pytest.approx(0.3)  # (n - 1) / 3n


def test_a_weight_of_two_is_two_records():
    assert gini(np.array([1.0, 5]), np.array([2.0, 1])) == pytest.approx(gini(np.array([1.0, 1, 5]), np.ones(3)))
    assert theil(np.array([1.0, 5]), np.array([2.0, 1])) == pytest.approx(theil(np.array([1.0, 1, 5]), np.ones(3)))


def test_income_below_nothing_counts_as_nothing():
    assert gini(np.array([-100.0, 1]), np.ones(2)) == pytest.approx(0.5)


def test_shares_and_palma_by_hand():
    assert share_of_top(TEN, EACH, 0.1) == pytest.approx(10 / 55)
    assert share_of_bottom(TEN, EACH, 0.4) == pytest.approx(10 / 55)
    assert palma(TEN, EACH) == pytest.approx(1.0)
    assert share_of_top(TEN, EACH, 0.05) == pytest.approx(5 / 55)  # half of the record on the boundary


def test_ratios_by_hand():
    assert ratio_90_10(TEN, EACH) == pytest.approx(9.5 / 1.5)
    assert ratio_50_10(TEN, EACH) == pytest.approx(5.5 / 1.5)


def test_atkinson_and_theil_by_hand():
    two = np.array([1.0, 4.0])
    assert atkinson(two, np.ones(2), 1.0) == pytest.approx(1 - 2 / 2.5)  # geometric mean 2 over mean 2.5
    assert atkinson(two, np.ones(2), 2.0) == pytest.approx(1 - 1.6 / 2.5)  # harmonic mean 1.6
    assert theil(two, np.ones(2)) == pytest.approx((0.4 * math.log(0.4) + 1.6 * math.log(1.6)) / 2)


def test_nothing_is_counted_as_one_per_cent_of_the_mean():
    assert 0 < atkinson(np.array([0.0, 2]), np.ones(2)) < 1
    assert math.isfinite(theil(np.array([0.0, 2]), np.ones(2)))


INCOMES = st.lists(st.floats(1.0, 1e6), min_size=3, max_size=40).map(np.array)


@given(INCOMES, st.floats(0.1, 100))
def test_scale_does_not_matter(incomes, scale):
    weights = np.ones(len(incomes))
    for measure in (gini, palma, theil, atkinson):
        assert measure(incomes * scale, weights) == pytest.approx(measure(incomes, weights), rel=1e-6, abs=1e-9)


@given(INCOMES)
def test_all_lie_between_nothing_and_one_and_ignore_order(incomes):
    weights = np.ones(len(incomes))
    for measure in (gini, atkinson):
        assert -1e-9 <= measure(incomes, weights) <= 1
        assert measure(incomes[::-1], weights) == pytest.approx(measure(incomes, weights), abs=1e-9)


@given(INCOMES, st.floats(0.01, 0.5))
def test_a_transfer_from_the_richest_to_the_poorest_lowers_gini(incomes, part):
    weights = np.ones(len(incomes))
    moved = incomes.copy()
    most, least = int(incomes.argmax()), int(incomes.argmin())
    amount = part * (incomes[most] - incomes[least]) / 2
    moved[most] -= amount
    moved[least] += amount
    assert gini(moved, weights) <= gini(incomes, weights) + 1e-9
    assert theil(moved, weights) <= theil(incomes, weights) + 1e-9
