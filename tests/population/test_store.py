"""Populations on disk: whole or not at all, and a sentence for each thing that can be wrong."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from fairshare.faults import Fault
from fairshare.population import store
from fairshare.population.records import ENTITIES, Population

TESTS = str(Path(__file__).parent.parent)


@pytest.fixture
def kept(small: Population, tmp_path: Path) -> Path:
    return store.save(small, tmp_path / "kept")


def test_what_is_written_is_read_again(small: Population, kept: Path) -> None:
    again = store.load(kept)
    assert again.id == small.id and again.seed == 1 and again.says == small.says and again.details == small.details


def test_the_same_population_is_the_same_file(small: Population, tmp_path: Path) -> None:
    one, two = store.save(small, tmp_path / "one"), store.save(small, tmp_path / "two")
    for file in one.iterdir():
        assert file.read_bytes() == (two / file.name).read_bytes(), file.name


def test_every_file_says_what_it_is(kept: Path) -> None:
    for entity in ENTITIES:
        assert b"no real person" in pq.read_schema(kept / f"{entity}.parquet").metadata[b"says"]


def test_an_older_population_is_replaced_whole(small: Population, kept: Path) -> None:
    (kept / "remains.txt").write_text("of an older form")
    store.save(small, kept)
    assert store.load(kept).id == small.id and not (kept / "remains.txt").exists()
    assert [path.name for path in kept.parent.iterdir()] == ["kept"]


def test_no_population_there(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"There is no population in .*build one with: fairshare population build"):
        store.load(tmp_path)


def test_a_damaged_file_is_named(kept: Path) -> None:
    file = kept / "household.parquet"
    file.write_bytes(file.read_bytes()[:4_000])
    with pytest.raises(Fault, match=r"household\.parquet is damaged .*build the population again"):
        store.load(kept)


def test_a_damaged_description_is_named(kept: Path) -> None:
    (kept / store.DESCRIPTION).write_text("{")
    with pytest.raises(Fault, match=r"population\.json is damaged"):
        store.load(kept)


def test_a_missing_file_is_named(kept: Path) -> None:
    (kept / "person.parquet").unlink()
    with pytest.raises(Fault, match=r"person\.parquet is missing"):
        store.load(kept)


def test_a_missing_column_is_named(kept: Path) -> None:
    file = kept / "person.parquet"
    pq.write_table(pq.read_table(file).drop_columns(["earnings"]), file)
    with pytest.raises(Fault, match=r"person\.parquet has no column earnings"):
        store.load(kept)


def test_a_file_with_fewer_rows_is_refused(kept: Path) -> None:
    file = kept / "person.parquet"
    pq.write_table(pq.read_table(file).slice(0, 10), file)
    with pytest.raises(Fault, match=r"person\.parquet holds 10 rows where"):
        store.load(kept)


def test_not_a_number_is_refused(small: Population, kept: Path) -> None:
    file = kept / "person.parquet"
    table = pq.read_table(file)
    earnings = table.column("earnings").to_numpy().copy()
    earnings[3] = np.nan
    pq.write_table(table.set_column(table.schema.get_field_index("earnings"), "earnings", [earnings]), file)
    with pytest.raises(Fault, match="person row 4: earnings is not a finite number"):
        store.load(kept)


def test_a_file_in_the_way_of_the_folder(small: Population, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    with pytest.raises(Fault, match="is not a folder"):
        store.save(small, tmp_path / "cache" / "kept")


@pytest.mark.parametrize(
    "number, words",
    [
        (errno.ENOSPC, "is full; free some space"),
        (errno.EACCES, "cannot be written to; set FAIRSHARE_CACHE"),
        (errno.EROFS, "cannot be written to; set FAIRSHARE_CACHE"),
        (errno.EIO, "could not be written"),
    ],
)
def test_a_disk_that_will_not_take_it(small: Population, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(store, "_write", refuse)
    with pytest.raises(Fault, match=words):
        store.save(small, tmp_path / "kept")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_found_before_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "populations").write_text("not a folder")
    monkeypatch.setenv("FAIRSHARE_CACHE", str(tmp_path))
    monkeypatch.setattr("fairshare.population.synthetic.made", lambda *_, **__: pytest.fail("the work began"))
    with pytest.raises(Fault, match="is not a folder"):
        store.build_population(2_000, 1)


def test_remains_of_long_ago_are_removed_and_fresh_ones_are_left(tmp_path: Path) -> None:
    old, fresh = tmp_path / ".x-1.part", tmp_path / ".x-2.part"
    for folder in (old, fresh):
        folder.mkdir()
    long_ago = time.time() - 7 * 3600
    os.utime(old, (long_ago, long_ago))
    store.remove_remains(tmp_path)
    assert not old.exists() and fresh.exists()


def test_a_killed_build_leaves_nothing_that_is_read(tmp_path: Path) -> None:
    """The build stops itself hard while it writes its second table; what is left is no population, and the next build is whole."""
    code = (
        "import os, signal\n"
        "from fairshare.population import store\n"
        "write = store._write\n"
        "def last(table, path, says):\n"
        "    if path.name.startswith('benefit'): os.kill(os.getpid(), signal.SIGKILL)\n"
        "    write(table, path, says)\n"
        "store._write = last\n"
        "from building import one_person\n"
        "from fairshare.population import synthetic\n"
        "synthetic.made = lambda *_, **__: one_person()\n"
        "store.build_population(2000, 3)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "FAIRSHARE_CACHE": str(tmp_path), "PYTHONPATH": TESTS}, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    left = list((tmp_path / "populations").iterdir())
    assert left and all(path.name.endswith(".part") for path in left)
    with pytest.raises(Fault, match="There is no population"):
        store.load(tmp_path / "populations" / "synthetic-2000-seed3")


def test_a_damaged_default_population_is_made_again(small: Population, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRSHARE_CACHE", str(tmp_path))
    place = store.save(small, store.default_folder(6_000, 1))
    (place / "person.parquet").write_bytes(b"nothing")
    monkeypatch.setattr("fairshare.population.synthetic.made", lambda *_, **__: small)
    assert store.default_population(6_000, 1).id == small.id
    assert store.load(place).id == small.id


def test_names_that_a_population_cannot_have(tmp_path: Path) -> None:
    for name in ("default", "a/b", ""):
        with pytest.raises(Fault, match="cannot be the name of a population"):
            store.import_population("policyengine", tmp_path / "x.h5", name)
    with pytest.raises(Fault, match=r'no reader for "policyengin"; did you mean "policyengine"'):
        store.import_population("policyengin", tmp_path / "x.h5", "mine")


def test_the_description_is_readable(kept: Path) -> None:
    said = json.loads((kept / store.DESCRIPTION).read_text())
    assert said["kind"] == "synthetic" and said["seed"] == 1 and said["rows"]["household"] == len(store.load(kept).households)


def test_a_step_that_changes_makes_the_default_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The folder's name holds what the population is made from: another published figure, another folder."""
    before = store.default_folder()
    for file in (store.folder("parameters") / "britain").glob("*.csv"):
        (tmp_path / "britain").mkdir(exist_ok=True)
        (tmp_path / "britain" / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(store, "folder", lambda name: tmp_path)
    store.made_by.cache_clear()
    assert store.default_folder() == before
    for name, same in (("checks", True), ("national", False)):
        with (tmp_path / "britain" / f"{name}.csv").open("a", encoding="utf-8") as lines:
            lines.write("\n")
        store.made_by.cache_clear()
        assert (store.default_folder() == before) is same
    store.made_by.cache_clear()
