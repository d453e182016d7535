"""Benefit units of the Family Resources Survey: couples, savings, maintenance, and who claims."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.records import empty
from fairshare.population.surveys.frs_benefits import (
    CARERS,
    CHILD_BENEFIT,
    HOUSING_BENEFIT,
    PENSION_CREDIT,
    SCOTTISH_CHILD_PAYMENT,
    Benefits,
)
from fairshare.population.surveys.frs_tables import (
    MARRIED,
    MOST_AT_ONCE,
    People,
    Survey,
    first_known,
    reference_persons,
)


def units_of(
    survey: Survey, people: People, persons: np.ndarray, keys: np.ndarray, benefits: Benefits, households: np.ndarray, seed: int
) -> np.ndarray:
    count = len(people.owners.household_of_unit)
    unit, home = people.owners.unit_of_person, people.owners.household_of_unit
    records = empty("benefit_unit", count)
    records["couple"] = np.bincount(unit, people.roles == q.Role.PARTNER, count)
    marital = survey.codes("adult", "marital", range(1, 8))
    wed = np.bincount(unit[: people.adults], marital == MARRIED, count) >= 1
    if survey.named("adult", "marital") is None:
        wed = np.isin(survey.codes("benunit", "family_type", None), (5, 7))
    records["married"] = wed & (records["couple"] == 1)
    records["householder"] = 0
    records["householder"][unit[reference_persons(survey, people, len(households))]] = 1
    records["capital"] = np.nan_to_num(survey.amounts("benunit", "capital", most=MOST_AT_ONCE), nan=0.0)
    records["maintenance"] = np.bincount(unit[: people.adults], q.WEEKS_IN_YEAR * _maintenance(survey), count)
    _take_up(survey, people, records, benefits, home, seed)
    return records


def _maintenance(survey: Survey) -> np.ndarray:
    """(adults,) £ a week received: the usual amount where the last was not usual; alimony with it."""
    total = np.zeros(survey.tables["adult"].rows)
    for amount in ("maintenance", "agency_maintenance"):
        unusual = survey.codes("adult", f"{amount}_is_usual", (0, 1, 2)) == 2
        total += np.where(unusual, survey.money("adult", f"{amount}_usual"), survey.money("adult", amount))
    survey.assumed.append("alimony counts with child maintenance")
    return total + first_known(survey.amounts("adult", "alimony"), survey.amounts("adult", "alimony_usual"))


def _take_up(survey: Survey, people: People, records: np.ndarray, benefits: Benefits, home: np.ndarray, seed: int) -> None:
    """Draws of take-up: 0 (always claims) for units that report the benefit, at random for the others."""
    generator = np.random.default_rng([seed, 1])
    unit, count = people.owners.unit_of_person, len(records)

    def units_of(persons: np.ndarray) -> np.ndarray:
        return np.bincount(unit, persons, count) > 0

    reduced = survey.yes("househol", "reduced")[home] & (records["householder"] == 1)
    reports = {
        "universal_credit": units_of(benefits.means_tested() | benefits.reported(HOUSING_BENEFIT)),
        "pension_credit": units_of(benefits.reported(PENSION_CREDIT)),
        "child_benefit": units_of(benefits.reported(CHILD_BENEFIT)),
        "housing_benefit": units_of(benefits.reported(HOUSING_BENEFIT)) | (survey.money("benunit", "housing_benefit") > 0.0),
        "council_tax_reduction": reduced,
        "carer_element": units_of(benefits.reported(CARERS)),
        "scottish_child_payment": units_of(benefits.reported(SCOTTISH_CHILD_PAYMENT)),
    }
    for name in records.dtype.names or ():
        if name.startswith("draw_"):
            drawn = generator.random(count)
            said = reports.get(name.removeprefix("draw_"))
            records[name] = drawn if said is None else np.where(said, 0.0, drawn)
    survey.derived["benefit_unit.draws"] = (
        "units that report a benefit claim it (older means-tested benefits count as Universal Credit); others by chance"
    )
