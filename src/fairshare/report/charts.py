"""Pictures of tidy tables. One Chart holds what is shown: its finding, its numbers, its text alternative and its source. It is
drawn still (`drawing`: SVG and PNG, by matplotlib) or live (`live`: hvplot), always from these numbers.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import NamedTuple

from fairshare import __version__
from fairshare.areas import areas
from fairshare.measures.tables import Measures, Row, Table
from fairshare.quantities import WEEKS_IN_YEAR
from fairshare.report.sentences import PURSE, about_money, place_name
from fairshare.report.shown import week
from fairshare.report.words import BILLION, MILLION, capital, percent, pounds_a_week


class Series(NamedTuple):
    """One value for each label; None where it is not shown. `low` and `high` are the ends of a range, where there is one."""

    name: str
    values: tuple[float | None, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


class Chart(NamedTuple):
    """What a picture shows, before it is drawn."""

    id: str
    kind: str
    """"bars", "pairs" (of two proposals), "parts" (of a hundred), "places" (a map of council areas) or "budget_line" (over an amount,
    which labels hold)."""
    title: str
    """The finding, as a sentence."""
    subtitle: str
    """Measure, place, year and unit."""
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    """"£ a week", "%" or "£ a year"."""
    alt: str
    source: str
    first_column: str
    notes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The heads of its data table."""
        heads = [self.first_column]
        for each in self.series:
            heads.append(each.name)
            if each.low:
                heads += [f"{each.name}, low", f"{each.name}, high"]
        return tuple(heads)

    @property
    def rows(self) -> list[tuple[str | float | None, ...]]:
        """Its data table, numbers as they are drawn."""
        out: list[tuple[str | float | None, ...]] = []
        for i, label in enumerate(self.labels):
            row: list[str | float | None] = [label]
            for each in self.series:
                row.append(each.values[i])
                if each.low:
                    row += [each.low[i], each.high[i]]
            out.append(tuple(row))
        return out


# ---- from measures to charts ----------------------------------------------------------------------------------------


def charts(made: Measures, made_on: date | None = None) -> list[Chart]:
    """Every chart of a run that its tables can fill, the most asked for first."""
    told = _Told(made, made_on or date.today())
    found: list[Chart | None] = [by_income(told), parts_by_income(told)]
    if made.area is None:
        found += [by_region(told), by_council(told)]
    else:
        found.append(by_tenure(told))
    return [chart for chart in (*found, public_money(told)) if chart is not None]


def income_chart(made: Measures, made_on: date | None = None) -> Chart:
    """The chart by income alone, which needs its own table and no other."""
    return by_income(_Told(made, made_on or date.today()))


def council_chart(made: Measures, made_on: date | None = None) -> Chart | None:
    """The map of council areas alone; None where no area can be shown."""
    return by_council(_Told(made, made_on or date.today()))


class _Told:
    """What every chart of a run says of itself: place, year, source."""

    def __init__(self, made: Measures, made_on: date) -> None:
        self.made = made
        self.place = place_name(made)
        self.year = made.run.year
        kind = {"synthetic": "synthetic population: no real person is in it", "survey": "survey"}.get(
            made.run.population.kind, "households"
        )
        cited = made.run.population.details.get("cited_as")
        kind = f"{kind}: {cited}" if cited else kind
        self.source = (
            f"Source: fairshare {__version__}, {made.run.population.name} ({kind}). "
            f"Result {made.run.id}. Made {made_on.day} {made_on:%B %Y}."
        )
        self.part = "tenth" if made.homes.groups == 10 else "fifth"
        self.noise = "sampling error" if made.run.population.kind == "survey" else "seed noise"

    def where(self, measure: str, unit: str) -> str:
        return f"{measure}. {self.place}, {self.year}, {unit}."


def _column(rows: Table, name: str, scale: float = 1.0) -> tuple[float | None, ...]:
    return tuple(None if row.get(name) is None else float(row[name]) / scale for row in rows)


RANGE_NOTE = "The thin line is the range from"
NO_CHANGE = 0.05 * WEEKS_IN_YEAR
"""£ a year that print as no change at all: less than 5p a week."""


def _more_or_less(row: Row) -> str:
    """'about £4.30 a week more', or that nobody can tell."""
    value = row.get("mean_change")
    if value is None:
        return "not shown"
    if row["mean_low"] < 0 < row["mean_high"]:
        return "could be more or less"
    if abs(value) < NO_CHANGE:
        return "about the same as today"
    return f"about {pounds_a_week(value)} a week {'more' if value > 0 else 'less'}"


def _end_sentence(who: str, row: Row) -> str:
    """What happens at one end of the row of groups, on average."""
    if not row["shown"]:
        return f"Too few records show what the {who} would have."
    if row["mean_low"] < 0 < row["mean_high"]:
        return f"We cannot tell if the {who} would have more or less."
    return f"The {who} would have {_more_or_less(row)}."


def _mean_change(told: _Told, name: str, column: str, head: str, title: str, measure: str) -> Chart:
    rows = told.made.tables[name]
    mean = _column(rows, "mean_change_a_week")
    series = Series("Average change", mean, _column(rows, "mean_low", WEEKS_IN_YEAR), _column(rows, "mean_high", WEEKS_IN_YEAR))
    labels = tuple(str(row[column]) for row in rows)
    alt = f"Bar chart. {title} " + " ".join(f"{label}: {_more_or_less(row)}." for label, row in zip(labels, rows, strict=True))
    notes = (f"{RANGE_NOTE} {told.noise}.", *_hidden(rows))
    return Chart(name, "bars", title, told.where(measure, "£ a week"), labels, (series,), "£ a week", alt, told.source, head, notes)


def _hidden(rows: Table) -> tuple[str, ...]:
    hidden = sum(not row["shown"] for row in rows)
    return (f"Not shown, because too few records stand behind them: {hidden}.",) if hidden else ()


def by_income(told: _Told) -> Chart:
    rows = told.made.tables["by_income_tenth"]
    title = f"{_end_sentence(f'lowest {told.part}', rows[0])} {_end_sentence(f'highest {told.part}', rows[-1])}"
    measure = f"Average change in household income after tax and benefits, by {told.part} of people from lowest to highest income"
    chart = _mean_change(told, "by_income_tenth", "tenth", f"Income {told.part}", title, measure)
    return chart._replace(id="by_income")


def _counted(rows: Table, where: str, of: str) -> str:
    """In how many groups average income would rise, fall or stay, and for how many nobody can tell."""
    unsure = sum(row["mean_low"] < 0 < row["mean_high"] for row in rows)
    sure = [row["mean_change"] for row in rows if not row["mean_low"] < 0 < row["mean_high"]]
    counts = (
        ("rise", sum(each >= NO_CHANGE for each in sure)),
        ("fall", sum(each <= -NO_CHANGE for each in sure)),
        ("stay about the same", sum(abs(each) < NO_CHANGE for each in sure)),
    )
    for word, count in counts:
        if count == len(rows):
            return f"Average income would {word} {where} all {len(rows)} {of}."
    said = [f"{word} {where} {count}" for word, count in counts if count]
    if not said:
        return f"We cannot tell for any of {len(rows)} {of} if average income would rise or fall."
    listed = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    tail = f" We cannot tell for {unsure}." if unsure else ""
    return f"Of {len(rows)} {of}, average income would {listed}.{tail}"


def by_region(told: _Told) -> Chart | None:
    rows = [row for row in told.made.tables["by_region"] if row["shown"]]
    if not rows:
        return None
    title = _counted(rows, "in", "regions and nations")
    measure = "Average change in household income after tax and benefits, by region or nation"
    return _mean_change(told, "by_region", "region", "Region or nation", title, measure)


def by_tenure(told: _Told) -> Chart | None:
    rows = [row for row in told.made.tables["by_tenure"] if row["shown"]]
    if not rows:
        return None
    title = _counted(rows, "for", "kinds of home")
    measure = "Average change in household income after tax and benefits, by kind of home"
    return _mean_change(told, "by_tenure", "tenure", "Home", title, measure)


def parts_by_income(told: _Told) -> Chart:
    rows = told.made.tables["by_income_tenth"]
    labels = tuple(str(row["tenth"]) for row in rows)
    names = ("Pay more or get less", "About the same", "Gain")
    columns = ("lose_pct", "same_pct", "gain_pct")
    series = tuple(Series(name, _column(rows, column)) for name, column in zip(names, columns, strict=True))
    gain, lose = (told.made.figures[f"households_{way}_pct"].value for way in ("gaining", "losing"))
    title = f"Of all households, {_part(gain)} gain and {_part(lose)} pay more or get less."
    told_rows = []
    for label, row in zip(labels, rows, strict=True):
        if row["shown"] and row["lose_pct"] is not None:
            told_rows.append(f"{label}: {percent(row['lose_pct'])} pay more or get less, {percent(row['gain_pct'])} gain.")
    measure = f"Share of households whose income moves by more than £1 a week, by {told.part} of people from lowest to highest income"
    alt = f"Bars of 100%. {title} " + " ".join(told_rows)
    where = told.where(measure, "% of households")
    return Chart("parts_by_income", "parts", title, where, labels, series, "%", alt, told.source, f"Income {told.part}", _hidden(rows))


def _part(value: float) -> str:
    if value == 0:
        return "none"
    return "more than 99%" if 99 < value < 100 else "all" if value >= 100 else f"about {percent(value)}"


def public_money(told: _Told) -> Chart | None:
    rows = sorted((row for row in told.made.tables["budget"] if abs(row["to_the_purse"]) >= 1), key=lambda row: -abs(row["to_the_purse"]))[
        :12
    ]
    if not rows:
        return None
    left = told.made.figures["net_revenue"]
    total = left.value
    scale, word = (
        (BILLION, "£ billion a year") if max(abs(row["to_the_purse"]) for row in rows) >= BILLION else (MILLION, "£ million a year")
    )
    labels = tuple(capital(row["item"]) for row in rows)
    series = Series("Better off", _column(rows, "to_the_purse", scale))
    if abs(total) < 1 or (told.made.run.uses and abs(total) < 0.005 * abs(told.made.figures["proceeds"].value)):
        title = "What comes in pays for what goes out."
    else:
        title = f"In all, {PURSE} would have {about_money(told.made, left)} a year {'more' if total > 0 else 'less'}."
    parts = [
        f"{label}: {_short(row['to_the_purse'])} {'better' if row['to_the_purse'] > 0 else 'worse'} off."
        for label, row in zip(labels, rows)
    ]
    alt = f"Bar chart. {title} " + " ".join(parts)
    measure = "How much better or worse off government and councils are, by tax, benefit and service"
    return Chart("public_money", "bars", title, told.where(measure, word), labels, (series,), word, alt, told.source, "Item")


def _short(pounds: float) -> str:
    size = abs(pounds)
    if size >= BILLION:
        return f"£{size / BILLION:.1f} billion"
    return f"£{size / MILLION:.0f} million" if size >= MILLION else f"£{size:,.0f}"


def by_council(told: _Told) -> Chart | None:
    """A map in which every council area is one hexagon; those with too few records, or not known, are left empty."""
    found = {row["code"]: row for row in told.made.tables["by_council"] if row["shown"]}
    if not found:
        return None
    rows = [found.get(area.code, {"council": area.name, "shown": False}) for area in areas()]
    labels = tuple(area.name for area in areas())
    title = _counted(list(found.values()), "in", "council areas that we can show")
    values = sorted(row["mean_change_a_week"] for row in found.values())
    middle = values[len(values) // 2]
    alt = f"Map of council areas, one hexagon each. {title} In the middle area the change is {week(middle)} a week."
    measure = "Average change in household income after tax and benefits, by council area"
    ends = (_column(rows, name, WEEKS_IN_YEAR) for name in ("mean_low", "mean_high"))
    series = Series("Average change", _column(rows, "mean_change_a_week"), *ends)
    hidden = len(areas()) - len(found)
    notes = ["Each hexagon is one council area. Layout: Open Innovations, MIT licence."]
    if hidden:
        notes.append(f"Hatched: {hidden} areas with too few records, or where the change is not known.")
    return Chart(
        "by_council",
        "places",
        title,
        told.where(measure, "£ a week"),
        labels,
        (series,),
        "£ a week",
        alt,
        told.source,
        "Council area",
        tuple(notes),
    )


def csv_text(chart: Chart) -> str:
    """The chart's numbers, with title, subtitle and source in lines that start with #."""
    out = io.StringIO()
    for line in (chart.title, chart.subtitle, chart.source, *chart.notes):
        out.write(f"# {line}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([chart.first_column, *(f"{name} ({chart.unit})" for name in chart.columns[1:])])
    for row in chart.rows:
        writer.writerow(["" if cell is None else round(cell, 4) if isinstance(cell, float) else cell for cell in row])
    return out.getvalue()
