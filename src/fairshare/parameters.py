"""Parameters: the law as data, dated and sourced, and the value each has in a fiscal year.

A parameter file is a tree of groups; a leaf has `says`, `unit`, `source` and `values` by date. A value may be a
number, a schedule (a list of bands), or a mapping with its own `source` or `status`. After its last date it
may follow an index (`then: cpi | earnings | triple_lock | frozen`); such years are marked projected.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from fairshare.areas import folder
from fairshare.faults import Fault, nearest
from fairshare.quantities import FIRST_YEAR, LAST_YEAR
from fairshare.reading import Document, Path, read

INDICES = ("cpi", "earnings", "triple_lock", "frozen")
YEARS = tuple(f"{start}-{(start + 1) % 100:02d}" for start in range(FIRST_YEAR, LAST_YEAR + 1))
_LEAF = {"says", "unit", "source", "values", "then", "status", "note"}
_NEEDED = ("says", "unit", "source", "values")
# Orders made for 1 April (council tax, duties) and for the first benefit week count from the start of the fiscal year.
_EARLIEST, _LATEST = (3, 30), (4, 12)


class Fact(NamedTuple):
    """A value in force in a year, and how it is known."""

    path: str
    says: str
    unit: str
    value: Any
    since: str
    """The date from which it has this value, or the last date set where it is projected."""
    source: str
    status: str
    """"", "unverified", "projected" or "projected, unverified"."""


class Dated(NamedTuple):
    since: date
    value: Any
    source: str
    status: str


@dataclass(frozen=True)
class Parameter:
    """One number or schedule of the law, through time."""

    path: str
    says: str
    unit: str
    values: tuple[Dated, ...]
    then: str

    def in_year(self, year: str) -> Fact:
        """Its value in a fiscal year, weighted by days where it changes inside it."""
        start, end = year_bounds(year)
        known = [dated for dated in self.values if dated.since < end]
        if not known:
            first = self.values[0].since.isoformat()
            raise Fault(f"{self.path} has no value for {year}; its first is from {first}.")
        last = known[-1]
        projected = last is self.values[-1] and self.then and fiscal_year(last.since) < year
        if projected:
            growth = index_growth(self.then, fiscal_year(last.since), year)
            return self._fact(last, _scaled(last.value, growth), "projected")
        return self._fact(last, _weighted_by_days(known, start, end), last.status)

    def _fact(self, dated: Dated, value: Any, status: str) -> Fact:
        if dated.status not in ("", "projected") and status == "projected":
            status = f"projected, {dated.status}"
        return Fact(self.path, self.says, self.unit, value, dated.since.isoformat(), dated.source, status)


def year_bounds(year: str) -> tuple[date, date]:
    """The first day of a fiscal year, and of the next."""
    start = int(check_year(year)[:4])
    return date(start, 4, 6), date(start + 1, 4, 6)


def check_year(year: Any) -> str:
    """The fiscal year as text ('2026-27'). Raises Fault when it is not one that the model covers."""
    if year in YEARS:
        return str(year)
    raise Fault(f'"{year}" is not a fiscal year that the model covers; give one of {YEARS[0]} to {YEARS[-1]}, written like 2026-27.')


def fiscal_year(day: date) -> str:
    start = day.year if (day.month, day.day) >= (4, 6) else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def _effective(day: date) -> date:
    return date(day.year, 4, 6) if _EARLIEST <= (day.month, day.day) <= _LATEST else day


def _weighted_by_days(known: list[Dated], start: date, end: date) -> Any:
    """The mean over the year's days of a number; of a schedule, the one in force when the year begins."""
    inside = [dated for dated in known if start < dated.since]
    before = [dated for dated in known if dated.since <= start]
    if not inside or not isinstance(known[-1].value, int | float):
        return (before or known)[-1].value
    spans = ([before[-1]] if before else []) + inside
    total = 0.0
    for dated, following in zip(spans, [*(each.since for each in spans[1:]), end], strict=True):
        total += dated.value * (following - max(dated.since, start)).days
    return total / (end - max(spans[0].since, start)).days


def _scaled(value: Any, growth: float) -> Any:
    if isinstance(value, list):
        return [{**band, "above": band["above"] * growth} for band in value]
    return value * growth


@cache
def indices() -> dict[str, dict[str, float]]:
    """Published forecast growth of each index at the start of each fiscal year."""
    found: dict[str, dict[str, float]] = {}
    with (folder("parameters") / "indices.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            found.setdefault(line["index"], {})[line["year"]] = float(line["change"])
    return found


def index_growth(index: str, start: str, end: str) -> float:
    """How much an index grows from one fiscal year to another."""
    if index == "frozen":
        return 1.0
    growth = 1.0
    for year in YEARS:
        if start < year <= end:
            growth *= 1.0 + indices()[index][year]
    return growth


@cache
def parameters(name: str) -> dict[str, Parameter]:
    """Every parameter of an instrument, by dotted path. Raises Fault for a file that is not well made."""
    document = parameter_file(name)
    found: dict[str, Parameter] = {}
    for group, value in document.data.items():
        if group != "by_place":
            _collect(document, value, (group,), name, found)
    return found


@cache
def parameter_file(name: str) -> Document:
    document = read(folder("parameters") / f"{name}.yaml")
    if not isinstance(document.data, dict):
        raise document.fault((), "a parameter file must be a mapping of names.")
    return document


def _collect(document: Document, node: Any, path: Path, name: str, found: dict[str, Parameter]) -> None:
    if not isinstance(node, dict):
        raise document.fault(path, f"{path[-1]} must be a group or a parameter with says, unit, source and values.")
    if "values" not in node:
        for key, value in node.items():
            _collect(document, value, (*path, key), name, found)
        return
    for key in node:
        if key not in _LEAF:
            raise document.fault((*path, key), f'"{key}" does not belong to a parameter{nearest(str(key), _LEAF)}')
    for key in _NEEDED:
        if not node.get(key):
            raise document.fault(path, f"`{key}` is missing.")
    then = node.get("then", "")
    if then and then not in INDICES:
        raise document.fault((*path, "then"), f"`then` must be one of {', '.join(INDICES)}.")
    dotted = ".".join(str(part) for part in path)
    values = tuple(_dated(document, (*path, "values"), key, value, node) for key, value in node["values"].items())
    if list(values) != sorted(values, key=lambda dated: dated.since):
        raise document.fault((*path, "values"), "dates must rise.")
    found[dotted] = Parameter(f"{name}.{dotted}", node["says"], node["unit"], values, then)


def _dated(document: Document, path: Path, key: Any, value: Any, node: dict[str, Any]) -> Dated:
    try:
        since = _effective(date.fromisoformat(str(key)))
    except ValueError:
        raise document.fault((*path, key), f'"{key}" is not a date; write it like 2026-04-06.') from None
    source, status = node["source"], node.get("status", "")
    if isinstance(value, dict):
        source, status = value.get("source", source), value.get("status", status)
        value = value.get("value")
    if value is None:
        raise document.fault((*path, key), "the value is missing.")
    return Dated(since, value, source, status)
