"""The law of a year: every instrument's law in force, and a scenario laid over it.

Each instrument's law is one NamedTuple: schema, Python value and numba value at once. Every change of law
passes the validator here; nothing is ever changed by a bare `_replace`.
"""

from __future__ import annotations

import csv
import hashlib
import math
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import numpy as np
from pydantic import TypeAdapter, ValidationError

from fairshare.areas import areas, folder, rental_markets
from fairshare.faults import Fault, nearest, nearest_or_all
from fairshare.instrument import Instrument
from fairshare.parameters import YEARS, Fact, check_year, index_growth, parameter_file, parameters
from fairshare.reading import Document, Path
from fairshare.rules import INSTRUMENTS
from fairshare.schedule import BANDS, UNREACHED, Schedule

BY_PLACE = "by_place"
_RELATIVE = {"plus", "times"}


@dataclass(frozen=True)
class Law:
    """All instruments' law for one fiscal year. `values` are hashable NamedTuples; `places` read-only tables."""

    year: str
    values: dict[str, Any]
    places: dict[str, np.ndarray]
    facts: dict[str, dict[str, Fact]]
    changed: frozenset[str] = frozenset()
    """Dotted paths that a scenario has changed."""

    def key(self, instrument: str) -> tuple[Any, ...]:
        """What identifies this instrument's law: its name, its values, and a digest of its place table."""
        table = self.places.get(instrument)
        return instrument, self.values[instrument], _digest(table) if table is not None else ""


def _digest(table: np.ndarray) -> str:
    return hashlib.blake2b(np.ascontiguousarray(table).view(np.uint8).tobytes(), digest_size=12).hexdigest()


@cache
def law_in_force(year: str) -> Law:
    """The law of a fiscal year ('2026-27') as enacted, announced or projected. Raises Fault for an unknown year."""
    check_year(year)
    values, places, facts = {}, {}, {}
    for instrument in INSTRUMENTS.values():
        found = {path: parameter.in_year(year) for path, parameter in parameters(instrument.name).items()}
        facts[instrument.name] = found
        document = parameter_file(instrument.name)
        nested = _nested({path: fact.value for path, fact in found.items()})
        values[instrument.name] = validated(instrument.law, nested, document, ())
        if instrument.places is not None:
            places[instrument.name] = place_table(instrument, year)
    return Law(year, values, places, facts)


def _nested(flat: dict[str, Any]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path, value in flat.items():
        node = tree
        *groups, leaf = path.split(".")
        for group in groups:
            node = node.setdefault(group, {})
        node[leaf] = value
    return tree


# ---- the validator -------------------------------------------------------------------------------------------------


def validated(law: type, data: Any, document: Document, path: Path) -> Any:
    """`data` (a mapping in the shape of the law) as the law's NamedTuple. Raises Fault at the first wrong value."""
    shaped = _shaped(law, data, document, path)
    try:
        return _adapter(law).validate_python(shaped, strict=True)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        raise document.fault((*path, *first["loc"]), f"{_dotted(path, first['loc'])}: {_in_words(first)}.") from None


@cache
def _adapter(law: type) -> TypeAdapter[Any]:
    return TypeAdapter(law)


def _dotted(path: Path, rest: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in (*path, *rest))


def _in_words(error: Any) -> str:
    given = error.get("input")
    limits = error.get("ctx", {})
    if error["type"] == "float_type":
        return f"{given!r} is not a number"
    if "ge" in limits:
        return f"{given} is too low; it must be at least {limits['ge']:g}"
    if "le" in limits:
        return f"{given} is too high; it must be at most {limits['le']:g}"
    return str(error["msg"])


@cache
def _hints(law: type) -> dict[str, Any]:
    return get_type_hints(law, include_extras=True)


def is_group(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _shaped(law: type, data: Any, document: Document, path: Path) -> dict[str, Any]:
    """Demand a mapping with the law's names; turn lists of bands into padded schedules."""
    if not isinstance(data, dict):
        raise document.fault(path, f"{_dotted(path, ()) or 'the law'} must be a mapping of names to values, not {_kind(data)}.")
    names = law._fields  # type: ignore[attr-defined]
    for name in data:
        if name not in names:
            raise document.fault((*path, name), f'{_dotted(path, ()) or "the law"} has no "{name}"{nearest_or_all(str(name), names)}')
    shaped: dict[str, Any] = {}
    for name in names:
        here = (*path, name)
        if name not in data:
            raise document.fault(path, f"`{_dotted(here, ())}` is missing.")
        kind = _hints(law)[name]
        if kind == Schedule:
            shaped[name] = _bands(data[name], document, here)
        elif is_group(kind):
            shaped[name] = _shaped(kind, data[name], document, here)
        else:
            shaped[name] = _finite(data[name], kind, document, here)
    return shaped


def _kind(data: Any) -> str:
    return {list: "a list", str: "text", type(None): "nothing"}.get(type(data), f"{data!r}")


def _finite(value: Any, kind: Any, document: Document, path: Path) -> Any:
    unlimited = get_origin(kind) is Annotated and "or no limit" in get_args(kind)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise document.fault(path, f"{_dotted(path, ())} must be a number, not {_kind(value)}.")
    if math.isnan(value) or (math.isinf(value) and not unlimited):
        raise document.fault(path, f"{_dotted(path, ())} must be a finite number.")
    return float(value)


def _bands(value: Any, document: Document, path: Path) -> tuple[Any, ...]:
    """A list of {above, rate}: from 0, rising, at most 8, as padded plain mappings for the validator."""
    name = _dotted(path, ())
    if not isinstance(value, list) or not value:
        raise document.fault(path, f"{name} must be a list of bands, such as [{{above: 0, rate: 0.2}}].")
    if len(value) > BANDS:
        raise document.fault(path, f"{name} has {len(value)} bands; the most is {BANDS}.")
    for i, band in enumerate(value):
        here = (*path, i)
        if not isinstance(band, dict) or set(band) != {"above", "rate"}:
            raise document.fault(here, f"{name}: each band needs `above` and `rate`, and nothing else.")
        for part in ("above", "rate"):
            _finite(band[part], float, document, (*here, part))
        if i == 0 and band["above"] != 0:
            raise document.fault(here, f"{name}: the first band must start at 0.")
        if i and band["above"] <= value[i - 1]["above"]:
            raise document.fault(here, f"{name}: each band must start above the one before it.")
    given = [(float(band["above"]), float(band["rate"])) for band in value]
    return tuple({"above": above, "rate": rate} for above, rate in given + [UNREACHED] * (BANDS - len(given)))


def as_data(law: Any) -> Any:
    """A law as plain mappings and lists: the shape that a scenario writes."""
    if hasattr(law, "_fields"):
        return {name: as_data(value) for name, value in zip(law._fields, law, strict=True)}
    if isinstance(law, tuple):
        return [as_data(band) for band in law if band.above < math.inf]
    return law


# ---- law by place --------------------------------------------------------------------------------------------------


def place_table(instrument: Instrument, year: str) -> np.ndarray:
    """(areas,) the instrument's law by place in a year, a row per council area or rental market, read-only."""
    assert instrument.places is not None
    columns = instrument.places._fields  # type: ignore[attr-defined]
    rows = _place_rows(instrument.name)
    codes = [each.code for each in (areas() if instrument.by == "council" else rental_markets())]
    described = parameter_file(instrument.name).data.get(BY_PLACE, {})
    table = np.zeros(len(codes), [(column, "f8") for column in columns])
    for column in columns:
        about = described.get(column)
        if about is None:
            raise Fault(f"{instrument.name}.yaml: by_place.{column} is missing; say what the column of {instrument.name}.csv holds.")
        header, growth = _place_column(instrument.name, rows[codes[0]], column, year, about.get("then", "frozen"))
        for row, code in enumerate(codes):
            cell = rows[code][header] if code in rows else ""
            if cell == "" and "blank" not in about:
                raise Fault(f"{instrument.name}.csv: {code} has no {header}; fill it or give by_place.{column}.blank.")
            table[column][row] = float(about["blank"]) if cell == "" else float(cell) * growth
    table.setflags(write=False)
    return table


def _place_column(name: str, row: dict[str, str], column: str, year: str, then: str) -> tuple[str, float]:
    """The CSV column for a year, and the growth since where that year lies beyond the last column."""
    if column in row:
        return column, 1.0
    known = [each for each in YEARS if f"{column}@{each}" in row and each <= year]
    if not known:
        raise Fault(f"{name}.csv has no column {column}@{year}, nor one for an earlier year.")
    return f"{column}@{known[-1]}", index_growth(then, known[-1], year)


def place_projected(instrument: Instrument, column: str, year: str) -> bool:
    """Whether a column of law by place is a projection in a year: from the year its file names, or moved by an index to it."""
    about = parameter_file(instrument.name).data[BY_PLACE][column]
    row = next(iter(_place_rows(instrument.name).values()))
    _, growth = _place_column(instrument.name, row, column, year, about.get("then", "frozen"))
    return growth != 1.0 or year >= about.get("projected_from", "9999")


@cache
def _place_rows(name: str) -> dict[str, dict[str, str]]:
    with (folder("parameters") / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        key = (reader.fieldnames or [""])[0]
        return {line[key]: line for line in reader}


# ---- a scenario laid over it ---------------------------------------------------------------------------------------


def with_changes(law: Law, changes: Any, document: Document, path: Path = ("law",)) -> Law:
    """The law with a scenario's changes, which have the law's own shape. Raises Fault for what the law does not know.

    A value may be a number, a schedule, {plus: x}, {times: x}, or a map of years for phasing.
    """
    if not isinstance(changes, dict):
        raise document.fault(path, "`law` must be a mapping of instruments to what changes in them.")
    values, places, changed = dict(law.values), dict(law.places), set(law.changed)
    for name, change in changes.items():
        here = (*path, name)
        if name not in INSTRUMENTS:
            raise document.fault(here, f'there is no instrument "{name}"{nearest(str(name), INSTRUMENTS)}')
        if not isinstance(change, dict):
            raise document.fault(here, f"{name} must be a mapping of what changes, not {_kind(change)}.")
        change = dict(change)
        by_place = change.pop(BY_PLACE, None)
        if by_place is not None:
            places[name] = _places_changed(law, name, by_place, document, (*here, BY_PLACE), changed)
        merged = _merged(as_data(law.values[name]), change, law.year, document, here, changed)
        values[name] = validated(INSTRUMENTS[name].law, merged, document, here)
    return replace(law, values=values, places=places, changed=frozenset(changed))


def _merged(base: Any, change: Any, year: str, document: Document, path: Path, changed: set[str]) -> Any:
    if isinstance(base, dict) and isinstance(change, dict):
        for name in change:
            if name not in base:
                raise document.fault((*path, name), f'{_dotted(path[1:], ())} has no "{name}"{nearest_or_all(str(name), base)}')
        return {
            name: _merged(value, change[name], year, document, (*path, name), changed) if name in change else value
            for name, value in base.items()
        }
    changed.add(_dotted(path[1:], ()))
    return _new_value(base, change, year, document, path)


def _new_value(base: Any, change: Any, year: str, document: Document, path: Path) -> Any:
    """A leaf's new value: as given, or relative to what it was, or the one for the year."""
    if not isinstance(change, dict):
        return change
    if change and all(key in YEARS for key in change):
        begun = [key for key in sorted(change) if key <= year]
        return _new_value(base, change[begun[-1]], year, document, path) if begun else base
    if len(change) == 1 and set(change) <= _RELATIVE and not isinstance(base, list):
        how, amount = next(iter(change.items()))
        _finite(amount, float, document, (*path, how))
        return base + amount if how == "plus" else base * amount
    name = _dotted(path[1:], ())
    raise document.fault(path, f"{name} must be a value, {{plus: x}}, {{times: x}}, or a map of years such as {{2026-27: x}}.")


def _places_changed(law: Law, name: str, change: Any, document: Document, path: Path, changed: set[str]) -> np.ndarray:
    if name not in law.places:
        raise document.fault(path, f"{name} has no law by place.")
    if not isinstance(change, dict):
        raise document.fault(path, f"{_dotted(path[1:], ())} must be a mapping of columns to what changes.")
    table = law.places[name].copy()
    columns = table.dtype.names or ()
    for column, new in change.items():
        here = (*path, column)
        if column not in columns:
            raise document.fault(here, f'{_dotted(path[1:], ())} has no "{column}"{nearest_or_all(str(column), columns)}')
        values = np.array([_finite(_new_value(float(old), new, law.year, document, here), float, document, here) for old in table[column]])
        if (values < 0).any():
            raise document.fault(here, f"{_dotted(here[1:], ())} would be below 0 in some areas; it must be at least 0.")
        table[column] = values
        changed.add(_dotted(here[1:], ()))
    table.setflags(write=False)
    return table
