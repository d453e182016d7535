"""Figures as a newspaper would print them."""

import pytest

from fairshare.report.shown import level
from fairshare.report.words import about_percent, money, number, of_households, percent, pounds_a_week, span, week_and_year


@pytest.mark.parametrize(
    "value, low, high, expected",
    [
        (9_340_000_000, 8_400_000_000, 10_300_000_000, "£9.3 billion"),  # half the range is 0.95 billion: to 0.1
        (-5_158_819_182, -6.5e9, -3.7e9, "£5 billion"),  # half the range is 1.4 billion: to 1
        (9_340_000_000, None, None, "£9.3 billion"),
        (412_345_678, None, None, "£410 million"),
        (12_345, None, None, "£12,000"),
        (12_345, 12_344, 12_346, "£12,300"),  # never finer than three figures
        (2_000_000, -9_000_000, 13_000_000, "£2 million"),  # never so coarse that it vanishes
        (0, None, None, "£0"),
    ],
)
def test_money_is_no_finer_than_what_is_known(value, low, high, expected):
    assert money(value, low, high) == expected


def test_people():
    assert number(519_016) == "520,000"
    assert number(-1_840_000) == "1.8 million"


@pytest.mark.parametrize("a_year, expected", [(624, "£12"), (125, "£2.40"), (104, "£2"), (22, "40p"), (1, "less than 5p"), (-624, "£12")])
def test_money_by_the_week(a_year, expected):
    assert pounds_a_week(a_year) == expected


def test_the_week_comes_first():
    assert week_and_year(624) == "£12 a week (£620 a year)"


@pytest.mark.parametrize("value, expected", [(19.6, "20%"), (0.24, "0.2%"), (0.042, "0.04%"), (0, "0%")])
def test_shares(value, expected):
    assert percent(value) == expected


def test_shares_at_the_ends():
    assert about_percent(99.7) == "more than 99%"
    assert of_households(100) == "all households"
    assert of_households(0) == "no households"
    assert of_households(1e-6) == "almost no households"
    assert of_households(20.2) == "about 20% of households"


def test_ranges_keep_their_signs():
    assert span(-400_000_000, 5_900_000_000, "£") == "−£400 million and £5.9 billion"
    assert span(-2_340_000, 104_000_000, "£") == "−£2.3 million and £100 million"  # an end near nothing keeps its sign
    assert span(14.66, 24.63, "%") == "14.7% and 24.6%"


def test_a_range_of_a_score_is_no_finer_than_a_score_is_told():
    assert span(0.00183, 0.00206, "") == "0.0018 and 0.0021"


@pytest.mark.parametrize(
    "value, said",
    [(17.94e9, "£17.9 billion"), (55.76e9, "£55.8 billion"), (6.012e9, "£6.01 billion"), (876.6e6, "£877 million"), (535_390, "£535,000")],
)
def test_a_sum_in_a_table_has_three_figures_at_most(value: float, said: str):
    assert level(value) == said
