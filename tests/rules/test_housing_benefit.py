"""Housing Benefit past pension age: weekly worked examples times 52."""

from __future__ import annotations

import pytest

from fairshare.law import law_in_force
from fairshare.rules.housing_benefit import award, earnings_disregard

HOME = """
year: 2026-27
council: Leeds
tenure: {tenure}
rent: {rent} a week
bedrooms: {bedrooms}
savings: {savings}
people: [{people}]
{units}
"""


def home(people, tenure="social_rent", rent=120, bedrooms=1, savings=0, units=""):
    return HOME.format(people=people, tenure=tenure, rent=rent, bedrooms=bedrooms, savings=savings, units=units)


def single(age=70, income=0.0, more=""):
    return f"{{name: Sam, age: {age}, state_pension: {52 * income}{more}}}"


def test_a_single_person_who_reached_pension_age_in_2022():
    """271.30 exceeds 238.00 by 33.30; 65% is 21.645; 120 - 21.645 = 98.355."""
    law = law_in_force("2026-27").values["housing_benefit"]
    assert award(52 * 120.0, 52 * 238.0, 52 * 271.3, 0.0, False, law) == pytest.approx(52 * 98.355)


def test_the_taper_from_a_household_file(line):
    """241.00 exceeds 238.00 by 3.00; 65% is 1.95."""
    assert line(home(single(income=241)), "housing_benefit", "housing_benefit") == pytest.approx(52 * 118.05)


def test_guarantee_credit_brings_the_whole_rent(line):
    assert line(home(single(income=180)), "housing_benefit", "housing_benefit") == pytest.approx(52 * 120)


@pytest.mark.parametrize("age, allowance", [(71, 238.00), (72, 256.00)])
def test_the_higher_allowance_of_those_who_reached_pension_age_before_april_2021(line, age, allowance):
    assert line(home(single(age=age, income=260)), "housing_benefit", "applicable_amount") == pytest.approx(52 * allowance)


def test_no_reduction_for_spare_bedrooms(line):
    assert line(home(single(income=180), bedrooms=4), "housing_benefit", "eligible_rent") == pytest.approx(52 * 120)


def test_a_private_rent_meets_the_weekly_allowance(line):
    """Leeds, one bedroom: 155.34 a week."""
    text = home(single(income=180), tenure="private_rent", rent=300)
    assert line(text, "housing_benefit", "eligible_rent") == pytest.approx(52 * 155.34, abs=0.01)


def test_capital_above_the_limit_ends_it_unless_guarantee_credit_is_paid(line):
    assert line(home(single(income=240), savings=16_000), "housing_benefit", "housing_benefit") > 0
    assert line(home(single(income=240), savings=16_000.01), "housing_benefit", "housing_benefit") == 0
    assert line(home(single(income=100), savings=16_000.01), "housing_benefit", "housing_benefit") > 0


LEE = "{{name: Lee, age: {age}, earnings: {earnings}, hours: {hours}{more}}}"


@pytest.mark.parametrize(
    "age, weekly, hours, more, deduction",
    [
        (17, 0, 0, "", 0),
        (18, 0, 0, "", 20.40),
        (30, 600, 15, "", 20.40),  # fewer than 16 hours
        (30, 191.99, 16, "", 20.40),
        (30, 192.01, 16, "", 46.85),
        (30, 280, 20, "", 64.35),
        (30, 366, 37, "", 105.20),
        (30, 486, 37, "", 119.85),
        (30, 606, 37, "", 131.45),
        (30, 606, 37, ", education: higher", 0),
    ],
)
def test_non_dependant_deductions(line, age, weekly, hours, more, deduction):
    lee = LEE.format(age=age, earnings=52 * weekly, hours=hours, more=more)
    text = home(f"{single(income=240)}, {lee}", rent=200, units="benefit_units: [[Sam], [Lee]]")
    assert line(text, "housing_benefit", "non_dependant_deductions") == pytest.approx(52 * deduction)


def test_a_couple_has_one_deduction(line):
    lee = LEE.format(age=30, earnings=52 * 200, hours=20, more="")
    text = home(f"{single(income=240)}, {lee}, {lee.replace('Lee', 'Kim')}", rent=200, units="benefit_units: [[Sam], [Lee, Kim]]")
    assert line(text, "housing_benefit", "non_dependant_deductions") == pytest.approx(52 * 105.20)  # 400 together


def test_no_deduction_where_the_claimant_needs_care(line):
    lee = LEE.format(age=30, earnings=52 * 200, hours=20, more="")
    people = f"{single(income=240, more=', disability: attendance_lower')}, {lee}"
    text = home(people, rent=200, units="benefit_units: [[Sam], [Lee]]")
    assert line(text, "housing_benefit", "non_dependant_deductions") == 0


def test_working_age_renters_have_none(line):
    assert line(home("{name: Sam, age: 60}"), "housing_benefit", "housing_benefit") == 0


@pytest.mark.parametrize(
    "couple, children, disabled, carer, hours, weekly",
    [
        (0, 0, 0, 0, 29, 5),
        (0, 0, 0, 0, 30, 22.1),
        (1, 0, 0, 0, 16, 10),
        (1, 1, 0, 0, 16, 27.1),
        (0, 1, 0, 0, 16, 42.1),
        (0, 0, 1, 0, 16, 37.1),
        (0, 0, 0, 1, 16, 20),
        (0, 0, 0, 1, 30, 37.1),
    ],
)
def test_earnings_that_do_not_count(couple, children, disabled, carer, hours, weekly):  # SI 2006/214 Sch 4
    law = law_in_force("2026-27").values["housing_benefit"].earnings_disregard
    assert earnings_disregard(couple == 1, float(children), disabled == 1, carer == 1, float(hours), law) == pytest.approx(weekly)
