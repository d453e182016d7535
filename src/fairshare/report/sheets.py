"""Homes, money, stages, your £100 and accounts as pages of HTML that need no script and no network."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from fairshare import __version__
from fairshare.areas import Area
from fairshare.assessment import Assessment
from fairshare.measures.stages import STAGES, by_fifth, compared, ginis, stages
from fairshare.powers import DECIDED_BY, Powers, support_sentence, worth
from fairshare.report import accounts, homes, hundred, money
from fairshare.report import stages as stage_words
from fairshare.report.page import page_style, write_file
from fairshare.report.shown import Shown
from fairshare.report.words import capital
from fairshare.spending.accounts import CASES, Worked
from fairshare.spending.functions import FUNCTIONS, YEAR_OF_TOTALS
from fairshare.spending.homes import HORIZONS, account, plan_for, steps
from fairshare.spending.hundred import Hundred
from fairshare.spending.money import fiscal_years, multipliers


class Part(NamedTuple):
    """A heading, what is said under it, and a table where there is one."""

    heading: str
    sentences: tuple[str, ...] = ()
    table: Shown | None = None


class Sheet(NamedTuple):
    """A page before it is made."""

    title: str
    about: str
    parts: tuple[Part, ...]
    source: str
    command: str


def sheet_page(sheet: Sheet, made_on: date | None = None) -> str:
    """The page as text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
    from markupsafe import Markup

    templates = Environment(
        loader=PackageLoader("fairshare.report", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    day = made_on or date.today()
    return templates.get_template("sheet.html").render(
        sheet=sheet, style=Markup(page_style()), made_on=f"{day.day} {day:%B %Y}", version=__version__
    )


def write_sheet(sheet: Sheet, path: Path | str) -> Path:
    """Write the page, whole or not at all. Raises Fault where it cannot be written."""
    path = Path(path)
    write_file(path, sheet_page(sheet).encode())
    return path


def _table(id: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], words: int = 1) -> Shown:
    """A table whose first `words` columns are words and the rest figures."""
    figures = tuple(place >= words for place in range(len(columns)))
    return Shown(id, title, tuple(columns), tuple(tuple(row) for row in rows), figures)


# ---- each page ------------------------------------------------------------------------------------------------------


def homes_sheet(area: Area, year: str, given: dict[str, float | None]) -> Sheet:
    """Council homes in a council."""
    plan, known = plan_for(area, year, **given)
    made = account(plan)
    columns = ("Year", "Homes", "Rent", "Net rent", "Interest", "Sales", "Debt at the end", "Housing support saved")
    lines = ("homes", "rent", "net_rent", "interest", "sales", "debt_at_end", "housing_support_saved")
    rows = [(str(each.year), *(f"{getattr(each, name):,.0f}" for name in lines)) for each in made.years]
    moved = [(capital(each.what), f"{each.lower:,.0f}", f"{each.higher:,.0f}") for each in steps(plan, year)]
    assumed = [(each.says, each.source, each.status or "–", homes.value_words(each.name, each.value)) for each in known]
    own = "".join(f" --{name.replace('_', '-')} {value:g}" for name, value in given.items() if value is not None)
    return Sheet(
        f"{plan.homes:,.0f} council homes in {area.name}, started in {year}",
        "A landlord's account, year by year. Every input is an assumption that may be replaced.",
        (
            Part("What the account says", tuple(homes.sentences(made))),
            Part("The account by year", (), _table("years", "The account by year, £", columns, rows)),
            Part(
                "What decides the answer",
                ("One assumption is moved and the others stay.",),
                _table("steps", f"Value over {HORIZONS[-1]} years, £", ("What is moved", "Lower", "Higher"), moved),
            ),
            Part(
                "What it assumes", (), _table("assumptions", "Assumptions and sources", ("What", "Source", "Status", "Value"), assumed, 3)
            ),
            Part("What it leaves out", (homes.LEFT_OUT,)),
        ),
        "Source: the assumptions' own sources, in the table above.",
        f'fairshare homes "{area.name}" --year {year}{own}',
    )


def model_sheet(found: dict[str, Any], command: str) -> Sheet:
    """Model SIM or PC."""
    names = [name for name in found["steady_state"] if name != "period"]
    rows = [(str(row["period"]), *(f"{row[name]:.3f}" for name in names)) for row in found["periods"]]
    rows.append(("at rest", *(f"{found['steady_state'][name]:.3f}" for name in names)))
    columns = ("Period", *(capital(name.replace("_", " ")) for name in names))
    values = [(capital(name.replace("_", " ")), f"{value:g}") for name, value in found["values"].items()]
    return Sheet(
        f"Model {found['model'].upper()}: a government, households and money",
        "A textbook's model, in which every payment has a payer and a receiver.",
        (
            Part("Each period", (), _table("periods", "Money a period", columns, rows)),
            Part("What it was given", (), _table("values", "Values", ("What", "Value"), values)),
            Part("What it cannot say", tuple(found["limits"])),
        ),
        f"Source: {found['source']}.",
        command,
    )


def balances_sheet() -> Sheet:
    """The UK's sectors, multipliers, and what limits a government."""
    heads = ("Year", *(capital(name) for name in money.NAMES.values()), "Outturn or forecast")
    rows = [(each.period, *(money.billions(getattr(each, name)) for name in money.NAMES), each.status) for each in fiscal_years()]
    effects = [
        (capital(money.EFFECTS[each.name]), f"{each.none:.2f}", f"{each.official:.2f}", f"{each.slump_low:.1f} to {each.slump_high:.1f}")
        for each in multipliers()
    ]
    said = [
        Part(heading, tuple(f"{each.says} ({capital(each.source)}.)" for each in money.STATEMENTS if each.kind == kind))
        for kind, heading in money.HEADINGS.items()
    ]
    table = _table(
        "multipliers", "Change in national income for each £1, first year, £", ("What", "None", "Official", "In a slump"), effects
    )
    return Sheet(
        "Who lends and who borrows in the UK",
        "What one lends another borrows, so all sum to zero. The sum cannot say which caused a change.",
        (
            Part("By year", ("Above zero, a sector lends; below, it borrows.",), _table("years", "£ billion a year", heads, rows)),
            Part("What £1 may do", (money.WHY_A_RANGE,), table),
            *said,
        ),
        "Source: OBR, Economic and fiscal outlook March 2026, table 1.10, from ONS sector accounts.",
        "fairshare money balances",
    )


def powers_sheet(made: Powers) -> Sheet:
    """What a council may do about council tax now, what each step brings there, and who decides the rest."""
    steps = [(each.says, worth(each), f"{each.rule} {each.source}".strip()) for each in made.steps]
    elsewhere = [(DECIDED_BY[each.decided_by], capital(each.change), each.law) for each in made.elsewhere]
    return Sheet(
        f"What {made.area.name} may do about its tax on homes in {made.year}",
        f"{made.area.name} is a {made.council_class}. The figures rest on {made.records:,} records of households there.",
        (
            Part(
                "What may be done now",
                (
                    support_sentence(made),
                    "A figure of the whole bill holds the parts of every body that shares it, and is never the council's own.",
                ),
                _table("steps", "Each step alone, a year", ("Step", "What it brings", "What the law allows"), steps, 3),
            ),
            Part("What others decide", (), _table("elsewhere", "Who decides", ("Decided by", "What", "Law"), elsewhere, 3)),
        ),
        f"Source: fairshare. {made.population}",
        f'fairshare powers "{made.area.name}" --year {made.year}',
    )


def stages_sheet(assessment: Assessment, year: str) -> Sheet:
    """Income in five stages, by fifth."""
    made = stages(assessment)
    rows = by_fifth(made)
    lines = [*stage_words.LINES, ("shared_equally", "Beside it: shared equally"), ("shared_by_income", "Beside it: shared by income")]
    table = [(says, *(f"{row[name]:,.0f}" for row in rows)) for name, says in lines]
    beside = [
        (capital(each.what), each.period, f"{each.model:,.3f}", f"{each.published:,.3f}", "miss" if stage_words.is_miss(each) else "–")
        for each in compared(made, year)
    ]
    unequal = [(capital(stage.replace("_", "-")), f"{value:.3f}") for stage, value in ginis(made).items() if stage in STAGES]
    return Sheet(
        f"Household income in five stages, {year}",
        f"What people are paid, then with benefits, after taxes, and with services. {assessment.population.name}.",
        (
            Part(
                "By fifth of people, lowest income first",
                stage_words.CAVEATS,
                _table("fifths", "Mean £ a household a year", ("Line", *(row["fifth"] for row in rows)), table),
            ),
            Part("How unequal each stage is", (), _table("gini", "Gini coefficient, 0 equal to 1", ("Stage", "Gini"), unequal)),
            Part(
                "Beside what ONS publishes",
                (),
                _table("beside", "Model and published", ("What", "Published for", "Model", "Published", "Miss"), beside, 2),
            ),
        ),
        f"Source: fairshare; HM Treasury, PESA 2025; ONS, Effects of taxes and benefits. Services are of {YEAR_OF_TOTALS}.",
        f"fairshare stages --year {year}",
    )


def hundred_sheet(found: Hundred, year: str, command: str) -> Sheet:
    """Your £100."""
    where = [(FUNCTIONS[name], f"£{pounds:.2f}") for name, pounds in sorted(found.of_each_hundred.items(), key=lambda each: -each[1])]
    back = [(capital(name), *figures) for name, *figures in hundred.back_rows(found)]
    return Sheet(
        f"Your £100 of tax, {year}",
        "Where each £100 goes, and what comes back.",
        (
            Part("What your household pays and receives", tuple(hundred.sentences(found))),
            Part("Where each £100 goes", (), _table("where", "Of each £100 of public spending", ("What", "£"), where)),
            Part("What comes back", (), _table("back", "£ a year", ("What", "£ a year", "£ for each £100 paid"), back)),
            Part("How to read it", hundred.CAVEATS),
        ),
        hundred.SOURCE,
        command,
    )


def account_sheet(found: Worked, command: str) -> Sheet:
    """An account of owning or building."""
    heads = tuple(capital(case) for case in CASES)
    lines = [(f"{each.says} ({each.unit})", *(_figure(value) for value in each.cases)) for each in found.lines]
    assumed = [
        (each.says, f"{each.source}{f' [{each.status}]' if each.status else ''}", *(f"{value:,.4g}" for value in each.cases))
        for each in found.assumptions
    ]
    return Sheet(
        found.title,
        accounts.LABEL,
        (
            Part("Three cases", (), _table("lines", "The account", ("Line", *heads), lines)),
            Part("What it assumes", (), _table("assumptions", "Assumptions and sources", ("What", "Source", *heads), assumed, 2)),
            Part("What it does not say", found.caveats),
        ),
        "Source: the assumptions' own sources, in the table above.",
        command,
    )


def _figure(value: float) -> str:
    return f"{value:,.0f}" if math.isfinite(value) else "never"
