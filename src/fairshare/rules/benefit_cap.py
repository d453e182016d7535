"""Benefit cap (Welfare Reform Act 2012 ss.96-97; SI 2013/376 Part 7): the most a working-age unit may receive.

Units: £ a year. The nine months of grace after work ends are not known from records.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import MONTHS_IN_YEAR, Count, Pounds, PoundsAMonth, PoundsAYear, Region, Role, WorkCapability


class Caps(NamedTuple):
    greater_london: PoundsAYear
    elsewhere: PoundsAYear


class BenefitCapLaw(NamedTuple):
    single_without_children: Caps
    couple_or_parent: Caps
    earnings_threshold: PoundsAMonth


class BenefitCap(NamedTuple):
    """Lines of one benefit unit, £ a year; `exempt` is 1 or 0."""

    exempt: Count
    cap: Pounds
    counted_benefits: Pounds
    reduction: Pounds
    universal_credit: Pounds
    """Universal Credit after the cap."""


@rule
def cap_for(in_london: bool, single_without_children: bool, law: BenefitCapLaw) -> float:
    """WRA 2012 s.96A, SI 2013/376 reg.80A: by region, and lower for a single person without children."""
    caps = law.couple_or_parent
    if single_without_children:
        caps = law.single_without_children
    return caps.greater_london if in_london else caps.elsewhere


@rule
def exempts(person: Any, disability: Any, carers: Any) -> bool:
    """SI 2013/376 reg.83: a disability benefit of anyone in the unit; an adult's health element or care for another."""
    if disability.disability_benefits > 0.0:
        return True
    ill = person.work_capability == WorkCapability.LIMITED_WORK_RELATED
    return person.role != Role.DEPENDANT and (ill or carers.entitled == 1.0)


@rule
def is_exempt(
    persons: Any, disability: Any, carers: Any, start: int, end: int, carer_element: float, earned: float, law: BenefitCapLaw
) -> bool:
    """SI 2013/376 regs 82-83: earnings at the threshold (the minimum income floor apart), the carer element, or a person who exempts."""
    exempt = carer_element > 0.0 or earned >= law.earnings_threshold * MONTHS_IN_YEAR
    for p in range(start, end):
        exempt = exempt or exempts(persons[p], disability[p], carers[p])
    return exempt


@rule
def reduction(counted: float, cap: float, childcare: float, award: float) -> float:
    """SI 2013/376 reg.81: the excess over the cap, less the childcare element, taken from the award."""
    return min(max(counted - cap - childcare, 0.0), award)


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    disability_benefits: Any,
    carers_allowance: Any,
    child_benefit: Any,
    contributory_benefits: Any,
    universal_credit: Any,
    law: BenefitCapLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        in_london = households[h].region == Region.LONDON
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            unit = benefit_units[b]
            credit = universal_credit[b]
            if credit.universal_credit == 0.0:
                lines[b] = BenefitCap(0.0, 0.0, 0.0, 0.0, 0.0)
                continue
            start, end = unit.first_person, unit.last_person
            counted = credit.universal_credit + child_benefit[b].child_benefit
            for p in range(start, end):  # WRA 2012 s.96(10): with Jobseeker's, Employment and Support and Maternity Allowance
                counted += contributory_benefits[p].contributory_benefits
            if is_exempt(persons, disability_benefits, carers_allowance, start, end, credit.carer_element, credit.earned_income, law):
                lines[b] = BenefitCap(1.0, 0.0, counted, 0.0, credit.universal_credit)
                continue
            couple = start + 1 < end and persons[start + 1].role == Role.PARTNER
            cap = cap_for(in_london, not couple and child_benefit[b].children == 0.0, law)
            cut = reduction(counted, cap, credit.childcare_element, credit.universal_credit)
            lines[b] = BenefitCap(0.0, cap, counted, cut, credit.universal_credit - cut)


INSTRUMENT = Instrument(
    name="benefit_cap",
    entity="benefit_unit",
    law=BenefitCapLaw,
    lines=BenefitCap,
    assess=assess,
    reads=("disability_benefits", "carers_allowance", "child_benefit", "contributory_benefits", "universal_credit"),
    title="benefit cap",
    line_titles={"universal_credit": "Universal Credit after the cap"},
)
