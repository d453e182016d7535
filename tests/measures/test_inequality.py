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


def test_gini_as_another_library_prints_it():
    """R's packages ineq and acid (1.1, documentation of `gini`): 0.4620911 for these ten incomes; a weight counts as records do."""
    ten = np.array([541.0, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261])
    assert gini(ten, np.ones(10)) == pytest.approx(0.4620911, abs=5e-8)
    assert gini(np.repeat(ten, 3)[::-1], np.ones(30)) == pytest.approx(0.4620911, abs=5e-8)
    assert gini(ten, np.full(10, 7.5)) == pytest.approx(0.4620911, abs=5e-8)


@pytest.mark.parametrize("spread", [0.3, 0.6])
def test_measures_of_a_lognormal_distribution(spread):
    """Aitchison and Brown (1957): Gini 2 Phi(s / root 2) - 1, Theil s^2 / 2, Atkinson 1 - exp(-a s^2 / 2), 90/10 exp(2 x 1.2816 s); the top
    tenth holds Phi(s - 1.2816). Incomes stand at uneven shares of people, each with its own weight."""
    from scipy.stats import norm

    edges = np.linspace(0, 1, 60_001) ** 1.3
    weights, middle = np.diff(edges) * 67e6, (edges[1:] + edges[:-1]) / 2
    incomes = 25_000 * np.exp(spread * norm.ppf(middle))
    assert gini(incomes, weights) == pytest.approx(2 * norm.cdf(spread / np.sqrt(2)) - 1, abs=2e-4)
    assert theil(incomes, weights) == pytest.approx(spread**2 / 2, abs=5e-4)
    assert atkinson(incomes, weights, 1.0) == pytest.approx(1 - np.exp(-(spread**2) / 2), abs=5e-4)
    assert atkinson(incomes, weights, 2.0) == pytest.approx(1 - np.exp(-(spread**2)), abs=5e-4)
    assert ratio_90_10(incomes, weights) == pytest.approx(np.exp(2 * norm.ppf(0.9) * spread), rel=1e-3)
    assert ratio_50_10(incomes, weights) == pytest.approx(np.exp(norm.ppf(0.9) * spread), rel=1e-3)
    top, bottom = norm.cdf(spread - norm.ppf(0.9)), norm.cdf(norm.ppf(0.4) - spread)
    assert share_of_top(incomes, weights, 0.1) == pytest.approx(top, abs=1e-3)
    assert palma(incomes, weights) == pytest.approx(top / bottom, rel=2e-3)


def test_the_top_share_of_a_pareto_distribution():
    """The top part p holds p^(1 - 1/a): with a = 2, the top hundredth holds a tenth and the top tenth holds 31.6%."""
    middle = (np.arange(400_000) + 0.5) / 400_000
    wealth = (1 - middle) ** (-1 / 2.0)
    assert share_of_top(wealth, np.ones(400_000), 0.01) == pytest.approx(0.1, abs=1.5e-3)
    assert share_of_top(wealth, np.ones(400_000), 0.1) == pytest.approx(0.1**0.5, abs=1.5e-3)
