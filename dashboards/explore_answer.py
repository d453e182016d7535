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
from fairshare.report import beside, charts, drawing, glossary, hexagons, sentences
from fairshare.report.shown import has_form, shown
from fairshare.report.words import money
from fairshare.run import Run, work
from fairshare.scenario import Scenario

CHANGED = ", with its numbers changed"
NO_MAP = "For single councils, the change is not known or rests on too few records, so there is no map."
ONE_COUNCIL = "You see one council. Choose the whole United Kingdom under Place to see the map."


class Told(NamedTuple):
    """A heading that states a finding, and the sentences under it."""

    heading: str
    sentences: tuple[str, ...]


ALMOST = 0.001
"""A part of the money that moves, below which what is left over is nothing to speak of."""


class Balance(NamedTuple):
    """Where the money of a proposal goes, £ a year, in the whole country."""

    raised: float
    """Before any use; below zero it costs."""
    spent: tuple[float, ...]
    """What each use takes, in the scenario's order; below zero it brings money in."""
    left: float
    closure: str
    unsure: bool = False
    """Whether nobody can say which way the money goes."""
    council: bool = False
    """Whether the answer it stands beside is of one council: the balance never is."""

    @property
    def words(self) -> str:
        """Whether it balances, and who bears what does not."""
        start = "In the whole country, it" if self.council else "It"
        start += f" {'raises' if self.raised >= 0 else 'costs'} about {money(self.raised)} a year."
        taken = sum(self.spent)
        if self.spent:
            start += f" Its uses {'take' if taken >= 0 else 'bring in'} about {money(taken)}."
        if abs(self.left) < 1:
            return f"{start} It balances: nothing is left over."
        if abs(self.left) < ALMOST * max(abs(self.raised), abs(taken)):
            return f"{start} It balances to within {money(self.left)}."
        tail = " That is too near nothing for us to tell which way it goes." if self.unsure else ""
        if self.left > 0:
            then = "it is put aside" if self.closure == "saving" else "so much less is borrowed"
            return f"{start} About {money(self.left)} a year is left over, and {then}.{tail}"
        then = "comes from what was put aside" if self.closure == "saving" else "is borrowed"
        return f"{start} It is about {money(self.left)} a year short, which {then}.{tail}"


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
    balance: Balance
    side: beside.Side
    """What it brings to a comparison with another."""
    places: charts.Chart | None
    """The map of council areas, where it can be shown."""
    complete: bool

    @property
    def country(self) -> bool:
        """Whether it is of the whole country, and not of one council."""
        return self.place == sentences.COUNTRY

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
    chart = chart_of(found)
    return Answer(
        id=made.id,
        title=made.scenario.title,
        year=made.year,
        place=sentences.place_of(found),
        about=sentences.about(found),
        blocks={block.id: Told(block.heading, block.sentences) for block in blocks},
        tables=found.tables,
        chart=chart,
        terms=terms,
        balance=Balance(
            made.proceeds,
            tuple(use.amount for use in made.uses),
            made.net_revenue,
            made.scenario.closure,
            found.area is None and found.figures["net_revenue"].unsure_of_sign,
            found.area is not None,
        ),
        side=beside.side(found, chart),
        places=charts.council_chart(found) if complete and found.area is None else None,
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


CHART_HEIGHT = 380


# ---- the page ------------------------------------------------------------------------------------------------------

TABLES = {"by-income": ("by_income_tenth",), "gainers": ("gainers_losers",), "money": ("where_the_money_goes", "budget", "budget_by_tier")}
MORE = (
    "by_income_tenth_after_housing_costs",
    "by_wealth_tenth",
    "by_family_type",
    "by_tenure",
    "by_age",
    "by_sex",
    "by_disability",
    "by_ethnic_group",
    "by_region",
    "by_council",
    "inequality",
    "poverty",
    "hardship",
)
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
    }
    put |= amounts(answer)
    put["balance"] = Markup.escape(answer.balance.words)
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
        put |= _map(answer, macros)
        put["more"] = Markup("").join(
            macros.folded(name, shown(name, answer.tables[name]).title, _table(answer, name, macros))
            for name in MORE
            if answer.tables.get(name)
        )
        if answer.tables.get("hardship_by_council"):  # some 1,800 rows: for a spreadsheet, not for a page
            put["more"] += macros.by_council_alone("hardship_by_council")
    return put


def amounts(answer: Answer) -> dict[str, Markup]:
    """What each use of the money takes, by the id of its place."""
    return {f"use-{i}-amount": Markup.escape(_amount(amount)) for i, amount in enumerate(answer.balance.spent)}


def _amount(pounds: float) -> str:
    """What a use takes, or brings in."""
    return f"about {money(pounds)} a year" if pounds >= 0 else f"brings in about {money(pounds)} a year"


def _map(answer: Answer, macros: Any) -> dict[str, Markup]:
    chart = answer.places
    if chart is None:
        none = NO_MAP if answer.country else ONE_COUNCIL
        return {"map-title": Markup("By council area"), "map": Markup("<p>{}</p>").format(none)}
    key = [(words, Markup(picture)) for words, picture in hexagons.key_svg(chart)]
    return {"map-title": Markup.escape(chart.title), "map": macros.map(chart, Markup(hexagons.map_svg(chart)), key)}


def compared(answer: Answer, other: Answer, macros: Any) -> Markup:
    """The section in which a second proposal stands beside the first."""
    block = beside.comparison(answer.side, other.side)
    both = beside.chart(answer.side, other.side)
    pictures = () if both is None else tuple(Markup(drawing.svg(both, narrow)) for narrow in (False, True))
    return macros.comparison(block, beside.table(answer.side, other.side), answer, other, both, pictures)


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


def file(answer: Answer, what: str, scenario: Scenario, changed: bool = False, other: Answer | None = None) -> tuple[str, str, str]:
    """Name, kind and text of a download: "yaml", a picture, the comparison, or a table by name. Raises Fault for anything else."""
    name = scenario.name.rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(".yml")
    if what == "yaml":
        return f"{name}.yaml", "text/yaml", f"# {answer.source(changed)}\n{scenario.text}"
    pictures = {"svg": answer.chart, "map": answer.places, "both": None if other is None else beside.chart(answer.side, other.side)}
    chart = pictures.get(what)
    if chart is not None:
        return f"{name}_{chart.id}.svg", "image/svg+xml", drawing.svg(chart)
    if what == "comparison" and other is not None:
        return f"{name}_comparison.csv", "text/csv", comparison_text(answer, other, changed)
    if answer.tables.get(what) and what in COLUMNS:
        return f"{name}_{what}.csv", "text/csv", table_text(answer, what, changed)
    raise Fault(f'There is nothing called "{what}" to download; reload the page.')


def comparison_text(answer: Answer, other: Answer, changed: bool = False) -> str:
    """The headline figures of both proposals as CSV, and their average change by income group below them."""
    text = io.StringIO()
    text.write(f"# {beside.table(answer.side, other.side).title}\n# First: {answer.source(changed)}\n# Second: {other.source(False)}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("figure", "unit", "first", "second"))
    for id, (value, _) in answer.side.figures.items():
        if id in other.side.figures:
            writer.writerow((beside.FIGURE_WORDS[id], answer.side.units[id], value, other.side.figures[id][0]))
    both = beside.chart(answer.side, other.side)
    if both is not None:
        one, two = both.series
        for label, first, second in zip(both.labels, one.values, two.values, strict=True):
            writer.writerow((f"Average change, income group {label}", both.unit, first, second))
    return text.getvalue()


def table_text(answer: Answer, name: str, changed: bool = False) -> str:
    """A table as CSV. Lines that start with # say what it is, what its columns hold, and where it comes from."""
    columns = {column: about for column, about in COLUMNS[name].items() if any(column in row for row in answer.tables[name])}
    text = io.StringIO()
    title = shown(name, answer.tables[name]).title if has_form(name) else name.replace("_", " ").capitalize()
    text.write(f"# {title}\n# {answer.source(changed)}\n")
    for column, about in columns.items():
        text.write(f"# {column} ({about.unit}): {about.meaning}\n")
    writer = csv.DictWriter(text, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(answer.tables[name])
    return text.getvalue()
