"""The uses of the money that a visitor of Explore adds to a proposal, or takes away, until it balances."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any, NamedTuple

from fairshare.faults import Fault
from fairshare.scenario import RECEIVERS, THE_REST, LawUse, Scenario, catalogue, read_scenario, scenario_from, services

MOST = 8
"""Uses of one proposal: more make no clearer answer."""
FIRST_PART = 0.1
"""The part of the money raised that a further use begins with."""
PAYMENT, SERVICE, LAW = "payment", "service", "law"
GROUPS = {
    PAYMENT: "The same payment to everyone",
    SERVICE: "Spend it on a service",
    LAW: "Another change of tax or benefit, with what it raises or costs",
}
PAID_TO = {
    "adults": "every adult",
    "children": "every child",
    "people": "everyone",
    "households": "every household",
    "pensioners": "every pensioner",
}
SERVICES = {
    "health": "the health service",
    "schools": "schools",
    "early_years": "early years and childcare",
    "social_care": "social care",
    "buses": "buses",
    "railways": "railways",
    "council_homes": "building council homes",
    "local_services": "local services",
}
"""How a service is named in a sentence; one that is not here goes by its own name."""


class Entry(NamedTuple):
    """One use that can be added: its id, and its words in a list."""

    id: str
    words: str


@cache
def menu() -> dict[str, tuple[Entry, ...]]:
    """Every use that can be added, under the words of its group. Those of law are the catalogue's proposals that use no money."""
    paid = tuple(Entry(f"{PAYMENT}:{to}", f"An equal payment for {words}") for to, words in PAID_TO.items() if to in RECEIVERS)
    served = tuple(Entry(f"{SERVICE}:{name}", _capital(_service(name))) for name in services())
    laws = []
    for name in catalogue():
        try:
            scenario = read_scenario(name)
        except Fault:
            continue
        if scenario.law and not scenario.use and not scenario.areas:
            laws.append(Entry(f"{LAW}:{name}", scenario.title))
    return {GROUPS[PAYMENT]: paid, GROUPS[SERVICE]: served, GROUPS[LAW]: tuple(laws)}


def _service(name: str) -> str:
    return SERVICES.get(name, name.replace("_", " "))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---- changes of a scenario, each a new one -----------------------------------------------------------------------------


def added(scenario: Scenario, id: str) -> Scenario:
    """The scenario with one more use. A payment or a service takes what is left, or a part where another use does so already."""
    known = {entry.id for entries in menu().values() for entry in entries}
    if id not in known:
        raise Fault("Choose a use of the money from the list first.")
    if len(scenario.use) >= MOST:
        raise Fault(f"A proposal here has at most {MOST} uses of the money; take one out first.")
    kind, _, name = id.partition(":")
    share = FIRST_PART if any(takes_the_rest(scenario, i) for i in range(len(scenario.use))) else THE_REST
    if kind == PAYMENT:
        use: dict[str, Any] = {"equal_payment": {"to": name, "share_of_proceeds": share}, "what": f"an equal payment for {PAID_TO[name]}"}
    elif kind == SERVICE:
        use = {"service": {"name": name, "share_of_proceeds": share}, "what": _service(name)}
    else:
        proposal = read_scenario(name)
        use = {"law": copy.deepcopy(proposal.document.data["law"]), "what": proposal.title[:1].lower() + proposal.title[1:]}
    return _with(scenario, [*_uses(scenario), use])


def removed(scenario: Scenario, position: int) -> Scenario:
    kept = _uses(scenario)
    del kept[position]
    return _with(scenario, kept)


def with_the_rest(scenario: Scenario, position: int) -> Scenario:
    """One use takes what the others leave. Another that did so takes a part from now on."""
    changed = _uses(scenario)
    for i, use in enumerate(changed):
        if takes_the_rest(scenario, i) and i != position:
            _spending(use)["share_of_proceeds"] = FIRST_PART
    _give(changed[position], THE_REST)
    return _with(scenario, changed)


def with_part(scenario: Scenario, position: int, part: float) -> Scenario:
    """One use takes a stated part of the money raised, 0 to 1."""
    changed = _uses(scenario)
    _give(changed[position], min(max(round(part, 4), 0.0), 1.0))
    return _with(scenario, changed)


def _give(use: dict[str, Any], share: float | str) -> None:
    spending = _spending(use)
    if not spending:
        raise Fault("A change of tax or benefit brings or costs what it does; it cannot take a part. Move its numbers instead.")
    for name in ("amount", "amount_each"):
        spending.pop(name, None)
    spending["share_of_proceeds"] = share


def _spending(use: dict[str, Any]) -> dict[str, Any]:
    """What a use says of its share: of a payment or a service; a law use has none."""
    found: dict[str, Any] = use.get("equal_payment") or use.get("service") or {}
    return found


def _uses(scenario: Scenario) -> list[dict[str, Any]]:
    return copy.deepcopy(scenario.document.data.get("use") or [])


def _with(scenario: Scenario, uses: list[dict[str, Any]]) -> Scenario:
    """The scenario with these uses. One that must balance and now need not borrows, or borrows less, by what is left."""
    closure = scenario.closure
    if closure == "none" and not any(_spending(use).get("share_of_proceeds") == THE_REST for use in uses):
        closure = "borrowing"
    return with_spent(scenario, {"use": uses, "closure": closure})


# ---- what a link carries -----------------------------------------------------------------------------------------------


def spent(scenario: Scenario) -> dict[str, Any]:
    """All that a scenario says of where its money goes."""
    return {"use": _uses(scenario), "closure": scenario.closure}


def with_spent(scenario: Scenario, said: dict[str, Any]) -> Scenario:
    """The scenario with other uses and another closure, read as strictly as a file is."""
    data = copy.deepcopy(scenario.document.data) | said
    if not said["use"]:
        data.pop("use")
    return scenario_from(scenario.document._replace(data=data), scenario.name)


def shape(scenario: Scenario) -> Any:
    """Where the money goes without the numbers that a slider moves, to see whether uses were added, taken out or given the rest."""
    return scenario.closure, _without_numbers(scenario.document.data.get("use") or [])


def _without_numbers(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _without_numbers(each) for name, each in node.items()}
    if isinstance(node, list):
        return [_without_numbers(each) for each in node]
    return 0 if isinstance(node, int | float) and not isinstance(node, bool) else node


def takes_the_rest(scenario: Scenario, position: int) -> bool:
    use = scenario.use[position]
    return not isinstance(use, LawUse) and use.share == THE_REST


def is_law(scenario: Scenario, position: int) -> bool:
    return isinstance(scenario.use[position], LawUse)
