"""Income tax (Income Tax Act 2007): each person's tax on all kinds of income, by where they live.

Units: £ a year. The order is that of ITA 2007 s.23: income, reliefs, allowances, the slices, reducers.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Nation, Pounds, Ratio, Role, Share, Switch
from fairshare.schedule import BANDS, Schedule


class MainRates(NamedTuple):
    bands: Schedule
    extends_from_band: Count
    """Gifts and contributions paid net raise the upper limit of this band and of those above it; the lowest is 1."""


class WelshRates(NamedTuple):
    reduction: Share
    bands: Schedule


class PropertyRates(NamedTuple):
    separate: Switch
    bands: Schedule
    finance_cost_relief: Share


class SavingsRates(NamedTuple):
    starting_rate: Share
    starting_rate_limit: Pounds
    allowance_basic: Pounds
    allowance_higher: Pounds
    allowance_additional: Pounds
    basic_rate: Share
    higher_rate: Share
    additional_rate: Share


class DividendRates(NamedTuple):
    allowance: Pounds
    ordinary_rate: Share
    upper_rate: Share
    additional_rate: Share


class MarriageAllowance(NamedTuple):
    share: Share
    rounding: Pounds
    relief_rate: Share
    take_up: Share
    scottish_bands: Count
    """Scottish bands, from the lowest, in which a partner may still be taxed."""


class MarriedCouplesAllowance(NamedTuple):
    age: Count
    maximum: Pounds
    minimum: Pounds
    income_limit: Pounds
    taper: Share
    relief_rate: Share


class AnnualAllowance(NamedTuple):
    """What may go into a pension in a year with relief, and its taper for high incomes."""

    amount: Pounds
    minimum: Pounds
    taper: Ratio
    threshold_income: Pounds
    adjusted_income: Pounds


class IncomeTaxLaw(NamedTuple):
    personal_allowance: Pounds
    allowance_income_limit: Pounds
    allowance_taper: Ratio
    blind_persons_allowance: Pounds
    basic_rate_limit: Pounds
    higher_rate_limit: Pounds
    relief_at_source_rate: Share
    main: MainRates
    scotland: MainRates
    wales: WelshRates
    property: PropertyRates
    savings: SavingsRates
    dividends: DividendRates
    marriage_allowance: MarriageAllowance
    married_couples_allowance: MarriedCouplesAllowance
    annual_allowance: AnnualAllowance


class IncomeTax(NamedTuple):
    """Lines of one person's assessment, £ a year."""

    total_income: Pounds
    reliefs: Pounds
    net_income: Pounds
    adjusted_net_income: Pounds
    personal_allowance: Pounds
    blind_persons_allowance: Pounds
    basic_rate_limit: Pounds
    """The UK limit, raised by gifts and contributions paid net: what savings, dividends and gains on sales are charged by."""
    marriage_allowance_given: Pounds
    taxable_non_savings: Pounds
    taxable_property: Pounds
    taxable_savings: Pounds
    taxable_dividends: Pounds
    savings_at_starting_rate: Pounds
    personal_savings_allowance: Pounds
    tax_on_non_savings: Pounds
    tax_on_property: Pounds
    tax_on_savings: Pounds
    tax_on_dividends: Pounds
    finance_cost_relief: Pounds
    married_couples_allowance_relief: Pounds
    marriage_allowance_relief: Pounds
    tax_on_earnings: Pounds
    """The part of the tax that falls on pay and profit, which use the allowances first: what means tests take off earnings."""
    annual_allowance_charge: Pounds
    income_tax: Pounds
    """With the annual allowance charge, which is part of the liability; the charges on benefits stand on their own."""


class Incomes(NamedTuple):
    """Taxable income by kind."""

    non_savings: float
    property: float
    savings: float
    dividends: float


class Slices(NamedTuple):
    """Tax on each slice, and the nil-rate amounts within savings."""

    non_savings: float
    property: float
    savings: float
    dividends: float
    at_starting_rate: float
    savings_allowance: float


# ---- income and allowances -----------------------------------------------------------------------------------------


@rule
def taxable_benefits(pension: Any, carers: Any, contributory: Any) -> float:
    """ITEPA 2003 ss.577, 660: State Pension, Carer's Allowance or Carer Support Payment with its supplement, and contributory benefits."""
    return pension.state_pension + carers.carers_allowance + carers.scottish_carer_supplement + contributory.taxable


@rule
def contributions_beyond_pay(person: Any) -> float:
    """FA 2004 ss.189-190, 193(4): what pay cannot bear of net pay contributions comes off other income, up to pay and profit."""
    relievable = min(person.pension_net_pay, person.earnings + max(person.self_employment, 0.0))
    return max(relievable - max(person.earnings - person.employment_expenses, 0.0), 0.0)


@rule
def incomes(person: Any, taxable_benefits: float) -> Incomes:
    """ITA 2007 s.23 steps 1-2: income by kind, after what is deducted from it (net pay contributions, expenses)."""
    pay = max(person.earnings - person.pension_net_pay - person.employment_expenses, 0.0)
    non_savings = pay + max(person.self_employment, 0.0) + person.private_pension + taxable_benefits + max(person.other_income, 0.0)
    property_income = max(person.property_income, 0.0)
    beyond = contributions_beyond_pay(person)
    if beyond == 0.0:
        return Incomes(non_savings, property_income, person.savings_interest, person.dividends)
    from_property = max(beyond - non_savings, 0.0)
    from_savings = max(from_property - property_income, 0.0)
    from_dividends = max(from_savings - person.savings_interest, 0.0)
    return Incomes(
        max(non_savings - beyond, 0.0),
        max(property_income - from_property, 0.0),
        max(person.savings_interest - from_savings, 0.0),
        max(person.dividends - from_dividends, 0.0),
    )


@rule
def grossed_up(paid: float, relief_at_source_rate: float) -> float:
    """FA 2004 s.192 and ITA 2007 s.414: a contribution or gift paid net of basic rate, as its gross amount."""
    return paid / (1.0 - relief_at_source_rate)


@rule
def personal_allowance(adjusted_net_income: float, law: IncomeTaxLaw) -> float:
    """ITA 2007 s.35: the allowance, tapered as income exceeds the limit, rounded up to a pound."""
    excess = max(adjusted_net_income - law.allowance_income_limit, 0.0)
    return float(math.ceil(max(law.personal_allowance - law.allowance_taper * excess, 0.0)))


@rule
def marriage_allowance(personal_allowance: float, law: MarriageAllowance) -> float:
    """ITA 2007 s.55B: the share of the personal allowance that may be given up, rounded up."""
    return math.ceil(law.share * personal_allowance / law.rounding) * law.rounding


@rule
def married_couples_allowance(adjusted_net_income: float, law: MarriedCouplesAllowance) -> float:
    """ITA 2007 s.45-46: the allowance of a couple with a partner born before 6 April 1935, tapered to a minimum."""
    excess = max(adjusted_net_income - law.income_limit, 0.0)
    return max(law.maximum - law.taper * excess, law.minimum)


# ---- the slices ----------------------------------------------------------------------------------------------------


@rule
def charge_extended(bands: Schedule, start: float, end: float, extension: float, extends_from_band: float) -> float:
    """The charge on a slice, with the upper limits of a band and of those above it raised by the extension."""
    total = 0.0
    bottom = bands[0].above
    for i in range(BANDS):
        top = math.inf
        if i + 1 < BANDS:
            top = bands[i + 1].above
            if i + 1 >= extends_from_band:
                top += extension
        if min(end, top) > max(start, bottom):
            total += (min(end, top) - max(start, bottom)) * bands[i].rate
        bottom = max(bottom, top)
    return total


@rule
def tax_at_main_rates(
    start: float, end: float, extension: float, nation: int, main: MainRates, scotland: MainRates, wales: WelshRates
) -> float:
    """ITA 2007 ss.10-11B: tax on a slice of income that is neither savings nor dividends, by nation of residence."""
    if nation == Nation.SCOTLAND:
        return charge_extended(scotland.bands, start, end, extension, scotland.extends_from_band)
    tax = charge_extended(main.bands, start, end, extension, main.extends_from_band)
    if nation == Nation.WALES:
        tax += welsh_part(start, end, extension, wales)
    return tax


@rule
def welsh_part(start: float, end: float, extension: float, law: WelshRates) -> float:
    """ITA 2007 ss.6B, 11B: the UK rates less the reduction, plus the Welsh rates."""
    return charge_extended(law.bands, start, end, extension, 1.0) - law.reduction * (end - start)


@rule
def tax_at_property_rates(
    start: float, end: float, extension: float, nation: int, law: PropertyRates, extends_from_band: float, wales: WelshRates
) -> float:
    """ITA 2007 ss.10, 16A (FA 2026 ss.6-7): property income at its own rates, where they are in force."""
    tax = charge_extended(law.bands, start, end, extension, extends_from_band)
    if nation == Nation.WALES:
        tax += welsh_part(start, end, extension, wales)
    return tax


class UkLimits(NamedTuple):
    """The UK limits of taxable income, raised by gifts and contributions paid net: what savings and dividends are charged by."""

    basic: float
    higher: float


@rule
def tax_at_three_rates(start: float, end: float, limits: UkLimits, basic: float, higher: float, additional: float) -> float:
    """ITA 2007 ss.12-13: savings or dividends at the rate of the UK band that each pound lies in."""
    in_basic = max(min(end, limits.basic) - start, 0.0)
    in_higher = max(min(end, limits.higher) - max(start, limits.basic), 0.0)
    in_additional = max(end - max(start, limits.higher), 0.0)
    return in_basic * basic + in_higher * higher + in_additional * additional


@rule
def personal_savings_allowance(taxable: float, limits: UkLimits, law: SavingsRates) -> float:
    """ITA 2007 s.12B: the allowance by the highest UK band that any income reaches."""
    if taxable > limits.higher:
        return law.allowance_additional
    if taxable > limits.basic:
        return law.allowance_higher
    return law.allowance_basic


@rule
def tax_on_slices(taxable: Incomes, extension: float, nation: int, law: IncomeTaxLaw) -> Slices:
    """ITA 2007 ss.16-16A: the slices stacked: non-savings, property, savings, dividends. Nil-rate parts use up band space."""
    property_start = taxable.non_savings
    savings_start = property_start + taxable.property
    dividends_start = savings_start + taxable.savings
    end = dividends_start + taxable.dividends
    limits = UkLimits(law.basic_rate_limit + extension, law.higher_rate_limit + extension)
    on_non_savings = tax_at_main_rates(0.0, property_start, extension, nation, law.main, law.scotland, law.wales)
    if law.property.separate == 0.0 or nation == Nation.SCOTLAND:
        on_property = tax_at_main_rates(property_start, savings_start, extension, nation, law.main, law.scotland, law.wales)
    else:
        from_band = law.main.extends_from_band
        on_property = tax_at_property_rates(property_start, savings_start, extension, nation, law.property, from_band, law.wales)
    rates, shares = law.savings, law.dividends
    at_starting_rate = min(taxable.savings, max(rates.starting_rate_limit - savings_start, 0.0))
    allowance = min(personal_savings_allowance(end, limits, rates), taxable.savings - at_starting_rate)
    charged_from = savings_start + at_starting_rate + allowance
    on_savings = at_starting_rate * rates.starting_rate + tax_at_three_rates(
        charged_from, dividends_start, limits, rates.basic_rate, rates.higher_rate, rates.additional_rate
    )
    charged_from = dividends_start + min(taxable.dividends, shares.allowance)
    on_dividends = tax_at_three_rates(charged_from, end, limits, shares.ordinary_rate, shares.upper_rate, shares.additional_rate)
    return Slices(on_non_savings, on_property, on_savings, on_dividends, at_starting_rate, allowance)


@rule
def slices_total(slices: Slices) -> float:
    return slices.non_savings + slices.property + slices.savings + slices.dividends


@rule
def after_allowances(income: Incomes, allowances: float, for_savings: float, for_dividends: float) -> Incomes:
    """ITA 2007 s.25(3A): income left when so much of the allowances goes to savings and dividends; of the rest, property comes last."""
    rest = allowances - for_savings - for_dividends
    from_non_savings = min(income.non_savings, rest)
    from_property = min(income.property, rest - from_non_savings)
    return Incomes(
        income.non_savings - from_non_savings,
        income.property - from_property,
        income.savings - for_savings,
        income.dividends - for_dividends,
    )


@rule
def taxable_incomes(income: Incomes, allowances: float, extension: float, nation: int, law: IncomeTaxLaw) -> Incomes:
    """ITA 2007 s.25(2)-(3A): allowances set against income in the way that leaves the least tax.

    The main income is relieved first, which is best or as good for all but the lowest Scottish rate; what is left
    goes to savings and dividends in the best of the ways that can differ: savings first, dividends first, or savings
    only beyond what the starting rate and the savings allowance would free in any case.
    """
    main = min(allowances, income.non_savings + income.property)
    left = allowances - main
    savings_first = min(left, income.savings)
    best = after_allowances(income, allowances, savings_first, min(left - savings_first, income.dividends))
    if left <= 0.0 or income.dividends <= 0.0 or income.savings <= 0.0:
        return best
    least = math.inf
    free_savings = law.savings.starting_rate_limit + law.savings.allowance_basic
    free_savings_higher = law.savings.starting_rate_limit + law.savings.allowance_higher
    for spared in (0.0, income.savings, free_savings, free_savings_higher):
        to_savings = max(min(left, income.savings - spared), 0.0)
        to_dividends = min(left - to_savings, income.dividends)
        to_savings = min(left - to_dividends, income.savings)
        candidate = after_allowances(income, allowances, to_savings, to_dividends)
        tax = slices_total(tax_on_slices(candidate, extension, nation, law))
        if tax < least:
            least = tax
            best = candidate
    return best


# ---- pension contributions above the annual allowance ---------------------------------------------------------------


@rule
def annual_allowance(threshold_income: float, adjusted_income: float, law: AnnualAllowance) -> float:
    """FA 2004 ss.228-228ZA: the allowance, tapered to a minimum where both measures of income exceed their limits."""
    if threshold_income <= law.threshold_income:
        return law.amount
    excess = max(adjusted_income - law.adjusted_income, 0.0)
    return min(max(law.amount - law.taper * excess, law.minimum), law.amount)


@rule
def above_annual_allowance(person: Any, net_income: float, relief_at_source_rate: float, law: AnnualAllowance) -> float:
    """FA 2004 s.227: what goes into pensions above the allowance. Amounts carried forward, and the employer's own part, are not known."""
    at_source = grossed_up(person.pension_relief_at_source, relief_at_source_rate)
    sacrificed = person.pension_salary_sacrifice
    threshold_income = net_income - at_source + sacrificed
    allowance = annual_allowance(threshold_income, net_income + person.pension_net_pay + sacrificed, law)
    return max(person.pension_net_pay + at_source + sacrificed - allowance, 0.0)


# ---- the assessment ------------------------------------------------------------------------------------------------


@rule
def finance_cost_relief(costs: float, income: Incomes, taxable: Incomes, law: PropertyRates) -> float:
    """ITTOIA 2005 s.274A: a reducer at the property basic rate on the lowest of costs, profit and taxed income."""
    base = min(costs, min(income.property, taxable.non_savings + taxable.property))
    return law.finance_cost_relief * max(base, 0.0)


class CoupleReliefs(NamedTuple):
    """What marriage changes in one partner's assessment: allowance given up, and the two reducers."""

    given_up: float
    married_couples: float
    marriage: float


@rule
def assess_person(person: Any, taxable_benefits: float, nation: int, couple: CoupleReliefs, law: IncomeTaxLaw) -> IncomeTax:
    """ITA 2007 ss.23-26: one person's year. Reducers come one after another and never take the tax below zero."""
    income = incomes(person, taxable_benefits)
    net_income = income.non_savings + income.property + income.savings + income.dividends
    reliefs = min(person.pension_net_pay + person.employment_expenses, person.earnings) + contributions_beyond_pay(person)
    extension = grossed_up(person.pension_relief_at_source + person.gift_aid, law.relief_at_source_rate)
    adjusted = max(net_income - extension, 0.0)
    allowance = personal_allowance(adjusted, law)
    blind = law.blind_persons_allowance * person.blind
    allowances = max(allowance - couple.given_up, 0.0) + blind
    taxable = taxable_incomes(income, min(allowances, net_income), extension, nation, law)
    slices = tax_on_slices(taxable, extension, nation, law)
    tax = slices_total(slices)
    finance = min(finance_cost_relief(person.property_finance_costs, income, taxable, law.property), tax)
    married_couples = min(couple.married_couples, tax - finance)
    marriage = min(couple.marriage, tax - finance - married_couples)
    above = above_annual_allowance(person, net_income, law.relief_at_source_rate, law.annual_allowance)
    on_contributions = 0.0
    if above > 0.0:  # s.227(4A): charged as the top slice
        top = taxable.non_savings + taxable.property + taxable.savings + taxable.dividends
        on_contributions = tax_at_main_rates(top, top + above, extension, nation, law.main, law.scotland, law.wales)
    return IncomeTax(
        total_income=net_income + reliefs,
        reliefs=reliefs,
        net_income=net_income,
        adjusted_net_income=adjusted,
        personal_allowance=allowance,
        blind_persons_allowance=blind,
        basic_rate_limit=law.basic_rate_limit + extension,
        marriage_allowance_given=couple.given_up,
        taxable_non_savings=taxable.non_savings,
        taxable_property=taxable.property,
        taxable_savings=taxable.savings,
        taxable_dividends=taxable.dividends,
        savings_at_starting_rate=slices.at_starting_rate,
        personal_savings_allowance=slices.savings_allowance,
        tax_on_non_savings=slices.non_savings,
        tax_on_property=slices.property,
        tax_on_savings=slices.savings,
        tax_on_dividends=slices.dividends,
        finance_cost_relief=finance,
        married_couples_allowance_relief=married_couples,
        marriage_allowance_relief=marriage,
        tax_on_earnings=tax_on_earnings(person, allowances, extension, nation, married_couples + marriage, law),
        annual_allowance_charge=on_contributions,
        income_tax=tax - finance - married_couples - marriage + on_contributions,
    )


@rule
def tax_on_earnings(person: Any, allowances: float, extension: float, nation: int, reducers: float, law: IncomeTaxLaw) -> float:
    """SI 2013/376 reg.55(5): tax on pay and profit alone, with the allowances and reducers set against them first."""
    pay = max(person.earnings - person.pension_net_pay - person.employment_expenses, 0.0)
    taxable = max(pay + max(person.self_employment, 0.0) - contributions_beyond_pay(person) - allowances, 0.0)
    return max(tax_at_main_rates(0.0, taxable, extension, nation, law.main, law.scotland, law.wales) - reducers, 0.0)


@rule
def pays_no_more_than_basic_rate(lines: IncomeTax, nation: int, scottish_limit: float) -> bool:
    """ITA 2007 s.55B(2)(c), s.55C(1)(c): no income above the basic rate limit; in Scotland, other income in no band above intermediate."""
    other_income = lines.taxable_non_savings + lines.taxable_property
    investments = lines.taxable_savings + lines.taxable_dividends
    if nation == Nation.SCOTLAND:
        extension = max(lines.net_income - lines.adjusted_net_income, 0.0)
        if other_income > scottish_limit + extension:
            return False
        if investments == 0.0:
            return True
    return other_income + investments <= lines.basic_rate_limit


@rule
def scottish_limit(scotland: MainRates, law: MarriageAllowance) -> float:
    """ITA 2007 s.55B(2)(c): the limit of the highest Scottish band in which the allowance may still be shared."""
    return scotland.bands[min(int(law.scottish_bands), BANDS - 1)].above


@rule
def married_couple(
    one: Any, other: Any, one_benefits: float, other_benefits: float, nation: int, claims: bool, law: IncomeTaxLaw
) -> tuple[IncomeTax, IncomeTax]:
    """ITA 2007 ss.45-55E: a married couple's two assessments, with the married couple's or the marriage allowance."""
    none = CoupleReliefs(0.0, 0.0, 0.0)
    first = assess_person(one, one_benefits, nation, none, law)
    second = assess_person(other, other_benefits, nation, none, law)
    older = law.married_couples_allowance
    if one.age >= older.age or other.age >= older.age:
        claimant_income = max(first.adjusted_net_income, second.adjusted_net_income)
        relief = older.relief_rate * married_couples_allowance(claimant_income, older)
        if first.adjusted_net_income >= second.adjusted_net_income:
            to_first, to_second = relief, relief - min(relief, first.income_tax)
        else:
            to_first, to_second = relief - min(relief, second.income_tax), relief
        return (
            assess_person(one, one_benefits, nation, CoupleReliefs(0.0, to_first, 0.0), law),
            assess_person(other, other_benefits, nation, CoupleReliefs(0.0, to_second, 0.0), law),
        )
    if not claims:
        return first, second
    amount = marriage_allowance(law.personal_allowance, law.marriage_allowance)
    gives = CoupleReliefs(amount, 0.0, 0.0)
    receives = CoupleReliefs(0.0, 0.0, law.marriage_allowance.relief_rate * amount)
    limit = scottish_limit(law.scotland, law.marriage_allowance)
    for one_gives in (True, False):
        saves = second.income_tax if one_gives else first.income_tax
        if saves > 0.0:
            shared_one = assess_person(one, one_benefits, nation, gives if one_gives else receives, law)
            shared_other = assess_person(other, other_benefits, nation, receives if one_gives else gives, law)
            giver, receiver = (shared_one, shared_other) if one_gives else (shared_other, shared_one)
            less = shared_one.income_tax + shared_other.income_tax < first.income_tax + second.income_tax
            if less and may_transfer(giver, receiver, amount, nation, limit):
                return shared_one, shared_other
    return first, second


@rule
def may_transfer(giver: IncomeTax, receiver: IncomeTax, amount: float, nation: int, scottish_limit: float) -> bool:
    """ITA 2007 s.55C: neither partner is taxed above basic rate, and the giver has the amount to give."""
    return (
        giver.personal_allowance >= amount
        and pays_no_more_than_basic_rate(giver, nation, scottish_limit)
        and pays_no_more_than_basic_rate(receiver, nation, scottish_limit)
    )


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    carers_allowance: Any,
    contributory_benefits: Any,
    law: IncomeTaxLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        nation = households[h].nation
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            unit = benefit_units[b]
            start = unit.first_person
            alone = start
            if unit.married == 1 and unit.last_person > start + 1 and persons[start + 1].role == Role.PARTNER:
                claims = unit.draw_marriage_allowance < law.marriage_allowance.take_up
                one, other = married_couple(
                    persons[start],
                    persons[start + 1],
                    taxable_benefits(state_pension[start], carers_allowance[start], contributory_benefits[start]),
                    taxable_benefits(state_pension[start + 1], carers_allowance[start + 1], contributory_benefits[start + 1]),
                    nation,
                    claims,
                    law,
                )
                lines[start] = one
                lines[start + 1] = other
                alone = start + 2
            for p in range(alone, unit.last_person):
                benefits = taxable_benefits(state_pension[p], carers_allowance[p], contributory_benefits[p])
                lines[p] = assess_person(persons[p], benefits, nation, CoupleReliefs(0.0, 0.0, 0.0), law)


INSTRUMENT = Instrument(
    name="income_tax",
    entity="person",
    law=IncomeTaxLaw,
    lines=IncomeTax,
    assess=assess,
    reads=("state_pension", "carers_allowance", "contributory_benefits"),
    title="income tax",
    idle=("personal_allowance", "blind_persons_allowance", "basic_rate_limit"),
)
