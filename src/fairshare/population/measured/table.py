"""The table of measures: one small function for each, entered under the names that it reads."""

from __future__ import annotations

from collections.abc import Callable

from fairshare.population.measured.kinds import Measure
from fairshare.population.measured.records import Records
from fairshare.population.published import Row

Reading = Callable[[Records, Row], Measure | None]
MEASURES: dict[str, Reading] = {}


def measures(*names: str) -> Callable[[Reading], Reading]:
    """Enter a function in the table under the measures that it reads."""

    def enter(function: Reading) -> Reading:
        MEASURES.update(dict.fromkeys(names, function))
        return function

    return enter


def age_span(text: str) -> tuple[int, int] | None:
    """Youngest and oldest age of "0-14", "75+", "75 and over", "All Ages"; None for another text."""
    if text in ("", "all", "All Ages"):
        return 0, 200
    numbers = [int(part) for part in text.replace("+", " ").replace("-", " ").split() if part.isdigit()]
    if not numbers:
        return None
    return numbers[0], numbers[1] if len(numbers) > 1 else 200 if any(mark in text for mark in ("+", "over", "older")) else numbers[0]
