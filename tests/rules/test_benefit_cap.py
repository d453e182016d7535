"""The benefit cap: a worked example, the exemptions, and what the cut never does."""

from __future__ import annotations

import pytest

PARENT = """
year: 2026-27
council: {council}
tenure: private_rent
rent: {rent} a month
bedrooms: 3
people:
  - {{name: Sam, age: 30{more}}}
  - {{name: One, age: 8{child}}}
  - {{name: Two, age: 6}}
  - {{name: Three, age: 3}}
"""


def parent(council="Oxford", rent=900, more="", child=""):
    return PARENT.format(council=council, rent=rent, more=more, child=child)


def test_a_lone_parent_of_three_outside_london(line):
    """424.90 + 3 x 303.94 + 900 = 2,236.72 and Child Benefit of 272.35 make 2,509.07, 674.07 above 1,835."""
    assert line(parent(), "benefit_cap", "reduction") == pytest.approx(12 * 674.07, abs=0.05)
    assert line(parent(), "benefit_cap", "universal_credit") == pytest.approx(12 * 1562.65, abs=0.05)


@pytest.mark.parametrize("council, cap", [("Oxford", 22_020), ("Camden", 25_323), ("Belfast", 22_020)])
def test_caps_of_parents(line, council, cap):
    assert line(parent(council), "benefit_cap", "cap") == cap


@pytest.mark.parametrize("council, cap", [("Oxford", 14_753), ("Camden", 16_967)])
def test_caps_of_single_people(line, council, cap):
    text = f"{{year: 2026-27, council: {council}, tenure: social_rent, rent: 20_000, bedrooms: 1, people: [{{name: Sam, age: 40}}]}}"
    assert line(text, "benefit_cap", "cap") == cap
    assert line(text, "benefit_cap", "universal_credit") == pytest.approx(cap)


@pytest.mark.parametrize(
    "more, child",
    [
        (", work_capability: limited_work_related", ""),
        (", carer_hours: 35", ""),
        (", disability: pip_standard_mobility", ""),
        ("", ", disability: dla_lower_care"),
        (", earnings: 10_572, hours: 16", ""),  # 881 a month
    ],
)
def test_exemptions(line, more, child):
    assert line(parent(more=more, child=child), "benefit_cap", "exempt") == 1
    assert line(parent(more=more, child=child), "benefit_cap", "reduction") == 0


@pytest.mark.parametrize("more", [", earnings: 10_571, hours: 16", ", work_capability: limited", ", self_employment: 3_000"])
def test_no_exemption(line, more):
    """Earnings of a penny less, limited capability for work alone, and the minimum income floor do not exempt."""
    assert line(parent(more=more), "benefit_cap", "exempt") == 0


def test_the_childcare_element_is_not_capped(line):
    costly = parent(more=", earnings: 9_000, hours: 12", child=", childcare_costs: 1_000 a month")
    plain = parent(more=", earnings: 9_000, hours: 12")
    gained = line(costly, "benefit_cap", "universal_credit") - line(plain, "benefit_cap", "universal_credit")
    assert line(plain, "benefit_cap", "reduction") > 0
    assert gained == pytest.approx(12 * 850)


def test_the_cut_never_exceeds_the_award(line):
    text = parent(rent=4_000).replace("private_rent", "social_rent")
    assert line(text, "benefit_cap", "universal_credit") == pytest.approx(22_020 - 52 * (27.05 + 2 * 17.90))
