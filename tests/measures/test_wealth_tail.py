"""The tail of wealth, flatter and steeper."""

from __future__ import annotations

import numpy as np
import pytest

from building import home, person, town, unit
from fairshare.measures import wealth_tail
from fairshare.measures.figures import Figure
from fairshare.measures.figures import _over_tails as over_tails
from fairshare.measures.households import Households
from fairshare.measures.uncertainty import Kind, Range, no_range
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


def test_what_we_assume_of_a_wealth_tax_holds_the_tail_and_the_response() -> None:
    """£17.9 billion as in the population, 9.7 to 55.8 by the tail and 12.4 to 15.5 by the response: assumptions run from 9.7 to 55.8."""
    model = no_range(Kind.MODEL_ERROR, "nobody looked")
    noise = no_range(Kind.SEED_NOISE, "nobody looked")
    answered = Range(Kind.ASSUMPTIONS, 12.4e9, 15.5e9, "is what studies find when people respond")
    figure = Figure("proceeds", 17.9e9, "£ a year", (model, noise, answered), "a test", 1_000)
    assumed = over_tails(figure, [17.9e9, 55.8e9, 9.7e9]).ranges[2]
    assert (assumed.low, assumed.high) == pytest.approx((9.7e9, 55.8e9))
    assert assumed.says == "holds the cases of how many large fortunes there are, and of how people respond"
    assert over_tails(figure, [17.9e9, 55.8e9, 9.7e9]).widest == assumed
