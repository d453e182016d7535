"""What every instrument declares of itself: its name, its law, its lines, and the pass that works it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Instrument(NamedTuple):
    """One tax or benefit. Its name is also the name of its parameter file, rules module and test."""

    name: str
    entity: str
    """Whose lines these are: "person", "benefit_unit", "household" or "dwelling"."""
    law: type
    """The NamedTuple that is its law: schema, Python value and numba value at once."""
    lines: type
    """The NamedTuple of its lines, in the order a person would write them on paper; every line is £ a year or a plain number."""
    assess: Callable[..., None]
    """The pass: assess(households, benefit_units, persons, *reads, law, [places,] lines, first, last) fills
    `lines` for the households [first, last). A dwelling pass takes dwellings for the three people tables."""
    reads: tuple[str, ...] = ()
    """Instruments whose lines it takes, in the order of its arguments."""
    places: type | None = None
    """The NamedTuple of its law by place (columns of its CSV), where law varies by place."""
    by: str = "council"
    """What a row of the place table stands for: "council" or "brma"."""
    title: str = ""
    """Its name in running text, such as "income tax"."""
    line_titles: dict[str, str] = {}
    """Plain words for lines whose names need them; other lines read as their names."""
    idle: tuple[str, ...] = ()
    """Lines that stand even where the instrument does nothing, such as an allowance nobody uses."""
    dwellings: Any = None
    """A pass over dwellings with no usual resident, assess(dwellings, law, places, lines, first, last), where the law charges them."""
