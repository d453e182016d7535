"""What a published figure is in the records: one small function for each measure, found by the measure's name.

A measure gives, for every council area, what has to be added up (`Total`), divided (`Part`) or ranked (`Quantile`); the area
of the row then picks the councils. Nothing here knows of the law: figures that follow from it are in `measures/checks`.
"""

from __future__ import annotations

from fairshare.population.measured import benefits, homes, people, wealth, work
from fairshare.population.measured.kinds import Array, Measure, Once, Part, Quantile, Total, figure, weighted_quantile
from fairshare.population.measured.records import Records
from fairshare.population.measured.table import MEASURES, Reading
from fairshare.population.measured.workshop import Workshop

ENTERED = (people, homes, work, benefits, wealth)
"""The modules whose functions stand in the table."""

__all__ = [
    "MEASURES",
    "Array",
    "Measure",
    "Once",
    "Part",
    "Quantile",
    "Reading",
    "Records",
    "Total",
    "Workshop",
    "figure",
    "weighted_quantile",
]
