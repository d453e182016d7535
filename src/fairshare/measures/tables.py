"""From a run to tidy tables: lists of rows, each column's unit and meaning in COLUMNS, and the headline figures.

A row that rests on too few records says `shown: False` and holds nothing but its name and its count.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from fairshare.areas import Area
from fairshare.measures import budget, disclosure, fund, wealth_groups, wealth_path, wealth_tail
from fairshare.measures import property as of_homes
from fairshare.measures.columns import COLUMNS, Column, Row, Table
from fairshare.measures.figures import Figure, headline, main_figures
from fairshare.measures.groups import (
    by_age,
    by_council,
    by_disability,
    by_ethnic_group,
    by_family_type,
    by_income_tenth,
    by_income_tenth_after_housing_costs,
    by_region,
    by_sex,
    by_tenure,
    by_wealth_tenth,
    gainers_losers,
)
from fairshare.measures.households import Households, RunLike
from fairshare.measures.spread import hardship_by_council, hardship_rows, inequality_rows, poverty_rows
from fairshare.measures.uncertainty import ModelError, model_errors
from fairshare.spending.ledger import PUBLIC, SERVICE

__all__ = ["COLUMNS", "Column", "Figure", "Measures", "Row", "Table", "first_measures", "measures", "poverty_rows", "tables"]


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
    figures = main_figures(homes, found, model_errors() if errors is None else errors).figures
    return Measures(run, area, homes, _told(homes, figures), made, disclosure.told_apart(homes, found))


def tables(homes: Households, found: list[budget.Change]) -> dict[str, Table]:
    """Every tidy table by name; in one council those that compare places are left out."""
    made = {
        "by_income_tenth": by_income_tenth(homes),
        "by_income_tenth_after_housing_costs": by_income_tenth_after_housing_costs(homes),
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
    if disclosure.licensed(homes.population):
        del made["by_income_tenth_after_housing_costs"]  # with the tenths before housing costs it could tell small groups apart
    else:
        made |= {
            "by_age": by_age(homes),
            "by_sex": by_sex(homes),
            "by_disability": by_disability(homes),
            "by_ethnic_group": by_ethnic_group(homes),
            "hardship_by_council": hardship_by_council(homes),
        }
    if homes.area is None:
        made |= {"by_region": by_region(homes), "where_the_money_goes": where_the_money_goes(homes.run)}
    made["by_council"] = by_council(homes)
    if of_homes.moves(homes):
        made["homes_by_value"] = of_homes.by_value(homes)
        made["homes_by_council"] = of_homes.by_council(homes)
        if not disclosure.licensed(homes.population):
            made["taxes_on_homes_by_income"] = of_homes.by_income(homes)
        made["large_changes_on_homes"] = of_homes.large_changes(homes)
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
        if entry.source == PUBLIC and entry.target.endswith(SERVICE):
            rows.append(_use_row(entry.what, entry.pounds))
        elif entry.target == PUBLIC and entry.source.endswith(SERVICE):
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
