"""What a change does to the public purse: every tax and benefit before and after, by who raises or pays it. £ a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from fairshare.measures.distribution import Array
from fairshare.population.records import Population
from fairshare.quantities import Nation
from fairshare.rules import INSTRUMENTS

TAX, BENEFIT, REPAYMENT = "tax", "benefit", "repayment"
UK, COUNCILS = "UK government", "councils"
NATION_TIER = {
    Nation.ENGLAND: UK,
    Nation.WALES: "Welsh Government",
    Nation.SCOTLAND: "Scottish Government",
    Nation.NORTHERN_IRELAND: "Northern Ireland Executive",
}


class Item(NamedTuple):
    """A tax, benefit or repayment: the lines that add up to it, and who raises or pays it."""

    id: str
    words: str
    kind: str
    instrument: str
    lines: tuple[str, ...]
    less: tuple[str, ...] = ()
    """Lines of the people who live in the home that are another item's; homes with no usual resident have none."""
    tier: str = UK
    by_nation: bool = False
    """Whether each nation's own government raises or pays it."""
    payer: str = "households"
    dwellings: bool = False
    """Whether homes with no usual resident owe it too."""


ITEMS: tuple[Item, ...] = (
    Item("income_tax_savings", "income tax on savings and dividends", TAX, "income_tax", ("tax_on_savings", "tax_on_dividends")),
    Item(
        "income_tax",
        "income tax on pay, pensions and other income",
        TAX,
        "income_tax",
        ("income_tax",),
        ("tax_on_savings", "tax_on_dividends"),
    ),
    Item("national_insurance", "National Insurance", TAX, "national_insurance", ("national_insurance",)),
    Item("employer_national_insurance", "employers' National Insurance", TAX, "national_insurance", ("employer",), payer="employers"),
    Item("apprenticeship_levy", "apprenticeship levy", TAX, "apprenticeship_levy", ("apprenticeship_levy",), payer="employers"),
    Item("capital_gains_tax", "capital gains tax", TAX, "capital_gains_tax", ("capital_gains_tax",)),
    Item("child_benefit_charge", "Child Benefit charge", TAX, "child_benefit_charge", ("child_benefit_charge",)),
    Item("winter_fuel_charge", "winter fuel charge", TAX, "winter_fuel", ("winter_fuel_charge",)),
    Item("council_tax", "council tax and rates", TAX, "council_tax", ("council_tax",), tier=COUNCILS),
    Item(
        "council_tax_of_owners",
        "council tax on second, empty and let homes",
        TAX,
        "council_tax",
        ("due",),
        ("council_tax",),
        tier=COUNCILS,
        payer="owners",
        dwellings=True,
    ),
    Item("high_value_surcharge", "surcharge on high-value homes", TAX, "council_tax", ("surcharge_owed",)),
    Item(
        "high_value_surcharge_of_owners",
        "surcharge on high-value second, empty and let homes",
        TAX,
        "council_tax",
        ("high_value_surcharge",),
        ("surcharge_owed",),
        payer="owners",
        dwellings=True,
    ),
    Item("wealth_tax", "wealth tax", TAX, "wealth_tax", ("wealth_tax",)),
    Item("administration", "costs of running the wealth tax", BENEFIT, "wealth_tax", ("administration",), payer="those who run the tax"),
    Item("vat", "VAT", TAX, "vat", ("vat",)),
    Item("fuel_duty", "fuel duty", TAX, "excise_duties", ("fuel_duty",)),
    Item("alcohol_and_tobacco_duties", "duties on alcohol and tobacco", TAX, "excise_duties", ("alcohol_duty", "tobacco_duty")),
    Item("insurance_premium_tax", "insurance premium tax", TAX, "insurance_premium_tax", ("insurance_premium_tax",)),
    Item("air_passenger_duty", "air passenger duty", TAX, "air_passenger_duty", ("air_passenger_duty",)),
    Item("vehicle_excise_duty", "vehicle excise duty", TAX, "vehicle_excise_duty", ("vehicle_excise_duty",)),
    Item("tv_licence", "television licences", TAX, "tv_licence", ("tv_licence",)),
    Item(
        "property_purchase_tax",
        "tax on buying a home",
        TAX,
        "property_purchase_tax",
        ("property_purchase_tax",),
        payer="people who buy homes",
    ),
    Item("inheritance_tax", "inheritance tax", TAX, "inheritance_tax", ("expected_in_year",), payer="heirs"),
    Item(
        "unrealised_gains", "tax on gains never realised", TAX, "unrealised_gains", ("expected_in_year",), payer="owners who die or leave"
    ),
    Item(
        "corporation_tax",
        "corporation tax, as it rests on households",
        TAX,
        "corporation_tax",
        ("corporation_tax",),
        payer="households, through firms",
    ),
    Item(
        "business_rates",
        "business rates, as they rest on households",
        TAX,
        "business_rates",
        ("business_rates",),
        tier=COUNCILS,
        payer="households, through firms",
    ),
    Item("local_income_tax", "local income tax", TAX, "local_income_tax", ("local_income_tax",), tier=COUNCILS),
    Item(
        "ownership_fund",
        "dividends that move to an employee-ownership fund",
        TAX,
        "employee_ownership_fund",
        ("dividends_moved",),
        payer="owners of shares in large firms",
    ),
    Item("ownership_fund_paid", "dividends to workers", BENEFIT, "employee_ownership_fund", ("paid_to_worker",)),
    Item("deferral", "loans to those who put tax off", BENEFIT, "deferral", ("deferral",)),
    Item("student_loan", "student loan repayments", REPAYMENT, "student_loan", ("repayment",)),
    Item("state_pension", "State Pension", BENEFIT, "state_pension", ("state_pension",)),
    Item("disability_benefits", "disability benefits", BENEFIT, "disability_benefits", ("disability_benefits",)),
    Item("carers_allowance", "carers' benefits", BENEFIT, "carers_allowance", ("carers_allowance", "scottish_carer_supplement")),
    Item("contributory_benefits", "contributory benefits", BENEFIT, "contributory_benefits", ("contributory_benefits",)),
    Item("statutory_pay", "statutory maternity and parental pay", BENEFIT, "statutory_pay", ("maternity_pay", "parental_pay")),
    Item("student_maintenance", "student maintenance loans", BENEFIT, "student_maintenance", ("maintenance_loan",)),
    Item("child_benefit", "Child Benefit", BENEFIT, "child_benefit", ("child_benefit",)),
    Item("pension_credit", "Pension Credit", BENEFIT, "pension_credit", ("pension_credit",)),
    Item("universal_credit", "Universal Credit", BENEFIT, "benefit_cap", ("universal_credit",)),
    Item("tax_free_childcare", "Tax-Free Childcare", BENEFIT, "tax_free_childcare", ("tax_free_childcare",)),
    Item("housing_benefit", "Housing Benefit", BENEFIT, "housing_benefit", ("housing_benefit",)),
    Item(
        "discretionary_housing_payment",
        "payments that make good cuts to help with rent",
        BENEFIT,
        "universal_credit",
        ("discretionary_housing_payment",),
        by_nation=True,
    ),
    Item(
        "scottish_child_payment", "Scottish Child Payment", BENEFIT, "scottish_child_payment", ("scottish_child_payment",), by_nation=True
    ),
    Item("healthy_start", "Healthy Start", BENEFIT, "healthy_start", ("healthy_start",)),
    Item("best_start", "Best Start", BENEFIT, "best_start", ("best_start",), by_nation=True),
    Item("winter_fuel", "winter fuel payments", BENEFIT, "winter_fuel", ("winter_fuel_payment",)),
    Item("council_tax_reduction", "council tax reduction", BENEFIT, "council_tax_reduction", ("council_tax_reduction",), tier=COUNCILS),
    Item("equal_payment", "equal payments", BENEFIT, "equal_payment", ("equal_payment",)),
)
"""Every instrument that takes or gives money. Together they are the whole change in the public purse."""


def amounts(item: Item, assessment: Mapping[str, Array]) -> Array:
    """(records of the item's entity,) £ a year."""
    table = assessment[item.instrument]
    total: Array = sum((table[line] for line in item.lines[1:]), table[item.lines[0]].astype(np.float64))
    return total - sum(table[line] for line in item.less) if item.less else total


def records_of(item: Item, population: Population) -> tuple[Array, Array]:
    """(records,) the household each record of the item belongs to, and the households it stands for."""
    entity = INSTRUMENTS[item.instrument].entity
    if entity == "household":
        return np.arange(len(population.households)), population.households["weight"]
    if entity == "benefit_unit":
        return population.benefit_units["household"], population.benefit_unit_weight
    return population.persons["household"], population.person_weight


class Change(NamedTuple):
    """One item before and after, £ a year, in the whole and by nation (arrays of one value a nation)."""

    item: Item
    before: float
    after: float
    by_nation: Array
    """(nations,) what changes."""

    @property
    def to_the_purse(self) -> float:
        """£ a year that the public purse is better off."""
        return self.after - self.before if self.item.kind != BENEFIT else self.before - self.after


def changes(
    baseline: Mapping[str, Array],
    reform: Mapping[str, Array],
    population: Population,
    rows: slice = slice(None),
    touched_only: bool = False,
) -> list[Change]:
    """Every item before and after, for the households of some rows (with the empty dwellings of their councils); `touched_only`
    leaves out items that the reform did not even work anew."""
    first, last, _ = rows.indices(len(population.households))
    known = [item for item in ITEMS if item.instrument in baseline]
    if touched_only:
        known = [item for item in known if baseline[item.instrument] is not reform[item.instrument]]
    return [_change(item, baseline, reform, population, first, last) for item in known]


def _change(
    item: Item, baseline: Mapping[str, Array], reform: Mapping[str, Array], population: Population, first: int, last: int
) -> Change:
    household, weight = records_of(item, population)
    start, end = np.searchsorted(household, [first, last])
    household, weight = household[start:end], weight[start:end]
    old = amounts(item, baseline)[start:end]
    new = old if baseline[item.instrument] is reform[item.instrument] else amounts(item, reform)[start:end]
    nation = population.households["nation"][household]
    before, after = float((old * weight).sum()), float((new * weight).sum())
    by_nation = np.bincount(nation, (new - old) * weight, len(Nation))
    dwellings = population.dwellings
    if item.dwellings and len(dwellings) and last > first:
        lowest, highest = population.households["council"][[first, last - 1]]
        inside = (dwellings["council"] >= lowest) & (dwellings["council"] <= highest)
        name = f"{item.instrument}_of_dwellings"
        old, new = (np.sum([table[name][line] for line in item.lines], axis=0)[inside] for table in (baseline, reform))
        weight = dwellings["weight"][inside]
        before, after = before + float((old * weight).sum()), after + float((new * weight).sum())
        by_nation = by_nation + np.bincount(dwellings["nation"][inside], (new - old) * weight, len(Nation))
    return Change(item, before, after, by_nation)


def flow(found: list[Change], homes: Any) -> tuple[Array, Array]:
    """(records,) £ a year that each brings the public purse more, and weights: the households of `homes`, with the empty dwellings of a
    whole country after them."""
    baseline, reform, population = homes.run.baseline, homes.run.reform, homes.population
    count = len(population.households)
    total, empty = np.zeros(count), np.zeros(len(population.dwellings))
    for change in found:
        sign = -1.0 if change.item.kind == BENEFIT else 1.0
        household, _ = records_of(change.item, population)
        total += sign * np.bincount(household, amounts(change.item, reform) - amounts(change.item, baseline), count)
        if change.item.dwellings and len(empty):
            name = f"{change.item.instrument}_of_dwellings"
            old, new = (np.sum([table[name][line] for line in change.item.lines], axis=0) for table in (baseline, reform))
            empty += sign * (new - old)
    here = np.asarray(population.dwellings["council"] == homes.area.row) if homes.area is not None else np.ones(len(empty), bool)
    if not np.any(empty[here]):
        return total[homes.rows], homes.weight
    return np.concatenate([total[homes.rows], empty[here]]), np.concatenate([homes.weight, population.dwellings["weight"][here]])


def net_revenue(found: list[Change]) -> float:
    """£ a year that the public purse is better off: taxes and repayments up, benefits down."""
    return float(sum(change.to_the_purse for change in found))


def by_tier(found: list[Change]) -> dict[str, float]:
    """£ a year that each government, or councils together, are better off."""
    tiers: dict[str, float] = {}
    for change in found:
        sign = -1.0 if change.item.kind == BENEFIT else 1.0
        for nation in Nation:
            tier = tier_of(change.item, nation)
            tiers[tier] = tiers.get(tier, 0.0) + sign * float(change.by_nation[nation])
    return {tier: amount for tier, amount in tiers.items() if round(amount, 2)}


def tier_of(item: Item, nation: Nation) -> str:
    """Who raises or pays an item in a nation. Income tax on pay goes to Scotland's own budget (Scotland Act 2016 s.13); in
    Wales it is shared with the UK (Wales Act 2014 s.8)."""
    if item.id == "income_tax" and nation == Nation.SCOTLAND:
        return NATION_TIER[nation]
    if item.id == "income_tax" and nation == Nation.WALES:
        return "UK and Welsh governments together"
    if item.id == "property_purchase_tax" and nation in {Nation.SCOTLAND, Nation.WALES}:  # Scotland Act 2012 s.28; Wales Act 2014 s.15
        return NATION_TIER[nation]
    if item.by_nation:
        return NATION_TIER[nation]
    if item.tier == COUNCILS and nation == Nation.NORTHERN_IRELAND:
        return "councils and the Northern Ireland Executive"
    return item.tier


def source_of_change(
    baseline: Mapping[str, Any], reform: Mapping[str, Any], rows: slice, change: Array, weights: Array
) -> tuple[float, float]:
    """£ a year of what households gain that comes of changed taxes (with repayments), and of changed benefits and dividends."""
    old, new = baseline["disposable_income"], reform["disposable_income"]
    whole = float((change * weights).sum())
    benefits = 0.0
    if old is not new:
        paid = (new["benefits"] - old["benefits"]) + (new["dividends_of_fund"] - old["dividends_of_fund"])
        benefits = float((paid[rows] * weights).sum())
    return whole - benefits, benefits
