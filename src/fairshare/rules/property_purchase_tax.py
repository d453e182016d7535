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
from fairshare.quantities import Nation, Pounds, Share, Stock, Switch, Tenure
from fairshare.schedule import Schedule, charge


class FirstTimeBuyer(NamedTuple):
    bands: Schedule
    highest_price: Annotated[float, Ge(0), "or no limit"]


class AdditionalHome(NamedTuple):
    surcharge: Share
    lowest_price: Pounds
    separate_bands: Switch
    bands: Schedule


class PurchaseTax(NamedTuple):
    bands: Schedule
    first_time_buyer: FirstTimeBuyer
    additional: AdditionalHome
    non_resident_surcharge: Share


class PropertyPurchaseTaxLaw(NamedTuple):
    england_and_northern_ireland: PurchaseTax
    scotland: PurchaseTax
    wales: PurchaseTax
    turnover: Share


class PropertyPurchaseTax(NamedTuple):
    """Lines of one household: £ for one who buys its home, then £ a year expected."""

    price: Stock
    due_from_home_mover: Pounds
    due_from_first_time_buyer: Pounds
    due_on_additional_home: Pounds
    property_purchase_tax: Pounds
    """Expected in a year, where the household owns its home."""


@rule
def tax_of_home_mover(price: float, law: PurchaseTax) -> float:
    """FA 2003 s.55; LBTT(S)A 2013 s.25; LTTA 2017 s.27: each slice of the price at its own rate."""
    return charge(law.bands, price)


@rule
def tax_of_first_time_buyer(price: float, law: PurchaseTax) -> float:
    """FA 2003 Sch 6ZA; LBTT(S)A 2013 Sch 4A: rates of their own up to a price, and no relief at all above it."""
    if price > law.first_time_buyer.highest_price:
        return tax_of_home_mover(price, law)
    return charge(law.first_time_buyer.bands, price)


@rule
def tax_on_additional_home(price: float, law: PurchaseTax) -> float:
    """FA 2003 Sch 4ZA; LBTT(S)A 2013 Sch 2A; LTTA 2017 Sch 5: a surcharge on the whole price, or rates of its own."""
    if price < law.additional.lowest_price:
        return tax_of_home_mover(price, law)
    if law.additional.separate_bands > 0.0:
        return charge(law.additional.bands, price)
    return tax_of_home_mover(price, law) + law.additional.surcharge * price


@rule
def non_resident_surcharge(price: float, law: PurchaseTax) -> float:
    """FA 2003 Sch 9A: on the whole price, beside every other rate, from the price at which additional homes pay more."""
    return law.non_resident_surcharge * price if price >= law.additional.lowest_price else 0.0


@rule
def law_of(nation: int, law: PropertyPurchaseTaxLaw) -> PurchaseTax:
    """The tax of the nation where the home stands."""
    if nation == Nation.SCOTLAND:
        return law.scotland
    if nation == Nation.WALES:
        return law.wales
    return law.england_and_northern_ireland


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: PropertyPurchaseTaxLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        household = households[h]
        price, terms = household.dwelling_value, law_of(household.nation, law)
        of_mover = tax_of_home_mover(price, terms)
        owned = household.tenure == Tenure.OWNED_OUTRIGHT or household.tenure == Tenure.MORTGAGE
        lines[h] = PropertyPurchaseTax(
            price=price,
            due_from_home_mover=of_mover,
            due_from_first_time_buyer=tax_of_first_time_buyer(price, terms),
            due_on_additional_home=tax_on_additional_home(price, terms),
            property_purchase_tax=law.turnover * of_mover if owned else 0.0,
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
