"""Large populations: parts joined council by council, on disk, with the memory of one."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from fairshare.areas import areas
from fairshare.population import parts, store
from fairshare.population.records import Population
from fairshare.population.synthetic import made

EACH, NUMBER = 3_000, 3


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", EACH)
    monkeypatch.setattr(parts, "ONE_PART", EACH)


@pytest.fixture
def joined(small_parts: None, tmp_path: Path) -> Population:
    assert store.build_population(EACH * NUMBER, 1, place=tmp_path / "joined") is None
    return store.load(tmp_path / "joined")


def test_up_to_one_part_nothing_is_joined() -> None:
    assert parts.count(2_000) == parts.count(100_000) == parts.count(parts.ONE_PART) == 1
    assert parts.count(parts.ONE_PART + 1) == 2 and parts.count(2_000_000) == 20


def test_the_first_part_has_the_seed_itself_and_no_two_share_one() -> None:
    seeds = [parts.seed_of(seed, part) for seed in (1, 2, 3) for part in range(300)]
    assert parts.seed_of(7, 0) == 7 and len(set(seeds)) == len(seeds)


def test_the_joined_population_is_all_parts_with_weights_shared(joined: Population) -> None:
    """Loading checks every offset, so that people are in their units and units in their households."""
    each = [made(EACH, parts.seed_of(1, part)) for part in range(NUMBER)]
    assert len(joined.persons) == sum(len(people.persons) for people in each)
    for column in ("earnings", "age", "state_pension"):
        of_parts = np.mean([people.person_weight @ people.persons[column] for people in each])
        assert joined.person_weight @ joined.persons[column] == pytest.approx(of_parts)
    assert joined.dwellings["weight"].sum() == pytest.approx(np.mean([people.dwellings["weight"].sum() for people in each]))
    owners = joined.households["council"][joined.persons["household"]]
    counts = [np.bincount(people.households["council"][people.persons["household"]], minlength=len(areas())) for people in each]
    assert np.array_equal(np.bincount(owners, minlength=len(areas())), np.sum(counts, axis=0))


def test_what_it_is_stands_on_disk_without_its_records(joined: Population, tmp_path: Path) -> None:
    described = store.described(tmp_path / "joined")
    assert described.counts.households == len(joined.households) and described.counts.persons == len(joined.persons)
    assert described.counts.stand_for_persons == pytest.approx(joined.person_weight.sum())
    assert described.counts.councils == len(areas()) and described.says == joined.says and joined.details["parts"] == NUMBER


def test_each_council_is_a_row_group(joined: Population, tmp_path: Path) -> None:
    file = pq.ParquetFile(tmp_path / "joined" / "household.parquet")
    assert file.num_row_groups == len(areas())
    for row in (0, 100, 360):
        assert set(file.read_row_group(row, ["council"]).column("council").to_pylist()) == {row}


def test_two_builds_have_the_same_bytes_and_leave_nothing_else(joined: Population, tmp_path: Path) -> None:
    store.build_population(EACH * NUMBER, 1, place=tmp_path / "again")
    for file in (tmp_path / "joined").iterdir():
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again", "joined"]


def test_a_build_that_was_stopped_goes_on_with_the_part_it_was_at(
    small_parts: None, joined: Population, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds: list[int] = []

    def stopped(households: int, seed: int, **options: object) -> Population:
        seeds.append(seed)
        if len(seeds) == 3:
            raise KeyboardInterrupt
        return made(households, seed)

    monkeypatch.setattr(parts, "made", stopped)
    with pytest.raises(KeyboardInterrupt):
        store.build_population(EACH * NUMBER, 1, place=tmp_path / "stopped")
    assert not (tmp_path / "stopped").exists()
    store.build_population(EACH * NUMBER, 1, place=tmp_path / "stopped")
    assert seeds == [1, parts.seed_of(1, 1), parts.seed_of(1, 2), parts.seed_of(1, 2)]
    assert store.load(tmp_path / "stopped").id == joined.id
    details = json.loads((tmp_path / "stopped" / store.DESCRIPTION).read_text())["details"]
    assert details == joined.details
