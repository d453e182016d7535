"""National Insurance (Social Security Contributions and Benefits Act 1992): classes 1, 2 and 4, and employers' contributions.

Units: £ a year. Pay is taken to be even over the weeks in which it was earned, and is charged on the thresholds of those weeks
(SI 2001/1004 Part 2: contributions are due by earnings period, not by year).
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
    maximum_class_2_weeks: Count
    """Weeks of Class 2 that the yearly maximum counts, while Class 2 is compulsory."""


class Employer(NamedTuple):
    secondary_threshold: Pounds
    rate: Share
    young_age: Count
    young_threshold: Pounds


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


class Jobs(NamedTuple):
    """A person's pay from each job, at the rate of a year: contributions are due on each by itself (SSCBA 1992 s.6(4))."""

    main: float
    second: float


@rule
def jobs_of(person: Any, part_of_year: float) -> Jobs:
    """The second job's pay is a part of all earnings."""
    second = min(person.second_job, person.earnings)
    return Jobs((person.earnings - second) / part_of_year, second / part_of_year)


@rule
def charged_at_main_rate(jobs: Jobs, law: Class1) -> float:
    """SSCBA 1992 s.8, SI 2001/1004 reg.21: between the threshold and the upper limit in each job, in all no more than in one."""
    most = law.upper_earnings_limit - law.primary_threshold
    in_main = between(jobs.main, law.primary_threshold, law.upper_earnings_limit)
    return min(in_main + between(jobs.second, law.primary_threshold, law.upper_earnings_limit), most)


@rule
def class_1_primary(jobs: Jobs, law: Class1) -> float:
    """SSCBA 1992 s.8: the main rate up to the upper limit, the additional rate on what lies above the threshold beyond it."""
    above = max(jobs.main - law.primary_threshold, 0.0) + max(jobs.second - law.primary_threshold, 0.0)
    return class_1_at_main_rate(jobs, law) + law.additional_rate * (above - charged_at_main_rate(jobs, law))


@rule
def class_2(profit: float, law: Class2) -> float:
    """SSCBA 1992 s.11: the weekly rate, where it is compulsory and profits exceed the threshold."""
    if law.compulsory == 1.0 and profit > law.lower_profits_threshold:
        return law.weekly_rate * WEEKS_IN_YEAR
    return 0.0


@rule
def class_4(profit: float, class_1_at_main_rate: float, class_2: float, law: NationalInsuranceLaw) -> float:
    """SSCBA 1992 s.15: the main rate between the limits as far as the yearly maximum allows, the additional rate on the rest."""
    terms = law.class_4
    charged = max(profit - terms.lower_profits_limit, 0.0)
    at_main = between(profit, terms.lower_profits_limit, terms.upper_profits_limit)
    most = yearly_maximum(law) - class_1_at_main_rate - class_2
    if terms.main_rate > 0.0 and at_main * terms.main_rate > most:
        at_main = max(most, 0.0) / terms.main_rate
    return terms.main_rate * at_main + terms.additional_rate * (charged - at_main)


@rule
def yearly_maximum(law: NationalInsuranceLaw) -> float:
    """SI 2001/1004 reg.100: the most Class 4 at the main rate, before Class 1 at its main rate and Class 2 are taken off."""
    class_4, class_2 = law.class_4, law.class_2
    on_profits = (class_4.upper_profits_limit - class_4.lower_profits_limit) * class_4.main_rate
    return on_profits + class_2.compulsory * class_4.maximum_class_2_weeks * class_2.weekly_rate


@rule
def class_1_at_main_rate(jobs: Jobs, law: Class1) -> float:
    """SI 2001/1004 reg.100: the part of Class 1 that was paid at the main rate."""
    return law.main_rate * charged_at_main_rate(jobs, law)


@rule
def class_1_secondary(age: int, jobs: Jobs, law: Employer) -> float:
    """SSCBA 1992 ss.9-9A: each employer's rate above the secondary threshold; for the young only above their own threshold."""
    threshold = law.secondary_threshold
    if age < law.young_age:
        threshold = max(threshold, law.young_threshold)
    return law.rate * (max(jobs.main - threshold, 0.0) + max(jobs.second - threshold, 0.0))


@rule
def assess_person(person: Any, over_pension_age: float, law: NationalInsuranceLaw) -> NationalInsurance:
    """SSCBA 1992 ss.6-15: contributions are due from the lowest age until State Pension age; an employer's have no upper age."""
    liable = person.age >= law.minimum_age and over_pension_age == 0.0
    employer, part = 0.0, person.pay_weeks / WEEKS_IN_YEAR
    jobs = jobs_of(person, part)
    if person.age >= law.minimum_age:
        employer = part * class_1_secondary(person.age, jobs, law.employer)
    if not liable:
        return NationalInsurance(0.0, 0.0, 0.0, 0.0, employer)
    profit = max(person.self_employment, 0.0)
    first = part * class_1_primary(jobs, law.class_1)
    second = class_2(profit, law.class_2)
    fourth = class_4(profit, part * class_1_at_main_rate(jobs, law.class_1), second, law)
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
