"""Hardship, each kind apart: they are different things and are never put on one scale. Records are households.

Destitution as the Joseph Rowntree Foundation and Heriot-Watt University count it also asks what people went without; an
income line alone finds only part of it, and surveys miss those who have no home.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairshare.measures.distribution import Array
from fairshare.parameters import parameters
from fairshare.quantities import WEEKS_IN_YEAR

HEAVY_RENT = 0.3
VERY_HEAVY_RENT = 0.4
"""Parts of income beyond which ONS and Eurostat (the latter 40 per cent) call housing costs an overburden."""
WEEKS_OF_SAVINGS = 4.0


def rent_share(rent: Array, income: Array) -> Array:
    """(households,) rent due as a part of disposable income before housing costs, which counts help with rent as income;
    infinite where there is rent and no income, NaN where there is no rent."""
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(income > 0, rent / np.where(income > 0, income, 1.0), np.inf)
    return np.where(rent > 0, share, np.nan)


def renters_above(rent: Array, income: Array, weights: Array, part: float = HEAVY_RENT) -> float:
    """The share (0 to 1) of households with rent whose rent is above a part of their income; NaN where none has rent."""
    share = rent_share(rent, income)
    renting = float(weights[rent > 0].sum())
    return float(weights[share > part].sum()) / renting if renting else float("nan")


def below_fixed_line(income_after_housing_costs: Array, line: Array, weights: Array) -> float:
    """Households whose income after housing costs, £ a year, is below their own line (one value a household)."""
    return float(weights[income_after_housing_costs < line].sum())


def too_little_saved(financial_wealth: Array, income: Array, weeks: float = WEEKS_OF_SAVINGS) -> Array:
    """(households,) whether financial wealth would not replace so many weeks of income, £ a year."""
    return np.asarray(financial_wealth < np.maximum(income, 0.0) * weeks / WEEKS_IN_YEAR)


def little_saved(financial_wealth: Array, income: Array, weights: Array, weeks: float = WEEKS_OF_SAVINGS) -> float:
    """The share (0 to 1) of households whose financial wealth would not replace so many weeks of income."""
    total = float(weights.sum())
    return float(weights[too_little_saved(financial_wealth, income, weeks)].sum()) / total if total else float("nan")


class NearDestitution(NamedTuple):
    """A line of income after housing costs, £ a year, by who lives in the household."""

    first_adult: float
    further_adult: float
    child: float
    status: str
    source: str

    def of(self, adults: Array, children: Array) -> Array:
        """(households,) each household's own line."""
        return np.asarray(self.first_adult + self.further_adult * np.maximum(adults - 1.0, 0.0) + self.child * children)


def near_destitution(year: str) -> NearDestitution:
    """The line of a fiscal year, from parameters/hardship.yaml, moved with prices."""
    facts = [parameters("hardship")[f"destitution.{name}"].in_year(year) for name in NearDestitution._fields[:3]]
    first, further, child = (float(fact.value) * WEEKS_IN_YEAR for fact in facts)
    return NearDestitution(first, further, child, facts[0].status, facts[0].source)
