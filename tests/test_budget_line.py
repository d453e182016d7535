"""Budget lines: net income along a range of one amount, with the marginal and participation rates read off it."""

from __future__ import annotations

import numpy as np
import pytest

from fairshare.budget_line import as_data, as_text, budget_line, chart, varied
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


def test_the_rate_at_a_point_is_of_the_next_pound_whatever_the_step() -> None:
    """At £12,000 a lone tenant on Universal Credit loses 55p of the next £1; tax and contributions begin at £12,570.
    The award there is 424.90 x 12 + 100 x 52 less 55% of 12,000: 3,698.80.

    From £12,000 to £14,000 the average is more: 1,430 of the 2,000 lose 55% of what 28% of tax and contributions leave, 0.676.
    """
    text = "year: 2026-27\ncouncil: Leeds\ntenure: social_rent\nrent: 100 a week\nbedrooms: 1\ncouncil_tax: {bill: 0}\n"
    made = budget_line(household_from_text(text + "people: [{name: Jo, age: 40}]"), "earnings=10000:14000:2000")
    assert made.marginal_rate.tolist() == pytest.approx([0.55, 0.55, 0.676], abs=1e-6)
    assert made.lost_to_next[:2].tolist() == pytest.approx([0.55, (570 * 0.55 + 1_430 * 0.676) / 2_000], abs=1e-4)
    assert np.isnan(made.lost_to_next[2])
    points = as_data(made)["points"]
    assert (points[1]["effective_marginal_tax_rate"], points[1]["lost_of_each_pound_to_the_next_point"]) == (0.55, 0.6401)
    assert as_text(made, "year").splitlines()[3].split() == ["£12,000.00", "£15,698.80", "45p", "36p", "#" * 13]


def test_rows_left_out_of_the_table_are_within_the_average_to_the_next_line() -> None:
    one = household_from_text("year: 2026-27\ncouncil: Leeds\ncouncil_tax: {bill: 0}\nsavings: 20_000\npeople: [{name: Jo, age: 40}]")
    made = budget_line(one, "earnings=0:100000:1000")
    rows = as_text(made, "year").splitlines()[2:-1]
    first = next(row.split() for row in rows if row.split()[0] == "£48,000.00")
    # 2,270 keep 72p and 1,730 keep 58p up to £52,000
    assert first[2:4] == ["72p", "66p"]


def test_hours_have_no_rate_by_the_pound() -> None:
    made = budget_line(SINGLE, "hours=0:20:10")
    assert np.isnan(made.marginal_rate).all()
    assert as_text(made, "year").splitlines()[2].split()[0] == "0"


def test_participation_rates_of_one_who_starts_to_work() -> None:
    """2026-27, savings above 16,000, so no award is lost: at 40,000 tax is 5,486.00 and contributions 2,194.40, 19.201% of pay.

    With an award of 424.90 a month, pay of 5,000 loses 55% of it and of 12,000 all 5,098.80: 42.49%.
    """
    saver = "year: 2026-27\ncouncil: Leeds\ncouncil_tax: {bill: 0}\nsavings: 20_000\npeople: [{name: Jo, age: 40}]"
    made = budget_line(household_from_text(saver), "earnings=0:60000:1000")
    rates = dict(zip(made.amounts.tolist(), made.participation_rate.tolist()))
    assert rates[12_000.0] == pytest.approx(0.0) and rates[40_000.0] == pytest.approx(0.19201) and np.isnan(rates[0.0])
    without = budget_line(household_from_text(saver.replace("savings: 20_000\n", "")), "earnings=0:12000:1000")
    rates = dict(zip(without.amounts.tolist(), without.participation_rate.tolist()))
    assert rates[5_000.0] == pytest.approx(0.55) and rates[12_000.0] == pytest.approx(0.4249)


def test_the_picture_holds_its_title_its_axes_and_its_source() -> None:
    from fairshare.report.drawing import svg

    made = budget_line(SINGLE, "earnings=0:60000:1000", "benefits/child_benefit_plus_ten_pounds")
    told = chart(made, "Leeds", "2026-27")
    assert told.title == "Net income as Jo's earnings rise from £0 to £60,000"
    assert [each.name for each in told.series] == ["Today", "Proposal", "lost of each £1 up to the next point today, pence"]
    assert told.series[2].values[30] == pytest.approx(28) and told.series[2].values[-1] is None
    drawn = svg(told)
    for words in (told.title, "Jo's earnings, £ a year", "Source: fairshare", "£20,000", "Proposal", 'role="img"'):
        assert words in drawn.replace("&#x27;", "'")


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
