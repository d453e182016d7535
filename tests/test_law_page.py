"""`fairshare law show`: every value of an instrument with its source, and what is unverified or projected said beside it."""

from __future__ import annotations

import pytest

from fairshare.faults import Fault
from fairshare.law import BY_PLACE, law_in_force
from fairshare.law_page import facts_of, law_text
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
    assert "child_benefit.eldest\n    27.05   (unit: £/week; since 2026-04-06)" in text


def test_an_unknown_instrument_is_refused_with_the_nearest() -> None:
    with pytest.raises(Fault, match='There is no instrument "child_benefits"; did you mean "child_benefit"'):
        law_text("child_benefits", "2026-27")
