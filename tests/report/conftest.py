"""The measures of every scenario over a few hundred households drawn at random."""

from __future__ import annotations

import pytest

from fairshare.measures.tables import Measures
from fairshare.scenario import catalogue
from measured import what_is_measured


@pytest.fixture(params=catalogue())
def each(request: pytest.FixtureRequest) -> Measures:
    """The measures of every scenario that comes with fairshare."""
    made = what_is_measured(request.param)
    if made is None:
        pytest.skip("these households cannot pay for the scenario's uses")
    return made


@pytest.fixture
def child_benefit() -> Measures:
    made = what_is_measured("benefits/child_benefit_plus_ten_pounds")
    assert made is not None
    return made


@pytest.fixture
def child_benefit_falls() -> Measures:
    made = what_is_measured("benefits/child_benefit_minus_ten_pounds")
    assert made is not None
    return made


@pytest.fixture
def property_tax() -> Measures:
    made = what_is_measured("council_tax/proportional_property_tax")
    assert made is not None
    return made
