"""The Family Resources Survey as the UK Data Service ships it (tab-delimited, 2019-20 and later), read into a population.

Weekly amounts become yearly by 52 weeks, as HBAI does. Money columns hold missing values as negative numbers, which count as
nothing, except profit, where a negative number is a loss. Tables are joined by key, never by the order of rows. The End User
Licence file names no council: households are spread over the councils of their region. No message repeats a value of the files.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.faults import Fault
from fairshare.population import replicates
from fairshare.population.records import Population, empty, population
from fairshare.population.surveys import assembly, disability_awards
from fairshare.population.surveys import frs_columns as columns
from fairshare.population.surveys.text_tables import BLANKS, TextTable, empty_table, read_text_table

Progress = Callable[[str, float], None]

MISSING = (-1, -2, -6, -7, -8, -9, -90)
"""Codes that stand for no answer, beside a blank."""
MOST_A_WEEK = 1_000_000.0
"""£ a week beyond which an amount can be nobody's: the file is damaged."""
MOST_AT_ONCE = 1e9
LARGEST_KEY = 10**12
MOST_PEOPLE = 100
"""Person and benefit unit numbers lie below this."""
STUDIES = {"9252": "2022-23", "9367": "2023-24", "9563": "2024-25"}
"""UK Data Service study numbers of releases."""
SPILL = datetime.timedelta(days=61)
"""How far fieldwork may run beyond its fiscal year."""
DISAGREE = 0.01
"""Part of rows whose weights may differ between tables before the tables are taken for those of two releases."""

REGIONS = {
    1: q.Region.NORTH_EAST, 2: q.Region.NORTH_WEST, 4: q.Region.YORKSHIRE_AND_THE_HUMBER, 5: q.Region.EAST_MIDLANDS,
    6: q.Region.WEST_MIDLANDS, 7: q.Region.EAST_OF_ENGLAND, 8: q.Region.LONDON, 9: q.Region.SOUTH_EAST, 10: q.Region.SOUTH_WEST,
    11: q.Region.WALES, 12: q.Region.SCOTLAND, 13: q.Region.NORTHERN_IRELAND,
}  # fmt: skip
"""`gvtregno`: there is no 3."""
LONG_REGIONS = {112_000_001 + place: q.Region(place) for place in range(9)} | {
    299_999_999: q.Region.SCOTLAND, 399_999_999: q.Region.WALES, 499_999_999: q.Region.NORTHERN_IRELAND,
}  # fmt: skip
TENURES = {
    1: q.Tenure.SOCIAL_RENT, 2: q.Tenure.SOCIAL_RENT, 3: q.Tenure.PRIVATE_RENT, 4: q.Tenure.PRIVATE_RENT,
    5: q.Tenure.OWNED_OUTRIGHT, 6: q.Tenure.MORTGAGE,
}  # fmt: skip
"""`ptentyp2`; in `tentyp2` 5 and 6 stand the other way round."""
FULL_TENURES = TENURES | {5: q.Tenure.MORTGAGE, 6: q.Tenure.OWNED_OUTRIGHT, 7: q.Tenure.RENT_FREE, 8: q.Tenure.RENT_FREE}
DWELLINGS = {
    1: q.DwellingType.DETACHED, 2: q.DwellingType.SEMI_DETACHED, 3: q.DwellingType.TERRACED, 4: q.DwellingType.FLAT,
    5: q.DwellingType.FLAT, 6: q.DwellingType.OTHER, 7: q.DwellingType.OTHER,
}  # fmt: skip
ACTIVITIES = {
    1: q.Activity.EMPLOYEE, 2: q.Activity.EMPLOYEE, 3: q.Activity.SELF_EMPLOYED, 4: q.Activity.SELF_EMPLOYED, 5: q.Activity.UNEMPLOYED,
    6: q.Activity.RETIRED, 7: q.Activity.STUDENT, 8: q.Activity.CARING, 9: q.Activity.SICK, 10: q.Activity.OTHER, 11: q.Activity.OTHER,
}  # fmt: skip
"""`empstati` has eleven values: 10 is sick for a time, 11 otherwise inactive, and neither is long-term sick."""
ETHNICITIES = {
    1: q.Ethnicity.WHITE, 2: q.Ethnicity.MIXED, 3: q.Ethnicity.ASIAN, 4: q.Ethnicity.BLACK, 5: q.Ethnicity.OTHER, 6: q.Ethnicity.UNKNOWN,
}  # fmt: skip
SEXES = {1: q.Sex.MALE, 2: q.Sex.FEMALE}
CARE_HOURS = {0: 0.0, 1: 2.0, 2: 7.0, 3: 14.5, 4: 27.0, 5: 42.0, 6: 74.5, 7: 100.0, 8: 10.0, 9: 27.0, 10: 35.0}
"""Hours a week that stand for each band of `hourtot`: its middle, and the least of the open ones."""
NURSERY, PRIMARY, SPECIAL, MIDDLE_PRIMARY, MIDDLE_SECONDARY, SECONDARY, FURTHER, PRIVATE, UNIVERSITY = range(1, 10)

INTEREST = (1, 3, 5, 6, 13, 16, 17, 18, 25, 27, 28)
"""Accounts with taxable interest: current, savings, gilts, National Savings that are taxed, basic and credit union accounts."""
ORDINARY = 2
ORDINARY_EXEMPT = 70.0
"""£ a year of interest from account 2 that is exempt."""
SHARES = (7, 8)
"""Unit and investment trusts; stocks and shares."""
BEFORE_TAX = 1.25
"""What was stated after tax at 20% is worth this much before."""
PERSONAL_PENSIONS = (5, 6)
BY_EMPLOYER = 2
YEARLY_SUM = 95
LUMPS = (0, 90, 95, 97)
"""Period codes of sums paid once."""
RECOVERIES = frozenset({65, 66, 69, 70, 110, 111})
NOT_BENEFITS = frozenset({81, 82, 83, 98, 99, *range(102, 110)})
PRIVATE_SCHEMES = frozenset(range(31, 36))
"""Trade union, friendly society, private sickness, accident and hospital schemes: counted where paid at present."""
WINTER_FUEL, STATE_PENSION, CHILD_BENEFIT, PENSION_CREDIT, CARERS, JSA, ESA = 62, 5, 3, 4, 13, 14, 16
UNIVERSAL_CREDIT, HOUSING_BENEFIT, SCOTTISH_CHILD_PAYMENT, INCOME_SUPPORT = 95, 94, 112, 19
TAX_CREDITS = (90, 91)
UNABLE = (16, 17, 10)
"""Employment and Support Allowance, Incapacity Benefit, Severe Disablement Allowance."""
LARGEST_CODE = 200
WIDOWED = 4
PENSION_AGE = 65
MARRIED = 1
FIRST_PLAN_2_AGE = 18
PLAN_2_FROM = 2012


class Basis(NamedTuple):
    """What a row of JSA or ESA rests on, by `var2`: 5 and 6 are both, and no row is lost."""

    contribution: tuple[int, ...] = (1, 3)
    income: tuple[int, ...] = (2, 4)
    both: tuple[int, ...] = (5, 6)


BASIS = Basis()


@dataclass
class Survey:
    """The tables of a release, who belongs where, and what is learned while they are read."""

    tables: dict[str, TextTable]
    found: dict[str, str] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    zero: list[str] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)

    def named(self, table: str, idea: str) -> str | None:
        """The column that holds an idea, noted as found or as not there."""
        names = columns.COLUMNS[table][idea]
        name = self.tables[table].name_of(names)
        if name is None:
            self.zero.append(f"{table}.{idea} ({' or '.join(names)})")
        else:
            self.found[f"{table}.{idea}"] = name
        return name

    def amounts(self, table: str, idea: str, losses: bool = False, most: float = MOST_A_WEEK) -> np.ndarray:
        """(rows,) amounts as they stand, NaN where missing: a blank, or any negative number unless losses are possible."""
        held = self.tables[table]
        if self.named(table, idea) is None:
            return np.full(held.rows, np.nan)
        values = np.full(held.rows, np.nan)
        for name in [each for each in columns.COLUMNS[table][idea] if each in held.columns]:  # where one name is blank the next may not be
            held.used.add(name)
            own = held.numbers(name)
            held.refuse(name, np.abs(own) > most, "is too large to be true")
            own = own if losses else np.where(own < 0.0, np.nan, own)
            values = np.where(np.isnan(values), own, values)
        return values

    def money(self, table: str, idea: str, losses: bool = False) -> np.ndarray:
        """As `amounts`, nothing where missing."""
        return np.nan_to_num(self.amounts(table, idea, losses), nan=0.0)

    def codes(self, table: str, idea: str, allowed: Collection[int] | None) -> np.ndarray:
        """(rows,) codes, -1 where missing. Raises Fault for a code that the survey does not have."""
        held = self.tables[table]
        name = self.named(table, idea)
        if name is None:
            return np.full(held.rows, -1)
        values = held.numbers(name)
        missing = np.isnan(values) | np.isin(values, MISSING)
        held.refuse(name, ~missing & ((values != np.floor(values)) | (values < 0)), "is no code of the survey")
        numbers = np.where(missing, -1, values).astype(np.int64)
        if allowed is not None:
            held.refuse(name, ~missing & ~np.isin(numbers, list(allowed)), "is no code of the survey")
        return numbers

    def yes(self, table: str, idea: str) -> np.ndarray:
        """(rows,) whether a yes-or-no question (1, 2) was answered with yes."""
        return self.codes(table, idea, range(4)) == 1


class People(NamedTuple):
    """Adults first, then children, each in the order of their table."""

    owners: assembly.Owners
    keys: np.ndarray
    """(persons,) household row and person number as one number."""
    adults: int
    roles: np.ndarray
    age: np.ndarray


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
    survey = Survey(_read_tables(place, tell))
    if weight_column is not None:
        _use_weight_column(survey, weight_column.lower())
    tell("Joining tables", 0.7)
    keys = _household_keys(survey)
    fiscal = _year(survey, place, year)
    people = _people(survey, keys)
    households = _households(survey, people, keys, _weights(survey, keys, weights), seed)
    benefits = _Benefits(survey, people, keys)
    tell("Working out persons", 0.8)
    persons = _persons(survey, people, keys, benefits, households, fiscal)
    units = _units(survey, people, persons, keys, benefits, households, seed)
    _of_the_whole_home(people, persons, units, households)
    _values_of_homes(survey, households, fiscal, seed)
    tell("Putting records in order", 0.9)
    households, units, persons, order = assembly.in_record_order(households, units, persons, people.owners, people.age)
    made = population(
        persons, units, households, name="Family Resources Survey", year=fiscal, kind="survey", says=_says(fiscal, place),
        seed=seed, details=_details(survey, fiscal, place),
    )  # fmt: skip
    return made, {"benefits": benefits.table(order), "source": _source(people, keys)[order]}


def _source(people: People, keys: np.ndarray) -> np.ndarray:
    """(persons,) the survey's own numbers of each person, in the order of its tables."""
    out = np.zeros(len(people.keys), np.dtype([("sernum", "i8"), ("person", "i2")]))
    out["sernum"], out["person"] = keys[people.keys // MOST_PEOPLE], people.keys % MOST_PEOPLE
    return out


# ---- the folder ----------------------------------------------------------------------------------------------------


def tables_folder(folder: Path) -> Path:
    """The folder that holds the tab files: the one given, or one at most three levels below. Raises Fault for none or several."""
    if not folder.is_dir():
        raise Fault(f"{folder} is not a folder; give the folder that the UK Data Service's zip file opens to.")
    found: set[Path] = set()
    level = [folder]
    for _ in range(4):
        found |= {each for each in level if any(file.name.lower() == "adult.tab" for file in _entries(each))}
        level = [entry for each in level for entry in _entries(each) if entry.is_dir() and not entry.is_symlink()][:500]
    if not found:
        raise Fault(f"{folder} holds no adult.tab; give the folder that the UK Data Service's zip file opens to, with its tab files.")
    if len(found) > 1:
        raise Fault(f"{folder} holds several releases ({', '.join(sorted(each.name for each in found))}); give the folder of one.")
    return found.pop()


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise Fault(f"{folder} cannot be read ({error.strerror}); check your rights to it.") from None


def _read_tables(place: Path, tell: Progress) -> dict[str, TextTable]:
    files: dict[str, Path] = {}
    for file in _entries(place):
        name = file.stem.lower()
        if file.suffix.lower() != ".tab" or name not in columns.KEYS:
            continue
        if name in files:
            raise Fault(f"{place} holds {files[name].name} and {file.name}; keep one of them.")
        files[name] = file
    for name in columns.NEEDED_TABLES:
        if name not in files:
            raise Fault(f"{place} holds no {name}.tab, which is needed; fetch the whole release.")
    tables = {}
    for step, name in enumerate(columns.KEYS):
        tell(f"Reading {name}.tab", 0.7 * step / len(columns.KEYS))
        tables[name] = read_text_table(files[name], name, columns.wanted(name)) if name in files else empty_table(name, f"{name}.tab")
        if name in files:
            _need(tables[name], name)
    for name in ("adult", "househol", "benunit"):
        if not tables[name].rows:
            raise tables[name].fault("there is no row in it; fetch the file again.")
    return tables


def _need(table: TextTable, name: str) -> None:
    for key in columns.KEYS[name]:
        table.needed((key,), "a key that joins the tables")
    if name == "househol" and table.name_of(("gvtregno", "gvtregn")) is None:
        table.needed(("gvtregno", "gvtregn"), "region")
    for idea, meaning in columns.NEEDED.get(name, ()):
        table.needed(columns.COLUMNS[name][idea], meaning)


def _use_weight_column(survey: Survey, name: str) -> None:
    """Take the household's weight from a column that the user names."""
    table = survey.tables["househol"]
    if name not in table.columns:
        raise table.fault(f"there is no column {name}; --weight-column must name one of gross4 and gross3.")
    for held in ("househol", "adult", "child", "benunit"):
        for other in columns.COLUMNS[held]["weight"]:
            if other != name:
                survey.tables[held].columns.pop(other, None)


# ---- keys ----------------------------------------------------------------------------------------------------------


def _key(survey: Survey, table: str, name: str, most: int) -> np.ndarray:
    held = survey.tables[table]
    if not held.rows:
        return np.zeros(0, np.int64)
    values = held.whole_numbers(name, "a key")
    held.refuse(name, (values < 1) | (values >= most), "is not a number that a key can have")
    return values


def _household_keys(survey: Survey) -> np.ndarray:
    keys = _key(survey, "househol", "sernum", LARGEST_KEY)
    _refuse_twice(survey, "househol", "sernum", keys)
    return keys


def _refuse_twice(survey: Survey, table: str, name: str, keys: np.ndarray) -> None:
    again = assembly.first_repeated(keys)
    if again is not None:
        survey.tables[table].refuse(name, np.arange(len(keys)) == again, "repeats the key of an earlier row; every row needs its own")


def household_rows(survey: Survey, table: str, keys: np.ndarray) -> np.ndarray:
    """(rows,) the household row of each row of a table. Raises Fault for one whose household is not in househol.tab."""
    rows = assembly.rows_of(_key(survey, table, "sernum", LARGEST_KEY), keys)
    survey.tables[table].refuse("sernum", rows < 0, "names a household that househol.tab does not hold")
    return rows


def person_rows(survey: Survey, table: str, people: People, keys: np.ndarray) -> np.ndarray:
    """(rows,) the person row of each row of a table. Raises Fault for one that belongs to nobody."""
    held = survey.tables[table]
    wanted = household_rows(survey, table, keys) * MOST_PEOPLE + _key(survey, table, "person", MOST_PEOPLE)
    rows = assembly.rows_of(wanted, people.keys)
    held.refuse("person", rows < 0, "names a person that neither adult.tab nor child.tab holds")
    return rows


def _people(survey: Survey, keys: np.ndarray) -> People:
    """Everyone, in which unit and household, and who claims. Raises Fault where the tables contradict one another."""
    unit_home = household_rows(survey, "benunit", keys)
    unit_keys = unit_home * MOST_PEOPLE + _key(survey, "benunit", "benunit", MOST_PEOPLE)
    _refuse_twice(survey, "benunit", "benunit", unit_keys)
    person_keys, units = [], []
    for table in ("adult", "child"):
        home = household_rows(survey, table, keys)
        person_keys.append(home * MOST_PEOPLE + _key(survey, table, "person", MOST_PEOPLE))
        unit = assembly.rows_of(home * MOST_PEOPLE + _key(survey, table, "benunit", MOST_PEOPLE), unit_keys)
        survey.tables[table].refuse("benunit", unit < 0, "names a benefit unit that benunit.tab does not hold")
        units.append(unit)
    adults = len(units[0])
    _refuse_twice(survey, "adult", "person", person_keys[0])
    _refuse_twice(survey, "child", "person", person_keys[1])
    survey.tables["child"].refuse("person", np.isin(person_keys[1], person_keys[0]), "is the number of an adult of that household too")
    bare = np.bincount(units[0], minlength=len(unit_keys)) == 0
    survey.tables["benunit"].refuse("benunit", bare, "is a benefit unit without an adult in adult.tab")
    everyone = np.concatenate(person_keys)
    lived_in = np.isin(np.arange(len(keys)), unit_home)
    survey.tables["househol"].refuse("sernum", ~lived_in, "is a household without a benefit unit in benunit.tab")
    _check_counts(survey, person_keys)
    owners = assembly.Owners(unit_home, np.concatenate(units))
    return People(owners, everyone, adults, _roles(survey, units[0], person_keys), _ages(survey))


def _check_counts(survey: Survey, person_keys: list[np.ndarray]) -> None:
    """Adults and children of each household as househol.tab counts them: rows that were lost show here."""
    homes = survey.tables["househol"]
    for idea, table, held in (("adults", "adult", person_keys[0]), ("children", "child", person_keys[1])):
        stated = survey.codes("househol", idea, range(MOST_PEOPLE))
        counted = np.bincount(held // MOST_PEOPLE, minlength=homes.rows)
        wrong = (stated >= 0) & (stated != counted)
        homes.refuse(columns.COLUMNS["househol"][idea][0], wrong, f"is not how many rows {table}.tab has for the household")


def _roles(survey: Survey, unit: np.ndarray, person_keys: list[np.ndarray]) -> np.ndarray:
    """Claimant, partner or dependant: by `uperson`, or else by the number of the person."""
    table = survey.tables["adult"]
    order = survey.codes("adult", "order", (0, 1, 2))
    place = np.empty(len(unit), np.int64)
    by_number = np.lexsort((person_keys[0], unit))
    place[by_number] = np.arange(len(unit)) - np.searchsorted(unit[by_number], unit[by_number]) + 1
    table.refuse("benunit", place > 2, "is a benefit unit of more than two adults")
    head = np.bincount(unit, order == 1, unit.max() + 1)[unit]
    partner = np.bincount(unit, order == 2, unit.max() + 1)[unit]
    if table.name_of(columns.COLUMNS["adult"]["order"]) is not None:
        table.refuse("uperson", (head > 1) | (partner > 1), "gives a benefit unit two heads or two partners")
    known = (head == 1) & (np.isin(order, (1, 2)))
    whole = np.bincount(unit, ~known, unit.max() + 1)[unit] == 0
    if not whole.all():
        survey.derived["person.role"] = "where `uperson` does not say, the adult with the lower number claims"
    claims = np.where(whole, order == 1, place == 1)
    adults = np.where(claims, int(q.Role.CLAIMANT), int(q.Role.PARTNER))
    return np.concatenate([adults, np.full(len(person_keys[1]), int(q.Role.DEPENDANT))])


def _ages(survey: Survey) -> np.ndarray:
    found = []
    for table, least, most in (("adult", 16, 120), ("child", 0, 19)):
        held, name = survey.tables[table], survey.named(table, "age")
        if name is None or not held.rows:
            found.append(np.zeros(held.rows))
            continue
        values = held.whole_numbers(name, "age in years")
        held.refuse(name, (values < least) | (values > most), f"is not an age from {least} to {most}")
        found.append(values.astype(np.float64))
    return np.concatenate(found)


# ---- the year and the weights --------------------------------------------------------------------------------------


def _fiscal(day: datetime.date) -> int:
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def _named(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


def _year(survey: Survey, place: Path, asked: str | None) -> str:
    """The survey's fiscal year: from the dates of interviews, the release's own names, or as asked. Raises Fault where they differ."""
    said = {year for number, year in STUDIES.items() if any(re.search(rf"\b{number}\b", part) for part in place.parts[-3:])}
    for file in _entries(place):
        flat = re.fullmatch(r"frs(\d\d)(\d\d)\.tab", file.name.lower())
        if flat and (int(flat[1]) + 1) % 100 == int(flat[2]):
            said.add(_named(2000 + int(flat[1])))
    dated = _year_of_interviews(survey)
    said |= {dated} if dated else set()
    if asked is not None:
        if not re.fullmatch(r"(19|20)\d\d-\d\d", asked) or asked != _named(int(asked[:4])):
            raise Fault(f'"{asked}" is not a fiscal year; write it as 2022-23.')
        if said and said != {asked}:
            raise Fault(
                f"{place.name}: the files are of {' and '.join(sorted(said))}, not of {asked}; leave --year out or give that folder."
            )
        return asked
    if len(said) > 1:
        raise Fault(f"{place.name}: some files are of {' and others of '.join(sorted(said))}; keep one release in a folder.")
    if not said:
        raise Fault(f"{place.name}: nothing says the survey's year (househol.tab holds no intdate); give it as --year 2022-23.")
    return said.pop()


def _year_of_interviews(survey: Survey) -> str | None:
    table = survey.tables["househol"]
    name = survey.named("househol", "interview")
    if name is None:
        return None
    texts = table.texts(name).astype(str)
    days = {text: _day(text) for text in np.unique(texts)}
    table.refuse(name, np.isin(texts, [text for text, day in days.items() if day is None and text not in BLANKS]), "is not a date")
    dates = [days[text] for text in texts]
    counted = Counter(_fiscal(day) for day in dates if day is not None)
    if not counted:
        return None
    start = counted.most_common(1)[0][0]
    first, last = datetime.date(start, 4, 1) - SPILL, datetime.date(start + 1, 3, 31) + SPILL
    outside = np.array([day is not None and not first <= day <= last for day in dates])
    table.refuse(name, outside, f"lies outside the survey year {_named(start)} of most rows: the file holds more than one year")
    return _named(start)


def _day(text: str) -> datetime.date | None:
    """A date as month/day/year, year-month-day, or days since 1 January 1960."""
    try:
        if "/" in text:
            month, day, year = (int(float(part)) for part in text.split(" ")[0].split("/"))
            return datetime.date(year + 2000 if year < 100 else year, month, day)
        if re.match(r"\d{4}-\d\d-\d\d", text):
            return datetime.date.fromisoformat(text[:10])
        count = int(float(text))
        return datetime.date(1960, 1, 1) + datetime.timedelta(days=count) if 0 < count < 60_000 else None
    except (ValueError, OverflowError):
        return None


def _weights(survey: Survey, keys: np.ndarray, replacing: Path | None) -> np.ndarray:
    """(households,) the weight of each household: its members have the same."""
    table = survey.tables["househol"]
    name = survey.named("househol", "weight")
    assert name is not None
    values = table.numbers(name)
    table.refuse(name, ~(values > 0.0) | (values > 1e7), "is not a weight above 0")
    if replacing is None:
        _agree(survey, keys, values)
        return values
    other = read_text_table(replacing, "weights", delimiter="," if replacing.suffix.lower() == ".csv" else "\t")
    other.needed(("sernum",), "the household's key")
    names = [each for each in other.columns if each != "sernum"]
    if len(names) != 1:
        raise other.fault("give two columns: sernum and the weight.")
    rows = assembly.rows_of(keys, other.whole_numbers("sernum", "a key"))
    table.refuse("sernum", rows < 0, f"is a household that {other.file} gives no weight")
    given = other.numbers(names[0])
    other.refuse(names[0], ~(given > 0.0) | (given > 1e7), "is not a weight above 0")
    survey.found["househol.weight"] = f"{names[0]} of {other.file}"
    return given[rows]


def _agree(survey: Survey, keys: np.ndarray, weights: np.ndarray) -> None:
    """The weights that other tables repeat are those of the household; where they are not, the tables are of two releases."""
    for name in ("adult", "child", "benunit"):
        table, column = survey.tables[name], survey.tables[name].name_of(columns.COLUMNS[name]["weight"])
        if column is None or not table.rows:
            continue
        own = table.numbers(column)
        differs = ~np.isnan(own) & (np.abs(own - weights[household_rows(survey, name, keys)]) > 0.5)
        if differs.mean() > DISAGREE:
            table.refuse(column, differs, "is not the weight of the household in househol.tab: the tables are of two releases")


# ---- households ----------------------------------------------------------------------------------------------------


def _households(survey: Survey, people: People, keys: np.ndarray, weights: np.ndarray, seed: int) -> np.ndarray:
    """Household records in the order of househol.tab."""
    records = empty("household", len(keys))
    records["weight"] = weights
    records["region"] = _regions(survey)
    records["nation"] = [int(assembly.nation_of(int(region))) for region in records["region"]]
    records["tenure"] = _tenures(survey)
    dwelling = survey.codes("househol", "dwelling", DWELLINGS)
    records["dwelling_type"] = _mapped(dwelling, DWELLINGS, q.DwellingType.OTHER)
    records["rent"] = q.WEEKS_IN_YEAR * survey.money("househol", "rent")
    records["mortgage_interest"] = q.WEEKS_IN_YEAR * survey.money("househol", "mortgage_interest")
    _mortgages(survey, records, keys)
    _bedrooms(survey, people, records)
    water = _water(survey, records["region"] == q.Region.SCOTLAND)
    records["water_charges"] = q.WEEKS_IN_YEAR * water
    _council_tax(survey, records, water, seed)
    records["council"] = assembly.spread_over_councils(records["region"], records["weight"], seed)
    survey.derived["household.council"] = f"spread over the region's councils in proportion to their households (seed {seed})"
    records["brma"] = np.array([area.brma for area in areas()])[records["council"]]
    survey.derived["household.brma"] = "the main rental market of the council drawn"
    return records


def _mapped(codes: np.ndarray, known: Mapping[int, int], missing: int) -> np.ndarray:
    out = np.full(len(codes), int(missing))
    for code, member in known.items():
        out[codes == code] = int(member)
    return out


def _regions(survey: Survey) -> np.ndarray:
    table = survey.tables["househol"]
    short = _mapped(survey.codes("househol", "region", REGIONS), REGIONS, -1)
    if (short >= 0).all():
        return short
    regions = np.where(short >= 0, short, _mapped(survey.codes("househol", "region_long", LONG_REGIONS), LONG_REGIONS, -1))
    name = table.name_of(("gvtregno", "gvtregn"))
    assert name is not None
    table.refuse(name, regions < 0, "does not say the region")
    return regions


def _tenures(survey: Survey) -> np.ndarray:
    """By `ptentyp2`; homes free of rent by `tenure` or `tentyp2`, and whatever `ptentyp2` leaves open by `tentyp2`."""
    table = survey.tables["househol"]
    tenure = _mapped(survey.codes("househol", "tenure", TENURES), TENURES, -1)
    full = _mapped(survey.codes("househol", "tenure_full", FULL_TENURES), FULL_TENURES, -1)
    asked = survey.codes("househol", "tenure_asked", range(1, 7))
    free = np.isin(asked, (5, 6)) | (full == q.Tenure.RENT_FREE)
    tenure = np.where(free, int(q.Tenure.RENT_FREE), np.where(tenure >= 0, tenure, full))
    table.refuse("ptentyp2", tenure < 0, "does not say the tenure, and neither does tentyp2")
    return tenure


def _mortgages(survey: Survey, records: np.ndarray, keys: np.ndarray) -> None:
    """Capital repaid: what was borrowed, or borrowed again, over the years of the loan, in equal parts."""
    if not survey.tables["mortgage"].rows:
        survey.zero.append("household.mortgage_capital")
        return
    homes = household_rows(survey, "mortgage", keys)
    again = survey.yes("mortgage", "again")
    borrowed = survey.amounts("mortgage", "borrowed", most=MOST_AT_ONCE)
    once_more = survey.amounts("mortgage", "borrowed_again", most=MOST_AT_ONCE)
    capital = np.nan_to_num(np.where(again & ~np.isnan(once_more), once_more, borrowed), nan=0.0)
    years = np.nan_to_num(survey.amounts("mortgage", "years", most=200.0), nan=0.0)
    yearly = np.divide(capital, years, out=np.zeros(len(capital)), where=years > 0)
    records["mortgage_capital"] = np.bincount(homes, yearly, len(records))
    records["mortgage_debt"] = np.bincount(
        homes, np.nan_to_num(survey.amounts("mortgage", "left", most=MOST_AT_ONCE), nan=0.0), len(records)
    )
    survey.derived["household.mortgage_capital"] = "the sum borrowed over the years of the loan, in equal parts"
    survey.assumed.append("every loan with a term is repaid in equal parts; loans on which interest alone is paid are not told apart")


def _bedrooms(survey: Survey, people: People, records: np.ndarray) -> None:
    """As stated; where not, one for the householders and one for every two others."""
    stated = survey.amounts("househol", "bedrooms", most=50.0)
    home = people.owners.household_of_unit[people.owners.unit_of_person]
    members = np.bincount(home, minlength=len(records))
    grown = np.bincount(home, people.roles != q.Role.DEPENDANT, len(records))
    usual = 1 + np.ceil((members - np.minimum(grown, 2)) / 2)
    missing = np.isnan(stated)
    records["bedrooms"] = np.clip(np.where(missing, usual, stated), 0, 30)
    if missing.any():
        survey.derived["household.bedrooms"] = "where not stated, one for the householders and one for every two others"


def _water(survey: Survey, scotland: np.ndarray) -> np.ndarray:
    """(households,) £ a week for water and sewerage. Scotland's comes with the council tax bill."""
    england_and_wales = survey.money("househol", "water")
    net = survey.amounts("househol", "water_scotland"), survey.amounts("househol", "sewerage_scotland")
    gross = survey.money("househol", "gross_water_scotland") + survey.money("househol", "gross_sewerage_scotland")
    discount = _mapped(survey.codes("househol", "discount", (1, 2)), {1: 25, 2: 50}, 0) / q.PERCENT
    discount = np.where(survey.yes("househol", "discounted"), discount, 0.0)
    discount = np.where(survey.yes("househol", "reduced"), np.maximum(discount, LEAST_FOR_REDUCED), discount)
    stated = ~(np.isnan(net[0]) & np.isnan(net[1]))
    scottish = np.where(stated, np.nan_to_num(net[0]) + np.nan_to_num(net[1]), gross * (1.0 - discount))
    return np.where(scotland, scottish, england_and_wales)


LEAST_FOR_REDUCED = 0.35
"""Least part taken off Scottish water charges of households with a council tax reduction."""


def _council_tax(survey: Survey, records: np.ndarray, water: np.ndarray, seed: int) -> None:
    """Band, and the bill before reduction where it is known (-1 where not: the law works it out)."""
    ireland = records["nation"] == q.Nation.NORTHERN_IRELAND
    scotland = records["nation"] == q.Nation.SCOTLAND
    codes = survey.codes("househol", "band", range(1, 16))
    band = np.where(codes > int(q.Band.I), int(q.Band.NONE), codes)
    unknown = (codes < 0) & ~ireland
    if unknown.any():
        band = _drawn_bands(band, unknown, records, seed)
        survey.derived["household.council_tax_band"] = "where not stated, that of a household of the region and tenure, drawn at random"
    records["council_tax_band"] = np.where(ireland, int(q.Band.NONE), np.maximum(band, 0))
    bill = survey.amounts("househol", "bill", most=MOST_A_WEEK)
    reduction = q.WEEKS_IN_YEAR * np.where(survey.yes("househol", "reduced"), survey.money("househol", "reduction"), 0.0)
    before = bill - np.where(scotland, q.WEEKS_IN_YEAR * water, 0.0) + reduction
    rates = q.WEEKS_IN_YEAR * survey.amounts("househol", "rates")
    due = np.where(ireland, rates, before)
    records["council_tax_bill"] = np.where(np.isnan(due) | (due <= 0.0), -1.0, due)
    survey.derived["household.council_tax_bill"] = (
        "the stated bill and the reduction (in Scotland without water); where it is not known the law works it out"
    )


def _drawn_bands(band: np.ndarray, unknown: np.ndarray, records: np.ndarray, seed: int) -> np.ndarray:
    generator = np.random.default_rng([seed, 3])
    out = band.copy()
    for row in np.flatnonzero(unknown):
        alike = (records["region"] == records["region"][row]) & (records["tenure"] == records["tenure"][row]) & (band >= 1)
        donors = np.flatnonzero(alike)
        if not len(donors):
            donors = np.flatnonzero((band >= 1) & (band <= int(q.Band.H)))
        out[row] = band[generator.choice(donors)] if len(donors) else int(q.Band.D)
    return out


# ---- benefits ------------------------------------------------------------------------------------------------------


class _Benefits:
    """Benefits as reported: (rows,) person, code, £ a year, whether income, and what JSA and ESA rest on (0, 1, 2, 3 both)."""

    def __init__(self, survey: Survey, people: People, keys: np.ndarray) -> None:
        self.people = len(people.keys)
        held = survey.tables["benefits"]
        if not held.rows:
            survey.zero.append("every benefit (benefits.tab is missing or empty)")
            self.person = self.code = np.zeros(0, np.int64)
            self.pounds = self.weekly = np.zeros(0)
            self.income = np.zeros(0, bool)
            self.basis = np.zeros(0, np.int64)
            return
        self.person = person_rows(survey, "benefits", people, keys)
        self.code = survey.codes("benefits", "code", range(LARGEST_CODE))
        held.refuse("benefit", self.code < 1, "is no code of a benefit")
        amount = survey.money("benefits", "amount")
        period = survey.codes("benefits", "period", None)
        lump = np.isin(period, LUMPS) | (self.code == WINTER_FUEL)
        self.pounds = np.where(lump, amount, q.WEEKS_IN_YEAR * amount)
        self.weekly = np.where(lump, 0.0, amount)
        present = survey.codes("benefits", "present", range(4)) != 2
        self.income = ~np.isin(self.code, [*RECOVERIES, *NOT_BENEFITS]) & (~np.isin(self.code, list(PRIVATE_SCHEMES)) | present)
        self.basis = self._bases(survey.codes("benefits", "basis", None))

    def _bases(self, given: np.ndarray) -> np.ndarray:
        kinds = [np.isin(given, of) for of in BASIS]
        return np.where(np.isin(self.code, (JSA, ESA)), np.select(kinds, [1, 2, 3], 0), 0)

    def a_week(self, *codes: int) -> np.ndarray:
        """(persons,) £ a week of these benefits."""
        return self._summed(self.weekly, np.isin(self.code, codes))

    def a_year(self, *codes: int) -> np.ndarray:
        """(persons,) £ a year of these benefits."""
        return self._summed(self.pounds, np.isin(self.code, codes))

    def means_tested(self) -> np.ndarray:
        """(persons,) whether a working-age means-tested benefit is reported: Universal Credit, or one that it replaced."""
        old = np.isin(self.code, (JSA, ESA)) & np.isin(self.basis, (2, 3))
        return self._summed(np.ones(len(self.code)), old | np.isin(self.code, (UNIVERSAL_CREDIT, INCOME_SUPPORT, *TAX_CREDITS))) > 0

    def reported(self, *codes: int) -> np.ndarray:
        """(persons,) whether any of these benefits is reported, whatever its amount."""
        return self._summed(np.ones(len(self.code)), np.isin(self.code, codes)) > 0

    def _summed(self, values: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return np.bincount(self.person[rows], values[rows], self.people)

    def table(self, order: np.ndarray) -> np.ndarray:
        """The rows under the person records that they belong to; `order` is the file's row of each record."""
        kind = [("person", "i4"), ("code", "i2"), ("pounds", "f8"), ("income", "i1"), ("basis", "i1")]
        out = np.zeros(len(self.person), np.dtype(kind))
        record = np.empty(len(order), np.int64)
        record[order] = np.arange(len(order))
        for name, values in zip(
            ("person", "code", "pounds", "income", "basis"),
            (record[self.person], self.code, self.pounds, self.income, self.basis),
            strict=True,
        ):
            out[name] = values
        return out[np.lexsort((out["code"], out["person"]))]


# ---- persons -------------------------------------------------------------------------------------------------------


def _persons(survey: Survey, people: People, keys: np.ndarray, benefits: _Benefits, households: np.ndarray, year: str) -> np.ndarray:
    """Person records, adults first."""
    records = empty("person", len(people.keys))
    records["role"], records["age"] = people.roles, people.age
    grown, young = slice(0, people.adults), slice(people.adults, None)
    for table, rows in (("adult", grown), ("child", young)):
        sex = survey.codes(table, "sex", SEXES)
        survey.tables[table].refuse("sex", sex < 0, "does not say the sex")
        records["sex"][rows] = _mapped(sex, SEXES, 0)
        records["disabled"][rows] = survey.yes(table, "disabled")
        records["education"][rows] = _schooling(survey, table, people.age[rows])
    _work(survey, records, people)
    _money_of_adults(survey, records[grown], people, households)
    records["earnings"][young] = q.WEEKS_IN_YEAR * survey.money("child", "earnings")
    records["other_income"][young] = q.WEEKS_IN_YEAR * survey.money("child", "trust")
    _money_of_tables(survey, records, people, keys)
    _who_they_are(survey, records, people, benefits)
    _state_pension(survey, records, people, benefits)
    _awards(records, benefits, year)
    _loans(survey, records, people, households, year)
    return records


def _schooling(survey: Survey, table: str, age: np.ndarray) -> np.ndarray:
    """Full-time education now, by kind of school; by age where the kind does not say (special and private schools)."""
    kind = survey.codes(table, "school", range(12))
    studies = survey.yes(table, "schooling") | (kind >= NURSERY) & (kind <= UNIVERSITY) & (table == "child")
    by_age = np.select(
        [age < 5, age < 11, age < 16], [int(q.Education.EARLY_YEARS), int(q.Education.PRIMARY), int(q.Education.SECONDARY)],
        int(q.Education.FURTHER),
    )  # fmt: skip
    older = np.where(age < 16, int(q.Education.SECONDARY), int(q.Education.FURTHER))
    stages: list[tuple[np.ndarray, int | np.ndarray]] = [
        (kind == NURSERY, int(q.Education.EARLY_YEARS)),
        (np.isin(kind, (PRIMARY, MIDDLE_PRIMARY)), int(q.Education.PRIMARY)),
        (np.isin(kind, (SECONDARY, MIDDLE_SECONDARY)), older),
        (kind == FURTHER, int(q.Education.FURTHER)),
        (kind == UNIVERSITY, int(q.Education.HIGHER)),
        (np.isin(kind, (SPECIAL, PRIVATE)), by_age),
        ((kind < 0) & (age < 16) & (age >= 5), by_age),
    ]
    grown_unknown = int(q.Education.HIGHER) if table == "adult" else int(q.Education.FURTHER)
    stage = np.select([where for where, _ in stages], [value for _, value in stages], grown_unknown)
    return np.where(studies | ((table == "child") & (age >= 5) & (age < 16)), stage, int(q.Education.NONE))


def _work(survey: Survey, records: np.ndarray, people: People) -> None:
    status = survey.codes("adult", "status", ACTIVITIES)
    grown = records[: people.adults]
    grown["activity"] = _mapped(status, ACTIVITIES, q.Activity.OTHER)
    young = records[people.adults :]
    young["activity"] = np.where(young["age"] < assembly.WORKING_AGE, int(q.Activity.CHILD), int(q.Activity.STUDENT))
    stated = survey.amounts("adult", "hours", most=1_000.0)
    overtime = survey.codes("adult", "overtime", (0, 1, 2))
    basic = survey.money("adult", "hours_basic") + survey.money("adult", "hours_overtime")
    usual = np.where(overtime == 2, survey.money("adult", "hours_with_overtime"), np.where(overtime == 1, basic, 0.0))
    grown["hours"] = np.minimum(np.where(np.isnan(stated), usual, stated), q.DAYS_IN_WEEK * 24)


def _gated(survey: Survey, amount: str, gate: str) -> np.ndarray:
    """An amount of adult.tab that counts where a question was answered with yes; without the question, wherever it stands."""
    values = survey.money("adult", amount)
    return np.where(survey.yes("adult", gate), values, 0.0) if survey.named("adult", gate) is not None else values


def _money_of_adults(survey: Survey, grown: np.ndarray, people: People, households: np.ndarray) -> None:
    """Incomes that adult.tab holds, £ a year."""
    weeks = q.WEEKS_IN_YEAR
    grown["earnings"] = weeks * survey.money("adult", "earnings")
    grown["self_employment"] = weeks * survey.money("adult", "profit", losses=True)
    survey.assumed.append("every negative profit is a loss")
    grown["dividends"] = weeks * survey.money("adult", "director_dividends")
    let = survey.money("adult", "let_income") * np.where(survey.codes("adult", "let_result", (0, 1, 2)) == 2, -1.0, 1.0)
    grown["property_income"] = weeks * let
    home = people.owners.household_of_unit[people.owners.unit_of_person][: people.adults]
    lodging = np.zeros(len(households))
    np.maximum.at(lodging, home, survey.money("adult", "lodging_paid"))
    head = reference_persons(survey, people, len(households))
    grown["property_income"][head] += weeks * (lodging + survey.money("househol", "subletting"))
    survey.derived["person.property_income"] = (
        "rent from other property less costs, as stated; sub-letting and the largest payment of a lodger go to the reference person"
    )
    survey.assumed.append("interest on loans for let property has been taken off rents already and is not known")
    grown["other_income"] = weeks * (
        _gated(survey, "royalties", "has_royalties")
        + _gated(survey, "sleeping_partner", "has_sleeping_partner")
        + _gated(survey, "overseas_pension", "has_overseas_pension")
        + _gated(survey, "gift_of_organisation", "gift_by_organisation")
    )


def reference_persons(survey: Survey, people: People, households: int) -> np.ndarray:
    """(households,) the adult row of each household's reference person: `hrpid`, or the lowest number."""
    marked = survey.codes("adult", "reference", (0, 1, 2)) == 1
    home = people.owners.household_of_unit[people.owners.unit_of_person][: people.adults]
    survey.tables["adult"].refuse(
        "hrpid", marked & (np.bincount(home, marked, households)[home] > 1), "gives a household two reference persons"
    )
    order = np.lexsort((people.keys[: people.adults], ~marked, home))
    if (np.bincount(home, marked, households) == 0).any():
        survey.derived["household.reference_person"] = "where none is marked, the adult with the lowest number"
    return order[np.unique(home[order], return_index=True)[1]]


def _money_of_tables(survey: Survey, records: np.ndarray, people: People, keys: np.ndarray) -> None:
    """Incomes and payments of the tables with several rows a person, summed to the person, £ a year."""
    weeks, count = q.WEEKS_IN_YEAR, len(records)

    def summed(table: str, values: np.ndarray) -> np.ndarray:
        return np.bincount(person_rows(survey, table, people, keys), values, count)

    held = {name for name in ("job", "accounts", "pension", "penprov", "oddjob", "chldcare") if survey.tables[name].rows}
    survey.zero += [f"everything of {name}.tab (missing or empty)" for name in sorted({*columns.NEEDED} - held - {*columns.NEEDED_TABLES})
                    if not survey.tables[name].rows]  # fmt: skip
    for name in ("assets", "maint", "extchild", "care", "owner", "renter"):  # rows that nothing is taken from must belong somewhere too
        household_rows(survey, name, keys)
    if "job" in held:
        own = _first(survey.amounts("job", "contribution"), survey.amounts("job", "contribution_usual"))
        added = _first(survey.amounts("job", "added_contribution"), survey.amounts("job", "added_contribution_usual"))
        records["pension_net_pay"] = weeks * summed("job", own + added)
        records["pension_salary_sacrifice"] = weeks * summed("job", survey.money("job", "sacrificed"))
        survey.assumed.append("contributions from pay are taken before tax (net pay arrangements)")
    if "accounts" in held:
        interest, dividends = _of_accounts(survey, person_rows(survey, "accounts", people, keys), count)
        records["savings_interest"] = interest
        records["dividends"] += dividends
    if "pension" in held:
        records["private_pension"] = weeks * summed("pension", _pensions(survey))
    if "penprov" in held:
        records["pension_relief_at_source"] = summed("penprov", _own_pensions(survey))
        survey.assumed.append("contributions to personal pensions stand as paid; none is cut at the top")
    if "oddjob" in held:
        paid = np.where(survey.yes("oddjob", "now"), survey.money("oddjob", "amount"), 0.0)
        records["other_income"] += weeks * summed("oddjob", paid)
        survey.assumed.append("pay for odd jobs is weekly (sources disagree; one takes it as monthly)")
    if "chldcare" in held:
        counted = survey.yes("chldcare", "costs") & survey.yes("chldcare", "registered")
        records["childcare_costs"] = weeks * summed("chldcare", np.where(counted, survey.money("chldcare", "amount"), 0.0))


def _first(values: np.ndarray, else_values: np.ndarray) -> np.ndarray:
    return np.nan_to_num(np.where(np.isnan(values), else_values, values), nan=0.0)


def _of_accounts(survey: Survey, person: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(persons,) taxable interest and dividends, £ a year, before any tax taken off."""
    kind = survey.codes("accounts", "kind", range(60))
    paid = survey.money("accounts", "interest")
    after_tax = survey.codes("accounts", "taxed", (0, 1, 2)) == 1
    shares_after_tax = survey.codes("accounts", "investment_taxed", (0, 1, 2)) == 1
    yearly = q.WEEKS_IN_YEAR * paid * np.where(np.isin(kind, SHARES), shares_after_tax, after_tax) * (BEFORE_TAX - 1.0)
    yearly = yearly + q.WEEKS_IN_YEAR * paid
    interest = np.bincount(person, np.where(np.isin(kind, INTEREST), yearly, 0.0), count)
    ordinary = np.bincount(person, np.where(kind == ORDINARY, yearly, 0.0), count)
    survey.derived["person.savings_interest"] = (
        "interest of accounts that are taxed; ISAs, certificates, premium bonds and the like are left out"
    )
    return (
        interest + np.maximum(ordinary - ORDINARY_EXEMPT, 0.0),
        np.bincount(person, np.where(np.isin(kind, SHARES), yearly, 0.0), count),
    )


def _pensions(survey: Survey) -> np.ndarray:
    """(rows,) £ a week before what was taken off."""
    tax = np.where(survey.codes("pension", "after_tax", (0, 1, 2)) == 2, survey.money("pension", "tax"), 0.0)
    taken = (survey.codes("pension", "after_other", (0, 1, 2)) == 2) | survey.yes("pension", "has_other")
    return survey.money("pension", "pay") + tax + np.where(taken, survey.money("pension", "other"), 0.0)


def _own_pensions(survey: Survey) -> np.ndarray:
    """(rows,) £ a year put into personal and stakeholder pensions by the person."""
    own = np.isin(survey.codes("penprov", "kind", range(20)), PERSONAL_PENSIONS)
    own &= survey.codes("penprov", "payer", range(10)) != BY_EMPLOYER
    periods = np.where(survey.codes("penprov", "period", None) == YEARLY_SUM, 1.0, q.WEEKS_IN_YEAR)
    return np.where(own, survey.money("penprov", "amount") * periods, 0.0)


def _who_they_are(survey: Survey, records: np.ndarray, people: People, benefits: _Benefits) -> None:
    grown = records[: people.adults]
    grown["blind"] = survey.yes("adult", "blind")
    grown["ethnicity"] = _mapped(survey.codes("adult", "ethnicity", ETHNICITIES), ETHNICITIES, q.Ethnicity.UNKNOWN)
    heads = np.zeros(len(people.owners.household_of_unit), np.int64)
    claims = np.flatnonzero(people.roles == q.Role.CLAIMANT)
    heads[people.owners.unit_of_person[claims]] = claims
    records["ethnicity"][people.adults :] = records["ethnicity"][heads[people.owners.unit_of_person[people.adults :]]]
    survey.derived["person.ethnicity"] = "children have that of the head of their benefit unit"
    band = survey.codes("adult", "care_hours", CARE_HOURS)
    hours = np.array([CARE_HOURS.get(int(each), 0.0) for each in band])
    cares = benefits.reported(CARERS)[: people.adults]
    grown["carer_hours"] = np.where(cares, np.maximum(hours, FULL_CARE), hours)
    survey.derived["person.carer_hours"] = "the middle of the stated band; at least 35 for those who report Carer's Allowance"
    survey.assumed.append("whoever is cared for receives a disability benefit")
    unable = (grown["activity"] == q.Activity.SICK) | benefits.reported(*UNABLE)[: people.adults]
    working_age = grown["age"] < assembly.RETIREMENT_AGE
    grown["work_capability"] = np.where(unable & working_age, int(q.WorkCapability.LIMITED_WORK_RELATED), int(q.WorkCapability.FULL))
    survey.derived["person.work_capability"] = (
        "limited, work-related activity too, for those who are long-term sick or report ESA, Incapacity Benefit or its like"
    )


FULL_CARE = 35.0


def _state_pension(survey: Survey, records: np.ndarray, people: People, benefits: _Benefits) -> None:
    widowed = np.zeros(len(records), bool)
    widowed[: people.adults] = survey.codes("adult", "marital", range(1, 8)) == WIDOWED
    bereavement = widowed & (records["age"] < PENSION_AGE)
    records["state_pension"] = np.where(bereavement, 0.0, benefits.a_year(STATE_PENSION))
    survey.derived["person.state_pension"] = "benefit code 5; below pension age it is a bereavement benefit of widowed people, and left out"


def _awards(records: np.ndarray, benefits: _Benefits, year: str) -> None:
    """Rates of disability benefits from their amounts; Scotland's payments count as those they replaced."""
    rates = disability_awards.rates(year)
    living, mobility = disability_awards.levels(benefits.a_week(96, 117), benefits.a_week(97, 118), rates.daily_living, rates.pip_mobility)
    care, moving = disability_awards.levels(benefits.a_week(1, 121), benefits.a_week(2, 122), rates.care, rates.dla_mobility)
    records["pip_daily_living"], records["pip_mobility"] = living, mobility
    records["dla_care"], records["dla_mobility"] = care, moving
    records["attendance"] = disability_awards.level(benefits.a_week(12), rates.attendance)


def _loans(survey: Survey, records: np.ndarray, people: People, households: np.ndarray, year: str) -> None:
    """A plan for those who repay a loan: Plan 4 in Scotland, Plan 2 for those who were 18 in 2012 or later, else Plan 1."""
    repays = survey.money("adult", "loan_repaid") > 0.0
    home = people.owners.household_of_unit[people.owners.unit_of_person][: people.adults]
    later = int(year[:4]) - records["age"][: people.adults] + FIRST_PLAN_2_AGE >= PLAN_2_FROM
    plan = np.where(later, int(q.StudentLoan.PLAN_2), int(q.StudentLoan.PLAN_1))
    plan = np.where(households["nation"][home] == q.Nation.SCOTLAND, int(q.StudentLoan.PLAN_4), plan)
    records["student_loan"][: people.adults] = np.where(repays, plan, int(q.StudentLoan.NONE))
    survey.derived["person.student_loan"] = "for those who repay: Plan 4 in Scotland, Plan 2 for those 18 in 2012 or later, else Plan 1"


# ---- benefit units -------------------------------------------------------------------------------------------------


def _units(
    survey: Survey, people: People, persons: np.ndarray, keys: np.ndarray, benefits: _Benefits, households: np.ndarray, seed: int
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
    return total + _first(survey.amounts("adult", "alimony"), survey.amounts("adult", "alimony_usual"))


def _take_up(survey: Survey, people: People, records: np.ndarray, benefits: _Benefits, home: np.ndarray, seed: int) -> None:
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


def _of_the_whole_home(people: People, persons: np.ndarray, units: np.ndarray, households: np.ndarray) -> None:
    """Wealth that the survey knows: financial capital of the units; and each adult's part of what a home owns."""
    households["financial_wealth"] = np.bincount(people.owners.household_of_unit, units["capital"], len(households))
    persons["wealth_share"] = assembly.equal_shares(people.roles, people.owners.unit_of_person, units["householder"], units["couple"])


def _values_of_homes(survey: Survey, households: np.ndarray, year: str, seed: int) -> None:
    """What homes are worth, which the survey does not hold: by band and council drawn. Owners hold it as wealth."""
    if not assembly.with_values_of_homes(households, year, seed):
        survey.zero.append("household.dwelling_value (published prices of homes do not reach this year)")
        return
    households["main_home_wealth"] = np.where(households["tenure"] <= int(q.Tenure.MORTGAGE), households["dwelling_value"], 0.0)
    survey.derived["household.dwelling_value"] = f"by band and the council drawn, at published prices of homes (seed {seed})"
    survey.derived["household.main_home_wealth"] = "the value of the home, where it is owned"


# ---- what it says of itself ----------------------------------------------------------------------------------------


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
