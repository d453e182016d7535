"""State Pension: who has reached pension age, and what is recorded for them."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.quantities import Sex
from fairshare.reading import parse

HOME = "{{year: {year}, council: Leeds, people: [{{name: Sam, age: {age}, state_pension: 9_000}}]}}"


@pytest.mark.parametrize(
    "year, age, paid",
    [("2025-26", 65, 0), ("2025-26", 66, 9_000), ("2026-27", 66, 9_000), ("2027-28", 66, 0), ("2027-28", 67, 9_000)],
)
def test_paid_from_pension_age(line, year, age, paid):  # Pensions Act 2014 s.26
    text = HOME.format(year=year, age=age)
    assert line(text, "state_pension", "state_pension") == paid
    assert line(text, "state_pension", "over_pension_age") == (1 if paid else 0)


NOTHING: dict[str, object] = {}
NEW_UP = {"full": {"new": 253.365}}  # a twentieth more than 241.30
BASIC_UP = {"full": {"basic": 203.39}}  # a tenth more than 184.90
PARTS = ("basic_pension", "additional_pension", "new_pension", "protected_payment", "state_pension")


@pytest.mark.parametrize(
    "sex, age, weekly, changes, parts",
    [
        (Sex.MALE, 70, 200.0, NOTHING, [0, 0, 200, 0, 200]),
        (Sex.MALE, 70, 261.3, NOTHING, [0, 0, 241.3, 20, 261.3]),
        (Sex.MALE, 75, 261.3, NOTHING, [0, 0, 241.3, 20, 261.3]),  # 76 is the first age of the old pension for men, 74 for women
        (Sex.FEMALE, 75, 234.9, NOTHING, [184.9, 50, 0, 0, 234.9]),
        (Sex.MALE, 76, 150.0, NOTHING, [150, 0, 0, 0, 150]),
        (Sex.MALE, 70, 261.3, NEW_UP, [0, 0, 253.365, 20, 273.365]),
        (Sex.MALE, 70, 120.65, NEW_UP, [0, 0, 126.6825, 0, 126.6825]),
        (Sex.MALE, 80, 234.9, NEW_UP, [184.9, 50, 0, 0, 234.9]),
        (Sex.MALE, 80, 234.9, BASIC_UP, [203.39, 50, 0, 0, 253.39]),
        (Sex.MALE, 80, 92.45, BASIC_UP, [101.695, 0, 0, 0, 101.695]),
        (Sex.MALE, 70, 100.0, {"amount_factor": 1.1}, [0, 0, 110, 0, 110]),
        (Sex.MALE, 60, 100.0, NOTHING, [0, 0, 0, 0, 0]),
    ],
)
def test_the_old_pension_and_the_new_in_2026_27(sex, age, weekly, changes, parts):  # full rates of 184.90 and 241.30 a week (DWP)
    law = with_changes(law_in_force("2026-27"), {"state_pension": changes}, parse("{}"))
    lines = assess(family(person(age, sex=sex, state_pension=52 * weekly)), law, remember=False)["state_pension"]
    assert [lines[name][0] / 52 for name in PARTS] == pytest.approx(parts)


@pytest.mark.parametrize("year, basic, new", [("2023-24", 156.2, 203.85), ("2024-25", 169.5, 221.2), ("2025-26", 176.45, 230.25)])
def test_full_rates_by_year(year, basic, new):
    law = law_in_force(year).values["state_pension"]
    assert (law.full.basic, law.full.new) == (basic, new) and law.recorded_full == law.full
