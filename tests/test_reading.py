"""The strict reader: plain data, each value with its place, and one sentence for each fault."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare.faults import Fault
from fairshare.reading import parse, read


@pytest.mark.parametrize(
    "text, value",
    [
        ("10_000_000", 10_000_000),
        ("0.02", 0.02),
        ("1e6", 1_000_000.0),
        ("-5", -5),
        ("2026-27", "2026-27"),
        ("2026-04-06", "2026-04-06"),
        ("yes", "yes"),
        ("true", True),
        ("no limit", math.inf),
        ('"26.05"', "26.05"),
        ("'true'", "true"),
        ("012", 12),
        ("1:30", "1:30"),
    ],
)
def test_scalars(text: str, value: object) -> None:
    found = parse(f"a: {text}").data["a"]
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize(
    "text, words",
    [
        ("a: 1\nb: 2\na: 3", 'line 3, column 1: "a" is given twice'),
        ("a: &x 1\nb: *x", "line 1, column 4"),
        ("a: {<<: 1, b: [2]}", "merging (<<) is not allowed"),
        ("a: !!python/object:os.system 1", "tag"),
        ("a: !mine 1", "tag"),
        ("a: [1, 2", "not valid YAML"),
        ("a: b: c", "line 1"),
        ("\ta: 1", "not valid YAML"),
        ("a: 1\n---\nb: 2", "second document"),
        ("", "empty"),
        ("# only a comment", "empty"),
        ("a: " + "[" * 60 + "]" * 60, "deep"),
    ],
)
def test_what_is_refused(text: str, words: str) -> None:
    with pytest.raises(Fault) as refused:
        parse(text, "scenario.yaml")
    message = str(refused.value)
    assert words in message and message.startswith("scenario.yaml") and "\n" not in message


def test_a_fault_found_later_still_has_its_place() -> None:
    document = parse("law:\n  wealth_tax:\n    bands:\n      - {above: 0, rate: 0}\n      - {above: 10, rate: 2}\n", "s.yaml")
    assert document.where(("law", "wealth_tax", "bands", 1, "rate")) == "s.yaml, line 5, column 27"
    assert document.where(("law", "wealth_tax", "unit")) == "s.yaml, line 3, column 5"  # the nearest that the file holds


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="There is no file"):
        read(tmp_path / "nothing.yaml")
    with pytest.raises(Fault, match="is a folder"):
        read(tmp_path)
    (tmp_path / "large.yaml").write_text("a: " + "x" * 1_000_001)
    with pytest.raises(Fault, match="larger than 1 MB"):
        read(tmp_path / "large.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"a: caf\xe9")
    with pytest.raises(Fault, match="not UTF-8 text"):
        read(tmp_path / "latin.yaml")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_one_sentence(text: str) -> None:
    try:
        parse(text, "some.yaml")
    except Fault as refused:
        assert "\n" not in str(refused) and str(refused).startswith("some.yaml")
