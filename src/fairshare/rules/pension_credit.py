"""State Pension Credit (State Pension Credit Act 2002; SI 2002/1792): guarantee credit and savings credit.

Units: £ a year; the law speaks of weeks. Paid to units in which everyone has reached pension age; a couple of mixed ages
claims Universal Credit. Incomes count after income tax; interest, dividends and rents count as capital.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from annotated_types import Gt

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Pounds, PoundsAWeek, Role, Sex, Share, WorkCapability


class Guarantee(NamedTuple):
    single: PoundsAWeek
    couple: PoundsAWeek


class Additions(NamedTuple):
    severe_disability: PoundsAWeek
    carer: PoundsAWeek
    first_child_born_before_limit: PoundsAWeek
    child: PoundsAWeek
    disabled_child: PoundsAWeek
    severely_disabled_child: PoundsAWeek
    non_dependant_age: Count


class EarningsDisregard(NamedTuple):
    single: PoundsAWeek
    couple: PoundsAWeek
    higher: PoundsAWeek


class DeemedIncome(NamedTuple):
    disregard: Pounds
    step: Annotated[float, Gt(0)]
    income_per_step: PoundsAWeek


class SavingsCredit(NamedTuple):
    threshold_single: PoundsAWeek
    threshold_couple: PoundsAWeek
    accrual: Share
    withdrawal: Share
    men_from_age: Count
    women_from_age: Count


class PensionCreditLaw(NamedTuple):
    guarantee: Guarantee
    additions: Additions
    earnings_disregard: EarningsDisregard
    pension_share: Share
    capital: DeemedIncome
    savings_credit: SavingsCredit
    minimum_award: PoundsAWeek
    take_up: Share


class PensionCredit(NamedTuple):
    """Lines of one benefit unit, £ a year; `eligible` is 1 or 0, `severely_disabled` and `carers` count people.

    A couple of mixed ages is not eligible, but its incomes are worked, because council tax reduction asks for them.
    """

    eligible: Count
    severely_disabled: Count
    carers: Count
    standard_guarantee: Pounds
    additions: Pounds
    minimum_guarantee: Pounds
    net_earnings: Pounds
    other_income: Pounds
    deemed_income: Pounds
    income: Pounds
    guarantee_credit: Pounds
    savings_credit: Pounds
    entitlement: Pounds
    pension_credit: Pounds


# ---- the guarantee -------------------------------------------------------------------------------------------------


@rule
def has_partner(persons: Any, unit: Any) -> bool:
    """Whether the second person of the unit is the claimant's partner."""
    return unit.first_person + 1 < unit.last_person and persons[unit.first_person + 1].role == Role.PARTNER


@rule
def has_child(dependants: Any, unit: Any) -> bool:
    """Whether the unit is responsible for a child or young person."""
    found = False
    for p in range(unit.first_person, unit.last_person):
        found = found or dependants[p].child == 1.0
    return found


@rule
def all_over_pension_age(state_pension: Any, start: int, adults: int) -> bool:
    """SPCA 2002 s.1(2) and SI 2019/37: every adult of the unit has reached pension age."""
    reached = True
    for p in range(start, adults):
        reached = reached and state_pension[p].over_pension_age == 1.0
    return reached


@rule
def any_over_pension_age(state_pension: Any, start: int, adults: int) -> bool:
    """Whether an adult of the unit has reached pension age."""
    reached = False
    for p in range(start, adults):
        reached = reached or state_pension[p].over_pension_age == 1.0
    return reached


@rule
def other_adults_live_in(persons: Any, disability: Any, dependants: Any, unit: Any, household: Any, age: float) -> bool:
    """SI 2002/1792 Sch I para 2: a grown-up who is not severely disabled lives in the home."""
    for p in range(household.first_person, household.last_person):
        outside = p < unit.first_person or p >= unit.last_person
        grown_up = persons[p].role == Role.DEPENDANT and dependants[p].child == 0.0
        if (outside or grown_up) and persons[p].age >= age and dependants[p].child == 0.0 and disability[p].needs_care == 0.0:
            return True
    return False


@rule
def severely_disabled(
    persons: Any, disability: Any, carers: Any, dependants: Any, unit: Any, household: Any, adults: int, age: float
) -> float:
    """SI 2002/1792 reg.6(4)-(5), Sch I para 1: how many severe disability additions; both of a couple must need care, and nobody
    be paid Carer's Allowance for the one who counts."""
    needing = 0.0
    for p in range(unit.first_person, adults):
        needing += disability[p].needs_care
    if needing < adults - unit.first_person or other_adults_live_in(persons, disability, dependants, unit, household, age):
        return 0.0
    paid_carers = 0.0
    for p in range(household.first_person, household.last_person):
        paid_carers += 1.0 if carers[p].carers_allowance > 0.0 else 0.0
    return max(needing - paid_carers, 0.0)


@rule
def child_additions(persons: Any, dependants: Any, unit: Any, law: Additions) -> float:
    """SI 2002/1792 Sch IIA: an amount for each child, and more for a disabled one, £ a week."""
    eldest, total = -1.0, 0.0
    eldest_early = False
    for p in range(unit.first_person, unit.last_person):
        if dependants[p].child == 1.0:
            total += law.child
            if dependants[p].severely_disabled_child == 1.0:
                total += law.severely_disabled_child
            elif dependants[p].disabled_child == 1.0:
                total += law.disabled_child
            if persons[p].age > eldest:
                eldest = float(persons[p].age)
                eldest_early = dependants[p].born_before_limit == 1.0
    if eldest_early:
        total += law.first_child_born_before_limit - law.child
    return total


# ---- income --------------------------------------------------------------------------------------------------------


@rule
def net_earnings(person: Any, tax_on_earnings: float, contributions: float, law: PensionCreditLaw) -> float:
    """SI 2002/1792 reg.17A: pay and profit less tax, National Insurance and half of pension contributions."""
    gross = person.earnings + max(person.self_employment, 0.0) - person.employment_expenses
    pension = law.pension_share * (person.pension_net_pay + person.pension_relief_at_source)
    return max(gross - tax_on_earnings - contributions - pension, 0.0)


@rule
def other_income(person: Any, state_pension: float, carers_allowance: float, tax: Any) -> float:
    """SPCA 2002 ss.15-16: pensions and Carer's Allowance, less the tax on them; other taxable income is not in the Act's list."""
    gross = state_pension + person.private_pension + carers_allowance
    if gross == 0.0:
        return 0.0
    on_capital = tax.tax_on_savings + tax.tax_on_dividends + tax.tax_on_property
    tax_on_rest = max(tax.income_tax - tax.annual_allowance_charge - tax.tax_on_earnings - on_capital, 0.0)
    return max(gross - tax_on_rest * gross / (gross + max(person.other_income, 0.0)), 0.0)


@rule
def deemed_income(capital: float, law: DeemedIncome) -> float:
    """SI 2002/1792 reg.15(6): so much a week for each step, or part of one, above what is disregarded."""
    return math.ceil(max(capital - law.disregard, 0.0) / law.step) * law.income_per_step * WEEKS_IN_YEAR


@rule
def earnings_disregard(couple: bool, special: bool, law: EarningsDisregard) -> float:
    """SI 2002/1792 Sch VI paras 1-4A: more for a couple, and more again for lone parents, carers and disabled people."""
    if special:
        return law.higher * WEEKS_IN_YEAR
    return (law.couple if couple else law.single) * WEEKS_IN_YEAR


# ---- the award -----------------------------------------------------------------------------------------------------


@rule
def reached_before_2016(person: Any, law: SavingsCredit) -> bool:
    """Pensions Act 2014 Sch 12: whether pension age was reached before 6 April 2016."""
    return person.age >= (law.men_from_age if person.sex == Sex.MALE else law.women_from_age)


@rule
def savings_credit(income: float, minimum_guarantee: float, standard: float, threshold: float, law: SavingsCredit) -> float:
    """SPCA 2002 s.3: a share of income above the threshold, withdrawn as income passes the minimum guarantee."""
    most = law.accrual * max(standard - threshold, 0.0)
    built_up = min(law.accrual * max(income - threshold, 0.0), most)
    return max(built_up - law.withdrawal * max(income - minimum_guarantee, 0.0), 0.0)


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
    law: PensionCreditLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            unit = benefit_units[b]
            couple = has_partner(persons, unit)
            start = unit.first_person
            adults = start + (2 if couple else 1)
            if not any_over_pension_age(state_pension, start, adults):
                lines[b] = PensionCredit(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
                continue
            earnings, others, carers = 0.0, 0.0, 0.0
            special, early = not couple and has_child(dependants, unit), True
            for p in range(start, adults):
                earnings += net_earnings(persons[p], income_tax[p].tax_on_earnings, national_insurance[p].national_insurance, law)
                allowance = carers_allowance[p].carers_allowance
                others += other_income(persons[p], state_pension[p].state_pension, allowance, income_tax[p])
                carers += carers_allowance[p].entitled
                ill = persons[p].work_capability != WorkCapability.FULL or disability_benefits[p].disability_benefits > 0.0
                special = special or ill or carers_allowance[p].entitled == 1.0
                early = early and reached_before_2016(persons[p], law.savings_credit)
            disabled = severely_disabled(
                persons,
                disability_benefits,
                carers_allowance,
                dependants,
                unit,
                households[h],
                adults,
                law.additions.non_dependant_age,
            )
            if not all_over_pension_age(state_pension, start, adults):
                lines[b] = PensionCredit(0.0, disabled, carers, 0.0, 0.0, 0.0, earnings, others, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
                continue
            standard = (law.guarantee.couple if couple else law.guarantee.single) * WEEKS_IN_YEAR
            weekly = disabled * law.additions.severe_disability + carers * law.additions.carer
            additions = (weekly + child_additions(persons, dependants, unit, law.additions)) * WEEKS_IN_YEAR
            deemed = deemed_income(unit.capital, law.capital)
            counted = max(earnings - earnings_disregard(couple, special, law.earnings_disregard), 0.0)
            income = counted + others + deemed
            guarantee = max(standard + additions - income, 0.0)
            savings = 0.0
            if early:
                threshold = law.savings_credit.threshold_couple if couple else law.savings_credit.threshold_single
                savings = savings_credit(income, standard + additions, standard, threshold * WEEKS_IN_YEAR, law.savings_credit)
            due = guarantee + savings
            if due < law.minimum_award * WEEKS_IN_YEAR:
                due = 0.0
            paid = due if unit.draw_pension_credit < law.take_up else 0.0
            lines[b] = PensionCredit(
                eligible=1.0,
                severely_disabled=disabled,
                carers=carers,
                standard_guarantee=standard,
                additions=additions,
                minimum_guarantee=standard + additions,
                net_earnings=earnings,
                other_income=others,
                deemed_income=deemed,
                income=income,
                guarantee_credit=guarantee,
                savings_credit=savings,
                entitlement=due,
                pension_credit=paid,
            )


INSTRUMENT = Instrument(
    name="pension_credit",
    entity="benefit_unit",
    law=PensionCreditLaw,
    lines=PensionCredit,
    assess=assess,
    reads=("state_pension", "dependants", "disability_benefits", "national_insurance", "carers_allowance", "income_tax"),
    title="Pension Credit",
)
