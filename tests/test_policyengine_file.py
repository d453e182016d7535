"""PolicyEngine files: their tables become records; what they get wrong is one sentence."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.faults import Fault
from fairshare.population.surveys.assembly import households_of_councils, spread_over_councils
from fairshare.population.surveys.policyengine import read_policyengine

pytestmark = pytest.mark.filterwarnings("ignore")  # the writing library's advice about how this test writes its files
pytest.importorskip("tables", reason="HDF5 files need the package tables (pip install 'fairshare[surveys]')")

SHARED = Path(os.environ.get("FAIRSHARE_SHARED", Path(__file__).parents[2] / "shared"))
PUBLIC_FILE = SHARED / "microdata" / "policybench_transfer_2025.h5"


def tables() -> dict[str, pd.DataFrame]:
    """Two households: a couple with a baby in Leeds' region and a mother with a grown-up son in Wales, rows out of order."""
    person = pd.DataFrame(
        {
            "person_id": [11, 12, 13, 21, 22],
            "person_benunit_id": [1, 1, 1, 2, 2],
            "person_household_id": [1, 1, 1, 2, 2],
            "age": [1, 30, 33, 52, 81],
            "gender": ["FEMALE", "FEMALE", "MALE", "MALE", "FEMALE"],
            "employment_income_before_lsr": [0.0, 20_000.0, 31_000.0, 0.0, 0.0],
            "hours_worked": [0.0, 1_040.0, 1_950.0, 0.0, 0.0],
            "state_pension_reported": [0.0, 0.0, 0.0, 0.0, 9_000.0],
            "is_disabled_for_benefits": [False, False, False, True, False],
            "pip_dl_category": [b"NONE", b"NONE", b"NONE", b"ENHANCED", b"NONE"],
            "something_new": [1, 2, 3, 4, 5],
        }
    )
    benunit = pd.DataFrame({"benunit_id": [2, 1], "would_claim_uc": [False, True]})
    household = pd.DataFrame(
        {
            "household_id": [2, 1],
            "household_weight": [1_000.0, 3_000.0],
            "region": ["WALES", "YORKSHIRE"],
            "tenure_type": ["OWNED_OUTRIGHT", "RENT_PRIVATELY"],
            "rent": [0.0, 7_800.0],
            "council_tax": [1_400.0, 1_600.0],
            "council_tax_band": ["C", "B"],
            "savings": [20_000.0, 500.0],
            "corporate_wealth": [5_000.0, 0.0],
            "main_residence_value": [150_000.0, 0.0],
        }
    )
    return {"person": person, "benunit": benunit, "household": household}


def written(folder: Path, frames: dict[str, pd.DataFrame], year: str = "2025") -> Path:
    """The tables as a file of the kind PolicyEngine publishes."""
    path = folder / "tiny.h5"
    with pd.HDFStore(path, mode="w") as store:
        for name, frame in frames.items():
            store.put(name, frame)
        store.put("time_period", pd.Series([year]))
    return path


def test_a_file_becomes_a_population(tmp_path: Path) -> None:
    read = read_policyengine(written(tmp_path, tables()))
    assert read.year == "2025-26" and read.kind == "survey"
    homes, units, people = read.households, read.benefit_units, read.persons
    assert homes["region"].tolist() == [q.Region.YORKSHIRE_AND_THE_HUMBER, q.Region.WALES]  # sorted by council code: E before W
    assert homes["weight"].tolist() == [3_000.0, 1_000.0]
    assert people["age"].tolist() == [33, 30, 1, 81, 52]
    claimant, partner, dependant = q.Role.CLAIMANT, q.Role.PARTNER, q.Role.DEPENDANT
    assert people["role"].tolist() == [claimant, partner, dependant, claimant, dependant]  # the son is no partner
    assert people["earnings"].tolist() == [31_000.0, 20_000.0, 0.0, 0.0, 0.0]
    assert people["hours"].tolist() == [37.5, 20.0, 0.0, 0.0, 0.0]
    assert people["pip_daily_living"][4] == q.DailyLiving.ENHANCED
    assert units["capital"].tolist() == [500.0, 25_000.0]
    assert units["couple"].tolist() == [1, 0] and units["married"].tolist() == [1, 0]
    assert homes["council_tax_bill"].tolist() == [1_600.0, 1_400.0]
    assert homes["main_home_wealth"].tolist() == [0.0, 150_000.0]


def test_take_up_follows_the_file_where_it_speaks(tmp_path: Path) -> None:
    units = read_policyengine(written(tmp_path, tables())).benefit_units
    assert units["draw_universal_credit"][0] == 0.0  # claims at any take-up share
    assert 0.999 < units["draw_universal_credit"][1] < 1.0  # claims only where everyone does


def test_what_was_found_derived_and_missing_is_told(tmp_path: Path) -> None:
    details = read_policyengine(written(tmp_path, tables())).details
    assert details["found"]["person.earnings"] == "employment_income_before_lsr"
    assert "household.council" in details["derived"]
    assert "person.dividends" in details["zero"]
    assert details["left_aside"] == ["person.something_new"]
    assert details["councils_known"] is False


def test_a_file_of_licensed_records_is_known_by_what_people_reported(tmp_path: Path) -> None:
    frames = tables()
    assert "licensed" not in read_policyengine(written(tmp_path, frames)).details
    frames["person"]["universal_credit_reported"] = 0.0
    held = read_policyengine(written(tmp_path, frames))
    assert held.details["licensed"] is True and "Family Resources Survey" in held.says and held.details["citation"] in held.says


def test_years_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "years.h5"
    with pd.HDFStore(path, mode="w") as store:
        for name, frame in tables().items():
            store.put(f"{name}/2026", frame)
    assert read_policyengine(path).year == "2026-27"


def test_councils_are_of_the_region_and_follow_its_households() -> None:
    count = 20_000
    regions = np.full(count, int(q.Region.NORTH_EAST))
    rows = spread_over_councils(regions, np.ones(count), seed=0)
    own = [area for area in areas() if area.region == q.Region.NORTH_EAST]
    assert set(rows) == {area.row for area in own}
    total = sum(households_of_councils()[area.code] for area in own)
    for area in own:
        assert (rows == area.row).mean() == pytest.approx(households_of_councils()[area.code] / total, abs=2 / count)
    assert (rows == spread_over_councils(regions, np.ones(count), seed=0)).all()
    assert (rows != spread_over_councils(regions, np.ones(count), seed=1)).any()


def change(entity: str, column: str, row: int, value: Any) -> dict[str, pd.DataFrame]:
    frames = tables()
    if isinstance(value, float):
        frames[entity][column] = frames[entity][column].astype(float)
    frames[entity].loc[row, column] = value
    return frames


FAULTS = {
    "a person in no household": (change("person", "person_household_id", 2, 9), "person 13 is in household 9, which is not in the file"),
    "a person in no unit": (change("person", "person_benunit_id", 0, 7), "person 11 is in benefit unit 7, which is not in the file"),
    "a unit in two households": (change("person", "person_household_id", 0, 2), "benefit unit 1 lies in two households"),
    "not a number": (change("person", "state_pension_reported", 4, float("nan")), "person row 5: state_pension_reported is not a number"),
    "no age": (change("person", "age", 1, float("nan")), "person row 2: age is not a number"),
    "one key twice": (change("household", "household_id", 1, 2), "household_id 2 stands in 2 rows of household"),
    "a weight below nothing": (change("household", "household_weight", 0, -5.0), "household row 1: household_weight is below 0"),
    "an unknown region": (change("household", "region", 1, "YORKSHRE"), 'region is "YORKSHRE".*did you mean "YORKSHIRE"'),
    "an age too high": (change("person", "age", 3, 250), "age is 250, but must be between 0 and 120"),
}


@pytest.mark.parametrize("frames, says", FAULTS.values(), ids=FAULTS)
def test_faults_are_one_sentence(tmp_path: Path, frames: dict[str, pd.DataFrame], says: str) -> None:
    with pytest.raises(Fault, match=says) as fault:
        read_policyengine(written(tmp_path, frames))
    assert "\n" not in str(fault.value) and str(fault.value).rstrip()[-1] in ".?"


@pytest.mark.parametrize("entity, column", [("person", "age"), ("household", "household_weight"), ("benunit", "benunit_id")])
def test_a_missing_column_is_named(tmp_path: Path, entity: str, column: str) -> None:
    frames = tables()
    frames[entity] = frames[entity].drop(columns=column)
    with pytest.raises(Fault, match=f"the table {entity} has no column {column}"):
        read_policyengine(written(tmp_path, frames))


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"There is no file .*nowhere\.h5"):
        read_policyengine(tmp_path / "nowhere.h5")
    with pytest.raises(Fault, match="is a folder"):
        read_policyengine(tmp_path)
    text = tmp_path / "text.h5"
    text.write_text("not HDF5 at all")
    with pytest.raises(Fault, match="is not an HDF5 file"):
        read_policyengine(text)
    older = tmp_path / "older.h5"
    pd.DataFrame({"age": [1]}).to_hdf(older, key="age/2025")
    with pytest.raises(Fault, match="has no tables person, benunit and household"):
        read_policyengine(older)
    whole = written(tmp_path, tables()).read_bytes()
    half = tmp_path / "half.h5"
    half.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Fault, match=r"cannot be read as HDF5|is not an HDF5 file"):
        read_policyengine(half)


@pytest.mark.skipif(not PUBLIC_FILE.exists(), reason=f"{PUBLIC_FILE} is not here (set FAIRSHARE_SHARED to the folder that holds microdata)")
def test_the_public_thousand_households() -> None:
    read = read_policyengine(PUBLIC_FILE)
    assert (len(read.households), len(read.benefit_units), len(read.persons)) == (1_000, 1_000, 2_050)
    assert read.households["weight"].sum() == pytest.approx(30_414_518, abs=1)
    assert read.year == "2025-26"
    assert read.id == read_policyengine(PUBLIC_FILE).id
