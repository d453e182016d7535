"""Statistical matching of two surveys: a rank hot deck (D'Orazio, Di Zio and Scanu 2006, s. 2.4).

Records of both files are put into the same classes, and within a class into the order of one score: what the matched amount is
predicted to be from what both files know. A recipient takes all amounts of one donor, the one at its own place in that order, so
that amounts that belong together stay together and each class keeps the donors' weighted distribution. Incomes enter as places
in their own file's order, so that files of two years, or with two definitions of income, can be matched. Chance (by seed) only picks
the point within a recipient's own place. What both files do not know must be unrelated to what is matched, given what they
know: no method can test that, and every step says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from fairshare import quantities as q
from fairshare.population.disclosure import MINIMUM
from fairshare.population.synthetic.draws import generator, rank

Array = np.ndarray[Any, np.dtype[Any]]

LEAST_DONORS = 30
"""Donors that a class needs; recipients of a smaller one take from the next wider class."""
AGE_EDGES = (0, 16, 25, 35, 45, 55, 65, 75, 200)
"""The age bands that every file can be put into (those of the Wealth and Assets Survey)."""
ASSUMED = "what is matched is unrelated to whatever only one of the two files knows, once what both know is given"
SOUTH = (int(q.Region.SOUTH_EAST), int(q.Region.EAST_OF_ENGLAND), int(q.Region.SOUTH_WEST))
LIKE_NORTHERN_IRELAND = tuple(
    int(each) for each in (q.Region.NORTH_EAST, q.Region.NORTH_WEST, q.Region.YORKSHIRE_AND_THE_HUMBER, q.Region.WALES, q.Region.SCOTLAND)
)
"""Where donors of Northern Ireland's households are sought when a file holds Great Britain alone."""


class Known(NamedTuple):
    """What a file knows of its households that the other knows too, (households,) each; None where it does not know it."""

    key: Array
    """A number of its own for each household: the order in which equal ones stand, whatever the order of rows."""
    weight: Array
    income: Array
    """£ gross, in the file's own period and definition: only its order counts."""
    adults: Array
    children: Array
    region: Array | None
    tenure: Array | None
    """0 owned outright, 1 with a mortgage, 2 rented or free."""
    age: Array | None
    """Place of the reference person's age in AGE_EDGES."""
    further: dict[str, Array]
    """Further predictors by name, as places from 0 to 1: used where both files have them."""

    def place_of_income(self) -> Array:
        return np.asarray(rank(self.income, self.weight))


def rank_within(values: Array, weight: Array, group: Array) -> Array:
    """(n,) the weighted place (0 to 1) of each value in its group."""
    return np.asarray(rank(values, weight, group))


def age_band(age: Array) -> Array:
    """(n,) the place of ages in AGE_EDGES."""
    return np.clip(np.searchsorted(AGE_EDGES, age, side="right") - 1, 0, len(AGE_EDGES) - 2)


def tenure_group(tenure: Array) -> Array:
    return np.minimum(tenure, 2).astype(np.int64)


def region_group(region: Array) -> Array:
    """(n,) 0 London, 1 the rest of the south and east of England, 2 elsewhere."""
    return np.where(region == int(q.Region.LONDON), 0, np.where(np.isin(region, SOUTH), 1, 2))


# ---- classes and scores ----------------------------------------------------------------------------------------------


def _dummies(values: Array, count: int) -> Array:
    return np.asarray(np.eye(count)[values])[:, 1:]


def _regions(region: Array) -> Array:
    columns = np.eye(len(q.Region))
    columns[int(q.Region.NORTHERN_IRELAND)] = columns[list(LIKE_NORTHERN_IRELAND)].mean(axis=0)
    return np.asarray(columns[region][:, 1:-1])


def design(of: Known, other: Known) -> Array:
    """(households, predictors) what the score is worked from: what both files know."""
    place = of.place_of_income()
    columns = [np.ones(len(place)), place, place**2, np.minimum(of.adults, 5), np.minimum(of.children, 4)]
    parts = [np.column_stack(columns)]
    if of.age is not None and other.age is not None:
        bands = _dummies(of.age, len(AGE_EDGES) - 1)
        parts += [bands, bands * place[:, None]]
    if of.tenure is not None and other.tenure is not None:
        kinds = _dummies(of.tenure, 3)
        parts += [kinds, kinds * place[:, None]]
    if of.region is not None and other.region is not None:
        parts.append(_regions(of.region))
    parts += [np.column_stack([of.further[name], of.further[name] ** 2]) for name in sorted({*of.further} & {*other.further})]
    return np.hstack(parts)


def scores(target: Array, donors: Known, recipients: Known) -> tuple[Array, Array]:
    """(donors,) and (recipients,) what the target's place in its own order is predicted to be, by weighted least squares."""
    root = np.sqrt(donors.weight)
    place = rank(target, donors.weight)
    of_donors = design(donors, recipients)
    fitted = np.linalg.lstsq(of_donors * root[:, None], place * root, rcond=None)[0]
    return of_donors @ fitted, design(recipients, donors) @ fitted


def _thirds(age: Array) -> Array:
    """(households,) 0 to 54 years, 1 from 55, 2 from 65: of places in AGE_EDGES."""
    return np.asarray(np.searchsorted((5, 6), age, side="right"))


def classes(donors: Known, recipients: Known) -> tuple[list[tuple[Array, Array]], str]:
    """Classes of both files, widest first, and what they are in words."""
    levels: list[tuple[Array, Array]] = [(np.zeros(len(donors.key), np.int64), np.zeros(len(recipients.key), np.int64))]
    words = []

    def finer(one: Array, two: Array, count: int, says: str) -> None:
        words.append(says)
        levels.append((levels[-1][0] * count + one, levels[-1][1] * count + two))

    if donors.tenure is not None and recipients.tenure is not None:
        finer(donors.tenure, recipients.tenure, 3, "tenure")
    if donors.region is not None and recipients.region is not None:
        finer(region_group(donors.region), region_group(recipients.region), 3, "part of the country")
    with_children = [np.minimum(side.children, 1).astype(np.int64) for side in (donors, recipients)]
    finer(with_children[0], with_children[1], 2, "children or none")
    if donors.age is not None and recipients.age is not None:
        finer(_thirds(donors.age), _thirds(recipients.age), 3, "age to 54, to 64, or more")
    several = [np.clip(side.adults, 1, 2).astype(np.int64) - 1 for side in (donors, recipients)]
    finer(several[0], several[1], 2, "one adult or more")
    return levels, ", ".join(words)


# ---- the match -------------------------------------------------------------------------------------------------------


class Match(NamedTuple):
    """(recipients,) the donor of each, and how the match came out."""

    donor: Array
    classes: str
    used: int
    """Donors that were taken at least once."""
    most: int
    """How often the donor taken most often was taken."""


def matched(donors: Known, recipients: Known, target: Array, seed: int, step: str) -> Match:
    """A donor for each recipient: see the module's own words. The same files and seed give the same donors."""
    levels, says = classes(donors, recipients)
    of_donors, of_recipients = scores(target, donors, recipients)
    draws = generator(seed, step).random(len(recipients.key))
    chosen = np.full(len(recipients.key), -1)
    for donor_class, recipient_class in reversed(levels):
        open_ = np.flatnonzero(chosen < 0)
        own = recipient_class[open_]
        count = np.bincount(donor_class, minlength=int(recipient_class.max(initial=0)) + 1)
        least = LEAST_DONORS if donor_class.any() or recipient_class.any() else 1
        for each in np.unique(own[count[own] >= least]):
            rows, pool = open_[own == each], np.flatnonzero(donor_class == each)
            chosen[rows] = pool[_by_place(donors, of_donors, pool, recipients, of_recipients, rows, draws)]
    counts = np.bincount(chosen, minlength=len(donors.key))
    return Match(chosen, says, int((counts > 0).sum()), int(counts.max()))


def _by_place(donors: Known, of_donors: Array, pool: Array, recipients: Known, of_recipients: Array, rows: Array, draws: Array) -> Array:
    """(rows,) the place in `pool` of the donor that stands at each recipient's weighted place in the order of scores."""
    donor_order = np.lexsort((donors.key[pool], of_donors[pool]))
    recipient_order = np.lexsort((recipients.key[rows], of_recipients[rows]))
    ends = np.cumsum(donors.weight[pool][donor_order])
    weight = recipients.weight[rows][recipient_order]
    places = (np.cumsum(weight) - weight * draws[rows][recipient_order]) / weight.sum()
    found = np.minimum(np.searchsorted(ends / ends[-1], places, side="left"), len(pool) - 1)
    out = np.empty(len(rows), np.int64)
    out[recipient_order] = donor_order[found]
    return out


def by_order(values: Array, weight: Array, value_class: Array, order: Array, order_weight: Array, order_class: Array) -> Array:
    """(recipients,) the values of a class in rising order, laid on recipients of the class in the order of `order`. Recipients of a
    class without donors take from all of them."""
    out = np.zeros(len(order))
    for each in np.unique(order_class):
        rows = np.flatnonzero(order_class == each)
        pool = np.flatnonzero(value_class == each)
        pool = pool if len(pool) >= LEAST_DONORS else np.arange(len(values))
        rising = pool[np.argsort(values[pool], kind="stable")]
        ends = np.cumsum(weight[rising])
        places = rank(order[rows], order_weight[rows])
        out[rows] = values[rising][np.minimum(np.searchsorted(ends / ends[-1], places), len(pool) - 1)]
    return out


# ---- the diagnostic --------------------------------------------------------------------------------------------------


def quantile(values: Array, weight: Array, at: float) -> float:
    """The value below which a share `at` of the weight lies."""
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(weight[order])
    return float(values[order][min(int(np.searchsorted(ends, at * ends[-1])), len(values) - 1)])


def marginals(values: Array, weight: Array) -> dict[str, float | None]:
    """Mean, share above nothing, middle and ninth tenth of an amount. What fewer than ten records of the file hold is left out."""
    if not len(values) or np.count_nonzero(values) < MINIMUM:
        return {"mean": None, "above_nothing": None, "median": None, "p90": None}
    total = float(weight.sum())
    return {
        "mean": round(float(weight @ values) / total, 2),
        "above_nothing": round(float(weight[values > 0.0].sum()) / total, 4),
        "median": round(quantile(values, weight, 0.5), 2),
        "p90": round(quantile(values, weight, 0.9), 2),
    }


def correlation_of_places(one: Array, other: Array, weight: Array) -> float:
    """The weighted correlation of two amounts' places (Spearman's, with weights)."""
    a, b = rank(one, weight), rank(other, weight)
    a, b = a - np.average(a, weights=weight), b - np.average(b, weights=weight)
    spread = float(np.sqrt((weight @ a**2) * (weight @ b**2)))
    return float(weight @ (a * b)) / spread if spread else 0.0


def diagnostic(
    source: str, matched_by: Match | None, donors: Known, recipients: Known, before: dict[str, Array], given: dict[str, Array],
    after: dict[str, Array], assumed: Sequence[str],
) -> dict[str, Any]:  # fmt: skip
    """What a step did: each amount in the population before, among the donors, and in the population after; and what was assumed."""
    rows = []
    for name, values in given.items():
        was = before.get(name)
        rows.append({
            "amount": name,
            "before": marginals(was, recipients.weight) if was is not None else None,
            "donors": marginals(values, donors.weight),
            "after": marginals(after[name], recipients.weight),
            "with_income_donors": round(correlation_of_places(values, donors.income, donors.weight), 3),
            "with_income_after": round(correlation_of_places(after[name], recipients.income, recipients.weight), 3),
        })  # fmt: skip
    return {
        "source": source,
        "donors": len(donors.key),
        "donors_used": matched_by.used if matched_by else None,
        "most_often": matched_by.most if matched_by else None,
        "classes": matched_by.classes if matched_by else None,
        "amounts": rows,
        "assumed": [ASSUMED, *assumed],
    }


__all__ = [
    "AGE_EDGES", "Known", "Match", "age_band", "by_order", "correlation_of_places", "design", "diagnostic", "marginals", "matched",
    "quantile", "rank_within", "region_group", "scores", "tenure_group",
]  # fmt: skip
