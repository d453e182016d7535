"""The instruments: one module each, none of which imports another. The order of the year is in `assessment.py`."""

from __future__ import annotations

from fairshare.instrument import Instrument
from fairshare.rules import (
    benefit_cap,
    capital_gains_tax,
    carers_allowance,
    child_benefit,
    child_benefit_charge,
    council_tax,
    council_tax_reduction,
    dependants,
    disability_benefits,
    disposable_income,
    equal_payment,
    housing_benefit,
    income_tax,
    national_insurance,
    pension_credit,
    post_tax_income,
    scottish_child_payment,
    state_pension,
    student_loan,
    tax_free_childcare,
    universal_credit,
    wealth_tax,
    winter_fuel,
)

INSTRUMENTS: dict[str, Instrument] = {
    module.INSTRUMENT.name: module.INSTRUMENT
    for module in (
        benefit_cap,
        capital_gains_tax,
        carers_allowance,
        child_benefit,
        child_benefit_charge,
        council_tax,
        council_tax_reduction,
        dependants,
        disability_benefits,
        disposable_income,
        equal_payment,
        housing_benefit,
        income_tax,
        national_insurance,
        pension_credit,
        post_tax_income,
        scottish_child_payment,
        state_pension,
        student_loan,
        tax_free_childcare,
        universal_credit,
        wealth_tax,
        winter_fuel,
    )
}
