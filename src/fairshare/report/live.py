"""Charts drawn live, by hvplot, for the dashboards; the libraries are loaded only when asked for.

A page draws one figure and then changes its numbers in place (`Live`): whatever they are, each layer has the same columns and a row
for every label. A chart of other labels is a new figure.
"""

from __future__ import annotations

from typing import Any, NamedTuple

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


class _Layout(NamedTuple):
    """Where a chart of bars has its axis end, and each layer's own rows."""

    frame: Any
    left: float
    right: float
    figures: tuple[Any, Any]
    """The figures to the right of bars, and those to the left of bars below zero: a frame each, with a row for every label."""


def _layout(chart: Chart) -> _Layout:
    frame = bars_frame(chart)
    least, most = min(0.0, frame["low"].min(), frame["value"].min()), max(0.0, frame["high"].max(), frame["value"].max())
    on_left, on_right = bool((frame["value"] < 0).any()), bool((frame["value"] >= 0).any())
    room = (most - least or 1.0) * ROOM / (1.0 - ROOM * (int(on_left) + int(on_right)))
    left = least - (room if on_left else room / 10)
    right = most + (room if on_right else room / 10)
    frame["less"], frame["plus"] = frame["value"] - frame["low"], frame["high"] - frame["value"]
    rising = frame["value"] >= 0
    beside = (
        frame.assign(at=frame["high"], figure=frame["figure"].where(rising, "")),
        frame.assign(at=frame["low"], figure=frame["figure"].where(~rising, "")),
    )
    return _Layout(frame, float(left), float(right), beside)


def _bars(chart: Chart, height: int) -> Any:
    import holoviews as hv

    made = _layout(chart)
    bars = made.frame.hvplot.barh(
        x="label",
        y="value",
        color="colour",
        responsive=True,
        height=height,
        legend=False,
        hover_cols=["figure", "hatch"],
        hover_tooltips=_HOVER,
    )
    ranges = hv.ErrorBars(made.frame, "label", ["value", "less", "plus"])
    layers = [
        bars.opts(color=GAIN, line_color=None, bar_width=0.62, hooks=[_coloured]),
        ranges.opts(color=INK, line_width=1.2, invert_axes=True, **_HEADS),
    ]
    for rows, side, offset in zip(made.figures, ("left", "right"), (6, -6), strict=True):
        labels = hv.Labels(rows, ["label", "at"], "figure")
        layers.append(labels.opts(text_align=side, text_color=INK, text_font_size="13px", invert_axes=True, **_shift(offset)))
    layers.append(hv.HLine(0.0).opts(color=INK, line_width=1.2))
    return hv.Overlay(layers).opts(
        ylim=(made.left, made.right),
        xlabel="",
        ylabel="",
        title="",
        toolbar=None,
        default_tools=[],
        active_tools=[],
        hooks=[_bare],
        **_LOOK,
    )


class Live:
    """A chart of bars as one figure, drawn once by hvplot. `show` puts other numbers into it: only its data is sent, which costs a
    small part of drawing it again."""

    def __init__(self, chart: Chart, height: int) -> None:
        import holoviews as hv

        plot = hv.renderer("bokeh").get_plot(interactive(chart, height))
        self.labels = chart.labels
        self.figure = plot.state
        parts = [(type(part).__name__, part.handles["source"]) for part in plot.subplots.values() if "source" in part.handles]
        (self._bars,) = (source for name, source in parts if name == "BarPlot")
        (self._ranges,) = (source for name, source in parts if name == "ErrorPlot")
        self._figures = [source for name, source in parts if name == "LabelsPlot"]

    def show(self, chart: Chart) -> None:
        """Other numbers under the same labels."""
        made = _layout(chart)
        _put(self._bars, made.frame, {name: name for name in ("label", "value", "colour", "figure", "hatch")})
        _put(self._ranges, made.frame, {"base": "label", "lower": "low", "upper": "high"})
        for source, rows in zip(self._figures, made.figures, strict=True):
            _put(source, rows, {name: name for name in ("at", "label", "figure")})
        self.figure.x_range.update(start=made.left, end=made.right)


def _put(source: Any, rows: Any, columns: dict[str, str]) -> None:
    """A layer's numbers anew, where they differ: its own columns and no others."""
    if set(source.data) != set(columns):
        raise ValueError(f"the chart's layer holds {sorted(source.data)}, not {sorted(columns)}")
    new = {name: rows[column].tolist() for name, column in columns.items()}
    if any(list(source.data[name]) != values for name, values in new.items()):
        source.data = new


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
