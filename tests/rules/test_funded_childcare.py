"""Funded hours: by age, by parents' work, and no more than a child attends."""

from __future__ import annotations

import pytest

FAMILY = """{{year: {year}, council: {council},
people: [{{name: Sam, age: 35, earnings: {earnings}, hours: 30}}, {{name: Bea, age: {age}, childcare_hours: {hours}}}]}}"""


@pytest.mark.parametrize(
    "year, council, age, earnings, hours, funded",
    [
        ("2026-27", "Leeds", 1, 30_000, 40, 30),
        ("2026-27", "Leeds", 2, 30_000, 20, 20),
        ("2026-27", "Leeds", 2, 5_000, 40, 15),  # too little pay for the working parents' hours; Universal Credit and low earnings
        ("2026-27", "Leeds", 3, 5_000, 40, 15),
        ("2026-27", "Leeds", 3, 30_000, 40, 30),
        ("2026-27", "Leeds", 3, 110_000, 40, 15),  # above 100,000 only the hours for all
        ("2026-27", "Leeds", 0, 30_000, 40, 0),
        ("2026-27", "Leeds", 5, 30_000, 40, 0),
        ("2024-25", "Leeds", 2, 30_000, 40, 15),
        ("2023-24", "Leeds", 2, 30_000, 40, 0),
        ("2026-27", "Glasgow City", 3, 0, 40, 30),  # 1,140 hours over 38 weeks
        ("2026-27", "Glasgow City", 1, 0, 40, 0),
        ("2026-27", "Leeds", 3, 30_000, 0, 0),
    ],
)
def test_hours(line, year, council, age, earnings, hours, funded):
    text = FAMILY.format(year=year, council=council, age=age, earnings=earnings, hours=hours)
    assert line(text, "funded_childcare", "hours", 1) == pytest.approx(funded)


def test_what_they_are_worth(line):
    text = FAMILY.format(year="2025-26", council="Leeds", age=3, earnings=30_000, hours=30)
    assert line(text, "funded_childcare", "funded_childcare", 1) == pytest.approx(6_976.80)  # 30 x 38 x 6.12
