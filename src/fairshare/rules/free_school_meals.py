"""Free school meals (Education Act 1996 s.512ZB and its counterparts): who has them, and what they are worth.

Units: £ a year, in kind: a line of its own, in no income. Schooling at primary, secondary or sixth form is state schooling here.
Years of school stand for ages.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Education, Nation, Pounds, PoundsAYear, Region, Share, Switch


class Everyone(NamedTuple):
    england_to_age: Count
    london_primary: Switch
    wales_primary: Switch
    scotland_to_age: Count


class EarningsLimits(NamedTuple):
    england: PoundsAYear
    wales: PoundsAYear
    scotland: PoundsAYear
    northern_ireland: PoundsAYear


class FreeSchoolMealsLaw(NamedTuple):
    everyone: Everyone
    earnings_limit: EarningsLimits
    no_limit_in_england: Share
    """The part of the year in which every family on Universal Credit in England qualifies."""
    days: Count
    meal: Pounds


class FreeSchoolMeals(NamedTuple):
    """Lines of one person, £ a year; `part_of_year` runs from 0 to 1."""

    part_of_year: Share
    free_school_meals: Pounds


@rule
def has_as_everyone(person: Any, household: Any, law: Everyone) -> bool:
    """CFA 2014 s.106 and its counterparts: every pupil of the younger classes, whatever the family's income."""
    if person.education != Education.PRIMARY:
        return False
    if household.nation == Nation.WALES:
        return law.wales_primary == 1.0
    if household.nation == Nation.SCOTLAND:
        return person.age <= law.scotland_to_age
    if household.nation == Nation.NORTHERN_IRELAND:
        return False
    return person.age <= law.england_to_age or (household.region == Region.LONDON and law.london_primary == 1.0)


@rule
def limit_of(nation: int, law: EarningsLimits) -> float:
    """The net earnings up to which a family on Universal Credit qualifies."""
    if nation == Nation.WALES:
        return law.wales
    if nation == Nation.SCOTLAND:
        return law.scotland
    return law.northern_ireland if nation == Nation.NORTHERN_IRELAND else law.england


@rule
def part_by_means(person: Any, household: Any, credit: Any, paid: float, earned: float, law: FreeSchoolMealsLaw) -> float:
    """SI 2018/148 and its counterparts: Universal Credit with low earnings, or guarantee credit; in Scotland's last classes any award."""
    if credit.pension_credit > 0.0 and credit.guarantee_credit > 0.0:
        return 1.0
    if paid == 0.0:
        return 0.0
    if earned <= limit_of(household.nation, law.earnings_limit):
        return 1.0
    if household.nation == Nation.SCOTLAND and person.education == Education.PRIMARY:
        return 1.0
    return law.no_limit_in_england if household.nation == Nation.ENGLAND else 0.0


@rule
def is_pupil(person: Any, child: float) -> bool:
    """Whether a child is at school."""
    stage = person.education
    return child == 1.0 and (stage == Education.PRIMARY or stage == Education.SECONDARY or stage == Education.FURTHER)


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    dependants: Any,
    pension_credit: Any,
    universal_credit: Any,
    benefit_cap: Any,
    law: FreeSchoolMealsLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            paid, earned = benefit_cap[b].universal_credit, universal_credit[b].earned_income
            for p in range(benefit_units[b].first_person, benefit_units[b].last_person):
                part = 0.0
                if is_pupil(persons[p], dependants[p].child):
                    part = part_by_means(persons[p], households[h], pension_credit[b], paid, earned, law)
                    if has_as_everyone(persons[p], households[h], law.everyone):
                        part = 1.0
                lines[p] = FreeSchoolMeals(part, part * law.days * law.meal)


INSTRUMENT = Instrument(
    name="free_school_meals",
    entity="person",
    law=FreeSchoolMealsLaw,
    lines=FreeSchoolMeals,
    assess=assess,
    reads=("dependants", "pension_credit", "universal_credit", "benefit_cap"),
    title="free school meals",
    line_titles={"free_school_meals": "what free school meals are worth, in kind"},
)
