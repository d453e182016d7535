"""A dashboard's page opened in a browser, with all that went wrong on it and all that it asked for."""

from __future__ import annotations

from typing import Any

WIDE, PHONE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 720}
PATIENCE = 30_000
LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
"""axe-core's names for WCAG 2.2, levels A and AA."""


class Opened:
    """A page, from its first moment."""

    def __init__(self, browser: Any, address: str, viewport: dict[str, int], **how: Any) -> None:
        self.context = browser.new_context(viewport=viewport, accept_downloads=True, **how)
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda said: self.wrong.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda fault: self.wrong.append(str(fault)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)
        self.page.wait_for_selector("html[data-connected=yes]", timeout=PATIENCE)

    def done(self, how: str, do: Any) -> None:
        """Do something, and wait until the page says that it is done in this way."""
        self.page.evaluate("document.documentElement.dataset.done = ''")
        do()
        self.page.wait_for_selector(f"html[data-done={how}]", timeout=PATIENCE)

    def answered(self, do: Any) -> None:
        self.done("whole", do)

    def refused(self, do: Any) -> None:
        self.done("refused", do)

    def text(self, place: str) -> str:
        return str(self.page.inner_text(place))


def sideways(page: Any) -> list[str]:
    """What reaches beyond the window, or scrolls sideways and is no table."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("body, body *")]
          .filter((each) => !each.closest(".sideways, .workings, .unseen, .skip, .picture, svg") && each.tagName !== "OPTION")
          .filter((each) => each.getBoundingClientRect().right > innerWidth + 1
            || (each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === "auto"))
          .map((each) => `${each.tagName} ${each.id} ${each.className}`)"""
    )
    return found
