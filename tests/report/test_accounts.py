"""Council homes and money flows in words: plain, and for both sides alike."""

from __future__ import annotations

import pytest

from fairshare.report.homes import LEFT_OUT, sentences
from fairshare.report.money import MODEL_LIMITS, RATES_RAISE_INCOME, STATEMENTS
from fairshare.report.plain import EXPLANATION_AGE, faults, reading_age
from fairshare.report.stages import CAVEATS
from fairshare.spending.functions import NOT_SHARED
from fairshare.spending.homes import Plan, account

PLAN = Plan(100, 250_000, 100_000, 0, 0.055, 115, 0.03, 1_000, 1_200, 1_100, 0.03, 0.03)
TEXTS = [*(each.says for each in STATEMENTS), MODEL_LIMITS, RATES_RAISE_INCOME, LEFT_OUT]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_words_are_plain(text: str) -> None:
    assert not faults(text)
    assert reading_age([text]) <= EXPLANATION_AGE


@pytest.mark.parametrize("grant", [100_000, 190_000, 249_000])
def test_a_scheme_is_told_in_plain_words(grant: float) -> None:
    said = sentences(account(PLAN._replace(grant=grant)))
    assert not [each for text in said for each in faults(text)]


def test_what_a_government_can_do_is_never_said_without_what_it_cannot() -> None:
    kinds = [each.kind for each in STATEMENTS]
    assert kinds.count("can") == kinds.count("cannot") and "debate" in kinds


def test_a_scheme_that_pays_for_itself_says_so() -> None:
    """With a grant of 249,000, 1,000 is owed on each home: the first year's 2,500.60 repays it."""
    said = " ".join(sentences(account(PLAN._replace(grant=249_000))))
    assert "first meet the interest on the loan in year 1." in said
    assert "The debt would be repaid in year 1." in said and "adds" in said


@pytest.mark.parametrize("text", [*CAVEATS, *NOT_SHARED.values()], ids=range(len(CAVEATS) + len(NOT_SHARED)))
def test_what_the_stages_leave_out_is_said_plainly(text: str) -> None:
    assert not faults(text)
