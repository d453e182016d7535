"""The default population beside published figures, as the part of docs/validation.md that shows all of them.

`python benchmarks/population.py` works the report card and prints the part; `--write` puts it between its marks in docs/validation.md;
`--json FILE` takes the report card from a file (`fairshare population report --json`) instead of working it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from fairshare.measures.checks import report
from fairshare.population.report_card import STANDS, in_order, ranked, short
from fairshare.population.store import default_population

PAGE = Path(__file__).parent.parent / "docs" / "validation.md"
BEGIN, END = "<!-- population: begin -->", "<!-- population: end -->"
GROUPS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "Receipts",
        ("table_3_4", "table_4_1", "household_vat", "hicbc", "tax_liability"),
        "Employers' contributions are after those reliefs of firms whose cost was read, and after the least that the first £5,000 of the "
        "employment allowance can cost. Spending has the survey's pattern and the national accounts' sums, but for school fees and "
        "tobacco; the published part of VAT that households bear is itself derived.",
    ),
    (
        "Benefits",
        (
            "universal_credit", "uc_", "pension_credit", "child_benefit", "pip_", "dla_", "attendance", "table_4_9", "social_security",
            "housing_benefit", "benefit_capped", "state_pension",
        ),
        "Universal Credit: families who live as couples in the survey often claim as single, and many small awards are worked that few "
        "claim; the health element grew by a quarter within the year. Pension Credit: too few pensioners have little enough.",
    ),
    (
        "Taxpayers and their incomes",
        (
            "mean", "number_of_individuals", "individuals", "amount", "taxpayers", "total_income", "average_tax", "employment_rate",
            "median_annual", "lower_quartile_annual", "median_weekly", "maintenance",
        ),
        "Regions are made to their taxpayers with profits and pensions and to mean profits, not to mean pensions. Full-time pay of those "
        "a year or more in the job (ASHE) is higher than the tax survey's counts allow.",
    ),
    (
        "Low income",
        ("low_income", "children_relative", "population"),
        "Before housing costs the least incomes are too high: the tax survey, to which pay and pensions are held, finds more income than "
        "the household survey does. Many pensioners stand within a few pounds of the line, where the guarantee of Pension Credit lies. "
        "Families with a disabled member have too much: who is disabled is tied too loosely to pay.",
    ),
    ("Inequality and middle incomes", ("gini", "quintile", "median_income", "ratio_of", "population_mean"), ""),
    (
        "Wealth",
        ("wealth", "total_wealth", "individuals_above"),
        "The top is corrected for what a survey cannot reach, by design; below the middle too many have some pension wealth.",
    ),
)  # fmt: skip
OTHERS = "Homes, families and other figures"


def group_of(measure: str) -> str:
    """The heading under which a measure is shown: the group with the longest beginning of its name."""
    found = [(len(start), name) for name, starts, _ in GROUPS for start in starts if measure.startswith(start)]
    return max(found)[1] if found else OTHERS


def part(card: dict[str, Any]) -> str:
    """Markdown: the standards, every figure that was only checked, the misses among those made to, and what is not comparable."""
    lines = ["| Asked of the population | Asked | Reached | |", "|---|---|---|---|"]
    lines += [f"| {row['says']} | {row['asked']} | {row['reached']} | {STANDS[row['met']]} |" for row in in_order(card["standards"])]
    misses, hits = ranked(card["targets"], False)
    lines += ["", f"**Only checked: {len(hits)} of {len(misses) + len(hits)} figures of the nation and regions are within 3%, "
              f"{sum(abs(row['gap_pct'] or 0) <= 10 for row in (*misses, *hits))} within 10%.** The furthest stand first."]  # fmt: skip
    reasons = {name: why for name, _, why in GROUPS}
    for name in (*reasons, OTHERS):
        rows = [row for row in (*misses, *hits) if group_of(row["measure"]) == name]
        if rows:
            lines += ["", f"### {name}", ""] + ([reasons[name], ""] if reasons.get(name) else []) + _table(rows)
    misses, hits = ranked(card["targets"], True)
    lines += ["", "### Made to, and still more than 3% away", "", f"{len(misses)} of {len(misses) + len(hits)}.", "", *_table(misses)]
    apart = [row for row in card["targets"] if row.get("not_comparable")]
    lines += ["", "### Not comparable", "", "These count something else, or are of another time; they are in no count above.", "",
              "| Figure | Published | Here | Why |", "|---|---:|---:|---|"]  # fmt: skip
    lines += [f"| {_says(row)} | {short(row['published'])} | {short(row['model'])} | {row['not_comparable']} |" for row in apart]
    return "\n".join(lines)


def _says(row: dict[str, Any]) -> str:
    return f"{row['area_name']}: {row['says']} ({row['period']})"


def _table(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["| Figure | Published | Here | Gap |", "|---|---:|---:|---:|"]
    for row in rows:
        gap = "" if row["gap_pct"] is None else f"{row['gap_pct']:+.1f}%"
        lines.append(f"| {_says(row)} | {short(row['published'])} | {short(row['model'])} | {gap} |")
    return lines


def write(text: str, page: Path = PAGE) -> None:
    """Put the part between its marks; at the end of the page where there are none yet."""
    whole = page.read_text(encoding="utf-8")
    block = f"{BEGIN}\n{text}\n{END}"
    if BEGIN in whole:
        start, end = whole.index(BEGIN), whole.index(END) + len(END)
        whole = whole[:start] + block + whole[end:]
    else:
        whole = whole.rstrip("\n") + "\n\n## The population, beside published figures\n\n" + INTRODUCTION + "\n\n" + block + "\n"
    page.write_text(whole, encoding="utf-8")


INTRODUCTION = """`fairshare population report` works every figure; `python benchmarks/population.py --write` puts them here, for the
default population of 100,000 households and seed 1. Nothing in the population is moved towards a figure that is only checked.
`docs/population.md` says how it is made, and why it misses what it misses."""


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--json", type=Path, help="a report card to take (else it is worked)")
    arguments.add_argument("--write", action="store_true", help="put it in docs/validation.md")
    asked = arguments.parse_args()
    card = json.loads(asked.json.read_text(encoding="utf-8")) if asked.json else report(default_population(), [])
    text = part(card)
    if asked.write:
        write(text)
        print(f"written to {PAGE}")
    else:
        print(text)


if __name__ == "__main__":
    main()
