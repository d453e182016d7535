"""The one strict reader for YAML: parameters, scenarios and household files.

Plain data only. Duplicate keys, anchors, aliases, tags and files over 1 MB are refused; years such as
2026-27 and dates stay text; numbers may have underscores. The line and column of every value are kept,
so that a fault found later can still say where it stands.
"""

from __future__ import annotations

import math
import re
from pathlib import Path as FilePath
from typing import Any, NamedTuple

import yaml

from fairshare.faults import Fault

LARGEST_FILE = 1_000_000
DEEPEST = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*")
_DECIMAL = re.compile(r"[-+]?([0-9][0-9_]*)?\.[0-9_]+([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*\.?([eE][-+]?[0-9]+)")
_WORDS: dict[str, Any] = {
    "": None,
    "~": None,
    "null": None,
    "true": True,
    "false": False,
    "True": True,
    "False": False,
    "no limit": math.inf,
    ".inf": math.inf,
    "-.inf": -math.inf,
    ".nan": math.nan,
    ".NaN": math.nan,
}

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Where a value stands in its file, counted from 1."""

    line: int
    column: int


class Document(NamedTuple):
    """A file's data, and where each value stands (keyed by its path of names and positions)."""

    data: Any
    places: dict[Path, Place]
    file: str

    def where(self, path: Path) -> str:
        """'scenario.yaml, line 4, column 3' for the nearest value that the file holds."""
        while path and path not in self.places:
            path = path[:-1]
        place = self.places.get(path)
        return f"{self.file}, line {place.line}, column {place.column}" if place else self.file

    def fault(self, path: Path, message: str) -> Fault:
        return Fault(f"{self.where(path)}: {message}")


def read(file: FilePath | str) -> Document:
    """Read a YAML file. Raises Fault when it is missing, too large, not text, or not plain YAML."""
    file = FilePath(file)
    if not file.exists():
        raise Fault(f"There is no file {file}; check the name and the folder.")
    if file.is_dir():
        raise Fault(f"{file} is a folder; give the name of a YAML file.")
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise Fault(f"{file} is larger than 1 MB, so it cannot be a scenario or a household; check that it is the right file.")
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as fault:
        raise Fault(f"{file} is not UTF-8 text (byte {fault.start + 1}); save it as UTF-8.") from None
    except OSError as fault:
        raise Fault(f"{file} cannot be read: {fault.strerror}.") from None
    return parse(text, str(file))


def parse(text: str, file: str = "text") -> Document:
    """Read YAML text; `file` is the name used in messages."""
    reader = _Reader(file)
    try:
        data = reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise Fault(f"{file}{place}: this is not valid YAML ({fault.problem or fault.context}); check the indent and the colons.") from None
    except yaml.YAMLError as fault:
        raise Fault(f"{file}: this is not valid YAML ({' '.join(str(fault).split())}).") from None
    return Document(data, reader.places, file)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}

    def document(self, events: Any) -> Any:
        data = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.places:
                    raise self.fault(event, "there is a second document; keep one to a file")
                data = self.value(next(events), events, ())
        if not self.places:
            raise Fault(f"{self.file} is empty; it must hold a YAML mapping.")
        return data

    def value(self, event: Any, events: Any, path: Path) -> Any:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self.fault(event, "anchors and aliases (& and *) are not allowed; write the value out")
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise self.fault(event, f"tags ({tag}) are not allowed; write plain values")
        if len(path) > DEEPEST:
            raise self.fault(event, f"values are nested more than {DEEPEST} deep")
        self.places[path] = Place(event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.ScalarEvent):
            return scalar(event.value) if event.implicit[0] else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(item := next(events), yaml.SequenceEndEvent):
                items.append(self.value(item, events, (*path, len(items))))
            return items
        return self.mapping(events, path)

    def mapping(self, events: Any, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
                    raise self.fault(event, "anchors and aliases (& and *) are not allowed; write the value out")
                raise self.fault(event, "a name must be a word, not a list or a mapping")
            if event.anchor is not None:
                raise self.fault(event, "anchors and aliases (& and *) are not allowed; write the value out")
            key = event.value
            if key == "<<":
                raise self.fault(event, "merging (<<) is not allowed; write the values out")
            if key in found:
                raise self.fault(event, f'"{key}" is given twice; keep one of them')
            found[key] = self.value(next(events), events, (*path, key))
        return found

    def fault(self, event: Any, message: str) -> Fault:
        mark = event.start_mark
        return Fault(f"{self.file}, line {mark.line + 1}, column {mark.column + 1}: {message}.")


def scalar(text: str) -> Any:
    """A plain scalar as number, truth value, nothing or text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text.replace("_", ""))
    if _DECIMAL.fullmatch(text):
        return float(text.replace("_", ""))
    return text
