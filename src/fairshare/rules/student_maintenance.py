"""Maintenance loans of students in England (SI 2011/1986 Part 6): what a full-time student may borrow to live on.

Units: £ a year. A household file says where a student lives (`student_living`) and what the family's income is; other records say
nothing, and nothing is lent. Household income counts the loan, as Households Below Average Income does. A year's loan is that
of the academic year that begins in it. Support from Wales, Scotland and Northern Ireland, and grants, are left out.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Education, Nation, Pounds, PoundsAMonth, PoundsAYear, Ratio, Share, StudentLiving


class LoanRates(NamedTuple):
    most: PoundsAYear
    taper: Ratio
    least: Share


class StudentIncome(NamedTuple):
    disregard: PoundsAMonth
    months: Count


class StudentMaintenanceLaw(NamedTuple):
    income_threshold: PoundsAYear
    at_home: LoanRates
    away: LoanRates
    away_in_london: LoanRates
    universal_credit: StudentIncome


class StudentMaintenance(NamedTuple):
    """Lines of one person, £ a year."""

    maintenance_loan: Pounds
    counted_by_universal_credit: Pounds


@rule
def loan(family_income: float, threshold: float, law: LoanRates) -> float:
    """SI 2011/1986 regs 72-80: the most, less £1 for so many pounds of family income above the threshold, down to a whole pound."""
    less = max(family_income - threshold, 0.0) / law.taper
    return max(float(math.floor(law.most - less)), float(math.floor(law.least * law.most)))


@rule
def loan_of(person: Any, law: StudentMaintenanceLaw) -> float:
    """The loan of a full-time student, by where the student lives."""
    if person.education != Education.HIGHER or person.student_living == StudentLiving.NOT_SAID:
        return 0.0
    if person.student_living == StudentLiving.AT_HOME:
        return loan(person.student_family_income, law.income_threshold, law.at_home)
    if person.student_living == StudentLiving.AWAY:
        return loan(person.student_family_income, law.income_threshold, law.away)
    return loan(person.student_family_income, law.income_threshold, law.away_in_london)


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: StudentMaintenanceLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        for p in range(households[h].first_person, households[h].last_person):
            lent = loan_of(persons[p], law) if households[h].nation == Nation.ENGLAND else 0.0
            # SI 2013/376 regs 68-71: so much a month of a loan is left out of Universal Credit
            counted = max(lent - law.universal_credit.disregard * law.universal_credit.months, 0.0)
            lines[p] = StudentMaintenance(lent, counted)


INSTRUMENT = Instrument(
    name="student_maintenance",
    entity="person",
    law=StudentMaintenanceLaw,
    lines=StudentMaintenance,
    assess=assess,
    title="student maintenance",
)
