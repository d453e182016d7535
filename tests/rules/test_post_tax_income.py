"""Post-tax income: what a household has after every tax."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force


def test_tax_on_gains_comes_off_after_disposable_income() -> None:
    """Two partners with pay of 45,000 and none; gains of 30,000 and 8,000: tax of 6,163.80 and 5,000 at 18% = 900."""
    law = law_in_force("2025-26")
    couple = family(person(45, earnings=45_000, capital_gains=30_000), person(44, capital_gains=8_000), year="2025-26")
    without = family(person(45, earnings=45_000), person(44), year="2025-26")
    lines = assess(couple, law, remember=False)["post_tax_income"]
    before = assess(without, law, remember=False)["post_tax_income"]
    assert lines["disposable_income"][0] == pytest.approx(before["disposable_income"][0], abs=0.005)
    assert lines["capital_gains_tax"][0] == pytest.approx(7_063.80, abs=0.005)
    assert before["post_tax_income"][0] - lines["post_tax_income"][0] == pytest.approx(7_063.80, abs=0.005)


def test_indirect_taxes_are_the_sum_of_theirs() -> None:
    """120 of furniture holds 20 of VAT; one car owes 200 and the expected licence is 83% of 180, 149.40: 369.40."""
    home = family(person(45, earnings=20_000), spending_furnishings=120, vehicles=1)
    lines = assess(home, law_in_force("2026-27"), remember=False)["post_tax_income"]
    assert lines["indirect_taxes"][0] == pytest.approx(369.40)
    assert lines["post_tax_income"][0] == pytest.approx(lines["disposable_income"][0] - 369.40)


def test_every_kind_of_tax_in_prices_is_counted() -> None:
    spending = {"motor_fuel": 1_000, "alcohol_tobacco": 500, "miscellaneous": 800, "transport": 2_000, "furnishings": 500}
    home = family(person(45), vehicles=2, **{f"spending_{name}": amount for name, amount in spending.items()})
    lines = assess(home, law_in_force("2026-27"), remember=False)["post_tax_income"]
    kinds = ("vat", "excise_duties", "insurance_premium_tax", "air_passenger_duty", "vehicle_excise_duty", "tv_licence")
    assert all(lines[kind][0] > 0 for kind in kinds)
    assert lines["indirect_taxes"][0] == pytest.approx(sum(lines[kind][0] for kind in kinds))
