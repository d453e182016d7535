"""National Insurance (Social Security Contributions and Benefits Act 1992): classes 1, 2 and 4, and employers' contributions.

Units: £ a year. Thresholds are the annual ones, applied to the year's pay (a person paid unevenly pays a little more).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Pounds, PoundsAWeek, Share, Switch


class Class1(NamedTuple):
    primary_threshold: Pounds
    upper_earnings_limit: Pounds
    main_rate: Share
    additional_rate: Share


class Class2(NamedTuple):
    compulsory: Switch
    weekly_rate: PoundsAWeek
    lower_profits_threshold: Pounds


class Class4(NamedTuple):
    lower_profits_limit: Pounds
    upper_profits_limit: Pounds
    main_rate: Share
    additional_rate: Share


class Employer(NamedTuple):
    secondary_threshold: Pounds
    rate: Share


class NationalInsuranceLaw(NamedTuple):
    minimum_age: Count
    class_1: Class1
    class_2: Class2
    class_4: Class4
    employer: Employer


class NationalInsurance(NamedTuple):
    """Lines of one person's contributions, £ a year. The employer's are not part of what the person pays."""

    class_1: Pounds
    class_2: Pounds
    class_4: Pounds
    national_insurance: Pounds
    employer: Pounds


@rule
def between(amount: float, low: float, high: float) -> float:
    """The part of an amount that lies between two limits."""
    return max(min(amount, high) - low, 0.0)


@rule
def class_1_primary(earnings: float, law: Class1) -> float:
    """SSCBA 1992 s.8: main rate between the primary threshold and the upper limit, additional rate beyond."""
    main = between(earnings, law.primary_threshold, law.upper_earnings_limit)
    return law.main_rate * main + law.additional_rate * max(earnings - law.upper_earnings_limit, 0.0)


@rule
def class_2(profit: float, law: Class2) -> float:
    """SSCBA 1992 s.11: the weekly rate, where it is compulsory and profits exceed the threshold."""
    if law.compulsory == 1.0 and profit > law.lower_profits_threshold:
        return law.weekly_rate * WEEKS_IN_YEAR
    return 0.0


@rule
def class_4(profit: float, earnings: float, law: Class4, class_1: Class1) -> float:
    """SSCBA 1992 s.15 and SI 2001/1004 reg.100: the main rate only up to the yearly maximum, counting Class 1 at the main rate."""
    upper = between(profit, law.lower_profits_limit, law.upper_profits_limit)
    room = max(law.upper_profits_limit - law.lower_profits_limit - class_1_at_main_rate(earnings, class_1), 0.0)
    at_main = min(upper, room)
    beyond = max(profit - law.lower_profits_limit, 0.0) - at_main
    return law.main_rate * at_main + law.additional_rate * beyond


@rule
def class_1_at_main_rate(earnings: float, law: Class1) -> float:
    """The pay on which Class 1 was charged at the main rate."""
    return between(earnings, law.primary_threshold, law.upper_earnings_limit)


@rule
def assess_person(person: Any, over_pension_age: float, law: NationalInsuranceLaw) -> NationalInsurance:
    """SSCBA 1992 ss.6-15: contributions are due from the lowest age until State Pension age; an employer's have no upper age."""
    liable = person.age >= law.minimum_age and over_pension_age == 0.0
    employer = 0.0
    if person.age >= law.minimum_age:
        employer = law.employer.rate * max(person.earnings - law.employer.secondary_threshold, 0.0)
    if not liable:
        return NationalInsurance(0.0, 0.0, 0.0, 0.0, employer)
    profit = max(person.self_employment, 0.0)
    first = class_1_primary(person.earnings, law.class_1)
    second = class_2(profit, law.class_2)
    fourth = class_4(profit, person.earnings, law.class_4, law.class_1)
    return NationalInsurance(first, second, fourth, first + second + fourth, employer)


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    law: NationalInsuranceLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        lines[p] = assess_person(persons[p], state_pension[p].over_pension_age, law)


INSTRUMENT = Instrument(
    name="national_insurance",
    entity="person",
    law=NationalInsuranceLaw,
    lines=NationalInsurance,
    assess=assess,
    reads=("state_pension",),
    title="National Insurance",
)
