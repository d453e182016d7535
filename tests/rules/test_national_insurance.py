"""National Insurance: worked examples by class, the edges of the thresholds, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import one_person
from fairshare.assessment import assess
from fairshare.law import law_in_force


def line_of(name: str, year: str, age: int = 40, **fields: float) -> float:
    population = one_person(age, year=year, **fields)
    return float(assess(population, law_in_force(year), remember=False)["national_insurance"][name][0])


@pytest.mark.parametrize(
    "year, fields, name, amount",
    [
        ("2025-26", {"earnings": 60_000}, "class_1", 3_210.60),  # 37,700 at 8% and 9,730 at 2%
        ("2025-26", {"earnings": 60_000}, "employer", 8_250.00),  # 55,000 at 15%
        ("2025-26", {"self_employment": 60_000}, "class_4", 2_456.60),  # 37,700 at 6% and 9,730 at 2%
        ("2025-26", {"earnings": 30_000, "self_employment": 40_000}, "class_4", 1_127.00),  # 14,460 at 6% and 12,970 at 2%
        ("2025-26", {"earnings": 30_000, "self_employment": 40_000}, "national_insurance", 2_521.40),  # with Class 1 of 1,394.40
        ("2024-25", {"earnings": 30_000}, "employer", 2_884.20),  # 20,900 at 13.8%
        ("2023-24", {"earnings": 30_000}, "class_1", 2_004.45),  # 17,430 at 11.5%
        ("2023-24", {"self_employment": 30_000}, "class_2", 179.40),  # 52 weeks at 3.45
        ("2023-24", {"self_employment": 12_570}, "class_2", 0.00),
        ("2025-26", {"self_employment": 30_000}, "class_2", 0.00),  # no longer compulsory
        ("2025-26", {"earnings": 15_000, "pay_weeks": 26}, "class_1", 697.20),  # half a year at 30,000: half of 17,430 at 8%
        ("2025-26", {"earnings": 15_000, "pay_weeks": 26}, "employer", 1_875.00),  # half of 25,000 at 15%
        ("2025-26", {"earnings": 30_000, "second_job": 10_000}, "class_1", 594.40),  # 7,430 at 8%; 10,000 lies below the threshold
        ("2025-26", {"earnings": 30_000, "second_job": 10_000}, "employer", 3_000.00),  # 15,000 and 5,000 at 15%
        ("2025-26", {"earnings": 80_000, "second_job": 20_000}, "class_1", 3_359.20),  # 37,700 at 8% in all, 9,730 and 7,430 at 2%
        ("2025-26", {"earnings": 5_000, "pay_weeks": 13}, "class_1", 148.60),  # a quarter of 7,430 at 8%
    ],
)
def test_worked_examples(year: str, fields: dict[str, float], name: str, amount: float) -> None:
    assert line_of(name, year, **fields) == pytest.approx(amount, abs=0.005)


@pytest.mark.parametrize(
    "earnings, contribution", [(12_570, 0.0), (12_571, 0.08), (50_270, 3_016.00), (50_271, 3_016.02), (5_000, 0.0), (0, 0.0)]
)
def test_the_edges_of_class_1(earnings: float, contribution: float) -> None:
    assert line_of("class_1", "2025-26", earnings=earnings) == pytest.approx(contribution, abs=0.005)


@pytest.mark.parametrize("profit, contribution", [(12_570, 0.0), (12_571, 0.06), (50_270, 2_262.00), (50_271, 2_262.02), (-4_000, 0.0)])
def test_the_edges_of_class_4(profit: float, contribution: float) -> None:
    assert line_of("class_4", "2025-26", self_employment=profit) == pytest.approx(contribution, abs=0.005)


AGES = [(15, 0.0, 0.0), (16, 1_394.40, 0.0), (20, 1_394.40, 0.0), (21, 1_394.40, 3_750.0), (65, 1_394.40, 3_750.0), (66, 0.0, 3_750.0)]


@pytest.mark.parametrize("age, person, employer", AGES)
def test_by_age(age: int, person: float, employer: float) -> None:
    """SSCBA 1992 s.6: from 16 to pension age; an employer's contributions have no upper age."""
    assert line_of("national_insurance", "2025-26", age, earnings=30_000) == pytest.approx(person, abs=0.005)
    assert line_of("employer", "2025-26", age, earnings=30_000) == pytest.approx(employer, abs=0.005)


def test_pension_contributions_from_pay_save_no_contributions() -> None:
    assert line_of("class_1", "2025-26", earnings=60_000, pension_net_pay=5_000) == pytest.approx(3_210.60, abs=0.005)


amounts = st.floats(0, 200_000).map(lambda amount: round(amount, 2))


@settings(max_examples=80, deadline=None)
@given(amounts, amounts)
def test_contributions_rise_with_pay_and_profit_and_stay_below_the_main_rates(earnings: float, profit: float) -> None:
    now = line_of("national_insurance", "2025-26", earnings=earnings, self_employment=profit)
    assert 0.0 <= now <= 0.08 * earnings + 0.06 * profit + 0.01
    assert line_of("national_insurance", "2025-26", earnings=earnings + 100.0, self_employment=profit) >= now - 0.001
    assert line_of("national_insurance", "2025-26", earnings=earnings, self_employment=profit + 100.0) >= now - 0.001


@settings(max_examples=60, deadline=None)
@given(amounts, amounts)
def test_class_4_main_rate_never_exceeds_the_yearly_maximum(earnings: float, profit: float) -> None:
    """SI 2001/1004 reg.100: pay and profit together bear the main rates on no more than 37,700."""
    first, fourth = (line_of(name, "2025-26", earnings=earnings, self_employment=profit) for name in ("class_1", "class_4"))
    most = 0.08 * 37_700 + 0.02 * (earnings + profit)
    assert first + fourth <= most + 0.01


def test_an_employer_pays_for_the_young_above_their_own_threshold() -> None:
    """SSCBA 1992 s.9A: below 21 nothing is due up to 50,270; 15% of the 9,730 above it."""
    assert line_of("employer", "2025-26", 20, earnings=60_000) == pytest.approx(1_459.50)
