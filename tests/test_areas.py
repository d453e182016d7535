"""Council areas: one order for records and law, found by name or code."""

from __future__ import annotations

import pytest

from fairshare.areas import areas, find_area, rental_markets
from fairshare.faults import Fault
from fairshare.quantities import Nation, Region


def test_every_area_has_its_row_and_its_nation_agrees_with_its_code() -> None:
    assert [area.row for area in areas()] == list(range(len(areas())))
    assert [area.code for area in areas()] == sorted(area.code for area in areas())
    first = {Nation.ENGLAND: "E", Nation.WALES: "W", Nation.SCOTLAND: "S", Nation.NORTHERN_IRELAND: "N"}
    assert all(area.code[0] == first[area.nation] for area in areas())
    assert all(rental_markets()[area.brma].nation == area.nation for area in areas())


def test_there_are_as_many_councils_as_the_uk_has() -> None:
    """296 billing authorities in England (ONS, April 2023 on), 22 in Wales, 32 in Scotland, 11 in Northern Ireland."""
    counts = {nation: sum(area.nation == nation for area in areas()) for nation in Nation}
    assert counts == {Nation.ENGLAND: 296, Nation.WALES: 22, Nation.SCOTLAND: 32, Nation.NORTHERN_IRELAND: 11}


@pytest.mark.parametrize("name", ["Leeds", "leeds", " LEEDS ", "E08000035", "e08000035"])
def test_found_by_name_or_code(name: str) -> None:
    area = find_area(name)
    assert (area.code, area.region) == ("E08000035", Region.YORKSHIRE_AND_THE_HUMBER)


@pytest.mark.parametrize(
    "name, found",
    [("Glasgow", "Glasgow City"), ("edinburgh", "City of Edinburgh"), ("Durham", "County Durham"), ("Wight", "Isle of Wight")],
)
def test_a_name_in_short_finds_the_one_council_it_fits(name: str, found: str) -> None:
    assert find_area(name).name == found


def test_a_name_in_short_that_fits_several_is_refused_with_each() -> None:
    with pytest.raises(Fault, match=r'Several council areas are called "Newcastle": Newcastle-under-Lyme, Newcastle upon Tyne'):
        find_area("Newcastle")


@pytest.mark.parametrize("name, words", [("London", ""), ("Sussex", "Mid Sussex"), ("Hull", "Kingston upon Hull"), ("of", ""), ("", "")])
def test_a_region_a_county_and_a_part_of_a_name_are_no_council(name: str, words: str) -> None:
    with pytest.raises(Fault, match=f"There is no council area.*{words}"):
        find_area(name)


def test_an_unknown_council_is_refused_with_the_nearest() -> None:
    with pytest.raises(Fault, match=r'no council area called "Leads".*Leeds'):
        find_area("Leads")
