"""Low income and hardship, by hand."""

import numpy as np
import pytest

from building import home, person, town, unit
from fairshare.measures import hardship, incentives, poverty
from fairshare.measures.households import Households
from fairshare.run import work
from fairshare.scenario import read_scenario

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


def test_a_line_near_destitution_grows_with_the_household():
    """JRF, thresholds of October 2022: £95 a week for one adult, £145 for a couple, £125 with one child, £205 for a couple with two."""
    line = hardship.NearDestitution(95, 50, 30, "", "")
    assert line.of(np.array([1.0, 2, 1, 2]), np.array([0.0, 0, 1, 2])).tolist() == [95, 145, 125, 205]


def test_it_moves_with_prices():
    """From £95 in 2022-23 by the consumer prices of later years: more, and by less than a third."""
    now = hardship.near_destitution("2026-27")
    assert 95 * 52 < now.first_adult < 95 * 52 * 4 / 3
    assert now.status == "projected, unverified" or now.status.startswith("projected")
    assert now.first_adult / now.child == pytest.approx(95 / 30)


def test_too_little_saved():
    assert hardship.too_little_saved(np.array([0.0, 3999, 4000]), np.full(3, 52_000.0)).tolist() == [True, True, False]


def test_the_gap_of_another_four_by_hand():
    """Foster, Greer and Thorbecke, order 1: incomes 30, 60, 90 and 120 against a line of 100 fall short by 0.7, 0.4, 0.1 and
    nothing, a mean of 0.3."""
    assert poverty.gap(np.array([30.0, 60, 90, 120]), 100, np.ones(4)) == pytest.approx(0.3)


def test_what_work_pays_over_a_population():
    """2026-27. On £20,000 a further pound bears 20p of tax and 8p of National Insurance, on £60,000 40p and 2p; a penny on the basic rate
    adds 1p to the first alone. All pay of £20,000 against none loses tax on 7,430 (£1,486) and 8% of it (£594.40), with no benefit to lose
    because savings of £20,000 keep Universal Credit away."""
    keep = {"capital": 20_000.0}
    earners = [home(unit(person(40, earnings=pay, hours=37), **keep), council_tax_band=0) for pay in (20_000, 60_000)]
    idle = home(unit(person(40), **keep))
    run = work(read_scenario("income_tax/basic_rate_plus_one_penny"), town(*earners, idle), "2026-27")
    found = incentives.rates(Households(run))
    assert found["marginal_before"].tolist() == pytest.approx([0.28, 0.42])
    assert found["marginal_after"].tolist() == pytest.approx([0.29, 0.42])
    assert found["participation_before"][0] == pytest.approx((1_486 + 594.40) / 20_000, abs=1e-6)
    assert found["participation_after"][0] == pytest.approx((1_486 + 74.30 + 594.40) / 20_000, abs=1e-6)


def test_rates_of_few_earners_are_held_back():
    run = work(read_scenario("income_tax/basic_rate_plus_one_penny"), town(home(unit(person(40, earnings=20_000, hours=37)))), "2026-27")
    (everyone, single) = incentives.incentive_rows(Households(run))
    assert everyone["records"] == 1 and not everyone["shown"] and "marginal_median_before_pct" not in everyone
    assert single["family_type"] == "Single people without children"
