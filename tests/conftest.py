"""What every test shares: the law of two years, and the rule that a pass is only ever compiled once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from fairshare import compiled
from fairshare.law import Law, law_in_force

# A first example may compile a pass, and machines differ: no test is judged by the clock.
settings.register_profile("fairshare", deadline=None)
settings.load_profile("fairshare")


@pytest.fixture(scope="session")
def law_2025() -> Law:
    return law_in_force("2025-26")


@pytest.fixture(scope="session")
def law_2026() -> Law:
    return law_in_force("2026-27")


@pytest.fixture(scope="session", autouse=True)
def one_signature_per_pass() -> Iterator[None]:
    """After everything this process has tested, whatever law was changed, each pass has been compiled for one signature."""
    yield
    several = {each.__module__: len(each.signatures) for each in compiled.passes if len(each.signatures) > 1}
    assert not several, f"compiled for more than one signature: {several}"
