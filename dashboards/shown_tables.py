"""Tidy tables as people read them: which columns, under which words, and figures rounded as a newspaper would."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, NamedTuple

from fairshare.measures.tables import COLUMNS, Table

NOT_SHOWN = "not shown"
NOT_KNOWN = "not known"
MINUS = "\u2212"
BILLION, MILLION, THOUSAND = 1e9, 1e6, 1e3


class Shown(NamedTuple):
    """A table ready for the page: its first column names the rows."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wordy: tuple[bool, ...] = ()
    """Whether each column holds words, which stand to the left."""


class Form(NamedTuple):
    """How one tidy table is shown."""

    title: str
    subtitle: str
    columns: dict[str, str]
    """Words for each column shown, by its name in the tidy table; "range" stands for mean_low to mean_high."""


_GROUPS = {
    "mean_change": "Average change, a year",
    "range": "Range from chance alone",
    "mean_change_a_week": "Average change, a week",
    "gain_pct": "Share who gain",
    "lose_pct": "Share who pay more or get less",
    "same_pct": "About the same",
}
_PER_HOUSEHOLD = "Households; change in income after tax and benefits"

FORMS: dict[str, Form] = {
    "by_income_tenth": Form("By income", _PER_HOUSEHOLD, {"tenth": "Income group", **_GROUPS}),
    "by_wealth_tenth": Form("By wealth", _PER_HOUSEHOLD, {"tenth": "Wealth group", **_GROUPS}),
    "by_region": Form("By region and nation", _PER_HOUSEHOLD, {"region": "Region or nation", **_GROUPS}),
    "by_tenure": Form("By home", _PER_HOUSEHOLD, {"tenure": "Home", **_GROUPS}),
    "by_family_type": Form("By kind of family", _PER_HOUSEHOLD, {"family_type": "Family", **_GROUPS}),
    "by_council": Form("By council area", _PER_HOUSEHOLD, {"council": "Council area", "region": "Region or nation", **_GROUPS}),
    "gainers_losers": Form(
        "How many gain, and how many pay more or get less",
        "Households, by the size of the change in income",
        {"band": "Size of the change", "households": "Households", "pct": "Share of households"},
    ),
    "budget": Form(
        "What changes for the public purse",
        "£ a year",
        {
            "item": "Tax, benefit or use",
            "tier": "Who raises or pays it",
            "before": "Now",
            "after": "Under the proposal",
            "to_the_purse": "Better off by",
        },
    ),
    "budget_by_tier": Form(
        "By tier of government", "£ a year, before the uses of the money", {"tier": "Government", "to_the_purse": "Better off by"}
    ),
    "where_the_money_goes": Form(
        "The ledger",
        "£ a year beyond what flows today; both sides agree to the penny",
        {"what": "What", "from": "From", "to": "To", "pounds": "How much"},
    ),
    "inequality": Form(
        "Inequality",
        "People, by household income before housing costs",
        {"measure": "Measure", "before": "Now", "after": "Under the proposal", "change": "Change"},
    ),
    "poverty": Form(
        "Poverty",
        "People in households below the line",
        {
            "measure": "Measure",
            "group": "People counted",
            "housing_costs": "Housing costs",
            "before_pct": "Now",
            "after_pct": "Under the proposal",
            "change_people": "Change, people",
        },
    ),
    "hardship": Form(
        "Heavy rents",
        "Renting households",
        {"measure": "Measure", "before_pct": "Now", "after_pct": "Under the proposal", "change_points": "Change, percentage points"},
    ),
}

WORDS = ("name", "before or after", "GSS code")
SIGNED = ("change", "to_the_purse", "mean_change", "mean_change_a_week", "change_people", "change_points")


def shown(name: str, table: Table) -> Shown:
    """A tidy table as people read it."""
    form = FORMS[name]
    rows = tuple(tuple(_cell(name, column, row) for column in form.columns) for row in table)
    wordy = tuple(column in COLUMNS[name] and COLUMNS[name][column].unit in WORDS for column in form.columns)
    return Shown(form.title, form.subtitle, tuple(form.columns.values()), rows, wordy)


def _cell(name: str, column: str, row: Mapping[str, Any]) -> str:
    if column == "range":
        low, high = row.get("mean_low"), row.get("mean_high")
        return f"{money(low, signed=True)} to {money(high, signed=True)}" if _known(low) and _known(high) else _missing(row)
    value = row.get(column)
    if isinstance(value, str):
        return value[:1].upper() + value[1:] if column in ("item", "what", "group", "from", "to") else value
    if not _known(value):
        return _missing(row)
    return figure(float(value), COLUMNS[name][column].unit, signed=column in SIGNED)


def _known(value: Any) -> bool:
    return isinstance(value, int | float) and isfinite(value)


def _missing(row: Mapping[str, Any]) -> str:
    if row.get("known") is False:
        return NOT_KNOWN
    return NOT_SHOWN if row.get("shown") is False else ""


def figure(value: float, unit: str, *, signed: bool = False) -> str:
    """A figure by its unit: money, people, shares, or a plain measure."""
    if unit.startswith("£"):
        return money(value, signed=signed)
    if unit.startswith("%"):
        return f"{value:.1f}%"
    if unit == "percentage points":
        return f"{_sign(value, True)}{abs(value):.1f}"
    if unit in ("people", "households", "records"):
        return f"{_sign(value, signed)}{count(abs(value))}"
    return f"{_sign(value, signed)}{abs(value):.3f}"


def money(value: float, *, signed: bool = False) -> str:
    """£ in three figures at most, with a real minus sign."""
    size = abs(value)
    if size >= BILLION:
        words = f"£{_three(size / BILLION)} billion"
    elif size >= MILLION:
        words = f"£{_three(size / MILLION)} million"
    elif size >= THOUSAND:
        words = f"£{round(size, -1 if size < 10 * THOUSAND else -2):,.0f}"
    elif size >= 10 or size == 0 or size < 0.005:
        words = f"£{size:,.0f}"
    else:
        words = f"£{size:,.2f}"
    return f"{'' if words == '£0' else _sign(value, signed)}{words}"


def count(size: float) -> str:
    """A number of people or households, in three figures at most."""
    if size >= MILLION:
        return f"{_three(size / MILLION)} million"
    if size >= THOUSAND:
        return f"{round(size, -3 if size >= 100 * THOUSAND else -2):,.0f}"
    return f"{size:,.0f}"


def _three(size: float) -> str:
    return f"{size:,.2f}" if size < 10 else f"{size:,.1f}" if size < 100 else f"{size:,.0f}"


def _sign(value: float, signed: bool) -> str:
    return MINUS if value < 0 else "+" if signed and value > 0 else ""
