"""Insurance premium tax (Finance Act 1994 s.48): what households pay within their premiums.

Units: £ a year. Premiums are a part of other spending and include the tax; what was insured stays the same under a reform.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share


class PremiumRates(NamedTuple):
    standard: Share
    higher: Share


class PremiumShares(NamedTuple):
    standard: Share
    higher: Share


class InsurancePremiumTaxLaw(NamedTuple):
    rates: PremiumRates
    recorded: PremiumRates
    """The rates in the prices at which spending was recorded, which no reform changes."""
    shares: PremiumShares


class InsurancePremiumTax(NamedTuple):
    """Lines of one household, £ a year."""

    premiums: Pounds
    """With the tax, at recorded prices."""
    insurance_premium_tax: Pounds


@rule
def tax_in_premium(premium: float, recorded_rate: float, rate: float) -> float:
    """FA 1994 s.50: the tax on a premium that was recorded with tax."""
    return premium / (1.0 + recorded_rate) * rate


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: InsurancePremiumTaxLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        standard = households[h].spending_miscellaneous * law.shares.standard
        higher = households[h].spending_miscellaneous * law.shares.higher
        lines[h] = InsurancePremiumTax(
            premiums=standard + higher,
            insurance_premium_tax=tax_in_premium(standard, law.recorded.standard, law.rates.standard)
            + tax_in_premium(higher, law.recorded.higher, law.rates.higher),
        )


INSTRUMENT = Instrument(
    name="insurance_premium_tax",
    entity="household",
    law=InsurancePremiumTaxLaw,
    lines=InsurancePremiumTax,
    assess=assess,
    title="insurance premium tax",
    idle=("premiums",),
)
