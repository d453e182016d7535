"""Air passenger duty (Finance Act 1994 s.28): what households pay within air fares.

Units: £ a year. Departures are what is spent on air fares over the mean fare. All are taken to be in the lowest class; the exemptions
of children under 16, of the Scottish Highlands and of long flights from Northern Ireland are left out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Pounds, Share


class ByDistance(NamedTuple):
    domestic: Pounds
    band_a: Pounds
    band_b: Pounds
    band_c: Pounds


class Mix(NamedTuple):
    domestic: Share
    band_a: Share
    band_b: Share
    band_c: Share


class AirPassengerDutyLaw(NamedTuple):
    rates: ByDistance
    mix: Mix
    air_fares: Share
    fare: Pounds


class AirPassengerDuty(NamedTuple):
    """Lines of one household: departures a year, then £ a year."""

    departures: Count
    air_passenger_duty: Pounds


@rule
def mean_duty(rates: ByDistance, mix: Mix) -> float:
    """FA 1994 s.30: the duty on a departure, over the mix of distances."""
    near = rates.domestic * mix.domestic + rates.band_a * mix.band_a
    return near + rates.band_b * mix.band_b + rates.band_c * mix.band_c


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: AirPassengerDutyLaw, lines: Any, first: int, last: int) -> None:
    duty = mean_duty(law.rates, law.mix)
    for h in range(first, last):
        departures = households[h].spending_transport * law.air_fares / law.fare if law.fare > 0.0 else 0.0
        lines[h] = AirPassengerDuty(departures, departures * duty)


INSTRUMENT = Instrument(
    name="air_passenger_duty",
    entity="household",
    law=AirPassengerDutyLaw,
    lines=AirPassengerDuty,
    assess=assess,
    title="air passenger duty",
    idle=("departures",),
)
