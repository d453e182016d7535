"""The double-entry ledger of a reform: every pound that moves, from whom and to whom, against the law in force.

Entries come from the instruments' own lines and from the totals spent on services. What each account gained is measured apart
from them: households by their disposable income, owners and employers by what they owe, services by what is delivered. The ledger
fails when the two differ by more than a penny.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from fairshare.assessment import Assessment
from fairshare.population.disclosure import licensed, put_together
from fairshare.rules import INSTRUMENTS
from fairshare.spending.services import by_household

HOUSEHOLDS = "households"
SHOPPERS = "households, in prices"
SELLERS = "households, on gains from sales"
IN_KIND = "households, in services"
BUYERS = "buyers of homes, as expected"
HEIRS = "heirs, as expected"
LANDLORDS = "owners of homes that others live in"
EMPTY_HOMES = "owners of second and empty homes"
EMPLOYERS = "employers"
ADMINISTRATION = "those who run the tax"
LEAVERS = "owners who die or leave, as expected"
SHAREHOLDERS = "owners of shares in large firms"
THROUGH_FIRMS = "households, through taxes that firms pay"
PUBLIC = "public sector"
SERVICE = "(service)"
"""How the name of a service's account ends."""
AFTER_INCOME = {
    SELLERS: "capital_gains_tax",
    SHOPPERS: "indirect_taxes",
    BUYERS: "property_purchase_tax",
    HEIRS: "inheritance_tax",
    THROUGH_FIRMS: "taxes_on_firms",
}
"""Accounts of households for taxes that disposable income leaves out, and the line of post-tax income that measures each."""
CLOSURES = {"borrowing": "public borrowing", "saving": "public saving"}
PENNY = 0.01
"""Two sides that differ by more than this do not balance, £."""
DIGITS = 1e-13
"""What sums over every household may be out by, as a part of all the money that moves: a penny in a hundred billion pounds."""


class Unbalanced(Exception):
    """The two sides of a ledger differ: money was lost or made up. A fault of the model, never of the user."""


class Flow(NamedTuple):
    """One instrument's money between the public sector and an account: lines of its table, added up with their signs."""

    what: str
    account: str
    table: str
    lines: dict[str, float]
    """1 for what is paid to the public sector, -1 for what it pays."""


FLOWS: tuple[Flow, ...] = (
    Flow("income tax", HOUSEHOLDS, "income_tax", {"income_tax": 1}),
    Flow("National Insurance", HOUSEHOLDS, "national_insurance", {"national_insurance": 1}),
    Flow("employers' National Insurance", EMPLOYERS, "national_insurance", {"employer": 1}),
    Flow("apprenticeship levy", EMPLOYERS, "apprenticeship_levy", {"apprenticeship_levy": 1}),
    Flow("High Income Child Benefit Charge", HOUSEHOLDS, "child_benefit_charge", {"child_benefit_charge": 1}),
    Flow("Winter Fuel Payment charge", HOUSEHOLDS, "winter_fuel", {"winter_fuel_charge": 1}),
    Flow("capital gains tax", SELLERS, "capital_gains_tax", {"capital_gains_tax": 1}),
    Flow("VAT", SHOPPERS, "vat", {"vat": 1}),
    Flow("duties on fuel, alcohol and tobacco", SHOPPERS, "excise_duties", {"excise_duties": 1}),
    Flow("insurance premium tax", SHOPPERS, "insurance_premium_tax", {"insurance_premium_tax": 1}),
    Flow("air passenger duty", SHOPPERS, "air_passenger_duty", {"air_passenger_duty": 1}),
    Flow("vehicle excise duty", SHOPPERS, "vehicle_excise_duty", {"vehicle_excise_duty": 1}),
    Flow("television licences", SHOPPERS, "tv_licence", {"tv_licence": 1}),
    Flow("tax on buying a home", BUYERS, "property_purchase_tax", {"property_purchase_tax": 1}),
    Flow("inheritance tax", HEIRS, "inheritance_tax", {"expected_in_year": 1}),
    Flow("tax on gains never realised", LEAVERS, "unrealised_gains", {"expected_in_year": 1}),
    Flow("corporation tax, as it rests on households", THROUGH_FIRMS, "corporation_tax", {"corporation_tax": 1}),
    Flow("business rates, as they rest on households", THROUGH_FIRMS, "business_rates", {"business_rates": 1}),
    Flow("local income tax", HOUSEHOLDS, "local_income_tax", {"local_income_tax": 1}),
    Flow("dividends of an employee-ownership fund", SHAREHOLDERS, "employee_ownership_fund", {"dividends_moved": 1}),
    Flow("dividends paid to workers", HOUSEHOLDS, "employee_ownership_fund", {"paid_to_worker": -1}),
    Flow("tax put off until a sale or a death", HOUSEHOLDS, "deferral", {"deferral": -1}),
    Flow("student loan repayments", HOUSEHOLDS, "student_loan", {"repayment": 1}),
    Flow("council tax", HOUSEHOLDS, "council_tax", {"council_tax": 1, "surcharge_owed": 1}),
    Flow("council tax", LANDLORDS, "council_tax", {"due": 1, "high_value_surcharge": 1, "council_tax": -1, "surcharge_owed": -1}),
    Flow("council tax", EMPTY_HOMES, "council_tax_of_dwellings", {"due": 1, "high_value_surcharge": 1}),
    Flow("council tax reduction", HOUSEHOLDS, "council_tax_reduction", {"council_tax_reduction": -1}),
    Flow("wealth tax", HOUSEHOLDS, "wealth_tax", {"wealth_tax": 1}),
    Flow("running the wealth tax", ADMINISTRATION, "wealth_tax", {"administration": -1}),
    Flow("State Pension", HOUSEHOLDS, "state_pension", {"state_pension": -1}),
    Flow("disability benefits", HOUSEHOLDS, "disability_benefits", {"disability_benefits": -1}),
    Flow("statutory pay", HOUSEHOLDS, "statutory_pay", {"statutory_pay": -1}),
    Flow("statutory sick pay, which employers bear", EMPLOYERS, "statutory_pay", {"sick_pay": 1}),
    Flow("contributory benefits", HOUSEHOLDS, "contributory_benefits", {"contributory_benefits": -1}),
    Flow("student maintenance loans", HOUSEHOLDS, "student_maintenance", {"maintenance_loan": -1}),
    Flow("carers' benefits", HOUSEHOLDS, "carers_allowance", {"carers_allowance": -1, "scottish_carer_supplement": -1}),
    Flow("Child Benefit", HOUSEHOLDS, "child_benefit", {"child_benefit": -1}),
    Flow("Pension Credit", HOUSEHOLDS, "pension_credit", {"pension_credit": -1}),
    Flow("Universal Credit", HOUSEHOLDS, "benefit_cap", {"universal_credit": -1}),
    Flow("housing payments that a nation makes good", HOUSEHOLDS, "universal_credit", {"discretionary_housing_payment": -1}),
    Flow("Housing Benefit", HOUSEHOLDS, "housing_benefit", {"housing_benefit": -1}),
    Flow("Scottish Child Payment", HOUSEHOLDS, "scottish_child_payment", {"scottish_child_payment": -1}),
    Flow("Healthy Start", HOUSEHOLDS, "healthy_start", {"healthy_start": -1}),
    Flow("Best Start", HOUSEHOLDS, "best_start", {"best_start": -1}),
    Flow("Winter Fuel Payment", HOUSEHOLDS, "winter_fuel", {"winter_fuel_payment": -1}),
    Flow("Tax-Free Childcare", HOUSEHOLDS, "tax_free_childcare", {"tax_free_childcare": -1}),
    Flow("equal payment", HOUSEHOLDS, "equal_payment", {"equal_payment": -1}),
)


# ---- the public sector's side: instruments' own lines --------------------------------------------------------------


def _weights(assessment: Assessment, table: str) -> np.ndarray:
    """The weights of a table's rows, by its instrument's entity."""
    population = assessment.population
    if table.endswith("_of_dwellings"):
        return np.asarray(population.dwellings["weight"])
    weights = {
        "person": population.person_weight,
        "benefit_unit": population.benefit_unit_weight,
        "household": population.households["weight"],
    }
    return np.asarray(weights[INSTRUMENTS[table].entity])


def _lines_total(flow: Flow, table: np.ndarray) -> np.ndarray:
    total = np.zeros(len(table))
    for line, sign in flow.lines.items():
        total += sign * table[line]
    return total


def paid(flow: Flow, assessment: Assessment) -> float:
    """What a flow brings the public sector in a year, £; below zero where it pays out."""
    table = assessment[flow.table]
    return float((_weights(assessment, flow.table) * _lines_total(flow, table)).sum())


def change(flow: Flow, baseline: Assessment, reform: Assessment) -> float:
    """How much more a flow brings the public sector under the reform, £ a year."""
    before, after = baseline[flow.table], reform[flow.table]
    if before is after or not len(before):
        return 0.0
    difference = _lines_total(flow, after) - _lines_total(flow, before)
    return float((_weights(reform, flow.table) * difference).sum())


def net_revenue(assessment: Assessment) -> float:
    """What all taxes bring less what all benefits cost, £ a year."""
    return math.fsum(paid(flow, assessment) for flow in FLOWS)


def net_revenue_change(baseline: Assessment, reform: Assessment) -> float:
    """How much better off the public sector is under the reform, £ a year: taxes less benefits."""
    return math.fsum(change(flow, baseline, reform) for flow in FLOWS)


# ---- the payers' side: what each account has gained ----------------------------------------------------------------


def gains(baseline: Assessment, reform: Assessment) -> dict[str, float]:
    """What households, owners and employers gain under the reform, £ a year, each measured by its own lines."""
    population = reform.population
    weight = population.households["weight"]
    income = reform["disposable_income"]["disposable_income"] - baseline["disposable_income"]["disposable_income"]
    after_tax = {line: reform["post_tax_income"][line] - baseline["post_tax_income"][line] for line in AFTER_INCOME.values()}
    owed = "owed_by_owner_elsewhere"
    let = reform["council_tax"][owed] - baseline["council_tax"][owed]
    empty = reform["council_tax_of_dwellings"][owed] - baseline["council_tax_of_dwellings"][owed]
    employer = by_household(population, _owed_by_employer(reform) - _owed_by_employer(baseline))
    return {
        HOUSEHOLDS: float((weight * income).sum()),
        LANDLORDS: -float((weight * let).sum()),
        EMPTY_HOMES: -float((population.dwellings["weight"] * empty).sum()),
        EMPLOYERS: -float((weight * employer).sum()),
        ADMINISTRATION: float((weight * (_run_cost(reform) - _run_cost(baseline))).sum()),
        LEAVERS: -float((weight * (_of_leavers(reform) - _of_leavers(baseline))).sum()),
        SHAREHOLDERS: -float((weight * by_household(population, _moved(reform) - _moved(baseline))).sum()),
        **{account: -float((weight * after_tax[line]).sum()) for account, line in AFTER_INCOME.items()},
    }


def _owed_by_employer(assessment: Assessment) -> np.ndarray:
    """(persons,) what each person's employer owes, £ a year."""
    on_pay = assessment["national_insurance"]["employer"] + assessment["apprenticeship_levy"]["apprenticeship_levy"]
    return np.asarray(on_pay + assessment["statutory_pay"]["sick_pay"])


def _of_leavers(assessment: Assessment) -> np.ndarray:
    """(households,) what is expected of owners who die and of those who leave, £ a year."""
    lines = assessment["unrealised_gains"]
    return np.asarray(lines["at_death"] + lines["on_leaving"])


def _moved(assessment: Assessment) -> np.ndarray:
    """(persons,) dividends that owners of shares give up, by what workers and the public receive of them, £ a year."""
    lines = assessment["employee_ownership_fund"]
    return np.asarray(lines["paid_to_worker"] + lines["paid_to_public"])


def _run_cost(assessment: Assessment) -> np.ndarray:
    """(households,) what it costs to run the taxes each pays, £ a year, where the law puts a part of the tax on it."""
    return np.asarray(assessment.law.values["wealth_tax"].administration * assessment["wealth_tax"]["wealth_tax"])


# ---- the ledger ----------------------------------------------------------------------------------------------------


class Entry(NamedTuple):
    """So many pounds a year more, from one account to another, and what they are."""

    source: str
    target: str
    pounds: float
    what: str


@dataclass(frozen=True)
class Ledger:
    """Entries between accounts, and what each account gained as measured apart from them, £ a year against the law in force."""

    entries: tuple[Entry, ...]
    gains: dict[str, float]

    def net(self, account: str) -> float:
        """What the entries say an account gained."""
        received = (entry.pounds for entry in self.entries if entry.target == account)
        given = (-entry.pounds for entry in self.entries if entry.source == account)
        return math.fsum([*received, *given])

    def check(self) -> Ledger:
        """Itself, when both sides agree. Raises Unbalanced, naming the account, when they differ by more than a penny.

        Where more than a hundred billion pounds move, a sum of that size holds no penny: the last digits it has are allowed for.
        """
        least = max(PENNY, DIGITS * math.fsum(abs(entry.pounds) for entry in self.entries))
        accounts = {account for entry in self.entries for account in (entry.source, entry.target)}
        for account in sorted(accounts | self.gains.keys()):
            if account not in self.gains:
                raise Unbalanced(f"The ledger moves money of {account}, but nothing measures what {account} gained.")
            gap = self.net(account) - self.gains[account]
            if not abs(gap) <= least:
                raise Unbalanced(f"The ledger of {account} is out by £{gap:,.2f}: its entries and its own figures differ.")
        whole = math.fsum(self.gains.values())
        if not abs(whole) <= least:
            raise Unbalanced(f"The accounts together gain £{whole:,.2f}; what one gains another must give.")
        return self

    def rows(self) -> list[dict[str, str | float]]:
        """The entries as plain rows: from, to, pounds, what."""
        return [{"from": entry.source, "to": entry.target, "pounds": entry.pounds, "what": entry.what} for entry in self.entries]


class Spent(NamedTuple):
    """Money that went to a service, and what its households received of it, (households,) £ a year at cost."""

    service: str
    amount: float
    per_household: np.ndarray


class Funded(NamedTuple):
    """Money put into a fund in the year, and what the fund pays out of its own, £ a year."""

    fund: str
    put_in: float
    paid_out: float


def ledger(baseline: Assessment, reform: Assessment, spent: Iterable[Spent], closure: str, funded: Iterable[Funded] = ()) -> Ledger:
    """The balanced ledger of a reform. `closure` ("borrowing", "saving" or "none") bears what is left. Raises Unbalanced."""
    spent = list(spent)
    entries = _entries(baseline, reform)
    measured = gains(baseline, reform)
    measured[PUBLIC] = 0.0
    if spent:
        weight = reform.population.households["weight"]
        measured[IN_KIND] = math.fsum(float((weight * each.per_household).sum()) for each in spent)
    for each in spent:
        name = f"{each.service.replace('_', ' ')} {SERVICE}"
        measured[name] = 0.0
        entries.append(_entry(PUBLIC, name, each.amount, f"spending on {each.service.replace('_', ' ')}"))
        entries.append(_entry(name, IN_KIND, each.amount, f"{each.service.replace('_', ' ')}, at cost"))
    left = net_revenue_change(baseline, reform) - math.fsum(each.amount for each in spent)
    for fund in funded:
        left += fund.paid_out - fund.put_in
        measured[fund.fund] = fund.put_in - fund.paid_out
        entries.append(_entry(PUBLIC, fund.fund, fund.put_in, f"put into {fund.fund}"))
        entries.append(_entry(fund.fund, PUBLIC, fund.paid_out, f"paid out by {fund.fund}"))
    if closure in CLOSURES:
        account = CLOSURES[closure]
        measured[account] = -math.fsum(measured.values())
        entries.append(_entry(PUBLIC, account, left, "less borrowed" if closure == "borrowing" else "put aside"))
        if left < 0:
            entries[-1] = entries[-1]._replace(what="borrowed" if closure == "borrowing" else "taken from savings")
    return Ledger(tuple(entry for entry in entries if entry.pounds), measured).check()


TOGETHER = "other taxes and benefits, each of too few records to show"


def _entries(baseline: Assessment, reform: Assessment) -> list[Entry]:
    """What each instrument moves. Of a licensed survey, what rests on too few records is told as one with the smallest others."""
    moved = [(flow, pounds) for flow in FLOWS if (pounds := change(flow, baseline, reform))]
    entries: list[Entry] = []
    for account in dict.fromkeys(flow.account for flow, _ in moved):
        own = [(flow, pounds) for flow, pounds in moved if flow.account == account]
        masks = [_movers(flow, baseline, reform) for flow, _ in own] if licensed(reform.population) else []
        together = put_together(masks)
        entries += [_entry(account, PUBLIC, pounds, flow.what) for i, (flow, pounds) in enumerate(own) if i not in together]
        if together:
            entries.append(_entry(account, PUBLIC, math.fsum(own[i][1] for i in together), TOGETHER))
    places = {flow.what: place for place, flow in enumerate(FLOWS)}
    return sorted(entries, key=lambda entry: places.get(entry.what, len(FLOWS)))


def _movers(flow: Flow, baseline: Assessment, reform: Assessment) -> np.ndarray:
    """(households,) whether a flow changes in the household; homes where nobody lives are no records of a survey."""
    population = reform.population
    homes = len(population.households)
    if flow.table.endswith("_of_dwellings"):
        return np.zeros(homes, bool)
    differs = _lines_total(flow, reform[flow.table]) != _lines_total(flow, baseline[flow.table])
    owner = {"person": population.persons["household"], "benefit_unit": population.benefit_units["household"]}
    rows = owner.get(INSTRUMENTS[flow.table].entity, np.arange(homes))
    return np.asarray(np.bincount(rows, differs, homes) > 0)


def _entry(source: str, target: str, pounds: float, what: str) -> Entry:
    """An entry that always runs the way the money goes."""
    return Entry(source, target, pounds, what) if pounds >= 0 else Entry(target, source, -pounds, what)
