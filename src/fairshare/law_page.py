"""The law of an instrument in a year, as a table to read: each value, its unit, date, source and status."""

from __future__ import annotations

import textwrap

from fairshare.faults import Fault, nearest
from fairshare.law import BY_PLACE, law_in_force
from fairshare.parameters import Fact, parameter_file
from fairshare.rules import INSTRUMENTS

WIDTH = 100


def facts_of(instrument: str, year: str) -> list[Fact]:
    """Every value of an instrument's law in a year. Raises Fault for an unknown instrument or year."""
    if instrument not in INSTRUMENTS:
        raise Fault(f'There is no instrument "{instrument}"{nearest(instrument, INSTRUMENTS)} `fairshare law list` shows them all.')
    return list(law_in_force(year).facts[instrument].values())


def law_text(instrument: str, year: str) -> str:
    """The law as plain text, a paragraph for each value."""
    found = facts_of(instrument, year)
    rows = [f"{INSTRUMENTS[instrument].title or instrument}: the law in {year}", ""]
    for fact in found:
        mark = f"  [{fact.status}]" if fact.status else ""
        rows.append(f"{fact.path}{mark}")
        rows.append(f"    {_shown(fact)}   (unit: {fact.unit}; since {fact.since})")
        rows += textwrap.wrap(f"{fact.says}.", WIDTH, initial_indent="    ", subsequent_indent="    ")
        rows += textwrap.wrap(f"Source: {fact.source}.", WIDTH, initial_indent="    ", subsequent_indent="    ")
    described = parameter_file(instrument).data.get(BY_PLACE, {})
    for column, about in described.items():
        rows.append(f"{instrument}.{BY_PLACE}.{column}" + (f"  [{about['status']}]" if about.get("status") else ""))
        rows.append(f"    a value for each area, in {instrument}.csv   (unit: {about['unit']})")
        rows += textwrap.wrap(f"{about['says']}.", WIDTH, initial_indent="    ", subsequent_indent="    ")
        rows += textwrap.wrap(f"Source: {about['source']}.", WIDTH, initial_indent="    ", subsequent_indent="    ")
    return "\n".join(rows)


def _shown(fact: Fact) -> str:
    if isinstance(fact.value, list):
        return "; ".join(f"{band['rate']:.6g} above {band['above']:,.10g}" for band in fact.value)
    return f"{fact.value:,.10g}"
