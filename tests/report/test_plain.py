"""The checks of plain language find what they should, and nothing else."""

import pytest

from fairshare.report import plain


@pytest.mark.parametrize(
    "text, found",
    [
        ("The poor would gain.", "people on low incomes"),
        ("The poorest tenth would gain.", ""),
        ("Benefit claimants would gain.", "claimant"),
        ("This is taxpayers' money.", "public money"),
        ("There are winners and losers.", "gains"),
        ("The burden falls on few.", "burden"),
        ("This is a fair tax.", "judges"),
        ("fairshare works it out.", ""),
        ("A radical plan.", "judges"),
        ("Some taxes, e.g. income tax, rise.", "Latin"),
        ("It costs GBP 5.", "GBP"),
        ("Labour proposed it.", "party"),
        ("People in the labour market gain.", ""),
        ("one " * 26 + "end.", "words"),
        ("About £9.3 billion a year would be raised.", ""),
    ],
)
def test_faults(text, found):
    faults = plain.faults(text)
    assert (found in " ".join(faults)) if found else not faults


def test_sentences_are_not_cut_at_figures():
    assert plain.sentences("It costs £1.5 billion. That is about £2.40 a week.") == [
        "It costs £1.5 billion.",
        "That is about £2.40 a week.",
    ]


ONE = ("tax", "raised", "year", "£9.3", "homes")
TWO = ("income", "households", "people", "borrowed", "council", "table", "published")
THREE = ("government", "benefits", "average", "poverty", "pensioners")


@pytest.mark.parametrize("word, count", [(word, count) for count, all in ((1, ONE), (2, TWO), (3, THREE)) for word in all])
def test_syllables(word, count):
    assert plain.syllables(word) == count


def test_reading_age_of_known_sentences():
    # 6 words and 6 syllables: 0.39 x 6 + 11.8 x 1 - 15.59 + 5
    assert plain.reading_age(["The cat sat on the mat."]) == pytest.approx(3.55)
    long = "Equivalised disposable income distributions exhibit considerable heterogeneity across administrative geographies."
    assert plain.reading_age([long]) > 25


def test_names_count_as_one_short_word():
    with_name = plain.reading_age(["People in Rhondda Cynon Taf would pay more."], ["Rhondda Cynon Taf"])
    assert with_name == pytest.approx(plain.reading_age(["People in it would pay more."]))
