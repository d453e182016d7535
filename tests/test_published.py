"""Published results beside ours: every case is well made, figures are what they say, and a wrong file is refused."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from building import home, person, town, unit
from fairshare.faults import Fault
from fairshare.population.records import Population
from fairshare.quantities import Band
from fairshare.reading import read
from fairshare.run import work
from fairshare.scenario import read_scenario

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import published  # noqa: E402

HEADER = "id,policy,reform_parameters,measure,value,unit,year,source,notes\n"
CASES = read(published.CASES).data


def some() -> Population:
    """A nurse and a cleaner in Leeds, and one person with £14 million in York."""
    return town(
        home(unit(person(40, earnings=40_000)), council="Leeds", weight=1_000.0, council_tax_band=Band.D, dwelling_value=300_000),
        home(unit(person(50, earnings=11_000)), council="Leeds", weight=500.0, council_tax_band=Band.A, dwelling_value=120_000),
        home(unit(person(60, wealth_share=1.0)), council="York", weight=10.0, financial_wealth=14e6, council_tax_band=Band.H),
    )


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "results.csv"
    rows = [
        "RR0221,PA,plus 100,revenue,-20,GBP m,2026-27,HMRC,",
        "WT0005,wealth,10m,people,22000,people,2020,WTC,",
        "XX0001,other,,x,1,x,2020,x,",
    ]
    file.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("name", CASES)
def test_each_case_is_well_made(name: str) -> None:
    case = CASES[name]
    published._scenario(name, case, read(published.CASES))
    assert case["rows"]
    for row in case["rows"].values():
        assert row["measure"].split()[0] in published.MEASURES
        assert row.get("year", case["year"]) >= case["year"]  # its law is in force
        assert set(row) <= {"measure", "times", "year", "note", "not_like"} and not {"note", "not_like"} <= set(row)
    assert set(case) <= {"year", "scenario", "law", "rows", "wealth_of"}


def test_no_row_stands_twice() -> None:
    ids = [id for case in CASES.values() for id in case["rows"]]
    assert len(ids) == len(set(ids)) >= 80


def test_rows_are_worked_in_their_own_unit_and_sign(table: Path) -> None:
    """£100 more allowance saves the nurse alone £20 of tax, £0.02 million for 1,000 such; fewer than 10 held £10 million in 2020."""
    found = {row.id: row for row in published.compare(table, some())}
    assert set(found) == {"RR0221", "WT0005"}
    assert found["RR0221"].ours == pytest.approx(-0.02)
    assert found["RR0221"].same_sign and not found["RR0221"].near
    assert 9 < found["WT0005"].ours < 10  # fewer adults then


def test_measures_by_hand() -> None:
    """Nurse and cleaner pay a proportional tax of 0.57%: of £300,000 £1,710, with a quarter off £1,282.50."""
    run = work(read_scenario("council_tax/proportional_property_tax"), some(), "2026-27")
    nurse = 1_282.50 - 0.75 * 2_283.73
    cleaner = 0.75 * (0.0057 * 120_000 - 2_283.73 * 6 / 9)
    before = 1_000 * 0.75 * 2_283.73 + 500 * 0.75 * 2_283.73 * 6 / 9
    assert published.bill_change(run, "Leeds").value == pytest.approx((1_000 * nurse + 500 * cleaner) / before, rel=1e-6)
    assert published.bills_fall(run, "200 England").value == 1_510  # the home in York has no value recorded
    assert published.bills_rise(run, "200 England").value == 0
    assert published.gaining_any_pct(run, "Leeds").value == pytest.approx(100)


def test_the_page_and_the_document(table: Path) -> None:
    people = some()
    rows = published.compare(table, people)
    page = published.as_markdown(rows, people)
    assert "not edited by hand" in page and "| RR0221 | HMRC |" in page
    assert json.loads(json.dumps(published.as_data(rows, people)))["summary"]["rows"] == 2


def test_a_wrong_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="There is no file"):
        published.published(tmp_path / "none.csv")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Fault, match="has no column id"):
        published.published(tmp_path / "other.csv")
    made = subprocess.run([sys.executable, BENCHMARKS / "published.py", tmp_path / "none.csv"], capture_output=True, text=True, check=False)
    assert made.returncode != 0 and "Traceback" not in made.stderr


def test_wealth_may_be_that_of_the_year_of_the_published_figure() -> None:
    """Savings follow prices: £14 million of 2026-27 was less in 2020-21 by the index of prices, and there were fewer adults."""
    people = some()
    moved = published.with_wealth_of(people, "2020-21")
    rise = published.factor("cpi", "2020-21", "2026-27")
    assert rise > 1.2
    assert moved.households["financial_wealth"][-1] * rise == pytest.approx(people.households["financial_wealth"][-1])
    assert moved.households["weight"].sum() < people.households["weight"].sum()
    assert moved.id != people.id


@pytest.mark.parametrize("ours, near", [(9.0, False), (9.4, True), (15.0, True), (21.8, True), (22.0, False)])
def test_a_rounded_figure_may_mean_any_that_rounds_to_it(ours: float, near: bool) -> None:
    """£15m to the nearest £5m is 12.5 to 17.5: near from three quarters of 12.5 to five quarters of 17.5."""
    row = published.Row("R", "c", "p", "s", "m", "GBP m", "2026-27", "2026-27", 15.0, ours, None, None, True, "", "")
    row = row._replace(source="HMRC, Direct effects of illustrative tax changes, June 2025 edition")
    assert row.near is near
