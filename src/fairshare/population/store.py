"""Populations on disk: a folder of four Parquet files and `population.json`, written whole or not at all.

A build writes into a temporary folder beside the place and renames it at the end; a build that was killed leaves only a
temporary folder, which the next start removes. Folders stand in the user's cache (`FAIRSHARE_CACHE` overrides it).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from fairshare import __version__
from fairshare.areas import folder
from fairshare.faults import Fault
from fairshare.population.records import ENTITIES, Counts, Description, Population, counts, empty, population

Progress = Callable[[str, float], None]
FORM = 6
"""Rises when the form of the records changes, so that no old build is read as new; see also `made_by`."""
DESCRIPTION = "population.json"
DEFAULT = "default"
HDF5 = (".h5", ".hdf5")
STALE_AFTER = 6 * 3600
"""Seconds after which a temporary folder is nobody's any more."""
PARTS_STALE_AFTER = 72 * 3600
"""The same for finished parts of a large population (see parts.py), which a later build may go on from."""
TABLES = {"person": "persons", "benefit_unit": "benefit_units", "household": "households", "dwelling": "dwellings"}


def cache_folder() -> Path:
    """Where populations are kept."""
    chosen = os.environ.get("FAIRSHARE_CACHE")
    return (Path(chosen).expanduser() if chosen else Path(platformdirs.user_cache_dir("fairshare"))) / "populations"


NOT_MADE_FROM = {
    "checks", "targets", "council_targets", "model_error", "not_comparable", "sources", "hex_layout", "public_spending",
    "sector_balances", "effects_of_taxes", "employers_reliefs",
}  # fmt: skip
"""Files of published figures that the population is only set beside, or that other parts read."""


@cache
def made_by() -> str:
    """A digest of the steps and of the published figures that a synthetic population is made from: when one changes, it is made anew."""
    steps = Path(__file__).parent / "synthetic"
    digest = hashlib.blake2b(digest_size=5)
    figures = sorted(file for file in (folder("parameters") / "britain").glob("*.csv") if file.stem not in NOT_MADE_FROM)
    for file in (*sorted(steps.glob("*.py")), *figures):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def default_folder(households: int = 100_000, seed: int = 1, steepness: float | None = None) -> Path:
    """The folder of a synthetic population of this size, seed and steepness of the top of wealth, as the steps now make it."""
    steep = "" if steepness is None else f"-alpha{steepness:g}"
    return cache_folder() / f"synthetic-{households}-seed{seed}{steep}-form{FORM}-{made_by()}"


# ---- writing -------------------------------------------------------------------------------------------------------


@contextmanager
def own_words(place: Path) -> Iterator[None]:
    """Faults of the disk as sentences."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error):
            raise Fault(
                f"The disk that holds {place} is full; free some space, or set FAIRSHARE_CACHE to a folder on another disk."
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Fault(f"The folder {place} cannot be written to; set FAIRSHARE_CACHE to a folder that you can write to.") from error
        if error.errno in (errno.ENOTDIR, errno.EEXIST):
            raise Fault(f"{place} is not a folder; move the file that is in the way, or set FAIRSHARE_CACHE to a folder.") from error
        raise Fault(f"{place} could not be written ({error.strerror or error}); check the disk and try again.") from error


def save(people: Population, place: Path, progress: Progress | None = None, beside: dict[str, np.ndarray] | None = None) -> Path:
    """Write a population into the folder `place`, whole or not at all; an older one there is replaced.

    `beside` holds further tables that a survey came with, by name. The files of a licensed survey are readable by their owner alone.
    """
    tell = progress or (lambda says, share: None)
    with own_words(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
        remove_remains(place.parent)
        temporary = Path(tempfile.mkdtemp(prefix=f".{place.name}-", suffix=".part", dir=place.parent))
    try:
        with own_words(place):
            for step, (entity, attribute) in enumerate(TABLES.items()):
                table = getattr(people, attribute)
                _write(table, temporary / f"{entity}.parquet", people.says)
                tell(f"Writing {entity.replace('_', ' ')}s", (step + 1) / 5)
            for name, table in (beside or {}).items():
                _write(table, temporary / f"{name}.parquet", people.says)
            described = Description(people.name, people.year, people.kind, people.says, people.seed, counts(people))
            rows = {entity: len(getattr(people, attribute)) for entity, attribute in TABLES.items()}
            write_description(temporary, described, rows, people.details)
            if people.details.get("licensed"):
                for file in temporary.iterdir():
                    file.chmod(0o600)
            put_in_place(temporary, place)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    tell("Written", 1.0)
    return place


def write_description(place: Path, described: Description, rows: dict[str, int], details: dict[str, Any]) -> None:
    """Write what a folder's population is beside its tables; the last file to be written."""
    text = {**described._asdict(), "counts": described.counts._asdict(), "details": details, "rows": rows}
    text |= {"form": FORM, "fairshare": __version__}
    (place / DESCRIPTION).write_text(json.dumps(text, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _write(table: np.ndarray, path: Path, says: str) -> None:
    with closing(TableFile(path, says)) as file:
        file.add(table)


class TableFile:
    """A Parquet file that grows by a row group at a time, so that a table need never be whole in memory."""

    def __init__(self, path: Path, says: str) -> None:
        self._path, self._says = path, says
        self._writer: Any = None

    def add(self, table: np.ndarray) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        names = table.dtype.names or ()
        columns = pa.table({name: pa.array(np.ascontiguousarray(table[name])) for name in names})
        columns = columns.replace_schema_metadata({"says": self._says})
        if self._writer is None:
            whole = [name for name in names if table.dtype[name].kind == "i"]
            self._writer = pq.ParquetWriter(self._path, columns.schema, compression="zstd", use_dictionary=whole)
        self._writer.write_table(columns)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


def put_in_place(temporary: Path, place: Path) -> None:
    """Put the new folder in place; the old one is moved aside first, because a full folder cannot be renamed over."""
    if place.exists():
        aside = Path(tempfile.mkdtemp(prefix=f".{place.name}-", suffix=".old", dir=place.parent))
        os.rename(place, aside / "was")
        os.rename(temporary, place)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        os.rename(temporary, place)


def remove_remains(folder: Path) -> None:
    """Remove temporary folders that a build killed half-way left behind long ago."""
    for pattern, stale_after in ((".*.part", STALE_AFTER), (".*.old", STALE_AFTER), (".*.parts", PARTS_STALE_AFTER)):
        for remains in folder.glob(pattern):
            if time.time() - remains.stat().st_mtime > stale_after:
                shutil.rmtree(remains, ignore_errors=True)


# ---- reading -------------------------------------------------------------------------------------------------------


def load(place: Path) -> Population:
    """Read a population from its folder. Raises Fault on a missing, damaged or incomplete one."""
    description = _description(place)
    rows, year = dict(description["rows"]), str(description["year"])
    tables = {entity: _read(place / f"{entity}.parquet", entity, int(rows.get(entity, -1))) for entity in ENTITIES}
    return population(
        tables["person"], tables["benefit_unit"], tables["household"], tables["dwelling"],
        name=str(description.get("name", place.name)), year=year, kind=str(description.get("kind", "synthetic")),
        says=str(description.get("says", "")), seed=description.get("seed"), details=dict(description.get("details", {})),
    )  # fmt: skip


def _description(place: Path) -> dict[str, Any]:
    path = place / DESCRIPTION
    if not path.is_file():
        raise Fault(f"There is no population in {place} (no {DESCRIPTION}); build one with: fairshare population build")
    try:
        description = dict(json.loads(path.read_text(encoding="utf-8")))
        dict(description["rows"]), str(description["year"])
    except (ValueError, KeyError, TypeError) as error:
        raise Fault(f"{path} is damaged; build the population again: fairshare population build") from error
    return description


def described(place: Path) -> Description:
    """What the population of a folder is, without reading its records. Raises Fault on a missing or damaged one."""
    found = _description(place)
    if "counts" not in found:  # of an older form
        people = load(place)
        return Description(people.name, people.year, people.kind, people.says, people.seed, counts(people))
    says, seed = str(found.get("says", "")), found.get("seed")
    return Description(str(found["name"]), str(found["year"]), str(found["kind"]), says, seed, Counts(**found["counts"]))


def _read(path: Path, entity: str, rows: int) -> np.ndarray:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not path.is_file():
        raise Fault(f"{path} is missing; build the population again: fairshare population build")
    try:
        columns = pq.read_table(path, use_threads=True, memory_map=False)
    except (OSError, pa.ArrowException) as error:
        raise Fault(f"{path} is damaged and cannot be read; build the population again: fairshare population build") from error
    if rows >= 0 and columns.num_rows != rows:
        raise Fault(f"{path} holds {columns.num_rows:,} rows where {DESCRIPTION} says {rows:,}; build the population again.")
    table = empty(entity, columns.num_rows)
    known = set(columns.column_names)
    for column in ENTITIES[entity]:
        if column.name not in known:
            if column.recorded:
                continue
            raise Fault(f"{path} has no column {column.name} ({column.meaning}); build the population again: fairshare population build")
        table[column.name] = columns.column(column.name).to_numpy()
    return table


def load_population(name_or_path: str = DEFAULT, year: str | None = None, progress: Progress | None = None) -> Population:
    """A population by name (`default`, or a folder of the cache) or by the path of its folder, in the money of `year`.

    The default one is built when it is not there yet.
    """
    if name_or_path in (DEFAULT, "synthetic"):
        people = default_population(progress=progress)
    else:
        path = Path(name_or_path).expanduser()
        people = _read_file(path) if path.suffix.lower() in HDF5 else load(path if path.is_dir() else cache_folder() / name_or_path)
    if year is not None and year != people.year:
        from fairshare.population.uprating import uprate

        return uprate(people, year)
    return people


def _read_file(path: Path) -> Population:
    from fairshare.population.surveys.policyengine import read_policyengine

    return read_policyengine(path)


def read_beside(place: Path, name: str) -> dict[str, np.ndarray]:
    """A further table that a survey came with, by column. Raises Fault where the population has none of that name."""
    import pyarrow.parquet as pq

    path = place / f"{name}.parquet"
    if not path.is_file():
        raise Fault(f"The population in {place} came with no table {name}; import the survey again.")
    columns = pq.read_table(path)
    return {column: columns.column(column).to_numpy() for column in columns.column_names}


def import_population(kind: str, path: Path, name: str, progress: Progress | None = None, **options: Any) -> Population:
    """Read a population that the user holds and keep it under `name`, whole or not at all.

    Options are those of the kind's reader. Raises Fault for an unknown kind, an option the kind does not have, or faulty files.
    """
    from fairshare.population.surveys.readers import read_survey

    if not name or Path(name).name != name or name in (DEFAULT, "synthetic", ".", "..") or name.startswith("."):
        raise Fault(f'"{name}" cannot be the name of a population; give a plain word, such as --name mine.')
    tell = progress or (lambda says, share: None)
    people, beside = read_survey(kind, path, lambda says, share: tell(says, 0.8 * share), **options)
    people = replace(people, name=name)  # the name that --population takes
    save(people, cache_folder() / name, lambda says, share: tell(says, 0.8 + 0.2 * share), beside)
    return people


def default_population(
    households: int = 100_000, seed: int = 1, progress: Progress | None = None, rebuild: bool = False, steepness: float | None = None
) -> Population:
    """The synthetic population of this size and seed from the cache, built (with progress) when absent or damaged."""
    place = default_folder(households, seed, steepness)
    if not rebuild and (place / DESCRIPTION).is_file():
        try:
            return load(place)
        except Fault:
            pass  # damaged, or of an older form: it is made again from the published figures
    return build_population(households, seed, progress, place, steepness) or load(place)


def default_population_on_disk(households: int = 100_000, seed: int = 1, progress: Progress | None = None) -> Path:
    """The folder of the synthetic population of this size and seed, built (with progress) when absent; its records are not kept in
    memory."""
    place = default_folder(households, seed)
    if not (place / DESCRIPTION).is_file():
        build_population(households, seed, progress, place)
    return place


def build_population(
    households: int = 100_000, seed: int = 1, progress: Progress | None = None, place: Path | None = None, steepness: float | None = None
) -> Population | None:
    """Make the synthetic population and write it; the folder is tried before the work begins.

    Gives the population, but None for one of several parts, which is written council by council and never held whole.
    """
    from fairshare.population import parts
    from fairshare.population.synthetic import made

    tell = progress or (lambda says, share: None)
    place = place or default_folder(households, seed, steepness)
    with own_words(place.parent):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=place.parent):
            pass
    options: dict[str, Any] = {} if steepness is None else {"steepness": steepness}
    if parts.count(households) > 1:
        parts.build(households, seed, place, tell, **options)
        return None
    people = made(households, seed, progress=lambda says, share: tell(says, 0.95 * share), **options)
    save(people, place, lambda says, share: tell(says, 0.95 + 0.05 * share))
    return people
