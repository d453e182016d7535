"""A household written as a file, and one line of its year."""

from __future__ import annotations

import pytest

from fairshare.assessment import assess
from fairshare.household_file import household_from_text
from fairshare.law import law_in_force


@pytest.fixture(scope="session")
def line():
    """line(household, instrument, name, row=0): a line of a household's year, £ a year; rows count people or units from 0."""

    def found(text: str, instrument: str, name: str, row: int = 0) -> float:
        household = household_from_text(text)
        return float(assess(household.population, law_in_force(household.year))[instrument][name][row])

    return found
