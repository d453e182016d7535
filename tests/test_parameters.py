"""Parameters: every value of the law is dated and sourced; projections and days are weighed by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from fairshare import parameters as p
from fairshare.areas import folder
from fairshare.faults import Fault
from fairshare.law import BY_PLACE, law_in_force
from fairshare.parameters import YEARS, Dated, Parameter, parameter_file, parameters
from fairshare.reading import read
from fairshare.rules import INSTRUMENTS


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_every_value_says_its_unit_source_and_date(name: str) -> None:
    found = parameters(name)
    assert found
    for path, parameter in found.items():
        assert len(parameter.says) > 10 and parameter.unit, path
        for dated in parameter.values:
            assert len(dated.source) > 5 and isinstance(dated.since, date), path
            assert dated.status in {"", "unverified", "projected"}, path
        assert len({dated.since for dated in parameter.values}) == len(parameter.values), path


def values_without_what_they_need(node: object, path: tuple[str, ...] = ()) -> list[str]:
    """Where a tree of parameters holds a value that lacks says, unit, source or a date, or stands outside any parameter."""
    here = ".".join(path)
    if not isinstance(node, dict):
        return [here]
    if path and ("says" in node or isinstance(node.get("values"), dict)):
        missing = [f"{here}: {name}" for name in ("says", "unit", "source") if not node.get(name)]
        dates = [key for key in node.get("values", {}) if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(key))]
        return missing + [f"{here}: {key} is no date" for key in dates]
    return [found for name, below in node.items() for found in values_without_what_they_need(below, (*path, str(name)))]


FILES = sorted(file for file in folder("parameters").rglob("*.yaml") if file.parent.name != "britain")
"""All but what describes the published figures that the population is made from, which have a form of their own."""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(folder("parameters")).as_posix())
def test_every_value_of_every_parameter_file_is_sourced_and_dated(file: Path) -> None:
    assert values_without_what_they_need(read(file).data) == []


@pytest.mark.parametrize(
    "tree, found",
    [
        ({"a": {"says": "x", "unit": "£", "source": "y", "values": {"2025-04-06": 1}}}, []),
        ({"a": {"says": "x", "unit": "£", "values": {"2025-04-06": 1}}}, ["a: source"]),
        ({"a": {"b": {"says": "x", "source": "y", "values": {"2025": 1}}}}, ["a.b: unit", "a.b: 2025 is no date"]),
        ({"a": {"b": 5}}, ["a.b"]),
    ],
)
def test_the_search_for_values_finds_what_it_should(tree: dict[str, object], found: list[str]) -> None:
    assert values_without_what_they_need(tree) == found


@pytest.mark.parametrize("name", [each.name for each in INSTRUMENTS.values() if each.places])
def test_law_by_place_says_its_unit_and_source(name: str) -> None:
    described = parameter_file(name).data[BY_PLACE]
    assert set(INSTRUMENTS[name].places._fields) == set(described)  # type: ignore[union-attr]
    for column, about in described.items():
        assert {"says", "unit", "source"} <= set(about), f"{name}.{column}"
    assert (folder("parameters") / f"{name}.csv").exists()


def dated(*values: tuple[str, float]) -> tuple[Dated, ...]:
    return tuple(Dated(p._effective(date.fromisoformat(day)), value, "an Act", "") for day, value in values)


def parameter(*values: tuple[str, float], then: str = "") -> Parameter:
    return Parameter("tax.rate", "A rate", "share", dated(*values), then)


def test_the_value_in_a_year() -> None:
    rate = parameter(("2023-04-06", 1.0), ("2025-04-06", 2.0))
    assert [rate.in_year(year).value for year in ("2023-24", "2024-25", "2025-26", "2029-30")] == [1.0, 1.0, 2.0, 2.0]
    assert rate.in_year("2026-27").since == "2025-04-06" and rate.in_year("2026-27").status == ""


def test_a_value_that_changes_in_the_year_is_weighted_by_days() -> None:
    """91 days of 1 (6 April to 5 July 2025) and 274 of 2: (91 + 548) / 365."""
    assert parameter(("2020-04-06", 1.0), ("2025-07-06", 2.0)).in_year("2025-26").value == pytest.approx(639 / 365)


@pytest.mark.parametrize("day", ["2025-04-01", "2025-04-06", "2025-04-07", "2025-04-12"])
def test_the_first_days_of_april_count_as_the_start_of_the_year(day: str) -> None:
    assert parameter(("2020-04-06", 1.0), (day, 2.0)).in_year("2025-26").value == 2.0
    assert parameter(("2020-04-06", 1.0), (day, 2.0)).in_year("2024-25").value == 1.0


def test_projection_follows_the_index_and_says_so() -> None:
    growth = p.indices()["cpi"]
    fact = parameter(("2026-04-06", 100.0), then="cpi").in_year("2028-29")
    assert fact.value == pytest.approx(100.0 * (1 + growth["2027-28"]) * (1 + growth["2028-29"]))
    assert fact.status == "projected"
    assert parameter(("2026-04-06", 100.0), then="cpi").in_year("2026-27").status == ""
    frozen = parameter(("2026-04-06", 100.0), then="frozen").in_year("2029-30")
    assert frozen.value == 100.0 and frozen.status == "projected"


def test_unverified_travels_with_a_projection() -> None:
    values = (Dated(date(2026, 4, 6), 100.0, "a page", "unverified"),)
    assert Parameter("a.b", "An amount", "£", values, "cpi").in_year("2027-28").status == "projected, unverified"


def test_a_value_published_as_a_projection_is_not_projected_twice() -> None:
    values = (Dated(date(2027, 4, 6), 100.0, "an Act and a forecast", "projected"),)
    assert [Parameter("a.b", "An amount", "£", values, "cpi").in_year(year).status for year in ("2027-28", "2028-29")] == ["projected"] * 2


@pytest.mark.parametrize("year", YEARS)
def test_every_status_of_the_law_is_one_that_readers_know(year: str) -> None:
    known = {"", "unverified", "projected", "projected, unverified"}
    for name in INSTRUMENTS:
        assert {fact.status for fact in law_in_force(year).facts[name].values()} <= known, name


def test_a_year_before_the_first_value_is_refused() -> None:
    with pytest.raises(Fault, match=r"tax\.rate has no value for 2023-24; its first is from 2025-04-06"):
        parameter(("2025-04-06", 1.0)).in_year("2023-24")


@pytest.mark.parametrize(
    "text, words",
    [
        ("a: {says: x, unit: £, values: {2025-04-06: 1}}", "`source` is missing"),
        ("a: {says: x, unit: £, source: y, values: {}}", "`values` is missing"),
        ("a: {says: x, unit: £, source: y, values: {2025: 1}}", '"2025" is not a date'),
        ("a: {says: x, unit: £, source: y, values: {2025-04-06: }}", "the value is missing"),
        ("a: {says: x, unit: £, source: y, then: rpi, values: {2025-04-06: 1}}", "`then` must be one of"),
        ("a: {says: x, unit: £, sauce: y, values: {2025-04-06: 1}}", 'did you mean "source"?'),
        ("a: {says: x, unit: £, source: y, values: {2026-04-06: 1, 2025-04-06: 2}}", "dates must rise"),
        ("a: 5", "a must be a group or a parameter"),
    ],
)
def test_a_parameter_file_that_is_not_well_made(text: str, words: str, tmp_path, monkeypatch) -> None:
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(p, "folder", lambda name: tmp_path)
    p.parameters.cache_clear()
    p.parameter_file.cache_clear()
    try:
        with pytest.raises(Fault, match=r"odd\.yaml") as refused:
            parameters("odd")
        assert words in str(refused.value)
    finally:
        p.parameters.cache_clear()
        p.parameter_file.cache_clear()
