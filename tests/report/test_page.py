"""The page stands alone, reads in order, and is written whole or not at all."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from fairshare.faults import Fault
from fairshare.measures.tables import Measures
from fairshare.report.document import as_json
from fairshare.report.page import page, write_files, write_page
from fairshare.report.text import as_text, both_as_text, ledger_text
from measured import a_run, what_is_measured

VOID = {"meta", "link", "br", "img", "hr", "input"}


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.unclosed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.unclosed.append(tag)


def outline(text: str) -> _Outline:
    found = _Outline()
    found.feed(text)
    return found


@pytest.fixture
def text(child_benefit: Measures, property_tax: Measures) -> str:
    return page(child_benefit, property_tax)


def test_it_is_well_formed_with_landmarks_and_one_h1(text: str):
    found = outline(text)
    assert not found.unclosed and not found.open
    tags = [tag for tag, _ in found.tags]
    for once in ("h1", "main", "header", "footer", "title"):
        assert tags.count(once) - (text.count('-title">') if once == "title" else 0) == 1, once
    assert ("html", {"lang": "en-GB"}) in found.tags


def test_it_needs_no_script_and_no_network(text: str):
    found = outline(text)
    assert "script" not in {tag for tag, _ in found.tags}
    for tag, attributes in found.tags:
        for name in ("src", "href", "xlink:href", "srcset"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes)
    assert "@import" not in text and "url(http" not in text


def test_ids_are_unique_and_labels_found(text: str):
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    for label in re.findall(r'aria-labelledby="([^"]+)"', text):
        assert set(label.split()) <= set(ids)


def test_headings_step_down_one_at_a_time(text: str):
    levels = [int(tag[1]) for tag, _ in outline(text).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_figure_has_its_table_beside_it(text: str):
    for figure in re.findall(r"<figure.*?</figure>", text, flags=re.DOTALL):
        assert figure.count("<svg") == 2 and "<details>" in figure and "<table>" in figure and "<figcaption" in figure


def test_it_says_what_it_is(text: str, child_benefit: Measures):
    for part in (
        child_benefit.run.id,
        "synthetic",
        "fairshare report",
        "To cite this page",
        child_benefit.run.scenario.title,
        "Open Government",
    ):
        assert part in text


def test_it_is_written_whole_or_not_at_all(child_benefit: Measures, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "here" / "page.html"
    write_page(child_benefit.run, path)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(Fault, match="No space left on device"):
        write_page(child_benefit.run, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_report_is_a_page_and_nothing_else(child_benefit: Measures, tmp_path: Path):
    with pytest.raises(Fault, match="must end in"):
        write_page(child_benefit.run, tmp_path / "report.pdf")
    assert not list(tmp_path.iterdir())


def test_a_place_that_cannot_be_written_gets_a_sentence(child_benefit: Measures, tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="give another place"):
        write_page(child_benefit.run, tmp_path / "file" / "page.html")


def test_files_beside_it(child_benefit: Measures, tmp_path: Path):
    written = write_files(child_benefit.run, tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert {"page.html", "result.json", "by_income.svg", "by_income.png", "by_income.csv", "tables/by_income_tenth.csv"} <= names
    for path in written:
        assert path.stat().st_size > 0
        if path.suffix == ".csv":
            assert child_benefit.run.id in path.read_text(encoding="utf-8")


def test_tables_are_parquet_too(child_benefit: Measures, tmp_path: Path):
    import pyarrow.parquet as pq

    write_files(child_benefit.run, tmp_path)
    table = pq.read_table(tmp_path / "tables" / "by_income_tenth.parquet")
    assert table.num_rows == 10
    held = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert child_benefit.run.id in held["source"] and held["unit of mean_change"] == "£ a year"
    rows = child_benefit.tables["by_income_tenth"]
    assert table.column("mean_change").to_pylist() == [row.get("mean_change") for row in rows]


def test_what_an_earlier_result_left_is_taken_away_and_nothing_else(child_benefit: Measures, property_tax: Measures, tmp_path: Path):
    written = {path.name for path in write_files(property_tax.run, tmp_path)}
    assert "homes_by_value.csv" in written
    (tmp_path / "notes.txt").write_text("my own")
    (tmp_path.parent / "beside.txt").write_text("not in the folder")
    with (tmp_path / "files.txt").open("a") as listed:
        listed.write("../beside.txt\n")
    again = {path.relative_to(tmp_path) for path in write_files(child_benefit.run, tmp_path)}
    left = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == again | {Path("notes.txt"), Path("files.txt")}
    assert (tmp_path.parent / "beside.txt").exists()


def test_the_document(each: Measures):
    made = as_json(each.run)
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert {"id", "scenario", "title", "year", "population", "area", "headline", "tables", "ledger"} <= set(made)
    ids = {figure["id"] for figure in made["headline"]}
    needed = {"net_revenue", "households_gaining_pct", "households_losing_pct", "gini_change", "poverty_ahc_change_people"}
    assert needed <= ids
    for figure in made["headline"]:
        assert {"id", "value", "unit", "low", "high", "range_kind", "sentence", "source"} <= set(figure)
        assert figure["sentence"].endswith(".")


def test_the_text_fits_a_terminal(each: Measures):
    for line in as_text(each.run).splitlines():
        assert len(line) <= 79, line


def test_the_ledger_as_text(each: Measures):
    told = ledger_text(each.run)
    assert each.run.scenario.title.split()[0] in told
    assert "United Kingdom, 2026-27. A synthetic population" in told  # what it is of, and that nobody in it is real


def test_the_ledger_says_less_of_what_is_cut():
    cut = ledger_text(a_run("spending/schools_one_billion_less"))
    assert "less spending on schools" in cut and "less schools, at cost" in cut
    assert "less" not in ledger_text(a_run("spending/schools_one_billion_more"))


def test_two_proposals_as_text_stand_side_by_side_first_and_words_come_once():
    runs = [a_run(f"benefits/child_benefit_{way}_ten_pounds") for way in ("plus", "minus")]
    told = both_as_text(*runs)
    assert told.startswith("Two proposals stand side by side.")
    assert told.count("These words are used here.") == 1
    assert told.index("Headline figures of both") < told.index(runs[0].scenario.title + "\n===")
    assert all(len(line) <= 79 for line in told.splitlines())


def test_where_no_income_moves_the_page_holds_no_tables_of_noughts():
    made = what_is_measured("spending/schools_one_billion_more")
    text = page(made)
    assert "By kind of family" not in text and "by-income" not in text.replace("_", "-").split("All the numbers are here.")[0]
    assert "By kind of family" in page(what_is_measured("benefits/child_benefit_plus_ten_pounds"))
