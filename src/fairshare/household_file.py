"""A household written by hand in YAML, as a population of one.

Money may say its period ("165 a week"); without one it is a year's. What the file does not say is assumed, and each
assumption is kept as a sentence, to be printed with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum
from pathlib import Path as FilePath
from typing import Any, NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.areas import Area, find_area, rental_markets
from fairshare.faults import Fault, nearest
from fairshare.parameters import check_year
from fairshare.population.records import PERSON, Population, empty, population
from fairshare.population.take_up import DRAWS
from fairshare.reading import Document, Path, parse, read

DEFAULT_YEAR = "2026-27"
_PERIODS = {"week": q.WEEKS_IN_YEAR, "month": q.MONTHS_IN_YEAR, "year": 1.0}
_MONEY = re.compile(r"£?\s*(-?[0-9][0-9_,]*(?:\.[0-9]+)?)\s*(?:(?:a|per)\s+(week|month|year))?", re.IGNORECASE)
_OLDEST_CHILD = 15
_OLDEST_YOUNG_PERSON = 19
_COUPLE_AGE_GAP = 20

_PERSON_MONEY = {column.name: column.name for column in PERSON if column.unit == "£ a year"} | {"pension_contributions": "pension_net_pay"}
_MAY_BE_NEGATIVE = {column.name for column in PERSON if column.low < 0}
_PERSON_CHOICES: dict[str, type[IntEnum]] = {
    "sex": q.Sex,
    "education": q.Education,
    "ethnicity": q.Ethnicity,
    "student_loan": q.StudentLoan,
    "work_capability": q.WorkCapability,
    "activity": q.Activity,
    "student_living": q.StudentLiving,
}
_PERSON_NUMBERS = {column.name: (column.low, column.high) for column in PERSON if column.unit in ("hours a week", "weeks")}
_PERSON_OTHER = {
    "name",
    "age",
    *_PERSON_NUMBERS,
    "disability",
    "partner_of",
    "child_of",
    "blind",
    "disabled",
    "health_protected",
    "pregnant",
    "savings",
}
_AWARDS: dict[str, tuple[str, int]] = {
    **{f"pip_{rate.name.lower()}_daily_living": ("pip_daily_living", rate) for rate in q.DailyLiving if rate},
    **{f"pip_{rate.name.lower()}_mobility": ("pip_mobility", rate) for rate in q.Mobility if rate},
    **{f"dla_{rate.name.lower()}_care": ("dla_care", rate) for rate in q.CareComponent if rate},
    **{f"dla_{rate.name.lower()}_mobility": ("dla_mobility", rate) for rate in q.MobilityComponent if rate},
    **{f"attendance_{rate.name.lower()}": ("attendance", rate) for rate in q.Attendance if rate},
}
_HOUSEHOLD_MONEY = {"rent", "mortgage_interest", "mortgage_capital", "water_charges"}
_HOUSEHOLD_OTHER = {
    "year", "council", "rental_area", "tenure", "bedrooms", "council_tax", "savings", "dwelling_value", "wealth", "people",
    "benefit_units", "married", "maintenance", "transitional_protection", "title", "dwelling_type", "spending", "take_up",
}  # fmt: skip
_WEALTH = {
    "main_home": "main_home_wealth",
    "other_property": "other_property_wealth",
    "mortgage": "mortgage_debt",
    "financial": "financial_wealth",
    "business": "business_wealth",
    "pension": "pension_wealth",
    "physical": "physical_wealth",
    "debts": "debts",
}


class HouseholdFile(NamedTuple):
    """A household file, read: a population of one, and what was assumed."""

    population: Population
    year: str
    names: list[str]
    """People's names, in record order."""
    units: list[list[str]]
    """Names by benefit unit, in record order."""
    area: Area
    title: str
    assumptions: list[str]


def read_household(file: FilePath | str) -> HouseholdFile:
    """Read a household file. Raises Fault with the file, line and column of the first error."""
    return household(read(file))


def household_from_text(text: str, file: str = "household") -> HouseholdFile:
    """Read a household from YAML text."""
    return household(parse(text, file))


def household(document: Document) -> HouseholdFile:
    """The household that a document describes."""
    data = document.data
    if not isinstance(data, dict):
        raise document.fault((), "a household file must be a mapping with `council` and `people`.")
    known = _HOUSEHOLD_OTHER | _HOUSEHOLD_MONEY
    _only_known(document, data, known, ())
    for name in ("council", "people"):
        if name not in data:
            raise document.fault((), f"`{name}` is missing.")
    reader = _HouseholdReader(document, data)
    return reader.read()


def money(document: Document, path: Path, value: Any, may_be_negative: bool = False) -> float:
    """An amount as £ a year: 12000, '165 a week', '£1,900 a month'."""
    if isinstance(value, str) and (match := _MONEY.fullmatch(value.strip())):
        amount = float(match[1].replace(",", "").replace("_", "")) * _PERIODS[(match[2] or "year").lower()]
    elif isinstance(value, int | float) and not isinstance(value, bool) and np.isfinite(value):
        amount = float(value)
    else:
        raise document.fault(path, f"{path[-1]} must be an amount of money, such as 12_000 or '165 a week', not {value!r}.")
    if amount < 0 and not may_be_negative:
        raise document.fault(path, f"{path[-1]} is {amount:g}, but must not be negative.")
    return amount


def _only_known(document: Document, data: dict[str, Any], known: set[str], path: Path) -> None:
    for name in data:
        if name not in known:
            raise document.fault((*path, name), f'"{name}" is not something a household file knows{nearest(str(name), known)}')


class _HouseholdReader:
    def __init__(self, document: Document, data: dict[str, Any]) -> None:
        self.document, self.data = document, data
        self.assumptions: list[str] = []

    def read(self) -> HouseholdFile:
        data = self.data
        try:
            year = check_year(data.get("year", DEFAULT_YEAR))
        except Fault as fault:
            raise self.document.fault(("year",), str(fault)) from None
        if "year" not in data:
            self.assumptions.append(f"the year is {year}")
        area = self._area()
        people = self._people()
        units = self._units(people)
        order = [person for unit in units for person in unit]
        persons = empty("person", len(order))
        for row, person in enumerate(order):
            self._fill_person(persons[row], person)
        benefit_units = self._benefit_units(units, persons)
        households = self._household(area, persons, benefit_units, len(order))
        persons["wealth_share"] = self._wealth_shares(persons)
        names = [self._name(person) for person in order]
        made = population(
            persons,
            benefit_units,
            households,
            name="household file",
            year=year,
            kind="household",
            says="This is one household, as its file describes it.",
        )
        named_units = [[self._name(person) for person in unit] for unit in units]
        return HouseholdFile(made, year, names, named_units, area, str(data.get("title", "")), self.assumptions)

    # ---- where and who ---------------------------------------------------------------------------------------------

    def _area(self) -> Area:
        council = self.data["council"]
        if not isinstance(council, str):
            raise self.document.fault(("council",), "council must be a council's name or its GSS code.")
        try:
            return find_area(council)
        except Fault as fault:
            raise self.document.fault(("council",), str(fault)) from None

    def _people(self) -> list[int]:
        people = self.data["people"]
        if not isinstance(people, list) or not people:
            raise self.document.fault(("people",), "people must be a list with at least one person, such as [{name: Sam, age: 34}].")
        names: set[str] = set()
        known = set(_PERSON_MONEY) | set(_PERSON_CHOICES) | _PERSON_OTHER
        for row, person in enumerate(people):
            path: Path = ("people", row)
            if not isinstance(person, dict):
                raise self.document.fault(path, "each person must be a mapping, such as {name: Sam, age: 34}.")
            _only_known(self.document, person, known, path)
            age = person.get("age")
            if isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 120:
                raise self.document.fault((*path, "age"), f"age must be a whole number from 0 to 120, not {age!r}.")
            name = self._name(row)
            if name in names:
                raise self.document.fault((*path, "name"), f'two people are called "{name}"; give each a name of their own.')
            names.add(name)
        if all(self._is_child(row) for row in range(len(people))):
            raise self.document.fault(("people",), "a household needs at least one adult.")
        return list(range(len(people)))

    def _person(self, row: int) -> dict[str, Any]:
        found: dict[str, Any] = self.data["people"][row]
        return found

    def _name(self, row: int) -> str:
        return str(self._person(row).get("name", f"person {row + 1}"))

    def _is_child(self, row: int) -> bool:
        person = self._person(row)
        age = person["age"]
        in_school = str(person.get("education", "none")) in ("secondary", "further")
        return age <= _OLDEST_CHILD or (age <= _OLDEST_YOUNG_PERSON and in_school and "partner_of" not in person)

    def _row_of(self, name: Any, path: Path) -> int:
        for row in range(len(self.data["people"])):
            if self._name(row) == str(name):
                return row
        names = [self._name(row) for row in range(len(self.data["people"]))]
        raise self.document.fault(path, f'nobody here is called "{name}"{nearest(str(name), names)}')

    def _units(self, people: list[int]) -> list[list[int]]:
        """Benefit units, adults first within each: as given, or worked out from ages, partners and parents."""
        if "benefit_units" in self.data:
            return self._given_units(people)
        adults = [row for row in people if not self._is_child(row)]
        units: list[list[int]] = []
        for row in adults:
            if any(row in unit for unit in units):
                continue
            units.append([row])
            partner = self._partner(row, adults)
            if partner is not None:
                if any(partner in unit for unit in units):
                    raise self._two_partners(partner)
                units[-1].append(partner)
        if len(adults) > 1 and all(len(unit) == 1 for unit in units):
            names = ", ".join(self._name(row) for row in adults[:-1])
            self.assumptions.append(
                f"{names} and {self._name(adults[-1])} are no couple (write `partner_of` or `benefit_units` if they are)"
            )
        for row in people:
            if self._is_child(row):
                parent = self._person(row).get("child_of")
                home = units[0] if parent is None else self._unit_of(units, self._row_of(parent, ("people", row, "child_of")), row)
                home.append(row)
        return units

    def _unit_of(self, units: list[list[int]], parent: int, row: int) -> list[int]:
        for unit in units:
            if parent in unit:
                return unit
        raise self.document.fault(("people", row, "child_of"), "child_of must name an adult of the household.")

    def _two_partners(self, row: int) -> Fault:
        return self.document.fault(("people", row), f"{self._name(row)} is named as the partner of two people; name one.")

    def _partner(self, row: int, adults: list[int]) -> int | None:
        said = {other: self._person(other).get("partner_of") for other in adults}
        if said[row] is not None:
            path: Path = ("people", row, "partner_of")
            partner = self._row_of(said[row], path)
            if partner == row or partner not in adults:
                raise self.document.fault(path, f'partner_of must name another adult of the household, not "{said[row]}".')
            return partner
        for other, name in said.items():
            if name is not None and str(name) == self._name(row):
                return other
        if len(adults) == 2 and not any(said.values()):
            one, other = adults
            if abs(self._person(one)["age"] - self._person(other)["age"]) <= _COUPLE_AGE_GAP:
                self.assumptions.append(f"{self._name(one)} and {self._name(other)} are a couple (write `benefit_units` if they are not)")
                return other if row == one else one
        return None

    def _given_units(self, people: list[int]) -> list[list[int]]:
        given = self.data["benefit_units"]
        path: Path = ("benefit_units",)
        if not isinstance(given, list) or not all(isinstance(unit, list) and unit for unit in given):
            raise self.document.fault(path, "benefit_units must be a list of lists of names, such as [[Sam, Ash, Bea]].")
        units = [[self._row_of(name, (*path, i, j)) for j, name in enumerate(unit)] for i, unit in enumerate(given)]
        placed = [row for unit in units for row in unit]
        for row in people:
            if placed.count(row) != 1:
                where = "in no benefit unit" if placed.count(row) == 0 else "in two benefit units"
                raise self.document.fault(path, f"{self._name(row)} is {where}; put each person in one.")
        for i, unit in enumerate(units):
            adults = [row for row in unit if not self._is_child(row)]
            if not 1 <= len(adults) <= 2:
                raise self.document.fault((*path, i), "each benefit unit needs one adult, or two who are a couple.")
            units[i] = adults + [row for row in unit if self._is_child(row)]
        return units

    # ---- records ---------------------------------------------------------------------------------------------------

    def _fill_person(self, record: Any, row: int) -> None:
        person, path = self._person(row), ("people", row)
        record["age"] = person["age"]
        for name, column in _PERSON_MONEY.items():
            if name in person:
                record[column] = money(self.document, (*path, name), person[name], column in _MAY_BE_NEGATIVE)
        for name, (least, most) in _PERSON_NUMBERS.items():
            if name in person:
                record[name] = self._number(person[name], (*path, name), least, most)
        for name, kind in _PERSON_CHOICES.items():
            if name in person:
                record[name] = self._choice(person[name], kind, (*path, name))
        for name in ("blind", "disabled", "health_protected", "pregnant"):
            if name in person:
                record[name] = self._yes_or_no(person[name], (*path, name))
        awards = person.get("disability", [])
        for award in [awards] if isinstance(awards, str) else awards:
            if award not in _AWARDS:
                likely = [name for name in _AWARDS if name.startswith(str(award).lower())] or list(_AWARDS)
                raise self.document.fault(
                    (*path, "disability"),
                    f'"{award}" is not a disability benefit rate{nearest(str(award), _AWARDS)} Use one of: {", ".join(likely)}.',
                )
            column, rate = _AWARDS[award]
            record[column] = rate
            record["disabled"] = 1
        if "education" not in person and not self._is_child(row):
            record["education"] = q.Education.NONE
        elif "education" not in person:
            record["education"] = _school_stage(person["age"])
        if "activity" not in person:
            record["activity"] = _activity(record, self._is_child(row))
        if self._is_child(row):
            record["role"] = q.Role.DEPENDANT

    def _number(self, value: Any, path: Path, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.document.fault(path, f"{path[-1]} must be a number from {low:g} to {high:g}, not {value!r}.")
        return float(value)

    def _choice(self, value: Any, kind: type[IntEnum], path: Path) -> int:
        names = {member.name.lower(): int(member) for member in kind}
        if str(value).lower() not in names:
            raise self.document.fault(
                path, f'{path[-1]} "{value}" is not known{nearest(str(value), names)} Use one of: {", ".join(names)}.'
            )
        return names[str(value).lower()]

    def _yes_or_no(self, value: Any, path: Path) -> int:
        if value in (True, False, 0, 1):
            return int(value)
        raise self.document.fault(path, f"{path[-1]} must be true or false, not {value!r}.")

    def _benefit_units(self, units: list[list[int]], persons: np.ndarray) -> np.ndarray:
        records = empty("benefit_unit", len(units))
        married = self._yes_or_no(self.data.get("married", True), ("married",))
        if any(self._is_couple(unit) for unit in units) and "married" not in self.data:
            self.assumptions.append("the couple are married or civil partners (write `married: false` if they are not)")
        start = 0
        for i, unit in enumerate(units):
            record = records[i]
            record["first_person"], record["last_person"] = start, start + len(unit)
            persons["benefit_unit"][start : start + len(unit)] = i
            couple = self._is_couple(unit)
            record["couple"], record["married"] = couple, couple and married
            record["householder"] = i == 0
            if couple:
                persons["role"][start + 1] = q.Role.PARTNER
            for row in unit:
                if "savings" in self._person(row):
                    record["capital"] += money(self.document, ("people", row, "savings"), self._person(row)["savings"])
            start += len(unit)
        for name in ("maintenance", "transitional_protection"):
            if name in self.data:
                records[name][0] = money(self.document, (name,), self.data[name])
        self._take_up(records)
        if "savings" in self.data:
            records["capital"][0] += money(self.document, ("savings",), self.data["savings"])
        return records

    def _take_up(self, records: np.ndarray) -> None:
        """`take_up: full`, as it is without the line, or what is not claimed: `take_up: {pension_credit: false}`."""
        given = self.data.get("take_up", "full")
        if given == "full":
            return
        benefits = {draw.removeprefix("draw_"): draw for draw in DRAWS}
        if not isinstance(given, dict):
            raise self.document.fault(("take_up",), "take_up must be full, or name what is not claimed, such as {pension_credit: false}.")
        _only_known(self.document, given, set(benefits), ("take_up",))
        for name, claimed in given.items():
            if not self._yes_or_no(claimed, ("take_up", name)):
                records[benefits[name]] = 1.0

    def _is_couple(self, unit: list[int]) -> bool:
        return len([row for row in unit if not self._is_child(row)]) == 2

    def _household(self, area: Area, persons: np.ndarray, benefit_units: np.ndarray, people: int) -> np.ndarray:
        record = empty("household", 1)
        data, document = self.data, self.document
        record["last_person"], record["last_benefit_unit"], record["weight"] = people, len(benefit_units), 1.0
        record["council"], record["nation"], record["region"] = area.row, area.nation, area.region
        record["brma"] = self._rental_area(area)
        tenure = data.get("tenure")
        if tenure is None:
            self.assumptions.append("the home is owned outright (write `tenure: private_rent` and so on if it is not)")
        record["tenure"] = self._choice(tenure or "owned_outright", q.Tenure, ("tenure",))
        for name in _HOUSEHOLD_MONEY & set(data):
            record[name] = money(document, (name,), data[name])
        if "bedrooms" in data:
            record["bedrooms"] = self._number(data["bedrooms"], ("bedrooms",), 0, 30)
        if "dwelling_type" in data:
            record["dwelling_type"] = self._choice(data["dwelling_type"], q.DwellingType, ("dwelling_type",))
        self._council_tax(record, area)
        self._wealth(record)
        if record["financial_wealth"][0] == 0:
            record["financial_wealth"] = benefit_units["capital"].sum()
        self._spending(record)
        return record

    def _spending(self, record: np.ndarray) -> None:
        spending = self.data.get("spending", {})
        columns = [name for name in (record.dtype.names or ()) if name.startswith("spending_")]
        _only_known(self.document, spending, {name.removeprefix("spending_") for name in columns}, ("spending",))
        for name, value in spending.items():
            record[f"spending_{name}"] = money(self.document, ("spending", name), value)

    def _rental_area(self, area: Area) -> int:
        if "rental_area" not in self.data:
            return area.brma
        wanted = str(self.data["rental_area"]).casefold()
        names = {market.name.casefold(): market.row for market in rental_markets()}
        if wanted not in names:
            raise self.document.fault(
                ("rental_area",), f'there is no rental market area "{self.data["rental_area"]}"{nearest(wanted, names)}'
            )
        return names[wanted]

    def _council_tax(self, record: np.ndarray, area: Area) -> None:
        given = self.data.get("council_tax")
        in_northern_ireland = area.nation == q.Nation.NORTHERN_IRELAND
        known, example = {"band", "bill"}, "{band: B} or {bill: 1_800}"
        if in_northern_ireland:
            known, example = (
                {"capital_value", "bill"},
                "{capital_value: 130_000} or {bill: 1_100}, since homes in Northern Ireland pay rates",
            )
        if given is None:
            if in_northern_ireland:
                self.assumptions.append(
                    "no domestic rates are counted (write `council_tax: {capital_value: 130_000}`, or a bill, to count them)"
                )
                return
            record["council_tax_band"] = q.Band.D
            self.assumptions.append("the home is in council tax band D (write `council_tax: {band: B}` or a bill)")
            return
        if not isinstance(given, dict) or not given or not set(given) <= known:
            raise self.document.fault(("council_tax",), f"council_tax must be {example}.")
        if "band" in given:
            record["council_tax_band"] = self._choice(given["band"], q.Band, ("council_tax", "band"))
        if "bill" in given:
            record["council_tax_bill"] = money(self.document, ("council_tax", "bill"), given["bill"])
        if "capital_value" in given:
            record["dwelling_value_band_year"] = money(self.document, ("council_tax", "capital_value"), given["capital_value"])

    def _wealth(self, record: np.ndarray) -> None:
        wealth = self.data.get("wealth", {})
        if not isinstance(wealth, dict):
            raise self.document.fault(("wealth",), f"wealth must be a mapping of {', '.join(_WEALTH)} to amounts.")
        _only_known(self.document, wealth, set(_WEALTH), ("wealth",))
        for name, value in wealth.items():
            record[_WEALTH[name]] = money(self.document, ("wealth", name), value)
        owned = record["tenure"][0] in (q.Tenure.OWNED_OUTRIGHT, q.Tenure.MORTGAGE)
        if "dwelling_value" in self.data:
            record["dwelling_value"] = money(self.document, ("dwelling_value",), self.data["dwelling_value"])
            if owned and "main_home" not in wealth:
                record["main_home_wealth"] = record["dwelling_value"]
        elif "main_home" in wealth:
            record["dwelling_value"] = record["main_home_wealth"]

    def _wealth_shares(self, persons: np.ndarray) -> np.ndarray:
        adults = persons["role"] != q.Role.DEPENDANT
        return np.where(adults, 1.0 / adults.sum(), 0.0)


def _school_stage(age: int) -> int:
    stages: list[tuple[Callable[[int], bool], q.Education]] = [
        (lambda years: years < 4, q.Education.EARLY_YEARS),
        (lambda years: years < 11, q.Education.PRIMARY),
        (lambda years: years < 16, q.Education.SECONDARY),
    ]
    return next((stage for test, stage in stages if test(age)), q.Education.FURTHER)


def _activity(record: Any, child: bool) -> int:
    if child:
        return q.Activity.CHILD
    if record["earnings"] > 0:
        return q.Activity.EMPLOYEE
    if record["self_employment"] != 0:
        return q.Activity.SELF_EMPLOYED
    if record["education"] != q.Education.NONE:
        return q.Activity.STUDENT
    if record["carer_hours"] >= 35:
        return q.Activity.CARING
    if record["work_capability"] != q.WorkCapability.FULL:
        return q.Activity.SICK
    if record["state_pension"] > 0 or record["private_pension"] > 0:
        return q.Activity.RETIRED
    return q.Activity.OTHER
