"""The catalogue's proposals on spending: enough of them, told evenly, and packages that end at nothing."""

from __future__ import annotations

import pytest

from fairshare.scenario import Service, catalogue, read_scenario

SPENDING = [name for name in catalogue() if name.startswith("spending/")]
BALANCED = [name for name in catalogue() if name.startswith("packages/") and read_scenario(name).closure == "none"]


def test_there_are_enough() -> None:
    assert len(SPENDING) >= 15 and len(BALANCED) >= 5


@pytest.mark.parametrize("name", [*SPENDING, *BALANCED])
def test_each_says_both_sides_and_spends_on_something(name: str) -> None:
    found = read_scenario(name)
    assert found.sources and found.strongest_case and found.strongest_concern
    assert found.use


def test_more_and_less_are_both_told() -> None:
    """A reader who would spend more and one who would spend less both find a proposal."""
    amounts = [use.amount for name in SPENDING for use in read_scenario(name).use if isinstance(use, Service) and use.amount]
    assert any(amount < 0 for amount in amounts) and any(amount > 0 for amount in amounts)


@pytest.mark.parametrize("service, way", [("health_two_billion", "health"), ("schools_one_billion", "schools")])
def test_mirrored_proposals_are_of_one_size(service: str, way: str) -> None:
    more, less = (read_scenario(f"spending/{service}_{which}").use[0] for which in ("more", "less"))
    assert isinstance(more, Service) and isinstance(less, Service)
    assert more.name == less.name == way and more.amount == -(less.amount or 0)
