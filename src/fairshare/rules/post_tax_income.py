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
    indirect_taxes: Switch
    property_purchase_tax: Switch
    inheritance_tax: Switch
    taxes_on_firms: Switch


class PostTaxIncomeLaw(NamedTuple):
    """Not law but convention: which taxes post-tax income takes off."""

    counts: Counts


class PostTaxIncome(NamedTuple):
    """Lines of one household, £ a year."""

    disposable_income: Pounds
    capital_gains_tax: Pounds
    vat: Pounds
    excise_duties: Pounds
    insurance_premium_tax: Pounds
    air_passenger_duty: Pounds
    vehicle_excise_duty: Pounds
    tv_licence: Pounds
    indirect_taxes: Pounds
    """The taxes in prices, with vehicle excise duty and the television licence."""
    property_purchase_tax: Pounds
    """Expected in a year; taken off only where `counts` says so."""
    inheritance_tax: Pounds
    """Expected in a year; taken off only where `counts` says so."""
    taxes_on_firms: Pounds
    """Corporation tax and business rates as they come to rest on households; taken off only where `counts` says so."""
    post_tax_income: Pounds


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    disposable_income: Any,
    capital_gains_tax: Any,
    vat: Any,
    excise_duties: Any,
    insurance_premium_tax: Any,
    air_passenger_duty: Any,
    vehicle_excise_duty: Any,
    tv_licence: Any,
    property_purchase_tax: Any,
    inheritance_tax: Any,
    corporation_tax: Any,
    business_rates: Any,
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
        added, duties, premiums = vat[h].vat, excise_duties[h].excise_duties, insurance_premium_tax[h].insurance_premium_tax
        flights, vehicles = air_passenger_duty[h].air_passenger_duty, vehicle_excise_duty[h].vehicle_excise_duty
        licence = tv_licence[h].tv_licence
        indirect = added + duties + premiums + flights + vehicles + licence
        counted = law.counts.capital_gains_tax * on_gains + law.counts.indirect_taxes * indirect
        on_home = property_purchase_tax[h].property_purchase_tax
        on_estate = inheritance_tax[h].expected_in_year
        counted += law.counts.property_purchase_tax * on_home + law.counts.inheritance_tax * on_estate
        of_firms = corporation_tax[h].corporation_tax + business_rates[h].business_rates
        counted += law.counts.taxes_on_firms * of_firms
        disposable = disposable_income[h].disposable_income
        lines[h] = PostTaxIncome(
            disposable_income=disposable,
            capital_gains_tax=on_gains,
            vat=added,
            excise_duties=duties,
            insurance_premium_tax=premiums,
            air_passenger_duty=flights,
            vehicle_excise_duty=vehicles,
            tv_licence=licence,
            indirect_taxes=indirect,
            property_purchase_tax=on_home,
            inheritance_tax=on_estate,
            taxes_on_firms=of_firms,
            post_tax_income=disposable - counted,
        )


INSTRUMENT = Instrument(
    name="post_tax_income",
    entity="household",
    law=PostTaxIncomeLaw,
    lines=PostTaxIncome,
    assess=assess,
    reads=(
        "disposable_income",
        "capital_gains_tax",
        "vat",
        "excise_duties",
        "insurance_premium_tax",
        "air_passenger_duty",
        "vehicle_excise_duty",
        "tv_licence",
        "property_purchase_tax",
        "inheritance_tax",
        "corporation_tax",
        "business_rates",
    ),
    title="post-tax income",
    line_titles={"vat": "VAT", "tv_licence": "television licence"},
    idle=("disposable_income", "property_purchase_tax", "inheritance_tax", "taxes_on_firms", "post_tax_income"),
)
