"""Explore without a screen: what a visitor chooses, the numbers that can be moved, and the link that keeps every choice."""

from __future__ import annotations

import base64
import json
import zlib

import pytest

from fairshare.dashboard import page_module
from fairshare.faults import Fault
from fairshare.law import law_in_force
from fairshare.scenario import catalogue, read_scenario

state, link, numbers, frame = (page_module(name) for name in ("explore_state", "link", "numbers", "frame"))
Explore, OWN = state.Explore, state.OWN

WEALTH = "wealth/two_percent_above_ten_million"
RATE = "law.wealth_tax.bands.1.rate"
CHILD_BENEFIT = "benefits/child_benefit_plus_ten_pounds"
MINE = "title: Mine\nbecause: To see.\nfrom: 2026-27\nlaw:\n  child_benefit:\n    eldest: {plus: 3}\n"


def by_id(chosen):
    return {number.id: number for number in chosen.numbers}


# ---- choosing ------------------------------------------------------------------------------------------------------


def test_it_begins_with_the_flagship_in_its_first_year() -> None:
    chosen = Explore()
    assert (chosen.choice, chosen.year, chosen.area, chosen.changed) == (WEALTH, "2026-27", "", False)


def test_a_rate_is_shown_in_per_cent_and_held_as_the_law_holds_it() -> None:
    chosen = Explore()
    assert by_id(chosen)[RATE].value == 2
    chosen.move(RATE, "2.5")
    assert chosen.scenario.document.data["law"]["wealth_tax"]["bands"][1]["rate"] == 0.025
    assert chosen.changed and by_id(chosen)[RATE].value == 2.5
    chosen.put_back()
    assert not chosen.changed


def test_a_scenario_takes_its_own_numbers_and_keeps_year_and_place() -> None:
    chosen = Explore()
    chosen.choose_year("2027-28")
    chosen.choose_area("Leeds")
    chosen.choose(CHILD_BENEFIT)
    assert (chosen.choice, chosen.year, chosen.area) == (CHILD_BENEFIT, "2027-28", "E08000035")
    eldest = by_id(chosen)["law.child_benefit.eldest.plus"]
    assert (eldest.value, eldest.unit, eldest.label) == (10, "£ a week more", "Child Benefit for the only or eldest child")
    assert "SI 2006/965" in eldest.source


@pytest.mark.parametrize(
    "do, told",
    [
        (lambda chosen: chosen.move(RATE, "-1"), "at least 0"),
        (lambda chosen: chosen.move(RATE, "two"), "give a number"),
        (lambda chosen: chosen.move(RATE, "nan"), "is not a number that can be used"),
        (lambda chosen: chosen.move(RATE, "1e400"), "is not a number that can be used"),
        (lambda chosen: chosen.move("law.income_tax.personal_allowance", "1"), "does not belong to the scenario"),
        (lambda chosen: chosen.choose("wealth/none"), "There is no scenario"),
        (lambda chosen: chosen.choose("../parameters/income_tax"), "There is no scenario"),
        (lambda chosen: chosen.choose(OWN), "no scenario of your own"),
        (lambda chosen: chosen.choose_year("1999-00"), "not a year"),
        (lambda chosen: chosen.choose_area("Atlantis"), "There is no council area"),
        (lambda chosen: chosen.upload("title: [", "C:\\mine.yaml"), "mine.yaml, line"),
        (lambda chosen: chosen.upload("", "big.yaml", size=2_000_000), "larger than 1 MB"),
        (lambda chosen: chosen.upload("", "picture.png", size=10, readable=False), "not UTF-8 text"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence_and_changes_nothing(do, told: str) -> None:
    chosen = Explore()
    before = chosen.request
    with pytest.raises(Fault, match=told.replace("(", r"\(")) as fault:
        do(chosen)
    assert chosen.request == before and chosen.own is None
    assert str(fault.value).endswith((".", "?"))


def test_a_scenario_of_ones_own_stays_while_others_are_looked_at() -> None:
    chosen = Explore()
    chosen.upload(MINE, "mine.yaml")
    assert chosen.choice == OWN and chosen.scenario.title == "Mine"
    chosen.choose(WEALTH)
    assert chosen.choice == WEALTH
    chosen.choose(OWN)
    assert chosen.scenario.title == "Mine"


def test_the_request_does_not_depend_on_how_a_scenario_is_laid_out() -> None:
    one, other = Explore(), Explore()
    one.upload(MINE, "a.yaml")
    other.upload("{from: 2026-27, because: To see., law: {child_benefit: {eldest: {plus: 3}}}, title: Mine}", "b.yaml")
    assert one.request == other.request


# ---- the numbers of every scenario ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", catalogue())
def test_every_number_of_every_scenario_can_be_moved_and_put_back(name: str) -> None:
    chosen = Explore(first=name)
    same = {each.id: each.value for each in chosen.numbers}
    for number in chosen.numbers:
        assert number.label and number.source, number
        assert number.low <= number.value <= number.high, number
        chosen.move(number.id, not number.value if number.switch else number.value)
    chosen.put_back()
    assert {each.id: each.value for each in chosen.numbers} == same
    assert len({number.id for number in chosen.numbers}) == len(chosen.numbers)


@pytest.mark.parametrize("name", catalogue())
def test_every_scenario_has_a_number_to_move(name: str) -> None:
    assert numbers.numbers_of(read_scenario(name).document.data, law_in_force("2026-27"))


@pytest.mark.parametrize(
    "value, per_cent, relative, reach",
    [
        (2, True, False, (0, 5, 0.05)),
        (45, True, False, (0, 100, 1)),
        (10, False, True, (-25, 25, 0.25)),
        (0, True, False, (0, 10, 0.1)),
        (-2e9, False, False, (-5e9, 0, 5e7)),
    ],
)
def test_a_slider_reaches_round_numbers(value, per_cent, relative, reach) -> None:
    assert numbers.reach(value, per_cent, relative, "%" if per_cent else "£") == pytest.approx(reach)


# ---- the link ------------------------------------------------------------------------------------------------------


def test_a_link_brings_back_every_choice() -> None:
    chosen, again = Explore(), Explore()
    chosen.move(RATE, 3.25)
    chosen.choose_year("2028-29")
    chosen.choose_area("E09000012")
    assert again.open(chosen.link("people"), "people") == []
    assert again.request == chosen.request and again.choice == WEALTH
    assert again.link("people") == chosen.link("people")


def test_a_link_holds_numbers_that_were_not_moved_too() -> None:
    held = link.read_token(Explore().link("people")).first.numbers
    assert held == {RATE: 0.02, "law.wealth_tax.bands.1.above": 10_000_000}


def test_a_link_carries_a_scenario_of_ones_own() -> None:
    chosen, again = Explore(), Explore()
    chosen.upload(MINE, "mine.yaml")
    chosen.move("law.child_benefit.eldest.plus", 4)
    again.open(chosen.link("people"), "people")
    assert again.choice == OWN and again.request == chosen.request


def test_a_link_says_what_has_changed_since_it_was_made() -> None:
    made = link.read_token(Explore().link("people"))
    made = made._replace(model="0.0.1", first=made.first._replace(digest="elsewhere"))
    told = " ".join(Explore().open(link.token(made), "other people"))
    assert "version 0.0.1" in told and "another population" in told and "has changed since" in told


def token_of(**held) -> str:
    proposal = {"s": WEALTH, "d": "", "u": {}, "n": {}, "t": ""}
    first = proposal | {name: value for name, value in held.items() if name in proposal}
    second = held.get("c")
    whole = {"m": "0", "p": "", "y": "2026-27", "a": "", "f": first, "c": second and (proposal | second)}
    whole |= {name: value for name, value in held.items() if name in ("m", "p", "y", "a")}
    return "2." + base64.urlsafe_b64encode(zlib.compress(json.dumps(whole).encode())).decode().rstrip("=")


@pytest.mark.parametrize(
    "made, told",
    [
        ("", "cannot be read"),
        ("rubbish", "cannot be read"),
        ("9.abc", "form 9"),
        ("2.abc", "damaged"),
        ("2." + "A" * 7_000, "longer than any"),
        ("2." + base64.urlsafe_b64encode(zlib.compress(b"0" * 3_000_000)).decode(), "damaged"),
        ("2." + base64.urlsafe_b64encode(zlib.compress(b"[1]")).decode(), "does not hold what"),
        (token_of(n={RATE: "2"}), "not a number"),
        (token_of(n={RATE: True}), "not a number"),
        (token_of(s="wealth/none"), "which is not here"),
        (token_of(s="../../secrets"), "which is not here"),
        (token_of(y="2099-00"), "cannot be chosen here"),
        (token_of(a="E99999999"), "There is no council area"),
        (token_of(n={RATE: -1}), "at least 0"),
        (token_of(t="title: ["), "not valid YAML"),
        (token_of(u={"use": []}), "does not hold what"),
        (token_of(u={"use": [{"service": {"name": "castles", "share_of_proceeds": 1}}], "closure": "none"}), "no service"),
        (token_of(u={"use": "all", "closure": "none"}), "must be a list"),
        (token_of(c={"s": "wealth/none"}), "which is not here"),
        (token_of(c={"n": {RATE: "2"}}), "not a number"),
    ],
)
def test_a_link_that_is_wrong_gets_a_sentence_and_changes_nothing(made: str, told: str) -> None:
    chosen = Explore()
    before = chosen.request
    with pytest.raises(Fault, match=told):
        chosen.open(made, "people")
    assert chosen.request == before


def test_a_scenario_too_long_for_a_link_says_so() -> None:
    chosen = Explore()
    long = "".join(f"  - in {value * 7919 % 1_000_003:x}\n" for value in range(4_000))
    chosen.upload(MINE + "sources:\n" + long, "mine.yaml")
    with pytest.raises(Fault, match="too long for a link"):
        chosen.link("people")


# ---- the lists -----------------------------------------------------------------------------------------------------


def test_a_scenario_that_cannot_be_read_is_left_out_of_the_list(monkeypatch) -> None:
    def read(name: str):
        if name == CHILD_BENEFIT:
            raise Fault("This file is half written.")
        return read_scenario(name)

    monkeypatch.setattr(state, "read_scenario", read)
    listed = [name for members in state.titles().values() for name, _ in members]
    assert WEALTH in listed and CHILD_BENEFIT not in listed


# ---- words on the page ---------------------------------------------------------------------------------------------


def test_all_text_of_a_scenario_is_escaped() -> None:
    chosen = Explore()
    chosen.upload(MINE.replace("To see.", '"<script>alert(1)</script>"'), "mine.yaml")
    shown = str(frame.pieces("explore.html").choice(chosen, state.titles()))
    assert "<script>" not in shown and "&lt;script&gt;" in shown


# ---- uses of the money ---------------------------------------------------------------------------------------------

uses = page_module("uses")
PACKAGE = "packages/wealth_tax_three_uses"


def shares(chosen) -> list:
    said = chosen.scenario.document.data.get("use") or []
    return [(use.get("equal_payment") or use.get("service") or {}).get("share_of_proceeds") for use in said]


def test_a_first_use_takes_all_and_a_second_a_part() -> None:
    chosen = Explore()
    chosen.add_use("payment:children")
    chosen.add_use("service:health")
    assert shares(chosen) == ["the_rest", 0.1]
    assert [use.what for use in chosen.scenario.use] == ["an equal payment for every child", "the health service"]
    assert chosen.changed and chosen.uses_changed
    assert by_id(chosen)["use.1.service.share_of_proceeds"].value == 10
    chosen.put_back()
    assert not chosen.changed and not chosen.uses_changed


def test_one_use_alone_takes_the_rest() -> None:
    chosen = Explore()
    chosen.add_use("payment:children")
    chosen.add_use("service:health")
    chosen.take_the_rest("1")
    assert shares(chosen) == [0.1, "the_rest"]
    chosen.take_a_part("1", 0.25)
    assert shares(chosen) == [0.1, 0.25]
    chosen.remove_use("0")
    assert shares(chosen) == [0.25]


def test_a_package_that_need_not_balance_any_more_borrows() -> None:
    chosen = Explore(first=PACKAGE)
    assert chosen.scenario.closure == "none"
    chosen.remove_use("2")
    assert chosen.scenario.closure == "borrowing"


def test_another_proposals_law_can_pay_for_one() -> None:
    chosen = Explore(first=CHILD_BENEFIT)
    chosen.add_use("law:income_tax/basic_rate_plus_one_penny")
    assert chosen.scenario.use[0].what.startswith("the basic rate of income tax rises")
    assert any(number.path[:3] == ("use", 0, "law") for number in chosen.numbers)
    with pytest.raises(Fault, match="cannot take a part"):
        chosen.take_the_rest("0")


@pytest.mark.parametrize("id", [entry.id for entries in uses.menu().values() for entry in entries])
def test_every_use_of_the_list_can_be_added(id: str) -> None:
    chosen = Explore()
    chosen.add_use(id)
    assert len(chosen.scenario.use) == 1


@pytest.mark.parametrize(
    "do, told",
    [
        (lambda chosen: chosen.add_use(""), "Choose a use"),
        (lambda chosen: chosen.add_use("service:castles"), "Choose a use"),
        (lambda chosen: chosen.remove_use("0"), "not there any more"),
        (lambda chosen: chosen.remove_use("-1"), "not there any more"),
        (lambda chosen: chosen.take_the_rest("nine"), "not there any more"),
        (lambda chosen: chosen.write("title: ["), "Your text, line"),
        (lambda chosen: chosen.write("x" * 1_000_001), "longer than 1 MB"),
        (lambda chosen: chosen.choose_beside("wealth/none"), "There is no scenario"),
        (lambda chosen: chosen.choose_beside("kept"), "kept no proposal"),
    ],
)
def test_a_use_or_a_comparison_that_cannot_be_had_is_told_in_a_sentence(do, told: str) -> None:
    chosen = Explore()
    before = chosen.request, chosen.beside
    with pytest.raises(Fault, match=told):
        do(chosen)
    assert (chosen.request, chosen.beside) == before


def test_uses_have_an_end() -> None:
    chosen = Explore()
    for _ in range(uses.MOST):
        chosen.add_use("service:health")
    with pytest.raises(Fault, match="at most"):
        chosen.add_use("service:health")


def test_a_link_carries_uses_and_their_numbers() -> None:
    chosen, again = Explore(), Explore()
    chosen.add_use("service:schools")
    chosen.add_use("payment:pensioners")
    chosen.move("use.1.equal_payment.share_of_proceeds", 35)
    assert again.open(chosen.link("people"), "people") == []
    assert again.request == chosen.request and again.link("people") == chosen.link("people")


# ---- another beside it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("beside", [CHILD_BENEFIT, "published", "kept"])
def test_a_link_carries_what_stands_beside(beside: str) -> None:
    chosen, again = Explore(), Explore()
    chosen.move(RATE, 3)
    chosen.keep()
    chosen.move(RATE, 4)
    chosen.choose_beside(beside)
    assert again.open(chosen.link("people"), "people") == []
    assert again.second_request == chosen.second_request != again.request
    assert again.beside == beside and again.link("people") == chosen.link("people")


def test_what_was_typed_is_taken() -> None:
    chosen = Explore()
    chosen.write(MINE)
    assert chosen.choice == OWN and chosen.scenario.title == "Mine"


# ---- the balance in words ------------------------------------------------------------------------------------------

Balance = page_module("explore_answer").Balance


@pytest.mark.parametrize(
    "balance, told",
    [
        (
            Balance(5e9, (5e9,), 0.0, "none"),
            "It raises about £5.0 billion a year. Its uses take about £5.0 billion. It balances: nothing is",
        ),
        (
            Balance(5e9, (), 5e9, "borrowing"),
            "It raises about £5.0 billion a year. About £5.0 billion a year is left over, and so much less",
        ),
        (Balance(5e9, (2e9,), 3e9, "saving"), "About £3.0 billion a year is left over, and it is put aside."),
        (
            Balance(-2e9, (), -2e9, "borrowing"),
            "It costs about £2.0 billion a year. It is about £2.0 billion a year short, which is borrowed.",
        ),
        (Balance(-2e9, (-2e9,), 5e3, "borrowing"), "Its uses bring in about £2.0 billion. It balances to within £5,000."),
        (
            Balance(1e8, (), 1e8, "borrowing", unsure=True),
            "so much less is borrowed. That is too near nothing for us to tell which way it goes.",
        ),
    ],
)
def test_the_balance_is_told_in_words(balance, told: str) -> None:
    assert told in balance.words
