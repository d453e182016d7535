"""One household's assessment as a statement: every line, its amount, and the law it rests on with date, source and status."""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import rental_markets
from fairshare.assessment import RULES, Assessment, assess, worked_alone
from fairshare.household_file import HouseholdFile
from fairshare.instrument import Instrument
from fairshare.law import BY_PLACE, Law, place_projected, with_changes
from fairshare.law_page import SWITCHES, in_words
from fairshare.parameters import Fact, parameter_file, parameters
from fairshare.quantities import MONTHS_IN_YEAR, WEEKS_IN_YEAR, Band, Nation, Role, Tenure
from fairshare.reading import Document

PERIODS = {"week": WEEKS_IN_YEAR, "month": MONTHS_IN_YEAR, "year": 1.0}
WIDTH = 110
LINE_WIDTH = 60
LEFT_OUT = (
    "sanctions",
    "deductions for debts and advances",
    "the five-week wait for a first Universal Credit payment",
    "no recourse to public funds",
    "changes in circumstances within the year",
)
"""What no statement counts; `left_out` puts before it what a household's own statement leaves out besides."""
IN_KIND = ("free_school_meals", "funded_childcare", "warm_home_discount")
"""What a household is given in kind: shown among the lines, and counted in no income."""

KEPT_APART = ("property_purchase_tax", "inheritance_tax", "taxes_on_firms")
"""Lines of post-tax income that are shown only where it takes them off: what is expected of a purchase or a death in some year, and
what no household is asked for."""
EXPECTED = {"property_purchase_tax": "tax on buying a home", "inheritance_tax": "inheritance tax"}
"""Taxes shown among the lines as they are expected in a year, and taken off no income unless `post_tax_income.counts` says so."""
BILLS = ("spending_housing_energy", "spending_communication")
"""What a household file may say is spent on fuel, water, phone and internet."""


YES_OR_NO = {
    ("benefit_cap", "exempt"),
    ("carers_allowance", "entitled"),
    ("carers_allowance", "regular_carer"),
    ("council_tax_reduction", "passported"),
    ("council_tax_reduction", "pension_age"),
    ("council_tax_reduction", "scheme_known"),
    ("dependants", "born_before_limit"),
    ("dependants", "child"),
    ("dependants", "disabled_child"),
    ("dependants", "severely_disabled_child"),
    ("disability_benefits", "needs_care"),
    ("healthy_start", "qualifies"),
    ("housing_benefit", "eligible"),
    ("pension_credit", "eligible"),
    ("state_pension", "over_pension_age"),
    ("tax_free_childcare", "parents_qualify"),
    ("universal_credit", "eligible"),
}
"""Lines that are 1 for yes; those that are no are left out, as other lines of nothing are."""
IN_NORTHERN_IRELAND = {"council tax reduction": "help with rates", "council tax": "rates"}
"""What lines of the tax on homes are called there."""


class Line(NamedTuple):
    """One line of one assessment: £ a year, £ at a moment ("stock"), or a plain number."""

    instrument: str
    name: str
    amount: float
    kind: str
    """"year", "stock" or "number"."""


class Statement(NamedTuple):
    """A household's year: lines by person, benefit unit and household, and the law it rests on."""

    household: HouseholdFile
    law: Law
    people: list[tuple[str, list[Line]]]
    units: list[tuple[str, list[Line]]]
    home: list[Line]
    facts: dict[str, list[Fact]]
    projected: list[str]
    """Titles of the taxes and benefits here whose law of the year is in part a projection on which a line rests."""


def statement(household: HouseholdFile, law: Law, with_law: bool = True) -> Statement:
    """Work a household's year under a law, with the values of the law that each instrument's lines rest on (they take most of the time)."""
    result = assess(household.population, law)
    entities: dict[str, list[list[Line]]] = {
        "person": [[] for _ in household.names],
        "benefit_unit": [[] for _ in household.units],
        "household": [[]],
    }
    counts = law.values["post_tax_income"].counts
    apart = {("post_tax_income", name) for name in KEPT_APART if not getattr(counts, name)}
    for instrument in RULES:
        if instrument.name == "post_tax_income" and not buying_known(household):
            continue  # without what the household buys it would be an income after the television licence alone
        for row, lines in enumerate(entities[instrument.entity]):
            lines.extend(line for line in _lines(instrument, result, row) if (line.instrument, line.name) not in apart)
    there = {line.instrument for groups in entities.values() for lines in groups for line in lines}
    told = [instrument for instrument in RULES if instrument.name in there]
    facts = {instrument.name: _facts(instrument, law, household, result) for instrument in told if with_law}
    units = [_all(names) for names in household.units]
    return Statement(
        household,
        law,
        list(zip(household.names, entities["person"], strict=True)),
        list(zip(units, entities["benefit_unit"], strict=True)),
        entities["household"][0],
        facts,
        [words(instrument.name) for instrument in told if _rests_on_projection(instrument, law, household, result)],
    )


def buying_known(household: HouseholdFile) -> bool:
    """Whether the file says what the household buys, beyond its bills: taxes in prices rest on it."""
    home = household.population.households
    return any(home[name][0] > 0.0 for name in home.dtype.names or () if name.startswith("spending_") and name not in BILLS)


def _lines(instrument: Instrument, result: Assessment, row: int) -> list[Line]:
    """An instrument's lines for one record; none where every line is nothing."""
    table = result[instrument.name]
    hints = instrument.lines.__annotations__
    lines = [Line(instrument.name, name, float(table[name][row]), _kind(str(hints[name]))) for name in table.dtype.names or ()]
    return lines if any(line.amount for line in lines if line.name not in instrument.idle) else []


def _kind(hint: str) -> str:
    return "year" if "Pounds" in hint else "stock" if "Stock" in hint else "number"


def _facts(instrument: Instrument, law: Law, household: HouseholdFile, result: Assessment) -> list[Fact]:
    """The values of an instrument's law on which this household's lines rest: those that would change a line if they moved."""
    facts = [
        _as_changed(fact, law, instrument, path)
        for path, fact in law.facts[instrument.name].items()
        if _matters(path, instrument, law, household, result)
    ]
    return [*facts, *_facts_of_place(instrument, law, household, result)]


def _facts_of_place(instrument: Instrument, law: Law, household: HouseholdFile, result: Assessment) -> list[Fact]:
    """The values of the law of the household's own area on which its lines rest."""
    if instrument.places is None:
        return []
    row = int(household.population.households[instrument.by][0])
    where = household.area.name if instrument.by == "council" else rental_markets()[row].name
    described = parameter_file(instrument.name).data[BY_PLACE]
    found = []
    for column, value in zip(law.places[instrument.name].dtype.names or (), law.places[instrument.name][row], strict=True):
        if _changes_a_line(f"{BY_PLACE}.{column}", {"times": 0.99}, instrument, law, household, result):
            about = described[column]
            path = f"{instrument.name}.{BY_PLACE}.{column}"
            projected = ["projected"] if place_projected(instrument, column, law.year) else []
            status = ", ".join([*projected, about["status"]] if about.get("status") else projected)
            status = "changed by the scenario" if path in law.changed else status
            found.append(Fact(path, f"{about['says']}, {where}", about["unit"], float(value), law.year, about["source"], status))
    return found


_NO_FILE = Document(None, {}, "working")


def _matters(path: str, instrument: Instrument, law: Law, household: HouseholdFile, result: Assessment) -> bool:
    """Whether any line of the instrument changes when this value moves by a little."""
    value = law.facts[instrument.name][path].value
    moved: Any = {"times": 0.99}
    if isinstance(value, list):
        moved = [{"above": band["above"] * 0.99, "rate": band["rate"] * 0.99} for band in value]
    return _changes_a_line(path, moved, instrument, law, household, result)


def _changes_a_line(path: str, moved: Any, instrument: Instrument, law: Law, household: HouseholdFile, result: Assessment) -> bool:
    for name in reversed(path.split(".")):
        moved = {name: moved}
    changed = with_changes(law, {instrument.name: moved}, _NO_FILE)
    lines = worked_alone(instrument, household.population, changed, result)
    return lines.tobytes() != result[instrument.name].tobytes()


def _rests_on_projection(instrument: Instrument, law: Law, household: HouseholdFile, result: Assessment) -> bool:
    """Whether a line rests on a value that follows a forecast, and not only on the last value set."""
    rates = parameters(instrument.name)
    columns = law.places[instrument.name].dtype.names or () if instrument.places is not None else ()
    by_place = any(
        place_projected(instrument, column, law.year)
        and _changes_a_line(f"{BY_PLACE}.{column}", {"times": 0.99}, instrument, law, household, result)
        for column in columns
    )
    return by_place or any(
        fact.status.startswith("projected") and rates[path].then != "frozen" and _matters(path, instrument, law, household, result)
        for path, fact in law.facts[instrument.name].items()
    )


def _as_changed(fact: Fact, law: Law, instrument: Instrument, path: str) -> Fact:
    if f"{instrument.name}.{path}" not in law.changed:
        return fact
    value: Any = law.values[instrument.name]
    for name in path.split("."):
        value = getattr(value, name)
    if isinstance(value, tuple):
        value = [band._asdict() for band in value if np.isfinite(band.above)]
    return fact._replace(value=value, since=law.year, status="changed by the scenario")


# ---- as text and as data -------------------------------------------------------------------------------------------


def as_data(made: Statement) -> dict[str, Any]:
    """The statement in the form of `fairshare household --json`: every line by its instrument and name, £ a year."""
    return {
        "year": made.law.year,
        "council": made.household.area.name,
        "people": [{"name": name, **_nested(lines)} for name, lines in made.people],
        "benefit_units": [
            {"people": names, **_nested(lines)} for names, lines in zip(made.household.units, (each[1] for each in made.units), strict=True)
        ],
        "household": _nested(made.home),
        "bills": round(bills(made), 2),
        "left_after_housing_costs_and_bills": round(left_after_bills(made), 2),
        "assumed": assumptions(made),
        "projected": made.projected,
        "left_out": left_out(made),
    }


def bills(made: Statement) -> float:
    """Fuel, water, phone and internet as the file says, and the television licence less the Warm Home Discount, £ a year; nothing where
    the file names no bills."""
    home = made.household.population.households
    named = float(sum(home[name][0] for name in BILLS))
    if named == 0.0:
        return 0.0
    licence = {line.name: line.amount for line in made.home if line.instrument in ("tv_licence", "warm_home_discount")}
    return max(named + licence.get("tv_licence", 0.0) - licence.get("warm_home_discount", 0.0), 0.0)


def left_after_bills(made: Statement) -> float:
    """What is left of disposable income after housing costs (rent or mortgage interest, and water) and bills, £ a year."""
    after = {line.name: line.amount for line in made.home if line.instrument == "disposable_income"}
    return after.get("disposable_income_after_housing_costs", 0.0) - bills(made)


def assumptions(made: Statement) -> list[str]:
    """What the file did not say, and where a usual form stands in for a scheme that was not read."""
    found = [*made.household.assumptions, *_birthdays(made)]
    if any(line.name == "residence_nil_rate_band" and line.amount for line in made.home):
        found.append("the home would pass to children or grandchildren, so that inheritance tax has its residence nil-rate band")
    for _, lines in made.units:
        reduction = {line.name: line.amount for line in lines if line.instrument == "council_tax_reduction"}
        if reduction.get("liability") and not reduction["pension_age"] and not reduction["scheme_known"]:
            place = made.law.places["council_tax_reduction"][made.household.area.row]
            found.append(
                f"{made.household.area.name}'s own scheme of council tax reduction for working age is not worked in its own form: "
                f"up to {place['maximum']:.0%} of the bill, less {place['taper']:.0%} of income above needs, stands in"
            )
    return found


def _birthdays(made: Statement) -> list[str]:
    """Whom a whole year of age puts on one side of 6 April 2017, where Universal Credit or Pension Credit may rest on it."""
    asked = {name for names, (_, lines) in zip(made.household.units, made.units, strict=True) if _on_means_test(lines) for name in names}
    age = int(made.law.values["dependants"].born_before_limit_age) - 1
    persons = made.household.population.persons
    return [
        f"{name}, {age}, was born on or after 6 April 2017 (write `age: {age + 1}` if before; rates for a child differ)"
        for name, person in zip(made.household.names, persons, strict=True)
        if name in asked and person["age"] == age and person["role"] == Role.DEPENDANT
    ]


def _on_means_test(lines: list[Line]) -> bool:
    return any(line.instrument in ("universal_credit", "pension_credit") and line.name == "eligible" and line.amount for line in lines)


def left_out(made: Statement) -> list[str]:
    """What this statement leaves out: first what depends on the household, then what none counts."""
    found = []
    if not buying_known(made.household):
        found.append("taxes in prices, since the file does not say what is bought (write `spending` to count them)")
        if not bills(made):
            found.append("the television licence, which is counted with bills")
    counts = made.law.values["post_tax_income"].counts
    if not counts.taxes_on_firms:
        found.append("taxes that firms pay and pass on")
    lines = [line for _, group in (*made.people, *made.units) for line in group] + made.home
    given = [words(name) for name in IN_KIND if any(line.instrument == name and line.amount for line in lines)]
    if given:
        found.append(f"{_all(given)}, given in kind, which no income here counts")
    expected = [title for name, title in EXPECTED.items() if not getattr(counts, name) and any(line.instrument == name for line in lines)]
    if expected:
        found.append(f"{_all(expected)}, which the lines show as expected in a year")
    if made.household.population.households["tenure"][0] == Tenure.MORTGAGE:
        found.append("repayments of the mortgage itself, which buy part of the home: housing costs hold its interest alone")
    return [*found, *LEFT_OUT]


def _nested(lines: list[Line]) -> dict[str, dict[str, float]]:
    nested: dict[str, dict[str, float]] = {}
    for line in lines:
        nested.setdefault(line.instrument, {})[line.name] = round(line.amount, 2)
    return nested


def _all(names: list[str]) -> str:
    """'Sam, Ash and Bea'."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def words(name: str) -> str:
    """A line's or instrument's name in running text: 'Universal Credit', 'National Insurance', 'income tax'."""
    title = INSTRUMENT_TITLES.get(name)
    return title or name.replace("_", " ")


LINE_TITLES = {(instrument.name, line): title for instrument in RULES for line, title in instrument.line_titles.items()}
INSTRUMENT_TITLES = {instrument.name: instrument.title for instrument in RULES if instrument.title}


def title_of(made: Statement, instrument: str, name: str = "") -> str:
    """The title of an instrument, or of one of its lines, as it is called where the household lives."""
    title = (LINE_TITLES.get((instrument, name)) or words(name)) if name else words(instrument)
    if instrument == "disposable_income" and name in ("benefits", "student_maintenance") and _loan(made):
        title = {"benefits": "benefits, with the loan", "student_maintenance": "student maintenance loan"}[name]
    if made.household.area.nation == Nation.NORTHERN_IRELAND and instrument in (
        "council_tax",
        "council_tax_reduction",
        "disposable_income",
    ):
        for here, there in IN_NORTHERN_IRELAND.items():
            title = title.replace(here, there).replace(here.capitalize(), there.capitalize())
    return title


def _loan(made: Statement) -> bool:
    """Whether what is counted among benefits is in part a student's loan."""
    return any(line.name == "student_maintenance" and line.amount for line in made.home)


def capital(text: str) -> str:
    """With a capital letter to begin."""
    return text[:1].upper() + text[1:]


def amount(value: float, per: str) -> str:
    """£ a year as '£1,234.56' for the period, below nothing '−£1,234.56'."""
    value = value / PERIODS[per]
    return f"\u2212£{-value:,.2f}" if value < -0.005 else f"£{abs(value):,.2f}"


def _value(fact: Fact) -> str:
    """Its value in words, with the unit where the words do not hold it."""
    told = in_words(fact.value, fact.unit)
    plain = fact.unit in ("£", "share", *SWITCHES) or fact.unit.removeprefix("£/") in PERIODS
    return told if plain else f"{told} ({fact.unit})"


def as_text(made: Statement, per: str, working: bool, reform: Statement | None = None) -> str:
    """The statement in plain text: what comes in, what goes out, what is left; with `working`, every line and its law.

    With `reform`, baseline and reform stand side by side.
    """
    rows: list[str] = [_heading(made, per)]
    if working:
        for title, lines, other in _groups(made, reform):
            rows += ["", title, "-" * len(title), *(_line_rows(made, lines, other, per) or ["  Nothing is due or paid."])]
        rows += ["", *_law_rows(reform or made)]
    rows += ["", *_summary(made, per, reform)]
    if assumptions(made):
        rows += [
            "",
            *textwrap.wrap("Assumed: " + "; ".join(assumptions(made)) + ".", WIDTH, break_long_words=False, break_on_hyphens=False),
        ]
    if made.projected:
        said = f"In {made.law.year} the law of {_all(made.projected)} is not all set yet: part of it is a projection."
        rows += ["", *textwrap.wrap(said, WIDTH)]
    rows += ["", *textwrap.wrap("Left out: " + "; ".join(left_out(made)) + ".", WIDTH, break_long_words=False, break_on_hyphens=False)]
    return "\n".join(rows)


def _heading(made: Statement, per: str) -> str:
    title = made.household.title or f"{_all(made.household.names)} in {made.household.area.name}"
    return f"{title}: {made.law.year}, amounts for each {per}"


def _groups(made: Statement, reform: Statement | None) -> list[tuple[str, list[Line], list[Line] | None]]:
    people = [(name, lines, reform.people[i][1] if reform else None) for i, (name, lines) in enumerate(made.people)]
    units = [(f"Benefit unit: {name}", lines, reform.units[i][1] if reform else None) for i, (name, lines) in enumerate(made.units)]
    return [*people, *units, ("Household", made.home, reform.home if reform else None)]


def _line_rows(made: Statement, lines: list[Line], other: list[Line] | None, per: str) -> list[str]:
    after = {(line.instrument, line.name): line for line in other or []}
    before = {(line.instrument, line.name): line for line in lines}
    rows: list[str] = []
    shown: list[str] = []
    for key in dict.fromkeys([*before, *after]):
        line, new = before.get(key), after.get(key)
        is_award = key[0] == key[1]  # what it comes to is told also where that is nothing
        if not is_award and not (line and line.amount) and not (new and new.amount):
            continue
        if key[0] not in shown:
            shown.append(key[0])
            rows += [f"  {capital(title_of(made, key[0]))}"]
        text = _cell(line or new._replace(amount=0.0), per)  # type: ignore[union-attr]
        if other is not None:
            text += _cell(new or line._replace(amount=0.0), per)  # type: ignore[union-attr]
        rows.append(f"    {title_of(made, *key):<{LINE_WIDTH}}{text}")
    return rows


def _law_rows(made: Statement) -> list[str]:
    """The values of the law behind the lines: each once, with date, source and status."""
    title = "The law these lines rest on"
    rows = [title, "-" * len(title)]
    for name, facts in made.facts.items():
        if facts:
            rows.append(f"  {words(name)[:1].upper() + words(name)[1:]}")
        for fact in facts:
            mark = f" [{fact.status}]" if fact.status else ""
            text = f"{fact.says}: {_value(fact)}, from {fact.since}{mark}. {fact.source}."
            rows += textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")
    return rows


def _cell(line: Line, per: str) -> str:
    if (line.instrument, line.name) in YES_OR_NO:
        text = "yes" if line.amount else "no"
    elif (line.instrument, line.name) == ("council_tax", "band"):
        text = Band(int(line.amount)).name
    elif line.kind == "number":
        text = f"{line.amount:,.4g}"
    else:
        text = amount(line.amount, per if line.kind == "year" else "year")
    return f"{text:>16}"


def _summary(made: Statement, per: str, reform: Statement | None) -> list[str]:
    """Income, taxes, benefits, and what is left after housing costs."""
    before = {line.name: line.amount for line in made.home if line.instrument == "disposable_income"}
    after = {line.name: line.amount for line in reform.home if line.instrument == "disposable_income"} if reform else None
    head = f"{'':<50}{'Today':>16}{'Proposal':>16}{'Change':>16}" if after else ""
    rows = [head] if head else []
    met, then_met = reduction(made), reduction(reform) if reform is not None else None
    for name in dict.fromkeys([*before, *(after or {})]):
        supported = name == "council_tax" and (met or then_met)
        if name.startswith("equivalence") or not (before.get(name) or (after or {}).get(name) or supported):
            continue
        title = capital(title_of(made, "disposable_income", name))
        rows.append(_summary_row(title, before.get(name, 0.0), after.get(name, 0.0) if after is not None else None, per))
        if supported:
            rows.append(_summary_row(f"  after {title_of(made, 'council_tax_reduction')} of", met, then_met, per))
    rows += _bill_rows(made, per, reform)
    return rows


def _summary_row(title: str, before: float, after: float | None, per: str) -> str:
    row = f"{title:<50}{amount(before, per):>16}"
    return row if after is None else f"{row}{amount(after, per):>16}{amount(after - before, per):>16}"


def reduction(made: Statement) -> float:
    """What councils take off the bill on the home by a means test, £ a year: council tax stands in the summary without it."""
    return sum(line.amount for _, lines in made.units for line in lines if line.name == "council_tax_reduction")


def _bill_rows(made: Statement, per: str, reform: Statement | None) -> list[str]:
    if not bills(made):
        return ["", "No bills are in the file; write `spending: {housing_energy: 120 a month, communication: 40 a month}` to count them."]
    rows = []
    tax = title_of(made, "council_tax")
    for title, of in (("Bills", bills), (f"Left after rent, {tax} and bills", left_after_bills)):
        rows.append(_summary_row(title, of(made), of(reform) if reform is not None else None, per))
    return rows
