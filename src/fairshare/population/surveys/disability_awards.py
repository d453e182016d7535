"""Which rate of a disability benefit an amount in a survey is: by the midpoints between the rates of the survey's year.

Surveys hold amounts, not rates. Scotland's payments have the same rates, and count as the benefits that they replaced.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

import numpy as np

from fairshare.areas import folder
from fairshare.faults import Fault

COMBINED = 1.0
"""£ a week by which an amount must exceed the highest rate before it is taken for both components paid as one."""


class Rates(NamedTuple):
    """Weekly rates of each component, lowest first."""

    daily_living: tuple[float, ...]
    pip_mobility: tuple[float, ...]
    care: tuple[float, ...]
    dla_mobility: tuple[float, ...]
    attendance: tuple[float, ...]


@cache
def rates(year: str) -> Rates:
    """The rates of a fiscal year. Raises Fault for a year that the table does not hold."""
    with (folder("parameters") / "britain" / "disability_rates.csv").open(encoding="utf-8", newline="") as lines:
        held = {row["year"]: row for row in csv.DictReader(lines)}
    if year not in held:
        raise Fault(f"The rates of disability benefits in {year} are not in parameters/britain/disability_rates.csv; add a row for them.")

    def of(*names: str) -> tuple[float, ...]:
        return tuple(float(held[year][name]) for name in names)

    mobility = of("mobility_lower", "mobility_higher")
    return Rates(
        of("daily_living_standard", "daily_living_enhanced"), mobility,
        of("care_lowest", "care_middle", "care_highest"), mobility, of("attendance_lower", "attendance_higher"),
    )  # fmt: skip


def level(weekly: np.ndarray, of: tuple[float, ...]) -> np.ndarray:
    """(persons,) 0 where nothing is paid, else 1 and up: the rate whose part of the line the amount falls into."""
    middle = (np.array(of[:-1]) + np.array(of[1:])) / 2.0
    return np.where(weekly > 0.0, np.searchsorted(middle, weekly, side="right") + 1, 0)


def levels(
    first: np.ndarray, second: np.ndarray, of_first: tuple[float, ...], of_second: tuple[float, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """The rates of two components; an amount above the highest rate of the first, with nothing in the second, is both paid as one."""
    pairs = np.array([(a, b, x + y) for a, x in enumerate(of_first, 1) for b, y in enumerate(of_second, 1)])
    both = (first > of_first[-1] + COMBINED) & ~(second > 0.0)
    nearest = np.argmin(np.abs(first[:, None] - pairs[:, 2]), axis=1)
    return (
        np.where(both, pairs[nearest, 0], level(first, of_first)).astype(np.int64),
        np.where(both, pairs[nearest, 1], level(second, of_second)).astype(np.int64),
    )
