"""Four accounts of owning and building: a public utility, warm homes, defence work that changes over, and workers' co-operatives.

These are sums over labelled assumptions, and not results of the model. Each assumption has a low, a central and a high case, a source
and a status, and whoever asks may replace it. "Low" is the case that gains least. Money is pounds of 2026-27.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from fairshare.faults import Fault, nearest
from fairshare.parameters import parameters

CASES = ("low", "central", "high")
YEAR = "2026-27"
MILLION = 1e6


class Assumption(NamedTuple):
    """One input, in its three cases."""

    name: str
    says: str
    unit: str
    cases: tuple[float, float, float]
    source: str
    status: str


class Line(NamedTuple):
    """One line of an account, in its three cases."""

    says: str
    unit: str
    cases: tuple[float, float, float]


class Worked(NamedTuple):
    """An account: what it assumes, its lines, and what it does not say."""

    name: str
    title: str
    assumptions: tuple[Assumption, ...]
    lines: tuple[Line, ...]
    caveats: tuple[str, ...]


class _Account(NamedTuple):
    title: str
    lines: Callable[[dict[str, float]], dict[str, tuple[float, str]]]
    """From inputs to lines: what it says, its value and unit."""
    caveats: tuple[str, ...]


def work(name: str, given: dict[str, float] | None = None) -> Worked:
    """An account with its three cases. What is given replaces an assumption in every case. Raises Fault for names it does not know."""
    if name not in ACCOUNTS:
        raise Fault(f'There is no account "{name}"{nearest(name, ACCOUNTS)} They are {", ".join(ACCOUNTS)}.')
    assumed = _assumptions(name, given or {})
    found = [ACCOUNTS[name].lines({each.name: each.cases[case] for each in assumed}) for case in range(len(CASES))]
    lines = tuple(Line(says, unit, (found[0][says][0], found[1][says][0], found[2][says][0])) for says, (_, unit) in found[0].items())
    return Worked(name, ACCOUNTS[name].title, assumed, lines, ACCOUNTS[name].caveats)


def _assumptions(name: str, given: dict[str, float]) -> tuple[Assumption, ...]:
    known = {path.split(".")[1]: each for path, each in parameters("accounts").items() if path.split(".")[0] == name}
    for each, value in given.items():
        if each not in known:
            raise Fault(f'{name} has no assumption "{each}"{nearest(each, known)}')
        if not math.isfinite(value) or value < 0:
            raise Fault(f"{each} must be a number of at least 0.")
    made = []
    for each, parameter in known.items():
        fact = parameter.in_year(YEAR)
        low, central, high = (float(value) for value in fact.value)
        cases, source, status = (low, central, high), fact.source, dict.fromkeys(fact.status.split(", "))
        if each in given:
            cases, source, status = (given[each],) * 3, "given", {}
        made.append(Assumption(each, fact.says, fact.unit, cases, source, ", ".join(status)))
    return tuple(made)


# ---- the four ------------------------------------------------------------------------------------------------------

Lines = dict[str, tuple[float, str]]


def _public_ownership(a: dict[str, float]) -> Lines:
    """Dividends that end, and cheaper debt as it falls due, against interest on the bonds that paid for the shares."""
    bonds = a["price"] + a["change_over"]
    interest = bonds * a["public_rate"]
    cheaper = a["debt"] * a["renewed"] * (a["private_rate"] - a["public_rate"])
    gain = a["dividends"] + cheaper - interest
    return {
        "Bonds issued": (bonds, "£"),
        "Public debt that is added, with the companies' own": (bonds + a["debt"], "£"),
        "What is owned for it: the price, and the debt": (a["price"] + a["debt"], "£"),
        "Dividends no longer paid": (a["dividends"], "£/year"),
        "Interest on the bonds": (interest, "£/year"),
        "Cheaper debt in the first year": (cheaper, "£/year"),
        "Gain in the first year, interest on the bonds counted": (gain, "£/year"),
        "Gain in the first year, interest on the bonds not counted": (gain + interest, "£/year"),
        "Bills lower (or, below zero, higher) for each household": (gain / a["households"] if a["households"] else 0.0, "£/year"),
    }


def _green_investment(a: dict[str, float]) -> Lines:
    """Homes made warm, what their bills save, and jobs at the year's prices: direct, type I and type II kept apart."""
    homes = a["spending"] / a["cost_a_home"] if a["cost_a_home"] else 0.0
    output = a["spending"] / MILLION / a["prices"] if a["prices"] else 0.0
    direct, suppliers, spent = (output * a[name] for name in ("direct_jobs", "supplier_jobs", "spending_jobs"))
    return {
        "Homes in a year": (homes, "homes"),
        "Bills saved on those homes": (homes * a["bills_saved"], "£/year"),
        "Years of savings that meet the cost": (a["cost_a_home"] / a["bills_saved"] if a["bills_saved"] else math.inf, "years"),
        "Jobs, direct": (direct, "jobs"),
        "Jobs, with suppliers (type I)": (direct + suppliers, "jobs"),
        "Jobs, with what workers spend (type II)": (direct + suppliers + spent, "jobs"),
        "Jobs with suppliers that would not have existed otherwise": ((direct + suppliers) * a["new_jobs"], "jobs"),
    }


def _defence_diversification(a: dict[str, float]) -> Lines:
    """The same money in two kinds of work, each at its own source's terms; the two are not subtracted."""
    defence = a["moved"] / MILLION / a["defence_prices"] if a["defence_prices"] else 0.0
    building = a["moved"] / MILLION / a["building_prices"] if a["building_prices"] else 0.0
    leaving = defence * a["defence_direct"]
    return {
        "Defence industry jobs that the money supports, direct": (leaving, "jobs"),
        "Defence industry jobs, with suppliers": (defence * (a["defence_direct"] + a["defence_suppliers"]), "jobs"),
        "Building jobs that it would support, direct": (building * a["building_direct"], "jobs"),
        "Building jobs, with suppliers": (building * (a["building_direct"] + a["building_suppliers"]), "jobs"),
        "Cost of changing over, once": (leaving * a["change_over"], "£"),
    }


def _cooperatives(a: dict[str, float]) -> Lines:
    """Loans to workers, jobs in firms still trading after five years, and what is lost where they close."""
    people = a["firms"] * a["workers"]
    lent = people * a["loan"]
    lost = lent * (1 - min(a["alive"], 1.0)) * a["lost"]
    more = people * (a["alive"] - a["alive_otherwise"])
    return {
        "Lent": (lent, "£"),
        "Workers who own their firm": (people, "people"),
        "Jobs in firms still trading after five years": (people * a["alive"], "jobs"),
        "Jobs more than in other companies": (more, "jobs"),
        "Lent and lost": (lost, "£"),
        "Lost for each job more": (lost / more if more > 0 else math.inf, "£"),
    }


ACCOUNTS: dict[str, _Account] = {
    "public_ownership": _Account(
        "Water companies in England and Wales become public",
        _public_ownership,
        (
            "The price decides the answer, and it is not known. Some dividends are a return on money that was put in.",
            "Buying adds to public debt, and adds something owned. How that looks depends on the measure of debt.",
            "Nothing is assumed about how well the companies are run, before or after.",
        ),
    ),
    "green_investment": _Account(
        "Insulation and heat in homes",
        _green_investment,
        (
            "Jobs suppose that workers and suppliers are idle. One study finds 22,545 lasting jobs, another up to 138,600 by 2030.",
            "The first counts jobs after wages and prices adjust (Strathclyde, 2021). The second was made for a campaign.",
            "Type II jobs may not be multiplied again by any multiplier.",
        ),
    ),
    "defence_diversification": _Account(
        "Spending moves from the defence industry to building",
        _defence_diversification,
        (
            "The two sources count jobs in different ways, years and places. They cannot show which kind of spending makes more jobs.",
            "Jobs would be in other places, and need other skills. What is bought for defence would no longer be bought.",
        ),
    ),
    "cooperatives": _Account(
        "Workers buy their firms, with public loans",
        _cooperatives,
        (
            "The share still trading is a trade body's, for new co-operatives. Firms that become co-operatives may differ from others.",
            "The low case supposes no difference from other companies.",
        ),
    ),
}
