"""State Pension (Social Security Contributions and Benefits Act 1992; Pensions Act 2014): the old one and the new.

What a person has built up is the record's own: years of contributions are not in it. The recorded amount is taken apart by which
pension the person has, and each part moves with its own rate. Units: £ a year; the law speaks of weeks.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Pounds, PoundsAWeek, Ratio, Sex


class FullRates(NamedTuple):
    """The pension of a full record."""

    basic: PoundsAWeek
    new: PoundsAWeek


class StatePensionLaw(NamedTuple):
    pension_age: Count
    old_pension_men_from_age: Count
    old_pension_women_from_age: Count
    full: FullRates
    recorded_full: FullRates
    """The rates at which pensions were recorded, which no reform changes."""
    amount_factor: Ratio


class StatePension(NamedTuple):
    """Lines of one person, £ a year; `over_pension_age` is 1 or 0."""

    over_pension_age: Count
    basic_pension: Pounds
    """Of those who reached pension age before 6 April 2016: up to the full basic pension."""
    additional_pension: Pounds
    """Theirs above it: additional and graduated pension, and what was put off."""
    new_pension: Pounds
    """Of those who reached it since: up to the full new pension."""
    protected_payment: Pounds
    """Theirs above it."""
    state_pension: Pounds


@rule
def over_pension_age(age: int, law: StatePensionLaw) -> bool:
    """Pensions Act 1995 Sch 4 (as amended): whether the person has reached State Pension age."""
    return age >= law.pension_age


@rule
def has_old_pension(person: Any, law: StatePensionLaw) -> bool:
    """Pensions Act 2014 s.1: the new pension is for those who reach pension age on or after 6 April 2016."""
    return person.age >= (law.old_pension_men_from_age if person.sex == Sex.MALE else law.old_pension_women_from_age)


@rule
def at_rate(recorded: float, recorded_full: float, full: float) -> float:
    """SSCBA 1992 s.44(4), PA 2014 s.3: a pension built up in part is that part of the full rate."""
    return recorded * full / recorded_full if recorded_full > 0.0 else recorded


@rule
def assess_person(person: Any, law: StatePensionLaw) -> StatePension:
    """SSCBA 1992 ss.44-45, PA 2014 ss.2-4: from pension age the recorded pension, up to the full rate at that rate, and what is above."""
    reached, basic, additional, new, protected = 0.0, 0.0, 0.0, 0.0, 0.0
    if over_pension_age(person.age, law):
        reached = 1.0
        full, recorded_full = law.full.new, law.recorded_full.new
        if has_old_pension(person, law):
            full, recorded_full = law.full.basic, law.recorded_full.basic
        recorded = min(person.state_pension, recorded_full * WEEKS_IN_YEAR)
        at_full, above = at_rate(recorded, recorded_full, full) * law.amount_factor, (person.state_pension - recorded) * law.amount_factor
        if has_old_pension(person, law):
            basic, additional = at_full, above
        else:
            new, protected = at_full, above
    return StatePension(
        over_pension_age=reached,
        basic_pension=basic,
        additional_pension=additional,
        new_pension=new,
        protected_payment=protected,
        state_pension=basic + additional + new + protected,
    )


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
