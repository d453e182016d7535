"""Incomes of the Family Resources Survey, £ a year, from the adult table and from those with several rows a person."""

from __future__ import annotations

import numpy as np

from fairshare import quantities as q
from fairshare.population.surveys import frs_columns as columns
from fairshare.population.surveys.frs_benefits import (
    STATE_PENSION,
    Benefits,
)
from fairshare.population.surveys.frs_tables import (
    WIDOWED,
    People,
    Survey,
    first_known,
    household_rows,
    person_rows,
    reference_persons,
)

INTEREST = (1, 3, 5, 6, 13, 16, 17, 18, 25, 27, 28)
"""Accounts with taxable interest: current, savings, gilts, National Savings that are taxed, basic and credit union accounts."""
ORDINARY = 2
ORDINARY_EXEMPT = 70.0
"""£ a year of interest from account 2 that is exempt."""
SHARES = (7, 8)
"""Unit and investment trusts; stocks and shares."""
BEFORE_TAX = 1.25
"""What was stated after tax at 20% is worth this much before."""
PERSONAL_PENSIONS = (5, 6)
BY_EMPLOYER = 2
YEARLY_SUM = 95
PENSION_AGE = 65


def _gated(survey: Survey, amount: str, gate: str) -> np.ndarray:
    """An amount of adult.tab that counts where a question was answered with yes; without the question, wherever it stands."""
    values = survey.money("adult", amount)
    return np.where(survey.yes("adult", gate), values, 0.0) if survey.named("adult", gate) is not None else values


def money_of_adults(survey: Survey, grown: np.ndarray, people: People, households: np.ndarray) -> None:
    """Incomes that adult.tab holds, £ a year."""
    weeks = q.WEEKS_IN_YEAR
    grown["earnings"] = weeks * survey.money("adult", "earnings")
    grown["self_employment"] = weeks * survey.money("adult", "profit", losses=True)
    survey.assumed.append("every negative profit is a loss")
    grown["dividends"] = weeks * survey.money("adult", "director_dividends")
    let = survey.money("adult", "let_income") * np.where(survey.codes("adult", "let_result", (0, 1, 2)) == 2, -1.0, 1.0)
    grown["property_income"] = weeks * let
    home = people.owners.household_of_unit[people.owners.unit_of_person][: people.adults]
    lodging = np.zeros(len(households))
    np.maximum.at(lodging, home, survey.money("adult", "lodging_paid"))
    head = reference_persons(survey, people, len(households))
    grown["property_income"][head] += weeks * (lodging + survey.money("househol", "subletting"))
    survey.derived["person.property_income"] = (
        "rent from other property less costs, as stated; sub-letting and the largest payment of a lodger go to the reference person"
    )
    survey.assumed.append("interest on loans for let property has been taken off rents already and is not known")
    grown["other_income"] = weeks * (
        _gated(survey, "royalties", "has_royalties")
        + _gated(survey, "sleeping_partner", "has_sleeping_partner")
        + _gated(survey, "overseas_pension", "has_overseas_pension")
        + _gated(survey, "gift_of_organisation", "gift_by_organisation")
    )


def money_of_tables(survey: Survey, records: np.ndarray, people: People, keys: np.ndarray) -> None:
    """Incomes and payments of the tables with several rows a person, summed to the person, £ a year."""
    weeks, count = q.WEEKS_IN_YEAR, len(records)

    def summed(table: str, values: np.ndarray) -> np.ndarray:
        return np.bincount(person_rows(survey, table, people, keys), values, count)

    held = {name for name in ("job", "accounts", "pension", "penprov", "oddjob", "chldcare") if survey.tables[name].rows}
    survey.zero += [f"everything of {name}.tab (missing or empty)" for name in sorted({*columns.NEEDED} - held - {*columns.NEEDED_TABLES})
                    if not survey.tables[name].rows]  # fmt: skip
    for name in ("assets", "maint", "extchild", "care", "owner", "renter"):  # rows that nothing is taken from must belong somewhere too
        household_rows(survey, name, keys)
    if "job" in held:
        own = first_known(survey.amounts("job", "contribution"), survey.amounts("job", "contribution_usual"))
        added = first_known(survey.amounts("job", "added_contribution"), survey.amounts("job", "added_contribution_usual"))
        records["pension_net_pay"] = weeks * summed("job", own + added)
        records["pension_salary_sacrifice"] = weeks * summed("job", survey.money("job", "sacrificed"))
        survey.assumed.append("contributions from pay are taken before tax (net pay arrangements)")
    if "accounts" in held:
        interest, dividends = _of_accounts(survey, person_rows(survey, "accounts", people, keys), count)
        records["savings_interest"] = interest
        records["dividends"] += dividends
    if "pension" in held:
        records["private_pension"] = weeks * summed("pension", _pensions(survey))
    if "penprov" in held:
        records["pension_relief_at_source"] = summed("penprov", _own_pensions(survey))
        survey.assumed.append("contributions to personal pensions stand as paid; none is cut at the top")
    if "oddjob" in held:
        paid = np.where(survey.yes("oddjob", "now"), survey.money("oddjob", "amount"), 0.0)
        records["other_income"] += weeks * summed("oddjob", paid)
        survey.assumed.append("pay for odd jobs is weekly (sources disagree; one takes it as monthly)")
    if "chldcare" in held:
        counted = survey.yes("chldcare", "costs") & survey.yes("chldcare", "registered")
        records["childcare_costs"] = weeks * summed("chldcare", np.where(counted, survey.money("chldcare", "amount"), 0.0))


def _of_accounts(survey: Survey, person: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """(persons,) taxable interest and dividends, £ a year, before any tax taken off."""
    kind = survey.codes("accounts", "kind", range(60))
    paid = survey.money("accounts", "interest")
    after_tax = survey.codes("accounts", "taxed", (0, 1, 2)) == 1
    shares_after_tax = survey.codes("accounts", "investment_taxed", (0, 1, 2)) == 1
    yearly = q.WEEKS_IN_YEAR * paid * np.where(np.isin(kind, SHARES), shares_after_tax, after_tax) * (BEFORE_TAX - 1.0)
    yearly = yearly + q.WEEKS_IN_YEAR * paid
    interest = np.bincount(person, np.where(np.isin(kind, INTEREST), yearly, 0.0), count)
    ordinary = np.bincount(person, np.where(kind == ORDINARY, yearly, 0.0), count)
    survey.derived["person.savings_interest"] = (
        "interest of accounts that are taxed; ISAs, certificates, premium bonds and the like are left out"
    )
    return (
        interest + np.maximum(ordinary - ORDINARY_EXEMPT, 0.0),
        np.bincount(person, np.where(np.isin(kind, SHARES), yearly, 0.0), count),
    )


def _pensions(survey: Survey) -> np.ndarray:
    """(rows,) £ a week before what was taken off."""
    tax = np.where(survey.codes("pension", "after_tax", (0, 1, 2)) == 2, survey.money("pension", "tax"), 0.0)
    taken = (survey.codes("pension", "after_other", (0, 1, 2)) == 2) | survey.yes("pension", "has_other")
    return survey.money("pension", "pay") + tax + np.where(taken, survey.money("pension", "other"), 0.0)


def _own_pensions(survey: Survey) -> np.ndarray:
    """(rows,) £ a year put into personal and stakeholder pensions by the person."""
    own = np.isin(survey.codes("penprov", "kind", range(20)), PERSONAL_PENSIONS)
    own &= survey.codes("penprov", "payer", range(10)) != BY_EMPLOYER
    periods = np.where(survey.codes("penprov", "period", None) == YEARLY_SUM, 1.0, q.WEEKS_IN_YEAR)
    return np.where(own, survey.money("penprov", "amount") * periods, 0.0)


def state_pension(survey: Survey, records: np.ndarray, people: People, benefits: Benefits) -> None:
    widowed = np.zeros(len(records), bool)
    widowed[: people.adults] = survey.codes("adult", "marital", range(1, 8)) == WIDOWED
    bereavement = widowed & (records["age"] < PENSION_AGE)
    records["state_pension"] = np.where(bereavement, 0.0, benefits.a_year(STATE_PENSION))
    survey.derived["person.state_pension"] = "benefit code 5; below pension age it is a bereavement benefit of widowed people, and left out"
