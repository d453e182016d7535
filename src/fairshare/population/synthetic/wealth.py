"""Step 6: wealth by component, and its corrected top.

The Wealth and Assets Survey (round 8, Great Britain, 2020-22) gives totals by component, moved to 2025-26 by published
indices. No survey record comes near the richest, so the top hundredth is drawn again from a Pareto curve whose steepness
is an assumption (1.5 to 2.1), at fixed intervals of wealth with many records of small weight.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import generator, ndtri, quota, rank

STEEPNESS = 1.7
STEEPNESS_RANGE = (1.5, 2.1)
TOP_SHARE = 0.01
INTERVALS = (5e6, 7.5e6, 10e6, 15e6, 20e6, 30e6, 50e6, 100e6, 250e6, 1e9)
"""£ of net wealth at which the strata of the top part; the first begins where the top hundredth does."""
RECORDS = (0.26, 0.17, 0.12, 0.10, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02)
"""Share of the top's records in each stratum."""
RICHEST = 40e9
"""£; no household is drawn above it (Sunday Times Rich List 2025: the highest entry, a family, is £35bn)."""
GREAT_BRITAIN_TO_UK = 1.024
"""Households' wealth of the UK over Great Britain's (assumption: Northern Ireland's per household is 0.9 of the mean)."""
OTHER_PROPERTY = 1.25e12
"""£ gross, second homes and let property, 2025-26 (assumption: about a fifth of WAS property wealth)."""
BUSINESS = 0.55e12
"""£ of business assets below the corrected top (assumption: WAS rounds before 8 held about £0.4tn)."""
OTHER_DEBTS = "other_liabilities"
NO_PENSION_SAVINGS = 0.7
"""By how much households of State Pension age without a private pension stand lower in savings (assumption: who has saved for a
pension has mostly saved besides)."""
LANDLORD_HOUSEHOLDS = 2_050_000
"""Households with let property: 2.6 million people with net property income (SPI and below the allowance), 1.27 to a household."""
SECOND_HOME_HOUSEHOLDS = 650_000


class Totals(NamedTuple):
    """£ of each component that the survey's part is scaled to, UK, 2025-26."""

    financial: float
    pension: float
    physical: float
    debts: float


def totals() -> Totals:
    """WAS round 8 shares of £13.57tn, moved by CPI (savings, contents, pensions in payment and accrued)."""
    share = {row["breakdown"]: float(row["value"]) / 100 for row in f.rows("wealth") if row["id"] == "was8_component_share"}
    total = next(float(row["value"]) for row in f.rows("wealth") if row["id"] == "was8_total") * 1e9 * GREAT_BRITAIN_TO_UK
    rise = f.uprating("cpi", "2021-22", "2025-26")
    debts = 0.155e12  # cards, loans and arrears of households without student loans (assumption from WAS: about £0.12tn in 2020-22)
    return Totals(
        (share["net financial"] * total) * rise + debts, share["private pension"] * total * rise, share["physical"] * total * rise, debts
    )


def _scaled(values: np.ndarray, weight: np.ndarray, total: float) -> np.ndarray:
    return np.asarray(values * total / (weight @ values))


def with_components(draft: Draft, seed: int) -> None:
    """Every component as a survey would find it: financial, pension, physical, other property, business, debts."""
    rng, homes, persons = generator(seed, "wealth"), draft.households, draft.persons
    weight, count, wanted = homes["weight"], len(homes), totals()
    age = draft.household_max(np.where(persons["role"] != int(q.Role.DEPENDANT), persons["age"], 0))
    income = draft.household["income_score"]
    adult = (persons["role"] != int(q.Role.DEPENDANT)) & (persons["benefit_unit"] == homes["first_benefit_unit"][persons["household"]])
    skill = draft.household_max(np.where(adult, draft.person["skill"], -9.0))
    tenure = np.select([homes["tenure"] == 0, homes["tenure"] == 1, homes["tenure"] == 2], [0.55, 0.15, -0.95], -0.35)
    common = rng.standard_normal(count)

    pensionless = (age >= 66) & (draft.household_sum(persons["private_pension"]) == 0)
    place = rank(
        -NO_PENSION_SAVINGS * pensionless
        + 0.55 * income
        + 0.25 * skill
        + 0.014 * (np.minimum(age, 75) - 50)
        + tenure
        + 0.25 * common
        + 0.75 * rng.standard_normal(count),
        weight,
    )
    score = ndtri(place)
    # FRS: one household in eight has no savings; below the middle savings fall away faster than they rise above it.
    financial = np.where(place < 0.11, 0.0, 16_000 * np.exp(np.where(score < 0, 2.5, 1.8) * score))
    homes["financial_wealth"] = _scaled(financial, weight, wanted.financial)

    years = np.clip(88 - persons["age"], 5, 24)
    in_payment = persons["private_pension"] * years * 0.75
    member = rng.random(len(persons)) < np.where(draft.person["self_employed"], 0.45, np.where(persons["earnings"] > 10_000, 0.90, 0.25))
    accruing = np.where(
        (persons["age"] >= 22) & (persons["age"] < 75) & (persons["private_pension"] == 0), np.clip(persons["age"] - 20, 0, 45), 0
    )
    standing = np.exp(0.70 * draft.person["skill"] + 1.05 * rng.standard_normal(len(persons)))
    building = member * 2_000.0 * accruing**1.35 / 10 * standing * (persons["role"] != int(q.Role.DEPENDANT))
    homes["pension_wealth"] = _scaled(draft.household_sum(in_payment + building), weight, wanted.pension)

    size = np.sqrt(homes["last_person"] - homes["first_person"])
    physical = size * np.exp(0.5 * income + 0.7 * rng.standard_normal(count) + 0.9 * (homes["tenure"] <= 1))
    homes["physical_wealth"] = _scaled(physical, weight, wanted.physical)

    borrowing = np.exp(1.1 * rng.standard_normal(count) + 0.2 * income) * (
        rng.random(count) < np.clip(0.75 - 0.008 * (age - 30), 0.15, 0.8)
    )
    homes["debts"] = _scaled(borrowing, weight, wanted.debts)

    owner = homes["tenure"] <= 1
    chance = np.where(owner & (age >= 28), np.exp(0.75 * score + 0.02 * (np.minimum(age, 65) - 50)), 0.02)
    letting = quota(np.clip(chance * LANDLORD_HOUSEHOLDS / (weight @ chance), 0, 0.9), homes["council"] + rng.random(count), rng)
    second = quota(np.clip(chance * SECOND_HOME_HOUSEHOLDS / (weight @ chance), 0, 0.6), homes["council"] + rng.random(count), rng)
    value = np.exp(0.45 * score + 0.7 * rng.standard_normal(count)) * (letting * 1.3 + second)
    homes["other_property_wealth"] = _scaled(value, weight, OTHER_PROPERTY)
    let_loans = f.national("secured_liabilities_2025") * 1e9 - weight @ homes["mortgage_debt"]
    homes["mortgage_debt"] += _scaled(homes["other_property_wealth"] * letting * (rng.random(count) < 0.55), weight, max(let_loans, 1.0))
    draft.household["let_loan"] = homes["mortgage_debt"] - np.where(homes["tenure"] == 1, homes["mortgage_debt"], 0.0) * 0
    trade = draft.household_sum(draft.person["self_employed"]) > 0
    business = np.where(trade, 1.0, (rng.random(count) < 0.015) * 2.0) * np.exp(1.6 * rng.standard_normal(count) + 0.5 * score)
    homes["business_wealth"] = _scaled(business, weight, BUSINESS)
    draft.household["letting"] = letting


def net(homes: np.ndarray) -> np.ndarray:
    """(households,) net wealth: every component less loans and debts, £."""
    assets = ("main_home_wealth", "other_property_wealth", "financial_wealth", "business_wealth", "pension_wealth", "physical_wealth")
    total = np.zeros(len(homes))
    for name in assets:
        total += homes[name]
    return total - homes["mortgage_debt"] - homes["debts"]


def threshold(homes: np.ndarray) -> float:
    """£ above which the top hundredth lies: the survey's 99th percentile, moved as the survey's total has moved."""
    published = next(
        float(row["value"])
        for row in f.rows("wealth")
        if row["id"] == "was8_household_total_wealth" and row["breakdown"] == "GB households p99"
    )
    total = next(float(row["value"]) for row in f.rows("wealth") if row["id"] == "was8_total") * 1e9 * GREAT_BRITAIN_TO_UK
    order = np.argsort(-net(homes))
    rest = order[np.cumsum(homes["weight"][order]) > TOP_SHARE * homes["weight"].sum()]
    body = (
        1 - next(float(row["value"]) for row in f.rows("wealth") if row["id"] == "was7_share" and row["breakdown"] == "top 1%") / 100
        if _has("was7_share")
        else 0.9
    )
    return published * float(homes["weight"][rest] @ net(homes)[rest]) / (body * total)


def _has(name: str) -> bool:
    return any(row["id"] == name for row in f.rows("wealth"))


def with_top(draft: Draft, seed: int, records: int, steepness: float = STEEPNESS) -> Draft:
    """The draft with its richest hundredth replaced by `records` records drawn by strata of wealth from a Pareto curve.

    Hosts are the records that the survey part ranks highest; each stands several times, as a household in its own council,
    at wealth levels spread evenly over its stratum; together they weigh what the hosts weighed.
    """
    rng, homes = generator(seed, "top wealth"), draft.households
    start = threshold(homes)
    score = net(homes) * np.exp(0.25 * rng.standard_normal(len(homes)))
    order = np.argsort(score, kind="stable")[::-1]
    hosts = order[np.cumsum(homes["weight"][order]) <= TOP_SHARE * homes["weight"].sum()]
    weight_of_top = float(homes["weight"][hosts].sum())
    each = np.full(len(hosts), records // len(hosts))
    each[: records - each.sum()] += 1
    rest = np.setdiff1d(np.arange(len(homes)), hosts)
    copies = np.repeat(hosts[::-1], each[::-1])  # poorest host first
    chosen = np.concatenate([rest, copies])
    is_top = np.concatenate([np.zeros(len(rest), bool), np.ones(len(copies), bool)])
    level, weights, stratum = drawn_levels(len(copies), start, weight_of_top, steepness, rng)
    wealth, weight, number = (np.concatenate([np.zeros(len(rest)), part]) for part in (level, weights, stratum))
    sort = np.argsort(homes["council"][chosen], kind="stable")
    out = draft.take(chosen[sort])
    is_top, wealth, weight, number = is_top[sort], wealth[sort], weight[sort], number[sort]
    out.households["weight"] = np.where(is_top, weight, out.households["weight"])
    out.households["stratum"] = number.astype(np.int8)
    # Below the top nobody is richer than its threshold: hosts not chosen because of the noise keep less.
    _bring(out.households, np.where(is_top, wealth, np.minimum(net(out.households), start)), is_top | (net(out.households) > start))
    return out


def drawn_levels(
    count: int, start: float, weight: float, steepness: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Net wealth, weight and stratum of each top record, poorest first: even steps of the Pareto curve within each stratum."""
    edges = np.array([start, *[edge for edge in INTERVALS if edge > start], RICHEST])
    above = (edges / start) ** -steepness
    above[-1] = 0.0
    shares = np.array(RECORDS[-(len(edges) - 1) :])
    records = np.maximum(np.round(shares / shares.sum() * count), 1).astype(int)
    records[0] += count - records.sum()
    level, weights, stratum = [], [], []
    for index, number in enumerate(records):
        steps = above[index] + (np.arange(number) + rng.random(number)) / number * (above[index + 1] - above[index])
        level.append(np.minimum(start * np.maximum(steps, 1e-12) ** (-1 / steepness), RICHEST))
        weights.append(np.full(number, weight * (above[index] - above[index + 1]) / number))
        stratum.append(np.full(number, index + 1))
    return np.concatenate(level), np.concatenate(weights), np.concatenate(stratum)


def _bring(homes: np.ndarray, wanted: np.ndarray, rows: np.ndarray) -> None:
    """Bring the net wealth of `rows` to `wanted`: what is missing as shares, business and property; what is too much from them."""
    here = np.flatnonzero(rows)
    gap = wanted[here] - net(homes)[here]
    very = wanted[here] > 10e6
    parts = {
        "business_wealth": np.where(very, 0.50, 0.28),
        "financial_wealth": np.where(very, 0.38, 0.50),
        "other_property_wealth": np.where(very, 0.12, 0.22),
    }
    flexible = (
        homes["business_wealth"][here]
        + homes["financial_wealth"][here]
        + homes["other_property_wealth"][here]
        + homes["pension_wealth"][here]
    )
    keep = np.clip(1 + gap / np.maximum(flexible, 1.0), 0.0, 1.0)
    for name in (*parts, "pension_wealth"):
        homes[name][here] *= keep
    for name, part in parts.items():
        homes[name][here] += np.maximum(gap, 0.0) * part


def with_shares(draft: Draft, seed: int) -> None:
    """Each adult's part of the household's wealth: even in a couple but for chance and pay; grown children have little of it."""
    rng, persons = generator(seed, "wealth shares"), draft.persons
    adult = persons["role"] != int(q.Role.DEPENDANT)
    first = persons["benefit_unit"] == draft.households["first_benefit_unit"][persons["household"]]
    sharing = draft.units["householder"][persons["benefit_unit"]] == 1
    part = np.where(
        adult, np.where(first | sharing, 1.0, 0.06) * np.exp(0.25 * rng.standard_normal(len(persons)) + 0.12 * draft.person["skill"]), 0.0
    )
    total = draft.household_sum(part)
    persons["wealth_share"] = part / draft.of_household(np.maximum(total, 1e-12))
