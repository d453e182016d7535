"""Corporation tax as it comes to rest on households: shared in parts, moved by the rate, kept apart."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import Law, law_in_force, with_changes
from fairshare.reading import parse

HOME = family(person(40, earnings=50_000), financial_wealth=60_000, business_wealth=40_000, pension_wealth=100_000, spending_food=8_000)


def law_with(rate: float, counted: int = 0) -> Law:
    text = f"""
    law:
      post_tax_income: {{counts: {{taxes_on_firms: {counted}}}}}
      corporation_tax:
        main_rate: {rate}
        receipts: 100_000_000_000
        borne_by: {{owners: 0.4, workers: 0.5, customers: 0.1}}
        totals: {{wealth: 10_000_000_000_000, pay: 1_250_000_000_000, spending: 800_000_000_000}}
    """
    document = parse(text)
    return with_changes(law_in_force("2026-27"), document.data["law"], document)


@pytest.mark.parametrize("rate, owners, workers, customers", [(0.25, 800, 2_000, 100), (0.275, 880, 2_200, 110), (0, 0, 0, 0)])
def test_a_household_bears_its_part_of_each_part(rate: float, owners: float, workers: float, customers: float) -> None:
    """£100 billion at 25%: 40% by 200,000 in 10 trillion, half by 50,000 in 1.25 trillion of pay, a tenth by 8,000 in 800 billion."""
    lines = assess(HOME, law_with(rate), remember=False)["corporation_tax"]
    found = [lines[name][0] for name in ("as_owners", "as_workers", "as_customers", "corporation_tax")]
    assert found == pytest.approx([owners, workers, customers, owners + workers + customers])


def test_it_is_kept_apart_unless_asked_for() -> None:
    usual, counted = (assess(HOME, law_with(0.25, switch), remember=False)["post_tax_income"] for switch in (0, 1))
    assert usual["taxes_on_firms"][0] == counted["taxes_on_firms"][0] >= 2_900
    assert usual["post_tax_income"][0] - counted["post_tax_income"][0] == pytest.approx(counted["taxes_on_firms"][0])


def test_the_law_in_force_leaves_post_tax_income_as_it_was() -> None:
    law = law_in_force("2026-27")
    without = with_changes(law, {"corporation_tax": {"receipts": 0}, "business_rates": {"receipts": 0}}, parse("{}"))
    before, after = (assess(HOME, each, remember=False)["post_tax_income"]["post_tax_income"][0] for each in (law, without))
    assert before == after
