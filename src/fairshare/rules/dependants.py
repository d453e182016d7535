"""Dependants: who counts as a child or young person of the benefit unit, for every benefit that asks.

Lines are 1 or 0 for each person.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import CareComponent, Count, DailyLiving, Education, Role


class DependantsLaw(NamedTuple):
    child_age: Count
    young_person_age: Count
    born_before_limit_age: Count


class Dependants(NamedTuple):
    """Lines of one person, 1 or 0."""

    child: Count
    """A child or qualifying young person of the unit."""
    born_before_limit: Count
    """A child born before 6 April 2017, when the two-child limit and the end of the first child's higher rate began."""
    disabled_child: Count
    """A child who receives a disability benefit, or is severely sight impaired."""
    severely_disabled_child: Count
    """A child at the highest rate of care or daily living, or severely sight impaired."""


@rule
def is_child(person: Any, law: DependantsLaw) -> bool:
    """SSCBA 1992 s.142: a dependant below the child's age, or a young person in education that is not advanced."""
    if person.role != Role.DEPENDANT:
        return False
    in_school = person.education == Education.SECONDARY or person.education == Education.FURTHER
    return person.age < law.child_age or (person.age < law.young_person_age and in_school)


@rule
def is_severely_disabled(person: Any) -> bool:
    """SI 2013/376 reg.24(2)(b): highest rate care, enhanced daily living, or severely sight impaired."""
    highest = person.dla_care == CareComponent.HIGHER or person.pip_daily_living == DailyLiving.ENHANCED
    return highest or person.blind == 1


@rule
def is_disabled(person: Any) -> bool:
    """SI 2013/376 reg.24(2)(a): any rate of DLA or PIP (and of the Scottish payments), or severely sight impaired."""
    allowance = person.dla_care > 0 or person.dla_mobility > 0
    payment = person.pip_daily_living > 0 or person.pip_mobility > 0
    return allowance or payment or person.blind == 1


@rule
def assess_person(person: Any, law: DependantsLaw) -> Dependants:
    """SSCBA 1992 s.142; SI 2013/376 regs 5, 24: what kind of dependant a person is, if any."""
    if not is_child(person, law):
        return Dependants(0.0, 0.0, 0.0, 0.0)
    return Dependants(
        child=1.0,
        born_before_limit=1.0 if person.age >= law.born_before_limit_age else 0.0,
        disabled_child=1.0 if is_disabled(person) else 0.0,
        severely_disabled_child=1.0 if is_severely_disabled(person) else 0.0,
    )


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: DependantsLaw, lines: Any, first: int, last: int) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        lines[p] = assess_person(persons[p], law)


INSTRUMENT = Instrument(
    name="dependants",
    entity="person",
    law=DependantsLaw,
    lines=Dependants,
    assess=assess,
    title="dependants",
)
