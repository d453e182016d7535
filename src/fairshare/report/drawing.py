"""Charts drawn still, as SVG and PNG, by matplotlib.

Meaning never rests on colour: what is lost is hatched and lies left of zero, every bar carries its figure, and at most three
series are shown.
"""

from __future__ import annotations

import csv
import io
import math
import re
import textwrap
import threading
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from typing import Any

from fairshare import __version__
from fairshare.areas import areas, folder
from fairshare.quantities import WEEKS_IN_YEAR
from fairshare.report.charts import Chart, Series
from fairshare.report.shown import week
from fairshare.report.words import MINUS, capital, percent, pounds_a_week

GAIN, LOSE, SAME, INK, SOFT, LINE = "#1d5b8f", "#b8500c", "#dcdcdc", "#1b1b1b", "#505050", "#8c8c8c"
"""Blue and orange of equal darkness, told apart by people with any kind of colour vision; contrast with white 7.0 and 5.0."""
WHITE = "#ffffff"
HATCH = "////"
WIDE, NARROW = 760, 350
"""Width of a picture, px: for a page, and for a phone."""
DRAWING = threading.RLock()
"""The library's style is one for the whole process, so one picture is drawn at a time."""


def svg(chart: Chart, narrow: bool = False) -> str:
    """The picture as SVG that stands alone or in a page: text is text, title and description are inside, ids are its own."""
    out = io.StringIO()
    with DRAWING, _style(chart.id + ("-narrow" if narrow else "")):
        drawn = _draw(chart, NARROW if narrow else WIDE)
        drawn.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _dressed(out.getvalue(), chart, f"{chart.id}{'-narrow' if narrow else ''}")


def png(chart: Chart, narrow: bool = False) -> bytes:
    """The picture as PNG, twice as fine as its size; title and source are also in its metadata."""
    out = io.BytesIO()
    told = {"Title": chart.title, "Description": chart.alt, "Source": chart.source, "Software": f"fairshare {__version__}"}
    with DRAWING, _style(chart.id):
        drawn = _draw(chart, NARROW if narrow else WIDE)
        drawn.savefig(out, format="png", dpi=200, metadata=told)
    return out.getvalue()


def _dressed(text: str, chart: Chart, prefix: str) -> str:
    """The bare drawing with a role, a name and a description, and with ids that no other drawing on the page has."""
    body = text[text.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = re.sub(r"(\d\.\d\d)\d+", r"\1", body).replace("'DejaVu Sans'", FONTS)
    body = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", body)
    body = re.sub(r'href="#([^"]+)"', rf'href="#{prefix}-\1"', body)
    named = f'<title id="{prefix}-title">{escape(chart.title)}</title><desc id="{prefix}-desc">{escape(chart.alt)}</desc>'
    start = body.index(">") + 1
    head = body[: start - 1] + f' role="img" aria-labelledby="{prefix}-title {prefix}-desc">'
    head = re.sub(r'width="([\d.]+)pt" height="([\d.]+)pt"', _in_pixels, head)
    return f"{head}{named}{body[start:]}".strip()


FONTS = "'DejaVu Sans', Verdana, Arial, sans-serif"
"""The font that lines were measured in, and those of about its width that other machines have."""


def _in_pixels(match: re.Match[str]) -> str:
    width, height = (float(part) / POINTS * PIXELS for part in match.groups())
    return f'width="{width:.0f}" height="{height:.0f}"'


POINTS, PIXELS = 72.0, 100.0
"""To the inch, in a drawing: matplotlib's SVG counts points, ours are laid out in pixels of a hundredth of an inch."""


def _style(salt: str) -> Any:
    import matplotlib

    return matplotlib.rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": salt,
            "font.family": "DejaVu Sans",
            "text.parse_math": False,
            "hatch.color": WHITE,
            "hatch.linewidth": 1.6,
        }
    )


SIZE, SMALL, LARGE = 13.0, 11.5, 16.0
"""Text, px."""
LETTER = 0.58
"""Width of an average letter, as a part of the size of the text."""


BOLD = 1.1
"""How much wider bold letters are."""


def _points(pixels: float) -> float:
    return pixels * POINTS / PIXELS


def _wrapped(text: str, width: float, size: float) -> list[str]:
    return textwrap.wrap(text, max(int(width / (size * LETTER)), 12))


class _Page:
    """A figure laid out from the top in pixels: title, subtitle, key, the plot, then notes and source."""

    def __init__(self, chart: Chart, width: int, plot_height: float, key_height: float = 0.0) -> None:
        from matplotlib.figure import Figure

        self.width = width
        inner = width - 2 * MARGIN
        self.title = _wrapped(chart.title, inner, LARGE * BOLD)
        self.subtitle = _wrapped(chart.subtitle, inner, SMALL)
        self.foot = [line for text in (*chart.notes, chart.source) for line in _wrapped(text, inner, SMALL)]
        head = MARGIN + len(self.title) * LARGE * 1.3 + 4 + len(self.subtitle) * SMALL * 1.4 + 10
        self.plot_top = head + key_height
        self.key_top = head
        foot = len(self.foot) * SMALL * 1.45 + MARGIN
        self.height = self.plot_top + plot_height + foot + 8
        self.figure = Figure(figsize=(width / PIXELS, self.height / PIXELS), dpi=PIXELS, facecolor=WHITE)
        y = float(MARGIN)
        for line in self.title:
            self.text(MARGIN, y, line, LARGE, weight="bold")
            y += LARGE * 1.3
        y += 4
        for line in self.subtitle:
            self.text(MARGIN, y, line, SMALL, colour=SOFT)
            y += SMALL * 1.4
        y = self.height - foot
        for line in self.foot:
            self.text(MARGIN, y, line, SMALL, colour=SOFT)
            y += SMALL * 1.45

    def text(self, x: float, y: float, text: str, size: float = SIZE, colour: str = INK, **how: Any) -> None:
        """Text whose top left corner lies at (x, y), px from the top left of the figure."""
        how = {"va": "top", "ha": "left", **how}
        self.figure.text(x / self.width, 1 - y / self.height, text, fontsize=_points(size), color=colour, **how)

    def axes(self, left: float, top: float, width: float, height: float) -> Any:
        made = self.figure.add_axes((left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height))
        made.set_facecolor(WHITE)
        for side in ("top", "right", "left", "bottom"):
            made.spines[side].set_visible(False)
        return made


MARGIN = 14
ROW = 30.0


def _draw(chart: Chart, width: int) -> Any:
    return _DRAWERS[chart.kind](chart, width)


def _label_lines(chart: Chart, width: int) -> tuple[list[list[str]], float]:
    """The labels of the rows in lines, and the room they take, px."""
    most = width * (0.36 if width > NARROW else 0.33)
    lines = [_wrapped(label, most, SIZE) for label in chart.labels]
    return lines, min(max(len(line) for each in lines for line in each) * SIZE * LETTER, most) + 12


def _row_tops(lines: list[list[str]]) -> tuple[list[float], float]:
    """The middle of each row and the height of all, px; a label of more lines takes a higher row."""
    middles, at = [], 0.0
    for each in lines:
        height = max(ROW, len(each) * SIZE * 1.2 + 8)
        middles.append(at + height / 2)
        at += height
    return middles, at


def _bars(chart: Chart, width: int) -> Any:
    """Bars from zero, each with its figure at its end; what is lost lies left of zero and is hatched."""
    lines, room = _label_lines(chart, width)
    middles, height = _row_tops(lines)
    page = _Page(chart, width, height)
    only = chart.series[0]
    axes = page.axes(MARGIN + room, page.plot_top, width - 2 * MARGIN - room, height)
    known = [value for part in (only.values, only.low, only.high) for value in part if value is not None]
    least, most = min([0.0, *known]), max([0.0, *known])
    plot = width - 2 * MARGIN - room
    longest = max((len(_figure(value, chart.unit)) for value in only.values if value is not None), default=4) * SIZE * LETTER + 8
    beyond = len("  not shown") * SIZE * LETTER if None in only.values else 0.0
    right = max(longest if most > 0 or least == 0 else 0.0, beyond)
    left = longest if least < 0 else 0.0
    per_pixel = (most - least or 1.0) / max(plot - left - right, 40)
    axes.set_xlim(least - left * per_pixel, most + right * per_pixel)
    axes.set_ylim(height, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    for i, (value, middle) in enumerate(zip(only.values, middles, strict=True)):
        _row_label(page, lines[i], page.plot_top + middle)
        if value is None:
            axes.text(0, middle, "  not shown", va="center", fontsize=_points(SIZE), color=SOFT)
            continue
        _bar(axes, value, middle, 18)
        ends = [value]
        if only.low:
            low, high = only.low[i], only.high[i]
            if low is not None and high is not None and high > low:
                axes.plot([low, high], [middle, middle], color=INK, linewidth=1.1, solid_capstyle="butt")
                for end in (low, high):
                    axes.plot([end, end], [middle - 4, middle + 4], color=INK, linewidth=1.1)
                ends += [low, high]
        side = value < 0 or (value == 0 and most == 0 and least < 0)
        at = min(ends) - 4 * per_pixel if side else max(ends) + 4 * per_pixel
        axes.text(at, middle, _figure(value, chart.unit), va="center", ha="right" if side else "left", fontsize=_points(SIZE), color=INK)
    axes.axvline(0, color=INK, linewidth=1.2)
    return page.figure


SLIM, APART = 13.0, 16.0
"""Height of each of two bars in a row, and the space from the middle of one to that of the other, px."""


def _pairs(chart: Chart, width: int) -> Any:
    """Rows of two bars from zero: the first is filled, the second an outline; each has its figure at its end."""
    lines, room = _label_lines(chart, width)
    tall = [max(2 * APART + 10, len(each) * SIZE * 1.2 + 8) for each in lines]
    middles = [sum(tall[:i]) + each / 2 for i, each in enumerate(tall)]
    page = _Page(chart, width, sum(tall), key_height=28.0)
    _pair_key(page, chart)
    plot = width - 2 * MARGIN - room
    axes = page.axes(MARGIN + room, page.plot_top, plot, sum(tall))
    known = [value for each in chart.series for value in each.values if value is not None]
    least, most = min([0.0, *known]), max([0.0, *known])
    longest = max((len(_figure(value, chart.unit)) for value in known), default=4) * SIZE * LETTER + 8
    left, right = longest if least < 0 else 0.0, longest if most > 0 or least == 0 else 0.0
    per_pixel = (most - least or 1.0) / max(plot - left - right, 40)
    axes.set_xlim(least - left * per_pixel, most + right * per_pixel)
    axes.set_ylim(sum(tall), 0)
    axes.set_xticks([])
    axes.set_yticks([])
    for i, middle in enumerate(middles):
        _row_label(page, lines[i], page.plot_top + middle)
        for n, each in enumerate(chart.series):
            value, at = each.values[i], middle + (n - 0.5) * APART
            if value is None:
                axes.text(0, at, "  not shown", va="center", fontsize=_points(SMALL), color=SOFT)
                continue
            if n == 0:
                _bar(axes, value, at, SLIM)
            else:
                axes.barh([at], [value], height=SLIM - 2, facecolor=WHITE, edgecolor=LOSE if value < 0 else GAIN, linewidth=1.6)
            end = value + (-4 if value < 0 else 4) * per_pixel
            side = "right" if value < 0 else "left"
            axes.text(end, at, _figure(value, chart.unit), va="center", ha=side, fontsize=_points(SMALL), color=INK)
    axes.axvline(0, color=INK, linewidth=1.2)
    return page.figure


def _pair_key(page: _Page, chart: Chart) -> None:
    from matplotlib.patches import Rectangle

    x = float(MARGIN)
    for each, ground in zip(chart.series, (GAIN, WHITE), strict=True):
        corner, size = (x / page.width, 1 - (page.key_top + 15) / page.height), (22 / page.width, 12 / page.height)
        page.figure.add_artist(Rectangle(corner, *size, transform=page.figure.transFigure, facecolor=ground, edgecolor=GAIN, linewidth=1.6))
        page.text(x + 30, page.key_top + 1, each.name)
        x += 30 + len(each.name) * SIZE * LETTER + 26


def _bar(axes: Any, value: float, middle: float, height: float) -> None:
    lost = value < 0
    axes.barh(
        [middle],
        [value],
        height=height,
        color=LOSE if lost else GAIN,
        hatch=HATCH if lost else None,
        edgecolor=WHITE if lost else GAIN,
        linewidth=0,
    )


def _row_label(page: _Page, lines: list[str], middle: float) -> None:
    for i, line in enumerate(lines):
        page.text(MARGIN, middle + (i - (len(lines) - 1) / 2) * SIZE * 1.2, line, va="center")


def _figure(value: float, unit: str) -> str:
    """A bar's figure, with its sign."""
    if unit == "%":
        return percent(value)
    if unit == "£ a week":
        return week(value)
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}£{abs(value):,.1f}{'bn' if 'billion' in unit else 'm'}"


PART_COLOURS = (LOSE, SAME, GAIN)
PART_INKS = (WHITE, INK, WHITE)
ROOM_FOR_FIGURE = 34.0
"""Least width of a part that holds its own figure, px."""


def _parts(chart: Chart, width: int) -> Any:
    """Rows of a hundred: those who pay more from the left, hatched; those who gain to the right; the rest between them."""
    lines, room = _label_lines(chart, width)
    middles, height = _row_tops(lines)
    key_rows = 1 if width > NARROW else len(chart.series)
    page = _Page(chart, width, height, key_height=key_rows * 22.0 + 6)
    _key(page, chart, room if key_rows == 1 else 0.0, key_rows)
    plot = width - 2 * MARGIN - room
    axes = page.axes(MARGIN + room, page.plot_top, plot, height)
    axes.set_xlim(0, 100)
    axes.set_ylim(height, 0)
    axes.set_xticks([])
    axes.set_yticks([])
    for i, middle in enumerate(middles):
        _row_label(page, lines[i], page.plot_top + middle)
        start = 0.0
        for n, each in enumerate(chart.series):
            value = each.values[i]
            if value is None:
                axes.text(0, middle, "  not shown", va="center", fontsize=_points(SIZE), color=SOFT)
                break
            axes.barh(
                [middle],
                [value],
                left=start,
                height=22,
                color=PART_COLOURS[n],
                hatch=HATCH if n == 0 else None,
                edgecolor=WHITE,
                linewidth=0,
            )
            if value / 100 * plot >= ROOM_FOR_FIGURE:
                behind = {"facecolor": PART_COLOURS[n], "edgecolor": "none", "pad": 1.5}
                colour = PART_INKS[n]
                axes.text(
                    start + value / 2, middle, percent(value), va="center", ha="center", fontsize=_points(SIZE), color=colour, bbox=behind
                )
            start += value
    return page.figure


def _key(page: _Page, chart: Chart, left: float, rows: int) -> None:
    from matplotlib.patches import Rectangle

    x, y = MARGIN + left, page.key_top
    for n, each in enumerate(chart.series):
        size = (14 / page.width, 14 / page.height)
        corner = (x / page.width, 1 - (y + 16) / page.height)
        style: dict[str, Any] = {"facecolor": PART_COLOURS[n], "hatch": HATCH if n == 0 else None, "edgecolor": WHITE, "linewidth": 0}
        page.figure.add_artist(Rectangle(corner, *size, transform=page.figure.transFigure, **style))
        page.text(x + 20, y + 1, each.name)
        if rows == 1:
            x += 20 + len(each.name) * SIZE * LETTER + 22
        else:
            y += 22


# ---- a map of hexagons ----------------------------------------------------------------------------------------------


@cache
def hexagons() -> dict[str, tuple[float, float]]:
    """The centre of each council area's hexagon by GSS code, from parameters/britain/hex_layout.csv; one apart is neighbours."""
    with (folder("parameters") / "britain" / "hex_layout.csv").open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["gss_code"]: (float(row["x"]), float(row["y"])) for row in rows}


SHADES_UP = ("#c6dbef", "#6baed6", "#1d5b8f")
SHADES_DOWN = ("#fdd0a2", "#e6892f", "#a3430a")
DOWN_HATCH = ("..", "///", "xxx")


def classes(values: Sequence[float]) -> tuple[float, float]:
    """Two bounds, rounded, that part the sizes of change into three classes of about equal count."""
    sizes = sorted(abs(value) for value in values if value)
    if not sizes:
        return 1.0, 2.0
    first, second = sizes[len(sizes) // 3], sizes[2 * len(sizes) // 3]
    low = _nice(first)
    return low, max(_nice(second), low * 1.5)


def _nice(value: float) -> float:
    """A value at one significant figure, or a half of one."""
    step = 10.0 ** math.floor(math.log10(value)) / 2
    return max(round(value / step), 1) * step


UNSURE = "#d6d6d6"
UNKNOWN_HATCH = "\\\\\\"
"""What is not known is hatched, because no change at all is white."""


def edge(hatch: str | None) -> str:
    """The colour of a hexagon's edge, and of what hatches it."""
    return "#5c2504" if hatch in DOWN_HATCH else LINE


def sure(only: Series) -> tuple[float | str | None, ...]:
    """Each value; "unsure" where its range holds both sides of zero; None where it is not shown."""
    ends = zip(only.values, only.low, only.high, strict=True)
    return tuple("unsure" if low is not None and high is not None and low < 0 < high else value for value, low, high in ends)


def shade(value: float | str | None, bounds: tuple[float, float]) -> tuple[str, str | None]:
    """Colour and hatch of a value, by its class."""
    if value is None:
        return WHITE, UNKNOWN_HATCH
    if isinstance(value, str):
        return UNSURE, None
    if value == 0:
        return WHITE, None
    size = (abs(value) >= bounds[0]) + (abs(value) >= bounds[1])
    return (SHADES_DOWN[size], DOWN_HATCH[size]) if value < 0 else (SHADES_UP[size], None)


def _places(chart: Chart, width: int) -> Any:
    from matplotlib.patches import RegularPolygon

    centres = hexagons()
    values = sure(chart.series[0])
    bounds = classes([value for value in values if isinstance(value, float)])
    keys = map_keys(values, bounds)
    xs, ys = zip(*centres.values(), strict=True)
    span_x, span_y = max(xs) - min(xs) + 2, max(ys) - min(ys) + 2
    map_width = min(width - 2 * MARGIN, 560)
    height = map_width / span_x * span_y
    page = _Page(chart, width, height + 12, key_height=len(keys) * 22.0 + 10)
    y = page.key_top
    for words, (colour, hatch) in keys:
        _swatch(page, MARGIN, y, colour, hatch)
        page.text(MARGIN + 22, y + 1, words)
        y += 22
    axes = page.axes((width - map_width) / 2, page.plot_top, map_width, height)
    axes.set_xlim(min(xs) - 1, max(xs) + 1)
    axes.set_ylim(min(ys) - 1, max(ys) + 1)
    axes.set_xticks([])
    axes.set_yticks([])
    by_code = {area.code: value for area, value in zip(areas(), values, strict=True)}
    for code, (x, y) in centres.items():
        colour, hatch = shade(by_code.get(code), bounds)
        style: dict[str, Any] = {"facecolor": colour, "edgecolor": edge(hatch), "linewidth": 0.5, "hatch": hatch}
        axes.add_patch(RegularPolygon((x, y), 6, radius=0.56, **style))
    return page.figure


def map_keys(values: Sequence[float | str | None], bounds: tuple[float, float]) -> list[tuple[str, tuple[str, str | None]]]:
    """What each class in use stands for, in words, with its colour and hatch."""
    low, high = (pounds_a_week(bound * WEEKS_IN_YEAR) for bound in bounds)
    sizes = (f"less than {low}", f"{low} to {high}", f"{high} or more")
    keys = []
    for sign, word in ((1, "more"), (-1, "less")):
        for n, size in enumerate(sizes):
            probe = sign * (bounds[0] / 2, bounds[0], bounds[1])[n]
            if any(isinstance(value, float) and value * sign > 0 and shade(value, bounds) == shade(probe, bounds) for value in values):
                keys.append((f"{capital(size)} a week {word}", shade(probe, bounds)))
    if 0 in values:
        keys.append(("No change", (WHITE, None)))
    if "unsure" in values:
        keys.append(("Could be more or less: we cannot tell", (UNSURE, None)))
    if None in values:
        keys.append(("Not shown, or not known", (WHITE, UNKNOWN_HATCH)))
    return keys


def _swatch(page: _Page, x: float, y: float, colour: str, hatch: str | None) -> None:
    from matplotlib.patches import Rectangle

    corner, size = (x / page.width, 1 - (y + 16) / page.height), (14 / page.width, 14 / page.height)
    style: dict[str, Any] = {"facecolor": colour, "hatch": hatch, "edgecolor": edge(hatch), "linewidth": 0.7}
    page.figure.add_artist(Rectangle(corner, *size, transform=page.figure.transFigure, **style))


# ---- a budget line --------------------------------------------------------------------------------------------------

STROKES: tuple[tuple[str, Any], ...] = ((GAIN, "solid"), (LOSE, "dashed"))
"""Colour and stroke of each line, told apart without colour too."""
TALL, SHORT = 240.0, 130.0
MOST_SHOWN = 120.0
"""A loss above this, in pence of a pound, is a cliff, and is drawn to here."""


def _budget_line(chart: Chart, width: int) -> Any:
    """Lines over an amount of money, and below them what is lost of each further pound (the last series)."""
    *lines, lost = chart.series
    amounts = [float(label) for label in chart.labels]
    key = 24.0 if len(lines) > 1 else 0.0
    between, below = 44.0, 40.0
    page = _Page(chart, width, TALL + between + SHORT + below, key_height=key)
    left, room = MARGIN + 62.0, width - 2 * MARGIN - 86.0
    upper = page.axes(left, page.plot_top, room, TALL)
    lower = page.axes(left, page.plot_top + TALL + between, room, SHORT)
    for n, each in enumerate(lines):
        colour, stroke = STROKES[n]
        upper.plot(amounts, each.values, color=colour, linestyle=stroke, linewidth=2)
        if key:
            _stroke_key(page, MARGIN + n * page.width / len(lines), page.key_top, each.name, n)
    shown = [None if value is None else max(min(value, MOST_SHOWN), 0.0) for value in lost.values]
    lower.step(amounts, [math.nan if value is None else value for value in shown], where="post", color=INK, linewidth=1.6)
    lower.set_ylim(0, MOST_SHOWN)
    lower.set_yticks([0, 50, 100])
    page.text(MARGIN, page.plot_top + TALL + between - 18, capital(lost.name), SMALL, colour=SOFT)
    for axes in (upper, lower):
        axes.set_xlim(amounts[0], amounts[-1])
        axes.grid(axis="y", color=SAME, linewidth=0.8)
        axes.set_axisbelow(True)
        axes.tick_params(length=0, labelsize=_points(SMALL), labelcolor=SOFT)
        axes.axhline(axes.get_ylim()[0], color=LINE, linewidth=1)
        axes.xaxis.set_major_locator(_ticks(6 if width > NARROW else 3))
        axes.xaxis.set_major_formatter(_pounds)
    lower.tick_params(axis="x", pad=7)
    upper.yaxis.set_major_formatter(_pounds)
    lower.yaxis.set_major_formatter(lambda value, place: f"{value:.0f}p")
    upper.set_xticklabels([])
    page.text(width - MARGIN, page.plot_top + TALL + between + SHORT + below - 18, chart.first_column, SMALL, colour=SOFT, ha="right")
    return page.figure


def _stroke_key(page: _Page, x: float, y: float, name: str, n: int) -> None:
    from matplotlib.lines import Line2D

    across = [x / page.width, (x + 24) / page.width]
    level = 1 - (y + 8) / page.height
    colour, stroke = STROKES[n]
    page.figure.add_artist(Line2D(across, [level, level], color=colour, linestyle=stroke, linewidth=2, transform=page.figure.transFigure))
    page.text(x + 32, y, name)


def _ticks(most: int) -> Any:
    from matplotlib.ticker import MaxNLocator

    return MaxNLocator(most)


def _pounds(value: float, place: int) -> str:
    return f"{MINUS if value < 0 else ''}£{abs(value):,.0f}"


_DRAWERS: dict[str, Callable[[Chart, int], Any]] = {
    "bars": _bars,
    "pairs": _pairs,
    "parts": _parts,
    "places": _places,
    "budget_line": _budget_line,
}
