"""Rows of published figures to the model's own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fairshare.population.measured.kinds import Measure, figure
from fairshare.population.measured.records import Records
from fairshare.population.measured.table import MEASURES, Reading
from fairshare.population.published import CENSUS, Row, inside
from fairshare.population.records import Population
from fairshare.population.uprating import uprate, years

OWN_YEAR = {
    "total_wealth",
    "total_wealth_percentile",
    "wealth_component_share",
    "wealth_of_tenth",
    "wealth_top_share",
    "wealth_gini",
    "individuals_above",
    "dwellings_without_resident",
    "average_household_size",
    "people_by_household_type",
}
"""Measures that no uprating moves, or that carry their own."""


class Workshop:
    """Works the figures of rows over one population: each year's records are made once, each measure once for all areas."""

    def __init__(
        self, people: Population, table: dict[str, Reading] | None = None, records: Callable[[Population], Records] = Records
    ) -> None:
        self._people, self._table, self._make = people, table or MEASURES, records
        self._years: dict[str, Records] = {}
        self._kept: dict[tuple[object, ...], Measure | None] = {}

    def records(self, year: str) -> Records:
        """The records in a year's money."""
        if year not in self._years:
            self._years[year] = self._make(uprate(self._people, year))
        return self._years[year]

    def model(self, row: Row) -> float | str:
        """The model's figure in the row's own unit, or why there is none."""
        here = inside(row.area)
        if row.measure not in self._table:
            return "no measure of this name is known"
        if here is None:
            return f"the area {row.area or 'of this row'} is not known"
        year = self._year(row)
        if year is None:
            return f"the period {row.period or 'of this row'} lies outside {years()[0]} to {years()[-1]}"
        key = (year, row.measure, row.dims, row.period, row.unit)
        if key not in self._kept:
            self._kept[key] = self._table[row.measure](self.records(year), row)
        measure = self._kept[key]
        if measure is None:
            return "this breakdown is not one that records hold"
        found = figure(measure, here)
        return "the population holds no record of it" if found is None or not np.isfinite(found) else found / row.scale

    def _year(self, row: Row) -> str | None:
        """The year to work the row in; what a census or a survey of wealth found is set beside the population's own year."""
        if row.period == CENSUS or row.measure in OWN_YEAR:
            return self._people.year
        return row.year if row.year in years() else None
