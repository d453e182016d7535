"""Search for the value that makes a proposal meet a goal: the rate that pays for it, the threshold that spares so many.

`vary` is a path of the scenario's law ('wealth_tax.bands.1.rate'); `until` is a sentence of one comparison:
'net_revenue = 0', 'proceeds >= 10bn', 'households_no_worse_off_pct >= 60'.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args, get_type_hints

import numpy as np

from fairshare.faults import Fault, nearest
from fairshare.law import is_group
from fairshare.population.records import Population
from fairshare.quantities import PERCENT, WEEKS_IN_YEAR
from fairshare.rules import INSTRUMENTS
from fairshare.run import Progress, Run, work
from fairshare.scenario import Scenario, value_at, with_value

A_POUND_A_WEEK = WEEKS_IN_YEAR
"""A household gains or loses when its income moves by more than this, £ a year."""
LEAST_CHANGE = 1e-7
"""The search ends when the value is known to this part of itself."""
MOST_TRIES = 60
HALVINGS = 12
A_TENTH_OF_A_POINT = 0.1


class Goal(NamedTuple):
    """One comparison: what is measured, how, and with what."""

    measure: str
    sign: str
    target: float


class Tried(NamedTuple):
    value: float
    measured: float


@dataclass(frozen=True)
class Solution:
    """The value that meets the goal, the run with it, and everything tried on the way."""

    path: str
    value: float
    measured: float
    goal: Goal
    scenario: Scenario
    run: Run
    tried: tuple[Tried, ...]


# ---- the goal ------------------------------------------------------------------------------------------------------


def _share_of_households(run: Run, chosen: np.ndarray) -> float:
    weight = run.population.households["weight"]
    return float(PERCENT * (weight * chosen).sum() / weight.sum())


MEASURES: dict[str, Callable[[Run], float]] = {
    "net_revenue": lambda run: run.net_revenue,
    "proceeds": lambda run: run.proceeds,
    "households_gaining_pct": lambda run: _share_of_households(run, run.change > A_POUND_A_WEEK),
    "households_losing_pct": lambda run: _share_of_households(run, run.change < -A_POUND_A_WEEK),
    "households_no_worse_off_pct": lambda run: _share_of_households(run, run.change >= -A_POUND_A_WEEK),
}
_GOAL = re.compile(r"\s*([a-z_]+)\s*(<=|>=|=|<|>)\s*([-+]?[0-9][0-9_,]*(?:\.[0-9]+)?)\s*(bn|billion|m|million|k)?\s*")
_SCALE = {"bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "k": 1e3, None: 1.0}


def goal(text: str) -> Goal:
    """The goal that a sentence states. Raises Fault when it states none."""
    found = _GOAL.fullmatch(text)
    if found is None:
        raise Fault(f'"{text}" is not a goal; write one comparison, such as "net_revenue = 0" or "households_losing_pct <= 40".')
    name, sign, number, scale = found.groups()
    if name not in MEASURES:
        raise Fault(f'There is no measure "{name}" to solve for{nearest(name, MEASURES)} The measures are {", ".join(MEASURES)}.')
    return Goal(name, {"<": "<=", ">": ">="}.get(sign, sign), float(number.replace("_", "").replace(",", "")) * _SCALE[scale])


# ---- the search ----------------------------------------------------------------------------------------------------


def solve(
    scenario: Scenario,
    population: Population,
    year: str,
    *,
    vary: str,
    until: str,
    between: tuple[float, float] | None = None,
    progress: Progress | None = None,
) -> Solution:
    """The value of `vary` nearest to its own at which `until` is met, found by bracketing.

    `between` bounds the search; without it, the law's own limits and a range about the present value do. Raises Fault
    when the goal is met nowhere in the range that was tried.
    """
    wanted = goal(until)
    start = value_at(scenario, vary)
    if isinstance(start, dict) and len(start) == 1 and set(start) <= {"plus", "times"}:
        raise Fault(f"The scenario changes {vary} by {{{next(iter(start))}: ...}}; vary {vary}.{next(iter(start))}.")
    if isinstance(start, bool) or not isinstance(start, int | float):
        raise Fault(f"{vary} is not a number that can be varied; name a rate, an amount or a threshold, such as wealth_tax.bands.1.rate.")
    search = _Search(scenario, population, year, vary, wanted, progress or (lambda _what, _part: None))
    return search.run(float(start), *_limits(vary, float(start), between))


def _limits(vary: str, start: float, between: tuple[float, float] | None) -> tuple[float, float]:
    """The least and most that may be tried: as given, or as the law allows."""
    if between is not None:
        if not between[0] < between[1]:
            raise Fault(f"The search must run from a smaller to a larger value, not from {between[0]:g} to {between[1]:g}.")
        return between
    low, high = _law_limits(vary)
    return low, high if math.isfinite(high) else max(abs(start) * 1e6, 1e9)


def _law_limits(vary: str) -> tuple[float, float]:
    """The bounds the law's own type sets on a path; wide ones where it sets none."""
    parts = vary.removeprefix("law.").split(".")
    if parts[-1] in ("plus", "times"):
        return (-1e6, 1e6) if parts[-1] == "plus" else (0.0, 1e3)
    if parts[0] not in INSTRUMENTS:
        return 0.0, math.inf
    kind: Any = INSTRUMENTS[parts[0]].law
    for part in parts[1:]:
        if not (is_group(kind) and part in kind._fields):
            return 0.0, 1.0 if parts[-1] == "rate" else math.inf
        kind = get_type_hints(kind, include_extras=True)[part]
    limits = [(getattr(limit, "ge", None), getattr(limit, "le", None)) for limit in get_args(kind)[1:]]
    lows, highs = [low for low, _ in limits if low is not None], [high for _, high in limits if high is not None]
    return max(lows, default=-1e12), min(highs, default=math.inf)


class _Search:
    """One search: what each value tried gave, and the steps from a first guess to an answer."""

    def __init__(self, scenario: Scenario, population: Population, year: str, vary: str, wanted: Goal, progress: Progress) -> None:
        self.scenario, self.population, self.year = scenario, population, year
        self.vary, self.wanted, self.progress = vary, wanted, progress
        self.tried: dict[float, float] = {}
        self.refused: dict[float, Fault] = {}

    def run(self, start: float, low: float, high: float) -> Solution:
        first = self.gap(start)
        if start in self.refused:
            raise self.refused[start]
        if self.meets(first):
            return self.solution(start)
        bracket = self.bracket(start, low, high)
        if bracket is None:
            seen = self.tried.values()
            raise Fault(
                f"No value of {self.vary} between {low:g} and {high:g} gives {self.words()}: "
                f"it stays between {self.amount(min(seen))} and {self.amount(max(seen))}."
            )
        return self.solution(self.root(*bracket))

    def worked(self, value: float) -> Run:
        return work(with_value(self.scenario, self.vary, value), self.population, self.year)

    def gap(self, value: float) -> float:
        """How far the measure is above the goal at a value; nan where the proposal cannot be worked there."""
        if value not in self.tried and value not in self.refused:
            self.progress(f"{self.vary} at {value:.6g}", min(len(self.tried) / MOST_TRIES, 0.99))
            try:
                self.tried[value] = MEASURES[self.wanted.measure](self.worked(value))
            except Fault as fault:
                self.refused[value] = fault
        return self.tried[value] - self.wanted.target if value in self.tried else math.nan

    def meets(self, gap: float) -> bool:
        """Whether a gap meets the goal: an equality to a tenth of a point, or a ten-thousandth of the largest amount seen."""
        if self.wanted.sign != "=":
            return gap <= 0.0 if self.wanted.sign == "<=" else gap >= 0.0
        if self.wanted.measure.endswith("_pct"):
            return abs(gap) <= A_TENTH_OF_A_POINT
        return abs(gap) <= 1e-4 * max(*(abs(each) for each in self.tried.values()), abs(self.wanted.target), 1.0)

    def bracket(self, start: float, low: float, high: float) -> tuple[float, float] | None:
        """Two values between which the gap changes sign, looked for outwards from the start to the ends of the range."""
        near = abs(start) or 1e-3 * min(abs(high), 1e6)
        above = below = start
        for factor in (0.1, 0.3, 1.0, 3.0, 10.0, 100.0, 10_000.0, math.inf):
            higher = self.within_law(above, min(start + factor * near, high))
            if self.gap(higher) * self.gap(above) <= 0.0:
                return above, higher
            lower = self.within_law(below, max(start - factor * near, low))
            if self.gap(lower) * self.gap(below) <= 0.0:
                return lower, below
            above, below = higher, lower
        return None

    def within_law(self, known: float, value: float) -> float:
        """The value, or one nearer to a known value where the law or the scenario refuses it."""
        for _ in range(HALVINGS):
            if not math.isnan(self.gap(value)):
                return value
            value = (known + value) / 2.0
        return known

    def root(self, low: float, high: float) -> float:
        """Where the gap crosses nothing; for an inequality the value beside it that meets the goal."""
        from scipy.optimize import brentq

        ends = [value for value in (low, high) if self.gap(value) == 0.0]
        close = max(abs(low), abs(high)) * LEAST_CHANGE
        found = ends[0] if ends else float(brentq(self.known_gap, low, high, xtol=close, rtol=1e-9, maxiter=MOST_TRIES))
        within = [value for value in self.tried if low <= value <= high and self.meets(self.gap(value))]
        if not within:
            nearest_gap = min((abs(self.gap(value)) for value in self.tried), default=math.nan)
            raise Fault(
                f"No value of {self.vary} gives {self.words()}: around {found:.6g} it jumps over the goal "
                f"(the nearest is {self.amount(nearest_gap)} away); ask for <= or >= in its place."
            )
        return min(within, key=lambda value: abs(value - found))

    def known_gap(self, value: float) -> float:
        gap = self.gap(value)
        if value in self.refused:
            raise self.refused[value]
        found = self.wanted.sign == "=" and self.wanted.measure.endswith("_pct") and self.meets(gap)
        return 0.0 if found else gap  # a share moves in steps, so a closer look would find no more

    def solution(self, value: float) -> Solution:
        run = self.worked(value)
        self.progress("done", 1.0)
        tried = tuple(Tried(each, measured) for each, measured in self.tried.items())
        return Solution(self.vary, value, self.tried[value], self.wanted, run.scenario, run, tried)

    def words(self) -> str:
        return f"{self.wanted.measure} {self.wanted.sign} {self.amount(self.wanted.target)}"

    def amount(self, measured: float) -> str:
        return f"{measured:.2f}%" if self.wanted.measure.endswith("_pct") else _pounds(measured)


# ---- the answer in words and as data -------------------------------------------------------------------------------

NAMES = {
    "net_revenue": "what is left for the public sector after every use",
    "proceeds": "what the scenario's own law brings before any use",
    "households_gaining_pct": "the share of households that gain more than £1 a week",
    "households_losing_pct": "the share of households that lose more than £1 a week",
    "households_no_worse_off_pct": "the share of households that do not lose more than £1 a week",
}


def _measured(goal: Goal, amount: float) -> str:
    """A measured amount as people read it: a percentage, or pounds to four figures."""
    if goal.measure.endswith("_pct"):
        return f"{amount:.1f}%"
    return f"{_pounds(amount)} a year"


MINUS = "\u2212"


def _pounds(amount: float) -> str:
    """A sum to four figures: '−£5 billion', '£860.7 million', '£1,234'."""
    sign, size = MINUS if amount < 0 else "", abs(amount)
    for scale, word in ((1e9, " billion"), (1e6, " million")):
        if size >= scale:
            return f"{sign}£{float(f'{size / scale:.4g}'):,g}{word}"
    return f"{sign}£{size:,.0f}"


def _value(path: str, value: float) -> str:
    """A value of the law as people read it: a rate as a percentage too."""
    plain = f"{float(f'{value:.5g}'):,.10g}"
    return f"{plain} ({float(f'{PERCENT * value:.4g}'):g}%)" if path.endswith("rate") else plain


def solution_text(solution: Solution) -> str:
    """The answer in plain words."""
    goal, run = solution.goal, solution.run
    was = solution.tried[0].value
    stands = "as it already is" if solution.value == was else f"in place of {_value(solution.path, was)}"
    compared = {"=": "", "<=": "at most ", ">=": "at least "}[goal.sign]
    lines = [
        f"{run.scenario.title}, in {run.year}",
        "",
        f"{solution.path} would be {_value(solution.path, solution.value)}, {stands}.",
        f"Then {NAMES[goal.measure]} is {_measured(goal, solution.measured)}.",
        f"The goal was {compared}{_measured(goal, goal.target)}. Values tried: {len(solution.tried)}.",
        "The title is the scenario's own and may name the old value. Nobody is taken to change what they do.",
        *([run.population.says] if run.population.says else []),
        *run.warnings,
    ]
    return "\n".join(lines)


def solution_data(solution: Solution) -> dict[str, Any]:
    """The answer as plain data: the path, its value, what was measured, the goal, and all that was tried."""
    return {
        "id": solution.run.id,
        "scenario": solution.run.scenario.name,
        "title": solution.run.scenario.title,
        "year": solution.run.year,
        "population": solution.run.population.name,
        "path": solution.path,
        "value": solution.value,
        "goal": solution.goal._asdict(),
        "measured": solution.measured,
        "tried": [tried._asdict() for tried in solution.tried],
        "warnings": list(solution.run.warnings),
    }
