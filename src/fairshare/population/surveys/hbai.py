"""Households Below Average Income: its net incomes of the same households, before and after housing costs, read beside the FRS.

The series without the adjustment for top incomes is taken, because it is the one that the survey's own answers lead to. Amounts are weekly
and become yearly by 52. Files have a row for each benefit unit and repeat the household's amounts.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from fairshare import quantities as q
from fairshare.faults import Fault
from fairshare.population.records import Population
from fairshare.population.surveys import assembly
from fairshare.population.surveys.donors import file_of, read

IDEAS: dict[str, tuple[str, ...]] = {"key": ("sernum",), "before": ("entinchh",), "after": ("eahchh",)}
LEAST_FOUND = 0.9
"""Part of the survey's households that must be in the file; with fewer it is of another release."""
ROUNDED = 1.0
"""£ a week by which rows of one household may differ: amounts are rounded."""


def read_hbai(place: Path, people: Population, source: np.ndarray) -> np.ndarray:
    """(households,) record, and HBAI's net income before and after housing costs, £ a year; NaN where HBAI leaves a household out.

    `source` holds the survey's own household number of each person record. Raises Fault, naming file and column.
    """
    name = f"h{people.year[2:4]}{people.year[5:]}"
    path = file_of(place, rf"^{name}\.tab$", f"file of Households Below Average Income for {people.year} ({name}.tab)")
    assert path is not None
    held = read(path, "hbai", IDEAS)
    keys = held.keys()
    before = held.needed("before", "household net income before housing costs, weekly", losses=True)
    after = held.needed("after", "household net income after housing costs, weekly", losses=True)
    unique, first = np.unique(keys, return_index=True)
    of = np.searchsorted(unique, keys)
    for column, values in (("before", before), ("after", after)):
        apart = np.abs(values - values[first][of]) > ROUNDED
        held.table.refuse(held.table.needed(IDEAS[column], column), apart, "differs from another row of the household")
    own = np.zeros(len(people.households), np.int64)
    own[people.persons["household"]] = source["sernum"]
    rows = assembly.rows_of(own, unique)
    if (rows >= 0).mean() < LEAST_FOUND:
        raise Fault(
            f"{path.name} holds {(rows >= 0).mean():.0%} of the survey's households, so it is of another release; "
            "take both from the same one."
        )
    table = np.zeros(len(own), np.dtype([("household", "i4"), ("before", "f8"), ("after", "f8")]))
    table["household"] = np.arange(len(own))
    for column, values in (("before", before), ("after", after)):
        table[column] = np.where(rows >= 0, q.WEEKS_IN_YEAR * values[first][np.maximum(rows, 0)], np.nan)
    return table
