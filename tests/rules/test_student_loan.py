"""Student loan repayments by plan."""

from __future__ import annotations

import pytest

HOME = "{{year: {year}, council: Leeds, people: [{{name: Sam, age: 27, earnings: {earnings}, student_loan: {plan}{more}}}]}}"


@pytest.mark.parametrize(
    "plan, year, earnings, more, repayment",
    [
        ("plan_1", "2026-27", 35_000, "", 729),  # 9% of 8,100
        ("plan_2", "2026-27", 35_000, "", 505),  # 9% of 5,615 = 505.35
        ("plan_2", "2026-27", 29_385, "", 0),
        ("plan_4", "2026-27", 35_000, "", 108),  # 9% of 1,205 = 108.45
        ("plan_5", "2026-27", 35_000, "", 900),
        ("plan_5", "2025-26", 35_000, "", 0),  # repayments begin in April 2026
        ("postgraduate", "2026-27", 35_000, "", 840),
        ("plan_2", "2026-27", 30_000, ", savings_interest: 2_000", 55),  # 9% of 615
        ("plan_2", "2026-27", 30_000, ", savings_interest: 2_001", 235),  # all of it counts: 9% of 2,616
        ("none", "2026-27", 90_000, "", 0),
    ],
)
def test_repayment(line, plan, year, earnings, more, repayment):
    assert line(HOME.format(plan=plan, year=year, earnings=earnings, more=more), "student_loan", "repayment") == repayment
