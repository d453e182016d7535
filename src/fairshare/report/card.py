"""The report card of a population as one page of HTML that needs no script and no network."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from fairshare import __version__
from fairshare.faults import Fault
from fairshare.population.records import Population
from fairshare.population.report_card import STANDS, WITHIN, council_figures, in_order, ranked, short
from fairshare.report.page import page_style, write_file
from fairshare.report.shown import Shown

MARKS = {True: "✓", False: "✗", None: "?"}
LEVELS = (
    ("national", "Of the nation"),
    ("regional", "Of regions"),
    ("council", "Of councils"),
    ("calibrated", "Made to"),
    ("only_checked", "Only checked"),
)
CHECKED_SAYS = "Nothing in the population was made to agree with these figures. They show how far its results can be trusted."
MADE_SAYS = "The population was made to agree with these figures: people, homes, tenures, work, incomes by size."
REASONS = 40
"""Reasons for figures that were not compared which the page lists."""


def write_card(report: dict[str, Any], population: Population, path: Path | str) -> Path:
    """Write the page of a report card (see `population.report_card.card`), whole or not at all. Raises Fault where it cannot be."""
    path = Path(path)
    if path.suffix.lower() not in (".html", ".htm"):
        raise Fault(f"--out {path} must end in .html: the report card is a page for a browser, which can print it or save it as PDF.")
    write_file(path, card_page(report, population, f"fairshare population report --out {path.name}").encode())
    return path


def card_page(report: dict[str, Any], population: Population, command: str, made_on: date | None = None) -> str:
    """The page: what is asked beside what was reached, misses first; then every figure, those made to apart from those only checked."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
    from markupsafe import Markup

    made_on = made_on or date.today()
    templates = Environment(
        loader=PackageLoader("fairshare.report", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    targets, asked = report["targets"], report["standards"]
    parts = []
    for name, heading, says, calibrated in (
        ("only-checked", "These figures were only checked.", CHECKED_SAYS, False),
        ("made-to", "The population was made to these figures.", MADE_SAYS, True),
    ):
        misses, hits = ranked(targets, calibrated)
        parts.append(
            {"id": name, "heading": heading, "says": says, "open": False, "misses": _lines(misses), "hits": _lines(hits)},
        )
    apart = [row for row in targets if row.get("not_comparable")]
    reasons = Counter(row["why"] for row in report["summary"]["not_expressed_rows"])
    return templates.get_template("card.html").render(
        style=Markup(page_style()),
        name=population.name,
        year=population.year,
        population=report["population"],
        met=sum(standard["met"] is True for standard in asked),
        standards=in_order(asked),
        marks=MARKS,
        stands={met: words[0].upper() + words[1:] for met, words in STANDS.items()},
        edge=f"{WITHIN[0]:g}",
        counts=_counts(report["summary"]),
        parts=parts,
        councils=_of_councils(targets),
        apart=Shown(
            "apart", "Not comparable", ("Figure", "Published", "Here", "Why"),
            tuple((_says(row), short(row["published"]), short(row["model"]), row["not_comparable"]) for row in apart),
            (False, True, True, False),
        ),
        unexpressed=Shown(
            "unexpressed", "Not compared", ("Why", "Figures"),
            tuple((why, f"{count:,}") for why, count in reasons.most_common(REASONS)), (False, True),
        ),
        not_expressed=f"{report['summary']['not_expressed']:,}",
        synthetic=population.kind == "synthetic",
        version=__version__,
        made_on=f"{made_on.day} {made_on:%B %Y}",
        command=command,
    )  # fmt: skip


def _says(row: dict[str, Any]) -> str:
    return f"{row['area_name']}: {row['says']} ({row['period']})"


def _gap(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1f}%".replace("-", "−")


def _lines(rows: list[dict[str, Any]]) -> Shown:
    cells = tuple((_says(row), _gap(row["gap_pct"]), short(row["published"]), short(row["model"])) for row in rows)
    return Shown("figures", "Figures", ("Figure", "Gap", "Published", "Here"), cells, (False, True, True, True))


def _counts(summary: dict[str, Any]) -> Shown:
    heads = ("Figures", "How many", *(f"Within {edge:g}%" for edge in WITHIN), "Middle gap")
    rows = []
    for name, says in LEVELS:
        counts = summary[name]
        total = max(counts["targets"], 1)
        parts = (f"{100 * counts[f'within_{edge:g}_pct'] / total:.0f}%" for edge in WITHIN)
        middle = counts["median_absolute_gap_pct"]
        rows.append((says, f"{counts['targets']:,}", *parts, "–" if middle is None else f"{middle:.1f}%"))
    return Shown("counts", "Counts", heads, tuple(rows), (False, *(True for _ in heads[1:])))


def _of_councils(targets: list[dict[str, Any]]) -> Shown:
    heads = ("Figure", "Kind", "Councils within 10%", "Middle gap", "Furthest")
    rows = tuple(
        (row.says, "made to" if row.calibrated else "only checked", f"{row.within} of {row.councils}", f"{row.middle:.1f}%",
         f"{row.furthest} {_gap(row.furthest_gap)}")
        for row in council_figures(targets)
    )  # fmt: skip
    return Shown("councils", "Councils", heads, rows, (False, False, True, True, False))
