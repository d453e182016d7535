"""Low income and hardship, by hand."""

import numpy as np
import pytest

from fairshare.measures import hardship, incentives, poverty

INCOME = np.array([50.0, 100, 200, 300])
PEOPLE = np.array([1.0, 2, 3, 4])  # the median of ten people falls between 200 and 200


def test_the_line_is_a_part_of_the_median():
    assert poverty.line(INCOME, PEOPLE) == pytest.approx(120)
    assert poverty.line(INCOME, PEOPLE, poverty.DEEP) == pytest.approx(100)


def test_people_below_the_line():
    assert poverty.people_below(INCOME, 120, PEOPLE) == 3
    assert poverty.people_below(INCOME, 100, PEOPLE) == 1  # income at the line is not below it
    assert poverty.share_below(INCOME, 120, PEOPLE) == pytest.approx(0.3)


def test_a_moving_line_follows_the_median():
    held = poverty.line(INCOME, PEOPLE)
    doubled = INCOME * np.array([1, 1, 2, 2])
    assert poverty.people_below(doubled, held, PEOPLE) == 3
    assert poverty.people_below(doubled, poverty.line(doubled, PEOPLE), PEOPLE) == 3
    assert poverty.line(doubled, PEOPLE) == pytest.approx(240)


def test_the_gap():
    # shortfalls of 70 and 20 below 120: (70 + 2 x 20) / 120 over ten people
    assert poverty.gap(INCOME, 120, PEOPLE) == pytest.approx(110 / 1200)


def test_what_closes_the_gap_is_counted_in_each_households_own_pounds():
    households = np.array([10.0, 10, 10, 10])
    assert poverty.cost_of_closing_the_gap(INCOME, np.array([0.67, 1.5, 1, 1]), 120, households) == pytest.approx(
        10 * (70 * 0.67 + 20 * 1.5)
    )


def test_rent_above_a_part_of_income():
    rent = np.array([0.0, 300, 500, 400])
    income = np.array([1000.0, 1000, 1000, 0])
    weights = np.array([9.0, 1, 1, 2])
    assert hardship.renters_above(rent, income, weights, 0.3) == pytest.approx(3 / 4)
    assert hardship.renters_above(rent, income, weights, 0.6) == pytest.approx(2 / 4)


def test_little_saved():
    assert hardship.little_saved(np.array([0.0, 3999, 4000]), np.full(3, 52_000.0), np.ones(3)) == pytest.approx(2 / 3)


def test_rates_of_a_budget_line():
    pay, net = np.array([0.0, 100, 200]), np.array([50.0, 95, 115])
    assert incentives.marginal_rate(pay, net)[:2].tolist() == pytest.approx([0.55, 0.8])
    assert np.isnan(incentives.marginal_rate(pay, net)[2])
    assert incentives.participation_rate(pay, net)[1:].tolist() == pytest.approx([0.55, 0.675])
    assert incentives.replacement_rate(np.array([50.0]), np.array([115.0]))[0] == pytest.approx(50 / 115)
    assert incentives.share_above(np.array([0.55, 0.8, np.nan]), np.ones(3), 0.7) == 0.5
