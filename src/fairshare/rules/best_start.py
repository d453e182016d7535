"""Best Start Foods (SSI 2019/193) and Best Start Grants (SSI 2018/370): for families in Scotland with young children.

Units: £ a year. Each grant is paid once: the early learning payment in the year a child is two, the school age payment in the year
a child is five. Who is pregnant is known from household files alone. Limits on income in Best Start Foods before 2024 are left out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.compiled import one_pass, rule
from fairshare.instrument import Instrument
from fairshare.quantities import WEEKS_IN_YEAR, Count, Nation, Pounds, PoundsAWeek, PoundsAYear, Share


class Foods(NamedTuple):
    standard: PoundsAWeek
    under_one: PoundsAWeek
    oldest_age: Count
    pregnancy_weeks: Count


class Grants(NamedTuple):
    first_birth: PoundsAYear
    later_birth: PoundsAYear
    early_learning: PoundsAYear
    early_learning_age: Count
    school: PoundsAYear
    school_age: Count


class BestStartLaw(NamedTuple):
    foods: Foods
    grants: Grants
    take_up: Share


class BestStart(NamedTuple):
    """Lines of one benefit unit, £ a year."""

    foods: Pounds
    grants: Pounds
    best_start: Pounds


@rule
def foods_for(age: int, law: Foods) -> float:
    """SSI 2019/193 reg.16: double in a child's first year, the standard amount up to the age limit."""
    if age == 0:
        return law.under_one * WEEKS_IN_YEAR
    return law.standard * WEEKS_IN_YEAR if age <= law.oldest_age else 0.0


@rule
def grant_for(age: int, law: Grants) -> float:
    """SSI 2018/370 Schs 3-4: once while a child is of the age for early learning, and once at the age for school."""
    if age == law.early_learning_age:
        return law.early_learning
    return law.school if age == law.school_age else 0.0


@one_pass
def assess(
    households: Any,
    benefit_units: Any,
    persons: Any,
    dependants: Any,
    pension_credit: Any,
    benefit_cap: Any,
    law: BestStartLaw,
    lines: Any,
    first: int,
    last: int,
) -> None:
    for h in range(first, last):
        for b in range(households[h].first_benefit_unit, households[h].last_benefit_unit):
            unit = benefit_units[b]
            qualifies = benefit_cap[b].universal_credit > 0.0 or pension_credit[b].pension_credit > 0.0
            foods, grants, children, pregnant = 0.0, 0.0, 0.0, 0.0
            if households[h].nation == Nation.SCOTLAND and qualifies and unit.draw_scottish_child_payment < law.take_up:
                for p in range(unit.first_person, unit.last_person):
                    if dependants[p].child == 1.0:
                        children += 1.0
                        foods += foods_for(persons[p].age, law.foods)
                        grants += grant_for(persons[p].age, law.grants)
                    elif persons[p].pregnant == 1:
                        pregnant += 1.0
                foods += pregnant * law.foods.standard * law.foods.pregnancy_weeks
                grants += pregnant * (law.grants.first_birth if children == 0.0 else law.grants.later_birth)
            lines[b] = BestStart(foods, grants, foods + grants)


INSTRUMENT = Instrument(
    name="best_start",
    entity="benefit_unit",
    law=BestStartLaw,
    lines=BestStart,
    assess=assess,
    reads=("dependants", "pension_credit", "benefit_cap"),
    title="Best Start",
    line_titles={"foods": "Best Start Foods", "grants": "Best Start Grants"},
)
