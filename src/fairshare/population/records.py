"""The schema of a population, written once: persons in benefit units in households, sorted by council.

Each entity is one read-only structured array. Households hold `first_person:last_person` and
`first_benefit_unit:last_benefit_unit` offsets, benefit units `first_person:last_person`, so a
pass needs no joins. The same table of fields makes the documentation, the checks at the door
and the empty table.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.faults import Fault, nearest


class Field(NamedTuple):
    """One column: its name, stored type, unit, meaning, default, and what it may hold."""

    name: str
    kind: str  # numpy type code
    unit: str
    meaning: str
    default: float = 0
    allowed: type[IntEnum] | None = None
    low: float = 0.0
    high: float = float("inf")
    recorded: bool = False
    """Known from household files and some surveys alone: a stored population without the column holds the default everywhere."""


def _money(name: str, meaning: str, low: float = 0.0) -> Field:
    return Field(name, "f8", "£ a year", meaning, low=low)


def _stock(name: str, meaning: str, low: float = 0.0) -> Field:
    return Field(name, "f8", "£", meaning, low=low)


def _choice(name: str, allowed: type[IntEnum], meaning: str, default: int = 0) -> Field:
    return Field(name, "i1", allowed.__name__, meaning, default, allowed)


def _flag(name: str, meaning: str, default: int = 0) -> Field:
    return Field(name, "i1", "0 or 1", meaning, default, high=1)


def _draw(benefit: str) -> Field:
    return Field(f"draw_{benefit}", "f8", "0 to 1", f"the unit takes up {benefit.replace('_', ' ')} when below its take-up", high=1)


def _weeks(name: str, benefit: str) -> Field:
    return Field(name, "f8", "weeks", f"weeks in the year in which {benefit}", high=q.WEEKS_IN_YEAR, recorded=True)


def _offset(name: str, meaning: str) -> Field:
    return Field(name, "i4", "row", meaning)


ANY = float("-inf")

PERSON: tuple[Field, ...] = (
    _offset("household", "row of the person's household"),
    _offset("benefit_unit", "row of the person's benefit unit"),
    Field("age", "i2", "years", "age in whole years", high=120),
    _choice("sex", q.Sex, "sex"),
    _choice("role", q.Role, "place in the benefit unit"),
    _choice("activity", q.Activity, "main activity"),
    _choice("education", q.Education, "full-time education now"),
    _choice("ethnicity", q.Ethnicity, "ethnic group, five groups"),
    Field("hours", "f8", "hours a week", "paid hours worked", high=168),
    _money("earnings", "gross pay from employment, before contributions of any kind"),
    _money("second_job", "part of earnings that a second job pays")._replace(recorded=True),
    _weeks("pay_weeks", "the pay was earned")._replace(default=q.WEEKS_IN_YEAR, low=1),
    _money("self_employment", "trading profit; a loss is negative", low=ANY),
    _money("private_pension", "occupational and personal pensions received"),
    _money("state_pension", "State Pension received"),
    _money("savings_interest", "taxable interest"),
    _money("dividends", "taxable dividends"),
    _money("property_income", "rent received less costs, before mortgage interest", low=ANY),
    _money("property_finance_costs", "interest on loans for let homes"),
    _money("other_income", "other taxable income", low=ANY),
    _money("capital_gains", "gains made on sales in the year; a loss is negative", low=ANY),
    _money("employment_expenses", "deductible costs of the job"),
    _money("pension_net_pay", "employee's contributions taken from pay before tax"),
    _money("pension_relief_at_source", "contributions to a personal pension, as paid (net of basic rate)"),
    _money("pension_salary_sacrifice", "pay given up for employer contributions (already out of earnings)"),
    _money("gift_aid", "gifts to charity, as paid"),
    _money("childcare_costs", "paid registered childcare for this child"),
    Field("carer_hours", "f8", "hours a week", "unpaid care given to a person who receives a disability benefit", high=168),
    _choice("work_capability", q.WorkCapability, "capability for work as Universal Credit assesses it"),
    _flag("health_protected", "had the health element before April 2026, or meets the severe conditions", 1),
    _choice("pip_daily_living", q.DailyLiving, "PIP daily living rate"),
    _choice("pip_mobility", q.Mobility, "PIP mobility rate"),
    _choice("dla_care", q.CareComponent, "DLA care rate"),
    _choice("dla_mobility", q.MobilityComponent, "DLA mobility rate"),
    _choice("attendance", q.Attendance, "Attendance Allowance rate"),
    _flag("disabled", "limited in daily life (Equality Act sense), whether or not a benefit is paid"),
    _flag("blind", "certified severely sight impaired"),
    _choice("student_loan", q.StudentLoan, "student loan plan"),
    _money("usual_pay", "pay at its usual rate, on which statutory pay and Maternity Allowance rest")._replace(recorded=True),
    _weeks("maternity_pay_weeks", "statutory maternity or adoption pay is paid"),
    _weeks("parental_pay_weeks", "statutory paternity or shared parental pay is paid"),
    _weeks("sick_pay_weeks", "statutory sick pay is due"),
    _weeks("maternity_allowance_weeks", "Maternity Allowance is paid"),
    _weeks("jobseekers_weeks", "new-style Jobseeker's Allowance is paid"),
    _weeks("employment_support_weeks", "new-style Employment and Support Allowance is paid"),
    _flag("pregnant", "pregnant in the year")._replace(recorded=True),
    Field("childcare_hours", "f8", "hours a week", "early education or childcare that the child attends", high=168, recorded=True),
    _choice("student_living", q.StudentLiving, "where a student lives in term")._replace(recorded=True),
    _money("student_family_income", "income of the family that student support is assessed on")._replace(recorded=True),
    Field("wealth_share", "f8", "0 to 1", "part of the household's net wealth this person owns", high=1),
)

BENEFIT_UNIT: tuple[Field, ...] = (
    _offset("household", "row of the benefit unit's household"),
    _offset("first_person", "first row of its persons"),
    _offset("last_person", "row after its last person"),
    _flag("couple", "1 where claimant and partner live together"),
    _flag("married", "1 where they are married or civil partners"),
    _flag("householder", "1 for the unit that owns or rents the home", 1),
    _stock("capital", "savings and investments that a means test counts"),
    _money("maintenance", "child maintenance received"),
    _money("transitional_protection", "transitional element of Universal Credit"),
    _flag("child_benefit_opt_out", "opted out of being paid Child Benefit"),
    _draw("universal_credit"),
    _draw("pension_credit"),
    _draw("child_benefit"),
    _draw("housing_benefit"),
    _draw("council_tax_reduction"),
    _draw("childcare_element"),
    _draw("carer_element"),
    _draw("tax_free_childcare"),
    _draw("scottish_child_payment"),
    _draw("marriage_allowance"),
)

SPENDING_CLASSES = (
    ("food", "food and soft drinks"),
    ("alcohol_tobacco", "alcohol and tobacco"),
    ("clothing", "clothing and footwear"),
    ("housing_energy", "water, electricity, gas and other household fuel"),
    ("furnishings", "furniture, appliances, household goods, and upkeep of the home"),
    ("health", "health"),
    ("transport", "transport, without motor fuel"),
    ("motor_fuel", "petrol and diesel"),
    ("communication", "post, phone and internet"),
    ("recreation", "recreation and culture"),
    ("education", "education"),
    ("restaurants", "restaurants and hotels"),
    ("miscellaneous", "other goods and services"),
)

HOUSEHOLD: tuple[Field, ...] = (
    _offset("first_person", "first row of its persons"),
    _offset("last_person", "row after its last person"),
    _offset("first_benefit_unit", "first row of its benefit units"),
    _offset("last_benefit_unit", "row after its last benefit unit"),
    Field("weight", "f8", "households", "households in the population that the record stands for"),
    Field("council", "i2", "row of areas.csv", "council area"),
    Field("brma", "i2", "row of brma.csv", "broad rental market area, for Local Housing Allowance"),
    _choice("nation", q.Nation, "nation"),
    _choice("region", q.Region, "region or nation"),
    _choice("tenure", q.Tenure, "tenure"),
    _choice("dwelling_type", q.DwellingType, "type of dwelling"),
    Field("bedrooms", "i1", "rooms", "bedrooms", 2, high=30),
    _money("rent", "rent due"),
    _money("mortgage_interest", "mortgage interest paid on the home"),
    _money("mortgage_capital", "mortgage repaid on the home"),
    _choice("council_tax_band", q.Band, "council tax band"),
    Field("council_tax_bill", "f8", "£ a year", "bill before reduction where it is given; -1 where the law works it out", -1, low=-1),
    _money("water_charges", "water and sewerage charges"),
    _stock("dwelling_value", "market value of the home now, whoever owns it"),
    _stock("dwelling_value_band_year", "its value in the year that bands rest on (1991; Wales 2003; Northern Ireland 2005)"),
    _stock("main_home_wealth", "value of the home where the household owns it"),
    _stock("other_property_wealth", "other land and buildings"),
    _stock("mortgage_debt", "loans secured on property"),
    _stock("financial_wealth", "savings, shares and other financial assets"),
    _stock("business_wealth", "business assets and unlisted shares"),
    _stock("pension_wealth", "private pension rights"),
    _stock("physical_wealth", "vehicles, contents and valuables"),
    _stock("debts", "other debts: cards, loans, student loans"),
    *(_money(f"spending_{name}", f"spending on {meaning}") for name, meaning in SPENDING_CLASSES),
    Field("vehicles", "i1", "vehicles", "cars and vans", high=20),
    Field("stratum", "i1", "number", "0 in the main sample, 1 and up in strata sampled more heavily (top wealth)", high=20),
)

DWELLING: tuple[Field, ...] = (
    Field("weight", "f8", "dwellings", "dwellings the record stands for"),
    Field("council", "i2", "row of areas.csv", "council area"),
    _choice("nation", q.Nation, "nation"),
    _choice("region", q.Region, "region or nation"),
    _choice("kind", q.DwellingKind, "why nobody usually lives there"),
    _choice("council_tax_band", q.Band, "council tax band"),
    _stock("dwelling_value", "market value now"),
    _stock("dwelling_value_band_year", "value in the year that bands rest on"),
)

ENTITIES: dict[str, tuple[Field, ...]] = {
    "person": PERSON,
    "benefit_unit": BENEFIT_UNIT,
    "household": HOUSEHOLD,
    "dwelling": DWELLING,
}


def record_type(entity: str) -> np.dtype[Any]:
    """The aligned structured type of an entity's records."""
    return np.dtype([(field.name, field.kind) for field in ENTITIES[entity]], align=True)


def empty(entity: str, count: int) -> np.ndarray:
    """`count` records of an entity, every field at its default."""
    table = np.zeros(count, record_type(entity))
    for column in ENTITIES[entity]:
        if column.default:
            table[column.name] = column.default
    return table


@dataclass(frozen=True, eq=False)
class Population:
    """Everyone the law is worked over. Arrays are contiguous, read-only and sorted by council.

    `kind` is "synthetic", "survey" or "household"; `year` is the fiscal year ("2025-26") its money is in;
    `says` is the sentence that every page made from it carries.
    """

    persons: np.ndarray
    benefit_units: np.ndarray
    households: np.ndarray
    dwellings: np.ndarray
    name: str
    year: str
    kind: str = "synthetic"
    says: str = ""
    seed: int | None = None
    details: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table in (self.persons, self.benefit_units, self.households, self.dwellings):
            table.setflags(write=False)

    @cached_property
    def id(self) -> str:
        """A digest of every record: the population's identity in caches and result ids."""
        digest = hashlib.blake2b(digest_size=12)
        digest.update(f"{self.name}|{self.year}|{self.kind}".encode())
        for table in (self.persons, self.benefit_units, self.households, self.dwellings):
            for name in table.dtype.names or ():  # column by column: the gaps between columns hold whatever memory held
                digest.update(np.ascontiguousarray(table[name]).view(np.uint8).data)
        return digest.hexdigest()

    @cached_property
    def person_weight(self) -> np.ndarray:
        """(persons,) persons in the population that each person record stands for."""
        return self.households["weight"][self.persons["household"]]

    @cached_property
    def benefit_unit_weight(self) -> np.ndarray:
        return self.households["weight"][self.benefit_units["household"]]

    def households_of(self, councils: np.ndarray) -> list[tuple[int, int]]:
        """The runs of household rows [first, last) that lie in the given councils."""
        column = self.households["council"]
        runs = []
        for council in np.unique(councils):
            first, last = np.searchsorted(column, [council, council + 1])
            if last > first:
                runs.append((int(first), int(last)))
        return runs


class Counts(NamedTuple):
    """What a population is, in numbers: records of each kind, and how many of the country they stand for."""

    households: int
    persons: int
    dwellings: int
    councils: int
    top_records: int
    """Household records of the strata of top wealth."""
    stand_for_households: float
    stand_for_persons: float
    stand_for_dwellings: float

    def plus(self, other: Counts) -> Counts:
        """The counts of both together, where they share no council."""
        return Counts._make(one + two for one, two in zip(self, other, strict=True))


class Description(NamedTuple):
    """A population on disk, as its folder describes it, without its records."""

    name: str
    year: str
    kind: str
    says: str
    seed: int | None
    counts: Counts


def counts(people: Population) -> Counts:
    """The counts of a population."""
    homes, dwellings = people.households, people.dwellings
    return Counts(
        households=len(homes),
        persons=len(people.persons),
        dwellings=len(dwellings),
        councils=len(np.unique(homes["council"])),
        top_records=int((homes["stratum"] > 0).sum()),
        stand_for_households=float(homes["weight"].sum()),
        stand_for_persons=float(people.person_weight.sum()),
        stand_for_dwellings=float(dwellings["weight"].sum()),
    )


def population(
    persons: np.ndarray,
    benefit_units: np.ndarray,
    households: np.ndarray,
    dwellings: np.ndarray | None = None,
    **description: Any,
) -> Population:
    """A checked population. Raises Fault naming the entity, column and row of the first error."""
    dwellings = empty("dwelling", 0) if dwellings is None else dwellings
    tables = {"person": persons, "benefit_unit": benefit_units, "household": households, "dwelling": dwellings}
    for entity, table in tables.items():
        check(entity, table)
    check_structure(persons, benefit_units, households)
    return Population(persons, benefit_units, households, dwellings, **description)


def check(entity: str, table: np.ndarray) -> None:
    """Refuse missing or unknown columns, NaN, and values outside what the schema allows."""
    names = table.dtype.names or ()
    for column in ENTITIES[entity]:
        if column.name not in names:
            raise Fault(f"The {entity} table has no column {column.name} ({column.meaning}); add it and read the population again.")
        _check_column(entity, column, table[column.name])
    known = {column.name for column in ENTITIES[entity]}
    for name in names:
        if name not in known:
            raise Fault(f"The {entity} table has an unknown column {name}{nearest(name, known)}")


def _check_column(entity: str, column: Field, values: np.ndarray) -> None:
    if values.dtype.kind == "f" and not np.isfinite(values).all():
        row = int(np.flatnonzero(~np.isfinite(values))[0])
        raise Fault(f"{entity} row {row + 1}: {column.name} is not a finite number ({column.meaning}); give a number.")
    if column.allowed is not None:
        bad = ~np.isin(values, [int(member) for member in column.allowed])
    else:
        bad = (values < column.low) | (values > column.high)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        limits = (
            ", ".join(str(int(member)) for member in column.allowed)
            if column.allowed is not None
            else f"between {column.low:g} and {column.high:g}"
        )
        raise Fault(f"{entity} row {row + 1}: {column.name} is {values[row]:g}, but must be {limits} ({column.meaning}).")


def check_structure(persons: np.ndarray, benefit_units: np.ndarray, households: np.ndarray) -> None:
    """Every person in one benefit unit, every unit in one household, in order; households sorted by council."""
    _check_offsets("benefit unit", benefit_units, "first_person", "last_person", "person", len(persons))
    _check_offsets("household", households, "first_person", "last_person", "person", len(persons))
    _check_offsets("household", households, "first_benefit_unit", "last_benefit_unit", "benefit unit", len(benefit_units))
    owners = np.repeat(np.arange(len(benefit_units)), benefit_units["last_person"] - benefit_units["first_person"])
    if not np.array_equal(owners, persons["benefit_unit"]):
        row = int(np.flatnonzero(owners != persons["benefit_unit"])[0])
        raise Fault(f"person row {row + 1} is not in the benefit unit it names; sort persons by household and benefit unit.")
    if not np.array_equal(benefit_units["household"][persons["benefit_unit"]], persons["household"]):
        raise Fault("A person and the person's benefit unit name different households; make them agree.")
    if (np.diff(households["council"]) < 0).any():
        raise Fault("Households are not sorted by council; sort them by council, with their persons and benefit units.")


def _check_offsets(owner: str, table: np.ndarray, first: str, last: str, member: str, count: int) -> None:
    firsts, lasts = table[first], table[last]
    expected = np.concatenate(([0], lasts[:-1])) if len(table) else firsts
    if (lasts <= firsts).any():
        row = int(np.flatnonzero(lasts <= firsts)[0])
        raise Fault(f"{owner} row {row + 1} holds no {member}; every {owner} needs at least one.")
    if not np.array_equal(firsts, expected) or (len(table) and int(lasts[-1]) != count) or (not len(table) and count):
        raise Fault(f"A {member} is in no {owner}, or in two; the rows of each {owner} must follow one another.")
