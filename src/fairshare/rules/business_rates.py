"""Business rates (Local Government Finance Act 1988 Part III; in Scotland LG(S)A 1975; in Northern Ireland SI 1977/2157), as far as they
come to rest on households: an allocation, not anybody's bill.

Occupiers of business property pay them; owners of property bear most of it in the long run, through lower rents, and customers the
rest. What is received in a year is shared in those parts, by each household's own part of the nation's wealth and spending.
Units: £ a year. It is kept apart: no income takes it off unless `post_tax_income.counts` says so.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from annotated_types import Gt

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Nation, Pounds, Ratio, Share

NationalTotal = Annotated[float, Gt(0)]


class Multipliers(NamedTuple):
    """Rates on a pound of rateable value: the one that most property is charged at in each nation."""

    england: Ratio
    wales: Ratio
    scotland: Ratio
    northern_ireland: Ratio


class Borne(NamedTuple):
    """Parts of the rates that each bears; what is left rests abroad or on nobody known."""

    owners: Share
    customers: Share


class Totals(NamedTuple):
    """What households of the nation have of each, by which the parts are shared among them, £ and £ a year."""

    wealth: NationalTotal
    spending: NationalTotal


class BusinessRatesLaw(NamedTuple):
    multiplier: Multipliers
    recorded: Multipliers
    """The multipliers at which the receipts were forecast, which no reform changes."""
    receipts: Pounds
    borne_by: Borne
    totals: Totals


class BusinessRates(NamedTuple):
    """Lines of one household, £ a year, allocated."""

    as_owners: Pounds
    as_customers: Pounds
    business_rates: Pounds


@rule
def multiplier_of(nation: int, law: Multipliers) -> float:
    """LGFA 1988 Sch 7; LG(S)A 1975 s.7; LGFA 1988 Sch 7 as it applies in Wales; SI 1977/2157 art.6."""
    if nation == Nation.ENGLAND:
        return law.england
    if nation == Nation.WALES:
        return law.wales
    return law.scotland if nation == Nation.SCOTLAND else law.northern_ireland


@rule
def change(nation: int, law: BusinessRatesLaw) -> float:
    """How receipts move with a nation's multiplier."""
    recorded = multiplier_of(nation, law.recorded)
    return multiplier_of(nation, law.multiplier) / recorded if recorded > 0.0 else 1.0


@rule
def wealth_in_property(household: Any) -> float:
    """Kinds of wealth through which business property is owned; companies and pension funds hold it for their owners and members."""
    return household.other_property_wealth + household.financial_wealth + household.business_wealth + household.pension_wealth


@rule
def spending(household: Any) -> float:
    """All that the household buys."""
    basic = household.spending_food + household.spending_clothing + household.spending_housing_energy + household.spending_furnishings
    further = household.spending_alcohol_tobacco + household.spending_health + household.spending_transport + household.spending_motor_fuel
    rest = household.spending_communication + household.spending_recreation + household.spending_education
    return basic + further + rest + household.spending_restaurants + household.spending_miscellaneous


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: BusinessRatesLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        household = households[h]
        due = law.receipts * change(household.nation, law)
        owners = due * law.borne_by.owners * wealth_in_property(household) / law.totals.wealth
        customers = due * law.borne_by.customers * spending(household) / law.totals.spending
        lines[h] = BusinessRates(owners, customers, owners + customers)


INSTRUMENT = Instrument(
    name="business_rates",
    entity="household",
    law=BusinessRatesLaw,
    lines=BusinessRates,
    assess=assess,
    title="business rates, as they come to rest on households",
    idle=BusinessRates._fields,
)
