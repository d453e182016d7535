"""New council homes as a Housing Revenue Account would keep them: what they cost, earn and owe, year by year.

The account is the landlord's alone: rents in; management, repairs, interest and debt out. What others gain stands beside it and never
in it: tenants, the housing support that is saved, and temporary accommodation that is avoided. Every input is an assumption that
whoever asks may replace. Figures are pounds, in the money of each year; rent is paid at the end of a year.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import Area
from fairshare.faults import Fault
from fairshare.law import place_table
from fairshare.parameters import YEARS, Fact, check_year, parameters
from fairshare.population.synthetic import figures
from fairshare.quantities import MONTHS_IN_YEAR, REGION_NAMES, WEEKS_IN_YEAR, Nation
from fairshare.rules import INSTRUMENTS

HALF_A_PENNY = 0.005
"""Less than this is nothing owed, £."""
LONGEST = 60
HORIZONS = (30, 50)
"""Years over which councils weigh a scheme; the longer is also the term of the level repayment."""
RENT_SURVEY_YEAR = "2023-24"


class Plan(NamedTuple):
    """What a scheme assumes. Money is a home's, in the first year, unless it says otherwise."""

    homes: float
    cost: float
    """To build, with land and fees."""
    grant: float
    own_money: float
    """Receipts from sales, or the council's own capital."""
    rate: float
    """Interest on what is borrowed, a share a year."""
    rent: float
    """A week."""
    voids: float
    """Share of rent lost to empty homes and bad debts."""
    management: float
    repairs: float
    major_repairs: float
    rent_growth: float
    cost_growth: float
    sold: float = 0.0
    """Share of the homes sold under the Right to Buy each year."""
    sold_after: int = 0
    """Years before the first sale."""
    value: float = 0.0
    discount: float = 0.0
    cost_floor_years: int = 0
    private_rent: float = 0.0
    """A week, for a like home."""
    allowance: float = 0.0
    """The most that housing support meets of a private rent, a week."""
    helped: float = 0.0
    """Share of tenants whose rent is met in part by a means test."""
    moved_on: float = 0.0
    """Share of the homes first let to households in temporary accommodation."""
    temporary_cost: float = 0.0
    temporary_years: int = 0
    years: int = LONGEST


class HomesYear(NamedTuple):
    """One year of the whole scheme, £."""

    year: int
    homes: float
    rent: float
    lost_rent: float
    management: float
    repairs: float
    major_repairs: float
    net_rent: float
    debt_at_start: float
    interest: float
    after_interest: float
    """Net rent less interest; below zero, the debt grows by it."""
    sales: float
    """Receipts from homes sold under the Right to Buy."""
    put_aside: float
    """What is left once nothing is owed."""
    debt_at_end: float
    housing_support_saved: float
    tenants_save: float
    temporary_accommodation_avoided: float


class Account(NamedTuple):
    """A scheme's years, and the figures that councils weigh it by (whole scheme, £; years counted from 1, None for never)."""

    plan: Plan
    years: tuple[HomesYear, ...]
    debt: float
    """Borrowed at the start."""
    level_repayment: float
    """A year, over the longer horizon."""
    value_30: float
    """Net present value over 30 years, at the borrowing rate."""
    value_50: float
    interest_cover: float
    """Net rent over interest in the first year."""
    covers_interest: int | None
    """First year in which net rent meets the interest on what was borrowed."""
    covers_repayment: int | None
    """First year in which net rent meets the level repayment."""
    peak_debt: float
    peak_year: int
    repaid: int | None
    grant_needed: float
    """A home, for a net present value of zero over 50 years."""


def account(plan: Plan) -> Account:
    """The scheme worked year by year. Raises Fault when an input cannot be."""
    _check(plan)
    borrowed = plan.homes * (plan.cost - plan.grant - plan.own_money)
    years: list[HomesYear] = []
    debt = borrowed
    for year in range(1, max(plan.years, *HORIZONS) + 1):
        years.append(_year(plan, year, debt))
        debt = years[-1].debt_at_end
    flows = np.array([each.net_rent + each.sales for each in years])
    short, long = (_present_value(flows[:horizon], plan.rate) - borrowed for horizon in HORIZONS)
    repayment = level_repayment(borrowed, plan.rate, HORIZONS[-1])
    interest = borrowed * plan.rate
    shown = tuple(years[: plan.years])
    peak = max(shown, key=lambda each: each.debt_at_end)
    return Account(
        plan=plan,
        years=shown,
        debt=borrowed,
        level_repayment=repayment,
        value_30=short,
        value_50=long,
        interest_cover=years[0].net_rent / interest if interest > 0 else float("inf"),
        covers_interest=_first(shown, lambda each: each.net_rent >= interest),
        covers_repayment=_first(shown, lambda each: each.net_rent >= repayment),
        peak_debt=max(peak.debt_at_end, borrowed),
        peak_year=peak.year if peak.debt_at_end > borrowed else 0,
        repaid=_first(shown, lambda each: each.debt_at_end < HALF_A_PENNY),
        grant_needed=plan.grant - long / plan.homes,
    )


def _check(plan: Plan) -> None:
    if plan.homes <= 0:
        raise Fault("A scheme needs at least one home; give --homes a number above 0.")
    if not 1 <= plan.years <= LONGEST:
        raise Fault(f"An account runs from 1 to {LONGEST} years; give --years such a number.")
    if plan.grant + plan.own_money > plan.cost:
        raise Fault(f"The grant and own money (£{plan.grant + plan.own_money:,.0f} a home) are more than the cost (£{plan.cost:,.0f}).")
    for name in Plan._fields:
        value = getattr(plan, name)
        if not np.isfinite(value) or (value < 0 and not name.endswith("growth")):
            raise Fault(f"--{name.replace('_', '-')} must be a number of at least 0.")
    for name in ("voids", "sold", "helped", "moved_on", "rate"):
        if getattr(plan, name) > 1:
            raise Fault(f"--{name.replace('_', '-')} is a share from 0 to 1: write 5% as 0.05.")


def _year(plan: Plan, year: int, debt: float) -> HomesYear:
    """A year's lines, from the debt that it starts with."""
    rents = (1 + plan.rent_growth) ** (year - 1)
    costs = (1 + plan.cost_growth) ** (year - 1)
    homes = plan.homes * (1 - plan.sold) ** max(year - 1 - plan.sold_after, 0)
    rent = homes * plan.rent * WEEKS_IN_YEAR * rents
    lost = rent * plan.voids
    management, repairs, major = (homes * each * costs for each in (plan.management, plan.repairs, plan.major_repairs))
    net = rent - lost - management - repairs - major
    interest = debt * plan.rate
    sales = homes * plan.sold * _receipt(plan, year) if year > plan.sold_after else 0.0
    left = debt + interest - net - sales
    support, tenants = _others(plan, homes, rents)
    housed = plan.homes * plan.moved_on if year <= plan.temporary_years else 0.0
    return HomesYear(
        year=year,
        homes=homes,
        rent=rent,
        lost_rent=lost,
        management=management,
        repairs=repairs,
        major_repairs=major,
        net_rent=net,
        debt_at_start=debt,
        interest=interest,
        after_interest=net - interest,
        sales=sales,
        put_aside=max(-left, 0.0),
        debt_at_end=max(left, 0.0),
        housing_support_saved=support,
        tenants_save=tenants,
        temporary_accommodation_avoided=housed * plan.temporary_cost * costs,
    )


def _receipt(plan: Plan, year: int) -> float:
    """Housing Act 1985 ss.129-131: the value less the discount, and in the first years no less than the home cost or is worth."""
    value = plan.value * (1 + plan.rent_growth) ** (year - 1)
    price = max(value - plan.discount, 0.0)
    return max(price, min(value, plan.cost)) if year <= plan.cost_floor_years else price


def _others(plan: Plan, homes: float, growth: float) -> tuple[float, float]:
    """Housing support saved, and what tenants save themselves, against renting a like home privately."""
    elsewhere = homes * WEEKS_IN_YEAR * growth * (1 - plan.moved_on)
    cheaper = max(plan.private_rent - plan.rent, 0.0)
    support = plan.helped * max(min(plan.allowance, plan.private_rent) - plan.rent, 0.0)
    return elsewhere * support, elsewhere * (cheaper - support)


def level_repayment(debt: float, rate: float, years: int) -> float:
    """What is paid each year, the same in every year, to repay a debt with its interest."""
    return debt * rate / (1 - (1 + rate) ** -years) if rate > 0 else debt / years


def _present_value(flows: np.ndarray, rate: float) -> float:
    """What yearly flows, at the end of each year, are worth at the start."""
    return float((flows / (1 + rate) ** np.arange(1, len(flows) + 1)).sum())


def _first(years: tuple[HomesYear, ...], holds: Any) -> int | None:
    return next((each.year for each in years if holds(each)), None)


class Step(NamedTuple):
    """The answer when one assumption is moved and the others stay."""

    what: str
    lower: float
    """Net present value over 50 years, £, with the assumption lower."""
    higher: float


def steps(plan: Plan, year: str) -> list[Step]:
    """What decides the answer: the 50-year value with one assumption moved at a time."""
    cost, rate, growth = (float(_fact(f"steps.{name}", year).value) for name in ("cost", "rate", "growth"))
    least = plan.grant + plan.own_money
    moved: tuple[tuple[str, str, float, float], ...] = (
        (f"cost of building {cost:.0%} lower or higher", "cost", max(plan.cost * (1 - cost), least), plan.cost * (1 + cost)),
        (f"borrowing rate {rate * 100:g} point lower or higher", "rate", max(plan.rate - rate, 0.0), plan.rate + rate),
        (f"rents rise {growth * 100:g} point a year less or more", "rent_growth", plan.rent_growth - growth, plan.rent_growth + growth),
    )
    return [Step(says, _worth(plan, name, lower), _worth(plan, name, higher)) for says, name, lower, higher in moved]


def _worth(plan: Plan, name: str, value: float) -> float:
    """The 50-year value of the plan with one input replaced."""
    changed: dict[str, Any] = {name: value}
    return account(plan._replace(**changed)).value_50


# ---- a council's own assumptions -----------------------------------------------------------------------------------


class Assumption(NamedTuple):
    """One input of a plan, and where it comes from."""

    name: str
    value: float
    says: str
    source: str
    status: str


def plan_for(area: Area, year: str, **given: float | None) -> tuple[Plan, list[Assumption]]:
    """A council's plan: what was given, and published figures for the rest, with the source of each.

    Raises Fault for a council in Northern Ireland (its Housing Executive owns the homes), a year that is not covered, or an
    input that has no published figure there.
    """
    check_year(year)
    if area.nation == Nation.NORTHERN_IRELAND:
        raise Fault(f"{area.name} owns no homes to let: in Northern Ireland they belong to the Housing Executive. Try another council.")
    stated = {name: float(value) for name, value in given.items() if value is not None}
    if area.nation == Nation.WALES and "rent" not in stated:
        raise Fault(f"No published council rent for {area.name} was found; give a weekly rent, such as --rent 105.")
    known = {each.name: each for each in _published(area, year)}
    unknown = stated.keys() - set(Plan._fields)
    if unknown:
        raise Fault(f"A plan has no {', '.join(sorted(unknown))}.")
    says = {name: each.says for name, each in known.items()}
    own = [Assumption(name, value, says.get(name, name.replace("_", " ").capitalize()), "given", "") for name, value in stated.items()]
    chosen = {**known, **{each.name: each for each in own}}
    whole = {"sold_after", "cost_floor_years", "temporary_years", "years"}
    values: dict[str, Any] = {name: int(each.value) if name in whole else each.value for name, each in chosen.items()}
    order = {name: place for place, name in enumerate(Plan._fields)}
    return Plan(**values), sorted(chosen.values(), key=lambda each: order[each.name])


def _fact(path: str, year: str) -> Fact:
    """A parameter in the year; before its first date, its first value, which is then not the year's own."""
    parameter = parameters("homes")[path]
    first = parameter.values[0]
    begins = next((each for each in YEARS if first.since.year <= int(each[:4])), year)
    return parameter.in_year(max(year, begins))


def _published(area: Area, year: str) -> list[Assumption]:
    stands_in = "" if area.nation == Nation.SCOTLAND else "; no figure for this council's nation was found, so Scotland's stands in"

    def take(name: str, path: str, says: str = "") -> Assumption:
        fact = _fact(path, year)
        source = fact.source + stands_in if path.startswith("costs.") else fact.source
        return Assumption(name, float(fact.value), says or fact.says, source, fact.status)

    gilt, margin = _fact("borrowing.gilt_yield", year), _fact("borrowing.margin", year)
    found = [
        Assumption("homes", 100.0, "Homes built", "a choice of the model", ""),
        take("cost", "build.cost"),
        take("grant", "build.grant"),
        Assumption("own_money", 0.0, "Receipts from sales or own capital put in", "none, unless given", ""),
        Assumption("rate", gilt.value + margin.value, f"{gilt.says}, and {_lower(margin.says)}", gilt.source, _both(gilt, margin)),
        _rent(area, year),
        take("voids", "rent.voids"),
        take("management", "costs.management"),
        take("repairs", "costs.repairs"),
        take("major_repairs", "costs.major_repairs"),
        take("rent_growth", "rent.growth", "Rise of rents and values each year"),
        take("cost_growth", "rent.growth", "Rise of costs each year"),
        take("helped", "outside.helped"),
        Assumption("moved_on", 0.0, "Homes first let to households in temporary accommodation", "none, unless given", ""),
        take("temporary_cost", "outside.temporary_accommodation"),
        take("temporary_years", "outside.years_avoided"),
        *_elsewhere(area, year),
    ]
    return found + (_right_to_buy(area, year) if area.nation == Nation.ENGLAND else [])


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _both(*facts: Fact) -> str:
    return ", ".join(sorted({status for fact in facts if fact.status for status in fact.status.split(", ")}))


def _rent(area: Area, year: str) -> Assumption:
    """The average council rent of the region (England) or nation, moved to the year as rents rose (0 where none is published)."""
    if area.nation == Nation.SCOTLAND:
        rent, source = float(_fact("rent.scotland", year).value), _fact("rent.scotland", year).source
    else:
        region = REGION_NAMES[area.region]
        rows = figures.rows("rent_and_mortgage_by_region")
        rents = [row for row in rows if row["geography"] == region and row["tenure"] == "local authority renters"]
        rent = float(rents[0]["pounds_a_week"]) if rents else 0.0
        source = f"MHCLG, English Housing Survey 2023 to 2024: mean rent of council tenants, {region}"
    rises = parameters("homes")["rent.rise"]
    for later in [each for each in YEARS if RENT_SURVEY_YEAR < each <= year]:
        rent *= 1 + float(rises.in_year(later).value)
    where = REGION_NAMES[area.region]
    says = f"Average council rent in {where}, £ a week"
    source = f"{source}; moved to {year} by the rises of council rents that OBR expects"
    return Assumption("rent", round(rent, 2), says, source, "projected")


def _elsewhere(area: Area, year: str) -> list[Assumption]:
    """The rent of a like private home with two bedrooms, and the most that Universal Credit meets of it."""
    allowances = place_table(INSTRUMENTS["universal_credit"], year)
    allowance = float(allowances["two_bedrooms"][area.brma]) * MONTHS_IN_YEAR / WEEKS_IN_YEAR
    monthly = float(figures.council("rent_pcm_2bed_apr2026")[area.row])
    private = monthly * MONTHS_IN_YEAR / WEEKS_IN_YEAR if np.isfinite(monthly) and monthly > 0 else allowance
    source = "ONS, Price Index of Private Rents, April 2026" if private != allowance else "no published rent, so the allowance stands in"
    return [
        Assumption("private_rent", round(private, 2), "Private rent of a home with two bedrooms, £ a week", source, ""),
        Assumption("allowance", round(allowance, 2), "Local Housing Allowance for two bedrooms, £ a week", "DWP, LHA rates", ""),
    ]


def _right_to_buy(area: Area, year: str) -> list[Assumption]:
    """England alone: Scotland ended the right in 2016 and Wales in 2019."""
    sold, after, floor = (_fact(f"right_to_buy.{name}", year) for name in ("sold", "first_year", "cost_floor_years"))
    discount = _fact("right_to_buy.discount.england", year)
    price = float(figures.council("median_house_price_ye_sep2024")[area.row])
    found = [
        Assumption("sold", float(sold.value), sold.says, sold.source, sold.status),
        Assumption("sold_after", float(after.value), after.says, after.source, after.status),
        Assumption("cost_floor_years", float(floor.value), floor.says, floor.source, floor.status),
        Assumption("discount", float(discount.value[area.region]), "Largest Right to Buy discount, £", discount.source, discount.status),
    ]
    if np.isfinite(price) and price > 0:
        return [*found, Assumption("value", price, "Median price of a home sold, £", "ONS, HPSSA, year to September 2024", "")]
    return []
