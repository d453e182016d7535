"""How money moves: the textbook's models to four digits, and the UK's sectors, which sum to zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare.faults import Fault
from fairshare.spending.money import (
    Pc,
    Sim,
    fiscal_years,
    multipliers,
    path_of_effect,
    pc,
    pc_of_the_book,
    pc_steady_state,
    quarters,
    sim,
    sim_of_the_book,
    sim_steady_state,
)

# Godley and Lavoie (2007), table 3.4 and the equations of SIM: income, taxes, disposable income, consumption, saving, money.
SIM = [
    (38.462, 7.692, 30.769, 18.462, 12.308, 12.308),
    (47.929, 9.586, 38.343, 27.929, 10.414, 22.722),
    (55.940, 11.188, 44.752, 35.940, 8.812, 31.534),
    (62.718, 12.544, 50.175, 42.718, 7.456, 38.990),
    (68.454, 13.691, 54.763, 48.454, 6.309, 45.299),
    (73.307, 14.661, 58.646, 53.307, 5.339, 50.638),
    (77.414, 15.483, 61.931, 57.414, 4.517, 55.155),
    (80.889, 16.178, 64.711, 60.889, 3.822, 58.977),
    (83.829, 16.766, 67.063, 63.829, 3.234, 62.212),
    (86.317, 17.263, 69.053, 66.317, 2.737, 64.948),
]
# Chapter 4, the rise of the interest rate from 2.5% to 3.5%: income, taxes, disposable income, consumption, wealth, bills, money.
PC = [
    (106.486, 21.622, 86.486, 86.486, 86.486, 69.189, 17.297),
    (107.225, 21.929, 87.717, 87.225, 86.979, 69.576, 17.403),
    (107.616, 22.010, 88.041, 87.616, 87.404, 69.917, 17.487),
    (107.954, 22.080, 88.321, 87.954, 87.771, 70.211, 17.560),
    (108.246, 22.141, 88.562, 88.246, 88.087, 70.465, 17.622),
    (108.498, 22.193, 88.771, 88.498, 88.361, 70.685, 17.676),
    (108.715, 22.238, 88.951, 88.715, 88.597, 70.874, 17.723),
    (108.903, 22.277, 89.107, 88.903, 88.801, 71.038, 17.763),
    (109.065, 22.310, 89.241, 89.065, 88.977, 71.179, 17.798),
    (109.205, 22.339, 89.357, 89.205, 89.129, 71.301, 17.828),
]


def close(value: float) -> object:
    """To the digits that are printed."""
    return pytest.approx(value, abs=0.00051)


def test_sim_in_its_first_ten_periods() -> None:
    for made, printed in zip(sim(sim_of_the_book()), SIM, strict=True):
        assert made[1:7] == tuple(close(each) for each in printed)


def test_sim_at_rest() -> None:
    rest = sim_steady_state(sim_of_the_book())
    assert rest[1:8] == tuple(close(each) for each in (100, 20, 80, 80, 0, 80, 80))
    assert sim(sim_of_the_book(), 200)[-1].income == pytest.approx(100)


def test_more_spending_raises_sim_to_a_new_rest() -> None:
    """From rest, spending of 25: 109.615, 111.982, 113.985 ... 125, with money of 100."""
    model = sim_of_the_book()._replace(spending=25)
    assert [each.income for each in sim(model, 3, money=80)] == [close(109.615), close(111.982), close(113.985)]
    assert (sim_steady_state(model).income, sim_steady_state(model).money_held) == (close(125), close(100))


def test_taxes_and_thrift_in_sim() -> None:
    """A tax rate of 25%: income 80, money 60. Spending 70% of income leaves income at 100 and lowers money to 60."""
    taxed = sim_steady_state(sim_of_the_book()._replace(tax_rate=0.25))
    spent = sim_steady_state(sim_of_the_book()._replace(from_income=0.7))
    assert (taxed.income, taxed.money_held, spent.income, spent.money_held) == (close(80), close(60), close(100), close(60))


def test_pc_at_rest() -> None:
    rest = pc_steady_state(pc_of_the_book())
    printed = (106.486, 21.622, 86.486, 86.486, 86.486, 64.865, 21.622, 86.486, 21.622, 21.622)
    assert rest[1:] == tuple(close(each) for each in printed)
    for made in pc(pc_of_the_book(), 10, start=pc_of_the_book()):
        assert made[1:] == tuple(close(each) for each in printed)
    assert pc(pc_of_the_book(), 400)[-1].income == pytest.approx(rest.income)


def test_pc_in_the_ten_periods_after_interest_rises() -> None:
    model = pc_of_the_book()._replace(interest=0.035)
    for made, printed in zip(pc(model, 10, start=pc_of_the_book()), PC, strict=True):
        assert made[1:8] == tuple(close(each) for each in printed)
    rest = pc_steady_state(model)
    assert (rest.income, rest.wealth, rest.bills_held, rest.money_held) == (close(110.090), close(90.090), close(72.072), close(18.018))


shares = st.floats(0.05, 0.95)


@given(st.builds(Sim, st.floats(0, 1000), shares, shares, shares), st.floats(0, 1000))
def test_money_issued_is_money_held(model: Sim, money: float) -> None:
    for made in sim(model, 20, money):
        assert made.money_issued == pytest.approx(made.money_held, rel=1e-9, abs=1e-6)
        assert made.income == pytest.approx(made.consumption + model.spending, rel=1e-9, abs=1e-6)


@given(st.builds(Pc, st.floats(0, 1000), shares, shares, shares, st.floats(0, 0.05), shares, st.floats(0, 5), st.floats(0, 0.1)))
def test_the_equation_left_out_of_pc_holds(model: Pc) -> None:
    for made in pc(model, 20):
        assert made.money_issued == pytest.approx(made.money_held, rel=1e-9, abs=1e-6)
        assert made.income == pytest.approx(made.consumption + model.spending, rel=1e-9, abs=1e-6)


def test_the_sectors_sum_to_zero_in_every_quarter() -> None:
    """The five figures of a quarter are rounded to four places, so the sum may be out by 0.0002."""
    found = quarters()
    assert len(found) == 93 and (found[0].period, found[-1].period) == ("2008Q1", "2031Q1")
    assert all(abs(each.total) <= 0.00021 for each in found)


def test_the_quarters_make_the_published_year() -> None:
    """OBR, March 2026, table 1.10, 2024-25."""
    year = next(each for each in fiscal_years() if each.period == "2024-25")
    assert year[1:6] == tuple(pytest.approx(each, abs=0.0006) for each in (91.515, -11.959, -169.985, 90.318, 0.111))
    assert year.status == "outturn"


def test_multipliers_are_ranges() -> None:
    """OBR 2010: 0.6 for services, 1.0 for investment, 0.35 VAT, 0.3 income tax; IMF 2012: 0.9 to 1.7 in a slump."""
    found = {each.name: each for each in multipliers()}
    assert {name: each.official for name, each in found.items()} == {
        "services": 0.6, "benefits": 0.6, "building": 1.0, "vat": 0.35, "income_tax": 0.3,
    }  # fmt: skip
    assert all((each.none, each.slump_low, each.slump_high) == (0.0, 0.9, 1.7) for each in found.values())
    assert path_of_effect(1.0) == pytest.approx([1.0, 0.8, 0.6, 0.4, 0.2, 0.0])


@pytest.mark.parametrize(
    "change, periods, words",
    [
        ({"tax_rate": 0}, 10, "--tax-rate"),
        ({"from_income": 1.2}, 10, "--from-income"),
        ({"spending": -1}, 10, "--spending"),
        ({}, 0, "1 to 500"),
    ],
)
def test_values_that_the_models_cannot_hold_are_refused(change: dict[str, float], periods: int, words: str) -> None:
    with pytest.raises(Fault, match=words):
        sim(sim_of_the_book()._replace(**change), periods)


def test_interest_that_outruns_taxes_has_no_resting_place() -> None:
    with pytest.raises(Fault, match="no resting place"):
        pc_steady_state(pc_of_the_book()._replace(interest=0.3, tax_rate=0.05))
