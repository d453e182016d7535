"""Step 9: money to published totals. Pay and profit in all; the upper tail of total income to the tax survey's counts."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.other_incomes import with_self_employment

EASE = 4_000.0
"""£ over which the survey's counts take over, so that no gap opens."""
EMPLOYEES_2023_24 = 28.997
"""Million employees in 2023-24 (OBR, March 2026)."""
HIGHER_RATE_FROM, ADDITIONAL_RATE_FROM = (43_662.0, 50_270.0), (75_000.0, 125_140.0)
"""£ of income in Scotland and elsewhere: what HMRC's counts by region of 2025-26 are counts above."""
MORE_PEOPLE_BELOW = 50_000.0
"""£ of 2023-24: below it the survey's counts grow with the number of employees."""
FEWER_FROM, FEWER = 100_000.0, 0.97
"""£ of 2023-24, and a part: half-way to what HMRC expects of taxpayers at the additional rate in 2025-26, which is fewer than earnings
would make of the survey's."""
ROUNDS, HOLD = 12, 0.7
"""Rounds of pay totals and tail in turn, and how much of the gap in a count each closes."""
PERSONAL_ALLOWANCE = 12_570.0
"""£: what directors of their own companies pay themselves (see investments.with_owner_managers)."""


def tail_counts() -> tuple[np.ndarray, np.ndarray]:
    """Total income (£, 2025-26) and how many people have more: SPI 2023-24 thresholds moved by average earnings."""
    bands: dict[str, float] = {}
    # Where the count of a band is withheld, the same people are counted as payers of tax.
    for income in ("Profit, employment and pension income", "Total tax", "Total income before tax"):
        for row in f.rows("incomes_by_band"):
            if row["income"] == income and row["measure"] == "individuals" and np.isfinite(f.number(row["value"])):
                bands[row["total_income_from"]] = f.number(row["value"])
    starts = np.array([12_570.0, 15_000, 20_000, 30_000, 40_000, 50_000, 70_000, 100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000])
    people = np.array([bands[str(int(start))] for start in starts])
    # As many more people with usual pay as there are employees; HMRC's taxpayers at the upper rates grow by no more than thresholds do.
    more = np.where(starts < MORE_PEOPLE_BELOW, f.national("employees") / EMPLOYEES_2023_24, 1.0)
    more = np.where((starts >= FEWER_FROM) & (starts < 500_000), FEWER, more)
    above = np.cumsum(people[::-1])[::-1] * more
    return starts * f.uprating("earnings", "2023-24", "2025-26"), above


def tail_income(above: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The total income that `above` people exceed where `counts` exceed the thresholds of `tail_counts`: straight between them on
    logarithms, Pareto (1.55) beyond a million."""
    starts, _ = tail_counts()
    value = np.exp(np.interp(-np.log(np.maximum(above, 1e-9)), -np.log(counts), np.log(starts)))
    return np.where(above < counts[-1], starts[-1] * (np.maximum(above, 1.0) / counts[-1]) ** (-1 / 1.55), value)


def total_income(persons: np.ndarray) -> np.ndarray:
    """(persons,) income from every taxable source, £ a year: pay after contributions taken before tax, as the survey has it."""
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
    return total - persons["pension_net_pay"]


def regional_tails() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(12,) incomes above which tax is paid at the higher and at the additional rate, and (12, 2) how many do (HMRC, 2025-26).

    In Scotland HMRC counts the higher rate from its own threshold and the advanced rate with the additional one.
    """
    higher, additional = f.by_region("taxpayers_higher_rate_2025-26"), f.by_region("taxpayers_additional_rate_2025-26")
    scotland = np.arange(len(q.Region)) == int(q.Region.SCOTLAND)
    first, second = np.where(scotland, *HIGHER_RATE_FROM), np.where(scotland, *ADDITIONAL_RATE_FROM)
    return first, second, np.column_stack([higher + additional, additional])


def with_tail(draft: Draft, lift: np.ndarray, held: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """People above the threshold, in their order, get the total income of their place; their pay is scaled to reach it.

    `held` (thresholds,) is how many people the order is to place above each threshold; what is given back is nearer to what makes
    the survey's counts come out, since incomes that are mostly not pay stay as they are.
    `lift` (12, 2) raises the people of a region in that order, from £30,000 and from £70,000 on; gives the next lift, which comes
    nearer to each region's taxpayers at the higher and additional rates (incomes keep what earlier lifts gave them).
    """
    persons, weight = draft.persons, draft.person_weight
    region = draft.of_household(draft.households["region"]).astype(int)
    total = total_income(persons)
    parts = np.column_stack([np.clip((total - 30_000) / 20_000, 0, 1), np.clip((total - 70_000) / 30_000, 0, 1)])
    order = np.argsort(-(np.log(np.maximum(total, 1.0)) + (lift[region] * parts).sum(axis=1)), kind="stable")
    place = np.cumsum(weight[order]) - 0.5 * weight[order]
    wanted = np.zeros(len(persons))
    wanted[order] = tail_income(place, held)
    earned = persons["earnings"]  # profits have the survey's own distribution, pensions and income from wealth their totals
    # The survey counts taxpayers, from the personal allowance on; below it pay keeps ASHE's shape. Ease in, so that no gap opens there.
    starts, counts = tail_counts()
    here = (wanted > starts[0]) & (earned > 0.1 * total)
    part = np.clip((wanted - starts[0]) / EASE, 0, 1)
    factor = np.where(here, np.clip((earned + part * (wanted - total)) / np.maximum(earned, 1.0), 0.35, 4.0), 1.0)
    persons["earnings"] = earned * factor
    first, second, published = regional_tails()
    total = total_income(persons)
    found = np.column_stack([np.bincount(region, weight * (total > edge[region]), len(q.Region)) for edge in (first, second)])
    step = np.log(np.maximum(published, 1.0) / np.maximum(found, 1.0))
    step -= np.average(step, axis=0, weights=published)  # the nation's tail is the survey's: regions only share it
    change = np.column_stack([0.35 * step[:, 0], 0.35 * (step[:, 1] - step[:, 0])])
    above = np.array([float(weight[total > start].sum()) for start in starts])
    held = np.minimum.accumulate(np.clip(held * (counts / np.maximum(above, 1.0)) ** HOLD, 0.7 * counts, 1.3 * counts))
    return np.asarray(np.clip(change, -0.3, 0.3)), held


def with_pay_total(draft: Draft) -> None:
    """Pay to the OBR's wages and salaries; the tail is left alone, and so is pay set at the personal allowance.

    Regions are not scaled: their councils have the published medians, and `with_tail` their numbers of high incomes.
    """
    pay, weight = draft.persons["earnings"], draft.person_weight
    soft = np.clip((130_000 - pay) / 70_000, 0.0, 1.0) * (np.abs(pay - PERSONAL_ALLOWANCE) > 0.5)
    wanted = f.national("wages_and_salaries") * 1e9
    change = (wanted - float(weight @ pay)) / max(float(weight @ (pay * soft)), 1.0)
    draft.persons["earnings"] = pay * (1 + np.clip(change, -0.06, 0.06) * soft)


def with_totals(draft: Draft, seed: int) -> None:
    """The tail, the regions' profits and the total of pay in turn, until all hold."""
    lift, held = np.zeros((len(q.Region), 2)), tail_counts()[1]
    for _ in range(ROUNDS):
        with_pay_total(draft)
        with_self_employment(draft, seed)
        lift, held = with_tail(draft, lift, held)
    with_pay_total(draft)
    for name in ("earnings", "self_employment", "private_pension", "state_pension"):
        draft.persons[name] = np.round(draft.persons[name], 2)
