"""Homes of the Family Resources Survey: place, tenure, what they cost, council tax, and what they are worth."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.population.records import empty
from fairshare.population.surveys import assembly
from fairshare.population.surveys.assembly import mapped
from fairshare.population.surveys.frs_tables import (
    MOST_A_WEEK,
    MOST_AT_ONCE,
    People,
    Survey,
    household_rows,
)

REGIONS = {
    1: q.Region.NORTH_EAST, 2: q.Region.NORTH_WEST, 4: q.Region.YORKSHIRE_AND_THE_HUMBER, 5: q.Region.EAST_MIDLANDS,
    6: q.Region.WEST_MIDLANDS, 7: q.Region.EAST_OF_ENGLAND, 8: q.Region.LONDON, 9: q.Region.SOUTH_EAST, 10: q.Region.SOUTH_WEST,
    11: q.Region.WALES, 12: q.Region.SCOTLAND, 13: q.Region.NORTHERN_IRELAND,
}  # fmt: skip
"""`gvtregno`: there is no 3."""
LONG_REGIONS = {112_000_001 + place: q.Region(place) for place in range(9)} | {
    299_999_999: q.Region.SCOTLAND, 399_999_999: q.Region.WALES, 499_999_999: q.Region.NORTHERN_IRELAND,
}  # fmt: skip
TENURES = {
    1: q.Tenure.SOCIAL_RENT, 2: q.Tenure.SOCIAL_RENT, 3: q.Tenure.PRIVATE_RENT, 4: q.Tenure.PRIVATE_RENT,
    5: q.Tenure.OWNED_OUTRIGHT, 6: q.Tenure.MORTGAGE,
}  # fmt: skip
"""`ptentyp2`; in `tentyp2` 5 and 6 stand the other way round."""
FULL_TENURES = TENURES | {5: q.Tenure.MORTGAGE, 6: q.Tenure.OWNED_OUTRIGHT, 7: q.Tenure.RENT_FREE, 8: q.Tenure.RENT_FREE}
DWELLINGS = {
    1: q.DwellingType.DETACHED, 2: q.DwellingType.SEMI_DETACHED, 3: q.DwellingType.TERRACED, 4: q.DwellingType.FLAT,
    5: q.DwellingType.FLAT, 6: q.DwellingType.OTHER, 7: q.DwellingType.OTHER,
}  # fmt: skip
LEAST_FOR_REDUCED = 0.35
"""Least part taken off Scottish water charges of households with a council tax reduction."""


def households_of(survey: Survey, people: People, keys: np.ndarray, weights: np.ndarray, seed: int) -> np.ndarray:
    """Household records in the order of househol.tab."""
    records = empty("household", len(keys))
    records["weight"] = weights
    records["region"] = _regions(survey)
    records["nation"] = [int(assembly.nation_of(int(region))) for region in records["region"]]
    records["tenure"] = _tenures(survey)
    dwelling = survey.codes("househol", "dwelling", DWELLINGS)
    records["dwelling_type"] = mapped(dwelling, DWELLINGS, q.DwellingType.OTHER)
    records["rent"] = q.WEEKS_IN_YEAR * survey.money("househol", "rent")
    records["mortgage_interest"] = q.WEEKS_IN_YEAR * survey.money("househol", "mortgage_interest")
    _mortgages(survey, records, keys)
    _bedrooms(survey, people, records)
    water = _water(survey, records["region"] == q.Region.SCOTLAND)
    records["water_charges"] = q.WEEKS_IN_YEAR * water
    _council_tax(survey, records, water, seed)
    records["council"] = assembly.spread_over_councils(records["region"], records["weight"], seed)
    survey.derived["household.council"] = f"spread over the region's councils in proportion to their households (seed {seed})"
    records["brma"] = np.array([area.brma for area in areas()])[records["council"]]
    survey.derived["household.brma"] = "the main rental market of the council drawn"
    return records


def _regions(survey: Survey) -> np.ndarray:
    table = survey.tables["househol"]
    short = mapped(survey.codes("househol", "region", REGIONS), REGIONS, -1)
    if (short >= 0).all():
        return short
    regions = np.where(short >= 0, short, mapped(survey.codes("househol", "region_long", LONG_REGIONS), LONG_REGIONS, -1))
    name = table.name_of(("gvtregno", "gvtregn"))
    assert name is not None
    table.refuse(name, regions < 0, "does not say the region")
    return regions


def _tenures(survey: Survey) -> np.ndarray:
    """By `ptentyp2`; homes free of rent by `tenure` or `tentyp2`, and whatever `ptentyp2` leaves open by `tentyp2`."""
    table = survey.tables["househol"]
    tenure = mapped(survey.codes("househol", "tenure", TENURES), TENURES, -1)
    full = mapped(survey.codes("househol", "tenure_full", FULL_TENURES), FULL_TENURES, -1)
    asked = survey.codes("househol", "tenure_asked", range(1, 7))
    free = np.isin(asked, (5, 6)) | (full == q.Tenure.RENT_FREE)
    tenure = np.where(free, int(q.Tenure.RENT_FREE), np.where(tenure >= 0, tenure, full))
    table.refuse("ptentyp2", tenure < 0, "does not say the tenure, and neither does tentyp2")
    return tenure


def _mortgages(survey: Survey, records: np.ndarray, keys: np.ndarray) -> None:
    """Capital repaid: what was borrowed, or borrowed again, over the years of the loan, in equal parts."""
    if not survey.tables["mortgage"].rows:
        survey.zero.append("household.mortgage_capital")
        return
    homes = household_rows(survey, "mortgage", keys)
    again = survey.yes("mortgage", "again")
    borrowed = survey.amounts("mortgage", "borrowed", most=MOST_AT_ONCE)
    once_more = survey.amounts("mortgage", "borrowed_again", most=MOST_AT_ONCE)
    capital = np.nan_to_num(np.where(again & ~np.isnan(once_more), once_more, borrowed), nan=0.0)
    years = np.nan_to_num(survey.amounts("mortgage", "years", most=200.0), nan=0.0)
    yearly = np.divide(capital, years, out=np.zeros(len(capital)), where=years > 0)
    records["mortgage_capital"] = np.bincount(homes, yearly, len(records))
    records["mortgage_debt"] = np.bincount(
        homes, np.nan_to_num(survey.amounts("mortgage", "left", most=MOST_AT_ONCE), nan=0.0), len(records)
    )
    survey.derived["household.mortgage_capital"] = "the sum borrowed over the years of the loan, in equal parts"
    survey.assumed.append("every loan with a term is repaid in equal parts; loans on which interest alone is paid are not told apart")


def _bedrooms(survey: Survey, people: People, records: np.ndarray) -> None:
    """As stated; where not, one for the householders and one for every two others."""
    stated = survey.amounts("househol", "bedrooms", most=50.0)
    home = people.owners.household_of_unit[people.owners.unit_of_person]
    members = np.bincount(home, minlength=len(records))
    grown = np.bincount(home, people.roles != q.Role.DEPENDANT, len(records))
    usual = 1 + np.ceil((members - np.minimum(grown, 2)) / 2)
    missing = np.isnan(stated)
    records["bedrooms"] = np.clip(np.where(missing, usual, stated), 0, 30)
    if missing.any():
        survey.derived["household.bedrooms"] = "where not stated, one for the householders and one for every two others"


def _water(survey: Survey, scotland: np.ndarray) -> np.ndarray:
    """(households,) £ a week for water and sewerage. Scotland's comes with the council tax bill."""
    england_and_wales = survey.money("househol", "water")
    net = survey.amounts("househol", "water_scotland"), survey.amounts("househol", "sewerage_scotland")
    gross = survey.money("househol", "gross_water_scotland") + survey.money("househol", "gross_sewerage_scotland")
    discount = mapped(survey.codes("househol", "discount", (1, 2)), {1: 25, 2: 50}, 0) / q.PERCENT
    discount = np.where(survey.yes("househol", "discounted"), discount, 0.0)
    discount = np.where(survey.yes("househol", "reduced"), np.maximum(discount, LEAST_FOR_REDUCED), discount)
    stated = ~(np.isnan(net[0]) & np.isnan(net[1]))
    scottish = np.where(stated, np.nan_to_num(net[0]) + np.nan_to_num(net[1]), gross * (1.0 - discount))
    return np.where(scotland, scottish, england_and_wales)


def _council_tax(survey: Survey, records: np.ndarray, water: np.ndarray, seed: int) -> None:
    """Band, and the bill before reduction where it is known (-1 where not: the law works it out)."""
    ireland = records["nation"] == q.Nation.NORTHERN_IRELAND
    scotland = records["nation"] == q.Nation.SCOTLAND
    codes = survey.codes("househol", "band", range(1, 16))
    band = np.where(codes > int(q.Band.I), int(q.Band.NONE), codes)
    unknown = (codes < 0) & ~ireland
    if unknown.any():
        band = _drawn_bands(band, unknown, records, seed)
        survey.derived["household.council_tax_band"] = "where not stated, that of a household of the region and tenure, drawn at random"
    records["council_tax_band"] = np.where(ireland, int(q.Band.NONE), np.maximum(band, 0))
    bill = survey.amounts("househol", "bill", most=MOST_A_WEEK)
    reduction = q.WEEKS_IN_YEAR * np.where(survey.yes("househol", "reduced"), survey.money("househol", "reduction"), 0.0)
    before = bill - np.where(scotland, q.WEEKS_IN_YEAR * water, 0.0) + reduction
    rates = q.WEEKS_IN_YEAR * survey.amounts("househol", "rates")
    due = np.where(ireland, rates, before)
    records["council_tax_bill"] = np.where(np.isnan(due) | (due <= 0.0), -1.0, due)
    survey.derived["household.council_tax_bill"] = (
        "the stated bill and the reduction (in Scotland without water); where it is not known the law works it out"
    )


def _drawn_bands(band: np.ndarray, unknown: np.ndarray, records: np.ndarray, seed: int) -> np.ndarray:
    generator = np.random.default_rng([seed, 3])
    out = band.copy()
    for row in np.flatnonzero(unknown):
        alike = (records["region"] == records["region"][row]) & (records["tenure"] == records["tenure"][row]) & (band >= 1)
        donors = np.flatnonzero(alike)
        if not len(donors):
            donors = np.flatnonzero((band >= 1) & (band <= int(q.Band.H)))
        out[row] = band[generator.choice(donors)] if len(donors) else int(q.Band.D)
    return out


def values_of_homes(survey: Survey, households: np.ndarray, year: str, seed: int) -> None:
    """What homes are worth, which the survey does not hold: by band and council drawn. Owners hold it as wealth."""
    if not assembly.with_values_of_homes(households, year, seed):
        survey.zero.append("household.dwelling_value (published prices of homes do not reach this year)")
        return
    households["main_home_wealth"] = np.where(households["tenure"] <= int(q.Tenure.MORTGAGE), households["dwelling_value"], 0.0)
    survey.derived["household.dwelling_value"] = f"by band and the council drawn, at published prices of homes (seed {seed})"
    survey.derived["household.main_home_wealth"] = "the value of the home, where it is owned"
