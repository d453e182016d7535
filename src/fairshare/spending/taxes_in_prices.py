"""Taxes in prices as ONS counts them: all that households bear, with what records miss and what firms pay and pass on.

The lines of an assessment rest on recorded spending, which in a survey lies far below what is sold, and in the default population
follows the national accounts for most classes only. For income in five stages each tax is brought to the part of its receipts that
ONS found households to bear in 2016-17, and shared by the assessment's own line; what firms pass on is shared by all that a household
spends, as ONS does. No law and no reform rests on this.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairshare.assessment import Assessment
from fairshare.population.synthetic import figures

HOUSEHOLDS_2016_17 = 27_210_000.0
"""ONS, Effects of taxes and benefits, financial year ending 2017: households in the population."""
MILLION = 1e6
BY_SPENDING = "spending"
TABLES = {"fuel_duty": "excise_duties", "alcohol_duty": "excise_duties", "tobacco_duty": "excise_duties"}
"""The instrument of a line that is not named as its instrument is."""


class Borne(NamedTuple):
    """A tax in prices, and what households bear of it, £ in the year of totals."""

    tax: str
    line: str
    in_prices: float
    """On what households buy."""
    passed_on: float
    """Paid by firms, and in the prices of what households buy."""


def borne() -> list[Borne]:
    """Every tax in prices: the part of its receipts that households bore in 2016-17, times its receipts in the year of totals."""
    found = []
    for row in figures.rows("taxes_in_prices"):
        rate = HOUSEHOLDS_2016_17 / (float(row["receipts_2016_17"]) * MILLION) * float(row["receipts_2024_25"]) * MILLION
        found.append(Borne(row["tax"], row["line"], rate * float(row["of_households_2016_17"]), rate * float(row["passed_on_2016_17"])))
    return found


def spending(assessment: Assessment) -> np.ndarray:
    """(households,) all that each is recorded to spend, £ a year."""
    households = assessment.population.households
    return np.asarray(sum(households[name] for name in households.dtype.names or () if name.startswith("spending_")), float)


def taxes_in_prices(assessment: Assessment) -> tuple[np.ndarray, np.ndarray]:
    """(households,) twice, £ a year: taxes in the prices of what each buys, and what firms pay and pass on.

    The television licence and the tax expected on buying a home stand as the assessment has them.
    """
    weight, bought = assessment.population.households["weight"], spending(assessment)
    in_prices = assessment["tv_licence"]["tv_licence"] + assessment["property_purchase_tax"]["property_purchase_tax"]
    passed_on = np.zeros(len(weight))
    for each in borne():
        key = bought if each.line == BY_SPENDING else np.asarray(assessment[TABLES.get(each.line, each.line)][each.line], float)
        in_prices = in_prices + _shared(each.in_prices, key, bought, weight)
        passed_on = passed_on + _shared(each.passed_on, bought, bought, weight)
    return np.asarray(in_prices), passed_on


def _shared(amount: float, key: np.ndarray, otherwise: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """(households,) an amount in proportion to a key; to another where nobody has any; nothing where nobody has either."""
    for each in (key, otherwise):
        total = float((weight * each).sum())
        if total > 0.0:
            return np.asarray(each * (amount / total))
    return np.zeros(len(weight))
