"""Council tax (Local Government Finance Act 1992), domestic rates in Northern Ireland, and the systems that could replace them.

Units: £ a year. What is owed is worked before council tax reduction. An owner who does not live in the home pays what the law puts
on owners; that part stands in a line of its own and is no cost of the people who live there.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from annotated_types import Ge, Interval

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Activity, Change, Count, DwellingKind, Education, Nation, Pounds, Ratio, Share, Switch, Tenure
from fairshare.schedule import Schedule, charge, rate_at

ValueAbove = Annotated[float, Ge(0), "or no limit"]
Basis = Annotated[float, Interval(ge=0, le=2)]


class Ratios(NamedTuple):
    """Each band's charge as a multiple of Band D's. Today's law ends at H, in Wales at I; the rest is room for more bands."""

    a: Ratio
    b: Ratio
    c: Ratio
    d: Ratio
    e: Ratio
    f: Ratio
    g: Ratio
    h: Ratio
    i: Ratio
    j: Ratio
    k: Ratio
    l: Ratio  # noqa: E741  (the band's own name)


class Thresholds(NamedTuple):
    """The value above which each band begins, £."""

    a: ValueAbove
    b: ValueAbove
    c: ValueAbove
    d: ValueAbove
    e: ValueAbove
    f: ValueAbove
    g: ValueAbove
    h: ValueAbove
    i: ValueAbove
    j: ValueAbove
    k: ValueAbove
    l: ValueAbove  # noqa: E741  (the band's own name)


BANDS = 12


class ByRegion(NamedTuple):
    """A value for each region of England and each nation, in the order of records."""

    north_east: Ratio
    north_west: Ratio
    yorkshire_and_the_humber: Ratio
    east_midlands: Ratio
    west_midlands: Ratio
    east_of_england: Ratio
    london: Ratio
    south_east: Ratio
    south_west: Ratio
    wales: Ratio
    scotland: Ratio
    northern_ireland: Ratio


class Premiums(NamedTuple):
    """What is added to (or, below nothing, taken from) the charge of a home where nobody usually lives."""

    second_home: Change
    empty: Change
    long_term_empty: Change


class NationLaw(NamedTuple):
    ratio: Ratios
    recorded_ratio: Ratios
    above: Thresholds
    value_basis: Basis
    premium: Premiums


class Discounts(NamedTuple):
    one_countable_adult: Share
    none_countable: Share
    student_exemption: Switch
    adult_age: Count
    carer_hours: Count


class Rates(NamedTuple):
    regional_rate: Ratio
    recorded_regional_rate: Ratio
    capital_value_cap: Pounds
    recorded_capital_value_cap: Pounds
    lone_pensioner_relief: Share
    lone_pensioner_age: Count


class Proportional(NamedTuple):
    in_force: Switch
    england: Switch
    wales: Switch
    scotland: Switch
    northern_ireland: Switch
    rate: Share
    further_rates: Schedule
    taxed_share: ByRegion
    minimum: Pounds
    no_usual_resident_multiple: Ratio
    owner_liable: Switch
    keeps_discounts: Switch
    most_rise: ValueAbove


class Surcharge(NamedTuple):
    in_force: Switch
    amounts: Schedule
    value_at_valuation: Ratio


class CouncilTaxLaw(NamedTuple):
    england: NationLaw
    wales: NationLaw
    scotland: NationLaw
    limits_by_region: ByRegion
    discount: Discounts
    northern_ireland: Rates
    proportional: Proportional
    high_value_surcharge: Surcharge


class CouncilLevels(NamedTuple):
    """A council area's own levels: Band D with all precepts and the district rate, each beside what it was when recorded bills were set."""

    band_d: Pounds
    recorded_band_d: Pounds
    district_rate: Ratio
    recorded_district_rate: Ratio


class CouncilTax(NamedTuple):
    """Lines of one household or empty dwelling, £ a year; `band` counts from A = 1, `countable_adults` is a number of people."""

    band: Count
    band_d: Pounds
    band_charge: Pounds
    domestic_rates: Pounds
    property_tax: Pounds
    countable_adults: Count
    discount: Pounds
    premium: Pounds
    due: Pounds
    high_value_surcharge: Pounds
    owed_by_owner_elsewhere: Pounds
    surcharge_owed: Pounds
    council_tax: Pounds


# ---- who counts ----------------------------------------------------------------------------------------------------


@rule
def is_student(person: Any) -> bool:
    """LGFA 1992 Sch 1 para 4: in full-time advanced or further education."""
    studies = person.education == Education.FURTHER or person.education == Education.HIGHER
    return studies or person.activity == Activity.STUDENT


@rule
def cares_at_home(persons: Any, disability: Any, household: Any, carer: int, hours: float) -> bool:
    """LGFA 1992 Sch 1 para 9; SI 1992/552: gives enough care to a disabled person in the home who is not partner or minor child."""
    if persons[carer].carer_hours < hours:
        return False
    for p in range(household.first_person, household.last_person):
        if persons[p].benefit_unit != persons[carer].benefit_unit and disability[p].needs_care == 1.0:
            return True
    return False


@rule
def discount_share(countable: float, everyone_studies: bool, law: Discounts) -> float:
    """LGFA 1992 s.11, s.79; SI 1992/558 class N: for one countable adult, for none, or the whole where all are students."""
    if everyone_studies and law.student_exemption > 0.0:
        return 1.0
    if countable == 0.0:
        return law.none_countable
    return law.one_countable_adult if countable == 1.0 else 0.0


# ---- the charge on the dwelling ------------------------------------------------------------------------------------


@rule
def band_of_value(value: float, above: Thresholds) -> int:
    """LGFA 1992 s.5(2): the highest band whose lower limit the value exceeds, counted from A = 1."""
    band = 1
    for i in range(1, BANDS):
        if value > above[i]:
            band = i + 1
    return band


@rule
def in_limits_of_region(value: float, multiple: float) -> float:
    """A value beside limits that are a multiple of the nation's own: the same as the value over the multiple, beside the nation's."""
    return value / multiple if multiple > 0.0 else value


@rule
def band(dwelling: Any, nation: NationLaw, limits_by_region: ByRegion) -> int:
    """LGFA 1992 s.5, s.74: the band on the valuation list; or by value in the band year, or by value now, where the law says so."""
    multiple = limits_by_region[dwelling.region]
    if nation.value_basis == 1.0:
        return band_of_value(in_limits_of_region(dwelling.dwelling_value_band_year, multiple), nation.above)
    if nation.value_basis == 2.0:
        return band_of_value(in_limits_of_region(dwelling.dwelling_value, multiple), nation.above)
    return int(dwelling.council_tax_band)


@rule
def band_charge(band_d: float, found: int, ratio: Ratios) -> float:
    """LGFA 1992 s.5(1), s.74(1): the band's proportion of Band D."""
    return band_d * ratio[found - 1] if found > 0 else 0.0


@rule
def change_of_recorded_bill(dwelling: Any, found: int, place: Any, nation: NationLaw) -> float:
    """How a bill given with the record moves: as its band's charge does from the levels in force when it was recorded."""
    recorded = int(dwelling.council_tax_band)
    before = band_charge(place.recorded_band_d, recorded, nation.recorded_ratio)
    return band_charge(place.band_d, found, nation.ratio) / before if before > 0.0 else 1.0


@rule
def domestic_rates(capital_value: float, district_rate: float, law: Rates) -> float:
    """SI 1977/2157 (N.I. 28) arts 6, 7 and 39: capital value up to the cap, at the regional and the district rate."""
    return min(capital_value, law.capital_value_cap) * (law.regional_rate + district_rate)


@rule
def change_of_recorded_rates(dwelling: Any, place: Any, law: Rates) -> float:
    """How a bill for rates given with the record moves: as the rates on its capital value do, or below the cap where that is not known."""
    value = dwelling.dwelling_value_band_year
    if value <= 0.0:
        value = min(law.capital_value_cap, law.recorded_capital_value_cap)
    before = min(value, law.recorded_capital_value_cap) * (law.recorded_regional_rate + place.recorded_district_rate)
    return domestic_rates(value, place.district_rate, law) / before if before > 0.0 else 1.0


@rule
def is_proportional(nation: int, law: Proportional) -> bool:
    """Whether a tax in proportion to value takes the place of council tax (or rates) in this nation."""
    if law.in_force == 0.0:
        return False
    if nation == Nation.ENGLAND:
        return law.england > 0.0
    if nation == Nation.WALES:
        return law.wales > 0.0
    if nation == Nation.SCOTLAND:
        return law.scotland > 0.0
    return law.northern_ireland > 0.0


@rule
def property_tax(value: float, region: int, law: Proportional) -> float:
    """No such tax is in force: the rate on what is taxed of the value and further rates on slices of it, and not less than the minimum.

    Where land alone is taxed, the share of the value that is land differs by region.
    """
    taxed = law.taxed_share[region] * value
    return max(law.rate * taxed + charge(law.further_rates, taxed), law.minimum)


@rule
def charge_by_band(dwelling: Any, band_d: float, nation: NationLaw, limits_by_region: ByRegion) -> float:
    """What the band of a home would be charged if council tax stood."""
    return band_charge(band_d, band(dwelling, nation, limits_by_region), nation.ratio)


@rule
def premium_share(kind: int, law: Premiums) -> float:
    """LGFA 1992 ss.11A-11C, 12A-12B; LGiSA 2003 s.33: by why nobody usually lives there."""
    if kind == DwellingKind.SECOND_HOME:
        return law.second_home
    return law.empty if kind == DwellingKind.EMPTY else law.long_term_empty


@rule
def surcharge(value: float, nation: int, law: Surcharge) -> float:
    """High Value Council Tax Surcharge, England from April 2028 (Budget 2025): an amount by value at valuation, not by slice."""
    if law.in_force == 0.0 or nation != Nation.ENGLAND:
        return 0.0
    return rate_at(law.amounts, value)


@rule
def is_rented(tenure: int) -> bool:
    """Whether the home belongs to somebody who does not live in it."""
    return tenure == Tenure.PRIVATE_RENT or tenure == Tenure.SOCIAL_RENT or tenure == Tenure.RENT_FREE


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    dependants: Any,
    disability_benefits: Any,
    law: CouncilTaxLaw,
    places: Any,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        household = households[h]
        place = places[household.council]
        adults, countable, students, oldest, people = 0.0, 0.0, 0.0, 0.0, 0.0
        for p in range(household.first_person, household.last_person):
            people += 1.0
            oldest = max(oldest, float(persons[p].age))
            if persons[p].age < law.discount.adult_age:
                continue
            adults += 1.0
            if is_student(persons[p]):
                students += 1.0
            elif dependants[p].child == 0.0 and not cares_at_home(persons, disability_benefits, household, p, law.discount.carer_hours):
                countable += 1.0
        share = discount_share(countable, adults > 0.0 and students == adults, law.discount)
        value = household.dwelling_value
        valued = value * law.high_value_surcharge.value_at_valuation
        extra = surcharge(valued, household.nation, law.high_value_surcharge)
        if household.tenure == Tenure.SOCIAL_RENT:
            extra = 0.0
        found, banded, rates, proportional = 0, 0.0, 0.0, 0.0
        owner_pays = False
        if is_proportional(household.nation, law.proportional):
            proportional = property_tax(value, household.region, law.proportional)
            if not math.isinf(law.proportional.most_rise):
                today = domestic_rates(household.dwelling_value_band_year, place.district_rate, law.northern_ireland)
                if household.nation == Nation.ENGLAND:
                    today = charge_by_band(household, place.band_d, law.england, law.limits_by_region)
                elif household.nation == Nation.WALES:
                    today = charge_by_band(household, place.band_d, law.wales, law.limits_by_region)
                elif household.nation == Nation.SCOTLAND:
                    today = charge_by_band(household, place.band_d, law.scotland, law.limits_by_region)
                proportional = min(proportional, today + law.proportional.most_rise)
            owner_pays = law.proportional.owner_liable > 0.0 and is_rented(household.tenure)
            discount = proportional * share if law.proportional.keeps_discounts > 0.0 else 0.0
            due = proportional - discount
        elif household.nation == Nation.NORTHERN_IRELAND:
            rates = domestic_rates(household.dwelling_value_band_year, place.district_rate, law.northern_ireland)
            alone = people == 1.0 and oldest >= law.northern_ireland.lone_pensioner_age
            discount = rates * law.northern_ireland.lone_pensioner_relief if alone else 0.0
            due = rates - discount
            if household.council_tax_bill >= 0.0:
                due = household.council_tax_bill * change_of_recorded_rates(household, place, law.northern_ireland)
        else:
            if household.nation == Nation.WALES:
                found = band(household, law.wales, law.limits_by_region)
                banded = band_charge(place.band_d, found, law.wales.ratio)
                change = change_of_recorded_bill(household, found, place, law.wales)
            elif household.nation == Nation.SCOTLAND:
                found = band(household, law.scotland, law.limits_by_region)
                banded = band_charge(place.band_d, found, law.scotland.ratio)
                change = change_of_recorded_bill(household, found, place, law.scotland)
            else:
                found = band(household, law.england, law.limits_by_region)
                banded = band_charge(place.band_d, found, law.england.ratio)
                change = change_of_recorded_bill(household, found, place, law.england)
            discount = banded * share
            due = banded - discount
            if household.council_tax_bill >= 0.0:
                due = household.council_tax_bill * change
        rented = is_rented(household.tenure)
        lines[h] = CouncilTax(
            band=float(found),
            band_d=place.band_d,
            band_charge=banded,
            domestic_rates=rates,
            property_tax=proportional,
            countable_adults=countable,
            discount=discount,
            premium=0.0,
            due=due,
            high_value_surcharge=extra,
            owed_by_owner_elsewhere=(due if owner_pays else 0.0) + (extra if rented else 0.0),
            surcharge_owed=0.0 if rented else extra,
            council_tax=0.0 if owner_pays else due,
        )


@one_pass
def assess_dwellings(dwellings: Any, law: CouncilTaxLaw, places: Any, lines: Any, first: int, last: int) -> None:
    """Second and empty homes: the same charge, with its premium or discount; the owner, who lives elsewhere, owes it all."""
    for i in range(first, last):
        dwelling = dwellings[i]
        place = places[dwelling.council]
        valued = dwelling.dwelling_value * law.high_value_surcharge.value_at_valuation
        extra = surcharge(valued, dwelling.nation, law.high_value_surcharge)
        found, banded, rates, proportional, premium = 0, 0.0, 0.0, 0.0, 0.0
        if is_proportional(dwelling.nation, law.proportional):
            proportional = property_tax(dwelling.dwelling_value, dwelling.region, law.proportional)
            premium = proportional * (law.proportional.no_usual_resident_multiple - 1.0)
        elif dwelling.nation == Nation.NORTHERN_IRELAND:
            rates = domestic_rates(dwelling.dwelling_value_band_year, place.district_rate, law.northern_ireland)
        elif dwelling.nation == Nation.WALES:
            found = band(dwelling, law.wales, law.limits_by_region)
            banded = band_charge(place.band_d, found, law.wales.ratio)
            premium = banded * premium_share(dwelling.kind, law.wales.premium)
        elif dwelling.nation == Nation.SCOTLAND:
            found = band(dwelling, law.scotland, law.limits_by_region)
            banded = band_charge(place.band_d, found, law.scotland.ratio)
            premium = banded * premium_share(dwelling.kind, law.scotland.premium)
        else:
            found = band(dwelling, law.england, law.limits_by_region)
            banded = band_charge(place.band_d, found, law.england.ratio)
            premium = banded * premium_share(dwelling.kind, law.england.premium)
        due = banded + rates + proportional + premium
        lines[i] = CouncilTax(
            band=float(found),
            band_d=place.band_d,
            band_charge=banded,
            domestic_rates=rates,
            property_tax=proportional,
            countable_adults=0.0,
            discount=0.0,
            premium=premium,
            due=due,
            high_value_surcharge=extra,
            owed_by_owner_elsewhere=due + extra,
            surcharge_owed=extra,
            council_tax=due,
        )


INSTRUMENT = Instrument(
    name="council_tax",
    entity="household",
    law=CouncilTaxLaw,
    lines=CouncilTax,
    assess=assess,
    reads=("dependants", "disability_benefits"),
    places=CouncilLevels,
    title="council tax",
    line_titles={
        "band": "council tax band",
        "due": "due on the home",
        "owed_by_owner_elsewhere": "of which owed by an owner who lives elsewhere",
        "surcharge_owed": "high value surcharge owed by the household",
        "council_tax": "council tax, before reduction",
    },
    dwellings=assess_dwellings,
)
