"""An employee-ownership fund: a share of large firms moves to a fund of those who work there. None is in force.

Units: £ a year, as expected: records do not tell who works in a large firm, so each employee has the chance of it. The fund pays each
worker up to a limit; what is beyond goes to the public sector. What owners of the shares lose (households, pension funds, people abroad)
is in no household's income.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from annotated_types import Ge

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share


class EmployeeOwnershipFundLaw(NamedTuple):
    share_moved: Share
    most_each: Annotated[float, Ge(0), "or no limit"]
    works_in_large_firm: Share
    dividends_for_each_worker: Pounds


class EmployeeOwnershipFund(NamedTuple):
    """Lines of one person, £ a year, as expected."""

    dividends_moved: Pounds
    """What owners of the shares no longer receive."""
    paid_to_worker: Pounds
    paid_to_public: Pounds


@rule
def of_one_worker(law: EmployeeOwnershipFundLaw) -> float:
    """What the fund's shares bring for each worker of a large firm."""
    return law.share_moved * law.dividends_for_each_worker


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: EmployeeOwnershipFundLaw, lines: Any, first: int, last: int) -> None:
    brings = of_one_worker(law)
    paid = min(brings, law.most_each)
    for p in range(households[first].first_person, households[last - 1].last_person):
        chance = law.works_in_large_firm if persons[p].earnings > 0.0 else 0.0
        lines[p] = EmployeeOwnershipFund(chance * brings, chance * paid, chance * (brings - paid))


INSTRUMENT = Instrument(
    name="employee_ownership_fund",
    entity="person",
    law=EmployeeOwnershipFundLaw,
    lines=EmployeeOwnershipFund,
    assess=assess,
    title="employee-ownership fund",
)
