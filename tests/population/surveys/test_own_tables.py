"""A population of one's own: what tables may say, what is worked out, and what is refused in one sentence."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from fairshare import cli
from fairshare import quantities as q
from fairshare.areas import find_area
from fairshare.faults import Fault
from fairshare.population.records import ENTITIES
from fairshare.population.store import load_population
from fairshare.population.surveys.own_tables import read_own_tables, schema_rows, write_templates

ABOUT = "year: 2025-26\nsays: Two households made up for a test.\n"
HOUSEHOLD = """household_id,weight,council,tenure,rent,dwelling_value,bedrooms
b,1500.5,Cardiff,owned_outright,,250000,3
a,1000,E08000035,3,9600.10,180000,2
"""
PERSON = """household_id,benefit_unit_id,age,sex,earnings,hours
a,a1,34,female,22800,37.5
a,a1,31,0,,
a,a1,6,1,0,0
b,b1,81,female,0,0
b,b2,52,male,30000.55,40
"""


def folder(place: Path, **files: str) -> Path:
    for name, text in {"about.yaml": ABOUT, "household.csv": HOUSEHOLD, "person.csv": PERSON, **files}.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def test_tables_become_a_population(tmp_path: Path) -> None:
    read = read_own_tables(folder(tmp_path))
    assert read.year == "2025-26" and read.says == "Two households made up for a test."
    homes, units, people = read.households, read.benefit_units, read.persons
    assert homes["council"].tolist() == [find_area("Leeds").row, find_area("Cardiff").row]
    assert homes["nation"].tolist() == [q.Nation.ENGLAND, q.Nation.WALES]
    assert homes["rent"].tolist() == [9_600.10, 0.0] and homes["weight"].tolist() == [1_000.0, 1_500.5]
    assert homes["main_home_wealth"].tolist() == [0.0, 250_000.0]
    assert people["age"].tolist() == [34, 31, 6, 81, 52]  # the eldest's unit is the householder's and comes first
    assert people["earnings"].tolist() == [22_800.0, 0.0, 0.0, 0.0, 30_000.55]
    assert people["role"].tolist() == [0, 1, 2, 0, 0]
    assert people["activity"].tolist() == [1, 8, 0, 5, 1]
    assert units["couple"].tolist() == [1, 0, 0] and units["householder"].tolist() == [1, 1, 0]
    assert people["wealth_share"].tolist() == [0.5, 0.5, 0.0, 1.0, 0.0]
    assert read.details["councils_known"] is True


def test_parquet_gives_what_csv_gives(tmp_path: Path) -> None:
    import pyarrow.csv as pacsv
    import pyarrow.parquet as pq

    (tmp_path / "csv").mkdir()
    (tmp_path / "parquet").mkdir()
    text = folder(tmp_path / "csv")
    for name in ("household", "person"):
        pq.write_table(pacsv.read_csv(text / f"{name}.csv"), tmp_path / "parquet" / f"{name}.parquet")
    (tmp_path / "parquet" / "about.yaml").write_text(ABOUT)
    one, other = read_own_tables(text), read_own_tables(tmp_path / "parquet")
    assert (one.households == other.households).all() and (one.persons == other.persons).all()


def test_a_region_alone_spreads_households_and_says_so(tmp_path: Path) -> None:
    household = "household_id,weight,region\na,10,london\nb,20,Wales\n"
    read = read_own_tables(folder(tmp_path, **{"household.csv": household}))
    assert read.details["councils_known"] is False and "names no council" in read.says
    assert read.households["region"].tolist() == [q.Region.LONDON, q.Region.WALES]


def test_the_template_holds_every_column_and_is_read(tmp_path: Path) -> None:
    written = write_templates(tmp_path / "mine")
    assert [file.name for file in written] == ["about.yaml", "person.csv", "benefit_unit.csv", "household.csv", "dwelling.csv"]
    listed = {(row["table"], row["column"]) for row in schema_rows()}
    for entity in ENTITIES:
        names = (tmp_path / "mine" / f"{entity}.csv").read_text().strip().split(",")
        assert {(entity, name) for name in names} == {each for each in listed if each[0] == entity}
    with pytest.raises(Fault, match="there is no household in it"):
        read_own_tables(tmp_path / "mine")
    with pytest.raises(Fault, match="is there already"):
        write_templates(tmp_path / "mine")


def test_columns_left_blank_count_as_left_out(tmp_path: Path) -> None:
    household = (
        HOUSEHOLD.replace("bedrooms\n", "bedrooms,main_home_wealth\n").replace("250000,3", "250000,3,").replace("180000,2", "180000,2,")
    )
    read = read_own_tables(folder(tmp_path, **{"household.csv": household}))
    assert read.households["main_home_wealth"].tolist() == [0.0, 250_000.0]


WRONG = {
    "no weight": (
        "household.csv",
        HOUSEHOLD.replace("weight", "wait"),
        'household.csv: the column "wait" is unknown; did you mean "weight"',
    ),
    "a weight of nothing": ("household.csv", HOUSEHOLD.replace("1500.5", "0"), "household.csv: row 1 of the data: weight must be above 0"),
    "a negative rent": ("household.csv", HOUSEHOLD.replace("9600.10", "-1"), "row 2 of the data: rent must be 0 or more"),
    "no such council": ("household.csv", HOUSEHOLD.replace("Cardiff", "Cardif City"), "row 1 of the data: council is no council's name"),
    "no such tenure": (
        "household.csv",
        HOUSEHOLD.replace("owned_outright", "9"),
        "row 1 of the data: tenure must be one of 0 owned_outright",
    ),
    "a key twice": ("household.csv", HOUSEHOLD.replace("\na,", "\nb,"), "row 2 of the data: household_id stands in an earlier row too"),
    "a person of no household": (
        "person.csv",
        PERSON.replace("b,b2", "c,b2"),
        "row 5 of the data: household_id is a key that the household table does not hold",
    ),
    "an empty household": ("person.csv", PERSON[: PERSON.index("b,b1")], "holds no person"),
    "text for pay": ("person.csv", PERSON.replace("22800", "lots"), "person.csv: row 1 of the data: earnings is not a number"),
    "an age in parts": ("person.csv", PERSON.replace(",34,", ",34.5,"), "row 1 of the data: age must be a whole number"),
    "an age beyond life": ("person.csv", PERSON.replace(",81,", ",810,"), "row 4 of the data: age must be 0 to 120"),
    "cut short": ("person.csv", PERSON.strip(), "the file was cut short"),
    "a row too short": ("person.csv", PERSON.replace(",30000.55,40", ""), "line 6 has 4 columns where the names are 6"),
    "wrong about": ("about.yaml", "jear: 2025-26", 'did you mean "year"?'),
    "a year that is none": ("about.yaml", "year: 2025", "the year of the money is not known"),
}


@pytest.mark.parametrize("file, text, words", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_one_sentence(file: str, text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(Fault) as fault:
        read_own_tables(folder(tmp_path, **{file: text}))
    assert words in str(fault.value)


def test_the_command_imports_and_prints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FAIRSHARE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "mine").mkdir()
    monkeypatch.setattr(sys, "argv", ["fairshare", "population", "import", "table", str(folder(tmp_path / "mine"))])
    cli.main()
    out = capsys.readouterr().out
    assert "2 household records" in out and "household.rent: rent" in out
    assert np.isclose(load_population("mine").households["weight"].sum(), 2_500.5)
    monkeypatch.setattr(sys, "argv", ["fairshare", "population", "schema", "--json"])
    cli.main()
    assert json.loads(capsys.readouterr().out)[0]["table"] == "person"


def test_a_faulty_folder_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRSHARE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "mine").mkdir()
    place = folder(tmp_path / "mine", **{"person.csv": PERSON.replace("22800", "x")})
    monkeypatch.setattr(sys, "argv", ["fairshare", "population", "import", "table", str(place)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    assert stopped.value.code == 2
    assert not (tmp_path / "cache").exists()
