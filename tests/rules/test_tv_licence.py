"""The television licence: by year, free with Pension Credit from 75, half for people who are severely sight impaired."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.population.records import Population
from fairshare.reading import parse


def fee(home: Population, name: str = "fee") -> float:
    return float(assess(home, law_in_force(home.year), remember=False)["tv_licence"][name][0])


@pytest.mark.parametrize("year, due", [("2023-24", 159), ("2024-25", 169.5), ("2025-26", 174.5), ("2026-27", 180)])
def test_by_year(year: str, due: float) -> None:
    assert fee(family(person(40), year=year)) == pytest.approx(due)


@pytest.mark.parametrize("age, pension, due", [(80, 3_000, 0), (75, 3_000, 0), (74, 3_000, 180), (80, 30_000, 180)])
def test_free_with_pension_credit_from_75(age: int, pension: float, due: float) -> None:
    assert fee(family(person(age, state_pension=pension))) == pytest.approx(due)


def test_half_where_somebody_is_blind() -> None:
    assert fee(family(person(40), person(41, blind=1))) == pytest.approx(90)


def test_what_is_paid_is_the_fee_times_the_share_that_pays() -> None:
    document = parse("law: {tv_licence: {paying: 0.8}}")
    law = with_changes(law_in_force("2026-27"), document.data["law"], document)
    assert assess(family(person(40)), law, remember=False)["tv_licence"]["tv_licence"][0] == pytest.approx(144)
