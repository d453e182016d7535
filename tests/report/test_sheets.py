"""Pages of homes, money, stages, your £100 and accounts: they stand alone and read in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from building import some_households
from fairshare.areas import find_area
from fairshare.assessment import assess
from fairshare.faults import Fault
from fairshare.law import law_in_force
from fairshare.powers import powers
from fairshare.report.money import pc_data, sim_data
from fairshare.report.sheets import (
    Sheet,
    account_sheet,
    balances_sheet,
    homes_sheet,
    hundred_sheet,
    model_sheet,
    powers_sheet,
    sheet_page,
    stages_sheet,
    write_sheet,
)
from fairshare.spending.accounts import ACCOUNTS, work
from fairshare.spending.functions import rates
from fairshare.spending.hundred import hundred
from fairshare.spending.money import pc_of_the_book, sim_of_the_book


@pytest.fixture(scope="module")
def sheets() -> list[Sheet]:
    assessment = assess(some_households(120, seed=8, councils=(find_area("Leeds").row,)), law_in_force("2024-25"))
    return [
        homes_sheet(find_area("Leeds"), "2026-27", {"homes": 200, "rent": None}),
        model_sheet(sim_data(sim_of_the_book(), 10, False), "fairshare money sim"),
        model_sheet(pc_data(pc_of_the_book(), 10, True), "fairshare money pc --from-rest"),
        balances_sheet(),
        stages_sheet(assessment, "2024-25"),
        powers_sheet(powers("Leeds", some_households(120, seed=8, councils=(find_area("Leeds").row,)), "2026-27")),
        hundred_sheet(hundred(assessment, rates(assessment)), "2024-25", "fairshare hundred home.yaml"),
        *(account_sheet(work(name), f"fairshare accounts {name}") for name in ACCOUNTS),
    ]


def test_each_stands_alone(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        text = sheet_page(sheet)
        assert text.count("<h1>") == 1 and 'lang="en-GB"' in text and "<script" not in text
        assert not re.search(r'(?:src|href)="(?!#)', text)
        assert all(part.heading in text for part in sheet.parts) and "To make it again" in text
        assert text.count("<caption>") == sum(part.table is not None for part in sheet.parts)


def test_every_row_has_every_column(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        for part in sheet.parts:
            if part.table is not None:
                assert part.table.rows
                assert {len(row) for row in part.table.rows} == {len(part.table.columns)} == {len(part.table.figures)}


def test_a_page_makes_itself_again(sheets: list[Sheet]) -> None:
    assert sheets[0].command == 'fairshare homes "Leeds" --year 2026-27 --homes 200'


def test_it_is_written_whole_or_says_why_not(sheets: list[Sheet], tmp_path: Path) -> None:
    assert write_sheet(sheets[0], tmp_path / "homes.html").read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")
    (tmp_path / "in_the_way").write_text("x")
    with pytest.raises(Fault, match="cannot be written"):
        write_sheet(sheets[0], tmp_path / "in_the_way" / "homes.html")
