"""Persons of the Family Resources Survey: who they are, what they do, what they receive for disability and what they care for."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.records import empty
from fairshare.population.surveys import assembly, disability_awards
from fairshare.population.surveys.assembly import mapped
from fairshare.population.surveys.frs_benefits import (
    CARERS,
    UNABLE,
    Benefits,
)
from fairshare.population.surveys.frs_incomes import money_of_adults, money_of_tables, state_pension
from fairshare.population.surveys.frs_tables import (
    People,
    Survey,
)

ACTIVITIES = {
    1: q.Activity.EMPLOYEE, 2: q.Activity.EMPLOYEE, 3: q.Activity.SELF_EMPLOYED, 4: q.Activity.SELF_EMPLOYED, 5: q.Activity.UNEMPLOYED,
    6: q.Activity.RETIRED, 7: q.Activity.STUDENT, 8: q.Activity.CARING, 9: q.Activity.SICK, 10: q.Activity.OTHER, 11: q.Activity.OTHER,
}  # fmt: skip
"""`empstati` has eleven values: 10 is sick for a time, 11 otherwise inactive, and neither is long-term sick."""
ETHNICITIES = {
    1: q.Ethnicity.WHITE, 2: q.Ethnicity.MIXED, 3: q.Ethnicity.ASIAN, 4: q.Ethnicity.BLACK, 5: q.Ethnicity.OTHER, 6: q.Ethnicity.UNKNOWN,
}  # fmt: skip
SEXES = {1: q.Sex.MALE, 2: q.Sex.FEMALE}
CARE_HOURS = {0: 0.0, 1: 2.0, 2: 7.0, 3: 14.5, 4: 27.0, 5: 42.0, 6: 74.5, 7: 100.0, 8: 10.0, 9: 27.0, 10: 35.0}
"""Hours a week that stand for each band of `hourtot`: its middle, and the least of the open ones."""
NURSERY, PRIMARY, SPECIAL, MIDDLE_PRIMARY, MIDDLE_SECONDARY, SECONDARY, FURTHER, PRIVATE, UNIVERSITY = range(1, 10)
FULL_CARE = 35.0
FIRST_PLAN_2_AGE = 18
PLAN_2_FROM = 2012


def persons_of(survey: Survey, people: People, keys: np.ndarray, benefits: Benefits, households: np.ndarray, year: str) -> np.ndarray:
    """Person records, adults first."""
    records = empty("person", len(people.keys))
    records["role"], records["age"] = people.roles, people.age
    grown, young = slice(0, people.adults), slice(people.adults, None)
    for table, rows in (("adult", grown), ("child", young)):
        sex = survey.codes(table, "sex", SEXES)
        survey.tables[table].refuse("sex", sex < 0, "does not say the sex")
        records["sex"][rows] = mapped(sex, SEXES, 0)
        records["disabled"][rows] = survey.yes(table, "disabled")
        records["education"][rows] = _schooling(survey, table, people.age[rows])
    _work(survey, records, people)
    money_of_adults(survey, records[grown], people, households)
    records["earnings"][young] = q.WEEKS_IN_YEAR * survey.money("child", "earnings")
    records["other_income"][young] = q.WEEKS_IN_YEAR * survey.money("child", "trust")
    money_of_tables(survey, records, people, keys)
    _who_they_are(survey, records, people, benefits)
    state_pension(survey, records, people, benefits)
    _awards(records, benefits, year)
    _loans(survey, records, people, households, year)
    return records


def _schooling(survey: Survey, table: str, age: np.ndarray) -> np.ndarray:
    """Full-time education now, by kind of school; by age where the kind does not say (special and private schools)."""
    kind = survey.codes(table, "school", range(12))
    studies = survey.yes(table, "schooling") | (kind >= NURSERY) & (kind <= UNIVERSITY) & (table == "child")
    by_age = np.select(
        [age < 5, age < 11, age < 16], [int(q.Education.EARLY_YEARS), int(q.Education.PRIMARY), int(q.Education.SECONDARY)],
        int(q.Education.FURTHER),
    )  # fmt: skip
    older = np.where(age < 16, int(q.Education.SECONDARY), int(q.Education.FURTHER))
    stages: list[tuple[np.ndarray, int | np.ndarray]] = [
        (kind == NURSERY, int(q.Education.EARLY_YEARS)),
        (np.isin(kind, (PRIMARY, MIDDLE_PRIMARY)), int(q.Education.PRIMARY)),
        (np.isin(kind, (SECONDARY, MIDDLE_SECONDARY)), older),
        (kind == FURTHER, int(q.Education.FURTHER)),
        (kind == UNIVERSITY, int(q.Education.HIGHER)),
        (np.isin(kind, (SPECIAL, PRIVATE)), by_age),
        ((kind < 0) & (age < 16) & (age >= 5), by_age),
    ]
    grown_unknown = int(q.Education.HIGHER) if table == "adult" else int(q.Education.FURTHER)
    stage = np.select([where for where, _ in stages], [value for _, value in stages], grown_unknown)
    return np.where(studies | ((table == "child") & (age >= 5) & (age < 16)), stage, int(q.Education.NONE))


def _work(survey: Survey, records: np.ndarray, people: People) -> None:
    status = survey.codes("adult", "status", ACTIVITIES)
    grown = records[: people.adults]
    grown["activity"] = mapped(status, ACTIVITIES, q.Activity.OTHER)
    young = records[people.adults :]
    young["activity"] = np.where(young["age"] < assembly.WORKING_AGE, int(q.Activity.CHILD), int(q.Activity.STUDENT))
    stated = survey.amounts("adult", "hours", most=1_000.0)
    overtime = survey.codes("adult", "overtime", (0, 1, 2))
    basic = survey.money("adult", "hours_basic") + survey.money("adult", "hours_overtime")
    usual = np.where(overtime == 2, survey.money("adult", "hours_with_overtime"), np.where(overtime == 1, basic, 0.0))
    grown["hours"] = np.minimum(np.where(np.isnan(stated), usual, stated), q.DAYS_IN_WEEK * 24)


def _who_they_are(survey: Survey, records: np.ndarray, people: People, benefits: Benefits) -> None:
    grown = records[: people.adults]
    grown["blind"] = survey.yes("adult", "blind")
    grown["ethnicity"] = mapped(survey.codes("adult", "ethnicity", ETHNICITIES), ETHNICITIES, q.Ethnicity.UNKNOWN)
    heads = np.zeros(len(people.owners.household_of_unit), np.int64)
    claims = np.flatnonzero(people.roles == q.Role.CLAIMANT)
    heads[people.owners.unit_of_person[claims]] = claims
    records["ethnicity"][people.adults :] = records["ethnicity"][heads[people.owners.unit_of_person[people.adults :]]]
    survey.derived["person.ethnicity"] = "children have that of the head of their benefit unit"
    band = survey.codes("adult", "care_hours", CARE_HOURS)
    hours = np.array([CARE_HOURS.get(int(each), 0.0) for each in band])
    cares = benefits.reported(CARERS)[: people.adults]
    grown["carer_hours"] = np.where(cares, np.maximum(hours, FULL_CARE), hours)
    survey.derived["person.carer_hours"] = "the middle of the stated band; at least 35 for those who report Carer's Allowance"
    survey.assumed.append("whoever is cared for receives a disability benefit")
    unable = (grown["activity"] == q.Activity.SICK) | benefits.reported(*UNABLE)[: people.adults]
    working_age = grown["age"] < assembly.RETIREMENT_AGE
    grown["work_capability"] = np.where(unable & working_age, int(q.WorkCapability.LIMITED_WORK_RELATED), int(q.WorkCapability.FULL))
    survey.derived["person.work_capability"] = (
        "limited, work-related activity too, for those who are long-term sick or report ESA, Incapacity Benefit or its like"
    )


def _awards(records: np.ndarray, benefits: Benefits, year: str) -> None:
    """Rates of disability benefits from their amounts; Scotland's payments count as those they replaced."""
    rates = disability_awards.rates(year)
    living, mobility = disability_awards.levels(benefits.a_week(96, 117), benefits.a_week(97, 118), rates.daily_living, rates.pip_mobility)
    care, moving = disability_awards.levels(benefits.a_week(1, 121), benefits.a_week(2, 122), rates.care, rates.dla_mobility)
    records["pip_daily_living"], records["pip_mobility"] = living, mobility
    records["dla_care"], records["dla_mobility"] = care, moving
    records["attendance"] = disability_awards.level(benefits.a_week(12), rates.attendance)


def _loans(survey: Survey, records: np.ndarray, people: People, households: np.ndarray, year: str) -> None:
    """A plan for those who repay a loan: Plan 4 in Scotland, Plan 2 for those who were 18 in 2012 or later, else Plan 1."""
    repays = survey.money("adult", "loan_repaid") > 0.0
    home = people.owners.household_of_unit[people.owners.unit_of_person][: people.adults]
    later = int(year[:4]) - records["age"][: people.adults] + FIRST_PLAN_2_AGE >= PLAN_2_FROM
    plan = np.where(later, int(q.StudentLoan.PLAN_2), int(q.StudentLoan.PLAN_1))
    plan = np.where(households["nation"][home] == q.Nation.SCOTLAND, int(q.StudentLoan.PLAN_4), plan)
    records["student_loan"][: people.adults] = np.where(repays, plan, int(q.StudentLoan.NONE))
    survey.derived["person.student_loan"] = "for those who repay: Plan 4 in Scotland, Plan 2 for those 18 in 2012 or later, else Plan 1"
