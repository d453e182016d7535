"""How people may respond to a tax, as published studies give it: a range, off unless a scenario names it.

The static result always stands first; a response only adds a second figure for revenue beside it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import folder
from fairshare.assessment import Assessment
from fairshare.quantities import PERCENT
from fairshare.reading import read
from fairshare.spending.services import by_household

LEVELS = ("low", "central", "high")
SMALLEST_KEPT = 1e-6


class Response(NamedTuple):
    """Revenue of a tax without and with the response a scenario names, £ a year, and the range of the study."""

    tax: str
    level: str
    says: str
    source: str
    static: float
    """What the tax raises when nobody changes what they do."""
    after: float
    """What it raises with the response at the level that the scenario names."""
    low: float
    high: float
    """The least and the most it raises over the study's range."""

    @property
    def lost(self) -> float:
        return self.static - self.after


def responses(behaviour: dict[str, str], baseline: Assessment, reform: Assessment) -> list[Response]:
    """The responses that a scenario names, worked on the reform's assessment beside the baseline's."""
    return [WORKED[name](level, baseline, reform) for name, level in behaviour.items()]


@cache
def study(name: str, part: str = "base_response") -> dict[str, Any]:
    """What a behaviour file says of one response: says, unit, source, low, central, high."""
    document = read(folder("parameters") / "behaviour" / f"{name}.yaml")
    found: dict[str, Any] = document.data[part]
    return found


def _wealth_tax(level: str, baseline: Assessment, assessment: Assessment) -> Response:
    """Each household's tax falls by the study's part for each percentage point of the highest rate it reaches."""
    about = study("wealth_tax")
    static = assessment.population.households["weight"] * assessment["wealth_tax"]["wealth_tax"]
    points = PERCENT * highest_rate(assessment)
    raised = {each: float((static * (1.0 - about[each]) ** points).sum()) for each in LEVELS}
    ends = sorted(raised.values())
    return Response("wealth_tax", level, about["says"], about["source"], float(static.sum()), raised[level], ends[0], ends[-1])


KINDS = ("concealed", "leaving", "avoided")


def _wealth_tax_by_kind(level: str, baseline: Assessment, assessment: Assessment) -> Response:
    """Each household's tax falls by what is concealed, and for each point of the rate by what leaves and what is avoided."""
    concealed, leaving, avoided = (study("wealth_tax_by_kind", kind) for kind in KINDS)
    static = assessment.population.households["weight"] * assessment["wealth_tax"]["wealth_tax"]
    points = PERCENT * highest_rate(assessment)
    raised = {
        each: float((static * (1.0 - concealed[each]) * ((1.0 - leaving[each]) * (1.0 - avoided[each])) ** points).sum()) for each in LEVELS
    }
    ends = sorted(raised.values())
    says = "What is concealed, what leaves and what is avoided, each by its own study or assumption"
    sources = "; ".join(each["source"] for each in (concealed, leaving, avoided))
    return Response("wealth_tax", level, says, sources, float(static.sum()), raised[level], ends[0], ends[-1])


def highest_rate(assessment: Assessment) -> np.ndarray:
    """(households,) the highest rate of wealth tax that the household, or its richest owner or couple, reaches."""
    population, law = assessment.population, assessment.law.values["wealth_tax"]
    base = assessment["wealth_tax"]["taxable_wealth"]
    if law.per_person > 0.0 or law.per_couple > 0.0:
        shares = population.persons["wealth_share"]
        owned = by_household(population, shares)
        first = population.households["first_person"]
        if law.per_person <= 0.0:
            unit = population.persons["benefit_unit"]
            shares, first = np.bincount(unit, shares), population.households["first_benefit_unit"]
        richest = np.maximum.reduceat(shares, first)
        base = base * np.divide(richest, owned, out=np.ones(len(base)), where=owned > 0.0)
    limits = np.array([band.above for band in law.bands])
    rates = np.array([band.rate for band in law.bands])
    return np.asarray(rates[np.searchsorted(limits, base, side="left").clip(1) - 1])


def _capital_gains_tax(level: str, baseline: Assessment, reform: Assessment) -> Response:
    """Each person's gains move with the part of the last pound that is kept, to the power of the study's elasticity."""
    about = study("capital_gains_tax")
    static = reform.population.person_weight * reform["capital_gains_tax"]["capital_gains_tax"]
    kept = (1.0 - rate_on_gains(reform)) / np.maximum(1.0 - rate_on_gains(baseline), SMALLEST_KEPT)
    raised = {each: float((static * kept ** about[each]).sum()) for each in LEVELS}
    ends = sorted(raised.values())
    return Response("capital_gains_tax", level, about["says"], about["source"], float(static.sum()), raised[level], ends[0], ends[-1])


def rate_on_gains(assessment: Assessment) -> np.ndarray:
    """(persons,) the rate that the last pound of each person's gains bears; nothing where none is taxed."""
    law, lines = assessment.law.values["capital_gains_tax"], assessment["capital_gains_tax"]
    basic = np.where(lines["at_basic_rate"] > 0.0, law.basic_rate, 0.0)
    return np.asarray(np.where(lines["at_higher_rate"] > 0.0, law.higher_rate, basic))


WORKED = {"wealth_tax": _wealth_tax, "wealth_tax_by_kind": _wealth_tax_by_kind, "capital_gains_tax": _capital_gains_tax}
