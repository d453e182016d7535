"""From a run to tidy tables: lists of rows, each column's unit and meaning in COLUMNS, and the headline figures.

A row that rests on too few records says `shown: False` and holds nothing but its name and its count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import Area, areas, find_area
from fairshare.measures import (
    budget,
    disclosure,
    distribution,
    fund,
    hardship,
    inequality,
    poverty,
    wealth_groups,
    wealth_path,
    wealth_tail,
)
from fairshare.measures import property as of_homes
from fairshare.measures.distribution import MINIMUM_RECORDS, Array, Groups, change_by_group, grade
from fairshare.measures.households import FamilyType, Households, RunLike
from fairshare.measures.uncertainty import (
    Kind,
    ModelError,
    Range,
    from_model_error,
    limits,
    model_errors,
    no_range,
    noise,
)
from fairshare.quantities import REGION_NAMES, WEEKS_IN_YEAR, Tenure

Row = dict[str, Any]
Table = list[Row]


class Column(NamedTuple):
    """A column's unit and what it holds."""

    unit: str
    meaning: str


def _group_columns(name: str, meaning: str) -> dict[str, Column]:
    return {
        name: Column("name", meaning),
        "records": Column("records", "household records the row rests on"),
        "effective_records": Column("records", "records of equal weight that would tell as much"),
        "grade": Column("good, medium, weak, not shown or not known", "how far the row can be relied on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "households": Column("households", "households in the population"),
        "mean_before": Column("£ a year", "mean disposable income under today's law"),
        "mean_change": Column("£ a year", "mean change in income after every tax, those in prices and on gains too"),
        "mean_change_a_week": Column("£ a week", "mean change in income after every tax"),
        "change_pct": Column("%", "change in income after every tax, as a part of disposable income under today's law"),
        "gain_pct": Column("% of households", "better off by more than £1 a week"),
        "lose_pct": Column("% of households", "worse off by more than £1 a week"),
        "same_pct": Column("% of households", "within £1 a week of today"),
        "mean_services": Column("£ a year", "mean change in services received, at cost"),
        "mean_low": Column("£ a year", "lower end of the seed noise of mean_change"),
        "mean_high": Column("£ a year", "upper end of the seed noise of mean_change"),
    }


COLUMNS: dict[str, dict[str, Column]] = {
    "by_income_tenth": _group_columns("tenth", "tenth of persons by equivalised disposable income under today's law, 1 lowest"),
    "by_wealth_tenth": _group_columns("tenth", "tenth of households by net wealth, 1 lowest"),
    "by_region": _group_columns("region", "region of England, or nation"),
    "by_tenure": _group_columns("tenure", "whether the home is owned or rented"),
    "by_family_type": _group_columns("family_type", "kind of household by the families in it"),
    "by_council": {
        "code": Column("GSS code", "council area"),
        **_group_columns("council", "name of the council area"),
        "region": Column("name", "region of England, or nation"),
        "known": Column(
            "true or false", "false where the change comes from very wealthy households, who are too few in one council to know"
        ),
    },
    "gainers_losers": {
        "band": Column("name", "size of the change in income after every tax"),
        "low": Column("£ a week", "lower bound of the band; nothing where it has none"),
        "high": Column("£ a week", "upper bound of the band; nothing where it has none"),
        "households": Column("households", "households in the band"),
        "pct": Column("% of households", "households in the band"),
    },
    "budget": {
        "item": Column("name", "tax, benefit or use of the money"),
        "kind": Column("tax, benefit, repayment or use", "what it is"),
        "tier": Column("name", "who raises or pays it"),
        "payer": Column("name", "who pays a tax; whom a benefit or use goes to"),
        "before": Column("£ a year", "under today's law"),
        "after": Column("£ a year", "under the proposal"),
        "change": Column("£ a year", "after less before"),
        "to_the_purse": Column("£ a year", "how much better off the public purse is"),
    },
    "budget_by_tier": {
        "tier": Column("name", "a government, or councils together"),
        "to_the_purse": Column("£ a year", "how much better off it is before the uses of the money"),
    },
    "inequality": {
        "measure": Column("name", "measure of inequality of persons' equivalised disposable income before housing costs, or of wealth"),
        "before": Column("see measure", "under today's law"),
        "after": Column("see measure", "under the proposal"),
        "change": Column("see measure", "after less before"),
        "low": Column("see measure", "lower end of the seed noise of the change; nothing where it is not worked"),
        "high": Column("see measure", "upper end of the seed noise of the change"),
    },
    "poverty": {
        "measure": Column("name", "what is counted as poverty"),
        "group": Column("name", "persons counted"),
        "housing_costs": Column("before or after", "whether income is counted before or after housing costs"),
        "line": Column("£ a year", "line for a couple without children, under the proposal where the line moves"),
        "before_pct": Column("% of the group", "below the line under today's law"),
        "after_pct": Column("% of the group", "below the line under the proposal"),
        "change_points": Column("percentage points", "after less before"),
        "before_people": Column("people", "below the line under today's law"),
        "change_people": Column("people", "after less before"),
    },
    "hardship": {
        "measure": Column("name", "what is counted"),
        "before_pct": Column("%", "under today's law"),
        "after_pct": Column("%", "under the proposal"),
        "change_points": Column("percentage points", "after less before"),
    },
    "homes_by_value": {
        "homes": Column("name", "fifths of homes lived in by value, the most valuable tenth, and homes where nobody usually lives"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "number": Column("homes", "homes in the row"),
        "lowest_value": Column("£", "value of the least valuable of them"),
        "before": Column("£ a year", "charged on them today less support, whoever pays it"),
        "after": Column("£ a year", "charged on them under the proposal less support"),
        "change": Column("£ a year", "after less before"),
        "mean_change": Column("£ a year", "change for each home"),
        "share_of_change_pct": Column("%", "their part of the whole change"),
        "pct_of_value_before": Column("% of value", "what is charged today as a part of what they are worth"),
        "pct_of_value_after": Column("% of value", "what is charged under the proposal as a part of what they are worth"),
    },
    "homes_by_council": {
        "code": Column("GSS code", "council area"),
        "council": Column("name", "name of the council area"),
        "region": Column("name", "region of England, or nation"),
        "records": Column("records", "records of households the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "before": Column("£ a year", "taxes on homes there less support today, for all bodies that share them"),
        "after": Column("£ a year", "the same under the proposal"),
        "change": Column("£ a year", "after less before"),
        "change_pct": Column("%", "change as a part of today's"),
    },
    "funding_by_council": {
        "code": Column("GSS code", "council area"),
        "council": Column("name", "name of the council area"),
        "region": Column("name", "region of England, or nation"),
        "records": Column("records", "records of households the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "before": Column("£ a year", "taxes on homes there less support today, for all bodies that share them"),
        "kept": Column("£ a year", "under the proposal, where each council keeps what is raised there"),
        "pooled": Column("£ a year", "under the proposal, where each nation shares what is raised among its councils by people"),
        "with_floor": Column("£ a year", "shared by people, but none loses more than a part of today's; first year of a transition"),
        "with_floor_change_pct": Column("%", "the same as a change from today"),
        "with_floor_last_year": Column("£ a year", "the same in the last year of the transition"),
    },
    "wealth_tax_by_tail": {
        "tail": Column("name", "how fast the number of households falls with wealth above £2 million"),
        "exponent": Column("exponent", "Pareto exponent of the tail"),
        "raised": Column("£ a year", "what the wealth tax raises, before any response"),
        "owners": Column("people, or households where the household is taxed as one", "who pays it"),
        "wealth_above": Column("£", "wealth of the households in the tail"),
    },
    "ranges_of_wealth_tax": {
        "range": Column("name", "kind of range: chance in the records, then the steepness of the tail, then the response"),
        "raised": Column("£ a year", "what the wealth tax raises, before any response"),
        "low": Column("£ a year", "lower end; nothing where none was worked"),
        "high": Column("£ a year", "upper end"),
    },
    "shares_of_wealth": {
        "group": Column("name", "households that are the wealthiest today"),
        "before_pct": Column("% of all net wealth", "today"),
        "after_a_year_pct": Column("% of all net wealth", "after the tax of a year"),
        "after_ten_years_pct": Column("% of all net wealth", "after ten years of the tax, at central growth, with no response"),
    },
    "wealth_by_group": {
        "kind": Column("name", "age, region or ethnic group of the person named first in the household"),
        "group": Column("name", "the group"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "households": Column("households", "households in the group"),
        "mean_wealth": Column("£", "mean net wealth of a household"),
        "share_of_wealth_pct": Column("%", "part of all net wealth"),
        "tax": Column("£ a year", "wealth tax"),
        "share_of_tax_pct": Column("%", "part of the whole tax"),
        "tax_of_wealth_pct": Column("% of net wealth", "the tax as a part of what the group owns"),
    },
    "by_income_and_wealth": {
        "income_fifth": Column("1 to 5", "fifth of persons by equivalised disposable income under today's law, 1 lowest"),
        "wealth_fifth": Column("1 to 5", "fifth of households by net wealth, 1 lowest"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "households": Column("households", "households in both"),
        "mean_change": Column("£ a year", "mean change in income after every tax"),
        "lose_pct": Column("% of households", "worse off by more than £1 a week"),
    },
    "wealth_tax_over_years": {
        "year_of_tax": Column("years", "1 is the first year of the tax"),
        "without_erosion": Column("£ a year, prices of the first", "what it would raise if it wore nothing down"),
        "raised": Column("£ a year, prices of the first", "what it raises as it wears down what it falls on, at central growth"),
        "raised_low": Column("£ a year, prices of the first", "the same at low growth of wealth"),
        "raised_high": Column("£ a year, prices of the first", "the same at high growth of wealth"),
        "after_response": Column("£ a year, prices of the first", "with the response that the scenario names, at central growth"),
    },
    "fund_over_years": {
        "fund": Column("name", "the fund"),
        "after_years": Column("years", "years in each of which the same sum was put in"),
        "holds": Column("£, prices of the year shown", "what the fund holds then"),
        "pays_out": Column("£ a year, prices of the year shown", "what it pays out in the year that follows"),
        "pays_each": Column("£ a year, prices of the year shown", "for each of those who receive it"),
    },
    "large_losses_on_homes": {
        "group": Column("name", "households by income and by the value of their home"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "households": Column("households", "households in the group"),
        "large_losses": Column("households", "of them, those that lose £10 a week or more"),
        "large_losses_pct": Column("% of the group", "those that lose £10 a week or more"),
        "mean_loss": Column("£ a year", "mean loss of those"),
    },
    "where_the_money_goes": {
        "from": Column("name", "who gives the money"),
        "to": Column("name", "who gets the money"),
        "what": Column("name", "what it is"),
        "pounds": Column("£ a year", "how much, beyond what flows today"),
    },
}
"""Every table's columns, with unit and meaning."""

FAMILY_TYPES = {
    FamilyType.PENSIONER_COUPLE: "Couples over pension age",
    FamilyType.SINGLE_PENSIONER: "Single people over pension age",
    FamilyType.COUPLE_WITH_CHILDREN: "Couples with children",
    FamilyType.LONE_PARENT: "Lone parents",
    FamilyType.COUPLE_NO_CHILDREN: "Couples without children",
    FamilyType.SINGLE_NO_CHILDREN: "Single people without children",
    FamilyType.SEVERAL_FAMILIES: "Several families sharing a home",
}
TENURES = {
    Tenure.OWNED_OUTRIGHT: "Own outright",
    Tenure.MORTGAGE: "Own with a mortgage",
    Tenure.SOCIAL_RENT: "Rent from a council or housing association",
    Tenure.PRIVATE_RENT: "Rent from a private landlord",
    Tenure.RENT_FREE: "Live rent-free",
}
MOSTLY = 0.5
PENNY = 0.01
WEALTH_ITEMS = frozenset({"wealth_tax"})


# ---- groups of households -------------------------------------------------------------------------------------------


GroupOf = Callable[[Households], Array]
"""(households,) the group of each, from 0."""


def _rows(homes: Households, group_of: GroupOf, names: Mapping[int, str] | list[str], column: str) -> Table:
    """A row for each named group (0 to count - 1), weighted by households. In one council, a group whose change comes mostly from
    the richest, there or in the whole country, is not known: the council may hold none of their records, or one too many."""
    count, group, weights = len(names), group_of(homes), homes.weight
    found = change_by_group(group, homes.before, homes.after, weights, count, homes.change)
    kind = np.bincount(group, homes.in_kind * weights, count)
    error = homes.errors.means(homes.change, weights, group, found.mean_change)
    lowest, highest = np.zeros(count), np.zeros(count)
    np.minimum.at(lowest, group, homes.change)
    np.maximum.at(highest, group, homes.change)
    rows = [_row(found, i, kind[i], error[i], lowest[i], highest[i], {column: names[i]}) for i in range(count) if found.records[i]]
    if homes.area is None:
        return rows
    whole = homes.national
    unknown = _of_the_richest(homes, group, count) | _of_the_richest(whole, group_of(whole), count)
    return [_not_known(row, (column, "records")) if unknown[i] else row for row, i in zip(rows, np.flatnonzero(found.records), strict=True)]


def _of_the_richest(homes: Households, group: Array, count: int) -> Array:
    """(count,) whether more than half of what moves in each group comes from the strata of top wealth."""
    size = np.abs(homes.change) * homes.weight
    return np.asarray(np.bincount(group, size * homes.richest, count) > MOSTLY * np.bincount(group, size, count))


def _not_known(row: Row, kept: tuple[str, ...]) -> Row:
    """A row of one council whose change rests on the handful of very wealthy households drawn there."""
    return {name: row[name] for name in kept} | {"grade": "not known", "shown": False}


def _row(found: Groups, i: int, in_kind: float, error: float, lowest: float, highest: float, named: Row) -> Row:
    records = int(found.records[i])
    row: Row = {**named, "records": records, "grade": "not shown", "shown": False}
    if records < MINIMUM_RECORDS:
        return row
    row |= {"grade": grade(float(found.effective_records[i])), "shown": True}
    weight, mean = float(found.weight[i]), float(found.mean_change[i])
    gain, lose = 100.0 * float(found.gain_share[i]), 100.0 * float(found.lose_share[i])
    before = float(found.mean_before[i])
    span = noise(mean, error, least=-np.inf if lowest < 0 else 0.0, most=np.inf if highest > 0 else 0.0)
    return row | {
        "effective_records": float(found.effective_records[i]),
        "households": weight,
        "mean_before": before,
        "mean_change": mean,
        "mean_change_a_week": mean / WEEKS_IN_YEAR,
        "change_pct": 100.0 * mean / before if before > 0 else None,
        "gain_pct": gain,
        "lose_pct": lose,
        "same_pct": 100.0 - gain - lose,
        "mean_services": float(in_kind) / weight,
        "mean_low": span.low,
        "mean_high": span.high,
    }


def group_names(homes: Households) -> list[str]:
    """The names of the income groups, lowest first."""
    last = homes.groups
    return [f"{i} (lowest)" if i == 1 else f"{i} (highest)" if i == last else str(i) for i in range(1, last + 1)]


def by_income_tenth(homes: Households) -> Table:
    """Tenths of persons by equivalised income under the baseline (fifths in a council)."""
    return _rows(homes, lambda each: each.income_groups(homes.groups) - 1, group_names(homes), "tenth")


def by_wealth_tenth(homes: Households) -> Table:
    return _rows(homes, lambda each: each.wealth_groups(homes.groups) - 1, group_names(homes), "tenth")


def by_region(homes: Households) -> Table:
    return _rows(homes, lambda each: each.of_household("region"), [REGION_NAMES[region] for region in sorted(REGION_NAMES)], "region")


def by_tenure(homes: Households) -> Table:
    return _rows(homes, lambda each: each.of_household("tenure"), [TENURES[tenure] for tenure in Tenure], "tenure")


def by_family_type(homes: Households) -> Table:
    return _rows(homes, lambda each: each.family_type, [FAMILY_TYPES[kind] for kind in FamilyType], "family_type")


def by_council(homes: Households) -> Table:
    """Every council area in view. Where more than half of what moves comes from the strata of top wealth, in a council or in the
    whole country, one council's figure is not known: so few such households are drawn in each. Were only those councils left out
    that happen to hold one, the others would all look better off than they are."""
    places = areas()
    council = homes.of_household("council")
    rows = _rows(homes, lambda each: each.of_household("council"), [str(i) for i in range(len(places))], "council")
    moved = np.bincount(council, np.abs(homes.change) * homes.weight, len(places))
    here = _of_the_richest(homes, council, len(places))
    everywhere = mostly_the_richest(homes.national, homes.national.change)
    changed = {find_area(code).code for code in getattr(homes.run.scenario, "areas", ())}
    out = []
    for row in rows:
        place = places[int(row["council"])]
        touched = not changed or place.code in changed  # where only some councils make the change, nothing moves in the others
        unknown = touched and (everywhere or (moved[place.row] > 0 and here[place.row]))
        named = {"code": place.code, "council": place.name, "region": REGION_NAMES[place.region], "known": not unknown}
        if unknown:
            row = _not_known(row, ("records",))
        out.append(named | {name: value for name, value in row.items() if name != "council"})
    return sorted(out, key=lambda row: row["code"] not in changed)  # those that make the change stand first


def mostly_the_richest(homes: Households, moved: Array) -> bool:
    """Whether more than half of what moves, (households,) of any unit, comes from the strata of top wealth."""
    size = np.abs(moved) * homes.weight
    return bool((size * homes.richest).sum() > MOSTLY * size.sum())


def gainers_losers(homes: Households) -> Table:
    bounds = distribution.SIZES
    counted = distribution.by_size(homes.change, homes.weight)
    total = float(homes.weight.sum())
    return [
        {
            "band": _band(low, high),
            "low": low,
            "high": high,
            "households": float(counted[i]),
            "pct": 100.0 * float(counted[i]) / total if total else 0.0,
        }
        for i, (low, high) in enumerate(zip((None, *bounds), (*bounds, None)))
    ]


def _band(low: float | None, high: float | None) -> str:
    if low is None:
        return f"Worse off by more than £{-(high or 0):g} a week"
    if high is None:
        return f"Better off by more than £{low:g} a week"
    if low < 0 < high:
        return f"Within £{high:g} a week of today"
    return f"Better off by £{low:g} to £{high:g} a week" if low > 0 else f"Worse off by £{-high:g} to £{-low:g} a week"


# ---- the public purse -----------------------------------------------------------------------------------------------


def budget_rows(homes: Households, found: list[budget.Change]) -> Table:
    """What changes, item by item; services bought with the money come last."""
    rows: Table = [
        {
            "item": change.item.words,
            "kind": change.item.kind,
            "tier": change.item.tier if not change.item.by_nation else "nations' own governments",
            "payer": change.item.payer,
            "before": change.before,
            "after": change.after,
            "change": change.after - change.before,
            "to_the_purse": change.to_the_purse,
        }
        for change in found
        if change.after != change.before
    ]
    if homes.area is not None:
        here = float((homes.in_kind * homes.weight).sum())
        return [*rows, _use_row("services for those who live here", here)] if here else rows
    for entry in getattr(homes.run.ledger, "entries", ()):
        if "(service)" in entry.target and "(service)" not in entry.source:
            rows.append(_use_row(entry.what, entry.pounds))
        elif "(service)" in entry.source and "households" not in entry.target:
            rows.append(_use_row(entry.what, -entry.pounds))
    for use in homes.run.uses:
        if use.kind == "fund":
            rows += [_fund_row(use.what, use.amount), _fund_row(f"what {use.what} pays for itself", -float(use.details["paid_out"]))]
    return [row for row in rows if row["change"]]


def _fund_row(what: str, pounds: float) -> Row:
    return _use_row(what, pounds) | {"payer": "a fund"}


def _use_row(what: str, pounds: float) -> Row:
    return {
        "item": what,
        "kind": "use",
        "tier": "public sector",
        "payer": "households, in services",
        "before": None,
        "after": None,
        "change": pounds,
        "to_the_purse": -pounds,
    }


def budget_by_tier(found: list[budget.Change]) -> Table:
    return [
        {"tier": tier, "to_the_purse": amount} for tier, amount in sorted(budget.by_tier(found).items(), key=lambda each: -abs(each[1]))
    ]


def where_the_money_goes(run: RunLike) -> Table:
    """The ledger's entries, largest first."""
    if run.ledger is None:
        return []
    rows = [{"from": row["from"], "to": row["to"], "what": row["what"], "pounds": row["pounds"]} for row in run.ledger.rows()]
    return sorted(rows, key=lambda row: -abs(row["pounds"]))


# ---- inequality, poverty, hardship ----------------------------------------------------------------------------------

INEQUALITY: tuple[tuple[str, Callable[[Array, Array], float]], ...] = (
    ("Gini coefficient", inequality.gini),
    ("Palma ratio", inequality.palma),
    ("90/10 ratio", inequality.ratio_90_10),
    ("50/10 ratio", inequality.ratio_50_10),
    ("Atkinson index (aversion 1)", inequality.atkinson),
    ("Theil index", inequality.theil),
    ("Share of income of the top tenth", lambda values, weights: inequality.share_of_top(values, weights, 0.1)),
    ("Share of income of the top hundredth", lambda values, weights: inequality.share_of_top(values, weights, 0.01)),
)


def inequality_rows(homes: Households) -> Table:
    before, after = (_rising(values, homes.person_weight) for values in (homes.equivalised_before, homes.equivalised_after))
    rows: Table = []
    for name, measure in INEQUALITY:
        old, new = measure(*before), measure(*after)
        rows.append({"measure": name, "before": old, "after": new, "change": new - old, "low": None, "high": None})
    span = gini_noise(homes, float(rows[0]["change"]))
    rows[0] |= {"low": span.low, "high": span.high}
    return rows


def _rising(values: Array, weights: Array) -> tuple[Array, Array]:
    """Values in rising order with their weights: sorted once, so that each measure need not."""
    order = np.argsort(values, kind="stable")
    return values[order], weights[order]


def gini_noise(homes: Households, change: float) -> Range:
    """Seed noise of the change in Gini, by what each record adds to it (Deville 1999), after less before."""
    weights = homes.person_weight
    moved = _gini_influence(homes.equivalised_after, weights) - _gini_influence(homes.equivalised_before, weights)
    return noise(change, homes.errors.total(moved, weights) / float(weights.sum()))


def _gini_influence(values: Array, weights: Array) -> Array:
    """(records,) the influence of each record on the Gini coefficient: 2/m (xF + M - (G + 1)/2 (x + m)), where F is the rank of x
    and M the mean of incomes at or above it, counted over everyone."""
    values = np.maximum(values, 0.0)
    order = np.argsort(values, kind="stable")
    total = float(weights.sum())
    mean = float((values * weights).sum()) / total
    if not mean > 0:
        return np.zeros(len(values))
    sorted_weights = weights[order] / total
    rank = np.empty(len(values))
    rank[order] = np.cumsum(sorted_weights) - sorted_weights / 2.0
    held = sorted_weights * values[order]
    above = np.empty(len(values))
    above[order] = mean - np.cumsum(held) + held / 2.0
    size = inequality.gini(values, weights)
    return 2.0 / mean * (values * rank + above - (size + 1.0) / 2.0 * (values + mean))


class _Poverty(NamedTuple):
    name: str
    part: float
    moving: bool


POVERTY = (
    _Poverty("Below 60% of the median, line held at today's", poverty.RELATIVE, False),
    _Poverty("Below 60% of the median, line moves", poverty.RELATIVE, True),
    _Poverty("Below 50% of the median, line held at today's", poverty.DEEP, False),
    _Poverty("Below 40% of the median, line held at today's", poverty.VERY_DEEP, False),
)


def poverty_rows(homes: Households) -> Table:
    rows = []
    for costs, old, new in (
        ("after", homes.after_costs_before, homes.after_costs_after),
        ("before", homes.equivalised_before, homes.equivalised_after),
    ):
        for measure in POVERTY:
            today = (homes.line_after_costs if costs == "after" else homes.line) * measure.part / poverty.RELATIVE
            then = _moved_line(homes, costs, measure.part) if measure.moving else today
            for group, people in homes.people_by_household.items():
                rows.append(_poverty_row(measure.name, group, costs, old < today, new < then, homes.weight * people, then))
    return rows


def _moved_line(homes: Households, costs: str, part: float) -> float:
    whole = homes.national
    return poverty.line(whole.after_costs_after if costs == "after" else whole.equivalised_after, whole.person_weight, part)


def _poverty_row(measure: str, group: str, costs: str, was: Array, will_be: Array, persons: Array, line: float) -> Row:
    total = float(persons.sum())
    before, after = float(persons[was].sum()), float(persons[will_be].sum())
    return {
        "measure": measure,
        "group": group,
        "housing_costs": costs,
        "line": line,
        "before_pct": 100.0 * before / total if total else None,
        "after_pct": 100.0 * after / total if total else None,
        "change_points": 100.0 * (after - before) / total if total else None,
        "before_people": before,
        "change_people": after - before,
    }


def hardship_rows(homes: Households) -> Table:
    rent = homes.of_household("rent")
    rows = []
    for part in (hardship.HEAVY_RENT, hardship.VERY_HEAVY_RENT):
        before = 100.0 * hardship.renters_above(rent, homes.before, homes.weight, part)
        after = 100.0 * hardship.renters_above(rent, homes.after, homes.weight, part)
        if np.isfinite(before):
            name = f"Renting households whose rent is above {100 * part:.0f}% of income"
            rows.append({"measure": name, "before_pct": before, "after_pct": after, "change_points": after - before})
    return rows


# ---- the headline ---------------------------------------------------------------------------------------------------


class Figure(NamedTuple):
    """One headline figure: its value and unit, and its ranges, each of its own kind."""

    id: str
    value: float
    unit: str
    ranges: tuple[Range, ...]
    source: str
    records: int
    """How many records move the figure."""
    known: bool = True
    """False where, in one council, the figure rests on the handful of very wealthy households drawn there."""

    @property
    def shown(self) -> bool:
        """Whether it is known and enough records stand behind it; nothing at all needs none."""
        return self.known and (not self.records or self.records >= MINIMUM_RECORDS)

    @property
    def range(self) -> Range | None:
        """The range to print first: model error, then sampling, then seed noise, then assumptions, where known."""
        for kind in (Kind.MODEL_ERROR, Kind.SAMPLING, Kind.SEED_NOISE, Kind.ASSUMPTIONS):
            for each in self.ranges:
                if each.kind is kind and each.known:
                    return each
        return None

    @property
    def unsure_of_sign(self) -> bool:
        """Whether any range of the figure holds both sides of zero: then nobody can say which way it goes."""
        return any(each.crosses_zero for each in self.ranges)


class Measures(NamedTuple):
    """All that is measured of a run."""

    run: RunLike
    area: Area | None
    homes: Households
    figures: dict[str, Figure]
    tables: dict[str, Table]
    changes: list[budget.Change]


def measures(run: RunLike, area: Area | None = None, errors: Mapping[str, ModelError] | None = None) -> Measures:
    """Every figure and table of a run, for the whole country or one council (the run's own area where none is given)."""
    area = area if area is not None else run.area
    homes = Households(run, area)
    disclosure.refuse_few(homes)
    found = budget.changes(run.baseline, run.reform, run.population, homes.rows, touched_only=True)
    made = tables(homes, found)
    figures = _told(homes, headline(homes, found, made, model_errors() if errors is None else errors))
    made = disclosure.protected(homes, made, found)
    if not figures["net_revenue"].known:
        made["budget"], made["budget_by_tier"] = [], []
    return Measures(run, area, homes, figures, made, disclosure.told_apart(homes, found))


def _told(homes: Households, figures: list[Figure]) -> dict[str, Figure]:
    """The figures by name; one that rests on too few records of a licensed survey is not known."""
    held = disclosure.licensed(homes.population)
    return {figure.id: figure._replace(known=False) if held and disclosure.few(figure.records) else figure for figure in figures}


def first_measures(run: RunLike, area: Area | None = None, errors: Mapping[str, ModelError] | None = None) -> Measures:
    """What the finding and the chart by income rest on, and no more: a tenth of the work, for a screen that waits."""
    area = area if area is not None else run.area
    homes = Households(run, area)
    disclosure.refuse_few(homes)
    found = budget.changes(run.baseline, run.reform, run.population, homes.rows, touched_only=True)
    made = disclosure.protected(homes, {"by_income_tenth": by_income_tenth(homes), "gainers_losers": gainers_losers(homes)}, found)
    figures = _main_figures(homes, found, model_errors() if errors is None else errors).figures
    return Measures(run, area, homes, _told(homes, figures), made, disclosure.told_apart(homes, found))


def tables(homes: Households, found: list[budget.Change]) -> dict[str, Table]:
    """Every tidy table by name; in one council those that compare places are left out."""
    made = {
        "by_income_tenth": by_income_tenth(homes),
        "by_wealth_tenth": by_wealth_tenth(homes),
        "by_tenure": by_tenure(homes),
        "by_family_type": by_family_type(homes),
        "gainers_losers": gainers_losers(homes),
        "budget": budget_rows(homes, found),
        "budget_by_tier": budget_by_tier(found),
        "inequality": inequality_rows(homes),
        "poverty": poverty_rows(homes),
        "hardship": hardship_rows(homes),
    }
    if homes.area is None:
        made |= {"by_region": by_region(homes), "where_the_money_goes": where_the_money_goes(homes.run)}
    made["by_council"] = by_council(homes)
    if of_homes.moves(homes):
        made["homes_by_value"] = of_homes.by_value(homes)
        made["homes_by_council"] = of_homes.by_council(homes)
        made["large_losses_on_homes"] = of_homes.large_losses(homes)
        if homes.area is None and not disclosure.licensed(homes.population):
            made["funding_by_council"] = of_homes.funding(homes)
    if homes.area is None and wealth_path.taxed(homes):
        made["wealth_tax_by_tail"] = wealth_tail.by_tail(homes)
        made["ranges_of_wealth_tax"] = wealth_groups.ranges(homes, made["wealth_tax_by_tail"])
        made["shares_of_wealth"] = wealth_groups.shares(homes)
        if not disclosure.licensed(homes.population):
            made["wealth_by_group"] = wealth_groups.by_group(homes)
            made["by_income_and_wealth"] = wealth_groups.by_income_and_wealth(homes)
        made["wealth_tax_over_years"] = wealth_path.over_years(homes)
    if homes.area is None and (grown := fund.over_years(homes.run)):
        made["fund_over_years"] = grown
    return made


def headline(homes: Households, found: list[budget.Change], made: Mapping[str, Table], errors: Mapping[str, ModelError]) -> list[Figure]:
    """The headline figures of design section 10, each with its ranges. In one council, money is that of its own households."""
    maker = _main_figures(homes, found, errors)
    weight, change = homes.weight, homes.change
    everyone = np.ones(len(change), bool)
    for id, who in (("mean_change", everyone), ("mean_gain", distribution.gains(change)), ("mean_loss", distribution.loses(change))):
        if weight[who].sum() > 0:
            maker.mean(id, who)
    gini = made["inequality"][0]
    span = Range(maker.noise_kind, gini["low"], gini["high"], homes.errors.says)
    maker.add("gini_change", gini["change"], "0 to 1", "inequality", span, change)
    for id, costs, group in POVERTY_FIGURES:
        maker.poverty(id, costs, group)
    return maker.figures


def _main_figures(homes: Households, found: list[budget.Change], errors: Mapping[str, ModelError]) -> _Figures:
    """The money, and the shares of households who gain and who lose."""
    maker = _Figures(homes, errors, "wealth" if _mostly_wealth(found) else "money")
    weight, change = homes.weight, homes.change
    raised = budget.net_revenue(found)
    spent = float((homes.in_kind * weight).sum())
    if homes.area is None:
        raised += sum(float(use.details["paid_out"]) - use.amount for use in homes.run.uses if use.kind == "fund")
    proceeds = float(getattr(homes.run, "proceeds", raised)) if homes.area is None else raised
    maker.money("net_revenue", raised - spent, homes.change)
    maker.money("proceeds", proceeds, change - homes.cash_uses)
    maker.money("spent_on_services", spent, np.zeros(len(change)))
    for id, who in (("households_gaining_pct", distribution.gains(change)), ("households_losing_pct", distribution.loses(change))):
        maker.share_of_households(id, who)
    return maker


class _Figures:
    """Makes headline figures, each with every kind of range."""

    def __init__(self, homes: Households, errors: Mapping[str, ModelError], money_kind: str) -> None:
        self.homes, self.errors, self.money_kind = homes, errors, money_kind
        survey = homes.population.kind == "survey"
        self.noise_kind = Kind.SAMPLING if survey else Kind.SEED_NOISE
        self.checked = not survey
        self.of_the_richest = homes.area is not None and mostly_the_richest(homes.national, homes.national.change)
        self.source = f"fairshare, {homes.population.name}, {homes.run.year}"
        self.figures: list[Figure] = []

    def add(self, id: str, value: float, unit: str, kind: str, span: Range, moved: Array, most: float | None = None) -> None:
        model = from_model_error(value, kind, self.errors, most) if self.checked else NOT_OF_SURVEYS
        assumed = self.assumed(value) if id in MOVED_BY_RESPONSES else ASSUMPTIONS
        ranges = (model, span._replace(kind=self.noise_kind), assumed)
        known = self.homes.area is None or not ((self.of_the_richest and id in OF_EVERYONE) or mostly_the_richest(self.homes, moved))
        self.figures.append(Figure(id, float(value), unit, ranges, self.source, int(np.count_nonzero(moved)), known))

    def assumed(self, value: float) -> Range:
        """The range over what studies find of how people respond, where the scenario names a response."""
        found = list(getattr(self.homes.run, "responses", ()) or ())
        if not found or self.homes.area is not None:
            return ASSUMPTIONS
        least, most = (sum(each.static - pick(each.low, each.high) for each in found) for pick in (max, min))
        return Range(Kind.ASSUMPTIONS, value - most, value - least, "is what studies find when people respond")

    def money(self, id: str, value: float, change: Array) -> None:
        """A total: its noise is that of what households gain and lose (what other payers add is left out)."""
        if id == "net_revenue" and abs(value) < PENNY:
            none = no_range(self.noise_kind, "the proposal is made to balance")
            self.figures.append(Figure(id, 0.0, "£ a year", (none._replace(kind=Kind.MODEL_ERROR), none, ASSUMPTIONS), self.source, 0))
            return
        if value and not np.any(change):
            self.add(id, value, "£ a year", self.money_kind, no_range(self.noise_kind, "it follows from the money raised"), change)
            return
        error = self.homes.errors.total(change, self.homes.weight)
        least, most = limits(-change)
        if not least <= value <= most or not np.any(change):
            least, most = -np.inf, np.inf
        self.add(id, value, "£ a year", self.money_kind, noise(value, error, least=least, most=most, says=self.homes.errors.says), change)

    def share_of_households(self, id: str, who: Array) -> None:
        weight = self.homes.weight
        total = float(weight.sum())
        value = 100.0 * float(weight[who].sum()) / total if total else 0.0
        span = noise(value, 100.0 * self.homes.errors.share(who, weight), least=0.0, most=100.0, says=self.homes.errors.says)
        self.add(id, value, "% of households", "households", span, weight, 100.0)

    def mean(self, id: str, who: Array) -> None:
        change, weight = self.homes.change[who], self.homes.weight[who]
        value, (least, most) = distribution.weighted_mean(change, weight), limits(change)
        error = self.homes.errors.of(who).total(change - value, weight) / float(weight.sum())
        moved = np.where(who, self.homes.change, 0.0)
        self.add(id, value, "£ a year", self.money_kind, noise(value, error, least=least, most=most, says=self.homes.errors.says), moved)

    def poverty(self, id: str, costs: str, group: str) -> None:
        """Persons who come below the line less those who come above it, the line held at today's."""
        homes = self.homes
        old, new, line = (
            (homes.after_costs_before, homes.after_costs_after, homes.line_after_costs)
            if costs == "after"
            else (homes.equivalised_before, homes.equivalised_after, homes.line)
        )
        moved = ((new < line).astype(float) - (old < line)) * homes.people_by_household[group]
        value, (least, most) = float((moved * homes.weight).sum()), limits(moved)
        span = noise(value, homes.errors.total(moved, homes.weight), least=least, most=most, says=homes.errors.says)
        self.add(id, value, "people", "poverty", span, moved)


POVERTY_FIGURES = (
    ("poverty_ahc_change_people", "after", "all people"),
    ("poverty_ahc_change_children", "after", "children"),
    ("poverty_ahc_change_pensioners", "after", "pensioners"),
    ("poverty_ahc_change_disabled_people", "after", "disabled people"),
    ("poverty_bhc_change_people", "before", "all people"),
)
ASSUMPTIONS = no_range(Kind.ASSUMPTIONS, "only one case was worked")
OF_EVERYONE = frozenset({"net_revenue", "proceeds", "mean_change", "gini_change"})
"""Figures of a council that what its richest pay would move, were any of their records drawn there."""
MOVED_BY_RESPONSES = frozenset({"proceeds", "net_revenue"})
NOT_OF_SURVEYS = no_range(Kind.MODEL_ERROR, "the model was not checked with this survey")


def _mostly_wealth(found: list[budget.Change]) -> bool:
    sizes = {change.item.id: abs(change.to_the_purse) for change in found}
    return sum(sizes.get(name, 0.0) for name in WEALTH_ITEMS) > MOSTLY * sum(sizes.values())
