"""How time, memory and disk grow with the default population's size: each size is built in a process of its own, in an empty cache folder.

python benchmarks/scale.py [--households 100000 2000000] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SIZES = (20_000, 100_000, 2_000_000)
BUILD = """
import resource, sys
from fairshare.population.store import default_population_on_disk
print(default_population_on_disk(int(sys.argv[1])))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, nargs="+", default=SIZES)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    stages = []
    for households in asked.households:
        with TemporaryDirectory() as place:
            stages.append(built(households, Path(place)))
        if not asked.json:
            print(line(stages[-1]), flush=True)
    found = {"stages": stages, "peak_memory_mb": max(stage["peak_memory_mb"] for stage in stages)}
    if asked.json:
        json.dump(found, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    smallest, largest = (end(stages, key=lambda stage: stage["households"]) for end in (min, max))
    times = largest["households"] / smallest["households"]
    print(f"{times:,.0f} times as many households take {largest['peak_memory_mb'] / smallest['peak_memory_mb']:.2f} times the memory.")


def built(households: int, cache: Path) -> dict[str, Any]:
    """Seconds, peak memory of the process and bytes on disk of one build; what it left in the cache beside the population fails."""
    start = time.perf_counter()
    run = subprocess.run(
        [sys.executable, "-c", BUILD, str(households)],
        env={**os.environ, "FAIRSHARE_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - start
    place, kilobytes = run.stdout.split()
    described = json.loads((Path(place) / "population.json").read_text(encoding="utf-8"))
    remains = [path.name for path in (cache / "populations").iterdir() if path != Path(place)]
    if remains:
        raise SystemExit(f"The build left {', '.join(remains)} behind.")
    size = sum(file.stat().st_size for file in Path(place).iterdir())
    records = described["counts"]["households"]
    return {
        "name": f"build {households:,}",
        "households": records,
        "seconds": round(seconds, 2),
        "households_per_second": round(records / seconds),
        "peak_memory_mb": round(int(kilobytes) / 1024, 1),
        "disk_mb": round(size / 1e6, 1),
        "stand_for_households": described["counts"]["stand_for_households"],
        "parts": described["details"].get("parts", 1),
    }


def line(stage: dict[str, Any]) -> str:
    speed = f"{stage['seconds']:,.1f} s ({stage['households_per_second']:,} a second)"
    return f"  {stage['name']:<18}{speed:<28}{stage['peak_memory_mb']:>8,.0f} MB of memory{stage['disk_mb']:>10,.0f} MB on disk"


if __name__ == "__main__":
    main()
