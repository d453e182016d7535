"""What success means, beside pounds: people in poverty, hours of care, homes, length of life and wellbeing.

Some outcomes are worked for a proposal; others are published, and stand beside it unmoved, because no study of what such a proposal does
to them is at hand. Each says which it is, where it comes from, and what it cannot say. Whoever reads chooses which come first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fairshare.faults import Fault, nearest
from fairshare.measures import disclosure
from fairshare.measures.households import Households, RunLike
from fairshare.measures.poverty import published
from fairshare.measures.tables import poverty_rows
from fairshare.parameters import Fact, parameter_file, parameters

HELD_LINES = {
    "Below 60% of the median, line held at today's": ("poverty", "in poverty"),
    "Below 50% of the median, line held at today's": ("deep_poverty", "in deep poverty"),
    "Below 40% of the median, line held at today's": ("very_deep_poverty", "in very deep poverty"),
}
"""Lines after housing costs, and their short names; the table of poverty names them in full."""
GROUPS = {"all people": "people", "children": "children"}
"""Groups of the table of poverty, and the words for them."""
YEAR = "2026-27"
MILLION = 1e6


class Outcome(NamedTuple):
    """One outcome, before and after a proposal, or as published."""

    id: str
    says: str
    unit: str
    kind: str
    """"worked" for this proposal, or "published"."""
    before: float | None
    """Under today's law, or as published; None where only the change is known."""
    change: float | None
    """None where it is not worked."""
    source: str
    caveat: str
    status: str = ""


def outcomes(run: RunLike, first: Sequence[str] = ()) -> list[Outcome]:
    """Every outcome, those named in `first` before the others. Raises Fault for a name that is not known."""
    found = [*_poverty(run), *_bought(run), *_published()]
    known = {each.id: each for each in found}
    for name in first:
        if name not in known:
            raise Fault(f'There is no outcome "{name}"{nearest(name, known)} They are {", ".join(known)}.')
    return [*(known[name] for name in first), *(each for each in found if each.id not in first)]


def _poverty(run: RunLike) -> list[Outcome]:
    homes = Households(run)
    shown = disclosure.protected(homes, {"poverty": poverty_rows(homes)}, [])["poverty"]
    rows = {(row["measure"], row["group"]): row for row in shown if row["housing_costs"] == "after"}
    made = []
    for measure, (name, words) in HELD_LINES.items():
        for group, who in GROUPS.items():
            row = rows[measure, group]
            if row["before_people"] is None or row["change_people"] is None:  # too few records of a licensed survey
                continue
            made.append(
                Outcome(
                    id=f"{name}_{who}",
                    says=f"{who.capitalize()} {words} after housing costs",
                    unit="people",
                    kind="worked",
                    before=float(row["before_people"]),
                    change=float(row["change_people"]),
                    source="fairshare, after Households Below Average Income",
                    caveat=f"{measure}.{_beside(name, group)} People without a home of their own are not counted.",
                )
            )
    return made


def _beside(name: str, group: str) -> str:
    """What DWP publishes of the same, where it does."""
    found = published({"all people": "all_individuals"}.get(group, group), "count") if name == "poverty" else None
    return f" Published for {found.year}: {found.value / MILLION:.1f} million." if found is not None else ""


def _bought(run: RunLike) -> list[Outcome]:
    """Hours of care and homes that the uses of the money buy, or no longer buy."""
    spent: dict[str, float] = {}
    homes = 0.0
    for use in run.uses:
        if use.kind == "service":
            spent[use.details["service"]] = spent.get(use.details["service"], 0.0) + use.amount
            homes += float(use.details.get("homes", 0.0))
    hour, point = _fact("values.hour_of_care"), _fact("values.point_of_wellbeing")
    hours = spent.get("social_care", 0.0) / float(hour.value)
    grant = parameters("services")["council_homes.grant_per_home"].in_year(YEAR)
    return [
        Outcome("hours_of_care", "Hours of care at home that the money buys in a year", "hours", "worked", None, hours, hour.source,
                _note("values.hour_of_care"), hour.status),
        Outcome("council_homes", "Council homes that the money builds in a year", "homes", "worked", None, homes, grant.source,
                "The money is the public part of the cost. Homes take years to build.", grant.status),
        Outcome("wellbeing", point.says, "£ at 2019 prices", "published", float(point.value), None, point.source,
                _note("values.point_of_wellbeing"), point.status),
    ]  # fmt: skip


def _published() -> list[Outcome]:
    made = []
    for path in parameters("outcomes"):
        if path.startswith("published."):
            fact = _fact(path)
            name = path.removeprefix("published.")
            made.append(Outcome(name, fact.says, fact.unit, "published", float(fact.value), None, fact.source, _note(path), fact.status))
    return made


def _fact(path: str) -> Fact:
    return parameters("outcomes")[path].in_year(YEAR)


def _note(path: str) -> str:
    """What a published figure cannot say: the note that stands with it in its file."""
    group, name = path.split(".")
    return str(parameter_file("outcomes").data[group][name].get("note", ""))
