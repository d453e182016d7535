"""Effects of Taxes and Benefits on household income (ONS), read as donors of what public services a household uses.

One long file holds every year: the latest is taken (or the one asked for), and money is weekly. The amounts are what services cost to
provide. Weights are used, and a blank is nothing in that column alone: dropping whole rows would leave out households that are not like
the others.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from fairshare import quantities as q
from fairshare.population.surveys.donors import Columns, Donors, file_of, in_year
from fairshare.population.surveys.matching import Known
from fairshare.population.surveys.text_tables import read_text_table

SERVICES = ("education", "health", "rail", "bus", "housing_subsidy")
STAGES = ("primary", "secondary", "further")
MOST = 3.0
"""Retired people, or children at one stage of school, beyond which a household counts as having this many."""
IDEAS: dict[str, tuple[str, ...]] = {
    "year": ("year",),
    "weight": ("hhold_adj_weight",),
    "adults": ("adults",),
    "children": ("childs", "children"),
    "retired": ("noretd",),
    "income": ("disinc",),
    "primary": ("primed",),
    "secondary": ("secoed",),
    "further": ("furted",),
    "education": ("educ",),
    "health": ("totnhs",),
    "rail": ("rail",),
    "bus": ("bussub",),
    "housing_subsidy": ("hsub",),
    "all": ("benk",),
}


def read_etb(place: Path, year: str) -> Donors:
    """Households of the latest year as donors of services used, in the money of a fiscal year. Raises Fault, naming file and column."""
    path = file_of(place, r"household", "household file of Effects of Taxes and Benefits (a name like householdv2_1977-2024.tab)")
    assert path is not None
    wanted = {each for names in IDEAS.values() for each in names}
    table = read_text_table(path, "household", wanted)
    if not table.rows:
        raise table.fault("there is no row in it, or no column that is known; fetch the file again.")
    years = table.whole_numbers(table.needed(("year",), "the financial year"), "the financial year")
    start = int(years.max())
    table.keep(years == start)
    held = Columns(table, IDEAS)
    own = f"{start}-{(start + 1) % 100:02d}"
    weekly = {name: held.needed(name, f"{name.replace('_', ' ')}, in kind") for name in SERVICES[:4]}
    weekly |= {name: held.amounts(name) for name in SERVICES[4:]}
    if held.has("all"):
        total = sum(weekly.values(), np.zeros(held.table.rows))
        held.table.refuse("benk", total > 1.01 * held.amounts("all") + 1.0, "is all benefits in kind, and less than its parts")
    amounts = {f"service_{name}": q.WEEKS_IN_YEAR * values for name, values in weekly.items()}
    weight = held.weight()
    further = {name: np.minimum(held.amounts(name), MOST) / MOST for name in ("retired", *STAGES)}
    known = Known(
        key=np.arange(held.table.rows), weight=np.maximum(weight, 1e-9), income=held.needed("income", "income", losses=True),
        adults=np.maximum(held.needed("adults", "adults"), 1.0), children=held.needed("children", "children"), region=None, tenure=None,
        age=None, further=further,
    )  # fmt: skip
    return Donors(
        source=f"Effects of Taxes and Benefits on household income, {own}",
        citation=f"Office for National Statistics, Effects of Taxes and Benefits on Household Income, {own}, UK Data Service, SN 8856",
        year=own,
        known=known,
        amounts=in_year(amounts, dict.fromkeys(amounts, "nominal_gdp"), own, year, path.name),
        found=held.found,
        zero=held.zero,
        assumed=[
            f"what services cost moves from {own} with national income",
            "the latest `year` of the file is the fiscal year that begins in it",
        ],
    )
