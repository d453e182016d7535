"""Charts drawn live, by hvplot, for the dashboards; the libraries are loaded only when asked for.

A page draws one figure and then changes its numbers in place: whatever they are, each layer has the same columns and a row for
every label. A chart of other labels is a new figure.
"""

from __future__ import annotations

from typing import Any

from fairshare.report.charts import Chart
from fairshare.report.drawing import GAIN, INK, LOSE, PART_COLOURS, ROW
from fairshare.report.shown import week
from fairshare.report.words import MINUS, percent

ROOM = 0.25
"""Room beside the longest bar for its figure, as a part of the whole picture, so that figures are whole on a phone."""
HATCH = "right_diagonal_line"


def interactive(chart: Chart, height: int | None = None) -> Any:
    """The same chart by hvplot: bars from zero, each with its figure and its range; no toolbar and no zoom to trap a page's scrolling."""
    import hvplot.pandas  # noqa: F401  (registers itself)

    size = height or int(60 + len(chart.labels) * ROW)
    return _parts(chart, size) if chart.kind == "parts" else _bars(chart, size)


def bars_frame(chart: Chart) -> Any:
    """A chart of bars as a frame, a row for each label from the bottom of the picture up: label, value, low, high, and how it is drawn."""
    import pandas as pd

    only = chart.series[0]
    count = len(chart.labels)
    values = [value or 0.0 for value in only.values]
    ends = zip(only.low or (None,) * count, only.high or (None,) * count, values, strict=True)
    low, high = zip(*((value if least is None else least, value if most is None else most) for least, most, value in ends), strict=True)
    frame = pd.DataFrame({"label": chart.labels, "value": values, "low": low, "high": high})
    frame["known"] = [value is not None for value in only.values]
    frame["figure"] = [figure(value, chart.unit) if value is not None else "not shown" for value in only.values]
    frame["colour"] = [LOSE if value < 0 else GAIN for value in values]
    frame["hatch"] = [HATCH if value < 0 else " " for value in values]
    return frame.iloc[::-1].reset_index(drop=True)


def _bars(chart: Chart, height: int) -> Any:
    import holoviews as hv

    frame = bars_frame(chart)
    least, most = min(0.0, frame["low"].min(), frame["value"].min()), max(0.0, frame["high"].max(), frame["value"].max())
    figures_left, figures_right = (frame["value"] < 0).any(), (frame["value"] >= 0).any()
    room = (most - least or 1.0) * ROOM / (1.0 - ROOM * (int(figures_left) + int(figures_right)))
    left = least - (room if figures_left else room / 10)
    right = most + (room if figures_right else room / 10)
    bars = frame.hvplot.barh(
        x="label",
        y="value",
        color="colour",
        responsive=True,
        height=height,
        legend=False,
        hover_cols=["figure", "hatch"],
        hover_tooltips=_HOVER,
    )
    frame["less"], frame["plus"] = frame["value"] - frame["low"], frame["high"] - frame["value"]
    ranges = hv.ErrorBars(frame, "label", ["value", "less", "plus"]).opts(color=INK, line_width=1.2, invert_axes=True, **_HEADS)
    drawn = bars.opts(color=GAIN, line_color=None, bar_width=0.62, hooks=[_coloured])
    layers = [drawn, ranges]
    for side, mine in (("left", frame["value"] >= 0), ("right", frame["value"] < 0)):
        at = frame.assign(at=frame["high"] if side == "left" else frame["low"], figure=frame["figure"].where(mine, ""))
        labels = hv.Labels(at, ["label", "at"], "figure")
        offset = 6 if side == "left" else -6
        layers.append(labels.opts(text_align=side, text_color=INK, text_font_size="13px", invert_axes=True, **_shift(offset)))
    layers.append(hv.HLine(0.0).opts(color=INK, line_width=1.2))
    return hv.Overlay(layers).opts(
        ylim=(left, right), xlabel="", ylabel="", title="", toolbar=None, default_tools=[], active_tools=[], hooks=[_bare], **_LOOK
    )


_HOVER = [("", "@label"), ("Change", "@figure")]


def _above(plot: Any, element: Any) -> None:
    """A range is drawn over its bar, so that both of its ends are seen."""
    plot.handles["glyph"].level = "annotation"


_HEADS: dict[str, Any] = {"lower_head": None, "upper_head": None, "hooks": [_above]}
_LOOK: dict[str, Any] = {
    "invert_axes": True,
    "framewise": True,
    "show_grid": False,
    "show_frame": False,
    "xaxis": None,
    "fontsize": {"labels": "13px", "ticks": "13px"},
}


def _bare(plot: Any, element: Any) -> None:
    """No ground of its own, and no axis beside what each bar already says."""
    plot.state.update(background_fill_color=None, border_fill_color=None, outline_line_color=None)
    for axis in (plot.handles["xaxis"], plot.handles["yaxis"]):
        axis.update(axis_line_color=None, major_tick_line_color=None, minor_tick_line_color=None)


def _coloured(plot: Any, element: Any) -> None:
    """Each bar as its row says; what is lost is hatched, so that meaning never rests on colour."""
    plot.handles["glyph"].update(fill_color={"field": "colour"}, hatch_pattern={"field": "hatch"}, hatch_color="white", hatch_weight=1.5)


def _shift(pixels: int) -> dict[str, Any]:
    """Moves text beside the end of its bar."""

    def move(plot: Any, element: Any) -> None:
        plot.handles["glyph"].x_offset = pixels

    return {"hooks": [move]}


def figure(value: float, unit: str) -> str:
    """A bar's figure, with its sign."""
    if unit == "%":
        return percent(value)
    if unit == "£ a week":
        return week(value)
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}£{abs(value):,.1f}{'bn' if 'billion' in unit else 'm'}"


def _parts(chart: Chart, height: int) -> Any:
    """Rows of a hundred."""
    import holoviews as hv
    import pandas as pd

    names = [each.name for each in chart.series]
    frame = pd.DataFrame({"label": chart.labels} | {each.name: each.values for each in chart.series}).iloc[::-1]
    drawn = frame.hvplot.barh(x="label", y=names, stacked=True, color=list(PART_COLOURS), responsive=True, height=height, legend="top")
    return drawn.opts(hv.opts.Bars(xlabel="", ylabel=chart.unit, title="", toolbar=None, default_tools=[], active_tools=[], framewise=True))
