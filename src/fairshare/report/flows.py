"""The ledger as a picture: who gives more on the left, public money in the middle, what it goes to on the right.

Every ribbon is as thick as its sum, and carries its words and figure, so that nothing rests on colour. Sums too small to see have a
line of their own. The picture is plain SVG and is drawn from the ledger's entries alone.
"""

from __future__ import annotations

import math
import textwrap
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple

from fairshare import __version__
from fairshare.faults import Fault
from fairshare.measures.households import RunLike
from fairshare.report.drawing import FONTS, GAIN, INK, LOSE, NARROW, SOFT, WHITE, WIDE
from fairshare.report.shown import Shown, level
from fairshare.report.words import capital
from fairshare.spending.ledger import CLOSURES, FLOWS, PUBLIC, SERVICE, TOGETHER

PALE_GIVE, PALE_GET = "#f6e3d5", "#d9e7f3"
"""Ribbons: ink on either has a contrast above 13."""
TALL = 300.0
"""Height of public money in the middle, px."""
SLOT, GAP, LINE, SIZE, HEAD, EDGE, MIDDLE = 40.0, 8.0, 16.0, 13, 16, 8.0, 16.0
PAD = 12.0
"""White around the picture, px, so that no word touches its frame."""
CHARACTER, BOLD = 0.56, 0.68
"""Mean width of a character, as a part of the size of its letters."""
SHORTEST = 8
"""Characters that a line has room for at least."""
NO_BREAK = "\u00a0"


class Part(NamedTuple):
    """A sum on one side of the picture."""

    words: str
    pounds: float


class Flows(NamedTuple):
    """What the picture shows: the two sides are equal."""

    title: str
    subtitle: str
    gives: tuple[Part, ...]
    gets: tuple[Part, ...]
    source: str

    @property
    def total(self) -> float:
        return math.fsum(part.pounds for part in self.gives)

    @property
    def alt(self) -> str:
        """The same in sentences."""
        sides = (("Money comes from", self.gives), ("It goes to", self.gets))
        return " ".join(f"{start} {part.words}: {level(part.pounds)}." for start, parts in sides for part in parts)

    @property
    def table(self) -> Shown:
        """The same as a table."""
        sides = (("from", self.gives), ("to", self.gets))
        rows = tuple((capital(part.words), way, level(part.pounds)) for way, parts in sides for part in parts)
        return Shown("flows", self.title, ("What", "From or to", "£ a year"), rows, (False, False, True))


def flows(run: RunLike, made_on: date | None = None) -> Flows | None:
    """The two sides of a run's ledger, largest first; None where no money moves."""
    gives: dict[str, float] = {}
    gets: dict[str, float] = {}
    for entry in run.ledger.entries:
        if entry.target == PUBLIC:
            words = _words(entry.what, entry.source, "from")
            gives[words] = gives.get(words, 0.0) + entry.pounds
        elif entry.source == PUBLIC:
            words = _words(entry.what, entry.target, "to")
            gets[words] = gets.get(words, 0.0) + entry.pounds
    if not gives:
        return None
    day, cited = made_on or date.today(), run.population.details.get("cited_as")
    people = f"{run.population.name} ({cited})" if cited else run.population.name
    sides = [tuple(sorted((Part(*each) for each in side.items()), key=lambda part: -part.pounds)) for side in (gives, gets)]
    total = level(math.fsum(gives.values()))
    return Flows(
        title=f"{total} a year would move through public money.",
        subtitle=f"What changes against today's law. United Kingdom, {run.year}, £ a year.",
        gives=sides[0],
        gets=sides[1],
        source=f"Source: fairshare {__version__}, {people}. Result {run.id}. Made {day.day} {day:%B %Y}.",
    )


TAXES = frozenset(flow.what for flow in FLOWS if max(flow.lines.values()) > 0)
"""What is paid to the public sector; every other flow of the ledger is paid by it."""


def _words(what: str, account: str, way: str) -> str:
    """'income tax, from households'; what runs against its own direction is less of it: 'less income tax, to households'."""
    if account in CLOSURES.values():
        return what
    said = directed(what, way == "from")
    return said if account.endswith(SERVICE) else f"{said}, {way} {account}"


def directed(what: str, comes_in: bool) -> str:
    """What moves, by whether it comes in to public money: 'less income tax' where it goes out."""
    own_way = what == TOGETHER or what.startswith(("put into ", "paid out by "))
    return what if own_way or comes_in == (what in TAXES) else f"less {what}"


def write(run: RunLike, path: Path | str) -> Path:
    """The picture of a run's ledger as a file. Raises Fault where no money moves, or where it cannot be written."""
    path = Path(path)
    found = flows(run)
    if found is None:
        raise Fault(f"No money moves under {run.scenario.title}, so there is no picture to write.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg(found), encoding="utf-8")
    except OSError as fault:
        raise Fault(f"{path} cannot be written ({fault.strerror}); give another place with --out.") from None
    return path


# ---- drawing -------------------------------------------------------------------------------------------------------


def svg(found: Flows, narrow: bool = False) -> str:
    """The picture as SVG that stands alone or in a page."""
    width = NARROW if narrow else WIDE
    prefix = "flows-narrow" if narrow else "flows"
    heading, top = _heading(found, width)
    left, right = (_places(parts, found.total, top + LINE) for parts in (found.gives, found.gets))
    tall = max(left[-1].bottom, right[-1].bottom, top + LINE + TALL)
    middle = top + LINE + (tall - top - LINE - TALL) / 2
    ends = (0.0, width / 2 - MIDDLE / 2), (float(width), width / 2 + MIDDLE / 2)
    drawn = [_side(left, ends[0], middle, found.total, PALE_GIVE, LOSE), _side(right, ends[1], middle, found.total, PALE_GET, GAIN)]
    bar = f'<rect x="{width / 2 - MIDDLE / 2:.1f}" y="{middle:.1f}" width="{MIDDLE:.0f}" height="{TALL:.0f}" fill="{INK}"/>'
    heads = [
        _text(["Money comes from"], 0.0, top, SOFT, SIZE, "start"),
        _text(["Money goes to"], float(width), top, SOFT, SIZE, "end"),
    ]
    words = [*_labels(left, width, "start"), *_labels(right, width, "end")]
    foot = _wrapped(found.source, width, SIZE - 2)
    wide, high = width + 2 * PAD, tall + GAP * 2 + LINE * len(foot) + 2 * PAD
    size = f'width="{wide:.0f}" height="{high:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-PAD:.0f} {-PAD:.0f} {wide:.0f} {high:.0f}" {size} role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" font-family="{FONTS}">'
        f'<title id="{prefix}-title">{escape(found.title)}</title><desc id="{prefix}-desc">{escape(found.alt)}</desc>'
        f'<rect x="{-PAD:.0f}" y="{-PAD:.0f}" {size} fill="{WHITE}"/>'
        f"{heading}{''.join(drawn)}{bar}{''.join(heads)}{''.join(words)}"
        f"{_text(foot, 0.0, tall + GAP * 2, SOFT, SIZE - 2, 'start')}</svg>"
    )


class _Place(NamedTuple):
    """Where a part stands: its slot, with its ribbon in the middle of it."""

    part: Part
    top: float
    bottom: float
    thick: float


def _places(parts: tuple[Part, ...], total: float, top: float) -> list[_Place]:
    placed = []
    for part in parts:
        thick = TALL * part.pounds / total
        bottom = top + max(thick, SLOT)
        placed.append(_Place(part, top, bottom, thick))
        top = bottom + GAP
    return placed


def _side(placed: list[_Place], ends: tuple[float, float], middle: float, total: float, pale: str, strong: str) -> str:
    """Ribbons from their slots at the edge to the middle, one under another, each with a bar at its edge."""
    outer, inner = ends
    turn = (outer + inner) / 2
    drawn = []
    for each in placed:
        high = (each.top + each.bottom - each.thick) / 2
        low, end = high + each.thick, middle + each.thick
        path = (
            f"M{outer:.1f},{high:.1f} C{turn:.1f},{high:.1f} {turn:.1f},{middle:.1f} {inner:.1f},{middle:.1f} "
            f"L{inner:.1f},{end:.1f} C{turn:.1f},{end:.1f} {turn:.1f},{low:.1f} {outer:.1f},{low:.1f} Z"
        )
        edge = outer if outer < inner else outer - EDGE
        drawn.append(f'<path d="{path}" fill="{pale}"/>')
        drawn.append(f'<rect x="{edge:.1f}" y="{high:.1f}" width="{EDGE:.0f}" height="{max(each.thick, 1.0):.1f}" fill="{strong}"/>')
        middle = end
    return "".join(drawn)


def _labels(placed: list[_Place], width: int, anchor: str) -> list[str]:
    room = width / 2 - EDGE * 3
    found = []
    for each in placed:
        lines = _wrapped(f"{capital(each.part.words)}: {level(each.part.pounds).replace(' ', NO_BREAK)}", room, SIZE)
        at = EDGE * 1.75 if anchor == "start" else width - EDGE * 1.75
        first = (each.top + each.bottom) / 2 - LINE * (len(lines) - 1) / 2 + SIZE / 3
        found.append(_text(lines, at, first, INK, SIZE, anchor))
    return found


def _heading(found: Flows, width: int) -> tuple[str, float]:
    """Title and subtitle, and where the picture begins under them."""
    title, under = _wrapped(found.title, width, HEAD, BOLD), _wrapped(found.subtitle, width, SIZE)
    top = HEAD + 2.0
    text = _text(title, 0.0, top, INK, HEAD, "start", bold=True)
    top += LINE * 1.3 * len(title)
    text += _text(under, 0.0, top, SOFT, SIZE, "start")
    return text, top + LINE * len(under) + GAP * 2


def _wrapped(text: str, width: float, size: float, character: float = CHARACTER) -> list[str]:
    return textwrap.wrap(text, max(int(width / (size * character)), SHORTEST))


def _text(lines: list[str], x: float, y: float, colour: str, size: int, anchor: str, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    rows = "".join(f'<tspan x="{x:.1f}" dy="{LINE if i else 0:.0f}">{escape(line)}</tspan>' for i, line in enumerate(lines))
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}>{rows}</text>'
