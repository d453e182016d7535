"""Pension Credit: weekly worked examples times 52, and who is severely disabled."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

HOME = "{{year: {year}, council: Leeds, savings: {savings}, people: [{people}]}}"


def home(people, year="2026-27", savings=0):
    return HOME.format(people=people, year=year, savings=savings)


def single(age=80, pension=0.0, more="", **options):
    return home(f"{{name: Sam, age: {age}, state_pension: {52 * pension}{more}}}", **options)


def couple(one, other, **options):
    return home(f"{{name: Sam, {one}}}, {{name: Ash, {other}}}", **options)


def test_savings_credit_of_a_single_person_of_eighty(line):
    """184.90 + 45.00 + 9 for capital of 14,300 = 238.90; 60% of 29.93 = 17.958, less 40% of 0.90."""
    text = single(pension=184.90, more=f", private_pension: {52 * 45.0}", savings=14_300)
    assert line(text, "pension_credit", "guarantee_credit") == 0
    assert line(text, "pension_credit", "savings_credit") == pytest.approx(52 * 17.598)


def test_guarantee_with_the_severe_disability_addition(line):
    """238.00 + 86.05 less 204.90 = 119.15 a week."""
    text = single(pension=204.90, more=", disability: attendance_lower", age=70)
    assert line(text, "pension_credit", "guarantee_credit") == pytest.approx(52 * 119.15)


@pytest.mark.parametrize("year, single_week", [("2023-24", 201.05), ("2024-25", 218.15), ("2025-26", 227.10), ("2026-27", 238.00)])
def test_standard_guarantee(line, year, single_week):
    assert line(single(year=year, age=72), "pension_credit", "minimum_guarantee") == pytest.approx(52 * single_week)


@pytest.mark.parametrize(
    "one, other, additions",
    [
        ("age: 80", "age: 78", 0),
        ("age: 80, disability: attendance_lower", "age: 78", 0),  # both must need care
        ("age: 80, disability: attendance_lower", "age: 78, disability: attendance_higher", 2 * 86.05),
        ("age: 80, disability: attendance_lower", "age: 78, carer_hours: 35, state_pension: 9_000", 48.15),
        # one of two who need care is cared for by the other, who is paid for it
        ("age: 80, disability: attendance_lower", "age: 78, disability: attendance_lower, carer_hours: 35", 86.05 + 48.15),
    ],
)
def test_additions_of_a_couple(line, one, other, additions):
    assert line(couple(one, other), "pension_credit", "additions") == pytest.approx(52 * additions)


@pytest.mark.parametrize("lee, addition", [("age: 40", 0), ("age: 40, disability: pip_standard_daily_living", 86.05)])
def test_another_adult_in_the_home_ends_the_severe_disability_addition(line, lee, addition):
    text = home(f"{{name: Sam, age: 80, disability: attendance_lower}}, {{name: Lee, {lee}}}")
    assert line(text, "pension_credit", "additions") == pytest.approx(52 * addition)


def test_a_mixed_age_couple_may_not_claim(line):
    assert line(couple("age: 70", "age: 60"), "pension_credit", "pension_credit") == 0


@pytest.mark.parametrize("savings, week", [(10_000, 0), (10_000.01, 1), (10_500, 1), (10_500.01, 2), (60_000, 100)])
def test_deemed_income_of_capital_without_an_upper_limit(line, savings, week):
    assert line(single(savings=savings), "pension_credit", "deemed_income") == pytest.approx(52 * week)


@pytest.mark.parametrize("sex, age, counts", [("male", 75, 0), ("male", 76, 1), ("female", 73, 0), ("female", 74, 1)])
def test_savings_credit_only_for_pension_age_before_april_2016(line, sex, age, counts):
    text = single(age=age, pension=220, more=f", sex: {sex}")
    assert (line(text, "pension_credit", "savings_credit") > 0) == bool(counts)


@pytest.mark.parametrize("more, disregard", [("", 5), (", carer_hours: 35", 20), (", disability: pip_standard_mobility", 20)])
def test_earnings_disregard(line, more, disregard):
    text = single(age=70, more=f", earnings: 5_200{more}")
    carers = line(text, "carers_allowance", "carers_allowance")
    assert line(text, "pension_credit", "income") == pytest.approx(5_200 - 52 * disregard + carers)


def test_children_add_to_the_guarantee(line):
    """238.00 + 81.07 for an eldest born before April 2017 + 69.98 + 37.93 for a disabled child."""
    text = home("{name: Sam, age: 70}, {name: One, age: 12}, {name: Two, age: 9, disability: dla_middle_care}")
    assert line(text, "pension_credit", "minimum_guarantee") == pytest.approx(52 * (238.00 + 81.07 + 69.98 + 37.93))


def test_income_tax_comes_off_pensions(line):
    """A private pension of 15,000 bears tax of 486."""
    assert line(home("{name: Sam, age: 70, private_pension: 15_000}"), "pension_credit", "income") == pytest.approx(14_514)


def test_other_taxable_income_does_not_count_nor_does_its_tax(line):
    """Pensions of 10,000 and other income of 10,000 bear tax of 1,486, half of it on the pensions."""
    text = home("{name: Sam, age: 70, private_pension: 10_000, other_income: 10_000}")
    assert line(text, "pension_credit", "income") == pytest.approx(10_000 - 743)


def test_amounts_below_ten_pence_a_week_are_not_paid(line):
    assert line(single(age=70, pension=237.91), "pension_credit", "pension_credit") == 0
    assert line(single(age=70, pension=237.89), "pension_credit", "pension_credit") == pytest.approx(5.72)


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 400), st.floats(0, 400))
def test_a_larger_pension_never_leaves_a_person_with_less(line, one, other):
    less, more = sorted((round(one, 2), round(other, 2)))
    low, high = (line(single(pension=p), "pension_credit", "pension_credit") + 52 * p for p in (less, more))
    assert low <= high + 5.2  # the smallest award, ten pence a week, is the one small cliff
