"""Disposable income, as Households Below Average Income counts it: what a household has after taxes and benefits.

Units: £ a year. Gains on sales are left out, and so are benefits in kind. Mortgage capital is not a housing cost here,
because it buys an asset.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Pounds, Ratio


class EquivalenceWeights(NamedTuple):
    first_adult: Ratio
    further_person: Ratio
    young_child: Ratio


class DisposableIncomeLaw(NamedTuple):
    """Not law but the statistical convention: the weights that make households of different sizes comparable."""

    before_housing_costs: EquivalenceWeights
    after_housing_costs: EquivalenceWeights
    older_child_age: Count


class DisposableIncome(NamedTuple):
    """Lines of one household, £ a year; the two scales are multiples of a couple's need."""

    market_income: Pounds
    maintenance: Pounds
    dividends_of_fund: Pounds
    """From an employee-ownership fund, as expected."""
    state_pension: Pounds
    disability_benefits: Pounds
    carers_allowance: Pounds
    contributory_benefits: Pounds
    child_benefit: Pounds
    pension_credit: Pounds
    universal_credit: Pounds
    """After the benefit cap."""
    housing_benefit: Pounds
    discretionary_housing_payment: Pounds
    scottish_child_payment: Pounds
    healthy_start: Pounds
    best_start: Pounds
    student_maintenance: Pounds
    """A loan, which the statistics count as income."""
    winter_fuel_payment: Pounds
    tax_free_childcare: Pounds
    equal_payment: Pounds
    benefits: Pounds
    income_tax: Pounds
    child_benefit_charge: Pounds
    winter_fuel_charge: Pounds
    national_insurance: Pounds
    council_tax: Pounds
    """After reduction; with the high value surcharge of those who own their home."""
    wealth_tax: Pounds
    local_income_tax: Pounds
    tax_put_off: Pounds
    """Tax on homes and wealth that is owed, but not paid this year: taken off the taxes above."""
    taxes: Pounds
    pension_contributions: Pounds
    student_loan: Pounds
    disposable_income: Pounds
    housing_costs: Pounds
    disposable_income_after_housing_costs: Pounds
    equivalence_scale: Ratio
    equivalence_scale_after_housing_costs: Ratio


@rule
def market_income(person: Any) -> float:
    """Income from work, savings, property and private pensions, before any tax; gains on sales are left out."""
    property_income = person.property_income - person.property_finance_costs
    from_work = person.earnings + person.self_employment
    from_savings = person.savings_interest + person.dividends
    return from_work + from_savings + person.private_pension + property_income + person.other_income


@rule
def pension_contributions(person: Any) -> float:
    """What a person pays into a pension out of income; salary given up is already out of earnings."""
    return person.pension_net_pay + person.pension_relief_at_source


@rule
def weight_of(age: int, weights: EquivalenceWeights, older_child_age: float) -> float:
    """The weight of one person who is not the first adult."""
    return weights.further_person if age >= older_child_age else weights.young_child


@rule
def equivalence_scale(persons: Any, start: int, end: int, weights: EquivalenceWeights, older_child_age: float) -> float:
    """The modified OECD scale: the first adult, then each further person by age."""
    scale = weights.first_adult - weight_of(persons[start].age, weights, older_child_age)
    for p in range(start, end):
        scale += weight_of(persons[p].age, weights, older_child_age)
    return scale


@rule
def housing_costs(household: Any) -> float:
    """Rent before any help, mortgage interest, and water charges."""
    return household.rent + household.mortgage_interest + household.water_charges


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    disability_benefits: Any,
    carers_allowance: Any,
    contributory_benefits: Any,
    student_maintenance: Any,
    income_tax: Any,
    national_insurance: Any,
    student_loan: Any,
    child_benefit: Any,
    child_benefit_charge: Any,
    pension_credit: Any,
    universal_credit: Any,
    tax_free_childcare: Any,
    housing_benefit: Any,
    benefit_cap: Any,
    scottish_child_payment: Any,
    healthy_start: Any,
    best_start: Any,
    winter_fuel: Any,
    council_tax: Any,
    council_tax_reduction: Any,
    wealth_tax: Any,
    local_income_tax: Any,
    employee_ownership_fund: Any,
    deferral: Any,
    equal_payment: Any,
    law: DisposableIncomeLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        household = households[h]
        market, contributions, loans = 0.0, 0.0, 0.0
        pension, disability, carers, winter = 0.0, 0.0, 0.0, 0.0
        contributory, lent = 0.0, 0.0
        local, from_fund = 0.0, 0.0
        tax, insurance, child_charge, winter_charge = 0.0, 0.0, 0.0, 0.0
        for p in range(household.first_person, household.last_person):
            market += market_income(persons[p])
            contributions += pension_contributions(persons[p])
            loans += student_loan[p].repayment
            pension += state_pension[p].state_pension
            disability += disability_benefits[p].disability_benefits
            carers += carers_allowance[p].carers_allowance + carers_allowance[p].scottish_carer_supplement
            contributory += contributory_benefits[p].contributory_benefits
            lent += student_maintenance[p].maintenance_loan
            winter += winter_fuel[p].winter_fuel_payment
            tax += income_tax[p].income_tax
            insurance += national_insurance[p].national_insurance
            local += local_income_tax[p].local_income_tax
            from_fund += employee_ownership_fund[p].paid_to_worker
            child_charge += child_benefit_charge[p].child_benefit_charge
            winter_charge += winter_fuel[p].winter_fuel_charge
        maintenance, children, credit, universal = 0.0, 0.0, 0.0, 0.0
        healthy, best = 0.0, 0.0
        rent_help, made_good, scottish_children, childcare, reduction = 0.0, 0.0, 0.0, 0.0, 0.0
        for b in range(household.first_benefit_unit, household.last_benefit_unit):
            maintenance += benefit_units[b].maintenance
            children += child_benefit[b].child_benefit
            credit += pension_credit[b].pension_credit
            universal += benefit_cap[b].universal_credit
            childcare += tax_free_childcare[b].tax_free_childcare
            reduction += council_tax_reduction[b].council_tax_reduction
            rent_help += housing_benefit[b].housing_benefit
            made_good += universal_credit[b].discretionary_housing_payment
            scottish_children += scottish_child_payment[b].scottish_child_payment
            healthy += healthy_start[b].healthy_start
            best += best_start[b].best_start
        means_tested = credit + universal + rent_help + made_good + scottish_children + healthy + best
        paid_to_all = equal_payment[h].equal_payment
        not_tested = pension + disability + carers + contributory + children + winter + childcare + lent
        benefits = not_tested + means_tested + paid_to_all
        on_home = council_tax[h].council_tax + council_tax[h].surcharge_owed - reduction
        on_wealth = wealth_tax[h].wealth_tax
        put_off = deferral[h].deferral
        taxes = tax + insurance + child_charge + winter_charge + on_home + on_wealth + local - put_off
        income = market + maintenance + from_fund + benefits - taxes - contributions - loans
        costs = housing_costs(household)
        start, end = household.first_person, household.last_person
        lines[h] = DisposableIncome(
            market_income=market,
            maintenance=maintenance,
            dividends_of_fund=from_fund,
            state_pension=pension,
            disability_benefits=disability,
            carers_allowance=carers,
            contributory_benefits=contributory,
            child_benefit=children,
            pension_credit=credit,
            universal_credit=universal,
            housing_benefit=rent_help,
            discretionary_housing_payment=made_good,
            scottish_child_payment=scottish_children,
            healthy_start=healthy,
            best_start=best,
            student_maintenance=lent,
            winter_fuel_payment=winter,
            tax_free_childcare=childcare,
            equal_payment=paid_to_all,
            benefits=benefits,
            income_tax=tax,
            child_benefit_charge=child_charge,
            winter_fuel_charge=winter_charge,
            national_insurance=insurance,
            council_tax=on_home,
            wealth_tax=on_wealth,
            local_income_tax=local,
            tax_put_off=-put_off,
            taxes=taxes,
            pension_contributions=contributions,
            student_loan=loans,
            disposable_income=income,
            housing_costs=costs,
            disposable_income_after_housing_costs=income - costs,
            equivalence_scale=equivalence_scale(persons, start, end, law.before_housing_costs, law.older_child_age),
            equivalence_scale_after_housing_costs=equivalence_scale(persons, start, end, law.after_housing_costs, law.older_child_age),
        )


INSTRUMENT = Instrument(
    name="disposable_income",
    entity="household",
    law=DisposableIncomeLaw,
    lines=DisposableIncome,
    assess=assess,
    reads=(
        "state_pension",
        "disability_benefits",
        "carers_allowance",
        "contributory_benefits",
        "student_maintenance",
        "income_tax",
        "national_insurance",
        "student_loan",
        "child_benefit",
        "child_benefit_charge",
        "pension_credit",
        "universal_credit",
        "tax_free_childcare",
        "housing_benefit",
        "benefit_cap",
        "scottish_child_payment",
        "healthy_start",
        "best_start",
        "winter_fuel",
        "council_tax",
        "council_tax_reduction",
        "wealth_tax",
        "local_income_tax",
        "employee_ownership_fund",
        "deferral",
        "equal_payment",
    ),
    title="disposable income",
)
