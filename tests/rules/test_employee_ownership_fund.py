"""An employee-ownership fund, as a proposal would set it."""

from __future__ import annotations

import pytest

from building import home, one_person, person, town, unit
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse
from fairshare.run import work
from fairshare.scenario import scenario_from

LAW = "{employee_ownership_fund: {share_moved: 0.1, most_each: 500, works_in_large_firm: 0.4, dividends_for_each_worker: 8_000}}"


def lines(law: str, **fields: float):
    document = parse(f"law: {law}")
    made = assess(one_person(40, **fields), with_changes(law_in_force("2026-27"), document.data["law"], document), remember=False)
    return made["employee_ownership_fund"][0]


def test_none_is_in_force() -> None:
    assert lines("{}", earnings=30_000)["dividends_moved"] == 0


def test_a_worker_is_paid_up_to_a_limit_and_the_public_receives_what_is_beyond() -> None:
    """A tenth of £8,000 is £800: £500 to the worker and £300 to the public, each with the chance of four in ten."""
    found = lines(LAW, earnings=30_000)
    assert (found["dividends_moved"], found["paid_to_worker"], found["paid_to_public"]) == pytest.approx((320, 200, 120))
    assert lines(LAW, self_employment=30_000)["dividends_moved"] == 0
    assert lines(LAW.replace("most_each: 500, ", ""), earnings=30_000)["paid_to_worker"] == pytest.approx(320)


def test_owners_of_shares_pay_for_what_workers_and_the_public_receive() -> None:
    people = town(home(unit(person(40, earnings=30_000))), home(unit(person(40))))
    made = work(scenario_from(parse(f"title: T\nbecause: B.\nfrom: 2026-27\nlaw: {LAW}\n")), people, "2026-27")
    assert made.net_revenue == pytest.approx(120)
    assert sorted(made.change) == pytest.approx([0, 200])
    assert made.ledger.gains["owners of shares in large firms"] == pytest.approx(-320)
