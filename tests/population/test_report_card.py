"""The report card: its form, what it counts, and what it says to a reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from building import home, person, town, unit
from fairshare.faults import Fault
from fairshare.population.measured import MEASURES, Workshop
from fairshare.population.published import Row, declared, fiscal_year
from fairshare.population.records import Population
from fairshare.population.report_card import describe, report, report_text, summary

FIELDS = {"id", "area", "published", "model", "gap_pct", "calibrated"}


@pytest.fixture(scope="session")
def card(small: Population) -> dict[str, Any]:
    return report(small, [])


def test_the_form_that_other_programs_read(card: dict[str, Any]) -> None:
    assert set(card) >= {"targets", "summary"}
    assert all(set(row) >= FIELDS for row in card["targets"])
    ids = [row["id"] for row in card["targets"]]
    assert len(ids) == len(set(ids))
    assert {row["calibrated"] for row in card["targets"]} == {True, False}
    national = [row for row in card["targets"] if row["level"] != "council"]
    assert len(national) >= 150


def test_gaps_are_of_the_published_figure(card: dict[str, Any]) -> None:
    for row in card["targets"]:
        if row["published"]:
            assert row["gap_pct"] == pytest.approx(100 * (row["model"] / row["published"] - 1), abs=0.01)


def test_every_declared_target_names_its_source_and_can_be_worked(card: dict[str, Any]) -> None:
    held = {row["id"] for row in card["targets"]}
    for row in declared("targets"):
        assert row.source and row.measure in MEASURES, row.id
        assert row.id in held, f"{row.id} has no figure"


def test_counts_of_the_summary() -> None:
    rows = [
        {"gap_pct": gap, "level": "national", "calibrated": calibrated}
        for gap, calibrated in ((1.0, True), (-2.0, True), (-4.0, False), (9.0, False), (50.0, False))
    ]
    made = summary(rows, [{"id": "x", "why": "no measure of this name is known"}])
    assert made["all"] == {"targets": 5, "within_3_pct": 2, "within_5_pct": 3, "within_10_pct": 4, "median_absolute_gap_pct": 4.0}
    assert made["calibrated"]["targets"] == 2 and made["only_checked"]["within_10_pct"] == 2
    assert made["not_expressed"] == 1


def test_the_text_shows_misses_first_and_the_two_kinds_apart(card: dict[str, Any]) -> None:
    text = report_text(card)
    assert text.startswith("synthetic, 2025-26: Made from published figures; no real person is in it.")
    checked, made_to = text.index("Only checked: nothing was made to agree with these"), text.index("Made to agree with these")
    assert text.index("How close it comes") < checked < made_to
    gaps = [float(line.split("%")[0]) for line in text[checked:made_to].splitlines() if line.strip()[:1] in "+-" and "%" in line]
    assert [abs(gap) for gap in gaps] == sorted((abs(gap) for gap in gaps), reverse=True)


def test_what_it_is_in_plain_words(small: Population) -> None:
    text = describe(small)
    for words in ("no real person is in it", "361 council areas", "seed 1", "2025-26", "Office for National Statistics", "synthetic"):
        assert words in text


# ---- one figure at a time ------------------------------------------------------------------------------------------


def made_row(measure: str, area: str = "K02000001", unit_: str = "persons", **dims: str) -> Row:
    return Row("x", area, measure, tuple(dims.items()), 1.0, unit_, "2026-27")


def test_figures_of_two_homes() -> None:
    """A mother with two children who rents in Leeds, and a couple of pensioners who own in Cardiff, each standing for ten."""
    people = town(
        home(unit(person(35, sex=1, earnings=20_800, hours=20), person(8), person(4)), council="Leeds", weight=10, tenure=3, rent=12_000,
             bedrooms=2, council_tax_band=1),
        home(unit(person(70, state_pension=12_000), person(72, sex=1, state_pension=9_000), couple=1), council="Cardiff", weight=10,
             tenure=0, dwelling_value=300_000, main_home_wealth=300_000, council_tax_band=4),
    )  # fmt: skip
    works = Workshop(people)
    assert works.model(made_row("households_by_size", size="Three people")) == 10
    assert works.model(made_row("families", family_type="Lone parent family > Dependent children")) == 10
    assert works.model(made_row("dependent_children", family_type="All families")) == 20
    assert works.model(made_row("dwellings_by_band", area="W92000004", band="all")) == 10
    # Both of the homes in Wales are in band D: so would all of the 1,484,560 on its list be.
    assert works.model(made_row("dwellings_by_band", area="W92000004", band="D")) == 1_484_560
    assert works.model(made_row("median_weekly_pay", unit_="GBP a week")) == 400
    assert works.model(made_row("wages_and_salaries", unit_="GBP billion")) == pytest.approx(208_000 / 1e9)
    assert works.model(made_row("state_pension_expenditure", area="W92000004")) == pytest.approx(210_000 * 149.8 / 145 / 0.965)
    assert works.model(made_row("employment_rate_16_64", unit_="per cent")) == 100
    assert works.model(made_row("mean_private_rent", size_or_type="2 bedroom")._replace(period="2026-09")) == pytest.approx(
        1_000 / 0.9, rel=0.002
    )
    assert works.model(made_row("households_by_size", size="Nine people")) == "this breakdown is not one that records hold"
    assert works.model(made_row("hedgehogs")) == "no measure of this name is known"
    assert works.model(made_row("wages_and_salaries", area="X")) == "the area X is not known"


@pytest.mark.parametrize(
    "period, year",
    [
        ("2025-26", "2025-26"), ("2025", "2025-26"), ("August 2025", "2025-26"), ("January 2026", "2025-26"), ("2025-03-31", "2024-25"),
        ("2026-04", "2026-27"), ("2023-01-01", "2023-24"), ("year ending Sep 2024", "2024-25"), ("FYE 2024", "2023-24"),
        ("2021-22 to 2023-24 average", "2023-24"), ("some time", None),
    ],
)  # fmt: skip
def test_the_fiscal_year_of_a_period(period: str, year: str | None) -> None:
    assert fiscal_year(period) == year


# ---- further files -------------------------------------------------------------------------------------------------

LONG = "target_id,geography_code,measure,dim1,value1,value,unit,period\n"


def test_further_files_of_both_forms(small: Population, tmp_path: Path) -> None:
    long = tmp_path / "mine.csv"
    long.write_text(LONG + "mine/1,K02000001,households,,,29003000,households,2025\nmine/2,K02000001,hedgehogs,,,1,persons,2025\n")
    wide = tmp_path / "councils.csv"
    wide.write_text("gss_code,dwellings_band_a,hedgehogs\nE08000035,150000,12\n")
    card = report(small, [long, wide])
    by_id = {row["id"]: row for row in card["targets"]}
    assert by_id["mine/1"]["published"] == 29_003_000 and abs(by_id["mine/1"]["gap_pct"]) < 1
    assert not by_id["mine/1"]["calibrated"]
    unread = {row["id"]: row["why"] for row in card["summary"]["not_expressed_rows"]}
    assert unread["mine/2"] == unread["E08000035/hedgehogs"] == "no measure of this name is known"


def test_regions_that_are_named_are_found(small: Population, tmp_path: Path) -> None:
    """HMRC's tables of capital gains say "England - North West" where others have a code."""
    file = tmp_path / "gains.csv"
    file.write_text(
        "target_id,geography_code,measure,dim1,value1,value,unit,period\n"
        "gains/nw,England - North West,taxpayer_count,population,individuals,30000,persons,2023-24\n"
        "gains/trusts,K02000001,taxpayer_count,population,individuals_and_trusts,30000,persons,2023-24\n"
    )
    card = report(small, [file])
    assert next(row for row in card["targets"] if row["id"] == "gains/nw")["area_name"] == "North West"
    assert "gains/trusts" in {row["id"] for row in card["summary"]["not_expressed_rows"]}


@pytest.mark.parametrize(
    "text, words",
    [
        ("a,b\n1,2\n", "has neither the columns target_id"),
        (LONG + "x,K02000001,households,,,many,households,2025\n", 'line 2: "many" is not a number'),
        (LONG, "holds no rows"),
    ],
)
def test_what_is_wrong_with_a_further_file(small: Population, tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(text)
    with pytest.raises(Fault, match=words):
        report(small, [file])


def test_a_further_file_that_is_not_there(small: Population, tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"cannot be read .*; check the path"):
        report(small, [tmp_path / "nothing.csv"])
