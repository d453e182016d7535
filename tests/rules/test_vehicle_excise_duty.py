"""Vehicle excise duty: by year and number of vehicles, and who is exempt."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force
from fairshare.quantities import Mobility, MobilityComponent

HIGHER, ENHANCED, STANDARD = MobilityComponent.HIGHER, Mobility.ENHANCED, Mobility.STANDARD


def duty(year: str, vehicles: int, **fields: int) -> float:
    home = family(person(40, **fields), person(41), year=year, vehicles=vehicles)
    return float(assess(home, law_in_force(year), remember=False)["vehicle_excise_duty"]["vehicle_excise_duty"][0])


@pytest.mark.parametrize(
    "year, vehicles, due", [("2023-24", 1, 180), ("2024-25", 1, 190), ("2025-26", 2, 390), ("2026-27", 2, 400), ("2026-27", 0, 0)]
)
def test_each_vehicle_pays(year: str, vehicles: int, due: float) -> None:
    assert duty(year, vehicles) == pytest.approx(due)


@pytest.mark.parametrize(
    "fields, vehicles, due",
    [
        ({"pip_mobility": ENHANCED}, 1, 0),
        ({"pip_mobility": ENHANCED}, 2, 200),
        ({"dla_mobility": HIGHER}, 1, 0),
        ({"pip_mobility": STANDARD}, 1, 100),
        ({"dla_mobility": MobilityComponent.LOWER}, 1, 200),
        ({"pip_mobility": ENHANCED}, 0, 0),
    ],
)
def test_one_vehicle_of_a_disabled_person(fields: dict[str, int], vehicles: int, due: float) -> None:
    assert duty("2026-27", vehicles, **fields) == pytest.approx(due)
