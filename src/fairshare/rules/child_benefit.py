"""Child Benefit (Social Security Contributions and Benefits Act 1992 s.141): so much a week for each child of the family.

Units: £ a year.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Pounds, PoundsAWeek, Share


class ChildBenefitLaw(NamedTuple):
    eldest: PoundsAWeek
    additional: PoundsAWeek
    take_up: Share


class ChildBenefit(NamedTuple):
    """Lines of one benefit unit, £ a year."""

    children: Count
    entitlement: Pounds
    child_benefit: Pounds
    """What is paid: nothing to those who do not claim, or who opt out of being paid."""


@rule
def entitlement(children: float, law: ChildBenefitLaw) -> float:
    """SI 2006/965 reg.2: the higher rate for the only or eldest child, the lower for each other."""
    if children == 0.0:
        return 0.0
    return (law.eldest + law.additional * (children - 1.0)) * WEEKS_IN_YEAR


@rule
def assess_unit(children: float, claims: bool, opts_out: bool, law: ChildBenefitLaw) -> ChildBenefit:
    """SSCBA 1992 s.141, SSAA 1992 s.13A: paid where it is claimed, unless the claimant elects not to be paid."""
    due = entitlement(children, law)
    return ChildBenefit(children, due, due if claims and not opts_out else 0.0)


@one_pass
def assess(
    households: Any, benefit_units: Any, persons: Any, dependants: Any, law: ChildBenefitLaw, lines: Any, first: int, last: int
) -> None:
    for b in range(households[first].first_benefit_unit, households[last - 1].last_benefit_unit):
        unit = benefit_units[b]
        children = 0.0
        for p in range(unit.first_person, unit.last_person):
            children += dependants[p].child
        claims = unit.draw_child_benefit < law.take_up
        lines[b] = assess_unit(children, claims, unit.child_benefit_opt_out == 1, law)


INSTRUMENT = Instrument(
    name="child_benefit",
    entity="benefit_unit",
    law=ChildBenefitLaw,
    lines=ChildBenefit,
    assess=assess,
    reads=("dependants",),
    title="Child Benefit",
)
