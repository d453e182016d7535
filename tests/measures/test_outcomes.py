"""Outcomes beside pounds: worked where they can be, published where they cannot, each with what it cannot say."""

from __future__ import annotations

import pytest

from building import some_households
from fairshare.faults import Fault
from fairshare.measures.outcomes import outcomes
from fairshare.reading import parse
from fairshare.report.outcomes import LABEL, figure
from fairshare.report.plain import faults
from fairshare.run import Run, work
from fairshare.scenario import scenario_from

TEXT = """title: T
because: B.
from: 2026-27
law: {}
use:
  - service: {name: social_care, amount: 23_560_000}
  - service: {name: council_homes, amount: 13_000_000}
  - equal_payment: {to: people, amount_each: 5_000}
closure: borrowing
"""


def made() -> Run:
    return work(scenario_from(parse(TEXT, "mine.yaml")), some_households(120, seed=9), "2026-27")


def test_money_buys_hours_and_homes() -> None:
    """£23.56 million at £23.56 an hour is a million hours; £13 million at £130,000 is a hundred homes."""
    found = {each.id: each for each in outcomes(made())}
    assert found["hours_of_care"].change == pytest.approx(1e6)
    assert found["council_homes"].change == pytest.approx(100)


def test_a_payment_to_all_lowers_poverty_against_a_held_line() -> None:
    found = {each.id: each for each in outcomes(made())}
    for name in ("poverty_people", "deep_poverty_people", "very_deep_poverty_people", "poverty_children"):
        assert found[name].kind == "worked" and found[name].change <= 0
    assert found["poverty_people"].before >= found["deep_poverty_people"].before >= found["very_deep_poverty_people"].before


def test_what_is_published_does_not_move() -> None:
    """ONS 2018-20: 7.9 and 9.7 years of life; 19.3 and 18.6 in good health."""
    found = {each.id: each for each in outcomes(made()) if each.kind == "published"}
    gaps = [found[f"{name}_{who}"].before for name in ("life_expectancy_gap", "healthy_life_gap") for who in ("women", "men")]
    assert gaps == [7.9, 9.7, 19.3, 18.6]
    assert all(each.change is None and each.source and each.caveat for each in found.values())


def test_whoever_reads_chooses_what_leads() -> None:
    run = made()
    first = outcomes(run, ["council_homes", "destitution"])
    assert [each.id for each in first[:2]] == ["council_homes", "destitution"]
    assert sorted(first) == sorted(outcomes(run))
    with pytest.raises(Fault, match="There is no outcome"):
        outcomes(run, ["happiness"])


def test_words_are_plain() -> None:
    for each in outcomes(made()):
        assert not faults(each.caveat), each.caveat
        assert figure(each)
    assert not faults(LABEL)


def test_poverty_stands_beside_what_is_published() -> None:
    """DWP, Households Below Average Income 2024-25, after housing costs: 13.4 million people, 4.0 million of them children."""
    found = {each.id: each for each in outcomes(made())}
    assert "Published for 2024-25: 13.4 million." in found["poverty_people"].caveat
    assert "Published for 2024-25: 4.0 million." in found["poverty_children"].caveat
    assert "Published" not in found["deep_poverty_people"].caveat
