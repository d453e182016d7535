"""Step 3: pay and hours of employees, from ONS's distribution of pay by age and sex, full-time and part-time.

A person's place in the distribution is a latent standing (`skill`), correlated between partners and moved by the council's
median pay; the cell's published percentiles turn the place into pay, so that the nation keeps its published distribution
and councils and couples differ as they do. Above the ninth decile pay follows a Pareto curve that gives the published mean.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.activity import children_of, youngest_child
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import expit, generator, logit, ndtr, ndtri, quota, rank, solve_shift

AGES = (16, 18, 22, 30, 40, 50, 60)
_LABELS = ("16-17", "18-21", "22-29", "30-39", "40-49", "50-59", "60+")
KNOTS = np.array([0.002, 0.02, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9])
_STATISTICS = ("p10", "p20", "p25", "p30", "p40", "p50", "p60", "p70", "p75", "p80", "p90")
PARTNER_CORRELATION = 0.36
"""Of partners' standing (assumption: published estimates for UK couples' pay lie between 0.3 and 0.4)."""
LARGE_FAMILY_STANDING = 0.60
"""By how much parents of three or more stand lower, in standard deviations (assumption: they have fewer qualifications and were
younger at a first birth; no held table joins pay and the number of children)."""
SINGLE_STANDING, LONE_PARENT_STANDING = 0.20, 0.70
"""By how much single adults from 25, and lone parents, stand lower than people in couples, in standard deviations. Of people in work, if
only those have a social grade of AB, 32% have it in couples, 25% outside a family and 12% of lone mothers (Northern Ireland, Census
2021: `social_grade_by_family`, `out_of_work_by_family`), which lie 0.22 and 0.72 apart on the normal curve."""
PAY_SPREAD = 0.52
"""Standard deviation of the logarithm of pay, which turns a council's relative median into a shift of standing."""
LEFT_A_JOB = {
    q.Activity.STUDENT: 0.45,
    q.Activity.UNEMPLOYED: 0.25,
    q.Activity.OTHER: 0.20,
    q.Activity.RETIRED: 0.12,
    q.Activity.CARING: 0.08,
    q.Activity.SICK: 0.04,
}
"""Share of people without work now who were paid in the year (assumption: the tax survey of 2023-24 counts 27.3 million taxpayers
with pay, and some five million more lie below the allowance, where 29.0 million are employees at one time)."""
CAME_FROM_NO_JOB = ((16, 22, 30, 45, 66), (0.24, 0.14, 0.08, 0.055, 0.06))
"""Age and share of employees who began work in the year from no job: annual pay in ASHE is of those a year or more in the job, and
a seventh are not (Labour Force Survey, job tenure, UNVERIFIED), half of whom came from another job (assumption). More would leave
fewer people above £20,000 than the tax survey counts."""
COUNCIL_ROUNDS, TRUSTED_RECORDS, SCORE_PER_LOG = 7, 25.0, 0.60
"""Rounds in which each council's median pay is brought to the published one, how many records it takes to be half trusted, and
how far a unit of standing moves the logarithm of a council's median pay (a step that later rounds correct)."""
SECOND_JOBS, SECOND_PAY = 1_250_000, (900.0, 12_000.0)
"""People with a second job (Labour Force Survey, UNVERIFIED), mostly beside a part-time one, and the £ a year between which it pays
(assumption): ASHE counts jobs, records are people."""
HOURS_OF_LEAST_PAY = (34.0, 38.5)
"""Weekly hours between which those of full-timers on the least pay lie at most (assumption: contracts of 35 hours are common)."""
MOTHERS = 0.30
MOTHERS_OF_TWO, MOTHERS_OF_MORE = 0.35, 0.75
LONE_PARENTS = 0.6
"""Log-odds of part-time work of mothers against other women of their age (assumption; HBAI 2024/25 counts as many families with
one full-time and one part-time earner), and what a second and further children add: where both parents work, both do so full-time
in 58% of families with one child and 40% of those with three or more (ONS, Families and the labour market, April to June 2021).
LONE_PARENTS adds to both (HBAI 2024/25: of children of lone parents in work, 44% have one who works part-time)."""


@cache
def cells() -> dict[tuple[int, int, int], tuple[np.ndarray, float]]:
    """(age row, sex, part-time) -> pay at KNOTS in £ a year of 2025-26, and the Pareto exponent above the ninth decile."""
    published: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in f.rows("pay_by_age_sex"):
        published.setdefault((row["age"], row["sex"], row["work_pattern"]), {})[row["statistic"]] = f.number(row["value"])
    # Annual pay of April 2025 is that of the tax year 2024-25; the part-time table held is of April 2023.
    factors = {"full-time": f.uprating("earnings", "2024-25", "2025-26"), "part-time": f.uprating("earnings", "2022-23", "2025-26")}
    out = {}
    for index, label in enumerate(_LABELS):
        for sex, name in enumerate(("male", "female")):
            for part, pattern in enumerate(("full-time", "part-time")):
                cell = published[(label, name, pattern)] if (label, name, pattern) in published else published[(label, "female", pattern)]
                out[(index, sex, part)] = _curve(cell, published[("all" if part else "22-29", name, pattern)], factors[pattern])
    return out


def _curve(cell: dict[str, float], shape: dict[str, float], factor: float) -> tuple[np.ndarray, float]:
    """Blank percentiles take the shape of a fuller cell, scaled to this cell's mean."""
    scale = cell["mean"] / shape["mean"]
    values = np.array([cell.get(name, np.nan) for name in _STATISTICS])
    model = np.array([shape.get(name, np.nan) for name in _STATISTICS]) * scale
    values = np.where(np.isfinite(values), values, model)
    values = np.maximum.accumulate(values)
    values = np.concatenate(([0.25 * values[0], 0.55 * values[0]], values)) * factor
    body = np.trapezoid(values[2:], KNOTS[2:]) + np.trapezoid(values[:3], KNOTS[:3])
    tail = (cell["mean"] * factor - body) / 0.1  # mean pay of the top tenth
    ratio = max(tail / values[-1], 1.12)
    return values, float(np.clip(ratio / (ratio - 1), 1.9, 8.0))


def pay(place: np.ndarray, curve: np.ndarray, alpha: float) -> np.ndarray:
    """£ a year at each place (0 to 1) of a cell's distribution."""
    body = np.exp(np.interp(place, KNOTS, np.log(curve)))
    return np.where(place > KNOTS[-1], curve[-1] * ((1 - place) / (1 - KNOTS[-1])) ** (-1 / alpha), body)


def _council_shift() -> np.ndarray:
    """(councils,) how far a council's median pay moves its people's standing: ASHE by residence, annual 2024, weekly 2025
    where annual is not published, and the income taxpayers report (SPI) in the upper part."""
    annual, weekly = f.council("annual_pay_median_2024"), f.council("median_weekly_pay_2025")
    jobs = f.council("spi_employment_count_2023_24")
    jobs = np.where(np.isfinite(jobs), jobs, 1000.0)
    ratio = np.where(
        np.isfinite(annual),
        annual / np.average(f.filled(annual, jobs), weights=jobs),
        weekly / np.average(f.filled(weekly, jobs), weights=jobs),
    )
    mean = f.council("spi_employment_mean_2023_24")
    mean = f.filled(mean) / np.average(f.filled(mean), weights=jobs)
    return np.asarray((0.85 * np.log(f.filled(ratio)) + 0.15 * np.log(mean)) / PAY_SPREAD)


def with_skill(draft: Draft, seed: int) -> None:
    """The latent standing of every person: partners correlated, lower for people limited by disability, moved by council."""
    persons, rng = draft.persons, generator(seed, "skill")
    shared = rng.standard_normal(len(draft.units))[persons["benefit_unit"]]
    skill = np.sqrt(PARTNER_CORRELATION) * shared + np.sqrt(1 - PARTNER_CORRELATION) * rng.standard_normal(len(persons))
    single = (draft.units["couple"][persons["benefit_unit"]] == 0) & (persons["age"] >= 25)
    lone = (draft.units["couple"][persons["benefit_unit"]] == 0) & (children_of(draft) > 0)
    skill -= np.select([lone, single], [LONE_PARENT_STANDING, SINGLE_STANDING], 0.0)
    skill -= 0.25 * persons["disabled"] + LARGE_FAMILY_STANDING * (children_of(draft) >= 3)
    draft.person["skill"] = skill + _council_shift()[draft.of_household(draft.households["council"])]


def with_earlier_pay(draft: Draft, seed: int) -> None:
    """Pay of a part of the year for some who are not in work now: holiday jobs of students, jobs left in the year."""
    persons, rng = draft.persons, generator(seed, "earlier pay")
    chance = np.zeros(len(persons))
    for activity, share in LEFT_A_JOB.items():
        chance[(persons["activity"] == int(activity)) & ~draft.person["works"]] = share
    chance[(persons["age"] < 18) | (persons["age"] > 68)] = 0.0
    rows = np.flatnonzero(rng.random(len(persons)) < chance)
    age, sex = persons["age"][rows], persons["sex"][rows].astype(int)
    student = persons["activity"][rows] == int(q.Activity.STUDENT)
    cell = (np.searchsorted(AGES, age, side="right") - 1) * 4 + sex * 2 + student
    place = rank(draft.person["skill"][rows] + rng.standard_normal(len(rows)), draft.person_weight[rows], cell)
    part = rng.uniform(0.08, 0.7, len(rows))
    persons["earnings"][rows], persons["pay_weeks"][rows] = _placed(place, cell) * part, part * q.WEEKS_IN_YEAR


def with_pay(draft: Draft, seed: int) -> None:
    """Pay and weekly hours of employees (students in a job among them)."""
    persons, rng = draft.persons, generator(seed, "pay")
    rows = np.flatnonzero(draft.person["works"] & ~draft.person["self_employed"])
    age, sex = persons["age"][rows], persons["sex"][rows].astype(int)
    band = np.searchsorted(AGES, age, side="right") - 1
    weight, skill = draft.person_weight[rows], draft.person["skill"][rows]
    share = {(_LABELS.index(row["age"]), int(row["sex"] == "female")): float(row["value"]) for row in f.rows("part_time_share")}
    chance = np.array([[share[(index, of_sex)] for of_sex in (0, 1)] for index in range(len(AGES))])[band, sex]
    youngest = youngest_child(draft)[rows]
    more = np.select([children_of(draft)[rows] >= 3, children_of(draft)[rows] == 2], [MOTHERS_OF_MORE, MOTHERS_OF_TWO], 0.0)
    lone = (youngest < 17) & (draft.units["couple"][persons["benefit_unit"][rows]] == 0)
    more = more + np.where(lone, LONE_PARENTS, 0.0)
    logits = logit(chance) - 0.35 * skill + np.where((sex == 1) & (youngest < 17), MOTHERS + more, 0.0)
    logits = np.where(persons["education"][rows] > int(q.Education.SECONDARY), 2.5, logits)
    for index in range(len(AGES)):  # each age and sex keeps its published share
        for of_sex in (0, 1):
            here = (band == index) & (sex == of_sex)
            if here.any():
                logits[here] += solve_shift(logits[here], weight[here], share[(index, of_sex)] * weight[here].sum())
    # People, not jobs: a person with two short jobs counts once, and disabled people work part-time more often.
    ill = persons["disabled"][rows].astype(int)
    for (of_sex, limited), published in part_time_people().items():
        here = (sex == of_sex) & (ill == limited) & (age < 65)
        if here.any():
            logits[here] += solve_shift(logits[here], weight[here], published * weight[here].sum())
    part = quota(expit(logits), band * 4.0 + sex * 2 + rng.random(len(rows)), rng).astype(int)
    cell = band * 4 + sex * 2 + part
    score = skill + 0.35 * rng.standard_normal(len(rows))
    council = draft.of_household(draft.households["council"])[rows].astype(int)
    wanted, known = _relative_median()
    shift = np.zeros(len(wanted))
    for _ in range(COUNCIL_ROUNDS):
        earned = _placed(rank(score + shift[council], weight, cell), cell)
        medians, count = _medians(earned, weight, council, len(wanted))
        held = medians / weighted_median(earned, weight)
        trust = count / (count + TRUSTED_RECORDS) * known
        shift += np.clip(trust * np.log(wanted / held) / SCORE_PER_LOG, -0.5, 0.5)
        shift = np.clip(shift, -1.5, 1.5)
    earned = _placed(rank(score + shift[council], weight, cell), cell)
    hours, earned = _hours(earned, part == 1, age, rng)
    odds = np.where(part == 1, 3.0, 1.0)
    second = quota(odds * SECOND_JOBS / (weight @ odds), council + rng.random(len(rows)), rng)
    beside = np.where(second, rng.uniform(*SECOND_PAY, len(rows)), 0.0)
    worked = _part_of_year(age, rng)
    persons["hours"][rows], persons["earnings"][rows], persons["pay_weeks"][rows] = (
        hours,
        (earned + beside) * worked,
        worked * q.WEEKS_IN_YEAR,
    )
    persons["second_job"][rows] = np.round(beside * worked, 2)
    draft.person["standing"] = np.zeros(len(persons))
    draft.person["standing"][rows] = ndtri(rank(earned + beside, weight))


@cache
def part_time_people() -> dict[tuple[int, int], float]:
    """(sex, disabled) -> share of people in work, 16 to 64, who work part-time (ONS, year ending June 2021)."""
    return {
        (int(row["sex"] == "female"), int(row["disability"] == "disabled")): float(row["per_cent"]) / 100
        for row in f.rows("part_time_by_disability")
        if row["age"] == "16-64" and row["sex"] != "all"
    }


def _placed(place: np.ndarray, cell: np.ndarray) -> np.ndarray:
    """£ a year at each person's place in the distribution of the person's own cell (age, sex, pattern)."""
    earned = np.zeros(len(place))
    for (index, of_sex, pattern), (curve, alpha) in cells().items():
        here = cell == index * 4 + of_sex * 2 + pattern
        earned[here] = pay(place[here], curve, alpha)
    return earned


def weighted_median(values: np.ndarray, weight: np.ndarray) -> float:
    order = np.argsort(values, kind="stable")
    cumulated = np.cumsum(weight[order])
    return float(values[order][np.searchsorted(cumulated, 0.5 * cumulated[-1])])


def _medians(values: np.ndarray, weight: np.ndarray, council: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(councils,) weighted median of the people of each council, and how many records it rests on."""
    order = np.lexsort((values, council))
    ends = np.searchsorted(council[order], np.arange(count), side="right")
    starts = np.concatenate(([0], ends[:-1]))
    cumulated = np.concatenate(([0.0], np.cumsum(weight[order])))
    middle = 0.5 * (cumulated[starts] + cumulated[ends])
    place = np.clip(np.searchsorted(cumulated, middle) - 1, 0, len(values) - 1)
    return np.where(ends > starts, values[order][place], 1.0), ends - starts


@cache
def _relative_median() -> tuple[np.ndarray, np.ndarray]:
    """(councils,) median pay over the UK's, and how far it is known: ASHE by residence, annual 2024, else weekly 2025 (1), else
    the region's (0)."""
    annual, weekly = f.council("annual_pay_median_2024"), f.council("median_weekly_pay_2025")
    jobs = f.council("spi_employment_count_2023_24")
    jobs = np.where(np.isfinite(jobs), jobs, 1000.0)
    annual = annual / np.average(f.filled(annual, jobs), weights=jobs)
    weekly = weekly / np.average(f.filled(weekly, jobs), weights=jobs)
    # Two surveys a year apart: their mean errs less than either.
    either = np.where(np.isfinite(annual) & np.isfinite(weekly), 0.5 * (annual + weekly), np.where(np.isfinite(annual), annual, weekly))
    return f.filled(either), np.isfinite(either).astype(float)


def _hours(earned: np.ndarray, part: np.ndarray, age: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Weekly hours, and pay no lower than the minimum wage allows for them (nine in ten full-timers work 33 to 45 hours)."""
    floor = f.national("national_living_wage") * np.select([age < 18, age < 21], [0.618, 0.819], 1.0)  # 2025-26 rates of the young
    full = np.clip(np.round(rng.normal(38.2, 3.3, len(earned)) * 2) / 2, 31, 60)
    wage = np.maximum(floor * 1.02, 13.6 * np.exp(0.25 * rng.standard_normal(len(earned))))
    short = np.clip(np.round(earned / 52 / wage * 2) / 2, 2, 29.5)
    hours = np.where(part, short, full)
    return hours, np.where(
        part, earned, np.maximum(earned, 0.97 * floor * 52 * np.minimum(hours, rng.uniform(*HOURS_OF_LEAST_PAY, len(earned))))
    )


def _part_of_year(age: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """(employees,) part of the year for which each was paid: less than all of it for some who were out of work before."""
    came = rng.random(len(age)) < np.interp(age, *CAME_FROM_NO_JOB)
    return np.where(came, rng.uniform(0.15, 0.95, len(age)), 1.0)


def relative(values: np.ndarray) -> np.ndarray:
    """Standing of positive values as a standard normal score (used by later steps)."""
    return ndtri(np.clip(ndtr(values), 1e-6, 1 - 1e-6))
