"""How sure a figure is: four kinds of range, kept apart and named. Each is of the change between two laws, worked on the
same records, and none is added to another.

* Seed noise: what another draw of the same synthetic population would give. It shrinks as records grow, so it is no sign of truth.
* Model error: how far the model lay from published figures that it was never fitted to, by kind of figure.
* Assumptions: low, central and high of what nobody knows. No likelihood is claimed.
* Sampling: what another sample of real people would give. Only a survey has it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import folder
from fairshare.measures.distribution import Array

TWO_SIDED_95 = 1.96
"""Standard errors each side of an estimate that hold it 19 times in 20, where errors are normal."""
ANOTHER_DRAW = 2.0**0.5
"""How much further another draw lies from this one than from the mean of all draws: both have their own chance in them."""


class Kind(StrEnum):
    SEED_NOISE = "seed noise"
    MODEL_ERROR = "model error"
    ASSUMPTIONS = "assumptions"
    SAMPLING = "sampling"


class Range(NamedTuple):
    """A range in the unit of its figure; both ends are None where none can be given, and `says` tells why."""

    kind: Kind
    low: float | None
    high: float | None
    says: str
    """What it rests on: a phrase that follows "This range" or, without ends, "because"."""

    @property
    def known(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def crosses_zero(self) -> bool:
        return self.low is not None and self.high is not None and self.low < 0.0 < self.high


FIXED = "the proposal sets this sum"
"""Why a sum that a proposal names in pounds, and that nothing else moves, has no range."""


def no_range(kind: Kind, because: str) -> Range:
    return Range(kind, None, None, because)


# ---- seed noise and sampling ----------------------------------------------------------------------------------------


def standard_error_of_total(values: Array, weights: Array) -> float:
    """The standard error of the sum of weight times value, were records drawn with replacement and their weights kept
    (Särndal, Swensson and Wretman 1992, s. 2.9): records are one value each, the value nothing where it does not count."""
    count = len(values)
    if count < 2:
        return float("nan")
    contributions = values * weights
    return float(np.sqrt(count / (count - 1.0) * np.sum((contributions - contributions.mean()) ** 2)))


def standard_error_of_share(counted: Array, weights: Array) -> float:
    """The standard error (0 to 1) of the share of the weight that counts: a ratio of two totals, linearised."""
    total = float(weights.sum())
    if len(counted) < 2 or not total:
        return float("nan")
    share = float(weights[counted].sum()) / total
    return standard_error_of_total(counted - share, weights) / total


FROM_RECORDS = "rests on how much the records differ from one another"


class Errors:
    """Standard errors of what is added up over records: from how much the records differ, or from replicate weights where a survey
    has them. All take (records,) values and weights; `replicates` is (replicates, records), what weights are multiplied with."""

    def __init__(self, replicates: Array | None = None, kind: Kind = Kind.SEED_NOISE) -> None:
        self.replicates, self.kind = replicates, kind
        self.says = FROM_RECORDS if replicates is None else f"rests on {len(replicates)} replicate weights of the survey"

    def of(self, rows: Array) -> Errors:
        """Those of some of the records."""
        return self if self.replicates is None else Errors(self.replicates[:, rows], self.kind)

    def range(self, value: float, standard_error: float, least: float = -np.inf, most: float = np.inf) -> Range:
        """The range 19 times in 20, kept between what is possible at least and at most: for seed noise, of another draw's value; for
        sampling, of everybody's."""
        if not np.isfinite(standard_error):
            return no_range(self.kind, "there are too few records")
        reach = TWO_SIDED_95 * standard_error * (ANOTHER_DRAW if self.kind is Kind.SEED_NOISE else 1.0)
        return Range(self.kind, float(max(value - reach, least)), float(min(value + reach, most)), self.says)

    def total(self, values: Array, weights: Array) -> float:
        """Of the sum of weight times value."""
        if self.replicates is None:
            return standard_error_of_total(values, weights)
        contributions = values * weights
        return float(np.sqrt(np.mean((self.replicates @ contributions - contributions.sum()) ** 2)))

    def share(self, counted: Array, weights: Array) -> float:
        """Of the share (0 to 1) of the weight that counts."""
        whole = float(weights.sum())
        if self.replicates is None or not whole:
            return standard_error_of_share(counted, weights)
        with np.errstate(invalid="ignore", divide="ignore"):
            shares = (self.replicates @ (counted * weights)) / (self.replicates @ weights)
        return float(np.sqrt(np.nanmean((shares - float(weights[counted].sum()) / whole) ** 2)))

    def means(self, values: Array, weights: Array, group: Array, mean: Array) -> Array:
        """(groups,) of each group's weighted mean; `mean` holds the means."""
        count = len(mean)
        if self.replicates is None:
            records, residual = np.bincount(group, minlength=count), (values - mean[group]) * weights
            with np.errstate(invalid="ignore", divide="ignore"):
                shrink = records / (records - 1.0)
                return np.asarray(np.sqrt(shrink * np.bincount(group, residual**2, count)) / np.bincount(group, weights, count))
        from scipy.sparse import csr_array

        members = csr_array((np.ones(len(group)), (np.arange(len(group)), group)), shape=(len(group), count))
        with np.errstate(invalid="ignore", divide="ignore"):
            means = ((self.replicates * (values * weights)) @ members) / ((self.replicates * weights) @ members)
            return np.asarray(np.sqrt(np.mean((np.where(np.isnan(means), mean, means) - mean) ** 2, axis=0)))


def limits(values: Array) -> tuple[float, float]:
    """What the sum of such values can be at least and at most: where no record moves down, no draw of records sums below
    nothing, and the other way round."""
    return (0.0 if not (values < 0).any() else -np.inf), (0.0 if not (values > 0).any() else np.inf)


def from_seeds(values: Sequence[float]) -> Range:
    """From the same change in populations of several seeds: the lowest and the highest of them."""
    if len(values) < 2:
        return no_range(Kind.SEED_NOISE, "only one population was made")
    return Range(Kind.SEED_NOISE, min(values), max(values), f"holds the results of {len(values)} populations, each made anew")


def from_replicates(value: float, replicates: Sequence[float], factor: float) -> Range:
    """From replicate weights of a survey: variance is `factor` times the summed squares of what each replicate differs by
    (1/n for a bootstrap of n; (n - 1)/n for a jackknife of n)."""
    if len(replicates) < 2:
        return no_range(Kind.SAMPLING, "the survey came without replicate weights")
    error = float(np.sqrt(factor * np.sum((np.asarray(replicates) - value) ** 2)))
    return Range(Kind.SAMPLING, value - TWO_SIDED_95 * error, value + TWO_SIDED_95 * error, f"rests on {len(replicates)} replicate weights")


# ---- assumptions ----------------------------------------------------------------------------------------------------


def from_assumptions(results: Mapping[str, float], what: str) -> Range:
    """From results under named assumptions (such as low, central, high)."""
    if len(results) < 2:
        return no_range(Kind.ASSUMPTIONS, "only one set of assumptions was worked")
    return Range(Kind.ASSUMPTIONS, min(results.values()), max(results.values()), f"holds {len(results)} assumptions about {what}")


# ---- model error ----------------------------------------------------------------------------------------------------

KINDS_OF_FIGURE = ("money", "households", "poverty", "inequality", "wealth")
"""What a figure is of: a total in pounds, a share of households, people in poverty, a measure of inequality, a total from wealth."""
OF_FIVE = 0.8


class ModelError(NamedTuple):
    """How far the model lay from published figures of one kind that it was never fitted to."""

    kind_of_figure: str
    error: float
    """The gap, as a part of the published figure, that four in five of the checked figures do not exceed."""
    within: int
    """How many of the checked figures do not exceed it."""
    figures: int
    source: str


def model_errors() -> dict[str, ModelError]:
    """By kind of figure, from parameters/britain/model_error.csv (kind_of_figure, error, within, figures, source); empty without it."""
    path = folder("parameters") / "britain" / "model_error.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["kind_of_figure"]: ModelError(
                row["kind_of_figure"], float(row["error"]), int(row["within"]), int(row["figures"]), row["source"]
            )
            for row in csv.DictReader(lines)
        }


LEAST_FIGURES = 5
"""Kinds of figure with fewer checks than this get no model error: too little is known."""


def model_errors_from(targets: Iterable[Mapping[str, Any]], source: str) -> dict[str, ModelError]:
    """By kind of figure, from a report card: rows with `kind_of_figure`, `published`, `model` and `calibrated`. Rows that were
    calibrated to, or that name no kind, tell nothing of the model's error and are left out."""
    gaps: dict[str, list[float]] = {}
    for row in targets:
        kind = row.get("kind_of_figure")
        if kind in KINDS_OF_FIGURE and not row["calibrated"] and row["published"]:
            gaps.setdefault(str(kind), []).append(abs(row["model"] / row["published"] - 1.0))
    found: dict[str, ModelError] = {}
    for kind, each in gaps.items():
        if len(each) >= LEAST_FIGURES:
            error = sorted(each)[int(np.ceil(OF_FIVE * len(each))) - 1]
            found[kind] = ModelError(kind, error, sum(gap <= error for gap in each), len(each), source)
    return found


def from_model_error(value: float, kind_of_figure: str, errors: Mapping[str, ModelError], most: float | None = None) -> Range:
    """The range that the model's record gives a figure: it moves by the record's gap. For a share with a most (100 for a
    percentage) the gap is a part of whichever side is smaller, so that a range never leaves what is possible."""
    record = errors.get(kind_of_figure)
    if record is None:
        return no_range(Kind.MODEL_ERROR, "the model has not been checked on figures of this kind yet")
    size = abs(value) if most is None else min(abs(value), abs(most - value))
    reach = record.error * size
    low, high = value - reach, value + reach
    if most is not None:
        low, high = max(low, 0.0), min(high, most)
    gap = f"{100.0 * record.error:.0f}%"
    return Range(
        Kind.MODEL_ERROR, low, high, f"rests on {record.figures} published figures: {record.within} of them are within {gap} of ours"
    )
