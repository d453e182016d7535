"""Runs over a few hundred households drawn at random, and what is measured of them, for tests of what is written and drawn."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from building import some_households
from fairshare.faults import Fault
from fairshare.measures.tables import Measures, measures
from fairshare.measures.uncertainty import ModelError
from fairshare.population.records import Population
from fairshare.run import Run, work
from fairshare.scenario import read_scenario

YEAR = "2026-27"
SAYS = "A synthetic population: it is made from published figures, and no real person is in it."
ERRORS = {kind: ModelError(kind, 0.1, 16, 20, "a report card") for kind in ("money", "households", "poverty", "inequality", "wealth")}


@cache
def a_population() -> Population:
    return replace(some_households(900, seed=5), name="default", kind="synthetic", says=SAYS, seed=1)


@cache
def a_run(name: str) -> Run | None:
    """A scenario's run; None where these few households cannot pay for its uses."""
    try:
        return work(read_scenario(name), a_population(), YEAR)
    except Fault:
        return None


@cache
def what_is_measured(name: str, checked: bool = True) -> Measures | None:
    run = a_run(name)
    return measures(run, errors=ERRORS if checked else {}) if run is not None else None
