"""Tables of a run: what they add up to, what they hold back, and what their columns mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building import home, person, some_households, town, unit
from fairshare.areas import areas, find_area
from fairshare.faults import Fault
from fairshare.measures import budget
from fairshare.measures.households import FamilyType, Households
from fairshare.measures.tables import COLUMNS, measures
from fairshare.quantities import Band, Tenure
from fairshare.report import sentences
from fairshare.run import Run, work
from fairshare.scenario import read_scenario

YEAR = "2026-27"
NAMES = ("benefits/child_benefit_plus_ten_pounds", "council_tax/proportional_property_tax", "spending/health_paid_by_income_tax")


@pytest.fixture(scope="module", params=NAMES)
def run(request: pytest.FixtureRequest) -> Run:
    return work(read_scenario(request.param), replace(some_households(600, seed=2), kind="synthetic"), YEAR)


def test_every_column_has_a_unit_and_a_meaning(run: Run):
    for name, rows in measures(run).tables.items():
        for row in rows:
            assert set(row) <= set(COLUMNS[name]), name
        assert all(column.unit and column.meaning for column in COLUMNS[name].values())


def test_the_budget_is_the_runs_own(run: Run):
    made = measures(run)
    spent = sum(use.amount for use in run.uses if use.kind == "service")
    assert budget.net_revenue(made.changes) - spent == pytest.approx(run.net_revenue, abs=0.01)
    assert made.figures["net_revenue"].value == pytest.approx(run.net_revenue, abs=0.01)
    assert made.figures["proceeds"].value == pytest.approx(run.proceeds, abs=0.01)
    assert sum(budget.by_tier(made.changes).values()) == pytest.approx(budget.net_revenue(made.changes), abs=1)


@pytest.mark.parametrize("name", ["by_income_tenth", "by_wealth_tenth", "by_region", "by_tenure", "by_family_type"])
def test_groups_add_up_to_everyone(run: Run, name: str):
    made = measures(run)
    rows = made.tables[name]
    if all(row["shown"] for row in rows):
        whole = float((run.change * run.population.households["weight"]).sum())
        assert sum(row["mean_change"] * row["households"] for row in rows) == pytest.approx(whole, rel=1e-9, abs=1e-3)
        for row in rows:
            assert row["gain_pct"] + row["lose_pct"] + row["same_pct"] == pytest.approx(100)
            assert row["mean_low"] <= row["mean_change"] <= row["mean_high"]


def test_too_few_records_are_held_back(run: Run):
    rows = measures(run).tables["by_council"]
    assert rows
    for row in rows:
        assert row["shown"] == (row["records"] >= 30 and row["known"])
        assert ("mean_change" in row) == row["shown"]


def test_poverty_counts_persons(run: Run):
    made = measures(run)
    rows = [
        row for row in made.tables["poverty"] if row["housing_costs"] == "after" and "60%" in row["measure"] and "held" in row["measure"]
    ]
    whole = next(row for row in rows if row["group"] == "all people")
    parts = [row for row in rows if row["group"] in ("children", "working-age adults", "pensioners")]
    assert sum(row["before_people"] for row in parts) == pytest.approx(whole["before_people"])
    assert whole["change_people"] == pytest.approx(made.figures["poverty_ahc_change_people"].value)


def test_councils_together_are_the_country(run: Run):
    total = sum(measures(run, areas()[row]).figures["net_revenue"].value for row in set(run.population.households["council"].tolist()))
    spent = sum(use.amount for use in run.uses if use.kind == "service")
    whole = budget.net_revenue(measures(run).changes) - spent
    assert total == pytest.approx(whole, rel=1e-9, abs=1)


def test_nothing_changes_where_the_law_does_not():
    leeds = work(read_scenario("council_tax/rise_to_the_referendum_limit"), some_households(200, seed=4), YEAR)
    elsewhere = int(next(row for row in leeds.population.households["council"] if areas()[row].name != "Leeds"))
    made = measures(leeds, areas()[elsewhere])
    assert made.figures["net_revenue"].value == 0
    assert made.figures["households_losing_pct"].value == 0


def a_town():
    """One household of each kind, in order of FamilyType."""
    return town(
        home(unit(person(70), person(72), couple=1)),
        home(unit(person(80))),
        home(unit(person(35), person(33), person(4), couple=1)),
        home(unit(person(30), person(2))),
        home(unit(person(40), person(70), couple=1)),  # one of the two is below pension age
        home(unit(person(45))),
        home(unit(person(50)), unit(person(25))),
    )


def test_kinds_of_family():
    run = work(read_scenario("benefits/child_benefit_plus_ten_pounds"), a_town(), YEAR)
    assert Households(run).family_type.tolist() == list(FamilyType)


def test_who_is_counted_as_what():
    run = work(read_scenario("benefits/child_benefit_plus_ten_pounds"), a_town(), YEAR)
    homes = Households(run)
    assert homes.people_by_household["children"].tolist() == [0, 0, 1, 1, 0, 0, 0]
    assert homes.people_by_household["pensioners"].tolist() == [2, 1, 0, 0, 1, 0, 0]
    assert homes.people_by_household["working-age adults"].sum() == 2 + 1 + 1 + 1 + 2


def test_a_rise_of_ten_pounds_a_week_by_hand():
    """Two children, no other benefit, earnings below the charge: 2 x 10 x 52 = 1,040 a year."""
    one = town(home(unit(person(40, earnings=40_000), person(8), person(6))))
    run = work(read_scenario("benefits/child_benefit_plus_ten_pounds"), one, YEAR)
    made = measures(run)
    child_benefit = next(row for row in made.tables["budget"] if row["item"] == "Child Benefit")
    assert child_benefit["change"] == pytest.approx(1040)


def test_a_council_keeps_the_countrys_poverty_line():
    run = work(read_scenario("benefits/child_benefit_plus_ten_pounds"), some_households(300, seed=6), YEAR)
    council = areas()[int(run.population.households["council"][0])]
    assert Households(run, council).line == Households(run).line


def test_an_area_without_households_is_refused():
    run = work(read_scenario("benefits/child_benefit_plus_ten_pounds"), a_town(), YEAR)
    with pytest.raises(Fault, match="no household in Hackney; choose another"):
        measures(run, find_area("Hackney"))


def test_what_the_richest_pay_is_not_known_for_one_council():
    """A tax that falls on a sampled stratum of top wealth moves a council by a handful of records: the row says so."""
    rich = home(unit(person(60)), council="Leeds", financial_wealth=50_000_000, stratum=1, weight=0.5)
    others = [home(unit(person(40, earnings=30_000)), council="Leeds") for _ in range(40)]
    run = work(read_scenario("wealth/two_percent_above_ten_million"), town(rich, *others), YEAR)
    (row,) = measures(run).tables["by_council"]
    assert row["known"] is False and row["shown"] is False and row["grade"] == "not known"
    assert "mean_change" not in row
    assert measures(run).figures["net_revenue"].value == pytest.approx(0.5 * 0.02 * 40_000_000)


def test_where_the_richest_move_most_no_council_is_shown():
    """A council that happens to hold no very wealthy record looks better off than it is: it is held back with the others."""
    rich = home(unit(person(60)), council="Leeds", financial_wealth=50_000_000, stratum=1, weight=0.5)
    homes = [home(unit(person(40, earnings=30_000), person(4)), council=name) for name in ("Leeds", "Hackney") for _ in range(40)]
    run = work(read_scenario("packages/wealth_tax_three_uses"), town(rich, *homes), YEAR)
    assert [row["known"] for row in measures(run).tables["by_council"]] == [False, False]


def test_a_council_that_holds_no_very_wealthy_record_is_not_known_either():
    """No tax on wealth falls on a record drawn in Hackney, by chance: that is no sign that nobody there would pay it."""
    rich = home(unit(person(60)), council="Leeds", financial_wealth=50_000_000, stratum=1, weight=0.5)
    homes = [home(unit(person(40, earnings=30_000)), council=name) for name in ("Leeds", "Hackney") for _ in range(40)]
    run = work(read_scenario("wealth/two_percent_above_ten_million"), town(rich, *homes), YEAR)
    assert [row["known"] for row in measures(run).tables["by_council"]] == [False, False]


def test_one_councils_money_is_not_told_where_it_rests_on_the_richest():
    rich = home(unit(person(60, earnings=300_000)), council="Leeds", financial_wealth=50_000_000, stratum=1, weight=0.5)
    others = [home(unit(person(40, earnings=30_000)), council="Leeds") for _ in range(400)]
    run = work(read_scenario("wealth/two_percent_above_ten_million"), town(rich, *others), YEAR)
    made = measures(run, find_area("Leeds"))
    assert not made.figures["net_revenue"].known and not made.figures["mean_change"].shown
    assert made.tables["budget"] == []
    assert "Too few homes" in sentences.money_sentence(made)
    assert not made.tables["by_income_tenth"][-1]["shown"]
    assert all(row["shown"] for row in made.tables["by_income_tenth"][:-1])


def test_what_owners_pay_is_not_called_what_households_pay():
    """A home let at £200,000: the owner, who lives elsewhere, owes 0.48% of it, £960; the tenant's council tax ends."""
    let = town(
        home(unit(person(40, earnings=30_000)), council="Leeds", tenure=Tenure.PRIVATE_RENT, dwelling_value=200_000, council_tax_band=4)
    )
    run = work(read_scenario("council_tax/proportional_property_tax_paid_by_owners"), let, YEAR)
    rows = {row["item"]: row for row in measures(run).tables["budget"]}
    assert rows["council tax on second, empty and let homes"]["change"] == pytest.approx(960)
    assert rows["council tax on second, empty and let homes"]["payer"] == "owners"
    assert rows["council tax and rates"]["after"] == 0


def test_services_of_those_who_live_here_are_in_a_councils_budget():
    homes = [home(unit(person(40, earnings=200_000)), council=name) for name in ("Leeds", "Hackney") for _ in range(40)]
    run = work(read_scenario("spending/health_paid_by_income_tax"), town(*homes), YEAR)
    made = measures(run, find_area("Leeds"))
    rows = {row["item"]: row["to_the_purse"] for row in made.tables["budget"]}
    assert rows["services for those who live here"] == pytest.approx(-sum(use.amount for use in run.uses) / 2)
    assert sum(rows.values()) == pytest.approx(made.figures["net_revenue"].value, abs=0.01)


def test_groups_of_people_by_hand():
    """Three households of forty records each: Child Benefit of £10 a week more, £520 a year for each child, reaches two of them.

    A couple (40, 38) with two children gains £1,040, a lone parent of 30 with one £520, and a pensioner of 80 nothing. Women and girls are
    the mother of 38, both lone parent and child, and the pensioner: the mean is (1,040 + 520 + 520 + 0) / 4 = £520 a year.
    """
    female = {"sex": 1}
    couple = home(unit(person(40, earnings=30_000), person(38, **female), person(8), person(6), couple=1))
    lone = home(unit(person(30, earnings=20_000, **female), person(3, **female)))
    old = home(unit(person(80, **female, disabled=1)))
    run = work(read_scenario("benefits/child_benefit_plus_ten_pounds"), town(*(couple, lone, old) * 40), YEAR)
    gain = {name: run.change[i] for i, name in enumerate(("couple", "lone", "old"))}
    assert gain["couple"] == pytest.approx(1040)
    made = measures(run).tables
    by_sex = {row["sex"]: row for row in made["by_sex"]}
    women = (gain["couple"] + 2 * gain["lone"] + gain["old"]) / 4
    assert by_sex["Women and girls"]["mean_change"] == pytest.approx(women)
    assert by_sex["Women and girls"]["people"] == pytest.approx(4 * 40) and by_sex["Women and girls"]["records"] == 120
    assert by_sex["Men and boys"]["mean_change"] == pytest.approx(1040)
    by_age = {row["age"]: row for row in made["by_age"]}
    assert list(by_age) == ["Under 16", "25 to 34", "35 to 44", "75 or over"]
    assert by_age["Under 16"]["mean_change"] == pytest.approx((2 * gain["couple"] + gain["lone"]) / 3)
    assert by_age["75 or over"]["gain_pct"] == 0 and by_age["Under 16"]["gain_pct"] == pytest.approx(100)
    by_disability = {row["disability"]: row for row in made["by_disability"]}
    assert by_disability["Disabled"]["mean_change"] == pytest.approx(0)
    assert by_disability["Not disabled"]["people"] == pytest.approx(6 * 40)


def test_everyone_is_in_one_group_of_each_kind(run: Run):
    made = measures(run)
    everyone = float(made.homes.person_weight.sum())
    for name in ("by_age", "by_sex", "by_disability", "by_ethnic_group"):
        rows = made.tables[name]
        if all(row["shown"] for row in rows):
            assert sum(row["people"] for row in rows) == pytest.approx(everyone), name


def test_few_people_are_held_back():
    homes = [home(unit(person(40, earnings=30_000, ethnicity=1))) for _ in range(40)] + [home(unit(person(40, ethnicity=4)))]
    run = work(read_scenario("benefits/universal_credit_plus_ten_pounds"), town(*homes), YEAR)
    rows = {row["ethnic_group"]: row for row in measures(run).tables["by_ethnic_group"]}
    few = rows["Black, Black British, Caribbean or African"]
    assert few["records"] == 1 and not few["shown"] and "mean_change" not in few
    assert rows["White"]["shown"]


def test_hardship_is_counted_in_each_council():
    """Of sixty tenants in Leeds, forty pay half of what they have in rent. In Hackney there are too few to say."""
    heavy = [home(unit(person(40, earnings=20_000)), council="Leeds", tenure=Tenure.PRIVATE_RENT, rent=12_000) for _ in range(40)]
    light = [home(unit(person(40, earnings=30_000)), council="Leeds", tenure=Tenure.PRIVATE_RENT, rent=2_000) for _ in range(20)]
    few = [home(unit(person(40, earnings=30_000)), council="Hackney", tenure=Tenure.PRIVATE_RENT, rent=2_000) for _ in range(10)]
    run = work(read_scenario("benefits/child_benefit_plus_ten_pounds"), town(*few, *heavy, *light), YEAR)
    rows = {(row["council"], row["measure"]): row for row in measures(run).tables["hardship_by_council"]}
    rent = rows["Leeds", "Renting households whose rent is above 40% of income"]
    assert rent["before_pct"] == pytest.approx(100 * 40 / 60) and rent["change_points"] == 0
    assert not rows["Hackney", "Renting households whose rent is above 40% of income"]["shown"]
    assert rows["Leeds", "Households with no savings"]["before_pct"] == 100


def test_in_one_council_no_figure_rests_on_few_records_that_move() -> None:
    """40 couples without children and 10 with one live in Leeds: £10 a week of Child Benefit moves 10 records, too few for any row."""
    couple = unit(person(45, earnings=20_000), person(44, earnings=12_000), couple=1)
    family = unit(person(45, earnings=20_000), person(44), person(5), couple=1)
    made_of = (
        *(home(couple, council="Leeds", weight=10.0) for _ in range(40)),
        *(home(family, council="Leeds", weight=10.0) for _ in range(10)),
    )
    people = replace(town(*made_of), kind="synthetic")
    run = work(read_scenario("benefits/child_benefit_plus_ten_pounds"), people, YEAR)
    made = measures(run, find_area("Leeds"), errors={})
    assert [row["shown"] for row in made.tables["by_tenure"]] == [False]
    rows = [row for row in made.tables["poverty"] if row["group"] == "children"]
    assert all(row["change_people"] in (None, 0.0) for row in rows)
    told = sentences.story(made)
    public = told.block("public_money")
    assert public is not None and not any("Child Benefit" in text for text in public.sentences)
    assert told.headline.sentences[0] == "Too few homes stand behind this to say how many in Leeds would get more."


def test_a_change_elsewhere_is_one_sentence_here() -> None:
    people = town(
        *(home(unit(person(45, earnings=20_000)), council="Leeds", weight=10.0, council_tax_band=Band.A) for _ in range(40)),
        *(home(unit(person(45, earnings=20_000)), council="Cardiff", weight=10.0, council_tax_band=Band.A) for _ in range(40)),
    )
    run = work(read_scenario("council_tax/lower_bands_pay_less"), people, YEAR)
    told = sentences.story(measures(run, find_area("Cardiff"), errors={}))
    assert [block.heading for block in told.blocks] == ["This proposal changes nothing in Cardiff: it applies in England."]
    leeds = work(read_scenario("spending/care_in_leeds_paid_by_council_tax"), people, YEAR)
    told = sentences.story(measures(leeds, find_area("Cardiff"), errors={}))
    assert [block.heading for block in told.blocks] == ["This proposal changes nothing in Cardiff: it applies in Leeds."]
    own = sentences.story(measures(leeds, find_area("Leeds"), errors={}))
    assert "this would raise about £" in own.headline.heading and "more would go on services there" in own.headline.heading


def test_what_heirs_pay_has_a_range_of_its_own_and_is_taken_off_no_income() -> None:
    rich = unit(person(70, private_pension=20_000, wealth_share=1.0))
    people = town(*(home(rich, council="Leeds", weight=100.0, main_home_wealth=900_000.0 + 10_000 * i) for i in range(60)))
    run = work(read_scenario("wealth/inheritance_tax_at_thirty_percent"), replace(people, kind="synthetic"), YEAR)
    made = measures(run, errors={})
    told = sentences.story(made)
    assert told.headline.sentences == ("Heirs would pay less.", "We take this off no household's income.")
    assert made.figures["net_revenue"].records == 60
    chance = made.figures["net_revenue"].ranges[1]
    assert chance.low is not None and chance.high is not None and chance.low < made.figures["net_revenue"].value < chance.high < 0
    left = told.block("left_out")
    assert left is not None and "What heirs pay is taken off no household's income." in left.sentences
