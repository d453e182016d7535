"""The High Income Child Benefit Charge: percentages and pounds are rounded down, and the higher income pays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare.law import law_in_force
from fairshare.rules.child_benefit_charge import assess_person

LAW = law_in_force("2026-27").values["child_benefit_charge"]


@pytest.mark.parametrize(
    "income, percent, charge",
    [
        (60_000, 0, 0),
        (60_199.99, 0, 0),
        (60_200, 1, 23),
        (68_450, 42, 981),  # two children in 2026-27: 2,337.40 x 42% = 981.70
        (79_999, 99, 2_314),
        (80_000, 100, 2_337),
        (200_000, 100, 2_337),
    ],
)
def test_charge_on_two_children(income, percent, charge):
    assert assess_person(float(income), 2_337.40, LAW) == (percent, charge)


def test_charge_of_2025(line):
    """2,251.60 x 36% = 810.57."""
    assert assess_person(67_250.0, 2_251.60, law_in_force("2025-26").values["child_benefit_charge"]).child_benefit_charge == 810


def test_before_april_2024_each_hundred_pounds_counted():
    law = law_in_force("2023-24").values["child_benefit_charge"]
    assert assess_person(55_000.0, 1_248.00, law) == (50, 624)


COUPLE = """
year: 2026-27
council: Leeds
people: [{{name: Sam, age: 40, earnings: {one}}}, {{name: Ash, age: 40, earnings: {other}}}, {{name: Bea, age: 5}}]
"""


@pytest.mark.parametrize("one, other, charges", [(70_000, 65_000, (703, 0)), (65_000, 70_000, (0, 703)), (70_000, 70_000, (703, 0))])
def test_the_partner_with_the_higher_income_pays(line, one, other, charges):
    """1,406.60 x 50% = 703.30; where both have the same, the claimant pays."""
    text = COUPLE.format(one=one, other=other)
    assert tuple(line(text, "child_benefit_charge", "child_benefit_charge", row) for row in (0, 1)) == charges


@given(st.floats(0, 300_000), st.floats(0, 10_000))
def test_never_more_than_the_benefit(income, benefit):
    assert 0 <= assess_person(income, benefit, LAW).child_benefit_charge <= benefit
