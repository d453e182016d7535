"""Capital gains, loans and wealth."""

from __future__ import annotations

import numpy as np

from fairshare.population.measured.kinds import Array, Measure, Once, Part, Quantile, Total
from fairshare.population.measured.records import SURVEY_OF_WEALTH, Records
from fairshare.population.measured.table import measures
from fairshare.population.published import Row
from fairshare.population.synthetic import figures as f

LEAST_GAIN = {"2023-24": 6_000.0}
"""£: gains that HMRC counts are those above what is exempt in the year; £3,000 since 2024-25."""


@measures("taxpayer_count")
def _people_with_gains(r: Records, row: Row) -> Measure | None:
    if row.of("population") != "individuals":
        return None
    return Total(r.of_persons(r.persons["capital_gains"] > LEAST_GAIN.get(r.year, 3_000.0)))


@measures("chargeable_gains")
def _gains(r: Records, row: Row) -> Measure | None:
    if row.of("population") != "individuals":
        return None
    gains = r.persons["capital_gains"]
    return Total(r.of_persons(gains * (gains > LEAST_GAIN.get(r.year, 3_000.0))))


@measures("household_secured_liabilities")
def _loans(r: Records, row: Row) -> Measure | None:
    return Total(r.of_homes(r.homes["mortgage_debt"]))


@measures("total_wealth")
def _total_wealth(r: Records, row: Row) -> Measure | None:
    return Total(r.of_homes(r.wealth_then))


@measures("total_wealth_percentile")
def _wealth_percentile(r: Records, row: Row) -> Measure | None:
    return Quantile(r.wealth_then, r.home_weight, r.home_council, float(row.of("percentile") or 50) / 100)


COMPONENTS = {
    "net property": (("main_home_wealth", "other_property_wealth"), ("mortgage_debt",)),
    "private pension": (("pension_wealth",), ()),
    "net financial": (("financial_wealth",), ("debts",)),
    "physical": (("physical_wealth",), ()),
}


@measures("wealth_component_share")
def _component_share(r: Records, row: Row) -> Measure | None:
    """Of the survey's four components; business assets are in none of them."""
    if row.of("component") not in COMPONENTS:
        return None
    added, taken = COMPONENTS[row.of("component") or ""]
    part = np.zeros(len(r.homes))
    for name in added:
        part += r.homes[name]
    for name in taken:
        part -= r.homes[name]
    return Part(r.of_homes(part), r.of_homes(r.net_wealth - r.homes["business_wealth"]))


@measures("wealth_of_tenth")
def _wealth_of_tenth(r: Records, row: Row) -> Measure | None:
    tenth = int(row.of("tenth") or 0)
    return Once(lambda here: _between(r, here, (tenth - 1) / 10, tenth / 10))


@measures("wealth_top_share")
def _top_share(r: Records, row: Row) -> Measure | None:
    top = float(row.of("top") or 0) / 100

    def work(here: Array) -> float | None:
        held = _between(r, here, 0.0, 1.0)
        return _between(r, here, 1 - top, 1.0) / held if held else None

    return Once(work)


def _between(r: Records, here: Array, low: float, high: float) -> float:
    """£ of net wealth (in the survey's prices) of households from one place to another in its order."""
    rows = here[r.home_council]
    wealth, weight = r.wealth_then[rows], r.home_weight[rows]
    order = np.argsort(wealth, kind="stable")
    ends = np.cumsum(weight[order]) / weight.sum()
    starts = np.concatenate(([0.0], ends[:-1]))
    inside_part = np.clip((np.minimum(ends, high) - np.maximum(starts, low)) / np.maximum(ends - starts, 1e-15), 0.0, 1.0)
    return float((wealth[order] * weight[order] * inside_part).sum())


@measures("wealth_gini")
def _wealth_gini(r: Records, row: Row) -> Measure | None:
    def work(here: Array) -> float | None:
        rows = here[r.home_council]
        wealth, weight = r.wealth_then[rows], r.home_weight[rows]
        if not float(wealth @ weight):
            return None
        order = np.argsort(wealth, kind="stable")
        people = np.concatenate(([0.0], np.cumsum(weight[order]) / weight.sum()))
        held = np.concatenate(([0.0], np.cumsum((wealth * weight)[order]) / float(wealth @ weight)))
        return float(1 - np.sum(np.diff(people) * (held[1:] + held[:-1])))

    return Once(work)


@measures("individuals_above")
def _individuals_above(r: Records, row: Row) -> Measure | None:
    """Persons whose own part of the household's net wealth exceeds the amount, in the prices of the row's year."""
    amount = float(row.of("above") or 0) * f.uprating("cpi", SURVEY_OF_WEALTH, r.year)
    own = r.net_wealth[r.persons["household"]] * r.persons["wealth_share"]
    return Total(r.of_persons(own > amount))
