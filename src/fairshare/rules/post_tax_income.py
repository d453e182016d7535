"""Post-tax income: disposable income less the taxes that it leaves out, those in prices and those on gains from sales.

Units: £ a year. The order follows ONS, Effects of taxes and benefits on UK household income: original, gross, disposable, post-tax.
Poverty and inequality rest on disposable income; who gains and who pays more rests on this, so that a change of any tax shows.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass
from fairshare.instrument import Instrument
from fairshare.quantities import Pounds, Switch


class Counts(NamedTuple):
    capital_gains_tax: Switch


class PostTaxIncomeLaw(NamedTuple):
    """Not law but convention: which taxes post-tax income takes off."""

    counts: Counts


class PostTaxIncome(NamedTuple):
    """Lines of one household, £ a year."""

    disposable_income: Pounds
    capital_gains_tax: Pounds
    post_tax_income: Pounds


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    disposable_income: Any,
    capital_gains_tax: Any,
    law: PostTaxIncomeLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        household = households[h]
        on_gains = 0.0
        for p in range(household.first_person, household.last_person):
            on_gains += capital_gains_tax[p].capital_gains_tax
        disposable = disposable_income[h].disposable_income
        lines[h] = PostTaxIncome(
            disposable_income=disposable,
            capital_gains_tax=on_gains,
            post_tax_income=disposable - law.counts.capital_gains_tax * on_gains,
        )


INSTRUMENT = Instrument(
    name="post_tax_income",
    entity="household",
    law=PostTaxIncomeLaw,
    lines=PostTaxIncome,
    assess=assess,
    reads=("disposable_income", "capital_gains_tax"),
    title="post-tax income",
    idle=("disposable_income", "post_tax_income"),
)
