"""Warm Home Discount (Energy Act 2010 s.9; Warm Home Discount Regulations): money off the electricity bill in Great Britain.

Units: £ a year. Suppliers give it and recover it from all bills, so it is neither income nor public spending here and stands on a line
of its own. Before 2025-26 homes that cost much to heat also qualified; records cannot tell them, and they are left out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Nation, Pounds, PoundsAYear, Switch


class WarmHomeDiscountLaw(NamedTuple):
    amount: PoundsAYear
    every_means_tested_benefit: Switch


class WarmHomeDiscount(NamedTuple):
    """Lines of one household, £ a year."""

    warm_home_discount: Pounds


@rule
def qualifies(credit: Any, universal_credit: float, housing_benefit: float, law: WarmHomeDiscountLaw) -> bool:
    """Guarantee credit, and from 2025-26 any means-tested benefit of whoever pays the bill."""
    if credit.pension_credit > 0.0 and credit.guarantee_credit > 0.0:
        return True
    means_tested = credit.pension_credit > 0.0 or universal_credit > 0.0 or housing_benefit > 0.0
    return law.every_means_tested_benefit == 1.0 and means_tested


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    pension_credit: Any,
    housing_benefit: Any,
    benefit_cap: Any,
    law: WarmHomeDiscountLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        discount = 0.0
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            pays_bill = households[h].nation != Nation.NORTHERN_IRELAND and benefit_units[b].householder == 1
            if pays_bill and qualifies(pension_credit[b], benefit_cap[b].universal_credit, housing_benefit[b].housing_benefit, law):
                discount = law.amount
        lines[h] = WarmHomeDiscount(discount)


INSTRUMENT = Instrument(
    name="warm_home_discount",
    entity="household",
    law=WarmHomeDiscountLaw,
    lines=WarmHomeDiscount,
    assess=assess,
    reads=("pension_credit", "housing_benefit", "benefit_cap"),
    title="Warm Home Discount",
    line_titles={"warm_home_discount": "money off the electricity bill"},
)
