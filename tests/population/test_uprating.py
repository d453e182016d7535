"""Money moves between years by the published factor of its kind; worked by hand from the OBR's forecast of March 2026."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from building import home, person, town, unit
from fairshare.faults import Fault
from fairshare.population.records import Population
from fairshare.population.uprating import factor, projected, social_rent_factor, starts, uprate, years


@pytest.fixture
def tenant() -> Population:
    worker = person(40, earnings=30_000, private_pension=1_000, dividends=500)
    return town(home(unit(worker, capital=4_000), council="Leeds", tenure=3, rent=9_600, weight=100), year="2025-26")


def test_the_years_with_published_factors() -> None:
    assert years() == ("2023-24", "2024-25", "2025-26", "2026-27", "2027-28", "2028-29", "2029-30")
    assert projected("2026-27") and not projected("2024-25")


def test_a_tenant_two_years_back(tenant: Population) -> None:
    """OBR: private rents index 120.773 in 2023-24 and 137.184 in 2025-26: £9,600 becomes 9,600 x 0.88037 = £8,451.55.

    Average weekly earnings index 148.360 in 2023-24; the pay of 2025-26 falls by the same index of that year.
    """
    back = uprate(tenant, "2023-24")
    assert back.households["rent"][0] == pytest.approx(8_451.6, abs=0.5)
    assert back.persons["earnings"][0] == pytest.approx(30_000 / factor("earnings", "2023-24", "2025-26"), abs=0.01)
    assert back.year == "2023-24" and back.details["moved_from"] == "2025-26"


def test_there_and_back_is_where_it_began(tenant: Population) -> None:
    again = uprate(uprate(tenant, "2029-30"), "2025-26")
    for name in ("earnings", "private_pension", "dividends"):
        assert again.persons[name][0] == pytest.approx(tenant.persons[name][0], abs=0.02)
    assert again.households["weight"][0] == pytest.approx(100)


def test_the_same_year_is_the_same_population(tenant: Population) -> None:
    assert uprate(tenant, "2025-26") is tenant


def test_private_pensions_rise_half_way_between_prices_and_pay() -> None:
    found = factor("private_pensions", "2025-26", "2026-27")
    assert found**2 == pytest.approx(factor("cpi", "2025-26", "2026-27") * factor("earnings", "2025-26", "2026-27"))


def test_spending_follows_private_consumption_a_head() -> None:
    """OBR: private consumption of £1,912.5bn in 2026-27 over £1,855.2bn is 3.092% more, among 0.684% more people of 16 and over."""
    assert factor("spending", "2025-26", "2026-27") == pytest.approx(1.0239, abs=0.00005)


def test_social_rents_rise_by_prices_and_one_point() -> None:
    assert social_rent_factor("2025-26", "2027-28") == pytest.approx(factor("cpi", "2025-26", "2027-28") * 1.01**2)


def test_what_does_not_move(tenant: Population) -> None:
    moved = uprate(tenant, "2026-27")
    for name in ("age", "role", "hours", "activity"):
        assert np.array_equal(moved.persons[name], tenant.persons[name])
    assert moved.households["dwelling_value_band_year"][0] == tenant.households["dwelling_value_band_year"][0]


def test_a_year_without_factors_is_refused(tenant: Population) -> None:
    with pytest.raises(Fault, match='cannot be moved to or from "2035-36"; published factors run from 2023-24 to 2029-30'):
        uprate(tenant, "2035-36")


def test_a_survey_of_2019_is_moved_to_today(tenant: Population) -> None:
    """OBR: average weekly earnings index 124.65923 in 2019-20 and 168.99993 in 2026-27: £30,000 becomes £40,670.86."""
    old = replace(tenant, year="2019-20")
    assert uprate(old, "2026-27").persons["earnings"][0] == pytest.approx(40_670.86, abs=0.01)
    assert starts()[0] == "2019-20"
    with pytest.raises(Fault, match="published factors run from 2023-24"):
        uprate(tenant, "2019-20")
