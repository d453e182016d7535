"""A survey's population with what other surveys know matched in: top incomes (SPI), spending (LCF), services (ETB), wealth (WAS).

The order is fixed: top incomes come first, because the other steps use the order of incomes. Each step keeps a diagnostic in the
population's details (`matched`): the amounts before, among the donors and after, and what was assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.population.disclosure import MINIMUM, few
from fairshare.population.records import Population, population
from fairshare.population.surveys import assembly
from fairshare.population.surveys.donors import Donors
from fairshare.population.surveys.etb import MOST, SERVICES, read_etb
from fairshare.population.surveys.lcf import read_lcf
from fairshare.population.surveys.matching import (
    Known,
    age_band,
    by_order,
    diagnostic,
    marginals,
    matched,
    rank_within,
    tenure_group,
)  # fmt: skip
from fairshare.population.surveys.spi import KINDS as SPI_KINDS
from fairshare.population.surveys.spi import Individuals, read_spi, total_of
from fairshare.population.surveys.was import KINDS as COMPONENTS
from fairshare.population.surveys.was import read_was
from fairshare.population.synthetic.draws import generator
from fairshare.population.synthetic.wealth import RICHEST, STEEPNESS, STEEPNESS_RANGE, net

Array = np.ndarray[Any, np.dtype[Any]]
Progress = Callable[[str, float], None]
Beside = dict[str, np.ndarray]

TOP_INCOME = 100_000.0
"""£ a year above which incomes are those of the Survey of Personal Incomes."""
MOST_FROM_SPI = 0.06
"""Part of a population's adults that may be given another income: a tape that would move more is another file."""
TOP_WEALTH = 2_000_000.0
"""£ of net wealth, in 2021-22, above which the survey's own tail is replaced: it leaves out the very richest."""
LEAST_IN_TAIL = 30
"""Records above the limit that a tail needs."""
STAGES = {"primary": q.Education.PRIMARY, "secondary": q.Education.SECONDARY, "further": q.Education.FURTHER}


class Files(NamedTuple):
    """The surveys to match in, as the user names them."""

    was: Path | None = None
    lcf: Path | None = None
    etb: Path | None = None
    spi: Path | None = None


def with_matched(people: Population, beside: Beside, files: Files, seed: int, progress: Progress) -> tuple[Population, Beside]:
    """The population with each named survey matched in, and the tables beside it. Nothing is changed where none is named."""
    out, steps, cited = dict(beside), [], []
    donors: Donors | Individuals
    if files.spi is not None:
        progress("Reading the Survey of Personal Incomes", 0.0)
        tape = read_spi(files.spi, people.year)
        progress("Bringing top incomes to it", 0.2)
        people, step = with_top_incomes(people, tape, seed)
        steps.append(step)
        cited.append(tape.citation)
    income = gross_income(people, beside.get("benefits"))
    if files.lcf is not None:
        progress("Reading the Living Costs and Food Survey", 0.3)
        donors = read_lcf(files.lcf, people.year)
        people, step = with_spending(people, income, donors, seed)
        steps.append(step)
        cited.append(donors.citation)
    if files.etb is not None:
        progress("Reading Effects of Taxes and Benefits", 0.5)
        donors = read_etb(files.etb, people.year)
        out["services"], step = services(people, income, donors, seed)
        steps.append(step)
        cited.append(donors.citation)
    if files.was is not None:
        progress("Reading the Wealth and Assets Survey", 0.7)
        donors = read_was(files.was, people.year)
        progress("Matching wealth", 0.9)
        people, of_wealth = with_wealth(people, income, donors, seed)
        steps += of_wealth
        cited.append(donors.citation)
    if not steps:
        return people, out
    details = dict(people.details)
    found, zero = dict(details.get("found", {})), list(details.get("zero", []))
    for step in steps:
        short = str(step.get("source") or "").split(",")[0]
        found |= {f"{short}: {name}": column for name, column in step.pop("found", {}).items()}
        zero += [f"{short}: {name}" for name in step.pop("zero", [])]
    details |= {"matched": steps, "licensed": True, "found": found, "zero": sorted(set(zero))}
    details["citation"] = " ".join([f"{str(details.get('citation') or '').rstrip('.')}.", *(f"{each}." for each in cited)]).lstrip(". ")
    names = ", ".join(step["source"] for step in steps if step.get("source"))
    details["cited_as"] = "; ".join(each for each in (details.get("cited_as"), *cited) if each)
    cited_too = " ".join(f"{each}." for each in cited)
    says = f"{people.says} Amounts of other surveys are matched in, from households that look alike: {names}. {cited_too}"
    return replace(people, details=details, says=says), out


# ---- what a population knows of its households -----------------------------------------------------------------------


def _by_household(people: Population, values: Array) -> Array:
    return np.bincount(people.persons["household"], values, len(people.households))


def gross_income(people: Population, benefits: Mapping[str, Array] | Array | None) -> Array:
    """(households,) £ a year before tax: everybody's incomes, and benefits as reported where the survey holds them."""
    total = np.zeros(len(people.persons))
    for name in (*SPI_KINDS, "state_pension"):
        if name != "employment_expenses":
            total += people.persons[name]
    if benefits is not None and len(benefits["person"]):
        counted = (benefits["income"] != 0) & (benefits["code"] != 5)  # State Pension is among the incomes
        total += np.bincount(benefits["person"][counted], benefits["pounds"][counted], len(total))
    return _by_household(people, total)


def known_of(people: Population, income: Array) -> Known:
    """What the population knows that other surveys know too. The reference person is the householder's first adult."""
    homes, persons = people.households, people.persons
    grown = persons["role"] != int(q.Role.DEPENDANT)
    further = {name: np.minimum(_by_household(people, persons["education"] == int(stage)), MOST) / MOST for name, stage in STAGES.items()}
    further["retired"] = np.minimum(_by_household(people, grown & (persons["age"] >= assembly.RETIREMENT_AGE)), MOST) / MOST
    owned = np.where(homes["tenure"] < 2, homes["dwelling_value"], 0.0)
    further["home"] = rank_within(owned, homes["weight"], homes["region"].astype(np.int64))
    return Known(
        key=np.arange(len(homes)), weight=homes["weight"].astype(float), income=income, adults=_by_household(people, grown),
        children=_by_household(people, ~grown), region=homes["region"].astype(np.int64), tenure=tenure_group(homes["tenure"]),
        age=age_band(persons["age"][homes["first_person"]]), further=further,
    )  # fmt: skip


def _with(people: Population, persons: Array | None = None, households: Array | None = None) -> Population:
    return population(
        people.persons if persons is None else persons, people.benefit_units, people.households if households is None else households,
        people.dwellings, name=people.name, year=people.year, kind=people.kind, says=people.says, seed=people.seed, details=people.details,
    )  # fmt: skip


# ---- spending and services -------------------------------------------------------------------------------------------


def with_spending(people: Population, income: Array, donors: Donors, seed: int) -> tuple[Population, dict[str, Any]]:
    """Spending by class, and cars, of one donor household of the Living Costs and Food Survey each."""
    known = known_of(people, income)
    target = np.asarray(sum(values for name, values in donors.amounts.items() if name != "vehicles"))
    match = matched(donors.known, known, target, seed, "spending")
    homes = people.households.copy()
    before = {name: homes[name].astype(float) for name in donors.amounts}
    for name, values in donors.amounts.items():
        homes[name] = np.round(values[match.donor], 2)
    after = {name: homes[name].astype(float) for name in donors.amounts}
    step = diagnostic(donors.source, match, donors.known, known, before, donors.amounts, after, donors.assumed)
    return _with(people, households=homes), step | {"found": donors.found, "zero": donors.zero}


def services(people: Population, income: Array, donors: Donors, seed: int) -> tuple[Array, dict[str, Any]]:
    """(households,) what services each household uses, £ a year at cost, from one donor household each: a table beside the population."""
    known = known_of(people, income)
    target = np.asarray(sum(donors.amounts.values()))
    match = matched(donors.known, known, target, seed, "services")
    table = np.zeros(len(people.households), np.dtype([("household", "i4"), *((f"service_{name}", "f8") for name in SERVICES)]))
    table["household"] = np.arange(len(table))
    for name, values in donors.amounts.items():
        table[name] = np.round(values[match.donor], 2)
    after = {name: table[name] for name in donors.amounts}
    step = diagnostic(donors.source, match, donors.known, known, {}, donors.amounts, after, donors.assumed)
    return table, step | {"found": donors.found, "zero": donors.zero}


# ---- wealth ----------------------------------------------------------------------------------------------------------


def with_wealth(people: Population, income: Array, donors: Donors, seed: int) -> tuple[Population, list[dict[str, Any]]]:
    """Wealth by component from one donor household each; the homes of owners in the order that their bands give; then the top."""
    known = known_of(people, income)
    amounts = donors.amounts
    assets = [name for name in COMPONENTS if name not in ("mortgage_debt", "debts")]
    target = np.asarray(sum(amounts[name] for name in assets)) - amounts["mortgage_debt"] - amounts["debts"]
    match = matched(donors.known, known, target, seed, "wealth")
    homes = people.households.copy()
    before = {name: homes[name].astype(float) for name in COMPONENTS}
    for name, values in amounts.items():
        homes[name] = np.round(values[match.donor], 2)
    _homes_of_owners(homes, donors, known)
    after = {name: homes[name].astype(float) for name in COMPONENTS}
    step = diagnostic(
        donors.source, match, donors.known, known, before, amounts, after,
        [*donors.assumed, "homes of owners have the survey's values by region and tenure, dearer where the council tax band is higher"],
    )  # fmt: skip
    topped, top = with_corrected_top(homes, people.year)
    persons = people.persons.copy()
    units = people.benefit_units[persons["benefit_unit"]]
    grown = persons["role"] != int(q.Role.DEPENDANT)
    persons["wealth_share"] = np.where(grown & (units["householder"] == 1), 1.0 / (units["couple"] + 1.0), 0.0)
    shares = _by_household(people, persons["wealth_share"])
    persons["wealth_share"] /= np.maximum(shares, 1e-12)[persons["household"]]
    return _with(people, persons, topped), [step | {"found": donors.found, "zero": donors.zero}, *top]


def _homes_of_owners(homes: Array, donors: Donors, known: Known) -> None:
    """Values of owned homes: the donors' by region and tenure, in the order of what the band says the home is worth."""
    side = donors.known
    assert side.tenure is not None and side.region is not None and known.tenure is not None and known.region is not None
    region = np.where(known.region == int(q.Region.NORTHERN_IRELAND), int(q.Region.NORTH_EAST), known.region)
    own, others = known.tenure < 2, side.tenure < 2
    homes["main_home_wealth"] = 0.0
    homes["main_home_wealth"][own] = np.round(by_order(
        donors.amounts["main_home_wealth"][others], side.weight[others], (side.region * 2 + side.tenure)[others],
        homes["dwelling_value"][own], known.weight[own], (region * 2 + known.tenure)[own],
    ), 2)  # fmt: skip
    homes["dwelling_value"] = np.where(own, homes["main_home_wealth"], homes["dwelling_value"])
    homes["mortgage_debt"] = np.minimum(homes["mortgage_debt"], homes["main_home_wealth"] + homes["other_property_wealth"])


def with_corrected_top(homes: Array, year: str) -> tuple[Array, list[dict[str, Any]]]:
    """Households above the limit keep their number and order, and hold what a Pareto curve gives at their place: each record the mean of
    its own part of the curve, so that the curve's total holds however few the records are. Records are not copied."""
    from fairshare.population.uprating import factor

    start = TOP_WEALTH * factor("cpi", "2021-22", year)
    wealth, weight = net(homes), homes["weight"]
    rich = np.flatnonzero(wealth > start)
    note: dict[str, Any] = {"source": None, "step": "the corrected top of wealth", "limit": round(start), "records": _told(len(rich))}
    if len(rich) < LEAST_IN_TAIL:
        return homes, [note | {"assumed": [f"the top is left as it is: fewer than {LEAST_IN_TAIL} records lie above the limit"]}]
    order = rich[np.argsort(-wealth[rich], kind="stable")]
    ends = np.cumsum(weight[order]) / weight[order].sum()
    begins = np.concatenate(([0.0], ends[:-1]))
    wanted = pareto_means(start, begins, ends)
    out = homes.copy()
    factor_of = wanted / wealth[order]
    for name in COMPONENTS:
        out[name][order] = np.round(homes[name][order] * factor_of, 2)
    out["dwelling_value"][order] = np.where(homes["tenure"][order] < 2, out["main_home_wealth"][order], homes["dwelling_value"][order])
    before, after = float(weight[order] @ wealth[order]), float(weight[order] @ wanted)
    return out, [note | {
        "total_before": round(before), "total_after": round(after), "steepness": STEEPNESS,
        "assumed": [
            f"above the limit wealth falls as a Pareto curve of steepness {STEEPNESS:g} ({STEEPNESS_RANGE[0]:g} to {STEEPNESS_RANGE[1]:g} "
            f"are as well founded), up to £{RICHEST / 1e9:.0f} billion; what a household owns of each kind moves in proportion",
        ],
    }]  # fmt: skip


def _told(count: int) -> int | None:
    """A count of records that may be told: None where it is of fewer than ten."""
    return None if few(count) else count


def pareto_means(start: float, begins: Array, ends: Array, steepness: float = STEEPNESS, most: float = RICHEST) -> Array:
    """(records,) the mean of a Pareto curve, cut at `most`, over each part [begins, ends) of its households, richest first (0 to 1)."""
    power = 1.0 - 1.0 / steepness
    flat = (start / most) ** steepness  # the part of households that the cut holds at `most`

    def total(upto: Array) -> Array:
        low = np.minimum(upto, flat)
        return most * low + start / power * (np.maximum(upto, flat) ** power - flat**power)

    return np.asarray((total(ends) - total(begins)) / (ends - begins))


# ---- top incomes -----------------------------------------------------------------------------------------------------


def with_top_incomes(people: Population, tape: Individuals, seed: int) -> tuple[Population, dict[str, Any]]:
    """Adults at the top are given the incomes that the tape has at their place: as many people as the tape has above the limit.

    Apart for people of 65 and over. The amount is the mean of the tape over the record's own place, so that the tape's total holds;
    what it is made of is that of one individual drawn there.
    """
    persons, weight = people.persons.copy(), people.person_weight
    grown = (persons["role"] != int(q.Role.DEPENDANT)) | (persons["age"] >= 18)
    draws = generator(seed, "top incomes").random(len(persons))
    before = {name: persons[name].astype(float) for name in SPI_KINDS}
    total = total_of(tape.incomes)
    moved = np.zeros(len(persons), bool)
    for old in (False, True):
        rows = np.flatnonzero((tape.pensioner == old) & (total >= TOP_INCOME) & (tape.weight > 0.0))
        own = np.flatnonzero(grown & ((persons["age"] >= 65) == old))
        if not len(rows) or not len(own):
            continue
        rows = rows[np.argsort(-total[rows], kind="stable")]
        ends = np.cumsum(tape.weight[rows])
        held = total_of(persons[own])
        own = own[np.lexsort((draws[own], -held))]
        reached = np.cumsum(weight[own])
        chosen = own[: int(np.searchsorted(reached, ends[-1], side="left"))]
        if weight[chosen].sum() > MOST_FROM_SPI * weight[grown].sum():
            _too_many(tape)
        _give(
            persons, chosen, weight[chosen], draws[chosen], {name: values[rows] for name, values in tape.incomes.items()}, tape.weight[rows]
        )
        moved[chosen] = True
    amounts = []
    for name in SPI_KINDS:
        top = total >= TOP_INCOME
        amounts.append({
            "amount": name,
            "before": marginals(before[name][moved], weight[moved]),
            "donors": marginals(tape.incomes[name][top], tape.weight[top]),
            "after": marginals(persons[name][moved].astype(float), weight[moved]),
        })  # fmt: skip
    step = {
        "source": tape.source, "donors": int((total >= TOP_INCOME).sum()), "records": _told(int(moved.sum())), "amounts": amounts,
        "found": tape.found, "zero": tape.zero,
        "assumed": [
            f"the survey's richest adults are as many as the tape has above £{TOP_INCOME:,.0f} a year without State Pension and benefits, "
            "in the same order, apart for people of 65 and over",
            "records that HMRC averages for the very highest incomes are of people below 65",
            f"incomes move from {tape.year} with the published index of each kind",
            "hours, activity and pension contributions of these adults stay as the survey has them",
        ],
    }  # fmt: skip
    return _with(people, persons), step


def _too_many(tape: Individuals) -> None:
    from fairshare.faults import Fault

    raise Fault(
        f"{tape.source}: more than {MOST_FROM_SPI:.0%} of adults would lie above £{TOP_INCOME:,.0f} a year, which no year had; "
        "fetch the file again."
    )


def _give(persons: Array, chosen: Array, weight: Array, draws: Array, incomes: dict[str, Array], of_tape: Array) -> None:
    """Lay the tape (richest first) on the chosen adults (richest first), by place."""
    if not len(chosen):
        return
    total = total_of(incomes)
    ends = np.cumsum(of_tape)
    sums = np.concatenate(([0.0], np.cumsum(of_tape * total)))
    edges = np.concatenate(([0.0], ends))
    to = np.cumsum(weight) / weight.sum() * ends[-1]
    start = np.concatenate(([0.0], to[:-1]))
    mean = (np.interp(to, edges, sums) - np.interp(start, edges, sums)) / (to - start)
    at = np.minimum(np.searchsorted(ends, start + draws * (to - start), side="left"), len(ends) - 1)
    scale = mean / total[at]
    for name, values in incomes.items():
        persons[name][chosen] = np.round(values[at] * scale, 2)


# ---- in words --------------------------------------------------------------------------------------------------------


def diagnostic_text(steps: list[dict[str, Any]]) -> str:
    """What each step of matching did, to read: amounts before, among the donors and after, a household (or person) at the mean."""
    lines: list[str] = []
    for step in steps:
        if step.get("source") is None:
            records = f"fewer than {MINIMUM}" if step["records"] is None else f"{step['records']:,}"
            lines += ["", f"{step['step'][0].upper()}{step['step'][1:]}: {records} records above £{step['limit']:,.0f}"]
            if "total_after" in step:
                lines.append(
                    f"  what they hold together: £{step['total_before'] / 1e9:,.0f}bn before, £{step['total_after'] / 1e9:,.0f}bn after"
                )
        else:
            used = f", {step['donors_used']:,} of them used" if step.get("donors_used") else ""
            lines += ["", f"Matched in: {step['source']} ({step['donors']:,} donors{used})"]
            if step.get("classes"):
                lines.append(f"  donor and recipient agree in: {step['classes']}")
            lines.append(f"  {'mean, £ a year or £':<26}{'before':>14}{'donors':>14}{'after':>14}   above nothing: donors, after")
            lines += [_line(row) for row in step["amounts"]]
        lines += ["  Assumed:", *(f"    {each}" for each in step["assumed"])]
    return "\n".join(lines)


def _line(row: dict[str, Any]) -> str:
    cells = [row["before"], row["donors"], row["after"]]
    means = "".join(f"{'-' if not each or each['mean'] is None else format(each['mean'], ',.0f'):>14}" for each in cells)
    shares = ", ".join("-" if not each or each["above_nothing"] is None else f"{each['above_nothing']:.0%}" for each in cells[1:])
    return f"  {row['amount'].replace('_', ' '):<26}{means}   {shares}"
