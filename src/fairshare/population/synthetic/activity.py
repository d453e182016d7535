"""Step 2: what people do. Disability, study, work, its hours, and why those out of work are out of it.

Rates by age, sex and disability are ONS's; they are moved (on the log-odds) to the council's employment rate, to the
OBR's employment for the year and for parents of young children; partners' chances are correlated.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import expit, generator, logit, ndtr, quota, solve_shift

DISABLED_BY_AGE = ((0, 0.06), (5, 0.12), (16, 0.17), (25, 0.155), (35, 0.16), (45, 0.20), (55, 0.27), (65, 0.30), (75, 0.42), (85, 0.62))
"""Share limited in daily life from each age on, before it is moved to the council's census share. Assumption, from the
pattern of the Census 2021 and Family Resources Survey tables by age; the level is the council's own."""

WORK_AFTER_64 = {(65, 0): 0.36, (65, 1): 0.27, (70, 0): 0.17, (70, 1): 0.105, (75, 0): 0.055, (75, 1): 0.028}
"""Employment rates beyond the published table (assumption: 1.5 million workers are 65 or over)."""

SELF_EMPLOYED = {
    0: ((16, 0.03), (25, 0.09), (35, 0.14), (45, 0.165), (55, 0.185), (65, 0.34)),
    1: ((16, 0.02), (25, 0.06), (35, 0.095), (45, 0.10), (55, 0.115), (65, 0.22)),
}
"""Self-employed as a share of people in work, by sex and age (assumption from the Annual Population Survey's pattern);
the level is the OBR's employment less employees."""

COUPLE_CORRELATION = 0.45
"""Of partners' chances of work: HBAI 2024/25 counts more two-earner and no-earner couples than chance would give."""
LONE_PARENT, SINGLE_MEN, SINGLE_WOMEN = -1.48, -0.95, -0.15
"""Log-odds of work of lone parents and of other single adults against adults in couples. Of 25 to 54 year-olds, 78% of single men
and 91% of men in couples worked, 81% and 79% of such women (Census 2011, England and Wales; women in couples have children more
often, which is counted apart); lone parents': so that as many children live in families with and without work as HBAI 2024/25 counts."""

LONG_TERM_SICK = 2_800_000
"""People out of work for long-term sickness (Labour Force Survey, UNVERIFIED)."""
SICK_IF_DISABLED, SICK_BY_AGE = 3.0, 0.02
"""Log-odds of being out of work for sickness: of disabled people against others, and for each year of age (assumption)."""
CARING_WITH_CHILDREN = 1.5
"""Log-odds of looking after the family of those out of work with a child below 17, against others (assumption)."""

LARGE_FAMILY = -0.6
"""Log-odds of work of parents of three or more (assumption: about six in ten such mothers work, where nearly eight in ten mothers of
one or two do; Labour Force Survey, UNVERIFIED)."""

ASIAN_MOTHERS = -1.5
"""Log-odds of work of mothers in couples for a council where everybody were of an Asian ethnic group (assumption: somewhat under half
of women of Pakistani and Bangladeshi ethnic groups work, Census 2021, UNVERIFIED); councils keep their own employment rate."""
SURVEY_PART = 0.4
"""Part of a council's own employment rate in what its people are brought to; the rest is what like councils have."""

STUDENT_SHARE = {18: 0.30, 19: 0.36, 20: 0.35, 21: 0.28, 22: 0.16, 23: 0.11, 24: 0.08, 25: 0.05, 26: 0.04, 27: 0.03, 28: 0.03, 29: 0.02}
"""Full-time students in higher education by age, living in private households (assumption; England alone pays 1.16 million
maintenance loans, part of them to people in halls)."""


def stepped(table: tuple[tuple[int, float], ...], age: np.ndarray) -> np.ndarray:
    """The value of the last step at or below each age."""
    starts, values = np.array([row[0] for row in table]), np.array([row[1] for row in table])
    return values[np.clip(np.searchsorted(starts, age, side="right") - 1, 0, len(values) - 1)]


SINGLES, COUPLE, LONE_PARENTS = range(3)
_FAMILIES, _REASONS = ("single", "couple", "lone parent"), ("unemployed", "sick", "caring", "other")


@cache
def out_of_work_by_family() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(3 families, 2 sexes) log-odds among people out of work: of being unemployed (against all of the sex), of being sick among those
    not looking for work, and of caring for the family among the rest. Means of two censuses, by records."""
    totals = np.zeros((len(_FAMILIES), 2, len(_REASONS), 2))
    for row in f.rows("out_of_work_by_family"):
        cell = _FAMILIES.index(row["family"]), int(row["sex"] == "female"), _REASONS.index(row["activity"])
        totals[cell] += np.array([f.number(row["per_cent"]), 1.0]) * f.number(row["records"])
    # The files withhold cells of few people: lone fathers who are no longer looking for work are few, and stand as single men do.
    totals[LONE_PARENTS, 0] = np.where(totals[LONE_PARENTS, 0, :, 1:] > 0, totals[LONE_PARENTS, 0], totals[SINGLES, 0])
    share = totals[..., 0] / totals[..., 1]
    unemployed, sick, caring, other = np.moveaxis(share, -1, 0)
    looking = logit(unemployed / share.sum(axis=-1))
    inactive = sick + caring + other
    return looking - looking.mean(axis=0), logit(sick / inactive), logit(caring / (caring + other))


def with_disability(draft: Draft, seed: int) -> None:
    """Mark who is limited in daily life: by age, at each council's census share (Northern Ireland: the UK's)."""
    persons, rng = draft.persons, generator(seed, "disability")
    council = draft.of_household(draft.households["council"])
    base = logit(stepped(DISABLED_BY_AGE, persons["age"]))
    share = f.filled(f.council("disability_share"))
    chance = _moved(base, draft.person_weight, council, share)
    persons["disabled"] = quota(chance, council * 1000.0 + persons["age"] + rng.random(len(persons)), rng)


def _moved(logits: np.ndarray, weight: np.ndarray, council: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Chances whose weighted mean in each council is the given share (Newton's steps on one shift per council)."""
    shift, total = np.zeros(len(share)), np.maximum(np.bincount(council, weight, len(share)), 1e-9)
    for _ in range(12):
        chance = expit(logits + shift[council])
        mean = np.bincount(council, weight * chance, len(share)) / total
        slope = np.bincount(council, weight * chance * (1 - chance), len(share)) / total
        shift += np.clip((share - mean) / np.maximum(slope, 1e-6), -1, 1)
    return expit(logits + shift[council])


def with_study(draft: Draft, seed: int) -> None:
    """Education now: by age for children; non-advanced for dependants of 16 and over; higher education by age for adults."""
    persons, rng = draft.persons, generator(seed, "study")
    age, dependant = persons["age"], persons["role"] == int(q.Role.DEPENDANT)
    education = np.select(
        [age < 4, age < 11, age < 16], [int(q.Education.EARLY_YEARS), int(q.Education.PRIMARY), int(q.Education.SECONDARY)], 0
    )
    education[age < 2] = int(q.Education.NONE)
    education[dependant & (age >= 16)] = int(q.Education.FURTHER)
    ages = np.array(sorted(STUDENT_SHARE))
    chance = np.where((age >= 18) & (age <= 29) & ~dependant, np.interp(age, ages, [STUDENT_SHARE[a] for a in ages]), 0.0)
    chance = np.where(draft.person["student_household"], 1.0, chance)
    education[quota(chance, age + rng.random(len(persons)), rng)] = int(q.Education.HIGHER)
    persons["education"] = education


def _published_rates(status: str) -> dict[tuple[int, int, int], float]:
    """(age from, sex, disabled) -> share (ONS disability and employment 2021)."""
    return {
        (int(row["age"][:2]), int(row["sex"] == "female"), int(row["disability"] == "disabled")): float(row["per_cent"]) / 100
        for row in f.rows("activity_by_age_sex_disability")
        if row["status"] == status and row["age"] != "16-64"
    }


def _rate(draft: Draft, status: str) -> np.ndarray:
    persons, table = draft.persons, _published_rates(status)
    starts = np.array([16, 20, 25, 30, 35, 40, 45, 50, 55, 60])
    grid = np.array([[[table[(int(start), sex, ill)] for ill in (0, 1)] for sex in (0, 1)] for start in starts])
    place = np.clip(np.searchsorted(starts, persons["age"], side="right") - 1, 0, len(starts) - 1)
    return grid[place, persons["sex"].astype(int), persons["disabled"].astype(int)]


def youngest_child(draft: Draft) -> np.ndarray:
    """(persons,) age of the youngest dependant in the person's benefit unit; 99 where there is none."""
    age = np.where(draft.persons["role"] == int(q.Role.DEPENDANT), draft.persons["age"], 99)
    return np.minimum.reduceat(age, draft.units["first_person"])[draft.persons["benefit_unit"]]


def children_of(draft: Draft) -> np.ndarray:
    """(persons,) dependants in the person's benefit unit."""
    return draft.unit_sum(draft.persons["role"] == int(q.Role.DEPENDANT))[draft.persons["benefit_unit"]]


@cache
def council_employment() -> np.ndarray:
    """(councils,) employment rate of 16 to 64, 0 to 1. The survey is small in a council: its rate is drawn towards what the region, the
    census's disability and social renting, ONS's modelled unemployment and income per head lead one to expect (least squares)."""
    own, region = f.council("employment_rate_16_64_2023"), f.by_region("employment_rate_16_64")[f.area_regions()]
    tenants = f.council("census_social_rent") / f.council("households_census")
    known = [f.council("disability_share"), tenants, f.council("unemployment_rate_16plus_2023"), np.log(f.council("gdhi_per_head_2023"))]
    scores = [(f.filled(values) - np.nanmean(values)) / np.nanstd(values) for values in known]
    # Income per head runs far ahead of work where the richest live; beyond two standard deviations it says nothing more.
    factors = np.column_stack([np.ones(len(own)), *(np.clip(score, -2, 2) for score in scores)])
    measured = np.isfinite(own)
    weight = np.sqrt(f.council("population"))
    gap = (own - region)[measured] * weight[measured]
    slopes = np.linalg.lstsq(factors[measured] * weight[measured, None], gap, rcond=None)[0]
    expected = region + factors @ slopes
    return np.where(measured, SURVEY_PART * own + (1 - SURVEY_PART) * expected, expected) / 100


def with_work(draft: Draft, seed: int) -> None:
    """Who works, as employee or self-employed; activity of everyone else. Sets `works` and the latent `skill`."""
    persons, rng = draft.persons, generator(seed, "work")
    age, sex, weight = persons["age"], persons["sex"].astype(int), draft.person_weight
    adult = persons["role"] != int(q.Role.DEPENDANT)
    logits = logit(_rate(draft, "Employed"))
    for (start, of_sex), rate in WORK_AFTER_64.items():
        here = (age >= start) & (sex == of_sex)
        logits[here] = logit(rate) - 0.9 * persons["disabled"][here]
    youngest, couple = youngest_child(draft), draft.units["couple"][persons["benefit_unit"]] == 1
    parent = adult & (youngest < 99)
    logits += np.where(parent & (sex == 1), np.select([youngest < 3, youngest < 6], [-0.75, -0.45], 0.25), 0.0)
    logits += np.where(parent & (children_of(draft) >= 3), LARGE_FAMILY, 0.0)
    asian = f.filled(f.council("ethnic_asian"))
    home = draft.of_household(draft.households["council"])
    logits += np.where(parent & (sex == 1) & couple, ASIAN_MOTHERS * (asian - asian.mean())[home], 0.0)
    logits += np.where(parent & (sex == 0) & couple, 0.4, 0.0)
    single = np.where(sex == 0, SINGLE_MEN, SINGLE_WOMEN)
    logits += np.where(parent & ~couple, LONE_PARENT, np.where(adult & ~couple & (age >= 25), single, 0.0))
    student = persons["education"] == int(q.Education.HIGHER)
    logits[student] = logit(0.42)  # 2021 Census: about four full-time students of working age in ten have a job
    logits[persons["education"] == int(q.Education.FURTHER)] = logit(0.22)

    council = draft.of_household(draft.households["council"])
    employment = council_employment()
    working_age = (age >= 16) & (age < 65)
    chance = np.zeros(len(persons))
    chance[working_age] = _moved(logits[working_age], weight[working_age], council[working_age], employment)
    logits[working_age] = logit(chance[working_age])
    able = age >= 16
    shift = solve_shift(logits[able], weight[able], f.national("employment") * 1e6)
    chance = np.where(able, expit(logits + shift), 0.0)

    shared = rng.standard_normal(len(draft.units))[persons["benefit_unit"]]
    latent = np.sqrt(COUPLE_CORRELATION) * shared + np.sqrt(1 - COUPLE_CORRELATION) * rng.standard_normal(len(persons))
    works = able & (ndtr(latent) < chance)
    own_chance = np.where(sex == 0, stepped(SELF_EMPLOYED[0], age), stepped(SELF_EMPLOYED[1], age))
    own_logits = np.where(student, logit(0.02), logit(own_chance))
    wanted = (f.national("employment") - f.national("employees")) * 1e6
    # Regions have their part of people with profits in the Survey of Personal Incomes.
    place, traders = draft.of_household(draft.households["region"]).astype(int), f.by_region("spi_self_employment_income_people")
    for where, part in enumerate(traders / traders.sum()):
        here = works & (place == where)
        if here.any():
            own_logits[here] += solve_shift(own_logits[here], weight[here], min(wanted * part, 0.5 * weight[here].sum()))
    for_self = np.zeros(len(persons), bool)
    for_self[works] = quota(expit(own_logits[works]), council[works] * 1000.0 + age[works] + rng.random(works.sum()), rng)

    activity = np.full(len(persons), int(q.Activity.OTHER))
    activity[works] = int(q.Activity.EMPLOYEE)
    activity[for_self] = int(q.Activity.SELF_EMPLOYED)
    _out_of_work(draft, activity, works, youngest, rng)
    activity[(student | (persons["education"] == int(q.Education.FURTHER))) & ~for_self] = int(q.Activity.STUDENT)
    activity[age < 16] = int(q.Activity.CHILD)
    persons["activity"] = activity
    draft.person["works"], draft.person["self_employed"] = works, for_self


def _out_of_work(draft: Draft, activity: np.ndarray, works: np.ndarray, youngest: np.ndarray, rng: np.random.Generator) -> None:
    """Why adults without work are without it: unemployed at the published rate of the inactive and unemployed, to the OBR's number;
    then retired (assumption), sick, caring for the family, or else other, as censuses find by sex and family."""
    persons, weight = draft.persons, draft.person_weight
    age, sex, ill = persons["age"], persons["sex"] == 1, persons["disabled"] == 1
    idle = (age >= 16) & ~works
    studies = np.isin(persons["education"], [int(q.Education.HIGHER), int(q.Education.FURTHER)])
    employed, active = _rate(draft, "Employed"), _rate(draft, "Economically active")
    seeking = logit(np.clip((active - employed) / np.maximum(1 - employed, 0.05), 0.01, 0.9))
    candidates = idle & (age < 66) & ~studies
    couple = draft.units["couple"][persons["benefit_unit"]] == 1
    family = np.where(couple, COUPLE, np.where(youngest < 99, LONE_PARENTS, SINGLES))
    unemployed, sickness, care = (odds[family, sex.astype(int)] for odds in out_of_work_by_family())
    seeking += np.where(age >= 25, unemployed, 0.0)
    seeking[candidates] += solve_shift(seeking[candidates], weight[candidates], f.national("unemployed") * 1e6)
    order = draft.of_household(draft.households["council"]) * 1000.0 + age + rng.random(len(persons))
    jobless = np.zeros(len(persons), bool)
    jobless[candidates] = quota(expit(seeking[candidates]), order[candidates], rng)
    activity[jobless] = int(q.Activity.UNEMPLOYED)
    draw, rest = rng.random(len(persons)), candidates & ~jobless
    retired = rest & (draw < np.select([age >= 62, age >= 58, age >= 55], [0.60, 0.40, 0.22], 0.0)) & ~(ill & (age < 62))
    left = rest & ~retired
    sickness = sickness + SICK_IF_DISABLED * ill + SICK_BY_AGE * age
    sickness[left] += solve_shift(sickness[left], weight[left], LONG_TERM_SICK)
    sick = np.zeros(len(persons), bool)
    sick[left] = quota(expit(sickness[left]), order[left], rng)
    left &= ~sick
    caring = left & (rng.random(len(persons)) < expit(care + CARING_WITH_CHILDREN * ((youngest < 17) - 0.5)))
    for chosen, kind in ((retired, q.Activity.RETIRED), (sick, q.Activity.SICK), (caring, q.Activity.CARING)):
        activity[chosen] = int(kind)
    activity[idle & (age >= 66)] = int(q.Activity.RETIRED)
