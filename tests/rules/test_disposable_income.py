"""Disposable income: the sums of a household's year, and the equivalence scales."""

from __future__ import annotations

import pytest

from fairshare.assessment import assess
from fairshare.household_file import household_from_text
from fairshare.law import law_in_force

WORKER = "{year: 2026-27, council: Leeds, people: [{name: Sam, age: 40, earnings: 30_000, hours: 37, pension_net_pay: 1_000}]}"


def test_a_single_worker(line):
    """30,000 less a contribution of 1,000, tax of 3,286, National Insurance of 1,394.40, and 3/4 of Leeds' Band D of 2,283.73: 1,712.80."""
    assert line(WORKER, "disposable_income", "disposable_income") == pytest.approx(22_606.80, abs=0.01)


def test_housing_costs_are_rent_mortgage_interest_and_water(line):
    text = "{council: Leeds, tenure: private_rent, rent: 6_000, water_charges: 400, people: [{name: Sam, age: 40, earnings: 30_000}]}"
    gap = line(text, "disposable_income", "disposable_income") - line(text, "disposable_income", "disposable_income_after_housing_costs")
    assert gap == pytest.approx(6_400)


@pytest.mark.parametrize(
    "others, before, after",
    [
        ("", 0.67, 0.58),
        (", {name: A, age: 40}", 1.00, 1.00),
        (", {name: A, age: 40}, {name: B, age: 13}, {name: C, age: 14}", 1.53, 1.62),
        (", {name: B, age: 5}", 0.87, 0.78),
    ],
)
def test_equivalence_scales(line, others, before, after):  # DWP, Households below average income
    text = f"{{year: 2026-27, council: Leeds, people: [{{name: Sam, age: 40}}{others}]}}"
    assert line(text, "disposable_income", "equivalence_scale") == pytest.approx(before)
    assert line(text, "disposable_income", "equivalence_scale_after_housing_costs") == pytest.approx(after)


FAMILIES = [
    WORKER,
    "{year: 2026-27, council: Glasgow City, tenure: social_rent, rent: 5_000, people: [{name: A, age: 30, carer_hours: 40}, {name: B, age: 6, disability: dla_higher_care}]}",  # noqa: E501
    "{year: 2026-27, council: Leeds, tenure: private_rent, rent: 9_000, people: [{name: A, age: 80, state_pension: 9_000}, {name: B, age: 75, disability: attendance_higher}]}",  # noqa: E501
    "{year: 2026-27, council: Leeds, people: [{name: A, age: 70, private_pension: 50_000, property_income: 9_000, property_finance_costs: 2_000}]}",  # noqa: E501
    "{year: 2026-27, council: Leeds, maintenance: 100 a month, people: [{name: A, age: 40, earnings: 75_000, student_loan: plan_2}, {name: B, age: 3}]}",  # noqa: E501
]


@pytest.mark.parametrize("text", FAMILIES)
def test_the_parts_add_up(text):
    household = household_from_text(text)
    lines = assess(household.population, law_in_force(household.year))["disposable_income"][0]
    names = lines.dtype.names
    benefits = names[names.index("state_pension") : names.index("benefits")]
    taxes = names[names.index("income_tax") : names.index("taxes")]
    assert lines["benefits"] == pytest.approx(sum(lines[name] for name in benefits))
    assert lines["taxes"] == pytest.approx(sum(lines[name] for name in taxes))
