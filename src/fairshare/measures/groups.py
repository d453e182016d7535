"""What changes for each group of households and of people: a row for each, held back where it rests on too few records."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from fairshare.areas import areas, find_area
from fairshare.measures import distribution
from fairshare.measures.columns import Row, Table
from fairshare.measures.distribution import MINIMUM_RECORDS, Array, Groups, change_by_group, enough, grade, groups_of_equal_size
from fairshare.measures.households import FamilyType, Households
from fairshare.measures.uncertainty import Range, limits
from fairshare.quantities import REGION_NAMES, WEEKS_IN_YEAR, Ethnicity, Sex, Tenure

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
    least, most = np.where(lowest < 0, -np.inf, 0.0), np.where(highest > 0, np.inf, 0.0)
    spans = [homes.errors.range(float(found.mean_change[i]), error[i], least[i], most[i]) for i in range(count)]
    rows = [_row(found, i, kind[i], spans[i], {column: names[i]}) for i in range(count) if found.records[i]]
    if homes.area is None:
        return rows
    whole = homes.national
    unknown = _of_the_richest(homes, group, count) | _of_the_richest(whole, group_of(whole), count)
    moved = np.bincount(group, homes.change != 0.0, count)
    rows = [row if enough(int(moved[i])) else _too_few(row, column) for row, i in zip(rows, np.flatnonzero(found.records), strict=True)]
    return [_not_known(row, (column, "records")) if unknown[i] else row for row, i in zip(rows, np.flatnonzero(found.records), strict=True)]


def _of_the_richest(homes: Households, group: Array, count: int) -> Array:
    """(count,) whether more than half of what moves in each group comes from the strata of top wealth."""
    size = np.abs(homes.change) * homes.weight
    return np.asarray(np.bincount(group, size * homes.richest, count) > MOSTLY * np.bincount(group, size, count))


def _too_few(row: Row, column: str) -> Row:
    """A row of one council in which too few records move for its change to be shown."""
    return {column: row[column], "records": row["records"], "grade": "not shown", "shown": False}


def _not_known(row: Row, kept: tuple[str, ...]) -> Row:
    """A row of one council whose change rests on the handful of very wealthy households drawn there."""
    return {name: row[name] for name in kept} | {"grade": "not known", "shown": False}


def _row(found: Groups, i: int, in_kind: float, span: Range, named: Row) -> Row:
    records = int(found.records[i])
    row: Row = {**named, "records": records, "grade": "not shown", "shown": False}
    if records < MINIMUM_RECORDS:
        return row
    row |= {"grade": grade(float(found.effective_records[i])), "shown": True}
    weight, mean = float(found.weight[i]), float(found.mean_change[i])
    gain, lose = 100.0 * float(found.gain_share[i]), 100.0 * float(found.lose_share[i])
    before = float(found.mean_before[i])
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


def by_income_tenth_after_housing_costs(homes: Households) -> Table:
    """Tenths of persons by equivalised income after housing costs under the baseline (fifths in a council)."""

    def group(each: Households) -> Array:
        ranked = each.once(
            f"tenth_after_housing_costs_{homes.groups}",
            lambda: groups_of_equal_size(each.after_costs_before, each.person_weight, homes.groups),
        )
        return ranked - 1

    return _rows(homes, group, group_names(homes), "tenth")


def by_wealth_tenth(homes: Households) -> Table:
    return _rows(homes, lambda each: each.wealth_groups(homes.groups) - 1, group_names(homes), "tenth")


def by_region(homes: Households) -> Table:
    return _rows(homes, lambda each: each.of_household("region"), [REGION_NAMES[region] for region in sorted(REGION_NAMES)], "region")


def by_tenure(homes: Households) -> Table:
    return _rows(homes, lambda each: each.of_household("tenure"), [TENURES[tenure] for tenure in Tenure], "tenure")


def by_family_type(homes: Households) -> Table:
    return _rows(homes, lambda each: each.family_type, [FAMILY_TYPES[kind] for kind in FamilyType], "family_type")


# ---- groups of people -----------------------------------------------------------------------------------------------

AGES = ((0, "Under 16"), (16, "16 to 24"), (25, "25 to 34"), (35, "35 to 44"), (45, "45 to 54"), (55, "55 to 64"), (65, "65 to 74"),
        (75, "75 or over"))  # fmt: skip
"""Bands of age, each from its first year."""
SEXES = {Sex.MALE: "Men and boys", Sex.FEMALE: "Women and girls"}
DISABILITY = ("Not disabled", "Disabled")
ETHNIC_GROUPS = {
    Ethnicity.UNKNOWN: "Not known",
    Ethnicity.WHITE: "White",
    Ethnicity.MIXED: "Mixed or multiple groups",
    Ethnicity.ASIAN: "Asian or Asian British",
    Ethnicity.BLACK: "Black, Black British, Caribbean or African",
    Ethnicity.OTHER: "Another group",
}


def by_age(homes: Households) -> Table:
    starts = np.array([start for start, _ in AGES])
    of = _of_people("age", lambda persons: np.searchsorted(starts, persons["age"], side="right") - 1)
    return _people_rows(homes, of, [name for _, name in AGES], "age")


def by_sex(homes: Households) -> Table:
    return _people_rows(homes, _of_people("sex", lambda persons: persons["sex"]), [SEXES[sex] for sex in Sex], "sex")


def by_disability(homes: Households) -> Table:
    return _people_rows(homes, _of_people("disabled", lambda persons: persons["disabled"]), list(DISABILITY), "disability")


def by_ethnic_group(homes: Households) -> Table:
    of = _of_people("ethnicity", lambda persons: persons["ethnicity"])
    return _people_rows(homes, of, [ETHNIC_GROUPS[group] for group in Ethnicity], "ethnic_group")


CountOf = Callable[[Households, int], Array]
"""(groups, households) how many people of each group live in each household."""


def _of_people(name: str, group_of: Callable[[Array], Array]) -> CountOf:
    """Counts the people of each group, whose number `group_of` gives for each person, in each household."""

    def counted(homes: Households, count: int) -> Array:
        group = group_of(homes.population.persons[homes.persons]).astype(np.int64)
        found = np.bincount(group * len(homes) + homes.household_of, minlength=count * len(homes))
        return np.asarray(found.reshape(count, len(homes)), np.float64)

    return lambda homes, count: homes.once(f"people_by_{name}", lambda: counted(homes, count))


def _people_rows(homes: Households, people: CountOf, names: list[str], column: str) -> Table:
    """A row for each group of people, each of whom is counted with the change of the household they live in. Records are households:
    those who live together move together, so that they tell no more than one household does."""
    rows = []
    for i, number in enumerate(people(homes, len(names))):
        here = number > 0
        if not here.any():
            continue
        weights, change = (homes.weight * number)[here], homes.change[here]
        one = np.zeros(len(change), np.int64)
        found = change_by_group(one, homes.before[here], homes.after[here], weights, 1, change)
        error = homes.errors.of(here).means(change, weights, one, found.mean_change)
        kind = float((homes.in_kind[here] * weights).sum())
        span = homes.errors.range(float(found.mean_change[0]), float(error[0]), *limits(change))
        row = _row(found, 0, kind, span, {column: names[i]})
        if homes.area is not None and (
            _people_of_the_richest(homes, number) or _people_of_the_richest(homes.national, people(homes.national, len(names))[i])
        ):
            row = _not_known(row, (column, "records"))
        rows.append({("people" if name == "households" else name): value for name, value in row.items()})
    return rows


def _people_of_the_richest(homes: Households, number: Array) -> bool:
    """Whether more than half of what moves for a group of people comes from the strata of top wealth."""
    size = np.abs(homes.change) * homes.weight * number
    return bool((size * homes.richest).sum() > MOSTLY * size.sum())


# ---- places and sizes -----------------------------------------------------------------------------------------------


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
