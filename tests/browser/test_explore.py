"""Explore in a real browser: what a person does with it, by mouse, by keyboard and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from opened import LEVEL_AA, NARROW, PATIENCE, PHONE, WIDE
from opened import Opened as Page

WEALTH = "wealth/two_percent_above_ten_million"
RATE = "law.wealth_tax.bands.1.rate"
CHILD_BENEFIT = "benefits/child_benefit_plus_ten_pounds"
PENNY = "income_tax/basic_rate_plus_one_penny"


class Opened(Page):
    """A page of Explore."""

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_selector("html[data-connected=yes]", timeout=PATIENCE)

    def drag(self, number: str, to: float) -> None:
        """Let go of a slider at a place, as a mouse does."""
        self.page.evaluate(
            """([id, to]) => {
              const slider = document.getElementById(`${id}-slider`);
              slider.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
              slider.value = to;
              slider.dispatchEvent(new Event("input", { bubbles: true }));
              slider.dispatchEvent(new Event("change", { bubbles: true }));
            }""",
            [number, to],
        )

    def add_use(self, id: str) -> None:
        def add() -> None:
            self.page.select_option("#new-use", id)
            self.page.click("button[data-do=use-add]")

        self.answered(add)

    def everything_shown(self) -> None:
        """A proposal with uses of the money, a map, and another proposal beside it."""
        self.answered(lambda: self.page.select_option("#scenario", CHILD_BENEFIT))
        self.add_use(f"law:{PENNY}")
        self.add_use("service:health")
        self.answered(lambda: self.page.select_option("#beside", WEALTH))
        self.page.wait_for_selector("#map svg use", state="attached")
        self.page.wait_for_selector("#comparison svg", state="attached")

    def saved(self, what: str) -> tuple[str, str]:
        """The name and the text of a download."""
        with self.page.expect_download() as waiting:
            self.page.click(f'button[data-do=save][data-what="{what}"]')
        return waiting.value.suggested_filename, Path(waiting.value.path()).read_text(encoding="utf-8")


@pytest.fixture
def wide(browser: Any, explore: str) -> Iterator[Opened]:
    opened = Opened(browser, explore, WIDE)
    yield opened
    opened.context.close()


def test_it_loads_whole_and_without_errors(wide: Opened, explore: str) -> None:
    wide.page.wait_for_selector(".picture canvas", state="attached", timeout=PATIENCE)
    assert wide.page.locator("h1").count() == 1
    assert wide.text("#headline") and wide.text("#state") == "Up to date"
    assert wide.page.locator("#table-by_income_tenth tbody tr").count() == 10
    assert wide.page.evaluate("document.documentElement.lang") == "en"
    for landmark in ("header", "nav", "main", "footer", "a.skip", "[aria-live=polite]"):
        assert wide.page.locator(landmark).count() == 1, landmark
    assert not wide.wrong


def test_nothing_is_asked_of_any_other_machine(wide: Opened, explore: str) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", CHILD_BENEFIT))
    elsewhere = [url for url in wide.asked if not url.startswith((explore, f"blob:{explore}", "data:"))]
    assert not elsewhere


def test_moving_a_number_changes_sentence_chart_and_table(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    before = {place: wide.text(place) for place in ("#headline", "#chart-words", "#table-by_income_tenth", "#table-where_the_money_goes")}
    drawn = wide.page.locator(".picture").screenshot()
    wide.answered(lambda: wide.drag(RATE, 4))
    assert wide.page.input_value(f'[id="{RATE}"]') == "4"
    for place, text in before.items():
        assert wide.text(place) != text, place
    wide.page.wait_for_timeout(500)
    assert wide.page.locator(".picture").screenshot() != drawn
    assert wide.text("#state") == "Up to date"
    assert wide.text("#headline") in wide.text("#said")
    assert "A 2% yearly tax" in wide.page.title() and "with its numbers changed" in wide.text("#about")
    wide.answered(lambda: wide.page.click("#put-back"))
    assert wide.text("#headline") == before["#headline"]
    assert not wide.wrong


def test_a_change_is_announced_once(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    wide.page.evaluate(
        """() => {
          window.announced = [];
          new MutationObserver(() => window.announced.push(document.getElementById("said").textContent))
            .observe(document.getElementById("said"), { childList: true });
        }"""
    )
    wide.answered(lambda: wide.drag(RATE, 3.1))
    wide.page.wait_for_timeout(300)
    announced = wide.page.evaluate("window.announced")
    assert len(announced) == 1 and announced[0].startswith("Results updated.")


def test_the_latest_of_many_moves_is_the_one_shown(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    for rate in (1.1, 1.7, 2.3, 2.9):
        wide.drag(RATE, rate)
    wide.page.wait_for_timeout(2_000)
    first = wide.text("#headline"), wide.page.url
    wide.answered(lambda: wide.drag(RATE, 1.1))
    wide.answered(lambda: wide.drag(RATE, 2.9))
    assert (wide.text("#headline"), wide.page.url) == first


def test_a_scenario_is_chosen_and_its_numbers_moved_by_keyboard_alone(wide: Opened) -> None:
    page = wide.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == "scenario":
            break
        page.keyboard.press("Tab")
    chosen = page.input_value("#scenario")
    wide.answered(lambda: page.keyboard.press("ArrowUp"))
    assert page.input_value("#scenario") != chosen
    assert page.evaluate("document.activeElement.id") == "scenario"
    wide.answered(lambda: page.select_option("#scenario", WEALTH))
    page.focus(f'[id="{RATE}"]')
    page.keyboard.press("Control+A")
    page.keyboard.type("3.5")
    wide.answered(lambda: page.keyboard.press("Tab"))
    assert page.input_value(f'[id="{RATE}-slider"]') == "3.5"
    assert page.evaluate("document.activeElement.id") == f"{RATE}-slider"
    wide.answered(lambda: page.keyboard.press("ArrowRight"))
    assert float(page.input_value(f'[id="{RATE}"]')) > 3.5
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert not wide.wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_no_violation(browser: Any, explore: str, viewport: dict[str, int], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened = Opened(browser, explore, viewport, color_scheme=scheme)
    opened.everything_shown()
    opened.refused(lambda: opened.page.set_input_files("#upload", {"name": "bad.yaml", "mimeType": "text/yaml", "buffer": b"title: only"}))
    opened.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    opened.page.wait_for_timeout(300)
    found = Axe().run(opened.page, options={"runOnly": [*LEVEL_AA, "best-practice"]}).response["violations"]
    opened.context.close()
    assert not [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["phone", "narrow"])
def test_nothing_but_tables_scrolls_sideways(browser: Any, explore: str, viewport: dict[str, int]) -> None:
    opened = Opened(browser, explore, viewport)
    opened.everything_shown()
    opened.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    wider = opened.page.evaluate(
        """() => [...document.querySelectorAll("body, body *")]
          .filter((each) => !each.closest(".sideways, .workings, .unseen, .skip, .picture"))
          .filter((each) => each.getBoundingClientRect().right > innerWidth + 1
            || (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === "auto"))
          .map((each) => `${each.tagName} ${each.id} ${each.className}`)"""
    )
    assert not wider
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    opened.context.close()


def test_targets_are_large_enough(wide: Opened) -> None:
    small = wide.page.evaluate(
        """() => [...document.querySelectorAll("a:not(.skip), button, input, select, summary")]
          .filter((each) => each.offsetParent !== null)
          .map((each) => [each, each.getBoundingClientRect()])
          .filter(([each, box]) => box.height < 24 || box.width < 24)
          .map(([each]) => each.outerHTML.slice(0, 120))"""
    )
    assert not small


def test_a_link_reopens_the_same_result(browser: Any, wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    wide.answered(lambda: wide.drag(RATE, 3))
    wide.answered(lambda: wide.page.select_option("#area", "E08000035"))
    wide.answered(lambda: wide.page.select_option("#year", "2027-28"))
    assert wide.page.input_value("#link") == wide.page.url
    again = Opened(browser, wide.page.url, WIDE)
    again.page.wait_for_function("document.getElementById('state').textContent === 'Up to date'", timeout=PATIENCE)
    for place in ("#headline", "#finding-words", "#ranges", "#table-gainers_losers", "#chart-words", "#about"):
        assert again.text(place) == wide.text(place), place
    for field in ("#scenario", f'[id="{RATE}"]', "#area", "#year"):
        assert again.page.input_value(field) == wide.page.input_value(field), field
    assert not again.text("#notes") and not again.wrong
    again.context.close()


def test_a_council_has_fifths_and_the_country_tenths_again(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", CHILD_BENEFIT))
    wide.answered(lambda: wide.page.select_option("#area", "E08000025"))
    assert wide.page.locator("#table-by_income_tenth tbody tr").count() == 5
    assert "Birmingham" in wide.text("#about")
    assert not re.search(r"£\d\d+(\.\d+)? billion", wide.text("#money")), "a table of the whole country stays"
    wide.answered(lambda: wide.page.select_option("#area", ""))
    assert wide.page.locator("#table-by_income_tenth tbody tr").count() == 10
    wide.page.wait_for_timeout(500)
    assert not wide.wrong


def test_a_damaged_link_gets_a_sentence_and_a_page(browser: Any, explore: str) -> None:
    opened = Opened(browser, f"{explore}?see=2.abc", WIDE)
    assert "This link is damaged" in opened.text("#notes")
    assert opened.text("#headline")
    opened.context.close()


@pytest.mark.parametrize("what", ["by_income_tenth", "where_the_money_goes", "svg", "yaml"])
def test_a_download_opens_and_holds_its_source(wide: Opened, what: str) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    with wide.page.expect_download() as waiting:
        wide.page.click(f'button[data-do=save][data-what="{what}"]')
    name = waiting.value.suggested_filename
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert name.startswith("two_percent_above_ten_million") and Path(name).suffix == {"svg": ".svg", "yaml": ".yaml"}.get(what, ".csv")
    assert "Source: fairshare" in text and "Result" in text
    if what == "yaml":
        from fairshare.reading import parse
        from fairshare.scenario import scenario_from

        assert scenario_from(parse(text, name)).title == "A 2% yearly tax on household wealth above £10 million"
    elif what == "svg":
        assert text.startswith("<svg") and "<title" in text


def yaml_file(text: str, name: str = "mine.yaml") -> dict[str, Any]:
    return {"name": name, "mimeType": "text/yaml", "buffer": text.encode()}


MINE = """\
title: Child Benefit is £3 a week higher
because: Families with children would have more to live on.
from: 2026-27
law:
  child_benefit:
    eldest: {plus: 3}
"""


def test_a_scenario_of_ones_own(wide: Opened) -> None:
    wide.answered(lambda: wide.page.set_input_files("#upload", yaml_file(MINE)))
    assert wide.page.input_value("#scenario") == "own"
    assert "Child Benefit is £3 a week higher" in wide.page.title()
    assert wide.page.input_value('[id="law.child_benefit.eldest.plus"]') == "3"
    link = wide.page.url
    headline = wide.text("#headline")
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    wide.open(link)
    wide.page.wait_for_function("document.getElementById('state').textContent === 'Up to date'", timeout=PATIENCE)
    assert wide.text("#headline") == headline


@pytest.mark.parametrize(
    "text, told",
    [
        ("title: [", "mine.yaml, line 2, column 1: this is not valid YAML"),
        (MINE.replace("child_benefit", "child_benefits"), 'did you mean "child_benefit"?'),
        (MINE.replace("from: 2026-27", "from: 2026"), "is not a fiscal year"),
        (MINE + MINE, '"title" is given twice'),
        ("", "is empty"),
    ],
)
def test_a_wrong_upload_gets_a_sentence(wide: Opened, text: str, told: str) -> None:
    headline = wide.text("#headline")
    wide.refused(lambda: wide.page.set_input_files("#upload", yaml_file(text)))
    assert told in wide.text("#upload-wrong")
    assert "Traceback" not in wide.text("body")
    assert wide.text("#headline") == headline


def test_a_number_that_the_law_refuses_gets_a_sentence(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    field = f'[id="{RATE}"]'
    wide.page.fill(field, "-3")
    wide.refused(lambda: wide.page.keyboard.press("Tab"))
    assert "at least 0" in wide.text(f'[id="{RATE}-wrong"]')
    assert wide.page.get_attribute(field, "aria-invalid") == "true"
    wide.page.fill(field, "2")
    wide.answered(lambda: wide.page.keyboard.press("Tab"))
    assert not wide.text(f'[id="{RATE}-wrong"]')


def test_uses_are_added_by_keyboard_until_it_balances(wide: Opened) -> None:
    page = wide.page
    wide.answered(lambda: page.select_option("#scenario", WEALTH))
    assert "is left over" in wide.text("#balance")
    page.focus("#new-use")
    page.keyboard.type("The health")
    page.keyboard.press("Tab")
    wide.answered(lambda: page.keyboard.press("Enter"))
    assert "It balances: nothing is left over." in wide.text("#balance")
    assert "The health service: about £" in wide.text("#uses") and "It takes what the other uses leave" in wide.text("#uses")
    assert "all of it would be used" in wide.text("#headline")
    page.focus("#new-use")
    page.keyboard.type("Schools")
    page.keyboard.press("Tab")
    wide.answered(lambda: page.keyboard.press("Enter"))
    assert page.input_value('[id="use.1.service.share_of_proceeds"]') == "10"
    page.focus("#use-1-rest")
    wide.answered(lambda: page.keyboard.press("Enter"))
    assert "Schools: about £" in wide.text("#uses") and page.input_value('[id="use.0.service.share_of_proceeds"]') == "10"
    page.focus("#use-1-out")
    wide.answered(lambda: page.keyboard.press("Enter"))
    assert page.evaluate("document.activeElement.id") == "new-use", "focus is lost with what was taken out"
    assert "is left over" in wide.text("#balance")
    page.focus("#put-back")
    wide.answered(lambda: page.keyboard.press("Enter"))
    assert page.locator(".uses > li").count() == 0
    assert not wide.wrong


def test_nothing_chosen_to_add_gets_a_sentence(wide: Opened) -> None:
    wide.refused(lambda: wide.page.click("button[data-do=use-add]"))
    assert "Choose a use of the money" in wide.text("#new-use-wrong")


def test_a_number_at_which_it_balances_is_found(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", CHILD_BENEFIT))
    wide.add_use(f"law:{PENNY}")
    eldest = '[id="law.child_benefit.eldest.plus"]'
    wide.page.select_option("#solve", "law.child_benefit.eldest.plus")
    wide.answered(lambda: wide.page.click("button[data-do=solve]"))
    assert float(wide.page.input_value(eldest)) != 10
    assert "It balances" in wide.text("#balance")
    dear = MINE + "use:\n  - service: {name: health, amount: 900_000_000_000}\n"
    wide.page.fill("#yaml", dear)
    wide.answered(lambda: wide.page.click("button[data-do=write]"))
    wide.refused(lambda: wide.page.click("button[data-do=solve]"))
    assert "No value of" in wide.text("#solve-wrong")
    assert wide.page.input_value(eldest) == "3" and wide.text("#state") == "Up to date"


def test_two_proposals_side_by_side(browser: Any, wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", CHILD_BENEFIT))
    wide.answered(lambda: wide.page.select_option("#beside", PENNY))
    told = wide.text("#comparison")
    assert "First: Child Benefit rises" in told and "Second: The basic rate of income tax rises" in told
    assert wide.page.locator("#table-comparison tbody tr").count() >= 8
    name, text = wide.saved("comparison")
    assert name.endswith("_comparison.csv") and text.count("Source: fairshare") == 2 and "Households that gain,% of households," in text
    name, text = wide.saved("both")
    assert name.endswith("_both_by_income.svg") and "Source: fairshare" in text
    again = Opened(browser, wide.page.url, WIDE)
    again.page.wait_for_function("document.getElementById('state').textContent === 'Up to date'", timeout=PATIENCE)
    assert again.text("#comparison") == told and again.page.input_value("#beside") == PENNY
    again.context.close()
    wide.answered(lambda: wide.page.select_option("#beside", ""))
    assert not wide.text("#comparison")
    assert not wide.wrong


def test_one_proposal_is_kept_and_set_beside_the_next(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    wide.answered(lambda: wide.drag(RATE, 3))
    wide.answered(lambda: wide.page.click("#keep"))
    wide.answered(lambda: wide.drag(RATE, 1))
    first, second = (wide.page.locator(f"#table-comparison tbody tr:nth-child(2) td:nth-child({i})").inner_text() for i in (2, 3))
    assert first != second and first.startswith("£") and second.startswith("£")


def test_the_map_shows_councils_and_leads_to_one(wide: Opened) -> None:
    from fairshare.areas import areas

    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    assert "For single councils" in wide.text("#map")
    wide.answered(lambda: wide.page.select_option("#scenario", CHILD_BENEFIT))
    assert wide.page.locator("#map use").count() == len(areas())
    name, text = wide.saved("map")
    assert name.endswith("_by_council.svg") and "Source: fairshare" in text and "Open Innovations" in text
    wide.answered(lambda: wide.page.locator('#map use[data-area="E08000025"]').dispatch_event("click"))
    assert wide.page.input_value("#area") == "E08000025" and "Birmingham" in wide.text("#about")
    assert "Choose the whole United Kingdom" in wide.text("#map")
    assert not wide.wrong


def test_yaml_is_typed_on_the_page(wide: Opened) -> None:
    headline = wide.text("#headline")
    wide.page.fill("#yaml", MINE.replace("eldest", "oldest"))
    wide.refused(lambda: wide.page.click("button[data-do=write]"))
    assert "Your text, line 6" in wide.text("#yaml-wrong") and "Did you mean" in wide.text("#yaml-wrong").replace("did", "Did")
    assert wide.page.get_attribute("#yaml", "aria-invalid") == "true" and wide.text("#headline") == headline
    wide.page.fill("#yaml", MINE)
    wide.answered(lambda: wide.page.click("button[data-do=write]"))
    assert wide.page.input_value("#scenario") == "own" and not wide.text("#yaml-wrong")
    wide.answered(lambda: wide.drag("law.child_benefit.eldest.plus", 5))
    assert "plus: 5" in wide.page.input_value("#yaml")


def test_a_link_brings_back_uses_of_the_money(browser: Any, wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", WEALTH))
    wide.add_use("payment:pensioners")
    wide.add_use("service:schools")
    again = Opened(browser, wide.page.url, WIDE)
    again.page.wait_for_function("document.getElementById('state').textContent === 'Up to date'", timeout=PATIENCE)
    for place in ("#headline", "#balance", "#uses", "#table-where_the_money_goes", "#about"):
        assert again.text(place) == wide.text(place), place
    again.context.close()


def test_paper_shows_the_answer_and_no_controls(wide: Opened) -> None:
    wide.page.emulate_media(media="print")
    assert wide.page.is_visible("#headline") and wide.page.is_visible("#table-by_income_tenth")
    assert not wide.page.is_visible("#upload") and not wide.page.is_visible("button[data-do=save] >> nth=0")
