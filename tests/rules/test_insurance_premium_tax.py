"""Insurance premium tax: tax within premiums, by rate."""

from __future__ import annotations

import pytest

from building import family, person
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse


@pytest.mark.parametrize(
    "shares, rates, due",
    [
        ("{standard: 1, higher: 0}", "{}", 12),  # 112 with tax is 100 and 12
        ("{standard: 0, higher: 1}", "{}", 112 / 6),  # 20 in 120
        ("{standard: 0.5, higher: 0}", "{}", 6),
        ("{standard: 1, higher: 0}", "{standard: 0.15}", 15),  # the same insurance at 15%
        ("{standard: 0, higher: 0}", "{}", 0),
    ],
)
def test_tax_within_premiums_of_112(shares: str, rates: str, due: float) -> None:
    document = parse(f"law: {{insurance_premium_tax: {{shares: {shares}, rates: {rates}}}}}")
    law = with_changes(law_in_force("2026-27"), document.data["law"], document)
    home = family(person(40), spending_miscellaneous=112)
    assert assess(home, law, remember=False)["insurance_premium_tax"]["insurance_premium_tax"][0] == pytest.approx(due)
