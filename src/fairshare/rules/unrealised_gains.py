"""Tax on gains never realised: at death, and on leaving the country. Neither is in force: TCGA 1992 s.62 wipes gains out at death.

Units: £ of gains; £ a year as expected, from the risk of death and the part of owners who leave. What the first of a married couple leaves
goes to the other with its gains. The main home is left out, as it is while its owner lives. An exempt amount is left out too.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Share, Stock, Switch


class Gained(NamedTuple):
    """No law but an assumption: the part of what is owned that is gain, by kind."""

    financial: Share
    other_property: Share
    business: Share


class UnrealisedGainsLaw(NamedTuple):
    rate: Share
    at_death: Switch
    on_leaving: Switch
    gained: Gained
    leave_in_year: Share


class UnrealisedGains(NamedTuple):
    """Lines of one household: £ of gains, then £ a year as expected."""

    unrealised_gains: Stock
    at_death: Pounds
    on_leaving: Pounds
    expected_in_year: Pounds


@rule
def gains_in(household: Any, gained: Gained) -> float:
    """What the household's assets, without the main home and pensions, are taken to be worth above what they cost, £."""
    assets = gained.financial * household.financial_wealth + gained.other_property * household.other_property_wealth
    return assets + gained.business * household.business_wealth


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    inheritance_tax: Any,
    law: UnrealisedGainsLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        gains = gains_in(households[h], law.gained)
        death = law.at_death * law.rate * gains * inheritance_tax[h].passes_on_in_year
        leaving = law.on_leaving * law.rate * gains * law.leave_in_year
        lines[h] = UnrealisedGains(gains, death, leaving, death + leaving)


INSTRUMENT = Instrument(
    name="unrealised_gains",
    entity="household",
    law=UnrealisedGainsLaw,
    lines=UnrealisedGains,
    assess=assess,
    reads=("inheritance_tax",),
    title="tax on gains never realised",
    idle=("unrealised_gains",),
)
