"""The Living Costs and Food Survey (derived household and person files), read as donors of spending by class and of cars.

Amounts are weekly, and nothing where nothing was bought in the two weeks of the diary: a household's own zero is no true zero, while
means hold. Rent, mortgage interest and council tax are no spending here: records hold them apart. Energy is `p537`, since sources
disagree on the items for electricity and gas; tenure is `a121`, which the open teaching file of the survey confirms.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from fairshare import quantities as q
from fairshare.faults import Fault
from fairshare.population.records import SPENDING_CLASSES
from fairshare.population.surveys.assembly import mapped
from fairshare.population.surveys.donors import REGIONS_WITHOUT_GAP, Columns, Donors, file_of, in_year, once, read
from fairshare.population.surveys.matching import Known, age_band

THOUSAND = 1_000.0
"""`weighta` counts thousands of households."""
TENURES = {0: 2, 1: 2, 2: 2, 3: 2, 4: 2, 5: 1, 6: 1, 7: 0, 8: 2}
"""`a121`: 0 not recorded, 1 to 4 rented, 5 mortgage, 6 rental purchase, 7 outright, 8 free of rent."""
IDEAS: dict[str, tuple[str, ...]] = {
    "key": ("case",),
    "weight": ("weighta",),
    "year": ("year",),
    "region": ("gorx",),
    "tenure": ("a121",),
    "adults": ("g018",),
    "children": ("g019",),
    "size": ("a049",),
    "income": ("p344p",),
    "vehicles": ("a124",),
    "energy": ("p537",),
    "food": ("p601t", "p601"),
    "alcohol_tobacco": ("p602t", "p602"),
    "clothing": ("p603t", "p603"),
    "furnishings": ("p605t", "p605"),
    "health": ("p606t", "p606"),
    "transport": ("p607t", "p607"),
    "communication": ("p608t", "p608"),
    "recreation": ("p609t", "p609"),
    "education": ("p610t", "p610"),
    "restaurants": ("p611t", "p611"),
    "miscellaneous": ("p612t", "p612"),
    "petrol": ("c72211t", "c72211"),
    "diesel": ("c72212t", "c72212"),
    "other_motor_fuel": ("c72213t", "c72213"),
}
OF_PERSONS: dict[str, tuple[str, ...]] = {"key": ("case",), "reference": ("a003",), "age": ("a005p",)}
DIRECT = (
    "food", "alcohol_tobacco", "clothing", "furnishings", "health", "communication", "recreation", "education", "restaurants",
    "miscellaneous",
)  # fmt: skip
"""Classes that are one of the survey's divisions as it stands."""


def _year(path: Path, held: Columns) -> str:
    """The survey's fiscal year: the first of two years of interviews, or else the year that the file's name gives."""
    start = None
    if held.has("year"):
        values = held.codes("year", range(2015, 2100))
        known = np.unique(values[values > 0])
        if len(known) > 2 or (len(known) == 2 and known[1] - known[0] != 1):
            name = held.table.name_of(held.ideas["year"])
            raise held.table.fault(f"{name} holds more than one survey year; give the files of one.")
        start = int(known[0]) if len(known) else None
    if start is None:
        named = re.findall(r"20\d\d", path.name)
        if not named:
            raise Fault(f"{path.name} names no year, and holds none; keep the archive's own name, such as lcfs_2021_dvhh_ukanon.tab.")
        start = int(named[-1])
    return f"{start}-{(start + 1) % 100:02d}"


def read_lcf(place: Path, year: str) -> Donors:
    """Households of the survey as donors of spending in the money of a fiscal year. Raises Fault, naming file and column."""
    path = file_of(place, r"dvhh", "derived household file of the Living Costs and Food Survey (a name like lcfs_2021_dvhh_ukanon.tab)")
    assert path is not None
    held = read(path, "dvhh", IDEAS)
    keys, weight = held.keys(), held.weight() * THOUSAND
    once(held, keys)
    own = _year(path, held)
    weekly = {name: held.needed(name, dict(SPENDING_CLASSES)[name]) for name in DIRECT}
    fuel = held.amounts("petrol") + held.amounts("diesel") + held.amounts("other_motor_fuel")
    transport = held.needed("transport", "transport")
    if held.has("petrol"):
        petrol = held.table.name_of(held.ideas["petrol"])
        assert petrol is not None
        held.table.refuse(petrol, fuel > transport + 0.05, "is motor fuel, and with diesel it is more than all transport")
    weekly |= {
        "transport": np.maximum(transport - fuel, 0.0),
        "motor_fuel": fuel,
        "housing_energy": held.needed("energy", "domestic energy"),
    }
    yearly = {f"spending_{name}": q.WEEKS_IN_YEAR * values for name, values in weekly.items()}
    moved = in_year(yearly, dict.fromkeys(yearly, "cpi"), own, year, path.name)
    if held.has("vehicles"):
        moved["vehicles"] = np.minimum(held.amounts("vehicles"), 20.0)
    tenure = mapped(held.codes("tenure", TENURES, "tenure"), TENURES, 2)
    region = mapped(held.codes("region", REGIONS_WITHOUT_GAP, "region"), REGIONS_WITHOUT_GAP, -1)
    name = held.table.name_of(held.ideas["region"])
    assert name is not None
    held.table.refuse(name, region < 0, "does not say the region")
    known = Known(
        key=keys, weight=np.maximum(weight, 1e-9), income=held.needed("income", "gross household income"),
        adults=held.needed("adults", "adults"), children=held.needed("children", "children"), region=region, tenure=tenure,
        age=_ages(place, keys), further={},
    )  # fmt: skip
    return Donors(
        source=f"Living Costs and Food Survey, {own}",
        citation=f"Office for National Statistics, Living Costs and Food Survey, {own}, UK Data Service",
        year=own,
        known=known,
        amounts=moved,
        found=held.found,
        zero=[*held.zero, *([] if known.age is not None else ["dvper.age (there is no derived person file)"])],
        assumed=[
            f"spending moves from {own} with prices",
            "a household's zero is what two weeks of a diary hold, so single households differ more than in truth, while means hold",
            "energy is without water: records hold water charges apart",
            "drink and tobacco are under-reported by a third to a half, and stay as they are",
        ],
    )


def _ages(place: Path, keys: np.ndarray) -> np.ndarray | None:
    """(households,) the age band of the reference person, from the person file; None without one."""
    path = file_of(place, r"dvper", "derived person file", needed=False)
    if path is None:
        return None
    held = read(path, "dvper", OF_PERSONS)
    case, reference = held.keys(), held.codes("reference", range(20), "who is the reference person")
    age = held.needed("age", "age")
    rows = np.flatnonzero(reference == 1)
    order = rows[np.argsort(case[rows], kind="stable")]
    at = np.minimum(np.searchsorted(case[order], keys), max(len(order) - 1, 0))
    if not len(order) or (case[order][at] != keys).any():
        raise held.table.fault("a household of the household file has no reference person (a003 = 1) here; fetch both files again.")
    return age_band(age[order][at])
