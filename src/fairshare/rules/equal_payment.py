"""An equal payment to everyone of a kind. None is in force: this is the form that a proposal fills in.

Units: £ a year. It is not taxed, and no means test counts it as income. A sum paid once in life is paid in the year that a person is of
the endowment age.
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
    per_person_at_endowment_age: PoundsAYear
    endowment_age: Count


class EqualPayment(NamedTuple):
    """Lines of one household, £ a year; the first four are numbers of people."""

    adults: Count
    children: Count
    pensioners: Count
    at_endowment_age: Count
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
        adults, children, pensioners, endowed = 0.0, 0.0, 0.0, 0.0
        for p in range(households[h].first_person, households[h].last_person):
            if persons[p].age >= law.adult_age:
                adults += 1.0
            else:
                children += 1.0
            pensioners += state_pension[p].over_pension_age
            if persons[p].age == law.endowment_age:
                endowed += 1.0
        people = adults * law.per_adult + children * law.per_child + pensioners * law.per_pensioner
        people += endowed * law.per_person_at_endowment_age
        lines[h] = EqualPayment(adults, children, pensioners, endowed, people + law.per_household)


INSTRUMENT = Instrument(
    name="equal_payment",
    entity="household",
    law=EqualPaymentLaw,
    lines=EqualPayment,
    assess=assess,
    reads=("state_pension",),
    title="equal payment",
    idle=("adults", "children", "pensioners", "at_endowment_age"),
)
