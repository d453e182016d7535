"""Best Start Foods and Grants: the rates of 2025-26, by the age of the child."""

from __future__ import annotations

import pytest

FAMILY = "{{year: 2025-26, council: {council}, people: [{{name: Sam, age: 30, earnings: {earnings}, hours: 10{more}}}{children}]}}"


@pytest.mark.parametrize(
    "council, earnings, more, children, foods, grants",
    [
        ("Glasgow City", 0, "", ", {age: 0}", 561.60, 0),  # 52 x 10.80
        ("Glasgow City", 0, "", ", {age: 2}", 280.80, 319.80),  # 52 x 5.40, and the early learning payment
        ("Glasgow City", 0, "", ", {age: 3}", 0, 0),
        ("Glasgow City", 0, "", ", {age: 5}", 0, 319.80),
        ("Glasgow City", 0, ", pregnant: true", "", 216.00, 767.50),  # 40 x 5.40
        ("Glasgow City", 0, ", pregnant: true", ", {age: 6}", 216.00, 383.75),
        ("Glasgow City", 60_000, "", ", {age: 2}", 0, 0),
        ("Leeds", 0, "", ", {age: 2}", 0, 0),
    ],
)
def test_by_age(line, council, earnings, more, children, foods, grants):  # Social Security Scotland
    text = FAMILY.format(council=council, earnings=earnings, more=more, children=children)
    assert line(text, "best_start", "foods") == pytest.approx(foods)
    assert line(text, "best_start", "grants") == pytest.approx(grants)
