"""Who counts as a child or young person."""

from __future__ import annotations

import pytest

HOME = "{{year: 2026-27, council: Leeds, people: [{{name: Sam, age: 45}}, {{name: Bea, age: {age}{more}}}], benefit_units: [[Sam, Bea]]}}"


@pytest.mark.parametrize(
    "age, more, child",
    [(0, "", 1), (15, "", 1), (16, ", education: further", 1), (19, ", education: further", 1)],
)
def test_children_and_young_people_in_school(line, age, more, child):
    assert line(HOME.format(age=age, more=more), "dependants", "child", 1) == child


@pytest.mark.parametrize("age, early", [(9, 0), (10, 1)])
def test_born_before_april_2017(line, age, early):
    """A child who is 10 by April 2027 was born before 6 April 2017."""
    assert line(HOME.format(age=age, more=""), "dependants", "born_before_limit", 1) == early


@pytest.mark.parametrize(
    "award, disabled, severely",
    [("dla_lower_care", 1, 0), ("dla_middle_care", 1, 0), ("dla_higher_care", 1, 1), ("dla_higher_mobility", 1, 0)],
)
def test_disabled_children(line, award, disabled, severely):
    text = HOME.format(age=8, more=f", disability: {award}")
    assert line(text, "dependants", "disabled_child", 1) == disabled
    assert line(text, "dependants", "severely_disabled_child", 1) == severely


def test_a_severely_sight_impaired_child(line):
    assert line(HOME.format(age=8, more=", blind: true"), "dependants", "severely_disabled_child", 1) == 1
