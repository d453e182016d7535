"""A run: one proposal over one population in one year, with what it raises, where that goes, and a ledger that balances.

The order. The scenario's law is worked first: its proceeds are the change in net revenue before anything is spent. Uses that
are a share take that share of these first-round proceeds. Law uses come next, in the scenario's order, and cost what they take
from net revenue, with all they set off in other taxes and benefits; equal payments follow; services last. A use of `the_rest` takes what
all others leave; anything still left goes to the closure that the scenario declares.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from fairshare import __version__
from fairshare.areas import Area, find_area
from fairshare.assessment import RULES, Assessment, Rules, assess
from fairshare.law import Law, law_in_force
from fairshare.local_powers import beyond_powers
from fairshare.parameters import YEARS, Fact, check_year, parameters
from fairshare.population.records import Population
from fairshare.rules import INSTRUMENTS
from fairshare.scenario import THE_REST, Fund, LawUse, Payment, Scenario, Service, in_force, law_with_payment, law_with_use, tax_law
from fairshare.spending.ledger import PENNY, Funded, Ledger, Spent, ledger, net_revenue_change
from fairshare.spending.responses import Response, responses
from fairshare.spending.services import allocate, new_homes

Progress = Callable[[str, float], None]
"""Told what is being worked, and how much of the run is done (0 to 1)."""


class Use(NamedTuple):
    """One use of the proceeds, worked."""

    kind: str
    """"law", "equal_payment", "service" or "fund"."""
    what: str
    amount: float
    """£ a year; below zero where it brings money in. What a fund pays out is the fund's own, and no part of it."""
    per_household: np.ndarray
    """(households,) £ a year: cash for a law use or a payment, cost of services in kind for a service."""
    details: dict[str, float | str]
    """What else is known: amount_each and receivers of a payment, the key of a service, homes."""


@dataclass(frozen=True, eq=False)
class Run:
    """What one proposal does. Amounts are £ a year against the law in force in the same year."""

    id: str
    scenario: Scenario
    year: str
    population: Population
    baseline: Assessment
    reform: Assessment
    """Under the whole proposal: its own law, its law uses and its payments."""
    proceeds: float
    """What the scenario's own law brings the public sector, before any use; below zero where it costs."""
    uses: list[Use]
    ledger: Ledger
    area: Area | None = None
    responses: list[Response] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @cached_property
    def before(self) -> np.ndarray:
        """(households,) disposable income under the law in force, £ a year."""
        return np.asarray(self.baseline["disposable_income"]["disposable_income"])

    @cached_property
    def after(self) -> np.ndarray:
        """(households,) disposable income under the proposal, £ a year, without services."""
        return np.asarray(self.reform["disposable_income"]["disposable_income"])

    @cached_property
    def change(self) -> np.ndarray:
        """(households,) what each gains, £ a year: the change in income after every tax, with those in prices and on gains from sales."""
        return _gain(self.baseline, self.reform)

    @cached_property
    def in_kind(self) -> np.ndarray:
        """(households,) change in services received, £ a year at cost."""
        total = np.zeros(len(self.population.households))
        for use in self.uses:
            if use.kind == "service":
                total = total + use.per_household
        return total

    @property
    def net_revenue(self) -> float:
        """What is left for the public sector after every use, £ a year: less borrowed or put aside; below zero, borrowed."""
        left = self.proceeds - math.fsum(use.amount for use in self.uses)
        return 0.0 if abs(left) < PENNY else left

    @property
    def after_response(self) -> float | None:
        """Net revenue with the responses that the scenario names; None where it names none."""
        return self.net_revenue - math.fsum(each.lost for each in self.responses) if self.responses else None


def work(
    scenario: Scenario,
    population: Population,
    year: str,
    *,
    area: Area | str | None = None,
    progress: Progress | None = None,
    rules: Rules = RULES,
    reform_rules: Rules | None = None,
) -> Run:
    """Work a proposal over a population in a fiscal year. `reform_rules` replaces rules where the proposal changes the rule itself.

    Raises Fault for a year that is not covered, or uses that cannot be paid for; Unbalanced when money does not add up.
    """
    check_year(year)
    where = find_area(area) if isinstance(area, str) else area
    worker = _Worker(scenario, population, year, rules, reform_rules or rules, progress or (lambda _what, _part: None))
    return worker.run(where)


def result_id(scenario: Scenario, population: Population, year: str, area: Area | None = None) -> str:
    """The identity of a result: version, population, scenario and year, and the council area where it is of one."""
    digest = hashlib.blake2b(digest_size=8)
    place = [area.code] if area is not None else []
    digest.update("|".join((__version__, population.id, scenario.canonical, year, *place)).encode())
    return digest.hexdigest()


class _Worker:
    """The steps of one run, in order, with what each needs of the one before."""

    def __init__(
        self, scenario: Scenario, population: Population, year: str, rules: Rules, reform_rules: Rules, progress: Progress
    ) -> None:
        self.scenario, self.population, self.year = scenario, population, year
        self.rules, self.reform_rules, self.progress = rules, reform_rules, progress
        self.councils = tuple(find_area(code).row for code in scenario.areas)
        self.warnings: list[str] = []

    def run(self, area: Area | None) -> Run:
        self._look_for_warnings(area)
        self.progress("the law in force", 0.0)
        law = law_in_force(self.year)
        self.baseline = assess(self.population, law, self.rules)
        self.progress("the proposal", 0.4)
        self.law = tax_law(self.scenario, law)
        self.first = self.current = self._under(self.law)
        self.proceeds = net_revenue_change(self.baseline, self.first)
        self.progress("where the money goes", 0.8)
        uses = self._uses() if in_force(self.scenario, self.year) else []
        self.warnings += beyond_powers(self.scenario, law, self.law)
        left = self.proceeds - math.fsum(use.amount for use in uses)
        if self.scenario.closure == "none" and abs(left) > PENNY:
            raise self.scenario.document.fault(
                ("closure",),
                f"£{abs(left):,.0f} a year is {'left over' if left > 0 else 'not paid for'} in {self.year}, but the closure is none; "
                f"let a use take {THE_REST}, or let borrowing or saving bear it.",
            )
        spent = [Spent(str(use.details["service"]), use.amount, use.per_household) for use in uses if use.kind == "service"]
        funded = [Funded(use.what, use.amount, float(use.details["paid_out"])) for use in uses if use.kind == "fund"]
        book = ledger(self.baseline, self.current, spent, self.scenario.closure, funded)
        made = Run(
            id=result_id(self.scenario, self.population, self.year, area),
            scenario=self.scenario,
            year=self.year,
            population=self.population,
            baseline=self.baseline,
            reform=self.current,
            proceeds=self.proceeds,
            uses=uses,
            ledger=book,
            area=area,
            responses=responses(self.scenario.behaviour, self.baseline, self.current),
            warnings=self.warnings,
        )
        self.progress("done", 1.0)
        return made

    def _under(self, law: Law) -> Assessment:
        """The year under a law: everywhere, or only in the councils that make the change."""
        if law is self.baseline.law and self.reform_rules is self.rules:
            return self.baseline
        return assess(self.population, law, self.reform_rules, baseline=self.baseline, councils=self.councils)

    def _look_for_warnings(self, area: Area | None) -> None:
        population, scenario = self.population, self.scenario
        if population.year != self.year:
            self.warnings.append(f"The population's money is of {population.year}; it was not moved to {self.year}.")
        if not in_force(scenario, self.year):
            self.warnings.append(f"The proposal begins in {scenario.from_year}, so nothing changes in {self.year}.")
        self.warnings += [f"In {self.year} the law of {title} is partly projected from published forecasts." for title in self._projected()]
        for place in [find_area(code) for code in scenario.areas] + ([area] if area else []):
            if not population.households_of(np.array([place.row])):
                self.warnings.append(f"The population holds no household in {place.name}.")

    def _projected(self) -> list[str]:
        """Titles of the instruments that the proposal changes and whose law in the year is in part a projection."""
        changed = {name for law in (self.scenario.law, *(use.law for use in self.scenario.use if isinstance(use, LawUse))) for name in law}
        facts = law_in_force(self.year).facts
        return [INSTRUMENTS[name].title for name in facts if name in changed and _is_projected(name, facts[name])]

    # ---- uses ------------------------------------------------------------------------------------------------------

    def _uses(self) -> list[Use]:
        """Every use worked, in the scenario's order: law uses first, then payments, services, and last the one that takes the rest."""
        positions = range(len(self.scenario.use))
        order = sorted(positions, key=lambda i: self._turn(self.scenario.use[i]))
        worked: dict[int, Use] = {}
        for i in order:
            spent = math.fsum(use.amount for use in worked.values())
            worked[i] = self._use(i, self.proceeds - spent)
        return [worked[i] for i in positions]

    def _turn(self, use: LawUse | Payment | Service | Fund) -> int:
        if isinstance(use, LawUse):
            return 0
        return 3 if use.share == THE_REST else 1 if isinstance(use, Payment) else 2

    def _use(self, i: int, left: float) -> Use:
        use = self.scenario.use[i]
        if isinstance(use, LawUse):
            return self._law_use(i, use)
        if use.share == THE_REST and left < -PENNY and self.scenario.closure == "none":
            message = f"the other uses cost £{-left:,.0f} a year more than the proceeds in {self.year}: nothing is left for {use.what}."
            raise self.scenario.document.fault(("use", i), message)
        if use.share == THE_REST:
            amount = max(left, 0.0)
        elif use.share is not None:
            amount = self._share_of_proceeds(i, use.what, float(use.share))
        else:
            amount = None
        if isinstance(use, Fund):
            return self._fund(i, use, float(use.amount or 0.0) if amount is None else amount)
        return self._payment(i, use, amount) if isinstance(use, Payment) else self._service(use, amount)

    def _share_of_proceeds(self, i: int, what: str, share: float) -> float:
        if self.proceeds < -PENNY and share > 0:
            message = f"the scenario's law costs £{-self.proceeds:,.0f} in {self.year} and raises nothing to pay for {what}."
            raise self.scenario.document.fault(("use", i), message)
        return share * max(self.proceeds, 0.0)

    def _law_use(self, i: int, use: LawUse) -> Use:
        before = self.current
        self.law = law_with_use(self.scenario, self.law, i)
        self.current = self._under(self.law)
        return Use("law", use.what, -net_revenue_change(before, self.current), _gain(before, self.current), {})

    def _payment(self, i: int, use: Payment, amount: float | None) -> Use:
        before = self.current
        receivers = self._receivers(use.to)
        each = float(use.amount_each or 0.0) if amount is None else amount / receivers if receivers else 0.0
        self.law = law_with_payment(self.law, use.to, each, self.scenario.document, ("use", i, "equal_payment"))
        self.current = self._under(self.law)
        details: dict[str, float | str] = {"to": use.to, "amount_each": each, "receivers": receivers}
        if not receivers:
            self.warnings.append(f"There are no {use.to} to receive {use.what}.")
        return Use("equal_payment", use.what, -net_revenue_change(before, self.current), _gain(before, self.current), details)

    def _fund(self, i: int, use: Fund, put_in: float) -> Use:
        """The same was put in each year from the first, in the money of this one; what is paid out is a part of what those years left."""
        before, begun = self.current, YEARS.index(self.year) - YEARS.index(self.scenario.from_year)
        held = use.holds(begun, put_in)
        receivers = self._receivers(use.to)
        each = use.pays_out * held / receivers if receivers else 0.0
        self.law = law_with_payment(self.law, use.to, each, self.scenario.document, ("use", i, "fund"))
        self.current = self._under(self.law)
        paid_out = -net_revenue_change(before, self.current)
        details: dict[str, float | str] = {"to": use.to, "receivers": receivers, "amount_each": each, "holds": held, "paid_out": paid_out}
        details |= {"grows": use.grows, "pays_out": use.pays_out}
        if not begun:
            self.warnings.append(
                f"{use.what[0].upper()}{use.what[1:]} holds nothing before its first year ends, so it pays nothing in {self.year}."
            )
        return Use("fund", use.what, put_in, _gain(before, self.current), details)

    def _receivers(self, to: str) -> float:
        """How many people (or households) of the kind live where the change is made."""
        households = self.population.households
        here = np.isin(households["council"], self.councils) if self.councils else np.ones(len(households), bool)
        lines = self.current["equal_payment"]
        counts = {
            "adults": lines["adults"],
            "children": lines["children"],
            "people": lines["adults"] + lines["children"],
            "pensioners": lines["pensioners"],
            "people_at_an_age": lines["at_endowment_age"],
            "households": np.ones(len(households)),
        }
        return float((households["weight"] * counts[to] * here).sum())

    def _service(self, use: Service, amount: float | None) -> Use:
        pounds = float(use.amount or 0.0) if amount is None else amount
        shared = allocate(use.name, pounds, self.baseline, self.year, self.councils, use.shared_by)
        if shared.warning:
            self.warnings.append(shared.warning)
        details: dict[str, float | str] = {"service": use.name, "key": shared.key}
        if use.name == "council_homes":
            details["homes"] = new_homes(pounds, self.year)
        return Use("service", use.what, pounds, shared.per_household, details)


def _is_projected(instrument: str, facts: dict[str, Fact]) -> bool:
    """Whether a forecast, and not only the last value set, stands behind some of an instrument's law."""
    rates = parameters(instrument)
    return any(fact.status.startswith("projected") and rates[path].then != "frozen" for path, fact in facts.items())


def _gain(before: Assessment, after: Assessment) -> np.ndarray:
    """(households,) how much more income each has after every tax, £ a year."""
    return np.asarray(after["post_tax_income"]["post_tax_income"] - before["post_tax_income"]["post_tax_income"])
