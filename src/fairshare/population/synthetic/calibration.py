"""Step 7: weights. Bounded calibration (raking by exponentials) to published counts: by region first, then gently by council.

Only counts of people, households and dwellings are calibrated to, and only on the main sample: the weights of the top
wealth strata stay as drawn. Money is then brought to published totals by scaling amounts, never by weights.
"""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import composition
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.composition import AGE_EDGES, AGE_GROUPS, household_population, households_by_council
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.housing import tenure_shares

LOWEST, HIGHEST = 0.33, 3.0
"""No weight moves further than this from its start."""
SMALLEST_COUNCIL = 60
"""Records a council needs to be calibrated by itself; smaller ones follow their region."""
BROAD_EDGES = np.array([0, 16, 25, 35, 50, 65, 75, 200])
"""Ages that each council's weights answer to."""
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
    multipliers = np.zeros(features.shape[1])
    best, best_gap = start, np.inf
    for _ in range(25):
        weights = np.clip(start * np.exp(np.clip(scaled @ multipliers, -8, 8)), low, high)
        free = (weights > low) & (weights < high)
        gap = wanted - scaled.T @ weights - multipliers / strictness
        size = float(np.abs(gap).max())
        if size < best_gap:
            best, best_gap = weights, size
        if size < 1e-5:
            break
        curvature = (scaled[free] * weights[free, None]).T @ scaled[free] + np.diag(1 / strictness) + 1e-12 * np.eye(len(wanted))
        step = np.linalg.solve(curvature, gap)
        multipliers = multipliers + step * min(1.0, 2.0 / max(float(np.abs(scaled @ step).max()), 1e-12))
    return best


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


def _kinds(draft: Draft) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """(households, kinds) indicators of the kinds of household that ONS counts, the counts themselves, and their names.

    The commonest kind but one (couples without children) is left out: it follows from the others and the total.
    """
    every = [(number, kind) for number, kind in enumerate(composition.kinds()) if number != composition.COUPLE]
    own = draft.household["kind"]
    large = (own == composition.LONE_CHILDREN) & (draft.household_sum(draft.persons["role"] == int(q.Role.DEPENDANT)) >= 3)
    indicators = np.column_stack([*(own == number for number, _ in every), large])
    counts = np.array([*(kind.households for _, kind in every), f.national("families_lone_parent_three_plus")])
    return indicators.astype(float), counts, [*(kind.name for _, kind in every), "lone parent with three or more children"]


def with_weights(draft: Draft) -> None:
    """Calibrate by region (age and sex, tenure, band, kinds of household, employees, self-employed), then by council."""
    homes = draft.households
    council, region = homes["council"].astype(int), homes["region"].astype(int)
    start = homes["weight"].copy()
    main = homes["stratum"] == 0
    low, high = np.where(main, LOWEST * start, start), np.where(main, HIGHEST * start, start)
    weights = start.copy()
    households, tenures = households_by_council(), tenure_shares()
    bands = np.nan_to_num(np.column_stack([f.council(f"band_{band}") for band in "abcdefghi"]))
    bands = bands / np.maximum(bands.sum(axis=1, keepdims=True), 1e-9) * households[:, None]
    merged = np.column_stack([bands[:, :6], bands[:, 6:].sum(axis=1)])
    fine, people = _counts(draft, FIVE_YEARS, True), people_by_five_years().reshape(len(households), -1)
    broad, broad_people = _counts(draft, BROAD_EDGES, False), _people_by_broad_age()
    tenure = _indicator(homes["tenure"], 5)[:, :4]
    band = _indicator(np.minimum(homes["council_tax_band"], 7), 8)[:, 1:]
    works = draft.household_sum(draft.person["works"] & ~draft.person["self_employed"])
    own = draft.household_sum(draft.person["self_employed"])
    kinds, kind_counts, _ = _kinds(draft)
    social = np.column_stack([works, own, kinds])
    national = np.array(
        [f.national("employees") * 1e6, (f.national("employment") - f.national("employees")) * 1e6, *kind_counts],
    )
    # Each region keeps its own share of the nation's total, as composition and work gave it.
    factors = national / np.maximum(start @ social, 1.0)
    for _ in range(2):
        for where in range(len(q.Region)):
            rows = np.flatnonzero(region == where)
            if not len(rows):
                continue
            here = f.area_regions() == where
            parts = [np.ones((len(rows), 1)), fine[rows], tenure[rows], band[rows], social[rows]]
            wanted = np.concatenate(
                [
                    [households[here].sum()],
                    people[here].sum(axis=0),
                    (households[here, None] * tenures[here, :4]).sum(axis=0),
                    merged[here].sum(axis=0),
                    start[rows] @ social[rows] * factors,
                ]
            )
            _apply(weights, rows, np.hstack(parts), wanted, np.full(len(wanted), 5e4), low, high)
        for where in range(len(households)):
            rows = np.flatnonzero(council == where)
            if len(rows) < SMALLEST_COUNCIL:
                continue
            features = np.hstack([np.ones((len(rows), 1)), broad[rows], tenure[rows], band[rows]])
            wanted = np.concatenate([[households[where]], broad_people[where], households[where] * tenures[where, :4], merged[where]])
            _apply(weights, rows, features, wanted, np.full(len(wanted), 3e2), low, high)
    homes["weight"] = np.round(weights, 6)


def _apply(
    weights: np.ndarray,
    rows: np.ndarray,
    features: np.ndarray,
    wanted: np.ndarray,
    strictness: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
) -> None:
    used = (np.abs(features).sum(axis=0) > 0) & (wanted > 0)
    start = weights[rows]
    weights[rows] = calibrated(start, features[:, used], wanted[used], strictness[used], low[rows], high[rows])


__all__ = ["AGE_GROUPS", "calibrated", "with_weights"]
