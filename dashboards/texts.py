"""The texts of the dashboards, by language: one folder of YAML catalogues each, so that a translator needs no code."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from fairshare.faults import Fault, nearest
from fairshare.reading import read

HERE = Path(__file__).parent / "texts"
ENGLISH = "en"


def languages() -> tuple[str, ...]:
    """The languages that there are texts in."""
    return tuple(sorted(each.name for each in HERE.iterdir() if each.is_dir()))


@cache
def texts(name: str, language: str = ENGLISH) -> dict[str, Any]:
    """A catalogue, such as `story`. A translation holds every text of the English one. Raises Fault where one is missing."""
    if language not in languages():
        raise Fault(f'There are no texts in "{language}"{nearest(language, languages())}')
    found: dict[str, Any] = read(HERE / language / f"{name}.yaml").data
    if language != ENGLISH:
        missing = sorted(set(_paths(texts(name))) - set(_paths(found)))
        if missing:
            raise Fault(f"{language}/{name}.yaml: {missing[0]} is missing; translate it from {ENGLISH}/{name}.yaml.")
    return found


def every_text(name: str, language: str = ENGLISH) -> list[str]:
    """All that a catalogue says, in order."""
    return [text for text in _paths(texts(name, language)).values() if isinstance(text, str)]


def _paths(node: Any, above: str = "") -> dict[str, Any]:
    if isinstance(node, dict):
        return {path: text for key, below in node.items() for path, text in _paths(below, f"{above}.{key}" if above else str(key)).items()}
    if isinstance(node, list):
        return {path: text for place, below in enumerate(node) for path, text in _paths(below, f"{above}.{place}").items()}
    return {above: node}
