"""Step 5b: disability benefits, work capability and unpaid care, to the caseloads of the Department for Work and Pensions."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import generator, quota
from fairshare.population.synthetic.other_incomes import STATE_PENSION_AGE

UK_OVER_ENGLAND_AND_WALES = 1.165
"""Working-age disability payments of the UK over England and Wales (assumption: Scotland's Adult Disability Payment about
a tenth, Northern Ireland's PIP about a fifteenth)."""
CHILDREN_OF_DLA = 0.61
"""Part of DLA in payment that goes to children; the rest is of State Pension age (assumption)."""
LIMITED_WORK_RELATED_UK = 3_260_000
"""People with limited capability for work-related activity: 2.71 million households on Universal Credit with the health element in Great
Britain (DWP, December 2025, when nearly all had moved from income-related Employment and Support Allowance, which no record has), 0.1
million more partners, Northern Ireland's 3.5%, and about 0.35 million with the contributory allowance alone (assumption, of DWP's 0.62
million)."""
LIMITED_UK = 330_000
CARERS_UK = {"paid": 1_180_000, "of pension age": 450_000}
"""People who are entitled to Carer's Allowance for care of 35 hours a week or more: 1.38 million in England and Wales (DWP, August 2025),
of whom 0.38 million are not paid, nearly all for their State Pension; Scotland's and Northern Ireland's added (18 in 100 more:
assumption)."""
LITTLE_PAY = 10_000.0
"""£ a year: who earns more is above the limit of 196 a week in 2025-26, and is not among them."""
OTHER_MEANS = 8_000.0
"""£ a year of a family's other income at which someone is 2.7 times less likely to have been found unfit for work: who is found so
has mostly claimed Universal Credit, and does not get it beside a partner's full wage (assumption)."""
NO_DAILY_LIVING = 0.09
"""Part of PIP awards with mobility alone (UNVERIFIED; DWP's rates at January 2026 split the others)."""
MOBILITY_SHARE = {0: (0.0, 0.64, 0.36), 1: (0.31, 0.40, 0.29), 2: (0.14, 0.19, 0.67)}
"""PIP mobility (none, standard, enhanced) by daily living rate (UNVERIFIED, so that 36% have both at the enhanced rate, as DWP
says: Personal Independence Payment statistics to April 2023)."""


def with_disability_benefits(draft: Draft, seed: int) -> None:
    """PIP (16 to pension age and a little over), DLA of children, Attendance Allowance, and capability for work."""
    persons, rng, weight = draft.persons, generator(seed, "disability benefits"), draft.person_weight
    age, ill, income = persons["age"], persons["disabled"] == 1, draft.of_household(draft.household["income_score"])
    idle = ~draft.person["works"]
    order = draft.of_household(draft.households["council"]) * 1000.0 + age + rng.random(len(persons))

    claims = f.national("pip_caseload_in_payment") * UK_OVER_ENGLAND_AND_WALES
    chance = np.where(
        ill & (age >= 16) & (age < 78),
        np.exp(0.9 * idle - 0.25 * income + 0.012 * (np.minimum(age, 66) - 45) - 0.5 * (age >= 66) - 0.5 * (age >= 71)),
        0.0,
    )
    rows = np.flatnonzero(quota(_to(chance, weight, claims), order, rng))
    standard, enhanced = f.national("pip_daily_living_standard"), f.national("pip_daily_living_enhanced")
    living = (1 - NO_DAILY_LIVING) * np.array([standard, enhanced]) / (standard + enhanced)
    persons["pip_daily_living"][rows] = rng.choice(3, len(rows), p=[NO_DAILY_LIVING, *living])
    shares = np.array([MOBILITY_SHARE[level] for level in range(3)])[persons["pip_daily_living"][rows]]
    persons["pip_mobility"][rows] = (rng.random(len(rows))[:, None] > np.cumsum(shares, axis=1)[:, :-1]).sum(axis=1)

    children = f.national("dla_caseload_in_payment") * CHILDREN_OF_DLA * 1.13
    chance = np.where((age < 16) & (age >= 1), np.where(ill, 1.0, 0.02) * (1 - 0.1 * income), 0.0)
    rows = np.flatnonzero(quota(_to(chance, weight, children), order, rng))
    persons["dla_care"][rows] = rng.choice([1, 2, 3], len(rows), p=[0.09, 0.56, 0.35])
    persons["dla_mobility"][rows] = rng.choice([0, 1, 2], len(rows), p=[0.33, 0.42, 0.25])
    persons["disabled"][rows] = 1
    elders = f.national("dla_caseload_in_payment") * (1 - CHILDREN_OF_DLA) * 1.1
    chance = np.where(ill & (age >= 77), 1.0, 0.0)
    rows = np.flatnonzero(quota(_to(chance, weight, elders), order, rng))
    persons["dla_care"][rows] = rng.choice([0, 1, 2, 3], len(rows), p=[0.12, 0.33, 0.33, 0.22])
    persons["dla_mobility"][rows] = 2

    _attendance(draft, rng, order, income)
    able = (age >= 18) & (age < 66) & idle & ~np.isin(persons["activity"], (int(q.Activity.RETIRED), int(q.Activity.STUDENT)))
    sick = persons["activity"] == int(q.Activity.SICK)
    pip = persons["pip_daily_living"] + persons["pip_mobility"] > 0
    works_a_little = draft.person["works"] & (persons["hours"] < 16) & (age >= 18) & (age < 66)
    chance = np.where(
        able | works_a_little, np.where(sick, 1.0, np.where(ill, 0.30, 0.05)) * np.where(pip, 2.2, 0.7) * np.exp(-0.55 * income), 0.0
    )
    money = persons["earnings"] + np.maximum(persons["self_employment"], 0.0) + persons["private_pension"] + persons["state_pension"]
    chance *= np.exp(-(draft.unit_sum(money)[persons["benefit_unit"]] - np.where(able, persons["earnings"], money)) / OTHER_MEANS)
    chance *= np.where(able, 1.0, 0.25)
    rows = quota(_to(chance, weight, LIMITED_WORK_RELATED_UK), order, rng)
    persons["work_capability"][rows] = int(q.WorkCapability.LIMITED_WORK_RELATED)
    chance = np.where(able & ~rows, np.where(sick, 1.0, 0.08), 0.0)
    persons["work_capability"][quota(_to(chance, weight, LIMITED_UK), order, rng)] = int(q.WorkCapability.LIMITED)
    persons["blind"] = ill & (rng.random(len(persons)) < 0.011)


def _to(chance: np.ndarray, weight: np.ndarray, count: float) -> np.ndarray:
    """Relative chances scaled to an expected count, none above one (the rest carry what is cut)."""
    out = chance.astype(float)
    for _ in range(8):
        total = float(weight @ out)
        out = np.minimum(out * count / max(total, 1e-9), 1.0)
    return out


def _attendance(draft: Draft, rng: np.random.Generator, order: np.ndarray, income: np.ndarray) -> None:
    """Attendance Allowance by age, sex and nation (DWP, November 2023), to the number in payment in August 2025."""
    persons, weight = draft.persons, draft.person_weight
    age, sex, ill = persons["age"], persons["sex"].astype(int), persons["disabled"] == 1
    counts = np.zeros((6, 2, 2))
    starts = np.array([65, 70, 75, 80, 85, 90])
    for row in f.rows("attendance_allowance"):
        counts[int(np.searchsorted(starts, int(row["age"][:2]))), int(row["sex"] == "female"), int(row["rate"] == "higher")] += float(
            row["value"]
        )
    counts *= f.national("attendance_allowance_in_payment") * 1.165 / counts.sum()
    other = (persons["dla_care"] > 0) | (persons["dla_mobility"] > 0) | (persons["pip_daily_living"] > 0)
    place = np.clip(np.searchsorted(starts, age, side="right") - 1, 0, 5)
    for index in range(6):
        for of_sex in (0, 1):
            here = (place == index) & (sex == of_sex) & (age >= 66) & ~other
            chance = np.where(here, np.where(ill, 1.0, 0.08) * np.exp(-0.3 * income), 0.0)  # commoner where means are smaller
            rows = np.flatnonzero(quota(_to(chance, weight, counts[index, of_sex].sum()), order, rng))
            higher = counts[index, of_sex, 1] / counts[index, of_sex].sum()
            persons["attendance"][rows] = 1 + (rng.random(len(rows)) < higher)


def receives_care(persons: np.ndarray) -> np.ndarray:
    """(persons,) on a rate that makes someone's carer a carer in law (daily living, middle or higher care, attendance)."""
    return np.asarray((persons["pip_daily_living"] > 0) | (persons["dla_care"] >= 2) | (persons["attendance"] > 0))


def with_care(draft: Draft, seed: int) -> None:
    """Who cares: adults first in households where someone is on such a benefit, by the Census's rates of age and sex."""
    persons, rng, weight = draft.persons, generator(seed, "care"), draft.person_weight
    cared = receives_care(persons)
    inside = draft.of_household(draft.household_sum(cared)) - cared > 0
    rates: dict[tuple[int, int], float] = {}
    for row in f.rows("unpaid_care_rate"):
        if row["care"].lower().startswith("provides unpaid") and row["age"][:2].isdigit():
            rates[(int(row["age"][:2]), int(row["sex"].startswith("f")))] = f.number(row["value"])
    starts = np.array(sorted({start for start, _ in rates}))
    grid = np.array([[rates.get((int(start), sex), 0.1) for sex in (0, 1)] for start in starts])
    age, sex = persons["age"], persons["sex"].astype(int)
    rate = grid[np.clip(np.searchsorted(starts, age, side="right") - 1, 0, len(starts) - 1), sex]
    adult = (age >= 16) & (persons["role"] != int(q.Role.DEPENDANT)) & (persons["education"] != int(q.Education.HIGHER))
    free = adult & (persons["earnings"] + np.maximum(persons["self_employment"], 0.0) <= LITTLE_PAY)
    likely = rate * np.where(inside, 9.0, 0.55) * np.where(draft.person["works"], 1.0, 2.2) * np.where(cared, 0.5, 1.0)
    heavy = np.zeros(len(persons), bool)
    for group, old in (("paid", age < STATE_PENSION_AGE), ("of pension age", age >= STATE_PENSION_AGE)):
        heavy |= quota(_to(np.where(free & old, likely, 0.0), weight, CARERS_UK[group]), rng.random(len(persons)), rng)
    persons["carer_hours"][heavy] = rng.integers(35, 91, heavy.sum())
    # Lighter care: five in a hundred adults give an hour or more to someone on a disability benefit (assumption from the census).
    light = adult & ~heavy & (rng.random(len(persons)) < rate * np.where(inside, 2.5, 0.35))
    persons["carer_hours"][light] = rng.integers(2, 30, light.sum())
