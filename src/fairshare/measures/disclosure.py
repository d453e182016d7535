"""Tables of a licensed survey, with what rests on too few records held back (see `fairshare.population.disclosure`).

A row held back keeps its name and says `shown: False`; its count of records goes too. A row that is shown may lack its shares of
gainers and losers, where too few records stand behind one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from fairshare.areas import areas
from fairshare.faults import Fault
from fairshare.measures import budget, distribution, hardship, poverty
from fairshare.measures import property as of_homes
from fairshare.measures.distribution import MINIMUM_RECORDS, Array, groups_of_equal_size
from fairshare.measures.households import FamilyType, Households
from fairshare.population.disclosure import COUNCIL_MINIMUM, MINIMUM, few, hidden_groups, licensed, put_together
from fairshare.population.records import Population
from fairshare.quantities import Nation, Region, Tenure

__all__ = ["few", "licensed", "movers", "protected", "refuse_few", "refuse_small", "told_apart"]

Row = dict[str, Any]
Table = list[Row]
SHARES = ("gain_pct", "lose_pct", "same_pct")
PARTS = ("children", "working-age adults", "pensioners")
"""Groups of people that make up everyone: one alone could be worked out from the others."""
TOGETHER = "other taxes and benefits, each of too few records to show"
KEPT = ("code", "council", "region", "tenth", "tenure", "family_type", "band", "low", "high", "homes", "group", "measure", "housing_costs",
        "known")  # fmt: skip
"""What a row that is held back still says."""


PROTECTED = frozenset({
    "by_income_tenth", "by_wealth_tenth", "by_region", "by_tenure", "by_family_type", "gainers_losers", "poverty", "hardship", "budget",
    "budget_by_tier", "by_council", "homes_by_council", "homes_by_value", "large_changes_on_homes", "shares_of_wealth", "inequality",
    "where_the_money_goes", "wealth_tax_by_tail", "ranges_of_wealth_tax", "wealth_tax_over_years", "fund_over_years",
})  # fmt: skip
"""Tables that a licensed survey may show: those seen to here, and those of everybody together. A table that is not among them is left
out, so that a new one gives nothing away before it has been thought of."""
LEAST_FOR_TENTHS = 10 * MINIMUM_RECORDS
"""Records of a licensed survey that figures by tenth or by fifth need."""


def refuse_small(people: Population) -> None:
    """Raise Fault where a licensed survey has too few records for figures by tenth."""
    if licensed(people) and len(people.households) < LEAST_FOR_TENTHS:
        raise Fault(f"The survey has fewer than {LEAST_FOR_TENTHS} records, so nothing can be shown by tenth; use the default population.")


def refuse_few(homes: Households) -> None:
    """Raise Fault where a licensed survey has too few records in view, or too few that move, for anything to be shown."""
    if not licensed(homes.population):
        return
    if homes.area is not None and len(homes) < COUNCIL_MINIMUM:
        raise Fault(
            f"Fewer than {COUNCIL_MINIMUM} records of the survey stand in {homes.area.name}, so nothing can be shown of it; "
            "leave --area out, or use the default population."
        )
    if few(int(np.count_nonzero(homes.change))):
        raise Fault(
            f"The proposal moves fewer than {MINIMUM} records of the survey, so nothing can be shown of it; use the default population."
        )


def protected(homes: Households, tables: Mapping[str, Table], found: Sequence[budget.Change]) -> dict[str, Table]:
    """The tables of a run; of a licensed survey, without what rests on too few records."""
    made = dict(tables)
    if not licensed(homes.population):
        return made
    made = {name: rows for name, rows in made.items() if name in PROTECTED}
    for name, (group, count, minimum) in _partitions(homes).items():
        if made.get(name):
            made[name] = _groups(homes, made[name], group(), count, minimum)
    steps: dict[str, Callable[[Table], Table]] = {
        "gainers_losers": lambda rows: _bands(homes, rows),
        "poverty": lambda rows: _poverty(homes, rows),
        "hardship": lambda rows: _hardship(homes, rows),
        "budget": lambda rows: _budget(homes, rows, found),
        "budget_by_tier": lambda rows: _tiers(homes, rows, found),
        "by_council": lambda rows: _councils(homes, rows),
        "homes_by_council": lambda rows: _councils(homes, rows),
        "homes_by_value": lambda rows: [{**row, "lowest_value": None} for row in rows],  # the value of one single home
        "large_changes_on_homes": lambda rows: _large_changes(homes, rows),
        "shares_of_wealth": lambda rows: [] if few(_wealthiest(homes)) else rows,
    }
    for name, step in steps.items():
        if made.get(name):
            made[name] = step(made[name])
    return made


# ---- groups of households ------------------------------------------------------------------------------------------


def _partitions(homes: Households) -> dict[str, tuple[Callable[[], Array], int, int]]:
    """Tables whose rows part all households: the group of each, how many there are, and the fewest records of a row."""
    return {
        "by_income_tenth": (lambda: homes.income_groups(homes.groups) - 1, homes.groups, MINIMUM_RECORDS),
        "by_wealth_tenth": (lambda: homes.wealth_groups(homes.groups) - 1, homes.groups, MINIMUM_RECORDS),
        "by_region": (lambda: homes.of_household("region"), len(Region), MINIMUM_RECORDS),
        "by_tenure": (lambda: homes.of_household("tenure"), len(Tenure), MINIMUM_RECORDS),
        "by_family_type": (lambda: homes.family_type, len(FamilyType), MINIMUM_RECORDS),
    }


def _groups(homes: Households, rows: Table, group: Array, count: int, minimum: int) -> Table:
    """Rows of the groups that hold records, in order of group, with small ones and those that would give them away held back."""
    records = np.bincount(group, minlength=count)
    held = np.flatnonzero(records)
    out = np.zeros(count, bool)
    out[held] = [not row["shown"] for row in rows]
    moved = np.bincount(group, homes.change != 0.0, count)
    hidden = hidden_groups(records, moved, minimum, out)
    gain, lose = distribution.gains(homes.change), distribution.loses(homes.change)
    shares = np.array([np.bincount(group, mask, count) for mask in (gain, lose, ~gain & ~lose)])
    unclear: Array = np.any((shares > 0) & (shares < MINIMUM), axis=0)
    if unclear.sum() == 1 and not hidden.any():  # the shares of a single row could be worked out from the whole
        rest = np.flatnonzero(~unclear & (records > 0))
        if len(rest):
            unclear[rest[np.argmin(records[rest])]] = True
    return [_held_back(row) if hidden[i] else _without(row, SHARES) if unclear[i] else row for row, i in zip(rows, held, strict=True)]


def _held_back(row: Row) -> Row:
    named = {name: row[name] for name in KEPT if name in row}
    return named | ({"records": 0, "grade": "not shown"} if "grade" in row else {"records": 0}) | {"shown": False}


def _without(row: Row, columns: tuple[str, ...]) -> Row:
    return {**row, **dict.fromkeys(columns)}


def _councils(homes: Households, rows: Table) -> Table:
    """Nothing by council where the survey names none; else councils of too few records, and enough others of the region, go."""
    if homes.population.details.get("councils_known") is False:
        return [_held_back(row) for row in rows]
    council = homes.of_household("council")
    records, moved = np.bincount(council, minlength=len(areas())), np.bincount(council, homes.change != 0.0, len(areas()))
    place = {area.code: area for area in areas()}
    hidden = np.zeros(len(areas()), bool)
    for region in Region:
        own = np.array([area.row for area in areas() if area.region == region])
        hidden[own] = hidden_groups(records[own], moved[own], COUNCIL_MINIMUM)
    return [_held_back(row) if hidden[place[row["code"]].row] else row for row in rows]


def _bands(homes: Households, rows: Table) -> Table:
    """Sizes of change: bands of too few records are held back with their nearest in number."""
    records = distribution.by_size(homes.change, np.ones(len(homes))).astype(np.int64)
    hidden = hidden_groups(records, np.zeros(len(rows), np.int64))
    return [_held_back(row) if gone else row for row, gone in zip(rows, hidden, strict=True)]


# ---- people below lines, and hardship ------------------------------------------------------------------------------


def _poverty(homes: Households, rows: Table) -> Table:
    """Rows where too few records stand below the line lose all figures, those where too few cross it lose the change."""
    out = []
    for row in rows:
        bare = {"line": None, "before_pct": None, "before_people": None}
        below, crossing = _below(homes, row)
        if few(below):
            row = row | bare
        if few(below) or few(crossing):
            row = _without(row, ("after_pct", "change_points", "change_people"))
        out.append(row)
    return _without_parts(out)


def _below(homes: Households, row: Row) -> tuple[int, int]:
    """Records with members of the group that are below the line, before or after, and those that cross it."""
    after_costs = row["housing_costs"] == "after"
    old, new, today = (
        (homes.after_costs_before, homes.after_costs_after, homes.line_after_costs)
        if after_costs
        else (homes.equivalised_before, homes.equivalised_after, homes.line)
    )
    part = next((each for each in (poverty.VERY_DEEP, poverty.DEEP) if f"{100 * each:.0f}%" in row["measure"]), poverty.RELATIVE)
    who = homes.people_by_household[row["group"]] > 0
    was, will_be = (old < today * part / poverty.RELATIVE) & who, (new < row["line"]) & who
    return min(int(was.sum()), int(will_be.sum()) or int(was.sum())), int((was != will_be).sum())


def _without_parts(rows: Table) -> Table:
    """Where one part of everyone lacks its change, another goes too, and so does the single part that lacks its level."""
    out = list(rows)
    for column in ("before_pct", "change_points"):
        blocks: dict[tuple[str, str], list[int]] = {}
        for i, row in enumerate(out):
            if row["group"] in PARTS:
                blocks.setdefault((row["measure"], row["housing_costs"]), []).append(i)
        for members in blocks.values():
            bare = [i for i in members if out[i][column] is None]
            if len(bare) == 1:
                other = min((i for i in members if i not in bare), key=lambda i: abs(out[i]["before_people"] or 0.0))
                gone = ("after_pct", "change_points", "change_people")
                out[other] = _without(out[other], gone if column == "change_points" else (*gone, "before_pct", "before_people"))
    return out


def _hardship(homes: Households, rows: Table) -> Table:
    rent = homes.of_household("rent")
    out = []
    for row, part in zip(rows, (hardship.HEAVY_RENT, hardship.VERY_HEAVY_RENT)):
        was, will_be = (hardship.rent_share(rent, income) > part for income in (homes.before, homes.after))
        if few(int(was.sum())) or few(int(will_be.sum())):
            continue
        out.append(_without(row, ("after_pct", "change_points")) if few(int((was != will_be).sum())) else row)
    return out


# ---- public money --------------------------------------------------------------------------------------------------


def movers(homes: Households, change: budget.Change) -> Array:
    """(all households,) whether an item changes in the household."""
    household, _ = budget.records_of(change.item, homes.population)
    old, new = (budget.amounts(change.item, lines) for lines in (homes.run.baseline, homes.run.reform))
    moved = np.bincount(household, old != new, len(homes.population.households)) > 0
    inside = np.zeros(len(moved), bool)
    inside[homes.rows] = True
    return np.asarray(moved & inside)


def told_apart(homes: Households, found: Sequence[budget.Change]) -> list[budget.Change]:
    """The items that may be shown apart from one another."""
    if not licensed(homes.population):
        return list(found)
    together = put_together([movers(homes, change) for change in found])
    return [change for i, change in enumerate(found) if i not in together]


def _budget(homes: Households, rows: Table, found: Sequence[budget.Change]) -> Table:
    """Items that rest on too few records are told as one, with the smallest others that it takes to hide them."""
    masks = [movers(homes, change) for change in found]
    together = put_together(masks)
    if not together:
        return rows
    if few(int(np.any([masks[i] for i in together], axis=0).sum())):
        return []
    names = {found[i].item.words for i in together}
    purse = sum(found[i].to_the_purse for i in together)
    one = {"item": TOGETHER, "kind": "several", "tier": "several", "payer": "several", "before": None, "after": None, "change": purse,
           "to_the_purse": purse}  # fmt: skip
    return [*(row for row in rows if row["item"] not in names), one]


def _tiers(homes: Households, rows: Table, found: Sequence[budget.Change]) -> Table:
    """By government: nothing at all where one of them rests on too few records."""
    nation = homes.population.households["nation"]
    moved: dict[str, Array] = {}
    for change in found:
        mask = movers(homes, change)
        for each in Nation:
            tier = budget.tier_of(change.item, each)
            here = mask & (nation == each)
            moved[tier] = moved[tier] | here if tier in moved else here
    return [] if any(few(int(mask.sum())) for mask in moved.values()) else rows


# ---- homes ---------------------------------------------------------------------------------------------------------


def _wealthiest(homes: Households) -> int:
    """Records in the wealthiest hundredth of households."""
    return int((groups_of_equal_size(homes.net_wealth, homes.weight, 100) == 100).sum())


def _large_changes(homes: Households, rows: Table) -> Table:
    more = of_homes.bill_change(homes)
    out = []
    for row, who in zip(rows, of_homes.groups_of_large_changes(homes).values(), strict=True):
        for way, moved in (("rise", more), ("fall", -more)):
            hit = who & (moved >= of_homes.LARGE)
            if row["shown"] and (few(int(hit.sum())) or few(int((who & ~hit).sum()))):
                row = _without(row, (f"large_{way}s", f"large_{way}s_pct", f"mean_{way}"))
        out.append(row)
    return out
