"""Statements of whole households, each line checked by hand from the published rates of 2026-27."""

from __future__ import annotations

from typing import Any

import pytest

from fairshare.areas import folder
from fairshare.household_file import household_from_text, read_household
from fairshare.law import law_in_force
from fairshare.working import as_data, as_text, statement

EXAMPLES = folder("parameters").parent / "docs" / "examples"


def worked(name: str) -> dict[str, Any]:
    household = read_household(EXAMPLES / f"{name}.yaml")
    return as_data(statement(household, law_in_force(household.year)))


def test_a_single_worker_in_leicester() -> None:
    made = worked("single_worker")
    worker = made["people"][0]
    assert worker["income_tax"]["income_tax"] == pytest.approx(2_106.00)  # (23,100 - 12,570) x 20%
    assert worker["national_insurance"]["national_insurance"] == pytest.approx(842.40)  # 10,530 x 8%
    # Leicester Band A: 2,528.75 x 6/9 = 1,685.83, less a quarter for one adult = 1,264.38 (MHCLG, council tax levels 2026-27)
    home = made["household"]
    assert home["council_tax"]["council_tax"] == pytest.approx(1_264.38, abs=0.01)
    assert home["disposable_income"]["disposable_income"] == pytest.approx(23_100 - 2_106.00 - 842.40 - 1_264.38, abs=0.01)


def test_a_couple_with_four_children_in_bradford() -> None:
    """Universal Credit by hand, a month: 666.97 + 351.88 + 3 x 303.94 + 635.00 (three-bedroom rate) = 2,565.67;
    net pay 2,250.00 - 219.50 - 96.20 = 1,934.30; 55% of the pay above 427 is 829.01; the award is 1,736.66."""
    made = worked("large_family")
    worker = made["people"][0]
    assert worker["income_tax"]["income_tax"] == pytest.approx(2_634.00)  # 14,430 x 20%, less the marriage allowance's 252
    assert worker["national_insurance"]["national_insurance"] == pytest.approx(1_154.40)
    unit = made["benefit_units"][0]
    assert unit["child_benefit"]["child_benefit"] == pytest.approx((27.05 + 3 * 17.90) * 52)
    credit = unit["universal_credit"]
    assert credit["maximum_amount"] / 12 == pytest.approx(2_565.67, abs=0.005)
    assert credit["earnings_reduction"] / 12 == pytest.approx(829.01, abs=0.01)
    assert credit["universal_credit"] / 12 == pytest.approx(1_736.66, abs=0.02)
    assert unit["benefit_cap"]["exempt"] == 1  # net pay above 881 a month


def test_a_family_in_hackney_meets_the_benefit_cap() -> None:
    """Universal Credit and Child Benefit together may be no more than £2,110.25 a month in London (£25,323 a year)."""
    unit = worked("private_renter_capped")["benefit_units"][0]
    together = unit["benefit_cap"]["universal_credit"] + unit["child_benefit"]["child_benefit"]
    assert together == pytest.approx(25_323, abs=0.5)


def test_a_landlord_in_bristol() -> None:
    """ITTOIA 2005 s.274A: 20% of the mortgage interest of £4,000 comes off tax of (20,000 + 15,000 - 12,570) x 20%."""
    landlord = worked("landlord")["people"][0]["income_tax"]
    assert landlord["tax_on_non_savings"] + landlord["tax_on_property"] == pytest.approx(4_486.00)
    assert landlord["finance_cost_relief"] == pytest.approx(800.00)
    assert landlord["income_tax"] == pytest.approx(3_686.00)


def test_a_statement_names_the_law_it_rests_on() -> None:
    household = read_household(EXAMPLES / "single_worker.yaml")
    text = as_text(statement(household, law_in_force(household.year)), "week", True)
    assert "Income each person may have before income tax is charged: 12,570 (£/year), from 2021-04-06." in text
    assert "Scottish rates" not in text and "Rate on dividends" not in text  # law that changes no line is left out
    assert text.rstrip().endswith("changes in circumstances within the year.")


def test_today_and_proposal_stand_side_by_side() -> None:
    from fairshare.scenario import laws, read_scenario

    household = read_household(EXAMPLES / "large_family.yaml")
    base, proposal = laws(read_scenario("benefits/child_benefit_plus_ten_pounds"), household.year)
    text = as_text(statement(household, base), "week", False, statement(household, proposal))
    row = next(row for row in text.splitlines() if row.startswith("Child Benefit"))
    assert row.split() == ["Child", "Benefit", "£80.75", "£120.75", "£40.00"]


def test_wealth_is_not_divided_into_weeks() -> None:
    household = household_from_text("council: Leeds\nwealth: {financial: 50_000_000}\npeople: [{age: 60}]")
    from fairshare.scenario import laws, read_scenario

    _, proposal = laws(read_scenario("wealth/two_percent_above_ten_million"), household.year)
    text = as_text(statement(household, proposal), "week", True)
    assert "£50,000,000.00" in text
