"""The open real microdata through the parts of the survey path that fit them, with a report of totals.

python benchmarks/microdata.py FOLDER [--json]

FOLDER holds `policybench_transfer_2025.h5` (PolicyEngine's public data set: read whole) and `lcf_2013_teaching_sn7932.csv` (the open
teaching file of the Living Costs and Food Survey: spending matched from one half of real households to the other, whose own spending is
hidden, and on to the data set's households). What is not there is skipped, and said so. Neither file is part of fairshare.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np

from fairshare import quantities as q
from fairshare.measures.distribution import groups_of_equal_size
from fairshare.population.records import Population
from fairshare.population.surveys.matched import gross_income
from fairshare.population.surveys.matching import Known, correlation_of_places, marginals, matched, region_group
from fairshare.population.surveys.policyengine import read_policyengine

POLICYENGINE, LCF = "policybench_transfer_2025.h5", "lcf_2013_teaching_sn7932.csv"
REGIONS = {
    "North East": q.Region.NORTH_EAST, "North West and Merseyside": q.Region.NORTH_WEST, "North West": q.Region.NORTH_WEST,
    "Yorkshire and the Humber": q.Region.YORKSHIRE_AND_THE_HUMBER, "East Midlands": q.Region.EAST_MIDLANDS,
    "West Midlands": q.Region.WEST_MIDLANDS, "Eastern": q.Region.EAST_OF_ENGLAND, "London": q.Region.LONDON,
    "South East": q.Region.SOUTH_EAST, "South West": q.Region.SOUTH_WEST, "Wales": q.Region.WALES, "Scotland": q.Region.SCOTLAND,
    "Northern Ireland": q.Region.NORTHERN_IRELAND,
}  # fmt: skip
CHILDREN = {"No children": 0, "One child": 1, "Two or more children": 2}
WEEKS = 52
FIFTHS = 5
SEED = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = report(asked.folder)
    if asked.json:
        json.dump(found, sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        print(text(found))


def report(folder: Path) -> dict[str, Any]:
    """Totals of each file, and of each match; a reason in place of a file that is not there."""
    missing = {name: f"{folder / name} is not there" for name in (POLICYENGINE, LCF) if not (folder / name).is_file()}
    found: dict[str, Any] = {"skipped": missing}
    people = None if POLICYENGINE in missing else read_policyengine(folder / POLICYENGINE)
    if people is not None:
        found["policyengine"] = totals(people)
    if LCF not in missing:
        known, spending, rows = teaching_file(folder / LCF)
        found["lcf"] = {
            "households": rows, "weighted_households": float(known.weight.sum()),
            "spending_a_year": float(WEEKS * (known.weight @ spending)), "spending_a_week": marginals(spending, known.weight),
        }  # fmt: skip
        found["one_half_to_the_other"] = halves(known, spending)
        if people is not None:
            found["lcf_to_policyengine"] = onto(people, known, spending)
    return found


def totals(people: Population) -> dict[str, Any]:
    """Households and people with their weights, and £ a year of every income and of every class of spending."""
    homes, persons, weight = people.households, people.persons, people.person_weight
    incomes = (
        "earnings", "self_employment", "private_pension", "state_pension", "savings_interest", "dividends", "property_income",
        "capital_gains",
    )  # fmt: skip
    columns = ("rent", "financial_wealth", "main_home_wealth", *(name for name in homes.dtype.names or () if name.startswith("spending_")))
    return {
        "households": len(homes), "persons": len(persons), "weighted_households": float(homes["weight"].sum()),
        "weighted_persons": float(weight.sum()), **{name: float(weight @ persons[name]) for name in incomes},
        **{name: float(homes["weight"] @ homes[name]) for name in columns},
        "found": len(people.details["found"]), "zero": len(people.details["zero"]), "left_aside": len(people.details["left_aside"]),
    }  # fmt: skip


def teaching_file(path: Path) -> tuple[Known, np.ndarray, int]:
    """What the file knows of its households, their spending, £ a week, and how many they are."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))

    def first_number(name: str) -> np.ndarray:
        return np.array([int((re.search(r"\d+", row[name]) or ["1"])[0]) for row in rows])

    known = Known(
        key=np.arange(len(rows)), weight=np.array([1_000.0 * float(row["weighta"]) for row in rows]),
        income=np.array([float(row["P344pr"]) for row in rows]), adults=first_number("G018r"),
        children=np.array([CHILDREN[row["G019r"]] for row in rows]), region=np.array([int(REGIONS[row["Gorx"]]) for row in rows]),
        tenure=np.array([0 if row["A121r"] == "Owned" else 2 for row in rows]), age=None, further={},
    )  # fmt: skip
    return known, np.array([float(row["P550tpr"]) for row in rows]), len(rows)


def part(known: Known, rows: np.ndarray) -> Known:
    return Known(*(each[rows] if isinstance(each, np.ndarray) else each for each in known))


def halves(known: Known, spending: np.ndarray) -> dict[str, Any]:
    """Spending of one half of the households matched to the other: beside what those truly spend, in all and by group."""
    draw = np.random.default_rng(SEED).permutation(len(spending))
    giving, taking = np.sort(draw[: len(draw) // 2]), np.sort(draw[len(draw) // 2 :])
    donors, recipients = part(known, giving), part(known, taking)
    given, own, weight = (
        spending[giving][matched(donors, recipients, spending[giving], SEED, "halves").donor],
        spending[taking],
        recipients.weight,
    )
    fifth = groups_of_equal_size(recipients.income, weight, FIFTHS)
    assert recipients.tenure is not None and recipients.region is not None
    groups: dict[str, np.ndarray] = {f"income fifth {each}": fifth == each for each in range(1, FIFTHS + 1)}
    groups |= {"owners": recipients.tenure == 0, "renters": recipients.tenure == 2, "with children": recipients.children > 0}
    groups |= {name: region_group(recipients.region) == each for each, name in enumerate(("London", "rest of the south", "elsewhere"))}
    rows = {
        name: {"given": float(np.average(given[who], weights=weight[who])), "own": float(np.average(own[who], weights=weight[who]))}
        for name, who in {"everyone": np.ones(len(own), bool), **groups}.items()
    }
    return {
        "donors": len(giving), "recipients": len(taking), "mean_a_week": rows,
        "with_income": {
            "given": correlation_of_places(given, recipients.income, weight),
            "own": correlation_of_places(own, recipients.income, weight),
        },
        "marginals": {"given": marginals(given, weight), "own": marginals(own, weight)},
    }  # fmt: skip


def onto(people: Population, known: Known, spending: np.ndarray) -> dict[str, Any]:
    """The file's spending, in its own money of 2013, on the data set's households: before and after."""
    homes, persons = people.households, people.persons
    grown = persons["role"] != int(q.Role.DEPENDANT)
    count = len(homes)
    income = gross_income(people, None)
    recipients = Known(
        key=np.arange(count), weight=homes["weight"].astype(float), income=income, adults=np.bincount(persons["household"], grown, count),
        children=np.minimum(np.bincount(persons["household"], ~grown, count), 2), region=homes["region"].astype(np.int64),
        tenure=np.where(homes["tenure"] <= int(q.Tenure.MORTGAGE), 0, 2), age=None, further={},
    )  # fmt: skip
    found = matched(known, recipients, spending, SEED, "onto")
    given = spending[found.donor]
    return {
        "donors_used": found.used, "most_often": found.most, "classes": found.classes,
        "donors": marginals(spending, known.weight), "after": marginals(given, recipients.weight),
        "spending_a_year": float(WEEKS * (recipients.weight @ given)),
        "with_income": {
            "donors": correlation_of_places(spending, known.income, known.weight),
            "after": correlation_of_places(given, income, recipients.weight),
        },
    }  # fmt: skip


def text(found: dict[str, Any]) -> str:
    lines = [f"Skipped: {why}." for why in found["skipped"].values()]
    if "policyengine" in found:
        lines.append(POLICYENGINE)
        lines += [f"  {name.replace('_', ' '):<30}{_short(value):>14}" for name, value in found["policyengine"].items()]
    if "lcf" in found:
        held, split = found["lcf"], found["one_half_to_the_other"]
        stand, spend = _short(held["weighted_households"]), _short(held["spending_a_year"])
        lines += [LCF, f"  {held['households']:,} households for {stand}, who spend £{spend} a year"]
        lines.append("  One half matched to the other, £ a week: given, what they truly spend, and the gap")
        for name, row in split["mean_a_week"].items():
            lines.append(f"    {name:<20}{row['given']:>9.2f}{row['own']:>9.2f}{100 * (row['given'] / row['own'] - 1):>8.1f}%")
        lines.append(f"    correlation with income {split['with_income']['given']:.3f}, truly {split['with_income']['own']:.3f}")
    if "lcf_to_policyengine" in found:
        given = found["lcf_to_policyengine"]
        means = f"mean £{given['after']['mean']:.2f} a week, among the donors £{given['donors']['mean']:.2f}"
        lines.append(f"  On to the data set's households: {means}; {given['donors_used']:,} donors used")
    return "\n".join(lines)


def _short(value: float) -> str:
    for size, word in ((1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:,.2f}{word}"
    return f"{value:,.0f}"


if __name__ == "__main__":
    main()
