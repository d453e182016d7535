"""Healthy Start (SI 2005/3262): money for milk, fruit and vegetables on a card, outside Scotland.

Units: £ a year. Who is pregnant is known from household files alone. Where a family claims, the draw is that of the Scottish Child
Payment, which is used nowhere else outside Scotland.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import MONTHS_IN_YEAR, WEEKS_IN_YEAR, Count, Nation, Pounds, PoundsAMonth, PoundsAWeek, Share


class HealthyStartLaw(NamedTuple):
    standard: PoundsAWeek
    under_one: PoundsAWeek
    oldest_age: Count
    pregnancy_weeks: Count
    earnings_limit: PoundsAMonth
    take_up: Share


class HealthyStart(NamedTuple):
    """Lines of one benefit unit, £ a year."""

    qualifies: Count
    healthy_start: Pounds


@rule
def amount_for(age: int, law: HealthyStartLaw) -> float:
    """SI 2005/3262 reg.8: more in a child's first year, the standard amount up to the age limit."""
    if age == 0:
        return law.under_one * WEEKS_IN_YEAR
    return law.standard * WEEKS_IN_YEAR if age <= law.oldest_age else 0.0


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    dependants: Any,
    pension_credit: Any,
    universal_credit: Any,
    benefit_cap: Any,
    law: HealthyStartLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            unit = benefit_units[b]
            # reg.3: Universal Credit with earnings up to the limit, or Pension Credit with a child
            low_paid = universal_credit[b].earned_income <= law.earnings_limit * MONTHS_IN_YEAR
            on_credit = (benefit_cap[b].universal_credit > 0.0 and low_paid) or pension_credit[b].pension_credit > 0.0
            due = 0.0
            if on_credit and households[h].nation != Nation.SCOTLAND:
                for p in range(unit.first_person, unit.last_person):
                    if dependants[p].child == 1.0:
                        due += amount_for(persons[p].age, law)
                    elif persons[p].pregnant == 1:
                        due += law.standard * law.pregnancy_weeks
            claims = unit.draw_scottish_child_payment < law.take_up
            lines[b] = HealthyStart(1.0 if due > 0.0 else 0.0, due if claims else 0.0)


INSTRUMENT = Instrument(
    name="healthy_start",
    entity="benefit_unit",
    law=HealthyStartLaw,
    lines=HealthyStart,
    assess=assess,
    reads=("dependants", "pension_credit", "universal_credit", "benefit_cap"),
    title="Healthy Start",
)
