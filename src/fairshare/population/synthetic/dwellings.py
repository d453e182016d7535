"""Step 12: dwellings with no usual resident: second homes, empty and long-term empty homes, as records of their own.

By council and band: dwellings on the valuation list less those lived in. Second and long-term empty homes have the shares
of England's councils in 2022 (elsewhere the mean of England outside London).
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
LEAST = 0.004
"""A band with fewer unlived homes than this part of its council's stock gets none of its own."""


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
    unlived = np.maximum(bands.sum(axis=1) - lived[:, 1:].sum(axis=1), 0.0)
    northern = f.area_nations() == int(q.Nation.NORTHERN_IRELAND)
    unlived[northern] = households_by_council()[northern] * NORTHERN_IRELAND_UNLIVED
    english = second + void > 0
    share_second = np.where(english, np.minimum(second / np.maximum(unlived, 1.0), 0.75), 0.22)
    share_long = (
        np.where(english, np.minimum(long_void / np.maximum(unlived, 1.0), 0.75), 0.20)
        * (1 - share_second)
        / np.maximum(1 - share_second, 0.3)
    )
    rows = []
    for area in areas():
        stock = np.maximum(bands[area.row] - lived[area.row, 1:], 0.0)
        spread = stock / stock.sum() if stock.sum() > 0 else np.zeros(9)
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
