"""Air passenger duty: by distance and year."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse


@pytest.mark.parametrize(
    "year, distance, due",
    [
        ("2023-24", "domestic", 26),
        ("2024-25", "domestic", 28),
        ("2025-26", "band_a", 52),
        ("2026-27", "band_a", 60),
        ("2025-26", "band_b", 360),
        ("2026-27", "band_c", 424),
    ],
)
def test_four_departures(year: str, distance: str, due: float) -> None:
    """800 on fares of 200, all over one distance."""
    mix = ", ".join(f"{each}: {int(each == distance)}" for each in ("domestic", "band_a", "band_b", "band_c"))
    document = parse(f"law: {{air_passenger_duty: {{mix: {{{mix}}}, air_fares: 0.5, fare: 200}}}}")
    law = with_changes(law_in_force(year), document.data["law"], document)
    home = family(person(40), year=year, spending_transport=1_600)
    lines = assess(home, law, remember=False)["air_passenger_duty"]
    assert lines["departures"][0] == pytest.approx(4)
    assert lines["air_passenger_duty"][0] == pytest.approx(due)


def test_the_mix_is_a_whole() -> None:
    assert sum(law_in_force("2026-27").values["air_passenger_duty"].mix) == pytest.approx(1)
