"""A run as one JSON document, in the form that other programs read (docs: the design's section 10)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from fairshare import __version__
from fairshare.areas import Area
from fairshare.measures.households import RunLike
from fairshare.measures.tables import COLUMNS, Figure, Measures, measures
from fairshare.measures.uncertainty import Range
from fairshare.report.sentences import headline_sentence, story


def as_json(run: RunLike, area: Area | None = None) -> dict[str, Any]:
    """The document of a run, made of plain numbers, texts, lists and mappings; a figure that is not known is null."""
    return of_measures(measures(run, area))


def of_measures(made: Measures) -> dict[str, Any]:
    """The document, from measures that are already worked."""
    run, told = made.run, story(made)
    document = {
        "id": run.id,
        "scenario": run.scenario.name,
        "title": run.scenario.title,
        "year": run.year,
        "population": run.population.name,
        "area": made.area.name if made.area is not None else None,
        "headline": [_headline(figure, made) for figure in made.figures.values()],
        "tables": made.tables,
        "ledger": run.ledger.rows() if run.ledger is not None and made.area is None else [],  # it is the whole country's
        "version": __version__,
        "population_says": run.population.says,
        "because": run.scenario.because,
        "text": [
            {"id": block.id, "level": block.level, "heading": block.heading, "sentences": list(block.sentences)} for block in told.blocks
        ],
        "words": {term.name: term.meaning for term in told.terms},
        "units": {
            name: {column: about.unit for column, about in columns.items()} for name, columns in COLUMNS.items() if name in made.tables
        },
        "warnings": list(run.warnings),
    }
    plain: dict[str, Any] = _plain(document)
    return plain


def _headline(figure: Figure, made: Measures) -> dict[str, Any]:
    first = figure.range
    return {
        "id": figure.id,
        "value": figure.value if figure.known else None,
        "unit": figure.unit,
        "low": first.low if first is not None and figure.known else None,
        "high": first.high if first is not None and figure.known else None,
        "range_kind": str(first.kind) if first is not None else None,
        "sentence": headline_sentence(figure.id, made),
        "source": figure.source,
        "records": figure.records,
        "enough_records": figure.shown,
        "ranges": [_range(each) for each in figure.ranges] if figure.known else [],
    }


def _range(found: Range) -> dict[str, Any]:
    why = {"says": f"This {found.says}."} if found.known else {"says": f"We cannot give a range because {found.says}."}
    return {"kind": str(found.kind), "low": found.low, "high": found.high, **why}


def _plain(value: Any) -> Any:
    """Numbers of numpy as Python's own; what is not finite as nothing."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    return value
