"""What the law gives beside what is published: worked on homes that somebody can check by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import home, person, town, unit
from fairshare.measures.checks import LAW_MEASURES, Results, checks, report
from fairshare.measures.uncertainty import KINDS_OF_FIGURE
from fairshare.population.measured import MEASURES, Workshop
from fairshare.population.published import Row, declared
from fairshare.population.records import Population


@pytest.fixture(scope="module")
def three_homes() -> Population:
    """A well-paid couple, a lone parent who rents and has no income of her own, a man of 80 with a State Pension; ten of each."""
    return town(
        home(unit(person(45, earnings=140_000, hours=40), person(44, sex=1, earnings=20_000, hours=20), couple=1), council="Leeds",
             weight=10, council_tax_band=5),
        home(unit(person(30, sex=1), person(4)), council="Leeds", weight=10, tenure=2, rent=5_200, bedrooms=2, council_tax_band=1),
        home(unit(person(80, state_pension=10_000)), council="Cardiff", weight=10, council_tax_band=2),
        year="2025-26",
    )  # fmt: skip


def row(measure: str, area: str = "K02000001", unit_: str = "persons", **dims: str) -> Row:
    return Row("x", area, measure, tuple(dims.items()), 1.0, unit_, "2025-26")


def worked(people: Population, of: Row) -> float | str:
    return Workshop(people, {**MEASURES, **LAW_MEASURES}, Results).model(of)


@pytest.mark.parametrize(
    "measure, dims, model",
    [
        ("taxpayers", {"band": "all"}, 20),
        ("taxpayers", {"band": "Additional rate"}, 10),  # £140,000 lies above £125,140
        ("taxpayers", {"band": "Basic rate"}, 10),
        ("taxpayers", {"sex": "female"}, 10),
        ("universal_credit_caseload", {"series": "total"}, 10),
        ("uc_households", {"family_type": "Single, with children"}, 10),
        ("uc_households", {"housing_entitlement_tenure": "with housing entitlement (all tenures)"}, 10),
        ("child_benefit_families_in_receipt_of_payments", {}, 10),
        ("population", {"group": "children"}, 10),
        ("population", {"group": "pensioners"}, 10),
        ("number_of_individuals", {"income_type": "Employment income"}, 20),
        ("median", {"income_type": "Total income"}, 80_000),
        ("uc_admin_caseload", {"component": "people_on_uc"}, 10),
        ("uc_households_by_family_type", {"category": "Lone Parents"}, 10),
        ("uc_households_with_element", {"category": "Housing"}, 10),
        ("uc_households_housing_support", {"category": "No Housing Support"}, 0),
        ("two_child_limit_households", {"children_in_household": "3"}, 0),
        ("pension_credit_claims", {"type": "Guarantee Credit only", "sex": "male"}, 10),  # £192.31 a week is below £227.10
        ("pension_credit_claims", {"type": "Savings Credit only"}, 0),
        ("pension_credit_take_up_rate_caseload", {"entitlement_group": "all", "age_group": "aged_75_or_over"}, 1),
        ("child_benefit_take_up_rate", {"age_of_child": "4"}, 1),
        ("participation_rate_16plus", {}, 0.5),
        ("average_tax_rate", {"total_income_lower_bound": "All Ranges"}, (49_203 + 1_486) / 160_000),
        ("official_estimate_expenditure", {"programme": "Income tax"}, 10 * (49_203 + 1_486)),
        ("median_private_rent", {}, "the population holds no record of it"),  # the home that is rented is social
    ],
)  # fmt: skip
def test_counts_of_three_homes(three_homes: Population, measure: str, dims: dict[str, str], model: float | str) -> None:
    found = worked(three_homes, row(measure, **dims))
    assert found == (model if isinstance(model, str) else pytest.approx(model))


def test_money_of_three_homes(three_homes: Population) -> None:
    """£140,000 has no allowance: 37,700 at 20%, 87,440 at 40%, 14,860 at 45% is £49,203.00; £20,000 bears 20% of £7,430 = £1,486."""
    tax = worked(three_homes, row("table_3_4", unit_="GBP", line="Income tax (gross of tax credits)"))
    assert tax == pytest.approx(10 * (49_203.0 + 1_486.0))
    assert worked(three_homes, row("child_benefit_expenditure", unit_="GBP")) == pytest.approx(10 * 26.05 * 52)  # eldest, 2025-26


def test_areas_of_three_homes(three_homes: Population) -> None:
    assert worked(three_homes, row("taxpayers", area="W92000004", band="all")) == 0
    leeds = row("low_income_rate_region", area="E12000003", unit_="per cent")
    assert worked(three_homes, leeds) == 0.0  # her income is the country's median, so nobody lies below the line


def test_children_in_low_income_are_counted_among_families_that_claim() -> None:
    """Two families without work lie below the line. Savings of £20,000 keep the one in Cardiff from Universal Credit, so that the official
    count puts both families' ten children in Leeds, where the other claims."""
    parents = (person(40, earnings=60_000, hours=40), person(40, sex=1, earnings=60_000, hours=40))
    people = town(
        home(unit(person(30, sex=1), person(4)), council="Leeds", weight=10),
        home(unit(*parents, person(5), couple=1), council="Leeds", weight=70),
        home(unit(person(30, sex=1), person(4), capital=20_000), council="Cardiff", weight=10),
        year="2025-26",
    )
    leeds, cardiff = (row("children_relative_poverty_bhc", area=area, unit_="per cent") for area in ("E08000035", "W06000015"))
    assert worked(people, leeds) == pytest.approx(100 * 20 / 80)
    assert worked(people, cardiff) == 0.0


def test_what_cannot_be_worked_says_why(three_homes: Population) -> None:
    assert worked(three_homes, row("table_3_4", line="Hedgehog duty")) == "this breakdown is not one that records hold"
    old = row("taxpayers", band="all")._replace(period="2019-20")
    assert worked(three_homes, old) == "the period 2019-20 lies outside 2023-24 to 2029-30"


def test_every_declared_check_has_a_measure_a_source_and_a_known_kind() -> None:
    rows = declared("checks")
    assert len(rows) >= 100
    for each in rows:
        assert each.measure in LAW_MEASURES and each.source, each.id
        assert each.kind_of_figure in (*KINDS_OF_FIGURE, ""), each.id


def test_checks_stand_beside_the_targets(three_homes: Population, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "target_id,geography_code,measure,dim1,value1,value,unit,period\n"
        "mine/taxpayers,K02000001,taxpayers,band,all,40,persons,2025-26\nmine/hedgehogs,K02000001,hedgehogs,,,1,persons,2025-26\n"
    )
    card = report(three_homes, [mine])
    by_id = {target["id"]: target for target in card["targets"]}
    assert by_id["mine/taxpayers"]["model"] == 20 and by_id["mine/taxpayers"]["gap_pct"] == -50
    assert [entry["id"] for entry in card["summary"]["not_expressed_rows"]].count("mine/hedgehogs") == 1
    assert len(by_id) == len(card["targets"])
    found, _ = checks(three_homes)
    assert {target["id"] for target in found} <= set(by_id)
