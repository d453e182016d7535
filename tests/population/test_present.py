"""The present state of people whose pay is of some weeks of the year only."""

from __future__ import annotations

import pytest

from building import home, person, town, unit
from fairshare.population.present import present
from fairshare.population.records import Population


@pytest.fixture(scope="module")
def street() -> Population:
    """One in the job all year, one who began it after half the year, one who has left it."""
    return town(
        home(unit(person(40, earnings=30_000, hours=37, pension_net_pay=1_500)), council="Leeds"),
        home(unit(person(41, earnings=15_000, hours=37, pay_weeks=26, pension_net_pay=750)), council="Leeds"),
        home(unit(person(42, earnings=15_000, pay_weeks=26, pension_net_pay=750)), council="Leeds"),
        year="2025-26",
    )


def test_who_is_in_the_job_has_its_rate_and_who_has_left_it_nothing(street: Population) -> None:
    now = present(street)
    assert now.persons["earnings"].tolist() == [30_000, 30_000, 0]
    assert now.persons["pension_net_pay"].tolist() == [1_500, 1_500, 0]
    assert now.persons["pay_weeks"].tolist() == [52, 52, 52]


def test_the_year_itself_is_left_alone(street: Population) -> None:
    present(street)
    assert street.persons["earnings"].tolist() == [30_000, 15_000, 15_000]


def test_the_present_state_has_no_other(street: Population) -> None:
    now = present(street)
    assert present(now) is now


def test_in_the_nation_present_pay_is_about_the_pay_of_the_year(small: Population) -> None:
    """People come to jobs about as often as they leave them, so that pay at one time is that of the year, within some per cent."""
    weight = small.person_weight
    assert weight @ present(small).persons["earnings"] == pytest.approx(weight @ small.persons["earnings"], rel=0.05)
