"""Corporation tax (Corporation Tax Act 2009 s.2), as far as it comes to rest on households here: an allocation, not anybody's bill.

Companies pay it; owners, workers and customers bear it, in parts that studies dispute. What is received in a year is shared in those
parts, by each household's own part of the nation's wealth, pay and spending. Units: £ a year. It is kept apart: no income takes it
off unless `post_tax_income.counts` says so.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from annotated_types import Gt

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share

NationalTotal = Annotated[float, Gt(0)]


class Borne(NamedTuple):
    """Parts of the tax that each bears; what is left rests abroad or on nobody known."""

    owners: Share
    workers: Share
    customers: Share


class Totals(NamedTuple):
    """What households of the nation have of each, by which the parts are shared among them, £ and £ a year."""

    wealth: NationalTotal
    pay: NationalTotal
    spending: NationalTotal


class CorporationTaxLaw(NamedTuple):
    main_rate: Share
    recorded_main_rate: Share
    receipts: Pounds
    borne_by: Borne
    totals: Totals


class CorporationTax(NamedTuple):
    """Lines of one household, £ a year, allocated."""

    as_owners: Pounds
    as_workers: Pounds
    as_customers: Pounds
    corporation_tax: Pounds


@rule
def due_from_companies(law: CorporationTaxLaw) -> float:
    """CTA 2009 ss.2-3: what is received at the rate in force, moved as the main rate is; small companies' rate is taken to move alike."""
    return law.receipts * law.main_rate / law.recorded_main_rate if law.recorded_main_rate > 0.0 else 0.0


@rule
def wealth_in_companies(household: Any) -> float:
    """Kinds of wealth through which companies are owned; pension funds hold shares for their members."""
    return household.financial_wealth + household.business_wealth + household.pension_wealth


@rule
def spending(household: Any) -> float:
    """All that the household buys."""
    basic = household.spending_food + household.spending_clothing + household.spending_housing_energy + household.spending_furnishings
    further = household.spending_alcohol_tobacco + household.spending_health + household.spending_transport + household.spending_motor_fuel
    rest = household.spending_communication + household.spending_recreation + household.spending_education
    return basic + further + rest + household.spending_restaurants + household.spending_miscellaneous


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: CorporationTaxLaw, lines: Any, first: int, last: int) -> None:
    due = due_from_companies(law)
    for h in range(first, last):
        household = households[h]
        pay = 0.0
        for p in range(household.first_person, household.last_person):
            pay += persons[p].earnings
        owners = due * law.borne_by.owners * wealth_in_companies(household) / law.totals.wealth
        workers = due * law.borne_by.workers * pay / law.totals.pay
        customers = due * law.borne_by.customers * spending(household) / law.totals.spending
        lines[h] = CorporationTax(owners, workers, customers, owners + workers + customers)


INSTRUMENT = Instrument(
    name="corporation_tax",
    entity="household",
    law=CorporationTaxLaw,
    lines=CorporationTax,
    assess=assess,
    title="corporation tax, as it comes to rest on households",
    idle=CorporationTax._fields,
)
