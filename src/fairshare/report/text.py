"""A run as plain text for a terminal: the finding first, then compact tables, ranges, and what is left out."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np

from fairshare.areas import Area
from fairshare.measures.households import RunLike
from fairshare.measures.tables import Measures, Table, measures
from fairshare.measures.wealth_path import growth
from fairshare.quantities import PERCENT, WEEKS_IN_YEAR
from fairshare.report import beside, sentences, shown
from fairshare.report.flows import directed
from fairshare.report.glossary import Term
from fairshare.report.sentences import Block, story
from fairshare.spending.ledger import CLOSURES, IN_KIND, PUBLIC

WIDTH = 79
BAR = 20
MORE, LESS = "+", "-"


def as_text(run: RunLike, area: Area | None = None) -> str:
    """The answer in plain words, at most 79 characters wide."""
    return of_measures(measures(run, area))


def both_as_text(first: RunLike, second: RunLike, area: Area | None = None) -> str:
    """Two proposals: the comparison first, then each answer, and the words once at the end."""
    sides = [measures(run, area) for run in (first, second)]
    one, other = (beside.side(made) for made in sides)
    table = beside.table(one, other)
    rows: list[str] = []
    for name, mine, theirs in (("", beside.FIRST, beside.SECOND), *table.rows):
        parts_of_name = textwrap.wrap(name, 42) or [""]
        rows += [f"  {part}" for part in parts_of_name[:-1]]
        rows.append(f"  {parts_of_name[-1]:<45}{mine:>16}{theirs:>16}")
    told = {term.name: term for made in sides for term in story(made).terms}
    parts = [
        _block(beside.comparison(one, other)),
        "\n".join(_hanging(f"{name}: {side.title}.") for name, side in ((beside.FIRST, one), (beside.SECOND, other))),
        "\n".join([table.title, "", *rows]),
        *(of_measures(made, words=False).rstrip() for made in sides),
        _words_used(list(told.values())),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def of_measures(made: Measures, words: bool = True) -> str:
    """The answer, from measures that are already worked; `words` says whether the list of words closes it."""
    told = story(made)
    parts = [_title(told.title), _wrapped(told.about)]
    groups_after = told.last_of_groups
    for block in told.blocks:
        parts.append(_block(block))
        if block.id == groups_after and np.any(made.homes.change):
            if changed := sentences.rows_of_change(made):
                parts.append(_groups(changed, "council", "Where the change is made"))
            parts.append(_groups(made.tables["by_income_tenth"], "tenth", _group_title(made)))
            if made.area is None and not changed:
                parts.append(_groups(made.tables["by_region"], "region", "By region and nation"))
            parts += [_homes(made), _large_changes(made)]
        if block.id == "public_money":
            parts += [_ranges_of_wealth_tax(made), _shares_of_wealth(made), _by_tail(made), _over_years(made), _fund(made)]
        if block.id == "public_money" and made.area is None and made.tables["where_the_money_goes"]:
            parts.append(_ledger(made.tables["where_the_money_goes"]))
    if words and told.terms:
        parts.append(_words_used(told.terms))
    parts.append(_wrapped(f"Result {made.run.id}. To make it again: {command(made)}", whole=True))
    return "\n\n".join(part for part in parts if part) + "\n"


def _words_used(terms: list[Term]) -> str:
    meanings = "\n".join(_hanging(f"{term.name}: {term.meaning}") for term in terms)
    return f"These words are used here.\n\n{meanings}"


def command(made: Measures, out: str | None = None) -> str:
    """The command that makes a result again."""
    run = made.run
    verb = "report" if out else "run"
    parts = [f"fairshare {verb} {run.scenario.name} --year {run.year}"]
    if run.population.kind != "synthetic":
        parts.append(f"--population {run.population.name}")
    if made.area is not None:
        parts.append(f'--area "{made.area.name}"')
    if run.population.kind == "synthetic" and run.population.seed not in (None, 1):
        parts.append(f"--seed {run.population.seed}")
    if run.population.details.get("take_up") == "full":
        parts.append("--take-up full")
    if out:
        parts.append(f"--out {out}")
    return " ".join(parts)


def _title(text: str) -> str:
    lines = textwrap.wrap(text, WIDTH)
    return "\n".join([*lines, "=" * max(map(len, lines))])


def _wrapped(text: str, whole: bool = False) -> str:
    return "\n".join(textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=not whole))


def _hanging(text: str) -> str:
    return "\n".join(textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="    "))


def _block(block: Block) -> str:
    lines = [_wrapped(block.heading)]
    lines += [textwrap.fill(f"* {sentence}", WIDTH, initial_indent="  ", subsequent_indent="    ") for sentence in block.sentences]
    return "\n".join(lines)


def _group_title(made: Measures) -> str:
    part = "tenth" if made.homes.groups == 10 else "fifth"
    return f"By income: each {part} of people, lowest income first"


def _groups(rows: Table, column: str, title: str) -> str:
    """A row a group: the change by the week, the shares who gain and lose, and a bar."""
    most = max((abs(row["mean_change"]) for row in rows if row["shown"]), default=0.0)
    lines = [title, "", f"  {'':<26}{'':>17}{'pay more,':>11}", f"  {'':<26}{'a week':>9}{'gain':>8}{'get less':>11}"]
    for row in rows:
        if not row["shown"]:
            lines.append(f"  {row[column]:<26}{'too few records to show':>25}")
            continue
        unsure = row["mean_low"] < 0.0 < row["mean_high"]
        bar = "cannot tell which way" if unsure else _bar(row["mean_change"], most)
        figures = f"{shown.week(row['mean_change_a_week']):>9}{_share(row['gain_pct']):>8}{_share(row['lose_pct']):>11}"
        lines.append(f"  {row[column]:<26}{figures}  {bar}".rstrip())
    lines += [
        "",
        _wrapped(
            "  a week: average change in income after tax and benefits. The others: share of households that gain, or that pay more or "
            "get less, by more than £1 a week."
        ),
    ]
    return "\n".join(lines)


def _share(value: float | None) -> str:
    """A share, or a mark where too few records stand behind it."""
    return "~" if value is None else shown.share(value)


def _homes(made: Measures) -> str:
    """Taxes on homes by value, where the proposal moves them: what each home pays more or less, and its part of the whole change."""
    rows = made.tables.get("homes_by_value", [])
    if not any(row["shown"] for row in rows):
        return ""
    parts = any(row.get("share_of_change_pct") is not None for row in rows)
    title = f"Taxes on homes, by what the homes are worth{_where(made)}"
    lines = [title, "", f"  {'':<26}{'more bill':>9}{'of all' if parts else '':>9}".rstrip()]
    for row in rows:
        if not row["shown"]:
            lines.append(f"  {row['homes']:<26}{'too few records to show':>25}")
            continue
        part = "" if row["share_of_change_pct"] is None else shown.share(row["share_of_change_pct"])
        lines.append(f"  {row['homes']:<26}{shown.week(row['mean_change'] / WEEKS_IN_YEAR):>9}{part:>9}".rstrip())
    meant = "  more bill: average change in what is charged on a home, a week, less support."
    meant += " of all: part of the whole change." if parts else ""
    return "\n".join([*lines, "", _wrapped(meant)])


def _where(made: Measures) -> str:
    """Where the change is made, when it is made in some councils alone."""
    return ", where the change is made" if getattr(made.run.scenario, "areas", ()) and made.area is None else ""


def _large_changes(made: Measures) -> str:
    """Whose bill moves much by a change of taxes on homes: people with low incomes in dear homes stand on a line of their own."""
    rows = made.tables.get("large_changes_on_homes", [])
    if not any(row["shown"] for row in rows):
        return ""
    title = f"Households whose own bill rises or falls by £10 a week or more{_where(made)}"
    lines = [*textwrap.wrap(title, WIDTH), "", f"  {'':<45}{'rises':>14}{'falls':>16}"]
    for row in rows:
        group = textwrap.wrap(row["group"], 43)
        lines += [f"  {part}" for part in group[:-1]]
        told = [_large(row, way) for way in ("rises", "falls")] if row["shown"] else ["too few records", ""]
        lines.append(f"  {group[-1]:<43}{told[0]:>16}{told[1]:>16}".rstrip())
    meant = "  The number of households, and their share of the group."
    return "\n".join([*lines, "", _wrapped(f"{meant} {TOO_FEW_TO_COUNT}" if any("~" in line for line in lines) else meant)])


TOO_FEW_TO_COUNT = "~: too few records to count."


def _large(row: dict[str, Any], way: str) -> str:
    """'12,300 (4%)', or a mark where too few records stand behind it."""
    number = row.get(f"large_{way}")
    return "~" if number is None else f"{shown.count(number)} ({shown.share(row[f'large_{way}_pct'])})"


def _fund(made: Measures) -> str:
    """What a fund holds and pays over the years."""
    rows = made.tables.get("fund_over_years", [])
    if not rows:
        return ""
    lines = ["The fund over the years, in prices of the year shown", "", f"  {'':<18}{'holds':>18}{'pays each':>14}"]
    lines += [
        f"  {'After ' + str(row['after_years']) + (' year' if row['after_years'] == 1 else ' years'):<18}"
        f"{shown.level(row['holds']):>18}{shown.level(row['pays_each']):>14}"
        for row in rows
    ]
    meant = "  The same sum is put in each year. What the fund earns is an assumption of the proposal."
    return "\n".join([*lines, "", _wrapped(meant)])


def _ranges_of_wealth_tax(made: Measures) -> str:
    """What a wealth tax raises over each kind of range, in one order."""
    rows = made.tables.get("ranges_of_wealth_tax", [])
    if not rows:
        return ""
    lines = [f"What the wealth tax raises: about {sentences.pounds(made, rows[0]['raised'])} a year, and its ranges", ""]
    for row in rows:
        known = row["low"] is not None and row["high"] is not None
        span = f"{shown.level(row['low'])} to {shown.level(row['high'])}" if known else "not worked: the proposal names no response"
        lines.append(f"  {row['range']:<28}{span}")
    return "\n".join(lines)


def _shares_of_wealth(made: Measures) -> str:
    """What part of all wealth the wealthiest hold, before and after."""
    rows = made.tables.get("shares_of_wealth", [])
    if not rows:
        return ""
    lines = ["Shares of all wealth, by wealth today", "", f"  {'':<26}{'today':>9}{'a year':>10}{'ten years':>12}"]
    columns = (("before_pct", 9), ("after_a_year_pct", 10), ("after_ten_years_pct", 12))
    for row in rows:
        lines.append(f"  {row['group']:<26}" + "".join(f"{row[name]:>{width - 1}.1f}%" for name, width in columns))
    meant = "  a year, ten years: after so long under the tax, if nobody responds and wealth grows at the central pace."
    return "\n".join([*lines, "", _wrapped(meant)])


def _by_tail(made: Measures) -> str:
    """What a wealth tax raises where the largest fortunes are more, or fewer, than in the population."""
    rows = made.tables.get("wealth_tax_by_tail", [])
    if not rows:
        return ""
    lines = ["The wealth tax, by how many of the largest fortunes there are", ""]
    lines += [f"  {row['tail']:<22}{shown.level(row['raised']):>16}" for row in rows]
    meant = "  How fast numbers fall with wealth above £2 million is an assumption. The largest fortunes are not known from surveys."
    return "\n".join([*lines, "", _wrapped(meant)])


def _over_years(made: Measures) -> str:
    """What a wealth tax raises in its first, fifth and last year, as it wears down what it falls on."""
    rows = made.tables.get("wealth_tax_over_years", [])
    if not rows:
        return ""
    lines = ["The wealth tax over the years, in prices of the first", ""]
    for row in (rows[0], rows[len(rows) // 2 - 1], rows[-1]):
        said = f"  Year {row['year_of_tax']:<4}{shown.level(row['raised']):>16}"
        if row["year_of_tax"] > 1:
            said += f"  ({shown.level(row['raised_low'])} to {shown.level(row['raised_high'])})"
        lines.append(said)
        if row["after_response"] is not None:
            lines.append(f"  {'':<9}{shown.level(row['after_response']):>16}  if people respond")
    low, central, high = (shown.share(PERCENT * rise) for rise in growth(made.run.year).values())
    meant = f"  Wealth grows by {central} a year above prices (in brackets, {low} to {high}). What is paid is not taxed again."
    return "\n".join([*lines, "", _wrapped(meant)])


def _bar(value: float, most: float) -> str:
    length = round(BAR * abs(value) / most) if most else 0
    return (MORE if value > 0 else LESS) * length


def _ledger(rows: Table) -> str:
    lines = ["Where the money comes from and goes to, a year", ""]
    for row in rows:
        lines.append(f"  {shown.level(row['pounds']):>16}  {_moved(row)}")
        lines.append(f"  {'':>16}  from {row['from']} to {row['to']}")
    return "\n".join([*lines, "", "  Both sides agree to the penny."])


def _moved(row: dict[str, Any]) -> str:
    """What an entry is; 'less' of it where it runs against its own direction, such as spending on a service that is cut."""
    if row["from"] == IN_KIND:
        return f"less {row['what']}"
    if PUBLIC not in (row["from"], row["to"]) or {row["from"], row["to"]} & set(CLOSURES.values()):
        return str(row["what"])
    return directed(row["what"], row["to"] == PUBLIC)


def ledger_text(run: Any) -> str:
    """The ledger alone: every pound that moves, from whom, to whom, as what, and what each account has in the end."""
    rows = sorted(run.ledger.rows(), key=lambda row: -row["pounds"])
    about = _wrapped(" ".join(part for part in (f"United Kingdom, {run.year}.", run.population.says) if part))
    if not rows:
        return f"{_title(run.scenario.title)}\n\n{about}\n\nNo money moves."
    accounts = "\n".join(f"  {shown.sum_of_money(gain):>16}  {account}" for account, gain in run.ledger.gains.items() if round(gain))
    return "\n\n".join([_title(run.scenario.title), about, _ledger(rows), f"What each has in the end, a year\n\n{accounts}"])
