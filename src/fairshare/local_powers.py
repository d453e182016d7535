"""What a council may decide for itself, and what needs regulations, an order or an Act, by nation.

Limits stand in parameters/local_powers.yaml; who decides what, in parameters/local_powers.csv: a row for each part of the law, the
longest path that fits counts. Limits on rises hold for each body's own part of a bill, and records hold only the whole.
"""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from fairshare.areas import Area, find_area, folder, named
from fairshare.law import Law, law_in_force
from fairshare.parameters import YEARS, Fact, parameters
from fairshare.quantities import NATION_NAMES, PERCENT, Nation
from fairshare.scenario import Scenario

CLASSES = {
    "E06": "unitary council",
    "E07": "shire district",
    "E08": "metropolitan district",
    "E09": "London borough",
    "W06": "principal council",
    "S12": "council",
    "N09": "district council",
}
"""The class of a council by the first letters of its GSS code."""
BY_CLASS_OWN_CARE = ("E06", "E08", "E09")
"""Classes responsible for adult social care; in shire districts the county is."""
COUNCIL = "council"
NEEDS = {"regulations": "regulations", "order": "an order of ministers", "act": "an Act"}
NATION_OF_LAW = {Nation.ENGLAND: "england", Nation.WALES: "wales", Nation.SCOTLAND: "scotland"}
ROUNDING = 1e-6


class Decision(NamedTuple):
    """Who decides a part of the law in a nation: "council", "regulations", "order" or "act"."""

    nation: str
    path: str
    change: str
    decided_by: str
    law: str


class Limit(NamedTuple):
    """The most that a council may raise its own part of the bill without a referendum."""

    share: float
    """Of last year's charge."""
    cash: float
    """£ on Band D, where that is more; 0 where the law names no sum."""
    fact: Fact


@cache
def decisions() -> tuple[Decision, ...]:
    """Who decides what, in the order of the file."""
    with (folder("parameters") / "local_powers.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Decision(**line) for line in csv.DictReader(lines))


def decisions_in(nation: Nation) -> list[Decision]:
    """Who decides what in one nation."""
    return [each for each in decisions() if each.nation == NATION_NAMES[nation]]


def decision(nation: Nation, path: str) -> Decision | None:
    """Who decides a path of the law: the longest entry that it lies under. None for law that is not a council's concern."""
    fitting = [each for each in decisions_in(nation) if path == each.path or path.startswith(f"{each.path}.")]
    return max(fitting, key=lambda each: len(each.path), default=None)


def class_of(area: Area) -> str:
    """The class of a council, in words."""
    return CLASSES[area.code[:3]]


def referendum_limit(area: Area, year: str) -> Limit | None:
    """The limit for a council's class. None outside England, where there is none."""
    if area.nation != Nation.ENGLAND:
        return None
    law = {path: each.in_year(year) for path, each in parameters("local_powers").items()}
    cares = area.code[:3] in BY_CLASS_OWN_CARE
    core = law["referendum.core"]
    share = core.value + (law["referendum.adult_social_care"].value if cares else 0.0) - law["referendum.step"].value
    return Limit(share, 0.0 if cares else law["referendum.district_cash"].value, core)


def most_premium(nation: Nation, kind: str, year: str) -> Fact | None:
    """The most that may be added to the charge of a "second_home" or a "long_term_empty" home. None in Northern Ireland."""
    if nation not in NATION_OF_LAW:
        return None
    return parameters("local_powers")[f"premium.{NATION_OF_LAW[nation]}.{kind}"].in_year(year)


def beyond_powers(scenario: Scenario, before: Law, after: Law) -> list[str]:
    """A sentence for each thing that a scenario asks of some councils and that they may not do by themselves."""
    found: dict[str, list[str]] = {}
    for area in (find_area(code) for code in scenario.areas):
        for sentence in _beyond_in(area, before, after):
            found.setdefault(sentence, []).append(area.name)
    return [f"In {named(places)} {sentence}" for sentence, places in found.items()]


def _beyond_in(area: Area, before: Law, after: Law) -> list[str]:
    sentences = []
    for path in sorted(after.changed - before.changed):
        if path.split(".")[0] == "equal_payment":
            continue  # a council may spend its own money so: Localism Act 2011 s.1
        entry = decision(area.nation, path)
        if entry is None:
            sentences.append(f"no council may change {path.split('.')[0].replace('_', ' ')}; it is worked here for these homes alone.")
        elif entry.decided_by != COUNCIL:
            sentences.append(f"a council may not change {entry.change} by itself; that needs {NEEDS[entry.decided_by]} ({entry.law}).")
        elif path.endswith(".band_d"):
            sentences += _rise(area, before, after)
        elif ".premium." in path:
            sentences += _premium(area, path, after)
    return list(dict.fromkeys(sentences))


def _rise(area: Area, before: Law, after: Law) -> list[str]:
    """A year's bill holds that year's rise already, so what counts against the limit is the bill's rise on the year before."""
    limit = referendum_limit(area, after.year)
    was, now = (float(law.places["council_tax"]["band_d"][area.row]) for law in (before, after))
    if limit is None or was <= 0.0 or now <= was:
        return []
    last = bill_of_the_year_before(area, after.year) or was
    if now <= last * (1.0 + limit.share + ROUNDING):
        return []
    held = f", which holds the {PERCENT * (was / last - 1.0):.2f}% of {after.year}" if was > last else ""
    return [
        f"the whole bill rises by {PERCENT * (now / last - 1.0):.2f}% in a year{held}. "
        f"A {class_of(area)} may add {PERCENT * limit.share:.2f}% to its own part. More needs a referendum."
    ]


def bill_of_the_year_before(area: Area, year: str) -> float:
    """Band D of the year before with every body's part, £; 0 where the model does not cover that year."""
    position = YEARS.index(year)
    if not position:
        return 0.0
    return float(law_in_force(YEARS[position - 1]).places["council_tax"]["band_d"][area.row])


def _premium(area: Area, path: str, after: Law) -> list[str]:
    kind = path.rsplit(".", 1)[-1]
    most = most_premium(area.nation, kind, after.year) if kind != "empty" else None
    set_at = getattr(getattr(after.values["council_tax"], NATION_OF_LAW[area.nation]).premium, kind)
    if most is None or set_at <= most.value + ROUNDING:
        return []
    return [f"the premium would be {PERCENT * set_at:.0f}%, and the law allows {PERCENT * most.value:.0f}% at most ({most.source})."]
