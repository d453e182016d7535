"""Taxes on homes: what each council takes, who pays by the value of the home, large changes for people with low incomes, and
what funding follows.

What is charged on a home counts whoever pays it: council tax, rates or what replaces them, and the surcharge, less the support that its
people receive. Amounts are £ a year. Homes where nobody usually lives stand apart.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fairshare.areas import areas, find_area
from fairshare.measures.distribution import MINIMUM_RECORDS, Array, enough, groups_of_equal_size
from fairshare.measures.households import Households
from fairshare.parameters import parameters
from fairshare.quantities import REGION_NAMES, WEEKS_IN_YEAR, Nation

Row = dict[str, Any]
FIFTHS, TENTHS = 5, 10
LARGE = 10.0 * WEEKS_IN_YEAR
"""A change of the bill counts as large from £10 a week, £ a year."""
CHANGED_BY = frozenset({"council_tax", "council_tax_reduction", "deferral"})
"""Instruments whose law a proposal must touch to be one of taxes on homes: support moves by pennies with many other changes."""
LEAST_NET = 0.1
"""Below this part of all rises and falls together, the whole change nearly cancels out."""
LEAST_AGAINST = -0.5
"""A group whose part of the whole change is below this, in per cent, moves against the others."""
TAXES = ("due", "high_value_surcharge")


def charged(homes: Households, reform: bool) -> Array:
    """(households,) what is charged on each home less support, £ a year, whoever pays it."""
    lines = homes.run.reform if reform else homes.run.baseline
    whole = sum(np.asarray(lines["council_tax"][name], np.float64) for name in TAXES)
    return np.asarray(whole - support(homes, reform))[homes.rows]


def support(homes: Households, reform: bool) -> Array:
    """(all households,) council tax reduction, or rate relief, £ a year."""
    lines = homes.run.reform if reform else homes.run.baseline
    first = homes.population.households["first_benefit_unit"]
    return np.asarray(np.add.reduceat(np.asarray(lines["council_tax_reduction"]["council_tax_reduction"], np.float64), first))


def charged_empty(homes: Households, reform: bool) -> Array:
    """(all dwellings,) what is charged on homes where nobody usually lives, £ a year."""
    lines = (homes.run.reform if reform else homes.run.baseline)["council_tax_of_dwellings"]
    return np.asarray(sum(np.asarray(lines[name], np.float64) for name in TAXES))


def moves(homes: Households) -> bool:
    """Whether a proposal changes the law of taxes on homes, or of support with them, and so what is charged on any home in view."""
    scenario = homes.run.scenario
    touched = {name for law in (scenario.law, *(getattr(use, "law", {}) for use in scenario.use)) for name in law}
    return not CHANGED_BY.isdisjoint(touched) and bool(
        np.any(charged(homes, False) != charged(homes, True))
        or np.any((charged_empty(homes, False) != charged_empty(homes, True))[_here(homes)])
    )


def _here(homes: Households) -> Array:
    """(all dwellings,) whether each is in view."""
    dwellings = homes.population.dwellings
    return np.ones(len(dwellings), bool) if homes.area is None else np.asarray(dwellings["council"] == homes.area.row)


# ---- by the value of the home --------------------------------------------------------------------------------------


def changed_places(homes: Households) -> Array:
    """The rows of areas.csv of the councils that make the change; none where all of the country does."""
    return np.array([find_area(code).row for code in getattr(homes.run.scenario, "areas", ())], int)


def by_value(homes: Households) -> list[Row]:
    """Fifths of homes by value (within the council, in its edition), the most valuable tenth, and homes where nobody lives.

    Where some councils alone make the change, these are the homes there.
    """
    places = changed_places(homes)
    inside = np.isin(homes.of_household("council"), places) if len(places) else np.ones(len(homes), bool)
    weight, value = homes.weight[inside], homes.of_household("dwelling_value")[inside]
    fifth = groups_of_equal_size(value, weight, FIFTHS)
    tenth = groups_of_equal_size(value, weight, TENTHS)
    names = {1: "Lowest fifth", FIFTHS: "Highest fifth"}
    chosen = [(f"{names.get(i, f'Fifth {i}')} by value", fifth == i) for i in range(1, FIFTHS + 1)]
    chosen.append(("Most valuable tenth", tenth == TENTHS))
    before, after = charged(homes, False)[inside], charged(homes, True)[inside]
    here = _here(homes)
    if len(places):
        here = here & np.isin(homes.population.dwellings["council"], places)
    empty = homes.population.dwellings[here]
    empty_before, empty_after = charged_empty(homes, False)[here], charged_empty(homes, True)[here]
    moved = np.concatenate([(after - before) * weight, (empty_after - empty_before) * empty["weight"]])
    total = float(moved.sum())
    if abs(total) < LEAST_NET * float(np.abs(moved).sum()):
        total = 0.0  # of a change that nearly cancels out, no part can be told
    rows = [_by_value_row(name, who, weight, value, before, after, total) for name, who in chosen if who.any()]
    everywhere = np.ones(len(empty), bool)
    nobody = ("Second and empty homes", everywhere, empty["weight"], empty["dwelling_value"], empty_before, empty_after, total)
    rows += [_by_value_row(*nobody)] if len(empty) else []
    if any((row.get("share_of_change_pct") or 0.0) < LEAST_AGAINST for row in rows):  # some rise and some fall: they are parts of no whole
        rows = [row | {"share_of_change_pct": None} if row["shown"] else row for row in rows]
    return rows


def _by_value_row(name: str, who: Array, weight: Array, value: Array, before: Array, after: Array, total: float) -> Row:
    records, moved = int(who.sum()), int(np.count_nonzero(before[who] != after[who]))
    row: Row = {"homes": name, "records": records, "shown": records >= MINIMUM_RECORDS and enough(moved)}
    if not row["shown"]:
        return row
    weights = weight[who]
    paid, pays = float((before[who] * weights).sum()), float((after[who] * weights).sum())
    return row | {
        "number": float(weights.sum()),
        "lowest_value": float(value[who].min()),
        "before": paid,
        "after": pays,
        "change": pays - paid,
        "mean_change": (pays - paid) / float(weights.sum()),
        "share_of_change_pct": 100.0 * (pays - paid) / total if abs(total) > 1.0 else None,
        "pct_of_value_before": 100.0 * paid / float((value[who] * weights).sum()) if value[who].any() else None,
        "pct_of_value_after": 100.0 * pays / float((value[who] * weights).sum()) if value[who].any() else None,
    }


def by_income(homes: Households) -> list[Row]:
    """Fifths of people by income: what is charged on the homes they live in less support, whoever pays it, and its part of income."""
    places = changed_places(homes)
    inside = np.isin(homes.of_household("council"), places) if len(places) else np.ones(len(homes), bool)
    fifth = groups_of_equal_size(homes.equivalised_before, homes.person_weight, FIFTHS)
    names = {1: "Lowest fifth", FIFTHS: "Highest fifth"}
    before, after, weight, income = charged(homes, False), charged(homes, True), homes.weight, homes.before
    whole_before, whole_after = (float((side * weight)[inside].sum()) for side in (before, after))
    rows: list[Row] = []
    for i in range(1, FIFTHS + 1):
        who = inside & (fifth == i)
        records = int(who.sum())
        row: Row = {"group": f"{names.get(i, f'Fifth {i}')} by income", "records": records, "shown": records >= MINIMUM_RECORDS}
        if row["shown"]:
            paid, pays, has = (float((side * weight)[who].sum()) for side in (before, after, income))
            row |= {
                "before": paid,
                "after": pays,
                "mean_change": (pays - paid) / float(weight[who].sum()),
                "share_before_pct": 100.0 * paid / whole_before if whole_before else None,
                "share_after_pct": 100.0 * pays / whole_after if whole_after else None,
                "pct_of_income_before": 100.0 * paid / has if has > 0 else None,
                "pct_of_income_after": 100.0 * pays / has if has > 0 else None,
            }
        rows.append(row)
    return rows


# ---- by council ----------------------------------------------------------------------------------------------------


def by_council(homes: Households) -> list[Row]:
    """What is charged in each council area less support, today and under the proposal, with homes where nobody lives."""
    places, council = areas(), homes.of_household("council")
    count = len(places)
    here = _here(homes)
    empty = homes.population.dwellings[here]

    def totals(reform: bool) -> Array:
        lived_in = np.bincount(council, charged(homes, reform) * homes.weight, count)
        return np.asarray(lived_in + np.bincount(empty["council"], charged_empty(homes, reform)[here] * empty["weight"], count))

    before, after, records = totals(False), totals(True), np.bincount(council, minlength=count)
    rows: list[Row] = []
    for place in places:
        if not records[place.row]:
            continue
        row: Row = {"code": place.code, "council": place.name, "region": REGION_NAMES[place.region], "records": int(records[place.row])}
        row["shown"] = row["records"] >= MINIMUM_RECORDS
        if row["shown"]:
            paid, pays = float(before[place.row]), float(after[place.row])
            row |= {"before": paid, "after": pays, "change": pays - paid, "change_pct": 100.0 * (pays - paid) / paid if paid else None}
        rows.append(row)
    return rows


def funding(homes: Households) -> list[Row]:
    """What councils would have from taxes on homes: each its own; shared within each nation by people; shared with a floor.

    The floor falls year by year, as a parameter says: the first and the last year of the transition are shown.
    """
    assumed = {name: float(each.in_year(homes.run.year).value) for name, each in parameters("equalisation").items()}
    last = assumed["floor"] + assumed["step"] * (assumed["years"] - 1.0)
    rows = [row for row in by_council(homes) if row["shown"]]
    people = np.bincount(homes.of_household("council"), homes.person_weight, len(areas()))
    made: list[Row] = []
    for nation in Nation:
        own = [row for row in rows if find_area(row["code"]).nation == nation]
        if not own:
            continue
        before, kept = (np.array([row[name] for row in own]) for name in ("before", "after"))
        heads = np.array([people[find_area(row["code"]).row] for row in own])
        pooled = kept.sum() * heads / heads.sum()
        first_year, last_year = (with_floor(before, pooled, floor) for floor in (assumed["floor"], last))
        for i, row in enumerate(own):
            made.append(
                {name: row[name] for name in ("code", "council", "region", "records", "shown", "before")}
                | {"kept": float(kept[i]), "pooled": float(pooled[i]), "with_floor": float(first_year[i])}
                | {"with_floor_change_pct": 100.0 * (first_year[i] / before[i] - 1.0) if before[i] else None}
                | {"with_floor_last_year": float(last_year[i])}
            )
    return made


def with_floor(before: Array, after: Array, floor: float) -> Array:
    """(councils,) funding when none may lose more than a part `floor` (0 to 1) of it and those that gain pay for that.

    The total stays that of `after`. Gains are cut in one proportion; where all gains are not enough, the rest is not paid for and every
    council's funding is scaled down to the total.
    """
    held = np.maximum(after, (1.0 - floor) * before)
    short = float(held.sum() - after.sum())
    gains = np.maximum(held - before, 0.0)
    whole = float(gains.sum())
    cut = min(short / whole, 1.0) if whole > 0.0 else 0.0
    funded = held - cut * gains
    excess = float(funded.sum() - after.sum())
    return np.asarray(funded * (after.sum() / funded.sum()) if excess > 0.01 else funded)


# ---- large changes of the bill --------------------------------------------------------------------------------------


def own_bill(homes: Households, reform: bool) -> Array:
    """(households,) what each owes in the year for its own home, less support and what it may put off, £ a year."""
    lines = homes.run.reform if reform else homes.run.baseline
    owed = np.asarray(lines["council_tax"]["council_tax"], np.float64) + lines["council_tax"]["surcharge_owed"]
    return np.asarray(owed - support(homes, reform) - lines["deferral"]["home_tax_put_off"])[homes.rows]


def bill_change(homes: Households) -> Array:
    """(households,) how much more each pays for its own home, £ a year."""
    return own_bill(homes, True) - own_bill(homes, False)


def large_changes(homes: Households) -> list[Row]:
    """Households whose own bill rises, and whose own bill falls, by at least £10 a week, by income and by the value of the home.

    Incomes and values are in fifths (of people; of homes) of the place in view. Where some councils alone make the change, only
    households there are counted. A count that rests on too few records is held back.
    """
    rows: list[Row] = []
    more = bill_change(homes)
    for name, who in groups_of_large_changes(homes).items():
        records = int(who.sum())
        row: Row = {"group": name, "records": records, "shown": records >= MINIMUM_RECORDS}
        if row["shown"]:
            weight = homes.weight
            row |= {"households": float(weight[who].sum())}
            for way, moved in (("rise", more), ("fall", -more)):
                hit = who & (moved >= LARGE)
                known = enough(int(hit.sum()))
                count = float(weight[hit].sum())
                row |= {
                    f"large_{way}s": count if known else None,
                    f"large_{way}s_pct": 100.0 * count / float(weight[who].sum()) if known else None,
                    f"mean_{way}": float((moved * weight)[hit].sum()) / count if known and count else None,
                }
        rows.append(row)
    return rows


def groups_of_large_changes(homes: Households) -> dict[str, Array]:
    """(households,) who is counted in each row of `large_changes`."""
    places = changed_places(homes)
    inside = np.isin(homes.of_household("council"), places) if len(places) else np.ones(len(homes), bool)
    dear = groups_of_equal_size(homes.of_household("dwelling_value"), homes.weight, FIFTHS) == FIFTHS
    poor = groups_of_equal_size(homes.equivalised_before, homes.person_weight, FIFTHS) == 1
    return {
        "All households": inside,
        "Lowest fifth by income": inside & poor,
        "Lowest fifth by income, in the highest fifth of homes by value": inside & poor & dear,
        "Highest fifth of homes by value": inside & dear,
    }
