"""How fast, and in how much memory: each stage in a new process, so that nothing is warm that a user would find cold.

    python benchmarks/speed.py [--households 100000] [--json]

Times are wall-clock seconds, the median of the repeats. `first compile` starts from an empty cache, and the instrument that took
longest in it is what an edit of one instrument costs at most; the population is made before it is timed. "Warm" means that the rules
are loaded and nothing is remembered.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOUSEHOLD = Path(__file__).parent.parent / "docs" / "examples" / "single_worker.yaml"
YEAR = "2026-27"
REPEATS = 5
POINTS = 1_000
BROAD = {
    "income_tax": {"personal_allowance": {"plus": 1_000}},
    "national_insurance": {"class_1": {"main_rate": {"plus": 0.01}}},
    "child_benefit": {"eldest": {"plus": 10}},
    "wealth_tax": {"bands": [{"above": 0, "rate": 0}, {"above": 10_000_000, "rate": 0.02}]},
    "council_tax": {"by_place": {"band_d": {"times": 1.02}}},
}
"""A reform that makes almost every instrument work again."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    parser.add_argument("--part", choices=["people", "compile", "household"], help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part == "compile":
        print(json.dumps(_compile()))
    elif asked.part == "household":
        print(json.dumps(_one_household()))
    elif asked.part == "people":
        print(json.dumps(_over_people(asked.households)))
    else:
        _report(measured(asked.households), asked.json)


def measured(households: int) -> dict[str, Any]:
    """Every stage, and the peak memory of the process that holds the population."""
    here = [sys.executable, __file__]
    stages = [
        _stage("import fairshare", 0, [_process([sys.executable, "-c", "import fairshare"]) for _ in range(REPEATS)]),
        _stage(
            "first number for one household, new process",
            1,
            [_process([sys.executable, "-m", "fairshare.cli", "household", str(HOUSEHOLD), "--json"]) for _ in range(REPEATS)],
        ),
    ]
    one = subprocess.run([*here, "--part", "household"], stdout=subprocess.PIPE, text=True, check=True)
    stages += json.loads(one.stdout)
    with tempfile.TemporaryDirectory() as empty:
        start = time.perf_counter()
        command, environment = [*here, "--part", "compile"], {**os.environ, "FAIRSHARE_CACHE": empty}
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
        whole = time.perf_counter() - start
    slowest, seconds = max(json.loads(done.stdout).items(), key=lambda each: each[1])
    stages.append(_stage("first compile, empty cache", 0, [whole]))
    stages.append(_stage(f"compile of one instrument, the longest ({slowest})", 0, [seconds]))
    child = subprocess.run([*here, "--part", "people", "--households", str(households)], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(child.stdout)
    return {"stages": stages + found["stages"], "peak_memory_mb": found["peak_memory_mb"]}


def _process(command: list[str], **environment: str) -> float:
    """Seconds from the start of a process to its end."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ, **environment})
    return time.perf_counter() - start


def _stage(name: str, households: int, seconds: list[float]) -> dict[str, Any]:
    typical = statistics.median(seconds)
    return {"name": name, "households": households, "seconds": round(typical, 4), "households_per_second": round(households / typical)}


def _progress(what: str, part: float) -> None:
    print(f"\r{part:4.0%} {what:<60}", end="" if part < 1 else "\n", file=sys.stderr, flush=True)


def _compile() -> dict[str, float]:
    """Seconds to compile each instrument, one after another, by what the progress says of it."""
    from fairshare.assessment import prepare
    from fairshare.law import law_in_force

    began: list[tuple[str, float]] = []

    def told(what: str, part: float) -> None:
        began.append((what.removeprefix("preparing the rules of "), time.perf_counter()))
        _progress(what, part)

    law = law_in_force(YEAR)
    import numba  # noqa: F401  its own start is no part of an instrument's

    prepare(law, told)
    return {name: end - start for (name, start), (_, end) in itertools.pairwise(began)}


def _one_household() -> list[dict[str, Any]]:
    """The next household in a process that has its rules loaded, and a budget line of a thousand points."""
    import numpy as np

    from fairshare.assessment import assess, prepare
    from fairshare.budget_line import net_income, varied
    from fairshare.household_file import read_household
    from fairshare.law import law_in_force

    law, one = law_in_force(YEAR), read_household(HOUSEHOLD).population
    prepare(law)
    amounts = np.arange(POINTS) * 60.0
    for _ in range(2):  # the first of each loads what it needs
        assess(one, law, remember=False)
        net_income(varied(one, 0, "earnings", amounts), law)
    following = [_timed(lambda: assess(one, law, remember=False)) for _ in range(REPEATS * 4)]
    lines = [_timed(lambda: net_income(varied(one, 0, "earnings", amounts), law)) for _ in range(REPEATS * 2)]
    return [_stage("next household, same process", 1, following), _stage("budget line of 1,000 points", POINTS, lines)]


def _over_people(households: int) -> dict[str, Any]:
    """The stages over a whole population, in one process whose peak memory is theirs."""
    from fairshare.assessment import MEMORY, assess, prepare
    from fairshare.law import law_in_force, with_changes
    from fairshare.population.store import default_population
    from fairshare.population.uprating import uprate
    from fairshare.reading import parse

    law, nowhere = law_in_force(YEAR), parse("a: 1", "speed.py")
    default_population(households, 1, _progress)  # made and kept, where it is not yet
    loading = _timed(lambda: default_population(households, 1, _progress))
    people = uprate(default_population(households, 1, _progress), YEAR)
    count = len(people.households)
    prepare(law)
    reform = with_changes(law, BROAD, nowhere)
    assess(people, law)

    both = []
    for _ in range(REPEATS):
        MEMORY.forget()
        both.append(_timed(lambda: (assess(people, law), assess(people, reform))))
    further = []
    for step in range(REPEATS):
        change = {"council_tax": {"by_place": {"band_d": {"times": 1.03 + step / 100}}}}
        council_tax = with_changes(reform, change, nowhere)
        further.append(_timed(lambda law=council_tax: assess(people, law)))
    return {
        "stages": [
            _stage("load population", count, [loading]),
            _stage("baseline and reform, warm, every line kept", count, both),
            _stage("a further reform of council tax alone", count, further),
        ],
        "peak_memory_mb": round(_peak_memory_mb()),
    }


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak_memory_mb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def _report(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(found, indent=2))
        return
    for stage in found["stages"]:
        rate = f"{stage['households_per_second']:>12,} households a second" if stage["households"] > 1 else ""
        print(f"{stage['name']:<48}{stage['seconds']:>9.3f} s{rate}")
    print(f"{'peak memory':<48}{found['peak_memory_mb']:>9,} MB")


if __name__ == "__main__":
    main()
