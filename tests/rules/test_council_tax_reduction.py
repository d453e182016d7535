"""Council tax reduction: weekly worked examples, the edges, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairshare.assessment import assess
from fairshare.household_file import household_from_text
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse
from fairshare.rules.council_tax_reduction import (
    by_income_band,
    deduction_band,
    deemed_income,
    disregarded_earnings,
    higher_band_relief,
    reduction,
)

WEEKS_OF_BILL = 365 / 7
HOME = """
year: 2026-27
council: {council}
tenure: social_rent
rent: 100 a week
bedrooms: 1
council_tax: {{band: {band}}}
savings: {savings}
people: [{people}]
"""


def home(people, council="Westminster", band="D", savings=0):
    return HOME.format(people=people, council=council, band=band, savings=savings)


@pytest.fixture(scope="module")
def law():
    return law_in_force("2026-27").values["council_tax_reduction"]


def test_a_pensioner_with_income_above_the_applicable_amount():
    """271.30 exceeds 238.00 by 33.30; 20% is 6.66; a bill of 1,800 is 34.52 a week, so 27.86."""
    assert reduction(1_800.0, 0.2, 52 * 271.30, 52 * 238.0) / WEEKS_OF_BILL == pytest.approx(27.86, abs=0.005)


def test_aberdeen_band_f_on_a_low_income(law):
    """1,747.34 x (585 - 520) / 360 = 315.49; 1,000 above the limit takes 200 of it."""
    assert higher_band_relief(315.49, 16_750.0, True, law.higher_bands) == pytest.approx(315.49)
    assert higher_band_relief(315.49, 17_750.0, True, law.higher_bands) == pytest.approx(115.49)


@pytest.mark.parametrize("income, deduction", [(0, 5.20), (278.99, 5.20), (279, 10.60), (485, 13.30), (605, 15.95)])
def test_deductions_for_other_adults_in_england(law, income, deduction):
    assert deduction_band(float(income), law.non_dependants_england) == deduction


@pytest.mark.parametrize("capital, weekly", [(10_000, 0), (10_000.01, 1), (10_500, 1), (10_500.01, 2), (16_000, 12)])
def test_capital_past_pension_age(law, capital, weekly):
    assert deemed_income(float(capital), law.pension_age.capital) == pytest.approx(52 * weekly)


@pytest.mark.parametrize(
    "couple, children, disabled, carer, hours, weekly",
    [
        (0, 0, 0, 0, 29, 5),
        (0, 0, 0, 0, 30, 22.1),
        (1, 2, 0, 0, 0, 10),
        (1, 2, 0, 0, 16, 27.1),
        (0, 1, 0, 0, 15, 25),
        (0, 1, 0, 0, 16, 42.1),
        (0, 0, 1, 0, 15, 20),
        (0, 0, 1, 0, 16, 37.1),
        (1, 0, 0, 1, 16, 20),
        (1, 0, 0, 1, 30, 37.1),
    ],
)
def test_earnings_that_do_not_count(law, couple, children, disabled, carer, hours, weekly):
    found = disregarded_earnings(couple == 1, float(children), disabled == 1, carer == 1, float(hours), law.earnings_disregard)
    assert found == pytest.approx(weekly)


PENSIONER = "{name: Sam, age: 70, state_pension: 100 a week}"


def test_guarantee_credit_brings_the_whole_bill(line):
    text = home(PENSIONER)
    assert line(text, "council_tax_reduction", "council_tax_reduction") == pytest.approx(line(text, "council_tax", "council_tax"))
    assert line(text, "disposable_income", "council_tax") == pytest.approx(0)


def test_universal_credit_without_earnings_brings_the_local_maximum(line):
    """Westminster gives 100%; Derby 80% of a charge no higher than band B's: of a lone adult's band D bill, 0.8 x 7/9."""
    sam = "{name: Sam, age: 40}"
    whole = home(sam)
    assert line(whole, "council_tax_reduction", "council_tax_reduction") == pytest.approx(line(whole, "council_tax", "council_tax"))
    capped = home(sam, council="Derby")
    share = line(capped, "council_tax_reduction", "council_tax_reduction") / line(capped, "council_tax", "council_tax")
    assert share == pytest.approx(0.6222, abs=0.0001)


def test_a_mixed_age_couple_is_in_the_pensioners_scheme_without_universal_credit(line):
    """SI 2012/2885 reg.3: a pension of 240 a week leaves no Universal Credit, and is below a pensioner couple's 363.25."""
    owners = home("{name: Sam, age: 70, state_pension: 240 a week}, {name: Ash, age: 60, partner_of: Sam}").replace(
        "social_rent", "owned_outright"
    )
    text = owners.replace("rent: 100 a week", "")
    assert line(text, "benefit_cap", "universal_credit") == 0
    assert line(text, "pension_credit", "pension_credit") == 0
    assert line(text, "council_tax_reduction", "pension_age") == 1
    assert line(text, "council_tax_reduction", "council_tax_reduction") == pytest.approx(line(text, "council_tax", "council_tax"))


@pytest.mark.parametrize(
    "people, weekly",
    [
        # 95.55, disability 44.85 and, living alone with nobody paid to care, severe disability 86.05
        ("{name: Sam, age: 40, disability: pip_standard_daily_living, private_pension: 300 a week}", 226.45),
        # and 22.00 at the highest rate
        ("{name: Sam, age: 40, disability: pip_enhanced_daily_living, private_pension: 300 a week}", 248.45),
        ("{name: Sam, age: 40, disability: pip_enhanced_mobility, private_pension: 300 a week}", 140.40),
        # a couple of whom one needs care: 150.15 and 64.00; the other cares: 48.15
        (
            "{name: Sam, age: 40, disability: pip_standard_daily_living, private_pension: 500 a week}, "
            "{name: Ash, age: 41, partner_of: Sam, carer_hours: 40}",
            262.30,
        ),
        # both need care: 150.15 + 64.00 + 2 x 86.05
        (
            "{name: Sam, age: 40, disability: pip_standard_daily_living, private_pension: 500 a week}, "
            "{name: Ash, age: 41, partner_of: Sam, disability: dla_middle_care}",
            386.25,
        ),
        # another adult in the home: no severe disability premium
        (
            "{name: Sam, age: 60, disability: pip_standard_daily_living, private_pension: 300 a week}, {name: Lee, age: 30}",
            140.40,
        ),
        ("{name: Sam, age: 40, private_pension: 300 a week}", 95.55),
    ],
)
def test_premiums_of_working_age_outside_universal_credit(line, people, weekly):
    """SI 2012/2886 Sch 3 with the rates of 2026-27; the pension leaves no Universal Credit."""
    text = home(people).replace("tenure: social_rent\nrent: 100 a week", "tenure: owned_outright")
    assert line(text, "benefit_cap", "universal_credit") == 0
    assert line(text, "council_tax_reduction", "applicable_amount") / 52 == pytest.approx(weekly)


def test_capital_above_the_local_limit_ends_it(line):
    """Derby's limit is 6,000."""
    sam = "{name: Sam, age: 40}"
    assert line(home(sam, "Derby", savings=6_000), "council_tax_reduction", "entitlement") > 0
    assert line(home(sam, "Derby", savings=6_001), "council_tax_reduction", "entitlement") == 0


def test_scotland_spares_low_incomes_the_rise_in_band_f(line):
    """Aberdeen: a lone owner with a net 16,000 or so has no reduction by means but is spared 75% of 1,747.54 x 65/360: 236.65."""
    text = (
        home("{name: Sam, age: 40, earnings: 18_000, hours: 29}", "Aberdeen City", "F")
        .replace("social_rent", "owned_outright")
        .replace("rent: 100 a week", "")
    )
    assert line(text, "council_tax_reduction", "reduction_by_means") == 0
    assert line(text, "council_tax_reduction", "higher_band_relief") == pytest.approx(236.65, abs=0.01)


def test_another_adult_in_work_is_taken_to_contribute(line):
    """Lee earns 400 a week gross: 10.60 a week, 365/7 weeks."""
    text = home(PENSIONER + ", {name: Lee, age: 30, earnings: 400 a week, hours: 30}")
    assert line(text, "council_tax_reduction", "non_dependant_deductions") == pytest.approx(552.71, abs=0.01)


@given(maximum=st.floats(0, 5e3), income=st.floats(0, 1e5), more=st.floats(0, 1e4))
def test_more_income_never_brings_more(maximum, income, more):
    less = reduction(maximum, 0.2, income + more, 9_000.0)
    assert 0 <= less <= reduction(maximum, 0.2, income, 9_000.0) <= maximum


BANDED = (
    "law: {council_tax_reduction: {income_bands: {in_force: 1, "
    "share_of_bill: [{above: 0, rate: 0.9}, {above: 100, rate: 0.6}, {above: 250, rate: 0}]}}}"
)


@pytest.mark.parametrize(
    "deductions, earnings, met", [(0, 99.99, 900), (0, 100, 600), (0, 249, 600), (0, 250, 0), (200, 120, 400), (700, 120, 0)]
)
def test_a_scheme_by_steps_of_earnings(deductions, earnings, met):
    """Of a bill of £1,000: nine tenths below £100 a week, six tenths below £250, nothing beyond; less what other adults should pay."""
    document = parse(BANDED)
    law = with_changes(law_in_force("2026-27"), document.data["law"], document).values["council_tax_reduction"]
    assert by_income_band(1_000.0, float(deductions), 52.0 * earnings, law.income_bands) == pytest.approx(met)


def test_steps_of_earnings_hold_for_people_of_working_age_in_england():
    document = parse(BANDED)
    changed = with_changes(law_in_force("2026-27"), document.data["law"], document)
    cases = [("Leeds", "{name: Sam, age: 30}", 0.9), ("Cardiff", "{name: Sam, age: 30}", 1.0), ("Leeds", PENSIONER, 1.0)]
    for council, people, share in cases:
        lines = assess(household_from_text(home(people, council)).population, changed)["council_tax_reduction"][0]
        assert lines["entitlement"] == pytest.approx(share * lines["liability"])
