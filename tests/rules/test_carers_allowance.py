"""Carer's Allowance: hours, the cliff of earnings, and the overlap with State Pension."""

from __future__ import annotations

import pytest

HOME = "{{year: {year}, council: {council}, people: [{{name: Sam, age: {age}{more}}}]}}"


def home(more, year="2026-27", council="Leeds", age=45):
    return HOME.format(year=year, council=council, age=age, more=f", {more}")


@pytest.mark.parametrize("hours, week", [(34.5, 0), (35, 86.45), (60, 86.45)])
def test_thirty_five_hours_of_care(line, hours, week):  # gov.uk/carers-allowance
    assert line(home(f"carer_hours: {hours}"), "carers_allowance", "carers_allowance") == pytest.approx(52 * week)


@pytest.mark.parametrize(
    "year, limit", [("2023-24", 139), ("2024-25", 151), ("2025-26", 196), ("2026-27", 204)]
)  # DWP, benefit and pension rates
def test_one_penny_above_the_earnings_limit_ends_it(line, year, limit):
    at = home(f"carer_hours: 35, earnings: {52 * limit}", year)
    above = home(f"carer_hours: 35, earnings: {52 * limit + 0.01}", year)
    assert line(at, "carers_allowance", "carers_allowance") > 0
    assert line(above, "carers_allowance", "carers_allowance") == 0
    assert line(above, "carers_allowance", "regular_carer") == 1


def test_half_of_pension_contributions_come_off_earnings(line):
    """12,000 less half of 3,000 is 10,500, below 204 x 52 = 10,608."""
    text = home("carer_hours: 35, earnings: 12_000, pension_net_pay: 3_000")
    assert line(text, "carers_allowance", "net_earnings") == pytest.approx(10_500)
    assert line(text, "carers_allowance", "carers_allowance") == pytest.approx(4_495.40)


@pytest.mark.parametrize("pension, paid", [(0, 4_495.40), (3_000, 1_495.40), (12_000, 0)])
def test_state_pension_takes_its_place_but_entitlement_stays(line, pension, paid):
    text = home(f"carer_hours: 35, state_pension: {pension}", age=70)
    assert line(text, "carers_allowance", "carers_allowance") == pytest.approx(paid)
    assert line(text, "carers_allowance", "entitled") == 1


def test_full_time_students_are_not_paid_save_in_scotland(line):
    student = "carer_hours: 35, education: higher"
    assert line(home(student, age=21), "carers_allowance", "carers_allowance") == 0
    assert line(home(student, age=21, council="Glasgow City"), "carers_allowance", "carers_allowance") == pytest.approx(4_495.40)
    college = "carer_hours: 35, education: further"
    assert line(home(college, age=20), "carers_allowance", "carers_allowance") == 0
    assert line(home(college, age=20, council="Glasgow City"), "carers_allowance", "carers_allowance") == pytest.approx(4_495.40)


@pytest.mark.parametrize(
    "year, council, supplement",
    [
        ("2026-27", "Glasgow City", 52 * 11.70),
        ("2024-25", "Glasgow City", 2 * 288.60),
        ("2023-24", "Glasgow City", 2 * 270.50),
        ("2026-27", "Leeds", 0),
        # two payments of 293.50, and 11.29 a week from 15 March to 5 April 2026: 22 of 365 days
        ("2025-26", "Glasgow City", 587.00 + 52 * 11.29 * 22 / 365),
    ],
)
def test_scottish_carer_supplement(line, year, council, supplement):
    assert line(home("carer_hours: 35", year, council), "carers_allowance", "scottish_carer_supplement") == pytest.approx(supplement)


def test_it_is_taxed(line):
    """4,495.40 with a private pension of 10,000 passes the personal allowance by 1,925.40."""
    text = home("carer_hours: 35, private_pension: 10_000")
    assert line(text, "income_tax", "income_tax") == pytest.approx(0.2 * 1_925.40)
