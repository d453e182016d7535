"""Step 1: who lives with whom. Household types, ages, sexes, couples, children, students, several benefit units.

A pool of household shapes is drawn once for the nation from ONS families and households (2025) and stated assumptions.
For each council the pool is then tilted, as little as possible, until a household of the council holds on average its
published number of persons of each age and sex, and people living alone and lone parents occur as often as published.
Shapes are taken from the tilted pool at equal steps (by quota), so that a few hundred records carry the council's structure.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.population.records import empty
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import generator

POOL = 7_000
PLACES = 10  # head, partner, five dependent children, three others
CHILDREN, OTHERS = slice(2, 7), slice(7, 10)

AGE_EDGES = np.array([0, 5, 10, 15, 20, 25, 30, 35, 45, 55, 65, 75, 85, 200])
"""Age groups whose counts by sex each council's households must hold."""
AGE_GROUPS = len(AGE_EDGES) - 1
_FIVE_YEAR = ((0,), (1,), (2,), (3,), (4,), (5,), (6,), (7, 8), (9, 10), (11, 12), (13, 14), (15, 16), (17,))

ALONE, COUPLE, COUPLE_ONE_TWO, COUPLE_THREE, COUPLE_GROWN, LONE_CHILDREN, LONE_GROWN, SHARERS, SEVERAL = range(9)
RARE_KINDS = (COUPLE_THREE, COUPLE_GROWN, LONE_CHILDREN, SEVERAL)
"""Kinds whose share in each council is held near the nation's (lone parents: near the council's own), else ages alone drive them."""

IN_HOUSEHOLDS = np.array([0.999, 0.999, 0.998, 0.972, 0.945, 0.985, 0.993, 0.994, 0.994, 0.993, 0.989, 0.967, 0.870])
"""Share of residents of each age group who live in private households, before it is scaled to the LFS total of people in
households. Assumption from the pattern of the 2021 Census (halls of residence, care homes); councils with more communal
residents than this gives lose them from ages 15 to 24."""

ADULT_CHILD_SHARE = {16: 0.05, 17: 0.10, 18: 0.45}
"""Part of young people at home who are adults of their own benefit unit rather than qualifying young persons (assumption:
most 16- and 17-year-olds are in full-time non-advanced education); 1 from age 19."""


class Kind(NamedTuple):
    """A household type: its households in the UK, and how its places are filled."""

    name: str
    households: float
    fill: Callable[[Pool, np.ndarray, np.random.Generator], None]


class Pool:
    """Household shapes, one row each; -1 marks an empty place."""

    def __init__(self, count: int) -> None:
        self.age = np.full((count, PLACES), -1, np.int64)
        self.sex = np.zeros((count, PLACES), np.int64)
        self.unit = np.zeros((count, PLACES), np.int64)
        self.dependant = np.zeros((count, PLACES), bool)
        self.partner = np.zeros((count, PLACES), bool)
        self.married = np.zeros(count, bool)
        self.student = np.zeros((count, PLACES), bool)
        self.kind = np.zeros(count, np.int64)
        self.share = np.zeros(count)


# ---- how each type is filled ---------------------------------------------------------------------------------------


def _alone(pool: Pool, rows: np.ndarray, rng: np.random.Generator) -> None:
    """One person: ONS people living alone by sex and age, 2025."""
    groups = [("16-24", 18, 25), ("25-44", 25, 45), ("45-64", 45, 65), ("65-74", 65, 75), ("75+", 75, 96)]
    cells = [
        (sex, low, high, f.national(f"alone_{name}_{label}")) for sex, name in ((0, "male"), (1, "female")) for label, low, high in groups
    ]
    chosen = rng.choice(len(cells), len(rows), p=_normal([cell[3] for cell in cells]))
    table = np.array([cell[:3] for cell in cells])[chosen]
    span = table[:, 2] - table[:, 1]
    # Living alone grows commoner with age below 30 and thins out after 85.
    draw = np.where(
        table[:, 1] == 18, np.sqrt(rng.random(len(rows))), np.where(table[:, 1] == 75, rng.random(len(rows)) ** 1.35, rng.random(len(rows)))
    )
    pool.age[rows, 0] = table[:, 1] + np.floor(draw * span).astype(int)
    pool.sex[rows, 0] = table[:, 0]


def _couple(pool: Pool, rows: np.ndarray, age: np.ndarray, rng: np.random.Generator) -> None:
    """Head and partner: men on average two years older (ONS marriages: the mean gap is two to three years); 1.5% same-sex."""
    pool.sex[rows, 0] = rng.random(len(rows)) < 0.5
    same = rng.random(len(rows)) < 0.015
    pool.sex[rows, 1] = np.where(same, pool.sex[rows, 0], 1 - pool.sex[rows, 0])
    gap = np.round(np.where(same, 0.0, 2.2) + rng.normal(0, 4.0, len(rows))).astype(int)
    pool.age[rows, 0] = np.clip(age, 18, 97)
    pool.age[rows, 1] = np.clip(age + np.where(pool.sex[rows, 0] == 1, gap, -gap), 18, 99)
    pool.partner[rows, 1] = True
    # ONS families 2025: one couple in five cohabits; the young far more often (assumed curve, checked against the total).
    cohabiting = np.clip(0.70 - 0.0185 * (pool.age[rows, 0] - 20), 0.03, 0.7)
    pool.married[rows] = rng.random(len(rows)) > cohabiting


def _couple_no_children(pool: Pool, rows: np.ndarray, rng: np.random.Generator) -> None:
    _couple(pool, rows, _ages(rng, len(rows), "2 person all adult"), rng)


def _dependants(pool: Pool, rows: np.ndarray, count: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Fill the children's places; gives the eldest child's age. Children are 1 to 4 years apart."""
    youngest = np.floor(rng.random(len(rows)) * np.maximum(19.0 - 2.6 * (count - 1), 4)).astype(int)
    age = youngest.copy()
    for place in range(5):
        here = place < count
        age = np.where(here & (place > 0), np.minimum(age + rng.integers(1, 5, len(rows)), 18), age)
        target = rows[here]
        pool.age[target, 2 + place] = age[here]
        pool.sex[target, 2 + place] = rng.random(here.sum()) < 0.488
        pool.dependant[target, 2 + place] = True
    return age


def _parent_age(rng: np.random.Generator, eldest: np.ndarray, mean_at_birth: float) -> np.ndarray:
    """A parent's age from the eldest child's and the age at that birth (ONS births: mean age of mothers at a first birth is 29)."""
    return np.clip(eldest + np.round(rng.normal(mean_at_birth, 5.6, len(eldest))).astype(int), 18 + eldest // 2, eldest + 47)


def _adult_children(pool: Pool, rows: np.ndarray, count: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Fill the others' places with grown children, each a benefit unit of their own; gives the eldest's age."""
    ages, shares = _adult_child_ages()
    eldest = np.zeros(len(rows), int)
    for place in range(3):
        here = place < count
        age = rng.choice(ages, here.sum(), p=shares)
        target = rows[here]
        pool.age[target, 7 + place] = age
        pool.sex[target, 7 + place] = rng.random(here.sum()) < 0.42  # ONS young adults with parents: more sons stay
        pool.unit[target, 7 + place] = place + 1
        eldest[here] = np.maximum(eldest[here], age)
    return eldest


def _couple_dependent(pool: Pool, rows: np.ndarray, rng: np.random.Generator, three_or_more: bool = False) -> None:
    one = f.national("families_married_one") + f.national("families_cohabiting_one")
    two = f.national("families_married_two") + f.national("families_cohabiting_two")
    # Families of three or more: 73% have three, 19% four, 8% five or more (assumption from Child Benefit family sizes).
    count = (
        rng.choice([3, 4, 5], len(rows), p=[0.73, 0.19, 0.08]) if three_or_more else rng.choice([1, 2], len(rows), p=_normal([one, two]))
    )
    eldest = _dependants(pool, rows, count, rng)
    older = (rng.random(len(rows)) < 0.13) & (eldest >= 10)  # one in eight has a grown child at home as well
    grown = _adult_children(pool, rows, older.astype(int), rng)
    mother = _parent_age(rng, np.maximum(eldest, np.where(older, grown, 0)), 30.0)
    _couple(pool, rows, mother, rng)
    elder = (rng.random(len(rows)) < 0.02) & ~older  # a grandparent lives with them
    target = rows[elder]
    pool.age[target, 7] = np.clip(pool.age[target, 0] + 29, 60, 96)
    pool.sex[target, 7] = rng.random(len(target)) < 0.68
    pool.unit[target, 7] = 1


def _couple_large(pool: Pool, rows: np.ndarray, rng: np.random.Generator) -> None:
    _couple_dependent(pool, rows, rng, three_or_more=True)


def _couple_grown(pool: Pool, rows: np.ndarray, rng: np.random.Generator) -> None:
    eldest = _adult_children(pool, rows, rng.choice([1, 2, 3], len(rows), p=[0.64, 0.29, 0.07]), rng)
    _couple(pool, rows, _parent_age(rng, eldest, 30.0), rng)


def _lone(pool: Pool, rows: np.ndarray, age: np.ndarray, rng: np.random.Generator, mothers: float) -> None:
    pool.age[rows, 0] = np.clip(age, 17, 97)
    pool.sex[rows, 0] = rng.random(len(rows)) < mothers


def _lone_dependent(pool: Pool, rows: np.ndarray, rng: np.random.Generator) -> None:
    families = [f.national(f"families_lone_parent_{size}") for size in ("one", "two", "three_plus")]
    shares = _normal([families[0], families[1], 0.73 * families[2], 0.19 * families[2], 0.08 * families[2]])
    eldest = _dependants(pool, rows, rng.choice([1, 2, 3, 4, 5], len(rows), p=shares), rng)
    older = (rng.random(len(rows)) < 0.12) & (eldest >= 10)
    grown = _adult_children(pool, rows, older.astype(int), rng)
    mothers = f.national("families_lone_mother_dependent") / f.national("families_lone_parent_dependent")
    _lone(pool, rows, _parent_age(rng, np.maximum(eldest, np.where(older, grown, 0)), 27.5), rng, mothers)


def _lone_grown(pool: Pool, rows: np.ndarray, rng: np.random.Generator) -> None:
    eldest = _adult_children(pool, rows, rng.choice([1, 2, 3], len(rows), p=[0.74, 0.22, 0.04]), rng)
    _lone(pool, rows, _parent_age(rng, eldest, 28.5), rng, 0.806)


def _unrelated(pool: Pool, rows: np.ndarray, rng: np.random.Generator) -> None:
    """Sharers: two to four adults, a quarter of the households all students (assumption); mean size as ONS gives."""
    mean = f.national("people_unrelated") / f.national("households_unrelated")
    extra = mean - 2
    size = rng.choice([2, 3, 4], len(rows), p=[1 - extra * 0.68, extra * 0.36, extra * 0.32])
    students = rng.random(len(rows)) < 0.25
    young = rng.random(len(rows)) < 0.70
    centre = np.where(students, 20.5, np.where(young, 28.0, 52.0))
    spread = np.where(students, 1.5, np.where(young, 5.5, 15.0))
    for order, place in enumerate((0, 7, 8, 9)):
        here = order < size
        target = rows[here]
        pool.age[target, place] = np.clip(np.round(rng.normal(centre[here], spread[here])), 18, 90)
        pool.sex[target, place] = rng.random(here.sum()) < 0.44
        pool.unit[target, place] = order
        pool.student[target, place] = students[here]


def _multi_family(pool: Pool, rows: np.ndarray, rng: np.random.Generator) -> None:
    """Two families: parents with a daughter or son who is a lone parent, or a couple with children and their own parents."""
    lone = rng.random(len(rows)) < 0.55
    first = rows[lone]
    child = rng.integers(0, 13, len(first))
    parent = child + np.clip(np.round(rng.normal(24, 4, len(first))).astype(int), 16, 40)
    _couple(pool, first, parent + np.round(rng.normal(28, 4, len(first))).astype(int), rng)
    pool.age[first, 7], pool.sex[first, 7], pool.unit[first, 7] = parent, rng.random(len(first)) < 0.9, 1
    pool.age[first, 8], pool.sex[first, 8], pool.unit[first, 8] = child, rng.random(len(first)) < 0.488, 1
    pool.dependant[first, 8] = True
    second = rng.random(len(first)) < 0.4
    target = first[second]
    pool.age[target, 9], pool.sex[target, 9], pool.unit[target, 9] = np.minimum(child[second] + 2, 18), rng.random(len(target)) < 0.488, 1
    pool.dependant[target, 9] = True
    rest = rows[~lone]
    eldest = _dependants(pool, rest, rng.choice([1, 2, 3], len(rest), p=[0.35, 0.42, 0.23]), rng)
    _couple(pool, rest, _parent_age(rng, eldest, 29.0), rng)
    pool.age[rest, 7] = np.clip(pool.age[rest, 0] + 28, 58, 92)
    pool.age[rest, 8] = np.clip(pool.age[rest, 7] - 2, 58, 92)
    pool.sex[rest, 8] = 1
    pool.unit[rest, 7] = pool.unit[rest, 8] = 1
    pool.partner[rest, 8] = True


def kinds() -> tuple[Kind, ...]:
    """ONS families and households 2025: households of each type (lone parents split as lone-parent families are)."""
    lone = f.national("households_lone_parent")
    dependent = f.national("families_lone_parent_dependent")
    share = dependent / (dependent + f.national("families_lone_parent_non_dependent"))
    return (
        Kind("alone", f.national("households_one_person_under_65") + f.national("households_one_person_65_plus"), _alone),
        Kind("couple", f.national("households_couple_no_children"), _couple_no_children),
        Kind("couple with one or two dependent children", f.national("households_couple_1_2_dependent"), _couple_dependent),
        Kind("couple with three or more dependent children", f.national("households_couple_3_plus_dependent"), _couple_large),
        Kind("couple with grown children", f.national("households_couple_non_dependent"), _couple_grown),
        Kind("lone parent with dependent children", lone * share, _lone_dependent),
        Kind("lone parent with grown children", lone * (1 - share), _lone_grown),
        Kind("unrelated adults", f.national("households_unrelated"), _unrelated),
        Kind("two families", f.national("households_multi_family"), _multi_family),
    )


def _normal(values: list[float]) -> np.ndarray:
    array = np.asarray(values, float)
    return array / array.sum()


@cache
def _adult_child_ages() -> tuple[np.ndarray, np.ndarray]:
    """Ages of grown children at home: ONS young adults living with parents 2022, and a thin tail to 50 (assumption)."""
    share = {
        int(row["age"]): float(row["value"]) / 100
        for row in f.rows("young_adults_with_parents")
        if row["sex"] == "all" and row["age"].isdigit()
    }
    if not share:
        share = {int(row["age"]): float(row["value"]) / 100 for row in f.rows("young_adults_with_parents") if row["age"].isdigit()}
    ages = np.arange(16, 51)
    weights = [share.get(age, 0.07 * 0.87 ** (age - 34)) * ADULT_CHILD_SHARE.get(age, 1.0) for age in range(16, 51)]
    return ages, _normal(weights)


def _ages(rng: np.random.Generator, count: int, household_type: str) -> np.ndarray:
    """Ages of the reference person by household type (National Records of Scotland, mid-2024), single years drawn evenly."""
    table = [
        (row["age_of_reference_person"], float(row["households"]))
        for row in f.rows("household_ages")
        if row["household_type"] == household_type
    ]
    low = np.array([int(label[:2]) for label, _ in table])
    high = np.array([96 if "+" in label else int(label[3:5]) + 1 for label, _ in table])
    low = np.maximum(low, 19)
    chosen = rng.choice(len(table), count, p=_normal([households for _, households in table]))
    skew = np.where(low[chosen] == 19, 0.5, np.where(low[chosen] >= 75, 1.4, 1.0))
    return low[chosen] + np.floor(rng.random(count) ** skew * (high - low)[chosen]).astype(int)


# ---- the pool, tilted to each council ------------------------------------------------------------------------------


def drawn_pool(seed: int, count: int = POOL) -> Pool:
    """The national pool of household shapes. Rare types get more shapes and smaller shares, so that any council finds its own."""
    pool, rng = Pool(count), generator(seed, "composition pool")
    types = kinds()
    totals = np.array([kind.households for kind in types])
    sizes = np.floor(count * _normal(list(totals**0.75))).astype(int)
    sizes[0] += count - sizes.sum()
    first = 0
    for index, (kind, size) in enumerate(zip(types, sizes, strict=True)):
        rows = np.arange(first, first + size)
        kind.fill(pool, rows, rng)
        pool.kind[rows] = index
        pool.share[rows] = totals[index] / totals.sum() / size
        first += size
    return pool


def household_population() -> np.ndarray:
    """(councils, age groups, 2) people in private households: mid-2024 residents less those in communal establishments."""
    residents = f.population_by_age_sex()
    groups = np.stack([residents[:, list(members)].sum(axis=1) for members in _FIVE_YEAR], axis=1)
    inside = groups * IN_HOUSEHOLDS[None, :, None]
    communal = f.council("communal_residents")
    beyond = np.nan_to_num(np.maximum(communal - (groups - inside).sum(axis=(1, 2)), 0.0))
    young = inside[:, 3:5].sum(axis=(1, 2))
    inside[:, 3:5] *= (1 - np.minimum(beyond / young, 0.4))[:, None, None]
    return inside * (f.national("people_in_households") / inside.sum())


def households_by_council() -> np.ndarray:
    """(councils,) households: the census share of each council, moved to 2025.

    England: dwellings on the valuation list less homes with no usual resident (second and empty homes of 2022, scaled so that
    England's households are its census share of the LFS total of 2025). Elsewhere: census households scaled alike.
    """
    census = f.council("households_census")
    total = f.national("households")
    moved = census * total / census.sum()
    english = f.area_nations() == int(q.Nation.ENGLAND)
    listed = np.nansum([f.council(f"band_{band}") for band in "abcdefgh"], axis=0)
    unlived = np.nan_to_num(f.council("second_homes_2022")) + np.nan_to_num(f.council("empty_homes_2022"))
    target = moved[english].sum()
    factor = (listed[english].sum() - target) / unlived[english].sum()
    lived = listed - np.minimum(unlived * factor, 0.35 * listed)
    # Half-way between the two measures, which err in opposite directions where student halls or new building are many.
    moved[english] = 0.5 * moved[english] + 0.5 * np.clip(lived[english], 0.85 * moved[english], 1.2 * moved[english])
    moved[english] *= target / moved[english].sum()
    return moved


def _features(pool: Pool) -> np.ndarray:
    """(shapes, features) persons by age group and sex, then one person, four, five or more, lone parent, and the kinds of RARE_KINDS."""
    present = pool.age >= 0
    group = np.clip(np.searchsorted(AGE_EDGES, pool.age, side="right") - 1, 0, AGE_GROUPS - 1)
    cells = np.zeros((len(pool.age), AGE_GROUPS * 2))
    shape = np.broadcast_to(np.arange(len(pool.age))[:, None], pool.age.shape)
    np.add.at(cells, (shape[present], group[present] * 2 + pool.sex[present]), 1.0)
    size = present.sum(axis=1)
    lone = (pool.kind == LONE_CHILDREN) | (pool.kind == LONE_GROWN)
    return np.column_stack([cells, size == 1, size == 4, size >= 5, lone, *(pool.kind == kind for kind in RARE_KINDS)])


def _targets(households: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(councils, features) what a council's household holds on average, and how strictly (smaller is stricter)."""
    people = household_population().reshape(len(households), -1) / households[:, None]
    census = f.council("households_census")

    def share(values: np.ndarray, national: float) -> np.ndarray:
        known = f.filled(values, census)
        return np.asarray(known * national / np.average(known, weights=households))

    total = f.national("households")
    one = np.where(
        np.isfinite(f.council("scotland_one_person_share_2024")), f.council("scotland_one_person_share_2024"), f.council("size_1") / census
    )
    alone = share(one, (f.national("households_one_person_under_65") + f.national("households_one_person_65_plus")) / total)
    four = share(f.council("size_4") / census, f.national("size_four") / total)
    sizes = np.column_stack([f.council(f"size_{number}") for number in (1, 2, 3, 4)])
    larger = 1 - sizes.sum(axis=1) / np.where(np.isfinite(sizes[:, 0]), census, np.nan)
    five = share(np.clip(larger, 0.005, 0.4), 1 - sum(f.national(f"size_{name}") for name in ("one", "two", "three", "four")) / total)
    lone = share(f.council("lone_parent_households") / census, f.national("households_lone_parent") / total)
    every = [kind.households for kind in kinds()]
    rare = np.tile([every[kind] / sum(every) for kind in RARE_KINDS], (len(households), 1))
    rare[:, 2] *= lone / np.average(lone, weights=households)
    targets = np.column_stack(
        [people, np.clip(alone, 0.1, 0.6), np.clip(four, 0.05, 0.3), np.clip(five, 0.015, 0.3), np.clip(lone, 0.03, 0.25), rare]
    )
    slack = np.column_stack([0.006 * people, 0.03 * alone, 0.06 * four, 0.06 * five, 0.04 * lone, 0.12 * rare])
    return targets, slack


def tilted(
    share: np.ndarray, features: np.ndarray, targets: np.ndarray, slack: np.ndarray, start: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Shares of shapes nearest to the pool's own (relative entropy) that meet the targets, and the multipliers reached."""
    multipliers, base = start.copy(), share
    for _ in range(10):
        exponent = features @ multipliers
        share = base * np.exp(exponent - exponent.max())
        share /= share.sum()
        mean = share @ features
        gap = mean + slack * multipliers - targets
        if np.abs(gap).max() < 2e-4:
            break
        curvature = (features * share[:, None]).T @ features - np.outer(mean, mean) + np.diag(slack + 1e-7)
        step = np.linalg.solve(curvature, -gap)
        multipliers += step * min(1.0, 1.5 / np.abs(step).max())
    # Rounded, so that the last bits of a sum (threads, CPU) cannot change which shapes are taken.
    return np.round(share, 12), multipliers


def allocation(households: np.ndarray, count: int) -> np.ndarray:
    """(councils,) records of each council: in proportion to the square root of its households, and at least two."""
    ideal = np.sqrt(households)
    records = np.maximum(np.floor(ideal / ideal.sum() * count), min(2, count // len(households))).astype(int)
    rest = count - records.sum()
    order = np.argsort(-(ideal / ideal.sum() * count - records), kind="stable")
    for place in range(abs(int(rest))):
        records[order[place % len(order)]] += 1 if rest > 0 else 0
    if rest < 0:
        largest = np.argsort(-records, kind="stable")
        records[largest[: -int(rest)]] -= 1
    return records


def composed(count: int, seed: int, progress: Callable[[float], None]) -> Draft:
    """`count` households of all councils, in council order, with their persons and benefit units. Only who they are is filled."""
    pool, rng = drawn_pool(seed), generator(seed, "composition")
    households = households_by_council()
    records = allocation(households, count)
    targets, slack = _targets(households)
    order, features = np.lexsort((pool.age[:, 0], pool.kind)), _features(pool)
    starts = np.zeros((len(q.Region), targets.shape[1]))
    chosen, council = [], []
    for area in range(len(households)):
        region = f.area_regions()[area]
        share, reached = tilted(pool.share, features, targets[area], slack[area], starts[region])
        if np.isfinite(reached).all():
            starts[region] = reached
        cumulated = np.cumsum(share[order])
        steps = (np.arange(records[area]) + rng.random()) / records[area] * cumulated[-1]
        chosen.append(order[np.minimum(np.searchsorted(cumulated, steps), len(order) - 1)])
        council.append(np.full(records[area], area))
        progress(area / len(households))
    shapes, councils = np.concatenate(chosen), np.concatenate(council)
    return _draft(pool, shapes, councils, (households / records)[councils])


def _draft(pool: Pool, shapes: np.ndarray, councils: np.ndarray, weights: np.ndarray) -> Draft:
    """The tables of the chosen shapes: persons in place order, dependants within the unit of their parents."""
    age, unit = pool.age[shapes], pool.unit[shapes]
    present = age >= 0
    sort = np.argsort(np.where(present, unit * PLACES + np.arange(PLACES), 10_000), axis=1, kind="stable")
    rows = np.arange(len(shapes))[:, None]
    present, unit = present[rows, sort], unit[rows, sort]
    where = np.nonzero(present)
    persons = empty("person", int(present.sum()))
    persons["age"] = age[rows, sort][where]
    persons["sex"] = pool.sex[shapes][rows, sort][where]
    dependant = pool.dependant[shapes][rows, sort][where]
    partner = pool.partner[shapes][rows, sort][where]
    persons["role"] = np.where(dependant, int(q.Role.DEPENDANT), np.where(partner, int(q.Role.PARTNER), int(q.Role.CLAIMANT)))
    numbers = where[0] * PLACES + unit[where]
    starts = np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1])))
    people_of_unit = np.diff(np.concatenate((starts, [len(numbers)])))
    units_of_household = np.bincount(where[0][starts], minlength=len(shapes))
    units, households = empty("benefit_unit", len(starts)), empty("household", len(shapes))
    draft = Draft(persons, units, households)
    draft.number(people_of_unit, units_of_household)
    units["couple"] = np.add.reduceat(partner.astype(int), starts) > 0
    units["married"] = (units["couple"] == 1) & pool.married[shapes][units["household"]]
    units["householder"] = 0
    units["householder"][households["first_benefit_unit"]] = 1
    sharers = pool.kind[shapes] == SHARERS
    units["householder"][sharers[units["household"]]] = 1
    households["council"] = councils
    households["weight"] = weights
    households["nation"] = f.area_nations()[councils]
    households["region"] = f.area_regions()[councils]
    draft.household["kind"] = pool.kind[shapes]
    draft.person["student_household"] = pool.student[shapes][rows, sort][where]
    return draft
