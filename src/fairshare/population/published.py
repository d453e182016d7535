"""A published figure, as a row: what was measured, where, when, and what the publisher says. Tables of such rows are read here.

Two forms are known. In the long form each row is one figure (`parameters/britain/targets.csv`); in the wide form each row is
a council area and each column a figure, which `parameters/britain/council_targets.csv` declares.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fairshare.areas import areas
from fairshare.faults import Fault
from fairshare.population.synthetic import figures as f
from fairshare.quantities import REGION_NAMES, Nation

LONG_FORM = ("target_id", "geography_code", "measure", "value")
WIDE_FORM = "gss_code"
UNITS = {
    "million persons": 1e6,
    "GBP billion": 1e9,
    "GBP million": 1e6,
    "per cent": 0.01,
    "thousand": 1e3,
    "thousand dwellings": 1e3,
}
"""Units other than one person, one household or one pound, and what one of them is."""
CENSUS = "2021/2022 census"
PAY_OF_THE_YEAR_BEFORE = {"median_annual_ft_earnings_residence", "lower_quartile_annual_ft_earnings_residence"}
"""Annual pay that ONS asks for each April: it is of the tax year that has just ended."""
FIRST_MONTH = 4  # of a fiscal year
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NATIONAL = frozenset({f.UNITED_KINGDOM, f.GREAT_BRITAIN, f.ENGLAND_AND_WALES, *f.NATION_CODES.values()})


class Row(NamedTuple):
    """One published figure. `dims` are its breakdowns in order, such as (("tenure", "private rent"),)."""

    id: str
    area: str
    measure: str
    dims: tuple[tuple[str, str], ...]
    value: float
    unit: str
    period: str
    source: str = ""
    says: str = ""
    basis: str = ""
    calibrated: bool = False
    kind_of_figure: str = ""

    def of(self, dimension: str) -> str | None:
        """The value of one breakdown; None where the row is not broken down by it."""
        return dict(self.dims).get(dimension)

    @property
    def level(self) -> str:
        """national, regional or council."""
        if self.area in NATIONAL:
            return "national"
        return "regional" if self.area in f.REGION_CODES.values() else "council"

    @property
    def scale(self) -> float:
        """What one of its unit is, in persons, households or pounds."""
        return UNITS.get(self.unit, 1.0)

    @property
    def year(self) -> str | None:
        """The fiscal year that the period falls in, such as 2025-26; None where it names none."""
        if self.measure in PAY_OF_THE_YEAR_BEFORE and self.period.startswith("April"):
            return _named(int(self.period[-4:]) - 1)
        return fiscal_year(self.period)


def fiscal_year(period: str) -> str | None:
    """The fiscal year of a publisher's period: 2025-26, 2025, August 2025, 2025-08-31, year ending Sep 2024, FYE 2024."""
    text = period.strip()
    if found := re.fullmatch(r"(20\d\d)-01-01", text):  # how ONS's explorer writes a calendar year
        return _named(int(found[1]))
    if found := re.search(r"(20\d\d)[-/](\d\d)(?!\d)(?:-(\d\d))?", text):
        start, second = int(found[1]), int(found[2])
        if found[3] is None and second == (start + 1) % 100:
            last = re.findall(r"(20\d\d)[-/]\d\d", text)[-1]  # an average over years is set beside its last year
            return _named(int(last))
        return _named(start if second >= FIRST_MONTH else start - 1)
    if found := re.search(r"FYE (20\d\d)", text):
        return _named(int(found[1]) - 1)
    if found := re.search(r"([A-Za-z]{3})[a-z]* (20\d\d)", text):
        month = MONTHS.index(found[1].lower()) + 1 if found[1].lower() in MONTHS else FIRST_MONTH
        return _named(int(found[2]) if month >= FIRST_MONTH else int(found[2]) - 1)
    if found := re.search(r"(20\d\d)(?!.*20\d\d)", text):
        return _named(int(found[1]))
    return None


def _named(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


@cache
def inside(area: str) -> np.ndarray | None:
    """(councils,) which councils lie in an area by its code; None for an area that is not known."""
    if area == f.UNITED_KINGDOM:
        return np.ones(len(areas()), bool)
    for nation, code in f.NATION_CODES.items():
        if code == area:
            return np.asarray(f.area_nations() == int(nation))
    for region, code in f.REGION_CODES.items():
        if code == area:
            return np.asarray(f.area_regions() == int(region))
    if area == f.GREAT_BRITAIN:
        return np.asarray(f.area_nations() != 3)
    if area == f.ENGLAND_AND_WALES:
        return np.asarray(f.area_nations() <= 1)
    rows = [each.row for each in areas() if each.code == area]
    return np.arange(len(areas())) == rows[0] if rows else None


def area_name(code: str) -> str:
    """The name of a region, nation or council by its code; the code itself where it is not known."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    from fairshare.quantities import NATION_NAMES, REGION_NAMES

    names = {f.UNITED_KINGDOM: "United Kingdom", f.GREAT_BRITAIN: "Great Britain", f.ENGLAND_AND_WALES: "England and Wales"}
    names.update({code: NATION_NAMES[nation] for nation, code in f.NATION_CODES.items()})
    names.update({code: REGION_NAMES[region] for region, code in f.REGION_CODES.items()})
    names.update({each.code: each.name for each in areas()})
    return names


# ---- our own rows --------------------------------------------------------------------------------------------------


def declared(name: str) -> list[Row]:
    """The rows of a long-form file of `parameters/britain`, each with whether the population was made to it."""
    return [_long_row(line) for line in f.rows(name)]


WHOLE = "-"
"""In `not_comparable.csv`: the figure that is not broken down."""


def not_comparable(row: Row) -> str | None:
    """Why a published figure cannot be set beside the records' (another definition or year); None where it can."""
    for line in f.rows("not_comparable"):
        if (
            line["measure"] != row.measure
            or (line["area"] and line["area"] != row.area)
            or (line["period"] and line["period"] != row.period)
        ):
            continue
        if line["dimension"] == WHOLE and row.dims:
            continue
        if line["dimension"] not in ("", WHOLE) and row.of(line["dimension"]) != line["value"]:
            continue
        return line["why"]
    return None


def council_rows() -> list[Row]:
    """The figures of every council that are held in `councils.csv`, as `council_targets.csv` declares them."""
    found: list[Row] = []
    for line in f.rows("council_targets"):
        if not line["column"]:
            continue
        column, _, only = line["column"].partition("@")
        values = _council_values(column)
        for area in areas():
            if np.isfinite(values[area.row]) and values[area.row] > 0 and not (only and area.code.startswith("E")):
                found.append(_wide_row(line, area.code, float(values[area.row])))
    return found


def _council_values(column: str) -> np.ndarray:
    """(councils,) a column of councils.csv, or the residents of the five-year ages that it names."""
    if column.startswith("age_"):
        return np.asarray(f.population_by_age_sex()[:, [f.AGE_COLUMNS.index(name) for name in column.split()]].sum(axis=(1, 2)))
    return f.council(column)


NAMED_AREAS = {"All": f.UNITED_KINGDOM, "England - All": f.NATION_CODES[Nation.ENGLAND], "Yorkshire & Humber": "E12000003"}
"""Areas that HMRC's tables of capital gains give by name."""


def _code(area: str) -> str:
    """The code of an area; some tables name England's regions instead ("England - North West")."""
    if area in NAMED_AREAS:
        return NAMED_AREAS[area]
    name = area.removeprefix("England - ")
    if name == area:
        return area
    named = {REGION_NAMES[region]: code for region, code in f.REGION_CODES.items()}
    return NAMED_AREAS.get(name) or named.get(name, area)


def _long_row(line: dict[str, str], calibrated: bool | None = None) -> Row:
    dims = tuple((line[f"dim{n}"], line[f"value{n}"]) for n in (1, 2, 3) if line.get(f"dim{n}"))
    return Row(
        id=line["target_id"],
        area=_code(line["geography_code"]),
        measure=line["measure"],
        dims=dims,
        value=f.number(line["value"]),
        unit=line.get("unit") or "",
        period=line.get("period") or "",
        source=line.get("source_id") or "",
        says=line.get("says") or _words(line["measure"], dims),
        basis=line.get("basis") or "",
        calibrated=line.get("calibrated") == "yes" if calibrated is None else calibrated,
        kind_of_figure=line.get("kind_of_figure") or "",
    )


WORDS = {
    "table_3_4": "receipts",
    "table_4_1": "receipts",
    "table_4_9": "spending",
    "uc_households": "families on Universal Credit",
    "household_vat": "VAT from households",
    "hicbc_individuals": "people charged for Child Benefit",
    "hicbc_revenue": "the charge for Child Benefit",
    "pip_caseload": "Personal Independence Payment, people",
    "dla_caseload": "Disability Living Allowance, people",
    "employment_16plus": "people in work",
    "employees_16plus": "employees",
    "ilo_unemployment_16plus": "unemployed people",
    "individuals": "taxpayers with this income",
    "number_of_individuals": "taxpayers with this income",
    "amount": "this income of taxpayers",
    "mean": "mean income of taxpayers",
    "median": "median income of taxpayers",
    "gini": "Gini coefficient of income",
}
"""Measures whose names say too little to a reader."""
ROW_NUMBERS = {"row", "section"}


def _words(measure: str, dims: tuple[tuple[str, str], ...]) -> str:
    """A measure and its breakdown, to read."""
    parts = ", ".join(value for name, value in dims if name not in ROW_NUMBERS and value)
    words = WORDS.get(measure, measure.replace("_", " "))
    return f"{words}: {parts}" if parts else words


def _wide_row(line: dict[str, str], area: str, value: float) -> Row:
    return Row(
        id=f"{area}/{line['published_column'] or line['says'].replace(' ', '_')}",
        area=area,
        measure=line["measure"],
        dims=tuple((line[f"dim{n}"], line[f"value{n}"]) for n in (1, 2) if line[f"dim{n}"]),
        value=value,
        unit=line["unit"],
        period=line["period"],
        source=line["source_id"],
        says=line["says"],
        calibrated=line["calibrated"] == "yes",
        kind_of_figure=line["kind_of_figure"],
    )


# ---- further files -------------------------------------------------------------------------------------------------


class Unread(NamedTuple):
    """A figure of a further file for which no measure is known."""

    id: str
    why: str


def further(files: Iterable[Path], declarations: Iterable[dict[str, str]]) -> tuple[list[Row], list[Unread]]:
    """The rows of further files in either form, and the figures that no declaration names.

    `declarations` say what the columns of the wide form measure. Raises Fault for a file that is missing or of neither form.
    """
    by_column = {line["published_column"]: line for line in declarations if line["published_column"]}
    known = {row.id: row.calibrated for name in ("targets", "checks") for row in declared(name)}
    rows: list[Row] = []
    unread: list[Unread] = []
    for file in files:
        lines = _lines(file)
        if all(name in lines[0] for name in LONG_FORM):
            for number, line in enumerate(lines, start=2):
                rows.append(_checked(file, number, line, known))
        elif WIDE_FORM in lines[0]:
            _read_wide(file, lines, by_column, rows, unread)
        else:
            raise Fault(
                f"{file} has neither the columns {', '.join(LONG_FORM)} of a list of figures nor the column {WIDE_FORM} of a table of "
                "council areas; add them."
            )
    return rows, unread


def _lines(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            lines = list(csv.DictReader(text))
    except OSError as error:
        raise Fault(f"The file of targets {file} cannot be read ({error.strerror}); check the path.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Fault(f"{file} is not a CSV file in UTF-8; save it as one.") from error
    if not lines:
        raise Fault(f"{file} holds no rows; give at least one published figure.")
    return lines


def _checked(file: Path, number: int, line: dict[str, str], known: dict[str, bool]) -> Row:
    try:
        return _long_row(line, known.get(line["target_id"], False))
    except (ValueError, TypeError) as error:
        raise Fault(f'{file}, line {number}: "{line.get("value")}" is not a number; give the published value as a plain number.') from error


def _read_wide(
    file: Path, lines: list[dict[str, str]], by_column: dict[str, dict[str, str]], rows: list[Row], unread: list[Unread]
) -> None:
    for number, line in enumerate(lines, start=2):
        for column, text in line.items():
            if column in by_column and text not in ("", None):
                try:
                    rows.append(_wide_row(by_column[column], line[WIDE_FORM], float(text)))
                except ValueError as error:
                    raise Fault(f'{file}, line {number}: {column} is "{text}", not a number; give a plain number.') from error
            elif text and _is_number(text) and not column.startswith("gss_"):
                unread.append(Unread(f"{line[WIDE_FORM]}/{column}", "no measure of this name is known"))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
