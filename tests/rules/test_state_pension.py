"""State Pension: who has reached pension age, and what is recorded for them."""

from __future__ import annotations

import pytest

HOME = "{{year: {year}, council: Leeds, people: [{{name: Sam, age: {age}, state_pension: 9_000}}]}}"


@pytest.mark.parametrize(
    "year, age, paid",
    [("2025-26", 65, 0), ("2025-26", 66, 9_000), ("2026-27", 66, 9_000), ("2027-28", 66, 0), ("2027-28", 67, 9_000)],
)
def test_paid_from_pension_age(line, year, age, paid):  # Pensions Act 2014 s.26
    text = HOME.format(year=year, age=age)
    assert line(text, "state_pension", "state_pension") == paid
    assert line(text, "state_pension", "over_pension_age") == (1 if paid else 0)
