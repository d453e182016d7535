"""Business rates as they come to rest on households: shared in parts, moved by each nation's multiplier, kept apart."""

from __future__ import annotations

import pytest

from building import home, person, town, unit
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse

OWNED = {"other_property_wealth": 100_000, "financial_wealth": 50_000, "business_wealth": 20_000, "pension_wealth": 30_000}


@pytest.mark.parametrize("council", ["Leeds", "Cardiff", "Glasgow City", "Belfast"])
@pytest.mark.parametrize("times, owners, customers", [(1, 200, 50), (1.1, 220, 55), (0, 0, 0)])
def test_a_household_bears_its_part_of_each_part(council: str, times: float, owners: float, customers: float) -> None:
    """£20 billion: half by 200,000 in 10 trillion, a quarter by 8,000 in 800 billion; a multiplier a tenth higher brings a tenth more."""
    nation = {"Leeds": "england", "Cardiff": "wales", "Glasgow City": "scotland", "Belfast": "northern_ireland"}[council]
    text = f"""
    law:
      business_rates:
        receipts: 20_000_000_000
        borne_by: {{owners: 0.5, customers: 0.25}}
        totals: {{wealth: 10_000_000_000_000, spending: 800_000_000_000}}
        multiplier: {{{nation}: {{times: {times}}}}}
    """
    document = parse(text)
    law = with_changes(law_in_force("2026-27"), document.data["law"], document)
    one = town(home(unit(person(40)), council=council, spending_food=5_000, spending_recreation=3_000, **OWNED))
    lines = assess(one, law, remember=False)["business_rates"]
    found = [lines[name][0] for name in ("as_owners", "as_customers", "business_rates")]
    assert found == pytest.approx([owners, customers, owners + customers])
