"""The workshop in a real browser: a phone, a second phone, the big screen and the facilitator, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from opened import LEVEL_AA, NARROW, PATIENCE, PHONE, WIDE, Opened, sideways

STEPS = ("welcome", "place", "household", "predict", "budget", "money", "success", "close")
UP, DOWN = "income_tax/basic_rate_plus_one_penny", "benefits/universal_credit_plus_ten_pounds"


@pytest.fixture(autouse=True)
def fresh(workshop: Any) -> Iterator[None]:
    """Every test begins with an empty room at the first step."""
    room = workshop.room
    room.store.execute("DELETE FROM choices")
    room.go("welcome")
    room.choose_reform(room.proposals[0])
    yield


def phone(browser: Any, workshop: Any, group: str = "blue", **how: Any) -> Opened:
    opened = Opened(browser, workshop.address, PHONE, **how)
    opened.done("join", lambda: opened.page.select_option("#group", group))
    return opened


def at(opened: Opened, workshop: Any, step: str) -> None:
    opened.done("step", lambda: workshop.room.go(step))


def type_into(opened: Opened, id: str, value: str, done: str) -> None:
    def type_it() -> None:
        opened.page.fill(f"#{id}", value)
        opened.page.keyboard.press("Tab")

    opened.done(done, type_it)


def test_a_phone_follows_the_room_through_every_step(browser: Any, workshop: Any) -> None:
    opened = phone(browser, workshop)
    assert "You are in the Blue group" in opened.text("#live")
    for number, step in enumerate(STEPS, 1):
        if step != "welcome":
            at(opened, workshop, step)
        assert opened.page.locator("h1").count() == 1 and f"Step {number} of 8" in opened.text("#heading")
    assert not opened.wrong
    assert not [url for url in opened.asked if not url.startswith((workshop.address, f"blob:{workshop.address}", "data:"))]
    opened.context.close()


def test_people_guess_their_place_and_then_see_it_and_leave_no_trace(browser: Any, workshop: Any) -> None:
    opened = phone(browser, workshop)
    at(opened, workshop, "place")
    opened.done("guess", lambda: opened.page.select_option("#guess-income", "5"))
    type_into(opened, "own-income", "1,111", "own")
    type_into(opened, "own-wealth", "20000", "own")
    said = opened.text("#live")
    assert "Your income is in the lowest tenth" in said or "Your income is in the second tenth" in said
    assert "You guessed the fifth tenth" in said and "Your wealth is in" in said
    assert "Shown once five people have guessed" in opened.text("#room")
    assert "1111" not in opened.page.url and not opened.page.evaluate(
        "localStorage.length + sessionStorage.length + document.cookie.length"
    )
    held = list(workshop.room.store.execute("SELECT * FROM choices"))
    assert not held, "what a person says of themselves is in the database"
    opened.done("forget", lambda: opened.page.click("text=Clear my answers >> nth=0"))
    assert not opened.page.input_value("#own-income") and "Your income" not in opened.text("#live")
    opened.context.close()
    assert not opened.wrong


def test_an_example_household_and_one_of_ones_own(browser: Any, workshop: Any) -> None:
    opened = phone(browser, workshop)
    at(opened, workshop, "household")
    opened.done("example", lambda: opened.page.select_option("#example", "pensioner"))
    assert "State Pension" in opened.text("#example-table") and "Health" in opened.text("#services-table")
    opened.page.click("#mine-details summary")
    type_into(opened, "mine-pay", "2000", "mine")
    assert "a month left" in opened.text("#mine h3")
    opened.context.close()
    assert not opened.wrong


def test_groups_guess_and_the_facilitator_reveals(browser: Any, workshop: Any) -> None:
    blue, wall = phone(browser, workshop), Opened(browser, f"{workshop.address}screen", WIDE)
    host = Opened(browser, workshop.facilitator, WIDE)
    at(blue, workshop, "predict")
    type_into(blue, "predict-lose", "40", "predict")
    blue.done("predict", lambda: blue.page.select_option("#predict-low", "same"))
    wall.page.wait_for_function("document.getElementById('room').innerText.includes('Blue')", timeout=PATIENCE)
    assert "The model" not in wall.text("#room")
    host.page.wait_for_selector("#reveal", timeout=PATIENCE)
    host.done("reveal", lambda: host.page.click("#reveal"))
    for each in (blue, wall):
        each.page.wait_for_selector("#room svg", state="attached", timeout=PATIENCE)
        assert "The model" in each.text("#guesses-table") and "This would raise" in each.text("#room")
    blue.page.fill("#predict-gain", "101")
    blue.refused(lambda: blue.page.keyboard.press("Tab"))
    assert "0 to 100" in blue.text("#predict-gain-wrong")
    for each in (blue, wall, host):
        assert not each.wrong
        each.context.close()


def test_a_group_shares_one_budget_that_must_balance(browser: Any, workshop: Any) -> None:
    first, second = phone(browser, workshop), phone(browser, workshop)
    other = phone(browser, workshop, "green")
    for each in (first, second, other):
        if each is first:
            workshop.room.go("budget")
        each.page.wait_for_selector("#budget-income_tax", timeout=PATIENCE)
    first.done("budget", lambda: first.page.select_option("#budget-income_tax", UP))
    assert "to spare" in first.text("#balance")
    second.page.wait_for_function(f"document.getElementById('budget-income_tax').value === '{UP}'", timeout=PATIENCE)
    assert not other.page.input_value("#budget-income_tax")
    for topic, choice in (
        ("universal_credit", DOWN),
        ("health", "spending/health_two_billion_more"),
        ("homes", "spending/council_homes_two_billion_more"),
    ):
        second.done("budget", lambda topic=topic, choice=choice: second.page.select_option(f"#budget-{topic}", choice))
    first.page.wait_for_function("document.getElementById('balance').innerText.includes('balances')", timeout=PATIENCE)
    assert first.page.locator("#tenths-table tbody tr").count() == 10 and first.page.locator("#budget-table tbody tr").count() == 5
    for each in (first, second, other):
        assert not each.wrong
        each.context.close()


def test_money_moves_and_measures_are_three_at_most(browser: Any, workshop: Any) -> None:
    opened = phone(browser, workshop)
    at(opened, workshop, "money")
    assert "taxes bring in 20" in opened.text("#live")
    type_into(opened, "money-spending", "30", "money")
    assert "taxes bring in 30 each period and households hold 120" in opened.text("#live")
    at(opened, workshop, "success")
    for id in ("poverty", "homes", "care"):
        opened.done("success", lambda id=id: opened.page.check(f"#success-{id}"))
    opened.refused(lambda: opened.page.click("#success-trust"))
    assert "three at most" in opened.text("#success-trust-wrong") and not opened.page.is_checked("#success-trust")
    assert "More people in a home" in opened.text("#room")
    opened.context.close()
    assert not opened.wrong


def test_the_facilitator_works_by_keyboard_exports_and_wipes(browser: Any, workshop: Any) -> None:
    host = Opened(browser, workshop.facilitator, WIDE)
    page = host.page
    for _ in range(15):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "next":
            break
    host.done("next", lambda: page.keyboard.press("Enter"))
    assert "Where do you think you are?" in host.text("h1") and page.evaluate("document.activeElement.id") == "next"
    assert page.locator("#live li").count() >= 3 and "planned for 10 minutes" in host.text("#live")
    host.refused(lambda: page.click("#export"))
    assert "No group has chosen anything" in host.text("#export-wrong")
    workshop.room.budget("green", "income_tax", UP)
    with page.expect_download() as waiting:
        page.click("#export")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert text.startswith("# Choices of groups") and f"green,budget,income_tax,{UP}" in text
    host.done("asked", lambda: page.click("#end"))
    assert "Press again" in host.text("#end-wrong") and not workshop.room.ended
    host.done("back", lambda: page.click("#back"))
    assert not host.text("#end-wrong"), "another press takes the question back"
    assert not host.wrong
    host.context.close()


def test_nobody_leads_the_room_without_the_key(browser: Any, workshop: Any) -> None:
    opened = Opened(browser, f"{workshop.address}facilitator?key=guess", WIDE)
    assert "This page is for the facilitator" in opened.text("main") and opened.page.locator("#next").count() == 0
    opened.context.close()


def test_the_big_screen_shows_an_address_a_code_and_large_letters(browser: Any, workshop: Any) -> None:
    wall = Opened(browser, f"{workshop.address}screen", {"width": 1920, "height": 1080})
    assert workshop.address in wall.text("#live") and wall.page.locator("#live svg").is_visible()
    assert wall.page.evaluate("parseFloat(getComputedStyle(document.querySelector('#live p')).fontSize)") >= 28
    wall.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["phone", "screen", "facilitator"])
def test_axe_finds_no_violation_at_any_step(browser: Any, workshop: Any, page: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    where = {"phone": workshop.address, "screen": f"{workshop.address}screen", "facilitator": workshop.facilitator}[page]
    opened = Opened(browser, f"{where}?see=blue" if page == "phone" else where, NARROW if page == "phone" else WIDE, color_scheme=scheme)
    workshop.room.budget("blue", "income_tax", UP)
    workshop.room.measure("blue", "poverty", True, ["poverty"], "")
    workshop.room.predict("blue", "lose", "40")
    workshop.room.reveal(True)
    wrong = []
    for step in STEPS:
        workshop.room.go(step)
        opened.page.wait_for_function(f"document.getElementById('heading').innerText.includes('Step {STEPS.index(step) + 1} of')")
        opened.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found = Axe().run(opened.page, options={"runOnly": [*LEVEL_AA, "best-practice"]}).response["violations"]
        wrong += [(step, each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]
        wrong += [(step, each) for each in sideways(opened.page)]
    opened.context.close()
    assert not wrong
