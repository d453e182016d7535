"""Disability benefits: each recorded rate for 52 weeks."""

from __future__ import annotations

import pytest

HOME = "{{year: {year}, council: {council}, people: [{{name: Sam, age: 45, disability: [{awards}]}}]}}"


@pytest.mark.parametrize(
    "awards, week",
    [
        ("pip_standard_daily_living", 76.70),
        ("pip_enhanced_daily_living, pip_standard_mobility", 114.60 + 30.30),
        ("pip_enhanced_mobility", 80.00),
        ("dla_lower_care, dla_lower_mobility", 30.30 + 30.30),
        ("dla_middle_care", 76.70),
        ("dla_higher_care, dla_higher_mobility", 114.60 + 80.00),
        ("attendance_lower", 76.70),
        ("attendance_higher", 114.60),
    ],
)
def test_rates_of_2026(line, awards, week):  # DWP, benefit and pension rates 2026 to 2027
    for council in ("Leeds", "Belfast", "Glasgow City"):  # the Scottish payments are worth the same
        text = HOME.format(year="2026-27", council=council, awards=awards)
        assert line(text, "disability_benefits", "disability_benefits") == pytest.approx(52 * week)


@pytest.mark.parametrize("year, week", [("2023-24", 68.10), ("2024-25", 72.65), ("2025-26", 73.90), ("2026-27", 76.70)])
def test_rates_by_year(line, year, week):
    text = HOME.format(year=year, council="Leeds", awards="pip_standard_daily_living")
    assert line(text, "disability_benefits", "daily_living") == pytest.approx(52 * week)


@pytest.mark.parametrize(
    "award, needs", [("dla_lower_care", 0), ("dla_middle_care", 1), ("pip_enhanced_mobility", 0), ("attendance_lower", 1)]
)
def test_which_rates_make_another_a_carer(line, award, needs):
    text = HOME.format(year="2026-27", council="Leeds", awards=award)
    assert line(text, "disability_benefits", "needs_care") == needs
