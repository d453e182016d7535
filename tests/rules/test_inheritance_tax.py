"""Inheritance tax: worked estates, the edges of the bands, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.quantities import Sex
from fairshare.reading import parse
from fairshare.rules.inheritance_tax import Estate, assess_estate


def estate(net: float, home: float = 0.0, business: float = 0.0, partner: float = 0.0, charity: float = 0.0, bands: float = 1.0) -> Estate:
    return Estate(net, home, business, partner, charity, bands)


def due(left: Estate, year: str = "2026-27") -> float:
    return float(assess_estate(left, law_in_force(year).values["inheritance_tax"]).due_at_death)


@pytest.mark.parametrize(
    "left, tax",
    [
        (estate(1_200_000, home=400_000), 280_000),  # (1.2m - 500,000) at 40%
        (estate(2_200_000, home=400_000), 720_000),  # 175,000 less 100,000 leaves 75,000: 1.8m at 40%
        (estate(4_000_000, home=400_000, business=3_500_000), 270_000),  # 2.5m and half of 1m relieved: 675,000 at 40%
        (estate(325_000), 0),
        (estate(325_100), 40),
        (estate(500_000, home=175_000), 0),
        (estate(500_000, home=100_000), 30_000),  # no more than the home: 75,000 at 40%
        (estate(2_350_000, home=400_000), 810_000),  # the residence band is gone at 2.35m
        (estate(1_000_000, home=400_000, bands=2), 0),  # two people's bands
        (estate(1_000_000, partner=1_000_000), 0),
        (estate(425_000, charity=10_000), 32_400),  # 10,000 of 100,000 is enough: 90,000 at 36%
        (estate(425_000, charity=9_000), 36_400),  # 91,000 at 40%
        (estate(-50_000), 0),
    ],
)
def test_worked_estates(left: Estate, tax: float) -> None:
    assert due(left) == pytest.approx(tax)


def test_the_farm_before_april_2026() -> None:
    """Without a limit on relief only half a million is left: 175,000 above the band at 40%."""
    assert due(estate(4_000_000, home=400_000, business=3_500_000), "2025-26") == pytest.approx(70_000)


def test_a_households_estate() -> None:
    """A home of 900,000 with a loan of 100,000, and savings of 400,000: 1.2m, of which 500,000 is free for one and 1m for a couple."""
    wealth = {"main_home_wealth": 900_000, "mortgage_debt": 100_000, "financial_wealth": 400_000, "pension_wealth": 1_000_000}
    law = law_in_force("2026-27")
    alone = assess(family(person(70), **wealth), law, remember=False)["inheritance_tax"]
    couple = assess(family(person(70), person(69), **wealth), law, remember=False)["inheritance_tax"]
    assert alone["net_estate"][0] == pytest.approx(1_200_000)
    assert alone["due_at_death"][0] == pytest.approx(280_000)
    assert couple["due_at_death"][0] == pytest.approx(80_000)


def test_what_is_expected_in_a_year() -> None:
    """A woman of 85 alone, risk 0.135: 280,000 with her own bands and 80,000 with a late partner's, which six in ten have."""
    wealth = {"main_home_wealth": 900_000, "mortgage_debt": 100_000, "financial_wealth": 400_000}
    law = law_in_force("2026-27")
    alone = family(person(85, sex=int(Sex.FEMALE), wealth_share=1.0), **wealth)
    expected = assess(alone, law, remember=False)["inheritance_tax"]["expected_in_year"][0]
    assert expected == pytest.approx(0.135 * (0.6 * 80_000 + 0.4 * 280_000))
    young = family(person(40, sex=int(Sex.FEMALE), wealth_share=1.0), **wealth)
    assert assess(young, law, remember=False)["inheritance_tax"]["expected_in_year"][0] == pytest.approx(0.0006 * 280_000)


def test_what_the_first_of_a_married_couple_leaves_is_exempt() -> None:
    couple = family(person(85, wealth_share=0.5), person(84, wealth_share=0.5), main_home_wealth=5_000_000)
    lines = assess(couple, law_in_force("2026-27"), remember=False)["inheritance_tax"]
    assert lines["due_at_death"][0] > 0 and lines["expected_in_year"][0] == 0


def test_unused_pensions_count_from_april_2027() -> None:
    """A pot of 1m, of which 30% is taken to be left: 1.5m, less 500,000, at 40%."""
    wealth = {"main_home_wealth": 900_000, "mortgage_debt": 100_000, "financial_wealth": 400_000, "pension_wealth": 1_000_000}
    home = family(person(70), year="2027-28", **wealth)
    assert assess(home, law_in_force("2027-28"), remember=False)["inheritance_tax"]["due_at_death"][0] == pytest.approx(400_000)


amounts = st.floats(0, 10_000_000)


@settings(max_examples=60, deadline=None)
@given(amounts, st.floats(0, 1), st.floats(0, 1), st.floats(1, 2))
def test_between_nothing_and_the_rate_and_never_less_for_more(net: float, home: float, business: float, bands: float) -> None:
    left = estate(net, home * net, business * net, bands=bands)
    more = left._replace(net=net + 1_000)
    assert 0.0 <= due(left) <= 0.4 * net
    assert due(more) >= due(left) - 0.001
    assert due(left._replace(bands=2.0)) <= due(left) + 0.001


def test_a_tax_on_what_each_heir_receives() -> None:
    """1.2m between two heirs, 600,000 each: 20% above 125,000 and 30% above 500,000 are 75,000 and 30,000, so 210,000 in all."""
    document = parse(
        "law: {inheritance_tax: {receipts: {in_force: 1, bands: [{above: 0, rate: 0}, {above: 125_000, rate: 0.2}, "
        "{above: 500_000, rate: 0.3}]}}}"
    )
    law = with_changes(law_in_force("2026-27"), document.data["law"], document)
    found = assess(family(person(85, sex=Sex.MALE, wealth_share=1.0), financial_wealth=1_200_000), law, remember=False)["inheritance_tax"]
    assert found["due_at_death"][0] == pytest.approx(210_000)
    assert found["expected_in_year"][0] == pytest.approx(0.15 * 210_000)
    assert found["passes_on_in_year"][0] == pytest.approx(0.15)
