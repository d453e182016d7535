"""VAT: worked examples by treatment, what a change of rate costs, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import family, person
from fairshare.assessment import assess
from fairshare.law import Law, law_in_force, with_changes
from fairshare.population.records import SPENDING_CLASSES
from fairshare.reading import parse

YEAR = "2026-27"
CLASSES = [name for name, _ in SPENDING_CLASSES]
ALL_STANDARD = "vat: {shares: {energy: 0, water: 0, basic_food: 0, childrens_clothing: 0}}"


def changed(text: str, year: str = YEAR) -> Law:
    document = parse("law: {" + text + "}")
    return with_changes(law_in_force(year), document.data["law"], document)


def line_of(name: str, law: Law, year: str = YEAR, **spending: float) -> float:
    home = family(person(40), year=year, **{f"spending_{name}": amount for name, amount in spending.items()})
    return float(assess(home, law, remember=False)["vat"][name][0])


def vat(law: Law | None = None, **spending: float) -> float:
    return line_of("vat", law or law_in_force(YEAR), **spending)


def test_a_sixth_of_what_is_spent_at_the_standard_rate() -> None:
    """120 of furniture holds 20 of VAT; so do 120 of drink and 120 of petrol, whatever the duty."""
    assert vat(furnishings=120) == pytest.approx(20)
    assert vat(alcohol_tobacco=120) == pytest.approx(20)
    assert vat(motor_fuel=120) == pytest.approx(20)


def test_a_twenty_first_of_energy() -> None:
    """105 of energy holds 5 of VAT; here everything spent on the home's services is energy."""
    assert vat(changed("vat: {shares: {energy: 1, water: 0}}"), housing_energy=105) == pytest.approx(5)


def test_food_is_zero_rated_but_for_its_standard_rated_part() -> None:
    law = changed("vat: {shares: {basic_food: 0.8}}")
    assert line_of("vat_on_food", law, food=600) == 0
    assert vat(law, food=600) == pytest.approx(20)  # 120 of drinks and sweets


@pytest.mark.parametrize("year, due", [("2023-24", 0), ("2025-26", 1_000)])
def test_private_schools_since_january_2025(year: str, due: float) -> None:
    law = changed("vat: {shares: {school_fees: 1}}", year)
    assert line_of("vat", law, year, education=6_000) == pytest.approx(due)


def test_a_higher_rate_is_charged_on_the_same_things() -> None:
    """120 at 20% is 100 before tax: at 22% the same things hold 22."""
    assert vat(changed("vat: {rates: {standard: 0.22}}"), furnishings=120) == pytest.approx(22)
    assert vat(changed("vat: {rates: {food: 0.05}, shares: {basic_food: 1}}"), food=100) == pytest.approx(5)
    assert vat(changed("vat: {rates: {energy: 0}, shares: {energy: 1, water: 0}}"), housing_energy=105) == 0


def test_vat_is_charged_on_a_rise_of_duty() -> None:
    """10p more on each of 1,000 litres at 1.36 is 100 of duty, and 20 of VAT on it."""
    price = "excise_duties: {prices: {fuel: 1.36}"
    before = vat(changed(price + "}"), motor_fuel=1_360)
    after = vat(changed(price + ", rates: {fuel: {plus: 0.1}}}"), motor_fuel=1_360)
    assert after - before == pytest.approx(20)


def test_parts_of_a_class_are_no_more_than_the_whole() -> None:
    shares = law_in_force(YEAR).values["vat"].shares
    assert shares.energy + shares.water <= 1
    assert shares.medicines + shares.health_standard <= 1
    assert shares.transport_standard + shares.public_transport <= 1
    assert shares.recreation_standard + shares.books <= 1


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(CLASSES), st.floats(0, 50_000))
def test_never_negative_and_never_more_than_a_sixth(name: str, amount: float) -> None:
    assert 0.0 <= vat(**{name: amount}) <= amount / 6 + 0.001
