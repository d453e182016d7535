"""Council tax and rates: worked examples typed in, the edges, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare.assessment import assess
from fairshare.household_file import household_from_text
from fairshare.law import law_in_force, with_changes
from fairshare.population.records import Population, empty
from fairshare.quantities import Band, DwellingKind, Nation, Region
from fairshare.reading import parse
from fairshare.rules.council_tax import (
    ByRegion,
    band_charge,
    band_of_value,
    discount_share,
    domestic_rates,
    property_tax,
    surcharge,
)

HOME = """
year: {year}
council: {council}
tenure: {tenure}
council_tax: {tax}
dwelling_value: 300_000
people: [{people}]
{more}
"""
SAM = "{name: Sam, age: 40, earnings: 30_000}"
ASH = "{name: Ash, age: 41}"


def home(people, council="Leeds", tax="{band: D}", year="2026-27", tenure="owned_outright", more=""):
    return HOME.format(people=people, council=council, tax=tax, year=year, tenure=tenure, more=more)


def reform(changes, year="2026-27"):
    document = parse(changes)
    return with_changes(law_in_force(year), document.data["law"], document)


def tax_of(text, law=None, name="council_tax"):
    household = household_from_text(text)
    return float(assess(household.population, law or law_in_force(household.year))["council_tax"][name][0])


@pytest.fixture(scope="module")
def law():
    return law_in_force("2026-27").values["council_tax"]


def test_england_band_g_at_the_average_of_2025_26(law):
    """2,280 x 15/9 = 3,800; a lone adult pays three quarters, 2,850."""
    charge = band_charge(2_280.0, Band.G, law.england.ratio)
    assert charge == pytest.approx(3_800, abs=0.01)
    assert charge * (1 - discount_share(1.0, False, law.discount)) == pytest.approx(2_850, abs=0.01)


def test_edinburgh_band_f_2026_27():
    """1,626.05 x 585/360 = 2,642.33."""
    assert tax_of(home(f"{SAM}, {ASH}", "City of Edinburgh", "{band: F}")) == pytest.approx(2_642.33, abs=0.01)


def test_wales_band_i_at_the_average_of_2025_26(law):
    """2,170 x 21/9 = 5,063.33."""
    assert band_charge(2_170.0, Band.I, law.wales.ratio) == pytest.approx(5_063.33, abs=0.01)


def test_armagh_rates_2024_25():
    """150,000 x (0.5042 + 0.5067) pence in the pound = 1,516.35; the value is capped at 400,000."""
    law = law_in_force("2024-25").values["council_tax"].northern_ireland
    assert domestic_rates(150_000.0, 0.005067, law) == pytest.approx(1_516.35, abs=0.01)
    assert domestic_rates(900_000.0, 0.005067, law) == pytest.approx(4_043.60, abs=0.01)


def belfast(council_tax, changes):
    """The rates of a home in Belfast in 2026-27, at 0.5559 + 0.4329 = 0.9888 pence in the pound, under a change of the law."""
    one = household_from_text(f"year: 2026-27\ncouncil: Belfast\ncouncil_tax: {council_tax}\npeople: [{SAM}, {ASH}]")
    law = with_changes(law_in_force("2026-27"), {"council_tax": changes}, parse("{}", "a test"))
    return float(assess(one.population, law)["council_tax"]["council_tax"][0])


ONE_PENNY_MORE = {"northern_ireland": {"regional_rate": {"plus": 0.001}}}
NO_CAP = {"northern_ireland": {"capital_value_cap": 100_000_000}}


@pytest.mark.parametrize(
    "council_tax, changes, due",
    [
        ("{capital_value: 130_000}", {}, 1_285.44),
        ("{capital_value: 130_000}", ONE_PENNY_MORE, 1_415.44),  # 130 more
        ("{bill: 988.80}", {}, 988.80),
        ("{bill: 988.80}", ONE_PENNY_MORE, 1_088.80),  # a value of 100,000
        ("{bill: 494.40, capital_value: 100_000}", ONE_PENNY_MORE, 544.40),  # half is forgiven: half of 100 more
        ("{bill: 988.80}", NO_CAP, 988.80),
        ("{bill: 3_955.20, capital_value: 800_000}", {}, 3_955.20),
        ("{bill: 3_955.20, capital_value: 800_000}", NO_CAP, 7_910.40),
        ("{bill: 988.80}", {"by_place": {"district_rate": {"times": 2}}}, 1_421.70),
    ],
)
def test_rates_in_belfast_and_bills_for_them_move_with_the_law(council_tax, changes, due):
    assert belfast(council_tax, changes) == pytest.approx(due, abs=0.01)


@pytest.mark.parametrize("year, band_d", [("2023-24", 2_307.01), ("2024-25", 2_380.35), ("2025-26", 2_498.53), ("2026-27", 2_560.20)])
def test_hartlepool_band_d_by_year(year, band_d):
    assert tax_of(home(f"{SAM}, {ASH}", "Hartlepool", year=year)) == pytest.approx(band_d, abs=0.01)


def test_england_after_the_last_published_year_rises_by_the_referendum_limit():
    """2,560.20 x 1.0499 = 2,687.95."""
    assert tax_of(home(f"{SAM}, {ASH}", "Hartlepool", year="2027-28")) == pytest.approx(2_687.95, abs=0.01)


@pytest.mark.parametrize(
    "people, countable, share",
    [
        (f"{SAM}, {ASH}", 2, 1.0),
        (SAM, 1, 0.75),
        (SAM + ", {name: Bea, age: 17}", 1, 0.75),
        (SAM + ", {name: Kit, age: 20, education: higher}", 1, 0.75),
        ("{name: Kit, age: 20, education: higher}", 0, 0.0),
        ("{name: Kit, age: 20, education: higher}, {name: Lou, age: 21, education: higher}", 0, 0.0),
    ],
)
def test_who_counts(people, countable, share):
    text = home(people, "Hartlepool")
    assert tax_of(text, name="countable_adults") == countable
    assert tax_of(text) == pytest.approx(share * 2_560.20, abs=0.01)


def test_a_given_bill_is_used_and_moves_with_band_d():
    text = home(f"{SAM}, {ASH}", tax="{band: C, bill: 1_800}")
    assert tax_of(text) == pytest.approx(1_800)
    dearer = reform("law: {council_tax: {by_place: {band_d: {times: 1.1}}}}")
    assert tax_of(text, dearer) == pytest.approx(1_980)


@pytest.mark.parametrize("value, band", [(0, 1), (40_000, 1), (40_001, 2), (88_000, 4), (88_001, 5), (320_000, 7), (320_001, 8), (9e9, 8)])
def test_limits_of_english_bands_are_inclusive_at_the_top(law, value, band):
    assert band_of_value(float(value), law.england.above) == band


def test_a_band_above_h_needs_no_code():
    """A ninth band above 280,000 of value now at 21/9: 2,560.20 x 21/9 = 5,973.80."""
    more = reform("law: {council_tax: {england: {value_basis: 2, above: {i: 280_000}, ratio: {i: 2.333333333}}}}")
    # limits of today below it stay as they are, so a home worth 300,000 stands in the new band although G reaches 320,000
    found = band_of_value(300_000.0, more.values["council_tax"].england.above)
    assert found == 9
    assert tax_of(home(f"{SAM}, {ASH}", "Hartlepool"), more) == pytest.approx(5_973.80, abs=0.01)


TERMS = "in_force: 1, rate: 0.0048, no_usual_resident_multiple: 2, owner_liable: 1, keeps_discounts: 0"
PROPORTIONAL = "law: {council_tax: {proportional: {" + TERMS + "}}}"


def test_a_proportional_tax_of_048_per_cent():
    """300,000 x 0.48% = 1,440, with no discount; a tenant owes nothing and the landlord owes it all."""
    assert tax_of(home(SAM), reform(PROPORTIONAL)) == pytest.approx(1_440)
    rented = home(SAM, tenure="private_rent")
    assert tax_of(rented, reform(PROPORTIONAL)) == 0
    assert tax_of(rented, reform(PROPORTIONAL), "owed_by_owner_elsewhere") == pytest.approx(1_440)


def test_rates_by_slice_and_a_minimum():
    """0.44% to 500,000 and 0.54% above: 750,000 owes 2,200 + 1,350 = 3,550; the least is 800."""
    terms = "in_force: 1, rate: 0.0044, minimum: 800, further_rates: [{above: 0, rate: 0}, {above: 500_000, rate: 0.001}]"
    changed = reform("law: {council_tax: {proportional: {" + terms + "}}}").values["council_tax"].proportional
    assert property_tax(750_000.0, int(Region.LONDON), changed) == pytest.approx(3_550)
    assert property_tax(100_000.0, int(Region.LONDON), changed) == pytest.approx(800)


@pytest.mark.parametrize("value, bill", [(1_000_000, 2_283.73 + 1_200), (500_000, 2_850), (100_000, 570)])
def test_a_cap_on_how_far_a_proportional_tax_rises_above_the_band(value, bill):
    """Leeds Band D is £2,283.73 in 2026-27: 0.57% of £1 million is £5,700, capped at £1,200 more; below the cap nothing moves."""
    terms = "{council_tax: {proportional: {in_force: 1, rate: 0.0057, most_rise: 1_200}}}"
    worth = home(f"{SAM}, {ASH}").replace("dwelling_value: 300_000", f"dwelling_value: {value}")
    assert tax_of(worth, reform(f"law: {terms}")) == pytest.approx(bill)


@pytest.mark.parametrize("value, amount", [(1_999_999, 0), (2_000_000, 2_500), (2_490_000, 2_500), (2_600_000, 3_500), (5_000_000, 7_500)])
def test_the_high_value_surcharge_from_april_2028(value, amount):
    later = law_in_force("2028-29").values["council_tax"].high_value_surcharge
    assert surcharge(float(value), Nation.ENGLAND, later) == amount
    assert surcharge(float(value), Nation.SCOTLAND, later) == 0
    assert surcharge(float(value), Nation.ENGLAND, law_in_force("2027-28").values["council_tax"].high_value_surcharge) == 0


@pytest.mark.parametrize("value, amount", [(2_100_000, 0), (2_120_000, 2_500)])
def test_the_surcharge_rests_on_the_value_of_2026(value, amount):
    """Prices are forecast to rise by 5.66% from 2026-27 to 2028-29: a home worth £2.12 million then was worth £2.0065 million."""
    worth = home(SAM, year="2028-29").replace("dwelling_value: 300_000", f"dwelling_value: {value}")
    assert tax_of(worth, name="high_value_surcharge") == amount


def dwelling_due(law, **fields):
    record = empty("dwelling", 1)
    for name, value in fields.items():
        record[name] = value
    small = household_from_text(home(SAM)).population
    everyone = Population(small.persons, small.benefit_units, small.households, record, name="one empty home", year="2026-27")
    return assess(everyone, law, remember=False)["council_tax_of_dwellings"]["council_tax"][0]


def test_a_second_home_under_a_proportional_tax_pays_twice():
    paid = dwelling_due(reform(PROPORTIONAL), kind=DwellingKind.SECOND_HOME, dwelling_value=300_000.0, council_tax_band=Band.D)
    assert paid == pytest.approx(2_880)


def test_a_long_term_empty_home_in_hartlepool_pays_twice():
    paid = dwelling_due(law_in_force("2026-27"), kind=DwellingKind.LONG_TERM_EMPTY, council_tax_band=Band.D)
    assert paid == pytest.approx(5_120.40, abs=0.01)


@given(value=st.floats(0, 5e6), rate=st.floats(0, 0.02))
def test_twice_the_value_at_half_the_rate_is_the_same_tax(value, rate):
    law = law_in_force("2026-27").values["council_tax"].proportional
    whole, half = law._replace(rate=rate), law._replace(rate=rate / 2)
    assert property_tax(2 * value, int(Region.WALES), half) == pytest.approx(property_tax(value, int(Region.WALES), whole))
    assert property_tax(value, int(Region.WALES), whole) >= 0


@given(value=st.floats(1, 1_199_999))
def test_many_narrow_bands_come_close_to_a_proportional_tax(value):
    """Twelve bands of 100,000, each charged at its middle: within half a band of the value."""
    letters = "abcdefghijkl"
    above = ", ".join(f"{letter}: {100_000 * i}" for i, letter in enumerate(letters))
    ratio = ", ".join(f"{letter}: {i + 0.5}" for i, letter in enumerate(letters))
    england = (
        reform(f"law: {{council_tax: {{england: {{value_basis: 2, above: {{{above}}}, ratio: {{{ratio}}}}}}}}}")
        .values["council_tax"]
        .england
    )
    assert abs(band_charge(500.0, band_of_value(value, england.above), england.ratio) - 0.005 * value) <= 250.01


@given(value=st.floats(1, 2e6))
def test_a_band_never_falls_as_value_rises(value):
    above = law_in_force("2026-27").values["council_tax"].wales.above
    assert band_of_value(value, above) <= band_of_value(value * 1.5, above)


LAND = "law: {council_tax: {proportional: {in_force: 1, rate: 0.01, taxed_share: {yorkshire_and_the_humber: 0.5, london: 0.8}}}}"


@pytest.mark.parametrize("council, due", [("Leeds", 1_500), ("Camden", 2_400)])
def test_where_land_alone_is_taxed_its_share_is_that_of_the_region(council, due):
    """A home of £300,000 at 1%: land is half of it in Leeds and four fifths in Camden. Two adults, so no discount."""
    assert tax_of(home(f"{SAM}, {ASH}", council=council), reform(LAND)) == pytest.approx(due)


REGIONAL = "law: {council_tax: {england: {value_basis: 2}, limits_by_region: {london: 5, yorkshire_and_the_humber: 2}}}"


@pytest.mark.parametrize("council, band", [("Leeds", 6), ("Camden", 3)])
def test_limits_of_bands_may_differ_by_region(council, band):
    """£300,000 beside twice the limits of 1991 is £150,000, which is above £120,000 (F); beside five times, £60,000, above £52,000 (C)."""
    text = home(f"{SAM}, {ASH}", council=council)
    assert tax_of(text, reform(REGIONAL), "band") == band
    assert tax_of(text, reform("law: {council_tax: {england: {value_basis: 2}}}"), "band") == 7


def test_there_is_a_value_for_each_region_in_the_order_of_records():
    assert [name.upper() for name in ByRegion._fields] == [region.name for region in Region]
