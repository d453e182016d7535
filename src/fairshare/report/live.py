"""Charts drawn live, by hvplot, for the dashboards; the libraries are loaded only when asked for."""

from __future__ import annotations

from typing import Any

from fairshare.report.charts import Chart
from fairshare.report.drawing import GAIN, LOSE, PART_COLOURS, ROW


def interactive(chart: Chart, height: int | None = None) -> Any:
    """The same chart by hvplot, for the dashboard: fixed axes, no wheel zoom, every figure written at its bar."""
    import holoviews as hv
    import hvplot.pandas  # noqa: F401  (registers itself)
    import pandas as pd

    frame = pd.DataFrame(chart.rows, columns=list(chart.columns))
    rows = len(chart.labels)
    size = height or int(90 + rows * ROW)
    common: dict[str, Any] = {"responsive": True, "height": size, "xlabel": "", "ylabel": chart.unit, "title": "", "legend": "top"}
    frame = frame.iloc[::-1]
    if chart.kind == "parts":
        names = [each.name for each in chart.series]
        drawn = frame.hvplot.barh(x=chart.first_column, y=names, stacked=True, color=list(PART_COLOURS), **common)
    else:
        name = chart.series[0].name
        frame = frame.assign(colour=[LOSE if (value or 0) < 0 else GAIN for value in frame[name]])
        drawn = frame.hvplot.barh(x=chart.first_column, y=name, color="colour", **(common | {"legend": False}))
    return drawn.opts(hv.opts.Bars(toolbar=None, default_tools=[], active_tools=[], show_grid=False))
