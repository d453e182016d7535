"""The tables of the Family Resources Survey: the folder of a release, its keys and who belongs where, its year and its weights."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.faults import Fault
from fairshare.population.surveys import assembly
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
WIDOWED = 4
MARRIED = 1


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


def read_tables(place: Path, tell: Progress) -> dict[str, TextTable]:
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


def use_weight_column(survey: Survey, name: str) -> None:
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


def household_keys(survey: Survey) -> np.ndarray:
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


def source_of(people: People, keys: np.ndarray) -> np.ndarray:
    """(persons,) the survey's own numbers of each person, in the order of its tables."""
    out = np.zeros(len(people.keys), np.dtype([("sernum", "i8"), ("person", "i2")]))
    out["sernum"], out["person"] = keys[people.keys // MOST_PEOPLE], people.keys % MOST_PEOPLE
    return out


def people_of(survey: Survey, keys: np.ndarray) -> People:
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


def first_known(values: np.ndarray, else_values: np.ndarray) -> np.ndarray:
    return np.nan_to_num(np.where(np.isnan(values), else_values, values), nan=0.0)


# ---- the year and the weights --------------------------------------------------------------------------------------


def _fiscal(day: datetime.date) -> int:
    return day.year if (day.month, day.day) >= (4, 1) else day.year - 1


def _named(start: int) -> str:
    return f"{start}-{(start + 1) % 100:02d}"


def year_of(survey: Survey, place: Path, asked: str | None) -> str:
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


def weights_of(survey: Survey, keys: np.ndarray, replacing: Path | None) -> np.ndarray:
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
