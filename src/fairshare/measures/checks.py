"""What the law gives on a population, beside what is published of it: receipts, spending, taxpayers, low income, inequality.

No population is made to agree with these figures (those few that one was made to are marked), so that how far they lie apart
is what is known of the model's error. The rows stand in `parameters/britain/checks.csv`; further files may hold more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from fairshare import quantities as q
from fairshare.assessment import Assessment, assess
from fairshare.law import law_in_force
from fairshare.measures import inequality, poverty
from fairshare.measures.distribution import weighted_mean, weighted_quantile
from fairshare.population.measured import MEASURES, Array, Measure, Once, Part, Quantile, Reading, Records, Total, Workshop
from fairshare.population.published import Row, council_rows, declared, further, inside
from fairshare.population.records import Population
from fairshare.population.report_card import card, target
from fairshare.population.synthetic import figures as f

LAW_MEASURES: dict[str, Reading] = {}
"""Measures that need the law; kept apart from those of records alone."""
PRICES_OF_HBAI = "2024-25"
FULL_TIME = 30.0


class Results(Records):
    """Records with the year's assessment under the law in force."""

    def __init__(self, people: Population) -> None:
        super().__init__(people)
        self.lines: Assessment = assess(people, law_in_force(people.year))

    def person(self, instrument: str, line: str) -> Array:
        return np.asarray(self.lines[instrument][line])

    # ---- taxpayers ----

    @cached_property
    def taxpayer(self) -> Array:
        """(persons,) with income tax to pay."""
        return np.asarray(self.lines["income_tax"]["income_tax"] > 0.005)

    @cached_property
    def total_income(self) -> Array:
        return np.asarray(self.lines["income_tax"]["total_income"])

    @cached_property
    def tax_band(self) -> Array:
        """(persons,) 0 none, 1 savers', 2 basic, 3 higher, 4 additional: the highest main rate that any of the income bears.

        HMRC's table counts Scotland's advanced and top rates with the additional rate.
        """
        law, table = self.lines.law.values["income_tax"], self.lines["income_tax"]
        main = table["taxable_non_savings"] + table["taxable_property"]
        taxable = main + table["taxable_savings"] + table["taxable_dividends"]
        scottish = self.homes["nation"][self.persons["household"]] == int(q.Nation.SCOTLAND)
        raised = table["basic_rate_limit"] - law.basic_rate_limit
        scotland = scottish & (main > 0)
        higher = np.where(scotland, _from_rate(law.scotland.bands, HIGHER_RATE), law.basic_rate_limit) + raised
        additional = np.where(scotland, _from_rate(law.scotland.bands, ADDITIONAL_RATE), law.higher_rate_limit) + raised
        savers = (main <= 0.005) & (taxable > 0)
        band = np.select([taxable > additional, taxable > higher, savers], [ADDITIONAL, HIGHER, SAVERS], BASIC)
        return np.where(self.taxpayer, band, 0)

    # ---- households' incomes ----

    @cached_property
    def income(self) -> dict[str, Array]:
        """(households,) equivalised disposable income before and after housing costs, £ a year."""
        table = self.lines["disposable_income"]
        return {
            "BHC": table["disposable_income"] / table["equivalence_scale"],
            "AHC": table["disposable_income_after_housing_costs"] / table["equivalence_scale_after_housing_costs"],
        }

    @cached_property
    def people_in_home(self) -> Array:
        return self.home_weight * self.size

    @cached_property
    def low(self) -> dict[str, Array]:
        """(persons,) whether a person's household has less than 60% of the country's median."""
        return {
            concept: (income < poverty.line(income, self.people_in_home))[self.persons["household"]]
            for concept, income in self.income.items()
        }

    # ---- families ----

    @cached_property
    def child(self) -> Array:
        return self.dependant

    @cached_property
    def pensioner(self) -> Array:
        return np.asarray((self.lines["state_pension"]["over_pension_age"] == 1.0) & ~self.child)

    @cached_property
    def groups(self) -> dict[str, Array]:
        return {
            "all individuals": np.ones(len(self.persons), bool),
            "children": self.child,
            "working-age adults": ~self.child & ~self.pensioner,
            "pensioners": self.pensioner,
        }

    def in_unit(self, values: Array) -> Array:
        """(persons,) how many of a person's benefit unit a condition holds for."""
        return np.add.reduceat(values.astype(int), self.units["first_person"])[self.persons["benefit_unit"]]

    @cached_property
    def unit_of_person(self) -> Array:
        return np.asarray(self.persons["benefit_unit"])

    @cached_property
    def full_time(self) -> Array:
        return np.asarray(self.works & ~self.child & (self.persons["hours"] >= FULL_TIME))

    @cached_property
    def part_time(self) -> Array:
        return np.asarray(self.works & ~self.child & (self.persons["hours"] < FULL_TIME))

    @cached_property
    def paid_universal_credit(self) -> Array:
        """(benefit units,) Universal Credit paid, £ a year."""
        return np.asarray(self.lines["benefit_cap"]["universal_credit"])


SAVERS, BASIC, HIGHER, ADDITIONAL = 1, 2, 3, 4
HIGHER_RATE, ADDITIONAL_RATE = 0.40, 0.45
"""The UK's rates; Scotland's of as much or more are counted with them."""


def _from_rate(bands: Any, rate: float) -> float:
    return float(min(band.above for band in bands if band.rate >= rate))


def measures(*names: str) -> Callable[[Any], Any]:
    """Enter a function in the table of measures that need the law."""

    def enter(function: Any) -> Any:
        LAW_MEASURES.update(dict.fromkeys(names, function))
        return function

    return enter


# ---- receipts and spending -----------------------------------------------------------------------------------------


def _sum_of(r: Results, instrument: str, *lines: str) -> Array:
    """(councils,) £ a year of some lines of an instrument, dwellings with no usual resident included where they owe it."""
    table = r.lines[instrument]
    amount = np.zeros(len(table))
    for line in lines:
        amount = amount + table[line]
    add = {len(r.persons): r.of_persons, len(r.units): r.of_units, len(r.homes): r.of_homes}[len(table)]
    total = add(amount)
    if f"{instrument}_of_dwellings" in r.lines:
        empty = r.lines[f"{instrument}_of_dwellings"]
        total = total + r.of_dwellings(sum((empty[line] for line in lines[1:]), empty[lines[0]].astype(float)))
    return np.asarray(total)


RECEIPTS: dict[str, Callable[[Results], Array]] = {
    "Income tax (gross of tax credits)": lambda r: _sum_of(r, "income_tax", "income_tax"),
    "National insurance contributions": lambda r: _sum_of(r, "national_insurance", "national_insurance", "employer"),
    "Class 1 Employee NICs": lambda r: _sum_of(r, "national_insurance", "class_1"),
    "Class 1 Employer NICs": lambda r: _sum_of(r, "national_insurance", "employer"),
    "Class 4 and Class 2 Self employed NICs": lambda r: _sum_of(r, "national_insurance", "class_2", "class_4"),
    "Capital gains tax": lambda r: _sum_of(r, "capital_gains_tax", "capital_gains_tax"),
    "Apprenticeship levy": lambda r: _sum_of(r, "apprenticeship_levy", "apprenticeship_levy"),
}
"""Lines of OBR's tables of receipts."""


@measures("table_3_4")
def _receipts(r: Results, row: Row) -> Measure | None:
    work = RECEIPTS.get(row.of("line") or "")
    return None if work is None else Total(work(r))


def _council_tax(r: Results, nation: str | None) -> Array:
    """(councils,) what is due after reduction, second and empty homes included."""
    due = _sum_of(r, "council_tax", "due") - _sum_of(r, "council_tax_reduction", "council_tax_reduction")
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
    return Total(_sum_of(r, "vat", "vat"))


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
    return Total(_sum_of(r, instrument, line))


@measures("dla_expenditure")
def _dla_spending(r: Results, row: Row) -> Measure | None:
    return Total(_sum_of(r, "disability_benefits", "care", "care_mobility"))


@measures("pip_expenditure")
def _pip_spending(r: Results, row: Row) -> Measure | None:
    return Total(_sum_of(r, "disability_benefits", "daily_living", "mobility"))


WELFARE: dict[str, tuple[str, str]] = {
    "Housing benefit (not on JSA)": ("housing_benefit", "housing_benefit"),
    "Winter fuel payment": ("winter_fuel", "winter_fuel_payment"),
    "Tax free childcare": ("tax_free_childcare", "tax_free_childcare"),
    "Child benefit": ("child_benefit", "child_benefit"),
    "Attendance allowance": ("disability_benefits", "attendance"),
}
IN_SCOTLANDS_BUDGET = {"Winter fuel payment", "Attendance allowance"}
"""Lines that are spent outside Scotland only, where Scotland has a benefit of its own."""
IN_NORTHERN_IRELANDS_BUDGET = {"Housing benefit (not on JSA)", "Winter fuel payment", "Attendance allowance"}


@measures("table_4_9")
def _welfare(r: Results, row: Row) -> Measure | None:
    line = row.of("line") or ""
    if line not in WELFARE:
        return None
    total = _sum_of(r, *WELFARE[line])
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
        return Total(_sum_of(r, "disability_benefits", "daily_living", "mobility"))
    if benefit == "Child Disability Payment":
        child = r.persons["age"] < 18
        table = r.lines["disability_benefits"]
        return Total(r.of_persons((table["care"] + table["care_mobility"]) * child))
    if benefit == "Pension Age Disability Payment":
        return Total(_sum_of(r, "disability_benefits", "attendance"))
    return Total(_sum_of(r, *SCOTLANDS[benefit])) if benefit in SCOTLANDS else None


# ---- who is paid ---------------------------------------------------------------------------------------------------


@measures("universal_credit_caseload")
def _universal_credit_caseload(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.paid_universal_credit > 0))


COMPONENTS: dict[str, Callable[[Results], Array]] = {
    "households_with_payment": lambda r: r.of_units(r.paid_universal_credit > 0),
    "people_on_uc": lambda r: r.of_units((r.paid_universal_credit > 0) * (1.0 + r.couple)),
    "people_on_uc_in_employment": lambda r: r.of_persons(r.works & ~r.child & (r.paid_universal_credit > 0)[r.persons["benefit_unit"]]),
}


@measures("uc_admin_caseload")
def _universal_credit_counts(r: Results, row: Row) -> Measure | None:
    work = COMPONENTS.get(row.of("component") or "")
    return None if work is None else Total(work(r))


FAMILIES = {
    "Single without children": (False, False),
    "Lone Parents": (False, True),
    "Couple without children": (True, False),
    "Couple with child(ren)": (True, True),
}


@measures("uc_households_by_family_type", "uc_mean_payment_by_family_type")
def _universal_credit_by_family(r: Results, row: Row) -> Measure | None:
    """Families with an award, and what they are paid a month."""
    paid, category = r.paid_universal_credit > 0, row.of("category") or ""
    if category in FAMILIES:
        couple, children = FAMILIES[category]
        paid = paid & (r.couple == couple) & ((r.children > 0) == children)
    elif category != "Total Households":
        return None
    if row.measure == "uc_households_by_family_type":
        return Total(r.of_units(paid))
    return Part(r.of_units(r.paid_universal_credit * paid) / q.MONTHS_IN_YEAR, r.of_units(paid))


ELEMENTS = {
    "Housing": "housing_element", "Housing Support": "housing_element", "Carer": "carer_element", "Childcare": "childcare_element",
    "Disabled Child": "disabled_child_additions", "Child": "child_element",
}  # fmt: skip


@measures(
    "uc_households_with_element", "uc_households_housing_support", "uc_households_with_housing_element_claims",
    "uc_households_with_childcare_element", "uc_childcare_element_mean_amount",
)  # fmt: skip
def _universal_credit_elements(r: Results, row: Row) -> Measure | None:
    """Families with an award that holds an element."""
    paid, table, category = r.paid_universal_credit > 0, r.lines["universal_credit"], row.of("category") or ""
    if row.measure == "uc_households_with_housing_element_claims":
        return Total(r.of_units(paid & (table["housing_element"] > 0)))
    if "childcare" in row.measure:
        chosen = paid & (table["childcare_element"] > 0)
        groups = {"Total": chosen, "all": chosen, "Couple": chosen & r.couple, "Single": chosen & ~r.couple}
        if (row.of("group") or "") not in groups:
            return None
        chosen = groups[row.of("group") or ""]
        if row.measure == "uc_households_with_childcare_element":
            return Total(r.of_units(chosen))
        return Part(r.of_units(table["childcare_element"] * chosen) / q.MONTHS_IN_YEAR, r.of_units(chosen))
    if category in ("Total Households", "Households In Payment"):
        return Total(r.of_units(paid))
    if category == "No Housing Support":
        return Total(r.of_units(paid & (table["housing_element"] <= 0)))
    return Total(r.of_units(paid & (table[ELEMENTS[category]] > 0))) if category in ELEMENTS else None


TWO_CHILDREN_SINCE = 2017
"""A third child born from April of this year had no element, until April 2026."""


@measures("two_child_limit_households", "two_child_limit_children")
def _two_children(r: Results, row: Row) -> Measure | None:
    """Families of three or more children on Universal Credit whose youngest was born since the limit began."""
    age = np.where(r.child, r.persons["age"], 99)
    youngest = np.minimum.reduceat(age, r.units["first_person"])
    chosen = (r.paid_universal_credit > 0) & (r.children >= 3) & (youngest < int(r.year[:4]) - TWO_CHILDREN_SINCE)
    text = (row.of("children_in_household") or "").rstrip("+")
    if text.isdigit():
        chosen = chosen & ((r.children >= int(text)) if text == "6" else (r.children == int(text)))
    elif not text.startswith("all"):
        return None
    return Total(r.of_units(chosen * (r.children if row.measure == "two_child_limit_children" else 1.0)))


@measures("universal_credit_claimants_claims")
def _people_on_universal_credit(r: Results, row: Row) -> Measure | None:
    return Total(COMPONENTS["people_on_uc"](r))


@measures("carers_allowance_claims", "carers_allowance_entitled_not_paid_claims")
def _carers(r: Results, row: Row) -> Measure | None:
    table = r.lines["carers_allowance"]
    entitled = table["entitled"] == 1
    if row.measure == "carers_allowance_entitled_not_paid_claims":
        entitled = entitled & (table["carers_allowance"] <= 0)
    return Total(r.of_persons(entitled))


@measures("esa_claims")
def _esa(r: Results, row: Row) -> Measure | None:
    """Contributory awards: those related to income are Universal Credit in the records."""
    if row.of("type") != "contributions-based":
        return None
    return Total(r.of_persons(r.lines["contributory_benefits"]["employment_and_support_allowance"] > 0))


PENSION_CREDITS = {
    "Guarantee Credit only": (True, False),
    "Savings Credit only": (False, True),
    "Both Guarantee Credit and Savings Credit": (True, True),
}


def _pension_credit_of(r: Results, kind: str) -> Array | None:
    """(benefit units,) entitled to one part of Pension Credit, or to both."""
    table = r.lines["pension_credit"]
    guarantee, savings = table["guarantee_credit"] > 0, table["savings_credit"] > 0
    groups = {"all": guarantee | savings, "guarantee_credit": guarantee, "savings_credit_only": savings & ~guarantee}
    if kind in PENSION_CREDITS:
        some, more = PENSION_CREDITS[kind]
        return np.asarray((guarantee == some) & (savings == more))
    return groups.get(kind)


@measures("pension_credit_claims")
def _pension_credit_claims(r: Results, row: Row) -> Measure | None:
    chosen = _pension_credit_of(r, row.of("type") or "all")
    if chosen is None:
        return None
    if sex := row.of("sex"):
        chosen = chosen & (r.persons["sex"][r.units["first_person"]] == int(sex == "female"))
    return Total(r.of_units(chosen & (r.lines["pension_credit"]["pension_credit"] > 0)))


@measures(
    "pension_credit_take_up_rate_caseload", "pension_credit_take_up_rate_expenditure",
    "housing_benefit_take_up_rate_caseload", "housing_benefit_take_up_rate_expenditure",
)  # fmt: skip
def _take_up(r: Results, row: Row) -> Measure | None:
    """The part of those entitled, or of what is due to them, that is claimed; Housing Benefit among people of pension age."""
    benefit = "pension_credit" if row.measure.startswith("pension_credit") else "housing_benefit"
    table, group = r.lines[benefit], row.of("entitlement_group") or "all"
    chosen = _pension_credit_of(r, group) if benefit == "pension_credit" else (table["entitlement"] > 0 if group == "all" else None)
    if chosen is None:
        return None
    eldest = np.maximum.reduceat(np.where(r.child, 0, r.persons["age"]), r.units["first_person"])
    if age := row.of("age_group"):
        if age not in ("aged_under_75", "aged_75_or_over"):
            return None
        chosen = chosen & ((eldest < 75) == (age == "aged_under_75"))
    value = table["entitlement"] if row.measure.endswith("expenditure") else np.ones(len(chosen))
    return Part(r.of_units(value * (chosen & (table[benefit] > 0))), r.of_units(value * chosen))


@measures("child_benefit_take_up_rate")
def _child_benefit_take_up(r: Results, row: Row) -> Measure | None:
    age = row.of("age_of_child") or ""
    chosen = r.child if age == "All Ages" else r.child & (r.persons["age"] == int(age)) if age.isdigit() else None
    if chosen is None:
        return None
    paid = (r.lines["child_benefit"]["child_benefit"] > 0)[r.persons["benefit_unit"]]
    return Part(r.of_persons(chosen & paid), r.of_persons(chosen))


@measures("tax_liability")
def _gains_tax(r: Results, row: Row) -> Measure | None:
    """Capital gains tax of individuals; trusts have no record."""
    return Total(_sum_of(r, "capital_gains_tax", "capital_gains_tax")) if row.of("population") == "individuals" else None


@measures("average_tax_rate")
def _tax_rate(r: Results, row: Row) -> Measure | None:
    chosen = _between(r, row, ITL_BOUNDS)
    if chosen is None or (row.of("band") or "all") not in BANDS:
        return None
    low, high = BANDS[row.of("band") or "all"]
    chosen = chosen & (r.tax_band >= low) & (r.tax_band <= high)
    return Part(r.of_persons(r.person("income_tax", "income_tax") * chosen), r.of_persons(r.total_income * chosen))


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
    return Total(_sum_of(r, instrument, *lines))


@measures("household_income_mean", "household_income_equivalised_mean")
def _mean_of_households(r: Results, row: Row) -> Measure | None:
    """Mean income of households, £ a year: total with benefits, net of taxes, or equivalised before or after housing costs."""
    kind, table = row.of("income") or "", r.lines["disposable_income"]
    if row.measure == "household_income_equivalised_mean":
        values = r.income.get(kind)
    else:
        values = {"total": table["market_income"] + table["benefits"], "net": table["disposable_income"]}.get(kind)
    return None if values is None else Part(r.of_homes(values), r.of_homes(np.ones(len(values))))


CHILDREN = {"0": (0, 0), "1": (1, 1), "2": (2, 2), "3": (3, 3), "4": (4, 4), "5 or more": (5, 99)}


@measures("uc_households")
def _universal_credit_households(r: Results, row: Row) -> Measure | None:
    """Benefit units with an award above nil; the published counts hold a few (6%) with none in the month."""
    paid = r.paid_universal_credit > 0
    table = r.lines["universal_credit"]
    if row.of("category"):
        return Total(r.of_units(paid)) if row.of("category") in ("Total Households", "Households In Payment") else None
    if family := row.of("family_type"):
        parts = family.split(", ")
        if len(parts) != 2 or len(row.dims) > 1:
            return None
        chosen = (r.couple == (parts[0] == "Couple")) & ((r.children > 0) == (parts[1] == "with children"))
    elif (children := row.of("number_of_children")) in CHILDREN:
        low, high = CHILDREN[children or ""]
        chosen = (r.children >= low) & (r.children <= high)
    elif (row.of("housing_entitlement_tenure") or "").startswith("with housing entitlement"):
        chosen = table["housing_element"] > 0
    elif (row.of("limited_capability_for_work_entitlement") or "").startswith("LCWRA"):
        chosen = table["health_element"] > 0
    else:
        return None
    return Total(r.of_units(paid & chosen))


@measures("uc_households_by_award")
def _awards(r: Results, row: Row) -> Measure | None:
    if row.of("family_type") is None or ", " not in (row.of("family_type") or ""):
        return None
    ends = [float(part.replace("\u00a3", "")) for part in (row.of("monthly_award_amount_bands") or "").split() if part[:1] == "\u00a3"]
    if not ends:
        return None
    low, high = ends[0] - 0.01, ends[1] if len(ends) > 1 else float("inf")
    couple, children = (row.of("family_type") or "").split(", ")
    month = r.paid_universal_credit / q.MONTHS_IN_YEAR
    family = (r.couple == (couple == "Couple")) & ((r.children > 0) == (children == "with children"))
    return Total(r.of_units(family & (month > low) & (month <= high)))


@measures("benefit_capped_households")
def _capped(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.lines["benefit_cap"]["reduction"] > 0.005))


@measures("pension_credit_caseload")
def _pension_credit_caseload(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.lines["pension_credit"]["pension_credit"] > 0)) if row.of("series") in (None, "total") else None


@measures("housing_benefit_claims")
def _housing_benefit_claims(r: Results, row: Row) -> Measure | None:
    paid = r.lines["housing_benefit"]["housing_benefit"] > 0
    pension_age = np.maximum.reduceat(r.lines["state_pension"]["over_pension_age"], r.units["first_person"]) > 0
    tenure = r.homes["tenure"][r.units["household"]]
    if age := row.of("age"):
        paid = paid & (pension_age == (age == "pension age"))
    if sector := row.of("sector"):
        paid = paid & (tenure == int(q.Tenure.PRIVATE_RENT if sector == "private rented" else q.Tenure.SOCIAL_RENT))
    return Total(r.of_units(paid))


@measures("child_benefit_families_in_receipt_of_payments")
def _child_benefit_families(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.lines["child_benefit"]["child_benefit"] > 0))


@measures("child_benefit_children_for_whom_payment_received")
def _child_benefit_children(r: Results, row: Row) -> Measure | None:
    table = r.lines["child_benefit"]
    return Total(r.of_units(table["children"] * (table["child_benefit"] > 0)))


@measures("hicbc_individuals")
def _charged(r: Results, row: Row) -> Measure | None:
    return Total(r.of_persons(r.lines["child_benefit_charge"]["child_benefit_charge"] > 0))


@measures("hicbc_revenue")
def _charge(r: Results, row: Row) -> Measure | None:
    return Total(_sum_of(r, "child_benefit_charge", "child_benefit_charge"))


PROGRAMMES: dict[str, Callable[[Results], Array]] = {
    "Universal Credit": lambda r: r.of_units(r.paid_universal_credit > 0),
    "Pension Credit": lambda r: r.of_units(r.lines["pension_credit"]["pension_credit"] > 0),
    "Housing Benefit (h)": lambda r: r.of_units(r.lines["housing_benefit"]["housing_benefit"] > 0),
    "Child Benefit": lambda r: r.of_units(r.lines["child_benefit"]["child_benefit"] > 0),
    "Benefit cap (Universal Credit)": lambda r: r.of_units(r.lines["benefit_cap"]["reduction"] > 0.005),
    "Winter Fuel Allowance (h)": lambda r: r.of_homes(_in_home(r, r.lines["winter_fuel"]["winter_fuel_payment"]) > 0),
}


def _in_home(r: Results, of_person: Array) -> Array:
    table = {len(r.persons): r.persons["household"], len(r.units): r.units["household"]}[len(of_person)]
    return np.bincount(table, of_person, len(r.homes))


@measures("official_estimate_caseload")
def _estimated_caseload(r: Results, row: Row) -> Measure | None:
    work = PROGRAMMES.get(row.of("programme") or "")
    return None if work is None else Total(work(r))


# ---- taxpayers and their incomes -----------------------------------------------------------------------------------

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


# ---- income of households: HBAI ------------------------------------------------------------------------------------


def _prices(r: Results) -> float:
    """From the year's prices to those of HBAI's latest release, a week."""
    return f.uprating("cpi", r.year, PRICES_OF_HBAI) / q.WEEKS_IN_YEAR


def _concept(row: Row) -> str:
    return row.of("income_concept") or ("AHC" if row.measure.endswith("ahc") else "BHC")


def _of_households(r: Results, concept: str, work: Callable[[Array, Array], float]) -> Measure:
    """A measure of persons' equivalised incomes over the households of an area."""

    def over(here: Array) -> float:
        rows = here[r.home_council]
        return work(r.income[concept][rows], r.people_in_home[rows])

    return Once(over)


QUANTILES = {"median_income": 0.5, "quintile_1_median": 0.1, "quintile_2_median": 0.3, "quintile_5_median": 0.9}


@measures(*QUANTILES)
def _income_quantile(r: Results, row: Row) -> Measure | None:
    return _of_households(r, _concept(row), lambda income, people: weighted_quantile(income, people, QUANTILES[row.measure]) * _prices(r))


@measures("population_mean")
def _mean_income(r: Results, row: Row) -> Measure | None:
    return _of_households(r, _concept(row), lambda income, people: weighted_mean(income, people) * _prices(r))


@measures("gini")
def _gini(r: Results, row: Row) -> Measure | None:
    return _of_households(r, _concept(row), inequality.gini)


@measures("ratio_of_top_to_bottom_quintile_medians")
def _ratio(r: Results, row: Row) -> Measure | None:
    return _of_households(
        r, _concept(row), lambda income, people: weighted_quantile(income, people, 0.9) / weighted_quantile(income, people, 0.1)
    )


def _low_among(r: Results, concept: str, chosen: Array) -> Measure:
    return Part(r.of_persons(r.low[concept] & chosen), r.of_persons(chosen))


@measures("low_income_rate", "low_income_count", "population")
def _low_income(r: Results, row: Row) -> Measure | None:
    """Relative low income; the absolute measure is the same in the year that its line rests on."""
    group = row.of("group") or ""
    if group not in r.groups or (row.of("measure") == "absolute" and r.year != PRICES_OF_HBAI):
        return None
    chosen = r.groups[group]
    if row.measure == "population":
        return Total(r.of_persons(chosen))
    if row.measure == "low_income_count":
        return Total(r.of_persons(r.low[_concept(row)] & chosen))
    return _low_among(r, _concept(row), chosen)


@measures(
    "low_income_rate_region", "child_low_income_rate_region", "workingage_low_income_rate_region", "pensioner_low_income_rate_region",
    "children_relative_poverty_bhc", "children_relative_poverty_ahc",
)  # fmt: skip
def _low_income_by_region(r: Results, row: Row) -> Measure | None:
    group = {"chil": "children", "work": "working-age adults", "pens": "pensioners"}.get(row.measure[:4], "all individuals")
    chosen = r.groups[group]
    if row.measure.startswith("children_relative"):
        chosen = r.child & (r.persons["age"] < 16)
    return _low_among(r, _concept(row), chosen)


def _family_table(r: Results) -> dict[str, Array]:
    """(persons,) HBAI's groups by the family a person lives in. Keys are the last words of the published labels."""
    couple = r.couple[r.unit_of_person]
    with_children = r.in_unit(r.child) > 0
    old = r.in_unit(r.pensioner) > 0
    woman = r.persons["sex"][r.units["first_person"]][r.unit_of_person] == int(q.Sex.FEMALE)
    working_age = ~r.child & ~r.pensioner
    return {
        "Pensioner couple": old & couple,
        "Single male pensioner": old & ~couple & ~woman,
        "Single female pensioner": old & ~couple & woman,
        "Couple with children": ~old & couple & with_children,
        "Couple without children": ~old & couple & ~with_children,
        "Single with children": ~old & ~couple & with_children,
        "Single male without children": ~old & ~couple & ~with_children & ~woman,
        "Single female without children": ~old & ~couple & ~with_children & woman,
        "Children": r.child,
        "Adult male": ~r.child & (r.persons["sex"] == 0),
        "Adult female": ~r.child & (r.persons["sex"] == 1),
        "All individuals (per cent)": np.ones(len(r.persons), bool),
        "Working-age adults without children": working_age & ~with_children,
        "Working-age adults without children > Couples": working_age & ~with_children & couple,
        "Working-age adults without children > Single male": working_age & ~with_children & ~couple & (r.persons["sex"] == 0),
        "Working-age adults without children > Single female": working_age & ~with_children & ~couple & (r.persons["sex"] == 1),
        "Working-age adults with children": working_age & with_children,
        "Working-age adults with children > Couples": working_age & with_children & couple,
        "Working-age adults with children > Singles": working_age & with_children & ~couple,
        "All working-age adults (per cent)": working_age,
    }


@measures("low_income_rate_by_family_type", "workingage_low_income_rate_by_family_type")
def _low_income_by_family(r: Results, row: Row) -> Measure | None:
    chosen = _family_table(r).get(row.of("group") or "")
    return None if chosen is None else _low_among(r, _concept(row), chosen)


def _work_table(r: Results) -> dict[str, Array]:
    """(persons,) HBAI's groups by the work of the adults in the family."""
    adults = r.in_unit(~r.child)
    full, part = r.in_unit(r.full_time), r.in_unit(r.part_time)
    own = r.in_unit(r.full_time & (r.persons["self_employment"] > 0) & (r.persons["activity"] == int(q.Activity.SELF_EMPLOYED))) > 0
    idle = adults - full - part
    employed = ~own
    workless = idle == adults
    aged = r.in_unit(~r.child & (r.persons["age"] >= 60)) > 0
    jobless = r.in_unit(r.persons["activity"] == int(q.Activity.UNEMPLOYED)) > 0
    return {
        "One or more full-time self-employed": own,
        "Single/couple all in full-time work": employed & (full == adults),
        "Couple, one full-time, one part-time work": employed & (full == 1) & (part == 1),
        "Couple, one full-time work, one not working": employed & (full == 1) & (idle == 1),
        "No full-time, one or more in part-time work": employed & (full == 0) & (part > 0),
        "Workless, one or more aged 60 or over": workless & aged,
        "Workless, one or more unemployed": workless & ~aged & jobless,
        "Workless, other inactive": workless & ~aged & ~jobless,
        "All individuals (per cent)": np.ones(len(r.persons), bool),
    }


@measures("low_income_rate_by_economic_status")
def _low_income_by_work(r: Results, row: Row) -> Measure | None:
    chosen = _work_table(r).get(row.of("economic_status") or "")
    return None if chosen is None else _low_among(r, _concept(row), chosen)


@measures("workingage_low_income_rate_by_family_and_work")
def _low_income_of_working_age(r: Results, row: Row) -> Measure | None:
    group, _, work = (row.of("group") or "").partition(" > ")
    base, works, working = _family_table(r).get(group), _work_table(r), ~r.child & ~r.pensioner
    worked = r.in_unit(r.full_time | r.part_time) > 0
    if group == "Working-age adults in working families":
        return _low_among(r, _concept(row), working & worked)
    if group == "Working-age adults in workless families":
        return _low_among(r, _concept(row), working & ~worked)
    if base is None or (work and work not in works):
        return None
    return _low_among(r, _concept(row), base & works[work] if work else base)


@measures("child_low_income_rate_by_family_and_work")
def _low_income_of_children(r: Results, row: Row) -> Measure | None:
    couple = r.couple[r.unit_of_person]
    married = r.units["married"][r.unit_of_person] == 1
    full, part, adults = r.in_unit(r.full_time), r.in_unit(r.part_time), r.in_unit(~r.child)
    worked = full + part > 0
    own = r.in_unit(r.works & ~r.child & (r.persons["activity"] == int(q.Activity.SELF_EMPLOYED))) > 0
    idle = adults - full - part
    table = {
        "All children (per cent)": np.ones(len(couple), bool),
        "At least one adult in work": worked,
        "Workless families": ~worked,
        "Lone parent": ~couple,
        "Lone parent > In full-time work": ~couple & (full > 0),
        "Lone parent > In part-time work": ~couple & (full == 0) & (part > 0),
        "Lone parent > Not working": ~couple & ~worked,
        "Couple with children": couple,
        "Couple with children > Married or Civil Partnered": couple & married,
        "Couple with children > Cohabiting": couple & ~married,
        "Couple with children > Self-employed": couple & own,
        "Couple with children > Both in full-time work": couple & ~own & (full == 2),
        "Couple with children > One in full-time work, one in part-time work": couple & ~own & (full == 1) & (part == 1),
        "Couple with children > One in full-time work, one not working": couple & ~own & (full == 1) & (idle == 1),
        "Couple with children > One or more in part-time work": couple & ~own & (full == 0) & (part > 0),
        "Couple with children > Both not in work": couple & ~worked,
    }
    chosen = table.get(row.of("group") or "")
    return None if chosen is None else _low_among(r, _concept(row), r.child & chosen)


@measures("child_low_income_rate_by_number_of_children")
def _low_income_by_children(r: Results, row: Row) -> Measure | None:
    number = r.children[r.unit_of_person]
    table = {"One child": number == 1, "Two children": number == 2, "Three or more children": number >= 3}
    chosen = table.get(row.of("children") or "")
    return None if chosen is None else _low_among(r, _concept(row), r.child & chosen)


@measures("pensioner_low_income_rate_by_age_gender")
def _low_income_of_pensioners(r: Results, row: Row) -> Measure | None:
    group, age = row.of("group") or "", r.persons["age"]
    table = {"Male": r.persons["sex"] == 0, "Female": r.persons["sex"] == 1, "All pensioners (per cent)": age >= 0, "85 +": age >= 85}
    numbers = [int(part) for part in group.split(" - ") if part.isdigit()]
    chosen = (age >= numbers[0]) & (age <= numbers[1]) if len(numbers) == 2 else table.get(group)
    return None if chosen is None else _low_among(r, _concept(row), r.pensioner & chosen)


@measures("pensioner_low_income_rate_by_tenure")
def _low_income_of_pensioners_by_tenure(r: Results, row: Row) -> Measure | None:
    tenure = r.homes["tenure"][r.persons["household"]]
    table = {
        "Owners": tenure <= 1,
        "Owners > Owned outright": tenure == 0,
        "Owners > Buying with mortgage": tenure == 1,
        "Social rented sector tenants": tenure == 2,
        "All rented privately": np.isin(tenure, (3, 4)),
        "All pensioners (per cent)": tenure >= 0,
    }
    chosen = table.get(row.of("tenure") or "")
    return None if chosen is None else _low_among(r, _concept(row), r.pensioner & chosen)


@measures("low_income_rate_by_disability")
def _low_income_by_disability(r: Results, row: Row) -> Measure | None:
    ill = r.persons["disabled"] == 1
    someone = r.in_unit(ill) > 0
    adult, child = r.in_unit(ill & ~r.child) > 0, r.in_unit(ill & r.child) > 0
    benefit = r.in_unit(r.lines["disability_benefits"]["disability_benefits"] > 0) > 0
    first = "Individuals in families where someone is disabled"
    table = {
        "All individuals (per cent)": np.ones(len(ill), bool),
        "Individuals in families where no-one is disabled": ~someone,
        first: someone,
        f"{first} > 1 or more disabled adult, no disabled child": adult & ~child,
        f"{first} > Those living in families with disabled children": child,
        f"{first} > Those living in families with disabled children > With no disabled adult": child & ~adult,
        f"{first} > Those living in families with disabled children > With 1 or more disabled adult": child & adult,
        f"{first} > In receipt of disability benefits": someone & benefit,
        f"{first} > Not in receipt of disability benefits": someone & ~benefit,
    }
    chosen = table.get(row.of("disability") or "")
    return None if chosen is None else _low_among(r, _concept(row), chosen)


# ---- councils ------------------------------------------------------------------------------------------------------


@measures("uc_households_of_council")
def _universal_credit_of_council(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.paid_universal_credit > 0))


@measures("uc_claimants")
def _universal_credit_claimants(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units((r.paid_universal_credit > 0) * (1.0 + r.couple)))


@measures("spi_total_income_percentile")
def _council_percentile(r: Results, row: Row) -> Measure | None:
    at = float(row.of("percentile") or 50) / 100
    return Quantile(r.total_income[r.taxpayer], r.person_weight[r.taxpayer], r.person_council[r.taxpayer], at)


# ---- the table -----------------------------------------------------------------------------------------------------


def checks(population: Population, extra: list[Row] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Every declared check (and every row of `extra` that the law gives) beside the model; and what could not be worked, and why.

    Rows are in the form of the report card's targets. Each year that rows name is assessed once, under its own law.
    """
    rows = [*declared("checks"), *(row for row in council_rows() if row.measure in LAW_MEASURES)]
    held = {row.id for row in rows}
    wanted = [*rows, *(row for row in extra or [] if row.id not in held)]
    workshop = Workshop(population, {**MEASURES, **LAW_MEASURES}, Results)
    found: list[dict[str, Any]] = []
    missing: list[dict[str, str]] = []
    for row in wanted:
        model = workshop.model(row)
        if isinstance(model, str):
            missing.append({"id": row.id, "why": model})
        else:
            found.append(target(row, model))
    return found, missing


def report(population: Population, extra_target_files: list[Path]) -> dict[str, Any]:
    """The whole report card: what the records hold (see `population.report_card.report`) and what the law gives on them."""
    from fairshare.population import report_card

    recorded = report_card.report(population, extra_target_files)
    extra, _ = further(extra_target_files, f.rows("council_targets"))
    known = {row["id"] for row in recorded["targets"]}
    found, missing = checks(population, [row for row in extra if row.id not in known and row.measure in LAW_MEASURES])
    targets = recorded["targets"] + [row for row in found if row["id"] not in known]
    done = {row["id"] for row in targets}
    reasons = {entry["id"]: entry for entry in [*recorded["summary"]["not_expressed_rows"], *missing] if entry["id"] not in done}
    return card(targets, list(reasons.values()), population)
