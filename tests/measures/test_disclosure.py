"""A licensed survey: nothing that is shown, and nothing that can be worked out from what is shown, rests on too few records.

Every scenario of the catalogue is worked over a licensed population, and every table is attacked: each shown cell is a set of records
with a known total, and a set of fewer than ten records whose indicator is a linear combination of those of shown cells could be worked
out by taking shown figures from one another. None may be.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fairshare.areas import areas
from fairshare.faults import Fault
from fairshare.measures import disclosure, distribution, poverty
from fairshare.measures.households import Households
from fairshare.measures.outcomes import GROUPS, HELD_LINES, outcomes
from fairshare.measures.tables import Measures, measures
from fairshare.population.disclosure import COUNCIL_MINIMUM, MINIMUM, hidden_groups, put_together
from fairshare.population.records import Population
from fairshare.population.synthetic import made
from fairshare.population.uprating import uprate
from fairshare.run import Run, work
from fairshare.scenario import catalogue, read_scenario

YEAR = "2026-27"
CITED = "Made-up Survey, 2025-26, held under a licence."
HOUSEHOLDS = 9_000


@pytest.fixture(scope="module")
def people() -> Population:
    """9,000 households with about 25 in a council, as a survey under a licence that names councils."""
    base = made(HOUSEHOLDS, seed=3)
    details = {"licensed": True, "councils_known": True, "citation": CITED, "cited_as": CITED}
    return uprate(replace(base, kind="survey", name="licensed", says=f"A survey. {CITED}", details=details), YEAR)


# ---- the attack ------------------------------------------------------------------------------------------------------


def partitions(homes: Households) -> dict[str, np.ndarray]:
    """Tables whose rows part all households, and the group of each: worked here apart from what holds rows back."""
    return {
        "by_income_tenth": homes.income_groups(homes.groups), "by_wealth_tenth": homes.wealth_groups(homes.groups),
        "by_region": homes.of_household("region"), "by_tenure": homes.of_household("tenure"), "by_family_type": homes.family_type,
    }  # fmt: skip


class Cell:
    """A row of a table: the records in it, and whether its mean change is shown."""

    def __init__(self, table: str, name: str, records: np.ndarray, shown: bool) -> None:
        self.table, self.name, self.records, self.shown = table, name, records, shown


def cells(made_: Measures) -> list[Cell]:
    homes, out = made_.homes, []
    out.append(Cell("headline", "everyone", np.ones(len(homes), bool), True))
    for table, group in partitions(homes).items():
        rows = made_.tables.get(table) or []
        held = np.unique(group)
        assert not rows or len(rows) == len(held), table
        out += [Cell(table, str(each), group == each, bool(row["shown"])) for each, row in zip(held, rows)]
    place = {area.code: area.row for area in areas()}
    for row in made_.tables.get("by_council") or []:
        here = homes.of_household("council") == place[row["code"]]
        if here.any():
            out.append(Cell("by_council", row["code"], here, bool(row["shown"])))
    return out


def worked_out(shown: list[np.ndarray], wanted: list[np.ndarray]) -> np.ndarray:
    """(wanted,) whether each set of records is a linear combination of the shown ones. Records of one pattern are one."""
    patterns, place = np.unique(np.array(shown, np.int8), axis=1, return_inverse=True)
    place = place.ravel()
    inside = np.array([np.bincount(place, each, patterns.shape[1]) for each in wanted])
    whole = np.bincount(place, minlength=patterns.shape[1])
    clean = ((inside == 0) | (inside == whole)).all(axis=1)  # a set that cuts through a pattern cannot be worked out
    targets = (inside > 0).astype(float)
    basis = np.linalg.svd(patterns.astype(float), full_matrices=False)
    rows = basis.Vh[1e-9 * basis.S[0] < basis.S]
    left = targets - (targets @ rows.T) @ rows
    return np.asarray(clean & (np.abs(left).max(axis=1) < 1e-6))


def small_sets(found: list[Cell]) -> list[np.ndarray]:
    """Sets of 1 to 9 records (29 for councils) that somebody could be after: cells held back, and where cells of two tables meet."""
    held_back = [each for each in found if not each.shown]
    out = [each.records for each in held_back if each.records.sum() < (COUNCIL_MINIMUM if each.table == "by_council" else MINIMUM)]
    large = [each for each in found if each.table not in ("headline", "by_council")]
    for i, one in enumerate(large):
        for other in large[i + 1 :]:
            meet = one.records & other.records
            if one.table != other.table and 0 < meet.sum() < MINIMUM:
                out.append(meet)
    return out


def attacked(made_: Measures) -> Iterator[str]:
    """What of a run's tables gives too much away, in words: nothing, if all is well."""
    homes, found = made_.homes, cells(made_)
    moves = homes.change != 0.0
    for cell in found:
        least = COUNCIL_MINIMUM if cell.table == "by_council" else MINIMUM
        if cell.shown and cell.records.sum() < least:
            yield f"{cell.table} {cell.name} is shown and rests on {cell.records.sum()} records"
        if cell.shown and 0 < (cell.records & moves).sum() < MINIMUM:
            yield f"{cell.table} {cell.name} is shown, and the change in it is that of {(cell.records & moves).sum()} records"
    shown = [cell for cell in found if cell.shown]
    small = small_sets(found)
    if small:
        for broken in np.flatnonzero(worked_out([cell.records for cell in shown], small)):
            yield f"a set of {small[broken].sum()} records can be worked out"
    yield from _moving_sets(found, moves)
    yield from _shares(made_, found)
    yield from _bands(made_)
    yield from _below_lines(made_)


def _moving_sets(found: list[Cell], moves: np.ndarray) -> Iterator[str]:
    """What is left of a table, or of a region's councils, when the shown rows are taken off: nobody who moves, or ten and more."""
    regions = [cell for cell in found if cell.table == "by_region" and cell.shown] or found[:1]
    for table in {cell.table for cell in found} - {"headline"}:
        rows = [cell for cell in found if cell.table == table]
        for whole in [found[0], *(regions if table == "by_council" else [])]:
            inside = [cell for cell in rows if not (cell.records & ~whole.records).any()]
            left = whole.records & ~np.any([cell.records for cell in inside if cell.shown] or [np.zeros(len(moves), bool)], axis=0)
            if 0 < left.sum() < MINIMUM or 0 < (left & moves).sum() < MINIMUM:
                yield f"{table}: what is left of {whole.table} {whole.name} is {left.sum()} records, of whom {(left & moves).sum()} move"


def _shares(made_: Measures, found: list[Cell]) -> Iterator[str]:
    """Shares of those who gain, lose or see no change: none of fewer than ten records, nor left over for a single row."""
    homes = made_.homes
    kinds = {"gain_pct": distribution.gains(homes.change), "lose_pct": distribution.loses(homes.change)}
    kinds["same_pct"] = ~kinds["gain_pct"] & ~kinds["lose_pct"]
    for table in partitions(homes):
        rows = [cell for cell in found if cell.table == table]
        for cell, row in zip(rows, made_.tables.get(table) or []):
            for name, who in kinds.items():
                if row.get(name) is not None and cell.shown and 0 < (cell.records & who).sum() < MINIMUM:
                    yield f"{table} {cell.name}: {name} is of {(cell.records & who).sum()} records"
        bare = [cell for cell, row in zip(rows, made_.tables.get(table) or []) if row.get("gain_pct") is None]
        for name, who in kinds.items():
            count = sum(int((cell.records & who).sum()) for cell in bare)
            if len(bare) == 1 and 0 < count < MINIMUM:
                yield f"{table}: {name} of {bare[0].name} alone is missing, and rests on {count} records"


def _bands(made_: Measures) -> Iterator[str]:
    counts = distribution.by_size(made_.homes.change, np.ones(len(made_.homes))).astype(int)
    hidden = 0
    for row, count in zip(made_.tables["gainers_losers"], counts, strict=True):
        if row.get("shown", True) and 0 < count < MINIMUM:
            yield f"gainers_losers: a band of {count} records is shown"
        hidden += 0 if row.get("shown", True) else count
    if 0 < hidden < MINIMUM:
        yield f"gainers_losers: what is held back is {hidden} records"


def _below_lines(made_: Measures) -> Iterator[str]:
    """Rows of poverty: how many records are below the line today, and how many cross it."""
    homes = made_.homes
    for row in made_.tables["poverty"]:
        after_costs = row["housing_costs"] == "after"
        old = homes.after_costs_before if after_costs else homes.equivalised_before
        line = (homes.line_after_costs if after_costs else homes.line) / poverty.RELATIVE
        part = next((each for each in (poverty.VERY_DEEP, poverty.DEEP) if f"{100 * each:.0f}%" in row["measure"]), poverty.RELATIVE)
        below = (old < line * part) & (homes.people_by_household[row["group"]] > 0)
        if row["before_pct"] is not None and 0 < below.sum() < MINIMUM:
            yield f"poverty: {row['measure']} {row['group']} rests on {below.sum()} records"


# ---- every scenario --------------------------------------------------------------------------------------------------


def worked(name: str, people: Population) -> Run:
    scenario = read_scenario(name)
    year = max(YEAR, scenario.from_year)
    return work(scenario, people if year == YEAR else uprate(people, year), year)


@pytest.mark.parametrize("name", catalogue())
def test_no_small_cell_of_any_scenario_can_be_worked_out(name: str, people: Population) -> None:
    try:
        found = measures(worked(name, people))
    except Fault as fault:  # a scenario that moves too few records is refused whole
        assert "fewer than 10 records of the survey" in str(fault)
        return
    assert list(attacked(found)) == []


@pytest.mark.parametrize("name", ["income_tax/basic_rate_plus_one_penny", "council_tax/proportional_property_tax"])
def test_no_small_cell_of_a_council_can_be_worked_out(name: str, people: Population) -> None:
    run, tried = worked(name, people), 0
    records = np.bincount(people.households["council"], minlength=len(areas()))
    for area in areas():
        if area.row in np.argsort(-records)[:4] or records[area.row] in (COUNCIL_MINIMUM, COUNCIL_MINIMUM + 1):
            tried += 1
            found = measures(run, area)
            assert list(attacked(found)) == [], area.name
        elif 0 < records[area.row] < COUNCIL_MINIMUM and area.row % 40 == 0:
            with pytest.raises(Fault, match=r"so nothing can be shown of it"):
                measures(run, area)
    assert tried >= 4


def test_the_attack_finds_what_is_left_open(people: Population) -> None:
    """Without disclosure control the same attack succeeds: the test can fail."""
    open_ = replace(people, details={**people.details, "licensed": False})
    found = measures(worked("packages/wealth_tax_three_uses", open_))
    assert list(attacked(found))


def test_a_set_that_two_totals_give_away_is_found() -> None:
    everyone, most = np.ones(50, bool), np.arange(50) >= 4
    few, other = ~most, np.arange(50) % 2 == 0
    assert worked_out([everyone, most], [few, other]).tolist() == [True, False]
    assert worked_out([everyone], [few]).tolist() == [False]


# ---- the pieces ------------------------------------------------------------------------------------------------------


def test_small_groups_go_with_enough_others() -> None:
    records, moved = np.array([100, 4, 60, 12, 80]), np.array([50, 4, 30, 12, 40])
    assert hidden_groups(records, moved).tolist() == [False, True, False, True, False]
    assert not hidden_groups(np.array([50, 60]), np.array([20, 0])).any()
    assert hidden_groups(np.array([50, 60, 70]), np.array([5, 30, 20])).tolist() == [True, True, False]


def test_items_of_few_records_are_told_as_one() -> None:
    masks = [np.arange(100) < 3, np.arange(100) < 40, np.arange(100) < 90]
    assert put_together(masks) == {0, 1}
    assert put_together(masks[1:]) == set()


# ---- what leaves the machine -----------------------------------------------------------------------------------------


def test_every_output_cites_the_survey_and_holds_no_record(people: Population, tmp_path: Path) -> None:
    from fairshare.report.document import as_json
    from fairshare.report.page import write_files
    from fairshare.report.text import as_text

    run = worked("income_tax/basic_rate_plus_one_penny", people)
    files = write_files(run, tmp_path)
    assert CITED in " ".join(as_text(run).split()) and CITED in json.dumps(as_json(run), ensure_ascii=False)
    for file in files:
        if file.suffix in (".csv", ".html", ".json", ".svg"):
            text = file.read_text(encoding="utf-8")
            words = " ".join(re.sub(r"<[^>]*>", " ", text).split()) if file.suffix != ".csv" else text
            assert CITED.rstrip(".") in words, file.name
        if file.suffix == ".csv":
            lines = [line for line in csv.reader(io.StringIO(text)) if line and not line[0].startswith("#")]
            assert len(lines) < len(areas()) + 20, file.name  # no row for each household


def test_a_table_nobody_has_thought_of_is_left_out(people: Population) -> None:
    homes = Households(worked("income_tax/basic_rate_plus_one_penny", people))
    assert list(disclosure.protected(homes, {"by_shoe_size": [{"shoe": 12, "shown": True}], "inequality": [{}]}, [])) == ["inequality"]


def test_outcomes_hold_back_what_the_table_of_poverty_does(people: Population) -> None:
    run = worked("income_tax/basic_rate_plus_one_penny", people)
    held = {
        (row["measure"], row["group"])
        for row in measures(run).tables["poverty"]
        if row["housing_costs"] == "after" and row["change_people"] is None
    }
    told = {each.id for each in outcomes(run)}
    lines = {(measure, group): f"{name}_{who}" for measure, (name, _) in HELD_LINES.items() for group, who in GROUPS.items()}
    assert held & set(lines) and told >= {"hours_of_care"}
    for row, id in lines.items():
        assert (id in told) == (row not in held), row


def test_tenths_of_a_small_survey_are_refused(people: Population) -> None:
    few = replace(people, households=people.households[:200])
    with pytest.raises(Fault, match="fewer than 300 records"):
        disclosure.refuse_small(few)
    disclosure.refuse_small(people)


def test_ids_and_links_hold_no_value_of_the_survey(people: Population) -> None:
    """A result's id is a digest: it changes with the records and gives none of them back."""
    run = worked("income_tax/basic_rate_plus_one_penny", people)
    assert run.id.isalnum() and len(run.id) < 40
