"""A local income tax, as a proposal would set it."""

from __future__ import annotations

import pytest

from building import home, one_person, person, town, unit
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse
from fairshare.run import work
from fairshare.scenario import scenario_from


def tax(law: str, **fields: float) -> float:
    document = parse(f"law: {{local_income_tax: {law}}}")
    made = assess(one_person(40, **fields), with_changes(law_in_force("2026-27"), document.data["law"], document), remember=False)
    return float(made["local_income_tax"]["local_income_tax"][0])


@pytest.mark.parametrize(
    "law, fields, due",
    [
        ("{}", {"earnings": 50_000}, 0),
        ("{rate: 0.05}", {"earnings": 12_570}, 0),
        ("{rate: 0.05}", {"earnings": 32_570}, 1_000),  # 20,000 above the allowance
        ("{rate: 0.05}", {"earnings": 32_570, "dividends": 10_000}, 1_500),
        ("{rate: 0.05, savings_and_dividends: 0}", {"earnings": 32_570, "dividends": 10_000}, 1_000),
    ],
)
def test_five_per_cent_of_income_after_the_allowance(law: str, fields: dict[str, float], due: float) -> None:
    assert tax(law, **fields) == pytest.approx(due)


def test_one_councils_tax_falls_on_its_own_people_and_lowers_what_they_have() -> None:
    worker = unit(person(40, earnings=32_570))
    people = town(home(worker, council="Leeds"), home(worker, council="Bradford"))
    text = "title: T\nbecause: B.\nfrom: 2026-27\nareas: [Leeds]\nlaw: {local_income_tax: {rate: 0.05}}\n"
    made = work(scenario_from(parse(text)), people, "2026-27")
    assert sorted(made.change) == pytest.approx([-1_000, 0])
    assert made.net_revenue == pytest.approx(1_000)
