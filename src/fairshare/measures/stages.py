"""Household income in the five stages of ONS, Effects of taxes and benefits: original, gross, disposable, post-tax and final.

Original income is what people are paid by others; cash benefits make it gross; direct taxes make it disposable; taxes in prices make
it post-tax; services at cost make it final. Tenths and fifths are of persons by equivalised disposable income. Unlike `disposable_income`,
which follows Households Below Average Income, ONS takes off neither pension contributions nor student loans.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from fairshare.assessment import Assessment
from fairshare.measures.distribution import Array, groups_of_equal_size
from fairshare.measures.inequality import gini
from fairshare.population.synthetic import figures
from fairshare.quantities import PERCENT
from fairshare.spending.functions import IN_KIND, YEAR_OF_TOTALS, collective, in_kind

STAGES = ("original", "gross", "disposable", "post_tax", "final")
FIFTHS = 5
TENTHS_IN_A_FIFTH = 2
PUBLISHED_YEAR = "2022-23"
OLDER_YEAR = "2016-17"


class Stages(NamedTuple):
    """(households,) £ a year each."""

    original: Array
    cash_benefits: Array
    gross: Array
    direct_taxes: Array
    disposable: Array
    indirect_taxes: Array
    post_tax: Array
    services: dict[str, Array]
    """Each service in kind at cost."""
    final: Array
    shared_equally: Array
    """What everyone shares at once, equally per person: beside final income, not in it."""
    shared_by_income: Array
    scale: Array
    people: Array
    weight: Array


def stages(assessment: Assessment) -> Stages:
    """The stages of every household under an assessment."""
    population, income = assessment.population, assessment["disposable_income"]
    households = population.households
    original = income["market_income"] + income["maintenance"]
    gross = original + income["benefits"]
    disposable = gross - income["taxes"]
    indirect = np.asarray(assessment["post_tax_income"]["indirect_taxes"])
    services = {each.service: each.per_household for each in in_kind(assessment)}
    equally, by_income = collective(assessment)
    return Stages(
        original=original,
        cash_benefits=np.asarray(income["benefits"]),
        gross=gross,
        direct_taxes=np.asarray(income["taxes"]),
        disposable=disposable,
        indirect_taxes=indirect,
        post_tax=disposable - indirect,
        services=services,
        final=disposable - indirect + np.sum(list(services.values()), axis=0),
        shared_equally=equally,
        shared_by_income=by_income,
        scale=np.asarray(income["equivalence_scale"]),
        people=(households["last_person"] - households["first_person"]).astype(float),
        weight=households["weight"].astype(float),
    )


def by_fifth(made: Stages, of_households: bool = False) -> list[dict[str, Any]]:
    """A row for each fifth of persons (or of households), lowest income first, and one for all: mean £ a household a year."""
    weight = made.weight if of_households else made.weight * made.people
    group = groups_of_equal_size(made.disposable / made.scale, weight, FIFTHS)
    names = {**{number: str(number) for number in range(1, FIFTHS + 1)}, 0: "all"}
    return [_row(made, names[number], group == number if number else np.ones(len(group), bool)) for number in names]


def _row(made: Stages, name: str, here: Array) -> dict[str, Any]:
    def mean(values: Array) -> float:
        return float(np.average(values[here], weights=made.weight[here]))

    row: dict[str, Any] = {"fifth": name}
    row |= {each: mean(getattr(made, each)) for each in ("original", "cash_benefits", "gross", "direct_taxes", "disposable")}
    row |= {"indirect_taxes": mean(made.indirect_taxes), "post_tax": mean(made.post_tax)}
    row |= {each: mean(made.services[each]) for each in IN_KIND}
    row["benefits_in_kind"] = sum(row[each] for each in IN_KIND)
    row["final"] = mean(made.final)
    return row | {"shared_equally": mean(made.shared_equally), "shared_by_income": mean(made.shared_by_income)}


def ginis(made: Stages) -> dict[str, float]:
    """The Gini coefficient (0 to 1) of each stage, of persons by equivalised income."""
    return {each: gini(getattr(made, each) / made.scale, made.weight * made.people) for each in STAGES}


# ---- beside what ONS publishes ---------------------------------------------------------------------------------------


class Beside(NamedTuple):
    """The model's figure beside a published one."""

    what: str
    model: float
    published: float
    unit: str
    period: str
    gap: float
    """In the unit for a coefficient; a share of the published figure for money."""


def compared(made: Stages, year: str = YEAR_OF_TOTALS) -> list[Beside]:
    """Coefficients and incomes of 2022-23, and the shape of each stage by fifth in 2016-17 (each fifth over the mean of all)."""
    known = {(row["measure"], row["tenth"]): float(row["value"]) for row in figures.rows("effects_of_taxes")}
    growth = _earnings(year) / _earnings(PUBLISHED_YEAR)
    found = [_coefficient(made, stage, known[name, ""] / PERCENT) for stage, name in (("original", "gini_orig"), ("final", "gini_final"))]
    fifth = groups_of_equal_size(made.disposable / made.scale, made.weight * made.people, FIFTHS)
    for stage, short in (("original", "orig"), ("final", "final")):
        for number, name in ((1, "q1"), (FIFTHS, "q5")):
            here = fifth == number
            weight = (made.weight * made.people)[here]
            model = float(np.average((getattr(made, stage) / made.scale)[here], weights=weight))
            published = known[f"{short}_{name}", ""] * growth
            what = f"mean equivalised {stage} income, {'lowest' if number == 1 else 'highest'} fifth of people"
            found.append(Beside(what, model, published, "£ a year", f"{PUBLISHED_YEAR}, with earnings to {year}", model / published - 1))
    return found + _shapes(made, known)


def _coefficient(made: Stages, stage: str, published: float) -> Beside:
    model = ginis(made)[stage]
    return Beside(f"Gini coefficient of {stage} income", model, published, "0 to 1", PUBLISHED_YEAR, model - published)


def _shapes(made: Stages, known: dict[tuple[str, str], float]) -> list[Beside]:
    """Each fifth of households over all, for every stage and the services that both have."""
    rows = by_fifth(made, of_households=True)
    found = []
    for what in (*STAGES, "benefits_in_kind", "health", "education", "cash_benefits", "indirect_taxes"):
        for number in range(1, FIFTHS + 1):
            tenths = [known[what, str(TENTHS_IN_A_FIFTH * number - step)] for step in range(TENTHS_IN_A_FIFTH)]
            published = sum(tenths) / len(tenths) / known[what, "all"]
            model = rows[number - 1][what] / rows[-1][what]
            says = f"{what.replace('_', ' ')}, fifth {number} over all households"
            found.append(Beside(says, model, published, "ratio", OLDER_YEAR, model / published - 1))
    return found


def _earnings(year: str) -> float:
    return next(float(row["value"]) for row in figures.rows("uprating") if row["index"] == "earnings" and row["year"] == year)
