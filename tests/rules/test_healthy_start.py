"""Healthy Start: £4.65 a week from the first birthday to the fourth, double before, outside Scotland."""

from __future__ import annotations

import pytest

FAMILY = "{{year: {year}, council: {council}, people: [{{name: Sam, age: 30, earnings: {earnings}, hours: 10{more}}}{children}]}}"


@pytest.mark.parametrize(
    "year, council, earnings, children, week",
    [
        ("2026-27", "Leeds", 0, "{age: 0}", 9.30),
        ("2026-27", "Leeds", 0, "{name: A, age: 0}, {name: B, age: 3}, {name: C, age: 4}", 13.95),
        ("2025-26", "Leeds", 0, "{age: 2}", 4.25),
        ("2026-27", "Cardiff", 4_800, "{age: 2}", 4.65),  # 400 a month
        ("2026-27", "Leeds", 5_000, "{age: 2}", 0),  # above 408 a month
        ("2026-27", "Glasgow City", 0, "{age: 2}", 0),
    ],
)
def test_weekly_amounts(line, year, council, earnings, children, week):
    text = FAMILY.format(year=year, council=council, earnings=earnings, more="", children=", " + children)
    assert line(text, "healthy_start", "healthy_start") == pytest.approx(52 * week)


def test_a_pregnant_woman_from_the_tenth_week(line):
    text = FAMILY.format(year="2026-27", council="Leeds", earnings=0, more=", pregnant: true", children="")
    assert line(text, "healthy_start", "healthy_start") == pytest.approx(139.50)  # 30 x 4.65
