"""Step 9: money to published totals. Pay by region and in all; the upper tail of total income to the tax survey's counts."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.draft import Draft

TAIL_FROM = 24_000.0
"""£ of total income from which incomes are brought to the survey's counts; below it, pay keeps ASHE's shape."""
EASE = 10_000.0
"""£ over which the survey's counts take over, so that no gap opens."""
EMPLOYEES_2023_24 = 28.997
"""Million employees in 2023-24 (OBR, March 2026)."""
LABOUR = ("earnings", "self_employment")
"""What is scaled to reach a person's place; pensions and income from wealth have totals of their own."""


def tail_counts() -> tuple[np.ndarray, np.ndarray]:
    """Total income (£, 2025-26) and how many people have more: SPI 2023-24 thresholds moved by average earnings."""
    bands: dict[str, float] = {}
    # Where the count of a band is withheld, the same people are counted as payers of tax.
    for income in ("Profit, employment and pension income", "Total tax", "Total income before tax"):
        for row in f.rows("incomes_by_band"):
            if row["income"] == income and row["measure"] == "individuals" and np.isfinite(f.number(row["value"])):
                bands[row["total_income_from"]] = f.number(row["value"])
    starts = np.array([20_000.0, 30_000, 40_000, 50_000, 70_000, 100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000])
    people = np.array([bands[str(int(start))] for start in starts])
    more = f.national("employees") / EMPLOYEES_2023_24  # as many more people as there are employees
    above = np.cumsum(people[::-1])[::-1] * more
    return starts * f.uprating("earnings", "2023-24", "2025-26"), above


def tail_income(above: np.ndarray) -> np.ndarray:
    """The total income that `above` people exceed: straight between thresholds on logarithms, Pareto (1.55) beyond a million."""
    starts, counts = tail_counts()
    value = np.exp(np.interp(-np.log(np.maximum(above, 1e-9)), -np.log(counts), np.log(starts)))
    return np.where(above < counts[-1], starts[-1] * (np.maximum(above, 1.0) / counts[-1]) ** (-1 / 1.55), value)


def total_income(persons: np.ndarray) -> np.ndarray:
    """(persons,) income from every taxable source, £ a year."""
    names = (
        "earnings",
        "self_employment",
        "private_pension",
        "state_pension",
        "savings_interest",
        "dividends",
        "property_income",
        "other_income",
    )
    total = np.zeros(len(persons))
    for name in names:
        total += persons[name]
    return total


def with_tail(draft: Draft) -> None:
    """People above the threshold, in their order, get the total income of their place; what they earn is scaled to reach it."""
    persons, weight = draft.persons, draft.person_weight
    total = total_income(persons)
    order = np.argsort(-total, kind="stable")
    place = np.cumsum(weight[order]) - 0.5 * weight[order]
    wanted = np.zeros(len(persons))
    wanted[order] = tail_income(place)
    earned = np.zeros(len(persons))
    for name in LABOUR:
        earned += persons[name]
    here = (wanted > TAIL_FROM) & (earned > 0.1 * total)
    # Ease in over the first part of the tail, so that no gap opens below it.
    part = np.clip((wanted - TAIL_FROM) / EASE, 0, 1)
    factor = np.where(here, np.clip((earned + part * (wanted - total)) / np.maximum(earned, 1.0), 0.35, 4.0), 1.0)
    for name in LABOUR:
        persons[name] *= factor


def with_pay_totals(draft: Draft) -> None:
    """Pay to the OBR's wages and salaries, shared between regions as taxpayers' pay is in the SPI; the tail is left alone."""
    persons, weight = draft.persons, draft.person_weight
    region = draft.of_household(draft.households["region"]).astype(int)
    amounts = f.by_region("spi_employment_income_mean") * f.by_region("spi_employment_income_people")
    wanted = amounts / amounts.sum() * f.national("wages_and_salaries") * 1e9
    pay = persons["earnings"]
    for where in range(len(q.Region)):
        rows = np.flatnonzero((region == where) & (pay > 0))
        if not len(rows):
            continue
        soft = np.clip((130_000 - pay[rows]) / 70_000, 0.0, 1.0) * (np.abs(pay[rows] - 12_570) > 0.5)
        base, movable = float(weight[rows] @ pay[rows]), float(weight[rows] @ (pay[rows] * soft))
        change = np.clip((wanted[where] - base) / max(movable, 1.0), -0.06, 0.06)
        pay[rows] = pay[rows] * (1 + change * soft)


def with_profit_total(draft: Draft) -> None:
    """Profit to the SPI's total of 2023-24 moved by mixed income; the tail is left alone."""
    persons, weight = draft.persons, draft.person_weight
    wanted = sum(f.number(row["profit"]) for row in f.rows("self_employment") if row["profit"]) * f.uprating(
        "mixed_income", "2023-24", "2025-26"
    )
    profit = persons["self_employment"]
    soft = np.where(profit > 0, np.clip((90_000 - profit) / 60_000, 0.0, 1.0), 0.0)
    change = np.clip((wanted - weight @ profit) / max(float(weight @ (profit * soft)), 1.0), -0.3, 0.3)
    persons["self_employment"] = profit * (1 + change * soft)


def with_totals(draft: Draft) -> None:
    """The tail and the totals in turn, until both hold."""
    for _ in range(4):
        with_pay_totals(draft)
        with_profit_total(draft)
        with_tail(draft)
    for name in ("earnings", "self_employment", "private_pension", "state_pension"):
        draft.persons[name] = np.round(draft.persons[name], 2)
