"""The ledger as a picture: both sides whole, in words, inside its frame."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from fairshare.faults import Fault
from fairshare.measures.tables import Measures
from fairshare.report import plain
from fairshare.report.flows import flows, svg, write
from fairshare.report.shown import level

DAY = date(2026, 11, 25)
SVG = "{http://www.w3.org/2000/svg}"


def test_both_sides_hold_the_same(each: Measures) -> None:
    found = flows(each.run, DAY)
    if found is None:
        assert not each.run.ledger.entries
        return
    assert sum(part.pounds for part in found.gets) == pytest.approx(found.total, abs=0.02)
    assert not plain.faults(found.title)
    assert all(part.pounds > 0 for part in (*found.gives, *found.gets))


def test_every_sum_is_said_and_lies_within_the_frame(each: Measures) -> None:
    found = flows(each.run, DAY)
    if found is None:
        return
    for narrow in (False, True):
        picture = ET.fromstring(svg(found, narrow))
        left, top, width, height = (float(part) for part in picture.attrib["viewBox"].split())
        text = re.sub(r"\s+", " ", " ".join("".join(line.itertext()) for line in picture.iter(f"{SVG}tspan")))
        for part in (*found.gives, *found.gets):
            assert level(part.pounds) in text
        for box in picture.iter(f"{SVG}rect"):
            place = [float(box.get(name, 0)) for name in ("x", "y", "width", "height")]
            assert place[0] >= left - 0.1 and place[0] + place[2] <= left + width + 0.1
            assert place[1] >= top and place[1] + place[3] <= top + height + 0.1
        for line in picture.iter(f"{SVG}tspan"):  # no word touches the frame
            assert left + 10 <= float(line.attrib["x"]) <= left + width - 10
        assert picture.get("role") == "img" and picture.find(f"{SVG}desc").text == found.alt


def test_what_runs_backwards_is_less_of_it(child_benefit: Measures, child_benefit_falls: Measures) -> None:
    more, less = flows(child_benefit.run, DAY), flows(child_benefit_falls.run, DAY)
    assert any(part.words == "Child Benefit, to households" for part in more.gets)
    assert any(part.words == "less Child Benefit, from households" for part in less.gives)


def test_a_picture_is_written_or_says_why_not(child_benefit: Measures, tmp_path: Path) -> None:
    file = write(child_benefit.run, tmp_path / "ledger.svg")
    assert file.read_text(encoding="utf-8").startswith("<svg")
    (tmp_path / "in_the_way").write_text("x")
    with pytest.raises(Fault, match="cannot be written"):
        write(child_benefit.run, tmp_path / "in_the_way" / "ledger.svg")
