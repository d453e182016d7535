"""PolicyEngine UK single-year data sets (HDF5): three tables, `person`, `benunit` and `household`, read into a population.

Columns are found under any of the names they have had. What was found, what was worked out, what is missing and what was
left aside is kept in `population.details`. The files name a region but no council: households are spread over the
councils of their region, which is right for the region and says nothing about a council (`councils_known` is False).
Columns of mixed text are stored pickled: open only files from a source you trust.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas, rental_markets
from fairshare.faults import Fault, nearest
from fairshare.population.records import Population, empty, population
from fairshare.population.surveys.assembly import Owners, in_record_order, nation_of, spread_over_councils

if TYPE_CHECKING:
    import pandas as pd

TABLES = ("person", "benunit", "household")
SUFFIXES = (".h5", ".hdf5")

PARTNER_AGE = 18
"""The youngest a partner is taken to be."""
WORKING_AGE = 16
GENERATION = 18
"""An adult this many years younger than the eldest of the benefit unit is taken for a grown-up child, not a partner."""
RETIREMENT_AGE = 66
FULL_CARE_HOURS = 35.0
"""Weekly hours given to whoever reports a carer's benefit but no hours."""
NEVER_CLAIMS = 1.0 - 1e-9
"""The draw of a unit that the file says does not claim: above every take-up share but the full one."""


class Column(NamedTuple):
    """A column of records: the names it has had in these files, and how its values are changed on the way."""

    target: str
    names: tuple[str, ...]
    per: float = 1.0
    """Values are divided by this (hours a year to hours a week)."""
    low: float = float("-inf")
    """Values below this are raised to it."""


NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "person": (("person_id",), ("person_benunit_id",), ("person_household_id",), ("age",)),
    "benunit": (("benunit_id",),),
    "household": (("household_id",), ("household_weight",), ("region",)),
}

PERSON = (
    Column("hours", ("hours_worked",), per=q.WEEKS_IN_YEAR, low=0.0),
    Column("earnings", ("employment_income", "employment_income_before_lsr"), low=0.0),
    Column("self_employment", ("self_employment_income", "self_employment_income_before_lsr")),
    Column("private_pension", ("private_pension_income",), low=0.0),
    Column("state_pension", ("state_pension", "state_pension_reported"), low=0.0),
    Column("savings_interest", ("savings_interest_income",), low=0.0),
    Column("dividends", ("dividend_income",), low=0.0),
    Column("property_income", ("property_income",)),
    Column("other_income", ("miscellaneous_income",)),
    Column("capital_gains", ("capital_gains", "capital_gains_before_response")),
    Column("employment_expenses", ("employment_expenses",), low=0.0),
    Column("pension_net_pay", ("employee_pension_contributions", "employee_pension_contributions_reported"), low=0.0),
    Column("pension_relief_at_source", ("personal_pension_contributions",), low=0.0),
    Column("pension_salary_sacrifice", ("pension_contributions_via_salary_sacrifice", "salary_sacrifice_reported"), low=0.0),
    Column("gift_aid", ("gift_aid",), low=0.0),
    Column("childcare_costs", ("childcare_expenses",), low=0.0),
    Column("carer_hours", ("care_hours",), low=0.0),
)

HOUSEHOLD = (
    Column("weight", ("household_weight",)),
    Column("rent", ("rent",), low=0.0),
    Column("mortgage_interest", ("mortgage_interest_repayment",), low=0.0),
    Column("mortgage_capital", ("mortgage_capital_repayment",), low=0.0),
    Column("council_tax_bill", ("council_tax",), low=0.0),
    Column("water_charges", ("water_and_sewerage_charges",), low=0.0),
    Column("dwelling_value", ("main_residence_value",), low=0.0),
    Column("financial_wealth", ("gross_financial_wealth", "savings"), low=0.0),
    Column("business_wealth", ("corporate_wealth",), low=0.0),
    Column("spending_food", ("food_and_non_alcoholic_beverages_consumption",), low=0.0),
    Column("spending_alcohol_tobacco", ("alcohol_and_tobacco_consumption",), low=0.0),
    Column("spending_clothing", ("clothing_and_footwear_consumption",), low=0.0),
    Column("spending_housing_energy", ("housing_water_and_electricity_consumption",), low=0.0),
    Column("spending_furnishings", ("household_furnishings_consumption",), low=0.0),
    Column("spending_health", ("health_consumption",), low=0.0),
    Column("spending_transport", ("transport_consumption",), low=0.0),
    Column("spending_communication", ("communication_consumption",), low=0.0),
    Column("spending_recreation", ("recreation_consumption",), low=0.0),
    Column("spending_education", ("education_consumption",), low=0.0),
    Column("spending_restaurants", ("restaurants_and_hotels_consumption",), low=0.0),
    Column("spending_miscellaneous", ("miscellaneous_consumption",), low=0.0),
    Column("vehicles", ("num_vehicles",), low=0.0),
)

REGIONS = {
    "NORTH_EAST": q.Region.NORTH_EAST,
    "NORTH_WEST": q.Region.NORTH_WEST,
    "YORKSHIRE": q.Region.YORKSHIRE_AND_THE_HUMBER,
    "YORKSHIRE_AND_THE_HUMBER": q.Region.YORKSHIRE_AND_THE_HUMBER,
    "EAST_MIDLANDS": q.Region.EAST_MIDLANDS,
    "WEST_MIDLANDS": q.Region.WEST_MIDLANDS,
    "EAST_OF_ENGLAND": q.Region.EAST_OF_ENGLAND,
    "LONDON": q.Region.LONDON,
    "SOUTH_EAST": q.Region.SOUTH_EAST,
    "SOUTH_WEST": q.Region.SOUTH_WEST,
    "WALES": q.Region.WALES,
    "SCOTLAND": q.Region.SCOTLAND,
    "NORTHERN_IRELAND": q.Region.NORTHERN_IRELAND,
}
TENURES = {
    "OWNED_OUTRIGHT": q.Tenure.OWNED_OUTRIGHT,
    "OWNED_WITH_MORTGAGE": q.Tenure.MORTGAGE,
    "RENT_FROM_COUNCIL": q.Tenure.SOCIAL_RENT,
    "RENT_FROM_HA": q.Tenure.SOCIAL_RENT,
    "RENT_PRIVATELY": q.Tenure.PRIVATE_RENT,
}
DWELLING_TYPES = {
    "HOUSE_DETACHED": q.DwellingType.DETACHED,
    "HOUSE_SEMI_DETACHED": q.DwellingType.SEMI_DETACHED,
    "HOUSE_TERRACED": q.DwellingType.TERRACED,
    "FLAT": q.DwellingType.FLAT,
    "CONVERTED_HOUSE": q.DwellingType.FLAT,
    "MOBILE": q.DwellingType.OTHER,
    "OTHER": q.DwellingType.OTHER,
}
EDUCATION = {
    "NOT_IN_EDUCATION": q.Education.NONE,
    "PRE_PRIMARY": q.Education.EARLY_YEARS,
    "NOT_COMPLETED_PRIMARY": q.Education.NONE,
    "PRIMARY": q.Education.PRIMARY,
    "LOWER_SECONDARY": q.Education.SECONDARY,
    "UPPER_SECONDARY": q.Education.FURTHER,
    "POST_SECONDARY": q.Education.FURTHER,
    "TERTIARY": q.Education.HIGHER,
}
ACTIVITIES = {
    "CHILD": q.Activity.CHILD,
    "FT_EMPLOYED": q.Activity.EMPLOYEE,
    "PT_EMPLOYED": q.Activity.EMPLOYEE,
    "FT_SELF_EMPLOYED": q.Activity.SELF_EMPLOYED,
    "PT_SELF_EMPLOYED": q.Activity.SELF_EMPLOYED,
    "UNEMPLOYED": q.Activity.UNEMPLOYED,
    "RETIRED": q.Activity.RETIRED,
    "STUDENT": q.Activity.STUDENT,
    "CARER": q.Activity.CARING,
    "LONG_TERM_DISABLED": q.Activity.SICK,
    "SHORT_TERM_DISABLED": q.Activity.SICK,
}
SEXES = {"MALE": q.Sex.MALE, "FEMALE": q.Sex.FEMALE}
RATES = {
    "pip_daily_living": ("pip_dl_category", {"NONE": 0, "STANDARD": 1, "ENHANCED": 2}),
    "pip_mobility": ("pip_m_category", {"NONE": 0, "STANDARD": 1, "ENHANCED": 2}),
    "dla_care": ("dla_sc_category", {"NONE": 0, "LOWER": 1, "MIDDLE": 2, "HIGHER": 3}),
    "dla_mobility": ("dla_m_category", {"NONE": 0, "LOWER": 1, "HIGHER": 2}),
    "attendance": ("aa_category", {"NONE": 0, "LOWER": 1, "HIGHER": 2}),
}
LOANS = {
    "NONE": q.StudentLoan.NONE,
    "PLAN_1": q.StudentLoan.PLAN_1,
    "PLAN_2": q.StudentLoan.PLAN_2,
    "PLAN_4": q.StudentLoan.PLAN_4,
    "PLAN_5": q.StudentLoan.PLAN_5,
    "POSTGRADUATE": q.StudentLoan.POSTGRADUATE,
}
CLAIMS = {
    "draw_universal_credit": "would_claim_uc",
    "draw_pension_credit": "would_claim_pc",
    "draw_child_benefit": "would_claim_child_benefit",
    "draw_housing_benefit": "would_claim_housing_benefit",
    "draw_council_tax_reduction": "would_claim_council_tax_reduction",
    "draw_childcare_element": "would_claim_uc_childcare",
    "draw_carer_element": "would_claim_carers_allowance",
    "draw_tax_free_childcare": "would_claim_tfc",
    "draw_scottish_child_payment": "would_claim_scp",
    "draw_marriage_allowance": "would_claim_marriage_allowance",
}


@dataclass
class Reading:
    """The three tables of a file as they are turned into records, and what is learned on the way."""

    file: str
    person: pd.DataFrame
    benunit: pd.DataFrame
    household: pd.DataFrame
    found: dict[str, str] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    zero: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def table(self, entity: str) -> pd.DataFrame:
        found: pd.DataFrame = getattr(self, entity)
        return found

    def fault(self, message: str) -> Fault:
        return Fault(f"{self.file}: {message}")

    def numbers(self, entity: str, column: Column) -> np.ndarray | None:
        """A column of finite numbers under whichever of its names the table has; None where it has none."""
        name = self.name_of(entity, column.names)
        if name is None:
            self.zero.append(f"{entity}.{column.target}")
            return None
        self.found[f"{entity}.{column.target}"] = name
        return np.maximum(self.finite(entity, name) / column.per, column.low)

    def name_of(self, entity: str, names: tuple[str, ...]) -> str | None:
        table = self.table(entity)
        for name in names:
            if name in table.columns:
                self.used.add(f"{entity}.{name}")
                return name
        return None

    def finite(self, entity: str, name: str) -> np.ndarray:
        """A column as float64. Raises Fault at the first value that is no finite number."""
        table = self.table(entity)
        try:
            values = table[name].to_numpy(dtype=np.float64)
        except (TypeError, ValueError):
            raise self.fault(f"the column {name} of {entity} holds text where numbers are needed; write it as numbers.") from None
        bad = np.flatnonzero(~np.isfinite(values))
        if len(bad):
            raise self.fault(f"{entity} row {int(bad[0]) + 1}: {name} is not a number; fill it or take the row out.")
        return values

    def texts(self, entity: str, name: str) -> np.ndarray | None:
        """A column of names in capitals (stored as text, as bytes or as an enumeration); None where it is missing."""
        if self.name_of(entity, (name,)) is None:
            return None
        values = self.table(entity)[name].to_numpy()
        return np.array([each.decode() if isinstance(each, bytes) else str(each) for each in values], dtype=object)

    def choices(self, entity: str, target: str, name: str, known: dict[str, Any]) -> np.ndarray | None:
        """A column of names as the numbers they stand for. Raises Fault for a name that is not known."""
        values = self.texts(entity, name)
        if values is None:
            return None
        self.found[f"{entity}.{target}"] = name
        numbers = np.zeros(len(values), np.int64)
        for value in np.unique(values.astype(str)):
            if value not in known:
                row = int(np.flatnonzero(values == value)[0]) + 1
                raise self.fault(f'{entity} row {row}: {name} is "{value}", which is not one of its values{nearest(value, known)}')
            numbers[values == value] = int(known[value])
        return numbers

    def flags(self, entity: str, name: str) -> np.ndarray | None:
        """A yes-or-no column as booleans; None where it is missing."""
        if self.name_of(entity, (name,)) is None:
            return None
        return self.finite(entity, name) != 0.0

    def left_aside(self) -> list[str]:
        """Columns of the file that nothing here reads."""
        return [f"{entity}.{name}" for entity in TABLES for name in self.table(entity).columns if f"{entity}.{name}" not in self.used]


SURVEYED = frozenset({"universal_credit_reported", "housing_benefit_reported", "child_benefit_reported", "pension_credit_reported"})
"""Columns that hold what people of the Family Resources Survey reported: a file with any of them rests on licensed records."""
CITED = (
    "It holds records of the Family Resources Survey (Department for Work and Pensions, UK Data Service, Crown copyright), "
    "used under the UK Data Service End User Licence."
)


def read_policyengine(path: str | Path, *, seed: int = 0) -> Population:
    """The population of a PolicyEngine UK file, its weights as given. Raises Fault for a file that cannot be read or trusted."""
    reading, year = _opened(Path(path))
    order = _Order(reading)
    households = _households(reading, order, seed)
    persons = _persons(reading, order)
    units = _benefit_units(reading, order, persons, households, seed)
    owners = Owners(order.unit_household, order.unit)
    households, units, persons, _ = in_record_order(households, units, persons, owners, order.age)
    held = sorted(SURVEYED & set(reading.person.columns))
    details = {
        "councils_known": False,
        **({"licensed": True, "citation": CITED, "cited_as": CITED} if held else {}),
        "found": reading.found,
        "derived": reading.derived,
        "zero": sorted(reading.zero),
        "left_aside": sorted(reading.left_aside()),
    }
    name = Path(path).name
    says = (
        f"Read from {name}, a PolicyEngine data set for {year}. It names no council: households are spread over the councils "
        "of their region, so results for a council are not known from it."
    )
    if held:
        says = f"{says} {CITED}"
    return population(persons, units, households, name=name, year=year, kind="survey", says=says, seed=seed, details=details)


# ---- the file ------------------------------------------------------------------------------------------------------


def _opened(path: Path) -> tuple[Reading, str]:
    """The file's three tables with their keys checked, and its fiscal year."""
    if not path.exists():
        raise Fault(f"There is no file {path}; check the name and the folder.")
    if path.is_dir():
        raise Fault(f"{path} is a folder; give the name of an HDF5 file.")
    try:
        import pandas as pd
        import tables as pytables
    except ImportError:
        raise Fault(f"Reading {path} needs the package tables; install it with: pip install 'fairshare[surveys]'.") from None
    try:
        is_hdf5 = pytables.is_hdf5_file(str(path))
    except (OSError, pytables.HDF5ExtError):
        is_hdf5 = False
    if not is_hdf5:
        raise Fault(f"{path} is not an HDF5 file; give the single-year file that PolicyEngine publishes.")
    try:
        with pd.HDFStore(path, mode="r") as store:
            frames, year = _tables(store, path)
    except (OSError, pytables.HDF5ExtError) as fault:
        raise Fault(f"{path} cannot be read as HDF5 ({fault}); fetch it again.") from None
    person, benunit, household = frames
    reading = Reading(path.name, person, benunit, household)
    for entity, names in NEEDED.items():
        for alternatives in names:
            if reading.name_of(entity, alternatives) is None:
                has = [str(name) for name in reading.table(entity).columns]
                hint = nearest(alternatives[0], has)
                raise reading.fault(
                    f"the table {entity} has no column {' or '.join(alternatives)}{hint if 'mean' in hint else ', which is needed.'}"
                )
    return reading, year


def _tables(store: pd.HDFStore, path: Path) -> tuple[list[pd.DataFrame], str]:
    """The tables of the file's (first) year, and that year as '2025-26'."""
    keys = [key.strip("/") for key in store.keys()]  # noqa: SIM118  (a store's keys are its nodes)
    if all(table in keys for table in TABLES):
        if "time_period" not in keys:
            raise Fault(f"{path} does not say its year; add time_period.")
        return [_frame(store[table]) for table in TABLES], _fiscal_year(str(store["time_period"].iloc[0]), path)
    years = sorted(key.split("/")[1] for key in keys if key.startswith("person/"))
    if years and all(f"{table}/{years[0]}" in keys for table in TABLES):
        return [_frame(store[f"{table}/{years[0]}"]) for table in TABLES], _fiscal_year(years[0], path)
    raise Fault(
        f"{path} has no tables person, benunit and household (older files hold a group for each variable); save a single-year file."
    )


def _frame(table: Any) -> pd.DataFrame:
    """A node of the file as a table with its rows numbered from 0."""
    frame: pd.DataFrame = table.reset_index(drop=True)
    return frame


def _fiscal_year(text: str, path: Path) -> str:
    digits = text.strip()[:4]
    if not digits.isdigit() or not 1990 <= int(digits) <= 2100:
        raise Fault(f'{path}: the year is "{text}", which is not a year such as 2025.')
    return f"{digits}-{(int(digits) + 1) % 100:02d}"


class _Order:
    """The rows of the three tables in the order of records: by household, unit, and place in the unit."""

    def __init__(self, reading: Reading) -> None:
        person = reading.person
        self.household_ids = _ids(reading, "household", "household_id")
        self.unit_ids = _ids(reading, "benunit", "benunit_id")
        _ids(reading, "person", "person_id")
        self.household = _rows(reading, person["person_household_id"].to_numpy(), self.household_ids, "household")
        self.unit = _rows(reading, person["person_benunit_id"].to_numpy(), self.unit_ids, "benefit unit")
        self.unit_household = np.full(len(self.unit_ids), -1)
        self.unit_household[self.unit] = self.household
        split = np.flatnonzero(self.unit_household[self.unit] != self.household)
        if len(split):
            raise reading.fault(f"benefit unit {self.unit_ids[self.unit[split[0]]]} lies in two households; each unit lies in one.")
        self._refuse_empty(reading, np.flatnonzero(self.unit_household < 0), self.unit_ids, "benefit unit")
        lived_in = np.zeros(len(self.household_ids), bool)
        lived_in[self.household] = True
        self._refuse_empty(reading, np.flatnonzero(~lived_in), self.household_ids, "household")
        self.age = reading.finite("person", "age")
        self.roles = _roles(reading, self)

    @staticmethod
    def _refuse_empty(reading: Reading, rows: np.ndarray, ids: np.ndarray, what: str) -> None:
        if len(rows):
            raise reading.fault(f"{what} {ids[rows[0]]} holds no person; take it out or add its people.")


def _ids(reading: Reading, entity: str, name: str) -> np.ndarray:
    """A table's own keys. Raises Fault where one stands twice."""
    ids = reading.table(entity)[name].to_numpy()
    values, counts = np.unique(ids, return_counts=True)
    if (counts > 1).any():
        raise reading.fault(f"{name} {values[counts > 1][0]} stands in {counts.max()} rows of {entity}; every row needs its own.")
    return ids


def _rows(reading: Reading, wanted: np.ndarray, ids: np.ndarray, what: str) -> np.ndarray:
    """The row of each wanted key. Raises Fault for a person whose household or unit is not in the file."""
    order = np.argsort(ids, kind="stable")
    places = np.clip(np.searchsorted(ids[order], wanted), 0, max(len(ids) - 1, 0))
    if not len(ids) or (ids[order][places] != wanted).any():
        lost = 0 if not len(ids) else int(np.flatnonzero(ids[order][places] != wanted)[0])
        person = reading.person["person_id"].iloc[lost]
        raise reading.fault(f"person {person} is in {what} {wanted[lost]}, which is not in the file; add it or correct the number.")
    rows: np.ndarray = order[places]
    return rows


# ---- who is who in a benefit unit ----------------------------------------------------------------------------------


def _roles(reading: Reading, order: _Order) -> np.ndarray:
    """Claimant, partner or dependant: as the file says, else by age within the unit."""
    head = reading.flags("person", "is_benunit_head")
    given = reading.flags("person", "is_claimant_or_partner")
    reading.derived["person.role"] = (
        "heads and adults as the file names them"
        if head is not None or given is not None
        else f"the eldest claims; the next adult is the partner unless {GENERATION} or more years younger; everyone else is a dependant"
    )
    roles = np.full(len(order.unit), int(q.Role.DEPENDANT))
    members: dict[int, list[int]] = {}
    for p, unit in enumerate(order.unit):
        members.setdefault(int(unit), []).append(p)
    for rows in members.values():
        first = max(rows, key=lambda p: (bool(head is not None and head[p]), order.age[p], -p))
        roles[first] = q.Role.CLAIMANT
        others = [p for p in rows if p != first and order.age[p] >= PARTNER_AGE]
        if given is not None:
            others = [p for p in others if given[p]]
        else:
            others = [p for p in others if order.age[first] - order.age[p] < GENERATION]
        if others:
            roles[max(others, key=lambda p: (order.age[p], -p))] = q.Role.PARTNER
    return roles


# ---- households ----------------------------------------------------------------------------------------------------


def _households(reading: Reading, order: _Order, seed: int) -> np.ndarray:
    """Household records in the file's own order; sorted by council at the end."""
    count = len(order.household_ids)
    table = empty("household", count)
    for column in HOUSEHOLD:
        values = reading.numbers("household", column)
        if values is not None:
            table[column.target] = values
    if (table["weight"] < 0).any():
        row = int(np.flatnonzero(table["weight"] < 0)[0])
        raise reading.fault(f"household row {row + 1}: household_weight is below 0; a weight is a number of households.")
    regions = reading.choices("household", "region", "region", REGIONS)
    assert regions is not None
    table["region"] = regions
    table["nation"] = [nation_of(int(region)) for region in regions]
    _choose(reading, table, "household", "tenure", "tenure_type", TENURES)
    _choose(reading, table, "household", "dwelling_type", "accommodation_type", DWELLING_TYPES)
    _bands(reading, table)
    _places(reading, table, seed)
    _home_and_wealth(reading, order, table)
    return table


def _choose(reading: Reading, table: np.ndarray, entity: str, target: str, name: str, known: dict[str, Any]) -> None:
    values = reading.choices(entity, target, name, known)
    if values is None:
        reading.zero.append(f"{entity}.{target}")
    else:
        table[target] = values


def _bands(reading: Reading, table: np.ndarray) -> None:
    """Council tax bands; none in Northern Ireland, whatever the file says."""
    _choose(reading, table, "household", "council_tax_band", "council_tax_band", {band.name: band for band in q.Band})
    table["council_tax_band"][table["nation"] == q.Nation.NORTHERN_IRELAND] = q.Band.NONE
    rates = reading.numbers("household", Column("domestic_rates", ("domestic_rates",), low=0.0))
    if rates is not None:
        ireland = table["nation"] == q.Nation.NORTHERN_IRELAND
        table["council_tax_bill"][ireland] = rates[ireland]


def _places(reading: Reading, table: np.ndarray, seed: int) -> None:
    """Council and rental market: the file's own where it names them, else spread over the region."""
    table["council"] = spread_over_councils(table["region"], table["weight"], seed)
    reading.derived["household.council"] = f"spread over the region's councils in proportion to their households (seed {seed})"
    rows = {area.row: area.brma for area in areas()}
    markets = reading.texts("household", "brma")
    if markets is None:
        table["brma"] = [rows[int(council)] for council in table["council"]]
        reading.derived["household.brma"] = "the main rental market of the council drawn"
        return
    codes = {market.code: market.row for market in rental_markets()}
    reading.found["household.brma"] = "brma"
    table["brma"] = [codes.get(code, rows[int(council)]) for code, council in zip(markets, table["council"], strict=True)]


def _home_and_wealth(reading: Reading, order: _Order, table: np.ndarray) -> None:
    """The home's value where it is owned, other wealth, motor fuel, and bedrooms, which the files do not hold."""
    owned = np.isin(table["tenure"], (q.Tenure.OWNED_OUTRIGHT, q.Tenure.MORTGAGE))
    table["main_home_wealth"] = np.where(owned, table["dwelling_value"], 0.0)
    for name in ("other_residential_property_value", "non_residential_property_value", "owned_land"):
        values = reading.numbers("household", Column(f"other_property_wealth ({name})", (name,), low=0.0))
        if values is not None:
            table["other_property_wealth"] += values
    net = reading.numbers("household", Column("debts", ("net_financial_wealth",)))
    if net is not None:
        table["debts"] = np.maximum(table["financial_wealth"] - net, 0.0)
    for name in ("petrol_spending", "diesel_spending"):
        values = reading.numbers("household", Column(f"spending_motor_fuel ({name})", (name,), low=0.0))
        if values is not None:
            table["spending_motor_fuel"] += values
    table["spending_transport"] = np.maximum(table["spending_transport"] - table["spending_motor_fuel"], 0.0)
    reading.derived["household.spending_transport"] = "transport less petrol and diesel, which stand alone"
    people = np.bincount(order.household, minlength=len(table))
    claimants = np.bincount(order.household, weights=order.roles != q.Role.DEPENDANT, minlength=len(table))
    table["bedrooms"] = np.clip(1 + np.ceil((people - np.minimum(claimants, 2)) / 2), 1, 30)
    reading.derived["household.bedrooms"] = "one for the householders and one for every two others: none to spare"


# ---- persons -------------------------------------------------------------------------------------------------------


def _persons(reading: Reading, order: _Order) -> np.ndarray:
    """Person records in the file's own order."""
    table = empty("person", len(order.unit))
    for column in PERSON:
        values = reading.numbers("person", column)
        if values is not None:
            table[column.target] = values
    table["hours"] = np.minimum(table["hours"], q.DAYS_IN_WEEK * 24)
    table["age"] = np.floor(order.age)
    table["role"] = order.roles
    _choose(reading, table, "person", "sex", "gender", SEXES)
    for target, (name, known) in RATES.items():
        _choose(reading, table, "person", target, name, known)
    _choose(reading, table, "person", "student_loan", "student_loan_plan", LOANS)
    _disability_and_care(reading, table)
    _schooling_and_work(reading, table)
    return table


def _disability_and_care(reading: Reading, table: np.ndarray) -> None:
    disabled = reading.flags("person", "is_disabled_for_benefits")
    if disabled is None:
        reading.zero.append("person.work_capability")
    else:
        reading.found["person.disabled"] = "is_disabled_for_benefits"
        table["disabled"] = disabled
        adult = (table["role"] != q.Role.DEPENDANT) & (table["age"] < RETIREMENT_AGE)
        table["work_capability"] = np.where(disabled & adult, q.WorkCapability.LIMITED_WORK_RELATED, q.WorkCapability.FULL)
        reading.derived["person.work_capability"] = (
            "adults marked is_disabled_for_benefits are taken to have limited capability for work and work-related activity"
        )
    allowance = reading.numbers("person", Column("blind", ("blind_persons_allowance",), low=0.0))
    if allowance is not None:
        table["blind"] = allowance > 0.0
    reported = reading.numbers("person", Column("carer_hours (reported benefit)", ("carers_allowance_reported",), low=0.0))
    if reported is not None:
        table["carer_hours"] = np.where(reported > 0.0, np.maximum(table["carer_hours"], FULL_CARE_HOURS), table["carer_hours"])
        reading.derived["person.carer_hours"] = "at least 35 a week for those who report Carer's Allowance"


def _schooling_and_work(reading: Reading, table: np.ndarray) -> None:
    schooling = reading.choices("person", "education", "current_education", EDUCATION)
    age, young = table["age"], table["role"] == q.Role.DEPENDANT
    if schooling is not None:
        table["education"] = schooling
    else:
        at_school = young & (table["earnings"] == 0.0)
        stages: list[tuple[np.ndarray, q.Education]] = [
            ((age >= 2) & (age < 5), q.Education.EARLY_YEARS),
            ((age >= 5) & (age < 11), q.Education.PRIMARY),
            ((age >= 11) & (age < WORKING_AGE), q.Education.SECONDARY),
            ((age >= WORKING_AGE) & (age < 19) & at_school, q.Education.FURTHER),
        ]
        for where, stage in stages:
            table["education"][where] = stage
        reading.derived["person.education"] = "by age; dependants of 16 to 18 without pay are taken to be at school or college"
    activity = reading.choices("person", "activity", "employment_status", ACTIVITIES)
    if activity is not None:
        table["activity"] = activity
        return
    working_for_self = table["self_employment"] > table["earnings"]
    kinds: list[tuple[np.ndarray, q.Activity]] = [
        (age < WORKING_AGE, q.Activity.CHILD),
        (working_for_self, q.Activity.SELF_EMPLOYED),
        (table["earnings"] > 0.0, q.Activity.EMPLOYEE),
        (age >= RETIREMENT_AGE, q.Activity.RETIRED),
        (table["education"] != q.Education.NONE, q.Activity.STUDENT),
        (table["work_capability"] != q.WorkCapability.FULL, q.Activity.SICK),
    ]
    table["activity"] = q.Activity.OTHER
    for where, kind in reversed(kinds):
        table["activity"][where] = kind
    reading.derived["person.activity"] = "from pay, profit, age, schooling and disability"


# ---- benefit units -------------------------------------------------------------------------------------------------


def _benefit_units(reading: Reading, order: _Order, persons: np.ndarray, households: np.ndarray, seed: int) -> np.ndarray:
    """Benefit unit records in the file's own order."""
    count = len(order.unit_ids)
    table = empty("benefit_unit", count)
    table["couple"] = np.bincount(order.unit, weights=order.roles == q.Role.PARTNER, minlength=count)
    _marriage(reading, order, table)
    table["householder"] = _householders(reading, order)
    _capital(reading, order, table, households)
    maintenance = reading.numbers("person", Column("maintenance", ("maintenance_income",), low=0.0))
    if maintenance is not None:
        table["maintenance"] = np.bincount(order.unit, weights=maintenance, minlength=count)
    opts_out = reading.flags("benunit", "child_benefit_opts_out")
    if opts_out is not None:
        table["child_benefit_opt_out"] = opts_out
    generator = np.random.default_rng([seed, 1])
    for target, name in CLAIMS.items():
        table[target] = _draws(reading, order, name, generator.random(count))
    adults = np.maximum(table["couple"] + 1, 1)
    share = np.where(table["householder"] == 1, 1.0 / adults, 0.0)
    persons["wealth_share"] = np.where(order.roles == q.Role.DEPENDANT, 0.0, share[order.unit])
    return table


def _marriage(reading: Reading, order: _Order, table: np.ndarray) -> None:
    married = reading.flags("benunit", "is_married")
    status = reading.texts("person", "marital_status") if married is None else None
    if married is not None:
        reading.found["benunit.married"] = "is_married"
    elif status is not None:
        married = np.bincount(order.unit, weights=(status == "MARRIED") & (order.roles == q.Role.CLAIMANT), minlength=len(table)) > 0
        reading.found["benunit.married"] = "marital_status"
    else:
        married = table["couple"] == 1
        reading.derived["benunit.married"] = "every couple is taken to be married"
    table["married"] = married & (table["couple"] == 1)


def _householders(reading: Reading, order: _Order) -> np.ndarray:
    """1 for the unit of the household's head, or of its eldest member."""
    head = reading.flags("person", "is_household_head")
    if head is None:
        reading.derived["benunit.householder"] = "the unit of the eldest person"
    best: dict[int, tuple[bool, float, int]] = {}
    units: dict[int, int] = {}
    for p, household in enumerate(order.household):
        rank = (bool(head is not None and head[p]), float(order.age[p]), -p)
        if int(household) not in best or rank > best[int(household)]:
            best[int(household)], units[int(household)] = rank, int(order.unit[p])
    chosen = np.zeros(len(order.unit_ids), np.int8)
    chosen[list(units.values())] = 1
    return chosen


def _capital(reading: Reading, order: _Order, table: np.ndarray, households: np.ndarray) -> None:
    """What a means test counts: savings, shares and property other than the home, held by the householder's unit."""
    counted = households["financial_wealth"] + households["business_wealth"] + households["other_property_wealth"]
    table["capital"] = np.where(table["householder"] == 1, counted[order.unit_household], 0.0)
    reading.derived["benunit.capital"] = (
        "the household's financial wealth, shares and property other than the home, held by the householder's unit"
    )


def _draws(reading: Reading, order: _Order, name: str, drawn: np.ndarray) -> np.ndarray:
    """Draws of take-up: as the file's own flags say, else drawn at random."""
    count = len(drawn)
    for entity in ("benunit", "person"):
        claims = reading.flags(entity, name)
        if claims is not None:
            if entity == "person":
                claims = np.bincount(order.unit, weights=claims, minlength=count) > 0
            reading.found[f"benunit.{name}"] = name
            return np.where(claims, 0.0, NEVER_CLAIMS)
    return drawn
