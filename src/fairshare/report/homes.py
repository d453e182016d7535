"""A scheme of council homes in words and as data: the finding, the account by year, what others gain, and every assumption."""

from __future__ import annotations

import textwrap
from typing import Any

from fairshare.areas import Area
from fairshare.report.shown import level, sum_of_money
from fairshare.spending.homes import HORIZONS, LONGEST, Account, Assumption, Plan, Step, account, plan_for, steps

WIDTH = 79
SHOWN_YEARS = (1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 40, 50, LONGEST)
OTHERS = ("housing_support_saved", "tenants_save", "temporary_accommodation_avoided")
SHARES = {"rate", "voids", "rent_growth", "cost_growth", "sold", "helped", "moved_on"}
COUNTS = {"homes", "sold_after", "cost_floor_years", "temporary_years", "years"}
LEFT_OUT = (
    "The account leaves out homes lost while an estate is rebuilt, the worth of the homes at the end, and tax on building work. "
    "Housing support that is saved moves money from landlords to the public. It saves no people or materials, and it is not in the "
    "council's account."
)


def homes_data(area: Area, year: str, given: dict[str, float | None]) -> dict[str, Any]:
    """The whole answer as data: the plan, its figures, each year, what decides it, and the source of each assumption."""
    plan, known = plan_for(area, year, **given)
    made = account(plan)
    figures = {name: getattr(made, name) for name in Account._fields if name not in ("plan", "years")}
    if made.debt == 0:
        figures["interest_cover"] = None
    return {
        "area": {"code": area.code, "name": area.name},
        "year": year,
        "plan": plan._asdict(),
        "figures": figures,
        "years": [each._asdict() for each in made.years],
        "what_decides_it": [each._asdict() for each in steps(plan, year)],
        "assumptions": [each._asdict() for each in known],
        "left_out": LEFT_OUT,
    }


def homes_text(area: Area, year: str, given: dict[str, float | None]) -> str:
    """The answer for a terminal, at most 79 characters wide but for the table of years."""
    plan, known = plan_for(area, year, **given)
    made = account(plan)
    title = f"{plan.homes:,.0f} council homes in {area.name}, started in {year}"
    parts = [
        f"{title}\n{'=' * len(title)}",
        *(textwrap.fill(sentence, WIDTH) for sentence in sentences(made)),
        _table(made),
        _outside(made),
        _decides(steps(plan, year)),
        _assumptions(plan, known),
        textwrap.fill(LEFT_OUT, WIDTH),
    ]
    return "\n\n".join(parts)


def sentences(made: Account) -> list[str]:
    """The finding in plain sentences."""
    plan, first = made.plan, made.years[0]
    running = f"In the first year rents would leave {level(first.net_rent)} after running the homes."
    said = [f"The council would borrow {level(made.debt)} at {plan.rate:.2%} a year. {running} Interest would be {level(first.interest)}."]
    if made.covers_interest is None:
        said.append(f"What rents leave would not meet the interest on the loan in any of {len(made.years)} years.")
    else:
        said.append(f"What rents leave would first meet the interest on the loan in year {made.covers_interest}.")
    if made.repaid is None:
        last = made.years[-1]
        left = level(last.debt_at_end / (1.0 + plan.cost_growth) ** last.year)
        said.append(f"The debt would not be repaid in {last.year} years. In today's money {left} would be owed then.")
    else:
        said.append(f"The debt would be repaid in year {made.repaid}.")
    worth, way = ("adds", "to") if made.value_50 >= 0 else ("takes", "from")
    said += [
        f"Over {HORIZONS[-1]} years the scheme {worth} {level(abs(made.value_50))} {way} the account, in today's value.",
        f"It would break even with a grant of {level(max(made.grant_needed, 0.0))} a home. The grant assumed is {level(plan.grant)}.",
    ]
    return said


def _table(made: Account) -> str:
    """Chosen years: homes, rents, running costs, what is left, interest, sales and debt, in thousands of pounds."""
    names = ("year", "homes", "rent", "running", "net rent", "interest", "sales", "debt")
    lines = ["The account by year, £ thousand", "", "  " + "".join(f"{name:>9}" for name in names)]
    for each in made.years:
        if each.year in SHOWN_YEARS:
            running = each.management + each.repairs + each.major_repairs + each.lost_rent
            money = (each.rent, running, each.net_rent, each.interest, each.sales, each.debt_at_end)
            lines.append(f"  {each.year:>9}{each.homes:>9.0f}" + "".join(f"{value / 1000:>9,.0f}" for value in money))
    return "\n".join(lines)


def _outside(made: Account) -> str:
    """What others gain, over the account's years, in the money of each year."""
    first = made.years[0]
    lines = ["Who gains outside the account, first year and all years", ""]
    for name in OTHERS:
        whole = sum(getattr(each, name) for each in made.years)
        lines.append(f"  {name.replace('_', ' '):<36}{sum_of_money(getattr(first, name)):>18}{sum_of_money(whole):>20}")
    return "\n".join(lines)


def _decides(moved: list[Step]) -> str:
    lines = [f"What decides the answer: value over {HORIZONS[-1]} years with one assumption moved", ""]
    for each in moved:
        lines.append(f"  {each.what:<44}{sum_of_money(each.lower):>16}{sum_of_money(each.higher):>18}")
    return "\n".join(lines)


def _assumptions(plan: Plan, known: list[Assumption]) -> str:
    lines = ["What it assumes (replace any with its own option)", ""]
    for each in known:
        mark = f" [{each.status}]" if each.status else ""
        first = f"  {value_words(each.name, each.value):>12}  "
        lines.append(textwrap.fill(f"{each.says}{mark}", WIDTH, initial_indent=first, subsequent_indent=" " * 16))
        lines.append(textwrap.fill(each.source, WIDTH, initial_indent=" " * 16, subsequent_indent=" " * 16))
    return "\n".join(lines)


def value_words(name: str, value: float) -> str:
    """An input as people write it: a share in per cent, a count, or pounds."""
    if name in SHARES:
        return f"{100 * value:.2f}%"
    if name in COUNTS:
        return f"{value:,.0f}"
    return f"£{value:,.2f}" if value < 1000 else f"£{value:,.0f}"
