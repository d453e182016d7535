"""Free school meals: classes where everyone has them, limits on earnings, and the change of September 2026."""

from __future__ import annotations

import pytest

FAMILY = """{{year: {year}, council: {council},
people: [{{name: Sam, age: 35, earnings: {earnings}, hours: 30}}, {{name: Bea, age: {age}}}]}}"""
SINCE_SEPTEMBER = 217 / 365


@pytest.mark.parametrize(
    "year, council, age, earnings, part",
    [
        ("2025-26", "Leeds", 6, 90_000, 1),  # infants
        ("2025-26", "Leeds", 8, 90_000, 0),
        ("2025-26", "Leeds", 8, 7_000, 1),
        ("2025-26", "Leeds", 8, 9_000, 0),  # above 7,400
        ("2026-27", "Leeds", 8, 12_000, SINCE_SEPTEMBER),  # 217 days from 1 September 2026 to 5 April 2027
        ("2027-28", "Leeds", 13, 12_000, 1),
        ("2025-26", "Camden", 9, 90_000, 1),  # London's primary schools
        ("2025-26", "Cardiff", 9, 90_000, 1),
        ("2025-26", "Cardiff", 13, 9_000, 0),
        ("2025-26", "Glasgow City", 9, 90_000, 1),
        ("2025-26", "Glasgow City", 10, 90_000, 0),
        ("2025-26", "Glasgow City", 10, 14_000, 1),  # in primary 6 and 7 with Scottish Child Payment
        ("2025-26", "Leeds", 3, 0, 0),
    ],
)
def test_who_has_them(line, year, council, age, earnings, part):
    text = FAMILY.format(year=year, council=council, age=age, earnings=earnings)
    assert line(text, "free_school_meals", "part_of_year", 1) == pytest.approx(part, abs=1e-6)


def test_what_they_are_worth(line):
    text = FAMILY.format(year="2025-26", council="Leeds", earnings=0, age=6)
    assert line(text, "free_school_meals", "free_school_meals", 1) == pytest.approx(495.90)  # 190 x 2.61
