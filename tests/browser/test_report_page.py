"""The static page in a real browser: no fault that axe can find, nothing scrolls sideways, nothing is fetched, print is short."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fairshare.report.page import page as page_of
from measured import what_is_measured

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of two proposals."""
    first, second = (what_is_measured(name) for name in ("council_tax/proportional_property_tax", "benefits/child_benefit_plus_ten_pounds"))
    assert first is not None
    path = tmp_path_factory.mktemp("report") / "page.html"
    path.write_text(page_of(first, second), encoding="utf-8")
    return path


@pytest.fixture(params=[1280, 390, 320])
def opened(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Page:
    """The page at three widths, everything that folds opened; the requests it made are in `page.requests`."""
    made = browser.new_page(viewport={"width": request.param, "height": 900})
    asked: list[str] = []
    made.on("request", lambda each: asked.append(each.url))
    made.goto(file.as_uri())
    made.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    request.addfinalizer(made.close)
    assert asked == [file.as_uri()]
    return made


def test_axe_finds_nothing(opened: Page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(opened, options={"runOnly": LEVELS}).response["violations"]
    assert not [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def test_nothing_scrolls_sideways_but_tables(opened: Page):
    width = opened.viewport_size["width"]
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_one_drawing_of_each_chart_is_seen(opened: Page):
    seen = opened.evaluate(
        "[...document.querySelectorAll('figure')].map(f => [...f.querySelectorAll('svg')].filter(s => s.checkVisibility()).length)"
    )
    assert seen and set(seen) == {1}


def test_no_text_of_a_drawing_is_cut_off(opened: Page):
    """Every text lies inside its drawing, in the font of this machine."""
    cut = opened.evaluate(
        """[...document.querySelectorAll('figure svg')].filter(s => s.checkVisibility()).flatMap(s => {
             const frame = s.getBoundingClientRect();
             return [...s.querySelectorAll('text')].filter(t => {
               const box = t.getBoundingClientRect();
               return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1);
             }).map(t => t.textContent);
           })"""
    )
    assert cut == []


def test_print_leaves_out_what_is_folded(browser: Browser, file: Path):
    made = browser.new_page()
    made.goto(file.as_uri())
    made.emulate_media(media="print")
    assert made.evaluate("[...document.querySelectorAll('details')].every(each => !each.checkVisibility())")
    assert made.evaluate("document.querySelector('h1').checkVisibility()")
    made.close()
