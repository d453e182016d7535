"""High Income Child Benefit Charge (ITEPA 2003 ss.681B-681H): the partner with the higher income repays Child Benefit.

Units: £ a year.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import PERCENT, Count, Pounds, Role


class ChildBenefitChargeLaw(NamedTuple):
    threshold: Pounds
    income_per_percent: Pounds
    most: Count


class ChildBenefitCharge(NamedTuple):
    """Lines of one person, £ a year; the percentage runs from 0 to 100."""

    percentage: Count
    child_benefit_charge: Pounds


@rule
def percentage(adjusted_net_income: float, law: ChildBenefitChargeLaw) -> float:
    """ITEPA 2003 s.681C(2) and (4): one per cent for each step of income above the threshold, rounded down."""
    excess = max(adjusted_net_income - law.threshold, 0.0)
    if law.income_per_percent == 0.0:
        return law.most if excess > 0.0 else 0.0
    return min(float(math.floor(excess / law.income_per_percent)), law.most)


@rule
def assess_person(adjusted_net_income: float, child_benefit: float, law: ChildBenefitChargeLaw) -> ChildBenefitCharge:
    """ITEPA 2003 s.681C: the percentage of the Child Benefit paid, rounded down to a pound."""
    share = percentage(adjusted_net_income, law)
    return ChildBenefitCharge(share, float(math.floor(child_benefit * share / PERCENT)))


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    income_tax: Any,
    child_benefit: Any,
    law: ChildBenefitChargeLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for b in range(households[first].first_benefit_unit, households[last - 1].last_benefit_unit):
        unit = benefit_units[b]
        # s.681B(3)-(4): the claimant is charged unless the partner's income is higher
        charged = unit.first_person
        other = charged + 1
        couple = other < unit.last_person and persons[other].role == Role.PARTNER
        if couple and income_tax[other].adjusted_net_income > income_tax[charged].adjusted_net_income:
            charged = other
        for p in range(unit.first_person, unit.last_person):
            lines[p] = ChildBenefitCharge(0.0, 0.0)
        paid = child_benefit[b].child_benefit
        if paid > 0.0:
            lines[charged] = assess_person(income_tax[charged].adjusted_net_income, paid, law)


INSTRUMENT = Instrument(
    name="child_benefit_charge",
    entity="person",
    law=ChildBenefitChargeLaw,
    lines=ChildBenefitCharge,
    assess=assess,
    reads=("income_tax", "child_benefit"),
    title="High Income Child Benefit Charge",
)
