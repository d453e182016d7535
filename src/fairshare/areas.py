"""The council areas and rental market areas of the UK, in the one order that every record and place table uses."""

from __future__ import annotations

import csv
import difflib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from fairshare.faults import Fault
from fairshare.quantities import Nation, Region


class Area(NamedTuple):
    """A council area: its row is its number in records and place tables."""

    row: int
    code: str
    name: str
    nation: Nation
    region: Region
    brma: int
    """Row of the rental market area that holds most of the council's private renters."""


class RentalMarket(NamedTuple):
    row: int
    code: str
    name: str
    nation: Nation


def folder(name: str) -> Path:
    """`parameters`, `scenarios` or `dashboards`: beside the checkout's src, or inside the installed package."""
    here = Path(str(resources.files("fairshare")))
    checkout = here.parent.parent / name
    return checkout if checkout.is_dir() and here.parent.name == "src" else here / name


@cache
def rental_markets() -> tuple[RentalMarket, ...]:
    """Every broad rental market area, in row order."""
    with (folder("parameters") / "brma.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            RentalMarket(row, line["brma_id"], line["name"], Nation[line["nation"].upper().replace(" ", "_")])
            for row, line in enumerate(csv.DictReader(lines))
        )


@cache
def areas() -> tuple[Area, ...]:
    """Every council area (GSS code order), in row order."""
    market_rows = {market.code: market.row for market in rental_markets()}
    with (folder("parameters") / "areas.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Area(
                row,
                line["gss_code"],
                line["name"],
                Nation[line["nation"].upper().replace(" ", "_")],
                Region[line["region"].upper().replace(" ", "_")],
                market_rows[line["main_brma_id"]],
            )
            for row, line in enumerate(csv.DictReader(lines))
        )


def find_area(name_or_code: str) -> Area:
    """The area with this name or GSS code. Raises Fault, with the nearest names, when there is none."""
    wanted = name_or_code.strip().casefold()
    by_name: dict[str, Area] = {}
    for area in areas():
        if wanted == area.code.casefold():
            return area
        by_name[area.name.casefold()] = area
        by_name.setdefault(area.name.split(",")[0].casefold(), area)
    if wanted in by_name:
        return by_name[wanted]
    close = difflib.get_close_matches(wanted, by_name, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(by_name[key].name for key in close)}?" if close else ""
    raise Fault(f'There is no council area called "{name_or_code}".{hint} Give a council\'s name or its GSS code (E09000012).')


MOST_NAMED = 3


def named(places: list[str]) -> str:
    """Places in a sentence: 'Leeds', 'Leeds and Bradford', 'Leeds, Bradford, York and 5 more areas'."""
    if len(places) > MOST_NAMED:
        return f"{', '.join(places[:MOST_NAMED])} and {len(places) - MOST_NAMED} more areas"
    return " and ".join([", ".join(places[:-1]), places[-1]] if len(places) > 1 else places)
