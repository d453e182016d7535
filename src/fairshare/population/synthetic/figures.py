"""The published figures that the synthetic population is made from: `parameters/britain/*.csv`, read once.

Every file names its source in `sources.csv`. A blank cell means that the publisher gives no figure (or that none was
found); `filled` puts the figure of the region or the nation in its place, and says so here, not in the file.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np

from fairshare.areas import Area, areas, folder
from fairshare.faults import Fault
from fairshare.quantities import Nation, Region

UNITED_KINGDOM, ENGLAND_AND_WALES, GREAT_BRITAIN = "K02000001", "K04000001", "K03000001"
REGION_CODES = {
    Region.NORTH_EAST: "E12000001",
    Region.NORTH_WEST: "E12000002",
    Region.YORKSHIRE_AND_THE_HUMBER: "E12000003",
    Region.EAST_MIDLANDS: "E12000004",
    Region.WEST_MIDLANDS: "E12000005",
    Region.EAST_OF_ENGLAND: "E12000006",
    Region.LONDON: "E12000007",
    Region.SOUTH_EAST: "E12000008",
    Region.SOUTH_WEST: "E12000009",
    Region.WALES: "W92000004",
    Region.SCOTLAND: "S92000003",
    Region.NORTHERN_IRELAND: "N92000002",
}
NATION_CODES = {
    Nation.ENGLAND: "E92000001",
    Nation.WALES: "W92000004",
    Nation.SCOTLAND: "S92000003",
    Nation.NORTHERN_IRELAND: "N92000002",
}
AGE_COLUMNS = (
    "age_0_4", "age_5_9", "age_10_14", "age_15_19", "age_20_24", "age_25_29", "age_30_34", "age_35_39", "age_40_44",
    "age_45_49", "age_50_54", "age_55_59", "age_60_64", "age_65_69", "age_70_74", "age_75_79", "age_80_84", "age_85_plus",
)  # fmt: skip


def britain() -> Path:
    """The folder of published figures."""
    return folder("parameters") / "britain"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one file of published figures. Raises Fault when it is missing."""
    path = britain() / f"{name}.csv"
    if not path.is_file():
        raise Fault(f"The published figures {path} are missing; install fairshare again, or restore parameters/britain.")
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def number(text: str) -> float:
    """A cell as a number; NaN where it is blank."""
    return float(text) if text not in ("", "nan", None) else float("nan")


@cache
def national(name: str) -> float:
    """One national figure of `national.csv` by its id."""
    for row in rows("national"):
        if row["id"] == name:
            return float(row["value"])
    raise Fault(f'parameters/britain/national.csv has no figure "{name}"; restore the file.')


@cache
def regional(name: str) -> dict[str, float]:
    """A figure of `regions.csv` by area code (regions, nations and the UK, as far as it is published)."""
    return {row["area"]: float(row["value"]) for row in rows("regions") if row["id"] == name}


def by_region(name: str) -> np.ndarray:
    """(12,) a figure of `regions.csv` in the order of Region; NaN where it is not published."""
    values = regional(name)
    return np.array([values.get(REGION_CODES[region], float("nan")) for region in Region])


@cache
def area_regions() -> np.ndarray:
    """(councils,) the region of each council."""
    return np.array([int(area.region) for area in areas()])


@cache
def area_nations() -> np.ndarray:
    """(councils,) the nation of each council."""
    return np.array([int(area.nation) for area in areas()])


@cache
def _council_rows() -> tuple[dict[str, str], ...]:
    by_code = {row["gss_code"]: row for row in rows("councils")}
    missing = [area.name for area in areas() if area.code not in by_code]
    if missing:
        raise Fault(f"parameters/britain/councils.csv has no row for {missing[0]}; restore the file.")
    return tuple(by_code[area.code] for area in areas())


def council(name: str) -> np.ndarray:
    """(councils,) a column of `councils.csv` in area order; NaN where it is not published. A fresh array."""
    return np.array([number(row[name]) for row in _council_rows()])


def filled(values: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
    """`values` with each blank given the (weighted) mean of its region, else of its nation, else of all."""
    out = values.copy()
    weight = np.ones(len(out)) if weight is None else weight
    known = np.isfinite(out)
    for groups in (area_regions(), area_nations(), np.zeros(len(out), int)):
        for group in np.unique(groups[~np.isfinite(out)]):
            here = known & (groups == group)
            if here.any():
                out[~np.isfinite(out) & (groups == group)] = np.average(values[here], weights=weight[here])
    return out


@cache
def population_by_age_sex() -> np.ndarray:
    """(councils, 18 five-year ages, 2 sexes) residents, mid-2024 (ONS)."""
    table = {(row["gss_code"], row["sex"]): [float(row[name]) for name in AGE_COLUMNS] for row in rows("population_by_council_age_sex")}
    both = [[table[_old_code(area), "male"], table[_old_code(area), "female"]] for area in areas()]
    return np.array(both).transpose(0, 2, 1)


def _old_code(area: Area) -> str:
    return area.code


def uprating(index: str, start: str, end: str) -> float:
    """The published growth of an index between two fiscal years, as a factor."""
    values = {row["year"]: float(row["value"]) for row in rows("uprating") if row["index"] == index}
    return values[end] / values[start]
