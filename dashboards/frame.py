"""The frame that every dashboard's page stands in: plain HTML in our own template, joined to its session by messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import panel as pn
from markupsafe import Markup
from panel.custom import JSComponent

HERE = Path(__file__).parent
CHART = "<!--chart-->"
"""Where in the page's HTML the chart stands."""
SKIP = "Skip to the answer"
LOST = "The connection was lost. Reload the page: the link in the address bar brings back exactly this result."

Message = dict[str, Any]


class Link(NamedTuple):
    """An entry of the navigation."""

    title: str
    href: str
    here: bool = False


class Connection(JSComponent):
    """Carries messages between a page and its session; shows nothing itself."""

    _esm = HERE / "frame.js"

    def __init__(self, receive: Callable[[Message], None], **params: Any) -> None:
        super().__init__(**params)
        self._receive = receive

    def _handle_msg(self, data: Any) -> None:
        if isinstance(data, dict):
            self._receive(data)

    def tell(self, **told: Any) -> None:
        """Send the page what to show: `put` HTML by id, `set` values by id, `wrong` sentences by id, `state`, `said`, `title`, `link`."""
        self._send_msg(told)


def served(pages: Any, title: str, port: int, host: str, show: bool, origins: tuple[str, ...], threaded: bool, **how: Any) -> Any:
    """A server of a page, or of pages by their path: see the `server` of each dashboard. `how` goes to Panel as it is."""
    return pn.serve(
        pages,
        port=port,
        address=host,
        show=show,
        start=threaded,
        threaded=threaded,
        verbose=False,
        title=title,
        websocket_origin=list(origins) or None,
        location=False,
        **how,
    )


def asked() -> dict[str, str]:
    """What the address that a visitor came by asks for, by name."""
    return {name: values[0].decode("utf-8", "replace") for name, values in pn.state.session_args.items() if values}


@cache
def read(name: str) -> str:
    """A file of this folder."""
    return (HERE / name).read_text(encoding="utf-8")


@cache
def pieces(name: str) -> Any:
    """The macros of a page's file, with all text escaped."""
    surroundings = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    surroundings.filters |= {"plain": plain, "grouped": grouped, "sourced": sourced, "of_use": of_use}
    return surroundings.get_template(name).module


def plain(value: float) -> str:
    """A number as a form field holds it: no separators, no needless decimals."""
    return f"{value:.10f}".rstrip("0").rstrip(".") if value else "0"


def grouped(numbers: Any) -> list[tuple[str, list[Any]]]:
    """Neighbours with the same group together, those without one each on their own; tick boxes come last."""
    found: list[tuple[str, list[Any]]] = []
    for number in sorted(numbers, key=lambda each: each.switch):
        if number.group and found and found[-1][0] == number.group:
            found[-1][1].append(number)
        else:
            found.append((number.group, [number]))
    return found


def of_use(numbers: Any, position: int) -> list[Any]:
    """The numbers of one use of the money."""
    return [number for number in numbers if number.path[:2] == ("use", position)]


def sourced(groups: list[tuple[str, list[Any]]]) -> set[str]:
    """The ids of numbers on their own that name their source: the last of neighbours that share one."""
    alone = [members[0] if not group else None for group, members in groups]
    following = [*alone[1:], None]
    return {number.id for number, after in zip(alone, following, strict=True) if number and not (after and after.source == number.source)}


def page(
    title: str,
    main: Markup,
    foot: Markup,
    nav: tuple[Link, ...],
    connection: Connection,
    chart: Any = None,
    *,
    styles: tuple[str, ...] = (),
    skip: str = SKIP,
    lost: str = LOST,
) -> pn.Template:
    """A whole page, ready to serve. With a live chart, `main` holds CHART once, where it goes.

    `styles` are further style sheets of this folder; `skip` names what the skip link leads to (the element `answer`), and `lost` is
    said when the connection is.
    """
    before, after = str(main).split(CHART) if chart is not None else (str(main), "")
    made = pn.Template(read("frame.html"))
    for name, value in {
        "page_title": title,
        "css": "".join(read(name) for name in ("frame.css", *styles)),
        "early_js": read("early.js"),
        "nav": nav,
        "before_chart": before,
        "after_chart": after,
        "foot": str(foot),
        "skip": skip,
        "lost": lost,
        "live_chart": chart is not None,
    }.items():
        made.add_variable(name, value)
    made.add_panel("connection", connection)
    if chart is not None:
        made.add_panel("chart", chart)
    return made
