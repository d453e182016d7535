"""The workshop without a screen: the room and its database, what is prepared, the texts, and the pack on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from fairshare.dashboard import network_says, own_address, page_module, prepare_workshop
from fairshare.faults import Fault
from fairshare.population.store import default_population
from fairshare.report import plain
from fairshare.report.sentences import names

rooms, model, texts = (page_module(name) for name in ("workshop_room", "workshop_model", "texts"))
LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
"""Words that the licence asks for."""
UP = "income_tax/basic_rate_plus_one_penny"
PREDICT, BUDGET = ["a/proposal", "b/proposal"], {"income_tax": [UP], "health": ["more"]}


@pytest.fixture
def room(tmp_path: Path) -> Any:
    made = rooms.Room(tmp_path / "choices.sqlite", PREDICT, BUDGET)
    yield made
    made.wipe()


@pytest.fixture(scope="module")
def made() -> Any:
    return model.prepared(default_population(5_000))


# ---- the room ------------------------------------------------------------------------------------------------------


def test_what_a_group_chooses_is_kept_changed_and_taken_back(room: Any) -> None:
    room.budget("blue", "income_tax", UP)
    room.budget("green", "health", "more")
    room.budget("green", "health", "")
    assert room.chosen("budget") == {"blue": {"income_tax": UP}}


def test_guesses_belong_to_the_proposal_they_were_made_for(room: Any) -> None:
    room.predict("blue", "gain", "30")
    room.predict("blue", "low", "less")
    room.choose_reform("b/proposal")
    assert room.predictions() == {}
    room.choose_reform("a/proposal")
    assert room.predictions() == {"blue": {"gain": "30", "low": "less"}}


@pytest.mark.parametrize(
    "wrong",
    [
        lambda room: room.budget("", "income_tax", UP),
        lambda room: room.budget("blue", "income_tax", "anything else"),
        lambda room: room.budget("blue", "names", "Sam"),
        lambda room: room.predict("blue", "gain", "101"),
        lambda room: room.predict("blue", "gain", "my name is Sam"),
        lambda room: room.predict("blue", "low", "much more"),
        lambda room: room.predict("blue", "note", "Sam"),
        lambda room: room.measure("blue", "my own words", True, ["poverty"]),
        lambda room: room.join("a person", "team Sam"),
        lambda room: room.go("elsewhere"),
    ],
)
def test_nothing_but_what_is_on_the_list_can_be_kept(room: Any, wrong: Any) -> None:
    with pytest.raises(Fault):
        wrong(room)
    assert not room.store.execute("SELECT * FROM choices").fetchall()


def test_three_measures_at_most(room: Any) -> None:
    known = ["a", "b", "c", "d"]
    for name in "abc":
        room.measure("blue", name, True, known)
    with pytest.raises(Fault, match="three at most"):
        room.measure("blue", "d", True, known)
    room.measure("blue", "a", False, known)
    room.measure("blue", "d", True, known)
    assert set(room.chosen("success")["blue"]) == {"b", "c", "d"}


def test_guesses_of_ones_own_place_are_counted_in_memory_and_shown_from_five_people_on(room: Any) -> None:
    for person in range(4):
        room.guess(person, "income", 5)
    assert room.guesses("income") is None
    room.guess("fifth", "income", 10)
    assert room.guesses("income") == [0, 0, 0, 0, 4, 0, 0, 0, 0, 1]
    room.leave("fifth")
    assert room.guesses("income") is None
    assert not room.store.execute("SELECT * FROM choices").fetchall()


def test_the_end_wipes_everything_and_the_next_workshop_starts_empty(tmp_path: Path) -> None:
    file = tmp_path / "choices.sqlite"
    room = rooms.Room(file, PREDICT, BUDGET)
    room.budget("blue", "income_tax", UP)
    assert file.is_file()
    room.wipe()
    assert not file.exists() and not list(tmp_path.iterdir()) and room.chosen("budget") == {}
    with pytest.raises(Fault, match="has ended"):
        room.budget("blue", "income_tax", UP)
    with pytest.raises(Fault, match="No group has chosen"):
        room.export("about", ("group", "step", "question", "answer"))
    left = rooms.Room(file, PREDICT, BUDGET)
    left.budget("blue", "income_tax", UP)
    left.store.close()  # as when the laptop's battery is empty
    assert rooms.Room(file, PREDICT, BUDGET).chosen("budget") == {}


def test_each_workshop_has_a_key_of_its_own(room: Any) -> None:
    assert room.is_facilitator(room.key) and not room.is_facilitator("") and not room.is_facilitator(room.key + "x")
    assert len(room.key) >= 12


# ---- what is prepared ----------------------------------------------------------------------------------------------


def test_places_rise_and_a_household_is_found_among_them(made: Any) -> None:
    for values in made["places"].values():
        assert len(values) == 99 and values == sorted(values)
    low, high = model.place_of_income(made, 500, 1, 0), model.place_of_income(made, 20_000, 1, 0)
    assert low < 10 and high > 95
    assert model.place_of_income(made, 3_000, 1, 0) > model.place_of_income(made, 3_000, 2, 3)
    assert model.place_of_wealth(made, 0) < 15 and model.place_of_wealth(made, 5_000_000) > 95


def test_a_budget_adds_up(made: Any) -> None:
    up = made["choices"][UP]["money"]
    more = made["choices"]["spending/health_two_billion_more"]["money"]
    assert up > 5e9 and more == pytest.approx(-2e9)
    assert model.balance(made, {"income_tax": UP, "health": "spending/health_two_billion_more"}) == pytest.approx(up - 2e9)
    assert model.by_tenth(made, {"income_tax": UP})[-1] < 0


def test_what_a_household_pays_and_gets_is_worked_from_its_answers_and_forgotten(made: Any) -> None:
    from fairshare.assessment import MEMORY

    like = page_module("like_mine").LikeMine()
    for id, value in {"adults": "one", "pay": "2,500", "band": "B", "council": "Leeds"}.items():
        like.answer(id, value)
    held = len(MEMORY._results)
    found = model.flows(made, like)
    assert len(MEMORY._results) == held
    # £30,000 a year: (30,000 - 12,570) at 20% = 3,486 income tax; at 8% = 1,394.40 National Insurance; the rest is council tax.
    assert 3_486 + 1_394.40 + 1_000 < found["taxes"] < 3_486 + 1_394.40 + 2_500
    assert found["cash"] == 0 and found["services"]["health"] > 500 and "education" not in found["services"]
    like.answer("middle", "2")
    with_children = model.flows(made, like)
    assert with_children["services"]["education"] > 10_000 and with_children["cash"] > 2_000
    assert with_children["prices"] > found["prices"], "a larger home buys more"


def test_taxes_in_prices_rise_with_income(made: Any) -> None:
    assert len(made["prices"]) == 10 and made["prices"][0] > 500 and made["prices"][9] > 1.5 * made["prices"][0]


def test_one_hundred_pounds_are_divided_whole(made: Any) -> None:
    assert sum(pounds for _, pounds in made["hundred"]) == pytest.approx(100)


def test_every_choice_and_example_of_the_plan_has_its_words() -> None:
    said, plan = texts.texts("workshop"), model.plan()
    assert set(said["budget"]["topics"]) == set(plan["budget"])
    assert set(said["budget"]["choices"]) == {name for names in plan["budget"].values() for name in names}
    assert set(said["household"]["examples"]) == set(said["household"]["short"]) == set(plan["examples"])
    assert tuple(said["steps"]) == rooms.STEPS and 5 <= len(rooms.STEPS) <= 8
    assert set(said["groups"]) == set(rooms.GROUPS)


def test_every_text_keeps_the_rules_of_plain_language() -> None:
    said = [text.replace(LICENCE, "") for text in texts.every_text("workshop")]
    for text in said:
        assert not plain.faults(text), text
        for sentence in plain.sentences(text):
            label = not sentence.endswith((".", "?")) or len(plain.words(sentence)) < 4
            assert label or plain.reading_age([sentence], names()) <= plain.SENTENCE_AGE, sentence
    assert plain.reading_age([text for text in said if text.endswith(".")], names()) <= plain.EXPLANATION_AGE


@pytest.mark.parametrize("name", ["workshop.html", "workshop_pack.html"])
def test_no_page_holds_words_of_its_own(name: str) -> None:
    """What people read stands in texts/, so that a translation needs no other file."""
    page = (Path(texts.__file__).parent / name).read_text(encoding="utf-8")
    inside = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert set(re.findall(r"[A-Za-z]{2,}", inside)) <= {"fairshare"}


def test_sums_are_said_in_billions_from_one_billion_on() -> None:
    pounds, said = page_module("workshop").pounds, texts.texts("workshop")
    assert [pounds(each, said) for each in (5.76e9, 2e9, 999_900_000, 859e6)] == [
        "£5.8 billion",
        "£2 billion",
        "£1 billion",
        "£859 million",
    ]


# ---- before the day, and on paper ----------------------------------------------------------------------------------


def test_preparing_checks_the_port_and_shows_the_address_and_a_code() -> None:
    found = prepare_workshop(58_213, default_population(5_000), quiet=True)
    assert found["address"] == f"http://{own_address()}:58213/" and "--port 58213" in found["command"]
    assert len(found["code"].splitlines()) > 10
    assert found["network"] == network_says(own_address(), 58_213)
    with pytest.raises(Fault, match="is not a port"):
        prepare_workshop(0, quiet=True)


def test_preparing_says_what_phones_could_reach() -> None:
    assert "is on no network" in network_says("127.0.0.1", 58_214)
    assert "does not answer at 192.0.2.1" in network_says("192.0.2.1", 58_214)  # an address that nobody has (RFC 5737)
    assert "Port 58214 answers at 127.0.0.2" in network_says("127.0.0.2", 58_214)


def test_the_pack_prints_without_a_network(made: Any, tmp_path: Path) -> None:
    written = page_module("workshop_pack").write_pack(made, tmp_path / "pack")
    assert [file.name for file in written] == ["cards.html", "worksheets.html", "answers.html"]
    for file in written:
        text = file.read_text(encoding="utf-8")
        assert text.lstrip().startswith("<!doctype html>") and "<script" not in text and '<html lang="en">' in text
        assert not re.search(r'(src|href)="http', text) and "Made " in text and "fairshare" in text
    cards = written[0].read_text(encoding="utf-8")
    assert cards.count('class="cut"') == len(made["choices"]) + len(made["examples"])
    assert "What do taxes and services cost and give?" in written[1].read_text(encoding="utf-8")
    assert "fairshare run income_tax/basic_rate_plus_one_penny" in written[2].read_text(encoding="utf-8")
