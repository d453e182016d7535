"""An equal payment to everyone of a kind. None is in force: this is the form that a proposal fills in.

Units: £ a year. It is not taxed, and no means test counts it as income.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Pounds, PoundsAYear


class EqualPaymentLaw(NamedTuple):
    per_adult: PoundsAYear
    per_child: PoundsAYear
    per_pensioner: PoundsAYear
    per_household: PoundsAYear
    adult_age: Count


class EqualPayment(NamedTuple):
    """Lines of one household, £ a year; the first three are numbers of people."""

    adults: Count
    children: Count
    pensioners: Count
    equal_payment: Pounds


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    law: EqualPaymentLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        adults, children, pensioners = 0.0, 0.0, 0.0
        for p in range(households[h].first_person, households[h].last_person):
            if persons[p].age >= law.adult_age:
                adults += 1.0
            else:
                children += 1.0
            pensioners += state_pension[p].over_pension_age
        people = adults * law.per_adult + children * law.per_child + pensioners * law.per_pensioner
        lines[h] = EqualPayment(adults, children, pensioners, people + law.per_household)


INSTRUMENT = Instrument(
    name="equal_payment",
    entity="household",
    law=EqualPaymentLaw,
    lines=EqualPayment,
    assess=assess,
    reads=("state_pension",),
    title="equal payment",
    idle=("adults", "children", "pensioners"),
)
