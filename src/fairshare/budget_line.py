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
NEXT_POUND = 1.0
_MONEY = {column.name for column in PERSON if column.unit == "£ a year"}
_VARY = re.compile(r"(?:(?P<who>[^.=]+)\.)?(?P<field>\w+)=(?P<start>-?[\d_.]+):(?P<stop>-?[\d_.]+):(?P<step>[\d_.]+)")


class BudgetLine(NamedTuple):
    """Net income by the amount varied: arrays of one value a point, £ a year and shares of 1."""

    who: str
    field: str
    amounts: np.ndarray
    net_income: np.ndarray
    marginal_rate: np.ndarray
    """Effective marginal tax rate: the part of the next £1 that is not kept. Not a number where what varies is hours."""
    lost_to_next: np.ndarray
    """The part that is not kept of each £1 from this point to the next, on average: it holds charges and limits met between them."""
    participation_rate: np.ndarray
    """Participation tax rate: the part of the whole amount that is not kept."""
    reform_net_income: np.ndarray | None


def budget_line(household: HouseholdFile, vary: str, scenario: str | None = None) -> BudgetLine:
    """Work the household at each amount of `vary` ('earnings=0:60000:100', or 'Sam.earnings=...'; start:stop:step)."""
    who, field, amounts = _amounts(household, vary)
    person, points = household.names.index(who), len(amounts)
    base, law = law_in_force(household.year), None
    if scenario is not None:
        from fairshare.scenario import laws, read_scenario

        base, law = laws(read_scenario(scenario), household.year, int(household.population.households["council"][0]))
    further = amounts + NEXT_POUND if field in _MONEY else amounts[:0]
    worked = net_income(varied(household.population, person, field, np.concatenate([amounts, further])), base)
    net, with_next_pound = worked[:points], worked[points:]
    earned = np.where(amounts == amounts[0], np.nan, amounts - amounts[0])
    return BudgetLine(
        who,
        field,
        amounts,
        net,
        marginal_rate=1.0 - (with_next_pound - net) / NEXT_POUND if field in _MONEY else np.full(points, np.nan),
        lost_to_next=np.append(lost(amounts, net), np.nan),
        participation_rate=1.0 - (net - net[0]) / earned,
        reform_net_income=net_income(varied(household.population, person, field, amounts), law) if law is not None else None,
    )


def lost(amounts: np.ndarray, net: np.ndarray) -> np.ndarray:
    """(points - 1,) the part of each £1 between neighbouring points that is not kept, on average."""
    return np.asarray(1.0 - np.diff(net) / np.diff(amounts))


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
            "lost_of_each_pound_to_the_next_point": _rate(made.lost_to_next[i]),
            "participation_tax_rate": _rate(made.participation_rate[i]),
        }
        | ({"reform_net_income": round(float(reform[i]), 2)} if reform is not None else {})
        for i in range(len(made.amounts))
    ]
    return {"who": made.who, "vary": made.field, "unit": "£ a year", "points": rows}


def _rate(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)


def chart(made: BudgetLine, where: str, year: str) -> Chart:
    """The budget line as a picture: net income above, and below what is lost of each pound up to the next point."""
    from fairshare.report.charts import Chart, Series

    what, first, last = made.field.replace("_", " "), made.amounts[0], made.amounts[-1]
    lines = [Series("Today", _values(made.net_income, 1.0))]
    if made.reform_net_income is not None:
        lines.append(Series("Proposal", _values(made.reform_net_income, 1.0)))
    parts = Series("lost of each £1 up to the next point today, pence", _values(made.lost_to_next, PENCE))
    income = f"from £{made.net_income[0]:,.0f} to £{made.net_income[-1]:,.0f}"
    return Chart(
        id="budget-line",
        kind="budget_line",
        title=f"Net income as {made.who}'s {what} rise from £{first:,.0f} to £{last:,.0f}",
        subtitle=f"Disposable income of the household. {where}, {year}, £ a year.",
        labels=tuple(f"{amount:.2f}" for amount in made.amounts),
        series=(*lines, parts),
        unit="£ a year",
        alt=f"Net income rises {income} as {made.who}'s {what} rise from £{first:,.0f} to £{last:,.0f}; below it, what is lost of "
        f"each pound up to the next point.",
        source=f"Source: fairshare {__version__}, the household of a file; one household, and the law of {year}.",
        first_column=f"{made.who}'s {what}, £ a year",
    )


def _values(amounts: np.ndarray, times: float) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(amount) else float(amount) * times for amount in amounts)


def as_text(made: BudgetLine, per: str, most_rows: int = 25) -> str:
    """A table of the line, thinned to be read: what is kept of the next £1, and on average of each £1 up to the next row."""
    rows_shown = np.arange(0, len(made.amounts), max(len(made.amounts) // most_rows, 1))
    to_next = np.append(lost(made.amounts[rows_shown], made.net_income[rows_shown]), np.nan)
    head = f"{made.who}'s {made.field.replace('_', ' ')}"
    lines = [
        f"{'':>24}{'':>16}{'Kept of':>12}{'Kept of each £1':>18}",
        f"{head:>24}{'Net income':>16}{'the next £1':>12}{'to the next line':>18}",
    ]
    for i, part in zip(rows_shown.tolist(), to_next, strict=True):
        bar = "" if np.isnan(part) else "#" * round(max(min(part, 1.5), 0.0) * 20)
        row = f"{_at(made, i, per):>24}{amount(made.net_income[i], per):>16}{_kept(made.marginal_rate[i]):>12}{_kept(part):>18}  {bar}"
        if made.reform_net_income is not None:
            row += f"  {amount(made.reform_net_income[i] - made.net_income[i], per)} under the proposal"
        lines.append(row.rstrip())
    return "\n".join([*lines, f"Amounts for each {per}. The bar is what is lost of each £1 to the next line; over 100p, more leaves less."])


def _at(made: BudgetLine, i: int, per: str) -> str:
    """The varied amount at a point: money for the period, hours as they are."""
    return amount(made.amounts[i], per) if made.field in _MONEY else f"{made.amounts[i]:g}"


def _kept(lost_part: float) -> str:
    return "" if np.isnan(lost_part) else f"{PENCE * (1 - lost_part):.0f}p"
