"""Household income in the five stages of ONS, Effects of taxes and benefits: original, gross, disposable, post-tax and final.

Original income is what people are paid by others; cash benefits make it gross; direct taxes make it disposable; taxes in prices make
it post-tax; services at cost make it final. Tenths and fifths are of persons by equivalised disposable income. Unlike `disposable_income`,
which follows Households Below Average Income, ONS takes off neither pension contributions nor student loans.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from fairshare.assessment import Assessment
from fairshare.measures import disclosure
from fairshare.measures.distribution import Array, groups_of_equal_size, weighted_quantile
from fairshare.measures.inequality import gini
from fairshare.population.synthetic import figures
from fairshare.quantities import PERCENT
from fairshare.spending.functions import IN_KIND, YEAR_OF_TOTALS, collective, in_kind
from fairshare.spending.taxes_in_prices import taxes_in_prices

STAGES = ("original", "gross", "disposable", "post_tax", "final")
FIFTHS = 5
TENTHS_IN_A_FIFTH = 2
OLDER_YEAR = "2016-17"
BEYOND_ONS = ("social_care",)
"""Services counted here that ONS does not count: figures beside its own leave them out."""
BEYOND_US = ("housing_subsidy", "school_meals")
"""Services that ONS counted in 2016-17 and the model does not: they are taken off ONS's figures."""


class Stages(NamedTuple):
    """(households,) £ a year each."""

    original: Array
    cash_benefits: Array
    gross: Array
    direct_taxes: Array
    disposable: Array
    indirect_taxes: Array
    """Taxes in prices, at the part of receipts that households bear; with those that firms pay and pass on."""
    passed_on: Array
    """Of which paid by firms and passed on in prices."""
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
    """The stages of every household under an assessment. Raises Fault for a licensed survey of too few records."""
    disclosure.refuse_small(assessment.population)
    population, income = assessment.population, assessment["disposable_income"]
    households = population.households
    original = income["market_income"] + income["maintenance"]
    gross = original + income["benefits"]
    disposable = gross - income["taxes"]
    in_prices, passed_on = taxes_in_prices(assessment)
    indirect = in_prices + passed_on
    services = {each.service: each.per_household for each in in_kind(assessment)}
    equally, by_income = collective(assessment)
    return Stages(
        original=original,
        cash_benefits=np.asarray(income["benefits"]),
        gross=gross,
        direct_taxes=np.asarray(income["taxes"]),
        disposable=disposable,
        indirect_taxes=indirect,
        passed_on=passed_on,
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
    row |= {each: mean(getattr(made, each)) for each in ("indirect_taxes", "passed_on", "post_tax")}
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


def as_ons_counts(made: Stages) -> Stages:
    """The stages without the services that ONS leaves out of final income."""
    services = {name: amount for name, amount in made.services.items() if name not in BEYOND_ONS}
    left_out = np.sum([made.services[name] for name in BEYOND_ONS], axis=0)
    return made._replace(services={**services, **{name: np.zeros(len(left_out)) for name in BEYOND_ONS}}, final=made.final - left_out)


def compared(made: Stages, year: str = YEAR_OF_TOTALS) -> list[Beside]:
    """The newest published coefficients, incomes, limits of fifths and shares of taxes, moved with earnings to the year; and the shape
    of each stage by fifth in 2016-17 (each fifth over the mean of all)."""
    made = as_ons_counts(made)
    newest = {(row["measure"], row["tenth"]): (float(row["value"]), row["period"]) for row in figures.rows("effects_of_taxes")}
    people = made.weight * made.people
    fifth = groups_of_equal_size(made.disposable / made.scale, people, FIFTHS)
    found = []
    for stage, name in (("original", "gini_orig"), ("final", "gini_final")):
        value, period = newest[name, ""]
        model = ginis(made)[stage]
        found.append(Beside(f"Gini coefficient of {stage} income", model, value / PERCENT, "0 to 1", period, model - value / PERCENT))
    for stage, short in (("original", "orig"), ("final", "final")):
        for number, name in ((1, "lowest"), (FIFTHS, "highest")):
            here = fifth == number
            model = float(np.average((getattr(made, stage) / made.scale)[here], weights=people[here]))
            value, period = newest[f"{short}_q{number}", ""]
            found.append(_moved(f"mean equivalised {stage} income, {name} fifth of people", model, value, period, year))
    for number in range(1, FIFTHS):
        model = weighted_quantile(made.disposable / made.scale, people, number / FIFTHS)
        found.append(_moved(f"upper limit of fifth {number} of people", model, *newest["upper_limit", str(number)], year))
    for number in range(1, FIFTHS + 1):
        weight = people * (fifth == number)
        model = PERCENT * float((weight * (made.direct_taxes + made.indirect_taxes)).sum() / (weight * made.gross).sum())
        value, period = newest["taxes_of_gross", str(number)]
        found.append(Beside(f"all taxes of gross income, fifth {number} of people", model, value, "%", period, model / value - 1))
    return found + _shapes(made, {key: value for key, (value, _) in newest.items()})


def _moved(what: str, model: float, value: float, period: str, year: str) -> Beside:
    """A published sum of money of an earlier year, moved with earnings to the year shown."""
    published = value * _earnings(year) / _earnings(period)
    return Beside(what, model, published, "£ a year", f"{period}, with earnings to {year}", model / published - 1)


def _shapes(made: Stages, known: dict[tuple[str, str], float]) -> list[Beside]:
    """Each fifth of households over all, for every stage and the services that both have."""
    rows = by_fifth(made, of_households=True)
    found = []
    for what in (*STAGES, "benefits_in_kind", "health", "education", "cash_benefits", "indirect_taxes"):
        for number in range(1, FIFTHS + 1):
            tenths = [_published(known, what, str(TENTHS_IN_A_FIFTH * number - step)) for step in range(TENTHS_IN_A_FIFTH)]
            published = sum(tenths) / len(tenths) / _published(known, what, "all")
            model = rows[number - 1][what] / rows[-1][what]
            says = f"{what.replace('_', ' ')}, fifth {number} over all households"
            found.append(Beside(says, model, published, "ratio", OLDER_YEAR, model / published - 1))
    return found


def _published(known: dict[tuple[str, str], float], what: str, tenth: str) -> float:
    """What ONS gives for a tenth, £ a household, without the services that the model does not count."""
    left_out = sum(known[name, tenth] for name in BEYOND_US) if what in ("benefits_in_kind", "final") else 0.0
    return known[what, tenth] - left_out


def _earnings(year: str) -> float:
    return next(float(row["value"]) for row in figures.rows("uprating") if row["index"] == "earnings" and row["year"] == year)
