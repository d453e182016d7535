"""`fairshare law show`: every value of an instrument with its source, and what is unverified or projected said beside it."""

from __future__ import annotations

import re

import pytest

from fairshare.faults import Fault
from fairshare.law import BY_PLACE, law_in_force
from fairshare.law_page import facts_of, in_words, law_text
from fairshare.parameters import parameter_file
from fairshare.rules import INSTRUMENTS


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("year", ["2023-24", "2026-27", "2029-30"])
@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_value_is_shown_with_its_source_and_status(name: str, year: str) -> None:
    text = spaced(law_text(name, year))
    facts = law_in_force(year).facts[name]
    assert [fact.path for fact in facts_of(name, year)] == [fact.path for fact in facts.values()]
    for fact in facts.values():
        assert f"Source: {spaced(fact.source)}." in text and f"unit: {fact.unit}; since {fact.since}" in text
        assert f"{fact.path} [{fact.status}]" in text if fact.status else f"{fact.path} [" not in text
    for column, about in parameter_file(name).data.get(BY_PLACE, {}).items():
        assert f"{name}.{BY_PLACE}.{column}" in text and spaced(about["source"]) in text


def test_a_value_as_a_person_reads_it() -> None:
    text = law_text("child_benefit", "2026-27")
    assert text.startswith("Child Benefit: the law in 2026-27")
    assert "child_benefit.eldest\n    £27.05 a week   (unit: £/week; since 2026-04-06)" in text


@pytest.mark.parametrize(
    "value, unit, words",
    [
        (424.9, "£/month", "£424.90 a month"),
        (12_570, "£/year", "£12,570 a year"),
        (6_000, "£", "£6,000"),
        (12.71, "£/hour", "£12.71 an hour"),
        (0.5392808219, "£/litre", "£0.5393"),
        (374.2954247, "£/1,000 cigarettes", "£374.30"),
        (0.55, "share", "55%"),
        (0.005559, "share of capital value", "0.5559%"),
        (0.666666667, "ratio to Band D", "6/9"),
        (2, "ratio to Band D", "2"),
        (1.3138889, "ratio to Band D", "1.31389"),
        (float("inf"), "children", "no limit"),
        (1, "switch", "yes"),
        (0, "1 or 0", "no"),
        (16, "years", "16"),
        (2_000_000, "people", "2,000,000"),
        (
            [{"above": 0, "rate": 0.2}, {"above": 37_700, "rate": 0.4}],
            "share of income above each £/year",
            "20% above £0; 40% above £37,700",
        ),
        ([{"above": 0, "rate": 0.25}, {"above": 1, "rate": 1}], "ratio by age", "0.25 above 0; 1 above 1"),
    ],
)
def test_a_value_is_written_as_a_person_writes_it(value: object, unit: str, words: str) -> None:
    assert in_words(value, unit) == words


def test_no_value_of_the_law_reads_as_a_number_of_a_machine() -> None:
    for name in INSTRUMENTS:
        text = law_text(name, "2026-27")
        assert not re.search(r"\binf\b|\d\.\d{7}|e\+\d", text), name


def test_an_unknown_instrument_is_refused_with_the_nearest() -> None:
    with pytest.raises(Fault, match='There is no instrument "child_benefits"; did you mean "child_benefit"'):
        law_text("child_benefits", "2026-27")
