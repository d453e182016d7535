"""Tax-Free Childcare (Childcare Payments Act 2014; SI 2015/448): a share of what working parents pay for registered childcare.

Units: £ a year. A family with a Universal Credit award is taken to keep it, because it may not have both.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Pounds, PoundsAWeek, PoundsAYear, Role, Share, WorkCapability


class TaxFreeChildcareLaw(NamedTuple):
    top_up: Share
    most_for_child: PoundsAYear
    most_for_disabled_child: PoundsAYear
    oldest_age: Count
    oldest_disabled_age: Count
    minimum_earnings: PoundsAWeek
    income_limit: Pounds
    take_up: Share


class TaxFreeChildcare(NamedTuple):
    """Lines of one benefit unit, £ a year."""

    parents_qualify: Count
    """1 where the parents' work and incomes meet the conditions, which funded hours share."""
    costs: Pounds
    tax_free_childcare: Pounds


@rule
def top_up(cost: float, disabled: bool, law: TaxFreeChildcareLaw) -> float:
    """CPA 2014 s.19: the share of one child's costs, up to the most for the child."""
    return min(cost * law.top_up, law.most_for_disabled_child if disabled else law.most_for_child)


@rule
def counts(age: int, disabled: bool, law: TaxFreeChildcareLaw) -> bool:
    """SI 2015/448 reg.5: whether a child is young enough."""
    return age <= (law.oldest_disabled_age if disabled else law.oldest_age)


@rule
def works_enough(person: Any, law: TaxFreeChildcareLaw) -> bool:
    """SI 2015/448 reg.9: expects the minimum earnings from work."""
    return person.earnings + max(person.self_employment, 0.0) >= law.minimum_earnings * WEEKS_IN_YEAR


@rule
def is_excused(person: Any, carer: Any) -> bool:
    """SI 2015/448 reg.13: one of a couple may be a carer, or ill, instead of working."""
    return carer.entitled == 1.0 or person.work_capability != WorkCapability.FULL


@rule
def parents_qualify(persons: Any, carers: Any, income_tax: Any, start: int, couple: bool, law: TaxFreeChildcareLaw) -> bool:
    """CPA 2014 ss.6-10: both parents work, or one works and the other is excused; neither has income above the limit."""
    within = income_tax[start].adjusted_net_income <= law.income_limit
    works = works_enough(persons[start], law)
    if not couple:
        return within and works
    other = start + 1
    within = within and income_tax[other].adjusted_net_income <= law.income_limit
    other_works = works_enough(persons[other], law)
    one_excused = (works and is_excused(persons[other], carers[other])) or (other_works and is_excused(persons[start], carers[start]))
    return within and ((works and other_works) or one_excused)


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    dependants: Any,
    carers_allowance: Any,
    income_tax: Any,
    universal_credit: Any,
    law: TaxFreeChildcareLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for b in range(households[first].first_benefit_unit, households[last - 1].last_benefit_unit):
        unit = benefit_units[b]
        start = unit.first_person
        couple = start + 1 < unit.last_person and persons[start + 1].role == Role.PARTNER
        costs, paid = 0.0, 0.0
        claims = unit.draw_tax_free_childcare < law.take_up and universal_credit[b].universal_credit == 0.0
        for p in range(start, unit.last_person):
            disabled = dependants[p].disabled_child == 1.0
            if dependants[p].child == 1.0 and persons[p].childcare_costs > 0.0 and counts(persons[p].age, disabled, law):
                costs += persons[p].childcare_costs
                paid += top_up(persons[p].childcare_costs, disabled, law)
        qualify = parents_qualify(persons, carers_allowance, income_tax, start, couple, law)
        if not (claims and qualify):
            paid = 0.0
        lines[b] = TaxFreeChildcare(1.0 if qualify else 0.0, costs, paid)


INSTRUMENT = Instrument(
    name="tax_free_childcare",
    entity="benefit_unit",
    law=TaxFreeChildcareLaw,
    lines=TaxFreeChildcare,
    assess=assess,
    reads=("dependants", "carers_allowance", "income_tax", "universal_credit"),
    title="Tax-Free Childcare",
    idle=("parents_qualify",),
)
