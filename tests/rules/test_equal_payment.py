"""An equal payment to everyone of a kind, as a proposal would set it."""

from __future__ import annotations

import pytest

from fairshare.assessment import assess
from fairshare.household_file import household_from_text
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse

FAMILY = "year: 2026-27\ncouncil: Leeds\npeople: [{name: Sam, age: 70}, {name: Ash, age: 40}, {name: Bea, age: 17}, {name: Kit, age: 18}]"


@pytest.mark.parametrize(
    "law, paid",
    [
        ("", 0),
        ("per_adult: 100", 300),
        ("per_child: 50", 50),
        ("per_pensioner: 20", 20),
        ("per_household: 7", 7),
        ("per_person_at_endowment_age: 9, endowment_age: 40", 9),
        ("per_person_at_endowment_age: 9", 0),
    ],
)
def test_who_is_paid(law, paid):
    household = household_from_text(FAMILY)
    document = parse("law: {equal_payment: {" + law + "}}")
    found = assess(household.population, with_changes(law_in_force("2026-27"), document.data["law"], document))
    assert found["equal_payment"]["equal_payment"][0] == paid
    before = assess(household.population, law_in_force("2026-27"))["disposable_income"]["disposable_income"][0]
    assert found["disposable_income"]["disposable_income"][0] - before == pytest.approx(paid)
