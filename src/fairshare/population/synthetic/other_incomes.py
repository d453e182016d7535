"""Step 4: self-employment profit, private pensions and State Pension.

Profit follows the Survey of Personal Incomes' distribution; private pensions a log-normal whose total is the survey's;
State Pension the Department for Work and Pensions' amounts by system.
"""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import expit, generator, logit, ndtr, rank

SIDE_BUSINESSES = 1_450_000
"""Employees and pensioners with a trade on the side, to begin with: people with self-employment income in the SPI (5.3 million) less the
self-employed of the Labour Force Survey (4.4 million), of whom half a million trade through companies of their own (assumption). Each
region then has as many as bring its taxpayers with profits to the SPI's."""
ALLOWANCE_THEN = 12_570.0
"""£: the personal allowance of 2023-24, of which the SPI's counts by region are counts of taxpayers."""
TAXED_WITH_PENSIONS, OF_THEM_PRIVATE = 9_870_000.0, 9_180_000.0
"""Taxpayers with any pension, and with one that is not the State's (SPI 2023-24): the regions' counts are of the first."""
LOG_ODDS_FOR_LOG = 3.0
"""By how much the log-odds of a pension move for each unit of the logarithm of how many are to have one (a step that rounds correct)."""
REGION_ROUNDS, REGION_STEP = 20, 0.5
"""Rounds in which each region's taxpayers with an income, and their mean, are brought to the SPI's, and the part of a gap each closes."""
LARGEST_PROFIT, CAPPING = 2_500_000.0, 6
"""£ of 2023-24: about what people with more than a million have on average (SPI); and rounds in which what is cut goes to the others."""
STATE_PENSION_AGE = 66
NEW_SYSTEM_BELOW = {0: 74, 1: 72}
"""Men born from 6 April 1951 and women born from 6 April 1953 are in the new State Pension: in 2025-26 up to these ages."""
STATE_PENSION_ABROAD, STATE_PENSION_UK_2025_26 = 4.8e9, 145.0e9
"""£ a year paid abroad (UNVERIFIED), and to people living in the UK: DWP's £146.1bn for Great Britain less what is paid abroad, and
with about £3.8bn in Northern Ireland (UNVERIFIED); used to place amounts within the published bands."""
PENSIONERS_IN_HOUSEHOLDS = 0.965
"""Part of State Pension paid to people in private households: 12.0 of 12.45 million pensioners; the rest live in care homes."""
PRIVATE_PENSIONS_2025_26 = 1.11 * 135.0e9
"""£ a year: SPI 2023-24, £128bn to taxpayers and about £7bn to people below the allowance (assumption), moved to 2025-26 by
CPI increases of pensions in payment (6.7% and 1.7%) and two per cent more pensioners."""


PENSION_PARTNERS = 0.70
"""Correlation between partners in having a private pension: about eight couples in ten have one between them, where seven
individuals in ten do (Pensioners' Incomes, UNVERIFIED); independent chances would give nine couples in ten."""
SINGLE_PENSIONERS = 0.15
"""Log-odds by which single people have a private pension less often than people in couples (Pensioners' Incomes, UNVERIFIED)."""
PENSION_BY_AGE = (0.03, 0.02)
"""By how much a year beyond 75 lowers the log-odds of a private pension, and a year beyond 66 the logarithm of its amount (assumption:
pensioners who retired lately have more than older ones, Pensioners' Incomes)."""
SMALL_POTS, SMALL_POTS_AT_WORK, SMALL_POT_LOG = 0.22, 0.55, 1.4
"""Part of pensions that are small, out of and in work, and how much smaller they are on the logarithm (assumption; with it as many
taxpayers have a private pension at each size of total income as the SPI of 2023-24 counts)."""


def with_self_employment(draft: Draft, seed: int) -> None:
    """Profit by rank of a score made of standing and chance; side businesses have the low end of the distribution.

    Each region has as many side businesses as bring its taxpayers with profits to the survey's, and profits of the survey's mean.
    """
    persons, rng, weight = draft.persons, generator(seed, "self-employment"), draft.person_weight
    main, works = draft.person["self_employed"], draft.person["works"]
    possible = (persons["age"] >= 20) & (persons["age"] < 80) & ~main & (works | (persons["age"] < 72))
    chance = np.where(possible, expit(np.where(works, -3.2, -5.0)), 0.0)
    chance *= SIDE_BUSINESSES / (weight @ chance)
    draw, luck = rng.random(len(persons)), rng.standard_normal(len(persons))
    region = draft.of_household(draft.households["region"]).astype(int)
    people, mean = f.by_region("spi_self_employment_income_people"), f.by_region("spi_self_employment_income_mean")
    more, scale, profit = np.ones(len(q.Region)), np.ones(len(q.Region)), np.zeros(len(persons))
    for _ in range(REGION_ROUNDS):
        side = draw < np.minimum(chance * more[region], 0.5)
        rows = np.flatnonzero(main | side)
        score = 0.55 * draft.person["skill"][rows] + luck[rows] - 1.6 * side[rows]
        profit[:] = 0.0
        profit[rows] = _profit(rank(score, weight[rows]), weight[rows] / weight[rows].sum()) * scale[region[rows]]
        found, held = taxed_by_region(draft, "self_employment", profit)
        more *= np.clip(people / np.maximum(found, 1.0), 0.5, 2.0) ** REGION_STEP
        scale *= np.clip(mean / np.maximum(held, 1.0), 0.5, 2.0) ** REGION_STEP
    persons["self_employment"] = profit
    persons["hours"] = np.where(main, np.clip(rng.normal(36, 12, len(persons)), 4, 75), np.maximum(persons["hours"], 3.0 * side))


def taxed_by_region(draft: Draft, name: str, income: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(regions,) people with an income who would have been taxpayers in 2023-24, and what they had of it on average, £ of that year."""
    index = {
        "earnings": "earnings", "self_employment": "mixed_income", "state_pension": "state_pension", "savings_interest": "nominal_gdp",
        "dividends": "nominal_gdp", "property_income": "private_rents",
    }  # fmt: skip
    then = {income: f.uprating(of, "2023-24", "2025-26") for income, of in index.items()}
    then["private_pension"] = float(np.sqrt(f.uprating("cpi", "2023-24", "2025-26") * then["earnings"]))
    total = income / then[name] + sum(draft.persons[other] / factor for other, factor in then.items() if other != name)
    weight = draft.person_weight / f.uprating("population_16plus", "2023-24", "2025-26")
    taxed, region = (income > 0.5) & (total > ALLOWANCE_THEN), draft.of_household(draft.households["region"]).astype(int)
    people = np.bincount(region, weight * taxed, len(q.Region))
    return people, np.bincount(region, weight * taxed * income / then[name], len(q.Region)) / np.maximum(people, 1.0)


def _profit(place: np.ndarray, width: np.ndarray) -> np.ndarray:
    """£ a year of 2025-26 at each place of the SPI's distribution of profit (2023-24, uprated by mixed income).

    In the last band a record has the mean over the `width` that it stands for: its middle would miss most of so long a tail.
    """
    table = f.rows("self_employment")
    start = np.array([float(row["profit_from"]) for row in table])
    people = np.array([f.number(row["individuals"]) for row in table])
    cumulated = np.concatenate(([0.0], np.cumsum(people)))
    cumulated /= cumulated[-1]
    edges = np.concatenate((np.maximum(start, 1.0), [0.0]))
    body = np.exp(np.interp(place, cumulated[1:-1], np.log(np.maximum(start[1:], 1.0))))
    top, mean = start[-1], f.number(table[-1]["profit"]) / people[-1]
    alpha = mean / (mean - top)
    above, power = 1 - cumulated[-2], 1 - 1 / alpha
    low, high = np.minimum(1 - place + width / 2, above), np.clip(1 - place - width / 2, 0.0, above)
    tail = top * above ** (1 / alpha) * (low**power - high**power) / power / np.maximum(low - high, 1e-12)
    # No record stands for more than the survey's mean above a million: with a large weight it would carry a whole region's profits.
    in_tail = place > cumulated[-2]
    held = float((width * tail)[in_tail].sum())
    for _ in range(CAPPING):
        tail = np.minimum(tail, LARGEST_PROFIT)
        free = in_tail & (tail < LARGEST_PROFIT)
        missing = held - float((width * tail)[in_tail].sum())
        tail = np.where(free, tail * (1 + missing / max(float((width * tail)[free].sum()), 1e-12)), tail)
    value = np.where(in_tail, tail, np.where(place < cumulated[1], 0.0, body))
    return value * f.uprating("mixed_income", "2023-24", "2025-26") * (edges[0] > 0)


def with_private_pensions(draft: Draft, seed: int) -> None:
    """Who has one by age and sex (assumption from Pensioners' Incomes: about seven pensioners in ten), and how much.

    Partners mostly both have one or neither. A part of pensions are small pots; those still in work mostly draw such ones. The
    spread is an assumption: it gives as many taxpayers with a pension as the SPI counts at each size of total income.
    """
    persons, rng, weight = draft.persons, generator(seed, "private pensions"), draft.person_weight
    age, woman, skill = persons["age"], persons["sex"] == 1, draft.person["skill"]
    works, single = draft.person["works"], draft.units["couple"][persons["benefit_unit"]] == 0
    level = np.select(
        [age >= 75, age >= 66, age >= 60, age >= 55],
        [
            np.where(woman, 0.68, 0.84),
            np.where(woman, 0.72, 0.83),
            np.where(works, 0.20, 0.58),
            np.where(works, 0.08, 0.28),
        ],
        0.0,
    )
    region = draft.of_household(draft.households["region"]).astype(int)
    shift = np.where(works, 0.0, 1.1) * skill
    shift -= PENSION_BY_AGE[0] * np.maximum(age - 75, 0)
    shift += -0.3 * persons["disabled"] - np.where(single, SINGLE_PENSIONERS, 0.0)
    shared = rng.standard_normal(len(draft.units))[persons["benefit_unit"]]
    latent = np.sqrt(PENSION_PARTNERS) * shared + np.sqrt(1 - PENSION_PARTNERS) * rng.standard_normal(len(persons))
    small = rng.random(len(persons)) < np.where(works, SMALL_POTS_AT_WORK, SMALL_POTS)
    together = rng.standard_normal(len(draft.units))[persons["benefit_unit"]]
    noise = np.sqrt(PENSION_PARTNERS) * together + np.sqrt(1 - PENSION_PARTNERS) * rng.standard_normal(len(persons))
    spread = np.where(works, 0.0, 0.45) * skill + 0.68 * noise
    older = PENSION_BY_AGE[1] * (np.clip(age, 66, 90) - 66)
    amount = np.exp(spread - older - 0.42 * woman - np.where(small, SMALL_POT_LOG, 0.0))
    people = f.by_region("spi_pension_income_people") * OF_THEM_PRIVATE / TAXED_WITH_PENSIONS
    more = np.zeros(len(q.Region))
    for _ in range(REGION_ROUNDS):
        chance = np.where(level > 0, expit(logit(np.maximum(level, 1e-3)) + shift + more[region]), 0.0)
        paid = np.where(ndtr(latent) < chance, amount, 0.0)
        paid = np.minimum(paid * PRIVATE_PENSIONS_2025_26 / (weight @ paid), 400_000)
        paid *= PRIVATE_PENSIONS_2025_26 / (weight @ paid)
        found, _ = taxed_by_region(draft, "private_pension", paid)
        more += REGION_STEP * np.log(np.clip(people / np.maximum(found, 1.0), 0.6, 1.6)) * LOG_ODDS_FOR_LOG
    persons["private_pension"] = paid


def with_state_pension(draft: Draft, seed: int) -> None:
    """Everyone of State Pension age, at the amounts of the system they are in; women of the old system have less."""
    persons, rng, weight = draft.persons, generator(seed, "state pension"), draft.person_weight
    age, sex = persons["age"], persons["sex"].astype(int)
    entitled = age >= STATE_PENSION_AGE
    new = age < np.where(sex == 0, NEW_SYSTEM_BELOW[0], NEW_SYSTEM_BELOW[1])
    for system, name in ((True, "new State Pension"), (False, "pre-2016 State Pension")):
        rows = np.flatnonzero(entitled & (new == system))
        score = 1.1 * draft.person["skill"][rows] + rng.standard_normal(len(rows)) - (0.2 if system else 1.5) * sex[rows]
        persons["state_pension"][rows] = 52 * _weekly(rank(score, weight[rows]), name)
    persons["state_pension"] *= STATE_PENSION_UK_2025_26 * PENSIONERS_IN_HOUSEHOLDS / (weight @ persons["state_pension"])


def _weekly(place: np.ndarray, system: str) -> np.ndarray:
    """£ a week at each place of DWP's bands, May 2025; the full new State Pension is where the new system's people gather."""
    bands = [(row["weekly_amount"], float(row["value"])) for row in f.rows("state_pension_amounts") if row["system"] == system]
    edges = [0.0, 20.0, 40.0, 60.0, 80.0, 100.0, 150.0, 200.0, 250.0, 300.0]
    counts = dict(bands)
    people = np.array(
        [counts[label] for label in ("under 20", "20-40", "40-60", "60-80", "80-100", "100-150", "150-200", "200-250", "250-300", "300+")]
    )
    cumulated = np.concatenate(([0.0], np.cumsum(people) / people.sum()))
    value = np.interp(place, cumulated, [*edges, 420.0])
    if system.startswith("new"):
        full, low, high = 230.25, cumulated[7], cumulated[8]
        gathered = (place > low + 0.25 * (high - low)) & (place < high)
        value = np.where(gathered, full, np.where((place >= low) & (place <= high), np.minimum(value, full), value))
    return value


def pension_household(draft: Draft) -> np.ndarray:
    """(households,) whether the reference person is of State Pension age."""
    return np.asarray(draft.persons["age"][draft.head] >= STATE_PENSION_AGE)


__all__ = ["pension_household", "q", "with_private_pensions", "with_self_employment", "with_state_pension"]
