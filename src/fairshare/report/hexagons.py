"""The map of council areas as light SVG for a live page: one hexagon each, with its name and figure, in the classes and hatches of the
picture that `drawing` makes of the same chart.
"""

from __future__ import annotations

from html import escape

from fairshare.areas import areas
from fairshare.report.charts import Chart
from fairshare.report.drawing import LINE, classes, edge, hexagons, map_keys, shade, sure
from fairshare.report.shown import week

SIZE = 14.0
"""Width of a hexagon, in the drawing's own units."""
ACROSS, UP = 0.5, 0.57735
"""From its centre to its side and to its point, where a hexagon is one wide."""
LINES = {
    "///": "M0,6 L6,0 M-1,1 L1,-1 M5,7 L7,5",
    "\\\\\\": "M0,0 L6,6 M-1,5 L1,7 M5,-1 L7,1",
    "xxx": "M0,0 L6,6 M0,6 L6,0",
    "..": "M1.5,1.5 h.9 M4.5,4.5 h.9",
}
"""How each hatch is drawn in a square of six."""

Style = tuple[str, str | None]


def map_svg(chart: Chart, chosen: str = "") -> str:
    """The map. Each hexagon carries its council's GSS code in `data-area` and its words in a title; `chosen` is outlined."""
    values = sure(chart.series[0])
    bounds = classes([value for value in values if isinstance(value, float)])
    places = {area.code: (area.name, value, chart.series[0].values[area.row]) for area, value in zip(areas(), values, strict=True)}
    centres = hexagons()
    xs, ys = [x for x, _ in centres.values()], [y for _, y in centres.values()]
    width, height = (max(xs) - min(xs) + 1.2) * SIZE, (max(ys) - min(ys) + 1.4) * SIZE
    styles: list[Style] = []
    drawn = []
    for code, (x, y) in centres.items():
        name, value, number = places[code]
        style = shade(value, bounds)
        if style not in styles:
            styles.append(style)
        at = f'x="{(x - min(xs) + 0.6) * SIZE:.0f}" y="{(max(ys) - y + 0.7) * SIZE:.1f}"'
        mark = ' class="chosen"' if code == chosen else ""
        fill, words = _fill(styles.index(style), style), _title(name, value, number)
        drawn.append(f'<use href="#hexagon" {at} fill="{fill}" data-area="{code}"{mark}>{words}</use>')
    patterns = "".join(_pattern(i, style) for i, style in enumerate(styles) if style[1])
    corners = " ".join(f"{x * SIZE:.2f},{y * SIZE:.2f}" for x, y in _CORNERS)
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-labelledby="map-title map-words">'
        f'<defs>{patterns}<polygon id="hexagon" points="{corners}"/></defs><g stroke="{LINE}" stroke-width="0.7">{"".join(drawn)}</g></svg>'
    )


_CORNERS = ((0.0, -UP), (ACROSS, -UP / 2), (ACROSS, UP / 2), (0.0, UP), (-ACROSS, UP / 2), (-ACROSS, -UP / 2))


def key_svg(chart: Chart) -> list[tuple[str, str]]:
    """What each class of the map stands for: its words, and a small picture of it."""
    values = sure(chart.series[0])
    bounds = classes([value for value in values if isinstance(value, float)])
    found = []
    for i, (words, style) in enumerate(map_keys(values, bounds)):
        number = 100 + i
        pattern = _pattern(number, style) if style[1] else ""
        box = f'<rect x="0.5" y="0.5" width="15" height="15" fill="{_fill(number, style)}" stroke="{edge(style[1])}"/>'
        found.append((words, f'<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">{pattern}{box}</svg>'))
    return found


def _fill(number: int, style: Style) -> str:
    return f"url(#hatch-{number})" if style[1] else style[0]


def _pattern(number: int, style: Style) -> str:
    colour, hatch = style
    line = f'<path d="{LINES[hatch or ""]}" stroke="{edge(hatch)}" stroke-width="1" fill="none"/>'
    ground = f'<rect width="6" height="6" fill="{colour}"/>'
    return f'<pattern id="hatch-{number}" width="6" height="6" patternUnits="userSpaceOnUse">{ground}{line}</pattern>'


def _title(name: str, value: float | str | None, number: float | None) -> str:
    if value is None or number is None:
        words = "not shown, or not known"
    elif isinstance(value, str):
        words = "could be more or less"
    else:
        words = f"{week(number)} a week"
    return f"<title>{escape(name)}: {escape(words)}</title>"
