"""Student loan repayments (SI 2009/470): a share of income above the threshold of the borrower's plan.

Units: £ a year. Whoever has a plan is taken to have a balance left.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share, StudentLoan, Switch


class Thresholds(NamedTuple):
    plan_1: Pounds
    plan_2: Pounds
    plan_4: Pounds
    plan_5: Pounds
    postgraduate: Pounds


class StudentLoanLaw(NamedTuple):
    threshold: Thresholds
    rate: Share
    postgraduate_rate: Share
    plan_5_in_repayment: Switch
    unearned_income_limit: Pounds


class StudentLoanRepayment(NamedTuple):
    """Lines of one person, £ a year."""

    counted_income: Pounds
    repayment: Pounds


@rule
def counted_income(person: Any, law: StudentLoanLaw) -> float:
    """SI 2009/470 regs 22, 29: pay and profit, and all unearned income where it exceeds the limit."""
    unearned = person.savings_interest + person.dividends + max(person.property_income, 0.0) + person.private_pension
    unearned += max(person.other_income, 0.0)
    counted = person.earnings + max(person.self_employment, 0.0)
    return counted + unearned if unearned > law.unearned_income_limit else counted


@rule
def threshold(plan: int, law: StudentLoanLaw) -> float:
    """SI 2009/470 reg.29: the threshold of a plan; without limit where nothing is repaid."""
    if plan == StudentLoan.PLAN_1:
        return law.threshold.plan_1
    if plan == StudentLoan.PLAN_2:
        return law.threshold.plan_2
    if plan == StudentLoan.PLAN_4:
        return law.threshold.plan_4
    if plan == StudentLoan.PLAN_5 and law.plan_5_in_repayment == 1.0:
        return law.threshold.plan_5
    return law.threshold.postgraduate if plan == StudentLoan.POSTGRADUATE else math.inf


@rule
def assess_person(person: Any, law: StudentLoanLaw) -> StudentLoanRepayment:
    """SI 2009/470 reg.44: the share of income above the threshold, rounded down to a pound."""
    if person.student_loan == StudentLoan.NONE:
        return StudentLoanRepayment(0.0, 0.0)
    income = counted_income(person, law)
    rate = law.rate
    if person.student_loan == StudentLoan.POSTGRADUATE:
        rate = law.postgraduate_rate
    excess = max(income - threshold(person.student_loan, law), 0.0)
    return StudentLoanRepayment(income, float(math.floor(rate * excess)))


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: StudentLoanLaw, lines: Any, first: int, last: int) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        lines[p] = assess_person(persons[p], law)


INSTRUMENT = Instrument(
    name="student_loan",
    entity="person",
    law=StudentLoanLaw,
    lines=StudentLoanRepayment,
    assess=assess,
    title="student loan repayments",
)
