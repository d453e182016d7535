"""Statutory maternity, parental and sick pay (SSCBA 1992 Parts XI-XIIZD): what an employer must pay an employee who is away.

Units: £ a year. A record says for how many weeks each is paid and what pay usually is (`usual_pay`); `earnings` are then the pay of the
other weeks. Statutory pay is pay: every later instrument counts it with earnings (`assessment.with_statutory_pay`).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Pounds, PoundsAWeek, Share, Switch


class ParentalPay(NamedTuple):
    flat: PoundsAWeek
    earnings_share: Share
    first_weeks: Count
    most_weeks: Count


class SickPay(NamedTuple):
    flat: PoundsAWeek
    earnings_share: Share
    waiting_days: Count
    days_in_week: Count
    most_weeks: Count
    lower_earnings_limit_applies: Switch


class StatutoryPayLaw(NamedTuple):
    lower_earnings_limit: PoundsAWeek
    parental: ParentalPay
    sick: SickPay


class StatutoryPay(NamedTuple):
    """Lines of one person, £ a year."""

    maternity_pay: Pounds
    parental_pay: Pounds
    sick_pay: Pounds
    statutory_pay: Pounds


@rule
def maternity_pay(usual: float, weeks: float, law: ParentalPay) -> float:
    """SSCBA 1992 s.166: a share of usual pay in the first weeks, then no more than the flat rate."""
    weeks = min(weeks, law.most_weeks)
    early = min(weeks, law.first_weeks)
    share = law.earnings_share * usual
    return early * share + (weeks - early) * min(share, law.flat)


@rule
def parental_pay(usual: float, weeks: float, law: ParentalPay) -> float:
    """SSCBA 1992 ss.171ZE, 171ZY: the flat rate, or the share of usual pay where that is less."""
    return min(weeks, law.most_weeks) * min(law.earnings_share * usual, law.flat)


@rule
def sick_pay(usual: float, weeks: float, law: SickPay) -> float:
    """SSCBA 1992 ss.155-157: the flat rate, or the share of usual pay where that is less, after the days of waiting."""
    paid = max(min(weeks, law.most_weeks) - law.waiting_days / law.days_in_week, 0.0)
    return paid * min(law.earnings_share * usual, law.flat)


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: StatutoryPayLaw, lines: Any, first: int, last: int) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        person = persons[p]
        usual = person.usual_pay / WEEKS_IN_YEAR
        maternity, parental, sick = 0.0, 0.0, 0.0
        enough = usual >= law.lower_earnings_limit
        if enough:  # SSCBA 1992 s.164(2)(b)
            maternity = maternity_pay(usual, person.maternity_pay_weeks, law.parental)
            parental = parental_pay(usual, person.parental_pay_weeks, law.parental)
        if enough or law.sick.lower_earnings_limit_applies == 0.0:  # Sch 11 para 2(c), until April 2026
            sick = sick_pay(usual, person.sick_pay_weeks, law.sick)
        lines[p] = StatutoryPay(maternity, parental, sick, maternity + parental + sick)


INSTRUMENT = Instrument(
    name="statutory_pay",
    entity="person",
    law=StatutoryPayLaw,
    lines=StatutoryPay,
    assess=assess,
    title="statutory pay",
    line_titles={"statutory_pay": "statutory pay, counted with earnings from here on"},
)
