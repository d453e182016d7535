"""The Family Resources Survey as the UK Data Service ships it (tab-delimited, 2019-20 and later), read into a population.

Weekly amounts become yearly by 52 weeks, as HBAI does. Money columns hold missing values as negative numbers, which count as
nothing, except profit, where a negative number is a loss. Tables are joined by key, never by the order of rows. The End User
Licence file names no council: households are spread over the councils of their region. No message repeats a value of the files.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from fairshare.population import replicates
from fairshare.population.records import Population, population
from fairshare.population.surveys import assembly
from fairshare.population.surveys.frs_benefits import Benefits
from fairshare.population.surveys.frs_housing import households_of, values_of_homes
from fairshare.population.surveys.frs_persons import persons_of
from fairshare.population.surveys.frs_tables import (
    STUDIES,
    People,
    Progress,
    Survey,
    household_keys,
    people_of,
    read_tables,
    source_of,
    tables_folder,
    use_weight_column,
    weights_of,
    year_of,
)
from fairshare.population.surveys.frs_units import units_of


def read_frs(
    folder: Path,
    year: str | None = None,
    weights: Path | None = None,
    weight_column: str | None = None,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> tuple[Population, dict[str, np.ndarray]]:
    """The population of a release, and its table of reported benefits (person row, code, £ a year, whether income, basis).

    `source` beside it holds the survey's own numbers of each person record. `weights` names a file of `sernum` and a weight
    that replaces the survey's own. Raises Fault with file, column and row.
    """
    tell = progress or (lambda says, share: None)
    place = tables_folder(folder)
    survey = Survey(read_tables(place, tell))
    if weight_column is not None:
        use_weight_column(survey, weight_column.lower())
    tell("Joining tables", 0.7)
    keys = household_keys(survey)
    fiscal = year_of(survey, place, year)
    people = people_of(survey, keys)
    households = households_of(survey, people, keys, weights_of(survey, keys, weights), seed)
    benefits = Benefits(survey, people, keys)
    tell("Working out persons", 0.8)
    persons = persons_of(survey, people, keys, benefits, households, fiscal)
    units = units_of(survey, people, persons, keys, benefits, households, seed)
    _of_the_whole_home(people, persons, units, households)
    values_of_homes(survey, households, fiscal, seed)
    tell("Putting records in order", 0.9)
    households, units, persons, order = assembly.in_record_order(households, units, persons, people.owners, people.age)
    made = population(
        persons, units, households, name="Family Resources Survey", year=fiscal, kind="survey", says=_says(fiscal, place),
        seed=seed, details=_details(survey, fiscal, place),
    )  # fmt: skip
    return made, {"benefits": benefits.table(order), "source": source_of(people, keys)[order]}


def _of_the_whole_home(people: People, persons: np.ndarray, units: np.ndarray, households: np.ndarray) -> None:
    """Wealth that the survey knows: financial capital of the units; and each adult's part of what a home owns."""
    households["financial_wealth"] = np.bincount(people.owners.household_of_unit, units["capital"], len(households))
    persons["wealth_share"] = assembly.equal_shares(people.roles, people.owners.unit_of_person, units["householder"], units["couple"])


def citation(year: str, place: Path) -> str:
    """How to cite the release in anything made from it."""
    number = next((f", SN {number}" for number, of in STUDIES.items() if of == year), "")
    return (
        f"Department for Work and Pensions, Family Resources Survey, {year}, UK Data Service{number}. Crown copyright. Used under "
        "the UK Data Service End User Licence; those who collected and supplied the data bear no responsibility for this analysis."
    )


def _says(year: str, place: Path) -> str:
    return (
        f"Read from the Family Resources Survey {year}. It names no council: households are spread over the councils of their region, so "
        "results for a council are not known from it. It misses the highest incomes, and benefits are under-reported. "
        + citation(year, place)
    )


def _details(survey: Survey, year: str, place: Path) -> dict[str, object]:
    return {
        "councils_known": False,
        "licensed": True,
        "replicates": replicates.declared(0),
        "citation": citation(year, place),
        "cited_as": f"DWP, Family Resources Survey {year}, UK Data Service, Crown copyright",
        "found": survey.found,
        "derived": survey.derived,
        "zero": sorted(set(survey.zero)),
        "assumed": sorted(set(survey.assumed)),
        "left_aside": [],
    }
