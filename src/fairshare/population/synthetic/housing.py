"""Step 5: tenure, council tax band, value of the home now and in the year that bands rest on, bedrooms, rent, mortgage.

Within each council the published shares are given out by quota in the order of a score (age, income, family, chance), so
that every council has its own tenures and bands. The value now follows from the value in the band year by the council's own
growth, which is set so that the middle home has the published median price.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.population.synthetic import composition
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.activity import youngest_child
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import assigned, fitted, generator, ndtri, quota, rank
from fairshare.population.synthetic.other_incomes import STATE_PENSION_AGE

BAND_EDGES = {
    q.Nation.ENGLAND: (18_000, 40_000, 52_000, 68_000, 88_000, 120_000, 160_000, 320_000, 4_000_000),
    q.Nation.SCOTLAND: (14_000, 27_000, 35_000, 45_000, 58_000, 80_000, 106_000, 212_000, 2_000_000),
    q.Nation.WALES: (25_000, 44_000, 65_000, 91_000, 123_000, 162_000, 223_000, 324_000, 424_000, 2_500_000),
}
"""Values between which bands A, B, ... lie: LGFA 1992 s.5 and s.74 (1 April 1991), and Wales SI 2003/3046 (1 April 2003).
The lowest and highest edges are not law: they only end the first and last bands."""
TOP_BAND_STEEPNESS = 2.3
"""Pareto exponent of values within the highest band (assumption)."""
VALUE_SPREAD = 0.24
"""How far two homes of one band-year value in one council have come apart (standard deviation of the logarithm); with the
width of a band it gives the published 90:10 ratio of Band D homes in Edinburgh and Aberdeen, about 1.9 (IFS 2025)."""
NORTHERN_IRELAND_2005 = 0.60
"""Capital value of 1 January 2005 over the value now, Northern Ireland (UNVERIFIED: NI house prices then and in 2025)."""
STOCK_OVER_SALES = 0.95
"""The middle home over the middle sale: social and older homes are sold less often (assumption). With COMPRESSION it brings
net property wealth to the Wealth and Assets Survey's total, moved by house prices."""
COMPRESSION = 0.90
"""Elasticity of the value now to the value in the band year within a council (assumption, see STOCK_OVER_SALES)."""
MEAN_OVER_MEDIAN = 1.17
"""Mean price over median price, for nations where only the mean is published (England and Wales, ONS and UK HPI)."""
HOME_LOANS = 0.83
"""Part of secured loans that is on the home people live in (assumption: buy-to-let is about a sixth)."""
SOCIAL_RENT_RISE = 1.077 * 1.027
"""April 2024 and April 2025 rises of social rents: the limit of CPI + 1% (England)."""
SOCIAL_RENT_ELSEWHERE = {q.Region.WALES: 108.0, q.Region.SCOTLAND: 92.0, q.Region.NORTHERN_IRELAND: 88.0}
"""£ a week in 2023-24 outside England (UNVERIFIED)."""
TENURE_ROOMS = np.array([0.1, 0.1, -0.55, -0.25, -0.1])
"""Bedrooms by tenure beside size and value of the home: renters have fewer (assumption from the census's pattern)."""
SOCIAL_RENT_BY_BEDROOMS = np.array([0.86, 0.98, 1.09, 1.22])
"""Of homes of one, two, three, four and more bedrooms over the mean (assumption)."""
RENTS_PAID = 0.90
"""What tenants pay over the index of rents: private renters of England paid £237 a week in 2023-24 (English Housing Survey), where the
index's means by council, taken back to that year, come to £263; many have been in their homes for years."""
RENT_SPREAD = 0.28
"""Of private rents of like homes in one council, standard deviation of the logarithm (lists of rents, VOA 2019-20: p90 over p10
of one size and market is about two)."""
BEDROOM_SHARES = {q.Nation.SCOTLAND: (0.14, 0.33, 0.35, 0.18), q.Nation.NORTHERN_IRELAND: (0.06, 0.21, 0.46, 0.27)}
"""Bedrooms 1, 2, 3, 4 and more, where no council figure is held (assumption)."""


def means(draft: Draft) -> np.ndarray:
    """(households,) earned and pension income of the household, £ a year: what tenure and spending are placed by."""
    persons = draft.persons
    total = persons["earnings"] + np.maximum(persons["self_employment"], 0) + persons["private_pension"] + persons["state_pension"]
    return draft.household_sum(total)


def tenure_shares() -> np.ndarray:
    """(councils, 5) share of each tenure: dwellings by tenure 2024 in England (ONS), the census elsewhere."""
    names = ("owned_outright", "mortgage", "social_rent", "private_rent")
    census = np.column_stack([f.council(f"census_{name}") for name in (*names, "rent_free")])
    census = census / census.sum(axis=1, keepdims=True)
    now = np.column_stack([f.council(f"dwellings_{name}") for name in names])
    known = np.isfinite(now).all(axis=1)
    shares = census.copy()
    shares[known, :4] = now[known] / now[known].sum(axis=1, keepdims=True) * (1 - census[known, 4:])
    return shares


TENURE_ROWS = {"owner occupiers": 0, "all owner occupiers": 0, "all social renters": 1, "private renters": 2}
QUINTILES = ("first quintile", "second quintile", "third quintile", "fourth quintile", "fifth quintile")
HEAD_AGES = {"16 to 24": 0, "25 to 34": 25, "35 to 44": 35, "45 to 64": 45, "65 to 74": 65, "75 or older": 75}
CHILDREN_POWER = 0.7
"""How much of the difference that dependent children make to tenure, at one income, is added to that of age (assumption:
families are in the middle ages already)."""
LEAST_INCOME, LEAST_INCOME_MORE = 9_500.0, 3_500.0
"""£ a year that a household without means has (benefits, rent included; and for each person more), which the survey counts as
income (assumption; it only decides in which fifth of incomes such a household is)."""
LONE_IN_SOCIAL, DISABLED_IN_SOCIAL, NO_PENSION_IN_SOCIAL = 0.7, 0.45, 1.2
"""Log-odds of renting from a council or housing association: lone parents, disabled reference persons, households of State Pension
age without a private pension (assumption; the survey's incomes hold help with rent, so that its tables by income say too little
of how many tenants have little else)."""
NO_MEANS_IN_SOCIAL, MEANS_OF_ONE, MEANS_OF_MORE = 2.0, 14_000.0, 0.5
"""Log-odds of renting from a council or housing association of households below pension age with less than so many £ a year for one
person, and half as much for each more (assumption: else far more tenants of private landlords would be paid for their rent than the 1.6
million whom the Department for Work and Pensions counted in January 2024; 2.2 million still are here)."""
SINGLE_RENTS = 0.6
"""Log-odds of renting, from anyone, of households whose first family is no couple and no lone parent, at one age, income and status
(assumption from the census's pattern: eight couples without children in ten own, and half of people of working age who live alone)."""
STATUSES = ("full-time work", "part-time work", "retired", "unemployed", "full-time education", "other inactive")
FULL_TIME_HOURS = 30.0
TENURE_ROUNDS = 12
"""Rounds in which tenures come to the survey's shares by economic status, age and children, and last to each council's own."""


@cache
def tenure_odds() -> tuple[np.ndarray, np.ndarray]:
    """(5 incomes, 6 ages, 3) share of owners, social and private renters (English Housing Survey 2023-24), and
    (5 incomes, 2, 3) what no or some dependent children multiply it by."""
    by_age, by_children = np.zeros((5, 6, 3)), np.zeros((5, 2, 3))
    ages = list(HEAD_AGES)
    for row in f.rows("tenure_by_age_income"):
        place = (QUINTILES.index(row["income_quintile"]), ages.index(row["age_of_reference_person"]), TENURE_ROWS[row["tenure"]])
        by_age[place] += f.number(row["households"])
    for row in f.rows("tenure_by_children_income"):
        children = int(row["dependent_children"].startswith("at least"))
        by_children[QUINTILES.index(row["income_quintile"]), children, TENURE_ROWS[row["tenure"]]] += f.number(row["households"])
    shares = (by_age + 1.0) / (by_age + 1.0).sum(axis=2, keepdims=True)
    every = by_children.sum(axis=1, keepdims=True)
    relative = by_children / by_children.sum(axis=2, keepdims=True) / (every / every.sum(axis=2, keepdims=True))
    return shares, relative**CHILDREN_POWER


@cache
def tenure_margins() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(6, 3) by economic status, (6, 3) by age, (2, 3) by children: share of owners, social and private renters (English Housing
    Survey 2023-24), the reference person's status and age."""
    by_status, by_age, by_children = np.zeros((len(STATUSES), 3)), np.zeros((len(HEAD_AGES), 3)), np.zeros((2, 3))
    for row in f.rows("tenure_by_status_income"):
        by_status[STATUSES.index(row["economic_status"]), TENURE_ROWS[row["tenure"]]] += f.number(row["households"])
    for row in f.rows("tenure_by_age_income"):
        by_age[list(HEAD_AGES).index(row["age_of_reference_person"]), TENURE_ROWS[row["tenure"]]] += f.number(row["households"])
    for row in f.rows("tenure_by_children_income"):
        by_children[int(row["dependent_children"].startswith("at least")), TENURE_ROWS[row["tenure"]]] += f.number(row["households"])
    status, age, children = (table / table.sum(axis=1, keepdims=True) for table in (by_status, by_age, by_children))
    return status, age, children


def status_of_household(draft: Draft) -> np.ndarray:
    """(households,) the economic status (a place in STATUSES) of the first family's adult with the most work."""
    persons = draft.persons
    adult = (persons["role"] != int(q.Role.DEPENDANT)) & (
        persons["benefit_unit"] == draft.of_household(draft.households["first_benefit_unit"])
    )
    works, hours, activity = draft.person["works"], persons["hours"], persons["activity"]
    retired = (persons["age"] >= 66) | (activity == int(q.Activity.RETIRED))
    order = np.select(
        [
            works & (hours >= FULL_TIME_HOURS) & (activity != int(q.Activity.STUDENT)),
            works & (activity != int(q.Activity.STUDENT)),
            retired,
            activity == int(q.Activity.UNEMPLOYED),
            activity == int(q.Activity.STUDENT),
        ],
        [0, 1, 2, 3, 4],
        5,
    )
    return np.minimum.reduceat(np.where(adult, order, 9), draft.households["first_person"])


def with_tenure(draft: Draft, seed: int) -> None:
    """Tenure by age, income and children as the English Housing Survey has it, brought to each council's own shares.

    Which owners have a mortgage follows from age, income, children and work.
    """
    rng, homes = generator(seed, "tenure"), draft.households
    head, count, council, weight = draft.persons[draft.head], len(homes), homes["council"].astype(int), homes["weight"]
    income = ndtri(rank(means(draft) / np.sqrt(homes["last_person"] - homes["first_person"]), weight))
    age, idle = head["age"], draft.household_sum(draft.person["works"]) == 0
    pension = draft.household_sum(draft.persons["private_pension"]) > 0
    child = (youngest_child(draft)[draft.head] < 19).astype(int)
    size = np.minimum(homes["last_person"] - homes["first_person"], 5)
    with_benefits = np.maximum(means(draft), LEAST_INCOME + LEAST_INCOME_MORE * (size - 1)) + rng.random(count)
    fifth = np.minimum((rank(with_benefits, weight) * 5).astype(int), 4)
    by_age, by_children = tenure_odds()
    group = np.searchsorted(list(HEAD_AGES.values()), age, side="right") - 1
    odds = by_age[fifth, group] * by_children[fifth, child]
    lone = np.isin(draft.household["kind"], (composition.LONE_CHILDREN, composition.LONE_GROWN))
    student = draft.household_sum(draft.person["student_household"]) > 0
    social = LONE_IN_SOCIAL * lone + DISABLED_IN_SOCIAL * head["disabled"] + NO_PENSION_IN_SOCIAL * ((age >= 66) & ~pension)
    least = MEANS_OF_ONE * (1 + MEANS_OF_MORE * (size - 1))
    social = social + NO_MEANS_IN_SOCIAL * ((means(draft) < least) & (age < STATE_PENSION_AGE)) - 3.0 * student
    alone = SINGLE_RENTS * ((draft.units["couple"][homes["first_benefit_unit"]] == 0) & ~lone)
    shares = tenure_shares()  # owned outright, mortgage, social, private, rent free
    chance = np.column_stack(
        [odds[:, 0], odds[:, 1] * np.exp(social + alone), odds[:, 2] * np.exp(2.5 * student + alone), np.full(count, 0.01)]
    )
    wanted = np.column_stack([shares[:, :2].sum(axis=1), shares[:, 2:]])
    groups = (status_of_household(draft), group, child)
    for _ in range(TENURE_ROUNDS):
        for members, margin in zip(groups, tenure_margins(), strict=True):
            held = np.column_stack([np.bincount(members, weight * column, len(margin)) for column in chance[:, :3].T])
            held = held / np.maximum(held.sum(axis=1, keepdims=True), 1e-12)
            chance[:, :3] *= (margin / np.maximum(held, 1e-9))[members]
        chance = fitted(chance, weight, council, wanted, rounds=2)
    chance = fitted(chance, weight, council, wanted)
    order = council * 1000.0 + age + rng.random(count)
    tenure, remaining, left = np.full(count, int(q.Tenure.OWNED_OUTRIGHT)), np.ones(count, bool), np.ones(count)
    for column, kind in ((1, q.Tenure.SOCIAL_RENT), (2, q.Tenure.PRIVATE_RENT), (3, q.Tenure.RENT_FREE)):
        rows = np.flatnonzero(remaining)
        part = np.clip(chance[rows, column] / np.maximum(left[rows], 1e-9), 0.0, 1.0)
        chosen = rows[quota(part, order[rows], rng)]
        tenure[chosen], remaining[chosen] = int(kind), False
        left -= chance[:, column]
    owners = np.flatnonzero(remaining)
    borrows = -0.13 * np.maximum(age - 42, 0) + 0.30 * income + 0.5 * child - 1.0 * idle + 1.05 * rng.standard_normal(count)
    part = shares[:, 1] / np.maximum(shares[:, :2].sum(axis=1), 1e-9)
    loan = assigned(-borrows[owners], weight[owners], council[owners], np.column_stack([part, 1 - part]), rng) == 0
    tenure[owners[loan]] = int(q.Tenure.MORTGAGE)
    homes["tenure"] = tenure
    draft.household["income_score"] = income


def with_band(draft: Draft, seed: int) -> None:
    """Council tax band by council quota, dearer homes to those with more income, owners and larger families; none in Northern Ireland."""
    rng, homes = generator(seed, "band"), draft.households
    shares = np.nan_to_num(np.column_stack([f.council(f"band_{band}") for band in "abcdefghi"]))
    council = homes["council"].astype(int)
    owner = np.select([homes["tenure"] == 0, homes["tenure"] == 1, homes["tenure"] == 2], [0.75, 0.6, -0.75], 0.0)
    size = np.minimum(homes["last_person"] - homes["first_person"], 5)
    score = 0.55 * draft.household["income_score"] + owner + 0.2 * size + 0.95 * rng.standard_normal(len(homes))
    draft.household["place_of_home"] = score
    banded = shares[council].sum(axis=1) > 0
    band = np.zeros(len(homes), int)
    band[banded] = 1 + assigned(score[banded], homes["weight"][banded], council[banded], np.maximum(shares, 1e-12), rng)
    homes["council_tax_band"] = band


def band_year_value(band: np.ndarray, nation: np.ndarray, place: np.ndarray) -> np.ndarray:
    """A value within each band, £: `place` (0 to 1) on a straight line, or on a Pareto curve in the highest band."""
    value = np.zeros(len(band))
    for of_nation, edges in BAND_EDGES.items():
        here = np.flatnonzero((nation == int(of_nation)) & (band > 0))
        low, high = np.array(edges)[band[here] - 1], np.array(edges)[np.minimum(band[here], len(edges) - 1)]
        top = band[here] == len(edges) - 1
        inner = np.where(band[here] == 1, np.sqrt(place[here]), place[here])  # band A homes crowd towards its limit
        value[here] = np.where(
            top, np.minimum(low * (1 - 0.995 * place[here]) ** (-1 / TOP_BAND_STEEPNESS), high), low + inner * (high - low) * 0.9999
        )
    return value


def growth_since_band_year() -> np.ndarray:
    """(councils,) factor from the compressed value in the band year to the value now.

    It is such that the median home has the council's published median price.
    """
    shares = np.nan_to_num(np.column_stack([f.council(f"band_{band}") for band in "abcdefghi"]))
    price = f.council("median_house_price_ye_sep2024") * f.uprating("house_prices", "2024-25", "2025-26")
    nation_price = {int(q.Nation.SCOTLAND): f.regional("average_house_price")["S92000003"] / MEAN_OVER_MEDIAN}
    growth = np.ones(len(areas()))
    for area in areas():
        if area.nation == q.Nation.NORTHERN_IRELAND:
            continue
        own = shares[area.row]
        if area.nation == q.Nation.SCOTLAND:  # no council prices are held: one growth for Scotland
            own = shares[f.area_nations() == int(q.Nation.SCOTLAND)].sum(axis=0)
        middle = _median(own, BAND_EDGES[area.nation])
        growth[area.row] = STOCK_OVER_SALES * nation_price.get(int(area.nation), price[area.row]) / middle**COMPRESSION
    return growth


def value_now(then: np.ndarray, council: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Value now from the value in the band year: the council's growth, and how far like homes have come apart."""
    apart = np.exp(VALUE_SPREAD * rng.standard_normal(len(then)))
    return np.asarray(growth_since_band_year()[council] * then**COMPRESSION * apart)


def _median(stock: np.ndarray, edges: tuple[int, ...]) -> float:
    cumulated = np.concatenate(([0.0], np.cumsum(stock[: len(edges) - 1]))) / stock.sum()
    band = int(np.clip(np.searchsorted(cumulated, 0.5, side="right") - 1, 0, len(edges) - 2))
    within = (0.5 - cumulated[band]) / max(cumulated[band + 1] - cumulated[band], 1e-9)
    if band == 0:
        within = np.sqrt(within)  # as band_year_value spreads band A
    return float(edges[band] + within * (edges[band + 1] - edges[band]))


def northern_values(council: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Values now in Northern Ireland, which has no bands: log-normal about the published mean, dearer where incomes are higher."""
    gdhi = f.council("gdhi_per_head_2023")[council]
    centre = f.regional("average_house_price")["N92000002"] / 1.12 * np.sqrt(gdhi / np.mean(gdhi)) if len(council) else np.zeros(0)
    return np.asarray(centre * np.exp(0.45 * ndtri(place)))


def with_value(draft: Draft, seed: int) -> None:
    """Value in the band year and now, the type of dwelling and its bedrooms."""
    rng, homes = generator(seed, "value"), draft.households
    council, nation = homes["council"].astype(int), homes["nation"].astype(int)
    within = rank(
        draft.household["place_of_home"] + 0.6 * rng.standard_normal(len(homes)), homes["weight"], council * 10 + homes["council_tax_band"]
    )
    then = band_year_value(homes["council_tax_band"].astype(int), nation, within)
    now = value_now(then, council, rng)
    northern = np.flatnonzero(nation == int(q.Nation.NORTHERN_IRELAND))
    now[northern] = northern_values(council[northern], rank(draft.household["place_of_home"][northern], homes["weight"][northern]))
    then[northern] = now[northern] * NORTHERN_IRELAND_2005 * np.exp(0.15 * rng.standard_normal(len(northern)))
    homes["dwelling_value"], homes["dwelling_value_band_year"] = np.round(now, -2), np.round(then, -2)
    _with_rooms(draft, now, rng)


def _with_rooms(draft: Draft, value: np.ndarray, rng: np.random.Generator) -> None:
    homes = draft.households
    council, weight = homes["council"].astype(int), homes["weight"]
    shares = np.column_stack([f.council(f"bedrooms_{number}") for number in (1, 2, 3, 4)])
    for nation, usual in BEDROOM_SHARES.items():
        shares[f.area_nations() == int(nation)] = usual
    shares = np.column_stack([f.filled(column) for column in (shares / shares.sum(axis=1, keepdims=True)).T])
    relative = (
        np.log(np.maximum(value, 1.0))
        - np.log(np.bincount(council, value, len(shares)) / np.maximum(np.bincount(council, minlength=len(shares)), 1))[council]
    )
    size = np.minimum(homes["last_person"] - homes["first_person"], 6)
    score = 0.55 * size + 1.1 * relative + TENURE_ROOMS[homes["tenure"]] + 0.55 * rng.standard_normal(len(homes))
    bedrooms = 1 + assigned(score, weight, council, shares, rng)
    extra = (bedrooms == 4) & (rng.random(len(homes)) < 0.22)
    homes["bedrooms"] = bedrooms + extra
    types = np.nan_to_num(np.column_stack([f.council(f"type_{kind}") for kind in ("flat", "terraced", "semi", "detached")]))
    score = 0.8 * homes["bedrooms"] + 0.9 * relative - 0.5 * (homes["tenure"] == 2) + 0.7 * rng.standard_normal(len(homes))
    order = np.array([q.DwellingType.FLAT, q.DwellingType.TERRACED, q.DwellingType.SEMI_DETACHED, q.DwellingType.DETACHED])
    homes["dwelling_type"] = order[assigned(score, weight, council, types, rng)]


def private_rents() -> np.ndarray:
    """(councils, 4) mean private rent by bedrooms, £ a month, April 2026: ONS by council in England; elsewhere the nation's
    mean, higher or lower with the council's income per head, by England's relativities of size."""
    names = ("rent_pcm_1bed_apr2026", "rent_pcm_2bed_apr2026", "rent_pcm_3bed_apr2026", "rent_pcm_4plus_bed_apr2026")
    rents = np.column_stack([f.council(name) for name in names])
    mean, nation, gdhi = f.council("rent_pcm_mean_apr2026"), f.area_nations(), f.council("gdhi_per_head_2023")
    size = np.nanmean(rents / mean[:, None], axis=0)
    for of_nation in (q.Nation.WALES, q.Nation.SCOTLAND, q.Nation.NORTHERN_IRELAND):
        here = nation == int(of_nation)
        level = f.regional("mean_private_rent")[f.NATION_CODES[of_nation]] * np.sqrt(gdhi[here] / gdhi[here].mean())
        rents[here] = level[:, None] * size[None, :]
    return np.column_stack([f.filled(column) for column in rents.T])


def with_rent(draft: Draft, seed: int) -> None:
    """Private rent by council and bedrooms (ONS index of private rents); social rent by region (English Housing Survey)."""
    rng, homes = generator(seed, "rent"), draft.households
    beds, weight = np.clip(homes["bedrooms"], 1, 4) - 1, homes["weight"]
    private = homes["tenure"] == int(q.Tenure.PRIVATE_RENT)
    homes["rent"] = np.where(private, np.clip(_private_rent(draft, private, rng), 2_400, 90_000), 0.0)
    ehs = {(row["geography"], row["tenure"]): float(row["pounds_a_week"]) for row in f.rows("rent_and_mortgage_by_region")}
    social = homes["tenure"] == int(q.Tenure.SOCIAL_RENT)
    level = np.array(
        [SOCIAL_RENT_ELSEWHERE.get(region, ehs.get((q.REGION_NAMES[region], "all social renters"), 118.0)) for region in q.Region]
    )
    charge = level[homes["region"]] * 52 * SOCIAL_RENT_RISE * SOCIAL_RENT_BY_BEDROOMS[beds] * np.exp(0.17 * rng.standard_normal(len(homes)))
    here = social & (homes["nation"] == int(q.Nation.ENGLAND))
    charge *= ehs[("England", "all social renters")] * 52 * SOCIAL_RENT_RISE / np.average(charge[here], weights=weight[here])
    homes["rent"] = np.round(np.where(social, np.clip(charge, 2_000, 20_000), homes["rent"]), 2)


def _private_rent(draft: Draft, private: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """£ a year: each council's mean by bedrooms, spread about it, dearer for tenants with more income; the council's own mean holds.

    The index is of April 2026, half a year after the middle of the fiscal year that the population is in.
    """
    homes = draft.households
    council, beds, weight = homes["council"].astype(int), np.clip(homes["bedrooms"], 1, 4) - 1, homes["weight"]
    back = f.uprating("private_rents", "2026-27", "2025-26") ** 0.5
    published = private_rents() * 12 * back
    spread = np.exp(RENT_SPREAD * rng.standard_normal(len(homes)) + 0.12 * draft.household["income_score"])
    rent = published[council, beds] * spread
    held = np.bincount(council, weight * private * rent, len(published))
    expected = np.bincount(council, weight * private * published[council, beds], len(published))
    mean = f.council("rent_pcm_mean_apr2026") * 12 * back
    renters = np.bincount(council, weight * private, len(published))
    # Where ONS gives the council's own mean it holds; elsewhere the means by bedrooms do.
    wanted = np.where(np.isfinite(mean), mean * renters, expected)
    for nation in (q.Nation.WALES, q.Nation.SCOTLAND, q.Nation.NORTHERN_IRELAND):
        here = f.area_nations() == int(nation)
        whole = f.regional("mean_private_rent")[f.NATION_CODES[nation]] * 12 * back * renters[here].sum()
        wanted[here] *= whole / max(float(wanted[here].sum()), 1.0)
    return np.asarray(RENTS_PAID * rent * np.where(held > 0, wanted / np.maximum(held, 1.0), 1.0)[council])


def with_mortgage(draft: Draft, seed: int) -> None:
    """Loan on the home by age and value, to the OBR's secured loans; interest at the OBR's mean rate; repayment by the age of 67."""
    rng, homes = generator(seed, "mortgage"), draft.households
    rows = np.flatnonzero(homes["tenure"] == int(q.Tenure.MORTGAGE))
    age, value = draft.persons["age"][draft.head[rows]], homes["dwelling_value"][rows]
    ratio = np.clip((0.78 - 0.0135 * np.maximum(age - 30, 0)) * np.exp(0.35 * rng.standard_normal(len(rows))), 0.02, 0.95)
    wanted = f.national("secured_liabilities_2025") * 1e9 * HOME_LOANS
    for _ in range(4):
        ratio = np.clip(ratio * wanted / (homes["weight"][rows] @ (ratio * value)), 0.01, 0.95)
    loan = ratio * value
    rate = f.national("average_mortgage_rate") / 100 * np.exp(0.15 * rng.standard_normal(len(rows)))
    years = np.clip(67 - age, 6, 32)
    repaying = rng.random(len(rows)) < 0.88  # the rest pay interest only (assumption)
    homes["mortgage_debt"][rows] = np.round(loan, 2)
    homes["mortgage_interest"][rows] = np.round(loan * rate, 2)
    homes["mortgage_capital"][rows] = np.round(np.where(repaying, loan * rate / (1 - (1 + rate) ** -years) - loan * rate, 0.0), 2)
    homes["main_home_wealth"] = np.where(homes["tenure"] <= 1, homes["dwelling_value"], 0.0)
