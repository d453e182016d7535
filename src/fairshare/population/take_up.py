"""Full take-up: the same people, all of whom claim what they are entitled to."""

from __future__ import annotations

from dataclasses import replace

from fairshare.population.records import BENEFIT_UNIT, Population

DRAWS = tuple(column.name for column in BENEFIT_UNIT if column.name.startswith("draw_"))
"""The columns that decide whether a unit claims: it does where the draw lies below the benefit's take-up."""
SAYS = "Everybody is taken to claim what they are entitled to."


def with_full_take_up(people: Population) -> Population:
    """The population with every draw at 0, so that nobody leaves a benefit unclaimed (nor opts out of Child Benefit)."""
    units = people.benefit_units.copy()
    for draw in DRAWS:
        units[draw] = 0.0
    units["child_benefit_opt_out"] = 0
    return replace(people, benefit_units=units, says=f"{people.says} {SAYS}".strip(), details={**people.details, "take_up": "full"})
