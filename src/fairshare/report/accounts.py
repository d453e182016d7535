"""Accounts of owning and building in text and as data: assumptions first, each with its source, then three cases."""

from __future__ import annotations

import math
import textwrap
from typing import Any

from fairshare.report.shown import sum_of_money
from fairshare.spending.accounts import CASES, Worked

WIDTH = 79
LABEL = (
    "These are sums over assumptions, and not results of the model. No case is more likely than another. "
    "Low and high are of the gain: in the low case each assumption is the one that gains least. A price may be highest there."
)
COUNTED = ("firms", "people", "jobs", "homes", "households")
"""Units that are whole things."""


def account_data(found: Worked) -> dict[str, Any]:
    """The account as data; what has no end is null."""
    return {
        "account": found.name,
        "title": found.title,
        "label": LABEL,
        "cases": list(CASES),
        "assumptions": [each._asdict() | {"cases": list(each.cases)} for each in found.assumptions],
        "lines": [each._asdict() | {"cases": [value if math.isfinite(value) else None for value in each.cases]} for each in found.lines],
        "caveats": list(found.caveats),
    }


def account_text(found: Worked) -> str:
    """The account for a terminal."""
    heads = "".join(f"{case:>16}" for case in CASES)
    lines = [f"  {'':<52}{heads}"]
    for each in found.lines:
        first, *rest = textwrap.wrap(each.says, 50)
        lines.append(f"  {first:<52}" + "".join(f"{_value(value, each.unit):>16}" for value in each.cases))
        lines += [f"    {part}" for part in rest]
    assumed = ["What it assumes (replace any with --set NAME=VALUE)", ""]
    for one in found.assumptions:
        mark = f" [{one.status}]" if one.status else ""
        assumed.append(f"  {one.name:<52}" + "".join(f"{_value(value, one.unit):>16}" for value in one.cases))
        assumed.append(textwrap.fill(f"{one.says}{mark}. {one.source}.", WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6))
    parts = [f"{found.title}\n{'=' * len(found.title)}", textwrap.fill(LABEL, WIDTH), "\n".join(lines), "\n".join(assumed)]
    return "\n\n".join([*parts, *(textwrap.fill(each, WIDTH) for each in found.caveats)])


def _value(value: float, unit: str) -> str:
    if not math.isfinite(value):
        return "never"
    if unit.startswith("£"):
        return sum_of_money(value).removeprefix("+") if abs(value) >= 1000 else f"{'−' if value < 0 else ''}£{abs(value):,.2f}"
    if unit.startswith("share"):
        return f"{100 * value:.1f}%"
    return f"{value:,.0f}" if unit in COUNTED or abs(value) >= 100 else f"{value:,.2f}"
