"""Populations larger than memory should hold: parts of about a hundred thousand households each, joined council by council.

Each part is a whole synthetic population, made with a seed of its own and brought to everything that is published; its weights are
divided by the number of parts. Parts are kept on disk as they are made, so that a build that was stopped goes on with the next one.
They are then joined council by council, each a row group of the Parquet files, so that memory stays that of one part.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from fairshare.areas import areas
from fairshare.population import store
from fairshare.population.records import Counts, Description, Population, counts, population, record_type
from fairshare.population.synthetic import BASE_YEAR, SAYS, made

Progress = Callable[[str, float], None]
PART, ONE_PART = 100_000, 150_000
"""Households of a part, about, and most households of a population that is made in one."""
SHARE_OF_JOINING = 0.3
"""Part of the time that joining takes, for the bar of progress."""
OFFSETS = {
    "persons": ("household", "benefit_unit"),
    "benefit_units": ("household", "first_person", "last_person"),
    "households": ("first_person", "last_person", "first_benefit_unit", "last_benefit_unit"),
}
COUNTED = {
    "household": "households", "benefit_unit": "benefit_units", "first_person": "persons", "last_person": "persons",
    "first_benefit_unit": "benefit_units", "last_benefit_unit": "benefit_units",
}  # fmt: skip
"""The table whose rows each offset counts."""
TABLES = ("persons", "benefit_units", "households", "dwellings")

Tables = dict[str, np.ndarray]


def count(households: int) -> int:
    """How many parts a population of this size is made in."""
    return 1 if households <= ONE_PART else -(-households // PART)


def seed_of(seed: int, part: int) -> int:
    """The seed of a part: the first has the population's own."""
    return seed if part == 0 else int(np.random.SeedSequence([seed, part]).generate_state(1)[0])


def build(households: int, seed: int, place: Path, progress: Progress, **options: Any) -> None:
    """Make the parts that are not there yet, join them in the folder `place`, whole or not at all, and remove them."""
    number = count(households)
    with store.own_words(place.parent):
        store.remove_remains(place.parent)
        folder = place.parent / f".{place.name}.parts"
        folder.mkdir(exist_ok=True)
        for part in range(number):
            if not (folder / str(part)).is_dir():
                size = households // number + (part < households % number)
                _make(folder / str(part), size, seed_of(seed, part), _within(progress, part, number), options)
        temporary = Path(tempfile.mkdtemp(prefix=f".{place.name}-", suffix=".part", dir=place.parent))
        try:
            _join([Part(folder / str(part)) for part in range(number)], temporary, seed, progress)
            store.put_in_place(temporary, place)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    progress("Written", 1.0)


def _within(progress: Progress, part: int, number: int) -> Progress:
    return lambda says, share: progress(f"Part {part + 1} of {number}: {says}", (1 - SHARE_OF_JOINING) * (part + share) / number)


def _make(place: Path, households: int, seed: int, progress: Progress, options: dict[str, Any]) -> None:
    """Make one part and keep it as plain records, with the rows at which each council begins, so that joining reads slices."""
    people = made(households, seed, progress=progress, **options)
    temporary = Path(tempfile.mkdtemp(prefix=f".{place.name}-", suffix=".part", dir=place.parent))
    for name in TABLES:
        getattr(people, name).tofile(temporary / name)
    np.savez(temporary / "begins.npz", **_begins(people))  # type: ignore[arg-type]
    (temporary / "details.json").write_text(json.dumps(people.details), encoding="utf-8")
    temporary.rename(place)


def _begins(people: Population) -> Tables:
    """(councils + 1,) the row of each table at which a council begins; the last is where the table ends."""
    every = np.arange(len(areas()) + 1)
    homes = np.searchsorted(people.households["council"], every)
    out = {"households": homes, "dwellings": np.searchsorted(people.dwellings["council"], every)}
    for name, one in (("persons", "person"), ("benefit_units", "benefit_unit")):
        out[name] = np.append(people.households[f"first_{one}"], len(getattr(people, name)))[homes]
    return out


class Part:
    """One part on disk."""

    def __init__(self, place: Path) -> None:
        self._place = place
        with np.load(place / "begins.npz") as begins:
            self._begins = {name: begins[name] for name in TABLES}
        self.details: dict[str, Any] = json.loads((place / "details.json").read_text(encoding="utf-8"))

    def of(self, council: int) -> tuple[Tables, dict[str, int]]:
        """A council's rows of every table, and how many rows of the part come before them."""
        tables, before = {}, {}
        for entity, name in store.TABLES.items():
            kind = record_type(entity)
            first, end = (int(row) for row in self._begins[name][council : council + 2])
            # Read, not mapped: pages of a mapped file would stay in memory.
            tables[name] = np.fromfile(self._place / name, kind, end - first, offset=first * kind.itemsize)
            before[name] = first
        return tables, before


def council_of(parts: list[Part], council: int) -> Population:
    """A council's records of all parts as a small population, checked as every population is; weights are shared by the parts."""
    joined: dict[str, list[np.ndarray]] = {name: [] for name in TABLES}
    before = dict.fromkeys(TABLES, 0)
    for part in parts:
        tables, start = part.of(council)
        move(tables, {name: before[name] - start[name] for name in TABLES})
        for name in ("households", "dwellings"):
            tables[name]["weight"] /= len(parts)
        for name in TABLES:
            joined[name].append(tables[name])
            before[name] += len(tables[name])
    return population(*(np.concatenate(joined[name]) for name in TABLES), name="synthetic", year=BASE_YEAR, kind="synthetic", says=SAYS)


def move(tables: Tables, by: dict[str, int]) -> None:
    """Count every offset from so many rows further on."""
    for name, fields in OFFSETS.items():
        for field in fields:
            tables[name][field] += by[COUNTED[field]]


def _join(parts: list[Part], place: Path, seed: int, progress: Progress) -> None:
    """Write the councils in turn, each a row group of every table, and what the whole is."""
    rows, total = dict.fromkeys(TABLES, 0), Counts(0, 0, 0, 0, 0, 0.0, 0.0, 0.0)
    files = {name: store.TableFile(place / f"{entity}.parquet", SAYS) for entity, name in store.TABLES.items()}
    with ExitStack() as opened:
        for file in files.values():
            opened.callback(file.close)
        for area in areas():
            here = council_of(parts, area.row)
            tables = {name: getattr(here, name).copy() for name in TABLES}
            move(tables, rows)
            for name, table in tables.items():
                files[name].add(table)
                rows[name] += len(table)
            total = total.plus(counts(here))
            share = (area.row + 1) / len(areas())
            progress(f"Writing {area.name}", 1 - SHARE_OF_JOINING * (1 - share))
    described = Description("synthetic", BASE_YEAR, "synthetic", SAYS, seed, total)
    store.write_description(place, described, {entity: rows[name] for entity, name in store.TABLES.items()}, _details(parts))


def _details(parts: list[Part]) -> dict[str, Any]:
    """What is told of one population, of all parts together: weights as far as any of them was moved, the mean design effect."""
    of = [part.details for part in parts]
    moved = np.array([each["weights_moved"] for each in of])
    return {
        "parts": len(parts),
        "households": sum(each["households"] for each in of),
        "top_records": sum(each["top_records"] for each in of),
        "steepness": of[0]["steepness"],
        "weights_moved": [float(moved[:, 0].min()), float(moved[:, 1].max())],
        "design_effect": round(float(np.mean([each["design_effect"] for each in of])), 3),
    }
