"""Income tax: worked examples by hand and from the published guidance, the edges of each band, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import home, one_person, person, town, unit
from fairshare.assessment import assess
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse


def tax_of(year: str, *, council: str = "Leeds", age: int = 40, **fields: float) -> float:
    return line_of("income_tax", year, council=council, age=age, **fields)


def line_of(name: str, year: str, *, council: str = "Leeds", age: int = 40, **fields: float) -> float:
    population = one_person(age, council=council, year=year, **fields)
    return float(assess(population, law_in_force(year), remember=False)["income_tax"][name][0])


def couple_of(year: str, one: dict, other: dict, *, council: str = "Leeds", draw: float = 0.0, married: int = 1) -> list[float]:
    """Each partner's tax; a draw of 0 claims the marriage allowance, 0.99 does not."""
    pair = unit(person(**one), person(**other), couple=1, married=married, draw_marriage_allowance=draw)
    assessment = assess(town(home(pair, council=council), year=year), law_in_force(year), remember=False)
    return assessment["income_tax"]["income_tax"].tolist()


@pytest.mark.parametrize(
    "year, fields, tax",
    [
        ("2025-26", {"earnings": 60_000}, 11_432.00),  # 37,700 at 20% and 9,730 at 40%
        ("2025-26", {"earnings": 110_000}, 33_432.00),  # allowance 7,570; 37,700 at 20% and 64,730 at 40%
        ("2026-27", {"earnings": 30_000, "savings_interest": 2_500, "dividends": 4_000}, 4_162.25),  # 3,486 + 300 + 376.25
        ("2027-28", {"earnings": 30_000, "savings_interest": 2_500, "dividends": 4_000}, 4_192.25),  # savings at 22%
        ("2026-27", {"earnings": 9_000, "savings_interest": 12_000}, 486.00),  # 5,000 and 1,000 at nothing, 2,430 at 20%
        ("2026-27", {"earnings": 49_000, "savings_interest": 2_000}, 7_732.00),  # allowance 500; 770 at 20%, 730 at 40%
        ("2025-26", {"earnings": 60_000, "pension_relief_at_source": 4_000}, 10_432.00),  # limit 42,700
        ("2025-26", {"earnings": 60_000, "gift_aid": 4_000}, 10_432.00),
        ("2025-26", {"earnings": 60_000, "pension_net_pay": 5_000}, 9_432.00),  # 37,700 at 20% and 4,730 at 40%
        ("2025-26", {"earnings": 1_000, "self_employment": 40_000, "pension_net_pay": 5_000}, 4_686.00),  # 4,000 comes off profit
        ("2025-26", {"earnings": 1_000, "private_pension": 40_000, "pension_net_pay": 5_000}, 5_486.00),  # none beyond earned income
        ("2025-26", {"earnings": 60_000, "employment_expenses": 1_000}, 11_032.00),
        ("2026-27", {"earnings": 20_000, "property_income": 15_000, "property_finance_costs": 4_000}, 3_686.00),  # 22,430 x 20% - 800
        ("2027-28", {"earnings": 20_000, "property_income": 15_000, "property_finance_costs": 4_000}, 3_906.00),  # 1,486 + 3,300 - 880
        ("2025-26", {"earnings": 16_000, "blind": 1}, 60.00),  # 16,000 - 12,570 - 3,130 = 300
        ("2025-26", {"earnings": 12_570, "dividends": 500}, 0.00),
        ("2025-26", {"earnings": 12_570, "dividends": 1_500}, 87.50),
        ("2025-26", {"earnings": 150_000}, 53_703.00),  # 7,540 + 87,440 x 40% + 24,860 x 45%
        ("2025-26", {"self_employment": -5_000, "earnings": 20_000}, 1_486.00),  # a loss is not set against pay here
    ],
)
def test_worked_examples(year: str, fields: dict[str, float], tax: float) -> None:
    assert tax_of(year, **fields) == pytest.approx(tax, abs=0.005)


@pytest.mark.parametrize(
    "year, earnings, tax",
    [
        ("2026-27", 60_000, 13_182.05),  # 3,967 at 19%, 12,989 at 20%, 14,136 at 21%, 16,338 at 42%
        ("2025-26", 60_000, 13_213.80),
        ("2026-27", 130_000, 50_034.35),
    ],
)
def test_scottish_rates(year: str, earnings: float, tax: float) -> None:
    assert tax_of(year, council="Glasgow City", earnings=earnings) == pytest.approx(tax, abs=0.005)


def test_scottish_rates_leave_savings_and_dividends_to_the_uk_bands() -> None:
    """Taxable pay of 37,430 leaves 270 of the UK basic band: dividends of 1,500 are 500 free, none at basic rate, 1,000 at upper."""
    # pay 50,000 in 2026-27: 753.73 + 2,597.80 + 2,968.56 + 6,338 x 42% = 8,982.05; dividends 1,000 x 35.75%
    assert tax_of("2026-27", council="Glasgow City", earnings=50_000, dividends=1_500) == pytest.approx(8_982.05 + 357.50, abs=0.005)


def test_a_scottish_taxpayer_recovers_the_higher_rates_on_contributions() -> None:
    """FA 2004 s.192(4A): 1,000 gross moves from 42% to 20% only through the limits that rise: 22p less on each pound."""
    without = tax_of("2026-27", council="Glasgow City", earnings=60_000)
    with_gift = tax_of("2026-27", council="Glasgow City", earnings=60_000, gift_aid=800)
    assert without - with_gift == pytest.approx(220.0, abs=0.005)


@pytest.mark.parametrize("earnings, tax", [(60_000, 11_432.00), (20_000, 1_486.00), (150_000, 53_703.00)])
def test_welsh_rates_add_up_to_the_uk_rates(earnings: float, tax: float) -> None:
    assert tax_of("2025-26", council="Cardiff", earnings=earnings) == pytest.approx(tax, abs=0.005)


@pytest.mark.parametrize(
    "income, allowance",
    [(50_000, 12_570), (100_000, 12_570), (100_001, 12_570), (100_002, 12_569), (110_000, 7_570), (125_139, 1), (125_140, 0), (130_000, 0)],
)
def test_personal_allowance_is_tapered(income: float, allowance: float) -> None:  # ITA 2007 s.35: rounded up to a pound
    assert line_of("personal_allowance", "2025-26", earnings=income) == allowance


def test_gifts_and_contributions_restore_the_allowance() -> None:
    """ANI 110,000 less 10,000 gross: the whole allowance, and 47,700 at 20%: 9,540 + 49,730 x 40%."""
    assert line_of("adjusted_net_income", "2025-26", earnings=110_000, gift_aid=8_000) == 100_000
    assert tax_of("2025-26", earnings=110_000, gift_aid=8_000) == pytest.approx(29_432.00, abs=0.005)


@pytest.mark.parametrize(
    "earnings, tax",
    [
        (12_570, 0.00),
        (12_571, 0.20),
        (50_270, 7_540.00),
        (50_271, 7_540.40),
        (100_000, 27_432.00),
        (100_002, 27_433.20),  # 2 more at 40%, and 1 of allowance lost
        (125_140, 42_516.00),
        (125_141, 42_516.45),
    ],
)
def test_the_edges_of_each_band(earnings: float, tax: float) -> None:
    assert tax_of("2025-26", earnings=earnings) == pytest.approx(tax, abs=0.005)


@pytest.mark.parametrize("taxable, allowance", [(37_700, 1_000), (37_701, 500), (125_140, 500), (125_141, 0)])
def test_personal_savings_allowance_by_highest_band(taxable: float, allowance: float) -> None:  # ITA 2007 s.12B
    income = taxable + 12_570 if taxable <= 37_701 else taxable
    assert line_of("personal_savings_allowance", "2025-26", earnings=income - 10_000, savings_interest=10_000) == allowance


def test_allowances_may_be_spared_from_savings_that_are_free_anyway() -> None:
    """ITA 2007 s.25(2): interest 6,000 is free by the starting rate and the savings allowance, so the allowance goes to dividends.

    Dividends 20,000 less 12,570 leave 7,430; 500 free, 6,930 at 10.75% = 744.975.
    """
    assert tax_of("2026-27", savings_interest=6_000, dividends=20_000) == pytest.approx(744.975, abs=0.005)


def test_property_finance_costs_relieve_no_more_than_the_profit() -> None:
    """ITTOIA 2005 s.274A: the lowest of costs 9,000, profit 5,000 and taxed income 12,430: 5,000 at 20% off 2,486."""
    assert tax_of("2026-27", earnings=20_000, property_income=5_000, property_finance_costs=9_000) == pytest.approx(1_486.0, abs=0.005)


# ---- couples -------------------------------------------------------------------------------------------------------


def test_marriage_allowance() -> None:
    """ITA 2007 ss.55A-55E: 25,000 pays 2,486, less 20% of 1,260."""
    wife, husband = {"age": 40, "earnings": 8_000}, {"age": 42, "earnings": 25_000}
    assert couple_of("2025-26", wife, husband) == pytest.approx([0.0, 2_234.0], abs=0.005)
    assert couple_of("2025-26", husband, wife) == pytest.approx([2_234.0, 0.0], abs=0.005)
    assert couple_of("2025-26", wife, husband, draw=0.99) == pytest.approx([0.0, 2_486.0], abs=0.005)
    assert couple_of("2025-26", wife, husband, married=0) == pytest.approx([0.0, 2_486.0], abs=0.005)


def test_marriage_allowance_costs_the_giver_whose_income_is_above_what_is_left() -> None:
    """Income of 12,000 above an allowance cut to 11,310 pays 138; the partner saves 252."""
    pair = couple_of("2025-26", {"age": 40, "earnings": 12_000}, {"age": 40, "earnings": 25_000})
    assert pair == pytest.approx([138.0, 2_234.0], abs=0.005)


@pytest.mark.parametrize("earnings, tax", [(50_270, 7_540.0 - 252.0), (50_271, 7_540.40)])
def test_marriage_allowance_only_where_neither_pays_above_basic_rate(earnings: float, tax: float) -> None:
    assert couple_of("2025-26", {"age": 40}, {"age": 40, "earnings": earnings})[1] == pytest.approx(tax, abs=0.005)


def test_marriage_allowance_in_scotland_up_to_the_intermediate_rate() -> None:
    """ITA 2007 s.55C: the Scottish higher rate begins at 43,662 of pay; above it there is no transfer."""
    below = couple_of("2026-27", {"age": 40}, {"age": 40, "earnings": 43_000}, council="Glasgow City")[1]
    above = couple_of("2026-27", {"age": 40}, {"age": 40, "earnings": 45_000}, council="Glasgow City")[1]
    assert below == pytest.approx(753.73 + 2_597.80 + 13_474 * 0.21 - 252.0, abs=0.005)
    assert above == pytest.approx(753.73 + 2_597.80 + 2_968.56 + 1_338 * 0.42, abs=0.005)


def test_married_couples_allowance() -> None:
    """ITA 2007 ss.45-46, 2026-27: income of 45,000: 11,700 - (45,000 - 39,200)/2 = 8,800, a tenth of it off tax of 6,486."""
    older = {"age": 92, "private_pension": 45_000}
    assert couple_of("2026-27", older, {"age": 88}) == pytest.approx([5_606.0, 0.0], abs=0.005)


def test_married_couples_allowance_left_over_goes_to_the_partner() -> None:
    """A reducer of 1,170 against tax of 486 leaves 684 for a partner who pays 400."""
    pair = couple_of("2026-27", {"age": 92, "private_pension": 15_000}, {"age": 88, "private_pension": 14_570})
    assert pair == pytest.approx([0.0, 0.0], abs=0.005)


# ---- what must always hold -----------------------------------------------------------------------------------------

amounts = st.floats(0, 300_000).map(lambda amount: round(amount, 2))
kinds = st.fixed_dictionaries(
    {
        name: st.one_of(st.just(0.0), amounts)
        for name in ("earnings", "self_employment", "private_pension", "property_income", "savings_interest", "dividends")
    }
)
councils = st.sampled_from(["Leeds", "Cardiff", "Glasgow City", "Belfast"])
years = st.sampled_from(["2025-26", "2026-27", "2027-28"])


@settings(max_examples=80, deadline=None)
@given(kinds, councils, years)
def test_tax_is_never_below_nothing_nor_above_half_of_income(fields: dict[str, float], council: str, year: str) -> None:
    tax = tax_of(year, council=council, **fields)
    assert 0.0 <= tax <= 0.5 * sum(fields.values()) + 0.01


@settings(max_examples=80, deadline=None)
@given(amounts, councils, years)
def test_another_pound_of_pay_costs_between_nothing_and_seventy_pence(earnings: float, council: str, year: str) -> None:
    """The steepest part is the taper of the allowance in Scotland: 45% and half of 45%, within the rounding of the allowance."""
    less, more = tax_of(year, council=council, earnings=earnings), tax_of(year, council=council, earnings=earnings + 100.0)
    assert 0.0 <= more - less <= 70.0


@settings(max_examples=60, deadline=None)
@given(kinds, councils, years)
def test_the_slices_add_up(fields: dict[str, float], council: str, year: str) -> None:
    population = one_person(40, council=council, year=year, **fields)
    lines = assess(population, law_in_force(year), remember=False)["income_tax"][0]
    taxable = sum(lines[f"taxable_{kind}"] for kind in ("non_savings", "property", "savings", "dividends"))
    assert taxable == pytest.approx(max(sum(fields.values()) - lines["personal_allowance"], 0.0), abs=0.01)
    on_slices = sum(lines[f"tax_on_{kind}"] for kind in ("non_savings", "property", "savings", "dividends"))
    assert on_slices == pytest.approx(lines["income_tax"], abs=0.01)


@settings(max_examples=40, deadline=None)
@given(kinds, kinds, councils)
def test_marriage_allowance_never_makes_a_couple_pay_more(one: dict[str, float], other: dict[str, float], council: str) -> None:
    claimed = couple_of("2026-27", {"age": 40, **one}, {"age": 40, **other}, council=council)
    unclaimed = couple_of("2026-27", {"age": 40, **one}, {"age": 40, **other}, council=council, draw=0.99)
    saved = sum(unclaimed) - sum(claimed)
    assert -0.001 <= saved <= 252.001


def test_a_lower_basic_rate_still_has_its_limit_raised_by_contributions() -> None:
    """ITA 2007 s.10(6): the basic rate limit is raised whatever the rate: 19% of £42,700 and 40% of £4,730."""
    changes = parse("income_tax: {main: {bands: [{above: 0, rate: 0.19}, {above: 37_700, rate: 0.40}, {above: 125_140, rate: 0.45}]}}")
    law = with_changes(law_in_force("2025-26"), changes.data, changes, ())
    found = assess(one_person(40, year="2025-26", earnings=60_000, pension_relief_at_source=4_000), law)
    assert found["income_tax"]["income_tax"][0] == pytest.approx(10_005.00)


@pytest.mark.parametrize(
    "fields, charge",
    [
        ({"earnings": 180_000, "pension_net_pay": 60_000}, 0.0),  # threshold income 120,000: the whole 60,000
        ({"earnings": 180_000, "pension_net_pay": 70_000}, 4_000.00),  # 10,000 above it at 40%
        ({"earnings": 300_000, "pension_net_pay": 45_000}, 2_250.00),  # adjusted 300,000: 60,000 - 20,000; 5,000 at 45%
        ({"earnings": 400_000, "pension_net_pay": 17_457}, 3_355.65),  # the least, 10,000; 7,457 at 45%
        ({"earnings": 290_000, "pension_salary_sacrifice": 70_000}, 27_000.00),  # adjusted 360,000 leaves 10,000; 60,000 at 45%
    ],
)
def test_contributions_above_the_annual_allowance_are_charged(fields: dict[str, float], charge: float) -> None:
    """FA 2004 ss.227-228ZA."""
    assert line_of("annual_allowance_charge", "2025-26", **fields) == pytest.approx(charge, abs=0.005)
