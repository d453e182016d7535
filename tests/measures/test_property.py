"""Taxes on homes by value and by council, large losses, and funding with a floor, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from building import home, person, town, unit
from fairshare.areas import find_area
from fairshare.measures import property as of_homes
from fairshare.measures.households import Households
from fairshare.measures.tables import measures
from fairshare.population.records import Population
from fairshare.quantities import Band
from fairshare.reading import parse
from fairshare.run import Run, work
from fairshare.scenario import read_scenario, scenario_from

BAND_D = 2_283.73  # Leeds 2026-27
EXTRA = 100.0


def street() -> Population:
    """In Leeds 200 couples in homes worth £200,000 (Band D) and 50 in homes worth £1 million (Band H); in York 40 in Band D."""
    couple = unit(person(45, earnings=50_000), person(44, earnings=40_000), couple=1)
    cheap = [home(couple, council="Leeds", weight=10.0, council_tax_band=Band.D, dwelling_value=200_000) for _ in range(200)]
    dear = [home(couple, council="Leeds", weight=10.0, council_tax_band=Band.H, dwelling_value=1_000_000) for _ in range(50)]
    return town(
        *cheap, *dear, *(home(couple, council="York", weight=5.0, council_tax_band=Band.D, dwelling_value=200_000) for _ in range(40))
    )


def run(law: str, people: Population | None = None) -> Run:
    return work(scenario_from(parse(f"title: T\nbecause: B.\nfrom: 2026-27\nlaw: {law}\n")), people or street(), "2026-27")


def test_who_pays_by_the_value_of_the_home() -> None:
    """Band H pays twice Band D: 2,500 homes in Leeds, of which the highest fifth pay two sixths and all of a rise in Band H."""
    homes = Households(run("{council_tax: {england: {ratio: {h: {times: 1.1}}}}}"), find_area("Leeds"))
    rows = {row["homes"]: row for row in of_homes.by_value(homes)}
    highest = rows["Highest fifth by value"]
    assert highest["number"] == 500 and highest["lowest_value"] == 1_000_000
    assert highest["before"] == pytest.approx(500 * 2 * BAND_D) and highest["change"] == pytest.approx(500 * 0.2 * BAND_D)
    assert highest["share_of_change_pct"] == pytest.approx(100)
    assert highest["pct_of_value_before"] == pytest.approx(100 * 2 * BAND_D / 1e6)
    assert rows["Lowest fifth by value"]["change"] == 0
    assert rows["Most valuable tenth"] == {"homes": "Most valuable tenth", "records": 25, "shown": False}


def test_what_each_council_takes() -> None:
    made = run("{council_tax: {by_place: {band_d: {plus: 100}}}}")
    rows = {row["council"]: row for row in of_homes.by_council(Households(made))}
    assert rows["Leeds"]["change"] == pytest.approx(EXTRA * (2_000 + 500 * 2))
    assert rows["York"]["change"] == pytest.approx(EXTRA * 200)
    assert rows["Leeds"]["change_pct"] == pytest.approx(100 * EXTRA / BAND_D)


def test_large_changes_are_counted_where_incomes_are_low_and_homes_dear() -> None:
    """A tax of 0.57% of value asks £1,132 more of £1 million (Band H pays £4,567) and less of £200,000.

    A fifth of the 3,400 people is 680, in 340 homes.
    """
    poor = unit(person(70), person(71), couple=1)
    people = town(
        *(home(poor, council="Leeds", weight=10.0, council_tax_band=Band.H, dwelling_value=1_000_000) for _ in range(40)),
        *(
            home(unit(person(45, earnings=60_000)), council="Leeds", weight=10.0, council_tax_band=Band.D, dwelling_value=200_000)
            for _ in range(260)
        ),
    )
    made = run("{council_tax: {proportional: {in_force: 1, rate: 0.0057}}, council_tax_reduction: {pension_age: {maximum: 0}}}", people)
    rows = {row["group"]: row for row in of_homes.large_changes(Households(made, find_area("Leeds")))}
    both = rows["Lowest fifth by income, in the highest fifth of homes by value"]
    assert both["large_rises_pct"] == 100 and both["households"] == 340
    assert rows["All households"]["large_rises"] == 400
    assert rows["All households"]["large_falls"] == 2_600  # £1,140 in place of £2,283.73 and more
    back = replace(made, baseline=made.reform, reform=made.baseline)
    mirrored = {row["group"]: row for row in of_homes.large_changes(Households(back, find_area("Leeds")))}
    assert mirrored["All households"]["large_falls"] == 400 and mirrored["All households"]["large_rises"] == 2_600


def test_a_count_of_few_records_is_held_back_and_other_money_is_none_of_the_bill() -> None:
    """20 homes of 200 in Band H pay £1,142 more: too few to count, however many live in the street. £50 a week more Child Benefit, or
    tax, moves no bill."""
    couple = unit(person(45, earnings=50_000), person(44, earnings=40_000), person(5), couple=1)
    people = town(
        *(home(couple, council="Leeds", weight=10.0, council_tax_band=Band.D, dwelling_value=200_000) for _ in range(180)),
        *(home(couple, council="Leeds", weight=10.0, council_tax_band=Band.H, dwelling_value=1_000_000) for _ in range(20)),
    )
    homes = Households(run("{council_tax: {england: {ratio: {h: {times: 1.25}}}}, child_benefit: {eldest: {plus: 50}}}", people))
    row = of_homes.large_changes(homes)[0]
    assert row["shown"] and row["large_rises"] is None and row["large_rises_pct"] is None
    assert row["large_falls"] == 0
    assert [row["shown"] for row in of_homes.by_value(homes)[:5]] == [True, True, True, True, False]


def on_low_pay() -> Population:
    """In Leeds 40 pensioners of 70 with £14,000 a year from a pension: support with council tax rests on it after income tax."""
    alone = unit(person(70, private_pension=14_000))
    return town(*(home(alone, council="Leeds", weight=10.0, council_tax_band=Band.D, dwelling_value=200_000) for _ in range(40)))


def test_nothing_moves_where_homes_are_left_alone() -> None:
    assert not of_homes.moves(Households(run("{child_benefit: {eldest: {plus: 1}}}")))
    moved = work(read_scenario("income_tax/basic_rate_plus_one_penny"), on_low_pay(), "2026-27")
    assert np.any(of_homes.charged(Households(moved), False) != of_homes.charged(Households(moved), True))  # by support alone
    assert not of_homes.moves(Households(moved))
    assert of_homes.moves(Households(run("{council_tax: {by_place: {band_d: {plus: 1}}}}")))


@pytest.mark.parametrize(
    "before, after, floor, funded",
    [
        ([100, 100], [80, 120], 0.05, [95, 105]),  # 15 is found from a gain of 20
        ([100, 100], [80, 120], 1.0, [80, 120]),
        ([100, 100], [80, 120], 0.0, [100, 100]),
        ([100, 100], [50, 60], 0.1, [55, 55]),  # nobody gains: all are scaled down to what there is
    ],
)
def test_a_floor_is_paid_for_by_those_who_gain(before: list[float], after: list[float], floor: float, funded: list[float]) -> None:
    found = of_homes.with_floor(np.array(before, float), np.array(after, float), floor)
    assert found.tolist() == pytest.approx(funded)
    assert found.sum() == pytest.approx(sum(after))


def test_funding_kept_or_shared_by_people() -> None:
    """Leeds takes 3,000 Band Ds (£6,851,190) of 5,000 people, York 200 (£457,430) of 400: £7,308,620 by people is £1,353.45 each."""
    made = run("{council_tax: {england: {ratio: {h: {plus: 0.0000001}}}}}")  # moves a few pence, so that the table is worked
    rows = {row["council"]: row for row in of_homes.funding(Households(made))}
    leeds, york = rows["Leeds"], rows["York"]
    assert (leeds["before"], york["before"]) == pytest.approx((6_851_190, 457_430), abs=1)
    assert (leeds["pooled"], york["pooled"]) == pytest.approx((6_767_240.74, 541_379.26), abs=1)
    assert leeds["with_floor_change_pct"] == pytest.approx(-1.2253, abs=1e-3)  # less than the floor of 2%, so nothing is held
    assert measures(made).tables["funding_by_council"]


def test_where_some_councils_make_the_change_their_homes_alone_are_shown() -> None:
    text = "title: T\nbecause: B.\nfrom: 2026-27\nareas: [Leeds]\nlaw: {council_tax: {by_place: {band_d: {plus: 100}}}}\n"
    made = Households(work(scenario_from(parse(text)), street(), "2026-27"))
    assert sum(row["number"] for row in of_homes.by_value(made) if "fifth" in row["homes"].lower()) == pytest.approx(2_500)
    assert of_homes.large_changes(made)[0]["households"] == pytest.approx(2_500)


def test_no_part_is_told_where_some_homes_rise_and_some_fall() -> None:
    """Band D falls by a tenth, £228 in 2,200 homes, and Band H rises by £457 in 500: more falls than rises, and no group is a part."""
    made = Households(run("{council_tax: {by_place: {band_d: {times: 0.9}}, england: {ratio: {h: 2.4444}}}}"))
    rows = of_homes.by_value(made)
    changes = [row["change"] for row in rows if row["shown"]]
    assert min(changes) < 0 < max(changes)
    assert all(row["share_of_change_pct"] is None for row in rows if row["shown"])


def test_no_part_is_told_of_a_change_that_nearly_cancels_out() -> None:
    """Band D falls by a twentieth, £114 in 2,200 homes, and Band H rises by £480 in 500: £251,000 of falls, £240,000 of rises."""
    made = Households(run("{council_tax: {by_place: {band_d: {times: 0.95}}, england: {ratio: {h: 2.3265}}}}"))
    rows = of_homes.by_value(made)
    assert all(row.get("share_of_change_pct") is None for row in rows)


def test_who_pays_by_income() -> None:
    """All have the same income, so each fifth holds the same share of people; what they pay of it adds up to the whole."""
    rows = of_homes.by_income(Households(run("{council_tax: {england: {ratio: {h: {times: 1.1}}}}}")))
    assert rows[0]["group"] == "Lowest fifth by income" and len(rows) == 5
    known = [row for row in rows if row["shown"]]
    assert sum(row["share_before_pct"] for row in known) == pytest.approx(100)
    assert sum(row["after"] - row["before"] for row in known) == pytest.approx(500 * 0.2 * BAND_D)
    assert all(row["pct_of_income_after"] >= row["pct_of_income_before"] > 0 for row in known)
