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


MOST_ASKED, MOST_NAMED = 8, 3
FIRST_WORDS = ("", "city of", "county", "isle of", "isles of")
"""What may stand before a name that is given in short: Edinburgh, Durham, Wight."""


def _in_short(wanted: str, name: str) -> bool:
    """Whether `wanted` is `name` in short: Glasgow of Glasgow City, but not London, a region, of the City of London."""
    if wanted.upper().replace(" ", "_") in Region.__members__:
        return False
    words, asked = name.replace(",", " ").replace("-", " ").split(), wanted.replace("-", " ").split()
    places = [start for start in range(len(words)) if asked and words[start : start + len(asked)] == asked]
    return any(" ".join(words[:start]) in FIRST_WORDS for start in places)


def find_area(name_or_code: str) -> Area:
    """The area with this name or GSS code, or the only one so called in short. Raises Fault, with the nearest names, when there is
    none, or more than one."""
    wanted = name_or_code.strip().casefold()
    by_name: dict[str, Area] = {}
    for area in areas():
        if wanted == area.code.casefold():
            return area
        by_name[area.name.casefold()] = area
        by_name.setdefault(area.name.split(",")[0].casefold(), area)
    if wanted in by_name:
        return by_name[wanted]
    holding = list({area.row: area for name, area in by_name.items() if _in_short(wanted, name)}.values())
    if len(holding) == 1:
        return holding[0]
    if 1 < len(holding) <= MOST_ASKED:
        raise Fault(f'Several council areas are called "{name_or_code}": {", ".join(area.name for area in holding)}. Give one of them.')
    with_the_words = [name for name in by_name if wanted and f" {wanted} " in f" {name} "]
    close = [*with_the_words, *difflib.get_close_matches(wanted, by_name, n=MOST_NAMED, cutoff=0.5)][:MOST_NAMED]
    hint = f" Did you mean {' or '.join(dict.fromkeys(by_name[key].name for key in close))}?" if close else ""
    raise Fault(f'There is no council area called "{name_or_code}".{hint} Give a council\'s name or its GSS code (E09000012).')


def named(places: list[str]) -> str:
    """Places in a sentence: 'Leeds', 'Leeds and Bradford', 'Leeds, Bradford, York and 5 more areas'."""
    if len(places) > MOST_NAMED:
        return f"{', '.join(places[:MOST_NAMED])} and {len(places) - MOST_NAMED} more areas"
    return " and ".join([", ".join(places[:-1]), places[-1]] if len(places) > 1 else places)
