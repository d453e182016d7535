"""Tidy tables as people read them: which columns, under which words, with figures rounded for the eye."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from fairshare.measures.tables import Table
from fairshare.quantities import PERCENT, WEEKS_IN_YEAR
from fairshare.report.words import BILLION, MILLION, MINUS, WHOLE_POUNDS_FROM, capital, percent, pounds_a_week, signed_money

Cell = Callable[[Any], str]
NOTHING = "–"


class Shown(NamedTuple):
    """A table ready to print: the first column names the rows, the others are figures."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]
    """Whether each column holds figures (set to the right)."""


def week(value: float) -> str:
    """£ a week with its sign, in a form that keeps its place in a column: '+£4.30', '+£6.00', '−£12'."""
    size = pounds_a_week(value * WEEKS_IN_YEAR)
    if size == "less than 5p":
        return "£0"
    if 0 < float(size.strip("£p").replace(",", "")) < WHOLE_POUNDS_FROM and size.startswith("£") and "." not in size:
        size += ".00"
    return f"{'+' if value > 0 else MINUS}{size}"


def year(value: float) -> str:
    """£ a year with its sign, to the nearest pound."""
    return signed_money(value)


def sum_of_money(value: float) -> str:
    """A large sum with its sign, to three figures at most: '+£1.32 billion', '£269 million'."""
    sign, size = ("+" if value > 0 else MINUS if value < 0 else ""), abs(value)
    for unit, word, finest in ((BILLION, "billion", 2), (MILLION, "million", 1)):
        if size >= unit:
            return f"{sign}£{size / unit:,.{min(finest, max(3 - len(f'{size / unit:.0f}'), 0))}f} {word}"
    return f"{sign}£{count(size)}"


def level(value: float) -> str:
    """A large sum without a sign of change."""
    return sum_of_money(value).removeprefix("+")


def share(value: float) -> str:
    """A share for a table's cell: nothing finer than a tenth of a per cent, and never a whole that is not one."""
    if ALMOST_ALL < value < PERCENT:
        return ">99%"
    if value < 0:
        return f"{MINUS}{percent(value)}"
    return percent(value) if value >= SMALLEST_SHARE or not value else "<0.1%"


SMALLEST_SHARE, ALMOST_ALL = 0.1, 99.0


def points(value: float) -> str:
    """Percentage points with their sign."""
    text = f"{abs(value):.1f}"
    return text if text == "0.0" else f"{'+' if value > 0 else MINUS}{text}"


def count(value: float) -> str:
    """A count with thousands apart, to three figures."""
    size = abs(value)
    step = 10 ** max(len(f"{size:.0f}") - 3, 0)
    return f"{MINUS if value < 0 else ''}{round(size / step) * step:,.0f}"


def change_of_count(value: float) -> str:
    return f"+{count(value)}" if value > 0 else count(value)


def score(value: float) -> str:
    return f"{value:.4f}"


def change_of_score(value: float) -> str:
    text = f"{abs(value):.4f}"
    return text if float(text) == 0 else f"{'+' if value > 0 else MINUS}{text}"


def words(value: Any) -> str:
    return str(value)


_GROUP: dict[str, tuple[str, Cell]] = {
    "mean_change_a_week": ("Average change a week", week),
    "mean_change": ("Average change a year", year),
    "mean_low": ("Range, from", year),
    "mean_high": ("Range, to", year),
    "gain_pct": ("Gain", share),
    "lose_pct": ("Pay more or get less", share),
    "same_pct": ("About the same", share),
    "mean_services": ("Services a year", year),
    "grade": ("How far to rely on it", words),
}
_FORMS: dict[str, tuple[str, dict[str, tuple[str, Cell]]]] = {
    "by_income_tenth": ("By income, lowest first", {"tenth": ("Income group", words), **_GROUP}),
    "by_income_tenth_after_housing_costs": (
        "By income after housing costs, lowest first",
        {"tenth": ("Income group", words), **_GROUP},
    ),
    "by_age": ("By age, each person with the change of their household", {"age": ("Age", words), **_GROUP}),
    "by_sex": ("By sex, each person with the change of their household", {"sex": ("Sex", words), **_GROUP}),
    "by_disability": (
        "By disability, each person with the change of their household",
        {"disability": ("Disability", words), **_GROUP},
    ),
    "by_ethnic_group": (
        "By ethnic group, each person with the change of their household",
        {"ethnic_group": ("Ethnic group", words), **_GROUP},
    ),
    "by_wealth_tenth": ("By wealth, lowest first", {"tenth": ("Wealth group", words), **_GROUP}),
    "by_region": ("By region and nation", {"region": ("Region or nation", words), **_GROUP}),
    "by_tenure": ("By home", {"tenure": ("Home", words), **_GROUP}),
    "by_family_type": ("By kind of family", {"family_type": ("Family", words), **_GROUP}),
    "by_council": ("By council area", {"council": ("Council area", words), "region": ("Region or nation", words), **_GROUP}),
    "gainers_losers": (
        "How many gain, and by how much",
        {"band": ("Change", words), "households": ("Households", count), "pct": ("Share of households", share)},
    ),
    "budget": (
        "Public money, a year",
        {
            "item": ("Item", words),
            "tier": ("Who raises or pays it", words),
            "before": ("Now", level),
            "after": ("Under the proposal", level),
            "to_the_purse": ("Public money better off by", sum_of_money),
        },
    ),
    "budget_by_tier": (
        "Public money by government, before its uses",
        {"tier": ("Government", words), "to_the_purse": ("Better off by, a year", sum_of_money)},
    ),
    "inequality": (
        "How incomes spread",
        {
            "measure": ("Measure", words),
            "before": ("Now", score),
            "after": ("Under the proposal", score),
            "change": ("Change", change_of_score),
        },
    ),
    "poverty": (
        "People in poverty",
        {
            "measure": ("Measure", words),
            "group": ("Who", words),
            "housing_costs": ("Housing costs", words),
            "before_pct": ("Now", share),
            "after_pct": ("Under the proposal", share),
            "change_points": ("Change, percentage points", points),
            "change_people": ("Change, people", change_of_count),
            "gap_before_pct": ("Average shortfall now, % of the line", share),
            "gap_after_pct": ("Under the proposal, % of the line", share),
        },
    ),
    "hardship": (
        "Hardship, each kind apart",
        {
            "measure": ("Measure", words),
            "before_pct": ("Now", share),
            "after_pct": ("Under the proposal", share),
            "change_points": ("Change, percentage points", points),
        },
    ),
    "homes_by_value": (
        "Taxes on homes, by what they are worth",
        {
            "homes": ("Homes", words),
            "lowest_value": ("Worth at least", level),
            "before": ("Charged now, a year", level),
            "after": ("Under the proposal", level),
            "mean_change": ("Change for each, a year", year),
            "share_of_change_pct": ("Part of the whole change", share),
        },
    ),
    "taxes_on_homes_by_income": (
        "Taxes on homes, by income",
        {
            "group": ("Who", words),
            "mean_change": ("Change for each, a year", year),
            "share_before_pct": ("Part of the whole now", share),
            "share_after_pct": ("Under the proposal", share),
            "pct_of_income_before": ("Of income now", share),
            "pct_of_income_after": ("Of income then", share),
        },
    ),
    "large_changes_on_homes": (
        "Households whose own bill rises or falls by £10 a week or more",
        {
            "group": ("Who", words),
            "households": ("Households", count),
            "large_rises": ("Bill rises so much", count),
            "large_rises_pct": ("Share", share),
            "mean_rise": ("Average rise a year", level),
            "large_falls": ("Bill falls so much", count),
            "large_falls_pct": ("Share", share),
            "mean_fall": ("Average fall a year", level),
        },
    ),
    "wealth_tax_by_tail": (
        "The wealth tax, by how many of the largest fortunes there are",
        {
            "tail": ("How fast numbers fall above £2 million", words),
            "exponent": ("Exponent", score),
            "raised": ("Raised, a year", level),
            "owners": ("Who pays", count),
        },
    ),
    "ranges_of_wealth_tax": (
        "What the wealth tax raises, range by range",
        {"range": ("Range", words), "raised": ("Raised, a year", level), "low": ("From", level), "high": ("To", level)},
    ),
    "shares_of_wealth": (
        "Shares of all wealth",
        {
            "group": ("Households by wealth today", words),
            "before_pct": ("Today", share),
            "after_a_year_pct": ("After a year of the tax", share),
            "after_ten_years_pct": ("After ten years", share),
        },
    ),
    "wealth_by_group": (
        "Wealth and the wealth tax by group",
        {
            "kind": ("By", words),
            "group": ("Group", words),
            "mean_wealth": ("Average wealth", level),
            "share_of_wealth_pct": ("Part of all wealth", share),
            "tax": ("Tax, a year", level),
            "share_of_tax_pct": ("Part of the tax", share),
        },
    ),
    "by_income_and_wealth": (
        "By income and by wealth at once",
        {
            "income_fifth": ("Fifth by income", words),
            "wealth_fifth": ("Fifth by wealth", words),
            "households": ("Households", count),
            "mean_change": ("Average change a year", year),
            "lose_pct": ("Pay more or get less", share),
        },
    ),
    "wealth_tax_over_years": (
        "The wealth tax over the years, in prices of the first",
        {
            "year_of_tax": ("Year", words),
            "raised": ("Raised", level),
            "raised_low": ("Low growth", level),
            "raised_high": ("High growth", level),
            "after_response": ("If people respond", level),
        },
    ),
    "funding_by_council": (
        "What councils would have from taxes on homes",
        {
            "council": ("Council area", words),
            "before": ("Now, a year", level),
            "kept": ("Each keeps its own", level),
            "pooled": ("Shared by people", level),
            "with_floor": ("Shared, with a floor", level),
            "with_floor_change_pct": ("Change with the floor, %", points),
        },
    ),
    "fund_over_years": (
        "The fund over the years",
        {
            "fund": ("Fund", words),
            "after_years": ("After years", words),
            "holds": ("Holds", level),
            "pays_out": ("Pays a year", level),
            "pays_each": ("Pays each a year", level),
        },
    ),
    "incentives": (
        "What work pays: the main earner of each household",
        {
            "family_type": ("Household", words),
            "marginal_median_before_pct": ("Lost of £10 a week more pay, middle earner, now", share),
            "marginal_median_after_pct": ("Under the proposal", share),
            "marginal_high_before_pct": ("Earners who lose over 70% of it, now", share),
            "marginal_high_after_pct": ("Under the proposal ", share),
            "participation_median_before_pct": ("Lost of all pay against none, middle earner, now", share),
            "participation_median_after_pct": ("Under the proposal  ", share),
        },
    ),
    "where_the_money_goes": (
        "Where the money comes from and goes to",
        {"from": ("From", words), "to": ("To", words), "what": ("What", words), "pounds": ("How much, a year", level)},
    ),
}
ENDS = {"mean_low", "mean_high"}
"""Both ends of a range: neither is shown without the other."""
TEXT_CELLS: tuple[Cell, ...] = (words,)


def has_form(name: str) -> bool:
    """Whether a table has a form to be printed in; others are files alone."""
    return name in _FORMS


def shown(name: str, rows: Table) -> Shown:
    """A tidy table by its name, ready to print. Columns that hold nothing in any row are left out."""
    title, form = _FORMS[name]
    told = {column for column in form if any(row.get(column) not in (None, 0, 0.0) for row in rows)}
    if told & ENDS:
        told |= ENDS
    kept = {column: about for column, about in form.items() if column in told}
    cells = tuple(tuple(_cell(row, column, how) for column, (_, how) in kept.items()) for row in rows)
    heads = tuple(head for head, _ in kept.values())
    return Shown(name, title, heads, cells, tuple(how not in TEXT_CELLS for _, how in kept.values()))


def _cell(row: dict[str, Any], column: str, how: Cell) -> str:
    value = row.get(column)
    if value is None:
        return "" if row.get("shown", True) else NOTHING
    text = how(value)
    return capital(text) if how in TEXT_CELLS else text
