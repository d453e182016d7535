"""Statements of whole households, each line checked by hand from the published rates of 2026-27."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fairshare.areas import folder
from fairshare.assessment import RULES
from fairshare.household_file import household_from_text, read_household
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse, read
from fairshare.working import YES_OR_NO, Statement, as_data, as_text, statement

EXAMPLES = folder("parameters").parent / "docs" / "examples"


def worked(name: str) -> dict[str, Any]:
    household = read_household(EXAMPLES / f"{name}.yaml")
    return as_data(statement(household, law_in_force(household.year)))


CHECKED = read(Path(__file__).parent / "examples.yaml").data
"""Every line of each example, by person, benefit unit and home, as checked by hand."""


def shown(made: Statement) -> dict[str, dict[str, dict[str, float]]]:
    """Every line of a statement that is not nothing, by whose it is, instrument and name."""
    units = [(f"unit {number}", lines) for number, (_, lines) in enumerate(made.units, start=1)]
    found: dict[str, dict[str, dict[str, float]]] = {}
    for who, lines in (*made.people, *units, ("home", made.home)):
        for line in lines:
            if round(line.amount, 2):
                found.setdefault(who, {}).setdefault(line.instrument, {})[line.name] = line.amount
    return found


@pytest.mark.parametrize("name", sorted(file.stem for file in EXAMPLES.glob("*.yaml")))
def test_every_line_of_an_example_is_as_checked_by_hand(name: str) -> None:
    household = read_household(EXAMPLES / f"{name}.yaml")
    found, checked = shown(statement(household, law_in_force(household.year), with_law=False)), CHECKED[name]
    names = {(who, instrument, line) for who, by in found.items() for instrument, lines in by.items() for line in lines}
    assert names == {(who, instrument, line) for who, by in checked.items() for instrument, lines in by.items() for line in lines}
    for who, instrument, line in sorted(names):
        assert found[who][instrument][line] == pytest.approx(checked[who][instrument][line], abs=0.0051), f"{who}, {instrument}.{line}"


@pytest.mark.parametrize(
    "name, lines",
    [
        # 20% and 8% of 10,562
        ("single_worker", {"income_tax": 2_112.40, "national_insurance": 844.96}),
        # (26.05 + 17.25) x 52; (400.14 + 339.00, at 9 born before April 2017, + 292.81) x 12 + 4,940 + 2,652 less 55% of 12,400 - 411 x 12
        ("lone_parent", {"child_benefit": 2_251.60, "universal_credit": 19_975.40 - 4_107.40}),
        # (26.05 + 3 x 17.25) x 52; 628.10 x 12 + (339.00 + 292.81) x 12, two of four children, + 635 x 12 less 55% of 23,211.60 - 4,932
        ("large_family", {"child_benefit": 4_045.60, "universal_credit": 22_738.92 - 10_053.78}),
        # (26.05 + 2 x 17.25) x 52; the cap of 25,323 less Child Benefit
        ("private_renter_capped", {"child_benefit": 3_148.60, "universal_credit": 22_174.40}),
        # PIP (110.40 + 77.05 + 73.90) x 52, Carer's Allowance 83.30 x 52
        ("disabled_couple", {"disability_benefits": 13_590.20, "carers_allowance": 4_331.60}),
        # dividends at 33.75%: 36,792 + 520 + 843.75 and Robin's 2,286
        ("high_earner", {"income_tax": 40_441.75, "child_benefit_charge": 2_251, "national_insurance": 5_285.00}),
        # 2,827 at 19% and 9,103 at 20%, less 252; 2 x 27.15 x 52
        ("scottish_family", {"income_tax": 2_105.73, "scottish_child_payment": 2_823.60}),
        ("self_employed", {"income_tax": 3_434.00, "national_insurance": 1_105.80, "child_benefit": 1_354.60}),
        ("landlord", {"income_tax": 3_686.00, "national_insurance": 594.40}),
    ],
)
def test_the_examples_a_year_before(name: str, lines: dict[str, float]) -> None:
    """2025-26, from the rates of DWP and HMRC: what enters disposable income."""
    household = read_household(EXAMPLES / f"{name}.yaml")
    made = statement(household, law_in_force("2025-26"), with_law=False)
    found = {line.name: line.amount for line in made.home if line.instrument == "disposable_income"}
    assert {line: found[line] for line in lines} == pytest.approx(lines, abs=0.01)


def test_bills_come_off_last_and_a_scheme_that_was_not_read_is_named() -> None:
    """18,910.26 less rent of 8,400 is 10,510.26; 120 and 40 a month of bills and 149.40 of licence are 2,069.40."""
    text = (EXAMPLES / "single_worker.yaml").read_text(encoding="utf-8")
    without = statement(household_from_text(text), law_in_force("2026-27"), with_law=False)
    named = household_from_text(text + "spending: {housing_energy: 120 a month, communication: 40 a month}\n")
    made = statement(named, law_in_force("2026-27"), with_law=False)
    assert as_data(made)["bills"] == pytest.approx(2_069.40)
    assert as_data(made)["left_after_housing_costs_and_bills"] == pytest.approx(8_440.86, abs=0.01)
    row = next(row for row in as_text(made, "month", False).splitlines() if row.startswith("Left after rent, council tax and bills"))
    assert row.split()[-1] == "£703.41"
    assert "No bills are in the file" in as_text(without, "month", False) and as_data(without)["bills"] == 0
    assert "Leicester's own scheme of council tax reduction for working age is not worked in its own form" in as_data(made)["assumed"][-1]


def test_income_after_taxes_in_prices_is_told_only_where_the_file_says_what_is_bought() -> None:
    text = (EXAMPLES / "single_worker.yaml").read_text(encoding="utf-8")
    law = law_in_force("2026-27")
    bills = "spending: {housing_energy: 120 a month, communication: 40 a month}\n"  # bills alone say too little
    for added, there in (("", False), (bills, False), ("spending: {food: 60 a week}\n", True)):
        made = statement(household_from_text(text + added), law, with_law=False)
        assert ("post_tax_income" in as_data(made)["household"]) == there
        assert ("taxes in prices, since the file does not say what is bought" in " ".join(as_data(made)["left_out"])) != there
        assert "taxes that firms pay and pass on" in as_data(made)["left_out"]


def test_what_a_whole_year_of_age_and_a_home_in_an_estate_suppose_is_said() -> None:
    """In 2026-27 a child of 9 may be born on either side of 6 April 2017; one of 8 or 10 may not."""
    text = "council: Leeds\nyear: 2026-27\npeople: [{name: Ann, age: 40, earnings: %s}, {name: Bo, age: %s}, {name: Cy, age: 3}]"
    for earnings, age, said in ((0, 9, 1), (0, 8, 0), (0, 10, 0)):
        made = statement(household_from_text(text % (earnings, age)), law_in_force("2026-27"), with_law=False)
        told = [each for each in as_data(made)["assumed"] if "6 April 2017" in each]
        assert len(told) == said and (not told or told[0].startswith("Bo, 9, was born on or after"))
    assert any("pass to children or grandchildren" in each for each in worked("landlord")["assumed"])
    assert not any("grandchildren" in each for each in worked("single_worker")["assumed"])


def test_a_projected_year_is_marked_where_lines_rest_on_it() -> None:
    """Benefits of 2028-29 follow forecasts of prices; the rates of 2026-27 are set, save what they are for others."""
    household = read_household(EXAMPLES / "carer.yaml")
    made = statement(household, law_in_force("2028-29"), with_law=False)
    assert {"Universal Credit", "Child Benefit", "Carer's Allowance", "council tax"} <= set(as_data(made)["projected"])
    assert "income tax" not in made.projected  # frozen thresholds are announced, not forecast
    text = " ".join(as_text(made, "month", False).split())
    assert "In 2028-29 the law of" in text and "is not all set yet: part of it is a projection." in text
    now = statement(household, law_in_force("2026-27"), with_law=False)
    assert not {"Universal Credit", "Child Benefit", "Carer's Allowance", "council tax"} & set(now.projected)


def test_what_is_expected_of_a_sale_or_a_death_is_shown_once_and_taken_off_nothing() -> None:
    text = (EXAMPLES / "landlord.yaml").read_text(encoding="utf-8") + "spending: {food: 60 a week}\n"
    law = law_in_force("2026-27")
    counted = with_changes(law, {"post_tax_income": {"counts": {"property_purchase_tax": 1, "inheritance_tax": 1}}}, parse("{}"))
    for each, there in ((law, False), (counted, True)):
        made = as_data(statement(household_from_text(text), each, with_law=False))
        after = made["household"]["post_tax_income"]
        assert ("property_purchase_tax" in after) == ("inheritance_tax" in after) == there
        shown_lines = sum(
            after.get(name, 0) for name in ("capital_gains_tax", "indirect_taxes", "property_purchase_tax", "inheritance_tax")
        )
        assert after["post_tax_income"] == pytest.approx(after["disposable_income"] - shown_lines, abs=0.02)
        assert any(said.endswith("as expected in a year") for said in made["left_out"]) != there


def test_what_is_given_in_kind_and_a_mortgage_are_said_to_be_left_out() -> None:
    family = worked("lone_parent")["left_out"]
    assert "free school meals and Warm Home Discount, given in kind, which no income here counts" in family
    owner = household_from_text("council: Leeds\ntenure: mortgage\nmortgage_capital: 300 a month\npeople: [{age: 40}]")
    said = as_data(statement(owner, law_in_force("2026-27"), with_law=False))["left_out"]
    assert any(each.startswith("repayments of the mortgage itself") for each in said)
    assert not any("mortgage" in each or "in kind" in each for each in worked("single_worker")["left_out"])


def test_what_rests_on_households_through_firms_is_in_no_statement_unless_counted() -> None:
    text = (EXAMPLES / "single_worker.yaml").read_text(encoding="utf-8")
    household = household_from_text(text + "spending: {food: 60 a week}\n")
    law = law_in_force("2026-27")
    counted = with_changes(law, {"post_tax_income": {"counts": {"taxes_on_firms": 1}}}, parse("{}"))
    for each, there in ((law, False), (counted, True)):
        lines = shown(statement(household, each, with_law=False))["home"]["post_tax_income"]
        assert ("taxes_on_firms" in lines) == there


def test_a_single_worker_in_leicester() -> None:
    """The National Living Wage from April 2026 (gov.uk): 35 x 52 hours at £12.71 are £23,132.20."""
    made = worked("single_worker")
    worker = made["people"][0]
    assert worker["income_tax"]["income_tax"] == pytest.approx(2_112.40)  # (23,132 - 12,570) x 20%
    assert worker["national_insurance"]["national_insurance"] == pytest.approx(844.96)  # 10,562 x 8%
    # Leicester Band A: 2,528.75 x 6/9 = 1,685.83, less a quarter for one adult = 1,264.38 (MHCLG, council tax levels 2026-27)
    home = made["household"]
    assert home["council_tax"]["council_tax"] == pytest.approx(1_264.38, abs=0.01)
    assert home["disposable_income"]["disposable_income"] == pytest.approx(23_132 - 2_112.40 - 844.96 - 1_264.38, abs=0.01)


def test_a_couple_with_four_children_in_bradford() -> None:
    """Universal Credit by hand, a month: 666.97 + 351.88 + 3 x 303.94 + 635.00 (three-bedroom rate) = 2,565.67;
    net pay 2,250.00 - 219.50 - 96.20 = 1,934.30; 55% of the pay above 427 is 829.01; the award is 1,736.66."""
    made = worked("large_family")
    worker = made["people"][0]
    assert worker["income_tax"]["income_tax"] == pytest.approx(2_634.00)  # 14,430 x 20%, less the marriage allowance's 252
    assert worker["national_insurance"]["national_insurance"] == pytest.approx(1_154.40)
    unit = made["benefit_units"][0]
    assert unit["child_benefit"]["child_benefit"] == pytest.approx((27.05 + 3 * 17.90) * 52)
    credit = unit["universal_credit"]
    assert credit["maximum_amount"] / 12 == pytest.approx(2_565.67, abs=0.005)
    assert credit["earnings_reduction"] / 12 == pytest.approx(829.01, abs=0.01)
    assert credit["universal_credit"] / 12 == pytest.approx(1_736.66, abs=0.02)
    assert unit["benefit_cap"]["exempt"] == 1  # net pay above 881 a month


def test_a_family_in_hackney_meets_the_benefit_cap() -> None:
    """Universal Credit and Child Benefit together may be no more than £2,110.25 a month in London (£25,323 a year)."""
    unit = worked("private_renter_capped")["benefit_units"][0]
    together = unit["benefit_cap"]["universal_credit"] + unit["child_benefit"]["child_benefit"]
    assert together == pytest.approx(25_323, abs=0.5)


def test_a_landlord_in_bristol() -> None:
    """ITTOIA 2005 s.274A: 20% of the mortgage interest of £4,000 comes off tax of (20,000 + 15,000 - 12,570) x 20%."""
    landlord = worked("landlord")["people"][0]["income_tax"]
    assert landlord["tax_on_non_savings"] + landlord["tax_on_property"] == pytest.approx(4_486.00)
    assert landlord["finance_cost_relief"] == pytest.approx(800.00)
    assert landlord["income_tax"] == pytest.approx(3_686.00)


def test_a_lone_parent_in_hull() -> None:
    """A year of 2026-27, from the rates of DWP and HMRC.

    Pay of 12,400 is below the personal allowance and the primary threshold of 12,570: no tax, no contributions.
    Child Benefit: (27.05 + 17.90) x 52 = 2,337.40.
    Universal Credit: 424.90 x 12 = 5,098.80; two children 2 x 303.94 x 12 = 7,294.56; rent 95 x 52 = 4,940.00; 85% of
    60 x 52 for childcare = 2,652.00; together 19,985.36. Taper: 55% of 12,400 less 427 x 12 = 7,276.00 is 4,001.80. Award 15,983.56.
    Council tax: Hull's Band A of 2,295.04 x 6/9 = 1,530.03, less a quarter for one adult = 1,147.52. Hull reduces it by up to 80%
    (918.02), less 20% a week of income above needs: 15,983.56 + 12,400 - 2,189.20 (25 + 17.10 a week) = 26,194.36 is 6,209.00 above
    19,985.36, and 20% of that over 365 days is 1,245.2: nothing is left.
    """
    made = worked("lone_parent")
    lily = made["people"][2]
    unit, home = made["benefit_units"][0], made["household"]
    assert unit["child_benefit"]["child_benefit"] == pytest.approx(2_337.40)
    credit = unit["universal_credit"]
    parts = ("standard_allowance", "child_element", "housing_element", "childcare_element", "maximum_amount")
    assert [credit[name] for name in parts] == pytest.approx([5_098.80, 7_294.56, 4_940.00, 2_652.00, 19_985.36])
    assert (credit["earnings_reduction"], credit["universal_credit"]) == (4_001.80, 15_983.56)
    assert unit["benefit_cap"]["exempt"] == 1  # pay above 881 a month
    assert (home["council_tax"]["band_charge"], home["council_tax"]["council_tax"]) == (1_530.03, 1_147.52)
    reduction = unit["council_tax_reduction"]
    assert (reduction["maximum"], reduction["income"], reduction["council_tax_reduction"]) == (918.02, 26_194.36, 0)
    assert home["warm_home_discount"]["warm_home_discount"] == 150
    assert lily["free_school_meals"]["free_school_meals"] == pytest.approx(190 * 2.61 * 1.038, abs=0.05)  # an infant; projected
    income = home["disposable_income"]
    assert (income["income_tax"], income["national_insurance"]) == (0, 0)
    assert income["disposable_income"] == pytest.approx(29_573.44)  # 12,400 + 2,337.40 + 15,983.56 - 1,147.52
    assert income["disposable_income_after_housing_costs"] == pytest.approx(24_633.44)


def test_a_couple_in_leeds_where_one_cares() -> None:
    """A year of 2026-27, from the rates of DWP and HMRC.

    Sam: tax 20% of 22,800 - 12,570 = 10,230 is 2,046.00, less 252 of marriage allowance = 1,794.00; contributions 8% = 818.40.
    Ash: Carer's Allowance 86.45 x 52 = 4,495.40. Bea: DLA middle care 76.70 x 52 = 3,988.40. Child Benefit 27.05 x 52 = 1,406.60.
    Universal Credit: couple 666.97, child 303.94, disabled child 164.79, carer 209.34, rent 715.00 (below the two-bedroom rate), each
    x 12 = 24,720.48. Pay 22,800 - 1,794 - 818.40 = 20,187.60; 55% above 5,124 = 8,284.98; less Carer's Allowance: 11,940.10.
    Council tax: Band B, 2,283.73 x 7/9 = 1,776.23; Leeds allows 80%, but income is 10,493 above needs, so nothing.
    """
    made = worked("carer")
    sam, ash, bea = made["people"]
    assert (sam["income_tax"]["tax_on_non_savings"], sam["income_tax"]["income_tax"]) == (2_046.00, 1_794.00)
    assert sam["national_insurance"]["national_insurance"] == 818.40
    assert ash["carers_allowance"]["carers_allowance"] == 4_495.40
    assert bea["disability_benefits"]["disability_benefits"] == 3_988.40
    unit, home = made["benefit_units"][0], made["household"]
    credit = unit["universal_credit"]
    parts = ("standard_allowance", "child_element", "disabled_child_additions", "carer_element", "housing_element", "maximum_amount")
    assert [credit[name] for name in parts] == pytest.approx([8_003.64, 3_647.28, 1_977.48, 2_512.08, 8_580.00, 24_720.48])
    assert (credit["earned_income"], credit["earnings_reduction"]) == (20_187.60, 8_284.98)
    assert (credit["unearned_income"], credit["universal_credit"]) == (4_495.40, 11_940.10)
    assert unit["council_tax_reduction"]["council_tax_reduction"] == 0
    assert home["council_tax"]["council_tax"] == 1_776.23
    income = home["disposable_income"]
    assert income["benefits"] == pytest.approx(3_988.40 + 4_495.40 + 1_406.60 + 11_940.10)
    assert income["disposable_income"] == pytest.approx(40_241.87)  # 22,800 + 21,830.50 - 1,794.00 - 818.40 - 1,776.23
    assert income["disposable_income_after_housing_costs"] == pytest.approx(31_661.87)


def test_a_disabled_couple_in_cardiff() -> None:
    """A year of 2026-27, from the rates of DWP.

    Huw: PIP 114.60 + 80.00 a week, 10,119.20. Nia: PIP 76.70 a week, 3,988.40, and Carer's Allowance 86.45 x 52 = 4,495.40.
    Universal Credit: couple 666.97, health element 429.80 (held before April 2026), carer 209.34, each x 12; rent 5,720 less 14% for the
    spare bedroom = 4,919.20; together 20,592.52, less Carer's Allowance = 16,097.12. The cap exempts them.
    Wales reduces council tax by all of it: income of 20,592.52 is no more than needs of 20,592.52. Band C: 2,013.18 x 8/9 = 1,789.49.
    """
    made = worked("disabled_couple")
    huw, nia = made["people"]
    assert huw["disability_benefits"]["disability_benefits"] == 10_119.20
    assert nia["disability_benefits"]["disability_benefits"] == 3_988.40
    assert nia["carers_allowance"]["carers_allowance"] == 4_495.40
    unit, home = made["benefit_units"][0], made["household"]
    credit = unit["universal_credit"]
    parts = ("standard_allowance", "health_element", "carer_element", "housing_element", "maximum_amount")
    assert [credit[name] for name in parts] == pytest.approx([8_003.64, 5_157.60, 2_512.08, 4_919.20, 20_592.52])
    assert credit["universal_credit"] == 16_097.12 and unit["benefit_cap"]["exempt"] == 1
    assert home["council_tax"]["council_tax"] == 1_789.49
    assert unit["council_tax_reduction"]["council_tax_reduction"] == 1_789.49
    income = home["disposable_income"]
    assert income["disposable_income"] == pytest.approx(34_700.12)  # 10,119.20 + 3,988.40 + 4,495.40 + 16,097.12
    assert income["disposable_income_after_housing_costs"] == pytest.approx(28_980.12)  # less rent of 5,720


def test_a_pensioner_couple_in_belfast() -> None:
    """A year of 2026-27, from the rates of DWP and the Department for Communities.

    Pat: 20% of 10,400 + 4,200 - 12,570 = 2,030 is 406.00, less 252 of marriage allowance = 154.00. Rose pays none.
    Pension Credit: guarantee 363.25 x 52 = 18,889.00. Income 10,400 + 4,200 - 154 + 6,100 = 20,546, and 8 a week for the
    4,000 above 10,000 = 416: 20,962.00. Savings credit: 60% of 363.25 - 329.75 = 20.10 a week, less 40% of (20,962 - 18,889) / 52 =
    39.87: 20.10 - 15.95 = 4.15 a week, 216.00.
    Winter fuel: one payment of 200, as they are on Pension Credit. Rates of 1,150: needs 383.35 a week, income 21,178 / 52 = 407.27;
    20% of 23.92 over 365 days is 249.44, so 900.56 comes off. No licence fee at 78 with Pension Credit.
    """
    made = worked("pensioner_couple")
    pat, rose = made["people"]
    assert pat["income_tax"]["income_tax"] == 154.00 and rose["income_tax"]["marriage_allowance_given"] == 1_260
    assert pat["winter_fuel"]["winter_fuel_payment"] == 200 and "winter_fuel" not in rose
    unit, home = made["benefit_units"][0], made["household"]
    credit = unit["pension_credit"]
    parts = ("standard_guarantee", "other_income", "deemed_income", "income", "guarantee_credit")
    assert [credit[name] for name in parts] == pytest.approx([18_889.00, 20_546.00, 416.00, 20_962.00, 0])
    assert credit["savings_credit"] == credit["pension_credit"] == pytest.approx(216.00, abs=0.01)
    assert unit["council_tax_reduction"]["council_tax_reduction"] == pytest.approx(900.56, abs=0.01)
    assert home["council_tax"]["council_tax"] == 1_150 and "tv_licence" not in home and "warm_home_discount" not in home
    # 20,700 + 216 + 200 - 154 - 249.44
    assert home["disposable_income"]["disposable_income"] == pytest.approx(20_712.56, abs=0.01)


def test_a_high_earner_in_guildford() -> None:
    """A year of 2026-27, from the rates of HMRC.

    Chris: 118,000 less 4,000 to a pension scheme, 1,800 of interest and 3,000 of dividends are 118,800. The allowance falls by
    half of 18,800 to 3,170. Pay of 110,830: 37,700 at 20% = 7,540, 73,130 at 40% = 29,252. Interest: 500 free, 1,300 at 40% = 520.
    Dividends: 500 free, 2,500 at 35.75% = 893.75. In all 38,205.75. Contributions: 37,700 at 8% and 67,730 at 2% = 4,370.60.
    The charge takes all of Child Benefit of 2,337.40, in whole pounds 2,337.
    Robin: 11,430 at 20% = 2,286.00 and at 8% = 914.40; a couple with a higher-rate taxpayer shares no marriage allowance.
    Council tax: Band G, 2,547.30 x 15/9 = 4,245.50.
    """
    made = worked("high_earner")
    chris, robin = made["people"][:2]
    tax = chris["income_tax"]
    assert (tax["adjusted_net_income"], tax["personal_allowance"], tax["personal_savings_allowance"]) == (118_800, 3_170, 500)
    assert (tax["tax_on_non_savings"], tax["tax_on_savings"], tax["tax_on_dividends"]) == (36_792.00, 520.00, 893.75)
    assert (tax["income_tax"], chris["national_insurance"]["national_insurance"]) == (38_205.75, 4_370.60)
    assert chris["child_benefit_charge"]["child_benefit_charge"] == 2_337
    assert (robin["income_tax"]["income_tax"], robin["national_insurance"]["national_insurance"]) == (2_286.00, 914.40)
    unit, home = made["benefit_units"][0], made["household"]
    assert unit["child_benefit"]["child_benefit"] == 2_337.40 and "universal_credit" not in unit
    assert home["council_tax"]["council_tax"] == 4_245.50
    income = home["disposable_income"]
    assert income["market_income"] == 146_800  # 118,000 + 1,800 + 3,000 + 24,000
    assert income["taxes"] == pytest.approx(52_359.25)
    assert income["disposable_income"] == pytest.approx(92_778.15)  # 146,800 + 2,337.40 - 52,359.25 - 4,000
    assert income["disposable_income_after_housing_costs"] == pytest.approx(78_778.15)  # less mortgage interest of 14,000


def test_a_family_in_glasgow() -> None:
    """A year of 2026-27, from the rates of DWP, HMRC and Social Security Scotland.

    Iain: of 24,500 - 12,570 = 11,930, 3,967 at 19% = 753.73 and 7,963 at 20% = 1,592.60, less 252 of marriage allowance = 2,094.33;
    contributions 8% of 11,930 = 954.40. Mairi pays none.
    Universal Credit: couple 666.97, children 351.88 (born before April 2017) + 303.94, x 12; rent 98 x 52 = 5,096; no bedroom to spare,
    as a boy of 12 and a girl of 5 have one each: 20,969.48. Pay 24,500 - 2,094.33 - 954.40 + 6,000 = 27,451.27; 55% above 5,124 =
    12,280.00. Award 8,689.48. Scottish Child Payment 2 x 28.20 x 52 = 2,932.80.
    Best Start: the school age payment for Skye, 319.80 in 2025-26, with prices (3.8%) 331.95.
    Council tax: Band B, 1,706.00 x 7/9 = 1,326.89; income is 13,762 above needs, so no reduction.
    """
    made = worked("scottish_family")
    iain, mairi = made["people"][:2]
    assert (iain["income_tax"]["tax_on_non_savings"], iain["income_tax"]["income_tax"]) == (2_346.33, 2_094.33)
    assert iain["national_insurance"]["national_insurance"] == 954.40
    assert mairi["income_tax"]["marriage_allowance_given"] == 1_260 and mairi["national_insurance"]["national_insurance"] == 0
    unit, home = made["benefit_units"][0], made["household"]
    credit = unit["universal_credit"]
    parts = ("bedrooms", "standard_allowance", "child_element", "housing_element", "maximum_amount")
    assert [credit[name] for name in parts] == pytest.approx([3, 8_003.64, 7_869.84, 5_096.00, 20_969.48])
    assert (credit["earned_income"], credit["universal_credit"]) == (27_451.27, 8_689.48)
    assert unit["scottish_child_payment"]["scottish_child_payment"] == 2_932.80
    assert unit["best_start"]["best_start"] == pytest.approx(331.95, abs=0.01)
    assert home["council_tax"]["council_tax"] == 1_326.89 and unit["council_tax_reduction"]["council_tax_reduction"] == 0
    # 30,500 + 2,337.40 + 8,689.48 + 2,932.80 + 331.95 - 2,094.33 - 954.40 - 1,326.89
    assert home["disposable_income"]["disposable_income"] == pytest.approx(40_416.01, abs=0.02)


def test_a_student_in_sheffield() -> None:
    """A year of 2026-27. Pay of 4,500 bears no tax. The loan is 10,830 less (28,000 - 25,000) / 6.47 = 463.68: 10,366 in whole
    pounds. A home of students pays no council tax, and a student without children has no Universal Credit."""
    made = worked("student")
    noor, home = made["people"][0], made["household"]
    assert noor["income_tax"]["income_tax"] == 0 and noor["student_maintenance"]["maintenance_loan"] == 10_366
    assert home["council_tax"]["band_charge"] == home["council_tax"]["discount"] == 1_673.44  # 2,510.16 x 6/9
    assert home["council_tax"]["council_tax"] == 0 and "universal_credit" not in made["benefit_units"][0]
    income = home["disposable_income"]
    assert income["disposable_income"] == 14_866.00
    assert income["disposable_income_after_housing_costs"] == pytest.approx(9_146.00)  # less rent of 110 x 52 = 5,720


def test_a_self_employed_plumber_in_swansea() -> None:
    """A year of 2026-27, from the rates of HMRC.

    Dai: 20% of 31,000 - 12,570 = 18,430 is 3,686.00, less 252 of marriage allowance = 3,434.00; Class 4 6% = 1,105.80. The 1,200 paid to a
    pension is 1,500 with its relief and takes adjusted net income to 29,500. Cerys: 9,800 bears neither tax nor contributions.
    Universal Credit: couple 666.97 and child 351.88 x 12 = 12,226.20; income 31,000 - 3,434 - 1,105.80 - 1,200 + 9,800 = 35,060.20, and 55%
    above 710 x 12 is 14,597.11: no award. Child Benefit 27.05 x 52 = 1,406.60. Council tax: Band C, 2,238.29 x 8/9 = 1,989.59.
    """
    made = worked("self_employed")
    dai, cerys = made["people"][:2]
    assert (dai["income_tax"]["tax_on_non_savings"], dai["income_tax"]["income_tax"]) == (3_686.00, 3_434.00)
    assert dai["income_tax"]["adjusted_net_income"] == 29_500 and dai["national_insurance"]["class_4"] == 1_105.80
    assert cerys["income_tax"]["income_tax"] == 0 and cerys["national_insurance"]["national_insurance"] == 0
    unit, home = made["benefit_units"][0], made["household"]
    credit = unit["universal_credit"]
    assert (credit["maximum_amount"], credit["earned_income"], credit["work_allowance"]) == (12_226.20, 35_060.20, 8_520.00)
    assert (credit["earnings_reduction"], credit["universal_credit"]) == (14_597.11, 0)
    assert unit["child_benefit"]["child_benefit"] == 1_406.60 and unit["council_tax_reduction"]["council_tax_reduction"] == 0
    assert home["council_tax"]["council_tax"] == 1_989.59
    # 40,800 + 1,406.60 - 3,434 - 1,105.80 - 1,989.59 - 1,200
    assert home["disposable_income"]["disposable_income"] == pytest.approx(34_477.21)


def test_a_statement_names_the_law_it_rests_on() -> None:
    household = read_household(EXAMPLES / "single_worker.yaml")
    text = as_text(statement(household, law_in_force(household.year)), "week", True)
    assert "Income each person may have before income tax is charged: £12,570 a year, from 2021-04-06." in text
    assert "Scottish rates" not in text and "Rate on dividends" not in text  # law that changes no line is left out
    assert " ".join(text.split()).endswith("changes in circumstances within the year.")


def rows_of(name: str, working: bool = True) -> list[str]:
    household = read_household(EXAMPLES / f"{name}.yaml")
    return as_text(statement(household, law_in_force(household.year), with_law=False), "month", working).splitlines()


def test_an_award_of_nothing_is_told_and_codes_are_words() -> None:
    rows = [" ".join(row.split()) for row in rows_of("single_worker")]
    assert "Universal Credit before the benefit cap £0.00" in rows and "council tax reduction £0.00" in rows
    assert "eligible yes" in rows and "council tax band A" in rows
    assert not any(row.endswith(" 1") for row in rows if not row.startswith(("share of home", "countable adults")))


def test_every_line_that_is_yes_or_no_is_a_line_of_an_instrument() -> None:
    lines = {(each.name, line) for each in RULES for line in each.lines._fields}
    assert not YES_OR_NO - lines


def test_a_pensioner_who_rents_has_no_universal_credit_to_show() -> None:
    one = household_from_text("council: Leeds\ntenure: social_rent\nrent: 100 a week\npeople: [{age: 81, state_pension: 180 a week}]")
    text = as_text(statement(one, law_in_force("2026-27"), with_law=False), "month", True)
    assert "  Pension Credit\n" in text and "  Universal Credit\n" not in text


def test_a_home_in_northern_ireland_pays_rates() -> None:
    """Belfast's example: rates of 1,150 less help of 900.60 (75.05 x 12) are 249.40, 20.79 a month."""
    text = "\n".join(rows_of("pensioner_couple"))
    rows = [" ".join(row.split()) for row in rows_of("pensioner_couple")]
    assert "Rates £20.79" in rows and "after help with rates of £75.05" in rows and "rates, before reduction £95.83" in rows
    assert "ouncil tax" not in text


def test_a_loan_to_a_student_is_not_called_a_benefit() -> None:
    rows = [" ".join(row.split()) for row in rows_of("student", working=False)]
    assert "Student maintenance loan £863.83" in rows and "Benefits, with the loan £863.83" in rows
    assert not any("loan" in row for row in rows_of("carer", working=False))


def test_support_with_council_tax_is_told_in_the_summary() -> None:
    """A Band D bill in Leeds, 2,283.73 less a quarter for one adult, is 1,712.80 a year: all of it is met."""
    one = household_from_text("council: Leeds\npeople: [{age: 81, state_pension: 180 a week}]")
    rows = as_text(statement(one, law_in_force("2026-27"), with_law=False), "year", False).splitlines()
    assert "after council tax reduction of £1,712.80" in [" ".join(row.split()) for row in rows]


def test_today_and_proposal_stand_side_by_side() -> None:
    from fairshare.scenario import laws, read_scenario

    household = read_household(EXAMPLES / "large_family.yaml")
    base, proposal = laws(read_scenario("benefits/child_benefit_plus_ten_pounds"), household.year)
    text = as_text(statement(household, base), "week", False, statement(household, proposal))
    row = next(row for row in text.splitlines() if row.startswith("Child Benefit"))
    assert row.split() == ["Child", "Benefit", "£80.75", "£120.75", "£40.00"]


def test_wealth_is_not_divided_into_weeks() -> None:
    household = household_from_text("council: Leeds\nwealth: {financial: 50_000_000}\npeople: [{age: 60}]")
    from fairshare.scenario import laws, read_scenario

    _, proposal = laws(read_scenario("wealth/two_percent_above_ten_million"), household.year)
    text = as_text(statement(household, proposal), "week", True)
    assert "£50,000,000.00" in text
