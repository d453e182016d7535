"""The comparison with the peer model: how it counts, the formulas of the legal differences, and what it must show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from fairshare import quantities as q
from fairshare.faults import Fault
from fairshare.law import Law

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("FAIRSHARE_SHARED", ROOT.parent / "shared"))
FOLDER = SHARED / "parity"
if str(ROOT / "benchmarks") not in sys.path:
    sys.path.insert(0, str(ROOT / "benchmarks"))

import legal_differences as legal  # noqa: E402
import parity  # noqa: E402
from peer_households import SETS, read_peer  # noqa: E402

here = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"{FOLDER} is not here (set FAIRSHARE_SHARED to the folder that holds parity)")

EXPLAINED = {
    "income_tax": 0.99,
    "national_insurance": 0.99,
    "child_benefit": 0.99,
    "CB_HITC": 0.99,
    "student_loan_repayments": 0.99,
    "capital_gains_tax": 0.99,
    "universal_credit": 0.98,
    "uc_standard_allowance": 0.98,
    "uc_child_element": 0.98,
    "uc_disability_elements": 0.98,
    "uc_LCWRA_element": 0.98,
    "uc_carer_element": 0.98,
    "uc_childcare_element": 0.98,
    "uc_housing_costs_element": 0.98,
    "benefit_cap_reduction": 0.98,
    "pension_credit": 0.98,
    "winter_fuel_allowance": 0.98,
    "pawhp": 0.98,
    "scottish_child_payment": 0.98,
    "carers_benefits": 0.98,
    "pip": 0.98,
    "housing_benefit": 0.97,
    "council_tax_benefit": 0.97,
    "hbai_household_net_income": 0.97,
    **{f"change_of_net_income.{reform}": 0.97 for reform in parity.REFORMS},
}
"""At least this share of records agrees or differs by law."""


class OneSet:
    """What counting asks of the two sides: a year, and a set with a name."""

    year = "2025-26"

    class peer:  # noqa: N801
        name = "cases"


def counted(ours: list[float], peer: list[float], predicted: list[float]) -> parity.Compared:
    sizes = {"a_difference": np.array(predicted)}
    return parity.compared("x", "person", (), OneSet(), np.array(ours), np.array(peer), np.ones(len(ours), bool), sizes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "ours, peer, predicted, where",
    [
        (100.0, 100.9, 0.0, "agree"),
        (100.0, 101.1, 0.0, "unexplained"),
        (100_000.0, 100_009.0, 0.0, "agree"),  # 0.01% of 100,009 is 10
        (100.0, 350.0, -250.5, "legal_difference"),
        (100.0, 350.0, -252.0, "unexplained"),  # the prediction misses by more than a pound
        (100.0, 350.0, 0.0, "unexplained"),
        (100.0, 100.0, -250.0, "agree"),
    ],
)
def test_a_record_agrees_differs_by_law_or_is_unexplained(ours: float, peer: float, predicted: float, where: str) -> None:
    row = counted([ours], [peer], [predicted]).row()
    assert {name: row[name] for name in ("agree", "legal_difference", "unexplained")} == {
        "agree": 0,
        "legal_difference": 0,
        "unexplained": 0,
        where: 1,
    }


def test_records_that_are_zero_on_both_sides_do_not_count() -> None:
    assert counted([0.0, 5.0], [0.0, 5.0], [0.0, 0.0]).row()["records"] == 1


def tax(
    law: Law, main: float, savings: float = 0.0, dividends: float = 0.0, *, order: bool = False, nation: int = q.Nation.ENGLAND
) -> float:
    income = legal.Income(main, 0.0, savings, dividends, 0.0)
    return legal.taxed(income, 0.0, 0.0, 0.0, nation, legal.Ways(order=order), law.values["income_tax"]).tax


def test_the_formulas_of_the_differences_by_hand(law_2025: Law) -> None:
    """60,000 of pay: 37,700 at 20% and 9,730 at 40%; in Scotland 13,213.80, as the tests of the engine have it."""
    assert tax(law_2025, 60_000) == pytest.approx(11_432.00)
    assert tax(law_2025, 60_000, nation=q.Nation.SCOTLAND) == pytest.approx(13_213.80)


def test_allowances_go_where_they_save_most(law_2025: Law) -> None:
    """Pay 10,000, interest 6,000, dividends 6,000: the 2,570 of allowance left takes dividends, 2,930 of which are taxed at 8.75%.

    Taken from savings first, 5,500 of dividends are taxed.
    """
    assert tax(law_2025, 10_000, 6_000, 6_000) == pytest.approx(256.375)
    assert tax(law_2025, 10_000, 6_000, 6_000, order=True) == pytest.approx(481.25)


def test_every_difference_says_its_law() -> None:
    names = [each.name for each in legal.ALL]
    assert len(set(names)) == len(names)
    assert all(each.section and each.says.endswith(".") for each in legal.ALL)


def test_a_folder_without_the_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match=r"There is no file .*cases_person_inputs"):
        read_peer(tmp_path, "cases")
    run = subprocess.run([sys.executable, ROOT / "benchmarks" / "parity.py", tmp_path], capture_output=True, text=True, check=False)
    assert run.returncode == 2 and run.stdout == "" and "Traceback" not in run.stderr


@pytest.fixture(scope="module")
def rows() -> list[parity.Compared]:
    return [row for name in SETS for year in parity.YEARS for row in parity.compare(read_peer(FOLDER, name), year)]


@here
def test_the_records_are_the_peers_own(rows: list[parity.Compared]) -> None:
    """The inputs are given alike: council tax, capital, couples and whom each side counts as a child."""
    for name in SETS:
        peer = read_peer(FOLDER, name)
        outputs = peer.outputs["2025-26"]["benunit"]
        assert (peer.population.benefit_units["couple"] == outputs["is_couple"]).all()
        working_age = outputs["is_pension_credit_eligible"].to_numpy() == 0
        claims = outputs["is_uc_eligible"].to_numpy() == 1
        gap = np.abs(peer.population.benefit_units["capital"] - outputs["uc_assessable_capital"])
        assert (gap[working_age & claims] < 1.0).all()
    by_name = {(each.name, each.set, each.year): each for each in rows}
    for name in SETS:
        assert not by_name["child_benefit", name, "2025-26"].unexplained.any()


@here
@pytest.mark.parametrize("name", EXPLAINED)
def test_agree_or_differ_by_law(rows: list[parity.Compared], name: str) -> None:
    mine = [each.row() for each in rows if each.name == name]
    records = sum(row["records"] for row in mine)
    assert records > 0
    assert sum(row["agree"] + row["legal_difference"] for row in mine) / records >= EXPLAINED[name]


@here
def test_little_is_left_unexplained_and_little_is_left_to_law(rows: list[parity.Compared]) -> None:
    table = parity.summary(rows)
    assert table["unexplained"].sum() / table["records"].sum() < 0.001
    over = table.index[table["by_law"] > parity.MOST_BY_LAW].tolist()
    assert over == []


@here
def test_the_page_shows_what_the_comparison_gives(rows: list[parity.Compared]) -> None:
    """docs/validation.md holds the tables as `--markdown docs/validation.md` writes them: names and differences at least."""
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    for name in parity.summary(rows).index:
        assert f"| `{name}` |" in page
    for each in legal.ALL:
        assert f"| `{each.name}` | {each.section} |" in page


@here
def test_unexplained_records_are_shown_with_both_workings(rows: list[parity.Compared]) -> None:
    peers = {name: read_peer(FOLDER, name) for name in SETS}
    text = parity.explain(peers, rows, "income_tax_pre_charges", also_by_law=True)
    assert "ours, income_tax:" in text and "peer:" in text and "by law: marriage_allowance" in text
    with pytest.raises(Fault, match="There is no variable"):
        parity.explain(peers, rows, "income_taxes", also_by_law=False)
