"""Public spending by function and place, and services in kind, shared to the pound."""

from __future__ import annotations

import math

import numpy as np
import pytest

from building import home, person, some_households, town, unit
from fairshare.areas import find_area
from fairshare.assessment import Assessment, assess
from fairshare.law import law_in_force
from fairshare.population.records import Population
from fairshare.quantities import Education
from fairshare.spending.functions import (
    ABROAD,
    COLLECTIVE,
    FUNCTIONS,
    IN_KIND,
    NOT_SHARED,
    WHOLE,
    by_place,
    collective,
    current_share,
    in_kind,
    learners,
    published_total,
    rates,
    received,
)


def worked(population: Population) -> Assessment:
    return assess(population, law_in_force("2024-25"))


# HM Treasury, Public Expenditure Statistical Analyses 2025, table 4.2, £ billion in 2024-25.
PUBLISHED = {
    "general_public_services": 157.6,
    "defence": 63.6,
    "public_order_and_safety": 51.4,
    "economic_affairs": 86.8,
    "environment_protection": 17.1,
    "housing_and_community": 22.3,
    "health": 241.8,
    "recreation_culture_and_religion": 14.5,
    "education": 118.7,
    "social_protection": 383.9,
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_places_sum_to_the_published_total_to_the_pound(function: str) -> None:
    assert published_total(function) == pytest.approx(PUBLISHED[function] * 1e9, abs=1)
    assert math.fsum(by_place(function).values()) == pytest.approx(PUBLISHED[function] * 1e9, abs=1)


def test_where_health_is_spent() -> None:
    """Country and Regional Analysis 2022-23: London 33,041 of 209,456 in all, the current part 198,263 (£ million)."""
    london = by_place("health")["London"]
    assert london == pytest.approx(241.8e9 * 33_041 / 209_456, rel=1e-4)
    assert current_share("health") == pytest.approx(198_263 / 209_456)
    assert by_place("defence")[WHOLE] > 0.9 * published_total("defence")
    assert 0 < by_place("health")[ABROAD] < 0.01 * published_total("health")


def test_every_function_is_used_shared_or_set_aside() -> None:
    assert {"health", "education", *COLLECTIVE, *NOT_SHARED} == set(FUNCTIONS)


def test_every_service_is_received_to_the_pound() -> None:
    leeds, cardiff, london = (find_area(name).row for name in ("Leeds", "Cardiff", "Hackney"))
    assessment = worked(some_households(90, seed=5, councils=(leeds, cardiff, london)))
    weights = assessment.population.households["weight"]
    for each in in_kind(assessment):
        assert float((weights * each.per_household).sum()) == pytest.approx(each.amount, abs=1), each.service
        assert (each.per_household >= 0).all() and each.key
    assert {each.service for each in in_kind(assessment)} == set(IN_KIND)
    equally, by_income = collective(assessment)
    assert float((weights * equally).sum()) == pytest.approx(float((weights * by_income).sum()), abs=1)


def test_learners_cost_what_england_spends_on_them() -> None:
    """£63.9 billion for the one pupil in school, £9 billion for the one child under five, and the rest for the one student."""
    population = town(
        home(unit(person(40), person(8, education=Education.PRIMARY))),
        home(unit(person(40), person(3))),
        home(unit(person(20, education=Education.HIGHER))),
        home(unit(person(40))),
    )
    assessment = worked(population)
    costs = rates(assessment).learner
    found = (learners(assessment) @ costs) * population.households["weight"]
    beside = {"Wales", "Scotland", "Northern Ireland", WHOLE, ABROAD}
    england = math.fsum(each for place, each in by_place("education").items() if place not in beside)
    assert found.tolist() == pytest.approx([63.9e9, 9e9, england * current_share("education") - 72.9e9, 0.0])


def test_a_country_s_rates_may_be_laid_on_one_household() -> None:
    """What one of its households receives is the same, worked alone at the country's rates."""
    leeds = find_area("Leeds").row
    country = worked(some_households(60, seed=7, councils=(leeds,)))
    found = rates(country)
    alone = received(country, found)
    for each in in_kind(country):
        assert alone[each.service] == pytest.approx(each.per_household)


def test_what_all_share_at_once_under_two_keys() -> None:
    """Two people and one share two to one equally; by income the one who earns more has more."""
    population = town(home(unit(person(40), person(41), couple=1)), home(unit(person(40, earnings=90_000))))
    equally, by_income = collective(worked(population))
    assert equally[0] == pytest.approx(2 * equally[1])
    assert by_income[1] > by_income[0]
    assert np.isfinite(by_income).all()
