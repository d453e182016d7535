"""A UKMOD input file gives its people back; what contradicts itself is refused in one sentence."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fairshare.faults import Fault
from fairshare.population.records import Population
from fairshare.population.surveys.euromod import read_euromod
from fairshare.population.surveys.readers import read_survey
from population.surveys.donor_writer import truth as donors_of
from population.surveys.donor_writer import write_lcf
from population.surveys.euromod_writer import MONEY, rows_of, write_euromod
from population.surveys.frs_writer import Made, made

NAME = "uk_2022_b1.txt"
OF_PERSONS = (
    *MONEY.values(),
    "age",
    "sex",
    "role",
    "activity",
    "education",
    "disabled",
    "pip_daily_living",
    "pip_mobility",
    "dla_care",
    "dla_mobility",
)
OF_HOMES = ("rent", "mortgage_interest", "mortgage_capital", "water_charges", "tenure", "region", "weight", "bedrooms", "council_tax_band")


@pytest.fixture(scope="module")
def survey() -> Made:
    return made(150, "2022-23", seed=4)


def written(rows: list[dict[str, Any]], place: Path) -> Population:
    return read_euromod(write_euromod(rows, place / NAME))


def seen(name: str, value: float) -> float:
    """A value as the form can tell it: the eldest of a couple claims, and those who look after the home count as otherwise inactive."""
    if name == "role":
        return float(value == 2)
    return 8.0 if name == "activity" and value == 6 else round(float(value), 2)


def described(people: Population) -> Counter[tuple[Any, ...]]:
    """Every household as a multiset: what it is and who is in it."""
    out: Counter[tuple[Any, ...]] = Counter()
    for home in people.households:
        members = people.persons[home["first_person"] : home["last_person"]]
        inside = tuple(sorted(tuple(seen(name, each[name]) for name in OF_PERSONS) for each in members))
        out[tuple(seen(name, home[name]) for name in OF_HOMES), inside] += 1
    return out


@pytest.mark.parametrize("with_units", [True, False], ids=["units stated", "units worked out"])
def test_every_person_and_household_comes_back(survey: Made, tmp_path: Path, with_units: bool) -> None:
    people = written(rows_of(survey, with_units), tmp_path)
    wanted: Counter[tuple[Any, ...]] = Counter()
    for sernum, truth in survey.households.items():
        members = [of for (home, _), of in survey.persons.items() if home == sernum]
        inside = tuple(sorted(tuple(seen(name, each.get(name, 0)) for name in OF_PERSONS) for each in members))
        wanted[tuple(seen(name, truth[name]) for name in OF_HOMES), inside] += 1
    assert described(people) == wanted
    assert people.year == "2022-23" and people.kind == "survey" and people.details["licensed"]
    units = sorted(
        (int(u["couple"]), int(u["married"]), round(float(u["capital"])), round(float(u["maintenance"]))) for u in people.benefit_units
    )
    assert units == sorted((u["couple"], u["married"], u["capital"], round(u["maintenance"])) for u in survey.units.values())
    assert people.households["spending_food"].tolist() == pytest.approx([120.0] * 150)  # £10 a month, 12 months
    assert people.households["spending_transport"].tolist() == pytest.approx([12 * (70.0 - 7.0)] * 150)


def test_rows_may_stand_in_any_order(survey: Made, tmp_path: Path) -> None:
    rows = rows_of(survey)
    assert described(written(rows, tmp_path)) == described(written(rows[::-1], tmp_path / "turned"))


def changed(rows: list[dict[str, Any]], row: int, **cells: Any) -> list[dict[str, Any]]:
    return [{**each, **cells} if i == row else each for i, each in enumerate(rows)]


def _second(rows: list[dict[str, Any]]) -> int:
    """The first row of somebody who does not live alone."""
    return next(i for i in range(1, len(rows)) if rows[i]["idhh"] == rows[i - 1]["idhh"])


REFUSED: dict[str, tuple[Any, str]] = {
    "sex 2": (lambda rows: changed(rows, 3, dgn=2), "row 4 of the data: dgn is no code of the form"),
    "region 3": (lambda rows: changed(rows, 0, drgn1=3), "row 1 of the data: drgn1 is no code"),
    "a person twice": (lambda rows: [*rows, rows[0]], "idperson repeats the key"),
    "a weight of nothing": (lambda rows: changed(rows, 0, dwt=0), "dwt is not a weight above 0"),
    "weights apart": (lambda rows: changed(rows, _second(rows), dwt=5), "is not the weight of the others"),
    "a partner elsewhere": (lambda rows: changed(rows, 0, idpartner=rows[-1]["idperson"]), "idpartner names somebody of another household"),
    "a partner nowhere": (lambda rows: changed(rows, 0, idpartner=7), "idpartner names nobody in the file"),
    "pay below nothing": (lambda rows: changed(rows, 0, yem=-3), "yem is below nothing"),
    "pay of no month": (lambda rows: changed(rows, 0, yem=9e9), "yem is too large to be true"),
    "no pay": (lambda rows: [{k: v for k, v in each.items() if k != "yem"} for each in rows], "there is no column yem"),
    "age 500": (lambda rows: changed(rows, 0, dag=500), "dag is not an age"),
}  # fmt: skip


@pytest.mark.parametrize("change, words", REFUSED.values(), ids=REFUSED)
def test_a_faulty_file_is_refused(survey: Made, tmp_path: Path, change: Any, words: str) -> None:
    with pytest.raises(Fault) as fault:
        written(change(rows_of(survey)), tmp_path)
    assert words in str(fault.value) and NAME in str(fault.value)


def test_the_year_comes_from_the_name_or_is_asked_for(survey: Made, tmp_path: Path) -> None:
    rows = rows_of(survey)
    with pytest.raises(Fault, match="does not name its year"):
        read_euromod(write_euromod(rows, tmp_path / "input.txt"))
    assert read_euromod(tmp_path / "input.txt", "2022-23").year == "2022-23"
    with pytest.raises(Fault, match="is named for 2022-23, not for 2021-22"):
        read_euromod(write_euromod(rows, tmp_path / NAME), "2021-22")
    with pytest.raises(Fault, match="is a folder"):
        read_euromod(tmp_path)


def test_a_loose_child_belongs_to_the_eldest(tmp_path: Path, survey: Made) -> None:
    rows = rows_of(survey, with_units=False)
    child = next(i for i, row in enumerate(rows) if row["idfather"])
    people = written(changed(rows, child, idfather=0), tmp_path)
    assert np.count_nonzero(people.persons["role"] == 2) == sum(truth["role"] == 2 for truth in survey.persons.values())


def test_other_surveys_can_be_matched_in(survey: Made, tmp_path: Path) -> None:
    path = write_euromod(rows_of(survey), tmp_path / NAME)
    people, beside = read_survey("euromod", path, lambda says, share: None, 1, lcf=write_lcf(donors_of(300), tmp_path / "lcf"))
    assert len(beside) == 0 and len(people.households) == 150
    assert (people.households["spending_food"] != 120.0).mean() > 0.9  # the file's own spending gave way to the donors'
    assert "Living Costs and Food Survey" in people.details["cited_as"] and people.details["matched"][0]["donors"] == 300
