"""The apprenticeship levy (Finance Act 2016 Part 6): what large employers pay on their pay bills.

Units: £ a year. Records hold people, not employers: each person's pay bears the rate on the part of all pay that the levy falls on.
It is the employer's, and no part of what the person pays.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share


class ApprenticeshipLevyLaw(NamedTuple):
    rate: Share
    allowance: Pounds
    levied_pay: Share


class ApprenticeshipLevy(NamedTuple):
    """Lines of one person's employer, £ a year."""

    levied_pay: Pounds
    apprenticeship_levy: Pounds


@rule
def levy_on_pay_bill(pay_bill: float, law: ApprenticeshipLevyLaw) -> float:
    """FA 2016 ss.99-101: one employer's levy, less the allowance."""
    return max(law.rate * pay_bill - law.allowance, 0.0)


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: ApprenticeshipLevyLaw, lines: Any, first: int, last: int) -> None:
    for p in range(households[first].first_person, households[last - 1].last_person):
        levied = law.levied_pay * persons[p].earnings
        lines[p] = ApprenticeshipLevy(levied, law.rate * levied)


INSTRUMENT = Instrument(
    name="apprenticeship_levy",
    entity="person",
    law=ApprenticeshipLevyLaw,
    lines=ApprenticeshipLevy,
    assess=assess,
    title="apprenticeship levy, which the employer pays",
)
