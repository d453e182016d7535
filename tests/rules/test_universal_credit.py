"""Universal Credit: worked examples of a month, times twelve, and the edges of each rule."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairshare.assessment import assess
from fairshare.household_file import household_from_text
from fairshare.law import law_in_force

FAMILY = """
year: {year}
council: Leeds
tenure: social_rent
rent: 600 a month
bedrooms: 3
married: false
people:
  - {{name: Sam, age: 30, earnings: 25_111.67, hours: 37}}
  - {{name: Ash, age: 30}}
  - {{name: One, age: {eldest}}}
  - {{name: Two, age: {second}}}
  - {{name: Three, age: {third}}}
"""
ILL = """
year: 2026-27
council: Leeds
tenure: private_rent
rent: 650 a month
savings: {savings}
people: [{{name: Sam, age: 40, work_capability: limited_work_related, health_protected: {protected}}}]
"""
SINGLE = """
year: {year}
council: {council}
tenure: {tenure}
rent: {rent}
bedrooms: {bedrooms}
savings: {savings}
people: [{{name: Sam, age: {age}, earnings: {earnings}, hours: {hours}{more}}}]
"""


def single(year="2026-27", council="Leeds", tenure="owned_outright", rent=0, bedrooms=1, savings=0, age=40, earnings=0, hours=0, more=""):
    return SINGLE.format(
        year=year, council=council, tenure=tenure, rent=rent, bedrooms=bedrooms, savings=savings, age=age, earnings=earnings,
        hours=hours, more=f", {more}" if more else "",
    )  # fmt: skip


def award(line, text, unit=0):
    return line(text, "universal_credit", "universal_credit", unit)


# Net pay of 1,800 a month is 25,111.67 a year before tax: 25,111.67 - 0.28 x 12,541.67 = 21,600.
def test_a_couple_with_three_children_and_one_earner_after_the_limit(line):
    """666.97 + 3 x 303.94 + 600 = 2,178.79; less 0.55 x (1,800 - 427) = 755.15."""
    assert award(line, FAMILY.format(year="2026-27", eldest=8, second=6, third=3)) == pytest.approx(12 * 1423.64, abs=0.2)


def test_the_same_family_a_year_before_with_two_children_counted(line):
    """628.10 + 2 x 292.81 + 600 = 1,813.72; less 0.55 x (1,800 - 411) = 763.95."""
    assert award(line, FAMILY.format(year="2025-26", eldest=7, second=5, third=2)) == pytest.approx(12 * 1049.77, abs=0.2)


@pytest.mark.parametrize("protected, month", [("false", 1253.01), ("true", 1465.55)])
def test_the_health_element_has_two_rates_from_april_2026(line, protected, month):
    """424.90 + 217.26 (429.80 protected) + 650; less 9 x 4.35 for capital of 8,100."""
    assert award(line, ILL.format(savings=8100, protected=protected)) == pytest.approx(12 * month, abs=0.01)


def test_everyone_has_one_health_rate_before_april_2026(line):
    text = ILL.format(savings=0, protected="false").replace("2026-27", "2025-26")
    assert line(text, "universal_credit", "health_element") == pytest.approx(12 * 423.27)


@pytest.mark.parametrize(
    "eldest, second, third, year, months",
    [
        (12, 6, 3, "2025-26", 339.00 + 292.81),  # the third is beyond the limit
        (12, 11, 10, "2025-26", 339.00 + 2 * 292.81),  # all born before 6 April 2017
        (12, 11, 3, "2025-26", 339.00 + 292.81),
        (12, 11, 3, "2026-27", 351.88 + 2 * 303.94),  # no limit from April 2026
        (8, 6, 3, "2026-27", 3 * 303.94),
    ],
)
def test_child_element(line, eldest, second, third, year, months):
    text = FAMILY.format(year=year, eldest=eldest, second=second, third=third)
    assert line(text, "universal_credit", "child_element") == pytest.approx(12 * months)


@pytest.mark.parametrize("award_name, month", [("dla_lower_mobility", 164.79), ("dla_middle_care", 164.79), ("dla_higher_care", 514.71)])
def test_disabled_child_additions(line, award_name, month):
    text = f"""
year: 2026-27
council: Leeds
people: [{{name: Sam, age: 30}}, {{name: Bea, age: 6, disability: {award_name}}}]
"""
    assert line(text, "universal_credit", "disabled_child_additions") == pytest.approx(12 * month)


@pytest.mark.parametrize("age, month", [(18, 338.58), (24, 338.58), (25, 424.90), (65, 424.90)])
def test_standard_allowance_by_age(line, age, month):
    assert award(line, single(age=age)) == pytest.approx(12 * month)


@pytest.mark.parametrize("year, single", [("2027-28", 438.07), ("2028-29", 450.60), ("2029-30", 463.06)])
def test_later_standard_allowances_rise_with_prices_since_2025_and_the_uplift_of_the_year(year, single):
    """UC Act 2025 s.1(2): 400.14 x 1.038 x 1.023 = 424.90 for 2027-28, x 1.031; then x 1.0197 x 1.0198, x 1.04 and 1.048."""
    assert law_in_force(year).values["universal_credit"].standard_allowance.single == pytest.approx(single)


@pytest.mark.parametrize("age, more, month", [(17, "", 0), (17, "carer_hours: 35", 338.58 + 209.34), (67, "", 0)])
def test_who_is_of_age_to_claim(line, age, more, month):
    text = single(age=age, more=more)
    paid = award(line, text) + line(text, "carers_allowance", "carers_allowance")
    assert paid == pytest.approx(12 * month, abs=0.5)


@pytest.mark.parametrize(
    "savings, month",
    [(6_000, 0), (6_000.01, 4.35), (6_250, 4.35), (6_250.01, 8.70), (16_000, 174.00)],
)
def test_tariff_income_by_steps_of_capital(line, savings, month):
    assert line(single(savings=savings), "universal_credit", "tariff_income") == pytest.approx(12 * month)


def test_capital_above_the_limit_ends_the_award(line):
    assert award(line, single(savings=16_000)) > 0
    assert award(line, single(savings=16_000.01)) == 0


@pytest.mark.parametrize("age, month", [(34, 347.62), (35, 675.00)])
def test_single_renters_below_35_have_the_shared_rate(line, age, month):
    text = single(tenure="private_rent", rent="900 a month", age=age)
    assert line(text, "universal_credit", "housing_element") == pytest.approx(12 * month)


def test_daily_living_lifts_the_shared_rate(line):
    text = single(tenure="private_rent", rent="900 a month", age=30, more="disability: pip_standard_daily_living")
    assert line(text, "universal_credit", "housing_element") == pytest.approx(12 * 675.00)


@pytest.mark.parametrize("bedrooms, share", [(1, 1.0), (2, 0.86), (3, 0.75), (4, 0.75)])
def test_spare_bedrooms_in_social_rent(line, bedrooms, share):
    text = single(tenure="social_rent", rent="500 a month", bedrooms=bedrooms)
    assert line(text, "universal_credit", "housing_element") == pytest.approx(6000 * share)


@pytest.mark.parametrize("council, made_good", [("Leeds", 0), ("Cardiff", 0), ("Glasgow City", 840), ("Belfast", 840)])
def test_scotland_and_northern_ireland_make_good_the_spare_bedroom(line, council, made_good):
    text = single(council=council, tenure="social_rent", rent="500 a month", bedrooms=2)
    assert line(text, "universal_credit", "discretionary_housing_payment") == pytest.approx(made_good)


BEDROOMS = """
year: 2026-27
council: Leeds
tenure: private_rent
rent: 2_000 a month
people: [{{name: Sam, age: 40}}, {children}]
"""


@pytest.mark.parametrize(
    "children, rooms",
    [
        ([("male", 9), ("female", 8)], 2),  # any two below ten share
        ([("male", 12), ("female", 8)], 3),
        ([("male", 12), ("male", 8)], 2),  # the same sex below sixteen
        ([("male", 12), ("male", 11), ("female", 8)], 3),
        ([("male", 15), ("male", 5), ("female", 4), ("female", 3)], 3),
        ([("female", 16), ("female", 12)], 3),
        ([("male", 1), ("male", 2), ("male", 3)], 3),
    ],
)
def test_bedrooms_allowed(line, children, rooms):
    people = ", ".join(f"{{name: C{i}, age: {age}, sex: {sex}, education: secondary}}" for i, (sex, age) in enumerate(children))
    assert line(BEDROOMS.format(children=people), "universal_credit", "bedrooms") == rooms


NON_DEPENDANT = """
year: 2026-27
council: Leeds
tenure: social_rent
rent: 500 a month
bedrooms: 2
people: [{{name: Sam, age: 50{sam}}}, {{name: Lee, age: {age}{lee}}}]
benefit_units: [[Sam], [Lee]]
"""


@pytest.mark.parametrize(
    "age, lee, sam, month",
    [
        (20, "", "", 500.00),
        (21, "", "", 500.00 - 96.55),
        (30, ", disability: pip_standard_daily_living", "", 500.00),
        (30, ", carer_hours: 35", "", 500.00),
        (30, "", ", disability: pip_enhanced_daily_living", 500.00),
        (30, "", ", disability: pip_enhanced_mobility", 500.00 - 96.55),
    ],
)
def test_non_dependants_contribute(line, age, lee, sam, month):
    assert line(NON_DEPENDANT.format(age=age, lee=lee, sam=sam), "universal_credit", "housing_element") == pytest.approx(12 * month)


CHILDCARE = """
year: 2026-27
council: Leeds
people:
  - {{name: Sam, age: 30, earnings: 20_000, hours: 35}}
  - {{name: Ash, age: 30{ash}}}
  - {{name: One, age: 4, childcare_costs: {costs} a month}}
  - {{name: Two, age: 2{two}}}
"""


@pytest.mark.parametrize(
    "ash, costs, two, month",
    [
        (", earnings: 10_000, hours: 20", 500, "", 425.00),
        (", earnings: 10_000, hours: 20", 1500, "", 1071.09),
        (", earnings: 10_000, hours: 20", 1500, ", childcare_costs: 1_500 a month", 1836.16),
        ("", 500, "", 0),  # one parent does not work
        (", work_capability: limited", 500, "", 425.00),
        (", carer_hours: 35", 500, "", 425.00),
    ],
)
def test_childcare_element(line, ash, costs, two, month):
    text = CHILDCARE.format(ash=ash, costs=costs, two=two)
    assert line(text, "universal_credit", "childcare_element") == pytest.approx(12 * month)


def test_carer_element_and_unearned_carers_allowance(line):
    """A carer alone: 424.90 + 209.34, less Carer's Allowance of 86.45 a week."""
    text = single(more="carer_hours: 40")
    assert award(line, text) == pytest.approx(12 * (424.90 + 209.34) - 52 * 86.45)


def test_no_carer_element_beside_the_health_element(line):
    text = single(more="carer_hours: 40, work_capability: limited_work_related")
    assert line(text, "universal_credit", "carer_element") == 0


def test_the_taper_takes_55_pence_of_each_pound_of_net_pay(line):
    """9,000 of pay bears no tax: 424.90 x 12 - 0.55 x 9,000 = 148.80."""
    assert award(line, single(earnings=9_000, hours=20)) == pytest.approx(148.80)


@pytest.mark.parametrize("tenure, rent, month", [("owned_outright", 0, 710), ("social_rent", "500 a month", 427)])
def test_work_allowance_is_lower_with_housing(line, tenure, rent, month):
    text = single(tenure=tenure, rent=rent, earnings=9_000, more="work_capability: limited")
    assert line(text, "universal_credit", "work_allowance") == pytest.approx(12 * month)


def test_no_work_allowance_without_child_or_illness(line):
    assert line(single(earnings=9_000), "universal_credit", "work_allowance") == 0


@pytest.mark.parametrize("profit", [3_000, 23_000])
def test_minimum_income_floor(line, profit):
    """35 x 12.71 x 52 / 12 = 1,927.68, less 26% of what lies above 1,047.50; a profit of 23,000 nets 20,288.20 and is raised a little."""
    text = single(more=f"self_employment: {profit}")
    floor = line(text, "universal_credit", "earned_income_with_floor")
    assert floor == pytest.approx(12 * 1698.83, abs=0.2)
    assert line(text, "universal_credit", "earned_income") <= floor


def test_the_floor_counts_thirty_hours_with_a_child_of_school_age_and_none_with_an_infant(line):
    text = """
year: 2026-27
council: Leeds
people: [{name: Sam, age: 30, self_employment: 3_000}, {name: Bea, age: AGE}]
"""
    gross = 30 * 12.71 * 52
    expected = gross - 0.26 * (gross - 12_570)
    assert line(text.replace("AGE", "3"), "universal_credit", "earned_income_with_floor") == pytest.approx(expected)
    assert line(text.replace("AGE", "2"), "universal_credit", "earned_income_with_floor") == pytest.approx(3_000)


def test_students_may_not_claim_unless_parents_or_disabled(line):
    assert award(line, single(age=21, more="education: higher")) == 0
    disabled = "education: higher, work_capability: limited, disability: pip_standard_mobility"
    assert award(line, single(age=21, more=disabled)) > 0


COUPLE = "{{year: 2026-27, council: Leeds, people: [{{name: Sam, age: {one}}}, {{name: Ash, age: {other}}}]}}"


@pytest.mark.parametrize("one, other, month", [(24, 24, 528.34), (24, 25, 666.97), (60, 70, 666.97), (70, 70, 0)])
def test_couples_claim_until_both_have_reached_pension_age(line, one, other, month):
    assert award(line, COUPLE.format(one=one, other=other)) == pytest.approx(12 * month)


def test_pension_contributions_come_off_earnings_in_full(line):
    assert line(single(earnings=9_000, more="pension_net_pay: 1_000"), "universal_credit", "earned_income") == pytest.approx(8_000)


def test_transitional_element_is_part_of_the_maximum(line):
    text = single() + "transitional_protection: 50 a month\n"
    assert award(line, text) == pytest.approx(12 * 474.90)


def _awards(column: str, amounts: list[float]) -> list[float]:
    texts = [single(**{column: amount}, tenure="private_rent", rent=6_000) for amount in amounts]
    population = [household_from_text(text).population for text in texts]
    law = law_in_force("2026-27")
    return [float(assess(each, law, remember=False)["universal_credit"]["universal_credit"][0]) for each in population]


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 40_000), st.floats(0, 40_000))
def test_more_capital_never_brings_more(one, other):
    less, more = sorted((round(one, 2), round(other, 2)))
    awards = _awards("savings", [less, more])
    assert awards[0] >= awards[1] >= 0


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 60_000), st.floats(0, 60_000))
def test_more_pay_never_brings_more(one, other):
    less, more = sorted((round(one, 2), round(other, 2)))
    awards = _awards("earnings", [less, more])
    assert awards[0] >= awards[1] - 1e-6
    assert awards[1] >= 0


def test_a_parent_whose_business_makes_a_loss_is_not_taken_to_be_at_home_for_it(line):
    """Sam works 50 hours at a loss and Ash does not work: Ash looks after the child, so Sam's floor is that of 35 hours."""
    text = """
    year: 2026-27
    council: Leeds
    tenure: owned_outright
    people:
      - {name: Sam, age: 33, self_employment: -7_000, hours: 50}
      - {name: Ash, age: 33}
      - {name: Bea, age: 4}
    """
    assert line(text, "universal_credit", "earned_income_with_floor") == pytest.approx(12 * 1698.83, abs=0.2)


@pytest.mark.parametrize(
    "earnings, weeks, due",
    [
        (0, 52, 5_098.80),  # 12 x 424.90
        (12_000, 26, 2_549.40),  # at 24,000 a year nothing is due: the standard allowance of half a year is left
        (3_000, 26, 3_448.80),  # at 6,000 a year 0.55 of it is taken in half the year: as if it were paid evenly
        (3_000, 52, 3_448.80),
    ],
)
def test_pay_of_some_weeks_is_taken_off_in_those_weeks_alone(line, earnings, weeks, due):
    text = single(earnings=earnings, hours=35, more=f"pay_weeks: {weeks}")
    assert award(line, text) == pytest.approx(due, abs=0.005)


def test_two_partners_paid_for_the_same_half_of_the_year(line):
    """Couple 666.97 a month; 5,000 each in 26 weeks is 10,000 a year each, without tax or contributions: 0.55 x 20,000 leaves nothing."""
    people = "[{name: Sam, age: 40, earnings: 5_000, pay_weeks: 26}, {name: Ash, age: 40, earnings: 5_000, pay_weeks: 26}]"
    text = f"{{year: 2026-27, council: Leeds, tenure: owned_outright, married: false, people: {people}}}"
    assert award(line, text) == pytest.approx(6 * 666.97, abs=0.005)


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 40_000).map(round), st.integers(1, 52))
def test_pay_in_fewer_weeks_never_lowers_the_award(earnings, weeks):
    """The award cannot fall below nothing, so that pay beyond it in some weeks costs nothing in others (contributions fall as well)."""
    amounts = []
    for of in (weeks, 52):
        people = household_from_text(single(earnings=earnings, more=f"pay_weeks: {of}")).population
        amounts.append(float(assess(people, law_in_force("2026-27"), remember=False)["universal_credit"]["universal_credit"][0]))
    assert amounts[0] >= amounts[1] - 0.12 - 0.01  # an award below a penny a month is not paid
