"""One headless Chromium for all browser tests: the system's own, never one that a test tool downloads.

Where there is none, the tests say so and are skipped; with FAIRSHARE_BROWSER_REQUIRED=1 (continuous integration) they fail.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
QUIET += ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"]  # a page that needs another machine fails here
HOUSEHOLDS = 5_000
"""Enough for every figure that is shown, few enough to be made in seconds."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium (FAIRSHARE_BROWSER names another)."""
    found = os.environ.get("FAIRSHARE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    why = "no Chromium on this machine; install Debian's package chromium, or name a browser in FAIRSHARE_BROWSER"
    if os.environ.get("FAIRSHARE_BROWSER_REQUIRED") == "1":
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        made = started.chromium.launch(executable_path=chromium, args=QUIET)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new window whose scripts' errors fail the test."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert not errors, errors


@pytest.fixture(scope="session")
def explore(browser: Browser) -> Iterator[str]:
    """The address of Explore, served from this process to a small population."""
    from fairshare.dashboard import page_module
    from fairshare.population.store import default_population

    page = page_module("explore")
    page.prepare(default_population(HOUSEHOLDS))
    port = free_port()
    server = page.server(port, origins=(f"localhost:{port}",), threaded=True)
    yield f"http://localhost:{port}/"
    server.stop()


@pytest.fixture(scope="session")
def story(browser: Browser) -> Iterator[str]:
    """The address of Story, served from this process to a small population."""
    from fairshare.dashboard import page_module
    from fairshare.population.store import default_population

    page = page_module("story")
    page.prepare(default_population(HOUSEHOLDS))
    port = free_port()
    server = page.server(port, origins=(f"localhost:{port}",), threaded=True)
    yield f"http://localhost:{port}/"
    server.stop()


@pytest.fixture(scope="session")
def workshop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    """A workshop, served from this process to a small population."""
    from fairshare.dashboard import page_module
    from fairshare.population.store import default_population

    page = page_module("workshop")
    page.prepare(default_population(HOUSEHOLDS), file=tmp_path_factory.mktemp("workshop") / "choices.sqlite")
    port = free_port()
    server = page.server(port, origins=(f"localhost:{port}",), threaded=True)
    address = f"http://localhost:{port}/"
    page.common().address = address
    yield Workshop(address, page.common().room)
    server.stop()


class Workshop(NamedTuple):
    """Where a workshop is served, and its room."""

    address: str
    room: Any

    @property
    def facilitator(self) -> str:
        return f"{self.address}facilitator?key={self.room.key}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
