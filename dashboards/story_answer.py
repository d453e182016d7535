"""From a run to findings that can be reported: headline, chart, caveat, how we know, a sentence to quote, and files to take away."""

from __future__ import annotations

import base64
import threading
from datetime import date
from html import escape
from typing import Any, NamedTuple

from fairshare import __version__
from fairshare.faults import Fault
from fairshare.law import Law
from fairshare.measures.tables import Figure, Measures, measures
from fairshare.report import charts, drawing, sentences
from fairshare.report.shown import NOTHING, Shown, share, week
from fairshare.report.text import command
from fairshare.report.words import capital
from fairshare.run import Run

from .texts import texts

FINDINGS = ("money", "income", "parts", "low", "place")
DRAWING = threading.Lock()
"""matplotlib's style is one for the whole process: one picture is drawn at a time."""


class Finding(NamedTuple):
    """One thing that can be reported."""

    id: str
    name: str
    headline: str
    sentences: tuple[str, ...]
    chart: charts.Chart
    ranges: tuple[str, ...]
    quote: str


class Told(NamedTuple):
    """All that can be reported of one run."""

    id: str
    title: str
    year: str
    place: str
    about: str
    findings: dict[str, Finding]
    caveats: tuple[str, ...]
    people: str
    command: str
    citation: str
    made_on: str
    case: str
    concern: str
    reform: Law
    """The proposal's law, with its payments, for a household like mine."""
    councils: tuple[str, ...]
    """Where the change is made; nothing where it is made everywhere."""


def told(run: Run, changed: bool, made_on: date | None = None) -> Told:
    """Every finding of a run. Takes about a second with 100,000 households."""
    made = measures(run)
    day = made_on or date.today()
    story = sentences.story(made)
    drawn = {chart.id: chart for chart in charts.charts(made, day)}
    said_on = f"{day.day} {day:%B %Y}"
    found = [_finding(id, made, story, drawn) for id in FINDINGS]
    left_out = story.block("left_out")
    sure = story.block("how_sure")
    name = f"{run.scenario.title}{' (its numbers changed)' if changed else ''}"
    return Told(
        id=run.id,
        title=run.scenario.title,
        year=run.year,
        place=sentences.place_name(made),
        about=sentences.about(made),
        findings={each.id: each for each in found if each is not None},
        caveats=(*(sure.sentences if sure else ()), *(left_out.sentences if left_out else ())),
        people=sentences.population_says(made),
        command=command(made) if not changed else "",
        citation=f"fairshare {__version__}, “{name}”, {sentences.place_name(made)}, {run.year}, result {run.id}, made {said_on}.",
        made_on=said_on,
        case=run.scenario.strongest_case or "",
        concern=run.scenario.strongest_concern or "",
        reform=run.reform.law,
        councils=run.scenario.areas,
    )


def _finding(id: str, made: Measures, story: sentences.Story, drawn: dict[str, charts.Chart]) -> Finding | None:
    """One finding, or None where nothing can be said of it here."""
    t = texts("story")
    income, parts = drawn["by_income"], drawn["parts_by_income"]
    where = drawn.get("by_region") or drawn.get("by_tenure")
    gain, lose = (sentences.headline_sentence(f"households_{way}_pct", made) for way in ("gaining", "losing"))
    money = made.figures["net_revenue"] if made.figures["net_revenue"].value or not made.run.uses else made.figures["proceeds"]
    low = story.block("low_incomes")
    if id == "money":
        finding, purse = story.headline, story.block("public_money")
        return _told(id, t, finding.heading, purse.sentences if purse else (), drawn.get("public_money", income), (money,))
    if id == "income":
        return _told(id, t, income.title, (gain, lose), income, ())
    if id == "parts":
        figures = tuple(made.figures[f"households_{way}_pct"] for way in ("gaining", "losing"))
        return _told(id, t, parts.title, (gain, lose), parts, figures)
    if id == "low" and low is not None:
        return _told(id, t, low.heading, low.sentences, income, (made.figures["poverty_ahc_change_people"],))
    if id == "place" and where is not None:
        return _told(id, t, where.title, (), where, ())
    return None


def _told(id: str, t: dict[str, Any], headline: str, said: tuple[str, ...], chart: charts.Chart, figures: tuple[Figure, ...]) -> Finding:
    ranges = tuple(sentences.range_sentence(each, figure) for figure in figures if figure.shown for each in figure.ranges)
    year = chart.subtitle.split(", ")[-2] if ", " in chart.subtitle else ""
    shown = ranges or (*chart.notes[:1],) or (t["no_range"],)
    quote = " ".join((headline, t["quote_tail"].format(year=year), *ranges[:1]))
    return Finding(id, t["findings"][id], headline, said, chart, shown, quote)


# ---- pictures, tables and files ------------------------------------------------------------------------------------


def pictures(chart: charts.Chart) -> tuple[str, str]:
    """The chart as SVG for a wide screen and for a phone."""
    with DRAWING:
        return drawing.svg(chart), drawing.svg(chart, narrow=True)


def numbers(chart: charts.Chart) -> Shown:
    """The chart's data table."""
    heads = (chart.columns[0], *(f"{name}, {chart.unit}" if chart.unit.startswith("£") else name for name in chart.columns[1:]))
    cells = tuple(tuple(_cell(cell, chart.unit) for cell in row) for row in chart.rows)
    return Shown(chart.id, chart.title, heads, cells, (False, *(True for _ in heads[1:])))


def _cell(value: str | float | None, unit: str) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return capital(value)
    if unit == "%":
        return share(value)
    return week(value) if unit == "£ a week" else f"{'+' if value > 0 else ''}{value:,.2f}".replace("-", "−")


def embed(answer: Told, finding: Finding, svg: str) -> str:
    """The chart for somebody's own page: a still picture with its words and source inside."""
    t = texts("story")
    said = t["embedded_link"].format(id=answer.id, made_on=answer.made_on, version=__version__)
    picture = svg.replace("<svg ", '<svg style="max-width:100%;height:auto" ', 1)
    return (
        f'<figure lang="en-GB" style="margin:0;max-width:760px">{picture}'
        f'<figcaption style="font:14px/1.4 sans-serif">{escape(finding.headline)} {escape(said)}</figcaption></figure>'
    )


def file(answer: Told, finding: Finding, what: str, name: str) -> dict[str, str]:
    """A download as the page saves it. Raises Fault for anything but "svg", "png" or "csv"."""
    chart, start = finding.chart, f"{name}_{finding.id}"
    if what == "svg":
        return {"name": f"{start}.svg", "kind": "image/svg+xml", "text": pictures(chart)[0]}
    if what == "csv":
        about = f"# {answer.title}\n# {answer.about}\n"
        return {"name": f"{start}.csv", "kind": "text/csv", "text": about + charts.csv_text(chart)}
    if what == "png":
        with DRAWING:
            drawn = drawing.png(chart)
        return {"name": f"{start}.png", "kind": "image/png", "base64": base64.b64encode(drawn).decode()}
    raise Fault(f'There is nothing called "{what}" to download; reload the page.')
