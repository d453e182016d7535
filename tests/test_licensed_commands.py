"""Commands over a licensed survey: the citation stands in every output, and no record leaves unless it is asked for in so many words."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fairshare import cli
from fairshare.areas import areas
from fairshare.population import report_card
from fairshare.population.records import Population
from fairshare.population.store import cache_folder, save
from fairshare.population.synthetic import made

CITED = "Made-up Survey, 2025-26, held under a licence."
SCENARIO = "income_tax/basic_rate_plus_one_penny"
Say = Callable[..., tuple[str, str]]


@pytest.fixture(scope="module")
def people() -> Population:
    details = {"licensed": True, "councils_known": True, "citation": CITED, "cited_as": CITED}
    return replace(made(3_000, seed=5), kind="survey", name="mine", says=f"A survey. {CITED}", details=details)


@pytest.fixture
def said(people: Population, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """What a command prints: standard output and standard error."""
    monkeypatch.setenv("FAIRSHARE_CACHE", str(tmp_path / "cache"))
    save(people, cache_folder() / "mine")

    def run(*words: str) -> tuple[str, str]:
        monkeypatch.setattr(sys, "argv", ["fairshare", *words, "--population", "mine"])
        try:
            cli.main()
        except SystemExit as stopped:
            assert stopped.code in (0, 2)
        told = capsys.readouterr()
        return told.out, told.err

    return run


@pytest.mark.parametrize(
    "words",
    [("run", SCENARIO), ("ledger", SCENARIO), ("outcomes", SCENARIO), ("stages",), ("population", "report"), ("population", "describe")],
    ids=["run", "ledger", "outcomes", "stages", "report card", "describe"],
)
def test_every_command_cites_the_survey(words: tuple[str, ...], said: Say) -> None:
    assert CITED in " ".join(said(*words)[0].split())
    if words[-1] != "describe":
        out, err = said(*words, "--json")
        json.loads(out)  # one document, and nothing else
        assert CITED in out or CITED in err


def test_no_record_is_written_unless_asked_for_in_so_many_words(said: Say, tmp_path: Path, people: Population) -> None:
    said("run", SCENARIO, "--out", str(tmp_path / "out"))
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert files and not (tmp_path / "out" / "households.csv").exists()
    for file in files:
        if file.suffix in (".csv", ".json"):
            assert file.read_text(encoding="utf-8").count("\n") < len(people.households) or file.suffix == ".json"
    said("run", SCENARIO, "--out", str(tmp_path / "all"), "--allow-records")
    kept = tmp_path / "all" / "households.csv"
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert CITED in lines[0] and "may not be passed on" in lines[1] and len(lines) == 3 + len(people.households)
    assert kept.stat().st_mode & 0o777 == 0o600
    _, err = said("run", SCENARIO, "--allow-records")
    assert "give the folder as --out" in err


def test_the_result_that_is_kept_holds_the_question_alone(said: Say, tmp_path: Path) -> None:
    said("run", SCENARIO)
    kept = [json.loads(file.read_text()) for file in (tmp_path / "cache").rglob("results/*.json")]
    assert all(set(each) <= {"scenario", "year", "population", "seed", "area", "compare", "take_up"} for each in kept)


def test_the_report_card_shows_no_council_of_few_records(people: Population) -> None:
    found = report_card.report(people, [])
    records = np.bincount(people.households["council"], minlength=len(areas()))
    few = {area.code for area in areas() if records[area.row] < 30}
    assert few and not few & {row["area"] for row in found["targets"]}
    by_region = {area.region: [] for area in areas()}  # type: ignore[var-annotated]
    shown = {row["area"] for row in found["targets"]}
    for area in areas():
        if area.code not in shown:
            by_region[area.region].append(records[area.row])
    assert all(sum(left) == 0 or sum(left) >= 30 for left in by_region.values())  # what is left of a region is enough as well
    nameless = replace(people, details={**people.details, "councils_known": False})
    assert not [row for row in report_card.report(nameless, [])["targets"] if row["level"] == "council"]
