"""The apprenticeship levy: one employer's, and the part that a person's pay bears."""

from __future__ import annotations

import pytest

from building import one_person
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse
from fairshare.rules.apprenticeship_levy import levy_on_pay_bill


@pytest.mark.parametrize("pay_bill, levy", [(5_000_000, 10_000), (3_000_000, 0), (3_000_200, 1), (0, 0)])
def test_one_employer(pay_bill: float, levy: float) -> None:
    """0.5% of the pay bill, less 15,000: it bites above 3 million."""
    assert levy_on_pay_bill(float(pay_bill), law_in_force("2026-27").values["apprenticeship_levy"]) == pytest.approx(levy)


@pytest.mark.parametrize("earnings, levy", [(30_000, 105.00), (0, 0)])
def test_a_persons_pay(earnings: float, levy: float) -> None:
    """Where the levy falls on 70% of pay, 30,000 bears 0.5% of 21,000."""
    document = parse("law: {apprenticeship_levy: {levied_pay: 0.7}}")
    law = with_changes(law_in_force("2026-27"), document.data["law"], document)
    found = assess(one_person(earnings=earnings), law, remember=False)["apprenticeship_levy"]
    assert found["apprenticeship_levy"][0] == pytest.approx(levy)
