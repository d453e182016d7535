"""How long a survey takes to read, and how much memory: a made-up release of the Family Resources Survey's size, alone, and with the other
surveys matched in and weights calibrated. Each import is a command in a process of its own, as a user would start it.

python benchmarks/imports.py [--households 20000] [--json]
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

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "population" / "surveys"))

from donor_writer import truth, write_etb, write_lcf, write_spi, write_was
from frs_writer import made, written

HOUSEHOLDS = 20_000
WAS, LCF, ETB = 15_000, 5_000, 16_000
"""Households of the donors, as their releases have them."""
TAPE, COPIES = 40_000, 21
"""Records of the tape of incomes: rows written, and how often they stand in the file (840,000 in all, as HMRC's has)."""
LIMITS = {"alone": 30.0, "matched": 180.0}
MEGABYTES = 3_000.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with TemporaryDirectory() as place:
        found = measured(Path(place), asked.households)
    if asked.json:
        json.dump(found, sys.stdout, indent=2)
        sys.stdout.write("\n")
        return
    print(f"{found['households']:,} households, {found['people']:,} people, {found['megabytes_of_files']:.0f} MB of files")
    for stage in found["stages"]:
        limit = f"at most {stage['at_most_seconds']:.0f}" if stage["at_most_seconds"] else "no limit"
        used = f"{stage['processor_seconds']:.1f} s of processor, {stage['peak_memory_mb']:,.0f} MB"
        print(f"  {stage['name']:<32}{stage['seconds']:>7.1f} s ({limit}), {used}")
    if not found["within_limits"]:
        sys.exit(1)


def measured(place: Path, households: int) -> dict[str, Any]:
    """Seconds and peak memory of each import, beside what is allowed."""
    survey = made(households, "2023-24")
    people = len(survey.persons)
    folder = written(survey, place / "frs")
    del survey
    donors = {
        "--was": write_was(truth(WAS, seed=1), place / "was"),
        "--lcf": write_lcf(truth(LCF, seed=2), place / "lcf"),
        "--etb": write_etb(truth(ETB, seed=3), place / "etb"),
        "--spi": _tape(place),
    }
    named = [word for name, path in donors.items() for word in (name, str(path))]
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file()) / 1e6
    stages = [
        _timed("FRS alone", place, LIMITS["alone"], [str(folder)]),
        _timed("with WAS, LCF, ETB and SPI", place, LIMITS["matched"], [str(folder), *named]),
        _timed("the same, calibrated by council", place, None, [str(folder), *named, "--calibrate", "council"]),
    ]
    within = all(stage["at_most_seconds"] is None or stage["seconds"] <= stage["at_most_seconds"] for stage in stages)
    return {
        "households": households, "people": people, "megabytes_of_files": size, "stages": stages,
        "within_limits": within and all(stage["peak_memory_mb"] <= MEGABYTES for stage in stages),
    }  # fmt: skip


def _tape(place: Path) -> Path:
    """A tape of full size: the same rows many times, each standing for fewer people."""
    path = write_spi(place, TAPE, grossed=2_000_000 / COPIES)
    head, body = path.read_bytes().split(b"\n", 1)
    with path.open("wb") as stream:
        stream.write(head + b"\n")
        for _ in range(COPIES):
            stream.write(body)
    return path


def _timed(name: str, place: Path, at_most: float | None, words: list[str]) -> dict[str, Any]:
    """One import in its own process: seconds from its start to its end, and the most memory that it held."""
    command = [sys.executable, "-m", "fairshare.cli", "population", "import", "frs", *words, "--name", "benchmark"]
    begun = time.perf_counter()
    with (place / "printed").open("w") as printed, (place / "faults").open("w") as faults:
        process = subprocess.Popen(command, stdout=printed, stderr=faults, env=os.environ | {"FAIRSHARE_CACHE": str(place / "cache")})
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{name}: the import failed. {(place / 'faults').read_text()}")
    return {
        "name": name, "seconds": time.perf_counter() - begun, "at_most_seconds": at_most,
        "processor_seconds": used.ru_utime + used.ru_stime, "peak_memory_mb": used.ru_maxrss / 1024,
    }  # fmt: skip


if __name__ == "__main__":
    main()
