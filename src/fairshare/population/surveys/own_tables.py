"""A population of one's own: four tables as CSV or Parquet, under the columns that `fairshare population schema` prints.

`household` and `person` are needed; `benefit_unit` and `dwelling` may be left out, and so may most columns. Rows are joined
by keys and may stand in any order.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas, find_area, rental_markets
from fairshare.faults import Fault, nearest
from fairshare.population.records import ENTITIES, Field, Population, empty, population
from fairshare.population.surveys import assembly
from fairshare.population.surveys.text_tables import BLANKS, TextTable, read_text_table
from fairshare.reading import read

KEYS: dict[str, dict[str, str]] = {
    "household": {"household_id": "your own key of the household"},
    "benefit_unit": {"benefit_unit_id": "your own key of the benefit unit", "household_id": "the household it lies in"},
    "person": {"benefit_unit_id": "the benefit unit the person is in", "household_id": "the household the person lives in"},
    "dwelling": {},
}
WORKED_OUT = frozenset(
    {"household", "benefit_unit", "first_person", "last_person", "first_benefit_unit", "last_benefit_unit", "nation", "stratum"}
)
"""Columns of records that come from keys or places, and stand in no file."""
NEEDED = {"household": ("weight",), "person": ("age",), "benefit_unit": (), "dwelling": ("weight", "council")}
ABOUT = "about.yaml"
PLACES = {"council": "name or GSS code", "brma": "code of brma.csv"}


# ---- the schema, to read and to fill ------------------------------------------------------------------------------


def columns_of(entity: str) -> list[Field]:
    """The columns that a file of this entity may hold, keys apart."""
    return [column for column in ENTITIES[entity] if column.name not in WORKED_OUT]


def schema_rows() -> list[dict[str, Any]]:
    """Every column of the four tables: its table, name, unit, meaning, what it may hold, and what it is when left out."""
    rows: list[dict[str, Any]] = []
    for entity in ENTITIES:
        for key, meaning in KEYS[entity].items():
            rows.append(_row(entity, key, "key", meaning, "any text or number", None, needed=True))
        for column in columns_of(entity):
            needed = column.name in NEEDED[entity]
            rows.append(
                _row(entity, column.name, _unit(column), column.meaning, _allowed(column), None if needed else _default(column), needed)
            )
    return rows


def _row(table: str, column: str, unit: str, meaning: str, allowed: str, default: str | None, needed: bool) -> dict[str, Any]:
    return {
        "table": table, "column": column, "unit": unit, "meaning": meaning, "allowed": allowed, "when_left_out": default, "needed": needed,
    }  # fmt: skip


def _unit(column: Field) -> str:
    return PLACES.get(column.name, "name or number" if column.allowed is not None else column.unit)


def _allowed(column: Field) -> str:
    if column.allowed is not None:
        return ", ".join(f"{int(member)} {member.name.lower()}" for member in column.allowed)
    if column.name in PLACES:
        return PLACES[column.name]
    if np.isfinite(column.low) and np.isfinite(column.high):
        return f"{column.low:g} to {column.high:g}"
    return f"{column.low:g} or more" if np.isfinite(column.low) else "any amount, losses below 0"


DERIVED = {
    "council": "spread over the region's councils, and then no result for a council is known",
    "brma": "the main rental market of the council",
    "region": "the council's",
    "role": assembly.BY_AGE,
    "activity": "from age, pay, profit and schooling",
    "couple": "1 where a partner is in the unit",
    "married": "as couple",
    "householder": "1 for the unit of the household's eldest",
    "wealth_share": "equal parts among the adults of the householder's unit",
    "main_home_wealth": "dwelling_value where the home is owned",
}


def _default(column: Field) -> str:
    if column.name in DERIVED:
        return DERIVED[column.name]
    if column.name.startswith("draw_"):
        return "drawn at random by seed"
    return column.allowed(int(column.default)).name.lower() if column.allowed is not None else f"{column.default:g}"


def schema_text() -> str:
    """The schema to read, table by table."""
    lines = [
        "A population is a folder of tables, each CSV or Parquet: household and person, and, if you like, benefit_unit and dwelling.",
        f"{ABOUT} beside them says the fiscal year of the money (year: 2025-26), and may say what it is (says:), whether it is under a",
        "licence (licensed: true) and how to cite it (citation:). Money is in £; choices may be given by name or by number.",
    ]
    table = ""
    for row in schema_rows():
        if row["table"] != table:
            table = row["table"]
            lines += ["", f"{table}.csv"]
        left_out = "needed" if row["needed"] else f"left out: {row['when_left_out']}"
        lines.append(f"  {row['column']:<26} {row['unit']}: {row['meaning']}. {row['allowed']}. ({left_out})")
    return "\n".join(lines)


def write_templates(folder: Path) -> list[Path]:
    """Empty tables with every column in place. Raises Fault where one is there already."""
    texts = {ABOUT: "year: 2025-26\nsays: What these households are and where they come from.\nlicensed: false\n"}
    for entity in ENTITIES:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow([*KEYS[entity], *(column.name for column in columns_of(entity))])
        texts[f"{entity}.csv"] = line.getvalue()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in texts:
            if (folder / name).exists():
                raise Fault(f"{folder / name} is there already; give another folder, or take it away first.")
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Fault(f"{folder} cannot be written to ({error.strerror}); give a folder that you can write to.") from None
    return [folder / name for name in texts]


# ---- reading -------------------------------------------------------------------------------------------------------


@dataclass
class _Tables:
    """The tables of a folder, and what is learned while they are read."""

    tables: dict[str, TextTable]
    found: dict[str, str] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    zero: list[str] = field(default_factory=list)

    def fill(self, records: np.ndarray, entity: str) -> None:
        """Every column that the file holds, checked, into the records."""
        table = self.tables[entity]
        for column in columns_of(entity):
            if column.name in PLACES:
                continue
            name = table.name_of((column.name,))
            if name is None:
                if column.name in NEEDED[entity]:
                    table.needed((column.name,), column.meaning)
                (self.zero if column.name not in DERIVED else []).append(f"{entity}.{column.name}")
                continue
            self.found[f"{entity}.{column.name}"] = name
            records[column.name] = _values(table, column)

    def has(self, entity: str, name: str) -> bool:
        return f"{entity}.{name}" in self.found


def _values(table: TextTable, column: Field) -> np.ndarray:
    """A column's values; blanks are its default. Raises Fault for one that the schema does not allow."""
    if column.allowed is not None:
        return _chosen(table, column.name, column.allowed, int(column.default))
    values = table.numbers(column.name)
    values = np.where(np.isnan(values), column.default, values)
    limits = f"must be {_allowed(column)} ({column.meaning})"
    table.refuse(column.name, (values < column.low) | (values > column.high), limits)
    if column.kind.startswith("i"):
        table.refuse(column.name, values != np.floor(values), f"must be a whole number ({column.meaning})")
        table.refuse(column.name, values > np.iinfo(column.kind).max, f"is too large ({column.meaning})")
    return values


def _chosen(table: TextTable, name: str, allowed: type[IntEnum], default: int) -> np.ndarray:
    texts = table.texts(name)
    numbers = np.full(len(texts), default)
    known = {member.name.lower(): int(member) for member in allowed}
    for text in np.unique(texts.astype(str)):
        rows = texts == text
        if text in BLANKS:
            continue
        word = text.lower().replace(" ", "_").removesuffix(".0")
        number = known.get(word, int(word) if word.isdigit() else None)
        if number is None or number not in known.values():
            table.refuse(name, rows, f"must be one of {', '.join(f'{value} {key}' for key, value in known.items())}")
        numbers[rows] = number
    return numbers


def read_own_tables(folder: Path, year: str | None = None, *, seed: int = 0) -> Population:
    """The population of a folder of tables. Raises Fault naming the file, row and column of the first error."""
    about = _about(folder)
    year = year or about.get("year")
    if not isinstance(year, str):
        raise Fault(f"{folder}: the year of the money is not known; write `year: 2025-26` into {ABOUT}, or give --year.")
    _check_year(year)
    reading = _Tables(_opened(folder))
    households = _households(reading, seed)
    owners, unit_count = _owners(reading)
    persons = empty("person", len(owners.unit_of_person))
    reading.fill(persons, "person")
    units = empty("benefit_unit", unit_count)
    if "benefit_unit" in reading.tables:
        reading.fill(units, "benefit_unit")
    _who_is_who(reading, owners, persons, units, seed)
    households, units, persons, _ = assembly.in_record_order(households, units, persons, owners, persons["age"].astype(float))
    councils_known = reading.has("household", "council")
    says = str(about.get("says") or f"Read from tables of your own in {folder.name}.")
    if not councils_known:
        says += " It names no council: households are spread over the councils of their region, so results for a council are not known."
    details = {
        "councils_known": councils_known, "found": reading.found, "derived": reading.derived, "zero": sorted(reading.zero),
        "left_aside": sorted(f"{name}.{each}" for name, table in reading.tables.items() for each in set(table.columns) - table.used),
        "licensed": about.get("licensed") is True, "citation": str(about.get("citation") or ""),
    }  # fmt: skip
    return population(
        persons, units, households, _dwellings(reading), name=folder.name, year=year, kind="survey", says=says, seed=seed, details=details
    )


def _about(folder: Path) -> dict[str, Any]:
    if not (folder / ABOUT).is_file():
        return {}
    about = read(folder / ABOUT).data
    known = ("year", "says", "licensed", "citation")
    if not isinstance(about, dict):
        raise Fault(f"{folder / ABOUT} must be a list of names and values, such as year: 2025-26.")
    for name in about:
        if name not in known:
            raise Fault(f'{folder / ABOUT}: "{name}" is unknown{nearest(str(name), known)}')
    return dict(about)


def _check_year(year: str) -> None:
    digits = year[:4]
    if not (digits.isdigit() and 1990 <= int(digits) <= 2100 and year == f"{digits}-{(int(digits) + 1) % 100:02d}"):
        raise Fault(f'"{year}" is not a fiscal year; write it as 2025-26.')


def _opened(folder: Path) -> dict[str, TextTable]:
    if not folder.is_dir():
        raise Fault(f"There is no folder {folder}; give the folder that holds household.csv and person.csv.")
    tables = {}
    for entity in ENTITIES:
        files = [folder / f"{entity}{suffix}" for suffix in (".csv", ".parquet") if (folder / f"{entity}{suffix}").is_file()]
        if len(files) > 1:
            raise Fault(f"{folder} holds both {files[0].name} and {files[1].name}; keep one of them.")
        if not files and entity in ("household", "person"):
            raise Fault(
                f"{folder} holds no {entity}.csv or {entity}.parquet; `fairshare population schema --template DIR` writes empty ones."
            )
        if files:
            tables[entity] = read_text_table(files[0], entity, delimiter=",") if files[0].suffix == ".csv" else _parquet(files[0], entity)
            _refuse_unknown(tables[entity], entity)
            _forget_blank(tables[entity])
    return tables


def _parquet(path: Path, entity: str) -> TextTable:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
        columns = {}
        for name in table.column_names:
            column = table.column(name).combine_chunks()
            if pa.types.is_boolean(column.type):
                column = pc.cast(column, pa.int8())
            columns[name.strip().lower()] = pc.fill_null(pc.cast(column, pa.string()), "")
    except (pa.ArrowException, OSError):
        raise Fault(f"{path.name} cannot be read as a Parquet table of numbers and text; write it again.") from None
    return TextTable(entity, path.name, table.num_rows, columns)


def _refuse_unknown(table: TextTable, entity: str) -> None:
    known = [*KEYS[entity], *(column.name for column in columns_of(entity)), "person_id", "dwelling_id"]
    for name in table.columns:
        if name not in known:
            raise table.fault(f'the column "{name}" is unknown{nearest(name, known)} `fairshare population schema` lists all.')


def _forget_blank(table: TextTable) -> None:
    """A column that nobody filled in counts as left out."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name in [*table.columns] if table.rows else []:
        if name not in KEYS[table.name] and pc.all(pc.is_in(table.columns[name], value_set=pa.array(BLANKS))).as_py():
            del table.columns[name]


def _keys(table: TextTable, name: str) -> np.ndarray:
    table.needed((name,), KEYS[table.name][name])
    keys = table.texts(name).astype(str)
    table.refuse(name, np.isin(keys, BLANKS), "is blank; every row needs its key")
    return keys


def _own_keys(table: TextTable, name: str) -> np.ndarray:
    keys = _keys(table, name)
    again = assembly.first_repeated(keys)
    if again is not None:
        table.refuse(name, np.arange(len(keys)) == again, "stands in an earlier row too; every row needs its own")
    return keys


def _owners(reading: _Tables) -> tuple[assembly.Owners, int]:
    """Who belongs where. Raises Fault for a person or unit that belongs nowhere, and for an empty unit or household."""
    person, household = reading.tables["person"], reading.tables["household"]
    homes = _own_keys(household, "household_id")
    if "benefit_unit" in reading.tables:
        unit = reading.tables["benefit_unit"]
        unit_keys = _own_keys(unit, "benefit_unit_id")
        home_of_unit = _found(unit, "household_id", homes, "household")
    else:
        pairs = np.stack([_keys(person, "benefit_unit_id"), _keys(person, "household_id")])
        unit_keys, first = np.unique(pairs[0], return_index=True)
        home_of_unit = assembly.rows_of(pairs[1][first], homes)
        reading.derived["benefit_unit"] = "the units that persons name"
    unit_of = _found(person, "benefit_unit_id", unit_keys, "benefit_unit")
    if person.name_of(("household_id",)):
        home_of = _found(person, "household_id", homes, "household")
        person.refuse("household_id", home_of_unit[unit_of] != home_of, "is not the household of the person's benefit unit")
    for keys, held, what in ((unit_keys, unit_of, "benefit unit"), (homes, home_of_unit[unit_of], "household")):
        bare = np.flatnonzero(np.bincount(held, minlength=len(keys)) == 0)
        if len(bare):
            raise person.fault(f"a {what} (row {bare[0] + 1} of them) holds no person; add its people or take it out.")
    return assembly.Owners(home_of_unit, unit_of), len(unit_keys)


def _found(table: TextTable, name: str, keys: np.ndarray, where: str) -> np.ndarray:
    rows = assembly.rows_of(_keys(table, name), keys)
    table.refuse(name, rows < 0, f"is a key that the {where} table does not hold")
    return rows


def _households(reading: _Tables, seed: int) -> np.ndarray:
    table = reading.tables["household"]
    records = empty("household", table.rows)
    if not table.rows:
        raise table.fault("there is no household in it; add some.")
    reading.fill(records, "household")
    table.refuse("weight", records["weight"] <= 0, "must be above 0 (households that the record stands for)")
    _places(reading, table, records, seed)
    if not reading.has("household", "main_home_wealth"):
        owned = np.isin(records["tenure"], (q.Tenure.OWNED_OUTRIGHT, q.Tenure.MORTGAGE))
        records["main_home_wealth"] = np.where(owned, records["dwelling_value"], 0.0)
        reading.derived["household.main_home_wealth"] = DERIVED["main_home_wealth"]
    return records


def _places(reading: _Tables, table: TextTable, records: np.ndarray, seed: int) -> None:
    """Council, region, nation and rental market of each household."""
    places = areas()
    entity = table.name
    if table.name_of(("council",)):
        records["council"] = _councils(table)
        region = np.array([int(place.region) for place in places])[records["council"]]
        if reading.has(entity, "region"):
            table.refuse("region", records["region"] != region, "is not the region of the household's council")
        records["region"] = region
        reading.found[f"{entity}.council"] = "council"
    elif reading.has(entity, "region"):
        records["council"] = assembly.spread_over_councils(records["region"], records["weight"], seed)
        reading.derived[f"{entity}.council"] = f"spread over the region's councils in proportion to their households (seed {seed})"
    else:
        table.needed(("council", "region"), "where the household lives")
    records["nation"] = [int(assembly.nation_of(int(region))) for region in records["region"]]
    if entity != "household":
        return
    records["brma"] = np.array([place.brma for place in places])[records["council"]]
    if table.name_of(("brma",)):
        codes = {market.code: market.row for market in rental_markets()}
        texts = table.texts("brma").astype(str)
        table.refuse("brma", ~np.isin(texts, [*codes, *BLANKS]), "is no code of brma.csv")
        records["brma"] = [codes.get(text, row) for text, row in zip(texts, records["brma"], strict=True)]
        reading.found["household.brma"] = "brma"


def _councils(table: TextTable) -> np.ndarray:
    texts = table.texts("council").astype(str)
    rows = np.zeros(len(texts), np.int64)
    for text in np.unique(texts):
        try:
            rows[texts == text] = find_area(text).row
        except Fault:
            table.refuse("council", texts == text, "is no council's name or GSS code")
    return rows


def _who_is_who(reading: _Tables, owners: assembly.Owners, persons: np.ndarray, units: np.ndarray, seed: int) -> None:
    unit = owners.unit_of_person
    if not reading.has("person", "role"):
        persons["role"] = assembly.roles_by_age(unit, persons["age"].astype(float))
        reading.derived["person.role"] = assembly.BY_AGE
    if not reading.has("person", "activity"):
        persons["activity"] = assembly.activity_by_income(persons)
        reading.derived["person.activity"] = DERIVED["activity"]
    table = reading.tables["person"]
    for role, least, most in ((q.Role.CLAIMANT, 1, 1), (q.Role.PARTNER, 0, 1)):
        count = np.bincount(unit, persons["role"] == role, len(units))[unit]
        table.refuse("role", (count < least) | (count > most), f"a benefit unit has {count.max():.0f} of role {role.name.lower()}")
    couple = np.bincount(unit, persons["role"] == q.Role.PARTNER, len(units))
    if reading.has("benefit_unit", "couple"):
        reading.tables["benefit_unit"].refuse("couple", units["couple"] != couple, "does not agree with the roles of its persons")
    units["couple"] = couple
    if not reading.has("benefit_unit", "married"):
        units["married"] = couple
        reading.derived["benefit_unit.married"] = "every couple is taken to be married"
    if not reading.has("benefit_unit", "householder"):
        units["householder"] = 0
        home = owners.household_of_unit[unit]
        eldest = np.lexsort((np.arange(len(unit)), -persons["age"].astype(float), home))
        first = eldest[np.unique(home[eldest], return_index=True)[1]]
        units["householder"][unit[first]] = 1
        reading.derived["benefit_unit.householder"] = "the unit of the eldest person"
    if not reading.has("person", "wealth_share"):
        persons["wealth_share"] = assembly.equal_shares(persons["role"], unit, units["householder"], units["couple"])
        reading.derived["person.wealth_share"] = DERIVED["wealth_share"]
    draws = np.random.default_rng([seed, 1])
    for column in ENTITIES["benefit_unit"]:
        if column.name.startswith("draw_"):
            drawn = draws.random(len(units))
            if not reading.has("benefit_unit", column.name):
                units[column.name] = drawn


def _dwellings(reading: _Tables) -> np.ndarray:
    table = reading.tables.get("dwelling")
    if table is None or not table.rows:
        return empty("dwelling", 0)
    records = empty("dwelling", table.rows)
    reading.fill(records, "dwelling")
    table.needed(("council",), "where the dwelling stands")
    _places(reading, table, records, 0)
    return records[np.argsort(records["council"], kind="stable")]
