"""How money moves: two teaching models in which every payment has a payer and a receiver, and the UK's own sectors.

SIM and PC are models of a textbook (Godley and Lavoie 2007, chapters 3 and 4). They teach accounting; nothing in the rest of the
model rests on them, and their multipliers say nothing about the UK. The balances of the UK's sectors are published figures.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from fairshare.faults import Fault
from fairshare.parameters import parameters
from fairshare.population.synthetic import figures

PERIODS = 10
MOST_PERIODS = 500
YEAR = "2026-27"
"""The models' values have one date; any year finds them."""


def _book(model: str) -> dict[str, float]:
    """A model's values as the book gives them."""
    return {path.split(".")[1]: float(each.in_year(YEAR).value) for path, each in parameters("money").items() if path.startswith(model)}


# ---- SIM: a government that issues money, and households ----------------------------------------------------------


class Sim(NamedTuple):
    """What decides model SIM: money a period, and shares."""

    spending: float
    tax_rate: float
    from_income: float
    """Share of disposable income spent."""
    from_wealth: float
    """Share of wealth at the start of the period spent."""


class SimPeriod(NamedTuple):
    """One period of SIM, in money."""

    period: int
    income: float
    taxes: float
    disposable_income: float
    consumption: float
    saving: float
    """What households add to their money."""
    money_held: float
    """By households, from their own account."""
    money_issued: float
    """By the government, from its own account; the two must be equal."""


def sim_of_the_book() -> Sim:
    return Sim(**_book("sim"))


def sim(model: Sim, periods: int = PERIODS, money: float = 0.0) -> tuple[SimPeriod, ...]:
    """The periods of SIM from a stock of money. Raises Fault for values that the model cannot hold."""
    _check(model, periods)
    made: list[SimPeriod] = []
    issued = money
    for period in range(1, periods + 1):
        income = (model.spending + model.from_wealth * money) / (1 - model.from_income * (1 - model.tax_rate))
        taxes = model.tax_rate * income
        disposable = income - taxes
        consumption = model.from_income * disposable + model.from_wealth * money
        saving = disposable - consumption
        money, issued = money + saving, issued + model.spending - taxes
        made.append(SimPeriod(period, income, taxes, disposable, consumption, saving, money, issued))
    return tuple(made)


def sim_steady_state(model: Sim) -> SimPeriod:
    """Where SIM comes to rest: taxes equal spending, and nothing more is saved."""
    _check(model, 1)
    income = model.spending / model.tax_rate
    disposable = income - model.spending
    money = (1 - model.from_income) / model.from_wealth * disposable
    return SimPeriod(0, income, model.spending, disposable, disposable, 0.0, money, money)


# ---- PC: bills, an interest rate, and a central bank ---------------------------------------------------------------


class Pc(NamedTuple):
    """What decides model PC: money a period, and shares."""

    spending: float
    tax_rate: float
    from_income: float
    from_wealth: float
    interest: float
    """On bills, a share a period."""
    in_bills: float
    for_interest: float
    for_spending: float


class PcPeriod(NamedTuple):
    """One period of PC, in money."""

    period: int
    income: float
    taxes: float
    disposable_income: float
    consumption: float
    wealth: float
    bills_held: float
    """By households."""
    money_held: float
    bills_issued: float
    bills_at_the_central_bank: float
    money_issued: float
    """By the central bank; no equation makes it equal the money held, and it must be."""


class _Stocks(NamedTuple):
    """What PC carries from one period to the next."""

    wealth: float
    bills_held: float
    bills_issued: float
    at_the_central_bank: float
    money: float
    interest: float


def pc_of_the_book() -> Pc:
    return Pc(**_book("pc"))


def pc(model: Pc, periods: int = PERIODS, start: Pc | None = None) -> tuple[PcPeriod, ...]:
    """The periods of PC, from nothing or from where another version of it came to rest. Raises Fault as `sim` does."""
    _check(model, periods)
    stocks = _Stocks(0, 0, 0, 0, 0, model.interest) if start is None else _stocks(pc_steady_state(start), start.interest)
    made = []
    for period in range(1, periods + 1):
        made.append(_pc_period(model, period, stocks))
        stocks = _stocks(made[-1], model.interest)
    return tuple(made)


def _stocks(after: PcPeriod, interest: float) -> _Stocks:
    held = after.bills_held, after.bills_issued, after.bills_at_the_central_bank
    return _Stocks(after.wealth, *held, after.money_issued, interest)


def _pc_period(model: Pc, period: int, before: _Stocks) -> PcPeriod:
    """A period from the stocks before it. Income settles where consumption and spending meet it."""
    received = before.interest * before.bills_held
    kept = 1 - model.tax_rate
    income = (model.spending + model.from_income * kept * received + model.from_wealth * before.wealth) / (1 - model.from_income * kept)
    taxes = model.tax_rate * (income + received)
    disposable = income - taxes + received
    consumption = model.from_income * disposable + model.from_wealth * before.wealth
    wealth = before.wealth + disposable - consumption
    bills = wealth * (model.in_bills + model.for_interest * model.interest) - model.for_spending * disposable
    profit = before.interest * before.at_the_central_bank
    issued = before.bills_issued + model.spending + before.interest * before.bills_issued - taxes - profit
    central = issued - bills
    money = before.money + central - before.at_the_central_bank
    return PcPeriod(period, income, taxes, disposable, consumption, wealth, bills, wealth - bills, issued, central, money)


def pc_steady_state(model: Pc) -> PcPeriod:
    """Where PC comes to rest: the budget balances, with interest, and wealth stays as it is."""
    _check(model, 1)
    to_wealth = (1 - model.from_income) / model.from_wealth
    bills_share = (model.in_bills + model.for_interest * model.interest) * to_wealth - model.for_spending
    room = model.tax_rate / (1 - model.tax_rate) - model.interest * bills_share
    if room <= 0:
        raise Fault(
            "Model PC has no resting place here: interest grows faster than taxes. Give a lower interest rate or a higher tax rate."
        )
    disposable = model.spending / room
    wealth, bills = to_wealth * disposable, bills_share * disposable
    interest = model.interest * bills
    taxes = model.spending + interest
    money = wealth - bills
    return PcPeriod(0, disposable + taxes - interest, taxes, disposable, disposable, wealth, bills, money, wealth, money, money)


def _check(model: Sim | Pc, periods: int) -> None:
    for name in model._fields:
        value = getattr(model, name)
        if not math.isfinite(value) or value < 0:
            raise Fault(f"--{name.replace('_', '-')} must be a number of at least 0.")
    for name in ("tax_rate", "from_income", "from_wealth"):
        if not 0 < getattr(model, name) < 1:
            raise Fault(f"--{name.replace('_', '-')} must lie between 0 and 1: write 20% as 0.2.")
    if not 1 <= periods <= MOST_PERIODS:
        raise Fault(f"--periods must be from 1 to {MOST_PERIODS}.")


# ---- the UK's sectors ----------------------------------------------------------------------------------------------

SECTORS = ("household", "corporate", "public", "rest_of_world")
DISCREPANCY = "statistical_discrepancy"
ROUNDING = 0.0005
"""How far a published quarter may be from zero: its five figures are rounded to the nearest £100,000, £ billion."""


class Balances(NamedTuple):
    """What each sector lent to the others in a period (below zero, borrowed), £ billion."""

    period: str
    household: float
    corporate: float
    public: float
    rest_of_world: float
    statistical_discrepancy: float
    """The difference between two measures of the same income."""
    total: float
    """Of all five: nothing, but for rounding."""
    status: str
    """outturn or forecast."""


def quarters() -> tuple[Balances, ...]:
    """Every published quarter, oldest first. Raises Fault when a quarter does not sum to zero."""
    made = []
    for row in figures.rows("sector_balances"):
        amounts = [float(row[name]) for name in (*SECTORS, DISCREPANCY)]
        total = math.fsum(amounts)
        if abs(total) > ROUNDING:
            raise Fault(f"sector_balances.csv: the sectors of {row['quarter']} sum to {total:.4f}, not to zero; check the row.")
        made.append(_balances(row["quarter"], [*amounts, total], row["status"]))
    return tuple(made)


def fiscal_years() -> tuple[Balances, ...]:
    """The quarters added up by fiscal year (April to March); only whole years."""
    found: dict[str, list[Balances]] = {}
    for each in quarters():
        start, quarter = int(each.period[:4]), int(each.period[-1])
        start -= quarter == 1
        found.setdefault(f"{start}-{(start + 1) % 100:02d}", []).append(each)
    return tuple(_added(name, parts) for name, parts in found.items() if len(parts) == 4)


def _added(name: str, parts: list[Balances]) -> Balances:
    amounts = [math.fsum(getattr(part, sector) for part in parts) for sector in (*SECTORS, DISCREPANCY, "total")]
    return _balances(name, amounts, "forecast" if any(part.status == "forecast" for part in parts) else "outturn")


def _balances(period: str, amounts: list[float], status: str) -> Balances:
    household, corporate, public, rest_of_world, discrepancy, total = amounts
    return Balances(period, household, corporate, public, rest_of_world, discrepancy, total, status)


# ---- multipliers ---------------------------------------------------------------------------------------------------


class Multiplier(NamedTuple):
    """What £1 more of spending, or less of a tax, may do to national income in its first year: never one figure."""

    name: str
    says: str
    none: float
    """Where people and materials are all in use, or the Bank of England offsets it."""
    official: float
    slump_low: float
    slump_high: float
    source: str
    status: str


def multipliers() -> tuple[Multiplier, ...]:
    """The range for each kind of spending and tax."""
    facts = {path.removeprefix("multipliers."): each.in_year(YEAR) for path, each in parameters("money").items()}
    low, high = facts["slump_low"], facts["slump_high"]
    return tuple(
        Multiplier(
            name, facts[name].says, 0.0, float(facts[name].value), float(low.value), float(high.value), facts[name].source, low.status
        )
        for name in ("services", "benefits", "building", "vat", "income_tax")
    )


def path_of_effect(first_year: float) -> list[float]:
    """An effect by year, fading in a straight line to nothing; only its two ends are published."""
    years = int(parameters("money")["multipliers.fades_over"].in_year(YEAR).value)
    return [first_year * (1 - year / years) for year in range(years + 1)]


def as_rows(periods: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Periods, or balances, as plain rows."""
    return [each._asdict() for each in periods]
