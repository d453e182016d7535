"""Tax-Free Childcare: the share paid, its ceilings, and who qualifies."""

from __future__ import annotations

import pytest

HOME = """
year: 2026-27
council: Leeds
people:
  - {{name: Sam, age: 40, earnings: {one}, hours: 37}}
  - {{name: Ash, age: 40, earnings: {other}, hours: 37{ash}}}
  - {{name: Bea, age: {age}, childcare_costs: {costs}{bea}}}
"""


def home(one=60_000, other=60_000, age=4, costs=6_000, ash="", bea=""):
    return HOME.format(one=one, other=other, age=age, costs=costs, ash=ash, bea=bea)


@pytest.mark.parametrize(
    "options, paid",
    [
        ({}, 1_200),  # 20% of 6,000
        ({"costs": 12_000}, 2_000),
        ({"costs": 30_000, "bea": ", disability: dla_lower_care"}, 4_000),
        ({"age": 11}, 1_200),
        ({"age": 12}, 0),
        ({"age": 16, "bea": ", disability: dla_lower_care, education: secondary"}, 1_200),
        ({"one": 100_000}, 1_200),
        ({"one": 100_000.01}, 0),
        ({"other": 10_575}, 1_200),  # 203.36 a week is 10,574.72
        ({"other": 10_574}, 0),
        ({"other": 0, "ash": ", work_capability: limited"}, 1_200),
        ({"other": 0}, 0),
    ],
)
def test_top_up(line, options, paid):  # gov.uk/tax-free-childcare
    assert line(home(**options), "tax_free_childcare", "tax_free_childcare") == pytest.approx(paid)


def test_not_with_universal_credit(line):
    assert line(home(one=15_000, other=11_000), "universal_credit", "universal_credit") > 0
    assert line(home(one=15_000, other=11_000), "tax_free_childcare", "tax_free_childcare") == 0
