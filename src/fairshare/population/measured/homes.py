"""Homes: tenures, bands, types, rents, prices and cars."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.measured.kinds import Array, Measure, Part, Quantile, Total
from fairshare.population.measured.records import Records
from fairshare.population.measured.table import measures
from fairshare.population.published import CENSUS, Row
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.housing import RENTS_PAID, STOCK_OVER_SALES
from fairshare.population.uprating import factor, years

TENURES = {
    "owned outright": (0,),
    "owned with mortgage or shared ownership": (1,),
    "owned with mortgage or loan": (1,),
    "social rented": (2,),
    "social rent": (2,),
    "private rented": (3,),
    "private rent": (3,),
    "rent free": (4,),
    "total dwellings": (0, 1, 2, 3, 4),
}


@measures("households_by_tenure")
def _households_by_tenure(r: Records, row: Row) -> Measure | None:
    """A census count is compared as a share of the census's households."""
    if row.of("tenure") not in TENURES:
        return None
    part = r.of_homes(np.isin(r.homes["tenure"], TENURES[row.of("tenure") or ""]))
    return Part(part, r.of_homes(np.ones(len(r.homes))), f.council("households_census")) if row.period == CENSUS else Total(part)


@measures("dwelling_stock_by_tenure")
def _dwellings_by_tenure(r: Records, row: Row) -> Measure | None:
    """Dwellings, with those that nobody lives in: compared as a share of the published dwellings (rent free is not a tenure there)."""
    if row.of("tenure") not in TENURES:
        return None
    names = ("owned_outright", "mortgage", "private_rent", "social_rent")
    published = np.nansum([f.council(f"dwellings_{name}") for name in names], axis=0)
    if row.of("tenure") == "total dwellings":
        return Total(r.of_homes(np.ones(len(r.homes))) + r.of_dwellings(np.ones(len(r.dwellings))))
    return Part(
        r.of_homes(np.isin(r.homes["tenure"], TENURES[row.of("tenure") or ""])),
        r.of_homes(r.homes["tenure"] != int(q.Tenure.RENT_FREE)),
        published,
    )


BANDS = {"all": tuple(range(1, 10)), **{letter: (number,) for number, letter in enumerate("ABCDEFGHI", start=1)}}


@measures("dwellings_by_band", "chargeable_dwellings_by_band")
def _dwellings_by_band(r: Records, row: Row) -> Measure | None:
    """Dwellings of one band, as a share of all listed: homes that are exempt and nobody lives in have no record."""
    if row.of("band") not in BANDS:
        return None
    bands = BANDS[row.of("band") or ""]
    count = _of_band(r, bands)
    if row.of("band") == "all":
        return Total(count)
    listed = np.nansum([f.council(f"band_{band}") for band in "abcdefghi"], axis=0)
    return Part(count, _of_band(r, BANDS["all"]), listed)


def _of_band(r: Records, bands: tuple[int, ...]) -> Array:
    """(councils,) homes of some bands, with those that nobody lives in."""
    lived, unlived = np.isin(r.homes["council_tax_band"], bands), np.isin(r.dwellings["council_tax_band"], bands)
    return r.of_homes(lived) + r.of_dwellings(unlived)


UNLIVED = {"second home": (0,), "empty": (1, 2), "long-term empty": (2,)}


@measures("dwellings_without_resident")
def _dwellings_without_resident(r: Records, row: Row) -> Measure | None:
    return Total(r.of_dwellings(np.isin(r.dwellings["kind"], UNLIVED[row.of("kind") or ""])))


DWELLING_TYPES = {"detached": 0, "semi": 1, "terraced": 2, "flat": 3, "other": 4}


@measures("dwelling_type_share")
def _dwelling_type_share(r: Records, row: Row) -> Measure | None:
    if row.of("type") not in DWELLING_TYPES:
        return None
    return Part(r.of_homes(r.homes["dwelling_type"] == DWELLING_TYPES[row.of("type") or ""]), r.of_homes(np.ones(len(r.homes))))


BEDROOMS = {None: (0, 99), "1 bedroom": (1, 1), "2 bedroom": (2, 2), "3 bedroom": (3, 3), "4+ bedrooms": (4, 99)}
TYPES = {"detached": (0,), "semi-detached": (1,), "terraced": (2,), "flat or maisonette": (3,)}


@measures("mean_private_rent")
def _mean_private_rent(r: Records, row: Row) -> Measure | None:
    """£ a month, over private renters, moved from what they pay to the index, as step 5 moves it back; an April is half a year after
    the middle of the fiscal year before it."""
    kind = row.of("size_or_type")
    private = r.homes["tenure"] == int(q.Tenure.PRIVATE_RENT)
    if kind in BEDROOMS:
        low, high = BEDROOMS[kind]
        private &= (r.homes["bedrooms"] >= low) & (r.homes["bedrooms"] <= high)
    elif kind in TYPES:
        private &= np.isin(r.homes["dwelling_type"], TYPES[kind or ""])
    else:
        return None
    moved = rents_in_month(row.period, r.year) / RENTS_PAID
    return Part(r.of_homes(private * r.homes["rent"]) / 12 * moved, r.of_homes(private))


def rents_in_month(period: str, year: str) -> float:
    """Private rents in a month (2026-04) over their mean in a fiscal year, by the published growth between years."""
    try:
        start, month = int(period[:4]), int(period[5:7])
    except ValueError:
        return 1.0
    months = (start - int(year[:4])) * 12 + month - 9.5  # the middle of a fiscal year is the end of September
    after = years()[min(years().index(year) + 1, len(years()) - 1)]
    return float(factor("private_rents", year, after) ** (months / 12))


@measures("median_house_price", "lower_quartile_house_price", "average_house_price_regional", "average_house_price")
def _house_prices(r: Records, row: Row) -> Measure | None:
    """Values of the homes that people live in, moved to those of the homes that are sold, as step 5 moves them back."""
    value = r.homes["dwelling_value"] / (1.0 if row.measure.startswith("average") else STOCK_OVER_SALES)
    if row.measure.startswith("average"):
        return Part(r.of_homes(value), r.of_homes(np.ones(len(value))))
    return Quantile(value, r.home_weight, r.home_council, 0.5 if row.measure.startswith("median") else 0.25)


@measures("median_private_rent")
def _median_rent(r: Records, row: Row) -> Measure | None:
    """£ a month of homes let privately, moved to the index of rents as mean rents are."""
    kind, private = row.of("size_or_type"), r.homes["tenure"] == int(q.Tenure.PRIVATE_RENT)
    if kind not in BEDROOMS:
        return None
    low, high = BEDROOMS[kind]
    rows = private & (r.homes["bedrooms"] >= low) & (r.homes["bedrooms"] <= high)
    return Quantile(r.homes["rent"][rows] / 12 / RENTS_PAID, r.home_weight[rows], r.home_council[rows], 0.5)


CARS = {"no car or van": (0, 0), "one car or van": (1, 1), "two or more": (2, 99)}


@measures("households_share")
def _households_share(r: Records, row: Row) -> Measure | None:
    if row.of("cars") not in CARS:
        return None
    low, high = CARS[row.of("cars") or ""]
    return Part(r.of_homes((r.homes["vehicles"] >= low) & (r.homes["vehicles"] <= high)), r.of_homes(np.ones(len(r.homes))))
