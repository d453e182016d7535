"""The workshop in a real browser: a phone, a second phone, the big screen and the facilitator, step by step."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fairshare.dashboard import page_module
from opened import LEVEL_AA, NARROW, PATIENCE, PHONE, WIDE, Opened, sideways

texts = page_module("texts").texts
STEPS = ("welcome", "place", "household", "predict", "budget", "money", "success", "close")
UP, DOWN = "income_tax/basic_rate_plus_one_penny", "benefits/universal_credit_plus_ten_pounds"


@pytest.fixture(autouse=True)
def fresh(workshop: Any) -> Iterator[None]:
    """Every test begins with an empty room at the first step."""
    empty(workshop.room)
    yield
    empty(workshop.room)


def empty(room: Any) -> None:
    room.store.execute("DELETE FROM choices")
    room.go("welcome")
    room.choose_reform(room.proposals[0])


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


def test_people_guess_their_place_and_then_see_it_and_leave_no_trace(browser: Any, workshop: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
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
    assert not [file for file in workshop.room.file.parent.rglob("*") if b"1111" in file.read_bytes() or b"1,111" in file.read_bytes()]
    assert not re.search(r"1,?111|20000", caplog.text), "what a person says of themselves is in a log"
    assert not [url for url in opened.asked if re.search(r"1,?111|20000", url)]
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
    assert "Health" in opened.text("#mine-flows") and "a month in VAT and duties" in opened.text("#mine-back")
    opened.done("mine", lambda: opened.page.click("#mine-clear"))
    assert not opened.text("#mine") and not opened.text("#mine-back") and opened.page.evaluate("document.activeElement.id") == "mine-clear"
    compared = opened.page.locator("#examples-table tbody tr")
    assert compared.count() == 5 and "−£" in compared.nth(0).inner_text()
    opened.context.close()
    assert not opened.wrong


def test_groups_guess_and_the_facilitator_reveals(browser: Any, workshop: Any) -> None:
    blue, wall = phone(browser, workshop), Opened(browser, f"{workshop.address}screen", WIDE)
    host = Opened(browser, workshop.facilitator, WIDE)
    at(blue, workshop, "predict")
    type_into(blue, "predict-lose", "40", "predict")
    blue.done("predict", lambda: blue.page.select_option("#predict-low", "same"))
    wall.page.wait_for_function("document.getElementById('live').innerText.includes('Blue')", timeout=PATIENCE)
    assert "The model" not in wall.text("main") and not wall.page.locator("svg text").count()
    host.page.wait_for_selector("#reveal", timeout=PATIENCE)
    host.done("reveal", lambda: host.page.click("#reveal"))
    for each in (blue, wall):
        each.page.wait_for_selector("#room svg", state="attached", timeout=PATIENCE)
        assert "The model" in each.text("#guesses-table") and "This would raise" in each.text("main")
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
    assert page.locator("#live li").count() >= 3 and "planned for 10 minutes" in host.text("#timing")
    host.refused(lambda: page.click("#export"))
    assert "No group has chosen anything" in host.text("#export-wrong")
    workshop.room.budget("green", "income_tax", UP)
    with page.expect_download() as waiting:
        page.click("#export")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert (
        text.startswith("# Choices of groups") and "Source: fairshare" in text.splitlines()[0] and f"green,budget,income_tax,{UP}" in text
    )
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


def test_a_phone_takes_part_by_keyboard_alone(browser: Any, workshop: Any) -> None:
    opened = Opened(browser, workshop.address, PHONE)
    page = opened.page

    def tab_to(id: str) -> None:
        for _ in range(40):
            if page.evaluate("document.activeElement.id") == id:
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {id}")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to("group")
    opened.done("join", lambda: page.keyboard.press("ArrowDown"))
    assert "You are in the Blue group" in opened.text("#live")
    at(opened, workshop, "place")
    tab_to("own-income")
    page.keyboard.type("2500")
    opened.done("own", lambda: page.keyboard.press("Tab"))
    assert "Your income is in" in opened.text("#live") and page.evaluate("document.activeElement.id") == "own-adults"
    at(opened, workshop, "budget")
    tab_to("budget-universal_credit")
    opened.done("budget", lambda: page.keyboard.press("ArrowDown"))
    assert "short" in opened.text("#balance") and "short" in opened.text("#said")
    assert page.evaluate("document.activeElement.id") == "budget-universal_credit"
    seen = page.evaluate(
        """() => {
          const field = document.activeElement, at = field.getBoundingClientRect();
          const bar = document.getElementById("balance").getBoundingClientRect();
          return { outline: getComputedStyle(field).outlineStyle, hidden: at.bottom > bar.top && at.top < bar.bottom };
        }"""
    )
    assert seen == {"outline": "solid", "hidden": False}, "the field in use is under the balance"
    at(opened, workshop, "success")
    tab_to("success-poverty")
    opened.done("success", lambda: page.keyboard.press("Space"))
    assert "poverty" in opened.text("#room") and not opened.wrong
    opened.context.close()


def test_a_phone_that_was_away_comes_back_to_where_the_room_is(browser: Any, workshop: Any) -> None:
    opened = phone(browser, workshop)
    page = opened.page
    assert page.evaluate("Bokeh.documents.length") == 1
    page.evaluate(
        """() => {
          const apply = (send, it, given) => { window.joined = it; return send.apply(it, given); };
          WebSocket.prototype.send = new Proxy(WebSocket.prototype.send, { apply });
        }"""
    )
    opened.done("join", lambda: page.select_option("#group", "green"))
    page.evaluate("document.documentElement.dataset.done = ''; joined.close()")
    workshop.room.go("budget")
    workshop.room.budget("green", "income_tax", UP)
    page.wait_for_selector("html[data-done=again]", timeout=PATIENCE)
    assert "Step 5 of 8" in opened.text("#heading") and page.input_value("#budget-income_tax") == UP
    assert not page.is_visible("#lost") and "connect" not in opened.text("body").lower()
    second = "benefits/universal_credit_plus_ten_pounds"
    opened.done("budget", lambda: page.select_option("#budget-universal_credit", second))
    assert workshop.room.chosen("budget")["green"] == {"income_tax": UP, "universal_credit": second}
    opened.context.close()


def test_the_facilitator_sees_how_much_time_is_left(browser: Any, workshop: Any) -> None:
    host = Opened(browser, workshop.facilitator, WIDE)
    assert "About 10 minutes are left" in host.text("#timing") and "the whole session ends at" in host.text("#timing")
    workshop.room.began = time.time() - 12.5 * 60
    workshop.room.reveal(False)
    host.page.wait_for_function("document.getElementById('timing').innerText.includes('2 minutes over')", timeout=PATIENCE)
    assert "until" in host.text("#timing") and not host.wrong
    host.context.close()


def test_all_of_a_step_is_on_the_big_screen_at_once(browser: Any, workshop: Any) -> None:
    room = workshop.room
    wall = Opened(browser, f"{workshop.address}screen", {"width": 1920, "height": 1080})
    for group in ("blue", "green", "orange", "purple", "red"):
        for topic, choices in room.topics.items():
            room.budget(group, topic, choices[-1])
        for question, answer in (("gain", "30"), ("lose", "60"), ("low", "same"), ("high", "less")):
            room.predict(group, question, answer)
    for number, name in enumerate(texts("workshop")["success"]["choices"]):
        room.store.execute(
            "INSERT INTO choices VALUES (?, 'success', ?, 'yes')", (("blue", "green", "orange", "purple", "red")[number % 5], name)
        )
    people = [object() for _ in range(30)]
    for number, person in enumerate(people):
        room.guess(person, "income", number % 10 + 1)
        room.guess(person, "wealth", number % 7 + 1)
    tall = []
    for step in STEPS:
        for shown in (False, True) if step == "predict" else (False,):
            room.go(step)
            room.reveal(shown)
            wall.page.wait_for_function(f"document.getElementById('heading').innerText.includes('Step {STEPS.index(step) + 1} of')")
            wall.page.wait_for_timeout(400)
            height = wall.page.evaluate("document.documentElement.scrollHeight")
            if height > 1080:
                tall.append((step, shown, height))
    for person in people:
        room.leave(person)
    wall.context.close()
    assert not tall


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", ["phone", "screen", "facilitator"])
def test_axe_finds_no_violation_at_any_step(browser: Any, workshop: Any, page: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    where = {"phone": workshop.address, "screen": f"{workshop.address}screen", "facilitator": workshop.facilitator}[page]
    opened = Opened(browser, f"{where}?see=blue" if page == "phone" else where, NARROW if page == "phone" else WIDE, color_scheme=scheme)
    workshop.room.budget("blue", "income_tax", UP)
    workshop.room.measure("blue", "poverty", True, ["poverty"])
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


def test_axe_finds_no_violation_where_the_workshop_is_over_or_the_key_is_wrong(browser: Any, workshop: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened, stranger = phone(browser, workshop), Opened(browser, f"{workshop.address}facilitator", NARROW)
    workshop.room.ended = True
    try:
        at(opened, workshop, "close")
        assert "The workshop has ended" in opened.text("main")
        for each in (opened, stranger):
            found = Axe().run(each.page, options={"runOnly": [*LEVEL_AA, "best-practice"]}).response["violations"]
            assert not [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] and not each.wrong
            each.context.close()
    finally:
        workshop.room.ended = False


@pytest.mark.parametrize("page", ["phone", "screen", "facilitator"])
def test_targets_are_large_enough_and_nothing_scrolls_sideways_on_a_narrow_phone(browser: Any, workshop: Any, page: str) -> None:
    where = {"phone": f"{workshop.address}?see=blue", "screen": f"{workshop.address}screen", "facilitator": workshop.facilitator}[page]
    opened = Opened(browser, where, NARROW)
    workshop.room.budget("blue", "council_tax", "council_tax/support_covers_the_whole_bill")
    workshop.room.reveal(True)
    wrong = []
    for step in STEPS:
        workshop.room.go(step)
        opened.page.wait_for_function(f"document.getElementById('heading').innerText.includes('Step {STEPS.index(step) + 1} of')")
        opened.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        wrong += [(step, each) for each in sideways(opened.page)]
        wrong += [
            (step, each)
            for each in opened.page.evaluate(
                """() => [...document.querySelectorAll("a:not(.skip), button, input, select, summary")]
                  .filter((each) => each.offsetParent !== null)
                  .filter((each) => { const { width, height } = each.getBoundingClientRect(); return width < 24 || height < 24; })
                  .map((each) => each.outerHTML.slice(0, 90))"""
            )
        ]
    opened.context.close()
    assert not wrong


@pytest.mark.parametrize("name", ["cards", "worksheets", "answers"])
def test_the_pack_opens_without_a_network_and_has_no_violation(browser: Any, workshop: Any, tmp_path: Path, name: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page_module("workshop_pack").write_pack(page_module("workshop").common().made, tmp_path)
    opened = browser.new_page(viewport=NARROW)
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto((tmp_path / f"{name}.html").as_uri())
    assert "Made " in opened.inner_text("footer") and "fairshare workshop pack" in opened.inner_text("footer")
    assert asked == [(tmp_path / f"{name}.html").as_uri()]
    assert opened.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    found = Axe().run(opened, options={"runOnly": [*LEVEL_AA, "best-practice"]}).response["violations"]
    opened.close()
    assert not [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]
