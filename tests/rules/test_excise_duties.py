"""Duties on fuel, alcohol and tobacco: worked examples, in-year changes, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import family, person
from fairshare.assessment import assess
from fairshare.law import Law, law_in_force, with_changes
from fairshare.reading import parse


def changed(text: str, year: str) -> Law:
    document = parse("law: {excise_duties: {" + text + "}}")
    return with_changes(law_in_force(year), document.data["law"], document)


def line_of(name: str, law: Law, year: str, **spending: float) -> float:
    home = family(person(40), year=year, **spending)
    return float(assess(home, law, remember=False)["excise_duties"][name][0])


def only(drink: str) -> str:
    """All spending on drink and tobacco goes on one thing."""
    things = ("beer", "wine", "spirits", "cigarettes", "hand_rolling_tobacco")
    return "shares: {" + ", ".join(f"{each}: {int(each == drink)}" for each in things) + "}"


@pytest.mark.parametrize("year, duty", [("2025-26", 529.50), ("2026-27", 539.29)])
def test_a_thousand_litres_of_fuel(year: str, duty: float) -> None:
    """52.95p a litre; in 2026-27 270 days of it, 59 at 55.95p and 36 at 57.95p: 53.929p."""
    law = changed("prices: {fuel: 1.36}", year)
    assert line_of("fuel_duty", law, year, spending_motor_fuel=1_360) == pytest.approx(duty, abs=0.01)


def test_a_bottle_of_wine() -> None:
    """75 cl of 13% holds 0.0975 litres of alcohol, at 30.62 a litre: 2.99. At 8.00 a bottle, a litre of alcohol costs 82.0513."""
    law = changed(only("wine") + ", prices: {wine: 82.0513}", "2026-27")
    assert line_of("alcohol_duty", law, "2026-27", spending_alcohol_tobacco=8) == pytest.approx(2.99, abs=0.005)


def test_a_pint_of_beer() -> None:
    """0.568 litres of 4% hold 0.02272 litres of alcohol, at 22.58 a litre: 0.51. At 2.00 a pint, a litre of alcohol costs 88.028."""
    law = changed(only("beer") + ", prices: {beer: 88.028}", "2026-27")
    assert line_of("alcohol_duty", law, "2026-27", spending_alcohol_tobacco=2) == pytest.approx(0.51, abs=0.005)


@pytest.mark.parametrize(
    "price, duty",
    [
        (16.00, 9.71),  # 7.07 by number and 2.64 by price
        (10.00, 9.44),  # 7.07 and 1.65 are 8.72, below the minimum of 9.44
    ],
)
def test_twenty_cigarettes(price: float, duty: float) -> None:
    """From 26 November 2025: 353.50 for 1,000 and 16.5% of the price, and no less than 471.93 for 1,000."""
    rates = "rates: {cigarettes: 353.50, cigarettes_minimum: 471.93}"
    law = changed(f"{only('cigarettes')}, {rates}, prices: {{cigarettes: {price * 50}}}", "2025-26")
    assert line_of("tobacco_duty", law, "2025-26", spending_alcohol_tobacco=price) == pytest.approx(duty, abs=0.005)


def test_a_change_of_duty_leaves_what_is_recorded() -> None:
    law = changed("rates: {fuel: {plus: 0.1}}, prices: {fuel: 1.36}", "2025-26")
    assert line_of("excise_duties", law, "2025-26", spending_motor_fuel=1_360) == pytest.approx(629.50)
    assert line_of("in_recorded_prices", law, "2025-26", spending_motor_fuel=1_360) == pytest.approx(529.50)


@pytest.mark.parametrize("year", ["2023-24", "2024-25", "2025-26", "2026-27", "2027-28", "2028-29", "2029-30"])
def test_recorded_rates_are_the_rates_in_force(year: str) -> None:
    law = law_in_force(year).values["excise_duties"]
    assert law.rates == law.recorded
    assert sum(law.shares) == pytest.approx(1, abs=0.002)


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 20_000), st.floats(0, 20_000))
def test_never_more_than_is_spent(fuel: float, other: float) -> None:
    duty = line_of("excise_duties", law_in_force("2026-27"), "2026-27", spending_motor_fuel=fuel, spending_alcohol_tobacco=other)
    assert 0.0 <= duty <= fuel + other
