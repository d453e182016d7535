"""A UKMOD or EUROMOD input file: tab-delimited text, one row a person, money by the month.

Households are known by `idhh`, persons by `idperson`, partners and parents by the numbers of persons. Amounts of a household stand on its
reference person (or are repeated): the largest in the household is taken. Region only: households are spread over councils.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.faults import Fault
from fairshare.population import replicates
from fairshare.population.records import Population, empty, population
from fairshare.population.surveys import assembly, disability_awards
from fairshare.population.surveys.assembly import mapped
from fairshare.population.surveys.donors import REGIONS_WITH_GAP
from fairshare.population.surveys.text_tables import TextTable, read_text_table

MONTHS = 12
TENURES = {
    1: q.Tenure.MORTGAGE, 2: q.Tenure.OWNED_OUTRIGHT, 3: q.Tenure.PRIVATE_RENT, 4: q.Tenure.SOCIAL_RENT, 5: q.Tenure.SOCIAL_RENT,
    6: q.Tenure.RENT_FREE, 7: q.Tenure.RENT_FREE,
}  # fmt: skip
"""`amrtn`: mortgage, outright, rented privately, rented at a reduced rent, social, free, other."""
ACTIVITIES = {
    0: q.Activity.CHILD, 1: q.Activity.SELF_EMPLOYED, 2: q.Activity.SELF_EMPLOYED, 3: q.Activity.EMPLOYEE, 4: q.Activity.RETIRED,
    5: q.Activity.UNEMPLOYED, 6: q.Activity.STUDENT, 7: q.Activity.OTHER, 8: q.Activity.SICK, 9: q.Activity.OTHER,
}  # fmt: skip
SCHOOLING = {
    0: q.Education.NONE, 1: q.Education.EARLY_YEARS, 2: q.Education.PRIMARY, 3: q.Education.SECONDARY, 4: q.Education.FURTHER,
    5: q.Education.FURTHER, 6: q.Education.HIGHER,
}  # fmt: skip
ETHNICITIES = (
    dict.fromkeys(range(1, 5), q.Ethnicity.WHITE) | dict.fromkeys(range(5, 9), q.Ethnicity.MIXED)
    | dict.fromkeys(range(9, 14), q.Ethnicity.ASIAN) | dict.fromkeys(range(14, 17), q.Ethnicity.BLACK)
    | dict.fromkeys((17, 18), q.Ethnicity.OTHER)
)  # fmt: skip
NEEDED = {
    "idhh": "key of the household", "idperson": "key of the person", "dwt": "how many households a record stands for", "dag": "age",
    "dgn": "sex", "drgn1": "region", "yem": "pay", "yse": "profit", "xhcrt": "rent", "amrtn": "tenure",
}  # fmt: skip
PERSON_MONEY: dict[str, tuple[str, ...]] = {
    "earnings": ("yem",),
    "self_employment": ("yse",),
    "private_pension": ("ypp",),
    "state_pension": ("boact00", "boactcm"),
    "savings_interest": ("yittx",),
    "dividends": ("ydvtx",),
    "property_income": ("yprtx", "yprnt"),
    "other_income": ("yot01",),
    "pension_net_pay": ("tpcpe",),
    "pension_relief_at_source": ("xpp",),
    "childcare_costs": ("xcc",),
}
"""Columns that add up to each income of a person, £ a month."""
HOUSEHOLD_MONEY = {
    "rent": "xhcrt", "mortgage_interest": "xhcmomi", "mortgage_capital": "xhcmomc", "water_charges": "xhcot",
    "spending_food": "xtotal01", "spending_alcohol_tobacco": "xtotal02", "spending_clothing": "xtotal03",
    "spending_furnishings": "xtotal05", "spending_health": "xtotal06", "spending_communication": "xtotal08",
    "spending_recreation": "xtotal09",
    "spending_education": "xtotal10", "spending_restaurants": "xtotal11", "spending_miscellaneous": "xtotal12",
}  # fmt: skip
ENERGY = ("x04511", "x04521", "x04522", "x04531", "x04541", "x04551")
TRANSPORT, MOTOR_FUEL = "xtotal07", "x07221"
LOSSES = frozenset({"yse", "yprtx", "yot01"})
CLAIMS: dict[str, tuple[str, ...]] = {
    "universal_credit": ("bsauc", "bsa", "bsa01", "bfamt", "bwkmt", "bho"),
    "pension_credit": ("boamt",),
    "child_benefit": ("bch",),
    "housing_benefit": ("bho",),
    "council_tax_reduction": ("bmu",),
    "carer_element": ("bcrdi",),
}
"""Benefits as reported that say a unit claims."""
FULL_CARE = 35.0
MOST_A_MONTH = 5_000_000.0


class _File:
    """The file's table, and what is learned while it is read."""

    def __init__(self, table: TextTable) -> None:
        self.table = table
        self.found: dict[str, str] = {}
        self.derived: dict[str, str] = {}
        self.zero: list[str] = []

    def numbers(self, name: str, target: str) -> np.ndarray | None:
        """(persons,) a column without blanks; None where it is not there."""
        if self.table.name_of((name,)) is None:
            self.zero.append(f"{target} ({name})")
            return None
        self.found[target] = f"{self.found[target]} + {name}" if target in self.found else name
        values = self.table.numbers(name)
        self.table.refuse(name, np.isnan(values), "is blank; the form has a number everywhere")
        return values

    def money(self, name: str, target: str) -> np.ndarray:
        """(persons,) £ a month; nothing where the column is not there. Raises Fault for an amount that cannot be."""
        values = self.numbers(name, target)
        if values is None:
            return np.zeros(self.table.rows)
        self.table.refuse(name, np.abs(values) > MOST_A_MONTH, "is too large to be true")
        if name not in LOSSES:
            self.table.refuse(name, values < 0.0, "is below nothing")
        return values

    def codes(self, name: str, target: str, known: dict[int, int] | dict[int, q.Tenure] | range) -> np.ndarray | None:
        values = self.numbers(name, target)
        if values is None:
            return None
        self.table.refuse(name, ~np.isin(values, [-1, *known]), "is no code of the form")
        return values.astype(np.int64)


def read_euromod(path: Path, year: str | None = None, *, seed: int = 0) -> Population:
    """The population of an input file. Raises Fault with file, column and row."""
    if path.is_dir():
        raise Fault(f"{path} is a folder; give the name of the input file, such as uk_2021_b1.txt.")
    table = read_text_table(path, "input")
    file = _File(table)
    for name, meaning in NEEDED.items():
        table.needed((name,), meaning)
    if not table.rows:
        raise table.fault("there is no row in it; fetch the file again.")
    fiscal = _year(path, file, year)
    home_key, home, person_key = _keys(file)
    age = file.numbers("dag", "person.age")
    assert age is not None
    table.refuse("dag", (age < 0) | (age > 120) | (age != np.floor(age)), "is not an age from 0 to 120")
    unit, roles, unit_home = _units_of(file, home, person_key, age)
    owners = assembly.Owners(unit_home, unit)
    households = _households(file, home, len(home_key), seed)
    persons = _persons(file, age, roles, fiscal)
    units = _benefit_units(file, owners, persons, roles, home, seed)
    households["financial_wealth"] = np.bincount(unit_home, units["capital"], len(households))
    if assembly.with_values_of_homes(households, fiscal, seed):
        owned = households["tenure"] <= int(q.Tenure.MORTGAGE)
        households["main_home_wealth"] = np.where(owned, households["dwelling_value"], 0.0)
        file.derived["household.dwelling_value"] = f"by band and the council drawn, at published prices of homes (seed {seed})"
    persons["wealth_share"] = assembly.equal_shares(roles, unit, units["householder"], units["couple"])
    households, units, persons, _ = assembly.in_record_order(households, units, persons, owners, age)
    says = (
        f"Read from {path.name}, an input file of UKMOD or EUROMOD for {fiscal}. It names no council: households are spread over the "
        "councils of their region, so results for a council are not known from it. " + CITED
    )
    details = {
        "councils_known": False, "licensed": True,
        "replicates": replicates.declared(seed), "citation": CITED, "cited_as": f"UKMOD input data {fiscal}, from the DWP's Family "
        "Resources Survey, Crown copyright", "found": file.found, "derived": file.derived, "zero": sorted(set(file.zero)),
        "left_aside": sorted(set(table.columns) - table.used),
        "assumed": ["contributions from pay are taken before tax", "money is by the month, and a year has twelve of them"],
    }  # fmt: skip
    return population(persons, units, households, name=path.name, year=fiscal, kind="survey", says=says, seed=seed, details=details)


CITED = (
    "UKMOD input data rest on the Family Resources Survey of the Department for Work and Pensions, UK Data Service. Crown copyright. "
    "Used under the UK Data Service End User Licence; those who collected and supplied the data bear no responsibility for this analysis."
)


def _year(path: Path, file: _File, asked: str | None) -> str:
    named = re.search(r"uk_(20\d\d)", path.name.lower())
    said = f"{named[1]}-{(int(named[1]) + 1) % 100:02d}" if named else None
    if asked is not None:
        if not re.fullmatch(r"20\d\d-\d\d", asked) or (int(asked[:4]) + 1) % 100 != int(asked[5:]):
            raise Fault(f'"{asked}" is not a fiscal year; write it as 2022-23.')
        if said is not None and said != asked:
            raise Fault(f"{path.name} is named for {said}, not for {asked}; leave --year out or give that file.")
        return asked
    if said is None:
        raise Fault(f"{path.name} does not name its year (as uk_2021_b1.txt does); give it as --year 2021-22.")
    return said


def _keys(file: _File) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Household keys, (persons,) the household of each, and (persons,) the key of each."""
    table = file.table
    of_home = table.whole_numbers("idhh", "the household's key")
    person = table.whole_numbers("idperson", "the person's key")
    again = assembly.first_repeated(person)
    if again is not None:
        table.refuse("idperson", np.arange(len(person)) == again, "repeats the key of an earlier row; every person needs its own")
    keys, home = np.unique(of_home, return_inverse=True)
    return keys, home, person


def _units_of(file: _File, home: np.ndarray, person: np.ndarray, age: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(persons,) benefit unit and role, and (units,) the household of each."""
    table = file.table
    stated = file.numbers("idorigbenunit", "person.benefit_unit")
    if stated is not None:
        key = home * 1_000 + stated.astype(np.int64)
    else:
        file.derived["person.benefit_unit"] = "partners together, and children under 16, or in school under 20, with a parent"
        key = _by_family(file, home, person, age)
    units, unit = np.unique(key, return_inverse=True)
    unit_home = np.zeros(len(units), np.int64)
    unit_home[unit] = home
    if stated is not None:
        table.refuse("idorigbenunit", unit_home[unit] != home, "names a benefit unit of another household")
    partner = _rows_of_others(file, "idpartner", person, home)
    roles = assembly.roles_by_age(unit, age)
    if partner is not None:
        lives = (partner >= 0) & (unit[np.maximum(partner, 0)] == unit)
        first = lives & ((age > age[np.maximum(partner, 0)]) | ((age == age[np.maximum(partner, 0)]) & (np.arange(len(unit)) < partner)))
        in_couple = np.bincount(unit, lives, len(units)) > 0
        alone = roles == q.Role.CLAIMANT
        roles = np.where(
            in_couple[unit], np.where(first, int(q.Role.CLAIMANT), np.where(lives, int(q.Role.PARTNER), int(q.Role.DEPENDANT))),
            np.where(alone, int(q.Role.CLAIMANT), int(q.Role.DEPENDANT)),
        )  # fmt: skip
        table.refuse("idpartner", np.bincount(unit, roles == q.Role.CLAIMANT, len(units))[unit] != 1, "gives a benefit unit two couples")
    return unit, roles, unit_home


def _rows_of_others(file: _File, name: str, person: np.ndarray, home: np.ndarray) -> np.ndarray | None:
    """(persons,) the row of the partner or parent, -1 for none; None without the column. Raises Fault for one of another household."""
    values = file.numbers(name, f"person.{name}")
    if values is None:
        return None
    rows = assembly.rows_of(values.astype(np.int64), person)
    said = values > 0
    file.table.refuse(name, said & (rows < 0), "names nobody in the file")
    file.table.refuse(name, said & (home[np.maximum(rows, 0)] != home), "names somebody of another household")
    return np.where(said, rows, -1)


def _by_family(file: _File, home: np.ndarray, person: np.ndarray, age: np.ndarray) -> np.ndarray:
    """(persons,) the row of each family's first adult: one for partners, and for dependent children their parent's."""
    rows = np.arange(len(person))
    partner = _rows_of_others(file, "idpartner", person, home)
    head = rows if partner is None else np.where(partner >= 0, np.minimum(rows, partner), rows)
    schooling = file.codes("dec", "person.education", SCHOOLING)  # type: ignore[arg-type]
    dependent = (age < 16) | ((age < 20) & (schooling is not None and (schooling > 0)) & (head == rows))
    for name in ("idfather", "idmother"):
        parent = _rows_of_others(file, name, person, home)
        if parent is not None:
            head = np.where(dependent & (parent >= 0), head[np.maximum(parent, 0)], head)
    loose = dependent & (head == rows)
    eldest = np.lexsort((-age, home))
    first = eldest[np.searchsorted(home[eldest], home)]
    return np.where(loose, head[first], head)


def _households(file: _File, home: np.ndarray, count: int, seed: int) -> np.ndarray:
    table = file.table

    def largest(values: np.ndarray) -> np.ndarray:
        out = np.full(count, -np.inf)
        np.maximum.at(out, home, values)
        return out

    records = empty("household", count)
    weight = file.numbers("dwt", "household.weight")
    assert weight is not None
    table.refuse("dwt", ~(weight > 0.0) | (weight > 1e7), "is not a weight above 0")
    records["weight"] = largest(weight)
    table.refuse("dwt", np.abs(records["weight"][home] - weight) > 1e-6 * weight, "is not the weight of the others in the household")
    region = file.codes("drgn1", "household.region", REGIONS_WITH_GAP)  # type: ignore[arg-type]
    tenure = file.codes("amrtn", "household.tenure", TENURES)
    assert region is not None and tenure is not None
    table.refuse("drgn1", region < 1, "does not say the region")
    table.refuse("drgn1", largest(region)[home] != region, "is not the region of the others in the household")
    records["region"] = mapped(largest(region).astype(np.int64), REGIONS_WITH_GAP, -1)
    records["nation"] = [int(assembly.nation_of(int(each))) for each in records["region"]]
    records["tenure"] = mapped(largest(tenure).astype(np.int64), TENURES, int(q.Tenure.RENT_FREE))
    for target, name in HOUSEHOLD_MONEY.items():
        records[target] = np.round(MONTHS * largest(file.money(name, f"household.{target}")), 2)
    if table.name_of(ENERGY) is not None:
        energy = sum((largest(file.money(name, "household.spending_housing_energy")) for name in ENERGY), np.zeros(count))
        records["spending_housing_energy"] = np.round(MONTHS * energy, 2)
    else:
        file.zero.append(f"household.spending_housing_energy ({' or '.join(ENERGY)})")
    fuel = largest(file.money(MOTOR_FUEL, "household.spending_motor_fuel"))
    transport = largest(file.money(TRANSPORT, "household.spending_transport"))
    records["spending_motor_fuel"] = np.round(MONTHS * fuel, 2)
    records["spending_transport"] = np.round(MONTHS * np.maximum(transport - fuel, 0.0), 2)
    bedrooms = file.numbers("amrrm", "household.bedrooms")
    if bedrooms is not None:
        records["bedrooms"] = np.clip(largest(bedrooms), 0, 30)
    _council_tax(file, records, largest)
    records["council"] = assembly.spread_over_councils(records["region"], records["weight"], seed)
    file.derived["household.council"] = f"spread over the region's councils in proportion to their households (seed {seed})"
    records["brma"] = np.array([area.brma for area in areas()])[records["council"]]
    return records


def _council_tax(file: _File, records: np.ndarray, largest) -> None:  # type: ignore[no-untyped-def]
    ireland = records["nation"] == q.Nation.NORTHERN_IRELAND
    band = file.codes("amriv00", "household.council_tax_band", range(1, 11))
    codes = np.full(len(records), -1) if band is None else largest(band).astype(np.int64)
    unknown = ((codes < 1) | (codes > int(q.Band.I))) & ~ireland & (codes != 10)
    if unknown.any():
        file.derived["household.council_tax_band"] = "D, the middle of the scale, where it is not stated"
    records["council_tax_band"] = np.where(ireland | (codes == 10), int(q.Band.NONE), np.where(unknown, int(q.Band.D), codes))
    records["council_tax_bill"] = -1.0
    file.derived["household.council_tax_bill"] = "worked out from the law: the file's own bills are after reductions, or averages"


def _persons(file: _File, age: np.ndarray, roles: np.ndarray, year: str) -> np.ndarray:
    records = empty("person", len(age))
    records["age"], records["role"] = age, roles
    sex = file.codes("dgn", "person.sex", range(2))
    assert sex is not None
    file.table.refuse("dgn", sex < 0, "does not say the sex")
    records["sex"] = np.where(sex == 1, int(q.Sex.MALE), int(q.Sex.FEMALE))  # 1 is male here, 0 female
    for target, names in PERSON_MONEY.items():
        monthly = sum((file.money(name, f"person.{target}") for name in names), np.zeros(len(age)))
        records[target] = np.round(MONTHS * monthly, 2)
    hours = file.numbers("lhw", "person.hours")
    if hours is not None:
        file.table.refuse("lhw", (hours < 0) | (hours > 168), "is not a number of hours in a week")
        records["hours"] = hours
    schooling = file.codes("dec", "person.education", SCHOOLING)  # type: ignore[arg-type]
    if schooling is not None:
        records["education"] = mapped(schooling, SCHOOLING, int(q.Education.NONE))
    status = file.codes("les", "person.activity", ACTIVITIES)  # type: ignore[arg-type]
    by_income = assembly.activity_by_income(records)
    records["activity"] = by_income if status is None else np.where(status >= 0, mapped(status, ACTIVITIES, 8), by_income)
    young = records["age"] < assembly.WORKING_AGE
    records["activity"] = np.where(young, int(q.Activity.CHILD), np.where(records["activity"] == 0, by_income, records["activity"]))
    disabled = file.codes("ddi03", "person.disabled", range(2))
    disabled = file.codes("ddi", "person.disabled", range(2)) if disabled is None else disabled
    if disabled is not None:
        records["disabled"] = disabled == 1
    group = file.codes("dot", "person.ethnicity", ETHNICITIES)  # type: ignore[arg-type]
    if group is not None:
        records["ethnicity"] = mapped(group, ETHNICITIES, int(q.Ethnicity.UNKNOWN))
    cares = file.codes("lcr01", "person.carer_hours", range(2))
    reported = file.money("bcrdi", "person.carer_hours") > 0.0
    records["carer_hours"] = np.where(reported | (cares == 1 if cares is not None else False), FULL_CARE, 0.0)
    file.derived["person.carer_hours"] = "35 a week for those who are carers for means tests or report Carer's Allowance"
    unable = (records["activity"] == q.Activity.SICK) & (records["age"] < assembly.RETIREMENT_AGE)
    records["work_capability"] = np.where(unable, int(q.WorkCapability.LIMITED_WORK_RELATED), int(q.WorkCapability.FULL))
    file.derived["person.work_capability"] = "limited, work-related activity too, for those who are sick or disabled"
    _awards(file, records, year)
    return records


def _awards(file: _File, records: np.ndarray, year: str) -> None:
    rates = disability_awards.rates(year)

    def a_week(name: str) -> np.ndarray:
        return file.money(name, f"person.award ({name})") * MONTHS / q.WEEKS_IN_YEAR

    living, mobility = disability_awards.levels(a_week("bdiscwa"), a_week("bdimbwa"), rates.daily_living, rates.pip_mobility)
    care, moving = disability_awards.levels(a_week("bdisc"), a_week("bdimb"), rates.care, rates.dla_mobility)
    records["pip_daily_living"], records["pip_mobility"] = living, mobility
    records["dla_care"], records["dla_mobility"] = care, moving
    records["attendance"] = disability_awards.level(a_week("bdioa"), rates.attendance)


def _benefit_units(file: _File, owners: assembly.Owners, persons: np.ndarray, roles: np.ndarray, home: np.ndarray, seed: int) -> np.ndarray:
    unit, count = owners.unit_of_person, len(owners.household_of_unit)
    records = empty("benefit_unit", count)
    records["couple"] = np.bincount(unit, roles == q.Role.PARTNER, count)
    marital = file.codes("dms", "benefit_unit.married", range(1, 6))
    wed = np.bincount(unit, (marital == 2) & (roles != q.Role.DEPENDANT), count) > 0 if marital is not None else records["couple"] == 1
    records["married"] = wed & (records["couple"] == 1)
    head = file.codes("dhr", "benefit_unit.householder", range(2))
    eldest = np.lexsort((-persons["age"], home)) if head is None else np.lexsort((-persons["age"], -head, home))
    first = eldest[np.unique(home[eldest], return_index=True)[1]]
    records["householder"] = 0
    records["householder"][unit[first]] = 1
    capital = np.zeros(count)
    held = file.numbers("afc", "benefit_unit.capital")
    if held is not None:
        np.maximum.at(capital, unit, np.maximum(held, 0.0))
    records["capital"] = capital
    records["maintenance"] = np.round(MONTHS * np.bincount(unit, file.money("yptmp", "benefit_unit.maintenance"), count), 2)
    generator = np.random.default_rng([seed, 1])
    for name in records.dtype.names or ():
        if name.startswith("draw_"):
            drawn = generator.random(count)
            claims = CLAIMS.get(name.removeprefix("draw_"))
            said = sum((file.money(each, f"benefit_unit.{name}") for each in claims or ()), np.zeros(len(unit)))
            records[name] = np.where(np.bincount(unit, said, count) > 0.0, 0.0, drawn)
    file.derived["benefit_unit.draws"] = "units that report a benefit claim it; others by chance"
    return records
