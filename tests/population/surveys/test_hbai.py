"""HBAI's incomes of the same households: joined by key, refused where they are of another release, and beside the model's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fairshare.assessment import assess
from fairshare.faults import Fault
from fairshare.law import law_in_force
from fairshare.measures.hbai import compared, compared_text
from fairshare.population.records import Population
from fairshare.population.surveys.readers import read_survey
from population.surveys.frs_writer import Made, made, written


@pytest.fixture(scope="module")
def survey() -> Made:
    return made(320, "2023-24", seed=6)


def file_of(survey: Made, place: Path, incomes: dict[int, float], name: str = "h2324.tab") -> Path:
    """A row for each benefit unit; the household's weekly incomes stand in each; housing costs are £50 a week."""
    place.mkdir(parents=True, exist_ok=True)
    rows = [(sernum, unit, incomes[sernum]) for sernum, unit in survey.units if sernum in incomes]
    lines = ["SERNUM\tBENUNIT\tENTINCHH\tEAHCHH", *(f"{s}\t{u}\t{x:.0f}\t{x - 50:.0f}" for s, u, x in rows)]
    (place / name).write_text("\n".join(lines) + "\n")
    return place


def read(survey: Made, place: Path, hbai: Path) -> tuple[Population, dict[str, np.ndarray]]:
    folder = place / "frs"
    return read_survey("frs", folder if folder.exists() else written(survey, folder), lambda says, share: None, hbai=hbai)


def test_each_household_has_its_own_income(survey: Made, tmp_path: Path) -> None:
    incomes = {sernum: 100.0 + sernum for sernum in survey.households}
    people, beside = read(survey, tmp_path, file_of(survey, tmp_path / "hbai", incomes))
    sernum = {int(home): int(row["sernum"]) for home, row in zip(people.persons["household"], beside["source"], strict=True)}
    table = beside["hbai"]
    assert len(table) == len(people.households)
    for row in table:
        assert row["before"] == 52 * (100 + sernum[int(row["household"])]) and row["after"] == row["before"] - 52 * 50


def test_what_the_model_gives_is_set_beside_it(survey: Made, tmp_path: Path) -> None:
    """A file made from the model's own incomes agrees with it; one a tenth lower lies a tenth away."""
    everyone = dict.fromkeys(survey.households, 500.0)
    people, beside = read(survey, tmp_path, file_of(survey, tmp_path / "hbai", everyone))
    worked = assess(people, law_in_force("2023-24"))["disposable_income"]
    own = {"before": worked["disposable_income"], "after": worked["disposable_income_after_housing_costs"]}
    same = compared(people, own)
    assert [row["near_pct"] for row in same] == [100.0, 100.0] and same[0]["correlation"] == pytest.approx(1.0)
    lower = compared(people, {name: 0.9 * np.asarray(values) for name, values in own.items()})
    assert lower[0]["mean_model"] == pytest.approx(lower[0]["mean_hbai"] / 0.9)
    told = compared_text(compared(people, beside["hbai"]))
    assert "before housing costs" in told and "500 /" in told


def test_another_release_or_year_is_refused(survey: Made, tmp_path: Path) -> None:
    few = dict.fromkeys(list(survey.households)[:100], 500.0)
    with pytest.raises(Fault, match="so it is of another release"):
        read(survey, tmp_path, file_of(survey, tmp_path / "few", few))
    with pytest.raises(Fault, match=r"holds no file of Households Below Average Income for 2023-24 \(h2324\.tab\)"):
        read(survey, tmp_path, file_of(survey, tmp_path / "other", few, "h2223.tab"))


def test_rows_of_a_household_must_agree(survey: Made, tmp_path: Path) -> None:
    place = file_of(survey, tmp_path / "hbai", dict.fromkeys(survey.households, 500.0))
    file = place / "h2324.tab"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines, lines[1].replace("\t500\t", "\t900\t")]) + "\n")
    with pytest.raises(Fault, match="entinchh differs from another row of the household"):
        read(survey, tmp_path, place)


def test_money_of_another_year_is_not_compared(survey: Made, tmp_path: Path) -> None:
    people, beside = read(survey, tmp_path, file_of(survey, tmp_path / "hbai", dict.fromkeys(survey.households, 500.0)))
    with pytest.raises(Fault, match="is in another year's money than HBAI's"):
        compared(replace(people, details={**people.details, "moved_from": "2022-23"}), beside["hbai"])
    with pytest.raises(Fault, match=r"law begins in 2023-24"):
        compared(replace(people, year="2021-22"), beside["hbai"])
