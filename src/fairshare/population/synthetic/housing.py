"""Step 5: tenure, council tax band, value of the home now and in the year that bands rest on, bedrooms, rent, mortgage.

Within each council the published shares are given out by quota in the order of a score (age, income, family, chance), so
that every council has its own tenures and bands. The value now follows from the value in the band year by the council's own
growth, which is set so that the middle home has the published median price.
"""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.activity import youngest_child
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import assigned, generator, ndtri, rank

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


def with_tenure(draft: Draft, seed: int) -> None:
    """Tenure by council quota: social renters first, then private renters, then mortgages, the rest own outright."""
    rng, homes = generator(seed, "tenure"), draft.households
    head, count, council = draft.persons[draft.head], len(draft.households), draft.households["council"].astype(int)
    income = ndtri(rank(means(draft) / np.sqrt(homes["last_person"] - homes["first_person"]), homes["weight"]))
    age, idle = head["age"], draft.household_sum(draft.person["works"]) == 0
    lone, child = np.isin(draft.household["kind"], (5, 6)), youngest_child(draft)[draft.head] < 19
    shares, remaining = tenure_shares(), np.ones(count, bool)
    tenure = np.full(count, int(q.Tenure.OWNED_OUTRIGHT))
    student = draft.household_sum(draft.person["student_household"]) > 0
    scores = (
        (q.Tenure.SOCIAL_RENT, -1.15 * income + 0.9 * lone + 0.55 * (idle & (age < 66)) + 0.4 * head["disabled"] - 1.5 * student),
        (q.Tenure.PRIVATE_RENT, -0.085 * np.clip(age, 22, 80) + 2.5 * student + 0.15 * income - 0.25 * child),
        (q.Tenure.RENT_FREE, rng.standard_normal(count)),
        (q.Tenure.MORTGAGE, -0.13 * np.maximum(age - 42, 0) + 0.30 * income + 0.5 * child - 1.0 * idle),
    )
    for kind, score in scores:
        rows = np.flatnonzero(remaining)
        left = 1 - shares[:, [int(done) for done, _ in scores[: [k for k, _ in scores].index(kind)]]].sum(axis=1)
        part = shares[:, int(kind)] / np.maximum(left, 1e-9)
        noisy = -(score[rows] + 1.05 * rng.standard_normal(len(rows)))
        chosen = rows[assigned(noisy, homes["weight"][rows], council[rows], np.column_stack([part, 1 - part]), rng) == 0]
        tenure[chosen] = int(kind)
        remaining[chosen] = False
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
    score = 0.55 * size + 1.1 * relative - 0.35 * np.isin(homes["tenure"], (2, 3)) + 0.55 * rng.standard_normal(len(homes))
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
    """Private rent by council and bedrooms, social rent by region; both to the mean that the English Housing Survey's renters pay."""
    rng, homes = generator(seed, "rent"), draft.households
    council, beds = homes["council"].astype(int), np.clip(homes["bedrooms"], 1, 4) - 1
    ehs = {(row["geography"], row["tenure"]): float(row["pounds_a_week"]) for row in f.rows("rent_and_mortgage_by_region")}
    england = homes["nation"] == int(q.Nation.ENGLAND)
    private, weight = homes["tenure"] == int(q.Tenure.PRIVATE_RENT), homes["weight"]
    rent = private_rents()[council, beds] * 12 * np.exp(0.30 * rng.standard_normal(len(homes)) + 0.12 * draft.household["income_score"])
    paid = ehs[("England", "private renters")] * 52 * f.uprating("private_rents", "2023-24", "2025-26")
    here = private & england
    rent *= paid / np.average(rent[here], weights=weight[here])
    social = homes["tenure"] == int(q.Tenure.SOCIAL_RENT)
    names = dict(q.REGION_NAMES.items())
    level = np.array([SOCIAL_RENT_ELSEWHERE.get(region, ehs.get((names[region], "all social renters"), 118.0)) for region in q.Region])
    charge = (
        level[homes["region"]]
        * 52
        * SOCIAL_RENT_RISE
        * np.array([0.86, 0.98, 1.09, 1.22])[beds]
        * np.exp(0.17 * rng.standard_normal(len(homes)))
    )
    here = social & england
    charge *= ehs[("England", "all social renters")] * 52 * SOCIAL_RENT_RISE / np.average(charge[here], weights=weight[here])
    homes["rent"] = np.round(np.where(private, np.clip(rent, 2_400, 90_000), np.where(social, np.clip(charge, 2_000, 20_000), 0.0)), 2)


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
