"""Universal Credit (Welfare Reform Act 2012 Part 1; SI 2013/376; in Northern Ireland NISR 2016/216, which says the same).

Units: £ a year, though the law speaks of months: months are alike, but that pay of some weeks of the year counts in those weeks
only. A business counts as past its start-up year. The award is before the benefit cap, sanctions, deductions and advances.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from annotated_types import Ge, Gt

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import (
    MONTHS_IN_YEAR,
    WEEKS_IN_YEAR,
    Activity,
    Count,
    Education,
    Nation,
    Pounds,
    PoundsAMonth,
    Role,
    Sex,
    Share,
    Switch,
    Tenure,
    WorkCapability,
)


class StandardAllowance(NamedTuple):
    single_younger: PoundsAMonth
    single: PoundsAMonth
    couple_both_younger: PoundsAMonth
    couple: PoundsAMonth
    full_rate_age: Count


class ChildElement(NamedTuple):
    first_born_before_limit: PoundsAMonth
    child: PoundsAMonth
    limit: Annotated[float, Ge(0), "or no limit"]
    disabled: PoundsAMonth
    severely_disabled: PoundsAMonth


class HealthElement(NamedTuple):
    protected: PoundsAMonth
    other: PoundsAMonth


class CarerElement(NamedTuple):
    amount: PoundsAMonth
    take_up: Share


class ChildcareElement(NamedTuple):
    rate: Share
    most_for_one_child: PoundsAMonth
    most_for_more: PoundsAMonth
    oldest_age: Count
    take_up: Share


class HousingElement(NamedTuple):
    shared_rate_below_age: Count
    most_bedrooms: Count
    own_bedroom_age: Count
    sexes_share_below_age: Count
    one_spare_bedroom: Share
    more_spare_bedrooms: Share
    mitigated_in_scotland: Switch
    mitigated_in_northern_ireland: Switch
    non_dependant_contribution: PoundsAMonth
    non_dependant_age: Count
    young_child_age: Count


class WorkAllowance(NamedTuple):
    with_housing: PoundsAMonth
    without_housing: PoundsAMonth


class Capital(NamedTuple):
    lower_limit: Pounds
    upper_limit: Pounds
    step: Annotated[float, Gt(0)]
    income_per_step: PoundsAMonth


class MinimumIncomeFloor(NamedTuple):
    in_force: Switch
    wage: Pounds
    hours: Count
    hours_with_child: Count
    no_floor_below_child_age: Count
    full_hours_from_child_age: Count
    tax_rate: Share
    contribution_rate: Share
    contributions_from: Pounds


class UniversalCreditLaw(NamedTuple):
    minimum_age: Count
    minimum_age_if_vulnerable: Count
    standard_allowance: StandardAllowance
    child_element: ChildElement
    health_element: HealthElement
    carer_element: CarerElement
    childcare_element: ChildcareElement
    housing_element: HousingElement
    work_allowance: WorkAllowance
    taper: Share
    capital: Capital
    minimum_income_floor: MinimumIncomeFloor
    minimum_award: PoundsAMonth
    take_up: Share


class LocalHousingAllowance(NamedTuple):
    """The monthly rates of a broad rental market area."""

    shared: PoundsAMonth
    one_bedroom: PoundsAMonth
    two_bedrooms: PoundsAMonth
    three_bedrooms: PoundsAMonth
    four_bedrooms: PoundsAMonth


class UniversalCredit(NamedTuple):
    """Lines of one benefit unit, £ a year; `bedrooms` is a count, `eligible` 1 or 0."""

    share_of_home: Share
    """The part of the rent, and of the bill on the home, that falls to the unit: 1 unless others hold the home jointly with it."""
    bedrooms: Count
    """Bedrooms the size criteria allow a household that rents; 0 for the shared rate."""
    eligible: Count
    standard_allowance: Pounds
    child_element: Pounds
    disabled_child_additions: Pounds
    health_element: Pounds
    carer_element: Pounds
    eligible_rent: Pounds
    non_dependant_contributions: Pounds
    housing_element: Pounds
    childcare_element: Pounds
    transitional_element: Pounds
    maximum_amount: Pounds
    earned_income: Pounds
    earned_income_with_floor: Pounds
    work_allowance: Pounds
    earnings_reduction: Pounds
    unearned_income: Pounds
    tariff_income: Pounds
    entitlement: Pounds
    universal_credit: Pounds
    """The award of those who claim, before the benefit cap."""
    discretionary_housing_payment: Pounds
    """What makes good the reduction for spare bedrooms where a nation does so."""


class Elements(NamedTuple):
    """The parts of the maximum amount that do not depend on the home."""

    standard: float
    children: float
    disabled_children: float
    health: float
    carer: float
    childcare: float
    transitional: float


class Incomes(NamedTuple):
    """What the unit has to live on before the award."""

    earned: float
    with_floor: float
    unearned: float
    tariff: float
    for_weeks: float
    """The part of earned income that is pay of some weeks of the year only."""
    part_of_year: float
    """What part of the year those weeks are; 1 where pay is of the whole year."""


class Family(NamedTuple):
    """What the conditions ask about the adults and children of a unit."""

    start: int
    end: int
    couple: bool
    children: float
    youngest_child: float
    responsible: int
    """The adult taken to look after the children: the one who works fewer hours, or else earns less."""


# ---- who may claim -------------------------------------------------------------------------------------------------


@rule
def family_of(persons: Any, dependants: Any, start: int, end: int) -> Family:
    """SI 2013/376 reg.4: the adults, and the children they are responsible for."""
    couple = start + 1 < end and persons[start + 1].role == Role.PARTNER
    children, youngest = 0.0, math.inf
    for p in range(start, end):
        if dependants[p].child == 1.0:
            children += 1.0
            youngest = min(youngest, float(persons[p].age))
    responsible = start
    if couple:
        one, other = persons[start], persons[start + 1]
        earns_less = other.earnings + max(other.self_employment, 0.0) < one.earnings + max(one.self_employment, 0.0)
        if other.hours < one.hours or (other.hours == one.hours and earns_less):
            responsible = start + 1
    return Family(start, end, couple, children, youngest, responsible)


@rule
def of_age(person: Any, children: float, regular_carer: float, law: UniversalCreditLaw) -> bool:
    """WRA 2012 s.4(1)(a), SI 2013/376 reg.8: 18, or 16 for a parent, a carer or a person with limited capability for work."""
    if person.age >= law.minimum_age:
        return True
    vulnerable = children > 0.0 or regular_carer == 1.0 or person.work_capability != WorkCapability.FULL
    return vulnerable and person.age >= law.minimum_age_if_vulnerable


@rule
def barred_by_education(person: Any, children: float, disability_benefits: float) -> bool:
    """WRA 2012 s.4(1)(d), SI 2013/376 regs 12-14: full-time students, unless parents, or disabled with limited capability for work."""
    excepted = children > 0.0 or (disability_benefits > 0.0 and person.work_capability != WorkCapability.FULL)
    return person.education != Education.NONE and not excepted


@rule
def is_eligible(
    persons: Any, family: Family, capital: float, state_pension: Any, disability: Any, carers: Any, law: UniversalCreditLaw
) -> bool:
    """WRA 2012 ss.3-5, SI 2013/376 reg.3: one adult of age, one below pension age, one not a student, capital within the limit."""
    aged, working_age, free_to_work = False, False, False
    for p in range(family.start, family.start + (2 if family.couple else 1)):
        aged = aged or of_age(persons[p], family.children, carers[p].regular_carer, law)
        working_age = working_age or state_pension[p].over_pension_age == 0.0
        free_to_work = free_to_work or not barred_by_education(persons[p], family.children, disability[p].disability_benefits)
    return aged and working_age and free_to_work and capital <= law.capital.upper_limit


# ---- the maximum amount --------------------------------------------------------------------------------------------


@rule
def standard_allowance(persons: Any, family: Family, law: StandardAllowance) -> float:
    """SI 2013/376 reg.36: by couple or single, and whether anyone has reached the age of the full rate."""
    older = persons[family.start].age >= law.full_rate_age
    if family.couple:
        older = older or persons[family.start + 1].age >= law.full_rate_age
        return (law.couple if older else law.couple_both_younger) * MONTHS_IN_YEAR
    return (law.single if older else law.single_younger) * MONTHS_IN_YEAR


@rule
def older_children(persons: Any, dependants: Any, family: Family, child: int) -> float:
    """How many children of the family come before this one, eldest first."""
    before = 0.0
    for p in range(family.start, family.end):
        if dependants[p].child == 1.0 and p != child:
            older = persons[p].age > persons[child].age or (persons[p].age == persons[child].age and p < child)
            before += 1.0 if older else 0.0
    return before


@rule
def child_element(persons: Any, dependants: Any, family: Family, law: ChildElement) -> float:
    """SI 2013/376 regs 24-24A, 36: an amount for each child within the limit; those born before it began always count."""
    total = 0.0
    for p in range(family.start, family.end):
        if dependants[p].child == 1.0:
            before = older_children(persons, dependants, family, p)
            early = dependants[p].born_before_limit == 1.0
            if before < law.limit or early:
                total += law.first_born_before_limit if before == 0.0 and early else law.child
    return total * MONTHS_IN_YEAR


@rule
def disabled_child_additions(dependants: Any, family: Family, law: ChildElement) -> float:
    """SI 2013/376 reg.24(2): the lower or the higher addition for each disabled child, without any limit of number."""
    total = 0.0
    for p in range(family.start, family.end):
        if dependants[p].severely_disabled_child == 1.0:
            total += law.severely_disabled
        elif dependants[p].disabled_child == 1.0:
            total += law.disabled
    return total * MONTHS_IN_YEAR


@rule
def health_element_of(person: Any, law: HealthElement) -> float:
    """SI 2013/376 reg.27 (as amended by UC Act 2025 Sch 1): the protected amount, or the lower one of newer claims."""
    if person.work_capability != WorkCapability.LIMITED_WORK_RELATED:
        return 0.0
    return (law.protected if person.health_protected == 1 else law.other) * MONTHS_IN_YEAR


@rule
def health_element(persons: Any, family: Family, law: HealthElement) -> float:
    """SI 2013/376 reg.27(4): one for the award, at the higher amount where the partners' differ."""
    amount = health_element_of(persons[family.start], law)
    if family.couple:
        amount = max(amount, health_element_of(persons[family.start + 1], law))
    return amount


@rule
def carer_element(persons: Any, carers: Any, family: Family, law: CarerElement) -> float:
    """SI 2013/376 reg.29: one for each regular carer, but not beside the health element for the same person."""
    count, also_ill, ill = 0.0, 0.0, 0.0
    for p in range(family.start, family.start + (2 if family.couple else 1)):
        is_ill = persons[p].work_capability == WorkCapability.LIMITED_WORK_RELATED
        ill += 1.0 if is_ill else 0.0
        if carers[p].regular_carer == 1.0:
            count += 0.0 if is_ill else 1.0
            also_ill += 1.0 if is_ill else 0.0
    if ill == 2.0 and also_ill > 0.0:
        count += 1.0  # the award has one health element, so one of two ill partners may have the carer element
    return count * law.amount * MONTHS_IN_YEAR


@rule
def in_paid_work(person: Any) -> bool:
    """SI 2013/376 reg.2: work done for payment or in expectation of payment."""
    return person.earnings > 0.0 or person.self_employment > 0.0 or person.hours > 0.0


@rule
def childcare_condition(persons: Any, carers: Any, family: Family) -> bool:
    """SI 2013/376 reg.32: every adult works, save that one of a couple may be ill or a carer."""
    works = in_paid_work(persons[family.start])
    if not family.couple:
        return works
    other = family.start + 1
    other_works = in_paid_work(persons[other])
    excused = persons[family.start].work_capability != WorkCapability.FULL or carers[family.start].regular_carer == 1.0
    other_excused = persons[other].work_capability != WorkCapability.FULL or carers[other].regular_carer == 1.0
    return (works and other_works) or (works and other_excused) or (other_works and excused)


@rule
def childcare_element(persons: Any, dependants: Any, carers: Any, family: Family, law: ChildcareElement) -> float:
    """SI 2013/376 regs 31-36: the share of what registered childcare costs, up to the most for one child or for more."""
    costs, cared_for = 0.0, 0.0
    for p in range(family.start, family.end):
        if dependants[p].child == 1.0 and persons[p].age <= law.oldest_age and persons[p].childcare_costs > 0.0:
            costs += persons[p].childcare_costs
            cared_for += 1.0
    if costs == 0.0 or not childcare_condition(persons, carers, family):
        return 0.0
    most = law.most_for_one_child if cared_for == 1.0 else law.most_for_more
    return min(costs * law.rate, most * MONTHS_IN_YEAR)


# ---- rent ----------------------------------------------------------------------------------------------------------


@rule
def children_bedrooms(persons: Any, first: int, last: int, law: HousingElement) -> float:
    """SI 2013/376 Sch 4 para 10: two of the same sex share below 16, any two below 10, and each child left has a room."""
    young_boys, young_girls, boys, girls = 0, 0, 0, 0
    for p in range(first, last):
        if persons[p].age < law.sexes_share_below_age:
            if persons[p].sex == Sex.MALE:
                young_boys += 1
            else:
                young_girls += 1
        elif persons[p].age < law.own_bedroom_age:
            if persons[p].sex == Sex.MALE:
                boys += 1
            else:
                girls += 1
    rooms = (boys + 1) // 2 + (girls + 1) // 2
    if boys % 2 == 1 and young_boys > 0:
        young_boys -= 1
    if girls % 2 == 1 and young_girls > 0:
        young_girls -= 1
    return float(rooms + (young_boys + young_girls + 1) // 2)


@rule
def is_non_dependant(persons: Any, dependants: Any, family: Family, p: int) -> bool:
    """SI 2013/376 Sch 4 para 9: a person of the household outside the unit, or grown up in it, who is no child."""
    if p == family.start or (family.couple and p == family.start + 1):
        return False
    return dependants[p].child == 0.0


@rule
def bedrooms(persons: Any, dependants: Any, needs_care: float, family: Family, first: int, last: int, law: HousingElement) -> float:
    """SI 2013/376 Sch 4 paras 10, 26-29: the bedrooms a renter is allowed; 0 stands for shared accommodation."""
    others, non_dependants = 0.0, 0.0
    for p in range(first, last):
        if p != family.start and not (family.couple and p == family.start + 1):
            others += 1.0 if persons[p].age >= law.own_bedroom_age else 0.0
            non_dependants += 1.0 if is_non_dependant(persons, dependants, family, p) else 0.0
    alone = not family.couple and family.children == 0.0 and non_dependants == 0.0
    if alone and persons[family.start].age < law.shared_rate_below_age and needs_care == 0.0:
        return 0.0
    return 1.0 + others + children_bedrooms(persons, first, last, law)


@rule
def housing_allowance(rooms: float, place: Any, law: HousingElement) -> float:
    """SI 2013/376 Sch 4 para 25, SI 2013/382 Sch 1: the area's monthly rate for the bedrooms allowed."""
    allowed = min(rooms, law.most_bedrooms)
    if allowed == 0.0:
        return place.shared * MONTHS_IN_YEAR
    if allowed == 1.0:
        return place.one_bedroom * MONTHS_IN_YEAR
    if allowed == 2.0:
        return place.two_bedrooms * MONTHS_IN_YEAR
    if allowed == 3.0:
        return place.three_bedrooms * MONTHS_IN_YEAR
    return place.four_bedrooms * MONTHS_IN_YEAR


@rule
def spare_bedroom_reduction(household: Any, rooms: float, law: HousingElement) -> float:
    """SI 2013/376 Sch 4 para 36: the part of a social rent not met when there are bedrooms to spare."""
    spare = household.bedrooms - max(rooms, 1.0)
    if household.tenure != Tenure.SOCIAL_RENT or spare < 1.0:
        return 0.0
    return household.rent * (law.one_spare_bedroom if spare == 1.0 else law.more_spare_bedrooms)


@rule
def share_of_home(persons: Any, benefit_units: Any, household: Any, own: int) -> float:
    """SI 2013/376 Sch 4 paras 24(4), 35(4): joint tenants who are no couple bear the same part each; all of it without others."""
    adults, own_adults = 0.0, 0.0
    for b in range(household.first_benefit_unit, household.last_benefit_unit):
        if benefit_units[b].householder == 1 or b == own:
            for p in range(benefit_units[b].first_person, benefit_units[b].last_person):
                if persons[p].role != Role.DEPENDANT:
                    adults += 1.0
                    own_adults += 1.0 if b == own else 0.0
    return own_adults / adults if adults > 0.0 else 1.0


@rule
def eligible_rent(household: Any, share: float, rooms: float, place: Any, law: HousingElement) -> float:
    """SI 2013/376 Sch 4 paras 22-25, 34-36: a private rent up to the area's allowance; a social rent less any spare-bedroom part."""
    if household.tenure == Tenure.PRIVATE_RENT:
        return min(household.rent * share, housing_allowance(rooms, place, law))
    if household.tenure == Tenure.SOCIAL_RENT:
        return household.rent * share - (spare_bedroom_reduction(household, rooms, law) if share == 1.0 else 0.0)
    return 0.0


@rule
def contributes(
    person: Any, unit: Any, persons: Any, needs_care: float, carers_allowance: float, pension_credit: float, age: float
) -> bool:
    """SI 2013/376 Sch 4 para 16: all but carers, disabled people, those on Pension Credit, and parents of a child below the age."""
    if needs_care == 1.0 or carers_allowance > 0.0 or pension_credit > 0.0:
        return False
    if person.role == Role.CLAIMANT:
        for p in range(unit.first_person, unit.last_person):
            if persons[p].role == Role.DEPENDANT and persons[p].age < age:
                return False
    return True


@rule
def non_dependant_contributions(
    persons: Any,
    benefit_units: Any,
    dependants: Any,
    disability: Any,
    carers: Any,
    pension_credit: Any,
    family: Family,
    household: Any,
    law: HousingElement,
) -> float:
    """SI 2013/376 Sch 4 paras 13-16: the same sum for each grown-up non-dependant; none if the claimant or partner is disabled or blind."""
    for p in range(family.start, family.start + (2 if family.couple else 1)):
        if disability[p].needs_care == 1.0 or persons[p].blind == 1:
            return 0.0
    count = 0.0
    for p in range(household.first_person, household.last_person):
        if persons[p].age >= law.non_dependant_age and is_non_dependant(persons, dependants, family, p):
            b = persons[p].benefit_unit
            credit = pension_credit[b].pension_credit
            allowance = carers[p].carers_allowance
            needs_care = disability[p].needs_care
            if contributes(persons[p], benefit_units[b], persons, needs_care, allowance, credit, law.young_child_age):
                count += 1.0
    return count * law.non_dependant_contribution * MONTHS_IN_YEAR


# ---- income --------------------------------------------------------------------------------------------------------


@rule
def earned_income(person: Any, tax_on_earnings: float, contributions: float) -> float:
    """SI 2013/376 regs 52-57: pay and profit less expenses, tax, National Insurance and all pension contributions."""
    gross = person.earnings - person.employment_expenses + max(person.self_employment, 0.0)
    pension = person.pension_net_pay + person.pension_relief_at_source
    return max(gross - pension - tax_on_earnings - contributions, 0.0)


@rule
def pay_for_weeks(person: Any, income: float) -> float:
    """SI 2013/376 reg.54: pay counts when it is received. The part of a person's earned income that is pay of some weeks only."""
    if person.pay_weeks >= WEEKS_IN_YEAR or person.earnings <= 0.0:
        return 0.0
    return income * person.earnings / (person.earnings + max(person.self_employment, 0.0))


@rule
def threshold(person: Any, responsible: bool, youngest: float, excused: bool, allowance: float, law: MinimumIncomeFloor) -> float:
    """SI 2013/376 regs 62(4), 88, 90: expected hours at the minimum wage, less notional tax and contributions; nothing if excused."""
    if excused or person.work_capability != WorkCapability.FULL or (responsible and youngest < law.no_floor_below_child_age):
        return 0.0
    hours = law.hours
    if responsible and youngest < law.full_hours_from_child_age:
        hours = law.hours_with_child
    gross = hours * law.wage * WEEKS_IN_YEAR
    return gross - law.tax_rate * max(gross - allowance, 0.0) - law.contribution_rate * max(gross - law.contributions_from, 0.0)


@rule
def is_gainfully_self_employed(person: Any) -> bool:
    """SI 2013/376 reg.64: the business is the main work."""
    return person.activity == Activity.SELF_EMPLOYED or person.self_employment > person.earnings


@rule
def raised_to_floor(person: Any, income: float, floor: float, together: float, floor_together: float, law: MinimumIncomeFloor) -> float:
    """SI 2013/376 reg.62: what the floor adds to a self-employed person's income; a couple is never raised beyond its joint threshold."""
    if law.in_force == 0.0 or not is_gainfully_self_employed(person):
        return 0.0
    return max(min(floor - income, floor_together - together), 0.0)


@rule
def unearned_income(person: Any, benefits: float, student_income: float) -> float:
    """SI 2013/376 reg.66: pensions, benefits that replace earnings, student income and other taxable income; interest, dividends and
    rents count as capital."""
    return benefits + person.private_pension + student_income + max(person.other_income, 0.0)


@rule
def tariff_income(capital: float, law: Capital) -> float:
    """SI 2013/376 reg.72: so much a month for each step, or part of one, above the lower limit."""
    if capital <= law.lower_limit or capital > law.upper_limit:
        return 0.0
    return math.ceil((capital - law.lower_limit) / law.step) * law.income_per_step * MONTHS_IN_YEAR


@rule
def work_allowance(children: float, limited_capability: bool, housing: float, law: WorkAllowance) -> float:
    """SI 2013/376 reg.22(2): for those with a child or limited capability for work; lower where rent is helped with."""
    if children == 0.0 and not limited_capability:
        return 0.0
    return (law.with_housing if housing > 0.0 else law.without_housing) * MONTHS_IN_YEAR


@rule
def is_excused_from_work(carers: Any, state_pension: Any) -> bool:
    """WRA 2012 ss.19-20: carers, and those past pension age in a couple, need not look for work."""
    return carers.regular_carer == 1.0 or state_pension.over_pension_age == 1.0


@rule
def threshold_of(persons: Any, family: Family, p: int, state_pension: Any, carers: Any, income_tax: Any, law: MinimumIncomeFloor) -> float:
    """SI 2013/376 reg.90: the individual threshold of one adult of the unit."""
    excused = is_excused_from_work(carers[p], state_pension[p])
    responsible = family.children > 0.0 and p == family.responsible
    return threshold(persons[p], responsible, family.youngest_child, excused, income_tax[p].personal_allowance, law)


@rule
def incomes_of(
    persons: Any,
    family: Family,
    capital: float,
    state_pension: Any,
    national_insurance: Any,
    carers: Any,
    income_tax: Any,
    contributory: Any,
    student: Any,
    law: UniversalCreditLaw,
) -> Incomes:
    """SI 2013/376 Part 6: both partners' earned income, with the minimum income floor, and unearned and tariff income."""
    adults = family.start + (2 if family.couple else 1)
    earned, unearned, thresholds = 0.0, 0.0, 0.0
    for p in range(family.start, adults):
        earned += earned_income(persons[p], income_tax[p].tax_on_earnings, national_insurance[p].national_insurance)
        benefits = state_pension[p].state_pension + carers[p].carers_allowance + contributory[p].contributory_benefits
        unearned += unearned_income(persons[p], benefits, student[p].counted_by_universal_credit)
        thresholds += threshold_of(persons, family, p, state_pension, carers, income_tax, law.minimum_income_floor)
    with_floor, for_weeks, weeks = earned, 0.0, 0.0
    for p in range(family.start, adults):
        own = earned_income(persons[p], income_tax[p].tax_on_earnings, national_insurance[p].national_insurance)
        for_weeks += pay_for_weeks(persons[p], own)
        weeks += pay_for_weeks(persons[p], own) * persons[p].pay_weeks
        floor = threshold_of(persons, family, p, state_pension, carers, income_tax, law.minimum_income_floor)
        with_floor += raised_to_floor(persons[p], own, floor, with_floor, thresholds, law.minimum_income_floor)
    # Where both partners' pay is of some weeks only, those are taken to be the same weeks, on average of theirs.
    part = weeks / for_weeks / WEEKS_IN_YEAR if for_weeks > 0.0 else 1.0
    return Incomes(earned, with_floor, unearned, tariff_income(capital, law.capital), for_weeks, part)


# ---- the award -----------------------------------------------------------------------------------------------------


@rule
def elements_of(unit: Any, persons: Any, family: Family, dependants: Any, carers: Any, law: UniversalCreditLaw) -> Elements:
    """WRA 2012 ss.9, 10 and 12: what the maximum amount is made of, apart from housing."""
    carer, childcare = 0.0, 0.0
    if unit.draw_carer_element < law.carer_element.take_up:
        carer = carer_element(persons, carers, family, law.carer_element)
    if unit.draw_childcare_element < law.childcare_element.take_up:
        childcare = childcare_element(persons, dependants, carers, family, law.childcare_element)
    return Elements(
        standard=standard_allowance(persons, family, law.standard_allowance),
        children=child_element(persons, dependants, family, law.child_element),
        disabled_children=disabled_child_additions(dependants, family, law.child_element),
        health=health_element(persons, family, law.health_element),
        carer=carer,
        childcare=childcare,
        transitional=unit.transitional_protection,
    )


@rule
def has_limited_capability(persons: Any, family: Family) -> bool:
    """SI 2013/376 regs 39-40: whether either adult has limited capability for work."""
    limited = persons[family.start].work_capability != WorkCapability.FULL
    return limited or (family.couple and persons[family.start + 1].work_capability != WorkCapability.FULL)


@rule
def is_mitigated(nation: int, law: HousingElement) -> bool:
    """Whether the nation makes good the reduction for spare bedrooms to everyone."""
    in_scotland = nation == Nation.SCOTLAND and law.mitigated_in_scotland == 1.0
    return in_scotland or (nation == Nation.NORTHERN_IRELAND and law.mitigated_in_northern_ireland == 1.0)


@rule
def not_eligible(share: float, rooms: float) -> UniversalCredit:
    """The lines of a unit that may not claim."""
    return UniversalCredit(
        share, rooms, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    )  # fmt: skip


@rule
def due_of(maximum: float, income: float, law: UniversalCreditLaw) -> float:
    """WRA 2012 s.8: the maximum amount less what counts as income; nothing below the smallest award. £ a year."""
    due = max(maximum - income, 0.0)
    return due if due >= law.minimum_award * MONTHS_IN_YEAR else 0.0


@rule
def award(
    unit: Any,
    elements: Elements,
    incomes: Incomes,
    share: float,
    rooms: float,
    rent: float,
    contributions: float,
    allowance: float,
    spare_bedrooms_made_good: float,
    law: UniversalCreditLaw,
) -> UniversalCredit:
    """WRA 2012 s.8: the maximum amount, less the taper of earned income and all other income, in the weeks with and without pay."""
    housing = rent - contributions
    family_part = elements.standard + elements.children + elements.disabled_children
    maximum = family_part + elements.health + elements.carer + housing + elements.childcare + elements.transitional
    all_year, other = incomes.with_floor - incomes.for_weeks, incomes.unearned + incomes.tariff
    in_work = law.taper * max(all_year + incomes.for_weeks / incomes.part_of_year - allowance, 0.0)
    out_of_work = law.taper * max(all_year - allowance, 0.0)
    part = incomes.part_of_year
    due = part * due_of(maximum, in_work + other, law) + (1.0 - part) * due_of(maximum, out_of_work + other, law)
    paid = due if unit.draw_universal_credit < law.take_up else 0.0
    made_good = spare_bedrooms_made_good if paid > 0.0 else 0.0
    return UniversalCredit(
        share_of_home=share,
        bedrooms=rooms,
        eligible=1.0,
        standard_allowance=elements.standard,
        child_element=elements.children,
        disabled_child_additions=elements.disabled_children,
        health_element=elements.health,
        carer_element=elements.carer,
        eligible_rent=rent,
        non_dependant_contributions=contributions,
        housing_element=housing,
        childcare_element=elements.childcare,
        transitional_element=elements.transitional,
        maximum_amount=maximum,
        earned_income=incomes.earned,
        earned_income_with_floor=incomes.with_floor,
        work_allowance=allowance,
        earnings_reduction=part * in_work + (1.0 - part) * out_of_work,
        unearned_income=incomes.unearned,
        tariff_income=incomes.tariff,
        entitlement=due,
        universal_credit=paid,
        discretionary_housing_payment=made_good,
    )


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    dependants: Any,
    disability_benefits: Any,
    national_insurance: Any,
    carers_allowance: Any,
    income_tax: Any,
    contributory_benefits: Any,
    student_maintenance: Any,
    pension_credit: Any,
    law: UniversalCreditLaw,
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
            family = family_of(persons, dependants, unit.first_person, unit.last_person)
            pays_rent = rents and unit.householder == 1
            rooms, rent, contributions, made_good = 0.0, 0.0, 0.0, 0.0
            share = share_of_home(persons, benefit_units, household, b)
            if pays_rent:
                needs_care = disability_benefits[family.start].needs_care
                start, end = household.first_person, household.last_person
                if share < 1.0:  # joint tenants are no members of one another's extended benefit unit (Sch 4 para 9)
                    start, end = unit.first_person, unit.last_person
                rooms = bedrooms(persons, dependants, needs_care, family, start, end, law.housing_element)
            if not is_eligible(persons, family, unit.capital, state_pension, disability_benefits, carers_allowance, law):
                lines[b] = not_eligible(share, rooms)
                continue
            if pays_rent:
                rent = eligible_rent(household, share, rooms, places[household.brma], law.housing_element)
                if share == 1.0:
                    contributions = non_dependant_contributions(
                        persons,
                        benefit_units,
                        dependants,
                        disability_benefits,
                        carers_allowance,
                        pension_credit,
                        family,
                        household,
                        law.housing_element,
                    )
                    contributions = min(contributions, rent)
                if share == 1.0 and is_mitigated(household.nation, law.housing_element):
                    made_good = spare_bedroom_reduction(household, rooms, law.housing_element)
            elements = elements_of(unit, persons, family, dependants, carers_allowance, law)
            incomes = incomes_of(
                persons,
                family,
                unit.capital,
                state_pension,
                national_insurance,
                carers_allowance,
                income_tax,
                contributory_benefits,
                student_maintenance,
                law,
            )
            limited = has_limited_capability(persons, family)
            allowance = work_allowance(family.children, limited, rent - contributions, law.work_allowance)
            lines[b] = award(unit, elements, incomes, share, rooms, rent, contributions, allowance, made_good, law)


INSTRUMENT = Instrument(
    name="universal_credit",
    entity="benefit_unit",
    law=UniversalCreditLaw,
    lines=UniversalCredit,
    assess=assess,
    reads=(
        "state_pension",
        "dependants",
        "disability_benefits",
        "national_insurance",
        "carers_allowance",
        "income_tax",
        "contributory_benefits",
        "student_maintenance",
        "pension_credit",
    ),
    places=LocalHousingAllowance,
    by="brma",
    title="Universal Credit",
    line_titles={"universal_credit": "Universal Credit before the benefit cap"},
    idle=("share_of_home", "bedrooms"),
)
