"""Excise duties (Hydrocarbon Oil Duties Act 1979, F(No.2)A 2023 Part 2, Tobacco Products Duty Act 1979): what households pay in prices.

Units: £ a year. Duty is charged by the litre, the litre of alcohol, the number or the kilogram: quantities are spending over the
price. They are what was bought at recorded prices and stay the same under a reform, so that a change shows what the same things cost.
Sellers are taken to pass duty on in full. Drinks in pubs and restaurants, vaping and soft drinks are left out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share


class Duties(NamedTuple):
    fuel: Pounds
    beer: Pounds
    wine: Pounds
    spirits: Pounds
    cigarettes: Pounds
    cigarettes_share_of_price: Share
    cigarettes_minimum: Pounds
    hand_rolling_tobacco: Pounds


class Prices(NamedTuple):
    fuel: Pounds
    beer: Pounds
    wine: Pounds
    spirits: Pounds
    cigarettes: Pounds
    hand_rolling_tobacco: Pounds


class Shares(NamedTuple):
    beer: Share
    wine: Share
    spirits: Share
    cigarettes: Share
    hand_rolling_tobacco: Share


class ExciseDutiesLaw(NamedTuple):
    rates: Duties
    recorded: Duties
    """The rates in the prices at which spending was recorded, which no reform changes."""
    prices: Prices
    shares: Shares


class ExciseDuties(NamedTuple):
    """Lines of one household, £ a year."""

    fuel_duty: Pounds
    alcohol_duty: Pounds
    tobacco_duty: Pounds
    excise_duties: Pounds
    in_recorded_prices: Pounds
    """The duty within spending as it was recorded: what VAT on a change of duty starts from."""


@rule
def duty_in_spending(spending: float, price: float, duty: float) -> float:
    """The duty on what a sum buys, at so much a unit."""
    return spending / price * duty if price > 0.0 else 0.0


@rule
def fuel_duty(spending: float, duties: Duties, prices: Prices) -> float:
    """HODA 1979 s.6: duty on each litre of petrol or diesel."""
    return duty_in_spending(spending, prices.fuel, duties.fuel)


@rule
def alcohol_duty(spending: float, duties: Duties, prices: Prices, shares: Shares) -> float:
    """F(No.2)A 2023 s.47: duty on each litre of alcohol in a drink, by its kind and strength."""
    beer = duty_in_spending(spending * shares.beer, prices.beer, duties.beer)
    wine = duty_in_spending(spending * shares.wine, prices.wine, duties.wine)
    return beer + wine + duty_in_spending(spending * shares.spirits, prices.spirits, duties.spirits)


@rule
def duty_on_cigarettes(price: float, duties: Duties) -> float:
    """TPDA 1979 Sch 1: duty by number and by price, or the minimum where that is more."""
    return max(duties.cigarettes + duties.cigarettes_share_of_price * price, duties.cigarettes_minimum)


@rule
def tobacco_duty(spending: float, duties: Duties, prices: Prices, shares: Shares) -> float:
    """TPDA 1979 s.2: duty on cigarettes and on tobacco by weight."""
    on_cigarettes = duty_in_spending(spending * shares.cigarettes, prices.cigarettes, duty_on_cigarettes(prices.cigarettes, duties))
    by_weight = duty_in_spending(spending * shares.hand_rolling_tobacco, prices.hand_rolling_tobacco, duties.hand_rolling_tobacco)
    return on_cigarettes + by_weight


@rule
def duties_of(household: Any, duties: Duties, law: ExciseDutiesLaw) -> tuple[float, float, float]:
    """Duty on fuel, alcohol and tobacco at the given rates."""
    smoked_and_drunk = household.spending_alcohol_tobacco
    return (
        fuel_duty(household.spending_motor_fuel, duties, law.prices),
        alcohol_duty(smoked_and_drunk, duties, law.prices, law.shares),
        tobacco_duty(smoked_and_drunk, duties, law.prices, law.shares),
    )


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: ExciseDutiesLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        fuel, alcohol, tobacco = duties_of(households[h], law.rates, law)
        fuel_before, alcohol_before, tobacco_before = duties_of(households[h], law.recorded, law)
        lines[h] = ExciseDuties(
            fuel_duty=fuel,
            alcohol_duty=alcohol,
            tobacco_duty=tobacco,
            excise_duties=fuel + alcohol + tobacco,
            in_recorded_prices=fuel_before + alcohol_before + tobacco_before,
        )


INSTRUMENT = Instrument(
    name="excise_duties",
    entity="household",
    law=ExciseDutiesLaw,
    lines=ExciseDuties,
    assess=assess,
    title="duties on fuel, alcohol and tobacco",
)
