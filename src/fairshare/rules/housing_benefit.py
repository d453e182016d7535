"""Housing Benefit for those past pension age (SI 2006/214; in Northern Ireland NISR 2006/406, which says the same).

Units: £ a year; the law speaks of weeks. Working-age renters have Universal Credit's housing element, so supported and
temporary accommodation is left out. Income is Pension Credit's, with Housing Benefit's own disregard of earnings.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from annotated_types import Gt

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Education, Pounds, PoundsAWeek, Role, Share, Tenure, WorkCapability


class PersonalAllowance(NamedTuple):
    single: PoundsAWeek
    couple: PoundsAWeek
    single_earlier: PoundsAWeek
    couple_earlier: PoundsAWeek
    earlier_from_age: Count
    child: PoundsAWeek


class Premiums(NamedTuple):
    severe_disability: PoundsAWeek
    carer: PoundsAWeek
    disabled_child: PoundsAWeek
    enhanced_disability_child: PoundsAWeek


class EarningsDisregard(NamedTuple):
    single: PoundsAWeek
    couple: PoundsAWeek
    higher: PoundsAWeek
    lone_parent: PoundsAWeek
    full_time: PoundsAWeek
    full_time_hours: Count
    hours_of_parents_and_disabled: Count


class DeemedIncome(NamedTuple):
    disregard: Pounds
    upper_limit: Pounds
    step: Annotated[float, Gt(0)]
    income_per_step: PoundsAWeek


class NonDependants(NamedTuple):
    """The deduction of each band, and the gross income at which the bands above the lowest begin."""

    age: Count
    working_hours: Count
    lowest: PoundsAWeek
    second: PoundsAWeek
    third: PoundsAWeek
    fourth: PoundsAWeek
    fifth: PoundsAWeek
    sixth: PoundsAWeek
    second_from: PoundsAWeek
    third_from: PoundsAWeek
    fourth_from: PoundsAWeek
    fifth_from: PoundsAWeek
    sixth_from: PoundsAWeek


class HousingBenefitLaw(NamedTuple):
    personal_allowance: PersonalAllowance
    premiums: Premiums
    earnings_disregard: EarningsDisregard
    capital: DeemedIncome
    non_dependants: NonDependants
    most_bedrooms: Count
    taper: Share
    minimum_award: PoundsAWeek
    take_up: Share


class LocalHousingAllowance(NamedTuple):
    """The weekly rates of a broad rental market area."""

    shared: PoundsAWeek
    one_bedroom: PoundsAWeek
    two_bedrooms: PoundsAWeek
    three_bedrooms: PoundsAWeek
    four_bedrooms: PoundsAWeek


class HousingBenefit(NamedTuple):
    """Lines of one benefit unit, £ a year; `eligible` is 1 or 0."""

    eligible: Count
    eligible_rent: Pounds
    non_dependant_deductions: Pounds
    maximum: Pounds
    applicable_amount: Pounds
    income: Pounds
    entitlement: Pounds
    housing_benefit: Pounds


# ---- rent ----------------------------------------------------------------------------------------------------------


@rule
def housing_allowance(bedrooms: float, place: Any, most: float) -> float:
    """SI 2006/214 reg.13D: the area's weekly rate for the bedrooms allowed."""
    allowed = min(bedrooms, most)
    if allowed <= 0.0:
        return place.shared * WEEKS_IN_YEAR
    if allowed == 1.0:
        return place.one_bedroom * WEEKS_IN_YEAR
    if allowed == 2.0:
        return place.two_bedrooms * WEEKS_IN_YEAR
    if allowed == 3.0:
        return place.three_bedrooms * WEEKS_IN_YEAR
    return place.four_bedrooms * WEEKS_IN_YEAR


@rule
def eligible_rent(household: Any, share: float, bedrooms: float, place: Any, most: float) -> float:
    """SI 2006/214 regs 12-13D, 12B(4): the unit's part of the rent; a social one in full, a private one up to the area's allowance."""
    if household.tenure == Tenure.PRIVATE_RENT:
        return min(household.rent * share, housing_allowance(bedrooms, place, most))
    return household.rent * share


@rule
def deduction_band(weekly_income: float, law: NonDependants) -> float:
    """SI 2006/214 reg.55(1)-(2): the deduction for a non-dependant in work, by gross income, £ a week."""
    if weekly_income >= law.sixth_from:
        return law.sixth
    if weekly_income >= law.fifth_from:
        return law.fifth
    if weekly_income >= law.fourth_from:
        return law.fourth
    if weekly_income >= law.third_from:
        return law.third
    return law.second if weekly_income >= law.second_from else law.lowest


@rule
def gross_income(person: Any, state_pension: float) -> float:
    """SI 2006/214 reg.55(9): a non-dependant's income before tax, disability benefits left out."""
    earned = person.earnings + max(person.self_employment, 0.0)
    return earned + person.private_pension + state_pension + person.savings_interest + person.dividends + max(person.other_income, 0.0)


@rule
def deduction_for(persons: Any, state_pension: Any, unit: Any, start: int, end: int, law: NonDependants) -> float:
    """SI 2006/214 reg.55(1)-(3): one deduction for a person or couple, by their income together if they work."""
    income, works = 0.0, False
    for p in range(start, end):
        income += gross_income(persons[p], state_pension[p].state_pension)
        works = works or persons[p].hours >= law.working_hours
    return deduction_band(income / WEEKS_IN_YEAR, law) if works else law.lowest


@rule
def is_exempt_non_dependant(person: Any, pension_credit: float) -> bool:
    """SI 2006/214 reg.55(7)-(8): those on Pension Credit, and full-time students."""
    return pension_credit > 0.0 or person.education != Education.NONE


@rule
def non_dependant_deductions(
    persons: Any,
    benefit_units: Any,
    state_pension: Any,
    disability: Any,
    dependants: Any,
    pension_credit: Any,
    own: int,
    household: Any,
    law: NonDependants,
) -> float:
    """SI 2006/214 reg.55: what others in the home are taken to pay; nothing if the claimant or partner is disabled or blind."""
    for p in range(benefit_units[own].first_person, benefit_units[own].last_person):
        if persons[p].role != Role.DEPENDANT and (disability[p].needs_care == 1.0 or persons[p].blind == 1):
            return 0.0
    total = 0.0
    for b in range(household.first_benefit_unit, household.last_benefit_unit):
        unit = benefit_units[b]
        for p in range(unit.first_person, unit.last_person):
            grown_up = persons[p].age >= law.age and dependants[p].child == 0.0
            lives_with_tenant = b != own and unit.householder == 0  # joint tenants are no non-dependants (reg.3(2)(d))
            counts = persons[p].role == Role.DEPENDANT or (lives_with_tenant and persons[p].role == Role.CLAIMANT)
            if grown_up and counts and not is_exempt_non_dependant(persons[p], pension_credit[b].pension_credit):
                end = p + 1
                if persons[p].role == Role.CLAIMANT and end < unit.last_person and persons[end].role == Role.PARTNER:
                    end += 1
                total += deduction_for(persons, state_pension, unit, p, end, law)
    return total * WEEKS_IN_YEAR


# ---- the means test ------------------------------------------------------------------------------------------------


@rule
def personal_allowance(couple: bool, oldest: float, law: PersonalAllowance) -> float:
    """SI 2006/214 Sch 3 para 1: more where one of the unit reached pension age before April 2021, £ a week."""
    if oldest >= law.earlier_from_age:
        return law.couple_earlier if couple else law.single_earlier
    return law.couple if couple else law.single


@rule
def child_amounts(dependants: Any, unit: Any, allowance: PersonalAllowance, premiums: Premiums) -> float:
    """SI 2006/214 Sch 3 paras 2, 7, 8: an amount for each child, and premiums for a disabled one, £ a week."""
    total = 0.0
    for p in range(unit.first_person, unit.last_person):
        if dependants[p].child == 1.0:
            total += allowance.child
            if dependants[p].disabled_child == 1.0:
                total += premiums.disabled_child
            if dependants[p].severely_disabled_child == 1.0:
                total += premiums.enhanced_disability_child
    return total


@rule
def earnings_disregard(couple: bool, children: float, disabled: bool, carer: bool, hours: float, law: EarningsDisregard) -> float:
    """SI 2006/214 Sch 4 paras 1-9: more for lone parents, carers and disabled people, and more again for longer hours of work, which
    are fewer for parents and disabled people, £ a week."""
    amount = law.couple if couple else law.single
    if disabled or carer:
        amount = law.higher
    if children > 0.0 and not couple:
        amount = law.lone_parent
    enough = law.hours_of_parents_and_disabled if children > 0.0 or disabled else law.full_time_hours
    return amount + (law.full_time if hours >= enough else 0.0)


@rule
def deemed_income(capital: float, law: DeemedIncome) -> float:
    """SI 2006/214 reg.29(2): so much a week for each step, or part of one, above what is disregarded."""
    return math.ceil(max(capital - law.disregard, 0.0) / law.step) * law.income_per_step * WEEKS_IN_YEAR


@rule
def award(maximum: float, applicable: float, income: float, capital: float, passported: bool, law: HousingBenefitLaw) -> float:
    """SSCBA 1992 s.130, SI 2006/214 regs 26, 43, 50: the maximum with guarantee credit; otherwise less the taper of excess income."""
    if passported:
        return maximum
    if capital > law.capital.upper_limit:
        return 0.0
    due = max(maximum - law.taper * max(income - applicable, 0.0), 0.0)
    return due if due >= law.minimum_award * WEEKS_IN_YEAR else 0.0


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    dependants: Any,
    disability_benefits: Any,
    pension_credit: Any,
    universal_credit: Any,
    law: HousingBenefitLaw,
    places: Any,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        household = households[h]
        rents = household.tenure == Tenure.PRIVATE_RENT or household.tenure == Tenure.SOCIAL_RENT
        for b in range(household.first_benefit_unit, household.last_benefit_unit):
            unit = benefit_units[b]
            credit = pension_credit[b]
            if not rents or unit.householder == 0 or credit.eligible == 0.0:
                lines[b] = HousingBenefit(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
                continue
            couple, disabled = False, False
            oldest, children, hours = 0.0, 0.0, 0.0
            for p in range(unit.first_person, unit.last_person):
                children += dependants[p].child
                if persons[p].role != Role.DEPENDANT:
                    couple = couple or persons[p].role == Role.PARTNER
                    oldest = max(oldest, float(persons[p].age))
                    hours = max(hours, persons[p].hours)
                    ill = persons[p].work_capability != WorkCapability.FULL
                    disabled = disabled or ill or disability_benefits[p].disability_benefits > 0.0
            rent = eligible_rent(
                household, universal_credit[b].share_of_home, universal_credit[b].bedrooms, places[household.brma], law.most_bedrooms
            )
            deductions = non_dependant_deductions(
                persons,
                benefit_units,
                state_pension,
                disability_benefits,
                dependants,
                pension_credit,
                b,
                household,
                law.non_dependants,
            )
            maximum = max(rent - deductions, 0.0)
            allowance = personal_allowance(couple, oldest, law.personal_allowance)
            weekly = allowance + credit.severely_disabled * law.premiums.severe_disability + credit.carers * law.premiums.carer
            weekly += child_amounts(dependants, unit, law.personal_allowance, law.premiums)
            applicable = weekly * WEEKS_IN_YEAR
            disregard = earnings_disregard(couple, children, disabled, credit.carers > 0.0, hours, law.earnings_disregard) * WEEKS_IN_YEAR
            savings_credit = credit.savings_credit if credit.pension_credit > 0.0 else 0.0
            earnings = max(credit.net_earnings - disregard, 0.0)
            income = earnings + credit.other_income + deemed_income(unit.capital, law.capital) + savings_credit
            passported = credit.pension_credit > 0.0 and credit.guarantee_credit > 0.0
            due = award(maximum, applicable, income, unit.capital, passported, law)
            claims = credit.pension_credit > 0.0 or unit.draw_housing_benefit < law.take_up
            lines[b] = HousingBenefit(1.0, rent, deductions, maximum, applicable, income, due, due if claims else 0.0)


INSTRUMENT = Instrument(
    name="housing_benefit",
    entity="benefit_unit",
    law=HousingBenefitLaw,
    lines=HousingBenefit,
    assess=assess,
    reads=("state_pension", "dependants", "disability_benefits", "pension_credit", "universal_credit"),
    places=LocalHousingAllowance,
    by="brma",
    title="Housing Benefit",
)
