"""The headline figures of a run, each with every kind of range that can be given for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from fairshare.measures import budget, distribution
from fairshare.measures.columns import Table
from fairshare.measures.distribution import MINIMUM_RECORDS, Array
from fairshare.measures.groups import MOSTLY, mostly_the_richest
from fairshare.measures.households import Households
from fairshare.measures.uncertainty import (
    FIXED,
    Kind,
    ModelError,
    Range,
    from_model_error,
    limits,
    no_range,
    standard_error_of_total,
)

PENNY = 0.01
WEALTH_ITEMS = frozenset({"wealth_tax"})


class Figure(NamedTuple):
    """One headline figure: its value and unit, and its ranges, each of its own kind."""

    id: str
    value: float
    unit: str
    ranges: tuple[Range, ...]
    source: str
    records: int
    """How many records move the figure."""
    known: bool = True
    """False where, in one council, the figure rests on the handful of very wealthy households drawn there."""

    @property
    def shown(self) -> bool:
        """Whether it is known and enough records stand behind it; nothing at all needs none."""
        return self.known and (not self.records or self.records >= MINIMUM_RECORDS)

    @property
    def range(self) -> Range | None:
        """The range to print first: model error, then sampling, then seed noise, then assumptions, where known."""
        for kind in (Kind.MODEL_ERROR, Kind.SAMPLING, Kind.SEED_NOISE, Kind.ASSUMPTIONS):
            for each in self.ranges:
                if each.kind is kind and each.known:
                    return each
        return None

    @property
    def widest(self) -> Range | None:
        """The known range that reaches furthest."""
        known = [each for each in self.ranges if each.low is not None and each.high is not None]
        return max(known, key=lambda each: (each.high or 0.0) - (each.low or 0.0), default=None)

    @property
    def unsure_of_sign(self) -> bool:
        """Whether any range of the figure holds both sides of zero: then nobody can say which way it goes."""
        return any(each.crosses_zero for each in self.ranges)


def headline(homes: Households, found: list[budget.Change], made: Mapping[str, Table], errors: Mapping[str, ModelError]) -> list[Figure]:
    """The headline figures of design section 10, each with its ranges. In one council, money is that of its own households."""
    maker = main_figures(homes, found, errors)
    weight, change = homes.weight, homes.change
    everyone = np.ones(len(change), bool)
    for id, who in (("mean_change", everyone), ("mean_gain", distribution.gains(change)), ("mean_loss", distribution.loses(change))):
        if weight[who].sum() > 0:
            maker.mean(id, who)
    gini = made["inequality"][0]
    span = Range(maker.noise_kind, gini["low"], gini["high"], homes.errors.says)
    maker.add("gini_change", gini["change"], "0 to 1", "inequality", span, change)
    for id, costs, group in POVERTY_FIGURES:
        maker.poverty(id, costs, group)
    tails = [float(row["raised"]) for row in made.get("wealth_tax_by_tail", [])]
    return [_over_tails(figure, tails) if tails and figure.id in MOVED_BY_RESPONSES else figure for figure in maker.figures]


def _over_tails(figure: Figure, tails: list[float]) -> Figure:
    """A sum whose range of assumptions holds also what it would be with more, or fewer, of the largest fortunes; the first of `tails` is
    what the population's own raise."""
    if not figure.value:
        return figure  # made to balance, whatever is raised
    model, noise, assumed = figure.ranges
    low, high = figure.value + min(tails) - tails[0], figure.value + max(tails) - tails[0]
    says = "holds the cases of how many large fortunes there are"
    if assumed.low is not None and assumed.high is not None:
        low, high, says = min(low, assumed.low), max(high, assumed.high), f"{says}, and of how people respond"
    return figure._replace(ranges=(model, noise, Range(Kind.ASSUMPTIONS, low, high, says)))


def main_figures(homes: Households, found: list[budget.Change], errors: Mapping[str, ModelError]) -> _Figures:
    """The money, and the shares of households who gain and who lose."""
    maker = _Figures(homes, errors, "wealth" if _mostly_wealth(found) else "money")
    weight, change = homes.weight, homes.change
    raised = budget.net_revenue(found)
    spent = float((homes.in_kind * weight).sum())
    if homes.area is None:
        raised += sum(float(use.details["paid_out"]) - use.amount for use in homes.run.uses if use.kind == "fund")
    proceeds = float(getattr(homes.run, "proceeds", raised)) if homes.area is None else raised
    maker.found = found
    maker.fixed = homes.area is None and bool(homes.run.uses) and all(each.after == each.before for each in found)
    maker.money("net_revenue", raised - spent, homes.change)
    maker.money("proceeds", proceeds, change - homes.cash_uses)
    maker.money("spent_on_services", spent, np.zeros(len(change)))
    for id, who in (("households_gaining_pct", distribution.gains(change)), ("households_losing_pct", distribution.loses(change))):
        maker.share_of_households(id, who)
    return maker


class _Figures:
    """Makes headline figures, each with every kind of range."""

    def __init__(self, homes: Households, errors: Mapping[str, ModelError], money_kind: str) -> None:
        self.homes, self.errors, self.money_kind = homes, errors, money_kind
        self.noise_kind = homes.errors.kind
        self.checked = self.noise_kind is Kind.SEED_NOISE
        self.of_the_richest = homes.area is not None and mostly_the_richest(homes.national, homes.national.change)
        self.found: list[budget.Change] = []
        self.fixed = False
        """Whether nothing moves but what the proposal's uses say in pounds: such a sum has no range."""
        self.source = f"fairshare, {homes.population.name}, {homes.run.year}"
        self.figures: list[Figure] = []

    def add(self, id: str, value: float, unit: str, kind: str, span: Range, moved: Array, most: float | None = None) -> None:
        model = from_model_error(value, kind, self.errors, most) if self.checked else NOT_OF_SURVEYS
        assumed = self.assumed(value) if id in MOVED_BY_RESPONSES else ASSUMPTIONS
        ranges = (model, span, assumed)
        known = self.homes.area is None or not (
            (self.of_the_richest and id in OF_EVERYONE) or (len(moved) == len(self.homes) and mostly_the_richest(self.homes, moved))
        )
        self.figures.append(Figure(id, float(value), unit, ranges, self.source, int(np.count_nonzero(moved)), known))

    def assumed(self, value: float) -> Range:
        """The range over what studies find of how people respond, where the scenario names a response."""
        found = list(getattr(self.homes.run, "responses", ()) or ())
        if not found or self.homes.area is not None:
            return ASSUMPTIONS
        least, most = (sum(each.static - pick(each.low, each.high) for each in found) for pick in (max, min))
        return Range(Kind.ASSUMPTIONS, value - most, value - least, "is what studies find when people respond")

    def money(self, id: str, value: float, change: Array) -> None:
        """A total: its noise is that of what households gain and lose (what other payers add is left out)."""
        if self.fixed:
            fixed = tuple(no_range(kind, FIXED) for kind in (Kind.MODEL_ERROR, self.noise_kind, Kind.ASSUMPTIONS))
            self.figures.append(Figure(id, value if abs(value) >= PENNY else 0.0, "£ a year", fixed, self.source, 0))
            return
        if id == "net_revenue" and abs(value) < PENNY:
            none = no_range(self.noise_kind, "the proposal is made to balance")
            self.figures.append(Figure(id, 0.0, "£ a year", (none._replace(kind=Kind.MODEL_ERROR), none, ASSUMPTIONS), self.source, 0))
            return
        if id == "spent_on_services" and value and not np.any(change):
            self.add(id, value, "£ a year", self.money_kind, no_range(self.noise_kind, "it follows from the money raised"), change)
            return
        if value and not np.any(change):  # others pay than those whose income is followed: heirs, buyers, owners, employers
            flow, weight = budget.flow(self.found, self.homes)
            error = standard_error_of_total(flow, weight) if self.checked else float("nan")
            self.add(id, value, "£ a year", self.money_kind, self.homes.errors.range(value, error), flow)
            return
        error = self.homes.errors.total(change, self.homes.weight)
        least, most = limits(-change)
        if not least <= value <= most or not np.any(change):
            least, most = -np.inf, np.inf
        self.add(id, value, "£ a year", self.money_kind, self.homes.errors.range(value, error, least, most), change)

    def share_of_households(self, id: str, who: Array) -> None:
        weight = self.homes.weight
        total = float(weight.sum())
        value = 100.0 * float(weight[who].sum()) / total if total else 0.0
        span = self.homes.errors.range(value, 100.0 * self.homes.errors.share(who, weight), 0.0, 100.0)
        self.add(id, value, "% of households", "households", span, weight, 100.0)

    def mean(self, id: str, who: Array) -> None:
        change, weight = self.homes.change[who], self.homes.weight[who]
        value, (least, most) = distribution.weighted_mean(change, weight), limits(change)
        error = self.homes.errors.of(who).total(change - value, weight) / float(weight.sum())
        moved = np.where(who, self.homes.change, 0.0)
        self.add(id, value, "£ a year", self.money_kind, self.homes.errors.range(value, error, least, most), moved)

    def poverty(self, id: str, costs: str, group: str) -> None:
        """Persons who come below the line less those who come above it, the line held at today's."""
        homes = self.homes
        old, new, line = (
            (homes.after_costs_before, homes.after_costs_after, homes.line_after_costs)
            if costs == "after"
            else (homes.equivalised_before, homes.equivalised_after, homes.line)
        )
        moved = ((new < line).astype(float) - (old < line)) * homes.people_by_household[group]
        value, (least, most) = float((moved * homes.weight).sum()), limits(moved)
        span = homes.errors.range(value, homes.errors.total(moved, homes.weight), least, most)
        self.add(id, value, "people", "poverty", span, moved)


POVERTY_FIGURES = (
    ("poverty_ahc_change_people", "after", "all people"),
    ("poverty_ahc_change_children", "after", "children"),
    ("poverty_ahc_change_pensioners", "after", "pensioners"),
    ("poverty_ahc_change_disabled_people", "after", "disabled people"),
    ("poverty_bhc_change_people", "before", "all people"),
)
ASSUMPTIONS = no_range(Kind.ASSUMPTIONS, "only one case was worked")
OF_EVERYONE = frozenset({"net_revenue", "proceeds", "mean_change", "gini_change"})
"""Figures of a council that what its richest pay would move, were any of their records drawn there."""
MOVED_BY_RESPONSES = frozenset({"proceeds", "net_revenue"})
NOT_OF_SURVEYS = no_range(Kind.MODEL_ERROR, "the model was not checked with this survey")


def _mostly_wealth(found: list[budget.Change]) -> bool:
    sizes = {change.item.id: abs(change.to_the_purse) for change in found}
    return sum(sizes.get(name, 0.0) for name in WEALTH_ITEMS) > MOSTLY * sum(sizes.values())
