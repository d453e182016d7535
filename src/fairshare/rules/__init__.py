"""The instruments: one module each, none of which imports another. The order of the year is in `assessment.py`."""

from __future__ import annotations

from fairshare.instrument import Instrument
from fairshare.rules import (
    carers_allowance,
    child_benefit,
    child_benefit_charge,
    dependants,
    disability_benefits,
    disposable_income,
    income_tax,
    national_insurance,
    pension_credit,
    state_pension,
    universal_credit,
)

INSTRUMENTS: dict[str, Instrument] = {
    module.INSTRUMENT.name: module.INSTRUMENT
    for module in (
        carers_allowance,
        child_benefit,
        child_benefit_charge,
        dependants,
        disability_benefits,
        disposable_income,
        income_tax,
        national_insurance,
        pension_credit,
        state_pension,
        universal_credit,
    )
}
