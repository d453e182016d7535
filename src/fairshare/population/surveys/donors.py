"""What readers of the surveys that are matched in share: their folders, columns by several names, and identities that must hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.faults import Fault
from fairshare.population.surveys.matching import Known
from fairshare.population.surveys.text_tables import TextTable, read_text_table
from fairshare.population.uprating import factor, starts

Array = np.ndarray[Any, np.dtype[Any]]

MISSING_CODES = (-9.0, -8.0, -7.0, -6.0)
UNEVEN = 0.01
"""Part of rows in which an identity may fail before the file is taken for another."""
REGIONS_WITHOUT_GAP = {code: q.Region(code - 1) for code in range(1, 13)}
"""Regions as the Living Costs and Food Survey and the Survey of Personal Incomes number them: 1 to 12, with no gap."""
REGIONS_WITH_GAP = {
    1: q.Region.NORTH_EAST, 2: q.Region.NORTH_WEST, 4: q.Region.YORKSHIRE_AND_THE_HUMBER, 5: q.Region.EAST_MIDLANDS,
    6: q.Region.WEST_MIDLANDS, 7: q.Region.EAST_OF_ENGLAND, 8: q.Region.LONDON, 9: q.Region.SOUTH_EAST, 10: q.Region.SOUTH_WEST,
    11: q.Region.WALES, 12: q.Region.SCOTLAND, 13: q.Region.NORTHERN_IRELAND,
}  # fmt: skip
"""Regions as the Family Resources Survey and the Wealth and Assets Survey number them: there is no 3."""


class Donors(NamedTuple):
    """A survey to match in: what it knows of its households, and the amounts that it gives, £ a year or £."""

    source: str
    citation: str
    year: str
    """The fiscal year that its money is in."""
    known: Known
    amounts: dict[str, Array]
    found: dict[str, str]
    zero: list[str]
    assumed: list[str]


def file_of(place: Path, pattern: str, what: str, needed: bool = True) -> Path | None:
    """The one .tab file whose name holds the pattern, in the folder or at most three levels below. Raises Fault for none or several."""
    if not place.is_dir():
        raise Fault(f"{place} is not a folder; give the folder that the UK Data Service's zip file opens to.")
    found: list[Path] = []
    level = [place]
    try:
        for _ in range(4):
            entries = [entry for each in level for entry in sorted(each.iterdir())]
            found += [e for e in entries if e.suffix.lower() == ".tab" and re.search(pattern, e.name.lower()) and e.is_file()]
            level = [e for e in entries if e.is_dir() and not e.is_symlink()][:500]
    except OSError as error:
        raise Fault(f"{place} cannot be read ({error.strerror}); check your rights to it.") from None
    if not found and needed:
        raise Fault(f"{place} holds no {what}; give the folder that the UK Data Service's zip file opens to, with its tab files.")
    if len(found) > 1:
        raise Fault(f"{place} holds several files of one kind ({', '.join(each.name for each in found[:4])}); keep one of them.")
    return found[0] if found else None


class Columns:
    """A table whose columns are sought under several names, noting what was found and what was not."""

    def __init__(self, table: TextTable, ideas: Mapping[str, tuple[str, ...]]) -> None:
        self.table, self.ideas = table, ideas
        self.found: dict[str, str] = {}
        self.zero: list[str] = []

    def name(self, idea: str) -> str | None:
        name = self.table.name_of(self.ideas[idea])
        if name is None:
            self.zero.append(f"{self.table.name}.{idea} ({' or '.join(self.ideas[idea])})")
        else:
            self.found[f"{self.table.name}.{idea}"] = name
        return name

    def has(self, idea: str) -> bool:
        return self.table.name_of(self.ideas[idea]) is not None

    def needed(self, idea: str, meaning: str, losses: bool = False) -> Array:
        """(rows,) numbers of a column that must be there. Raises Fault, naming file and column, where it is not."""
        self.found[f"{self.table.name}.{idea}"] = self.table.needed(self.ideas[idea], meaning)
        return self.amounts(idea, losses)

    def amounts(self, idea: str, losses: bool = False) -> Array:
        """(rows,) numbers, nothing where missing: a blank, a code of no answer, or (where no loss is possible) any negative number."""
        name = self.name(idea)
        if name is None:
            return np.zeros(self.table.rows)
        values = self.table.numbers(name)
        self.table.refuse(name, np.abs(values) > 1e12, "is too large to be true")
        missing = np.isnan(values) | (np.isin(values, MISSING_CODES) if losses else values < 0.0)
        return np.where(missing, 0.0, values)

    def weight(self, idea: str = "weight") -> Array:
        name = self.table.needed(self.ideas[idea], "how many households a record stands for")
        self.found[f"{self.table.name}.{idea}"] = name
        values = self.table.numbers(name)
        self.table.refuse(name, ~(values >= 0.0) | (values > 1e7), "is not a weight of 0 or more")
        if not (values > 0.0).any():
            raise self.table.fault(f"{name} is 0 in every row; fetch the file again.")
        return values

    def keys(self, idea: str = "key") -> Array:
        name = self.table.needed(self.ideas[idea], "the household's key")
        self.found[f"{self.table.name}.{idea}"] = name
        return self.table.whole_numbers(name, "a key")

    def codes(self, idea: str, known: Iterable[int], needed: str = "") -> Array:
        """(rows,) codes, -1 where missing. Raises Fault for one that is not known."""
        if needed:
            self.table.needed(self.ideas[idea], needed)
        name = self.name(idea)
        if name is None:
            return np.full(self.table.rows, -1)
        values = self.table.numbers(name)
        missing = np.isnan(values) | (values < 0.0)
        self.table.refuse(name, ~missing & ~np.isin(values, list(known)), "is no code of the survey")
        return np.where(missing, -1, np.nan_to_num(values)).astype(np.int64)

    def agree(self, one: Array, other: Array, says: str, within: float = 5.0) -> None:
        """Refuse the file where an identity that its publisher keeps fails in more than a hundredth of rows."""
        apart = np.abs(one - other) > np.maximum(within, 1e-3 * np.abs(one))
        if apart.mean() > UNEVEN:
            raise self.table.fault(f"{says} in {apart.mean():.0%} of rows, so this is another file than it seems; fetch it again.")


def read(path: Path, name: str, ideas: Mapping[str, tuple[str, ...]]) -> Columns:
    """A tab-delimited file with the columns that any idea may stand under. Raises Fault for an empty one."""
    table = read_text_table(path, name, {each for names in ideas.values() for each in names})
    if not table.rows:
        raise table.fault("there is no row in it, or no column that is known; fetch the file again.")
    return Columns(table, ideas)


def once(columns: Columns, keys: Array) -> None:
    """Refuse a file in which a household stands twice."""
    name = columns.table.needed(columns.ideas["key"], "the household's key")
    _, first = np.unique(keys, return_index=True)
    again = np.ones(len(keys), bool)
    again[first] = False
    columns.table.refuse(name, again, "repeats the key of an earlier row; every row needs its own")


def in_year(amounts: Mapping[str, Array], kinds: Mapping[str, str], start: str, end: str, what: str) -> dict[str, Array]:
    """Amounts moved from one fiscal year's money to another's, each by the index of its kind. Raises Fault for a year out of reach."""
    if start not in starts():
        raise Fault(f"{what} is of {start}, and published factors start in {starts()[0]}; give a later one.")
    return {name: values * factor(kinds[name], start, end) for name, values in amounts.items()}
