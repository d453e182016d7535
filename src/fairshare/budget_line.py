"""A budget line: one household worked many times over, with one amount varied, for net income and marginal rates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from fairshare import __version__
from fairshare.assessment import assess
from fairshare.faults import Fault, nearest
from fairshare.household_file import HouseholdFile
from fairshare.law import Law, law_in_force
from fairshare.population.records import PERSON, Population, population
from fairshare.working import amount

if TYPE_CHECKING:
    from fairshare.report.charts import Chart

MOST_POINTS = 20_000
PENCE = 100.0
_VARY = re.compile(r"(?:(?P<who>[^.=]+)\.)?(?P<field>\w+)=(?P<start>-?[\d_.]+):(?P<stop>-?[\d_.]+):(?P<step>[\d_.]+)")


class BudgetLine(NamedTuple):
    """Net income by the amount varied: arrays of one value a point, £ a year and shares of 1."""

    who: str
    field: str
    amounts: np.ndarray
    net_income: np.ndarray
    marginal_rate: np.ndarray
    """Effective marginal tax rate: the part of each further pound that is not kept, from this point to the next."""
    participation_rate: np.ndarray
    """Participation tax rate: the part of the whole amount that is not kept."""
    reform_net_income: np.ndarray | None


def budget_line(household: HouseholdFile, vary: str, scenario: str | None = None) -> BudgetLine:
    """Work the household at each amount of `vary` ('earnings=0:60000:100', or 'Sam.earnings=...'; start:stop:step)."""
    who, field, amounts = _amounts(household, vary)
    copies = varied(household.population, household.names.index(who), field, amounts)
    base, law = law_in_force(household.year), None
    if scenario is not None:
        from fairshare.scenario import laws, read_scenario

        base, law = laws(read_scenario(scenario), household.year, int(household.population.households["council"][0]))
    net = net_income(copies, base)
    gaps = np.diff(amounts)
    marginal = np.append(1.0 - np.diff(net) / gaps, np.nan)
    earned = np.where(amounts == amounts[0], np.nan, amounts - amounts[0])
    return BudgetLine(
        who, field, amounts, net, marginal, 1.0 - (net - net[0]) / earned, net_income(copies, law) if law is not None else None
    )


def net_income(copies: Population, law: Law) -> np.ndarray:
    """(households,) disposable income of each copy, £ a year."""
    return np.asarray(assess(copies, law, remember=False)["disposable_income"]["disposable_income"])


def varied(one: Population, person: int, field: str, amounts: np.ndarray) -> Population:
    """As many copies of a population of one household as there are amounts, with one person's field set to each."""
    count = len(amounts)
    persons, units, households = (np.tile(table, count) for table in (one.persons, one.benefit_units, one.households))
    copy = np.arange(count)
    each = len(one.persons)
    for table, size in ((persons, each), (units, len(one.benefit_units))):
        table["household"] = np.repeat(copy, size)
    persons["benefit_unit"] += np.repeat(copy * len(one.benefit_units), each).astype(np.int32)
    for table, size in ((units, len(one.benefit_units)), (households, 1)):
        for name in ("first_person", "last_person"):
            table[name] += np.repeat(copy * each, size).astype(np.int32)
    for name in ("first_benefit_unit", "last_benefit_unit"):
        households[name] += (copy * len(one.benefit_units)).astype(np.int32)
    persons[field][person::each] = amounts
    return population(persons, units, households, name=f"{one.name}, {field} varied", year=one.year, kind=one.kind, says=one.says)


def _amounts(household: HouseholdFile, vary: str) -> tuple[str, str, np.ndarray]:
    match = _VARY.fullmatch(vary.strip())
    if not match:
        raise Fault(f'--vary "{vary}" is not of the form earnings=0:60000:100 (or Sam.earnings=0:60000:100; start:stop:step).')
    who = match["who"] or household.names[0]
    if who not in household.names:
        raise Fault(f'--vary: nobody here is called "{who}"{nearest(who, household.names)}')
    fields = [column.name for column in PERSON if column.unit == "£ a year" or column.unit.startswith("hours")]
    if match["field"] not in fields:
        raise Fault(f'--vary: "{match["field"]}" cannot be varied{nearest(match["field"], fields)}')
    start, stop, step = (float(match[part].replace("_", "")) for part in ("start", "stop", "step"))
    if step <= 0 or stop <= start:
        raise Fault(f'--vary "{vary}": the stop must be above the start, and the step above 0.')
    if (stop - start) / step > MOST_POINTS:
        raise Fault(f'--vary "{vary}" asks for more than {MOST_POINTS:,} points; take a larger step.')
    return who, match["field"], np.arange(start, stop + step / 2, step)


def as_data(made: BudgetLine) -> dict[str, Any]:
    """The budget line as data: a row a point."""
    reform = made.reform_net_income
    rows = [
        {
            made.field: float(made.amounts[i]),
            "net_income": round(float(made.net_income[i]), 2),
            "effective_marginal_tax_rate": _rate(made.marginal_rate[i]),
            "participation_tax_rate": _rate(made.participation_rate[i]),
        }
        | ({"reform_net_income": round(float(reform[i]), 2)} if reform is not None else {})
        for i in range(len(made.amounts))
    ]
    return {"who": made.who, "vary": made.field, "unit": "£ a year", "points": rows}


def _rate(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def chart(made: BudgetLine, where: str, year: str) -> Chart:
    """The budget line as a picture: net income above, and below what is lost of each further pound."""
    from fairshare.report.charts import Chart, Series

    what, first, last = made.field.replace("_", " "), made.amounts[0], made.amounts[-1]
    lines = [Series("Today", _values(made.net_income, 1.0))]
    if made.reform_net_income is not None:
        lines.append(Series("Proposal", _values(made.reform_net_income, 1.0)))
    lost = Series("lost of each further £1 today, pence", _values(made.marginal_rate, PENCE))
    income = f"from £{made.net_income[0]:,.0f} to £{made.net_income[-1]:,.0f}"
    return Chart(
        id="budget-line",
        kind="budget_line",
        title=f"Net income as {made.who}'s {what} rise from £{first:,.0f} to £{last:,.0f}",
        subtitle=f"Disposable income of the household. {where}, {year}, £ a year.",
        labels=tuple(f"{amount:.2f}" for amount in made.amounts),
        series=(*lines, lost),
        unit="£ a year",
        alt=f"Net income rises {income} as {made.who}'s {what} rise from £{first:,.0f} to £{last:,.0f}; below it, what is lost of "
        f"each further pound.",
        source=f"Source: fairshare {__version__}, the household of a file; one household, and the law of {year}.",
        first_column=f"{made.who}'s {what}, £ a year",
    )


def _values(amounts: np.ndarray, times: float) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(amount) else float(amount) * times for amount in amounts)


def as_text(made: BudgetLine, per: str, most_rows: int = 25) -> str:
    """A table of the line, thinned to be read, with a bar for the marginal rate."""
    every = max(len(made.amounts) // most_rows, 1)
    head = f"{made.who}'s {made.field.replace('_', ' ')}"
    rows = [f"{head:>24}{'Net income':>16}{'Kept of £1 more':>18}  Lost of each further £1"]
    for i in range(0, len(made.amounts), every):
        rate = made.marginal_rate[i]
        bar = "" if np.isnan(rate) else "#" * round(max(min(rate, 1.5), 0.0) * 20)
        kept = "" if np.isnan(rate) else f"{100 * (1 - rate):.0f}p"
        row = f"{amount(made.amounts[i], per):>24}{amount(made.net_income[i], per):>16}{kept:>18}  {bar}"
        if made.reform_net_income is not None:
            row += f"  {amount(made.reform_net_income[i] - made.net_income[i], per)} under the proposal"
        rows.append(row)
    return "\n".join([*rows, f"Amounts for each {per}; a rate over 100p lost means that earning more leaves less."])
