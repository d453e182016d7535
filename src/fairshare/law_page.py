"""The law of an instrument in a year, as a table to read: each value, its unit, date, source and status."""

from __future__ import annotations

import math
import textwrap
from typing import Any

from fairshare.faults import Fault, nearest
from fairshare.law import BY_PLACE, law_in_force
from fairshare.parameters import Fact, parameter_file
from fairshare.quantities import PERCENT
from fairshare.rules import INSTRUMENTS

WIDTH = 100
MONEY = "£"
PERIODS = {"week": " a week", "month": " a month", "year": " a year", "hour": " an hour"}
SWITCHES = ("switch", "1 or 0")
ABOVE_MONEY = ("above each £", "by £", "by value")
"""In a unit of bands: their thresholds are amounts of money."""
NINTHS = 9
"""Bands are charged in ninths of Band D (LGFA 1992 s.5)."""


def facts_of(instrument: str, year: str) -> list[Fact]:
    """Every value of an instrument's law in a year. Raises Fault for an unknown instrument or year."""
    if instrument not in INSTRUMENTS:
        raise Fault(f'There is no instrument "{instrument}"{nearest(instrument, INSTRUMENTS)} `fairshare law list` shows them all.')
    return list(law_in_force(year).facts[instrument].values())


def law_data(instrument: str, year: str) -> list[dict[str, Any]]:
    """The law as data, a row for each value; no limit is null."""
    found = [fact._asdict() for fact in facts_of(instrument, year)]
    return [each | {"value": None} if each["value"] == math.inf else each for each in found]


def law_text(instrument: str, year: str) -> str:
    """The law as plain text, a paragraph for each value."""
    found = facts_of(instrument, year)
    rows = [f"{INSTRUMENTS[instrument].title or instrument}: the law in {year}", ""]
    for fact in found:
        mark = f"  [{fact.status}]" if fact.status else ""
        rows.append(f"{fact.path}{mark}")
        rows.append(f"    {in_words(fact.value, fact.unit)}   (unit: {fact.unit}; since {fact.since})")
        rows += textwrap.wrap(f"{fact.says}.", WIDTH, initial_indent="    ", subsequent_indent="    ")
        rows += textwrap.wrap(f"Source: {fact.source}.", WIDTH, initial_indent="    ", subsequent_indent="    ")
    described = parameter_file(instrument).data.get(BY_PLACE, {})
    for column, about in described.items():
        rows.append(f"{instrument}.{BY_PLACE}.{column}" + (f"  [{about['status']}]" if about.get("status") else ""))
        rows.append(f"    a value for each area, in {instrument}.csv   (unit: {about['unit']})")
        rows += textwrap.wrap(f"{about['says']}.", WIDTH, initial_indent="    ", subsequent_indent="    ")
        rows += textwrap.wrap(f"Source: {about['source']}.", WIDTH, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(rows)


def in_words(value: Any, unit: str) -> str:
    """A value of the law as a person writes it: £424.90 a month, 55%, 6/9 of Band D, no limit; bands as a rate above each amount."""
    if isinstance(value, list):
        threshold = MONEY if any(words in unit for words in ABOVE_MONEY) else "number"
        return "; ".join(f"{in_words(band['rate'], _of_rate(unit))} above {in_words(band['above'], threshold)}" for band in value)
    if not math.isfinite(value):
        return "no limit"
    if unit.startswith(MONEY):
        period = unit.removeprefix(f"{MONEY}/")
        return f"£{_pounds(value)}" + PERIODS.get(period, "")
    if unit.startswith("share"):
        return f"{PERCENT * value:,.6g}%"
    if unit in SWITCHES and value in (0, 1):
        return "yes" if value else "no"
    ninths = NINTHS * value
    if unit == "ratio to Band D" and value % 1 and abs(ninths - round(ninths)) < 1e-6:
        return f"{ninths:.0f}/{NINTHS}"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.6g}"


def _of_rate(unit: str) -> str:
    """The unit of the rates of bands: of "£/year by age" it is "£/year"."""
    return unit.split(" by ")[0].split(" at ")[0]


def _pounds(value: float) -> str:
    """Whole pounds, pounds and pence, or as many figures as a small rate needs."""
    if value == round(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value - round(value, 2)) < 1e-9 or value >= 10 else f"{value:.4g}"
