"""A proposal as YAML: what it may say, what is refused and in which words, and the law it makes."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fairshare.areas import find_area
from fairshare.faults import Fault
from fairshare.law import law_in_force
from fairshare.reading import parse, read
from fairshare.report import plain
from fairshare.rules import INSTRUMENTS
from fairshare.scenario import (
    LawUse,
    Payment,
    Scenario,
    Service,
    catalogue,
    laws,
    numbers,
    read_scenario,
    scenario_file,
    scenario_from,
    scenario_schema,
    unknown_to_one_household,
    value_at,
    with_value,
    without_use,
)
from fairshare.spending.services import KEYS

HEAD = "title: A change\nbecause: A reason.\nfrom: 2026-27\n"
NEEDED = {
    "council_tax/proportional_property_tax",
    "council_tax/rise_to_the_referendum_limit",
    "wealth/two_percent_above_ten_million",
    "benefits/child_benefit_plus_ten_pounds",
    "spending/council_homes",
    "packages/wealth_tax_three_uses",
}


def scenario(text: str) -> Scenario:
    return scenario_from(parse(HEAD + text, "mine.yaml"))


def as_json(value: Any) -> Any:
    """Data as a JSON reader would see it: no limit is written in words."""
    if isinstance(value, dict):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(each) for each in value]
    return "no limit" if value == math.inf else value


# ---- the catalogue -------------------------------------------------------------------------------------------------


def test_the_catalogue_holds_what_was_promised() -> None:
    assert set(catalogue()) >= NEEDED
    assert len(catalogue()) >= 50


@pytest.mark.parametrize("name", catalogue())
def test_each_scenario_is_read_and_fits_the_schema(name: str) -> None:
    read_scenario(name)
    schema = jsonschema.Draft202012Validator(scenario_schema())
    assert not [error.message for error in schema.iter_errors(as_json(read(scenario_file(name)).data))]


@pytest.mark.parametrize("name", catalogue())
def test_each_scenario_says_why_and_whence(name: str) -> None:
    found = read_scenario(name)
    assert found.sources and found.because.endswith(".")
    assert not found.title.endswith(".")


@pytest.mark.parametrize("name", catalogue())
def test_each_scenario_is_told_in_short_sentences(name: str) -> None:
    found = read_scenario(name)
    told = " ".join(text for text in (found.because, found.strongest_case, found.strongest_concern) if text)
    sentences = [found.title, *re.split(r"(?<=[.])\s", told)]
    assert not [sentence for sentence in sentences if len(sentence.split()) > 25]


@pytest.mark.parametrize("name", catalogue())
def test_a_scenario_written_out_again_is_the_same(name: str) -> None:
    found = read_scenario(name)
    assert scenario_from(parse(found.text), name).canonical == found.canonical


def test_mirrored_scenarios_differ_only_in_direction() -> None:
    more, less = (read_scenario(f"benefits/child_benefit_{way}_ten_pounds") for way in ("plus", "minus"))
    assert more.title.replace("rises", "falls") == less.title
    assert more.law["child_benefit"] == {name: {"plus": -change["plus"]} for name, change in less.law["child_benefit"].items()}


# ---- reading -------------------------------------------------------------------------------------------------------


def test_a_path_and_a_name_give_the_same_scenario(tmp_path: Path) -> None:
    named = read_scenario("benefits/child_benefit_plus_ten_pounds")
    copy = tmp_path / "mine.yaml"
    copy.write_text(scenario_file(named.name).read_text(encoding="utf-8"), encoding="utf-8")
    assert read_scenario(copy).canonical == named.canonical
    assert read_scenario(str(copy)).name == str(copy)


def test_layout_and_order_do_not_change_what_a_scenario_says() -> None:
    one = scenario("law: {child_benefit: {eldest: 30, additional: 20}}")
    other = scenario("law:\n  child_benefit:\n    additional: 20\n    eldest: 30\n")
    assert one.canonical == other.canonical
    assert scenario_from(parse(one.text)).canonical == one.canonical


def test_every_use_is_understood() -> None:
    found = scenario(
        "law: {wealth_tax: {bands: [{above: 0, rate: 0.01}]}}\n"
        "use:\n"
        "  - law: {child_benefit: {eldest: {plus: 1}}}\n"
        "  - equal_payment: {to: adults, share_of_proceeds: 0.25}\n"
        "  - equal_payment: {to: children, amount_each: 100}\n"
        "  - service: {name: health, share_of_proceeds: the_rest}\n"
        "    what: the health service\n"
        "areas: [Leeds]\nclosure: none\n"
    )
    assert found.use == (
        LawUse("changes to Child Benefit", {"child_benefit": {"eldest": {"plus": 1}}}),
        Payment("an equal payment to all adults", "adults", 0.25, None),
        Payment("an equal payment to all children", "children", None, 100),
        Service("the health service", "health", "the_rest", None),
    )
    assert found.areas == ("E08000035",)
    assert without_use(found).use == ()


@pytest.mark.parametrize(
    "text, words",
    [
        ("law: {wealth_tacks: {}}", 'there is no instrument "wealth_tacks"; did you mean "wealth_tax"?'),
        ("law: {child_benefit: {eldst: 1}}", 'child_benefit has no "eldst"; did you mean "eldest"?'),
        ("law: {child_benefit: {eldest: 26.05p}}", "child_benefit.eldest must be a number, not text"),
        ("law: {child_benefit: {eldest: true}}", "child_benefit.eldest must be a number"),
        ("law: {child_benefit: {eldest: .nan}}", "child_benefit.eldest must be a finite number"),
        ("law: {child_benefit: {eldest: -1}}", "-1.0 is too low; it must be at least 0"),
        ("law: {child_benefit: {eldest: {plus: -100}}}", "is too low; it must be at least 0"),
        ("law: {child_benefit: {eldest: {add: 1}}}", "must be a value, {plus: x}, {times: x}, or a map of years"),
        ("law: {child_benefit: {eldest: {1999-00: 1}}}", "a map of years such as"),
        ("law: {child_benefit: [1, 2, 0.9]}", "child_benefit must be a mapping of what changes, not a list"),
        ("law: {wealth_tax: {bands: []}}", "wealth_tax.bands must be a list of bands"),
        ("law: {wealth_tax: {bands: [{above: 0, rate: -0.01}]}}", "it must be at least 0"),
        ("law: {wealth_tax: {bands: [{above: 5, rate: 0.01}]}}", "the first band must start at 0"),
        ("law: {wealth_tax: {bands: [{above: 0, rate: 0}, {above: 0, rate: 1}]}}", "each band must start above the one before it"),
        ("law: []", "`law` must be a mapping"),
        ("law: {}\nuse: [{service: {name: helth, amount: 1}}]", 'there is no service "helth"; did you mean "health"?'),
        ("law: {}\nuse: [{service: {name: health}}]", "give either share_of_proceeds or amount"),
        ("law: {}\nuse: [{service: {name: health, amount: 1, share_of_proceeds: 1}}]", "give either share_of_proceeds or amount"),
        ("law: {}\nuse: [{service: {name: health, share_of_proceeds: 1.5}}]", "must be from 0 to 1, or the_rest"),
        ("law: {}\nuse: [{service: {name: health, share_of_procedes: 1}}]", 'did you mean "share_of_proceeds"?'),
        ("law: {}\nuse: [{equal_payment: {to: adlts, amount_each: 1}}]", "`use.0.equal_payment.to` must be 'adults', 'children'"),
        ("law: {}\nuse: [{equal_payment: {to: adults, amount_each: -1}}]", "must be at least 0"),
        ("law: {}\nuse: [{equal_payment: {to: adults, amount_each: lots}}]", "`use.0.equal_payment.amount_each` must be a number"),
        ("law: {}\nuse: [{}]", "each use needs exactly one of law, equal_payment, service or fund"),
        ("law: {}\nuse: [{law: {child_benefit: {eldst: 1}}}]", 'child_benefit has no "eldst"'),
        (
            "law: {}\nuse: [{service: {name: health, share_of_proceeds: the_rest}}, {service: {name: buses, share_of_proceeds: the_rest}}]",
            "only one use may take `the_rest`",
        ),
        ("law: {}\nareas: [Leedz]", 'There is no council area called "Leedz". Did you mean Leeds'),
        ("law: {}\nbehaviour: {wealth: central}", 'there is no response "wealth"; did you mean "wealth_tax"?'),
        ("law: {}\nbehaviour: {wealth_tax: huge}", "`behaviour.wealth_tax` must be 'low', 'central' or 'high'"),
        ("law: {}\nclosure: magic", "`closure` must be 'borrowing', 'saving' or 'none'"),
        ("law: {}\nbecuase: x", 'a scenario has no "becuase"; did you mean "because"?'),
        ("", "`law` is missing"),
        ("law: {}\nlaw: {}", '"law" is given twice'),
        ("law: &a {}", "anchors and aliases"),
        ("law: !!python/object {}", "tags"),
        ("law: {", "this is not valid YAML"),
        ("law: {council_tax: {by_place: {band_e: 1}}}", 'council_tax.by_place has no "band_e"; did you mean "band_d"?'),
        ("law: {income_tax: {by_place: {band_d: 1}}}", "income_tax has no law by place"),
    ],
)
def test_what_a_scenario_may_not_say(text: str, words: str) -> None:
    with pytest.raises(Fault) as fault:
        scenario(text)
    assert words in str(fault.value)
    assert str(fault.value).startswith("mine.yaml")
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize("year", ["2026", "2026-28", "1999-00", "2050-51", "soon"])
def test_an_unknown_year_is_refused(year: str) -> None:
    with pytest.raises(Fault, match=r"mine.yaml, line 3, column 7: .* is not a fiscal year"):
        scenario_from(parse(f"title: T\nbecause: B.\nfrom: {year}\nlaw: {{}}", "mine.yaml"))


def test_a_missing_file_or_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(Fault, match=r'no scenario "wealth/two_percent"; did you mean "wealth/two_percent_above_ten_million"'):
        read_scenario("wealth/two_percent")
    with pytest.raises(Fault, match=r'did you mean "benefits/child_benefit_plus_ten_pounds"'):
        read_scenario("child_benefit_plus_ten")
    with pytest.raises(Fault, match=r"There is no file nowhere\.yaml"):
        read_scenario("nowhere.yaml")


# ---- the law it makes ----------------------------------------------------------------------------------------------


def test_before_its_first_year_nothing_changes() -> None:
    baseline, reform = laws(read_scenario("benefits/child_benefit_plus_ten_pounds"), "2025-26")
    assert baseline is reform is law_in_force("2025-26")


def test_relative_changes_follow_the_law_of_the_year() -> None:
    """Child Benefit of 2026-27 is £27.05 and £17.90 a week (HMRC)."""
    _, reform = laws(read_scenario("benefits/child_benefit_plus_ten_pounds"), "2026-27")
    assert reform.values["child_benefit"].eldest == pytest.approx(37.05)
    assert reform.values["child_benefit"].additional == pytest.approx(27.90)
    assert reform.changed == {"child_benefit.eldest", "child_benefit.additional"}


def test_a_change_may_be_phased_by_year() -> None:
    phased = scenario("law: {universal_credit: {taper: {2027-28: 0.5, 2028-29: 0.45}}}")
    found = [laws(phased, year)[1].values["universal_credit"].taper for year in ("2026-27", "2027-28", "2029-30")]
    assert found == [0.55, 0.5, 0.45]


def test_laws_include_uses_whose_amounts_are_known() -> None:
    found = scenario(
        "law: {}\nuse:\n  - law: {child_benefit: {eldest: 30}}\n  - equal_payment: {to: people, amount_each: 12}\n"
        "  - equal_payment: {to: adults, share_of_proceeds: 1}"
    )
    _, reform = laws(found, "2026-27")
    assert reform.values["child_benefit"].eldest == 30
    assert reform.values["equal_payment"].per_adult == reform.values["equal_payment"].per_child == 12


def test_a_change_by_some_councils_is_no_law_elsewhere() -> None:
    found = read_scenario("council_tax/rise_to_the_referendum_limit")
    here, there = (laws(found, "2026-27", find_area(name).row) for name in ("Leeds", "York"))
    assert here[0] is not here[1]
    assert there[0] is there[1]


# ---- one number ----------------------------------------------------------------------------------------------------


def test_one_number_may_be_moved() -> None:
    found = read_scenario("wealth/two_percent_above_ten_million")
    assert value_at(found, "wealth_tax.bands.1.rate") == 0.02
    moved = with_value(found, "wealth_tax.bands.1.rate", 0.03)
    assert moved.law["wealth_tax"]["bands"][1]["rate"] == 0.03
    assert found.law["wealth_tax"]["bands"][1]["rate"] == 0.02
    assert moved.canonical != found.canonical


def test_a_number_of_the_law_that_the_scenario_leaves_alone_may_be_moved() -> None:
    found = read_scenario("wealth/two_percent_above_ten_million")
    assert value_at(found, "income_tax.main.bands.0.rate") == 0.2
    moved = with_value(found, "income_tax.main.bands.0.rate", 0.21)
    bands = laws(moved, "2026-27")[1].values["income_tax"].main.bands
    assert [band.rate for band in bands[:3]] == [0.21, 0.40, 0.45]


@pytest.mark.parametrize(
    "path", ["wealth_tax.bandz.1.rate", "wealth_tax.bands.9.rate", "nothing", "use.0.service.amount", "wealth_tax.bands.1.rate.x"]
)
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(Fault, match=r"Neither the scenario nor the law has|there is no instrument"):
        with_value(read_scenario("wealth/two_percent_above_ten_million"), path, 1)


def test_the_numbers_of_a_scenario_are_described() -> None:
    found = {number.path: number for number in numbers(read_scenario("council_tax/rise_to_the_referendum_limit"))}
    assert found["council_tax.by_place.band_d.times"].value == 1.0499
    assert "Band D" in found["council_tax.by_place.band_d.times"].says
    rate = {number.path: number for number in numbers(read_scenario("wealth/two_percent_above_ten_million"))}["wealth_tax.bands.1.rate"]
    assert (rate.value, rate.unit) == (0.02, "share of wealth above each £")


# ---- the schema ----------------------------------------------------------------------------------------------------


def test_the_schema_is_sound_and_made_of_objects() -> None:
    schema = scenario_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    instruments = schema["$defs"]["law"]["properties"]
    assert set(instruments) == set(INSTRUMENTS)
    assert all(each["type"] == "object" for each in instruments.values())
    assert instruments["income_tax"]["properties"]["main"]["type"] == "object"
    assert "band_d" in instruments["council_tax"]["properties"]["by_place"]["properties"]


def test_the_schema_lists_the_services_that_can_be_shared() -> None:
    assert scenario_schema()["$defs"]["_ServiceForm"]["properties"]["name"]["enum"] == list(KEYS)


@pytest.mark.parametrize(
    "law, fits",
    [
        ({"child_benefit": {"eldest": 30}}, True),
        ({"child_benefit": {"eldest": {"plus": 10}}}, True),
        ({"child_benefit": {"eldest": {"2027-28": {"times": 1.1}}}}, True),
        ({"child_benefit": {"eldst": 30}}, False),
        ({"child_benefit": [30, 20, 1]}, False),
        ({"child_benefit": {"eldest": -1}}, False),
        ({"wealth_tax": {"bands": [{"above": 0, "rate": 0.01}]}}, True),
        ({"wealth_tax": {"bands": {"2027-28": [{"above": 0, "rate": 0.01}]}}}, True),
        ({"wealth_tax": {"bands": []}}, False),
        ({"wealth_tax": {"income_limit": {"share": "no limit"}}}, True),
    ],
)
def test_the_schema_knows_the_shape_of_law(law: Any, fits: bool) -> None:
    whole = {"title": "T", "because": "B.", "from": "2026-27", "law": law}
    assert jsonschema.Draft202012Validator(scenario_schema()).is_valid(whole) is fits


def test_a_payment_that_depends_on_everyone_is_named_to_one_household() -> None:
    package = read_scenario("packages/wealth_tax_three_uses")
    (said,) = unknown_to_one_household(package, "2026-27")
    assert said.startswith("an equal payment for every child is not counted, because its amount depends on what everyone pays")
    assert unknown_to_one_household(package, "2025-26") == []


@pytest.mark.parametrize("name", catalogue())
def test_the_case_for_a_scenario_and_the_concern_are_as_long_as_each_other_and_sourced(name: str) -> None:
    scenario = read_scenario(name)
    assert scenario.strongest_case and scenario.strongest_concern and scenario.sources
    shorter, longer = sorted(len(text.split()) for text in (scenario.strongest_case, scenario.strongest_concern))
    assert longer - shorter <= 3 or longer <= 1.34 * shorter
    for text in (scenario.strongest_case, scenario.strongest_concern):
        assert not plain.faults(text), text
