"""Graduated schedules: bands that start at 0 and rise, and what a schedule charges."""

from __future__ import annotations

import math
from typing import NamedTuple

from fairshare.compiled import rule
from fairshare.quantities import Pounds, Ratio

BANDS = 8
"""Every schedule is padded to this many bands, so that its shape, and so the compiled code, never varies."""


class Band(NamedTuple):
    """From `above` upwards, and up to the next band, `rate` is charged (or `amount` is due)."""

    above: Pounds
    rate: Ratio


Schedule = tuple[Band, Band, Band, Band, Band, Band, Band, Band]


UNREACHED = Band(math.inf, 0.0)
"""The band that pads a schedule: nothing reaches it."""


@rule
def charge(schedule: Schedule, amount: float) -> float:
    """What the schedule charges on an amount: each slice at its own band's rate."""
    total = 0.0
    for i in range(BANDS):
        top = amount
        if i + 1 < BANDS:
            top = min(schedule[i + 1].above, amount)
        if top > schedule[i].above:
            total += (top - schedule[i].above) * schedule[i].rate
    return total


@rule
def charge_between(schedule: Schedule, start: float, end: float) -> float:
    """What the schedule charges on the slice from `start` to `end`."""
    total = 0.0
    for i in range(BANDS):
        bottom = max(schedule[i].above, start)
        top = end
        if i + 1 < BANDS:
            top = min(schedule[i + 1].above, end)
        if top > bottom:
            total += (top - bottom) * schedule[i].rate
    return total


@rule
def rate_at(schedule: Schedule, amount: float) -> float:
    """The rate of the band that an amount has reached (a slab, not a slice)."""
    found = 0.0
    for i in range(BANDS):
        if amount >= schedule[i].above:
            found = schedule[i].rate
    return found
