"""What a yearly wealth tax raises over ten years, as the tax itself wears down what it falls on.

In the money of the first year: wealth grows by a share above prices, limits rise with prices, and what is paid in tax is not there to be
taxed again. Nobody dies, and no wealth changes hands. A response, where the scenario names one, takes its part once and keeps it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from fairshare.measures.distribution import Array
from fairshare.measures.households import Households
from fairshare.parameters import parameters

Row = dict[str, Any]
LEVELS = ("low", "central", "high")


def taxed(homes: Households) -> bool:
    """Whether a proposal changes what any household owes in wealth tax."""
    return bool(np.any(homes.run.reform["wealth_tax"]["wealth_tax"] != homes.run.baseline["wealth_tax"]["wealth_tax"]))


def charge(bands: Any, amount: Array) -> Array:
    """What a schedule charges on amounts: each slice at its own band's rate."""
    total = np.zeros(len(amount))
    tops = [band.above for band in bands[1:]] + [np.inf]
    for band, top in zip(bands, tops, strict=True):
        if np.isfinite(band.above):
            total += band.rate * np.clip(np.minimum(amount, top) - band.above, 0.0, None)
    return total


def growth(year: str) -> dict[str, float]:
    """How much wealth is taken to grow above prices in a year before the tax: low, central and high."""
    return {level: float(parameters("wealth_path")[f"growth.{level}"].in_year(year).value) for level in LEVELS}


def over_years(homes: Households) -> list[Row]:
    """A row a year: what the tax raises on wealth as it would be without it, as the tax wears it down, and with the response."""
    run = homes.run
    law = run.reform.law.values["wealth_tax"]  # type: ignore[attr-defined]
    years = int(parameters("wealth_path")["years"].in_year(run.year).value)
    owners, kept, assumed = Owners(homes, law), _kept(homes), growth(run.year)
    paths = {level: owners.path(assumed[level], years, True, 1.0) for level in LEVELS}
    untouched = owners.path(assumed["central"], years, False, 1.0)
    responding = owners.path(assumed["central"], years, True, kept) if kept is not None else None
    return [
        {
            "year_of_tax": i + 1,
            "without_erosion": untouched[i],
            "raised": paths["central"][i],
            "raised_low": min(paths[level][i] for level in LEVELS),
            "raised_high": max(paths[level][i] for level in LEVELS),
            "after_response": responding[i] if responding is not None else None,
        }
        for i in range(years)
    ]


def _kept(homes: Households) -> float | None:
    """The part of the tax that is left after the response that a scenario names; None where it names none."""
    for each in getattr(homes.run, "responses", ()) or ():
        if each.tax == "wealth_tax" and each.static:
            return float(each.after / each.static)
    return None


class Owners:
    """Who is taxed: each owner's or couple's part of a household's wealth, or the household as one."""

    def __init__(self, homes: Households, law: Any) -> None:
        population, lines = homes.population, homes.run.reform["wealth_tax"]
        base = np.asarray(lines["net_wealth"], np.float64)
        relief = np.asarray(lines["main_home_relief"], np.float64) + lines["other_reliefs"]
        due = np.asarray(lines["tax_before_limit"], np.float64)
        limited = np.divide(lines["wealth_tax"], due, out=np.ones(len(due)), where=due > 0.0)
        weight = np.asarray(population.households["weight"], np.float64)
        self.bands = law.bands
        if law.per_person > 0.0 or law.per_couple > 0.0:
            home, shares = population.persons["household"], population.persons["wealth_share"]
            owned = np.bincount(home, shares, len(base))
            if law.per_person > 0.0:
                at, share = home, shares
            else:
                at = population.benefit_units["household"]
                share = np.bincount(population.persons["benefit_unit"], shares, len(at))
            rows = np.flatnonzero(share > 0.0)
            at, share = at[rows], share[rows] / owned[at[rows]]
            self.wealth, self.relief, self.limited, self.weight = base[at] * share, relief[at] * share, limited[at], weight[at]
            self.household = at
        else:
            self.wealth, self.relief, self.limited, self.weight = base, relief, limited, weight
            self.household = np.arange(len(base))

    def due(self, wealth: Array) -> Array:
        """(owners,) the tax on so much wealth, £ a year."""
        return np.asarray(self.limited * charge(self.bands, np.maximum(wealth - self.relief, 0.0)))

    def lost(self, rise: float, years: int, households: int) -> Array:
        """(households,) what each owns less after so many years because of the tax, with what it would have earned, £."""
        untouched, taxed = self.wealth.copy(), self.wealth.copy()
        for _ in range(years):
            untouched, taxed = untouched * (1.0 + rise), (taxed - self.due(taxed)) * (1.0 + rise)
        return np.bincount(self.household, untouched - taxed, households)

    def path(self, rise: float, years: int, erodes: bool, kept: float) -> list[float]:
        """What is raised in each year, £ in the money of the first, with `kept` of the tax left after a response."""
        wealth, raised = self.wealth.copy(), []
        for _ in range(years):
            tax = self.due(wealth) * kept
            raised.append(float((self.weight * tax).sum()))
            wealth = (wealth - tax if erodes else wealth) * (1.0 + rise)
        return raised
