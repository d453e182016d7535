"""Household files: what they say becomes records; what they get wrong is one sentence with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare import quantities as q
from fairshare.areas import folder
from fairshare.faults import Fault
from fairshare.household_file import household_from_text, read_household

EXAMPLES = sorted((folder("parameters").parent / "docs" / "examples").glob("*.yaml"))

FAMILY = """
year: 2026-27
council: Leeds
tenure: private_rent
rent: 165 a week
council_tax: {band: B}
savings: 1200
people:
  - {name: Sam, age: 34, earnings: 1900 a month, hours: 37.5}
  - {name: Ash, age: 31, carer_hours: 40}
  - {name: Bea, age: 6, disability: dla_middle_care}
benefit_units: [[Bea, Sam, Ash]]
"""


def test_a_family_becomes_records() -> None:
    read = household_from_text(FAMILY)
    people, units, homes = read.population.persons, read.population.benefit_units, read.population.households
    assert read.names == ["Sam", "Ash", "Bea"]  # adults first, whatever order the unit was written in
    assert people["earnings"].tolist() == [22_800.0, 0.0, 0.0]
    assert people["role"].tolist() == [q.Role.CLAIMANT, q.Role.PARTNER, q.Role.DEPENDANT]
    assert people["dla_care"][2] == q.CareComponent.MIDDLE and people["education"][2] == q.Education.PRIMARY
    assert units["couple"].tolist() == [1] and units["capital"][0] == 1_200
    assert homes["rent"][0] == 8_580.0 and homes["council_tax_band"][0] == q.Band.B
    assert homes["region"][0] == q.Region.YORKSHIRE_AND_THE_HUMBER


@pytest.mark.parametrize(
    "people, units",
    [
        ("[{name: A, age: 30}, {name: B, age: 32}]", [["A", "B"]]),  # two adults near in age: a couple, and said so
        ("[{name: A, age: 30}, {name: B, age: 60}]", [["A"], ["B"]]),
        ("[{name: A, age: 30}, {name: B, age: 60, partner_of: A}]", [["A", "B"]]),
        ("[{name: A, age: 30}, {name: B, age: 31}, {name: C, age: 32}]", [["A"], ["B"], ["C"]]),
        ("[{name: A, age: 45}, {name: K, age: 17, education: further}]", [["A", "K"]]),
        ("[{name: A, age: 45}, {name: K, age: 19}]", [["A"], ["K"]]),
        ("[{name: A, age: 70}, {name: B, age: 40}, {name: K, age: 4, child_of: B}]", [["A"], ["B", "K"]]),
    ],
)
def test_benefit_units_are_worked_out(people: str, units: list[list[str]]) -> None:
    assert household_from_text(f"council: Leeds\npeople: {people}").units == units


def test_what_is_assumed_of_several_adults_and_of_rates_is_said() -> None:
    read = household_from_text("council: Belfast\npeople: [{name: A, age: 30}, {name: B, age: 31}, {name: C, age: 32}]")
    assert "A, B and C are no couple (write `partner_of` or `benefit_units` if they are)" in read.assumptions
    assert any(said.startswith("no domestic rates are counted") for said in read.assumptions)


@pytest.mark.parametrize(
    "text, words",
    [
        ("council: Leeds\npeople: []", "people must be a list with at least one person"),
        ("people: [{age: 30}]", "`council` is missing"),
        ("council: Leads\npeople: [{age: 30}]", "Did you mean Leeds"),
        ("council: Leeds\npeople: [{age: 30, earning: 5}]", 'line 2, column 29: "earning" is not something a household file knows'),
        ("council: Leeds\npeople: [{age: 30, earnings: -5}]", "earnings is -5, but must not be negative"),
        ("council: Leeds\npeople: [{age: 30, earnings: .nan}]", "earnings must be an amount of money"),
        ("council: Leeds\npeople: [{age: 30, earnings: lots}]", "earnings must be an amount of money"),
        ("council: Leeds\npeople: [{age: 30.5}]", "age must be a whole number"),
        ("council: Leeds\npeople: [{age: 7}]", "needs at least one adult"),
        ("council: Leeds\npeople: [{name: A, age: 30}, {name: A, age: 31}]", 'two people are called "A"'),
        ("council: Leeds\npeople: [{name: A, age: 30}, {name: B, age: 5}]\nbenefit_units: [[A]]", "B is in no benefit unit"),
        ("council: Leeds\npeople: [{name: A, age: 30}]\nbenefit_units: [[A], [A]]", "A is in two benefit units"),
        ("council: Leeds\nyear: 2031-32\npeople: [{age: 30}]", "not a fiscal year"),
        ("council: Leeds\npeople: [{age: 30, disability: pip}]", "Use one of: pip_standard_daily_living, pip_enhanced_daily_living"),
        ("council: Leeds\npeople: [{name: A, age: 30, partner_of: A}, {age: 31}]", "partner_of must name another adult"),
        ("council: Leeds\npeople: [{name: A, age: 30, partner_of: B}, {name: B, age: 12}]", "partner_of must name another adult"),
        (
            "council: Leeds\npeople: [{name: A, age: 30, partner_of: C}, {name: B, age: 30, partner_of: C}, {name: C, age: 30}]",
            "C is named as the partner of two people",
        ),
        ("council: Leeds\npeople: [{name: C, age: 30}, {age: 30, partner_of: C}, {age: 31, partner_of: C}]", "the partner of two people"),
        ("council: Leeds\ncouncil: York\npeople: [{age: 30}]", '"council" is given twice'),
        ("council: &c Leeds\npeople: [{age: 30}]", "anchors and aliases"),
        ("council: Leeds\ntake_up: half\npeople: [{age: 30}]", "take_up must be full"),
        ("council: Leeds\ntake_up: {pension: false}\npeople: [{age: 30}]", 'did you mean "pension_credit"?'),
        ("council: Leeds\ntenure: castle\npeople: [{age: 30}]", 'tenure "castle" is not known'),
    ],
)
def test_a_fault_is_one_sentence_with_its_place(text: str, words: str) -> None:
    with pytest.raises(Fault, match=None) as fault:
        household_from_text(text, "home.yaml")
    assert words in str(fault.value) and str(fault.value).startswith(("home.yaml", '"2031'))


@given(st.integers(0, 999_999), st.sampled_from([("week", 52), ("month", 12), ("year", 1)]))
def test_money_says_its_period(pounds: int, period: tuple[str, int]) -> None:
    name, times = period
    read = household_from_text(f"council: Leeds\npeople: [{{age: 40, earnings: '£{pounds:,} a {name}'}}]")
    assert read.population.persons["earnings"][0] == pounds * times


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_examples_are_well_made(file) -> None:  # type: ignore[no-untyped-def]
    assert read_household(file).title


def test_everything_is_claimed_but_what_the_file_says_is_not() -> None:
    one = "council: Leeds\npeople: [{age: 80, state_pension: 10_400}]"
    for said, draws in (("", [0.0, 0.0]), ("take_up: full\n", [0.0, 0.0]), ("take_up: {pension_credit: false}\n", [1.0, 0.0])):
        units = household_from_text(said + one).population.benefit_units
        assert [units["draw_pension_credit"][0], units["draw_universal_credit"][0]] == draws


@pytest.mark.parametrize(
    "said, bill, value",
    [
        ("{capital_value: 130_000}", -1.0, 130_000),
        ("{bill: 1_100}", 1_100, 0),
        ("{bill: 100 a month, capital_value: 90_000}", 1_200, 90_000),
    ],
)
def test_homes_in_northern_ireland_have_a_capital_value_or_a_bill(said: str, bill: float, value: float) -> None:
    home = household_from_text(f"council: Belfast\ncouncil_tax: {said}\npeople: [{{age: 40}}]").population.households
    assert (home["council_tax_bill"][0], home["dwelling_value_band_year"][0]) == (bill, value)


@pytest.mark.parametrize(
    "council, said, words",
    [
        ("Belfast", "{band: B}", "council_tax must be {capital_value: 130_000} or {bill: 1_100}"),
        ("Leeds", "{capital_value: 130_000}", "council_tax must be {band: B} or {bill: 1_800}"),
        ("Leeds", "{}", "council_tax must be {band: B}"),
        ("Leeds", "1800", "council_tax must be {band: B}"),
    ],
)
def test_each_nation_says_its_own_charge_on_the_home(council: str, said: str, words: str) -> None:
    with pytest.raises(Fault) as refused:
        household_from_text(f"council: {council}\ncouncil_tax: {said}\npeople: [{{age: 40}}]")
    assert words in str(refused.value)


def test_there_are_a_dozen_examples() -> None:
    assert len(EXAMPLES) == 12
