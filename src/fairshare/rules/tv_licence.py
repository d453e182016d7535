"""The television licence (Communications Act 2003 s.363): one for each household that watches.

Units: £ a year. Records do not say who watches or pays: each household's fee is its expected one, by the part of households that pay.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Pounds, Share


class TvLicenceLaw(NamedTuple):
    fee: Pounds
    paying: Share
    free_age: Count
    blind_share: Share


class TvLicence(NamedTuple):
    """Lines of one household, £ a year."""

    fee: Pounds
    """What is due from a household that watches."""
    tv_licence: Pounds


@rule
def part_due(free: bool, blind: bool, law: TvLicenceLaw) -> float:
    """SI 2004/692 Sch 4: nothing for older people paid Pension Credit, a part where somebody is severely sight impaired."""
    if free:
        return 0.0
    return law.blind_share if blind else 1.0


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    pension_credit: Any,
    law: TvLicenceLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        free, blind = False, False
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            for p in range(benefit_units[b].first_person, benefit_units[b].last_person):
                free = free or (pension_credit[b].pension_credit > 0.0 and persons[p].age >= law.free_age)
                blind = blind or persons[p].blind == 1
        due = law.fee * part_due(free, blind, law)
        lines[h] = TvLicence(due, law.paying * due)


INSTRUMENT = Instrument(
    name="tv_licence",
    entity="household",
    law=TvLicenceLaw,
    lines=TvLicence,
    assess=assess,
    reads=("pension_credit",),
    title="television licence",
    line_titles={"fee": "Licence where the household watches", "tv_licence": "Television licence, by the share of households that pay"},
)
