"""Disability benefits: PIP, DLA and Attendance Allowance, and the Scottish payments that replace them.

Who is awarded which rate is recorded; the law here says what each rate is worth. Units: £ a year.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import (
    WEEKS_IN_YEAR,
    Attendance,
    CareComponent,
    Count,
    DailyLiving,
    Mobility,
    MobilityComponent,
    Nation,
    Pounds,
    PoundsAWeek,
)


class DisabilityRates(NamedTuple):
    daily_living_standard: PoundsAWeek
    daily_living_enhanced: PoundsAWeek
    mobility_standard: PoundsAWeek
    mobility_enhanced: PoundsAWeek
    care_lowest: PoundsAWeek
    care_middle: PoundsAWeek
    care_highest: PoundsAWeek
    child_mobility_lower: PoundsAWeek
    child_mobility_higher: PoundsAWeek
    attendance_lower: PoundsAWeek
    attendance_higher: PoundsAWeek


class DisabilityBenefitsLaw(NamedTuple):
    england_wales_northern_ireland: DisabilityRates
    scotland: DisabilityRates


class DisabilityBenefits(NamedTuple):
    """Lines of one person, £ a year; `needs_care` is 1 or 0."""

    daily_living: Pounds
    mobility: Pounds
    care: Pounds
    care_mobility: Pounds
    attendance: Pounds
    disability_benefits: Pounds
    needs_care: Count
    """Receives a rate that makes another person a carer: daily living, middle or highest care, or attendance."""


@rule
def daily_living(rate: int, law: DisabilityRates) -> float:
    """WRA 2012 s.78: the daily living component."""
    if rate == DailyLiving.ENHANCED:
        return law.daily_living_enhanced
    return law.daily_living_standard if rate == DailyLiving.STANDARD else 0.0


@rule
def mobility(rate: int, law: DisabilityRates) -> float:
    """WRA 2012 s.79: the mobility component."""
    if rate == Mobility.ENHANCED:
        return law.mobility_enhanced
    return law.mobility_standard if rate == Mobility.STANDARD else 0.0


@rule
def care(rate: int, law: DisabilityRates) -> float:
    """SSCBA 1992 s.72: the care component."""
    if rate == CareComponent.HIGHER:
        return law.care_highest
    if rate == CareComponent.MIDDLE:
        return law.care_middle
    return law.care_lowest if rate == CareComponent.LOWER else 0.0


@rule
def care_mobility(rate: int, law: DisabilityRates) -> float:
    """SSCBA 1992 s.73: the mobility component that goes with the care component."""
    if rate == MobilityComponent.HIGHER:
        return law.child_mobility_higher
    return law.child_mobility_lower if rate == MobilityComponent.LOWER else 0.0


@rule
def attendance(rate: int, law: DisabilityRates) -> float:
    """SSCBA 1992 s.65: Attendance Allowance, which has no mobility part."""
    if rate == Attendance.HIGHER:
        return law.attendance_higher
    return law.attendance_lower if rate == Attendance.LOWER else 0.0


@rule
def needs_care(person: Any) -> bool:
    """SSCBA 1992 s.70(2): a rate that counts as severe disability where another cares for the person."""
    return person.pip_daily_living > 0 or person.dla_care >= CareComponent.MIDDLE or person.attendance > 0


@rule
def assess_person(person: Any, law: DisabilityRates) -> DisabilityBenefits:
    """SSCBA 1992 ss.64-73, WRA 2012 ss.77-79 (in Scotland SSI 2021/174, 2022/54, 2024/166): each recorded rate for the year."""
    living = daily_living(person.pip_daily_living, law) * WEEKS_IN_YEAR
    moving = mobility(person.pip_mobility, law) * WEEKS_IN_YEAR
    cared = care(person.dla_care, law) * WEEKS_IN_YEAR
    moved = care_mobility(person.dla_mobility, law) * WEEKS_IN_YEAR
    attended = attendance(person.attendance, law) * WEEKS_IN_YEAR
    total = living + moving + cared + moved + attended
    return DisabilityBenefits(living, moving, cared, moved, attended, total, 1.0 if needs_care(person) else 0.0)


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: DisabilityBenefitsLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        rates = law.england_wales_northern_ireland
        if households[h].nation == Nation.SCOTLAND:
            rates = law.scotland
        for p in range(households[h].first_person, households[h].last_person):
            lines[p] = assess_person(persons[p], rates)


INSTRUMENT = Instrument(
    name="disability_benefits",
    entity="person",
    law=DisabilityBenefitsLaw,
    lines=DisabilityBenefits,
    assess=assess,
    title="disability benefits",
)
