"""State Pension (Social Security Contributions and Benefits Act 1992; Pensions Act 2014), as recorded for each person.

The law here says who has reached pension age and what the yearly rise is; the amount is the person's own record.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Pounds, Ratio


class StatePensionLaw(NamedTuple):
    pension_age: Count
    amount_factor: Ratio


class StatePension(NamedTuple):
    """Lines of one person, £ a year; `over_pension_age` is 1 or 0."""

    over_pension_age: Count
    state_pension: Pounds


@rule
def over_pension_age(age: int, law: StatePensionLaw) -> bool:
    """Pensions Act 1995 Sch 4 (as amended): whether the person has reached State Pension age."""
    return age >= law.pension_age


@rule
def assess_person(person: Any, law: StatePensionLaw) -> StatePension:
    """SSCBA 1992 s.44, PA 2014 s.2: from pension age the recorded pension, scaled where a reform scales all pensions."""
    reached = 1.0 if over_pension_age(person.age, law) else 0.0
    return StatePension(reached, person.state_pension * law.amount_factor * reached)


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: StatePensionLaw, lines: Any, first: int, last: int) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        lines[p] = assess_person(persons[p], law)


INSTRUMENT = Instrument(
    name="state_pension",
    entity="person",
    law=StatePensionLaw,
    lines=StatePension,
    assess=assess,
    title="State Pension",
)
