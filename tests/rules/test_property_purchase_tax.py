"""Taxes on buying a home: worked examples in each nation, the edges of reliefs, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force
from fairshare.quantities import Tenure
from fairshare.rules.property_purchase_tax import non_resident_surcharge

MOVER, FIRST, ADDITIONAL = "due_from_home_mover", "due_from_first_time_buyer", "due_on_additional_home"
PLACES = {"england": "Leeds", "scotland": "Fife", "wales": "Cardiff", "northern_ireland": "Belfast"}


def line_of(name: str, price: float, nation: str = "england", year: str = "2025-26", **fields: float) -> float:
    home = family(person(40), council=PLACES[nation], year=year, dwelling_value=price, **fields)
    return float(assess(home, law_in_force(year), remember=False)["property_purchase_tax"][name][0])


@pytest.mark.parametrize(
    "nation, name, due",
    [
        ("england", MOVER, 15_000),
        ("england", FIRST, 10_000),
        ("england", ADDITIONAL, 40_000),
        ("northern_ireland", MOVER, 15_000),
        ("scotland", MOVER, 23_350),
        ("scotland", FIRST, 22_750),  # the relief is worth 600 at most
        ("scotland", ADDITIONAL, 63_350),
        ("wales", MOVER, 18_000),
        ("wales", FIRST, 18_000),
        ("wales", ADDITIONAL, 42_450),
    ],
)
def test_a_home_of_half_a_million(nation: str, name: str, due: float) -> None:
    assert line_of(name, 500_000, nation) == pytest.approx(due)


@pytest.mark.parametrize(
    "year, name, price, due",
    [
        ("2025-26", MOVER, 1_200_000, 63_750),
        ("2024-25", MOVER, 500_000, 12_500),  # nothing below 250,000 until March 2025
        ("2024-25", FIRST, 500_000, 3_750),  # nothing below 425,000
        ("2025-26", MOVER, 125_000, 0),
        ("2025-26", MOVER, 125_100, 2),
        ("2025-26", MOVER, 250_000, 2_500),
        ("2025-26", MOVER, 925_000, 36_250),
        ("2025-26", MOVER, 1_500_000, 93_750),
        ("2025-26", FIRST, 300_000, 0),
        ("2025-26", FIRST, 500_001, 15_000.05),  # no relief at all above the highest price
        ("2025-26", ADDITIONAL, 39_999, 0),
        ("2025-26", ADDITIONAL, 40_000, 2_000),
        ("2023-24", ADDITIONAL, 500_000, 27_500),  # 12,500 and 3%
    ],
)
def test_by_year_and_at_the_edges(year: str, name: str, price: float, due: float) -> None:
    assert line_of(name, price, year=year) == pytest.approx(due)


def test_buyers_from_abroad_pay_on_the_whole_price() -> None:
    law = law_in_force("2025-26").values["property_purchase_tax"]
    assert non_resident_surcharge(500_000.0, law) == pytest.approx(10_000)
    assert non_resident_surcharge(39_999.0, law) == 0


def test_expected_in_a_year_where_the_household_owns() -> None:
    """4.25% of owned homes are sold: of 15,000, 637.50 a year. It comes off no income."""
    owned = {"tenure": Tenure.MORTGAGE}
    assert line_of("property_purchase_tax", 500_000, **owned) == pytest.approx(637.50)
    assert line_of("property_purchase_tax", 500_000, tenure=Tenure.PRIVATE_RENT) == 0
    home = family(person(40), dwelling_value=500_000, **owned)
    lines = assess(home, law_in_force("2026-27"), remember=False)["post_tax_income"]
    assert lines["property_purchase_tax"][0] == pytest.approx(637.50)
    assert lines["post_tax_income"][0] == pytest.approx(lines["disposable_income"][0] - lines["indirect_taxes"][0])


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(list(PLACES)), st.floats(0, 5_000_000))
def test_more_for_a_dearer_home_and_most_for_an_additional_one(nation: str, price: float) -> None:
    mover, first, additional = (line_of(name, price, nation) for name in (MOVER, FIRST, ADDITIONAL))
    assert 0.0 <= first <= mover + 0.001 and mover <= additional + 0.001 and additional <= 0.2 * price
    assert line_of(MOVER, price + 1_000, nation) >= mover
