"""Council tax reduction: the national schemes, and the local schemes for working age in England.

Pension age in England SI 2012/2885; working age there by each council's scheme, worked in the form of SI 2012/2886; Wales SI 2013/3029;
Scotland SSI 2021/249 and SSI 2012/319; rate relief in Northern Ireland in the same form. Units: £ a year; the law speaks of weeks, and a
year's bill is 365 days of them. Schemes by income band are worked as a taper from their highest award. Left out: protected groups
and second adult rebate.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from annotated_types import Gt

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import (
    DAYS_IN_WEEK,
    DAYS_IN_YEAR,
    WEEKS_IN_YEAR,
    Band,
    CareComponent,
    Count,
    DailyLiving,
    Education,
    Nation,
    Pounds,
    PoundsAWeek,
    Ratio,
    Role,
    Share,
    Switch,
    Tenure,
)
from fairshare.schedule import Schedule, rate_at


class PensionAgeAmounts(NamedTuple):
    single: PoundsAWeek
    couple: PoundsAWeek
    single_earlier: PoundsAWeek
    couple_earlier: PoundsAWeek
    earlier_from_age: Count
    severe_disability: PoundsAWeek
    carer: PoundsAWeek


class WorkingAgeAmounts(NamedTuple):
    single_younger: PoundsAWeek
    single: PoundsAWeek
    couple: PoundsAWeek
    full_rate_age: Count


class WorkingAgePremiums(NamedTuple):
    """For disability and caring; those for severe disability and caring count people."""

    disability_single: PoundsAWeek
    disability_couple: PoundsAWeek
    enhanced_single: PoundsAWeek
    enhanced_couple: PoundsAWeek
    severe_disability: PoundsAWeek
    carer: PoundsAWeek


class ChildAmounts(NamedTuple):
    child: PoundsAWeek
    disabled: PoundsAWeek
    severely_disabled: PoundsAWeek


class Disregards(NamedTuple):
    """Earnings that do not count."""

    single: PoundsAWeek
    couple: PoundsAWeek
    higher: PoundsAWeek
    lone_parent: PoundsAWeek
    full_time: PoundsAWeek
    full_time_hours: Count
    hours_of_parents_and_disabled: Count


class DeemedIncome(NamedTuple):
    disregard: Pounds
    step: Annotated[float, Gt(0)]
    income_per_step: PoundsAWeek


class NonDependants(NamedTuple):
    """The deduction of each band, and the gross income at which those above the lowest begin."""

    lowest: PoundsAWeek
    second: PoundsAWeek
    third: PoundsAWeek
    top: PoundsAWeek
    second_from: PoundsAWeek
    third_from: PoundsAWeek
    top_from: PoundsAWeek


class PensionAge(NamedTuple):
    amounts: PensionAgeAmounts
    maximum: Share
    taper: Share
    capital: DeemedIncome
    capital_limit: Pounds


class HigherBandRelief(NamedTuple):
    """Scotland: what the four highest bands were charged before 2017, as multiples of Band D, and who is spared the rise."""

    e: Ratio
    f: Ratio
    g: Ratio
    h: Ratio
    income_limit_single: Pounds
    income_limit_other: Pounds
    capital_limit: Pounds
    taper: Share


class TakeUp(NamedTuple):
    owners: Share
    social_tenants: Share
    private_tenants: Share


class IncomeBands(NamedTuple):
    """A form of scheme that some councils in England have: a share of the bill by a step of earnings, in place of a taper."""

    in_force: Switch
    share_of_bill: Schedule


class CouncilTaxReductionLaw(NamedTuple):
    pension_age: PensionAge
    working_age: WorkingAgeAmounts
    working_age_premiums: WorkingAgePremiums
    working_age_capital: DeemedIncome
    income_bands: IncomeBands
    children: ChildAmounts
    earnings_disregard: Disregards
    non_dependants_england: NonDependants
    non_dependants_wales: NonDependants
    non_dependants_scotland: NonDependants
    non_dependant_age: Count
    working_hours: Count
    higher_bands: HigherBandRelief
    take_up: TakeUp


class LocalScheme(NamedTuple):
    """The scheme for working age in a council area; `known` is 1 where its own document was read, 0 where the usual form is assumed."""

    maximum: Share
    liability_cap: Ratio
    capital_limit: Pounds
    taper: Share
    minimum_award: PoundsAWeek
    known: Share


class CouncilTaxReduction(NamedTuple):
    """Lines of one benefit unit, £ a year; `pension_age`, `passported` and `scheme_known` are 1 or 0."""

    pension_age: Count
    scheme_known: Count
    liability: Pounds
    non_dependant_deductions: Pounds
    maximum: Pounds
    applicable_amount: Pounds
    income: Pounds
    passported: Count
    reduction_by_means: Pounds
    higher_band_relief: Pounds
    entitlement: Pounds
    council_tax_reduction: Pounds


# ---- whose scheme it is ---------------------------------------------------------------------------------------------


@rule
def is_pensioner(persons: Any, state_pension: Any, unit: Any, universal_credit: float) -> bool:
    """SI 2012/2885 reg.3: an adult of the unit has reached pension age, and none is paid Universal Credit."""
    reached = False
    for p in range(unit.first_person, unit.last_person):
        reached = reached or (persons[p].role != Role.DEPENDANT and state_pension[p].over_pension_age == 1.0)
    return reached and universal_credit == 0.0


# ---- what others in the home are taken to pay -----------------------------------------------------------------------


@rule
def deduction_band(weekly_income: float, law: NonDependants) -> float:
    """SI 2012/2885 Sch 1 para 8: the deduction for a non-dependant in work, by gross income, £ a week."""
    if weekly_income >= law.top_from:
        return law.top
    if weekly_income >= law.third_from:
        return law.third
    return law.second if weekly_income >= law.second_from else law.lowest


@rule
def gross_income(person: Any, state_pension: float) -> float:
    """SI 2012/2885 Sch 1 para 8(9): income before tax, disability benefits left out."""
    earned = person.earnings + max(person.self_employment, 0.0)
    return earned + person.private_pension + state_pension + person.savings_interest + person.dividends + max(person.other_income, 0.0)


@rule
def deduction_for_unit(
    persons: Any, state_pension: Any, unit: Any, credit: float, universal: float, age: float, hours: float, law: NonDependants
) -> float:
    """SI 2012/2885 Sch 1 para 8: one for a person or couple; none for students, Pension Credit, or Universal Credit without earnings."""
    income, earnings, works, counts = 0.0, 0.0, False, False
    for p in range(unit.first_person, unit.last_person):
        if persons[p].role != Role.DEPENDANT:
            income += gross_income(persons[p], state_pension[p].state_pension)
            earnings += persons[p].earnings + max(persons[p].self_employment, 0.0)
            works = works or persons[p].hours >= hours
            counts = counts or (persons[p].age >= age and persons[p].education == Education.NONE)
    if not counts or credit > 0.0 or (universal > 0.0 and earnings == 0.0):
        return 0.0
    return deduction_band(income / WEEKS_IN_YEAR, law) if works else law.lowest


@rule
def is_spared_deductions(persons: Any, disability: Any, unit: Any) -> bool:
    """SI 2012/2885 Sch 1 para 8(6): no deduction where the claimant or partner is blind or receives a benefit for care."""
    for p in range(unit.first_person, unit.last_person):
        if persons[p].role != Role.DEPENDANT and (disability[p].needs_care == 1.0 or persons[p].blind == 1):
            return True
    return False


@rule
def disregarded_earnings(couple: bool, children: float, disabled: bool, carer: bool, hours: float, law: Disregards) -> float:
    """SI 2012/2885 Sch 4 paras 1-10; SI 2012/2886 Sch 7 paras 4-18: by family, disability and caring, and more for longer hours of work,
    which are fewer for parents and disabled people, £ a week."""
    amount = law.couple if couple else law.single
    if disabled or carer:
        amount = law.higher
    if children > 0.0 and not couple:
        amount = law.lone_parent
    enough = law.hours_of_parents_and_disabled if children > 0.0 or disabled else law.full_time_hours
    return amount + (law.full_time if hours >= enough else 0.0)


# ---- the means test ------------------------------------------------------------------------------------------------


@rule
def pension_age_amount(couple: bool, oldest: float, law: PensionAgeAmounts) -> float:
    """SI 2012/2885 Sch 2 para 1: more where one of the unit reached pension age before April 2021, £ a week."""
    if oldest >= law.earlier_from_age:
        return law.couple_earlier if couple else law.single_earlier
    return law.couple if couple else law.single


@rule
def working_age_amount(couple: bool, lone_parent: bool, oldest: float, law: WorkingAgeAmounts) -> float:
    """SI 2012/2886 Sch 3 para 1: by age, and for couples, £ a week."""
    if couple:
        return law.couple
    return law.single if lone_parent or oldest >= law.full_rate_age else law.single_younger


class Disabled(NamedTuple):
    """What the premiums of working age ask of the adults of a unit."""

    disabled: bool
    enhanced: bool
    severely: float
    """How many severe disability premiums: one for each who needs care, if both of a couple do, none with another adult in the home."""
    carers: float


@rule
def disabled_adults(persons: Any, disability: Any, carers: Any, dependants: Any, unit: Any, household: Any, age: float) -> Disabled:
    """SI 2012/2886 Sch 3 paras 9-14: benefits for disability or blindness, the highest rates for care, and carers."""
    adults, needing, caring, disabled, enhanced, others = 0.0, 0.0, 0.0, False, False, False
    for p in range(household.first_person, household.last_person):
        if unit.first_person <= p < unit.last_person and persons[p].role != Role.DEPENDANT:
            adults += 1.0
            needing += disability[p].needs_care
            caring += carers[p].entitled
            disabled = disabled or disability[p].disability_benefits > 0.0 or persons[p].blind == 1
            highest = persons[p].pip_daily_living == DailyLiving.ENHANCED or persons[p].dla_care == CareComponent.HIGHER
            enhanced = enhanced or highest
        elif persons[p].age >= age and dependants[p].child == 0.0 and disability[p].needs_care == 0.0:
            others = True
    paid_carers = 0.0
    for p in range(household.first_person, household.last_person):
        paid_carers += 1.0 if carers[p].carers_allowance > 0.0 else 0.0
    severely = 0.0 if others or needing < adults else max(needing - paid_carers, 0.0)
    return Disabled(disabled, enhanced, severely, caring)


@rule
def premiums(couple: bool, adults: Disabled, law: WorkingAgePremiums) -> float:
    """SI 2012/2886 Sch 3 paras 5-17: premiums for disability, which stand beside one another, and for each carer, £ a week."""
    total = adults.severely * law.severe_disability + adults.carers * law.carer
    if adults.disabled:
        total += law.disability_couple if couple else law.disability_single
    if adults.enhanced:
        total += law.enhanced_couple if couple else law.enhanced_single
    return total


@rule
def child_amounts(dependants: Any, unit: Any, law: ChildAmounts) -> float:
    """SI 2012/2885 Sch 2 paras 2, 7, 8: an amount for each child, and more for a disabled one, £ a week."""
    total = 0.0
    for p in range(unit.first_person, unit.last_person):
        if dependants[p].child == 1.0:
            total += law.child + dependants[p].disabled_child * law.disabled + dependants[p].severely_disabled_child * law.severely_disabled
    return total


@rule
def deemed_income(capital: float, law: DeemedIncome) -> float:
    """SI 2012/2885 Sch 1 para 37; SI 2012/2886 para 72: so much a week for each step, or part of one, £ a year."""
    return math.ceil(max(capital - law.disregard, 0.0) / law.step) * law.income_per_step * WEEKS_IN_YEAR


@rule
def for_days(weekly: float) -> float:
    """SI 2012/2885 Sch 1 para 7: a weekly amount over the days of a year's bill."""
    return weekly * DAYS_IN_YEAR / DAYS_IN_WEEK


@rule
def reduction(maximum: float, taper: float, income: float, applicable: float) -> float:
    """SI 2012/2885 Sch 1 paras 3 and 10: the maximum less the taper of weekly income above the applicable amount."""
    excess = max(income - applicable, 0.0) / WEEKS_IN_YEAR
    return max(maximum - for_days(taper * excess), 0.0)


@rule
def by_income_band(liability: float, deductions: float, earnings: float, law: IncomeBands) -> float:
    """LGFA 1992 Sch 1A para 2: the share of the bill for the step of weekly earnings, less what other adults are taken to pay."""
    return max(rate_at(law.share_of_bill, earnings / WEEKS_IN_YEAR) * liability - deductions, 0.0)


@rule
def charge_before_2017(band: int, band_d: float, law: HigherBandRelief) -> float:
    """SSI 2016/368: what bands E to H were charged before their proportions rose; nothing for the bands below."""
    if band == Band.E:
        return band_d * law.e
    if band == Band.F:
        return band_d * law.f
    if band == Band.G:
        return band_d * law.g
    return band_d * law.h if band == Band.H else 0.0


@rule
def higher_band_relief(rise: float, income: float, single: bool, law: HigherBandRelief) -> float:
    """SSI 2021/249 Part 9: the rise of 2017 is not charged on lower incomes, with a taper above the limit."""
    limit = law.income_limit_single if single else law.income_limit_other
    return max(rise - law.taper * max(income - limit, 0.0), 0.0)


@rule
def capped_liability(tax: Any, cap: float) -> float:
    """A local scheme may count no more than the charge of a lower band (as a multiple of Band D), with the same discount."""
    if tax.band_charge <= 0.0 or tax.band_charge <= tax.band_d * cap:
        return tax.council_tax
    return tax.council_tax * tax.band_d * cap / tax.band_charge


@rule
def take_up(tenure: int, law: TakeUp) -> float:
    """The share that claims among those not paid Pension Credit or Universal Credit."""
    if tenure == Tenure.SOCIAL_RENT:
        return law.social_tenants
    return law.private_tenants if tenure == Tenure.PRIVATE_RENT else law.owners


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    dependants: Any,
    disability_benefits: Any,
    carers_allowance: Any,
    pension_credit: Any,
    universal_credit: Any,
    benefit_cap: Any,
    council_tax: Any,
    law: CouncilTaxReductionLaw,
    places: Any,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        household = households[h]
        place = places[household.council]
        tax = council_tax[h]
        for b in range(household.first_benefit_unit, household.last_benefit_unit):
            unit, credit, universal = benefit_units[b], pension_credit[b], universal_credit[b]
            pension_age = is_pensioner(persons, state_pension, unit, benefit_cap[b].universal_credit)
            if unit.householder == 0 or tax.council_tax <= 0.0 or not (pension_age or universal.eligible == 1.0):
                lines[b] = CouncilTaxReduction(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
                continue
            couple, oldest, children, hours = False, 0.0, 0.0, 0.0
            for p in range(unit.first_person, unit.last_person):
                children += dependants[p].child
                if persons[p].role != Role.DEPENDANT:
                    couple = couple or persons[p].role == Role.PARTNER
                    oldest = max(oldest, float(persons[p].age))
                    hours = max(hours, persons[p].hours)
            deductions = 0.0
            if not is_spared_deductions(persons, disability_benefits, unit):
                for other in range(household.first_benefit_unit, household.last_benefit_unit):
                    if other != b and benefit_units[other].householder == 0:
                        scale = law.non_dependants_england
                        if household.nation == Nation.WALES:
                            scale = law.non_dependants_wales
                        elif household.nation == Nation.SCOTLAND:
                            scale = law.non_dependants_scotland
                        deductions += deduction_for_unit(
                            persons,
                            state_pension,
                            benefit_units[other],
                            pension_credit[other].pension_credit,
                            benefit_cap[other].universal_credit,
                            law.non_dependant_age,
                            law.working_hours,
                            scale,
                        )
            deductions = for_days(deductions)
            adults = disabled_adults(persons, disability_benefits, carers_allowance, dependants, unit, household, law.non_dependant_age)
            ill = adults.disabled or universal.health_element > 0.0
            disregard = disregarded_earnings(couple, children, ill, adults.carers > 0.0, hours, law.earnings_disregard) * WEEKS_IN_YEAR
            passported = False
            minimum_award = 0.0
            share = universal.share_of_home  # Sch 1 para 7(3): those who are jointly liable, each an equal part
            if pension_age:
                passported = credit.pension_credit > 0.0 and credit.guarantee_credit > 0.0
                liability, most, taper = tax.council_tax * share, law.pension_age.maximum, law.pension_age.taper
                weekly = pension_age_amount(couple, oldest, law.pension_age.amounts)
                weekly += credit.severely_disabled * law.pension_age.amounts.severe_disability
                weekly += credit.carers * law.pension_age.amounts.carer
                applicable = (weekly + child_amounts(dependants, unit, law.children)) * WEEKS_IN_YEAR
                savings = credit.savings_credit if credit.pension_credit > 0.0 else 0.0
                deemed = deemed_income(unit.capital, law.pension_age.capital)
                income = max(credit.net_earnings - disregard, 0.0) + credit.other_income + deemed + savings
                capital_limit = law.pension_age.capital_limit
            else:
                liability, most, taper = capped_liability(tax, place.liability_cap) * share, place.maximum, place.taper
                capital_limit, minimum_award = place.capital_limit, place.minimum_award
                paid = benefit_cap[b].universal_credit
                income = max(universal.earned_income - disregard, 0.0) + universal.unearned_income
                if paid > 0.0:
                    applicable = universal.maximum_amount
                    income += paid + universal.tariff_income
                else:
                    weekly = working_age_amount(couple, children > 0.0, oldest, law.working_age)
                    weekly += premiums(couple, adults, law.working_age_premiums)
                    applicable = (weekly + child_amounts(dependants, unit, law.children)) * WEEKS_IN_YEAR
                    income += deemed_income(unit.capital, law.working_age_capital)
            maximum = max(most * liability - deductions, 0.0)
            by_means = maximum if passported else reduction(maximum, taper, income, applicable)
            if law.income_bands.in_force > 0.0 and not pension_age and household.nation == Nation.ENGLAND:
                by_means = by_income_band(liability, deductions, max(universal.earned_income - disregard, 0.0), law.income_bands)
            if (unit.capital > capital_limit and not passported) or by_means < for_days(minimum_award):
                by_means = 0.0
            relief = 0.0
            if household.nation == Nation.SCOTLAND and unit.capital <= law.higher_bands.capital_limit and tax.band_charge > 0.0:
                before = charge_before_2017(int(tax.band), tax.band_d, law.higher_bands)
                rise = (1.0 - before / tax.band_charge) * tax.council_tax * share if before > 0.0 else 0.0
                relief = higher_band_relief(max(rise, 0.0), income, not couple and children == 0.0, law.higher_bands)
            due = max(by_means, relief)
            on_benefit = credit.pension_credit > 0.0 or benefit_cap[b].universal_credit > 0.0
            claims = on_benefit or unit.draw_council_tax_reduction < take_up(household.tenure, law.take_up)
            lines[b] = CouncilTaxReduction(
                pension_age=1.0 if pension_age else 0.0,
                scheme_known=1.0 if pension_age else place.known,
                liability=liability,
                non_dependant_deductions=deductions,
                maximum=maximum,
                applicable_amount=applicable,
                income=income,
                passported=1.0 if passported else 0.0,
                reduction_by_means=by_means,
                higher_band_relief=relief,
                entitlement=due,
                council_tax_reduction=due if claims else 0.0,
            )


INSTRUMENT = Instrument(
    name="council_tax_reduction",
    entity="benefit_unit",
    law=CouncilTaxReductionLaw,
    lines=CouncilTaxReduction,
    assess=assess,
    reads=(
        "state_pension",
        "dependants",
        "disability_benefits",
        "carers_allowance",
        "pension_credit",
        "universal_credit",
        "benefit_cap",
        "council_tax",
    ),
    places=LocalScheme,
    title="council tax reduction",
)
