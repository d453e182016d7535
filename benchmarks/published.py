"""Published results beside our own: `python benchmarks/published.py FILE [--json | --markdown] [--households N] [--seed S]`.

FILE is a table of published results (id, policy, reform_parameters, measure, value, unit, year, source, notes). Which of its rows a
scenario can express, and how, stands in published.yaml. A row is like for like unless it says `not_like`. The range is seed noise: what
another draw of the same population would give. Nothing in the model is moved towards a row.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fairshare import __version__
from fairshare.areas import find_area
from fairshare.faults import Fault
from fairshare.measures.households import Households
from fairshare.measures.uncertainty import TWO_SIDED_95, standard_error_of_share, standard_error_of_total
from fairshare.population.records import Population, population
from fairshare.population.store import default_population
from fairshare.population.uprating import HOUSEHOLD_KINDS, factor, uprate
from fairshare.quantities import NATION_NAMES, PERCENT, REGION_NAMES
from fairshare.reading import Document, parse, read
from fairshare.rules import INSTRUMENTS
from fairshare.run import Run, work
from fairshare.scenario import Scenario, read_scenario, scenario_from, value_at

CASES = Path(__file__).parent / "published.yaml"
NEAR = 0.25
"""A row is near when ours lies within this part of the published figure."""
PRINTED_TO = {"HMRC, Direct effects of illustrative tax changes": 5.0, "Green Budget 2025, IFS": 0.1}
"""Tables whose figures are rounded so far that it shows, in their own units: anything that rounds to the figure may be meant."""
A_PENNY, A_POUND = 0.005, 1.0


class Measured(NamedTuple):
    """A figure of a run, and its standard error over draws of the population where it has one."""

    value: float
    error: float | None = None


class Row(NamedTuple):
    """One published figure beside ours, in the published unit and sign."""

    id: str
    case: str
    policy: str
    says: str
    measure: str
    unit: str
    published_year: str
    year: str
    published: float
    ours: float
    low: float | None
    high: float | None
    like: bool
    why: str
    source: str

    @property
    def ratio(self) -> float | None:
        return self.ours / self.published if self.published else None

    @property
    def near(self) -> bool:
        """Whether ours lies within a quarter of a figure that would be printed as the published one."""
        if not self.published:
            return False
        half = next((step for source, step in PRINTED_TO.items() if self.source.startswith(source)), 0.0) / 2.0
        meant = min(max(self.ours, self.published - half), self.published + half)
        return bool(meant) and abs(self.ours / meant - 1.0) <= NEAR

    @property
    def same_sign(self) -> bool:
        return self.published == 0 or self.ours * self.published > 0


# ---- what is measured ----------------------------------------------------------------------------------------------


def _weights(run: Run, entity: str) -> np.ndarray:
    """(records of the entity,) the weight of each record's household."""
    people = run.population
    weight = np.asarray(people.households["weight"])
    if entity == "household":
        return weight
    return weight[people.persons["household"] if entity == "person" else people.benefit_units["household"]]


def _line(run: Run, name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A line under today's law and the proposal, and the weights of its records."""
    instrument, line = name.split(".")
    return run.baseline[instrument][line], run.reform[instrument][line], _weights(run, INSTRUMENTS[instrument].entity)


def _total(values: np.ndarray, weights: np.ndarray) -> Measured:
    return Measured(float((values * weights).sum()), standard_error_of_total(values, weights))


def _part(chosen: np.ndarray, weights: np.ndarray) -> Measured:
    share = float(weights[chosen].sum() / weights.sum())
    return Measured(PERCENT * share, PERCENT * standard_error_of_share(chosen, weights))


def _within(run: Run, place: str) -> np.ndarray:
    """(households,) whether each is in a nation, "region NAME" or a council; everywhere when none is named."""
    homes = run.population.households
    nations = {name: nation for nation, name in NATION_NAMES.items()}
    regions = {name: region for region, name in REGION_NAMES.items()}
    if not place:
        return np.ones(len(homes), bool)
    if place in nations:
        return np.asarray(homes["nation"] == nations[place])
    if place.startswith("region "):
        return np.asarray(homes["region"] == regions[place.removeprefix("region ")])
    return np.asarray(homes["council"] == find_area(place).row)


def revenue(run: Run, _: str) -> Measured:
    """What the law brings the public sector, £ a year."""
    change = _total(-run.change, _weights(run, "household"))
    return Measured(run.proceeds, change.error if np.any(run.change) else None)


def revenue_after_response(run: Run, _: str) -> Measured:
    """What the law brings when people respond as the scenario's study finds, £ a year."""
    return Measured(run.proceeds - sum(each.lost for each in run.responses))


def change(run: Run, name: str) -> Measured:
    """The change of one line's total, £ a year."""
    before, after, weights = _line(run, name)
    return _total(after - before, weights)


def units_moved(run: Run, name: str) -> Measured:
    """How many records of a line move."""
    before, after, weights = _line(run, name)
    return _total((np.abs(after - before) > A_PENNY).astype(float), weights)


def homes_with(run: Run, name: str) -> Measured:
    """Homes, lived in or not, with an amount of a line under either law."""
    before, after, weights = _line(run, name)
    instrument, line = name.split(".")
    empty = np.maximum(*(side[f"{instrument}_of_dwellings"][line] for side in (run.baseline, run.reform)))
    counted = np.concatenate([np.maximum(before, after), empty]) > A_PENNY
    return _total(counted.astype(float), np.concatenate([weights, run.population.dwellings["weight"]]))


def people_liable(run: Run, _: str) -> Measured:
    """People whose own taxable wealth exceeds the first limit above which a rate is charged."""
    law = run.reform.law.values["wealth_tax"]
    limit = next(band.above for band in law.bands if band.rate > 0.0)
    persons = run.population.persons
    home = persons["household"]
    owned = np.bincount(home, persons["wealth_share"], len(run.population.households))[home]
    share = np.divide(persons["wealth_share"], owned, out=np.zeros(len(home)), where=owned > 0)
    own = run.reform["wealth_tax"]["taxable_wealth"][home] * share
    return _total((own > limit).astype(float), _weights(run, "person"))


def children_below_line(run: Run, _: str) -> Measured:
    """Children who come below the line of low income after housing costs, less those who come above it; the line is held."""
    homes = Households(run, None)
    moved = (homes.after_costs_after < homes.line_after_costs).astype(float) - (homes.after_costs_before < homes.line_after_costs)
    return _total(moved * homes.people_by_household["children"], homes.weight)


def mean_change(run: Run, group: str) -> Measured:
    """The mean change of households in a tenth by income or wealth, £ a year."""
    kind, tenth = group.split()
    homes = Households(run, None)
    chosen = (homes.tenth if kind == "income_tenth" else homes.wealth_tenth) == int(tenth)
    return _mean(homes.change, homes.weight, chosen)


def _mean(values: np.ndarray, weights: np.ndarray, chosen: np.ndarray) -> Measured:
    total = float(weights[chosen].sum())
    mean = float((values * weights)[chosen].sum() / total)
    return Measured(mean, standard_error_of_total(np.where(chosen, values - mean, 0.0), weights) / total)


def mean_gain(run: Run, place: str) -> Measured:
    """The mean gain of households that gain, £ a year."""
    return _mean(run.change, _weights(run, "household"), _within(run, place) & (run.change > A_POUND))


def gaining_any_pct(run: Run, place: str) -> Measured:
    """Households that gain more than £1 a year, % of those in the place."""
    here = _within(run, place)
    return _part(run.change[here] > A_POUND, _weights(run, "household")[here])


def bill_change(run: Run, place: str) -> Measured:
    """The change of the average bill on homes in a place, before support, as a part of today's."""
    here = _within(run, place)
    before, after, weights = (each[here] for each in _line(run, "council_tax.due"))
    total = float((before * weights).sum())
    part = float(((after - before) * weights).sum()) / total
    return Measured(part, standard_error_of_total(after - (1.0 + part) * before, weights) / total)


def mean_change_of_moved(run: Run, name: str) -> Measured:
    """The mean change of one line among the records that it moves, £ a year."""
    before, after, weights = _line(run, name)
    return _mean(after - before, weights, np.abs(after - before) > A_PENNY)


def _bills_move(run: Run, words: str, way: float) -> Measured:
    amount, place = words.split(" ", 1)
    before, after, weights = _line(run, "council_tax.due")
    return _total(((way * (after - before) > float(amount)) & _within(run, place)).astype(float), weights)


def bills_rise(run: Run, words: str) -> Measured:
    """Households whose bill rises by more than an amount."""
    return _bills_move(run, words, 1.0)


def bills_fall(run: Run, words: str) -> Measured:
    """Households whose bill falls by more than an amount."""
    return _bills_move(run, words, -1.0)


def charge_moves_pct(run: Run, place: str) -> Measured:
    """Homes lived in whose band is charged another amount, % of those in the place."""
    here = _within(run, place)
    before, after, weights = (each[here] for each in _line(run, "council_tax.band_charge"))
    return _part(np.abs(after - before) > A_PENNY, weights)


def value(run: Run, path: str) -> Measured:
    """A value of the scenario's law: a rate that a published result names."""
    return Measured(float(value_at(run.scenario, path)))


MEASURES: dict[str, Callable[[Run, str], Measured]] = {
    each.__name__: each
    for each in (
        revenue,
        revenue_after_response,
        change,
        units_moved,
        homes_with,
        people_liable,
        children_below_line,
        mean_change,
        mean_change_of_moved,
        mean_gain,
        gaining_any_pct,
        bill_change,
        bills_rise,
        bills_fall,
        charge_moves_pct,
        value,
    )
}


# ---- the comparison ------------------------------------------------------------------------------------------------


def published(file: Path) -> dict[str, dict[str, str]]:
    """The rows of a table of published results, by id. Raises Fault when it is not one."""
    if not file.is_file():
        raise Fault(f"There is no file {file}; give the table of published results.")
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for column in ("id", "policy", "reform_parameters", "measure", "value", "unit", "year", "source"):
        if not rows or column not in rows[0]:
            raise Fault(f"{file} has no column {column}; it is no table of published results.")
    return {row["id"]: row for row in rows}


WEALTH_KINDS = ("house_prices", "cpi", "equity_prices", "mortgage_loans", "other_debts")


def with_wealth_of(people: Population, year: str) -> Population:
    """The population with its wealth and its number moved back to an earlier year, so that a limit of that year means what it meant."""
    homes = people.households.copy()
    for kind in WEALTH_KINDS:
        for column in HOUSEHOLD_KINDS[kind]:
            if column.endswith(("_wealth", "debt", "debts")):
                homes[column] *= factor(kind, people.year, year)
    homes["weight"] *= factor("population_16plus", people.year, year)
    tables = (people.persons, people.benefit_units, homes, people.dwellings)
    about = {"name": people.name, "year": people.year, "kind": people.kind, "says": people.says, "seed": people.seed}
    return population(*tables, **about, details={**people.details, "wealth_of": year})


def _scenario(name: str, case: dict[str, Any], document: Document) -> Scenario:
    if "scenario" in case:
        return read_scenario(case["scenario"])
    data = {"title": name.replace("_", " "), "because": "A published result.", "from": case["year"], "law": case["law"]}
    return scenario_from(parse(json.dumps(data), document.file), name)


def compare(file: Path, people: Population, say: Callable[[str], None] = lambda _: None) -> list[Row]:
    """Every row of the file that a case expresses, worked; the rows stand in the order of the cases."""
    known = published(file)
    document = read(CASES)
    wanted = [
        (row.get("year", case["year"]), name, id) for name, case in document.data.items() for id, row in case["rows"].items() if id in known
    ]
    made: dict[str, Row] = {}
    runs: dict[tuple[str, str], Run] = {}
    moved: dict[str, Population] = {}
    for year, name, id in sorted(wanted, key=lambda each: each[0]):
        case = document.data[name]
        if year not in moved:
            moved, runs = {year: uprate(people, year)}, {}
        if (name, year) not in runs:
            say(f"{year} {name}")
            country = with_wealth_of(moved[year], case["wealth_of"]) if "wealth_of" in case else moved[year]
            runs = {(name, year): work(_scenario(name, case, document), country, year)}
        made[id] = _row(known[id], name, case["rows"][id], runs[name, year])
    return [made[id] for _, case in document.data.items() for id in case["rows"] if id in made]


def _row(about: dict[str, str], case: str, how: dict[str, Any], run: Run) -> Row:
    name, _, rest = how["measure"].partition(" ")
    found, times = MEASURES[name](run, rest), float(how["times"])
    ends = None if found.error is None else sorted(times * (found.value + side * TWO_SIDED_95 * found.error) for side in (-1, 1))
    return Row(
        id=about["id"],
        case=case,
        policy=about["policy"],
        says=about["reform_parameters"],
        measure=about["measure"],
        unit=about["unit"],
        published_year=about["year"],
        year=run.year,
        published=float(about["value"]),
        ours=times * found.value,
        low=ends[0] if ends else None,
        high=ends[1] if ends else None,
        like="not_like" not in how,
        why=how.get("not_like") or how.get("note", ""),
        source=about["source"].split(" [")[0],
    )


def summary(rows: list[Row]) -> dict[str, Any]:
    """How many rows are near, and how many have the same sign."""
    like = [row for row in rows if row.like]
    return {
        "rows": len(rows),
        "like_for_like": len(like),
        "within_25_pct": sum(row.near for row in like),
        "within_25_pct_share": sum(row.near for row in like) / len(like) if like else None,
        "same_sign": sum(row.same_sign for row in rows),
        "same_sign_share": sum(row.same_sign for row in rows) / len(rows) if rows else None,
    }


# ---- how it is shown -----------------------------------------------------------------------------------------------


def as_data(rows: list[Row], people: Population) -> dict[str, Any]:
    shown = [{**row._asdict(), "ratio": row.ratio, "within_25_pct": row.near, "same_sign": row.same_sign} for row in rows]
    return {"version": __version__, "population": people.id, "rows": shown, "summary": summary(rows)}


def _number(amount: float | None) -> str:
    if amount is None:
        return ""
    if abs(amount) >= 1000:
        return f"{amount:,.0f}"
    return f"{amount:.3g}" if amount else "0"


def _range(row: Row) -> str:
    return "" if row.low is None else f"{_number(row.low)} to {_number(row.high)}"


def as_markdown(rows: list[Row], people: Population) -> str:
    """The page docs/published_results.md."""
    told = summary(rows)
    like, apart = [row for row in rows if row.like], [row for row in rows if not row.like]
    same = "Where ours lies further off and no reason stands beside it, none is known yet."
    head = [
        "# Published results beside our own",
        "",
        "This page is made by `python benchmarks/published.py FILE --markdown` and is not edited by hand. FILE is a table of results that",
        "others have published; `benchmarks/published.yaml` says which scenario and measure stand beside each row. Nothing in the model is",
        "moved towards a row: what is calibrated is the population, to statistics.",
        "",
        f"* Population: {people.name}, {len(people.households):,} households. {people.says}",
        f"* Rows: {told['rows']}. Like for like: {told['like_for_like']}, of which {told['within_25_pct']} lie within 25%"
        f" ({PERCENT * told['within_25_pct_share']:.0f}%).",
        f"* Same sign: {told['same_sign']} of {told['rows']} ({PERCENT * told['same_sign_share']:.0f}%).",
        "* The range is seed noise, 19 times in 20: what another draw of the same population would give. It is not the model's own error.",
        "* Ours is without any response, unless a row says otherwise.",
        "",
        "## Like for like",
        "",
        same,
        "",
        *_table(like),
        "",
        "## With another definition",
        "",
        "These figures need not agree; the last column says why.",
        "",
        *_table(apart),
    ]
    return "\n".join(head) + "\n"


def _table(rows: list[Row]) -> list[str]:
    lines = [
        "| row | published by | what | year | unit | published | ours | range | ratio | why they part |",
        "|---|---|---|---|---|--:|--:|---|--:|---|",
    ]
    for row in rows:
        what = f"{row.policy}: {row.measure}" if row.case.replace("_", " ") in row.policy else f"{row.says or row.policy}: {row.measure}"
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
        years = row.published_year if row.published_year == row.year else f"{row.published_year}; ours {row.year}"
        cells = [row.id, row.source, what, years, row.unit, _number(row.published), _number(row.ours), _range(row), ratio, row.why]
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return lines


def _cell(text: str) -> str:
    """Text that may stand in a table: no bars, and not longer than a reader wants."""
    plain = " ".join(text.replace("|", "/").split())
    return plain if len(plain) <= 160 else plain[:157].rsplit(" ", 1)[0] + " ..."


def as_text(rows: list[Row], people: Population) -> str:
    lines = [f"{'row':8}{'published':>12}{'ours':>12}{'ratio':>7}  {'':12} what"]
    for row in rows:
        ratio = f"{row.ratio:7.2f}" if row.ratio is not None else " " * 7
        mark = ("near" if row.near else "apart") if row.like else "not alike"
        lines.append(
            f"{row.id:8}{_number(row.published):>12}{_number(row.ours):>12}{ratio}  {mark:12} {row.case}: {row.measure} ({row.unit})"
        )
    told = summary(rows)
    counted = (
        f"{told['rows']} rows; like for like {told['like_for_like']}, within 25% {told['within_25_pct']}; same sign {told['same_sign']}."
    )
    lines.append(f"{counted} {people.says}")
    return "\n".join(lines)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("file", type=Path, help="a table of published results (CSV)")
    asked.add_argument("--json", action="store_true", help="print one JSON document")
    asked.add_argument("--markdown", action="store_true", help="print the page docs/published_results.md")
    asked.add_argument("--households", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    try:
        published(given.file)  # a wrong file is refused before any population is made
        people = default_population(given.households, given.seed, lambda _what, _part: None)
        rows = compare(given.file, people, lambda text: print(text, file=sys.stderr))
    except Fault as fault:
        sys.exit(f"{fault}")
    if given.json:
        json.dump(as_data(rows, people), sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        print(as_markdown(rows, people) if given.markdown else as_text(rows, people), end="" if given.markdown else "\n")


if __name__ == "__main__":
    main()
