"""Receipts of taxes and spending on benefits, beside the published ones."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fairshare import quantities as q
from fairshare.measures.checks.results import Results, measures, sum_of
from fairshare.population.measured import Array, Measure, Total
from fairshare.population.published import Row, inside
from fairshare.population.synthetic import figures as f


def _employers(r: Results) -> Array:
    """(councils,) employers' contributions less the reliefs that firms have and no record shows, as far as their cost is published."""
    due = sum_of(r, "national_insurance", "employer")
    reliefs = [row for row in f.rows("employers_reliefs") if row["fiscal_year"] <= r.year]
    latest = {row["relief"]: f.number(row["pounds_million"]) * 1e6 for row in sorted(reliefs, key=lambda row: row["fiscal_year"])}
    return np.asarray(due * (1.0 - sum(latest.values()) / max(float(due.sum()), 1.0)))


RECEIPTS: dict[str, Callable[[Results], Array]] = {
    "Income tax (gross of tax credits)": lambda r: sum_of(r, "income_tax", "income_tax"),
    "National insurance contributions": lambda r: sum_of(r, "national_insurance", "national_insurance") + _employers(r),
    "Class 1 Employee NICs": lambda r: sum_of(r, "national_insurance", "class_1"),
    "Class 1 Employer NICs": _employers,
    "Class 4 and Class 2 Self employed NICs": lambda r: sum_of(r, "national_insurance", "class_2", "class_4"),
    "Capital gains tax": lambda r: sum_of(r, "capital_gains_tax", "capital_gains_tax"),
    "Apprenticeship levy": lambda r: sum_of(r, "apprenticeship_levy", "apprenticeship_levy"),
}
"""Lines of OBR's tables of receipts."""


@measures("table_3_4")
def _receipts(r: Results, row: Row) -> Measure | None:
    work = RECEIPTS.get(row.of("line") or "")
    return None if work is None else Total(work(r))


def _council_tax(r: Results, nation: str | None) -> Array:
    """(councils,) what is due after reduction, second and empty homes included."""
    due = sum_of(r, "council_tax", "due") - sum_of(r, "council_tax_reduction", "council_tax_reduction")
    here = inside(nation) if nation else inside(f.GREAT_BRITAIN)
    return np.where(here, due, 0.0) if here is not None else due


COUNCIL_TAX_LINES = {
    "England council tax receipts": f.NATION_CODES[q.Nation.ENGLAND],
    "Scotland council tax receipts": f.NATION_CODES[q.Nation.SCOTLAND],
    "Wales council tax receipts": f.NATION_CODES[q.Nation.WALES],
    "Total council tax receipts": f.GREAT_BRITAIN,
}


@measures("table_4_1")
def _council_tax_receipts(r: Results, row: Row) -> Measure | None:
    line = row.of("line") or ""
    return Total(_council_tax(r, COUNCIL_TAX_LINES[line])) if line in COUNCIL_TAX_LINES else None


@measures("household_vat")
def _vat(r: Results, row: Row) -> Measure | None:
    return Total(sum_of(r, "vat", "vat"))


SPENDING: dict[str, tuple[str, str]] = {
    "universal_credit_expenditure": ("benefit_cap", "universal_credit"),
    "uc_and_equivalents_expenditure": ("benefit_cap", "universal_credit"),
    "pension_credit_expenditure": ("pension_credit", "pension_credit"),
    "child_benefit_expenditure": ("child_benefit", "child_benefit"),
    "attendance_allowance_expenditure": ("disability_benefits", "attendance"),
}


@measures(*SPENDING)
def _spending(r: Results, row: Row) -> Measure | None:
    instrument, line = SPENDING[row.measure]
    return Total(sum_of(r, instrument, line))


@measures("dla_expenditure")
def _dla_spending(r: Results, row: Row) -> Measure | None:
    return Total(sum_of(r, "disability_benefits", "care", "care_mobility"))


@measures("pip_expenditure")
def _pip_spending(r: Results, row: Row) -> Measure | None:
    return Total(sum_of(r, "disability_benefits", "daily_living", "mobility"))


WELFARE: dict[str, tuple[str, str]] = {
    "Housing benefit (not on JSA)": ("housing_benefit", "housing_benefit"),
    "Winter fuel payment": ("winter_fuel", "winter_fuel_payment"),
    "Tax free childcare": ("tax_free_childcare", "tax_free_childcare"),
    "Child benefit": ("child_benefit", "child_benefit"),
    "Attendance allowance": ("disability_benefits", "attendance"),
    "Carer's allowance": ("carers_allowance", "carers_allowance"),
}
IN_SCOTLANDS_BUDGET = {"Winter fuel payment", "Attendance allowance", "Carer's allowance"}
"""Lines that are spent outside Scotland only, where Scotland has a benefit of its own."""
IN_NORTHERN_IRELANDS_BUDGET = {"Housing benefit (not on JSA)", "Winter fuel payment", "Attendance allowance", "Carer's allowance"}


@measures("table_4_9")
def _welfare(r: Results, row: Row) -> Measure | None:
    line = row.of("line") or ""
    if line not in WELFARE:
        return None
    total = sum_of(r, *WELFARE[line])
    if line in IN_SCOTLANDS_BUDGET:
        total = np.where(f.area_nations() == int(q.Nation.SCOTLAND), 0.0, total)
    if line in IN_NORTHERN_IRELANDS_BUDGET:
        total = np.where(f.area_nations() == int(q.Nation.NORTHERN_IRELAND), 0.0, total)
    return Total(total)


SCOTLANDS: dict[str, tuple[str, str]] = {"Scottish Child Payment": ("scottish_child_payment", "scottish_child_payment")}


@measures("social_security_expenditure")
def _scottish_spending(r: Results, row: Row) -> Measure | None:
    benefit = row.of("benefit") or ""
    if benefit == "Adult Disability Payment":
        return Total(sum_of(r, "disability_benefits", "daily_living", "mobility"))
    if benefit == "Child Disability Payment":
        child = r.persons["age"] < 18
        table = r.lines["disability_benefits"]
        return Total(r.of_persons((table["care"] + table["care_mobility"]) * child))
    if benefit == "Pension Age Disability Payment":
        return Total(sum_of(r, "disability_benefits", "attendance"))
    return Total(sum_of(r, *SCOTLANDS[benefit])) if benefit in SCOTLANDS else None


ESTIMATED: dict[str, tuple[str, tuple[str, ...]]] = {
    "Universal Credit": ("benefit_cap", ("universal_credit",)),
    "Benefit cap (Universal Credit)": ("benefit_cap", ("reduction",)),
    "Pension Credit": ("pension_credit", ("pension_credit",)),
    "Housing Benefit (h)": ("housing_benefit", ("housing_benefit",)),
    "Child Benefit": ("child_benefit", ("child_benefit",)),
    "Winter Fuel Allowance (h)": ("winter_fuel", ("winter_fuel_payment",)),
    "Scottish Child Payment (c)": ("scottish_child_payment", ("scottish_child_payment",)),
    "Jobseeker's Allowance (cb)": ("contributory_benefits", ("jobseekers_allowance",)),
    "Income tax": ("income_tax", ("income_tax",)),
    "NIC Employees": ("national_insurance", ("class_1",)),
    "NIC Employers": ("national_insurance", ("employer",)),
    "NIC Self-employed": ("national_insurance", ("class_2", "class_4")),
    "NIC all": ("national_insurance", ("national_insurance", "employer")),
}


@measures("official_estimate_expenditure")
def _estimated_spending(r: Results, row: Row) -> Measure | None:
    programme = row.of("programme") or ""
    if programme not in ESTIMATED:
        return None
    instrument, lines = ESTIMATED[programme]
    return Total(sum_of(r, instrument, *lines))
