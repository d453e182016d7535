"""Outcomes beside pounds, as text and as data."""

from __future__ import annotations

import textwrap
from typing import Any

from fairshare.measures.households import RunLike
from fairshare.measures.outcomes import Outcome
from fairshare.report.shown import change_of_count, count

WIDTH = 79
LABEL = (
    "No outcome is turned into pounds, and none is added to another. Those that are published do not move, "
    "because no study of what this proposal does to them is at hand."
)


def outcomes_data(run: RunLike, found: list[Outcome]) -> dict[str, Any]:
    """The outcomes of a run as data, in the order that was asked for."""
    return {
        "id": run.id,
        "scenario": run.scenario.name,
        "year": run.year,
        "population": run.population.says,
        "label": LABEL,
        "outcomes": [each._asdict() for each in found],
    }


def outcomes_text(run: RunLike, found: list[Outcome]) -> str:
    """The outcomes of a run for a terminal."""
    lines = [line for each in found for line in _lines(each)]
    title = "\n".join(textwrap.wrap(run.scenario.title, WIDTH))
    whose = textwrap.fill(f"United Kingdom, {run.year}. {run.population.says}".strip(), WIDTH)
    return "\n\n".join([f"{title}\n{'=' * WIDTH}", whose, "\n".join(lines), textwrap.fill(LABEL, WIDTH)])


def _lines(each: Outcome) -> list[str]:
    mark = f" [{each.status}]" if each.status else ""
    head = textwrap.fill(f"{each.says}: {figure(each)}", WIDTH)
    about = f"{each.source}{mark}. {each.caveat}".strip()
    return [head, textwrap.fill(about, WIDTH, initial_indent="    ", subsequent_indent="    ")]


def figure(each: Outcome) -> str:
    """'11 million today, 120,000 fewer'; '4,200 more'; '9.7 years, as published'."""
    if each.kind == "published":
        return f"{_size(each.before or 0.0, each.unit)}, as published"
    change = each.change or 0.0
    moved = "no change" if round(change) == 0 else change_of_count(change)
    return moved if each.before is None else f"{count(each.before)} today, {moved}"


def _size(value: float, unit: str) -> str:
    if unit.startswith("£"):
        return f"£{value:,.0f}"
    return f"{value:g} years" if unit == "years" else f"{value:,.0f} {unit}"
