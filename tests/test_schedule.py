"""Graduated schedules: what they charge, by hand, at the edges, and always."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairshare.schedule import BANDS, UNREACHED, Band, Schedule, charge, charge_between, rate_at


def schedule(*bands: tuple[float, float]) -> Schedule:
    return tuple([Band(float(above), float(rate)) for above, rate in bands] + [UNREACHED] * (BANDS - len(bands)))  # type: ignore[return-value]


TWO = schedule((0, 0.2), (37_700, 0.4), (125_140, 0.45))


@pytest.mark.parametrize(
    "amount, tax", [(0, 0), (1, 0.2), (37_700, 7_540), (37_701, 7_540.4), (125_140, 42_516), (125_141, 42_516.45), (-5, 0)]
)
def test_each_slice_at_its_own_rate(amount: float, tax: float) -> None:
    assert charge(TWO, float(amount)) == pytest.approx(tax)


@pytest.mark.parametrize("start, end, tax", [(0, 37_700, 7_540), (30_000, 40_000, 1_540 + 920), (50_000, 50_000, 0), (60_000, 50_000, 0)])
def test_the_charge_between_two_points(start: float, end: float, tax: float) -> None:
    assert charge_between(TWO, float(start), float(end)) == pytest.approx(tax)


@pytest.mark.parametrize("amount, rate", [(0, 0.2), (37_699.99, 0.2), (37_700, 0.4), (1e9, 0.45)])
def test_the_rate_reached(amount: float, rate: float) -> None:
    assert rate_at(TWO, float(amount)) == rate


def test_all_eight_bands_are_charged() -> None:
    eight = schedule(*((i * 10, (i + 1) / 100) for i in range(8)))
    assert charge(eight, 80.0) == pytest.approx(10 * (0.01 + 0.02 + 0.03 + 0.04 + 0.05 + 0.06 + 0.07 + 0.08))
    assert math.isinf(schedule((0, 0.1))[1].above)


rates = st.lists(st.tuples(st.floats(1, 1e6), st.floats(0, 1)), max_size=BANDS - 1, unique_by=lambda band: band[0])


@settings(deadline=None)
@given(rates, st.floats(0, 2e6), st.floats(0, 2e6))
def test_a_charge_adds_up_and_never_falls(bands: list[tuple[float, float]], one: float, other: float) -> None:
    made = schedule((0, 0.1), *sorted(bands))
    low, high = sorted((one, other))
    assert charge(made, low) + charge_between(made, low, high) == pytest.approx(charge(made, high), abs=0.01)
    assert charge(made, low) <= charge(made, high) + 0.001
