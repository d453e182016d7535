"""The Survey of Personal Incomes, public use tape: what the highest incomes are, and what they are made of.

One row stands for an individual known to HMRC; amounts are yearly pounds. The records that HMRC averages for the very highest
incomes (`AGERANGE` -1) carry much of the top and are kept. Total income is tested to be earned and investment income together.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fairshare.faults import Fault
from fairshare.population.surveys.donors import Columns, in_year
from fairshare.population.surveys.text_tables import read_text_table

Array = np.ndarray[Any, np.dtype[Any]]

IDENTITY = 5.0
"""£ by which `TI` may differ from `TEI` + `TII`: amounts are rounded."""
COMPOSITE, FIRST_PENSIONER = -1, 6
"""`AGERANGE`: averaged records; 6 and 7 are 65 and over."""
IDEAS: dict[str, tuple[str, ...]] = {
    "weight": ("fact",),
    "age": ("agerange",),
    "total": ("ti",),
    "earned": ("tei",),
    "invested": ("tii",),
    "pay": ("pay",),
    "in_kind": ("epb",),
    "termination": ("taxterm",),
    "other_pay": ("mothinc",),
    "expenses": ("exps",),
    "profits": ("profits",),
    "pension": ("pension",),
    "interest": ("incbbs",),
    "dividends": ("dividends",),
    "property": ("incprop",),
    "other_investment": ("otherinv",),
    "other": ("otherinc",),
}
KINDS = {
    "earnings": "earnings", "employment_expenses": "earnings", "self_employment": "mixed_income", "private_pension": "private_pensions",
    "savings_interest": "savings_interest", "dividends": "nominal_gdp", "property_income": "private_rents", "other_income": "nominal_gdp",
}  # fmt: skip
"""What moves each income to another year: as a population's own are moved."""
TOTALLED = tuple(name for name in KINDS if name != "employment_expenses")


class Individuals(NamedTuple):
    """(individuals,) each: how many they stand for, whether they are 65 or over, and incomes, £ a year."""

    source: str
    citation: str
    year: str
    weight: Array
    pensioner: Array
    incomes: dict[str, Array]
    found: dict[str, str]
    zero: list[str]


def total_of(incomes: Any) -> Array:
    """(individuals,) incomes that are replaced at the top, added up, £ a year: all but State Pension and benefits."""
    return np.asarray(sum(np.asarray(incomes[name]) for name in TOTALLED))


def read_spi(path: Path, year: str) -> Individuals:
    """The tape in the money of a fiscal year. Raises Fault, naming file and column."""
    named = re.search(r"put(\d\d)(\d\d)uk", path.name.lower())
    if named is None or (int(named[1]) + 1) % 100 != int(named[2]):
        raise Fault(f"{path.name} does not name its year (as put2223uk.tab does); keep HMRC's own name.")
    if path.is_dir():
        raise Fault(f"{path} is a folder; give the file, such as put2223uk.tab.")
    own = f"20{named[1]}-{named[2]}"
    table = read_text_table(path, "spi", {each for names in IDEAS.values() for each in names})
    if not table.rows:
        raise table.fault("there is no row in it, or no column that is known; fetch the file again.")
    held = Columns(table, IDEAS)
    weight = held.weight()
    age = table.numbers(table.needed(("agerange",), "age band"))
    table.refuse("agerange", ~np.isin(age, (COMPOSITE, *range(8))), "is no code of the survey")
    total, earned, invested = (held.needed(name, f"{name} income", losses=True) for name in ("total", "earned", "invested"))
    held.agree(total, earned + invested, "total income is not earned and investment income together", IDENTITY)
    incomes = {
        "earnings": held.needed("pay", "pay") + held.amounts("in_kind") + held.amounts("termination") + held.amounts("other_pay"),
        "employment_expenses": held.amounts("expenses"),
        "self_employment": held.needed("profits", "trading profits", losses=True),
        "private_pension": held.needed("pension", "pensions"),
        "savings_interest": held.needed("interest", "interest"),
        "dividends": held.needed("dividends", "dividends"),
        "property_income": held.needed("property", "property income", losses=True),
        "other_income": held.amounts("other_investment", losses=True) + held.amounts("other", losses=True),
    }
    return Individuals(
        source=f"Survey of Personal Incomes, {own}",
        citation=f"HM Revenue and Customs, Survey of Personal Incomes {own}: Public Use Tape, UK Data Service",
        year=own,
        weight=weight,
        pensioner=age >= FIRST_PENSIONER,
        incomes=in_year(incomes, KINDS, own, year, path.name),
        found=held.found,
        zero=held.zero,
    )
