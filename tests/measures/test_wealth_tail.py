"""The tail of wealth, flatter and steeper."""

from __future__ import annotations

import numpy as np
import pytest

from building import home, person, town, unit
from fairshare.measures import wealth_tail
from fairshare.measures.households import Households
from fairshare.reading import parse
from fairshare.run import work
from fairshare.scenario import scenario_from

LIMIT = 2e6


def pareto(alpha: float, count: int = 20_000) -> np.ndarray:
    """Wealth at equal steps of a Pareto tail."""
    return np.asarray(LIMIT * (1.0 - (np.arange(count) + 0.5) / count) ** (-1.0 / alpha))


def test_the_exponent_of_a_pareto_tail_is_found() -> None:
    wealth = pareto(1.8)
    assert wealth_tail.exponent(wealth, np.ones(len(wealth)), LIMIT) == pytest.approx(1.8, rel=0.01)
    assert np.isnan(wealth_tail.exponent(np.array([1.0]), np.array([1.0]), LIMIT))


@pytest.mark.parametrize("wanted", [1.5, 2.1])
def test_the_tail_takes_the_exponent_it_is_given(wanted: float) -> None:
    """Of a Pareto tail, 5 to the power of less the exponent lies five times higher; what is below the limit stays."""
    wealth, weight = np.concatenate([pareto(1.8), np.full(100, 1e5)]), np.full(20_100, 3.0)
    factor = wealth_tail.moved(wealth, weight, LIMIT, wanted)
    assert (factor[-100:] == 1.0).all()
    assert wealth_tail.exponent(wealth * factor, weight, LIMIT) == pytest.approx(wanted, rel=0.01)
    assert float((wealth * factor > 5 * LIMIT).sum()) / 20_000 == pytest.approx(5.0**-wanted, rel=0.01)
    assert (np.diff((wealth * factor)[:20_000]) > 0).all()


def test_a_tail_that_is_pareto_already_stays() -> None:
    assert wealth_tail.moved(pareto(1.8), np.ones(20_000), LIMIT, 1.8) == pytest.approx(1.0)


def test_a_tax_raises_more_where_the_tail_is_flat() -> None:
    rich = [home(unit(person(60, wealth_share=1.0)), weight=2.0, financial_wealth=float(wealth)) for wealth in pareto(1.8, 400)]
    text = "law: {wealth_tax: {bands: [{above: 0, rate: 0}, {above: 10_000_000, rate: 0.02}]}}\n"
    made = work(scenario_from(parse(f"title: T\nbecause: B.\nfrom: 2026-27\n{text}")), town(*rich), "2026-27")
    same, flat, steep = wealth_tail.by_tail(Households(made))
    assert same["raised"] == pytest.approx(made.proceeds)
    assert steep["raised"] < same["raised"] < flat["raised"]
    assert steep["owners"] < same["owners"] < flat["owners"]
