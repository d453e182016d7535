"""The value that makes a proposal meet a goal."""

from __future__ import annotations

import json

import pytest

from building import home, person, town, unit
from fairshare.faults import Fault
from fairshare.population.records import Population
from fairshare.quantities import Band
from fairshare.reading import parse
from fairshare.scenario import Scenario, scenario_from, with_value
from fairshare.solve import goal, solution_data, solution_text, solve

YEAR = "2026-27"
RATE = "wealth_tax.bands.1.rate"


def scenario(text: str = "") -> Scenario:
    law = "law: {wealth_tax: {bands: [{above: 0, rate: 0}, {above: 10_000_000, rate: 0.02}]}}\n"
    return scenario_from(parse(f"title: T\nbecause: B.\nfrom: 2026-27\n{law}{text}", "mine.yaml"))


@pytest.fixture(scope="module")
def people() -> Population:
    """Ten households £5 million above the threshold, and ninety without wealth."""
    rich = [home(unit(person(60, wealth_share=1.0)), financial_wealth=15e6, council_tax_band=Band.H) for _ in range(10)]
    return town(*rich, *(home(unit(person(40, earnings=20_000 + 100 * i))) for i in range(90)))


def test_the_rate_that_pays_for_a_service(people: Population) -> None:
    """£3 million from a base of £50 million is a rate of 6%."""
    found = solve(scenario("use: [{service: {name: health, amount: 3_000_000}}]"), people, YEAR, vary=RATE, until="net_revenue = 0")
    assert found.value == pytest.approx(0.06, rel=1e-3)
    assert found.run.net_revenue == pytest.approx(0, abs=1_000)
    assert found.scenario.law["wealth_tax"]["bands"][1]["rate"] == found.value


def test_the_threshold_that_raises_enough(people: Population) -> None:
    """2% of £8 million from each of ten households is £1.6 million: a threshold of £7 million."""
    found = solve(scenario(), people, YEAR, vary="wealth_tax.bands.1.above", until="proceeds >= 1.6m")
    assert found.value == pytest.approx(7e6, rel=1e-4)
    assert found.measured >= 1.6e6


def test_a_goal_met_already_changes_nothing(people: Population) -> None:
    found = solve(scenario(), people, YEAR, vary=RATE, until="net_revenue >= 0")
    assert found.value == 0.02 and len(found.tried) == 1


def test_how_many_may_lose(people: Population) -> None:
    """All ten households above the threshold lose, until it passes what they own."""
    few = solve(scenario(), people, YEAR, vary="wealth_tax.bands.1.above", until="households_losing_pct <= 5")
    assert few.measured <= 5 and few.value >= 15e6 * 0.99


def test_how_many_are_no_worse_off(people: Population) -> None:
    """Ninety of a hundred are no worse off whatever the rate; all are once the threshold passes £15 million."""
    nine_in_ten = solve(scenario(), people, YEAR, vary=RATE, until="households_no_worse_off_pct = 90")
    assert nine_in_ten.value == 0.02 and nine_in_ten.measured == pytest.approx(90)
    all_but_few = solve(scenario(), people, YEAR, vary="wealth_tax.bands.1.above", until="households_no_worse_off_pct >= 95")
    assert all_but_few.value >= 15e6 * 0.99
    assert "do not lose more than £1 a week" in solution_text(all_but_few)


def test_an_amount_of_a_use_may_vary(people: Population) -> None:
    spent = scenario("use: [{service: {name: health, amount: 100}}]")
    assert solve(spent, people, YEAR, vary="use.0.service.amount", until="net_revenue = 0").value == pytest.approx(1e6, rel=1e-3)


def test_a_relative_change_may_vary(people: Population) -> None:
    """20p for each pound that the allowance falls, to each of the ninety who are in work: £50,000 is about £2,778 each."""
    plus = with_value(scenario(), "income_tax.personal_allowance", {"plus": -10})
    found = solve(plus, people, YEAR, vary="income_tax.personal_allowance.plus", until="net_revenue = 1.05m")
    assert found.measured == pytest.approx(1.05e6, rel=1e-3) and -2_800 < found.value < -2_700


@pytest.mark.parametrize(
    "vary, until, words",
    [
        (RATE, "net_revenue = 900bn", "No value of wealth_tax.bands.1.rate between 0 and 1 gives net_revenue = £900 billion"),
        (RATE, "households_losing_pct = 5", "it jumps over the goal"),
        (RATE, "net_revenue", "is not a goal"),
        (RATE, "net_revenu = 0", 'did you mean "net_revenue"?'),
        ("wealth_tax.bands.7.rate", "net_revenue = 0", "Neither the scenario nor the law has"),
        ("wealth_tax.bands", "net_revenue = 0", "is not a number that can be varied"),
    ],
)
def test_no_answer_is_said(vary: str, until: str, words: str, people: Population) -> None:
    with pytest.raises(Fault) as fault:
        solve(scenario(), people, YEAR, vary=vary, until=until)
    assert words in str(fault.value)


@pytest.mark.parametrize(
    "text, read",
    [
        ("net_revenue = 0", ("net_revenue", "=", 0)),
        ("proceeds>=10bn", ("proceeds", ">=", 1e10)),
        ("net_revenue > -1_500", ("net_revenue", ">=", -1500)),
    ],
)
def test_goals_are_read(text: str, read: tuple[str, str, float]) -> None:
    assert goal(text) == read


def test_the_answer_is_told(people: Population) -> None:
    spent = scenario("use: [{service: {name: health, amount: 3_000_000}}]")
    found = solve(spent, people, YEAR, vary=RATE, until="net_revenue = 0")
    told = solution_text(found)
    assert "wealth_tax.bands.1.rate would be 0.06 (6%), in place of 0.02 (2%)." in told
    assert "The goal was £0 a year." in told
    data = json.loads(json.dumps(solution_data(found)))
    assert data["value"] == found.value and data["goal"] == {"measure": "net_revenue", "sign": "=", "target": 0.0}
    assert data["tried"][0] == {"value": 0.02, "measured": -2_000_000.0}


def test_a_relative_change_is_varied_by_its_own_name(people: Population) -> None:
    rise = scenario_from(parse("title: T\nbecause: B.\nfrom: 2026-27\nlaw: {child_benefit: {eldest: {plus: 10}}}", "mine.yaml"))
    with pytest.raises(Fault, match=r"vary child_benefit\.eldest\.plus"):
        solve(rise, people, YEAR, vary="child_benefit.eldest", until="net_revenue = 0")
