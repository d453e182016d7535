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


def hundred_data(found: Hundred, year: str, population: str = "") -> dict[str, Any]:
    """The whole answer as data; a service that is not known is null. `population`: whose costs by head they are, in a sentence."""
    return {
        "year": year,
        "year_of_services": YEAR_OF_TOTALS,
        **found._asdict(),
        "services": {name: None if unknown(found, name) else pounds for name, pounds in found.services.items()},
        "taxes": found.taxes,
        "back": found.back,
        "back_of_each_hundred": found.back_of_each_hundred,
        "caveats": list(CAVEATS),
        "population": population,
        "source": SOURCE,
    }


def hundred_text(found: Hundred, year: str, population: str = "") -> str:
    """The answer for a terminal."""
    title = f"Your £100 of tax, {year}"
    parts = [f"{title}\n{'=' * len(title)}", *(textwrap.fill(each, WIDTH) for each in sentences(found)), _where(found), _back(found)]
    whose = [f"Costs by head are worked from a population of the country. {population}"] if population else []
    return "\n\n".join([*parts, *(textwrap.fill(each, WIDTH) for each in (*CAVEATS, *whose)), SOURCE])


def sentences(found: Hundred) -> list[str]:
    """The finding in plain sentences."""
    back = f"About {money(found.back)} a year comes to it in cash and in services."
    if found.taxes <= 0:
        return [f"Your household pays no tax that is counted here. {back}"]
    more = "" if found.buying_known else " Most taxes in prices are not counted, since what you buy is not known."
    more += "" if found.travel_known else " Railways are not counted, since what you spend on travel is not known."
    return [f"Your household pays about {money(found.taxes)} a year in taxes. {back}{more}"]


def unknown(found: Hundred, service: str) -> bool:
    """Whether the household's share of a service cannot be told from what is recorded of it."""
    return service == "railways" and not found.travel_known


def back_rows(found: Hundred) -> list[tuple[str, str, str]]:
    """What comes back: its name, £ a year, and £ for each £100 of taxes paid."""
    rows = []
    for name, pounds in (("cash benefits and pensions", found.cash), *found.services.items()):
        part = f"£{PERCENT * pounds / found.taxes:,.2f}" if found.taxes > 0 else ""
        rows.append((name.replace("_", " "), *(("not known", "") if unknown(found, name) else (f"£{pounds:,.0f}", part))))
    return rows


def _where(found: Hundred) -> str:
    lines = ["Of each £100 of public spending", ""]
    for name, pounds in sorted(found.of_each_hundred.items(), key=lambda each: -each[1]):
        lines.append(f"  {FUNCTIONS[name]:<46}£{pounds:>6.2f}  {'#' * round(pounds / BAR)}".rstrip())
    return "\n".join(lines)


def _back(found: Hundred) -> str:
    """What comes back, a year and for each £100 of taxes."""
    lines = [f"What comes back{'':<25}{'a year':>12}{'for each £100 paid':>24}", ""]
    return "\n".join(lines + [f"  {name:<38}{year:>12}{part:>24}".rstrip() for name, year, part in back_rows(found)])
