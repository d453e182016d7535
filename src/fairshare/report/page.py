"""A run as one page of HTML that needs no script and no network, with its pictures and tables beside it on request."""

from __future__ import annotations

import json
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fairshare import __version__
from fairshare.areas import Area
from fairshare.faults import Fault
from fairshare.measures.households import RunLike
from fairshare.measures.incentives import incentive_rows
from fairshare.measures.tables import COLUMNS, Figure, Measures, measures
from fairshare.measures.uncertainty import Kind
from fairshare.population.disclosure import licensed
from fairshare.report import beside, document, flows, sentences, shown
from fairshare.report.charts import Chart, charts, csv_text, income_chart
from fairshare.report.drawing import png, svg
from fairshare.report.text import command


def write_page(run: RunLike, path: Path | str, area: Area | None = None, compare: RunLike | None = None) -> Path:
    """Write the page of a run, whole or not at all. Raises Fault where it cannot be written."""
    path = Path(path)
    if path.suffix.lower() not in (".html", ".htm"):
        raise Fault(f"--out {path} must end in .html: the report is a page for a browser, which can print it or save it as PDF.")
    made = _with_incentives(measures(run, area))
    other = measures(compare, area) if compare is not None else None
    write_file(path, page(made, other, out=path.name).encode())
    return path


def write_files(run: RunLike, folder: Path | str, area: Area | None = None) -> list[Path]:
    """The page, the JSON document, and every chart and table as files of their own, each written whole or not at all. What an earlier
    result left in the folder, and this one does not write again, is taken away; other files stay."""
    folder = Path(folder)
    made = _with_incentives(measures(run, area))
    made_on = date.today()
    files: dict[str, bytes] = {
        "page.html": page(made, out="page.html", made_on=made_on).encode(),
        "result.json": json.dumps(document.of_measures(made), indent=2, ensure_ascii=False).encode(),
    }
    for chart in charts(made, made_on):
        files |= {f"{chart.id}.svg": svg(chart).encode(), f"{chart.id}.png": png(chart), f"{chart.id}.csv": csv_text(chart).encode()}
    moved = flows.flows(run, made_on) if made.area is None else None
    if moved is not None:
        files["where_the_money_goes.svg"] = flows.svg(moved).encode()
    for name, rows in made.tables.items():
        if rows:
            files[f"tables/{name}.csv"] = _table_csv(made, name, made_on).encode()
            files[f"tables/{name}.parquet"] = _table_parquet(made, name, made_on)
    earlier = _written_before(folder)
    for name, content in files.items():
        write_file(folder / name, content)
    for name in earlier - set(files):
        (folder / name).unlink(missing_ok=True)
    write_file(folder / WRITTEN, "".join(f"{name}\n" for name in sorted(files)).encode())
    return [folder / name for name in files]


def _with_incentives(made: Measures) -> Measures:
    """With what work pays: four further assessments of everyone, which a page has time for and a screen has not. Of a licensed survey
    it is left out, since nobody has worked out what may be shown of it."""
    if licensed(made.run.population):
        return made
    return made._replace(tables={**made.tables, "incentives": incentive_rows(made.homes)})


WRITTEN = "files.txt"
"""Names, in a folder of results, what its result wrote, so that another result can take away what it does not write itself."""


def _written_before(folder: Path) -> set[str]:
    """What an earlier result wrote in the folder, by its own list; nothing that is not below the folder, and nothing else."""
    try:
        listed = (folder / WRITTEN).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return set()
    below = [Path(name) for name in listed if name.strip()]
    return {name.as_posix() for name in below if not name.is_absolute() and ".." not in name.parts and (folder / name).is_file()}


def _table_parquet(made: Measures, name: str, made_on: date) -> bytes:
    """A tidy table as Parquet, with its source and the units of its columns in the metadata."""
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = made.tables[name]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    held = {column: pa.array([_scalar(row.get(column)) for row in rows], from_pandas=True) for column in columns}
    units = {f"unit of {column}": COLUMNS[name][column].unit for column in columns if column in COLUMNS.get(name, {})}
    about = {"title": made.run.scenario.title, "about": sentences.about(made), "source": _source_line(made, made_on), **units}
    table = pa.table(held).replace_schema_metadata({key: value.encode() for key, value in about.items()})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def _scalar(value: Any) -> Any:
    """numpy's numbers as Python's own."""
    return value.item() if hasattr(value, "item") else value


def _source_line(made: Measures, made_on: date) -> str:
    return f"Source: fairshare {__version__}. Result {made.run.id}. Made {made_on.isoformat()}."


def _table_csv(made: Measures, name: str, made_on: date) -> str:
    """A tidy table with the units of its columns, and its source in lines that start with #."""
    import csv
    import io

    rows = made.tables[name]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    out.write(f"# {made.run.scenario.title}\n# {sentences.about(made)}\n")
    out.write(f"# {_source_line(made, made_on)}\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(f"{column} ({COLUMNS[name][column].unit})" if column in COLUMNS[name] else column for column in columns)
    for row in rows:
        writer.writerow(["" if row.get(column) is None else row[column] for column in columns])
    return out.getvalue()


def write_file(path: Path, content: bytes) -> None:
    """A file, whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise Fault(f"{path} cannot be written ({fault.strerror}); give another place with --out.") from None


# ---- the page -------------------------------------------------------------------------------------------------------

MARKS = {Kind.MODEL_ERROR: "▲", Kind.SEED_NOISE: "●", Kind.SAMPLING: "■", Kind.ASSUMPTIONS: "◆"}
"""A mark for each kind of range, always beside its name."""


class Picture(NamedTuple):
    """A chart, drawn for a wide and a narrow screen, with its data table."""

    chart: Chart
    wide: str
    narrow: str
    table: shown.Shown


class RangeRow(NamedTuple):
    """One headline figure with its ranges in words."""

    name: str
    value: str
    ranges: tuple[tuple[str, str, str], ...]
    """Mark, name of the kind, and the range or why there is none."""


def page(made: Measures, other: Measures | None = None, out: str = "page.html", made_on: date | None = None) -> str:
    """The page as text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
    from markupsafe import Markup

    made_on = made_on or date.today()
    told = sentences.story(made)
    templates = Environment(
        loader=PackageLoader("fairshare.report", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    moves = bool(np.any(made.homes.change))  # where no income moves, what is told by group would hold nothing but noughts
    pictures = [_picture(chart, Markup) for chart in charts(made, made_on) if moves or chart.id == "public_money"]
    comparison = None
    if other is not None:
        sides = beside.side(made, income_chart(made, made_on)), beside.side(other, income_chart(other, made_on))
        comparison = {"block": beside.comparison(*sides), "table": beside.table(*sides)}
        both = beside.chart(*sides)
        pictures += [_picture(both, Markup)] if both is not None else []
    run = made.run
    moved = flows.flows(run, made_on) if made.area is None else None
    return templates.get_template("page.html").render(
        title=told.title,
        about=told.about,
        blocks=told.blocks,
        because=run.scenario.because,
        strongest_case=getattr(run.scenario, "strongest_case", None),
        strongest_concern=getattr(run.scenario, "strongest_concern", None),
        sources=tuple(getattr(run.scenario, "sources", ())),
        style=Markup(page_style()),
        pictures={picture.chart.id: picture for picture in pictures},
        flows=moved,
        flows_drawn=() if moved is None else tuple(Markup(flows.svg(moved, narrow)) for narrow in (False, True)),
        ranges=[_range_row(figure) for figure in made.figures.values() if figure.value or figure.id == "net_revenue"],
        tables=[
            shown.shown(name, rows)
            for name, rows in made.tables.items()
            if rows and name in TABLES_ON_PAGE and (moves or name not in OF_INCOMES)
        ],
        groups_after=told.last_of_groups,
        changed=shown.shown("by_council", changed) if (changed := sentences.rows_of_change(made)) else None,
        councils=shown.shown("by_council", made.tables["by_council"])
        if moves and made.area is None and made.tables["by_council"]
        else None,
        terms=told.terms,
        comparison=comparison,
        other_title=other.run.scenario.title if other is not None else "",
        version=__version__,
        id=run.id,
        year=run.year,
        place=told.place,
        place_name=sentences.place_name(made),
        made_on=f"{made_on.day} {made_on:%B %Y}",
        citation=_citation(made, made_on),
        command=command(made, out),
        synthetic=run.population.kind == "synthetic",
    )


TABLES_ON_PAGE = (
    "by_income_tenth_after_housing_costs",
    "by_wealth_tenth",
    "by_tenure",
    "by_family_type",
    "by_age",
    "by_sex",
    "by_disability",
    "by_ethnic_group",
    "gainers_losers",
    "budget",
    "budget_by_tier",
    "homes_by_value",
    "taxes_on_homes_by_income",
    "large_changes_on_homes",
    "funding_by_council",
    "ranges_of_wealth_tax",
    "wealth_tax_by_tail",
    "shares_of_wealth",
    "wealth_by_group",
    "by_income_and_wealth",
    "wealth_tax_over_years",
    "fund_over_years",
    "where_the_money_goes",
    "inequality",
    "poverty",
    "hardship",
    "incentives",
)


OF_INCOMES = frozenset({"by_wealth_tenth", "by_tenure", "by_family_type", "gainers_losers", "by_income_and_wealth"})
"""Tables of who gains and who pays more."""


def page_style() -> str:
    from importlib import resources

    return (resources.files("fairshare.report") / "templates" / "page.css").read_text(encoding="utf-8")


def _picture(chart: Chart, markup: Any) -> Picture:
    cells = tuple(tuple(_cell(cell, chart.unit) for cell in row) for row in chart.rows)
    heads = (chart.columns[0], *(f"{name}, {chart.unit}" if chart.unit.startswith("£") else name for name in chart.columns[1:]))
    table = shown.Shown(chart.id, chart.title, heads, cells, (False, *(True for _ in heads[1:])))
    return Picture(chart, markup(svg(chart)), markup(svg(chart, narrow=True)), table)


def _cell(value: str | float | None, unit: str) -> str:
    if value is None:
        return shown.NOTHING
    if isinstance(value, str):
        return value
    if unit == "%":
        return shown.share(value)
    return shown.week(value) if unit == "£ a week" else f"{'+' if value > 0 else ''}{value:,.2f}".replace("-", "−")


def _range_row(figure: Figure) -> RangeRow:
    ranges = tuple((MARKS[each.kind], sentences.RANGE_NAMES[each.kind], beside.range_words(each, figure)) for each in figure.ranges)
    return RangeRow(beside.FIGURE_WORDS[figure.id], beside.value_words(figure), ranges if figure.shown else ())


def _citation(made: Measures, made_on: date) -> str:
    place = sentences.place_name(made)
    what = f"fairshare {__version__}, “{made.run.scenario.title}”, {place}, {made.run.year}"
    return f"{what}, result {made.run.id}, made {made_on.day} {made_on:%B %Y}."
