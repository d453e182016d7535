"""A household like mine, and the texts of the dashboards, without a screen."""

from __future__ import annotations

import pytest

from fairshare.areas import find_area
from fairshare.dashboard import page_module
from fairshare.faults import Fault
from fairshare.report import plain
from fairshare.report.sentences import names

like_mine, texts = page_module("like_mine"), page_module("texts")
YEAR = "2026-27"
CATALOGUES = ("like_mine", "story")


def amounts(card) -> dict[str, str]:
    return {row.name: row.now for row in card.rows}


def test_every_question_may_be_left_out_and_what_was_taken_is_said() -> None:
    card = like_mine.LikeMine().card(YEAR, None)
    assert "left" in card.headline and len(card.took) == 9
    assert any("band D" in each for each in card.took)
    assert "the five-week wait for a first Universal Credit payment" in card.left_out


def test_what_is_left_is_income_less_rent_and_bills() -> None:
    like = like_mine.LikeMine()
    for id, value in {"adults": "one", "pay": "2,500", "rent": "£800", "bills": "300", "band": "B", "council": "Leeds"}.items():
        like.answer(id, value)
    found = amounts(like.card(YEAR, None))
    # £30,000 a year: (30,000 - 12,570) at 20% = 3,486 income tax; at 8% = 1,394.40 National Insurance; a twelfth of each.
    assert found["Income tax"] == "−£290" and found["National Insurance"] == "−£116"
    whole = {name: float(text.replace("£", "").replace(",", "").replace("−", "-")) for name, text in found.items()}
    assert whole["Left after rent, council tax and bills"] == pytest.approx(whole["Income after tax"] - 1_100, abs=1)


def test_amounts_are_asked_and_shown_by_the_week_or_month() -> None:
    like = like_mine.LikeMine()
    like.answer("rent", "437.50")
    like.choose_period("week")
    assert like.shown("rent") == "100.96"
    like.answer("rent", "100")
    like.choose_period("month")
    assert like.shown("rent") == "433.33"


def test_a_place_chosen_elsewhere_stands_where_none_is_given() -> None:
    assert "Cardiff" in like_mine.LikeMine().card(YEAR, find_area("Cardiff")).about


@pytest.mark.parametrize(
    "id, value", [("pay", "lots"), ("pay", "-1"), ("young", "1.5"), ("young", "9"), ("age", "old"), ("council", "Narnia"), ("name", "Sam")]
)
def test_a_wrong_answer_is_refused_and_nothing_changes(id: str, value: str) -> None:
    like = like_mine.LikeMine()
    with pytest.raises(Fault):
        like.answer(id, value)
    assert not like.given


def test_answers_can_be_taken_back_and_cleared_and_nothing_is_remembered() -> None:
    from fairshare.assessment import MEMORY

    like = like_mine.LikeMine()
    like.answer("pay", "1234")
    held = len(MEMORY._results)
    like.card(YEAR, None)
    assert len(MEMORY._results) == held
    like.answer("pay", "")
    assert not like.given
    like.answer("pay", "1234")
    like.clear()
    assert not like.given and not like.shown("pay")


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_text_keeps_the_rules_of_plain_language(name: str) -> None:
    said = texts.every_text(name)
    for text in said:
        assert not plain.faults(text), text
        for sentence in plain.sentences(text):
            label = not sentence.endswith((".", "?")) or len(plain.words(sentence)) < 4
            assert label or plain.reading_age([sentence], names()) <= plain.SENTENCE_AGE, sentence
    whole = [text for text in said if text.endswith(".")]
    assert plain.reading_age(whole, names()) <= plain.EXPLANATION_AGE


def test_a_language_without_texts_is_refused_by_name() -> None:
    with pytest.raises(Fault, match="There are no texts in"):
        texts.texts("story", "xx")
