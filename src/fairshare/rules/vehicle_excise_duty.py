"""Vehicle excise duty (Vehicle Excise and Registration Act 1994): the yearly charge on a household's cars and vans.

Units: £ a year. Records hold how many vehicles a household has, not which: each pays the mean duty.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Mobility, MobilityComponent, Pounds, Ratio, Share


class VehicleExciseDutyLaw(NamedTuple):
    standard_rate: Pounds
    mean_share: Ratio
    """Mean duty on a vehicle, as a multiple of the standard rate."""
    mobility_reduction: Share


class VehicleExciseDuty(NamedTuple):
    """Lines of one household: vehicles, then £ a year."""

    vehicles: Count
    exempt_vehicles: Count
    """In vehicles: a half for one on which half the duty is due."""
    vehicle_excise_duty: Pounds


@rule
def exempt_part(person: Any, law: VehicleExciseDutyLaw) -> float:
    """VERA 1994 Sch 2 para 19: one vehicle free with the higher rate for mobility; Sch 1 para 1ZA: a part with the lower rate of PIP."""
    if person.pip_mobility == Mobility.ENHANCED or person.dla_mobility == MobilityComponent.HIGHER:
        return 1.0
    return law.mobility_reduction if person.pip_mobility == Mobility.STANDARD else 0.0


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: VehicleExciseDutyLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        household = households[h]
        vehicles, exempt = float(household.vehicles), 0.0
        for p in range(household.first_person, household.last_person):
            exempt += exempt_part(persons[p], law)
        exempt = min(exempt, vehicles)
        lines[h] = VehicleExciseDuty(vehicles, exempt, (vehicles - exempt) * law.mean_share * law.standard_rate)


INSTRUMENT = Instrument(
    name="vehicle_excise_duty",
    entity="household",
    law=VehicleExciseDutyLaw,
    lines=VehicleExciseDuty,
    assess=assess,
    title="vehicle excise duty",
    idle=("vehicles", "exempt_vehicles"),
)
