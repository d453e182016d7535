"""Every chart carries its five parts, and all drawings of it show the same numbers."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
from datetime import date

import pytest

from fairshare.measures.tables import Measures
from fairshare.report import plain
from fairshare.report.charts import Chart, charts, csv_text
from fairshare.report.charts import _counted as counted
from fairshare.report.drawing import GAIN, INK, LOSE, SAME, SOFT, WHITE, classes, hexagons, png, svg
from fairshare.report.shown import week

DAY = date(2026, 11, 25)
SVG = "{http://www.w3.org/2000/svg}"


def drawn_text(picture: str) -> str:
    return " ".join("".join(each.itertext()) for each in ET.fromstring(picture).iter(f"{SVG}text"))


def test_the_five_parts(each: Measures):
    for chart in charts(each, DAY):
        assert chart.title.endswith(".") and not plain.faults(chart.title)
        assert each.run.year in chart.subtitle and "United Kingdom" in chart.subtitle
        assert chart.alt.count(".") >= 2 and not [fault for fault in plain.faults(chart.alt) if "words in a sentence" not in fault]
        assert chart.rows and len(chart.columns) == len(chart.rows[0])
        assert each.run.id in chart.source and "25 November 2026" in chart.source and "synthetic" in chart.source


def test_the_picture_holds_them(child_benefit: Measures):
    for chart in charts(child_benefit, DAY):
        for narrow in (False, True):
            picture = svg(chart, narrow)
            root = ET.fromstring(picture)
            assert root.get("role") == "img"
            assert root.find(f"{SVG}title").text == chart.title
            assert root.find(f"{SVG}desc").text == chart.alt
            text = re.sub(r"\s+", " ", drawn_text(picture))
            for part in (chart.title, chart.subtitle, chart.source):
                assert part in text, part


def test_ids_of_a_picture_are_its_own(child_benefit: Measures):
    ids = [
        id for chart in charts(child_benefit, DAY) for narrow in (False, True) for id in re.findall(r'\bid="([^"]+)"', svg(chart, narrow))
    ]
    assert len(ids) == len(set(ids))


def test_the_same_chart_is_drawn_the_same(child_benefit: Measures):
    chart = charts(child_benefit, DAY)[0]
    assert svg(chart) == svg(chart)


def test_bars_carry_their_figures(child_benefit: Measures):
    chart = charts(child_benefit, DAY)[0]
    text = drawn_text(svg(chart))
    for value in chart.series[0].values:
        if value is not None:
            assert week(value) in text


def test_numbers_are_those_of_the_table(property_tax: Measures):
    chart = charts(property_tax, DAY)[0]
    rows = property_tax.tables["by_income_tenth"]
    assert chart.series[0].values == tuple(row["mean_change_a_week"] for row in rows)
    read = list(csv.reader(line for line in io.StringIO(csv_text(chart)) if not line.startswith("#")))
    assert [float(row[1]) for row in read[1:]] == pytest.approx([row["mean_change_a_week"] for row in rows], abs=1e-4)


def test_parts_make_a_hundred(each: Measures):
    chart = next(chart for chart in charts(each, DAY) if chart.kind == "parts")
    for parts in zip(*(series.values for series in chart.series), strict=True):
        if None not in parts:
            assert sum(parts) == pytest.approx(100)


def test_at_most_four_series(each: Measures):
    assert all(len(chart.series) <= 4 for chart in charts(each, DAY))


def test_files_carry_their_source(child_benefit: Measures):
    for chart in charts(child_benefit, DAY):
        picture = png(chart)
        assert picture.startswith(b"\x89PNG") and child_benefit.run.id.encode() in picture
        assert f"# {chart.source}" in csv_text(chart)


def test_the_live_chart_shows_the_same_numbers(property_tax: Measures):
    pytest.importorskip("hvplot")
    from fairshare.report.live import interactive

    for chart in charts(property_tax, DAY)[:2]:
        shown = str([*_numbers(interactive(chart))])
        assert shown
        expected = {round(value, 6) for series in chart.series for value in series.values if value is not None}
        assert expected <= {round(value, 6) for value in _numbers(interactive(chart))}


def _numbers(drawn: object) -> set[float]:
    found: set[float] = set()
    for part in drawn.traverse(lambda each: each) if hasattr(drawn, "traverse") else [drawn]:
        if hasattr(part, "dframe") and type(part).__name__ not in ("Overlay", "Layout", "NdOverlay"):
            for column in part.dframe().select_dtypes("number"):
                found |= set(part.dframe()[column])
    return found


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_light(one), _light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("text, ground", [(INK, WHITE), (SOFT, WHITE), (INK, SAME), (WHITE, GAIN), (WHITE, LOSE)])
def test_text_can_be_read(text: str, ground: str):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("colour", [GAIN, LOSE])
def test_bars_can_be_seen(colour: str):
    assert contrast(colour, WHITE) >= 3


def test_every_council_area_has_one_hexagon():
    from fairshare.areas import areas

    assert set(hexagons()) == {area.code for area in areas()}
    assert len(set(hexagons().values())) == len(areas())


def test_classes_of_a_map_are_round():
    assert classes([0.4, -1.2, 2.9, 6.1, -8.0, 10.0]) == (3.0, 8.0)


def test_a_map_leaves_out_what_is_not_known(child_benefit: Measures):
    chart = next((chart for chart in charts(child_benefit, DAY) if chart.kind == "places"), None)
    if chart is not None:
        assert isinstance(chart, Chart) and None in chart.series[0].values


def test_groups_that_all_move_alike_are_said_as_all():
    falls = {"mean_change": -520.0, "mean_low": -600.0, "mean_high": -400.0}
    assert counted([falls] * 4, "for", "kinds of home") == "Average income would fall for all 4 kinds of home."
    rises = {"mean_change": 520.0, "mean_low": 400.0, "mean_high": 600.0}
    assert counted([falls, falls, rises], "for", "kinds of home") == "Of 3 kinds of home, average income would rise for 1 and fall for 2."
