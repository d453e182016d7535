"""Tax that is put off until a home is sold or an estate is settled. None is put off today: this is the form that a proposal fills in.

Units: £ a year. What is put off is a loan of the public sector, owed by the owner: it is no income that a means test counts, and what
interest it bears is left out.
"""

from __future__ import annotations

import math
from typing import Annotated, Any, NamedTuple

from annotated_types import Ge

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share, Switch, Tenure


class OnHome(NamedTuple):
    share: Share
    income_below: Pounds
    proportional_only: Switch
    pension_age_only: Switch


class OnWealth(NamedTuple):
    above_share_of_income: Annotated[float, Ge(0), "or no limit"]


class DeferralLaw(NamedTuple):
    home: OnHome
    wealth: OnWealth


class Deferral(NamedTuple):
    """Lines of one household, £ a year."""

    income: Pounds
    """Taxable income of all who live there."""
    home_tax_put_off: Pounds
    wealth_tax_put_off: Pounds
    deferral: Pounds


@rule
def home_tax_put_off(due: float, proportional: bool, owns: bool, past_pension_age: bool, income: float, law: OnHome) -> float:
    """A share of the tax on their own home of owners whose income is low enough, and who are past pension age where that is asked.

    `proportional` tells whether it is a tax in proportion to value, which a proposal may allow to be put off alone.
    """
    if law.proportional_only > 0.0 and not proportional:
        return 0.0
    if not owns or income >= law.income_below or (law.pension_age_only > 0.0 and not past_pension_age):
        return 0.0
    return law.share * max(due, 0.0)


@rule
def wealth_tax_put_off(due: float, income: float, law: OnWealth) -> float:
    """The part of a wealth tax beyond a share of the year's income, of people who own much and are paid little."""
    if math.isinf(law.above_share_of_income):
        return 0.0
    return max(due - law.above_share_of_income * max(income, 0.0), 0.0)


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    state_pension: Any,
    income_tax: Any,
    council_tax: Any,
    council_tax_reduction: Any,
    wealth_tax: Any,
    law: DeferralLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        household = households[h]
        income, reduction, past_pension_age = 0.0, 0.0, False
        for p in range(household.first_person, household.last_person):
            income += income_tax[p].total_income
            past_pension_age = past_pension_age or state_pension[p].over_pension_age > 0.0
        for b in range(household.first_benefit_unit, household.last_benefit_unit):
            reduction += council_tax_reduction[b].council_tax_reduction
        owns = household.tenure == Tenure.OWNED_OUTRIGHT or household.tenure == Tenure.MORTGAGE
        on_home = council_tax[h].council_tax + council_tax[h].surcharge_owed - reduction
        home = home_tax_put_off(on_home, council_tax[h].property_tax > 0.0, owns, past_pension_age, income, law.home)
        wealth = wealth_tax_put_off(wealth_tax[h].wealth_tax, income, law.wealth)
        lines[h] = Deferral(income, home, wealth, home + wealth)


INSTRUMENT = Instrument(
    name="deferral",
    entity="household",
    law=DeferralLaw,
    lines=Deferral,
    assess=assess,
    reads=("state_pension", "income_tax", "council_tax", "council_tax_reduction", "wealth_tax"),
    title="tax put off",
    line_titles={"deferral": "put off until a home is sold or an estate is settled"},
    idle=("income",),
)
