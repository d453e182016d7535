"""Your £100, as text and as data."""

from __future__ import annotations

import textwrap
from typing import Any

from fairshare.quantities import PERCENT
from fairshare.report.words import money
from fairshare.spending.functions import FUNCTIONS, YEAR_OF_TOTALS
from fairshare.spending.hundred import Hundred

WIDTH = 79
BAR = 2.0
"""£ of each £100 that one mark of a bar stands for."""
CAVEATS = (
    "No tax is kept for one use. Each £100 is divided as all public spending was, in the newest year published.",
    "Services are averages for people of the same age, sex, schooling and nation. They are not what you yourself used.",
    "What everyone shares at once, such as defence, is not counted as coming back. Nor are taxes that firms pass on in prices.",
)
SOURCE = f"Source: HM Treasury, Public Expenditure Statistical Analyses 2025, table 4.2 ({YEAR_OF_TOTALS})."


def hundred_data(found: Hundred, year: str) -> dict[str, Any]:
    """The whole answer as data."""
    return {
        "year": year,
        "year_of_services": YEAR_OF_TOTALS,
        **found._asdict(),
        "taxes": found.taxes,
        "back": found.back,
        "back_of_each_hundred": found.back_of_each_hundred,
        "caveats": list(CAVEATS),
        "source": SOURCE,
    }


def hundred_text(found: Hundred, year: str) -> str:
    """The answer for a terminal."""
    title = f"Your £100 of tax, {year}"
    parts = [f"{title}\n{'=' * len(title)}", *(textwrap.fill(each, WIDTH) for each in sentences(found)), _where(found), _back(found)]
    return "\n\n".join([*parts, *(textwrap.fill(each, WIDTH) for each in CAVEATS), SOURCE])


def sentences(found: Hundred) -> list[str]:
    """The finding in plain sentences."""
    back = f"About {money(found.back)} a year comes to it in cash and in services."
    if found.taxes <= 0:
        return [f"Your household pays no tax that is counted here. {back}"]
    unknown = "" if found.buying_known else " Most taxes in prices are not counted, since what you buy is not known."
    return [f"Your household pays about {money(found.taxes)} a year in taxes. {back}{unknown}"]


def _where(found: Hundred) -> str:
    lines = ["Of each £100 of public spending", ""]
    for name, pounds in sorted(found.of_each_hundred.items(), key=lambda each: -each[1]):
        lines.append(f"  {FUNCTIONS[name]:<46}£{pounds:>6.2f}  {'#' * round(pounds / BAR)}".rstrip())
    return "\n".join(lines)


def _back(found: Hundred) -> str:
    """What comes back, a year and for each £100 of taxes."""
    lines = [f"What comes back{'':<33}{'a year':>12}{'of £100':>12}", ""]
    for name, pounds in (("cash benefits and pensions", found.cash), *found.services.items()):
        part = f"£{PERCENT * pounds / found.taxes:,.2f}" if found.taxes > 0 else ""
        lines.append(f"  {name.replace('_', ' '):<46}{f'£{pounds:,.0f}':>12}{part:>12}".rstrip())
    return "\n".join(lines)
