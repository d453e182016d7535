"""From a run to all that Explore shows and saves: plain data and text, worked without a screen."""

from __future__ import annotations

import csv
import io
from typing import Any, NamedTuple

from markupsafe import Markup

from fairshare import __version__
from fairshare.areas import Area
from fairshare.faults import Fault
from fairshare.measures.tables import COLUMNS, Measures, Table, first_measures, measures
from fairshare.population.records import Population
from fairshare.report import charts, drawing, glossary, live, sentences
from fairshare.report.shown import shown
from fairshare.run import Run, work
from fairshare.scenario import Scenario

CHANGED = ", with its numbers changed"


class Told(NamedTuple):
    """A heading that states a finding, and the sentences under it."""

    heading: str
    sentences: tuple[str, ...]


class Answer(NamedTuple):
    """What is shown of one run. Tables are lists of plain rows; `complete` once ranges and every table are in."""

    id: str
    title: str
    year: str
    place: str
    about: str
    blocks: dict[str, Told]
    tables: dict[str, Table]
    chart: charts.Chart
    terms: tuple[glossary.Term, ...]
    complete: bool

    @property
    def headline(self) -> str:
        return self.blocks["finding"].heading

    @property
    def by_income(self) -> Table:
        return self.tables["by_income_tenth"]

    def source(self, changed: bool) -> str:
        """The line that every download carries."""
        return f"Source: fairshare {__version__}, \u201c{self.title}\u201d{CHANGED if changed else ''}. {self.about} Result {self.id}."


def run(scenario: Scenario, population: Population, year: str, place: Area | None) -> Run:
    return work(scenario, population, year, area=place)


def finding(made: Run) -> Answer:
    """The finding and the income groups: what is worked first."""
    found = first_measures(made)
    return _answer(made, found, [sentences.finding(found)], (), False)


def whole(made: Run) -> Answer:
    """Everything."""
    found = measures(made)
    told = sentences.story(found)
    return _answer(made, found, told.blocks, tuple(told.terms), True)


def _answer(made: Run, found: Measures, blocks: Any, terms: tuple[glossary.Term, ...], complete: bool) -> Answer:
    return Answer(
        id=made.id,
        title=made.scenario.title,
        year=made.year,
        place=sentences.place_of(found),
        about=sentences.about(found),
        blocks={block.id: Told(block.heading, block.sentences) for block in blocks},
        tables=found.tables,
        chart=chart_of(found),
        terms=terms,
        complete=complete,
    )


def chart_of(found: Measures) -> charts.Chart:
    """The chart by income, as report/charts.py makes it."""
    return charts.income_chart(found)


def no_chart() -> charts.Chart:
    """What the chart shows before there is an answer."""
    labels = tuple(str(i) for i in range(1, 11))
    nothing = charts.Series("Average change", (0.0,) * len(labels))
    return charts.Chart("by_income", "bars", "", "", labels, (nothing,), "£ a week", "", "", "Income tenth")


def drawn(data: charts.Chart) -> Any:
    """The chart live, from the same numbers as the still one; axes follow the numbers."""
    return live.interactive(data, CHART_HEIGHT)


CHART_HEIGHT = 380


# ---- the page ------------------------------------------------------------------------------------------------------

TABLES = {"by-income": ("by_income_tenth",), "gainers": ("gainers_losers",), "money": ("where_the_money_goes", "budget", "budget_by_tier")}
MORE = ("by_wealth_tenth", "by_family_type", "by_tenure", "by_region", "by_council", "inequality", "poverty", "hardship")
STORIES = {
    "finding-words": ("finding",),
    "gainers-words": ("who_gains", "who_pays_more"),
    "low-words": ("low_incomes",),
    "money-words": ("public_money", "responses"),
    "ranges": ("how_sure",),
    "gaps": ("left_out",),
}
"""Where each block of sentences stands on the page."""


def html(answer: Answer, macros: Any, scenario: Scenario, changed: bool = False) -> dict[str, Markup]:
    """The pieces of the page that an answer fills, by the id of their place.

    What is not worked yet keeps its place; a whole answer fills every place, with nothing where it has nothing to say.
    """
    put = {
        "headline": Markup.escape(answer.headline),
        "peek": Markup.escape(answer.headline),
        "about": Markup("{}{}. {}, {}.").format(
            answer.title, CHANGED if changed else "", answer.place[:1].upper() + answer.place[1:], answer.year
        ),
        "chart-title": Markup.escape(answer.chart.title),
        "chart-subtitle": Markup.escape(answer.chart.subtitle),
        "chart-words": macros.chart_words(answer.chart),
        "yaml": Markup.escape(scenario.text),
    }
    for place, names in STORIES.items():
        known = [answer.blocks[name] for name in names if name in answer.blocks]
        if known or answer.complete:
            put[place] = macros.story(known, place)
    for place, names in TABLES.items():
        filled = [name for name in names if answer.tables.get(name)]
        if filled or answer.complete:
            put[place] = Markup("").join(_table(answer, name, macros) for name in filled)
    if answer.complete:
        put["terms"] = macros.terms(answer.terms)
        put["more"] = Markup("").join(
            macros.folded(name, shown(name, answer.tables[name]).title, _table(answer, name, macros))
            for name in MORE
            if answer.tables.get(name)
        )
    return put


def _table(answer: Answer, name: str, macros: Any) -> Markup:
    return macros.table_with_download(shown(name, answer.tables[name]), name)


def foot(population: Population) -> Markup:
    says = population.says or f"they come from the population called {population.name}."
    says = says[:1].lower() + says[1:]
    return Markup(
        "<p>About the people in the model: {}</p>"
        "<p>fairshare {}. Contains public sector information licensed under the Open Government Licence v3.0.</p>"
    ).format(says, __version__)


# ---- downloads -----------------------------------------------------------------------------------------------------


def file(answer: Answer, what: str, scenario: Scenario, changed: bool = False) -> tuple[str, str, str]:
    """Name, kind and text of a download: "yaml", "svg", or a table by name. Raises Fault for anything else."""
    name = scenario.name.rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(".yml")
    if what == "yaml":
        return f"{name}.yaml", "text/yaml", f"# {answer.source(changed)}\n{scenario.text}"
    if what == "svg":
        return f"{name}_by_income.svg", "image/svg+xml", drawing.svg(answer.chart)
    if what in answer.tables and what in COLUMNS:
        return f"{name}_{what}.csv", "text/csv", table_text(answer, what, changed)
    raise Fault(f'There is nothing called "{what}" to download; reload the page.')


def table_text(answer: Answer, name: str, changed: bool = False) -> str:
    """A table as CSV. Lines that start with # say what it is, what its columns hold, and where it comes from."""
    columns = {column: about for column, about in COLUMNS[name].items() if any(column in row for row in answer.tables[name])}
    text = io.StringIO()
    text.write(f"# {shown(name, answer.tables[name]).title}\n# {answer.source(changed)}\n")
    for column, about in columns.items():
        text.write(f"# {column} ({about.unit}): {about.meaning}\n")
    writer = csv.DictWriter(text, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(answer.tables[name])
    return text.getvalue()
