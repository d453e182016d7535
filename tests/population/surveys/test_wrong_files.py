"""The wrong file, however large, is refused by its start: quickly, in one sentence, and with nothing kept."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fairshare import cli
from fairshare.faults import Fault
from fairshare.population.store import cache_folder, import_population, load
from fairshare.population.surveys.readers import read_survey
from population.surveys.donor_writer import truth, write_lcf, write_spi, write_was
from population.surveys.frs_writer import made, written

TEN_GIGABYTES = 10 * 10**9
SECONDS = 2.0
"""Of the processor, so that a busy machine does not matter."""
MEGABYTES = 200


def quiet(says: str, share: float) -> None:
    return None


def stretched(path: Path, start: bytes = b"", size: int = TEN_GIGABYTES) -> Path:
    """A file of this size that takes no room: its start, and then a hole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        stream.write(start)
        stream.truncate(size)
    return path


def frs(place: Path) -> Path:
    return written(made(3, "2022-23"), place / "frs")


HUGE: dict[str, Callable[[Path], tuple[str, Path, dict[str, Path]]]] = {
    "a table of the FRS": lambda p: ("frs", stretched(next(frs(p).rglob("adult.tab"))).parent, {}),
    "a table of benefits": lambda p: ("frs", stretched(next(frs(p).rglob("benefits.tab")), b"SERNUM\tPERSON\tBENEFIT\n").parent, {}),
    "WAS": lambda p: ("frs", frs(p), {"was": stretched(p / "was" / "was_round_8_hhold_eul.tab").parent}),
    "LCF": lambda p: ("frs", frs(p), {"lcf": stretched(p / "lcf" / "lcfs_2021_dvhh_ukanon.tab").parent}),
    "ETB": lambda p: ("frs", frs(p), {"etb": stretched(p / "etb" / "householdv2_1977-2024.tab").parent}),
    "SPI": lambda p: ("frs", frs(p), {"spi": stretched(p / "put2223uk.tab")}),
    "EUROMOD": lambda p: ("euromod", stretched(p / "uk_2021_b1.txt"), {}),
    "PolicyEngine": lambda p: ("policyengine", stretched(p / "households.h5"), {}),
    "own CSV": lambda p: ("table", (stretched(p / "own" / "household.csv"), stretched(p / "own" / "person.csv"))[0].parent, {}),
    "own Parquet": lambda p: ("table", (stretched(p / "own" / "household.parquet"), stretched(p / "own" / "person.parquet"))[0].parent, {}),
}


@pytest.mark.parametrize("make", HUGE.values(), ids=HUGE)
def test_ten_gigabytes_of_the_wrong_file_are_refused_by_their_start(
    make: Callable[[Path], tuple[str, Path, dict[str, Path]]], tmp_path: Path
) -> None:
    kind, path, donors = make(tmp_path)
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Fault) as fault:
        read_survey(kind, path, quiet, year="2022-23" if kind in ("table", "euromod") else None, **donors)
    assert "\n" not in str(fault.value)
    assert time.process_time() - begun < SECONDS + (1.0 if donors else 0.0)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES


@pytest.mark.parametrize(
    "start, words",
    [
        (b"", "is not a table of text"),
        (b"NAME\tPLACE\n" + b"x\ty\n" * 400_000, "names none of the columns"),
        (b"a" * 3_000_000, "holds no names of columns"),
    ],
    ids=["zeros", "another table", "one line"],
)
def test_a_large_file_of_another_kind_is_not_read_whole(start: bytes, words: str, tmp_path: Path) -> None:
    folder = frs(tmp_path)
    stretched(next(folder.rglob("adult.tab")), start, 900_000_000)
    begun = time.process_time()
    with pytest.raises(Fault, match=words):
        read_survey("frs", folder, quiet)
    assert time.process_time() - begun < SECONDS


def test_a_donor_that_fails_leaves_no_half_of_a_population(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FAIRSHARE_CACHE", str(tmp_path / "cache"))
    folder, of = frs(tmp_path), truth(60)
    older = import_population("frs", folder, "mine")
    lcf, was = write_lcf(of, tmp_path / "lcf"), write_was(of, tmp_path / "was")
    file = next(was.rglob("*hhold*"))
    file.write_bytes(file.read_bytes()[:-5])
    arguments = ["fairshare", "population", "import", "frs", str(folder), "--lcf", str(lcf), "--was", str(was), "--name", "mine"]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    told = capsys.readouterr()
    assert stopped.value.code == 2 and told.err.count("\n") == 1 and file.name in told.err and told.out == ""
    assert load(cache_folder() / "mine").id == older.id  # what was there is untouched
    assert [each.name for each in cache_folder().iterdir()] == ["mine"]


def test_a_whole_import_says_what_it_found_and_matched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FAIRSHARE_CACHE", str(tmp_path / "cache"))
    of = truth(300)
    arguments = ["fairshare", "population", "import", "frs", str(written(made(80, "2022-23"), tmp_path / "frs")), "--name", "mine"]
    arguments += ["--was", str(write_was(of, tmp_path / "was")), "--lcf", str(write_lcf(of, tmp_path / "lcf"))]
    arguments += ["--spi", str(write_spi(tmp_path, 400, grossed=90_000)), "--seed", "2", "--calibrate", "nation"]
    monkeypatch.setattr(sys, "argv", arguments)
    cli.main()
    told = capsys.readouterr().out
    for words in (
        "Found (",
        "Worked out (",
        "zero or the default",
        "Assumed:",
        "Matched in: Living Costs and Food Survey",
        "Calibrated by nation",
    ):
        assert words in told, words
    kept = cache_folder() / "mine"
    assert {file.stat().st_mode & 0o777 for file in kept.iterdir()} == {0o600} and kept.stat().st_mode & 0o777 == 0o700
    people = load(kept)
    assert people.year == "2025-26" and people.details["calibrated"]["level"] == "nation"
