"""Scottish Child Payment (SSI 2020/351): so much a week for each child of a family in Scotland with a qualifying benefit.

Units: £ a year.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Nation, Pounds, PoundsAWeek, Share


class ScottishTakeUp(NamedTuple):
    younger: Share
    older: Share
    older_from_age: Count


class ScottishChildPaymentLaw(NamedTuple):
    amount: PoundsAWeek
    below_age: Count
    take_up: ScottishTakeUp


class ScottishChildPayment(NamedTuple):
    """Lines of one benefit unit, £ a year."""

    children: Count
    scottish_child_payment: Pounds


@rule
def is_claimed(age: int, draw: float, law: ScottishTakeUp) -> bool:
    """Whether the family claims for a child of this age."""
    return draw < (law.older if age >= law.older_from_age else law.younger)


@rule
def payment(children: float, law: ScottishChildPaymentLaw) -> float:
    """SSI 2020/351 reg.20: the weekly amount for each child."""
    return children * law.amount * WEEKS_IN_YEAR


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    dependants: Any,
    pension_credit: Any,
    benefit_cap: Any,
    law: ScottishChildPaymentLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            unit = benefit_units[b]
            # reg.18: an award of a qualifying benefit above nil
            qualifies = benefit_cap[b].universal_credit > 0.0 or pension_credit[b].pension_credit > 0.0
            children = 0.0
            if households[h].nation == Nation.SCOTLAND and qualifies:
                for p in range(unit.first_person, unit.last_person):
                    young = dependants[p].child == 1.0 and persons[p].age < law.below_age
                    if young and is_claimed(persons[p].age, unit.draw_scottish_child_payment, law.take_up):
                        children += 1.0
            lines[b] = ScottishChildPayment(children, payment(children, law))


INSTRUMENT = Instrument(
    name="scottish_child_payment",
    entity="benefit_unit",
    law=ScottishChildPaymentLaw,
    lines=ScottishChildPayment,
    assess=assess,
    reads=("dependants", "pension_credit", "benefit_cap"),
    title="Scottish Child Payment",
)
