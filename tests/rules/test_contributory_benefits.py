"""New-style JSA and ESA, and Maternity Allowance: the weekly rates of 2026-27, tax, and what means tests make of them."""

from __future__ import annotations

import pytest

ONE = "{{year: 2026-27, council: Leeds, people: [{{name: Sam, age: {age}, {what}}}]}}"


@pytest.mark.parametrize(
    "age, what, name, amount",
    [
        (40, "jobseekers_weeks: 10", "jobseekers_allowance", 955.50),  # 10 x 95.55
        (24, "jobseekers_weeks: 10", "jobseekers_allowance", 756.50),  # 10 x 75.65
        (40, "jobseekers_weeks: 40", "jobseekers_allowance", 2_484.30),  # 182 days are 26 weeks
        (60, "jobseekers_weeks: 10, private_pension: 60 a week", "jobseekers_allowance", 855.50),  # 95.55 less 10
        (40, "employment_support_weeks: 52", "employment_and_support_allowance", 4_968.60),
        (22, "employment_support_weeks: 13", "employment_and_support_allowance", 983.45),  # 13 x 75.65 while assessed
        (
            22,
            "employment_support_weeks: 52, work_capability: limited_work_related",
            "employment_and_support_allowance",
            7_586.80,  # 52 x (95.55 + 50.35)
        ),
        (60, "employment_support_weeks: 52, private_pension: 105 a week", "employment_and_support_allowance", 4_448.60),  # less half of 20
        (30, "maternity_allowance_weeks: 39, usual_pay: 400 a week", "maternity_allowance", 7_578.48),  # 39 x 194.32
        (30, "maternity_allowance_weeks: 39, usual_pay: 100 a week", "maternity_allowance", 3_510.00),  # 39 x 90
        (30, "maternity_allowance_weeks: 39, usual_pay: 29 a week", "maternity_allowance", 0),
        (30, "maternity_allowance_weeks: 39, self_employment: 9_000", "maternity_allowance", 7_578.48),
    ],
)
def test_weekly_rates(line, age, what, name, amount):  # DWP, benefit and pension rates 2026-27
    assert line(ONE.format(age=age, what=what), "contributory_benefits", name) == pytest.approx(amount)


def test_they_are_taxed_but_maternity_allowance_is_not(line):
    text = ONE.format(age=40, what="earnings: 12_570, jobseekers_weeks: 10")
    assert line(text, "income_tax", "income_tax") == pytest.approx(191.10)  # a fifth of 955.50
    text = ONE.format(age=30, what="earnings: 12_570, maternity_allowance_weeks: 10, usual_pay: 400 a week")
    assert line(text, "income_tax", "income_tax") == 0


def test_universal_credit_falls_by_every_pound(line):
    with_it = line(ONE.format(age=40, what="employment_support_weeks: 20"), "universal_credit", "universal_credit")
    without = line(ONE.format(age=40, what="hours: 0"), "universal_credit", "universal_credit")
    assert without - with_it == pytest.approx(1_911.00)  # 20 x 95.55


def test_carers_allowance_gives_way(line):
    """SI 1979/597 reg.4: 86.45 a week is less than the 95.55 of Employment and Support Allowance, so nothing is left."""
    text = ONE.format(age=40, what="carer_hours: 40, employment_support_weeks: 52")
    assert line(text, "carers_allowance", "entitled") == 1
    assert line(text, "carers_allowance", "carers_allowance") == 0


def test_the_cap_counts_them(line):
    text = """
council: Leeds
tenure: private_rent
rent: 900 a month
people: [{name: Sam, age: 40, jobseekers_weeks: 26}]
"""
    counted = line(text, "benefit_cap", "counted_benefits")
    assert counted == pytest.approx(line(text, "universal_credit", "universal_credit") + 26 * 95.55)
