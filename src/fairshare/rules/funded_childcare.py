"""Funded early education and childcare (Childcare Act 2016; CYP(S)A 2014 Part 6): free hours before school, and what they are worth.

Units: £ a year, in kind: a line of its own, in no income. Only hours that a child attends count (`childcare_hours`, from household
files). Wales and Northern Ireland, and children below one, are left out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Education, Nation, Pounds, PoundsAYear


class England(NamedTuple):
    working_parents_age_1: Count
    working_parents_age_2: Count
    working_parents_age_3_4: Count
    universal_age_3_4: Count
    low_income_age_2: Count
    low_income_limit: PoundsAYear
    value_age_1: Pounds
    value_age_2: Pounds
    value_age_3_4: Pounds


class Scotland(NamedTuple):
    hours_a_year: Count
    value: Pounds


class Ages(NamedTuple):
    one: Count
    two: Count
    oldest: Count


class FundedChildcareLaw(NamedTuple):
    ages: Ages
    weeks: Count
    england: England
    scotland: Scotland


class FundedChildcare(NamedTuple):
    """Lines of one person, £ a year and hours a week in term."""

    hours: Count
    funded_childcare: Pounds


@rule
def hours_in_england(age: int, parents_work: bool, low_income: bool, ages: Ages, law: England) -> float:
    """Childcare Act 2016 s.1, Childcare Act 2006 s.7: hours for working parents from nine months, for all at three and four,
    and for two-year-olds of families with low incomes."""
    if age == ages.one:
        return law.working_parents_age_1 if parents_work else 0.0
    if age == ages.two:
        hours = law.working_parents_age_2 if parents_work else 0.0
        return max(hours, law.low_income_age_2 if low_income else 0.0)
    return law.working_parents_age_3_4 if parents_work else law.universal_age_3_4


@rule
def value_in_england(age: int, ages: Ages, law: England) -> float:
    """What an hour is worth: the mean rate that councils are paid for it."""
    if age == ages.one:
        return law.value_age_1
    return law.value_age_2 if age == ages.two else law.value_age_3_4


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    dependants: Any,
    universal_credit: Any,
    tax_free_childcare: Any,
    benefit_cap: Any,
    law: FundedChildcareLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        nation = households[h].nation
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            parents_work = tax_free_childcare[b].parents_qualify == 1.0
            on_credit = benefit_cap[b].universal_credit > 0.0
            low_income = on_credit and universal_credit[b].earned_income <= law.england.low_income_limit
            for p in range(benefit_units[b].first_person, benefit_units[b].last_person):
                person = persons[p]
                hours, value = 0.0, 0.0
                before_school = person.education == Education.NONE or person.education == Education.EARLY_YEARS
                in_range = before_school and law.ages.one <= person.age and person.age <= law.ages.oldest
                if dependants[p].child == 1.0 and in_range and person.childcare_hours > 0.0:
                    if nation == Nation.ENGLAND:
                        entitled = hours_in_england(person.age, parents_work, low_income, law.ages, law.england)
                        hours, value = min(person.childcare_hours, entitled), value_in_england(person.age, law.ages, law.england)
                    elif nation == Nation.SCOTLAND and (person.age > law.ages.two or (person.age == law.ages.two and on_credit)):
                        hours, value = min(person.childcare_hours, law.scotland.hours_a_year / law.weeks), law.scotland.value
                lines[p] = FundedChildcare(hours, hours * law.weeks * value)


INSTRUMENT = Instrument(
    name="funded_childcare",
    entity="person",
    law=FundedChildcareLaw,
    lines=FundedChildcare,
    assess=assess,
    reads=("dependants", "universal_credit", "tax_free_childcare", "benefit_cap"),
    title="funded childcare",
    line_titles={"hours": "funded hours a week in term", "funded_childcare": "what the funded hours are worth, in kind"},
)
