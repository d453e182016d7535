"""Step 7: weights. Bounded calibration (raking by exponentials) to published counts: by region first, then gently by council.

Only counts of people, households and dwellings are calibrated to; the top wealth strata keep their own numbers in each region.
Money is then brought to published totals by scaling amounts, never by weights.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import composition
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.circumstances import rough_means_and_needs
from fairshare.population.synthetic.composition import AGE_EDGES, AGE_GROUPS, household_population, households_by_council
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.housing import tenure_shares

LOWEST, HIGHEST = 0.2, 5.0
"""No weight moves further than this from its start."""
LOWEST_TOP, HIGHEST_TOP = 0.5, 2.0
"""The same for the strata of the richest; groups of strata keep their numbers in each region, so that wealth at the top stays."""
TOP_GROUPS = ((1, 2), (3, 4), (5, 6), (7, 11))
ROUNDS = 3
STEPS, HALVINGS = 40, 30
"""Most Newton steps of one calibration, and how often one may be halved."""
COUNCIL_HOLD, NEED_HOLD, REGION_HOLD, SOCIAL_HOLD = 3.0, 30.0, 500.0, 60.0
"""How closely targets are held: a gap shrinks to one part in 1 + hold (about). A council's few records are moved gently."""
IN_NEED, CHILDREN_IN_NEED = 1.2, 1.0
"""Multiples of a family's rough need below which it counts as in need; and children of it (assumption: of those below the first about two
in three are paid Universal Credit)."""
SMALLEST_COUNCIL = 60
"""Records a council needs to be calibrated by itself; smaller ones follow their region."""
BROAD_EDGES = np.array([0, 16, 25, 35, 50, 65, 75, 200])
"""Ages that each council's weights answer to."""
ALONE_AGES = (("16-24", 16, 25), ("25-44", 25, 45), ("45-64", 45, 65), ("65-74", 65, 75), ("75+", 75, 200))
SIZES = {3: "three", 4: "four", 5: "five"}
"""Sizes of household that the nation's weights answer to."""
FIVE_YEARS = np.append(np.arange(0, 90, 5), 200)
"""Ages that each region's weights answer to, by sex."""


def calibrated(
    start: np.ndarray, features: np.ndarray, targets: np.ndarray, strictness: np.ndarray, low: np.ndarray, high: np.ndarray
) -> np.ndarray:
    """Weights near `start` (relative entropy), within `low` and `high`, that bring the totals of `features` to `targets`.

    `strictness` (features,): how much a relative gap of 1 counts; a finite value leaves a small gap where targets disagree.
    """
    scale = np.maximum(np.abs(targets), 1.0)
    scaled, wanted = features / scale, targets / scale
    least, most = np.log(low / start), np.log(high / start)

    def at(multipliers: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
        """The weights, which of them are free to move, and the convex function that is least where they meet the targets."""
        score = scaled @ multipliers
        inside = np.clip(score, least, most)
        weights = start * np.exp(inside)
        height = (weights * (1 + score - inside)).sum() - wanted @ multipliers + (multipliers**2 / strictness).sum() / 2
        return weights, (score > least) & (score < most), float(height)

    multipliers = np.zeros(features.shape[1])
    weights, free, height = at(multipliers)
    for _ in range(STEPS):
        gap = wanted - scaled.T @ weights - multipliers / strictness
        if float(np.abs(gap).max()) < 1e-5:
            break
        curvature = (scaled[free] * weights[free, None]).T @ scaled[free] + np.diag(1 / strictness) + 1e-12 * np.eye(len(wanted))
        step = np.linalg.solve(curvature, gap)
        part = min(1.0, 2.0 / max(float(np.abs(scaled @ step).max()), 1e-12))
        for _ in range(HALVINGS):  # a Newton step may go too far where many weights stand at their bounds
            tried = at(multipliers + part * step)
            if tried[2] <= height - 1e-4 * part * float(gap @ step):
                break
            part /= 2
        else:
            break
        multipliers, (weights, free, height) = multipliers + part * step, tried
    return weights


def _counts(draft: Draft, edges: np.ndarray, by_sex: bool) -> np.ndarray:
    """(households, cells) persons of each age group (and sex) in each household."""
    persons = draft.persons
    group = np.clip(np.searchsorted(edges, persons["age"], side="right") - 1, 0, len(edges) - 2)
    cell = group * 2 + persons["sex"] if by_sex else group
    out = np.zeros((len(draft.households), (len(edges) - 1) * (2 if by_sex else 1)))
    np.add.at(out, (persons["household"], cell), 1.0)
    return out


def _indicator(values: np.ndarray, categories: int) -> np.ndarray:
    return np.asarray(np.eye(categories)[np.clip(values, 0, categories - 1)])


def people_by_five_years() -> np.ndarray:
    """(councils, 18 ages, 2) people in households: groups of ten years are split as residents of five-year ages are."""
    residents = f.population_by_age_sex()
    group = np.searchsorted(AGE_EDGES, FIVE_YEARS[:-1], side="right") - 1
    grouped = np.stack([residents[:, group == number].sum(axis=1) for number in range(AGE_GROUPS)], axis=1)
    share = household_population() / np.maximum(grouped, 1e-9)
    return np.asarray(residents * share[:, group])


def _people_by_broad_age() -> np.ndarray:
    """(councils, broad ages) people in households; age 15 is a fifth of those of 15 to 19."""
    fives = people_by_five_years().sum(axis=2)
    fifteen = fives[:, 3] / 5
    children, youth = fives[:, :3].sum(axis=1) + fifteen, fives[:, 3] - fifteen + fives[:, 4]
    rest = [fives[:, first:last].sum(axis=1) for first, last in ((5, 7), (7, 10), (10, 13), (13, 15), (15, 18))]
    return np.stack([children, youth, *rest], axis=1)


def _kinds(draft: Draft) -> tuple[np.ndarray, np.ndarray]:
    """(households, kinds) indicators of the kinds of household that ONS counts, people who share or live alone
    (by age and sex), households by size, and the counts.

    Couples without children are left out: they follow from the others and the total.
    """
    every = [(number, kind) for number, kind in enumerate(composition.kinds()) if number not in (composition.ALONE, composition.COUPLE)]
    own = draft.household["kind"]
    large = (own == composition.LONE_CHILDREN) & (draft.household_sum(draft.persons["role"] == int(q.Role.DEPENDANT)) >= 3)
    head, alone = draft.persons[draft.head], own == composition.ALONE
    singles, people = [], []
    for sex, name in ((0, "male"), (1, "female")):
        for label, low, high in ALONE_AGES:
            singles.append(alone & (head["sex"] == sex) & (head["age"] >= low) & (head["age"] < high))
            people.append(f.national(f"alone_{name}_{label}"))
    size = draft.households["last_person"] - draft.households["first_person"]
    sizes, homes_of = [size == number for number in SIZES], [f.national(f"size_{name}") for name in SIZES.values()]
    sharing = (own == composition.SHARERS) * size
    indicators = np.column_stack([*(own == number for number, _ in every), large, sharing, *singles, *sizes])
    large_count, sharers = f.national("families_lone_parent_three_plus"), f.national("people_unrelated")
    counts = [*(kind.households for _, kind in every), large_count, sharers, *people, *homes_of]
    return indicators.astype(float), np.array(counts)


def in_need(draft: Draft) -> tuple[np.ndarray, np.ndarray]:
    """(households,) families below pension age whose means are small beside a rough sum that they need, and children below 16 in such.

    It is no law: it only says among whom Universal Credit is paid, so that a council has as many of them as the credit is paid to there.
    """
    persons = draft.persons
    means, needs, old = rough_means_and_needs(draft)
    studies = draft.unit_sum(persons["education"] == int(q.Education.HIGHER)) > 0
    poor, poorer = ((means < limit * needs) & ~old & ~studies for limit in (IN_NEED, CHILDREN_IN_NEED))
    children = draft.unit_sum((persons["role"] == int(q.Role.DEPENDANT)) & (persons["age"] < 16))
    first = draft.households["first_benefit_unit"]
    return np.add.reduceat(poor.astype(float), first), np.add.reduceat(poorer * children, first)


def _need_by_council(draft: Draft, need: np.ndarray) -> np.ndarray:
    """(councils, 2) how many families and children in need each council is brought to: the nation's as drawn, shared as Universal Credit
    is paid (DWP, May 2025); children in need are as much commoner in a council, of its children, as the credit is among its homes.

    Where no figure is published (Northern Ireland) it is nought, which is no target.
    """
    homes, households = draft.households, households_by_council()
    paid = np.nan_to_num(f.council("uc_households_may2025"))
    children = _people_by_broad_age()[:, 0]
    here = paid[homes["council"].astype(int)] > 0
    totals = (homes["weight"] * here) @ need
    of_children = children * paid / np.maximum(households, 1.0)
    return np.asarray(np.column_stack([paid / paid.sum(), of_children / of_children.sum()]) * totals)


class _Wanted(NamedTuple):
    """What the weights are brought to. Features have a row for each household, targets a row for each council."""

    households: np.ndarray
    tenure: np.ndarray
    tenure_shares: np.ndarray
    band: np.ndarray
    bands: np.ndarray
    fine: np.ndarray
    people: np.ndarray
    broad: np.ndarray
    broad_people: np.ndarray
    need: np.ndarray
    needed: np.ndarray
    """Families and children in need: in each council as many, beside the nation's, as Universal Credit is paid to there."""
    social: np.ndarray
    """Workers, and kinds of household: known for the nation only; each region keeps its share as composition and work gave it."""
    factors: np.ndarray


def _wanted(draft: Draft) -> _Wanted:
    homes, households = draft.households, households_by_council()
    bands = np.nan_to_num(np.column_stack([f.council(f"band_{band}") for band in "abcdefghi"]))
    bands = bands / np.maximum(bands.sum(axis=1, keepdims=True), 1e-9) * households[:, None]
    kinds, kind_counts = _kinds(draft)
    own = draft.person["self_employed"]
    need = np.column_stack(in_need(draft))
    social = np.column_stack([draft.household_sum(draft.person["works"] & ~own), draft.household_sum(own), kinds])
    employees = f.national("employees") * 1e6
    national = np.array([employees, f.national("employment") * 1e6 - employees, *kind_counts])
    return _Wanted(
        households=households,
        tenure=_indicator(homes["tenure"], 5)[:, :4],
        tenure_shares=tenure_shares()[:, :4],
        band=_indicator(np.minimum(homes["council_tax_band"], 8), 9)[:, 1:],
        bands=np.column_stack([bands[:, :7], bands[:, 7:].sum(axis=1)]),
        fine=_counts(draft, FIVE_YEARS, True),
        people=people_by_five_years().reshape(len(households), -1),
        broad=_counts(draft, BROAD_EDGES, False),
        broad_people=_people_by_broad_age(),
        need=need,
        needed=_need_by_council(draft, need),
        social=social,
        factors=national / np.maximum(homes["weight"] @ social, 1.0),
    )


def with_weights(draft: Draft) -> None:
    """Calibrate by council (broad ages, tenure, band), then by region (age and sex, tenure, band, kinds of household, work), in turn.

    The region has the last word: a council's own figures rest on few records.
    """
    homes, to = draft.households, _wanted(draft)
    council, region, start = homes["council"].astype(int), homes["region"].astype(int), homes["weight"].copy()
    main, weights = homes["stratum"] == 0, homes["weight"].copy()
    low, high = np.where(main, LOWEST, LOWEST_TOP) * start, np.where(main, HIGHEST, HIGHEST_TOP) * start
    richest = np.column_stack([(homes["stratum"] >= first) & (homes["stratum"] <= last) for first, last in TOP_GROUPS]).astype(float)
    for _ in range(ROUNDS):
        for where in range(len(to.households)):
            rows = np.flatnonzero(council == where)
            if len(rows) < SMALLEST_COUNCIL:
                continue
            every, lived = np.ones((len(rows), 1)), to.households[where]
            top = to.band[rows, 6:].sum(axis=1, keepdims=True)
            features = np.hstack([every, to.broad[rows], to.tenure[rows], to.band[rows, :6], top, to.need[rows]])
            tops = [to.bands[where, 6:].sum()]
            wanted = np.concatenate(
                [[lived], to.broad_people[where], lived * to.tenure_shares[where], to.bands[where, :6], tops, to.needed[where]]
            )
            hold = np.full(len(wanted), COUNCIL_HOLD)
            hold[-2:] = NEED_HOLD
            _apply(weights, rows, features, wanted, hold, low, high)
        for where in range(len(q.Region)):
            rows, here = np.flatnonzero(region == where), f.area_regions() == where
            if not len(rows):
                continue
            every = np.ones((len(rows), 1))
            features = np.hstack([every, to.fine[rows], to.tenure[rows], to.band[rows], richest[rows], to.need[rows], to.social[rows]])
            lived = to.households[here]
            wanted = np.concatenate(
                [
                    [lived.sum()],
                    to.people[here].sum(axis=0),
                    (lived[:, None] * to.tenure_shares[here]).sum(axis=0),
                    to.bands[here].sum(axis=0),
                    start[rows] @ richest[rows],
                    to.needed[here].sum(axis=0),
                    start[rows] @ to.social[rows] * to.factors,
                ]
            )
            hold = np.full(len(wanted), REGION_HOLD)
            hold[-to.social.shape[1] :] = SOCIAL_HOLD
            _apply(weights, rows, features, wanted, hold, low, high)
    homes["weight"] = np.round(weights, 6)
    draft.household["weight_moved"] = weights / start


def _apply(
    weights: np.ndarray,
    rows: np.ndarray,
    features: np.ndarray,
    wanted: np.ndarray,
    hold: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
) -> None:
    """Calibrate the weights of some rows in place. `hold` (features,): 9 leaves about a tenth of a gap, 99 a hundredth."""
    used = (np.abs(features).sum(axis=0) > 0) & (wanted > 0)
    # The multiplier that closes a gap grows with the total, so that what it costs is measured by the total.
    strictness = hold[used] * wanted[used]
    weights[rows] = calibrated(weights[rows], features[:, used], wanted[used], strictness, low[rows], high[rows])


__all__ = ["AGE_GROUPS", "calibrated", "with_weights"]
