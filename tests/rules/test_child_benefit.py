"""Child Benefit: the weekly rates for 52 weeks."""

from __future__ import annotations

import pytest

from fairshare.law import law_in_force
from fairshare.rules.child_benefit import assess_unit, entitlement


@pytest.mark.parametrize(
    "year, children, pounds",
    [
        ("2026-27", 0, 0),
        ("2026-27", 1, 1_406.60),
        ("2026-27", 2, 2_337.40),  # 44.95 x 52
        ("2026-27", 4, 4_199.00),
        ("2025-26", 2, 2_251.60),  # 43.30 x 52
        ("2024-25", 1, 1_331.20),
        ("2023-24", 3, 2_901.60),
    ],
)
def test_entitlement(year, children, pounds):  # HMRC, rates and allowances for Child Benefit
    assert entitlement(float(children), law_in_force(year).values["child_benefit"]) == pytest.approx(pounds)


@pytest.mark.parametrize("claims, opts_out, paid", [(True, False, 1_406.60), (False, False, 0), (True, True, 0)])
def test_paid_to_those_who_claim_and_do_not_opt_out(claims, opts_out, paid):
    lines = assess_unit(1.0, claims, opts_out, law_in_force("2026-27").values["child_benefit"])
    assert lines.child_benefit == pytest.approx(paid)
    assert lines.entitlement == pytest.approx(1_406.60)


def test_later_years_follow_prices(line):
    law = law_in_force("2027-28")
    assert law.facts["child_benefit"]["eldest"].status == "projected"
    assert law.values["child_benefit"].eldest == pytest.approx(27.05 * 1.023)
