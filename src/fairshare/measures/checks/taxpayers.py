"""Taxpayers, their incomes and their tax, beside HMRC's figures."""

from __future__ import annotations

import numpy as np

from fairshare.measures.checks.results import Results, measures, sum_of
from fairshare.population.measured import Array, Measure, Part, Quantile, Total
from fairshare.population.published import Row

BANDS = {
    "all": (1, 4),
    "Savers rate": (1, 1),
    "Basic rate": (2, 2),
    "Savers and Basic rate": (1, 2),
    "Higher rate": (3, 3),
    "Additional rate": (4, 4),
}
SPI_BOUNDS = (12_570, 15_000, 20_000, 30_000, 40_000, 50_000, 70_000, 100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000)
ITL_BOUNDS = (12_570, 15_000, 20_000, 30_000, 50_000, 100_000, 150_000, 200_000, 500_000, 1_000_000, 2_000_000)


def _between(r: Results, row: Row, bounds: tuple[int, ...]) -> Array | None:
    """(persons,) taxpayers whose total income lies in the row's band."""
    text = (row.of("total_income_lower_bound") or "all").rstrip("+")
    if text in ("all", "All Ranges"):
        return r.taxpayer
    if not text.isdigit() or int(text) not in bounds:
        return None
    place = bounds.index(int(text))
    low = 0.0 if place == 0 else float(bounds[place])
    high = float(bounds[place + 1]) if place + 1 < len(bounds) else float("inf")
    return np.asarray(r.taxpayer & (r.total_income >= low) & (r.total_income < high))


@measures("taxpayers")
def _taxpayers(r: Results, row: Row) -> Measure | None:
    chosen = _between(r, row, SPI_BOUNDS)
    if chosen is None or (row.of("band") or "all") not in BANDS:
        return None
    low, high = BANDS[row.of("band") or "all"]
    chosen = chosen & (r.tax_band >= low) & (r.tax_band <= high)
    if (sex := (row.of("sex") or "all").lower().rstrip("s")) != "all":
        chosen = chosen & (r.persons["sex"] == int(sex == "female"))
    if group := row.of("age_group"):
        age = r.persons["age"]
        table = {"Age under 65": age < 65, "Age 65 and over": age >= 65, "State pension age": r.pensioner}
        if group not in table:
            return None
        chosen = chosen & table[group]
    return Total(r.of_persons(chosen))


@measures("total_income_before_tax", "total_tax")
def _income_of_taxpayers(r: Results, row: Row) -> Measure | None:
    chosen = _between(r, row, SPI_BOUNDS)
    if chosen is None:
        return None
    if (sex := (row.of("sex") or "all").lower()) != "all":
        chosen = chosen & (r.persons["sex"] == int(sex == "female"))
    amount = r.total_income if row.measure == "total_income_before_tax" else r.person("income_tax", "income_tax")
    return Total(r.of_persons(amount * chosen))


@measures("taxpayers_by_income", "tax_liability_by_income", "total_income_by_income", "average_tax_amount")
def _by_income(r: Results, row: Row) -> Measure | None:
    chosen = _between(r, row, ITL_BOUNDS)
    if chosen is None or (row.of("band") or "all") not in BANDS:
        return None
    low, high = BANDS[row.of("band") or "all"]
    chosen = chosen & (r.tax_band >= low) & (r.tax_band <= high)
    tax = r.person("income_tax", "income_tax")
    if row.measure == "taxpayers_by_income":
        return Total(r.of_persons(chosen))
    if row.measure == "average_tax_amount":
        return Part(r.of_persons(tax * chosen), r.of_persons(chosen))
    return Total(r.of_persons((tax if row.measure == "tax_liability_by_income" else r.total_income) * chosen))


SPI_INCOMES: dict[str, tuple[str, ...]] = {
    "Self-employment income": ("self_employment",),
    "Employment income": ("earnings",),
    "Pension income": ("state_pension", "private_pension"),
    "Pension Income from National Insurance contributions": ("state_pension",),
    "Pension income from other pensions": ("private_pension",),
    "Net income from property": ("property_income",),
    "Dividends": ("dividends",),
    "Interest from building societies and banks": ("savings_interest",),
    "Property, interest, dividend and other income": ("property_income", "savings_interest", "dividends", "other_income"),
    "Total property, interest, dividend and other income": ("property_income", "savings_interest", "dividends", "other_income"),
    "Property, interest, dividend and other income (total)": ("property_income", "savings_interest", "dividends", "other_income"),
    "Profit, employment and pension income": ("self_employment", "earnings", "state_pension", "private_pension"),
    "Total profit, employment and pension income": ("self_employment", "earnings", "state_pension", "private_pension"),
    "Contributions to Net Pay pensions": ("pension_net_pay",),
}
LEAST = 0.5  # £: smaller sums are rounding


def _income_of_kind(r: Results, kind: str) -> Array | None:
    if kind in ("Total income", "Total income before tax"):
        return r.total_income
    if kind == "Total tax":
        return r.person("income_tax", "income_tax")
    if kind not in SPI_INCOMES:
        return None
    total = np.zeros(len(r.persons))
    for column in SPI_INCOMES[kind]:
        total += np.maximum(r.persons[column], 0.0)
    return total


@measures("individuals", "amount")
def _survey_of_personal_incomes(r: Results, row: Row) -> Measure | None:
    """Taxpayers with an income, and how much of it they have, by band of total income."""
    income, chosen = _income_of_kind(r, row.of("income_type") or ""), _between(r, row, SPI_BOUNDS)
    if income is None or chosen is None:
        return None
    return Total(r.of_persons(chosen & (income > LEAST)) if row.measure == "individuals" else r.of_persons(income * chosen))


@measures("number_of_individuals", "mean", "median")
def _incomes_by_region(r: Results, row: Row) -> Measure | None:
    kind = row.of("income_type") or ""
    if kind in BANDS and row.measure == "number_of_individuals":
        low, high = BANDS[kind]
        return Total(r.of_persons((r.tax_band >= low) & (r.tax_band <= high)))
    income = _income_of_kind(r, kind)
    if income is None:
        return None
    chosen = r.taxpayer & (income > LEAST)
    if row.measure == "number_of_individuals":
        return Total(r.of_persons(chosen))
    if row.measure == "mean":
        return Part(r.of_persons(income * chosen), r.of_persons(chosen))
    return Quantile(income[chosen], r.person_weight[chosen], r.person_council[chosen], 0.5)


@measures("total_income_before_tax_percentile", "total_income_after_tax_percentile")
def _percentile_of_taxpayers(r: Results, row: Row) -> Measure | None:
    income = r.total_income - (r.person("income_tax", "income_tax") if "after" in row.measure else 0.0)
    chosen, at = r.taxpayer, row.of("percentile") or ""
    if not at.isdigit():
        return None
    return Quantile(income[chosen], r.person_weight[chosen], r.person_council[chosen], float(at) / 100)


@measures("tax_liability")
def _gains_tax(r: Results, row: Row) -> Measure | None:
    """Capital gains tax of individuals; trusts have no record."""
    return Total(sum_of(r, "capital_gains_tax", "capital_gains_tax")) if row.of("population") == "individuals" else None


@measures("average_tax_rate")
def _tax_rate(r: Results, row: Row) -> Measure | None:
    chosen = _between(r, row, ITL_BOUNDS)
    if chosen is None or (row.of("band") or "all") not in BANDS:
        return None
    low, high = BANDS[row.of("band") or "all"]
    chosen = chosen & (r.tax_band >= low) & (r.tax_band <= high)
    return Part(r.of_persons(r.person("income_tax", "income_tax") * chosen), r.of_persons(r.total_income * chosen))


@measures("hicbc_individuals")
def _charged(r: Results, row: Row) -> Measure | None:
    return Total(r.of_persons(r.lines["child_benefit_charge"]["child_benefit_charge"] > 0))


@measures("hicbc_revenue")
def _charge(r: Results, row: Row) -> Measure | None:
    return Total(sum_of(r, "child_benefit_charge", "child_benefit_charge"))


@measures("spi_total_income_percentile")
def _council_percentile(r: Results, row: Row) -> Measure | None:
    at = float(row.of("percentile") or 50) / 100
    return Quantile(r.total_income[r.taxpayer], r.person_weight[r.taxpayer], r.person_council[r.taxpayer], at)
