"""Post-tax income: what a household has after every tax."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force


def test_tax_on_gains_comes_off_after_disposable_income() -> None:
    """Two partners pay 45,000 and none; gains of 30,000 and 8,000: tax of 6,163.80 and 5,000 at 18% = 900."""
    couple = family(person(45, earnings=45_000, capital_gains=30_000), person(44, capital_gains=8_000), year="2025-26")
    result = assess(couple, law_in_force("2025-26"), remember=False)
    without = family(person(45, earnings=45_000), person(44), year="2025-26")
    disposable = float(assess(without, law_in_force("2025-26"), remember=False)["disposable_income"]["disposable_income"][0])
    lines = result["post_tax_income"]
    assert lines["disposable_income"][0] == pytest.approx(disposable, abs=0.005)
    assert lines["capital_gains_tax"][0] == pytest.approx(7_063.80, abs=0.005)
    assert lines["post_tax_income"][0] == pytest.approx(disposable - 7_063.80, abs=0.005)
