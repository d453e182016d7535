"""One small synthetic population for every test of this folder, made once."""

from __future__ import annotations

import pytest

from fairshare.population.records import Population
from fairshare.population.synthetic import made

HOUSEHOLDS = 6_000


@pytest.fixture(scope="session")
def small() -> Population:
    """6,000 households with seed 1: enough for national figures, few for any one council."""
    return made(HOUSEHOLDS, seed=1)
