"""Statutory pay: weekly amounts of 2025-26 and 2026-27, and that it is pay for what follows."""

from __future__ import annotations

import pytest

ONE = "{{year: {year}, council: Leeds, people: [{{name: Sam, age: 30, earnings: {earnings}, usual_pay: {usual} a week, {what}}}]}}"


@pytest.mark.parametrize(
    "year, usual, what, amount",
    [
        ("2026-27", 500, "maternity_pay_weeks: 39", 9_112.56),  # 6 x 450 + 33 x 194.32
        ("2026-27", 200, "maternity_pay_weeks: 39", 7_020.00),  # 39 x 180: 90% is below the flat rate
        ("2026-27", 500, "maternity_pay_weeks: 4", 1_800.00),
        ("2026-27", 120, "maternity_pay_weeks: 39", 0),  # below the lower earnings limit of 129
        ("2025-26", 500, "parental_pay_weeks: 2", 374.36),  # 2 x 187.18
        ("2026-27", 500, "sick_pay_weeks: 4", 493.00),  # 4 x 123.25, from the first day
        ("2026-27", 100, "sick_pay_weeks: 4", 320.00),  # 80% of 100, and no lower earnings limit
        ("2025-26", 500, "sick_pay_weeks: 4", 403.75),  # 118.75 a week, less 3 of 20 days: 3.4 weeks
        ("2025-26", 120, "sick_pay_weeks: 4", 0),  # below the lower earnings limit of 125
        ("2026-27", 500, "sick_pay_weeks: 40", 3_451.00),  # no more than 28 weeks
    ],
)
def test_amounts(line, year, usual, what, amount):
    text = ONE.format(year=year, earnings=0, usual=usual, what=what)
    assert line(text, "statutory_pay", "statutory_pay") == pytest.approx(amount)


def test_it_is_taxed_and_counted_as_pay(line):
    """Pay of 20,000 and maternity pay of 9,112.56 are 29,112.56: 16,542.56 above the allowance, at 20% and at 8%."""
    text = ONE.format(year="2026-27", earnings=20_000, usual=500, what="maternity_pay_weeks: 39")
    assert line(text, "income_tax", "income_tax") == pytest.approx(3_308.51, abs=0.01)
    assert line(text, "national_insurance", "national_insurance") == pytest.approx(1_323.40, abs=0.01)
    assert line(text, "disposable_income", "market_income") == pytest.approx(29_112.56)
