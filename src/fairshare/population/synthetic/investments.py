"""Step 8: income and gains from what people own, once wealth and weights are known: interest, dividends, rents, capital gains."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import generator, quota

NON_TAXPAYERS = 1.12
"""Interest of everyone over interest of taxpayers (SPI covers taxpayers only; assumption)."""
SAVERS = 22_000_000
"""People with interest that tax records show: 19.6 million taxpayers (SPI 2023-24) and others as NON_TAXPAYERS says."""
OWNER_MANAGERS = 620_000
"""People who draw a small salary and dividends from their own company: the hump of dividends at £30,000 to £70,000 of total
income in the SPI (assumption on their number)."""
DIVIDEND_RECEIVERS = 4_600_000
"""SPI 2023-24: 4.1 million taxpayers, and about half a million below the allowance (assumption)."""
LET_LOAN_RATE = 0.047
"""Interest on buy-to-let loans (assumption: about three quarters of a point above the mean mortgage rate)."""


def _band_total(income: str) -> float:
    """£ of one income, SPI 2023-24: the published total, or the sum of its bands where the total is withheld."""
    bands = {
        row["total_income_from"]: f.number(row["value"])
        for row in f.rows("incomes_by_band")
        if row["income"] == income and row["measure"] == "amount"
    }
    return bands["all"] if np.isfinite(bands.get("all", np.nan)) else float(sum(value for name, value in bands.items() if name != "all"))


def totals() -> dict[str, float]:
    """£ of each investment income, UK, 2025-26: SPI 2023-24 moved by deposit rates and savings, nominal GDP, and rents."""
    savings = f.uprating("deposit_rate", "2023-24", "2025-26") * f.uprating("nominal_gdp", "2023-24", "2025-26")
    return {
        "savings_interest": _band_total("Interest from building societies and banks") * savings * NON_TAXPAYERS,
        "dividends": _band_total("Dividends") * f.uprating("nominal_gdp", "2023-24", "2025-26"),
        "property_income": _band_total("Net income from property") * 1.03 * f.uprating("private_rents", "2023-24", "2025-26"),
    }


def with_owner_managers(draft: Draft, seed: int) -> None:
    """Some well-paid employees are directors of their own companies: pay at the personal allowance, the rest as dividends."""
    rng, persons = generator(seed, "owner-managers"), draft.persons
    able = (persons["earnings"] > 24_000) & (persons["earnings"] < 130_000) & (persons["age"] >= 28) & (persons["hours"] >= 20)
    chance = np.where(able, 0.2 + (persons["earnings"] / 60_000), 0.0)
    chance *= OWNER_MANAGERS / (draft.person_weight @ chance)
    rows = np.flatnonzero(quota(chance, rng.random(len(persons)), rng))
    drawn = np.zeros(len(persons))
    drawn[rows] = 0.85 * (persons["earnings"][rows] - 12_570)
    persons["earnings"][rows], persons["pay_weeks"][rows] = 12_570, q.WEEKS_IN_YEAR
    draft.person["owner_dividends"] = drawn


def with_investments(draft: Draft, seed: int) -> None:
    """Interest, dividends and rents to the totals of the Survey of Personal Incomes, in proportion to what each person owns."""
    rng, persons, homes = generator(seed, "investments"), draft.persons, draft.households
    weight, share = draft.person_weight, persons["wealth_share"]
    financial = draft.of_household(homes["financial_wealth"]) * share
    business = draft.of_household(homes["business_wealth"]) * share
    wanted = totals()
    # Cash outside ISAs is the larger part of small savings and the smaller part of large ones.
    cash = (
        financial
        * np.clip(0.62 * (np.maximum(financial, 1.0) / 30_000) ** -0.16, 0.12, 0.85)
        * np.exp(0.5 * rng.standard_normal(len(persons)))
    )
    interest = cash * wanted["savings_interest"] / (weight @ cash)
    order = np.argsort(-interest, kind="stable")
    small = order[np.cumsum(weight[order]) > SAVERS]
    interest[small] = 0.0  # small sums are left out, as tax records leave them out
    persons["savings_interest"] = np.round(interest * wanted["savings_interest"] / (weight @ interest), 2)

    equity = np.maximum(financial - 25_000, 0.0) + 0.35 * business
    chance = np.where(equity > 0, np.minimum(equity / 120_000 + 0.08, 1.0), 0.0)
    owner = draft.person["owner_dividends"] > 0
    chance = np.where(owner, 0.0, chance)
    chance = np.minimum(chance * (DIVIDEND_RECEIVERS - OWNER_MANAGERS) / (weight @ chance), 1.0)
    receives = quota(chance, rng.random(len(persons)), rng)
    spread = np.where(receives, equity * np.exp(0.9 * rng.standard_normal(len(persons))), 0.0)
    left = wanted["dividends"] - float(weight @ draft.person["owner_dividends"])
    dividends = draft.person["owner_dividends"] + spread * max(left, 0.2 * wanted["dividends"]) / (weight @ spread)
    persons["dividends"] = np.round(dividends, 2)

    lets = (draft.household["letting"][persons["household"]] > 0) & (share > 0.25)
    one = lets & (rng.random(len(persons)) < 0.75)
    rents = np.where(one, draft.of_household(homes["other_property_wealth"]) * share, 0.0)
    rents = np.minimum(rents, 8e6) * np.exp(0.45 * rng.standard_normal(len(persons)))
    factor = wanted["property_income"] / (weight @ rents)
    persons["property_income"] = np.round(rents * factor, 2)
    total = draft.of_household(np.maximum(draft.household_sum(rents), 1e-9))
    interest = draft.of_household(draft.household["let_loan"]) * LET_LOAN_RATE * rents / total
    persons["property_finance_costs"] = np.round(np.minimum(interest, 1.5 * persons["property_income"]), 2)


def with_capital_gains(draft: Draft, seed: int) -> None:
    """HMRC's capital gains taxpayers of 2023-24 (moved by equity prices), given to the owners of shares and businesses by size."""
    rng, persons, homes = generator(seed, "capital gains"), draft.persons, draft.households
    weight = draft.person_weight
    wealth = (
        draft.of_household(homes["financial_wealth"] + homes["business_wealth"] + homes["other_property_wealth"]) * persons["wealth_share"]
    )
    adult = (persons["role"] != int(q.Role.DEPENDANT)) & (wealth > 0)
    score = np.where(adult, np.log(np.maximum(wealth, 1.0)) + 0.9 * rng.standard_normal(len(persons)) + (persons["dividends"] > 0), -99.0)
    table = [row for row in f.rows("capital_gains") if f.number(row["gain_from"]) >= 6_000]
    people = np.array([f.number(row["taxpayers_thousand"]) for row in table]) * 1e3
    gains = np.array([f.number(row["gains_million"]) for row in table]) * 1e6
    start = np.array([f.number(row["gain_from"]) for row in table])
    order = np.argsort(-score, kind="stable")
    place = np.cumsum(weight[order])
    rows = order[place <= people.sum()]
    above = np.cumsum(people[::-1])[::-1]  # people with gains above each start
    at = place[: len(rows)] - 0.5 * weight[rows]
    group = np.clip(len(start) - np.searchsorted(above[::-1], at, side="left") - 1, 0, len(start) - 1)
    mean = gains / np.maximum(people, 1)
    upper = np.append(start[1:], start[-1] * 40)
    within = rng.random(len(rows))
    # Within a band gains rise as a power that gives the band's published mean.
    bend = np.clip((upper - start) / np.maximum(mean - start, 1.0) - 1, 0.2, 60.0)[group]
    value = start[group] + (upper - start)[group] * within**bend
    for index in range(len(start)):
        here = group == index
        if here.any():
            value[here] *= np.clip(gains[index] / max(float(weight[rows][here] @ value[here]), 1.0), 0.3, 4.0)
    persons["capital_gains"][rows] = np.round(value * f.uprating("equity_prices", "2023-24", "2025-26"), 2)


__all__ = ["totals", "with_capital_gains", "with_investments", "with_owner_managers"]
