"""New-style Jobseeker's Allowance (JSA 1995), Employment and Support Allowance (WRA 2007), Maternity Allowance (SSCBA 1992 s.35).

Units: £ a year. Whether contributions suffice is not worked out: a record says for how many weeks each is paid, and the law sets
the rest. No pay is taken to fall within those weeks. Additions for work-related activity to claims from before April 2017 are left out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Pounds, PoundsAWeek, Share, WorkCapability


class JobseekersAllowance(NamedTuple):
    under_25: PoundsAWeek
    from_25: PoundsAWeek
    full_rate_age: Count
    most_weeks: Count
    pension_disregard: PoundsAWeek


class EmploymentAndSupportAllowance(NamedTuple):
    assessment_under_25: PoundsAWeek
    rate: PoundsAWeek
    full_rate_age: Count
    support_component: PoundsAWeek
    pension_disregard: PoundsAWeek
    pension_share: Share


class MaternityAllowance(NamedTuple):
    most: PoundsAWeek
    earnings_share: Share
    earnings_threshold: PoundsAWeek
    most_weeks: Count


class ContributoryBenefitsLaw(NamedTuple):
    jobseekers_allowance: JobseekersAllowance
    employment_and_support_allowance: EmploymentAndSupportAllowance
    maternity_allowance: MaternityAllowance


class ContributoryBenefits(NamedTuple):
    """Lines of one person, £ a year."""

    jobseekers_allowance: Pounds
    employment_and_support_allowance: Pounds
    maternity_allowance: Pounds
    taxable: Pounds
    """Maternity Allowance is not taxed."""
    contributory_benefits: Pounds


@rule
def jobseekers_allowance(person: Any, law: JobseekersAllowance) -> float:
    """JSA 1995 ss.4-5: the rate for the age, less a pension above the disregard, for the weeks paid and no more than the limit."""
    weekly = law.from_25 if person.age >= law.full_rate_age else law.under_25
    pension = max(person.private_pension / WEEKS_IN_YEAR - law.pension_disregard, 0.0)
    return max(weekly - pension, 0.0) * min(person.jobseekers_weeks, law.most_weeks)


@rule
def employment_and_support_allowance(person: Any, law: EmploymentAndSupportAllowance) -> float:
    """WRA 2007 ss.2-3: the rate of the phase, with the support component, less a share of a pension above the disregard."""
    assessed = person.work_capability != WorkCapability.FULL
    weekly = law.rate if assessed or person.age >= law.full_rate_age else law.assessment_under_25
    if person.work_capability == WorkCapability.LIMITED_WORK_RELATED:
        weekly += law.support_component
    pension = law.pension_share * max(person.private_pension / WEEKS_IN_YEAR - law.pension_disregard, 0.0)
    return max(weekly - pension, 0.0) * person.employment_support_weeks


@rule
def maternity_allowance(person: Any, law: MaternityAllowance) -> float:
    """SSCBA 1992 ss.35-35A: the share of usual pay up to the most; the self-employed are taken to have paid for the most."""
    usual = person.usual_pay / WEEKS_IN_YEAR
    weekly = 0.0
    if person.self_employment > 0.0:
        weekly = law.most
    elif usual >= law.earnings_threshold:
        weekly = min(law.earnings_share * usual, law.most)
    return weekly * min(person.maternity_allowance_weeks, law.most_weeks)


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: ContributoryBenefitsLaw, lines: Any, first: int, last: int) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        jobless = jobseekers_allowance(persons[p], law.jobseekers_allowance)
        ill = employment_and_support_allowance(persons[p], law.employment_and_support_allowance)
        maternity = maternity_allowance(persons[p], law.maternity_allowance)
        lines[p] = ContributoryBenefits(jobless, ill, maternity, jobless + ill, jobless + ill + maternity)


INSTRUMENT = Instrument(
    name="contributory_benefits",
    entity="person",
    law=ContributoryBenefitsLaw,
    lines=ContributoryBenefits,
    assess=assess,
    title="contributory benefits",
    line_titles={
        "jobseekers_allowance": "new-style Jobseeker's Allowance",
        "employment_and_support_allowance": "new-style Employment and Support Allowance",
        "maternity_allowance": "Maternity Allowance",
    },
)
