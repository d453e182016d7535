"""What is asked of a population, judged line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from building import home, person, town, unit
from fairshare.faults import Fault
from fairshare.population.published import Row, not_comparable
from fairshare.population.report_card import card, in_order, report_text
from fairshare.population.standards import Standard, standards
from fairshare.report.card import card_page, write_card

PEOPLE = town(home(unit(person(40, earnings=20_000)), council="Leeds", weight=10))


def line(measure: str, gap: float, calibrated: bool = False, level: str = "national", **more: Any) -> dict[str, Any]:
    row = {
        "id": f"{measure}/{gap}", "area_name": "United Kingdom", "says": measure, "period": "2025-26", "level": level, "measure": measure,
        "published": 100.0, "model": 100.0 + gap, "gap_pct": gap, "calibrated": calibrated, "not_comparable": None,
    }  # fmt: skip
    return {**row, **more}


def found(*rows: dict[str, Any]) -> dict[str, Standard]:
    return {standard.id: standard for standard in standards(list(rows), PEOPLE)}


def test_parts_and_middle_gaps_are_of_comparable_figures() -> None:
    rows = [line("persons", gap, True) for gap in (0.5, -1.0, 2.0, 12.0)] + [line("persons", 90.0, True, not_comparable="another year")]
    got = found(*rows, line("mean", 4.0), line("mean", -30.0))
    assert got["targets_near"].reached == "75.0%" and got["targets_near"].met is False
    assert got["targets_middle"].reached == "1.5%" and got["targets_middle"].met is True
    assert got["checked_far"].reached == "50.0%" and got["checked_far"].met is False
    assert got["targets"].met is False and got["targets"].reached == "4"


@pytest.mark.parametrize("gap, met", [(4.9, True), (-5.1, False)])
def test_receipts_of_income_tax_within_five_per_cent(gap: float, met: bool) -> None:
    got = found(line("table_3_4", gap, says="receipts: Income tax (gross of tax credits)"))["receipts_income_tax"]
    assert got.met is met and got.reached == f"2025-26 {gap:+.1f}%"


def test_points_of_gini_and_of_poverty() -> None:
    """A Gini published as 32.7 per cent and found as 31.0 is 0.017 away; poverty of 13.9 against 11.0 is 2.9 points away."""
    gini = line("gini", -5.2, published=32.7, model=31.0)
    old = line("low_income_rate", -20.9, says="low income rate: pensioners, relative, AHC", published=13.9, model=11.0)
    got = found(gini, old)
    assert got["gini"].reached == "-0.017" and got["gini"].met is False
    assert got["poverty_pensioners"].reached == "-2.90 points" and got["poverty_pensioners"].met is True


def test_ranks_of_councils() -> None:
    rows = [
        line("children_relative_poverty_bhc", 0.0, level="council", published=float(place), model=float(value))
        for place, value in enumerate((3, 1, 2, 5, 4))
    ]
    assert found(*rows)["ranks_children"].reached == "0.60"


def test_what_cannot_be_judged_is_said_to_be_unknown() -> None:
    got = found(line("persons", 1.0, True))
    assert got["receipts_vat"].met is None and got["receipts_vat"].reached == "not published in the tables held"


def test_missed_standards_come_first() -> None:
    asked = [{"id": name, "met": met} for name, met in (("a", True), ("b", None), ("c", False), ("d", True))]
    assert [standard["id"] for standard in in_order(asked)] == ["c", "b", "a", "d"]


@pytest.mark.parametrize(
    "dims, period, apart",
    [
        ((), "November 2025", True),
        ((("age", "pension age"),), "November 2025", False),
        ((("age", "working age"),), "November 2025", True),
    ],
)
def test_which_figures_are_not_comparable(dims: tuple[tuple[str, str], ...], period: str, apart: bool) -> None:
    """Claims of Housing Benefit: all of them and those of working age hold temporary housing; those of pension age do not."""
    row = Row("x", "K03000001", "housing_benefit_claims", dims, 1.0, "claims", period)
    assert (not_comparable(row) is not None) is apart


def test_the_text_and_the_page_show_what_is_asked_first() -> None:
    made = card([line("persons", 2.0, True), line("mean", 40.0, not_comparable="counts other people")], [], PEOPLE)
    text = report_text(made)
    assert text.index("What is asked of it") < text.index("How close it comes") < text.index("Not comparable, and not counted above: 1")
    page = card_page(made, PEOPLE, "fairshare population report --out card.html")
    assert page.index("missed") < page.index("Most figures lie near") and "counts other people" in page
    assert "http" not in page and "<script" not in page and 'name="viewport"' in page


def test_a_page_must_be_named_as_one(tmp_path: Path) -> None:
    made = card([line("persons", 2.0, True)], [], PEOPLE)
    with pytest.raises(Fault, match=r"must end in .html"):
        write_card(made, PEOPLE, tmp_path / "card.txt")
    assert write_card(made, PEOPLE, tmp_path / "card.html").read_text(encoding="utf-8").startswith("<!doctype html>")
