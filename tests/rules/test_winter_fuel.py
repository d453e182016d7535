"""Winter payments: shared in the home, and taken back above 35,000."""

from __future__ import annotations

import pytest

HOME = "{{year: {year}, council: {council}, people: [{people}]}}"


def home(*people, year="2026-27", council="Leeds"):
    listed = ", ".join(f"{{name: P{i}, {person}}}" for i, person in enumerate(people))
    return HOME.format(year=year, council=council, people=listed)


RICH = "private_pension: 30_000"


@pytest.mark.parametrize(
    "ages, payments",
    [
        ((66,), (200,)),
        ((79,), (200,)),
        ((80,), (300,)),
        ((70, 72), (100, 100)),
        ((70, 85), (100, 200)),
        ((80, 85), (150, 150)),
        ((70, 50), (200, 0)),
    ],
)
def test_amounts(line, ages, payments):  # gov.uk/winter-fuel-payment/how-much-youll-get
    text = home(*(f"age: {age}, {RICH}" for age in ages))
    assert tuple(line(text, "winter_fuel", "winter_fuel_payment", row) for row in range(len(ages))) == payments


def test_a_couple_on_pension_credit_has_one_payment(line):
    text = home("age: 70", "age: 85")
    assert sum(line(text, "winter_fuel", "winter_fuel_payment", row) for row in (0, 1)) == 300


@pytest.mark.parametrize("income, charge", [(35_000, 0), (35_000.01, 200), (90_000, 200)])
def test_the_whole_payment_is_charged_above_the_threshold(line, income, charge):
    assert line(home(f"age: 70, private_pension: {income}"), "winter_fuel", "winter_fuel_charge") == charge


def test_each_partner_is_charged_on_the_income_of_that_partner(line):
    text = home("age: 70, private_pension: 22_000", "age: 71, private_pension: 36_000")
    assert [line(text, "winter_fuel", "winter_fuel_charge", row) for row in (0, 1)] == [0, 100]


@pytest.mark.parametrize(
    "ages, payments", [((70,), (203.40,)), ((85,), (305.10,)), ((70, 72), (101.70, 101.70)), ((70, 85), (101.70, 203.40))]
)
def test_scotland_in_2025(line, ages, payments):
    text = home(*(f"age: {age}, {RICH}" for age in ages), year="2025-26", council="Glasgow City")
    assert tuple(line(text, "winter_fuel", "winter_fuel_payment", row) for row in range(len(ages))) == pytest.approx(payments)


def test_2024_paid_only_those_on_a_means_tested_benefit(line):
    assert line(home(f"age: 70, {RICH}", year="2024-25"), "winter_fuel", "winter_fuel_payment") == 0
    assert line(home("age: 70", year="2024-25"), "winter_fuel", "winter_fuel_payment") == 200


@pytest.mark.parametrize("age, payment", [(70, 500), (80, 600)])
def test_2023_came_with_the_cost_of_living_payment(line, age, payment):
    text = home(f"age: {age}, private_pension: 50_000", year="2023-24")
    assert line(text, "winter_fuel", "winter_fuel_payment") == payment
    assert line(text, "winter_fuel", "winter_fuel_charge") == 0
