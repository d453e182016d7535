"""How far the default population lies from published figures that it was never made to, by kind of figure.

`python benchmarks/model_error.py` works the report card on the default population and writes
`parameters/britain/model_error.csv`, on which the model-error ranges of every run rest. `--json` prints it and writes nothing.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

from fairshare import __version__
from fairshare.areas import folder
from fairshare.measures.checks import report
from fairshare.measures.uncertainty import ModelError, model_errors_from
from fairshare.population.store import default_population, load_population

NATIONWIDE = ("national", "regional")
"""Levels of figures that count: a council's own figures err more, and results are about the nation."""


def model_errors_of(population: str | None, households: int, seed: int) -> dict[str, ModelError]:
    """By kind of figure, from the figures of nations and regions that are only checked."""
    people = load_population(population) if population else default_population(households, seed)
    targets = [row for row in report(people, [])["targets"] if row["level"] in NATIONWIDE and not row["not_comparable"]]
    source = f"fairshare population report, {people.name}, {len(people.households):,} households, seed {people.seed}, version {__version__}"
    return model_errors_from(targets, source)


def write(errors: dict[str, ModelError], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(ModelError._fields)
        for kind in sorted(errors):
            writer.writerow([kind, f"{errors[kind].error:.4f}", *errors[kind][2:]])


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--population", help="a population's name or folder (else the default)")
    arguments.add_argument("--households", type=int, default=100_000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--json", action="store_true", help="print the table and write nothing")
    asked = arguments.parse_args()
    errors = model_errors_of(asked.population, asked.households, asked.seed)
    if asked.json:
        json.dump({kind: error._asdict() for kind, error in errors.items()}, sys.stdout, indent=2)
        return
    file = folder("parameters") / "britain" / "model_error.csv"
    write(errors, file)
    for kind, error in sorted(errors.items()):
        print(f"{kind}: four in five of {error.figures} figures are within {100 * error.error:.0f}%")
    print(f"written to {file}")


if __name__ == "__main__":
    main()
