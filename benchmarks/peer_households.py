"""The peer model's households as records: its inputs mapped to what it does with them, beside what it returned.

The files are described in their own README. Rows of the three frames stand in the order of the records made from them,
so that column arithmetic compares the two sides directly.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from fairshare import quantities as q
from fairshare.areas import areas, rental_markets
from fairshare.faults import Fault
from fairshare.population.records import Population, empty, population
from fairshare.population.surveys import assembly
from fairshare.population.surveys import policyengine as names

SETS = ("cases", "policybench")
YEARS = {"2025-26": "2025", "2026-27": "2026"}
ENTITIES = ("person", "benunit", "household")
SALE_COSTS = 0.1
"""The peer takes this share off the value of property for Universal Credit (SI 2013/376 reg.49), and nothing for Pension Credit."""
PENSION_AGE = 66


class Peer(NamedTuple):
    """One set of the peer's households: the population made of them, and its frames in the same order of rows."""

    name: str
    population: Population
    inputs: dict[str, pd.DataFrame]
    outputs: dict[str, dict[str, pd.DataFrame]]
    """By year, then entity."""
    reforms: pd.DataFrame
    personal_contributions: np.ndarray
    savings: np.ndarray
    """By unit: savings alone."""


def read_peer(folder: Path, name: str) -> Peer:
    """One set of the folder. Raises Fault where a file is missing."""
    inputs = {entity: _frame(folder / f"{name}_{entity}_inputs.csv.gz") for entity in ENTITIES}
    outputs = {
        year: {entity: _frame(folder / f"{name}_{entity}_outputs_{number}.csv.gz") for entity in ENTITIES} for year, number in YEARS.items()
    }
    person, benunit, household = (inputs[entity] for entity in ENTITIES)
    roles = roles_of(person, outputs["2025-26"]["person"])
    council = household["region"].map(_main_council())
    by_household = household.assign(council=council).sort_values(["council", "household_id"], kind="stable").index.to_numpy()
    household_row = _places(household["household_id"].to_numpy(), by_household)
    eldest = person.groupby("benunit_id")["age"].max()
    unit_key = pd.DataFrame({"household": benunit["household_id"].map(household_row), "age": -benunit["benunit_id"].map(eldest)})
    by_unit = unit_key.sort_values(["household", "age"], kind="stable").index.to_numpy()
    unit_row = _places(benunit["benunit_id"].to_numpy(), by_unit)
    person_key = pd.DataFrame({"unit": person["benunit_id"].map(unit_row), "role": roles, "age": -person["age"]})
    by_person = person_key.sort_values(["unit", "role", "age"], kind="stable").index.to_numpy()
    rows = {"person": by_person, "benunit": by_unit, "household": by_household}
    inputs = {entity: frame.iloc[rows[entity]].reset_index(drop=True) for entity, frame in inputs.items()}
    outputs = {
        year: {entity: frame.iloc[rows[entity]].reset_index(drop=True) for entity, frame in frames.items()}
        for year, frames in outputs.items()
    }
    inputs["person"]["role"] = roles[by_person]
    made = _population(name, inputs, outputs["2025-26"])
    return Peer(
        name=name,
        population=made,
        inputs=inputs,
        outputs=outputs,
        reforms=_frame(folder / f"{name}_reforms.csv.gz"),
        personal_contributions=_column(inputs["person"], "personal_pension_contributions"),
        savings=_at_first_unit(inputs, _column(inputs["household"], "savings")),
    )


def _frame(path: Path) -> pd.DataFrame:
    if not path.exists():
        raise Fault(f"There is no file {path}; give the folder that holds the parity data.")
    return pd.read_csv(path)


def _places(ids: np.ndarray, order: np.ndarray) -> dict[int, int]:
    return {int(ids[old]): new for new, old in enumerate(order)}


def _main_council() -> dict[str, int]:
    """One council for each region: bills are given, so only the region and nation matter."""
    first: dict[int, int] = {}
    for area in areas():
        first.setdefault(int(area.region), area.row)
    return {name: first[int(region)] for name, region in names.REGIONS.items()}


def roles_of(person: pd.DataFrame, outputs: pd.DataFrame) -> np.ndarray:
    """Of those whom the peer takes for claimant or partner, the eldest claims; everyone else is a dependant."""
    roles = np.full(len(person), int(q.Role.DEPENDANT))
    adult = outputs["is_claimant_or_partner"].to_numpy() == 1
    ages = person["age"].to_numpy()
    for rows in person.groupby("benunit_id").indices.values():
        order = rows[np.lexsort((-ages[rows], ~adult[rows]))]
        roles[order[0]] = q.Role.CLAIMANT
        if len(order) > 1 and adult[order[1]]:
            roles[order[1]] = q.Role.PARTNER
    return roles


def _population(name: str, inputs: dict[str, pd.DataFrame], outputs: dict[str, pd.DataFrame]) -> Population:
    households = _households(inputs["household"], outputs["household"])
    units = _units(inputs, households)
    persons = _persons(inputs["person"])
    _link(inputs, households, units, persons)
    return population(persons, units, households, name=f"{name} of the peer model", year="2025-26", kind="survey")


def _column(frame: pd.DataFrame, name: str) -> np.ndarray:
    return frame[name].to_numpy(dtype=float) if name in frame else np.zeros(len(frame))


def _households(inputs: pd.DataFrame, outputs: pd.DataFrame) -> np.ndarray:
    """Band is left out, so that the bill given stands in both years; a social home has no bedrooms to spare."""
    table = empty("household", len(inputs))
    table["weight"] = 1.0
    table["region"] = inputs["region"].map(names.REGIONS)
    table["nation"] = [assembly.nation_of(int(region)) for region in table["region"]]
    table["council"] = inputs["region"].map(_main_council())
    main_market = [areas()[int(council)].brma for council in table["council"]]
    table["brma"] = outputs["brma"].map({market.code: market.row for market in rental_markets()}).fillna(pd.Series(main_market))
    table["tenure"] = inputs["tenure_type"].map(names.TENURES)
    table["bedrooms"] = 1
    table["rent"] = _column(inputs, "rent")
    table["council_tax_bill"] = _column(inputs, "council_tax")
    table["mortgage_interest"] = _column(inputs, "mortgage_interest_repayment")
    table["mortgage_capital"] = _column(inputs, "mortgage_capital_repayment")
    table["dwelling_value"] = _column(inputs, "main_residence_value")
    return table


def property_of(household: pd.DataFrame) -> np.ndarray:
    """Property other than the home, at its full value."""
    estate = ("other_residential_property_value", "non_residential_property_value", "owned_land")
    return sum((_column(household, name) for name in estate), np.zeros(len(household)))


def capital_of(household: pd.DataFrame, sale_costs: float) -> np.ndarray:
    """Savings, shares, and other property less the costs of selling it."""
    return _column(household, "savings") + _column(household, "corporate_wealth") + (1.0 - sale_costs) * property_of(household)


def _at_first_unit(inputs: dict[str, pd.DataFrame], amounts: np.ndarray) -> np.ndarray:
    """A household's amount at its first benefit unit, which holds the home."""
    by_household = dict(zip(inputs["household"]["household_id"], amounts, strict=True))
    ids = inputs["benunit"]["household_id"]
    return np.where(ids.duplicated(), 0.0, ids.map(by_household))


def _units(inputs: dict[str, pd.DataFrame], households: np.ndarray) -> np.ndarray:
    """Full take-up: every draw is 0. The eldest person's unit holds the home, the rent and the capital, as the peer counts it."""
    frame = inputs["benunit"]
    table = empty("benefit_unit", len(frame))
    table["householder"] = ~frame["household_id"].duplicated().to_numpy()
    person = inputs["person"]
    adults = person[person["role"] != q.Role.DEPENDANT]
    youngest = frame["benunit_id"].map(adults.groupby("benunit_id")["age"].min())
    working_age = _at_first_unit(inputs, capital_of(inputs["household"], SALE_COSTS))
    pension_age = _at_first_unit(inputs, capital_of(inputs["household"], 0.0))
    table["capital"] = np.where(youngest >= PENSION_AGE, pension_age, working_age)
    couples = set(person.loc[person["role"] == q.Role.PARTNER, "benunit_id"])
    table["couple"] = frame["benunit_id"].isin(couples)
    table["married"] = table["couple"] * frame.get("is_married", 1)
    return table


def _persons(frame: pd.DataFrame) -> np.ndarray:
    table = empty("person", len(frame))
    for target, source in PLAIN.items():
        table[target] = _column(frame, source)
    table["age"], table["role"] = frame["age"], frame["role"]
    table["sex"] = frame["gender"].map(names.SEXES)
    table["hours"] = _column(frame, "hours_worked") / q.WEEKS_IN_YEAR
    for target, (source, known) in names.RATES.items():
        if source in frame:
            table[target] = frame[source].map(known)
    if "student_loan_plan" in frame:
        table["student_loan"] = frame["student_loan_plan"].map(names.LOANS)
    # both kinds of contribution are deducted from income in full, so both stand as net pay
    table["pension_net_pay"] = _column(frame, "employee_pension_contributions") + _column(frame, "personal_pension_contributions")
    table["blind"] = _column(frame, "blind_persons_allowance") > 0.0
    adult = table["role"] != q.Role.DEPENDANT
    disabled = _column(frame, "is_disabled_for_benefits") > 0.0
    table["disabled"] = disabled
    table["work_capability"] = np.where(disabled & adult, q.WorkCapability.LIMITED_WORK_RELATED, q.WorkCapability.FULL)
    table["education"] = education_of(frame)
    business = (table["self_employment"] != 0.0) & (np.abs(table["self_employment"]) > table["earnings"])
    table["activity"] = np.where(business, q.Activity.SELF_EMPLOYED, q.Activity.EMPLOYEE)
    return table


PLAIN = {
    "earnings": "employment_income",
    "self_employment": "self_employment_income",
    "private_pension": "private_pension_income",
    "state_pension": "state_pension_reported",
    "savings_interest": "savings_interest_income",
    "dividends": "dividend_income",
    "property_income": "property_income",
    "other_income": "miscellaneous_income",
    "capital_gains": "capital_gains",
    "employment_expenses": "employment_expenses",
    "gift_aid": "gift_aid",
    "childcare_costs": "childcare_expenses",
    "carer_hours": "care_hours",
}


def education_of(frame: pd.DataFrame) -> np.ndarray:
    """Schooling as given; where it is not, by age as the peer takes it: in school to 17, in advanced education at 18 and 19."""
    if "current_education" in frame:
        return frame["current_education"].map(names.EDUCATION).fillna(int(q.Education.NONE)).to_numpy()
    age = frame["age"].to_numpy()
    stages = [(age >= 3) & (age < 5), (age >= 5) & (age < 11), (age >= 11) & (age < 16), (age >= 16) & (age < 18)]
    kinds = [int(kind) for kind in (q.Education.EARLY_YEARS, q.Education.PRIMARY, q.Education.SECONDARY, q.Education.FURTHER)]
    return np.select(stages, kinds, int(q.Education.NONE))


def _link(inputs: dict[str, pd.DataFrame], households: np.ndarray, units: np.ndarray, persons: np.ndarray) -> None:
    household_row = {int(key): row for row, key in enumerate(inputs["household"]["household_id"])}
    unit_row = {int(key): row for row, key in enumerate(inputs["benunit"]["benunit_id"])}
    units["household"] = inputs["benunit"]["household_id"].map(household_row)
    persons["household"] = inputs["person"]["household_id"].map(household_row)
    persons["benefit_unit"] = inputs["person"]["benunit_id"].map(unit_row)
    assembly._offsets(units, "person", persons["benefit_unit"])
    assembly._offsets(households, "person", persons["household"])
    assembly._offsets(households, "benefit_unit", units["household"])
