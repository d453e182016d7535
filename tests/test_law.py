"""Law is declared once and strict: what a scenario or a parameter file may say, and what is refused, with its place."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairshare.faults import Fault
from fairshare.law import Law, as_data, law_in_force, validated, with_changes
from fairshare.parameters import YEARS
from fairshare.reading import parse
from fairshare.rules import INSTRUMENTS
from fairshare.schedule import BANDS, Schedule


def reform(law: Law, text: str) -> Law:
    """The law with the changes that a scenario's `law:` would write as this YAML."""
    document = parse(f"law:\n  {text}", "scenario.yaml")
    return with_changes(law, document.data["law"], document)


NINE_BANDS = "[" + ", ".join(f"{{above: {start}, rate: 0.1}}" for start in range(9)) + "]"


@pytest.mark.parametrize(
    "text, words",
    [
        ('income_tax: {personal_allowance: "12,570"}', "income_tax.personal_allowance must be a number, not text"),
        ('income_tax: {wales: {reduction: "0.1"}}', "income_tax.wales.reduction must be a number, not text"),
        ('child_benefit: {eldest: "26.05"}', "child_benefit.eldest must be a number, not text"),
        ("child_benefit: {eldest: true}", "child_benefit.eldest must be a number, not True"),
        ("child_benefit: {eldest: .nan}", "child_benefit.eldest must be a finite number"),
        ("child_benefit: {eldest: .inf}", "child_benefit.eldest must be a finite number"),
        ("child_benefit: {eldest: -.inf}", "child_benefit.eldest must be a finite number"),
        ("child_benefit: {eldest: }", "child_benefit.eldest must be a number, not nothing"),
        ("child_benefit: {eldest: -1}", "child_benefit.eldest: -1.0 is too low; it must be at least 0"),
        ("child_benefit: {eldest: {minus: 1}}", "child_benefit.eldest must be a value, {plus: x}, {times: x}"),
        ("child_benefit: {eldest: {plus: -100}}", "is too low"),
        ("income_tax: {allowance_taper: -0.5}", "income_tax.allowance_taper: -0.5 is too low"),
        ("income_tax: {wales: {reduction: 1.5}}", "income_tax.wales.reduction: 1.5 is too high; it must be at most 1"),
        ("income_tax: {personal_alowance: 1}", 'income_tax has no "personal_alowance"; did you mean "personal_allowance"?'),
        ("income_taxes: {personal_allowance: 1}", 'there is no instrument "income_taxes"; did you mean "income_tax"?'),
        ("income_tax: [12570]", "income_tax must be a mapping of what changes, not a list"),
        ("income_tax: {savings: [0, 5000]}", "income_tax.savings must be a mapping of names to values, not a list"),
        ("income_tax: {main: {bands: []}}", "income_tax.main.bands must be a list of bands"),
        ("income_tax: {main: {bands: 0.2}}", "income_tax.main.bands must be a list of bands"),
        ("income_tax: {main: {bands: [[0, 0.2]]}}", "each band needs `above` and `rate`"),
        ("income_tax: {main: {bands: [{above: 0}]}}", "each band needs `above` and `rate`"),
        ("income_tax: {main: {bands: [{above: 0, rate: 0.2, to: 5}]}}", "each band needs `above` and `rate`, and nothing else"),
        ("income_tax: {main: {bands: [{above: 1, rate: 0.2}]}}", "the first band must start at 0"),
        ("income_tax: {main: {bands: [{above: 0, rate: 0.2}, {above: 0, rate: 0.4}]}}", "must start above the one before it"),
        ("income_tax: {main: {bands: [{above: 0, rate: 0.2}, {above: 9, rate: 0.4}, {above: 5, rate: 0.5}]}}", "above the one before it"),
        ("income_tax: {main: {bands: [{above: 0, rate: -0.2}]}}", "is too low"),
        ('income_tax: {main: {bands: [{above: 0, rate: "20%"}]}}', "must be a number, not text"),
        ("income_tax: {main: {bands: [{above: 0, rate: .nan}]}}", "must be a finite number"),
        (f"income_tax: {{main: {{bands: {NINE_BANDS}}}}}", "has 9 bands; the most is 8"),
        ("income_tax: {by_place: {band_d: 1}}", "income_tax has no law by place"),
        ("council_tax: {by_place: {band_dd: {times: 1.05}}}", 'has no "band_dd"; did you mean "band_d"?'),
    ],
)
def test_what_is_refused_names_its_place(law_2026: Law, text: str, words: str) -> None:
    with pytest.raises(Fault) as refused:
        reform(law_2026, text)
    message = str(refused.value)
    assert words in message and message.startswith("scenario.yaml, line 2")
    assert "\n" not in message and message[-1] in ".?"


def test_a_missing_name_is_refused_with_its_path(law_2026: Law) -> None:
    document = parse("says: nothing", "child_benefit.yaml")
    given_law = as_data(law_2026.values["child_benefit"])
    del given_law["eldest"]
    with pytest.raises(Fault, match=r"child_benefit.yaml.*`eldest` is missing"):
        validated(INSTRUMENTS["child_benefit"].law, given_law, document, ())


def test_a_whole_law_is_never_a_list(law_2026: Law) -> None:
    values = list(law_2026.values["state_pension"])
    with pytest.raises(Fault, match="must be a mapping of names to values, not a list"):
        validated(INSTRUMENTS["state_pension"].law, values, parse("a: 1"), ())


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", INSTRUMENTS)
def test_the_law_of_every_year_has_one_shape_of_floats(name: str, year: str) -> None:
    """Design 3.2: floats and tuples only, schedules padded to eight bands, so that there is one compiled signature."""

    def shape(value: object) -> object:
        if isinstance(value, tuple):
            return type(value).__name__, tuple(shape(each) for each in value)
        assert type(value) is float and not math.isnan(value)
        return "float"

    assert shape(law_in_force(year).values[name]) == shape(law_in_force("2025-26").values[name])


def test_schedules_are_padded(law_2026: Law) -> None:
    law = reform(law_2026, "income_tax: {main: {bands: [{above: 0, rate: 0.3}]}}").values["income_tax"]
    assert len(law.main.bands) == BANDS
    assert law.main.bands[0] == (0.0, 0.3) and law.main.bands[1].above == math.inf
    assert as_data(law)["main"]["bands"] == [{"above": 0.0, "rate": 0.3}]


def test_relative_and_phased_changes(law_2026: Law) -> None:
    eldest = law_2026.values["child_benefit"].eldest
    assert reform(law_2026, "child_benefit: {eldest: {plus: 10}}").values["child_benefit"].eldest == pytest.approx(eldest + 10)
    assert reform(law_2026, "child_benefit: {eldest: {times: 1.5}}").values["child_benefit"].eldest == pytest.approx(eldest * 1.5)
    phased = "child_benefit: {eldest: {2026-27: 30, 2027-28: 40}}"
    assert reform(law_2026, phased).values["child_benefit"].eldest == 30.0
    assert reform(law_in_force("2028-29"), phased).values["child_benefit"].eldest == 40.0
    before = law_in_force("2025-26")
    assert reform(before, phased).values["child_benefit"].eldest == before.values["child_benefit"].eldest


def test_a_reform_leaves_the_law_in_force_as_it_was(law_2026: Law) -> None:
    band_d, allowance = law_2026.places["council_tax"]["band_d"].copy(), law_2026.values["income_tax"].personal_allowance
    changed = reform(law_2026, "{income_tax: {personal_allowance: 15000}, council_tax: {by_place: {band_d: {times: 1.05}}}}")
    assert changed.places["council_tax"]["band_d"] == pytest.approx(band_d * 1.05)
    assert (law_2026.places["council_tax"]["band_d"] == band_d).all() and law_2026.values["income_tax"].personal_allowance == allowance
    assert changed.changed == {"income_tax.personal_allowance", "council_tax.by_place.band_d"}
    assert not changed.places["council_tax"].flags.writeable


def test_equal_numbers_of_two_instruments_are_two_laws(law_2026: Law) -> None:
    """NamedTuples of equal numbers are equal and hash equal: the instrument's name must be in the key."""
    assert law_2026.key("child_benefit")[0] == "child_benefit"
    assert len({law_2026.key(name) for name in INSTRUMENTS}) == len(INSTRUMENTS)


@pytest.mark.parametrize("year", ["2022-23", "2030-31", "2026", "2026/27", "", "next year"])
def test_an_unknown_year_is_refused(year: str) -> None:
    with pytest.raises(Fault, match="is not a fiscal year that the model covers"):
        law_in_force(year)


numbers = st.floats(0, 1, allow_nan=False)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(1, 1e6), numbers), max_size=BANDS - 1, unique_by=lambda band: band[0]), numbers)
def test_a_schedule_comes_back_as_it_was_written(bands: list[tuple[float, float]], first: float) -> None:
    written = [{"above": 0.0, "rate": first}, *({"above": above, "rate": rate} for above, rate in sorted(bands))]
    document = parse("a: 1")
    law = with_changes(law_in_force("2026-27"), {"income_tax": {"main": {"bands": written}}}, document, ())
    assert as_data(law.values["income_tax"].main.bands) == written
    assert len(law.values["income_tax"].main.bands) == len(Schedule.__args__)  # type: ignore[attr-defined]
