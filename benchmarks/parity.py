"""Does fairshare give what the peer model gives, household by household? `python benchmarks/parity.py DIR [--json]`.

Every variable that both sides have is compared over the records in the peer's scope where either side is not zero. A record
agrees within £1 a year or 0.01%; or it differs by law, where the differences of `legal_differences.py` predict the gap
within £1; or it is unexplained. The peer's inputs are mapped to what it does with them: both kinds of pension contribution
as net pay, disability as the protected health element, capital as it assesses it, council tax as given, the blind person's
allowance at the amount given, all tax off pensioners' income, what council tax reduction counts, full take-up.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent))

import legal_differences as legal
from fairshare import quantities as q
from fairshare.assessment import RULES, Assessment, assess, worked_alone
from fairshare.faults import Fault
from fairshare.law import Law, law_in_force, with_changes
from fairshare.population.records import Population, population
from fairshare.reading import parse
from fairshare.rules import INSTRUMENTS
from peer_households import SETS, YEARS, Peer, read_peer

POUND, PROPORTION = 1.0, 1e-4
"""A record agrees within this many pounds a year, or this share of the peer's amount."""
MOST_BY_LAW = 0.15
"""At most this share of a variable's records may differ by law."""
LINE = parse("{}", "the comparison")

BLIND = {"income_tax": {"blind_persons_allowance": 1_250.0}}
"""The peer's data give each blind person's allowance as an amount."""
REFORMS: dict[str, dict[str, Any]] = {
    "pa_plus_1000": {"income_tax": {"personal_allowance": {"plus": 1_000}}},
    "basic_rate_plus_1p": {},
    "child_benefit_eldest_30": {"child_benefit": {"eldest": 30.0}},
    "uc_taper_50": {"universal_credit": {"taper": 0.5}},
}


class Sides(NamedTuple):
    """Both sides of one set in one year."""

    peer: Peer
    year: str
    lines: Assessment
    reduction: np.ndarray
    """Council tax reduction, worked on the capital that the peer counts for it."""

    def out(self, entity: str, name: str) -> np.ndarray:
        return self.peer.outputs[self.year][entity][name].to_numpy(dtype=float)

    def line(self, instrument: str, *names: str) -> np.ndarray:
        return sum((self.lines[instrument][name] for name in names), np.zeros(len(self.lines[instrument])))

    def to_units(self, amounts: np.ndarray) -> np.ndarray:
        people = self.peer.population
        return np.bincount(people.persons["benefit_unit"], amounts, len(people.benefit_units))

    def to_households(self, amounts: np.ndarray) -> np.ndarray:
        people = self.peer.population
        owner = people.persons["household"] if len(amounts) == len(people.persons) else people.benefit_units["household"]
        return np.bincount(owner, amounts, len(people.households))


class Variable(NamedTuple):
    """One thing that both sides have: how to find it on each, and the records in the peer's scope."""

    name: str
    entity: str
    ours: Callable[[Sides], np.ndarray]
    peer: Callable[[Sides], np.ndarray]
    instruments: tuple[str, ...]
    """Whose lines make up our working."""
    scope: Callable[[Sides], np.ndarray] | None = None
    sign: float = 0.0
    """How it enters net income: 1 added, -1 taken off, 0 not at all."""


def plain(
    name: str, entity: str, instrument: str, *lines: str, peer: tuple[str, ...] = (), scope: Any = None, sign: float = 0.0
) -> Variable:
    """A variable that is a sum of lines of one instrument, and of the peer's columns."""
    columns = peer or (name,)
    return Variable(
        name,
        entity,
        lambda sides: sides.line(instrument, *lines),
        lambda sides: sum((sides.out(entity, column) for column in columns), np.zeros(1)),
        (instrument,),
        scope,
        sign,
    )


def on_credit(sides: Sides) -> np.ndarray:
    """Units that the peer lets claim Universal Credit: elsewhere it computes elements that mean nothing."""
    return sides.out("benunit", "is_uc_eligible") == 1.0


def of_pension_age(sides: Sides) -> np.ndarray:
    """Units that the peer lets claim Pension Credit; it asks for an award, so those it finds too well off are left out."""
    return (sides.out("benunit", "is_pension_credit_eligible") == 1.0) & (sides.line("pension_credit", "eligible") == 1.0)


def simulated_reduction(sides: Sides) -> np.ndarray:
    return sides.out("benunit", "council_tax_reduction_scheme_supported") == 1.0


def income_before_reduction(sides: Sides) -> np.ndarray:
    """Disposable income before council tax reduction, without Healthy Start and Best Start, which the peer does not work."""
    reduction = sides.to_households(sides.line("council_tax_reduction", "council_tax_reduction"))
    reduction += sides.to_households(sides.line("healthy_start", "healthy_start") + sides.line("best_start", "best_start"))
    return sides.line("disposable_income", "disposable_income") - reduction


def net_income(sides: Sides) -> np.ndarray:
    """Disposable income before council tax reduction; as in the statistics it is never below zero."""
    return np.maximum(income_before_reduction(sides), 0.0)


def peer_net_income(sides: Sides) -> np.ndarray:
    extras = ("council_tax_reduction", "warm_home_discount", "free_tv_licence_value")
    income = sides.out("household", "hbai_household_net_income") - sum(sides.out("household", name) for name in extras)
    return np.maximum(income, 0.0)


def in_scotland(sides: Sides) -> np.ndarray:
    return sides.peer.population.households["nation"] == q.Nation.SCOTLAND


def winter(sides: Sides) -> np.ndarray:
    return sides.to_households(sides.line("winter_fuel", "winter_fuel_payment"))


def uc(name: str, *lines: str) -> Variable:
    return plain(name, "benunit", "universal_credit", *lines, scope=on_credit)


def on_benefit(sides: Sides) -> np.ndarray:
    """By household: whether a means-tested award is paid."""
    awards = sides.line("benefit_cap", "universal_credit") + sides.line("pension_credit", "pension_credit")
    return sides.to_households(awards) > 0.0


CHARGES = ("income_tax", "child_benefit_charge", "winter_fuel")
VARIABLES: tuple[Variable, ...] = (
    Variable(
        "income_tax",
        "person",
        lambda sides: (
            sides.line("income_tax", "income_tax")
            + sides.line("child_benefit_charge", "child_benefit_charge")
            + sides.line("winter_fuel", "winter_fuel_charge")
        ),
        lambda sides: sides.out("person", "income_tax"),
        CHARGES,
        sign=-1.0,
    ),
    Variable(
        "income_tax_pre_charges",
        "person",
        lambda sides: sides.line("income_tax", "income_tax") - sides.line("income_tax", "annual_allowance_charge"),
        lambda sides: sides.out("person", "income_tax_pre_charges"),
        ("income_tax",),
    ),
    plain("national_insurance", "person", "national_insurance", "national_insurance", sign=-1.0),
    plain("ni_class_1_employee", "person", "national_insurance", "class_1"),
    plain("ni_class_4", "person", "national_insurance", "class_4"),
    plain("ni_employer", "person", "national_insurance", "employer"),
    plain("CB_HITC", "person", "child_benefit_charge", "child_benefit_charge"),
    plain("winter_fuel_payment_charge", "person", "winter_fuel", "winter_fuel_charge"),
    plain("capital_gains_tax", "person", "capital_gains_tax", "capital_gains_tax"),
    plain("student_loan_repayments", "person", "student_loan", "repayment", sign=-1.0),
    plain("child_benefit", "benunit", "child_benefit", "child_benefit", sign=1.0),
    plain("universal_credit", "benunit", "benefit_cap", "universal_credit", sign=1.0),
    plain("universal_credit_pre_benefit_cap", "benunit", "universal_credit", "universal_credit"),
    uc("uc_maximum_amount", "maximum_amount"),
    uc("uc_standard_allowance", "standard_allowance"),
    uc("uc_child_element", "child_element"),
    uc("uc_disability_elements", "health_element", "disabled_child_additions"),
    uc("uc_LCWRA_element", "health_element"),
    uc("uc_carer_element", "carer_element"),
    uc("uc_childcare_element", "childcare_element"),
    uc("uc_housing_costs_element", "housing_element"),
    uc("uc_non_dep_deductions", "non_dependant_contributions"),
    uc("uc_tariff_income", "tariff_income"),
    Variable(
        "benefit_cap_reduction",
        "benunit",
        lambda sides: sides.line("benefit_cap", "reduction"),
        lambda sides: np.minimum(sides.out("benunit", "benefit_cap_reduction"), sides.out("benunit", "universal_credit_pre_benefit_cap")),
        ("benefit_cap",),
    ),
    plain("pension_credit", "benunit", "pension_credit", "pension_credit", sign=1.0),
    plain("guarantee_credit", "benunit", "pension_credit", "guarantee_credit"),
    plain("savings_credit", "benunit", "pension_credit", "savings_credit"),
    plain("minimum_guarantee", "benunit", "pension_credit", "minimum_guarantee", scope=of_pension_age),
    plain("pension_credit_deemed_income", "benunit", "pension_credit", "deemed_income", scope=of_pension_age),
    plain("housing_benefit", "benunit", "housing_benefit", "housing_benefit", sign=1.0),
    Variable(
        "winter_fuel_allowance",
        "household",
        lambda sides: np.where(in_scotland(sides), 0.0, winter(sides)),
        lambda sides: sides.out("household", "winter_fuel_allowance"),
        ("winter_fuel",),
        sign=1.0,
    ),
    Variable(
        "pawhp",
        "household",
        lambda sides: np.where(in_scotland(sides), winter(sides), 0.0),
        lambda sides: sides.out("household", "pawhp"),
        ("winter_fuel",),
        sign=1.0,
    ),
    Variable(
        "scottish_child_payment",
        "benunit",
        lambda sides: sides.line("scottish_child_payment", "scottish_child_payment"),
        lambda sides: sides.to_units(sides.out("person", "scottish_child_payment")),
        ("scottish_child_payment",),
        sign=1.0,
    ),
    plain(
        "carers_benefits",
        "person",
        "carers_allowance",
        "carers_allowance",
        "scottish_carer_supplement",
        peer=("carers_allowance", "carer_support_payment", "scottish_carer_supplement"),
        sign=1.0,
    ),
    plain("pip", "person", "disability_benefits", "daily_living", "mobility", sign=1.0),
    plain("dla", "person", "disability_benefits", "care", "care_mobility", sign=1.0),
    plain("attendance_allowance", "person", "disability_benefits", "attendance", sign=1.0),
    plain("state_pension", "person", "state_pension", "state_pension", sign=1.0),
    Variable(
        "tax_free_childcare",
        "benunit",
        lambda sides: sides.line("tax_free_childcare", "tax_free_childcare"),
        lambda sides: sides.to_units(sides.out("person", "tax_free_childcare")),
        ("tax_free_childcare",),
        sign=1.0,
    ),
    Variable(
        "council_tax_benefit",
        "benunit",
        lambda sides: sides.reduction["council_tax_reduction"],
        lambda sides: sides.out("benunit", "council_tax_benefit"),
        ("council_tax_reduction",),
        simulated_reduction,
    ),
    Variable("hbai_household_net_income", "household", net_income, peer_net_income, ("disposable_income",)),
)


class Compared(NamedTuple):
    """One variable in one set and year: every record's two amounts, and what became of it."""

    name: str
    year: str
    set: str
    entity: str
    instruments: tuple[str, ...]
    ours: np.ndarray
    peer: np.ndarray
    scope: np.ndarray
    agrees: np.ndarray
    by_law: np.ndarray
    reasons: list[str]
    """For each record that differs by law, the names of its differences."""

    @property
    def unexplained(self) -> np.ndarray:
        return self.scope & ~self.agrees & ~self.by_law

    def row(self) -> dict[str, Any]:
        gaps = np.abs(self.ours - self.peer)[self.unexplained]
        return {
            "name": self.name,
            "year": self.year,
            "set": self.set,
            "records": int(self.scope.sum()),
            "agree": int((self.scope & self.agrees).sum()),
            "legal_difference": int((self.scope & self.by_law).sum()),
            "unexplained": int(self.unexplained.sum()),
            "largest_gap": round(float(gaps.max()), 2) if len(gaps) else 0.0,
        }


def within(gap: np.ndarray, amount: np.ndarray) -> np.ndarray:
    return np.abs(gap) <= np.maximum(POUND, PROPORTION * np.abs(amount))


def compared(
    name: str, entity: str, instruments: tuple[str, ...], sides: Sides, ours: np.ndarray, peer: np.ndarray, scope: np.ndarray, sizes: Any
) -> Compared:
    """Count one variable. `sizes` holds each difference's predicted size, by name."""
    scope = scope & ((np.abs(ours) > 0.005) | (np.abs(peer) > 0.005))
    agrees = within(ours - peer, peer)
    total = sum(sizes.values(), np.zeros(len(ours)))
    by_law = ~agrees & (np.abs(total) > 0.005) & (np.abs(ours - peer - total) <= np.maximum(POUND, PROPORTION * np.abs(peer)))
    reasons = [
        "" if not by_law[i] else ", ".join(each for each, amount in sizes.items() if abs(amount[i]) > 0.005) for i in range(len(ours))
    ]
    return Compared(name, sides.year, sides.peer.name, entity, instruments, ours, peer, scope, agrees, by_law, reasons)


def law_of(year: str, reform: str = "") -> Law:
    """The law compared under: the blind person's allowance as the peer's data give it, and a reform."""
    law = with_changes(law_in_force(year), BLIND, LINE)
    if reform == "basic_rate_plus_1p":  # and where the law speaks of the basic rate; savings and dividends have rates of their own
        bands = [{"above": band.above, "rate": band.rate} for band in law.values["income_tax"].main.bands if band.above < np.inf]
        rate = bands[0]["rate"] = round(bands[0]["rate"] + 0.01, 4)
        tax = {"main": {"bands": bands}, "relief_at_source_rate": rate, "marriage_allowance": {"relief_rate": rate}}
        floor = {"minimum_income_floor": {"tax_rate": rate}}
        return with_changes(law, {"income_tax": tax, "universal_credit": floor}, LINE)
    return with_changes(law, REFORMS[reform], LINE) if reform else law


def sides_of(peer: Peer, year: str, law: Law) -> Sides:
    lines = assess(peer.population, law, COMPARED)
    return Sides(peer, year, lines, reduction_of(peer, year, law, lines))


def all_tax_taken_off(*arguments: Any) -> None:
    """Pension Credit's pass, given all income tax as tax on the income that counts: the peer takes all of it off pensioners' income."""
    households, units, persons, *upstream, income_tax, law, lines, first, last = arguments
    persons, income_tax = persons.copy(), income_tax.copy()
    persons["other_income"] = 0.0
    for name in ("tax_on_savings", "tax_on_dividends", "tax_on_property"):
        income_tax[name] = 0.0
    for table in (persons, income_tax):
        table.setflags(write=False)  # as the engine's own tables are: another kind of array would be compiled for anew
    PENSION_CREDIT.assess(households, units, persons, *upstream, income_tax, law, lines, first, last)


PENSION_CREDIT = INSTRUMENTS["pension_credit"]
COMPARED = RULES._replace(pension_credit=PENSION_CREDIT._replace(assess=all_tax_taken_off))
"""The year as it is compared: the rules as they are, with one of their inputs mapped."""


def reduction_of(peer: Peer, year: str, law: Law, lines: Assessment) -> np.ndarray:
    """Council tax reduction on what the peer counts for it: its capital, a year of 52 weeks, and for working age in Scotland and
    Wales the Universal Credit and Child Benefit paid as ordinary income and no children (its form of the schemes has neither)."""
    instrument, law = INSTRUMENTS["council_tax_reduction"], over_52_weeks(law)
    people = with_capital_for_reduction(peer, year)
    usual = worked_alone(instrument, people, law, lines)
    nation = people.households["nation"][people.benefit_units["household"]]
    mapped = np.isin(nation, (q.Nation.SCOTLAND, q.Nation.WALES)) & (usual["pension_age"] == 0.0)
    credit, cap = lines["universal_credit"].copy(), lines["benefit_cap"].copy()
    credit["unearned_income"] += np.where(mapped, cap["universal_credit"] + lines["child_benefit"]["child_benefit"], 0.0)
    cap["universal_credit"] = np.where(mapped, 0.0, cap["universal_credit"])
    dependants = lines["dependants"].copy()
    dependants["child"] = np.where(mapped[people.persons["benefit_unit"]], 0.0, dependants["child"])
    for table in (credit, cap, dependants):
        table.setflags(write=False)
    return worked_alone(instrument, people, law, {**lines, "universal_credit": credit, "benefit_cap": cap, "dependants": dependants})


def over_52_weeks(law: Law) -> Law:
    """The law with the weekly amounts of council tax reduction that the rule spreads over 365 days made to count for 52 weeks."""
    weeks = {"times": q.WEEKS_IN_YEAR * q.DAYS_IN_WEEK / q.DAYS_IN_YEAR}
    deductions = dict.fromkeys(("lowest", "second", "third", "top"), weeks)
    scales = {f"non_dependants_{nation}": deductions for nation in ("england", "wales", "scotland")}
    changes = {"pension_age": {"taper": weeks}, "by_place": {"taper": weeks}, **scales}
    return with_changes(law, {"council_tax_reduction": changes}, LINE)


def with_capital_for_reduction(peer: Peer, year: str) -> Population:
    """The people with savings alone as capital, save those whom the peer pays Pension Credit, whose capital is what that counts."""
    people = peer.population
    units = people.benefit_units.copy()
    paid = peer.outputs[year]["benunit"]["pension_credit"].to_numpy() > 0.0
    units["capital"] = np.where(paid, units["capital"], peer.savings)
    return population(people.persons.copy(), units, people.households.copy(), name=f"{people.name}, for reduction", year=people.year)


def differences_of(sides: Sides, law: Law) -> dict[str, legal.Predicted]:
    peer = sides.peer
    setting = legal.Setting(peer.population, law, sides.year, sides.lines, peer.personal_contributions)
    return legal.predicted(setting, sides.reduction)


def of_net_income(sides: Sides, differences: dict[str, legal.Predicted]) -> np.ndarray:
    """By household: what the differences in the parts of net income add up to."""
    total = np.zeros(len(sides.peer.population.households))
    for variable in VARIABLES:
        for sizes in differences.values():
            if variable.sign and variable.name in sizes:
                amounts = sizes[variable.name]
                total += variable.sign * (amounts if variable.entity == "household" else sides.to_households(amounts))
    ours = income_before_reduction(sides)
    return np.maximum(ours, 0.0) - np.maximum(ours - total, 0.0)


def compare(peer: Peer, year: str, reforms: bool = True) -> list[Compared]:
    """Every variable of one set in one year, and the change of net income under each reform."""
    law = law_of(year)
    sides = sides_of(peer, year, law)
    differences = differences_of(sides, law)
    rows = []
    for variable in VARIABLES:
        ours, theirs = variable.ours(sides), variable.peer(sides)
        scope = variable.scope(sides) if variable.scope else np.ones(len(ours), bool)
        sizes = {name: found[variable.name] for name, found in differences.items() if variable.name in found}
        if variable.name == "hbai_household_net_income":
            sizes = {legal.FLOWS.name: of_net_income(sides, differences)}
        rows.append(compared(variable.name, variable.entity, variable.instruments, sides, ours, theirs, scope, sizes))
    if reforms:
        rows += [compare_reform(sides, differences, reform) for reform in REFORMS]
    return rows


def compare_reform(sides: Sides, differences: dict[str, legal.Predicted], reform: str) -> Compared:
    """The change of net income under a reform. The peer's includes changes of council tax reduction and of what an award opens
    (the warm home discount), so households with a reduction, and those whose award begins or ends, are left out."""
    law = law_of(sides.year, reform)
    after = sides_of(sides.peer, sides.year, law)
    frame = sides.peer.reforms
    frame = frame[(frame["reform"] == reform) & (frame["year"] == int(YEARS[sides.year]))].set_index("household_id")
    ids = sides.peer.inputs["household"]["household_id"]
    theirs = frame["change_hbai"].reindex(ids).to_numpy()
    ours = net_income(after) - net_income(sides)
    scope = (sides.out("household", "council_tax_reduction") == 0.0) & (on_benefit(sides) == on_benefit(after))
    sizes = {legal.FLOWS.name: of_net_income(after, differences_of(after, law)) - of_net_income(sides, differences)}
    return compared(f"change_of_net_income.{reform}", "household", ("disposable_income",), sides, ours, theirs, scope, sizes)


# ---- what is printed -----------------------------------------------------------------------------------------------


def summary(rows: list[Compared]) -> pd.DataFrame:
    """By variable: all sets and years together."""
    table = pd.DataFrame([each.row() for each in rows])
    counts = table.groupby("name", sort=False)[["records", "agree", "legal_difference", "unexplained"]].sum()
    counts["largest_gap"] = table.groupby("name", sort=False)["largest_gap"].max()
    counts["explained"] = (counts["agree"] + counts["legal_difference"]) / counts["records"].clip(lower=1)
    counts["by_law"] = counts["legal_difference"] / counts["records"].clip(lower=1)
    return counts


def as_text(rows: list[Compared]) -> str:
    header = f"{'variable':<42}{'records':>9}{'agree':>8}{'by law':>8}{'unexplained':>13}{'explained':>11}{'largest gap':>13}"
    lines = [header, "-" * len(header)]
    for name, row in summary(rows).iterrows():
        over = " (over 15% by law)" if row["by_law"] > MOST_BY_LAW else ""
        lines.append(
            f"{name!s:<42}{row['records']:>9.0f}{row['agree']:>8.0f}{row['legal_difference']:>8.0f}{row['unexplained']:>13.0f}"
            f"{row['explained']:>11.1%}{row['largest_gap']:>13,.2f}{over}"
        )
    return "\n".join(lines)


def as_markdown(rows: list[Compared]) -> str:
    """The table and the differences, for the validation page."""
    lines = ["| Variable | Records | Agree | Differ by law | Unexplained | Explained | Largest unexplained gap, £ a year |"]
    lines.append("|---|---:|---:|---:|---:|---:|---:|")
    for name, row in summary(rows).iterrows():
        lines.append(
            f"| `{name}` | {row['records']:,.0f} | {row['agree']:,.0f} | {row['legal_difference']:,.0f} | {row['unexplained']:,.0f} | "
            f"{row['explained']:.1%} | {row['largest_gap']:,.0f} |"
        )
    lines += ["", "| Difference | Law | What it says | Records |", "|---|---|---|---:|"]
    counts = {each.name: 0 for each in legal.ALL}
    for each in rows:
        for i, reasons in enumerate(each.reasons):
            if each.scope[i]:
                for name in filter(None, reasons.split(", ")):
                    counts[name] += 1
    for each in legal.ALL:
        lines.append(f"| `{each.name}` | {each.section} | {each.says} | {counts[each.name]:,} |")
    return "\n".join(lines)


BEGIN, END = "<!-- parity: begin -->", "<!-- parity: end -->"
"""Where the tables stand in a page."""


def put(tables: str, file: str) -> None:
    """Print the tables ("-"), or put them between the marks of a page. Raises Fault where the page has no marks."""
    if file == "-":
        print(tables)
        return
    page = Path(file)
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    if BEGIN not in text or END not in text:
        raise Fault(f"{file} has no lines {BEGIN} and {END}; add them where the tables are to stand.")
    before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
    page.write_text(f"{before}\n{tables}\n{after}", encoding="utf-8")


def explain(peers: dict[str, Peer], rows: list[Compared], variable: str, also_by_law: bool) -> str:
    """The records of one variable that are unexplained: their inputs, and both workings."""
    known = {each.name for each in rows}
    if variable not in known:
        raise Fault(f'There is no variable "{variable}"; it is one of {", ".join(sorted(known))}.')
    blocks = []
    for each in rows:
        if each.name == variable:
            chosen = each.scope & ~each.agrees if also_by_law else each.unexplained
            blocks += [_record(peers[each.set], each, int(i)) for i in np.flatnonzero(chosen)]
    return "\n\n".join(blocks) or f"Every record of {variable} agrees or differs by law."


def _record(peer: Peer, each: Compared, i: int) -> str:
    household = int(peer.inputs[each.entity]["household_id"].iloc[i])
    law = law_of(each.year)
    lines = assess(peer.population, law, COMPARED)
    text = [f"{each.set} {each.year}, household {household}, {each.entity} row {i + 1}: ours {each.ours[i]:,.2f}, peer {each.peer[i]:,.2f}"]
    if each.reasons[i]:
        text[0] += f" (by law: {each.reasons[i]})"
    for entity in ("household", "person"):
        frame = peer.inputs[entity]
        for _, row in frame[frame["household_id"] == household].iterrows():
            text.append(f"  {entity}: {_nonzero(row)}")
    for instrument in each.instruments:
        table = lines[instrument]
        row = i if len(table) == len(peer.inputs[each.entity]) and INSTRUMENTS[instrument].entity[:4] == each.entity[:4] else None
        if row is None:
            ids = peer.inputs["household"]["household_id"]
            row = int(np.flatnonzero(ids == household)[0]) if INSTRUMENTS[instrument].entity == "household" else None
        if row is not None:
            text.append(f"  ours, {instrument}: {_nonzero(pd.Series({name: table[name][row] for name in table.dtype.names}))}")
    text.append(f"  peer: {_nonzero(peer.outputs[each.year][each.entity].iloc[i])}")
    return "\n".join(text)


def _nonzero(row: pd.Series) -> str:
    shown = {
        name: value for name, value in row.items() if value not in (0, "NONE", "NOT_IN_EDUCATION") and not str(name).endswith("consumption")
    }
    return ", ".join(f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}" for name, value in shown.items())


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare with the peer model, household by household.")
    parser.add_argument("folder", type=Path, help="the folder of the parity files")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--markdown", metavar="FILE", nargs="?", const="-", help="print the validation page's tables, or put them into FILE"
    )
    parser.add_argument("--explain", metavar="VARIABLE", help="list the unexplained records of one variable")
    parser.add_argument("--by-law", action="store_true", help="with --explain: also those that differ by law")
    chosen = parser.parse_args()
    try:
        peers = {name: read_peer(chosen.folder, name) for name in SETS}
        rows = [row for peer in peers.values() for year in YEARS for row in compare(peer, year)]
        if chosen.json:
            print(json.dumps({"variables": [each.row() for each in rows]}, indent=2))
        elif chosen.markdown:
            put(as_markdown(rows), chosen.markdown)
        elif chosen.explain:
            print(explain(peers, rows, chosen.explain, chosen.by_law))
        else:
            print(as_text(rows))
    except Fault as fault:
        print(fault, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
