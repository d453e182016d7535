"""Budget lines: net income along a range of one amount, with the marginal and participation rates read off it."""

from __future__ import annotations

import numpy as np
import pytest

from fairshare.budget_line import budget_line, varied
from fairshare.faults import Fault
from fairshare.household_file import household_from_text

SINGLE = household_from_text("year: 2026-27\ncouncil: Leeds\ncouncil_tax: {bill: 0}\npeople: [{name: Jo, age: 40}, {name: Al, age: 70}]")


def test_copies_differ_in_the_one_amount_alone() -> None:
    copies = varied(SINGLE.population, 1, "earnings", np.array([0.0, 10.0, 20.0]))
    assert copies.persons["earnings"].tolist() == [0, 0, 0, 10, 0, 20]
    assert copies.persons["household"].tolist() == [0, 0, 1, 1, 2, 2]
    assert copies.persons["benefit_unit"].tolist() == [0, 1, 2, 3, 4, 5]
    assert copies.households["last_benefit_unit"].tolist() == [2, 4, 6]


def test_a_basic_rate_earner_keeps_72p_of_a_pound() -> None:
    """20% income tax and 8% National Insurance between £12,570 and £50,270; 42% above (2026-27)."""
    one = household_from_text("year: 2026-27\ncouncil: Leeds\ncouncil_tax: {bill: 0}\nsavings: 20_000\npeople: [{name: Jo, age: 40}]")
    made = budget_line(one, "earnings=30000:60000:1000")
    rates = dict(zip(made.amounts.tolist(), made.marginal_rate.tolist()))
    assert rates[40_000.0] == pytest.approx(0.28)
    assert rates[55_000.0] == pytest.approx(0.42)


@pytest.mark.parametrize(
    "vary, words",
    [
        ("earnings", "is not of the form"),
        ("Bo.earnings=0:10:1", 'nobody here is called "Bo"'),
        ("age=0:10:1", '"age" cannot be varied'),
        ("earnings=10:0:1", "the stop must be above the start"),
        ("earnings=0:10:0", "the step above 0"),
        ("earnings=0:1000000:1", "more than 20,000 points"),
    ],
)
def test_a_range_that_cannot_be_worked_is_refused(vary: str, words: str) -> None:
    with pytest.raises(Fault) as fault:
        budget_line(SINGLE, vary)
    assert words in str(fault.value)
