"""A wealth tax seen four ways: its ranges in one order, shares of wealth before and after, wealth and tax by age, place and ethnic group,
and what changes by income and wealth at once.

Groups are of households, by their wealth or by the person the record names first. Nobody's wealth grows by what the money is used for.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fairshare.measures.distribution import MINIMUM_RECORDS, Array, groups_of_equal_size, loses
from fairshare.measures.households import Households
from fairshare.measures.uncertainty import TWO_SIDED_95, standard_error_of_total
from fairshare.measures.wealth_path import Owners, growth
from fairshare.parameters import parameters
from fairshare.quantities import PERCENT, REGION_NAMES, Ethnicity

Row = dict[str, Any]
SEED_NOISE, TAIL, RESPONSE = "Seed noise", "How steep the tail is", "What people do in response"
HUNDRED, FIFTHS = 100, 5
AGES = (("Under 35", 0), ("35 to 49", 35), ("50 to 64", 50), ("65 to 74", 65), ("75 and over", 75))
ETHNIC_GROUPS = {
    Ethnicity.WHITE: "White",
    Ethnicity.MIXED: "Mixed or multiple",
    Ethnicity.ASIAN: "Asian or Asian British",
    Ethnicity.BLACK: "Black, Black British, Caribbean or African",
    Ethnicity.OTHER: "Other",
    Ethnicity.UNKNOWN: "Not said",
}


def tax_of(homes: Households) -> Array:
    """(households,) what each owes more in wealth tax under the proposal, £ a year."""
    before, after = (side["wealth_tax"]["wealth_tax"][homes.rows] for side in (homes.run.baseline, homes.run.reform))
    return np.asarray(after - before, float)


def ranges(homes: Households, by_tail: list[Row]) -> list[Row]:
    """What the tax raises over each kind of range: chance in the records, then the steepness of the tail, then the response."""
    tax, weight = tax_of(homes), homes.weight
    raised, error = float((tax * weight).sum()), standard_error_of_total(tax, weight)
    tails = [row["raised"] for row in by_tail]
    found = [each for each in getattr(homes.run, "responses", ()) or () if each.tax == "wealth_tax"]
    rows = [(SEED_NOISE, max(raised - TWO_SIDED_95 * error, 0.0), raised + TWO_SIDED_95 * error), (TAIL, min(tails), max(tails))]
    rows += [(RESPONSE, min(each.low, each.high), max(each.low, each.high)) for each in found] or [(RESPONSE, None, None)]
    return [{"range": name, "raised": raised, "low": low, "high": high} for name, low, high in rows]


def shares(homes: Households) -> list[Row]:
    """Shares of all net wealth: today, after a year of the tax, and after ten, of those who are the wealthiest today."""
    weight, wealth, run = homes.weight, homes.net_wealth, homes.run
    hundredth = groups_of_equal_size(wealth, weight, HUNDRED)
    years = int(parameters("wealth_path")["years"].in_year(run.year).value)
    rise = growth(run.year)["central"]
    owners = Owners(homes, run.reform.law.values["wealth_tax"])  # type: ignore[attr-defined]
    grown = wealth * (1.0 + rise) ** years
    later = grown - owners.lost(rise, years, len(homes.population.households))[homes.rows]
    groups = (
        ("Wealthiest hundredth", hundredth == HUNDRED),
        ("Wealthiest tenth", hundredth > 90),
        ("Next four tenths", (hundredth > 50) & (hundredth <= 90)),
        ("Lower half", hundredth <= 50),
    )
    sides = {"before_pct": wealth, "after_a_year_pct": wealth - tax_of(homes), "after_ten_years_pct": later}
    return [{"group": name} | {column: _part(who, values, weight) for column, values in sides.items()} for name, who in groups]


def _part(who: Array, values: Array, weight: Array) -> float:
    return PERCENT * float((weight * values)[who].sum() / (weight * values).sum())


def by_group(homes: Households) -> list[Row]:
    """Wealth and tax by the age of the person named first, by region, and by that person's ethnic group."""
    first = homes.of_household("first_person")
    persons = homes.population.persons
    age, ethnicity, region = persons["age"][first], persons["ethnicity"][first], homes.of_household("region")
    age_group = np.searchsorted([start for _, start in AGES], age, side="right") - 1
    chosen = [("Age", name, age_group == i) for i, (name, _) in enumerate(AGES)]
    chosen += [("Region or nation", name, region == code) for code, name in sorted(REGION_NAMES.items())]
    chosen += [("Ethnic group", name, ethnicity == code) for code, name in ETHNIC_GROUPS.items()]
    weight, wealth, tax = homes.weight, homes.net_wealth, tax_of(homes)
    whole, raised = float((weight * wealth).sum()), float((weight * tax).sum())
    rows: list[Row] = []
    for kind, name, who in chosen:
        records = int(who.sum())
        if not records:
            continue
        row: Row = {"kind": kind, "group": name, "records": records, "shown": records >= MINIMUM_RECORDS}
        if row["shown"]:
            owned, owed = float((weight * wealth)[who].sum()), float((weight * tax)[who].sum())
            row |= {
                "households": float(weight[who].sum()),
                "mean_wealth": owned / float(weight[who].sum()),
                "share_of_wealth_pct": PERCENT * owned / whole,
                "tax": owed,
                "share_of_tax_pct": PERCENT * owed / raised if raised else None,
                "tax_of_wealth_pct": PERCENT * owed / owned if owned > 0.0 else None,
            }
        rows.append(row)
    return rows


def by_income_and_wealth(homes: Households) -> list[Row]:
    """Fifths by income and by wealth at once: what changes for households that are in both."""
    income, wealth = homes.income_groups(FIFTHS), homes.wealth_groups(FIFTHS)
    rows: list[Row] = []
    for i in range(1, FIFTHS + 1):
        for j in range(1, FIFTHS + 1):
            who = (income == i) & (wealth == j)
            records, weight = int(who.sum()), homes.weight[who]
            row: Row = {"income_fifth": i, "wealth_fifth": j, "records": records, "shown": records >= MINIMUM_RECORDS}
            if row["shown"]:
                row |= {
                    "households": float(weight.sum()),
                    "mean_change": float((weight * homes.change[who]).sum() / weight.sum()),
                    "lose_pct": PERCENT * float(weight[loses(homes.change[who])].sum() / weight.sum()),
                }
            rows.append(row)
    return rows
