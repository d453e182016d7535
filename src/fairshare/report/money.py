"""How money moves, in words and as data: the teaching models, the UK's sectors, and what limits a government that issues its money."""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

from fairshare.spending.money import (
    Multiplier,
    Pc,
    PcPeriod,
    Sim,
    SimPeriod,
    as_rows,
    fiscal_years,
    multipliers,
    path_of_effect,
    pc,
    pc_of_the_book,
    pc_steady_state,
    quarters,
    sim,
    sim_of_the_book,
    sim_steady_state,
)

WIDTH = 79
NAMES = {
    "household": "households",
    "corporate": "companies",
    "public": "public",
    "rest_of_world": "abroad",
    "statistical_discrepancy": "gap",
}
SIM_COLUMNS = ("period", "income", "taxes", "disposable_income", "consumption", "saving", "money_held", "money_issued")
PC_COLUMNS = ("period", "income", "taxes", "disposable_income", "consumption", "bills_held", "money_held", "money_issued")
SHORT = {"disposable_income": "after tax", "consumption": "spent", "money_held": "money", "money_issued": "issued", "bills_held": "bills"}
MODEL_LIMITS = (
    "This is a model to learn from. It has no prices, no trade, no private banks, and as many workers as are wanted. Nothing in it "
    "says what a policy would do in the UK."
)
RATES_RAISE_INCOME = (
    "In this model higher interest raises income. Interest is income for households, and nothing else responds: there is no "
    "investment, no mortgage and no price. That is a feature of so small a model."
)
EFFECTS = {
    "services": "more spending on services",
    "benefits": "more spending on benefits",
    "building": "more public investment",
    "vat": "less VAT",
    "income_tax": "less income tax or National Insurance",
}
WHY_A_RANGE = (
    "Spare people and materials, what the Bank of England does, how much is bought from abroad, and how it is paid for decide "
    "where in the range an effect lies. Paying for spending with a tax takes the tax's own effect off. The slump's range is for "
    "cuts of all kinds, not for each row."
)


class Statement(NamedTuple):
    """One thing that is true of a government with its own money, and who says it."""

    kind: str
    """can, cannot, rule or debate."""
    says: str
    source: str


STATEMENTS: tuple[Statement, ...] = (
    Statement(
        "can",
        "A government that borrows in the money it issues can always pay what it owes in that money. "
        "Nobody else can force it to default on such debt.",
        "sterling is issued by the Bank of England: Quarterly Bulletin 2014 Q1, Money creation in the modern economy",
    ),
    Statement(
        "can",
        "It can spend more than it taxes for many years. What it borrows is what households, companies and other countries lend.",
        "ONS, UK sector accounts: the balances of all sectors sum to zero",
    ),
    Statement(
        "cannot",
        "It cannot buy work and materials that do not exist. "
        "When all are in use, spending more takes them from other work or raises prices.",
        "OBR, Economic and fiscal outlook: the output gap",
    ),
    Statement(
        "cannot",
        "It cannot choose its spending, prices, interest and the exchange rate all at once. "
        "If prices rise too fast, the Bank of England raises interest. The government then pays more on its debt.",
        "Bank of England Act 1998 s.11",
    ),
    Statement(
        "rule",
        "Today the Treasury pays for spending with taxes and by selling bonds. The Bank of England sets interest to keep inflation at 2%.",
        "HM Treasury, Debt management report; Bank of England Act 1998 s.11",
    ),
    Statement(
        "rule",
        "The rules on borrowing and debt are choices of policy. Day-to-day spending must be met from revenue. "
        "What the public sector owes, less what it is owed, must fall as a share of national income. The rules name the years.",
        "HM Treasury, Charter for Budget Responsibility: Autumn 2024, the stability rule and the investment rule",
    ),
    Statement(
        "debate",
        "Some say that the rules stop useful spending while people and goods stand idle. "
        "Others say that the rules keep interest and prices low, since lenders trust them. "
        "Both agree that people, skills and goods are limits.",
        "published views differ, and fairshare takes no side",
    ),
)
"""Said together or not at all: what it can do, what it cannot, the rules in force, and where people differ."""
HEADINGS = {"can": "What it can do", "cannot": "What it cannot do", "rule": "How it is done today", "debate": "Where people differ"}


def sim_data(model: Sim, periods: int, from_rest: bool) -> dict[str, Any]:
    """SIM's periods and resting place, from nothing or from the rest of the book's own values."""
    money = sim_steady_state(sim_of_the_book()).money_held if from_rest else 0.0
    return _model_data("sim", model, sim(model, periods, money), sim_steady_state(model), [MODEL_LIMITS])


def pc_data(model: Pc, periods: int, from_rest: bool) -> dict[str, Any]:
    """PC's periods and resting place, in the same way."""
    start = pc_of_the_book() if from_rest else None
    return _model_data("pc", model, pc(model, periods, start), pc_steady_state(model), [MODEL_LIMITS, RATES_RAISE_INCOME])


def _model_data(
    name: str, model: Sim | Pc, periods: tuple[SimPeriod | PcPeriod, ...], rest: SimPeriod | PcPeriod, limits: list[str]
) -> dict[str, Any]:
    at_rest = rest._asdict()
    at_rest["period"] = None
    return {
        "model": name,
        "source": "Godley and Lavoie (2007), Monetary Economics, chapters 3 and 4",
        "values": model._asdict(),
        "periods": as_rows(periods),
        "steady_state": at_rest,
        "limits": limits,
    }


def model_text(found: dict[str, Any]) -> str:
    """A teaching model for a terminal."""
    names = SIM_COLUMNS if found["model"] == "sim" else PC_COLUMNS
    title = f"Model {found['model'].upper()}: a government, households and money"
    values = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in found["values"].items())
    lines = ["  " + "".join(f"{SHORT.get(name, name):>11}" for name in names)]
    lines += [_cells(row, names) for row in found["periods"]]
    lines.append(_cells(found["steady_state"] | {"period": "at rest"}, names))
    equal = "Money issued by the government equals money held by households in every period."
    return "\n\n".join(
        [
            f"{title}\n{'=' * len(title)}",
            textwrap.fill(f"{found['source']}. With {values}.", WIDTH),
            "\n".join(lines),
            equal,
            *(textwrap.fill(each, WIDTH) for each in found["limits"]),
        ]
    )


def _cells(row: dict[str, Any], names: tuple[str, ...]) -> str:
    first, *rest = names
    return f"  {row[first]:>11}" + "".join(f"{row[name]:>11.3f}" for name in rest)


def balances_data() -> dict[str, Any]:
    """Every quarter and year of the UK's sectors, multipliers as ranges, and what limits a government."""
    return {
        "unit": "£ billion",
        "source": "OBR, Economic and fiscal outlook March 2026, table 1.10, from ONS sector accounts",
        "quarters": as_rows(quarters()),
        "years": as_rows(fiscal_years()),
        "largest_gap_from_zero": max(abs(each.total) for each in quarters()),
        "multipliers": [each._asdict() | {"path_official": path_of_effect(each.official)} for each in multipliers()],
        "statements": [each._asdict() for each in STATEMENTS],
    }


def balances_text() -> str:
    """Who lent and who borrowed, by year, then multipliers and what limits a government."""
    title = "Who lends and who borrows in the UK, £ billion a year"
    lines = ["  year     " + "".join(f"{name:>12}" for name in NAMES.values())]
    for each in fiscal_years():
        mark = " forecast" if each.status == "forecast" else ""
        lines.append(f"  {each.period:<9}" + "".join(f"{billions(getattr(each, name)):>12}" for name in NAMES) + mark)
    about = (
        "Above zero, a sector lends; below, it borrows. What one lends another borrows, so all five sum to zero: the gap is the "
        "difference between two measures of the same income. The sum cannot say which sector caused a change."
    )
    said = [f"{HEADINGS[kind]}\n" + "\n".join(_point(each) for each in STATEMENTS if each.kind == kind) for kind in HEADINGS]
    source = "Source: OBR, Economic and fiscal outlook March 2026, table 1.10, from ONS sector accounts."
    parts = [f"{title}\n{'=' * len(title)}", "\n".join(lines), textwrap.fill(about, WIDTH), source, multipliers_text(multipliers()), *said]
    return "\n\n".join(parts)


def billions(balance: float) -> str:
    """A balance in £ billion, to a tenth: a minus sign below nothing, and none where it rounds to nothing."""
    rounded = round(balance, 1)
    return f"\u2212{-rounded:,.1f}" if rounded < 0 else f"{abs(rounded):,.1f}"


def _point(each: Statement) -> str:
    return textwrap.fill(f"* {each.says} ({each.source}.)", WIDTH, initial_indent="  ", subsequent_indent="    ")


def multipliers_text(found: tuple[Multiplier, ...]) -> str:
    """Multipliers, always as a range."""
    lines = ["What £1 may do to national income in the first year (a range, off in every run)", ""]
    lines.append(f"  {'':<38}{'none':>8}{'official':>10}{'in a slump':>14}")
    for each in found:
        slump = f"{each.slump_low:.1f} to {each.slump_high:.1f}"
        lines.append(f"  {EFFECTS[each.name]:<38}{each.none:>8.2f}{each.official:>10.2f}{slump:>14}")
    return "\n".join([*lines, "", textwrap.fill(WHY_A_RANGE, WIDTH)])
