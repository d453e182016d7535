"""A wealth tax by its ranges, by shares of wealth and by group, by hand."""

from __future__ import annotations

import pytest

from building import home, person, town, unit
from fairshare.measures import wealth_groups
from fairshare.measures.households import Households
from fairshare.measures.tables import measures
from fairshare.population.records import Population
from fairshare.quantities import Ethnicity
from fairshare.reading import parse
from fairshare.run import work
from fairshare.scenario import scenario_from

LAW = "wealth_tax: {bands: [{above: 0, rate: 0}, {above: 10_000_000, rate: 0.02}]}"


def country() -> Population:
    """Ninety-nine households in Leeds aged 40 with £100,000 each, and one aged 70 with £20 million."""
    poorer = unit(person(40, wealth_share=1.0, ethnicity=Ethnicity.ASIAN))
    richer = unit(person(70, wealth_share=1.0, ethnicity=Ethnicity.WHITE))
    return town(*(home(poorer, financial_wealth=100_000.0) for _ in range(99)), home(richer, financial_wealth=20e6))


def homes(extra: str = "") -> Households:
    text = f"title: T\nbecause: B.\nfrom: 2026-27\nlaw: {{{LAW}}}\n{extra}"
    return Households(work(scenario_from(parse(text)), country(), "2026-27"), None)


def test_ranges_stand_in_one_order_and_say_when_no_response_is_worked() -> None:
    """2% of £10 million is £200,000. At 7% to 17% a point, 0.93² and 0.83² of it are left."""
    tails = [{"raised": 200_000.0}, {"raised": 300_000.0}, {"raised": 100_000.0}]
    rows = wealth_groups.ranges(homes("behaviour: {wealth_tax: central}\n"), tails)
    assert [row["range"] for row in rows] == [wealth_groups.SEED_NOISE, wealth_groups.TAIL, wealth_groups.RESPONSE]
    assert all(row["raised"] == pytest.approx(200_000) for row in rows)
    assert (rows[1]["low"], rows[1]["high"]) == (100_000, 300_000)
    assert (rows[2]["low"], rows[2]["high"]) == pytest.approx((137_780, 172_980))
    assert wealth_groups.ranges(homes(), tails)[2]["low"] is None


def test_shares_of_wealth_before_and_after() -> None:
    """£20 million of £29.9 million; £19.8 million of £29.7 million a year later."""
    rows = {row["group"]: row for row in wealth_groups.shares(homes())}
    assert rows["Wealthiest hundredth"]["before_pct"] == pytest.approx(100 * 20 / 29.9)
    assert rows["Wealthiest hundredth"]["after_a_year_pct"] == pytest.approx(100 * 19.8 / 29.7)
    top, rest = (rows[name]["after_ten_years_pct"] for name in ("Wealthiest hundredth", "Lower half"))
    assert top < rows["Wealthiest hundredth"]["after_a_year_pct"] and rest > rows["Lower half"]["after_a_year_pct"]


def test_ten_years_of_the_tax_by_hand() -> None:
    """At a growth of nothing, £20 million loses 2% of what lies above £10 million each year: 10 million times 0.98¹⁰ is left there."""
    made = homes()
    owners = wealth_groups.Owners(made, made.run.reform.law.values["wealth_tax"])
    assert owners.lost(0.0, 10, 100).max() == pytest.approx(10e6 * (1 - 0.98**10))


def test_wealth_and_tax_by_age_and_ethnic_group() -> None:
    rows = {row["group"]: row for row in wealth_groups.by_group(homes())}
    assert rows["35 to 49"]["mean_wealth"] == pytest.approx(100_000) and rows["35 to 49"]["tax"] == 0
    assert rows["35 to 49"]["share_of_wealth_pct"] == pytest.approx(100 * 9.9 / 29.9)
    assert rows["65 to 74"] == {"kind": "Age", "group": "65 to 74", "records": 1, "shown": False}
    assert rows["Asian or Asian British"]["households"] == 99
    assert rows["Yorkshire and The Humber"]["tax"] == pytest.approx(200_000)


def test_by_income_and_wealth_at_once_holds_every_household_once() -> None:
    rows = wealth_groups.by_income_and_wealth(homes())
    assert len(rows) == 25 and sum(row["records"] for row in rows) == 100


def test_the_answer_holds_them() -> None:
    tables = measures(homes().run).tables
    for name in ("ranges_of_wealth_tax", "shares_of_wealth", "wealth_by_group", "by_income_and_wealth"):
        assert tables[name]
