"""Capital gains tax: worked examples, the edges of the exempt amount and the band, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import one_person
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse


def line_of(name: str, year: str = "2025-26", council: str = "Leeds", **fields: float) -> float:
    population = one_person(40, council=council, year=year, **fields)
    return float(assess(population, law_in_force(year), remember=False)["capital_gains_tax"][name][0])


def tax(year: str = "2025-26", council: str = "Leeds", **fields: float) -> float:
    return line_of("capital_gains_tax", year, council, **fields)


def test_worked_example() -> None:
    """Pay 45,000, share gains 30,000: 27,000 taxable; band left 37,700 - 32,430 = 5,270 at 18%, 21,730 at 24%."""
    fields = {"earnings": 45_000.0, "capital_gains": 30_000.0}
    assert line_of("taxable_gains", **fields) == pytest.approx(27_000)
    assert line_of("at_basic_rate", **fields) == pytest.approx(5_270)
    assert line_of("at_higher_rate", **fields) == pytest.approx(21_730)
    assert tax(**fields) == pytest.approx(6_163.80, abs=0.005)


@pytest.mark.parametrize(
    "year, earnings, gains, due",
    [
        ("2023-24", 60_000, 16_000, 2_000.00),  # exempt 6,000; 10,000 at 20%
        ("2023-24", 20_000, 16_000, 1_000.00),  # exempt 6,000; 10,000 at 10%
        ("2024-25", 60_000, 13_000, 2_173.15),  # 207 days at 20% and 158 at 24%: 21.7315%
        ("2024-25", 20_000, 13_000, 1_346.30),  # 207 days at 10% and 158 at 18%: 13.4630%
        ("2026-27", 60_000, 13_000, 2_400.00),
        ("2029-30", 60_000, 13_000, 2_400.00),
    ],
)
def test_by_year(year: str, earnings: float, gains: float, due: float) -> None:
    assert tax(year, earnings=earnings, capital_gains=gains) == pytest.approx(due, abs=0.01)


@pytest.mark.parametrize(
    "gains, due", [(-50_000, 0.0), (0, 0.0), (3_000, 0.0), (3_001, 0.18), (40_700, 6_786.00), (40_701, 6_786.24), (103_000, 21_738.00)]
)
def test_the_edges_without_any_income(gains: float, due: float) -> None:
    """An unused personal allowance is no help: 37,700 at 18% is 6,786, and 62,300 more at 24% is 14,952."""
    assert tax(capital_gains=gains) == pytest.approx(due, abs=0.005)


def test_gifts_and_contributions_paid_net_widen_the_band() -> None:
    """800 paid into a personal pension is 1,000 gross: 1,000 of gains at 18% instead of 24% saves 60."""
    without = tax(earnings=60_000, capital_gains=13_000)
    assert tax(earnings=60_000, capital_gains=13_000) == pytest.approx(2_400)
    assert line_of("at_basic_rate", earnings=50_270, capital_gains=13_000, pension_relief_at_source=800) == pytest.approx(1_000)
    assert tax(earnings=50_270, capital_gains=13_000, pension_relief_at_source=800) == pytest.approx(without - 60)
    assert line_of("at_basic_rate", capital_gains=60_000, pension_relief_at_source=2_880) == pytest.approx(41_300)


def test_scotland_has_the_uk_limit() -> None:
    """TCGA 1992 s.1J: the limit is that of the UK, 37,700, though Scottish higher rate begins at 31,092 of taxable income."""
    assert tax(council="Fife", earnings=45_000, capital_gains=30_000) == pytest.approx(6_163.80, abs=0.005)


amounts = st.floats(0, 300_000).map(lambda amount: round(amount, 2))


@settings(max_examples=60, deadline=None)
@given(amounts, st.floats(-100_000, 300_000).map(lambda gain: round(gain, 2)))
def test_between_nothing_and_the_higher_rate_and_never_less_for_more_gains(earnings: float, gains: float) -> None:
    now = tax(earnings=earnings, capital_gains=gains)
    assert 0.0 <= now <= 0.24 * max(gains - 3_000, 0.0) + 0.001
    assert tax(earnings=earnings, capital_gains=gains + 100.0) >= now - 0.001
    assert tax(earnings=earnings + 100.0, capital_gains=gains) >= now - 0.001


def under(law: str, **fields: float) -> float:
    document = parse(f"law: {{capital_gains_tax: {law}}}")
    changed = with_changes(law_in_force("2026-27"), document.data["law"], document)
    return float(assess(one_person(40, **fields), changed, remember=False)["capital_gains_tax"]["capital_gains_tax"][0])


@pytest.mark.parametrize(
    "fields, due",
    [
        ({"earnings": 60_000, "capital_gains": 13_000}, 4_000.00),  # below the limit: 10,000 at 40%
        ({"earnings": 200_000, "capital_gains": 13_000}, 4_500.00),
        ({"capital_gains": 203_000}, 76_203.00),  # 37,700 at 20%, 87,440 at 40%, 74,860 at 45%: 7,540 + 34,976 + 33,687
    ],
)
def test_rates_of_income_tax_with_a_third_above_the_limit(fields: dict[str, float], due: float) -> None:
    assert under("{basic_rate: 0.2, higher_rate: 0.4, additional: 0.05}", **fields) == pytest.approx(due, abs=0.005)


def test_inflation_may_be_left_out_of_gains() -> None:
    """A quarter of 20,000 is inflation: 15,000 less 3,000 is 12,000, at 24%."""
    assert under("{inflation_in_gains: 0.25}", earnings=60_000, capital_gains=20_000) == pytest.approx(2_880)
