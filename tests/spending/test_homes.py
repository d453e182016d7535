"""Council homes: the account worked by hand, and a council's own assumptions."""

from __future__ import annotations

import pytest

from fairshare.areas import areas, find_area
from fairshare.faults import Fault
from fairshare.quantities import Nation
from fairshare.spending.homes import Plan, account, level_repayment, plan_for, steps

VECTOR = Plan(
    homes=1,
    cost=250_000,
    grant=100_000,
    own_money=0,
    rate=0.055,
    rent=115,
    voids=0.03,
    management=1_000,
    repairs=1_200,
    major_repairs=1_100,
    rent_growth=0.03,
    cost_growth=0.03,
)
"""Invented round inputs; net rent is paid at the end of the year."""


def test_the_worked_example_to_the_penny() -> None:
    """115 x 52 x 0.97 - 3,300 = 2,500.60; 150,000 over 50 years at 5.5% is 8,859.22 a year."""
    made = account(VECTOR)
    assert made.debt == 150_000
    assert round(made.years[0].net_rent, 2) == 2_500.60
    assert round(made.level_repayment, 2) == 8_859.22
    assert round(made.value_30, 2) == -98_689.26
    assert round(made.value_50, 2) == -80_129.83
    assert made.covers_repayment == 44
    assert round(made.grant_needed, 2) == 180_129.83
    assert made.repaid is None and len(made.years) == 60


def test_years_follow_one_another() -> None:
    """Year 1: interest 8,250, so 5,749.40 is added to the debt. Year 2: net rent 2,575.62, interest 8,566.22."""
    first, second = account(VECTOR).years[:2]
    assert first.interest == 8_250 and round(first.debt_at_end, 2) == 155_749.40
    assert (round(second.net_rent, 2), round(second.interest, 2)) == (2_575.62, 8_566.22)
    assert all(each.debt_at_start == before.debt_at_end for before, each in zip(account(VECTOR).years, account(VECTOR).years[1:]))


def test_the_grant_that_is_needed_leaves_nothing_over_fifty_years() -> None:
    needed = account(VECTOR).grant_needed
    assert account(VECTOR._replace(grant=needed)).value_50 == pytest.approx(0, abs=1e-6)
    assert account(VECTOR._replace(grant=needed)).repaid == 50


def test_many_homes_are_one_home_many_times() -> None:
    one, hundred = account(VECTOR), account(VECTOR._replace(homes=100))
    assert hundred.value_50 == pytest.approx(100 * one.value_50)
    assert hundred.grant_needed == pytest.approx(one.grant_needed)


def test_once_nothing_is_owed_money_is_put_aside() -> None:
    made = account(VECTOR._replace(grant=240_000))
    assert made.repaid == 5  # 10,000 at 5.5%, less 2,500.60, 2,575.62, 2,652.89, 2,732.47 and so on
    assert made.years[5].put_aside == pytest.approx(made.years[5].net_rent)
    assert made.years[5].debt_at_end == 0


def test_homes_sold_under_the_right_to_buy_leave_the_account() -> None:
    """From year 4, 10% of what is left is sold each year; the price is the value less the discount after the cost floor."""
    plan = VECTOR._replace(homes=100, sold=0.1, sold_after=3, value=300_000, discount=30_000, cost_floor_years=4, rent_growth=0)
    years = account(plan).years
    assert [round(each.homes, 1) for each in years[:6]] == [100, 100, 100, 100, 90, 81]
    assert years[2].sales == 0
    assert years[3].sales == pytest.approx(10 * 270_000)  # above the cost of 250,000, so the floor does not bite
    below = account(plan._replace(value=260_000)).years
    assert below[3].sales == pytest.approx(10 * 250_000) and below[4].sales == pytest.approx(9 * 230_000)


def test_what_others_gain_stands_apart() -> None:
    """Private rent 200, allowance 180, rent 115, half of tenants helped: support 0.5 x 65 a week, tenants 85 less that."""
    plan = VECTOR._replace(private_rent=200, allowance=180, helped=0.5)
    first = account(plan).years[0]
    assert first.housing_support_saved == pytest.approx(0.5 * 65 * 52)
    assert first.tenants_save == pytest.approx((85 - 32.5) * 52)
    assert account(plan).value_50 == account(VECTOR).value_50
    housed = account(plan._replace(homes=10, moved_on=0.4, temporary_cost=20_000, temporary_years=2)).years
    assert [round(each.temporary_accommodation_avoided) for each in housed[:3]] == [80_000, 82_400, 0]
    assert housed[0].housing_support_saved == pytest.approx(6 * 0.5 * 65 * 52)


def test_a_debt_without_interest_is_repaid_in_equal_parts() -> None:
    assert level_repayment(100, 0.0, 50) == 2


def test_every_council_has_a_plan_or_says_what_is_missing() -> None:
    for area in areas():
        if area.nation in (Nation.WALES, Nation.NORTHERN_IRELAND):
            with pytest.raises(Fault):
                plan_for(area, "2026-27")
        else:
            plan, _ = plan_for(area, "2026-27")
            assert 60 < plan.rent < 250 and account(plan).years
    assert account(plan_for(find_area("Cardiff"), "2026-27", rent=110.0)[0]).years


def test_assumptions_say_where_they_come_from() -> None:
    """North East: 90.47 a week in 2023-24, then rises of 7.7%, 3.9% and 5%. The gilt of 5.0981% and 0.4 points."""
    plan, known = plan_for(find_area("Newcastle upon Tyne"), "2026-27", homes=50)
    assert plan.rent == pytest.approx(90.474863 * 1.077 * 1.039 * 1.05, abs=0.005)
    assert plan.rate == pytest.approx(0.054981) and plan.homes == 50 and plan.discount == 22_000
    assert {each.name for each in known} >= {"cost", "rate", "rent", "management"}
    assert all(each.source and each.says for each in known)
    assert plan_for(find_area("Glasgow City"), "2026-27")[0].sold == 0


def test_what_decides_the_answer() -> None:
    plan = plan_for(find_area("Leeds"), "2026-27")[0]
    middle = account(plan).value_50
    cost, rate, growth = steps(plan, "2026-27")
    assert cost.lower > middle > cost.higher
    assert rate.lower > middle > rate.higher
    assert growth.lower < middle < growth.higher


@pytest.mark.parametrize(
    "change, words",
    [
        ({"homes": 0}, "--homes"),
        ({"years": 61}, "1 to 60"),
        ({"grant": 300_000}, "more than the cost"),
        ({"rent": -1}, "--rent"),
        ({"rate": 5.5}, "5% as 0.05"),
        ({"voids": float("nan")}, "--voids"),
    ],
)
def test_inputs_that_cannot_be_are_refused(change: dict[str, float], words: str) -> None:
    with pytest.raises(Fault, match=words):
        account(VECTOR._replace(**change))
