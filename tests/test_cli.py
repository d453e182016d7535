"""The commands as a person meets them: what they print, and how they refuse what is wrong."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from fairshare import cli
from fairshare.areas import folder
from fairshare.population import store
from fairshare.population.synthetic import made

EXAMPLES = folder("parameters").parent / "docs" / "examples"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a small default population."""
    return str(store.save(made(4_000, 3), tmp_path_factory.mktemp("population") / "small"))


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """The exit status of `fairshare WORDS`."""
    monkeypatch.setattr(sys, "argv", ["fairshare", *words])
    try:
        cli.main()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


BAD_SCENARIOS = {
    "wrong YAML": ("title: [", "is not valid YAML"),
    "duplicate keys": ("title: a\ntitle: b", '"title" is given twice'),
    "nested anchors": ("title: a\nlaw: {wealth_tax: &a {bands: &b []}}", "anchors and aliases"),
    "a typo in a name": ("law: {wealth_tax: {band: []}}", 'did you mean "bands"?'),
    "a typo in an instrument": ("law: {welth_tax: {}}", 'did you mean "wealth_tax"?'),
    "a negative rate": ("law: {wealth_tax: {bands: [{above: 0, rate: -0.1}]}}", "is too low; it must be at least 0"),
    "an empty band list": ("law: {wealth_tax: {bands: []}}", "must be a list of bands"),
    "not a number": ("law: {wealth_tax: {main_home_relief: .nan}}", "must be a finite number"),
    "text for a number": ('law: {wealth_tax: {main_home_relief: "26.05"}}', "must be a number, not text"),
    "an unknown year": ("from: 2041-42", "is not a fiscal year that the model covers"),
}
GOOD = {
    "title": "title: A tax",
    "because": "because: It raises money.",
    "from": "from: 2026-27",
    "law": "law: {wealth_tax: {main_home_relief: 5}}",
    "closure": "closure: saving",
}


@pytest.mark.parametrize("text, words", BAD_SCENARIOS.values(), ids=BAD_SCENARIOS)
def test_a_scenario_at_fault_is_refused_in_one_sentence(
    text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rest = [line for name, line in GOOD.items() if not text.startswith(f"{name}:")]
    file = tmp_path / "bad.yaml"
    file.write_text("\n".join([text, *rest]), encoding="utf-8")
    out = tmp_path / "out"
    assert run(monkeypatch, "run", str(file), "--out", str(out)) == 2
    said = capsys.readouterr()
    assert words in said.err and len(said.err.strip().splitlines()) == 1 and "Traceback" not in said.err
    assert said.out == "" and not out.exists()


@pytest.mark.parametrize(
    "words, sentence",
    [
        (["run", "nonsuch"], 'There is no scenario "nonsuch"'),
        (["run", "/no/such.yaml"], "There is no file /no/such.yaml"),
        (["run"], "Give a scenario"),
        (["run", "wealth/two_percent_above_ten_million", "--year", "2041-42"], "is not a fiscal year"),
        (["run", "wealth/two_percent_above_ten_million", "--area", "Leads"], "Did you mean Leeds"),
        (["run", "wealth/two_percent_above_ten_million", "--population", "/no/people"], "There is no population"),
        (["run", "wealth/two_percent_above_ten_million", "--population", "/no/people.h5"], "/no/people.h5"),
        (["run", "--id", "0000"], 'No result "0000"'),
        (["household", "/no/home.yaml"], "There is no file /no/home.yaml"),
        (["household", str(EXAMPLES / "carer.yaml"), "--per", "day"], "--per must be week, month or year"),
        (["law", "show", "incme_tax"], 'did you mean "income_tax"?'),
        (["law", "show", "income_tax", "--year", "1999-00"], "is not a fiscal year"),
        (["population", "import", "frs9", "/no/file"], 'There is no reader for "frs9"'),
        (["nonsense"], "No such command"),
        (["stages", "--seed", "x"], '--seed must be a whole number, such as 1, not "x".'),
        (["run", "--seed=1.5"], '--seed must be a whole number, such as 1, not "1.5".'),
        (["homes", "Leeds", "--cost", "lots"], '--cost must be a number, such as 0.5, not "lots".'),
    ],
)
def test_a_command_at_fault_says_what_and_where(
    words: list[str], sentence: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *words) == 2
    said = capsys.readouterr()
    assert sentence in said.err and len(said.err.strip().splitlines()) == 1 and said.out == ""


def test_a_run_prints_one_json_document(small: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "run", "benefits/child_benefit_plus_ten_pounds", "--population", small, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert {"id", "scenario", "title", "year", "population", "area", "headline", "tables", "ledger"} <= set(document)
    ids = {each["id"] for each in document["headline"]}
    assert {"net_revenue", "households_gaining_pct", "households_losing_pct", "gini_change", "poverty_ahc_change_people"} <= ids
    for each in document["headline"]:
        assert {"id", "value", "unit", "low", "high", "range_kind", "sentence", "source"} <= set(each)
    # and its id makes the same result again
    assert run(monkeypatch, "run", "--id", document["id"], "--json") == 0
    again = json.loads(capsys.readouterr().out)
    assert again["id"] == document["id"] and again["headline"] == document["headline"]


def test_a_run_writes_its_files(small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    words = ["run", "council_tax/rise_to_the_referendum_limit", "--population", small, "--area", "Leeds", "--out", str(out)]
    assert run(monkeypatch, *words) == 0
    assert "Council tax in Leeds is 4.99% higher" in capsys.readouterr().out
    page = (out / "page.html").read_text(encoding="utf-8")
    assert "<script" not in page and 'lang="en' in page and "no real person" in page


def test_a_household_as_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "household", str(EXAMPLES / "carer.yaml"), "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert {"people", "benefit_units", "household"} <= set(document)
    assert document["people"][0]["name"] == "Sam" and document["people"][0]["income_tax"]["income_tax"] > 0


def test_a_limit_that_is_none_is_null_in_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The two-child limit ended in April 2026; JSON has no word for infinity."""
    assert run(monkeypatch, "law", "show", "universal_credit", "--json") == 0
    text = capsys.readouterr().out
    assert "Infinity" not in text
    found = {each["unit"]: each["value"] for each in json.loads(text)}
    assert found["children"] is None and found["£/month"] > 0


def test_the_law_of_every_instrument_can_be_shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from fairshare.rules import INSTRUMENTS

    for name in INSTRUMENTS:
        assert run(monkeypatch, "law", "show", name) == 0
        text = capsys.readouterr().out
        assert "Source:" in text or not text.strip().count("\n")


def test_scenarios_are_listed_and_checked(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "scenarios", "list") == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert "packages/wealth_tax_three_uses" in names
    assert run(monkeypatch, "scenarios", "check", *names) == 0
    assert capsys.readouterr().out.count("well made") == len(names)
    assert run(monkeypatch, "scenarios", "schema") == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"


def test_solving_says_the_value(small: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["solve", "income_tax/basic_rate_plus_one_penny", "--vary", "income_tax.main.bands.0.rate", "--until", "net_revenue = 5bn"]
    assert run(monkeypatch, *words, "--population", small, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["measured"] == pytest.approx(5e9, rel=0.01) and 0.2 < answer["value"] < 0.22


def test_council_homes_in_words_and_as_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The worked example of tests/spending/test_homes.py, typed at the command."""
    words = "--homes 1 --cost 250000 --grant 100000 --rate 0.055 --rent 115 --voids 0.03 --management 1000 --repairs 1200"
    words += " --major-repairs 1100 --rent-growth 0.03 --cost-growth 0.03 --sold 0"
    assert run(monkeypatch, "homes", "Leeds", *words.split(), "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert round(document["figures"]["value_50"], 2) == -80_129.83 and document["figures"]["covers_repayment"] == 44
    assert len(document["years"]) == 60 and document["area"]["name"] == "Leeds"
    assert all(each["source"] for each in document["assumptions"])
    assert run(monkeypatch, "homes", "Leeds", *words.split()) == 0
    said = capsys.readouterr().out
    assert "The council would borrow £150,000" in said and "The account by year" in said
    for council, sentence in (("Belfast", "Housing Executive"), ("Cardiff", "--rent"), ("Leads", "Did you mean Leeds")):
        assert run(monkeypatch, "homes", council) == 2
        assert sentence in capsys.readouterr().err


def test_money_in_words_and_as_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Godley and Lavoie: SIM begins at 38.462 and rests at 100; PC with interest of 3.5% rests at 110.090."""
    assert run(monkeypatch, "money", "sim", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert round(document["periods"][0]["income"], 3) == 38.462 and round(document["steady_state"]["income"], 3) == 100
    assert run(monkeypatch, "money", "pc", "--interest", "0.035", "--from-rest", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert round(document["periods"][1]["income"], 3) == 107.225 and round(document["steady_state"]["income"], 3) == 110.090
    assert run(monkeypatch, "money", "pc") == 0
    assert "higher interest raises income" in capsys.readouterr().out
    assert run(monkeypatch, "money", "balances", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["quarters"]) == 93 and document["largest_gap_from_zero"] < 0.0005
    assert {each["kind"] for each in document["statements"]} == {"can", "cannot", "rule", "debate"}
    assert all(each["source"] for each in document["statements"])
    assert run(monkeypatch, "money", "balances") == 0
    said = capsys.readouterr().out
    row = next(row.split() for row in said.splitlines() if row.strip().startswith("2010-11"))
    assert row == ["2010-11", "76.2", "31.6", "\u2212147.4", "39.6", "0.0"]  # no -0.0, and no sum of all, which is nothing
    assert run(monkeypatch, "money", "sim", "--tax-rate", "20") == 2
    assert "write 20% as 0.2" in capsys.readouterr().err


def test_powers_in_words_and_as_data(small: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "powers", "Leeds", "--population", small, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["area"] == {"code": "E08000035", "name": "Leeds", "class": "metropolitan district"}
    assert {"rise_to_limit", "support_in_full"} <= {step["id"] for step in document["may_do_now"]}
    assert run(monkeypatch, "powers", "Swansea", "--population", small) == 0
    assert "There is no referendum limit" in " ".join(capsys.readouterr().out.split())
    assert run(monkeypatch, "powers", "Leads") == 2
    assert "Did you mean Leeds" in capsys.readouterr().err


def test_income_in_five_stages(small: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "stages", "--population", small, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert [row["fifth"] for row in document["by_fifth"]] == ["1", "2", "3", "4", "5", "all"]
    assert len(document["functions"]) == 10 and {"original", "final"} <= set(document["gini"])
    assert all(each["key"] for each in document["services"])
    assert run(monkeypatch, "stages", "--population", small) == 0
    said = capsys.readouterr().out
    assert "Final income" in said and "in proportion to income" in said and "Beside what ONS publishes" in said


def test_your_hundred_pounds(small: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "hundred", str(EXAMPLES / "lone_parent.yaml"), "--population", small, "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert sum(document["of_each_hundred"].values()) == pytest.approx(100)
    assert document["services"]["education"] > 0 and document["cash"] > 0
    assert run(monkeypatch, "hundred", str(EXAMPLES / "lone_parent.yaml"), "--population", small) == 0
    assert "Of each £100 of public spending" in capsys.readouterr().out


def test_accounts_in_words_and_as_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "accounts", "public_ownership", "--set", "price=0", "--set", "change_over=0", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert next(each for each in document["lines"] if each["says"] == "Bonds issued")["cases"] == [0, 0, 0]
    assert run(monkeypatch, "accounts", "cooperatives") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "not results of the model" in said and "in the low case each assumption is the one that gains least" in said
    assert "workers 30 30 30" in said and "Jobs more than in other companies 0 630 1,290" in said
    for words, sentence in ((["water"], "There is no account"), (["cooperatives", "--set", "loan=x"], "NAME=VALUE")):
        assert run(monkeypatch, "accounts", *words) == 2
        assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("words", ["homes Leeds", "money sim", "money pc", "money balances", "accounts cooperatives"])
def test_each_writes_a_page(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.html"
    assert run(monkeypatch, *words.split(), "--out", str(page)) == 0
    assert "<h1>" in page.read_text(encoding="utf-8") and capsys.readouterr().out


def test_outcomes_beside_pounds(small: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["outcomes", "packages/wealth_tax_three_uses", "--population", small]
    assert run(monkeypatch, *words, "--first", "council_homes, poverty_children", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in document["outcomes"]][:2] == ["council_homes", "poverty_children"]
    assert run(monkeypatch, *words) == 0
    said = capsys.readouterr().out
    assert "as published" in said and "United Kingdom, 2026-27." in said and "no real person is in it" in said
    assert run(monkeypatch, *words, "--first", "povety_children") == 2
    assert 'did you mean "poverty_children"' in capsys.readouterr().err
