"""Two proposals side by side: the same things said of both, their headline figures in one table, and one chart of both.

A side is plain data, so that a page can keep one and set it beside another later.
"""

from __future__ import annotations

from typing import NamedTuple

from fairshare.measures.tables import Figure, Measures
from fairshare.measures.uncertainty import Range
from fairshare.quantities import WEEKS_IN_YEAR
from fairshare.report import shown
from fairshare.report.charts import NO_CHANGE, RANGE_NOTE, Chart, Series, income_chart
from fairshare.report.sentences import FORMS, Block, ends, money_sentence, rounded_money, share_sentence
from fairshare.report.words import number, pounds_a_week, span

FIRST, SECOND = "First", "Second"
FIGURE_WORDS = {
    "proceeds": "Money raised before any use, a year",
    "net_revenue": "Money left for government and councils, a year",
    "spent_on_services": "More spent on services, a year",
    "households_gaining_pct": "Households that gain",
    "households_losing_pct": "Households that pay more or get less",
    "mean_change": "Average change for all households, a year",
    "mean_gain": "Average change for those who gain, a year",
    "mean_loss": "Average change for those who pay more or get less, a year",
    "gini_change": "Change in the Gini score",
    "poverty_ahc_change_people": "Change in people in poverty",
    "poverty_ahc_change_children": "Change in children in poverty",
    "poverty_ahc_change_pensioners": "Change in pensioners in poverty",
    "poverty_ahc_change_disabled_people": "Change in disabled people in poverty",
    "poverty_bhc_change_people": "Change in people in poverty before housing costs",
}
"""How a table names each headline figure."""


class Side(NamedTuple):
    """What one proposal brings to a comparison."""

    title: str
    says: tuple[str, ...]
    """What it raises or costs, and who gains and who pays more, a sentence each."""
    figures: dict[str, tuple[float | None, str]]
    """Each headline figure by its id: its value (None where it is not shown) and the same in words."""
    units: dict[str, str]
    chart: Chart
    """The chart by income."""


def side(made: Measures, chart: Chart | None = None) -> Side:
    """A run's own side. `chart` is its chart by income, where that is drawn already."""
    said = (money_sentence(made), share_sentence(made, gaining=True), share_sentence(made, gaining=False))
    figures = {id: (each.value if each.shown else None, value_words(each)) for id, each in made.figures.items()}
    units = {id: each.unit for id, each in made.figures.items()}
    return Side(made.run.scenario.title, said, figures, units, chart or income_chart(made))


def comparison(first: Side, second: Side) -> Block:
    """What sets two proposals apart, each named by its place in the order."""
    sentences = []
    for name, (money, gain, lose) in (("first", first.says), ("second", second.says)):
        sentences += [f"The {name}: {_lowered(money)}", *(f"Under the {name}: {_lowered(share)}" for share in (gain, lose))]
    return Block("comparison", "Two proposals stand side by side.", tuple(sentences))


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def table(first: Side, second: Side) -> shown.Shown:
    """The headline figures of both."""
    rows = tuple((FIGURE_WORDS[id], first.figures[id][1], second.figures[id][1]) for id in first.figures if id in second.figures)
    return shown.Shown("comparison", "Headline figures of both", ("Figure", FIRST, SECOND), rows, (False, True, True))


def value_words(figure: Figure) -> str:
    """A headline figure for a table's cell."""
    if not figure.shown:
        return "too few records"
    low, high = ends(figure)
    sign = "−" if figure.value < 0 else ""
    if figure.unit == "% of households":
        return shown.share(figure.value)
    if figure.unit == "0 to 1":
        return shown.change_of_score(figure.value)
    if figure.id in ("net_revenue", "proceeds", "spent_on_services"):
        return f"{sign}{rounded_money(figure.value, figure)}"
    return f"{sign}{'£' if figure.unit.startswith('£') else ''}{number(figure.value, low, high)}"


def range_words(found: Range, figure: Figure) -> str:
    """One kind of range in words, or why there is none."""
    if found.low is None or found.high is None:
        return f"We cannot give a range because {found.says}."
    return f"Between {span(found.low, found.high, FORMS[figure.unit])}. This {found.says}."


# ---- one chart of both ----------------------------------------------------------------------------------------------


def chart(first: Side, second: Side) -> Chart | None:
    """Both proposals by income group; None where their groups differ."""
    one, other = first.chart, second.chart
    if one.labels != other.labels:
        return None
    series = tuple(each.series[0]._replace(name=name) for name, each in ((FIRST, one), (SECOND, other)))
    last = len(one.labels) - 1
    title = " ".join(f"{who} {one.first_column.lower()}: {_both(series, i)}." for who, i in (("Lowest", 0), ("Highest", last)))
    alt = f"Bar chart of two proposals. {title} " + " ".join(f"{label}: {_both(series, i)}." for i, label in enumerate(one.labels))
    again = other.source.partition("Result ")[2].partition(".")[0]
    source = f"{one.source} The second is result {again}." if again else one.source
    notes = (f"First: {first.title}.", f"Second: {second.title}.", *(note for note in one.notes if not note.startswith(RANGE_NOTE)))
    subtitle = f"Both proposals. {one.subtitle}"
    both = one._replace(id="both_by_income", kind="pairs", title=title, subtitle=subtitle)
    return both._replace(series=series, alt=alt, source=source, notes=notes)


def _both(series: tuple[Series, ...], i: int) -> str:
    return f"{_words(series[0], i)} under the first, {_words(series[1], i)} under the second"


def _words(of: Series, i: int) -> str:
    """One group's average change in words."""
    value = of.values[i]
    if value is None:
        return "not shown"
    low, high = (of.low[i], of.high[i]) if of.low else (None, None)
    if low is not None and high is not None and low < 0 < high:
        return "could be more or less"
    if abs(value) * WEEKS_IN_YEAR < NO_CHANGE:
        return "about the same as today"
    return f"about {pounds_a_week(value * WEEKS_IN_YEAR)} a week {'more' if value > 0 else 'less'}"
