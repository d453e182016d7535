"""Maintenance loans in England: the published example, the least loan, and where a student lives."""

from __future__ import annotations

import pytest

STUDENT = """{{year: {year}, council: {council},
people: [{{name: Noor, age: 20, education: higher, student_living: {living}, student_family_income: {income}}}]}}"""


@pytest.mark.parametrize(
    "year, council, living, income, loan",
    [
        ("2026-27", "Sheffield", "away", 40_000, 8_511),  # DfE memorandum: 10,830 - 15,000 / 6.47
        ("2026-27", "Sheffield", "away", 25_000, 10_830),
        ("2026-27", "Sheffield", "away", 90_000, 5_046),  # 46.6% of the most
        ("2026-27", "Camden", "away_in_london", 0, 14_135),
        ("2026-27", "Camden", "at_home", 0, 9_118),
        ("2025-26", "Sheffield", "away", 25_000, 10_544),
        ("2026-27", "Glasgow City", "away", 0, 0),
    ],
)
def test_loan(line, year, council, living, income, loan):
    text = STUDENT.format(year=year, council=council, living=living, income=income)
    assert line(text, "student_maintenance", "maintenance_loan") == loan
    assert line(text, "disposable_income", "student_maintenance") == loan


def test_nothing_is_lent_where_nothing_is_said(line):
    text = "{council: Sheffield, people: [{name: Noor, age: 20, education: higher}]}"
    assert line(text, "student_maintenance", "maintenance_loan") == 0


def test_universal_credit_leaves_110_a_month_out(line):
    """SI 2013/376 regs 68-71: of 10,830, 9 x 110 is left out."""
    text = STUDENT.format(year="2026-27", council="Leeds", living="away", income=0)
    assert line(text, "student_maintenance", "counted_by_universal_credit") == pytest.approx(9_840)
