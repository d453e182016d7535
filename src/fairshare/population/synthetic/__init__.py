"""The default population: made from published figures alone, no real person in it.

Each module is one step, in the order that `made` calls them; `docs/population.md` says what each rests on.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from threadpoolctl import threadpool_limits

from fairshare.areas import areas
from fairshare.faults import Fault
from fairshare.population.records import Population, population
from fairshare.population.synthetic import (
    activity,
    alignment,
    calibration,
    care,
    circumstances,
    composition,
    dwellings,
    earnings,
    housing,
    investments,
    other_incomes,
    spending,
    wealth,
)

Progress = Callable[[str, float], None]
BASE_YEAR = "2025-26"
TOP_RECORDS = 0.025
"""Share of all records that stand for the richest hundredth of households."""
FEWEST = 2_000
SAYS = "Made from published figures; no real person is in it."


@threadpool_limits.wrap(limits=1)  # sums of several threads differ in their last digits, and a few draws with them
def made(households: int = 100_000, seed: int = 1, steepness: float = wealth.STEEPNESS, progress: Progress | None = None) -> Population:
    """A synthetic population of about `households` records in all councils, money in fiscal year 2025-26.

    `steepness` is the Pareto exponent of the top of wealth (1.5 to 2.1). The same seed gives the same bytes.
    """
    if households < FEWEST:
        raise Fault(f"A population of {households:,} households is too small for {len(areas())} council areas; ask for {FEWEST:,} or more.")
    low, high = wealth.STEEPNESS_RANGE
    if not low <= steepness <= high:
        raise Fault(f"The steepness of the top of wealth must lie between {low} and {high}; {steepness:g} does not.")
    tell = progress or (lambda says, share: None)
    top = max(round(households * TOP_RECORDS), 20)
    hosts = round((households - top) * wealth.TOP_SHARE)
    draft = composition.composed(households - top + hosts, seed, lambda share: tell("Households of every council", 0.45 * share))

    tell("Work, pay and pensions", 0.46)
    for step in (
        activity.with_disability, activity.with_study, activity.with_work,
        earnings.with_skill, earnings.with_pay, earnings.with_earlier_pay,
        other_incomes.with_state_pension, other_incomes.with_private_pensions, other_incomes.with_self_employment,
    ):  # fmt: skip
        step(draft, seed)
    tell("Homes", 0.52)
    for step in (housing.with_tenure, housing.with_band, housing.with_value, housing.with_rent, housing.with_mortgage):
        step(draft, seed)
    tell("Disability and care", 0.58)
    for step in (care.with_disability_benefits, care.with_care):
        step(draft, seed)
    tell("Wealth and its top", 0.62)
    wealth.with_components(draft, seed)
    draft = wealth.with_top(draft, seed, top, steepness)
    wealth.with_shares(draft, seed)
    tell("Weights", 0.68)
    calibration.with_weights(draft)
    # Again, with the same luck: regions' taxpayers with pensions are counts, and weights have moved them.
    other_incomes.with_private_pensions(draft, seed)
    circumstances.with_ethnicity(draft, seed)
    tell("Income from wealth, and published totals", 0.88)
    investments.with_owner_managers(draft, seed)
    investments.with_investments(draft, seed)
    investments.with_capital_gains(draft, seed)
    circumstances.with_pension_saving(draft, seed)
    alignment.with_totals(draft, seed)
    tell("Circumstances and spending", 0.93)
    for step in (
        circumstances.with_childcare, circumstances.with_student_loans, circumstances.with_gifts,
        circumstances.with_capital, circumstances.with_take_up, circumstances.with_vehicles, spending.with_spending,
    ):  # fmt: skip
        step(draft, seed)
    moved = draft.household["weight_moved"]
    drawn = draft.households["weight"] / moved
    effect = float(drawn.sum() * (drawn * moved**2).sum() / (drawn * moved).sum() ** 2)
    unlived = dwellings.with_no_resident(draft, seed)
    markets = np.array([area.brma for area in areas()])
    draft.households["brma"] = markets[draft.households["council"]]
    tell("Checking", 0.97)
    out = population(
        draft.persons, draft.units, draft.households, unlived,
        name="synthetic", year=BASE_YEAR, kind="synthetic", says=SAYS, seed=seed,
        details={"households": len(draft.households), "steepness": steepness, "top_records": int((draft.households["stratum"] > 0).sum()),
                 "weights_moved": [round(float(moved.min()), 3), round(float(moved.max()), 3)],
                 "design_effect": round(effect, 3)},
    )  # fmt: skip
    tell("Done", 1.0)
    return out
