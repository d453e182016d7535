"""Value added tax (Value Added Tax Act 1994): what households pay in prices, by what they spend on.

Units: £ a year. Spending includes the tax. What was bought at recorded prices stays the same under a reform, so that a change shows
what the same things cost; sellers are taken to pass the tax on in full. Goods that are exempt (rent, insurance, most education)
carry none here, though sellers of them cannot reclaim what they pay; the cut for families in the summer of 2026 is left out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share


class VatRates(NamedTuple):
    standard: Share
    energy: Share
    food: Share
    childrens_clothing: Share
    water: Share
    medicines: Share
    public_transport: Share
    books: Share
    school_fees: Share


class VatShares(NamedTuple):
    """Parts of what is spent on each class; food, clothing and energy are standard-rated in the rest."""

    basic_food: Share
    childrens_clothing: Share
    energy: Share
    water: Share
    medicines: Share
    health_standard: Share
    transport_standard: Share
    public_transport: Share
    communication_standard: Share
    recreation_standard: Share
    books: Share
    school_fees: Share
    restaurants_standard: Share
    miscellaneous_standard: Share


class VatLaw(NamedTuple):
    rates: VatRates
    recorded: VatRates
    """The rates in the prices at which spending was recorded, which no reform changes."""
    shares: VatShares


class Vat(NamedTuple):
    """Lines of one household, £ a year."""

    standard_rated_spending: Pounds
    """With the tax, at recorded prices."""
    vat_at_standard_rate: Pounds
    vat_on_energy: Pounds
    vat_on_food: Pounds
    vat_on_other_goods: Pounds
    """Children's clothes, water, medicines, public transport, books and school fees, which are zero-rated or have been exempt."""
    vat: Pounds


@rule
def tax_in_spending(spending: float, recorded_rate: float, rate: float) -> float:
    """VATA 1994 s.2: the tax on what a sum, with tax at the recorded rate, bought."""
    return spending / (1.0 + recorded_rate) * rate


@rule
def standard_rated_spending(household: Any, shares: VatShares) -> float:
    """VATA 1994 s.2(1): all that Schedules 7A, 8 and 9 do not name."""
    food = household.spending_food * (1.0 - shares.basic_food)
    clothing = household.spending_clothing * (1.0 - shares.childrens_clothing)
    repairs = household.spending_housing_energy * max(1.0 - shares.energy - shares.water, 0.0)
    goods = household.spending_alcohol_tobacco + household.spending_furnishings + household.spending_motor_fuel
    health = household.spending_health * shares.health_standard
    transport = household.spending_transport * shares.transport_standard
    communication = household.spending_communication * shares.communication_standard
    recreation = household.spending_recreation * shares.recreation_standard
    restaurants = household.spending_restaurants * shares.restaurants_standard
    other = household.spending_miscellaneous * shares.miscellaneous_standard
    return food + clothing + repairs + goods + health + transport + communication + recreation + restaurants + other


@rule
def vat_on_other_goods(household: Any, rates: VatRates, recorded: VatRates, shares: VatShares) -> float:
    """VATA 1994 Sch 8 (zero-rated) and Sch 9 Group 6 (education)."""
    clothing = household.spending_clothing * shares.childrens_clothing
    total = tax_in_spending(clothing, recorded.childrens_clothing, rates.childrens_clothing)
    total += tax_in_spending(household.spending_housing_energy * shares.water, recorded.water, rates.water)
    total += tax_in_spending(household.spending_health * shares.medicines, recorded.medicines, rates.medicines)
    travel = household.spending_transport * shares.public_transport
    total += tax_in_spending(travel, recorded.public_transport, rates.public_transport)
    total += tax_in_spending(household.spending_recreation * shares.books, recorded.books, rates.books)
    return total + tax_in_spending(household.spending_education * shares.school_fees, recorded.school_fees, rates.school_fees)


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, excise_duties: Any, law: VatLaw, lines: Any, first: int, last: int) -> None:
    rates, recorded, shares = law.rates, law.recorded, law.shares
    for h in range(first, last):
        household = households[h]
        spending = standard_rated_spending(household, shares)
        more_duty = excise_duties[h].excise_duties - excise_duties[h].in_recorded_prices
        at_standard_rate = tax_in_spending(spending, recorded.standard, rates.standard) + rates.standard * more_duty
        on_energy = tax_in_spending(household.spending_housing_energy * shares.energy, recorded.energy, rates.energy)
        on_food = tax_in_spending(household.spending_food * shares.basic_food, recorded.food, rates.food)
        on_other_goods = vat_on_other_goods(household, rates, recorded, shares)
        lines[h] = Vat(
            standard_rated_spending=spending,
            vat_at_standard_rate=at_standard_rate,
            vat_on_energy=on_energy,
            vat_on_food=on_food,
            vat_on_other_goods=on_other_goods,
            vat=at_standard_rate + on_energy + on_food + on_other_goods,
        )


INSTRUMENT = Instrument(
    name="vat",
    entity="household",
    law=VatLaw,
    lines=Vat,
    assess=assess,
    reads=("excise_duties",),
    title="VAT",
    idle=("standard_rated_spending",),
    line_titles={
        "vat": "VAT",
        "vat_at_standard_rate": "VAT at the standard rate",
        "vat_on_energy": "VAT on energy",
        "vat_on_food": "VAT on food",
        "vat_on_other_goods": "VAT on other goods",
    },
)
