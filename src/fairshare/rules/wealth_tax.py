"""A yearly tax on net wealth. No such tax is in force in the United Kingdom: this is the form that a proposal fills in.

Units: £ of wealth, £ a year of tax. Wealth is worked for the household, and for each person by the share of it the person owns.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from annotated_types import Ge

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share, Stock, Switch
from fairshare.schedule import Schedule, charge


class Counted(NamedTuple):
    """The kinds of wealth that count, 1 or 0 each."""

    main_home: Switch
    other_property: Switch
    financial: Switch
    business: Switch
    pension: Switch
    physical: Switch
    debts_deducted: Switch


class IncomeLimit(NamedTuple):
    share: Annotated[float, Ge(0), "or no limit"]
    least: Share


class Reliefs(NamedTuple):
    """What is left out of the kinds that count, besides the main home."""

    business: Share
    business_most: Annotated[float, Ge(0), "or no limit"]
    pension: Annotated[float, Ge(0), "or no limit"]


class WealthTaxLaw(NamedTuple):
    bands: Schedule
    per_person: Switch
    per_couple: Switch
    counts: Counted
    main_home_relief: Pounds
    relief: Reliefs
    income_limit: IncomeLimit
    administration: Share


class WealthTax(NamedTuple):
    """Lines of one household: £ of wealth, then £ a year of tax."""

    gross_wealth: Stock
    debts: Stock
    net_wealth: Stock
    main_home_relief: Pounds
    other_reliefs: Pounds
    taxable_wealth: Stock
    tax_before_limit: Pounds
    reduced_by_income_limit: Pounds
    wealth_tax: Pounds
    administration: Pounds
    """What it costs the public sector to value what is owned and to collect the tax; no cost of the household."""


@rule
def gross_wealth(household: Any, counts: Counted) -> float:
    """What the household owns of the kinds that count, £."""
    homes = counts.main_home * household.main_home_wealth + counts.other_property * household.other_property_wealth
    saved = counts.financial * household.financial_wealth + counts.pension * household.pension_wealth
    return homes + saved + counts.business * household.business_wealth + counts.physical * household.physical_wealth


@rule
def debts(household: Any, counts: Counted) -> float:
    """Debts taken from what is owned, £; loans on property in the part of all property that counts."""
    property_owned = household.main_home_wealth + household.other_property_wealth
    counted = counts.main_home * household.main_home_wealth + counts.other_property * household.other_property_wealth
    part = counted / property_owned if property_owned > 0.0 else 1.0
    return counts.debts_deducted * (household.mortgage_debt * part + household.debts)


@rule
def main_home_relief(household: Any, law: WealthTaxLaw) -> float:
    """The part of the main home's value, less the loan on it, that is left out, £."""
    property_owned = household.main_home_wealth + household.other_property_wealth
    part = household.main_home_wealth / property_owned if property_owned > 0.0 else 0.0
    loan = law.counts.debts_deducted * household.mortgage_debt * part
    return min(law.main_home_relief, max(household.main_home_wealth - loan, 0.0) * law.counts.main_home)


@rule
def other_reliefs(household: Any, counts: Counted, relief: Reliefs) -> float:
    """The parts of business assets (farms among them) and of pension rights that are left out, £."""
    business = min(relief.business * household.business_wealth, relief.business_most)
    return counts.business * business + counts.pension * min(relief.pension, household.pension_wealth)


@rule
def tax_after_limit(tax: float, other_taxes: float, income: float, law: IncomeLimit) -> float:
    """The tax, kept with income tax and contributions below a share of income, but never below its own least part."""
    if math.isinf(law.share):
        return tax
    room = max(law.share * max(income, 0.0) - other_taxes, 0.0)
    return max(min(tax, room), law.least * tax)


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    income_tax: Any,
    national_insurance: Any,
    law: WealthTaxLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        household = households[h]
        gross = gross_wealth(household, law.counts)
        owed = debts(household, law.counts)
        net = gross - owed
        relief = main_home_relief(household, law)
        others = other_reliefs(household, law.counts, law.relief)
        base = max(net - relief - others, 0.0)
        owned = 0.0
        for p in range(household.first_person, household.last_person):
            owned += persons[p].wealth_share
        before, after = 0.0, 0.0
        apart = owned > 0.0 and law.per_person + law.per_couple > 0.0
        share, income, taxes, unit = 0.0, 0.0, 0.0, -1
        for p in range(household.first_person, household.last_person):  # people stand in the order of their benefit units
            if apart and p > household.first_person and (law.per_person > 0.0 or persons[p].benefit_unit != unit):
                due = charge(law.bands, base * share / owned)
                before += due
                after += tax_after_limit(due, taxes, income, law.income_limit)
                share, income, taxes = 0.0, 0.0, 0.0
            unit = persons[p].benefit_unit
            share += persons[p].wealth_share
            income += income_tax[p].total_income
            taxes += income_tax[p].income_tax + national_insurance[p].national_insurance
        due = charge(law.bands, base * share / owned if apart else base)
        before += due
        after += tax_after_limit(due, taxes, income, law.income_limit)
        lines[h] = WealthTax(
            gross_wealth=gross,
            debts=owed,
            net_wealth=net,
            main_home_relief=relief,
            other_reliefs=others,
            taxable_wealth=base,
            tax_before_limit=before,
            reduced_by_income_limit=before - after,
            wealth_tax=after,
            administration=law.administration * after,
        )


INSTRUMENT = Instrument(
    name="wealth_tax",
    entity="household",
    law=WealthTaxLaw,
    lines=WealthTax,
    assess=assess,
    reads=("income_tax", "national_insurance"),
    title="wealth tax",
    idle=("gross_wealth", "debts", "net_wealth", "main_home_relief", "other_reliefs", "taxable_wealth"),
)
