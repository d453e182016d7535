"""Public spending by function: what was spent, in which nation or region, and who is taken to receive it.

The newest total of each function is HM Treasury's; where it was spent follows its analysis by nation and region, two years older. What
one person or household uses is shared by a key of use. What everyone shares at once (defence, courts, the environment) has no users to
count: it is kept apart, and shown under two keys that give opposite answers.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from fairshare.assessment import Assessment
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


class Rates(NamedTuple):
    """What a unit of use costs: from a whole country, to be laid on any household in it."""

    learner: np.ndarray
    """(3,) £ for a pupil, a child under five and a student, in England."""
    by_service: dict[str, np.ndarray]
    """(regions,) £ a year for each unit of the service's key."""
    amounts: dict[str, float]


def in_kind(assessment: Assessment) -> list[Received]:
    """Every service in kind, shared among the households of a whole country."""
    found = rates(assessment)
    shared = received(assessment, found)
    return [Received(name, found.amounts[name], shared[name], KEYS[name]) for name in IN_KIND]


def received(assessment: Assessment, found: Rates) -> dict[str, np.ndarray]:
    """(households,) each: what households receive of every service at a country's rates, £ a year at cost."""
    region = assessment.population.households["region"]
    return {name: _use(name, assessment, found.learner) * found.by_service[name][region] for name in IN_KIND}


def rates(assessment: Assessment) -> Rates:
    """The cost of a unit of each service, from a population that stands for the whole country."""
    learner = _learner_costs(assessment)
    uses = {name: _use(name, assessment, learner) for name in IN_KIND}
    found = {name: _rates_by_place(name, assessment, uses[name]) for name in ("health", "education")}
    found |= {name: _rates_of_england(name, assessment, uses[name]) for name in ("social_care", "buses")}
    found["railways"] = _one_rate(services.total("railways", YEAR_OF_TOTALS), assessment, uses["railways"])
    households = assessment.population.households
    amounts = {name: math.fsum(households["weight"] * uses[name] * found[name][households["region"]]) for name in IN_KIND}
    return Rates(learner, found, amounts)


KEYS = {
    "health": f"{services.KEYS['health'].says}, in each nation and region",
    "education": "among pupils, students and children under five, as spending is shared among schools, colleges and early years in England",
    "social_care": f"{services.KEYS['social_care'].says}; outside England, as in England",
    "buses": f"{services.KEYS['buses'].says}; outside England, as in England",
    "railways": f"{services.KEYS['railways'].says}, in Great Britain",
}
"""How each service is shared, in words."""


def _use(service: str, assessment: Assessment, learner: np.ndarray) -> np.ndarray:
    """(households,) how much of a service each uses, in the units of its key."""
    population = assessment.population
    if service == "education":
        return np.asarray(learners(assessment) @ learner)
    use = services.KEYS[service].weight(population, assessment, YEAR_OF_TOTALS)
    outside = (service == "railways") & (population.households["nation"] == Nation.NORTHERN_IRELAND)
    return np.where(outside, 0.0, use)


def learners(assessment: Assessment) -> np.ndarray:
    """(households, 3): pupils in school, children under five by their weight, and students after school."""
    population = assessment.population
    stage = population.persons["education"]
    pupils, young = (services.KEYS[name].weight(population, assessment, YEAR_OF_TOTALS) for name in ("schools", "early_years"))
    students = services.by_household(population, (stage == Education.FURTHER) | (stage == Education.HIGHER))
    return np.column_stack([pupils, young, students])


def _learner_costs(assessment: Assessment) -> np.ndarray:
    """(3,) what a learner costs: England's published spending on schools and on early years by head, and what is left of its
    education by each student after school. They set the shares of learners; the level is that of the function in each place."""
    households = assessment.population.households
    here = households["weight"] * (households["nation"] == Nation.ENGLAND)
    amounts = [services.total(name, YEAR_OF_TOTALS) for name in ("schools", "early_years")]
    england = math.fsum(by_place("education")[name] for region, name in REGION_NAMES.items() if region < Region.WALES)
    amounts.append(max(england * current_share("education") - math.fsum(amounts), 0.0))
    heads = here @ learners(assessment)
    return np.divide(amounts, heads, out=np.zeros(len(amounts)), where=heads > 0)


def _one_rate(amount: float, assessment: Assessment, use: np.ndarray) -> np.ndarray:
    """(regions,) the same rate everywhere; nothing where nobody uses it."""
    total = float((assessment.population.households["weight"] * use).sum())
    return np.full(len(REGION_NAMES), amount / total if total > 0 else 0.0)


def _rates_of_england(service: str, assessment: Assessment, use: np.ndarray) -> np.ndarray:
    """A service whose total is England's alone: other nations' users are taken to receive what England's do."""
    here = use * (assessment.population.households["nation"] == Nation.ENGLAND)
    return _one_rate(services.total(service, YEAR_OF_TOTALS), assessment, here)


def _rates_by_place(function: str, assessment: Assessment, use: np.ndarray) -> np.ndarray:
    """Each nation and region's own spending over its own use; the UK's own part, and that of a place without users, everywhere."""
    households, current = assessment.population.households, current_share(function)
    used = np.bincount(households["region"], households["weight"] * use, len(REGION_NAMES))
    spent = np.array([by_place(function)[REGION_NAMES[region]] for region in sorted(REGION_NAMES)]) * current
    elsewhere = by_place(function)[WHOLE] * current + float(spent[used <= 0].sum())
    return np.divide(spent, used, out=np.zeros(len(spent)), where=used > 0) + _one_rate(elsewhere, assessment, use)


def _spread(amount: float, keys: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(households,) an amount shared in proportion to a key; nothing where nobody has any."""
    total = float((weights * keys).sum())
    return keys * (amount / total) if total > 0 else np.zeros(len(weights))


def collective(assessment: Assessment) -> tuple[np.ndarray, np.ndarray]:
    """(households,) twice: what everyone shares at once, equally per person and in proportion to income. £ a year."""
    population = assessment.population
    weights = population.households["weight"]
    support = math.fsum(each.amount for each in in_kind(assessment) if each.service in ("buses", "railways"))
    spent = math.fsum(published_total(function) * current_share(function) for function in COLLECTIVE) - support
    people = services.by_household(population, np.ones(len(population.persons)))
    income = np.maximum(assessment["disposable_income"]["disposable_income"], 0.0)
    return _spread(spent, people, weights), _spread(spent, income, weights)
