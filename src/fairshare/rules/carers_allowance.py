"""Carer's Allowance (SSCBA 1992 s.70), and Carer Support Payment with its supplement in Scotland.

Units: £ a year. Net earnings are pay and profit less National Insurance and half of pension contributions. Income tax is
not taken off, because pay at the limit lies below the personal allowance; nor is the cost of care while at work.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Education, Nation, Pounds, PoundsAWeek, PoundsAYear, Share, Switch


class ScottishCarers(NamedTuple):
    supplement: PoundsAWeek
    half_yearly_supplement: PoundsAYear
    students_included: Switch
    student_age: Count


class CarersAllowanceLaw(NamedTuple):
    rate: PoundsAWeek
    minimum_hours: Count
    minimum_age: Count
    earnings_limit: PoundsAWeek
    pension_share: Share
    take_up: Share
    scotland: ScottishCarers


class CarersAllowance(NamedTuple):
    """Lines of one person, £ a year; `regular_carer` and `entitled` are 1 or 0."""

    regular_carer: Count
    """Meets every condition but that on earnings: what Universal Credit's carer element asks."""
    net_earnings: Pounds
    entitled: Count
    """Entitled, though another benefit such as State Pension may take the payment's place."""
    carers_allowance: Pounds
    scottish_carer_supplement: Pounds


@rule
def student_excluded(person: Any, nation: int, law: CarersAllowanceLaw) -> bool:
    """SSCBA 1992 s.70(3), SI 1976/409 reg.5: not paid in full-time education (in Scotland, SSI 2023/302 reg.6, only below 20 at school)."""
    if person.education == Education.NONE:
        return False
    if nation == Nation.SCOTLAND and law.scotland.students_included == 1.0:
        return person.education != Education.HIGHER and person.age < law.scotland.student_age
    return True


@rule
def is_regular_carer(person: Any, nation: int, law: CarersAllowanceLaw) -> bool:
    """SSCBA 1992 s.70(1), SI 2013/376 reg.30: cares for the hours that count, is old enough and is no full-time student."""
    cares = person.carer_hours >= law.minimum_hours and person.age >= law.minimum_age
    return cares and not student_excluded(person, nation, law)


@rule
def net_earnings(person: Any, contributions: float, law: CarersAllowanceLaw) -> float:
    """SI 1996/2745 regs 10 and 13: pay and profit less National Insurance and half of pension contributions."""
    gross = person.earnings + max(person.self_employment, 0.0)
    pension = person.pension_net_pay + person.pension_relief_at_source
    return max(gross - contributions - law.pension_share * pension, 0.0)


@rule
def assess_person(
    person: Any, nation: int, claims: bool, overlapping: float, contributions: float, law: CarersAllowanceLaw
) -> CarersAllowance:
    """SSCBA 1992 s.70, SI 1979/597 reg.4: paid below the limit of earnings, less State Pension and contributory benefits, which overlap."""
    if not claims or not is_regular_carer(person, nation, law):
        return CarersAllowance(0.0, 0.0, 0.0, 0.0, 0.0)
    earnings = net_earnings(person, contributions, law)
    if earnings > law.earnings_limit * WEEKS_IN_YEAR:
        return CarersAllowance(1.0, earnings, 0.0, 0.0, 0.0)
    paid = max(law.rate * WEEKS_IN_YEAR - overlapping, 0.0)
    supplement = 0.0
    if nation == Nation.SCOTLAND and paid > 0.0:
        supplement = law.scotland.supplement * WEEKS_IN_YEAR + law.scotland.half_yearly_supplement
    return CarersAllowance(1.0, earnings, 1.0, paid, supplement)


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    national_insurance: Any,
    contributory_benefits: Any,
    law: CarersAllowanceLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        nation = households[h].nation
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            claims = benefit_units[b].draw_carer_element < law.take_up
            for p in range(benefit_units[b].first_person, benefit_units[b].last_person):
                overlapping = state_pension[p].state_pension + contributory_benefits[p].contributory_benefits
                contributions = national_insurance[p].national_insurance
                lines[p] = assess_person(persons[p], nation, claims, overlapping, contributions, law)


INSTRUMENT = Instrument(
    name="carers_allowance",
    entity="person",
    law=CarersAllowanceLaw,
    lines=CarersAllowance,
    assess=assess,
    reads=("state_pension", "national_insurance", "contributory_benefits"),
    title="Carer's Allowance",
    line_titles={"carers_allowance": "Carer's Allowance or Carer Support Payment"},
)
