"""Step 12: dwellings with no usual resident: second homes, empty and long-term empty homes, as records of their own.

How many: England's councils as counted for council tax in October 2022; Wales and Scotland at the rate of England outside
London (assumption). In which bands: where a council's list holds more dwellings than are lived in. The lists hold about two in
a hundred dwellings more (exempt ones, such as halls of students and homes of people who have died); nobody is charged for
them, and they have no record.
"""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.population.records import empty
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.composition import households_by_council
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import generator
from fairshare.population.synthetic.housing import NORTHERN_IRELAND_2005, band_year_value, northern_values, value_now

NORTHERN_IRELAND_UNLIVED = 0.055
"""Unlived homes over households in Northern Ireland (UNVERIFIED); it has no bands."""
FITTING = 30
"""Rounds of proportional fitting of councils' unlived homes and regions' bands."""
LEAST = 0.004
"""A band with fewer unlived homes than this part of its council's stock gets none of its own."""


def _spread(bands: np.ndarray, lived: np.ndarray, unlived: np.ndarray) -> np.ndarray:
    """(councils, 9) the part of a council's unlived homes in each band: each band comes to its share of the list, as far as the homes
    that are lived in leave room in the council, and over the councils of a region together."""
    stock, region = bands.sum(axis=1, keepdims=True), f.area_regions()
    listed = bands * (lived.sum(axis=1) + unlived)[:, None] / np.maximum(stock, 1.0)
    left = np.maximum(listed - lived, 0.0) + LEAST * listed
    wanted = np.zeros((len(q.Region), 9))
    for where in range(len(q.Region)):
        here = region == where
        room = np.maximum((listed[here] - lived[here]).sum(axis=0), 0.0)
        wanted[where] = room * unlived[here].sum() / max(room.sum(), 1e-9)
    for _ in range(FITTING):
        left = left * (unlived / np.maximum(left.sum(axis=1), 1e-9))[:, None]
        held = np.zeros_like(wanted)
        np.add.at(held, region, left)
        left = left * (wanted / np.maximum(held, 1e-9))[region]
    return np.asarray(left / np.maximum(left.sum(axis=1, keepdims=True), 1e-9))


def with_no_resident(draft: Draft, seed: int) -> np.ndarray:
    """Dwelling records sorted by council: one per council, band and kind."""
    rng, homes = generator(seed, "dwellings"), draft.households
    bands = np.nan_to_num(np.column_stack([f.council(f"band_{band}") for band in "abcdefghi"]))
    council = homes["council"].astype(int)
    lived = np.zeros((len(areas()), 10))
    np.add.at(lived, (council, homes["council_tax_band"]), homes["weight"])
    second, void, long_void = (
        np.nan_to_num(f.council(f"{name}_2022")) for name in ("second_homes", "empty_homes", "long_term_empty_homes")
    )
    stock = bands.sum(axis=1)
    northern = f.area_nations() == int(q.Nation.NORTHERN_IRELAND)
    english = second + void > 0
    outside_london = english & (f.area_regions() != int(q.Region.LONDON))
    rate = (second + void)[outside_london].sum() / stock[outside_london].sum()
    unlived = np.where(english, np.minimum(second + void, 0.6 * stock), rate * stock)
    unlived[northern] = households_by_council()[northern] * NORTHERN_IRELAND_UNLIVED
    usual = second[outside_london].sum() / (second + void)[outside_london].sum()
    share_second = np.where(english, second / np.maximum(second + void, 1.0), usual)
    long = long_void[outside_london].sum() / (second + void)[outside_london].sum()
    share_long = np.where(english, np.minimum(long_void, void) / np.maximum(second + void, 1.0), long)
    spreads = _spread(bands, lived[:, 1:], unlived)
    rows = []
    for area in areas():
        spread = spreads[area.row]
        shares = [(0, 1.0)] if northern[area.row] else [(band + 1, spread[band]) for band in range(9) if spread[band] > LEAST]
        total = sum(share for _, share in shares)
        for band, share in shares:
            here = unlived[area.row] * share / total
            parts = (share_second[area.row], max(1 - share_second[area.row] - share_long[area.row], 0.0), share_long[area.row])
            rows += [
                (here * part, area.row, int(area.nation), int(area.region), kind, band)
                for kind, part in enumerate(parts)
                if part > 0 and here > 0
            ]
    table = empty("dwelling", len(rows))
    for column, values in zip(("weight", "council", "nation", "region", "kind", "council_tax_band"), zip(*rows, strict=True), strict=True):
        table[column] = values
    council, place = table["council"].astype(int), rng.random(len(table))
    then = band_year_value(table["council_tax_band"].astype(int), table["nation"].astype(int), place)
    now = value_now(then, council, rng)
    bandless = table["council_tax_band"] == 0
    now[bandless] = northern_values(council[bandless], place[bandless])
    then[bandless] = NORTHERN_IRELAND_2005 * now[bandless]
    table["dwelling_value"], table["dwelling_value_band_year"] = np.round(now, -2), np.round(then, -2)
    return table
