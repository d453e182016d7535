"""A local income tax. None is in force: this is the form that a proposal fills in.

Units: £ a year. It is charged at one rate on what income tax is charged on, so it follows that tax's allowances. Means tests leave it out:
they take off income tax alone.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share, Switch


class LocalIncomeTaxLaw(NamedTuple):
    rate: Share
    savings_and_dividends: Switch


class LocalIncomeTax(NamedTuple):
    """Lines of one person, £ a year."""

    taxable: Pounds
    local_income_tax: Pounds


@rule
def taxable(income_tax: Any, savings_and_dividends: float) -> float:
    """Income after allowances, as ITA 2007 s.23 step 3 leaves it: from work, pensions and property, and from savings where they count."""
    from_savings = income_tax.taxable_savings + income_tax.taxable_dividends
    return income_tax.taxable_non_savings + income_tax.taxable_property + savings_and_dividends * from_savings


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    income_tax: Any,
    law: LocalIncomeTaxLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        base = taxable(income_tax[p], law.savings_and_dividends)
        lines[p] = LocalIncomeTax(base, law.rate * base)


INSTRUMENT = Instrument(
    name="local_income_tax",
    entity="person",
    law=LocalIncomeTaxLaw,
    lines=LocalIncomeTax,
    assess=assess,
    reads=("income_tax",),
    title="local income tax",
    idle=("taxable",),
)
