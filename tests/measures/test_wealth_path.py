"""A wealth tax over ten years, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from building import home, person, town, unit
from fairshare.law import law_in_force, with_changes
from fairshare.measures import wealth_path
from fairshare.measures.households import Households
from fairshare.population.records import Population
from fairshare.reading import parse
from fairshare.run import Run, work
from fairshare.scenario import scenario_from

TAX = "law: {wealth_tax: {bands: [{above: 0, rate: 0}, {above: 10_000_000, rate: 0.02}]}}\n"


def rich() -> Population:
    """One hundred households with £20 million."""
    return town(home(unit(person(60, wealth_share=1.0)), weight=100.0, financial_wealth=20e6), home(unit(person(40, earnings=30_000))))


def run(text: str = TAX) -> Run:
    return work(scenario_from(parse(f"title: T\nbecause: B.\nfrom: 2026-27\n{text}")), rich(), "2026-27")


def test_the_tax_wears_down_what_it_falls_on() -> None:
    """2% of £10 million is £200,000. A year later £19.8 million is £20.196 million, which owes £203,920; untaxed, £20.4 million would."""
    rows = wealth_path.over_years(Households(run()))
    assert len(rows) == 10
    assert rows[0]["raised"] == rows[0]["without_erosion"] == pytest.approx(100 * 200_000)
    assert rows[1]["raised"] == pytest.approx(100 * 0.02 * 10_196_000)
    assert rows[1]["without_erosion"] == pytest.approx(100 * 0.02 * 10_400_000)
    assert rows[1]["raised_low"] == pytest.approx(100 * 0.02 * 9_800_000)
    assert rows[1]["raised_high"] == pytest.approx(100 * 0.02 * (19.8e6 * 1.04 - 10e6))
    assert rows[0]["after_response"] is None
    assert all(row["raised_low"] <= row["raised"] <= row["raised_high"] for row in rows)


def test_a_response_takes_its_part_once() -> None:
    """In the centre 0.88 x 0.88 of the tax is left, in the first year as in the law's own figure."""
    made = run(TAX + "behaviour: {wealth_tax: central}\n")
    rows = wealth_path.over_years(Households(made))
    assert rows[0]["after_response"] == pytest.approx(made.responses[0].after)
    assert rows[9]["after_response"] < rows[9]["raised"]


def test_the_first_year_is_the_runs_own() -> None:
    """For persons, with a limit by income and relief for the home."""
    text = "law: {wealth_tax: {per_person: 1, main_home_relief: 500_000, income_limit: {share: 0.5, least: 0.2}, "
    text += "bands: [{above: 0, rate: 0}, {above: 1_000_000, rate: 0.01}]}}\n"
    couple = unit(person(60, wealth_share=0.7, earnings=80_000), person(58, wealth_share=0.3), couple=1)
    people = town(home(couple, weight=3.0, financial_wealth=6e6, main_home_wealth=9e5, mortgage_debt=1e5))
    made = work(scenario_from(parse(f"title: T\nbecause: B.\nfrom: 2026-27\n{text}")), people, "2026-27")
    assert made.proceeds > 0
    assert wealth_path.over_years(Households(made))[0]["raised"] == pytest.approx(made.proceeds, rel=1e-9)


def test_only_a_wealth_tax_has_a_path() -> None:
    assert wealth_path.taxed(Households(run()))
    assert not wealth_path.taxed(Households(run("law: {child_benefit: {eldest: {plus: 1}}}\n")))


def test_the_schedule_charges_as_the_rule_does() -> None:
    document = parse("law: {wealth_tax: {bands: [{above: 0, rate: 0.01}, {above: 100, rate: 0.02}, {above: 300, rate: 0.5}]}}")
    bands = with_changes(law_in_force("2026-27"), document.data["law"], document).values["wealth_tax"].bands
    assert wealth_path.charge(bands, np.array([0.0, 50.0, 200.0, 400.0])).tolist() == pytest.approx([0, 0.5, 3.0, 55.0])
