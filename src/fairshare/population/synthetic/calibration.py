"""Step 7: weights. Bounded calibration (raking by exponentials) to published counts: by region first, then gently by council.

Only counts of people, households and dwellings are calibrated to, and only on the main sample: the weights of the top
wealth strata stay as drawn. Money is then brought to published totals by scaling amounts, never by weights.
"""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.composition import AGE_EDGES, AGE_GROUPS, household_population, households_by_council
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.housing import tenure_shares

LOWEST, HIGHEST = 0.33, 3.0
"""No weight moves further than this from its start."""
SMALLEST_COUNCIL = 60
"""Records a council needs to be calibrated by itself; smaller ones follow their region."""
BROAD_EDGES = np.array([0, 16, 25, 35, 45, 55, 65, 75, 200])


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


def _people_by_broad_age() -> np.ndarray:
    """(councils, broad ages) people in households; the groups of ten years are split as residents of five-year ages are."""
    fine = household_population().sum(axis=2)
    residents = f.population_by_age_sex().sum(axis=2)
    fifteen = residents[:, 3] * 0.2  # age 15 among 15 to 19
    out = np.stack(
        [
            fine[:, 0] + fine[:, 1] + fine[:, 2] + fifteen,
            fine[:, 3] - fifteen + fine[:, 4],
            fine[:, 5] + fine[:, 6],
            fine[:, 7],
            fine[:, 8],
            fine[:, 9],
            fine[:, 10],
            fine[:, 11] + fine[:, 12],
        ],
        axis=1,
    )
    return np.asarray(out)


def with_weights(draft: Draft) -> None:
    """Calibrate by region (age and sex, tenure, band, living alone, lone parents, employees, self-employed), then by council."""
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
    fine, people = _counts(draft, AGE_EDGES, True), household_population().reshape(len(households), -1)
    broad, broad_people = _counts(draft, BROAD_EDGES, False), _people_by_broad_age()
    tenure = _indicator(homes["tenure"], 5)[:, :4]
    band = _indicator(np.minimum(homes["council_tax_band"], 7), 8)[:, 1:]
    works = draft.household_sum(draft.person["works"] & ~draft.person["self_employed"])
    own = draft.household_sum(draft.person["self_employed"])
    alone, lone = (homes["last_person"] - homes["first_person"]) == 1, np.isin(draft.household["kind"], (5, 6))
    expected = {"works": start @ works, "own": start @ own, "alone": start @ alone, "lone": start @ lone}
    national = {
        "works": f.national("employees") * 1e6,
        "own": (f.national("employment") - f.national("employees")) * 1e6,
        "alone": f.national("households_one_person_under_65") + f.national("households_one_person_65_plus"),
        "lone": f.national("households_lone_parent"),
    }
    for round_ in range(2):
        for where in range(len(q.Region)):
            rows = np.flatnonzero(region == where)
            if not len(rows):
                continue
            here = f.area_regions() == where
            parts = [
                np.ones((len(rows), 1)),
                fine[rows],
                tenure[rows],
                band[rows],
                works[rows, None],
                own[rows, None],
                alone[rows, None],
                lone[rows, None],
            ]
            social = [
                float(start[rows] @ values[rows]) * national[name] / expected[name]
                for name, values in (("works", works), ("own", own), ("alone", alone), ("lone", lone))
            ]
            wanted = np.concatenate(
                [
                    [households[here].sum()],
                    people[here].sum(axis=0),
                    (households[here, None] * tenures[here, :4]).sum(axis=0),
                    merged[here].sum(axis=0),
                    social,
                ]
            )
            _apply(weights, rows, np.hstack(parts), wanted, np.full(len(wanted), 5e4), low, high)
        for where in range(len(households)):
            rows = np.flatnonzero(council == where)
            if len(rows) < SMALLEST_COUNCIL or (round_ == 1 and len(rows) < SMALLEST_COUNCIL):
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
    weights[rows] = calibrated(
        start, features[:, used], wanted[used], strictness[used] / np.maximum(start.mean(), 1e-9) * start.mean(), low[rows], high[rows]
    )


__all__ = ["AGE_GROUPS", "calibrated", "with_weights"]
