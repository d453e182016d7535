"""Where the peer model and the law part, each with its section of law and the size of difference that it predicts.

A difference looks at inputs and law alone. Its size is worked here by short formulas, apart from the engine: what the law
asks for, less what the peer does, £ a year. Several differences may meet in one record, so each is worked on top of the
ones before it, and a record differs by law when their sum is the gap.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.assessment import Assessment, assess
from fairshare.law import Law
from fairshare.population.records import Population, population

Predicted = dict[str, np.ndarray]
"""By variable: ours less the peer's, a row per record."""


class Setting(NamedTuple):
    """What a difference may look at: the records, the law, the year, and the lines it does not itself explain."""

    people: Population
    law: Law
    year: str
    lines: Assessment
    personal_contributions: np.ndarray
    """By person: the part of the contributions that goes to a personal pension."""

    @property
    def tax_law(self) -> Any:
        return self.law.values["income_tax"]

    def couples(self) -> Iterator[tuple[int, int, int]]:
        """Each unit's row, its claimant, and its partner (-1 where there is none)."""
        for b, unit in enumerate(self.people.benefit_units):
            yield b, int(unit["first_person"]), int(unit["first_person"]) + 1 if unit["couple"] else -1

    def nation(self, person: int) -> int:
        return int(self.people.households["nation"][self.people.persons["household"][person]])


class Difference(NamedTuple):
    name: str
    section: str
    says: str


RECEIPTS = Difference(
    "receipts_allowances",
    "ITTOIA 2005 ss.783A-783AR, 783B-783BQ",
    "The trading and property allowances look to receipts before costs. The peer frees any profit of up to £1,000.",
)
MARRIAGE = Difference(
    "marriage_allowance",
    "ITA 2007 ss.55A-55E",
    "The whole amount is given up, and the other's tax falls by the basic rate of it, whatever income it falls on. "
    "The peer gives only what the giver leaves unused, and deducts it from income other than savings and dividends.",
)
ORDER = Difference(
    "order_of_allowances",
    "ITA 2007 s.25(2)-(3A)",
    "Allowances are set against income in the way that leaves the least tax. The peer takes savings before dividends always.",
)
CONTRIBUTIONS = Difference(
    "contributions_beyond_pay",
    "FA 2004 ss.188-190, 193(4)",
    "Contributions that pay cannot bear come off other income, up to pay and profit before expenses. The peer does so for personal "
    "ones only.",
)
HIGH_INCOME_CHARGE = Difference(
    "charge_on_a_partner",
    "ITEPA 2003 s.681B",
    "The charge falls on the claimant or the claimant's partner. The peer charges whoever in the unit has the highest income.",
)
WEEKLY_CHARGE = Difference(
    "charge_in_whole_pounds",
    "ITEPA 2003 s.681C",
    "The charge is the percentage of the year's Child Benefit, in whole pounds. The peer rounds each week's down to a penny first.",
)
PLAN_5 = Difference(
    "plan_5_from_april_2026",
    "SI 2009/470, as amended for Plan 5",
    "Plan 5 borrowers repay nothing before 6 April 2026. The peer has them repay in 2025-26.",
)
OTHER_INCOME = Difference(
    "other_taxable_income",
    "SI 2013/376 regs 52-57, 66(1)(m)",
    "Other taxable income is unearned. The peer counts it with earnings, after tax, under the work allowance and the taper.",
)
STUDENTS = Difference(
    "students",
    "WRA 2012 s.4(1)(d); SI 2013/376 regs 12-14",
    "Full-time students without children or limited capability for work may not claim. The peer lets them.",
)
YOUNG_PERSON = Difference(
    "young_person_of_nineteen",
    "SI 2013/376 reg.5(1)(b)",
    "A young person in education counts to 31 August after the 19th birthday. The peer never counts one of 19.",
)
BEDROOM = Difference(
    "bedroom_of_a_young_person",
    "SI 2013/376 Sch 4 para 10(1)",
    "A young person of 16 or more has a bedroom. The peer gives a lone parent none for one who is the only child.",
)
MAIN_WORK = Difference(
    "floor_only_where_business_is_the_main_work",
    "SI 2013/376 regs 62-64",
    "The minimum income floor is for those whose main work is their business. The peer applies it to any profit.",
)
TAX_ON_COUNTED_INCOME = Difference(
    "tax_on_income_that_counts",
    "SI 2002/1792 reg.17(10)",
    "Tax comes off the income it is charged on. The comparison takes off all tax, as the peer does; what is left is tax above a "
    "person's own pensions, which the peer takes off the partner's too, and differences in the tax itself.",
)
RENT_AS_CAPITAL = Difference(
    "income_from_property",
    "SI 2002/1792 Sch IV para 18",
    "Rent from property that counts as capital is not income as well. The peer counts both.",
)
LOSSES = Difference(
    "losses_in_means_tests",
    "SI 2006/214 reg.39; SI 2012/2885 Sch 1 para 29",
    "A loss in one business, or from property, is not set against other income. The peer takes it off.",
)
BOTH_BEFORE_2016 = Difference(
    "savings_credit_of_couples",
    "SPCA 2002 s.3; Pensions Act 2014 Sch 12 Part 3",
    "A couple has savings credit where both reached pension age before 6 April 2016. The peer asks that of one of them.",
)
EARLIER_AMOUNT = Difference(
    "pension_age_before_april_2021",
    "SSI 2012/319 Sch 1; SI 2013/3029",
    "The higher amount is for those who reached pension age before 1 April 2021. The peer gives it to all pensioners there.",
)
EARNINGS = Difference(
    "earnings_in_reduction",
    "SSI 2021/249 Sch 4; SI 2013/3029 Sch 8",
    "A part of what working-age applicants earn does not count. The peer counts all of it.",
)
FLOWS = Difference(
    "follows_from_the_above",
    "as above",
    "Net income differs by the sum of the differences in its parts.",
)

ALL = (
    RECEIPTS, MARRIAGE, ORDER, CONTRIBUTIONS, HIGH_INCOME_CHARGE, WEEKLY_CHARGE, PLAN_5, OTHER_INCOME, STUDENTS, YOUNG_PERSON, BEDROOM,
    MAIN_WORK, TAX_ON_COUNTED_INCOME, RENT_AS_CAPITAL, LOSSES, BOTH_BEFORE_2016, EARLIER_AMOUNT, EARNINGS, FLOWS,
)  # fmt: skip

# ---- income tax ----------------------------------------------------------------------------------------------------

PENCE = 100.0
ALLOWED_RECEIPTS = 1_000.0
"""The trading and the property allowance, ITTOIA 2005 ss.783AF and 783BF."""


class Ways(NamedTuple):
    """Which of the peer's ways are followed, instead of the law's."""

    receipts: bool = False
    marriage: bool = False
    order: bool = False
    contributions: bool = False
    capable: bool = True


TAX_STEPS = (
    (RECEIPTS, Ways(receipts=True)),
    (MARRIAGE, Ways(receipts=True, marriage=True)),
    (ORDER, Ways(receipts=True, marriage=True, order=True)),
    (CONTRIBUTIONS, Ways(receipts=True, marriage=True, order=True, contributions=True)),
)


class Income(NamedTuple):
    """A person's income by kind after deductions, and what raises the limits of the bands."""

    main: float
    property: float
    savings: float
    dividends: float
    extension: float

    @property
    def net(self) -> float:
        return self.main + self.property + self.savings + self.dividends


class Taxed(NamedTuple):
    tax: float
    adjusted: float
    """Adjusted net income."""
    allowance: float
    main: float
    """Taxable income other than savings and dividends."""
    other: float
    reduced: float
    """What marriage takes off the tax."""


def within_allowance(profit: float, ways: Ways) -> float:
    """A profit as it is taxed: the peer frees one within the allowance for receipts."""
    return 0.0 if ways.receipts and profit <= ALLOWED_RECEIPTS else max(profit, 0.0)


def income_of(setting: Setting, p: int, ways: Ways) -> Income:
    """Income by kind, contributions and expenses off. Net pay contributions here hold both of the peer's kinds."""
    person = setting.people.persons[p]
    contributions = float(person["pension_net_pay"])
    pay = float(person["earnings"])
    trade = within_allowance(float(person["self_employment"]), ways)
    benefits = float(setting.lines["state_pension"]["state_pension"][p])
    carers = setting.lines["carers_allowance"]
    benefits += float(carers["carers_allowance"][p] + carers["scottish_carer_supplement"][p])
    left = max(pay - float(person["employment_expenses"]), 0.0)
    relief = min(contributions, pay + max(float(person["self_employment"]), 0.0))
    if ways.contributions and contributions > left:
        personal = float(setting.personal_contributions[p])
        relief = min(contributions - personal, left) + min(personal, pay + trade)
    kinds = [
        left + trade + float(person["private_pension"]) + benefits + max(float(person["other_income"]), 0.0),
        within_allowance(float(person["property_income"]), ways),
        float(person["savings_interest"]),
        float(person["dividends"]),
    ]
    for kind, amount in enumerate(kinds):
        taken = min(relief, amount)
        kinds[kind], relief = amount - taken, relief - taken
    gift = float(person["gift_aid"]) / (1.0 - setting.tax_law.relief_at_source_rate)
    return Income(*kinds, gift)


def charge(bands: Any, start: float, end: float, extension: float, from_band: float) -> float:
    """A slice of income at the bands' rates; the tops of bands from `from_band` (the lowest is 1) move up by the extension."""
    total = 0.0
    tops = [band.above for band in bands[1:]] + [math.inf]
    bottom = 0.0
    for place, (band, top) in enumerate(zip(bands, tops, strict=True), start=1):
        moved = top + extension if place >= from_band else top
        total += max(min(end, moved) - max(start, bottom), 0.0) * band.rate
        bottom = max(bottom, moved)
    return total


def main_tax(start: float, end: float, extension: float, nation: int, law: Any) -> float:
    if nation == q.Nation.SCOTLAND:
        return charge(law.scotland.bands, start, end, extension, law.scotland.extends_from_band)
    return charge(law.main.bands, start, end, extension, law.main.extends_from_band)


def tax_of(kinds: list[float], extension: float, nation: int, law: Any) -> float:
    """Tax on taxable income by kind: main, property, savings, dividends, one upon the other."""
    main, of_property, savings, dividends = kinds
    total = main + of_property + savings + dividends
    basic, higher = law.basic_rate_limit + extension, law.higher_rate_limit + extension
    tax = main_tax(0.0, main + of_property, extension, nation, law)
    allowance = law.savings.allowance_basic if total <= basic else law.savings.allowance_higher if total <= higher else 0.0
    start = main + of_property
    free = min(savings, max(law.savings.starting_rate_limit - start, 0.0))
    free = min(savings, free + allowance)
    rates = (law.savings.basic_rate, law.savings.higher_rate, law.savings.additional_rate)
    tax += three_rates(start + free, start + savings, basic, higher, rates)
    start += savings
    rates = (law.dividends.ordinary_rate, law.dividends.upper_rate, law.dividends.additional_rate)
    return tax + three_rates(start + min(dividends, law.dividends.allowance), start + dividends, basic, higher, rates)


def three_rates(start: float, end: float, basic: float, higher: float, rates: tuple[float, float, float]) -> float:
    limits = ((0.0, basic), (basic, higher), (higher, math.inf))
    return sum(max(min(end, top) - max(start, bottom), 0.0) * rate for (bottom, top), rate in zip(limits, rates, strict=True))


def taxed(income: Income, blind: float, given_up: float, off_main: float, nation: int, ways: Ways, law: Any) -> Taxed:
    """One person's tax before reducers; `off_main` is what the peer takes off taxable income for marriage."""
    adjusted = max(income.net - income.extension, 0.0)
    taper = law.allowance_taper * max(adjusted - law.allowance_income_limit, 0.0)
    allowance = math.ceil(max(law.personal_allowance - taper, 0.0))
    left = max(allowance - given_up, 0.0) + blind * law.blind_persons_allowance
    main = max(income.main - left, 0.0)
    left -= min(left, income.main)
    of_property = max(income.property - left, 0.0)
    left -= min(left, income.property)
    main_taxable = max(main - off_main, 0.0)
    splits = [min(left, income.savings)]
    if not ways.order and left > 0.0 and income.savings > 0.0 and income.dividends > 0.0:
        lowest, highest = max(left - income.dividends, 0.0), min(left, income.savings)
        splits += list(np.linspace(lowest, highest, 400)) if highest > lowest else []
        splits += [s for s in (income.savings - spared for spared in (5_000.0, 5_500.0, 6_000.0, 1_000.0, 500.0)) if lowest < s < highest]
    tax = min(
        tax_of([main_taxable, of_property, income.savings - s, max(income.dividends - (left - s), 0.0)], income.extension, nation, law)
        for s in splits
    )
    return Taxed(tax, adjusted, allowance, main + of_property, max(income.savings + income.dividends - left, 0.0), 0.0)


def at_most_basic(one: Taxed, extension: float, nation: int, law: Any) -> bool:
    """ITA 2007 ss.55B(2)(c), 55C(1)(c): no tax above the basic (in Scotland the intermediate) rate."""
    limit = law.basic_rate_limit + extension
    if nation == q.Nation.SCOTLAND:
        higher = law.scotland.bands[int(law.marriage_allowance.scottish_bands)].above + extension
        return one.main <= higher and (one.other == 0.0 or one.main + one.other <= limit)
    return one.main + one.other <= limit


def couple_taxed(setting: Setting, first: int, second: int, married: bool, ways: Ways) -> list[Taxed]:
    """The tax of a claimant and a partner (or of a claimant alone), in the law's way or the peer's."""
    law, nation = setting.tax_law, setting.nation(first)
    persons = [first] if second < 0 else [first, second]
    incomes = [income_of(setting, p, ways) for p in persons]
    blind = [float(setting.people.persons["blind"][p]) for p in persons]

    def work(i: int, given_up: float = 0.0, off_main: float = 0.0) -> Taxed:
        return taxed(incomes[i], blind[i], given_up, off_main, nation, ways, law)

    alone = [work(i) for i in range(len(persons))]
    if second < 0 or not married:
        return alone
    share = law.marriage_allowance.share * law.personal_allowance
    amount = math.ceil(share / law.marriage_allowance.rounding) * law.marriage_allowance.rounding
    if ways.marriage:
        return peer_marriage(incomes, alone, amount, work, nation, law)
    for receiver, giver in ((1, 0), (0, 1)):
        if alone[receiver].tax > 0.0:
            gives, receives = work(giver, given_up=amount), alone[receiver]
            reduced = min(law.marriage_allowance.relief_rate * amount, receives.tax)
            may = gives.allowance >= amount
            may = may and all(at_most_basic(each, incomes[i].extension, nation, law) for each, i in ((gives, giver), (receives, receiver)))
            receives = receives._replace(tax=receives.tax - reduced, reduced=reduced)
            if may and gives.tax + receives.tax < alone[0].tax + alone[1].tax:
                return [gives, receives] if giver == 0 else [receives, gives]
    return alone


def peer_marriage(
    incomes: list[Income], alone: list[Taxed], amount: float, work: Callable[..., Taxed], nation: int, law: Any
) -> list[Taxed]:
    """The peer's way: what one leaves unused, in tens, up to the amount, off the other's taxable income."""
    result = list(alone)
    for receiver, giver in ((1, 0), (0, 1)):
        unused = max(alone[giver].allowance - incomes[giver].net, 0.0)
        transferred = min(math.ceil(unused / law.marriage_allowance.rounding) * law.marriage_allowance.rounding, amount)
        basic = all(at_most_basic(alone[i], incomes[i].extension, nation, law) for i in (giver, receiver))
        if transferred > 0.0 and basic and incomes[receiver].net > alone[receiver].allowance:
            lower = work(receiver, off_main=transferred)
            result[receiver] = lower._replace(reduced=alone[receiver].tax - lower.tax)
    return result


def taxes(setting: Setting, ways: Ways) -> list[Taxed]:
    """Everyone's tax in the order of records."""
    result: list[Taxed | None] = [None] * len(setting.people.persons)
    for b, first, second in setting.couples():
        unit = setting.people.benefit_units[b]
        for p, each in zip((first, second), couple_taxed(setting, first, second, bool(unit["married"]), ways), strict=False):
            result[p] = each
        for p in range(first + (2 if second >= 0 else 1), int(unit["last_person"])):
            result[p] = couple_taxed(setting, p, -1, False, ways)[0]
    return [each for each in result if each is not None]


def charge_on_high_incomes(setting: Setting, adjusted: np.ndarray, anyone: bool, by_week: bool = False) -> np.ndarray:
    """ITEPA 2003 ss.681B-681C: on claimant or partner; in the peer's way on anyone in the unit, or on each week's benefit."""
    law = setting.law.values["child_benefit_charge"]
    result = np.zeros(len(adjusted))
    for b, first, second in setting.couples():
        last = int(setting.people.benefit_units["last_person"][b]) if anyone else first + (2 if second >= 0 else 1)
        charged = first + int(np.argmax(adjusted[first:last]))
        percent = min(math.floor(max(adjusted[charged] - law.threshold, 0.0) / law.income_per_percent), law.most)
        due = float(setting.lines["child_benefit"]["child_benefit"][b]) * percent / q.PERCENT
        if by_week:
            due = math.floor(round(due / q.WEEKS_IN_YEAR * PENCE, 6)) / PENCE * q.WEEKS_IN_YEAR
        result[charged] = math.floor(round(due, 6))
    return result


def gains_tax(setting: Setting, people: list[Taxed]) -> np.ndarray:
    """TCGA 1992 ss.1D-1K: gains above the exempt amount, by what income leaves of the basic rate band."""
    law = setting.law.values["capital_gains_tax"]
    result = np.zeros(len(people))
    for p, each in enumerate(people):
        gains = max(float(setting.people.persons["capital_gains"][p]) - law.annual_exempt_amount, 0.0)
        gift = float(setting.people.persons["gift_aid"][p]) / (1.0 - setting.tax_law.relief_at_source_rate)
        room = max(setting.tax_law.basic_rate_limit + gift - each.main - each.other, 0.0)
        result[p] = law.basic_rate * min(gains, room) + law.higher_rate * max(gains - room, 0.0)
    return result


def income_tax(setting: Setting) -> dict[str, Predicted]:
    """Differences in income tax and its charges, each worked on top of the ones before."""
    found: dict[str, Predicted] = {}
    before = taxes(setting, Ways())
    charged = charge_on_high_incomes(setting, np.array([each.adjusted for each in before]), anyone=False)
    for difference, ways in TAX_STEPS:
        after = taxes(setting, ways)
        change = np.array([one.tax - other.tax for one, other in zip(before, after, strict=True)])
        charges = charge_on_high_incomes(setting, np.array([each.adjusted for each in after]), anyone=False)
        found[difference.name] = {
            "income_tax_pre_charges": change,
            "CB_HITC": charged - charges,
            "income_tax": change + charged - charges,
            "capital_gains_tax": gains_tax(setting, before) - gains_tax(setting, after),
        }
        before, charged = after, charges
    to_anyone = charge_on_high_incomes(setting, np.array([each.adjusted for each in before]), anyone=True)
    found[HIGH_INCOME_CHARGE.name] = {"CB_HITC": charged - to_anyone, "income_tax": charged - to_anyone}
    by_week = charge_on_high_incomes(setting, np.array([each.adjusted for each in before]), anyone=True, by_week=True)
    found[WEEKLY_CHARGE.name] = {"CB_HITC": to_anyone - by_week, "income_tax": to_anyone - by_week}
    return found


# ---- student loans -------------------------------------------------------------------------------------------------


def student_loans(setting: Setting) -> dict[str, Predicted]:
    """Plan 5 in 2025-26: what the peer has borrowers repay."""
    people, law = setting.people.persons, setting.law.values["student_loan"]
    peer = np.floor(law.rate * np.maximum(people["earnings"] - law.threshold.plan_5, 0.0))
    applies = (people["student_loan"] == q.StudentLoan.PLAN_5) & (setting.year < "2026-27")
    return {PLAN_5.name: {"student_loan_repayments": np.where(applies, -peer, 0.0)}}


# ---- Universal Credit ----------------------------------------------------------------------------------------------

ELEMENTS = {
    "uc_standard_allowance": "standard_allowance",
    "uc_child_element": "child_element",
    "uc_LCWRA_element": "health_element",
    "uc_carer_element": "carer_element",
    "uc_childcare_element": "childcare_element",
    "uc_housing_costs_element": "housing_element",
    "uc_maximum_amount": "maximum_amount",
}
"""The peer's names of elements and ours."""


class Award(NamedTuple):
    """What an award is worked from, £ a year."""

    maximum: np.ndarray
    earned: np.ndarray
    work_allowance: np.ndarray
    unearned: np.ndarray

    def amount(self, law: Any) -> np.ndarray:
        reduction = law.taper * np.maximum(self.earned - self.work_allowance, 0.0)
        due = np.maximum(self.maximum - reduction - self.unearned, 0.0)
        return np.where(due < law.minimum_award * q.MONTHS_IN_YEAR, 0.0, due)


def award_of(lines: Assessment) -> Award:
    credit = lines["universal_credit"]
    return Award(
        credit["maximum_amount"],
        credit["earned_income_with_floor"],
        credit["work_allowance"],
        credit["unearned_income"] + credit["tariff_income"],
    )


def with_persons(people: Population, persons: np.ndarray) -> Population:
    tables = (persons, people.benefit_units.copy(), people.households.copy())
    return population(*tables, name=people.name, year=people.year, kind=people.kind)


def schooling_removed(setting: Setting, who: np.ndarray) -> Assessment:
    """The year worked as if these people were in no education."""
    persons = setting.people.persons.copy()
    persons["education"][who] = q.Education.NONE
    return assess(with_persons(setting.people, persons), setting.law)


def credit_steps(setting: Setting) -> Iterator[tuple[Difference, Award, Predicted]]:
    """Each way of the peer on top of the ones before: the award's parts, and the elements that differ."""
    people = setting.people.persons
    adult = people["role"] != q.Role.DEPENDANT
    parts = award_of(setting.lines)
    for difference, who in (
        (STUDENTS, adult & (people["education"] != q.Education.NONE)),
        (YOUNG_PERSON, ~adult & (people["age"] == 19) & (people["education"] != q.Education.NONE)),
    ):
        other = schooling_removed(setting, who) if who.any() else setting.lines
        concerned = np.isin(np.arange(len(setting.people.benefit_units)), people["benefit_unit"][who])
        elements = {
            peer: np.where(concerned, setting.lines["universal_credit"][ours] - other["universal_credit"][ours], 0.0)
            for peer, ours in ELEMENTS.items()
        }
        changed = award_of(other)
        parts = Award(*(np.where(concerned, new, old) for new, old in zip(changed, parts, strict=True)))
        yield difference, parts, elements
    lower = bedrooms_lost(setting)
    parts = parts._replace(maximum=parts.maximum - lower)
    yield BEDROOM, parts, {"uc_housing_costs_element": lower, "uc_maximum_amount": lower}
    raised = floor_for_any_profit(setting, parts.earned)
    parts = parts._replace(earned=raised)
    yield MAIN_WORK, parts, {}
    earned, unearned = counted_as_earned(setting)
    parts = parts._replace(earned=parts.earned + earned, unearned=parts.unearned - unearned)
    yield OTHER_INCOME, parts, {}
    parts = parts._replace(earned=parts.earned + tax_on_pay_differs(setting))
    yield MARRIAGE, parts, {}


def bedrooms_lost(setting: Setting) -> np.ndarray:
    """The housing element of a lone parent and one young person of 16 or more: two bedrooms, less one."""
    lost = np.zeros(len(setting.people.benefit_units))
    people, homes = setting.people.persons, setting.people.households
    rates = setting.law.places["universal_credit"]
    for b, unit in enumerate(setting.people.benefit_units):
        home = homes[unit["household"]]
        members = people[unit["first_person"] : unit["last_person"]]
        alone = len(members) == 2 and not unit["couple"] and home["last_person"] - home["first_person"] == 2
        if alone and 16 <= members["age"][1] < 20 and home["tenure"] == q.Tenure.PRIVATE_RENT and members["education"][1] != 0:
            two, one = (rates[name][home["brma"]] * q.MONTHS_IN_YEAR for name in ("two_bedrooms", "one_bedroom"))
            lost[b] = min(float(home["rent"]), two) - min(float(home["rent"]), one)
    return lost


def floor_for_any_profit(setting: Setting, earned: np.ndarray) -> np.ndarray:
    """The peer's earned income where someone's business is not the main work: raised to that person's floor."""
    result = earned.copy()
    law = setting.law.values["universal_credit"].minimum_income_floor
    people = setting.people.persons
    for b, first, second in setting.couples():
        for p in (first, second) if second >= 0 else (first,):
            person = people[p]
            profit, pay = float(person["self_employment"]), float(person["earnings"])
            if not 0.0 < profit <= pay or person["work_capability"] != q.WorkCapability.FULL:
                continue
            hours = law.hours_with_child if looks_after_a_child(setting, b, p, law) else law.hours
            gross = hours * law.wage * q.WEEKS_IN_YEAR
            allowance = setting.tax_law.personal_allowance
            floor = gross - law.tax_rate * max(gross - allowance, 0.0) - law.contribution_rate * max(gross - law.contributions_from, 0.0)
            result[b] += max(floor - net_pay(setting, p), 0.0)
    return result


def looks_after_a_child(setting: Setting, b: int, p: int, law: Any) -> bool:
    """SI 2013/376 reg.88: the parent with fewer hours, or else lower pay, of a child for whom fewer hours are expected."""
    unit, people = setting.people.benefit_units[b], setting.people.persons
    first = int(unit["first_person"])
    children = [int(people["age"][i]) for i in range(first, int(unit["last_person"])) if setting.lines["dependants"]["child"][i] == 1.0]
    if not children or min(children) >= law.full_hours_from_child_age:
        return False
    if not unit["couple"]:
        return True
    other = first + 1 if p == first else first
    mine, theirs = people[p], people[other]
    return (mine["hours"], mine["earnings"] + max(mine["self_employment"], 0.0)) < (
        theirs["hours"],
        theirs["earnings"] + max(theirs["self_employment"], 0.0),
    )


def net_pay(setting: Setting, p: int) -> float:
    """A person's pay and profit after contributions, tax on them and National Insurance."""
    person = setting.people.persons[p]
    gross = float(person["earnings"]) + max(float(person["self_employment"]), 0.0) - float(person["employment_expenses"])
    tax = float(setting.lines["income_tax"]["tax_on_earnings"][p])
    insurance = float(setting.lines["national_insurance"]["national_insurance"][p])
    return max(gross - float(person["pension_net_pay"]) - tax - insurance, 0.0)


def counted_as_earned(setting: Setting) -> tuple[np.ndarray, np.ndarray]:
    """By unit: other taxable income after the tax on it, which the peer adds to earnings, and before it, which the law counts."""
    units = len(setting.people.benefit_units)
    earned, unearned = np.zeros(units), np.zeros(units)
    law = setting.tax_law
    for b, first, second in setting.couples():
        for p in (first, second) if second >= 0 else (first,):
            person = setting.people.persons[p]
            other = max(float(person["other_income"]), 0.0)
            if other == 0.0:
                continue
            nation = setting.nation(p)
            allowances = float(setting.lines["income_tax"]["personal_allowance"][p])
            allowances += float(person["blind"]) * law.blind_persons_allowance
            pay = float(person["earnings"]) - float(person["employment_expenses"]) - float(person["pension_net_pay"])
            pay = max(pay, 0.0) + max(float(person["self_employment"]), 0.0)
            extension = float(person["gift_aid"]) / (1.0 - law.relief_at_source_rate)
            less, more = max(pay - allowances, 0.0), max(pay + other - allowances, 0.0)
            earned[b] += other - main_tax(less, more, extension, nation, law)
            unearned[b] += other
    return earned, unearned


def tax_on_pay_differs(setting: Setting) -> np.ndarray:
    """By unit: how much less tax the peer takes off pay, where marriage takes more or less off it (in Scotland at other rates)."""
    result = np.zeros(len(setting.people.benefit_units))
    for b, first, second in setting.couples():
        if second < 0 or not setting.people.benefit_units["married"][b]:
            continue
        ours = couple_taxed(setting, first, second, True, Ways())
        peers = couple_taxed(setting, first, second, True, Ways(marriage=True))
        for one, other, p in zip(ours, peers, (first, second), strict=True):
            if setting.people.persons["earnings"][p] > 0.0 and one.main > 0.0:
                result[b] += other.reduced - one.reduced
    return result


def universal_credit(setting: Setting) -> dict[str, Predicted]:
    """Differences in the elements, in the award, and in the award after the cap."""
    law = setting.law.values["universal_credit"]
    found: dict[str, Predicted] = {}
    parts = award_of(setting.lines)
    before = parts.amount(law) * (setting.lines["universal_credit"]["eligible"] == 1.0)
    capped, cut = after_cap(setting, before, parts.earned)
    for difference, after_parts, elements in credit_steps(setting):
        after = after_parts.amount(law)
        if difference is not STUDENTS:
            after = np.where(after_parts.maximum > 0.0, after, 0.0)
        capped_after, cut_after = after_cap(setting, after, after_parts.earned)
        found[difference.name] = {
            **elements,
            "universal_credit_pre_benefit_cap": before - after,
            "universal_credit": capped - capped_after,
            "benefit_cap_reduction": cut - cut_after,
        }
        before, capped, cut = after, capped_after, cut_after
    return found


def after_cap(setting: Setting, award: np.ndarray, earned: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """WRA 2012 s.96, SI 2013/376 regs 78-83: an award after the cap, and the reduction."""
    law, lines = setting.law.values["benefit_cap"], setting.lines["benefit_cap"]
    people, units = setting.people, setting.people.benefit_units
    london = people.households["region"][units["household"]] == q.Region.LONDON
    children = setting.lines["child_benefit"]["children"]
    single = (units["couple"] == 0) & (children == 0.0)
    cap = np.where(single, np.where(london, *law.single_without_children), np.where(london, *law.couple_or_parent))
    exempt = (lines["exempt"] == 1.0) | (earned >= law.earnings_threshold * q.MONTHS_IN_YEAR)
    exempt |= np.array([is_exempt(setting, b) for b in range(len(units))])
    over = award + setting.lines["child_benefit"]["child_benefit"] - cap - setting.lines["universal_credit"]["childcare_element"]
    cut = np.where(exempt, 0.0, np.minimum(np.maximum(over, 0.0), award))
    return award - cut, cut


def is_exempt(setting: Setting, b: int) -> bool:
    """SI 2013/376 reg.83: a disability benefit in the unit, or an adult who is ill or cares."""
    unit = setting.people.benefit_units[b]
    rows = slice(int(unit["first_person"]), int(unit["last_person"]))
    persons = setting.people.persons[rows]
    adult = persons["role"] != q.Role.DEPENDANT
    ill = persons["work_capability"] == q.WorkCapability.LIMITED_WORK_RELATED
    cares = setting.lines["carers_allowance"]["regular_carer"][rows] == 1.0
    disabled = setting.lines["disability_benefits"]["disability_benefits"][rows] > 0.0
    return bool(disabled.any() or (adult & (ill | cares)).any())


# ---- Pension Credit ------------------------------------------------------------------------------------------------


class Counted(NamedTuple):
    """By unit: tax that the peer takes off pensioners' income and we do not, and the rent and losses that it counts."""

    tax: np.ndarray
    rent: np.ndarray
    losses: np.ndarray


def pension_credit_incomes(setting: Setting) -> Counted:
    """What the peer counts otherwise in pensioners' income, apart from capital."""
    units = len(setting.people.benefit_units)
    tax, rent, losses = np.zeros(units), np.zeros(units), np.zeros(units)
    peers = taxes(setting, TAX_STEPS[-1][1])
    lines = setting.lines["income_tax"]
    for b, first, second in setting.couples():
        for p in (first, second) if second >= 0 else (first,):
            person = setting.people.persons[p]
            pensions = float(person["private_pension"]) + float(setting.lines["state_pension"]["state_pension"][p])
            pensions += float(setting.lines["carers_allowance"]["carers_allowance"][p])
            on_pay = float(lines["tax_on_earnings"][p])
            tax_due = float(lines["income_tax"][p] - lines["annual_allowance_charge"][p])
            counted = on_pay + min(max(tax_due - on_pay, 0.0), pensions)
            tax[b] += peers[p].tax - counted
            rent[b] += max(float(person["property_income"]), 0.0)
            losses[b] -= sum(min(float(person[name]), 0.0) for name in ("self_employment", "property_income", "other_income"))
    return Counted(tax, rent, losses)


def pension_award(setting: Setting, income: np.ndarray, one_is_enough: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """SPCA 2002 ss.2-3: guarantee and savings credit on an income."""
    law, lines = setting.law.values["pension_credit"], setting.lines["pension_credit"]
    units, persons = setting.people.benefit_units, setting.people.persons
    guarantee = np.maximum(lines["minimum_guarantee"] - income, 0.0)
    counts = any if one_is_enough else all
    early = np.array(
        [
            counts(
                persons["age"][p]
                >= (law.savings_credit.men_from_age if persons["sex"][p] == q.Sex.MALE else law.savings_credit.women_from_age)
                for p in ((first, second) if second >= 0 else (first,))
            )
            for _, first, second in setting.couples()
        ]
    )
    couple = units["couple"] == 1
    threshold = np.where(couple, law.savings_credit.threshold_couple, law.savings_credit.threshold_single) * q.WEEKS_IN_YEAR
    most = law.savings_credit.accrual * (lines["standard_guarantee"] - threshold)
    built = np.clip(law.savings_credit.accrual * (income - threshold), 0.0, most)
    savings = np.maximum(built - law.savings_credit.withdrawal * np.maximum(income - lines["minimum_guarantee"], 0.0), 0.0)
    return guarantee, np.where(early, savings, 0.0)


def pension_credit(setting: Setting) -> dict[str, Predicted]:
    """Differences in Pension Credit and its parts."""
    lines = setting.lines["pension_credit"]
    eligible = lines["eligible"] == 1.0
    counted = pension_credit_incomes(setting)
    income = lines["income"]
    steps = (
        (TAX_ON_COUNTED_INCOME, income - counted.tax, False),
        (RENT_AS_CAPITAL, income - counted.tax + counted.rent, False),
        (LOSSES, income - counted.tax + counted.rent - counted.losses, False),
        (BOTH_BEFORE_2016, income - counted.tax + counted.rent - counted.losses, True),
    )
    before = pension_award(setting, np.maximum(income, 0.0))
    found: dict[str, Predicted] = {}
    for difference, peers, one_is_enough in steps:
        after = pension_award(setting, np.maximum(peers, 0.0), one_is_enough)
        guarantee, savings = (np.where(eligible, one - other, 0.0) for one, other in zip(before, after, strict=True))
        found[difference.name] = {"guarantee_credit": guarantee, "savings_credit": savings, "pension_credit": guarantee + savings}
        before = after
    return found


# ---- council tax reduction -----------------------------------------------------------------------------------------


def council_tax_reduction(setting: Setting, lines: np.ndarray) -> dict[str, Predicted]:
    """Differences in the reduction, given its own lines (worked on what the peer counts for it, over its year of 52 weeks)."""
    law = setting.law.values["council_tax_reduction"]
    homes = setting.people.households[setting.people.benefit_units["household"]]
    national = np.isin(homes["nation"], (q.Nation.SCOTLAND, q.Nation.WALES))
    pensioner = lines["pension_age"] == 1.0
    counted = pension_credit_incomes(setting)
    worked = pensioner & (lines["passported"] == 0.0)

    savings_credit = sum(found["savings_credit"] for found in pension_credit(setting).values())
    raised = np.where(national, earlier_amount(setting), 0.0)

    def means(income: np.ndarray, more: np.ndarray | float) -> np.ndarray:
        excess = np.maximum(np.maximum(income, 0.0) - lines["applicable_amount"] - more, 0.0)
        return np.where(worked, np.maximum(lines["maximum"] - law.pension_age.taper * excess, 0.0), 0.0)

    income = lines["income"]
    less_tax = income - counted.tax - savings_credit
    with_rent = less_tax + counted.rent
    less_losses = with_rent - counted.losses
    steps = [
        (TAX_ON_COUNTED_INCOME, means(less_tax, 0.0)),
        (RENT_AS_CAPITAL, means(with_rent, 0.0)),
        (LOSSES, means(less_losses, 0.0)),
        (EARLIER_AMOUNT, means(less_losses, raised)),
    ]
    before = means(income, 0.0)
    found: dict[str, Predicted] = {}
    for difference, after in steps:
        found[difference.name] = {"council_tax_benefit": before - after}
        before = after
    working_age = national & ~pensioner & (setting.lines["council_tax"]["council_tax"][setting.people.benefit_units["household"]] > 0.0)
    older = np.where(working_age, lines["council_tax_reduction"] - older_form(setting, lines), 0.0)
    found[EARNINGS.name] = {"council_tax_benefit": older}
    return found


def earlier_amount(setting: Setting) -> np.ndarray:
    """By unit: how much higher the amount is for those who reached pension age before April 2021, where nobody of the unit did."""
    law = setting.law.values["council_tax_reduction"].pension_age.amounts
    ages = setting.people.persons["age"]
    oldest = np.array([max(int(ages[p]) for p in ((first, second) if second >= 0 else (first,))) for _, first, second in setting.couples()])
    couple = setting.people.benefit_units["couple"] == 1
    more = np.where(couple, law.couple_earlier - law.couple, law.single_earlier - law.single) * q.WEEKS_IN_YEAR
    return np.where(oldest >= law.earlier_from_age, 0.0, more)


def older_form(setting: Setting, lines: np.ndarray) -> np.ndarray:
    """The peer's reduction for those of working age in Scotland and Wales."""
    law = setting.law.values["council_tax_reduction"]
    units, persons = setting.people.benefit_units, setting.people.persons
    result = np.zeros(len(units))
    for b, first, second in setting.couples():
        oldest = max(int(persons["age"][p]) for p in ((first, second) if second >= 0 else (first,)))
        children = float(setting.lines["child_benefit"]["children"][b])
        weekly = law.working_age.couple
        if second < 0:
            weekly = law.working_age.single if oldest >= law.working_age.full_rate_age or children else law.working_age.single_younger
        income = float(setting.lines["benefit_cap"]["universal_credit"][b] + setting.lines["child_benefit"]["child_benefit"][b])
        income += float(setting.lines["universal_credit"]["earned_income"][b] + setting.lines["universal_credit"]["unearned_income"][b])
        excess = max(income - weekly * q.WEEKS_IN_YEAR, 0.0)
        result[b] = max(float(lines["maximum"][b]) - law.pension_age.taper * excess, 0.0)
    return result


# ---- all of them ---------------------------------------------------------------------------------------------------


def predicted(setting: Setting, reduction_lines: np.ndarray) -> dict[str, Predicted]:
    """By difference and variable: the size of difference it predicts for every record."""
    found: dict[str, Predicted] = {}
    for part in (
        income_tax(setting),
        student_loans(setting),
        universal_credit(setting),
        pension_credit(setting),
        council_tax_reduction(setting, reduction_lines),
    ):
        for name, variables in part.items():
            mine = found.setdefault(name, {})
            for variable, sizes in variables.items():
                mine[variable] = mine[variable] + sizes if variable in mine else sizes
    return found
