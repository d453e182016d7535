"""Taxes on buying a home: stamp duty land tax (FA 2003 Part 4), LBTT in Scotland and LTT in Wales.

Units: £ of price, £ of tax at a purchase. The buyer pays. A household's lines say what a buyer of its home would owe, and what its
home is expected to bring in a year: the part of owned homes that is sold, times the tax. That is nobody's certain bill, so income
does not take it off unless `post_tax_income.counts` says so. Leases, companies, linked purchases and other buildings are left out.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from annotated_types import Ge

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Nation, Pounds, Share, Stock, Tenure
from fairshare.schedule import Schedule, charge, charge_between


class FirstTimeBuyer(NamedTuple):
    nil_limit: Pounds
    highest_price: Annotated[float, Ge(0), "or no limit"]


class AdditionalHome(NamedTuple):
    surcharge: Share
    lowest_price: Pounds


class PurchaseTax(NamedTuple):
    bands: Schedule
    first_time_buyer: FirstTimeBuyer
    additional: AdditionalHome


class WelshAdditionalHome(NamedTuple):
    bands: Schedule
    lowest_price: Pounds


class WelshPurchaseTax(NamedTuple):
    """Wales has no relief for first-time buyers, and rates of its own for additional homes."""

    bands: Schedule
    additional: WelshAdditionalHome


class PropertyPurchaseTaxLaw(NamedTuple):
    england_and_northern_ireland: PurchaseTax
    scotland: PurchaseTax
    wales: WelshPurchaseTax
    non_resident_surcharge: Share
    turnover: Share


class PropertyPurchaseTax(NamedTuple):
    """Lines of one household: £ for one who buys its home, then £ a year expected."""

    price: Stock
    due_from_home_mover: Pounds
    due_from_first_time_buyer: Pounds
    due_on_additional_home: Pounds
    property_purchase_tax: Pounds
    """Expected in a year, where the household owns its home."""


class Due(NamedTuple):
    """Tax at one purchase, by who buys."""

    home_mover: float
    first_time_buyer: float
    additional_home: float


@rule
def due(price: float, law: PurchaseTax) -> Due:
    """FA 2003 s.55, Schs 4ZA and 6ZA; LBTT(S)A 2013 s.25, Schs 2A and 4A: each slice of the price at its own rate.

    A first-time buyer pays only on what exceeds the nil limit, unless the price is above the highest: then there is no relief
    at all. An additional home pays a surcharge on its whole price.
    """
    mover = charge(law.bands, price)
    first = mover
    if price <= law.first_time_buyer.highest_price:
        first = charge_between(law.bands, law.first_time_buyer.nil_limit, price)
    additional = mover
    if price >= law.additional.lowest_price:
        additional += law.additional.surcharge * price
    return Due(mover, first, additional)


@rule
def due_in_wales(price: float, law: WelshPurchaseTax) -> Due:
    """LTTA 2017 ss.24, 27 and Sch 5: each slice at its own rate; an additional home has rates of its own."""
    mover = charge(law.bands, price)
    additional = charge(law.additional.bands, price) if price >= law.additional.lowest_price else mover
    return Due(mover, mover, additional)


@rule
def non_resident_surcharge(price: float, law: PropertyPurchaseTaxLaw) -> float:
    """FA 2003 Sch 9A: on the whole price in England and Northern Ireland, beside every other rate."""
    return law.non_resident_surcharge * price if price >= law.england_and_northern_ireland.additional.lowest_price else 0.0


@rule
def due_where_it_stands(price: float, nation: int, law: PropertyPurchaseTaxLaw) -> Due:
    """The tax of the nation where the home stands."""
    if nation == Nation.WALES:
        return due_in_wales(price, law.wales)
    if nation == Nation.SCOTLAND:
        return due(price, law.scotland)
    return due(price, law.england_and_northern_ireland)


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: PropertyPurchaseTaxLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        household = households[h]
        tax = due_where_it_stands(household.dwelling_value, household.nation, law)
        owned = household.tenure == Tenure.OWNED_OUTRIGHT or household.tenure == Tenure.MORTGAGE
        lines[h] = PropertyPurchaseTax(
            price=household.dwelling_value,
            due_from_home_mover=tax.home_mover,
            due_from_first_time_buyer=tax.first_time_buyer,
            due_on_additional_home=tax.additional_home,
            property_purchase_tax=law.turnover * tax.home_mover if owned else 0.0,
        )


INSTRUMENT = Instrument(
    name="property_purchase_tax",
    entity="household",
    law=PropertyPurchaseTaxLaw,
    lines=PropertyPurchaseTax,
    assess=assess,
    title="tax on buying a home",
    idle=("price", "due_from_home_mover", "due_from_first_time_buyer", "due_on_additional_home"),
    line_titles={
        "due_from_home_mover": "Due from a buyer who moves house",
        "due_from_first_time_buyer": "Due from a first-time buyer",
        "due_on_additional_home": "Due from a buyer who has another home",
        "property_purchase_tax": "Expected in a year, by the part of homes that is sold",
    },
)
