"""Warm Home Discount: £150 for bill payers on means-tested benefits in Great Britain."""

from __future__ import annotations

import pytest

HOME = "{{year: {year}, council: {council}, people: [{{name: Sam, age: {age}, {what}}}]}}"


@pytest.mark.parametrize(
    "year, council, age, what, discount",
    [
        ("2026-27", "Leeds", 40, "earnings: 0", 150),
        ("2024-25", "Leeds", 40, "earnings: 0", 0),  # until 2025-26 guarantee credit, or a home that costs much to heat
        ("2024-25", "Leeds", 80, "state_pension: 9_000", 150),
        ("2026-27", "Leeds", 40, "earnings: 40_000", 0),
        ("2026-27", "Belfast", 40, "earnings: 0", 0),
        ("2026-27", "Glasgow City", 40, "earnings: 0", 150),
    ],
)
def test_who_has_it(line, year, council, age, what, discount):
    text = HOME.format(year=year, council=council, age=age, what=what)
    assert line(text, "warm_home_discount", "warm_home_discount") == discount


def test_it_is_no_income(line):
    text = HOME.format(year="2026-27", council="Leeds", age=40, what="earnings: 0")
    assert line(text, "disposable_income", "benefits") == pytest.approx(line(text, "benefit_cap", "universal_credit"))
