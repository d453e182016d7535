"""What was asked for, worked: a question becomes runs, and its id makes the same runs again."""

from __future__ import annotations

import json
import os
from typing import Any, NamedTuple

from fairshare.areas import find_area
from fairshare.compiled import cache_folder
from fairshare.faults import Fault
from fairshare.parameters import check_year
from fairshare.population.records import Population
from fairshare.population.store import default_population, load_population
from fairshare.population.take_up import with_full_take_up
from fairshare.population.uprating import uprate
from fairshare.reading import parse
from fairshare.run import Progress, Run
from fairshare.run import work as work_run
from fairshare.scenario import Scenario, read_scenario, scenario_from

DEFAULT_HOUSEHOLDS = 100_000
FULL = "full"


class Asked(NamedTuple):
    """A question as a person puts it."""

    scenario: str
    year: str | None = None
    population: str | None = None
    seed: int = 1
    area: str | None = None
    compare: str | None = None
    take_up: str | None = None
    """"full" where everybody is to claim; else by each benefit's own take-up."""


def people(population: str | None, seed: int, progress: Progress) -> Population:
    """The population of a name or path, or the default one (made on first use). Raises Fault when it cannot be read."""
    if population is not None:
        return load_population(population)
    return default_population(DEFAULT_HOUSEHOLDS, seed, progress)


def ready(asked: Asked, progress: Progress) -> tuple[Scenario, Population, str]:
    """The scenario, the population in the year's money, and the year. What was mistyped is refused before any work."""
    proposal = _scenario(asked.scenario)
    year = check_year(asked.year or proposal.from_year)
    if asked.compare:
        _scenario(asked.compare)
    if asked.area:
        find_area(asked.area)
    if asked.take_up not in (None, FULL):
        raise Fault(f'--take-up must be full (or be left out, for each benefit\'s own take-up), not "{asked.take_up}".')
    made = uprate(people(asked.population, asked.seed, progress), year)
    return proposal, with_full_take_up(made) if asked.take_up == FULL else made, year


def _scenario(name_or_text: str) -> Scenario:
    """By name or path; or from its own text, as a kept question holds it."""
    return scenario_from(parse(name_or_text, "scenario")) if "\n" in name_or_text else read_scenario(name_or_text)


def work(asked: Asked, progress: Progress) -> list[Run]:
    """The run asked for, and the one to compare it with where there is one. The question is kept under the result's id."""
    proposal, population, year = ready(asked, progress)
    proposals = [proposal, *([_scenario(asked.compare)] if asked.compare else [])]
    runs = [work_run(each, population, year, area=asked.area, progress=progress) for each in proposals]
    _keep(asked._replace(scenario=proposal.text if "\n" not in asked.scenario else asked.scenario, year=year), runs[0].id)
    return runs


def _keep(asked: Asked, id: str) -> None:
    """Remember the question; where nothing can be written the answer still stands, but its id cannot remake it."""
    file = cache_folder() / "results" / f"{id}.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(asked._asdict()), encoding="utf-8")
        beside.replace(file)
    except OSError:
        return


def find(id: str) -> Asked:
    """The question that a result's id answers. Raises Fault when this machine has not worked it."""
    file = cache_folder() / "results" / f"{id}.json"
    if not id.isalnum() or not file.is_file():
        raise Fault(f'No result "{id}" has been worked on this machine; run its scenario again.')
    kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Asked(**kept)
