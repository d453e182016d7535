"""Winter Fuel Payment (SI 2025/969), Pension Age Winter Heating Payment in Scotland, and the charge that takes them back.

Units: £ a year. Each person's payment depends on who else in the home has one, and each person's charge on that
person's own income.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from annotated_types import Ge

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Nation, Pounds, PoundsAYear, Role, Share, Switch


class WinterAmounts(NamedTuple):
    lower: PoundsAYear
    higher: PoundsAYear
    with_benefit_only: Switch


class WinterFuelLaw(NamedTuple):
    england_wales_northern_ireland: WinterAmounts
    scotland: WinterAmounts
    higher_from_age: Count
    shared: Share
    charge_threshold: Annotated[float, Ge(0), "or no limit"]


class WinterFuel(NamedTuple):
    """Lines of one person, £ a year."""

    winter_fuel_payment: Pounds
    winter_fuel_charge: Pounds


@rule
def payment_alone(age: float, law: WinterAmounts, higher_from_age: float) -> float:
    """SI 2025/969 reg.2(1): the amount for a person who is the only one in the home to qualify, or one for the couple."""
    return law.higher if age >= higher_from_age else law.lower


@rule
def payment_shared(age: float, others_older: bool, law: WinterAmounts, higher_from_age: float, shared: float) -> float:
    """SI 2025/969 reg.2(2)-(3): half each; a person of the higher age with only younger others has the rest of the higher amount."""
    if age < higher_from_age:
        return law.lower * shared
    return law.higher * shared if others_older else law.higher - law.lower * shared


@rule
def charge(payment: float, total_income: float, on_benefit: bool, threshold: float) -> float:
    """Finance Act 2026 (winter fuel payment charge): the whole payment, once a person's total income exceeds the threshold."""
    return payment if total_income > threshold and not on_benefit else 0.0


@rule
def amounts(nation: int, law: WinterFuelLaw) -> WinterAmounts:
    """The nation's amounts."""
    if nation == Nation.SCOTLAND:
        return law.scotland
    return law.england_wales_northern_ireland


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    income_tax: Any,
    pension_credit: Any,
    benefit_cap: Any,
    law: WinterFuelLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        household = households[h]
        rates = amounts(household.nation, law)
        # who qualifies apart from a means-tested benefit, and how many of them are of the higher age
        qualifying, older = 0, 0
        for p in range(household.first_person, household.last_person):
            lines[p] = WinterFuel(0.0, 0.0)
            if state_pension[p].over_pension_age == 1.0:
                qualifying += 1
                older += 1 if persons[p].age >= law.higher_from_age else 0
        if qualifying == 0:
            continue
        for b in range(household.first_benefit_unit, household.last_benefit_unit):
            unit = benefit_units[b]
            on_benefit = benefit_cap[b].universal_credit > 0.0 or pension_credit[b].pension_credit > 0.0
            if rates.with_benefit_only == 1.0 and not on_benefit:
                continue
            if on_benefit:
                # one payment for the couple, at the age of the older
                oldest, receives = -1.0, unit.first_person
                for p in range(unit.first_person, unit.last_person):
                    reached = state_pension[p].over_pension_age == 1.0 and persons[p].role != Role.DEPENDANT
                    if reached and persons[p].age > oldest:
                        oldest, receives = float(persons[p].age), p
                if oldest >= 0.0:
                    lines[receives] = WinterFuel(payment_alone(oldest, rates, law.higher_from_age), 0.0)
                continue
            for p in range(unit.first_person, unit.last_person):
                if state_pension[p].over_pension_age == 1.0:
                    age = float(persons[p].age)
                    payment = payment_alone(age, rates, law.higher_from_age)
                    if qualifying > 1:
                        others_older = older - (1 if age >= law.higher_from_age else 0) > 0
                        payment = payment_shared(age, others_older, rates, law.higher_from_age, law.shared)
                    due = charge(payment, income_tax[p].total_income, on_benefit, law.charge_threshold)
                    lines[p] = WinterFuel(payment, due)


INSTRUMENT = Instrument(
    name="winter_fuel",
    entity="person",
    law=WinterFuelLaw,
    lines=WinterFuel,
    assess=assess,
    reads=("state_pension", "income_tax", "pension_credit", "benefit_cap"),
    title="winter fuel payment",
    line_titles={"winter_fuel_payment": "winter fuel or heating payment", "winter_fuel_charge": "charge on the winter payment"},
)
