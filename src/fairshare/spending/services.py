"""Who receives which service: an amount of spending shared among households by a key of use.

The key is an assumption. Each service has one: what it is, and the published shape behind it, stand in
parameters/services.yaml. Money that reaches nobody by its key in the chosen places is shared equally among people there, and says so.
Figures are pounds a year at what the service costs, not at what it is worth to those who use it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

import numpy as np

from fairshare.assessment import Assessment
from fairshare.parameters import Parameter, parameters
from fairshare.population.records import Population
from fairshare.quantities import Attendance, CareComponent, DailyLiving, Education, Sex, Tenure


class Allocation(NamedTuple):
    """A year's spending on a service, shared among households."""

    service: str
    amount: float
    per_household: np.ndarray
    """(households,) £ a year at cost; weighted, it sums to the amount."""
    key: str
    """How it is shared, in words."""
    warning: str = ""


class Key(NamedTuple):
    """How one service is shared: in words, and as a weight for each household."""

    says: str
    weight: Callable[[Population, Assessment, str], np.ndarray]


def allocate(
    service: str, amount: float, assessment: Assessment, year: str, councils: Collection[int] = (), shared_by: str = "use"
) -> Allocation:
    """Share `amount` £ a year among the households of the given councils (everyone, when none are given).

    `shared_by` is "use" for the service's own key, or one of OTHER_KEYS, which show how much the answer rests on the key.
    """
    population = assessment.population
    key = KEYS[service] if shared_by == "use" else OTHER_KEYS[shared_by]
    here = np.isin(population.households["council"], list(councils)) if councils else np.ones(len(population.households), bool)
    weights = population.households["weight"]
    shares = np.where(here, key.weight(population, assessment, year), 0.0)
    total = float((weights * shares).sum())
    warning = ""
    if total <= 0.0:
        shares = np.where(here, _people(population), 0.0)
        total = float((weights * shares).sum())
        warning = f"Nobody here is recorded as using {service.replace('_', ' ')}, so it is shared equally among people."
    if total <= 0.0:
        return Allocation(service, amount, np.zeros(len(weights)), key.says, f"Nobody lives where {service.replace('_', ' ')} is spent.")
    return Allocation(service, amount, shares * (amount / total), key.says, warning)


def total(service: str, year: str) -> float:
    """Published public spending on a service, £ a year, moved by no index: the newest year published."""
    return float(_value(service, "total", year))


def new_homes(amount: float, year: str) -> float:
    """How many homes an amount builds at the public money each needs."""
    return amount / float(_value("council_homes", "grant_per_home", year))


def _value(service: str, name: str, year: str) -> Any:
    parameter = parameters("services")[f"{service}.{name}"]
    return _newest_or_first(parameter, year)


def _newest_or_first(parameter: Parameter, year: str) -> Any:
    """Its value in the year; before its first date, the first value (a shape or a total published later)."""
    known = [dated.value for dated in parameter.values if dated.since.year <= int(year[:4])]
    return known[-1] if known else parameter.values[0].value


# ---- keys ----------------------------------------------------------------------------------------------------------


def by_household(population: Population, of_persons: np.ndarray) -> np.ndarray:
    """(households,) the sum of a (persons,) column."""
    return np.add.reduceat(np.asarray(of_persons, float), population.households["first_person"])


def _people(population: Population) -> np.ndarray:
    return by_household(population, np.ones(len(population.persons)))


def _steps(steps: list[dict[str, float]], ages: np.ndarray) -> np.ndarray:
    """The value of the last step that each age has reached."""
    starts = np.array([step["above"] for step in steps])
    rates = np.array([step["rate"] for step in steps])
    return rates[np.searchsorted(starts, ages, side="right") - 1]


def _health(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    ages = population.persons["age"]
    men, women = _steps(_value("health", "male", year), ages), _steps(_value("health", "female", year), ages)
    return by_household(population, np.where(population.persons["sex"] == Sex.MALE, men, women))


def _schools(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    phase = population.persons["education"]
    primary = _value("schools", "primary", year) * (phase == Education.PRIMARY)
    return by_household(population, primary + _value("schools", "secondary", year) * (phase == Education.SECONDARY))


def _early_years(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    """A child who has begun school is a pupil, and costs early years nothing."""
    before_school = population.persons["education"] != Education.PRIMARY
    return by_household(population, before_school * _steps(_value("early_years", "weight", year), population.persons["age"]))


def _social_care(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    persons = population.persons
    daily_help = (
        (persons["attendance"] != Attendance.NONE)
        | (persons["pip_daily_living"] != DailyLiving.NONE)
        | (persons["dla_care"] >= CareComponent.MIDDLE)
    )
    capital = population.benefit_units["capital"][persons["benefit_unit"]]
    paid_for = capital < _value("social_care", "upper_capital_limit", year)
    return by_household(population, daily_help & paid_for & (persons["age"] >= _value("social_care", "adult_age", year)))


def _buses(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    return by_household(population, _steps(_value("buses", "weight", year), population.persons["age"]))


def _railways(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    return np.asarray(population.households["spending_transport"], float)


def _council_homes(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    """Private renters whose rent is met in part by a means test: a stand-in for households on waiting lists."""
    income = assessment["disposable_income"]
    helped = (income["universal_credit"] + income["housing_benefit"]) > 0.0
    return ((population.households["tenure"] == Tenure.PRIVATE_RENT) & helped).astype(float)


def _everyone(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    return _people(population)


KEYS: dict[str, Key] = {
    "health": Key("by age and sex, as the NHS spent in England in 2011-12", _health),
    "schools": Key("equally among pupils in primary and secondary schools; pupils in private schools cannot be told apart", _schools),
    "early_years": Key("equally among children from nine months old to school age", _early_years),
    "social_care": Key("equally among adults who receive a benefit for help with daily life and have few savings", _social_care),
    "buses": Key("by age, as people spend on bus fares", _buses),
    "railways": Key("by what each household spends on transport other than motor fuel, since rail fares are not recorded alone", _railways),
    "council_homes": Key(
        "equally among households who rent privately and receive Universal Credit or Housing Benefit, in place of waiting lists",
        _council_homes,
    ),
    "local_services": Key("equally among people", _everyone),
}


def _income(population: Population, assessment: Assessment, year: str) -> np.ndarray:
    return np.maximum(assessment["disposable_income"]["disposable_income"], 0.0)


OTHER_KEYS: dict[str, Key] = {
    "people": Key("equally among people, whoever uses it", _everyone),
    "income": Key("in proportion to income, whoever uses it", _income),
}
"""Keys that may stand in place of a service's own: whom a service reaches is a matter of argument."""
