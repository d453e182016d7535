"""A population in the money of another year: every amount moved by the published factor of its kind, income by income.

Factors stand in `parameters/britain/uprating.csv`; those after the last outturn are forecasts and marked projected. Only
money moves, and weights with the adult population; who works and who lives with whom stay as in the base year.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from fairshare.faults import Fault
from fairshare.population.records import Population, population
from fairshare.population.synthetic import figures as f

KINDS: dict[str, tuple[str, ...]] = {
    "earnings": (
        "earnings", "second_job", "pension_net_pay", "pension_relief_at_source", "pension_salary_sacrifice", "employment_expenses",
        "childcare_costs", "gift_aid",
    ),
    "mixed_income": ("self_employment",),
    "private_pensions": ("private_pension",),
    "state_pension": ("state_pension",),
    "savings_interest": ("savings_interest",),
    "nominal_gdp": ("dividends", "other_income"),
    "private_rents": ("property_income",),
    "let_loans": ("property_finance_costs",),
    "equity_prices": ("capital_gains",),
}  # fmt: skip
"""Persons' amounts by what moves them."""
UNIT_KINDS = {"cpi": ("capital", "maintenance", "transitional_protection")}
HOUSEHOLD_KINDS: dict[str, tuple[str, ...]] = {
    "rent": ("rent",),
    "mortgage_interest": ("mortgage_interest",),
    "mortgage_loans": ("mortgage_capital", "mortgage_debt"),
    "house_prices": ("dwelling_value", "main_home_wealth", "other_property_wealth"),
    "cpi": ("financial_wealth", "pension_wealth", "physical_wealth", "water_charges"),
    "spending": ("spending_*",),
    "equity_prices": ("business_wealth",),
    "other_debts": ("debts",),
}
SOCIAL_RENT_EXTRA = 0.01
"""Social rents may rise by CPI and one percentage point a year."""
UNMOVED = ("dwelling_value_band_year", "council_tax_bill", "weight")


@cache
def _table() -> dict[str, dict[str, tuple[float, str]]]:
    out: dict[str, dict[str, tuple[float, str]]] = {}
    for row in f.rows("uprating"):
        out.setdefault(row["index"], {})[row["year"]] = (float(row["value"]), row["status"])
    return out


def years() -> tuple[str, ...]:
    """The fiscal years that a population can be moved to."""
    return tuple(sorted(year for year in _table()["earnings"] if year >= "2023-24"))


def starts() -> tuple[str, ...]:
    """The fiscal years that a population's money may be in: surveys come some years late."""
    return tuple(sorted(year for year in _table()["earnings"] if year >= "2019-20"))


def projected(year: str) -> bool:
    """Whether the factors of this year are forecasts."""
    return _table()["earnings"][year][1] == "projected"


def factor(kind: str, start: str, end: str) -> float:
    """The factor of one kind of money between two fiscal years."""
    if kind == "private_pensions":  # indexed pensions follow prices, new ones pay: half-way
        return float(np.sqrt(factor("cpi", start, end) * factor("earnings", start, end)))
    if kind == "spending":  # of each household; weights grow as people of 16 and over do
        return factor("private_consumption", start, end) / factor("population_16plus", start, end)
    if kind == "savings_interest":
        return factor("deposit_rate", start, end) * factor("nominal_gdp", start, end)
    if kind == "mortgage_interest":
        return factor("mortgage_loans", start, end) * factor("mortgage_rate", start, end)
    if kind == "let_loans":
        return factor("mortgage_loans", start, end) * factor("mortgage_rate", start, end)
    if kind == "mortgage_loans":
        return factor("secured_liabilities", start, end)
    if kind == "other_debts":
        return factor("other_liabilities", start, end)
    values = _table()[kind]
    return values[end][0] / values[start][0]


def social_rent_factor(start: str, end: str) -> float:
    """CPI and one percentage point for each year between."""
    count = int(end[:4]) - int(start[:4])
    return factor("cpi", start, end) * (1 + SOCIAL_RENT_EXTRA) ** count


def uprate(people: Population, year: str) -> Population:
    """The population (of 2019-20 or later) in the money of `year` (2023-24 to 2029-30).

    Raises Fault for a year without published factors.
    """
    if year == people.year:
        return people
    for wanted, known in ((year, years()), (people.year, starts())):
        if wanted not in known:
            raise Fault(f'A population cannot be moved to or from "{wanted}"; published factors run from {known[0]} to {known[-1]}.')
    start = people.year
    persons, units, homes = people.persons.copy(), people.benefit_units.copy(), people.households.copy()
    dwellings = people.dwellings.copy()
    for table, kinds in ((persons, KINDS), (units, UNIT_KINDS)):
        for kind, columns in kinds.items():
            for column in columns:
                table[column] = np.round(table[column] * factor(kind, start, year), 2)
    for kind, columns in HOUSEHOLD_KINDS.items():
        for column in _expanded(columns, homes.dtype.names or ()):
            if kind == "rent":
                social = homes["tenure"] == 2
                homes[column] = np.round(
                    homes[column] * np.where(social, social_rent_factor(start, year), factor("private_rents", start, year)), 2
                )
            else:
                homes[column] = np.round(homes[column] * factor(kind, start, year), 2)
    homes["council_tax_bill"] = np.where(
        homes["council_tax_bill"] > 0, homes["council_tax_bill"] * factor("cpi", start, year), homes["council_tax_bill"]
    )
    dwellings["dwelling_value"] = np.round(dwellings["dwelling_value"] * factor("house_prices", start, year), 2)
    growth = factor("population_16plus", start, year)
    homes["weight"] *= growth
    dwellings["weight"] *= growth
    details = {**people.details, "moved_from": start, "projected": projected(year)}
    return population(
        persons, units, homes, dwellings, name=people.name, year=year, kind=people.kind, says=people.says, seed=people.seed, details=details
    )


def _expanded(columns: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    out: list[str] = []
    for column in columns:
        out += [name for name in names if name.startswith(column[:-1])] if column.endswith("*") else [column]
    return out
