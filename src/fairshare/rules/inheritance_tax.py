"""Inheritance tax (Inheritance Tax Act 1984): the tax on what a person leaves.

Units: £ at a death. A household's lines say what would be due if all it owns passed on today: at the death of the last of a married
couple with both partners' bands, otherwise of one person with one's own. What is expected in a year is each person's risk of death times
the tax on that person's own part; what the first of a married couple leaves goes to the other and is exempt. Gifts made in life, trusts,
gifts to charity, quick succession, and people who die in care homes are left out.
"""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from annotated_types import Ge

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import Count, Pounds, Role, Sex, Share, Stock, Switch
from fairshare.schedule import Schedule, charge, rate_at


class Residence(NamedTuple):
    nil_rate_band: Stock
    taper_threshold: Stock
    taper: Share


class Charity(NamedTuple):
    rate: Share
    qualifying_share: Share


class BusinessAndFarms(NamedTuple):
    full_relief_allowance: Annotated[float, Ge(0), "or no limit"]
    relief_above: Share


class Receipts(NamedTuple):
    """A tax on what each heir receives, in place of the tax on the estate."""

    in_force: Switch
    bands: Schedule
    heirs: Count


class Assumed(NamedTuple):
    """What records do not hold."""

    home_passes_to_descendants: Share
    qualifying_business: Share
    unused_pensions: Share
    late_partner: Share
    late_partner_age: Count


class Deaths(NamedTuple):
    """No law: the risk of death within a year from each age."""

    men: Schedule
    women: Schedule


class InheritanceTaxLaw(NamedTuple):
    nil_rate_band: Stock
    rate: Share
    residence: Residence
    charity: Charity
    business_and_farms: BusinessAndFarms
    pensions_in_estate: Switch
    receipts: Receipts
    assumed: Assumed
    deaths: Deaths


class InheritanceTax(NamedTuple):
    """Lines of one estate, £ at a death; the last is £ a year."""

    net_estate: Stock
    exempt: Stock
    business_relief: Stock
    nil_rate_band: Stock
    residence_nil_rate_band: Stock
    taxable_estate: Stock
    due_at_death: Stock
    passes_on_in_year: Share
    """Part of what the household owns that goes to the next generation in a year, on average."""
    expected_in_year: Pounds
    """What deaths in the household bring in a year, on average."""


class Estate(NamedTuple):
    """What a person leaves, £."""

    net: float
    """All that is owned less all that is owed."""
    home_to_descendants: float
    """The net value of a home that passes to children or grandchildren."""
    business: float
    """Business and agricultural property that qualifies for relief."""
    to_partner: float
    to_charity: float
    bands: float
    """Sets of nil-rate bands and allowances: 1, or up to 2 with what a late partner did not use."""


@rule
def business_relief(business: float, bands: float, law: BusinessAndFarms) -> float:
    """IHTA 1984 ss.103-124C; FA 2026 Sch 12: wholly left out up to the allowance, in part beyond."""
    within = min(business, bands * law.full_relief_allowance)
    return within + law.relief_above * (business - within)


@rule
def residence_nil_rate_band(estate: Estate, law: Residence) -> float:
    """IHTA 1984 ss.8D-8E: the band, reduced for an estate above the threshold, and no more than the home."""
    excess = max(estate.net - law.taper_threshold, 0.0)
    band = max(estate.bands * law.nil_rate_band - law.taper * excess, 0.0)
    return min(band, max(estate.home_to_descendants, 0.0))


@rule
def rate_of_tax(chargeable: float, nil_rate_band: float, to_charity: float, law: InheritanceTaxLaw) -> float:
    """IHTA 1984 Sch 1A: the lower rate where charity has enough of what exceeds the nil-rate band."""
    baseline = max(chargeable + to_charity - nil_rate_band, 0.0)
    enough = to_charity > 0.0 and to_charity >= law.charity.qualifying_share * baseline
    return law.charity.rate if enough else law.rate


@rule
def tax_on_receipts(passed_on: float, law: Receipts) -> float:
    """No such tax is in force: each heir's bands on an equal part, as if nothing had been received before."""
    heirs = max(law.heirs, 1.0)
    return heirs * charge(law.bands, passed_on / heirs)


@rule
def assess_estate(estate: Estate, law: InheritanceTaxLaw) -> InheritanceTax:
    """IHTA 1984 ss.4-8: the estate less exemptions and reliefs, the two bands, and the rate on what is left."""
    net = max(estate.net, 0.0)
    exempt = min(estate.to_partner + estate.to_charity, net)
    relief = min(business_relief(estate.business, estate.bands, law.business_and_farms), net - exempt)
    chargeable = net - exempt - relief
    band = estate.bands * law.nil_rate_band
    residence = residence_nil_rate_band(estate, law.residence)
    taxable = max(chargeable - band - residence, 0.0)
    tax = rate_of_tax(chargeable, band, estate.to_charity, law) * taxable
    if law.receipts.in_force > 0.0:
        tax = tax_on_receipts(net - exempt, law.receipts)
    return InheritanceTax(net, exempt, relief, band, residence, taxable, tax, 0.0, 0.0)


@rule
def estate_of_household(household: Any, married: int, law: InheritanceTaxLaw) -> Estate:
    """IHTA 1984 s.5: all that the household owns less what it owes, left to children; loans on property in proportion."""
    property_owned = household.main_home_wealth + household.other_property_wealth
    on_home = household.main_home_wealth / property_owned if property_owned > 0.0 else 0.0
    home = household.main_home_wealth - household.mortgage_debt * on_home
    pensions = law.pensions_in_estate * law.assumed.unused_pensions * household.pension_wealth
    things = household.financial_wealth + household.business_wealth + household.physical_wealth
    return Estate(
        net=property_owned + things + pensions - household.mortgage_debt - household.debts,
        home_to_descendants=law.assumed.home_passes_to_descendants * home,
        business=law.assumed.qualifying_business * household.business_wealth,
        to_partner=0.0,
        to_charity=0.0,
        bands=1.0 + married,
    )


@rule
def part_of(whole: Estate, share: float, late_partners: float) -> Estate:
    """IHTA 1984 s.5: one person's part of what the household owns, with the person's own bands and those of late partners."""
    return Estate(whole.net * share, whole.home_to_descendants * share, whole.business * share, 0.0, 0.0, 1.0 + late_partners)


@rule
def risk_of_death(age: float, sex: int, deaths: Deaths) -> float:
    """The risk of death within a year."""
    return rate_at(deaths.men, age) if sex == Sex.MALE else rate_at(deaths.women, age)


@rule
def tax_on_own_part(whole: Estate, share: float, late_partner: float, law: InheritanceTaxLaw) -> float:
    """IHTA 1984 ss.7, 8A: at the person's death, with a late partner's bands in so many of such cases."""
    alone = assess_estate(part_of(whole, share, 0.0), law).due_at_death
    with_both = alone
    if late_partner > 0.0 and alone > 0.0:
        with_both = assess_estate(part_of(whole, share, 1.0), law).due_at_death
    return late_partner * with_both + (1.0 - late_partner) * alone


@one_pass
def assess(households: Any, benefit_units: Any, persons: Any, law: InheritanceTaxLaw, lines: Any, first: int, last: int) -> None:
    for h in range(first, last):
        household = households[h]
        whole = estate_of_household(household, benefit_units[household.first_benefit_unit].married, law)
        made = assess_estate(whole, law)
        owned, passes, expected = 0.0, 0.0, 0.0
        for p in range(household.first_person, household.last_person):
            owned += persons[p].wealth_share
        for p in range(household.first_person, household.last_person):
            person = persons[p]
            married = benefit_units[person.benefit_unit].married == 1 and person.role != Role.DEPENDANT
            if person.wealth_share <= 0.0 or married:
                continue
            late_partner = law.assumed.late_partner if person.age >= law.assumed.late_partner_age else 0.0
            tax = tax_on_own_part(whole, person.wealth_share / owned, late_partner, law)
            risk = risk_of_death(float(person.age), person.sex, law.deaths)
            passes += risk * person.wealth_share / owned
            expected += risk * tax
        lines[h] = InheritanceTax(
            net_estate=made.net_estate,
            exempt=made.exempt,
            business_relief=made.business_relief,
            nil_rate_band=made.nil_rate_band,
            residence_nil_rate_band=made.residence_nil_rate_band,
            taxable_estate=made.taxable_estate,
            due_at_death=made.due_at_death,
            passes_on_in_year=passes,
            expected_in_year=expected,
        )


INSTRUMENT = Instrument(
    name="inheritance_tax",
    entity="household",
    law=InheritanceTaxLaw,
    lines=InheritanceTax,
    assess=assess,
    title="inheritance tax, if all that is owned passed on today",
    line_titles={"expected_in_year": "expected in a year, by the risk of death"},
    idle=("net_estate", "exempt", "business_relief", "nil_rate_band", "residence_nil_rate_band", "passes_on_in_year"),
)
