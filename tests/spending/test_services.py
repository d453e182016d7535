"""Spending on a service, shared among those who use it."""

from __future__ import annotations

import numpy as np
import pytest

from building import home, person, some_households, town, unit
from fairshare.areas import find_area
from fairshare.assessment import Assessment, assess
from fairshare.law import law_in_force
from fairshare.parameters import parameters
from fairshare.population.records import Population
from fairshare.quantities import Attendance, DailyLiving, Education, Sex, Tenure
from fairshare.scenario import services
from fairshare.spending.services import KEYS, allocate, new_homes, total

YEAR = "2026-27"


def worked(population: Population) -> Assessment:
    return assess(population, law_in_force(YEAR))


def shares(service: str, population: Population, amount: float = 100.0) -> list[float]:
    return [float(value) for value in allocate(service, amount, worked(population), YEAR).per_household]


def test_every_service_has_a_key_and_a_published_total() -> None:
    assert services() == list(KEYS)
    assert all(total(name, YEAR) > 1e9 for name in KEYS)
    assert all(parameter.says for parameter in parameters("services").values())


@pytest.mark.parametrize("service", KEYS)
@pytest.mark.parametrize("amount", [1e10, -3e9, 0.0])
def test_all_of_an_amount_is_received(service: str, amount: float) -> None:
    population = some_households(60, seed=3)
    found = allocate(service, amount, worked(population), YEAR)
    assert float((population.households["weight"] * found.per_household).sum()) == pytest.approx(amount, abs=1e-4)
    assert (found.per_household * np.sign(amount) >= 0).all()


@pytest.mark.parametrize("service", KEYS)
def test_money_for_some_councils_stays_there(service: str) -> None:
    leeds, york = find_area("Leeds").row, find_area("York").row
    population = some_households(60, seed=4, councils=(leeds, york))
    found = allocate(service, 1e6, worked(population), YEAR, (leeds,))
    assert (found.per_household[population.households["council"] == york] == 0).all()
    assert float((population.households["weight"] * found.per_household).sum()) == pytest.approx(1e6)


def test_health_rises_with_age_from_forty() -> None:
    """York 2011-12: a woman of 40 costs 1,535 and one of 85 costs 4,871 a year."""
    both = town(home(unit(person(40, sex=Sex.FEMALE))), home(unit(person(85, sex=Sex.FEMALE))))
    assert shares("health", both) == pytest.approx([100 * 1535 / 6406, 100 * 4871 / 6406])
    ages = town(*(home(unit(person(age, sex=sex))) for sex in Sex for age in range(40, 111, 5)))
    men, women = np.array(shares("health", ages)).reshape(2, -1)
    assert (np.diff(men) >= 0).all() and (np.diff(women) >= 0).all()


def test_schools_go_to_pupils() -> None:
    pupil, student = person(8, education=Education.PRIMARY), person(17, education=Education.FURTHER)
    assert shares("schools", town(home(unit(person(40), pupil)), home(unit(person(40), student)))) == [100.0, 0.0]


def test_early_years_begin_at_nine_months_and_end_with_school() -> None:
    homes = [home(unit(person(30), person(age))) for age in (0, 3, 5)]
    assert shares("early_years", town(*homes)) == [20.0, 80.0, 0.0]


def test_a_child_of_four_is_either_a_pupil_or_in_early_years() -> None:
    """In England most begin school in the September after they turn four; until then they are in early years."""
    both = [home(unit(person(30), person(4, education=stage))) for stage in (Education.EARLY_YEARS, Education.PRIMARY)]
    assert shares("early_years", town(*both)) == [100.0, 0.0]
    assert shares("schools", town(*both)) == [0.0, 100.0]


def test_social_care_goes_to_adults_with_needs_and_few_savings() -> None:
    """A council does not pay above £23,250 of savings (SI 2014/2672 reg.12)."""
    old = person(85, attendance=Attendance.HIGHER)
    population = town(
        home(unit(old, capital=20_000)),
        home(unit(old, capital=24_000)),
        home(unit(person(30, pip_daily_living=DailyLiving.ENHANCED))),
        home(unit(person(30))),
    )
    assert shares("social_care", population) == [50.0, 0.0, 50.0, 0.0]


def test_buses_follow_fares_by_age() -> None:
    """Weights of the National Travel Survey 2023: 3.9 at 17, 0.07 from 70."""
    assert shares("buses", town(home(unit(person(18))), home(unit(person(75))))) == pytest.approx([390 / 3.97, 7 / 3.97])


def test_council_homes_go_where_rent_is_met_by_a_means_test() -> None:
    poor_renter = home(unit(person(30)), tenure=Tenure.PRIVATE_RENT, rent=7_000)
    rich_renter = home(unit(person(30, earnings=60_000)), tenure=Tenure.PRIVATE_RENT, rent=7_000)
    owner = home(unit(person(30)), tenure=Tenure.OWNED_OUTRIGHT)
    assert shares("council_homes", town(poor_renter, rich_renter, owner)) == [100.0, 0.0, 0.0]


def test_new_homes_follow_the_public_money_each_needs() -> None:
    """MHCLG: £39 billion for about 300,000 homes."""
    assert new_homes(39e9, YEAR) == pytest.approx(300_000)


def test_money_that_reaches_nobody_is_shared_equally_and_says_so() -> None:
    population = town(home(unit(person(40))), home(unit(person(40), person(41), couple=1)))
    found = allocate("schools", 90.0, worked(population), YEAR)
    assert found.per_household.tolist() == [30.0, 60.0]
    assert "shared equally" in found.warning


def test_whom_a_service_reaches_may_be_argued() -> None:
    """£90 among one person and two: by use all of it to the pupil's home; by people 30 and 60."""
    population = town(home(unit(person(40, earnings=60_000))), home(unit(person(40), person(8, education=Education.PRIMARY))))
    assessment = worked(population)
    assert allocate("schools", 90.0, assessment, YEAR).per_household.tolist() == [0.0, 90.0]
    by_people = allocate("schools", 90.0, assessment, YEAR, shared_by="people")
    assert by_people.per_household.tolist() == pytest.approx([30.0, 60.0]) and "equally" in by_people.key
    by_income = allocate("schools", 90.0, assessment, YEAR, shared_by="income").per_household
    assert by_income[0] > by_income[1] and by_income.sum() == pytest.approx(90.0)
