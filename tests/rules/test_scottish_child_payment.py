"""Scottish Child Payment: each child below 16, while an award is above nil."""

from __future__ import annotations

import pytest

HOME = """
year: {year}
council: {council}
people: [{{name: Sam, age: 40, earnings: {earnings}, hours: 20}}, {{name: One, age: 15}}, {{name: Two, age: 16, education: secondary}}]
"""


@pytest.mark.parametrize(
    "year, council, earnings, week",
    [
        ("2026-27", "Glasgow City", 0, 28.20),
        ("2025-26", "Glasgow City", 0, 27.15),
        ("2024-25", "Glasgow City", 0, 26.70),
        ("2026-27", "Glasgow City", 60_000, 0),
        ("2026-27", "Leeds", 0, 0),
    ],
)
def test_one_child_below_sixteen(line, year, council, earnings, week):  # Social Security Scotland
    text = HOME.format(year=year, council=council, earnings=earnings)
    assert line(text, "scottish_child_payment", "scottish_child_payment") == pytest.approx(52 * week)


def test_pension_credit_qualifies_too(line):
    text = "{year: 2026-27, council: Glasgow City, people: [{name: Sam, age: 70, state_pension: 9_000}, {name: One, age: 9}]}"
    assert line(text, "scottish_child_payment", "scottish_child_payment") == pytest.approx(52 * 28.20)
