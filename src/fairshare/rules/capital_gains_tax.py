"""Capital gains tax (Taxation of Chargeable Gains Act 1992): each person's tax on gains made on sales in the year.

Units: £ a year. Gains are the top slice, above all income, in the whole UK by the UK limit. Losses of other years, reliefs for
business assets and the separate rates for homes before 30 October 2024 are left out, because records do not hold them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share


class CapitalGainsTaxLaw(NamedTuple):
    annual_exempt_amount: Pounds
    basic_rate: Share
    higher_rate: Share
    additional: Share
    additional_above: Pounds
    inflation_in_gains: Share


class CapitalGainsTax(NamedTuple):
    """Lines of one person's assessment, £ a year."""

    gains: Pounds
    """Gains less losses of the year; nothing where losses exceed gains. Without what is inflation, where the law leaves that out."""
    annual_exempt_amount: Pounds
    """The part of it that is used."""
    taxable_gains: Pounds
    at_basic_rate: Pounds
    """Taxable gains that fit in what income leaves of the basic rate band."""
    at_higher_rate: Pounds
    at_additional_rate: Pounds
    """The part of gains at the higher rate that lies above the limit from which income bears the additional rate."""
    capital_gains_tax: Pounds


@rule
def taxable_income(income_tax: Any) -> float:
    """TCGA 1992 s.1J: income on which income tax is charged, after allowances."""
    other = income_tax.taxable_non_savings + income_tax.taxable_property
    return other + income_tax.taxable_savings + income_tax.taxable_dividends


@rule
def assess_person(gains_less_losses: float, unused_basic_rate_band: float, unused_below: float, law: CapitalGainsTaxLaw) -> CapitalGainsTax:
    """TCGA 1992 ss.1D-1K: gains above the exempt amount, at the basic rate in the unused band and the higher rate beyond.

    `unused_below` is what income leaves below the limit of the additional rate, £; no more is charged there unless a proposal says so.
    """
    gains = (1.0 - law.inflation_in_gains) * max(gains_less_losses, 0.0)
    exempt = min(gains, law.annual_exempt_amount)
    taxable = gains - exempt
    at_basic_rate = min(taxable, unused_basic_rate_band)
    at_higher_rate = taxable - at_basic_rate
    at_additional_rate = max(taxable - max(unused_below, at_basic_rate), 0.0)
    tax = law.basic_rate * at_basic_rate + law.higher_rate * at_higher_rate + law.additional * at_additional_rate
    return CapitalGainsTax(gains, exempt, taxable, at_basic_rate, at_higher_rate, at_additional_rate, tax)


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    income_tax: Any,
    law: CapitalGainsTaxLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        income = taxable_income(income_tax[p])
        unused = max(income_tax[p].basic_rate_limit - income, 0.0)
        lines[p] = assess_person(persons[p].capital_gains, unused, max(law.additional_above - income, 0.0), law)


INSTRUMENT = Instrument(
    name="capital_gains_tax",
    entity="person",
    law=CapitalGainsTaxLaw,
    lines=CapitalGainsTax,
    assess=assess,
    reads=("income_tax",),
    title="capital gains tax",
)
