"""Story in a real browser: a finding is picked and taken away, and a household like mine leaves no trace."""

from __future__ import annotations

import csv
import http.client
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from opened import LEVEL_AA, NARROW, PHONE, WIDE, Opened, sideways

CHILD_BENEFIT = "benefits/child_benefit_plus_ten_pounds"


@pytest.fixture
def wide(browser: Any, story: str) -> Iterator[Opened]:
    opened = Opened(browser, story, WIDE)
    yield opened
    opened.context.close()


def test_it_loads_whole_and_without_errors(wide: Opened, story: str) -> None:
    assert wide.page.locator("h1").count() == 1
    assert wide.text("#headline") and wide.text("#state") == "Up to date"
    assert wide.page.locator(".on-wide svg[role=img] title").count() == 1
    assert "Source: fairshare" in wide.text("#picture") and "fairshare run wealth/" in wide.text("#know")
    for landmark in ("header", "nav", "main", "footer", "a.skip", "[aria-live=polite]"):
        assert wide.page.locator(landmark).count() == 1, landmark
    assert not [url for url in wide.asked if not url.startswith((story, f"blob:{story}", "data:"))]
    assert not wide.wrong


def test_every_finding_has_its_headline_chart_quote_and_caveat(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", CHILD_BENEFIT))
    seen = set()
    for finding in ("income", "parts", "low", "place", "money"):
        wide.answered(lambda finding=finding: wide.page.select_option("#finding", finding))
        headline, quote = wide.text("#headline"), wide.page.input_value("#quote")
        assert quote.startswith(headline) and "by fairshare" in quote
        assert wide.page.locator("#caveats li").count() > 3
        assert wide.page.input_value("#embed").startswith("<figure") and "<script" not in wide.page.input_value("#embed")
        seen.add(headline)
    assert len(seen) == 5 and not wide.wrong


@pytest.mark.parametrize("what, start", [("svg", b"<svg"), ("png", b"\x89PNG"), ("csv", b"#")])
def test_a_download_opens_and_holds_its_source_and_date(wide: Opened, what: str, start: bytes) -> None:
    with wide.page.expect_download() as waiting:
        wide.page.click(f'button[data-what="{what}"]')
    content = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename == f"two_percent_above_ten_million_money.{what}"
    assert content.startswith(start) and b"Source: fairshare" in content and b"Made " in content
    if what == "png":
        assert Image.open(io.BytesIO(content)).convert("L").size > (600, 200)
    elif what == "svg":
        assert "Source: fairshare" in "".join(ElementTree.fromstring(content).itertext())
    else:
        rows = list(csv.reader(line for line in content.decode().splitlines() if not line.startswith("#")))
        assert len(rows) >= 2 and len({len(row) for row in rows}) == 1 and rows[1][1]


def test_the_embed_code_shows_by_itself(browser: Any, wide: Opened) -> None:
    code = wide.page.input_value("#embed")
    alone = browser.new_page(viewport=NARROW)
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.set_content(f"<!doctype html><title>a page</title>{code}")
    assert "Result" in alone.inner_text("figcaption") and alone.locator("svg").is_visible()
    assert alone.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert not asked
    alone.close()


def test_a_link_reopens_the_same_finding(browser: Any, wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", CHILD_BENEFIT))
    wide.answered(lambda: wide.page.select_option("#finding", "parts"))
    wide.answered(lambda: wide.page.select_option("#area", "E08000035"))
    again = Opened(browser, wide.page.url, WIDE)
    assert again.text("#headline") == wide.text("#headline") and again.text("#know") == wide.text("#know")
    assert again.page.input_value("#finding") == "parts" and again.page.input_value("#area") == "E08000035"
    again.context.close()


def test_a_finding_is_picked_by_keyboard_alone(wide: Opened) -> None:
    page = wide.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(20):
        if page.evaluate("document.activeElement.id") == "finding":
            break
        page.keyboard.press("Tab")
    wide.answered(lambda: page.keyboard.press("ArrowDown"))
    assert page.input_value("#finding") == "income" and page.evaluate("document.activeElement.id") == "finding"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def fill(wide: Opened, id: str, value: str) -> None:
    def type_it() -> None:
        wide.page.fill(f"#mine-{id}", value)
        wide.page.keyboard.press("Tab")

    wide.done("mine", type_it)


def test_a_household_like_mine_is_worked_and_cleared_and_leaves_no_trace(wide: Opened) -> None:
    wide.answered(lambda: wide.page.select_option("#scenario", CHILD_BENEFIT))
    link = wide.page.url
    wide.done("mine", lambda: wide.page.select_option("#mine-tenure", "social_rent"))
    for id, value in (("young", "2"), ("pay", "1,500"), ("rent", "437.5"), ("bills", "250")):
        fill(wide, id, value)
    assert "£87 a month more" in wide.text("#mine") and "left" in wide.text("#mine h3")
    table = wide.text("#mine-table")
    assert "Rent or mortgage" in table and "−£438" in table and "Child Benefit" in table
    assert "five-week wait" in wide.text("#mine") and "Each adult is 40" in wide.text("#mine")
    wide.done("mine", lambda: wide.page.select_option("#mine-per", "week"))
    assert "£20 a week more" in wide.text("#mine") and wide.page.input_value("#mine-rent") == "100.96"
    assert wide.page.url == link and "1500" not in link
    assert not wide.page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length")
    wide.done("mine", lambda: wide.page.click("text=Clear my answers"))
    assert not wide.text("#mine") and not wide.page.input_value("#mine-rent") and not wide.wrong


def test_a_wrong_answer_gets_a_sentence(wide: Opened) -> None:
    wide.page.fill("#mine-pay", "a lot")
    wide.refused(lambda: wide.page.keyboard.press("Tab"))
    assert "give an amount in pounds" in wide.text("#mine-pay-wrong")
    assert wide.page.get_attribute("#mine-pay", "aria-invalid") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_axe_finds_no_violation(browser: Any, story: str, viewport: dict[str, int], scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened = Opened(browser, story, viewport, color_scheme=scheme)
    fill(opened, "rent", "700")
    opened.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    found = Axe().run(opened.page, options={"runOnly": [*LEVEL_AA, "best-practice"]}).response["violations"]
    opened.context.close()
    assert not [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found]


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["phone", "narrow"])
def test_nothing_but_tables_scrolls_sideways(browser: Any, story: str, viewport: dict[str, int]) -> None:
    opened = Opened(browser, story, viewport)
    fill(opened, "rent", "700")
    opened.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert not sideways(opened.page)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    opened.context.close()


def test_a_damaged_link_gets_a_sentence_and_a_page(browser: Any, story: str) -> None:
    opened = Opened(browser, f"{story}?see=2.abc~money", WIDE)
    assert "This link is damaged" in opened.text("#notes") and opened.text("#headline")
    opened.context.close()


def test_only_a_named_origin_may_connect(wide: Opened, story: str) -> None:
    def answer(origin: str) -> int:
        asking = http.client.HTTPConnection(story.removeprefix("http://").strip("/"), timeout=10)
        upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "A" * 22 + "=="}
        asking.request("GET", "/ws", headers={**upgrade, "Origin": origin, "Sec-WebSocket-Protocol": "bokeh, none"})
        status = asking.getresponse().status
        asking.close()
        return status

    assert answer("https://elsewhere.example") == 403
    assert answer(story.strip("/")) == 101
