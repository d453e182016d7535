"""Your £100: what public money is spent on, for each £100 of the taxes that a household pays, and what comes back to it.

No tax is paid into a fund of its own: each £100 is divided as all public spending is. What comes back is cash benefits, and services at
what they cost on average for people alike in age, sex, schooling and nation. That is not what this household itself received.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from fairshare.assessment import Assessment
from fairshare.quantities import PERCENT
from fairshare.spending.functions import FUNCTIONS, IN_KIND, Rates, published_total, received


class Hundred(NamedTuple):
    """One household's taxes and what comes back, £ a year; and where each £100 goes."""

    taxes_on_income_and_home: float
    taxes_in_prices: float
    """Of what the household is recorded as buying."""
    buying_known: bool
    """Whether what it buys is recorded; where it is not, few taxes in prices are counted."""
    of_each_hundred: dict[str, float]
    """£ of each £100 by function; they sum to £100."""
    cash: float
    services: dict[str, float]
    travel_known: bool = True
    """Whether what it spends on travel is recorded: the share of railways rests on it, and is not known otherwise."""

    @property
    def taxes(self) -> float:
        return self.taxes_on_income_and_home + self.taxes_in_prices

    @property
    def back(self) -> float:
        return self.cash + math.fsum(self.services.values())

    @property
    def back_of_each_hundred(self) -> float | None:
        """£ that come back for each £100 of taxes; None where there are none."""
        return PERCENT * self.back / self.taxes if self.taxes > 0 else None


def hundred(assessment: Assessment, rates: Rates, row: int = 0) -> Hundred:
    """The household in a row of an assessment, with the rates of a population that stands for its country."""
    income = assessment["disposable_income"][row]
    services = received(assessment, rates)
    return Hundred(
        taxes_on_income_and_home=float(income["taxes"]),
        taxes_in_prices=float(assessment["post_tax_income"]["indirect_taxes"][row]),
        buying_known=_buying_known(assessment, row),
        of_each_hundred=each_hundred(),
        cash=float(income["benefits"]),
        services={name: float(np.asarray(services[name])[row]) for name in IN_KIND},
        travel_known=float(assessment.population.households["spending_transport"][row]) > 0,
    )


def _buying_known(assessment: Assessment, row: int) -> bool:
    household = assessment.population.households[row]
    return any(float(household[name]) > 0 for name in household.dtype.names if name.startswith("spending_"))


def each_hundred() -> dict[str, float]:
    """£ of each £100 of public spending on each function, in the newest year published."""
    total = math.fsum(published_total(name) for name in FUNCTIONS)
    return {name: PERCENT * published_total(name) / total for name in FUNCTIONS}
