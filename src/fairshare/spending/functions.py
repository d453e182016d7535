"""Public spending by function: what was spent, in which nation or region, and who is taken to receive it.

The newest total of each function is HM Treasury's; where it was spent follows its analysis by nation and region, two years older. What
one person or household uses is shared by a key of use. What everyone shares at once (defence, courts, the environment) has no users to
count: it is kept apart, and shown under two keys that give opposite answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from fairshare.assessment import Assessment
from fairshare.population.records import Population
from fairshare.population.synthetic import figures
from fairshare.quantities import REGION_NAMES, Education, Nation, Region
from fairshare.spending import services

FUNCTIONS = {
    "general_public_services": "Government, interest on debt and aid abroad",
    "defence": "Defence",
    "public_order_and_safety": "Police, courts, prisons and fire services",
    "economic_affairs": "Transport, industry, farming and work",
    "environment_protection": "Waste and the environment",
    "housing_and_community": "Housing and local places",
    "health": "Health",
    "recreation_culture_and_religion": "Sport, culture and broadcasting",
    "education": "Education",
    "social_protection": "Pensions, benefits and social care",
}
WHOLE, ABROAD = "the UK as a whole", "outside the UK"
YEAR_OF_TOTALS = "2024-25"
"""The newest year with a total for each function."""
_MILLION = 1e6
_PUBLIC_SECTOR, _OUTSIDE, _UK = "UK public sector", "Outside UK", "UK"


@cache
def _published() -> dict[tuple[str, str, str], float]:
    """£, by function, place and kind (current, capital, or the newest total)."""
    rows = figures.rows("public_spending")
    return {(row["function"], row["place"], row["kind"]): float(row["gbp_million"]) * _MILLION for row in rows}


def published_total(function: str) -> float:
    """What the UK spent on a function, £ in the year of totals."""
    return _published()[function, _UK, "total"]


def by_place(function: str) -> dict[str, float]:
    """Where a function's total was spent, £: each region and nation, the UK as a whole, and outside the UK. They sum to the total."""
    known = _published()
    older = {place: _both(known, function, place) for place in (*REGION_NAMES.values(), _OUTSIDE)}
    whole = _both(known, function, _PUBLIC_SECTOR)
    scale = published_total(function) / whole
    found = {place: older[place] * scale for place in REGION_NAMES.values()}
    found[ABROAD] = older[_OUTSIDE] * scale
    found[WHOLE] = published_total(function) - math.fsum(found.values())
    return found


def _both(known: dict[tuple[str, str, str], float], function: str, place: str) -> float:
    return known.get((function, place, "current"), 0.0) + known.get((function, place, "capital"), 0.0)


def current_share(function: str) -> float:
    """The part of a function that is day-to-day spending; the rest builds things that last."""
    known = _published()
    return known[function, _PUBLIC_SECTOR, "current"] / _both(known, function, _PUBLIC_SECTOR)


# ---- what households use -------------------------------------------------------------------------------------------

IN_KIND = ("health", "education", "social_care", "buses", "railways")
"""Services that a person or household uses, as far as records can tell."""
NOT_SHARED = {
    "general_public_services": "Interest on debt, aid abroad and the cost of government are paid to nobody in particular.",
    "social_protection": "Pensions and benefits are counted in cash, and social care as a service.",
}
"""Functions that no household is taken to receive as a service, and why."""
COLLECTIVE = tuple(function for function in FUNCTIONS if function not in ("health", "education", *NOT_SHARED))
"""Functions that everyone shares at once. Support for bus and rail is taken out of them, for it is shared by use."""


class Received(NamedTuple):
    """A service, what was spent on it, and who received it."""

    service: str
    amount: float
    """£ in the year of totals, day-to-day spending."""
    per_household: np.ndarray
    """(households,) £ a year at cost."""
    key: str


def in_kind(assessment: Assessment) -> list[Received]:
    """Every service in kind, shared among households."""
    return [_SHARED[name](assessment) for name in IN_KIND]


def _by_place(function: str, assessment: Assessment, weight: np.ndarray, key: str) -> Received:
    """Day-to-day spending of a function: in each nation and region by its key, and the UK's own part by the key everywhere."""
    households = assessment.population.households
    weights, current = households["weight"], current_share(function)
    shared = np.zeros(len(households))
    for region, name in REGION_NAMES.items():
        shared += _spread(by_place(function)[name] * current, weight * (households["region"] == region), weights, weight)
    shared += _spread(by_place(function)[WHOLE] * current, weight, weights, weight)
    amount = math.fsum(pounds for place, pounds in by_place(function).items() if place != ABROAD) * current
    return Received(function, amount, shared, key)


def _spread(amount: float, here: np.ndarray, weights: np.ndarray, everywhere: np.ndarray) -> np.ndarray:
    """An amount shared in proportion to `here`; where nobody has any, in proportion to `everywhere`."""
    total = float((weights * here).sum())
    chosen = here if total > 0 else everywhere
    total = float((weights * chosen).sum())
    return chosen * (amount / total) if total > 0 else np.zeros(len(weights))


def _health(assessment: Assessment) -> Received:
    key = services.KEYS["health"]
    weight = key.weight(assessment.population, assessment, YEAR_OF_TOTALS)
    return _by_place("health", assessment, weight, f"{key.says}, in each nation and region")


def _education(assessment: Assessment) -> Received:
    weight = learners(assessment.population, assessment)
    says = "among pupils, students and children under five, as spending is shared among schools, colleges and early years in England"
    return _by_place("education", assessment, weight, says)


def learners(population: Population, assessment: Assessment) -> np.ndarray:
    """(households,) what learners cost: England's published spending on schools and on early years by head, and what is left of
    its education by each student after school."""
    households = population.households
    here = households["weight"] * (households["nation"] == Nation.ENGLAND)
    stage = population.persons["education"]
    students = services.by_household(population, (stage == Education.FURTHER) | (stage == Education.HIGHER))
    kinds = [services.KEYS[name].weight(population, assessment, YEAR_OF_TOTALS) for name in ("schools", "early_years")]
    amounts = [services.total(name, YEAR_OF_TOTALS) for name in ("schools", "early_years")]
    england = math.fsum(by_place("education")[name] for region, name in REGION_NAMES.items() if region < Region.WALES)
    left = max(england * current_share("education") - math.fsum(amounts), 0.0)
    weight = np.zeros(len(households))
    for amount, users in zip([*amounts, left], [*kinds, students], strict=True):
        total = float((here * users).sum())
        weight += users * (amount / total if total > 0 else 0.0)
    return weight


def _in_england(service: str) -> Callable[[Assessment], Received]:
    """A service whose total is England's alone: other nations' users are taken to receive what England's do."""

    def shared(assessment: Assessment) -> Received:
        households, key = assessment.population.households, services.KEYS[service]
        use = key.weight(assessment.population, assessment, YEAR_OF_TOTALS)
        here = float((households["weight"] * use * (households["nation"] == Nation.ENGLAND)).sum())
        each = services.total(service, YEAR_OF_TOTALS) / here if here > 0 else 0.0
        received = use * each
        amount = float((households["weight"] * received).sum())
        return Received(service, amount, received, f"{key.says}; outside England, as in England")

    return shared


def _railways(assessment: Assessment) -> Received:
    population, key = assessment.population, services.KEYS["railways"]
    use = key.weight(population, assessment, YEAR_OF_TOTALS) * (population.households["nation"] != Nation.NORTHERN_IRELAND)
    amount = services.total("railways", YEAR_OF_TOTALS)
    return Received("railways", amount, _spread(amount, use, population.households["weight"], use), f"{key.says}, in Great Britain")


_SHARED: dict[str, Callable[[Assessment], Received]] = {
    "health": _health,
    "education": _education,
    "social_care": _in_england("social_care"),
    "buses": _in_england("buses"),
    "railways": _railways,
}


def collective(assessment: Assessment) -> tuple[np.ndarray, np.ndarray]:
    """(households,) twice: what everyone shares at once, equally per person and in proportion to income. £ a year."""
    population = assessment.population
    weights = population.households["weight"]
    support = math.fsum(each.amount for each in in_kind(assessment) if each.service in ("buses", "railways"))
    spent = math.fsum(published_total(function) * current_share(function) for function in COLLECTIVE) - support
    people = services.by_household(population, np.ones(len(population.persons)))
    income = np.maximum(assessment["disposable_income"]["disposable_income"], 0.0)
    return _spread(spent, people, weights, people), _spread(spent, income, weights, people)
