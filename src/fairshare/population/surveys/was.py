"""The Wealth and Assets Survey (End User Licence, rounds 5 to 8), read as donors of wealth by component.

Great Britain only. Names carry the round, at the end or in the middle, and a name of the wave where a file holds both: the round's
own comes first. Round 8 has two valuations of pensions: the newer one is taken. Identities that ONS keeps (total = property +
physical + pension + financial) are tested, so that a component read from another column is refused.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from fairshare.faults import Fault
from fairshare.population.surveys.assembly import mapped
from fairshare.population.surveys.donors import REGIONS_WITH_GAP, Donors, file_of, in_year, once, read
from fairshare.population.surveys.matching import Known, rank_within

YEARS = {7: "2019-20", 8: "2021-22"}
"""The last fiscal year of each round that can be moved to later money."""
FIELDWORK = {5: "2014 to 2016", 6: "2016 to 2018", 7: "April 2018 to March 2020", 8: "April 2020 to March 2022"}
TENURES = {1: 0, 2: 1, 3: 2, 4: 2, 5: 2, 6: 2}
"""`TEN1R`: outright; mortgage; part rent, rent, free and squatting."""
BUSINESS_BANDS = (50.0, 5_050.0, 30_000.0, 75_000.0, 175_000.0, 375_000.0, 750_000.0, 1_500_000.0, 3_500_000.0)
"""£ that stand for each band of a business's value: midpoints in public use."""
KINDS = {
    "main_home_wealth": "house_prices", "other_property_wealth": "house_prices", "mortgage_debt": "secured_liabilities",
    "financial_wealth": "cpi", "business_wealth": "equity_prices", "pension_wealth": "cpi", "physical_wealth": "cpi",
    "debts": "other_liabilities",
}  # fmt: skip
"""What moves each component to another year: as a population's own are moved."""


def _names(*stems: str, n: int) -> tuple[str, ...]:
    """Each stem with its round; where the round's own is not there, with the wave."""
    return tuple(stem.format(n=f"{letter}{n}") for stem in stems for letter in ("r", "w"))


def ideas(n: int) -> dict[str, tuple[str, ...]]:
    """Columns of the household file of a round under the names that they may have."""
    new = n == 8
    return {
        "key": (f"caser{n}", f"casew{n}"),
        "weight": (f"r{n}xshhwgt", f"w{n}xshhwgt"),
        "region": _names("gor{n}", n=n),
        "tenure": _names("ten1{n}_i", "ten1{n}", n=n),
        "total": ("totalwlthr8",) if new else _names("totwlth{n}", n=n),
        "property": _names("hpropw{n}", n=n),
        "physical": _names("hphysw{n}", n=n),
        "pension": ("totalpenr8_aggr",) if new else _names("totpen{n}_aggr", n=n),
        "net_financial": _names("hfinwnt{n}_sum", n=n),
        "financial": _names("hfinw{n}_sum", n=n),
        "gross_property": _names("dvproperty{n}", n=n),
        "home": _names("dvhvalue{n}", n=n),
        "mortgages": _names("hmortg{n}", n=n),
        "income": _names("dvtotgi{n}", n=n),
        "adults": _names("numadult{n}", n=n),
        "children": _names("numch18{n}", "numdepch{n}", "numchild{n}", n=n),
        "age": _names("hrpdvage8{n}", n=n),
    }


def _round(path: Path) -> int:
    found = re.search(r"(?:round|wave)_(\d)", path.name.lower())
    if found is None or int(found[1]) not in FIELDWORK:
        raise Fault(f"{path.name} does not name a round from 5 to 8 (as was_round_8_hhold does); keep the archive's own names.")
    if int(found[1]) not in YEARS:
        raise Fault(f"{path.name} is of {FIELDWORK[int(found[1])]}, and published factors start in 2019-20; give round 7 or 8.")
    return int(found[1])


def read_was(place: Path, year: str) -> Donors:
    """Households of the survey as donors of wealth in the money of a fiscal year. Raises Fault, naming file and column."""
    path = file_of(place, r"was_.*hhold", "household file of the Wealth and Assets Survey (a name like was_round_8_hhold_eul.tab)")
    assert path is not None
    n = _round(path)
    held = read(path, "household", ideas(n))
    keys, weight = held.keys(), held.weight()
    once(held, keys)
    total = held.needed("total", "total wealth", losses=True)
    net_property = held.needed("property", "net property wealth", losses=True)
    physical = held.needed("physical", "physical wealth")
    pension = held.needed("pension", "private pension wealth")
    net_financial = held.needed("net_financial", "net financial wealth", losses=True)
    financial = held.needed("financial", "gross financial wealth")
    gross_property = held.needed("gross_property", "gross value of all property")
    home = held.needed("home", "value of the main residence")
    held.agree(total, net_property + physical + pension + net_financial, "total wealth is not the sum of its four components")
    mortgages = held.amounts("mortgages") if held.has("mortgages") else np.maximum(gross_property - net_property, 0.0)
    held.agree(net_property, gross_property - mortgages, "net property wealth is not gross property less mortgages")
    tenure = mapped(held.codes("tenure", TENURES, "tenure"), TENURES, 2)
    home = np.where(tenure < 2, np.minimum(home, gross_property), 0.0)
    business, said = _business(place, n, keys)
    amounts = {
        "main_home_wealth": home,
        "other_property_wealth": gross_property - home,
        "mortgage_debt": mortgages,
        "financial_wealth": financial,
        "business_wealth": business,
        "pension_wealth": pension,
        "physical_wealth": physical,
        "debts": np.maximum(financial - net_financial, 0.0),
    }
    region = mapped(held.codes("region", REGIONS_WITH_GAP, "region"), REGIONS_WITH_GAP, -1)
    name = held.table.name_of(held.ideas["region"])
    assert name is not None
    held.table.refuse(name, region < 0, "does not say the region")
    age = held.codes("age", range(1, 9), "age band of the reference person")
    known = Known(
        key=keys, weight=weight, income=held.needed("income", "gross household income", losses=True),
        adults=held.needed("adults", "adults"), children=held.needed("children", "children"), region=region, tenure=tenure,
        age=np.where(age > 0, age - 1, 4), further={"home": rank_within(home, weight, region)},
    )  # fmt: skip
    used = weight > 0.0
    return Donors(
        source=f"Wealth and Assets Survey, round {n} ({FIELDWORK[n]})",
        citation=f"Office for National Statistics, Wealth and Assets Survey, round {n}, {FIELDWORK[n]}, UK Data Service, SN 7215",
        year=YEARS[n],
        known=_only(known, used),
        amounts={each: values[used] for each, values in in_year(amounts, KINDS, YEARS[n], year, path.name).items()},
        found=held.found,
        zero=[*held.zero, *said],
        assumed=[
            "households of Northern Ireland, where the survey is not held, hold what alike ones elsewhere in the north and west do",
            f"each component moves from {YEARS[n]} with the published index of its kind",
            *(["pensions are valued by the newer of the survey's two methods"] if n == 8 else []),
        ],
    )


def _only(known: Known, rows: np.ndarray) -> Known:
    """The same households, those of `rows` alone."""
    values = {name: each[rows] if isinstance(each, np.ndarray) else each for name, each in known._asdict().items()}
    return Known(**(values | {"further": {name: each[rows] for name, each in known.further.items()}}))


def _business(place: Path, n: int, keys: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """(households,) business assets from the person file, which is the only one to hold them; what was not there."""
    path = file_of(place, r"was_.*person", "person file", needed=False)
    if path is None:
        return np.zeros(len(keys)), ["household.business (there is no person file)"]
    bands = [f"bvalb{i}r{n}" for i in (1, 2, 3)] + [f"bvalb{i}" for i in (1, 2, 3)]
    values = [f"bval{i}r{n}" for i in (1, 2, 3)]
    held = read(path, "person", {"key": (f"caser{n}", f"casew{n}")} | {each: (each,) for each in (*bands, *values)})
    own = held.keys()
    total = np.zeros(len(own))
    for i in (1, 2, 3):
        code = np.zeros(len(own), np.int64)
        for each in (f"bvalb{i}r{n}", f"bvalb{i}"):
            code = np.where(code > 0, code, held.codes(each, range(len(BUSINESS_BANDS) + 1))) if held.has(each) else code
        stated = held.amounts(f"bval{i}r{n}") if held.has(f"bval{i}r{n}") else np.zeros(len(own))
        total += np.where(stated > 0.0, stated, np.where(code > 0, np.array(BUSINESS_BANDS)[np.maximum(code, 1) - 1], 0.0))
    order = np.argsort(keys, kind="stable")
    at = np.minimum(np.searchsorted(keys[order], own), len(keys) - 1)
    inside = keys[order][at] == own
    missing = [] if any(held.has(each) for each in (*bands, *values)) else ["person.business (bval or bvalb)"]
    return np.bincount(order[at[inside]], total[inside], len(keys)), missing


__all__ = ["KINDS", "ideas", "read_was"]
