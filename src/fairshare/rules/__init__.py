"""The instruments: one module each, none of which imports another. The order of the year is in `assessment.py`."""

from __future__ import annotations

from fairshare.instrument import Instrument
from fairshare.rules import disposable_income, income_tax, national_insurance, state_pension

INSTRUMENTS: dict[str, Instrument] = {
    module.INSTRUMENT.name: module.INSTRUMENT
    for module in (
        disposable_income,
        income_tax,
        national_insurance,
        state_pension,
    )
}
