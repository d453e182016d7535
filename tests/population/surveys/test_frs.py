"""The Family Resources Survey: the folder of each release gives back the people it was written from, to the penny."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fairshare.population.records import Population
from fairshare.population.surveys.frs import read_frs
from population.surveys.frs_writer import RELEASES, Made, made, written

PENNY = 0.005
HOUSEHOLDS = 150


def compared(survey: Made, people: Population, beside: dict[str, np.ndarray]) -> None:
    """Every household, unit, person and benefit of the survey beside its truth."""
    source = beside["source"]
    place = {(int(row["sernum"]), int(row["person"])): p for p, row in enumerate(source)}
    assert set(place) == set(survey.persons) and len(place) == len(people.persons)
    for key, truth in survey.persons.items():
        record = people.persons[place[key]]
        for name, value in truth.items():
            assert float(record[name]) == pytest.approx(value, abs=PENNY), (key, name)
    home_of = {int(sernum): int(home) for sernum, home in zip(source["sernum"], people.persons["household"], strict=True)}
    assert set(home_of) == set(survey.households) and len(people.households) == len(survey.households)
    for sernum, truth in survey.households.items():
        record = people.households[home_of[sernum]]
        for name, value in truth.items():
            assert float(record[name]) == pytest.approx(value, abs=PENNY), (sernum, name)
    unit_of = {(row["sernum"], row["benunit"]): people.persons["benefit_unit"][place[row["sernum"], row["person"]]]
               for row in survey.tables["adult"]}  # fmt: skip
    assert len(set(unit_of.values())) == len(people.benefit_units) == len(survey.units)
    for key, truth in survey.units.items():
        record = people.benefit_units[unit_of[key]]
        for name, value in truth.items():
            assert float(record[name]) == pytest.approx(value, abs=PENNY), (key, name)
    reported: dict[tuple[int, int, int], float] = {}
    for row in beside["benefits"]:
        key3 = (int(source["sernum"][row["person"]]), int(source["person"][row["person"]]), int(row["code"]))
        reported[key3] = reported.get(key3, 0.0) + float(row["pounds"])
    assert reported == pytest.approx(survey.benefits, abs=PENNY)


@pytest.mark.parametrize("year", RELEASES)
def test_every_release_gives_its_people_back(year: str, tmp_path: Path) -> None:
    survey = made(HOUSEHOLDS, year)
    people, beside = read_frs(written(survey, tmp_path))
    assert people.year == year and people.kind == "survey"
    compared(survey, people, beside)
    total = sum(truth["weight"] for truth in survey.households.values())
    assert people.households["weight"].sum() == pytest.approx(total, rel=1e-12)
