"""Who is paid which benefit, and how much, beside the published caseloads."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fairshare import quantities as q
from fairshare.measures.checks.results import Results, measures_now
from fairshare.population.measured import Array, Measure, Part, Total
from fairshare.population.published import Row
from fairshare.population.synthetic import figures as f


@measures_now("universal_credit_caseload")
def _universal_credit_caseload(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.paid_universal_credit > 0))


COMPONENTS: dict[str, Callable[[Results], Array]] = {
    "households_with_payment": lambda r: r.of_units(r.paid_universal_credit > 0),
    "people_on_uc": lambda r: r.of_units((r.paid_universal_credit > 0) * (1.0 + r.couple)),
    "people_on_uc_in_employment": lambda r: r.of_persons(r.works & ~r.child & (r.paid_universal_credit > 0)[r.persons["benefit_unit"]]),
}


@measures_now("uc_admin_caseload")
def _universal_credit_counts(r: Results, row: Row) -> Measure | None:
    work = COMPONENTS.get(row.of("component") or "")
    return None if work is None else Total(work(r))


FAMILIES = {
    "Single without children": (False, False),
    "Lone Parents": (False, True),
    "Couple without children": (True, False),
    "Couple with child(ren)": (True, True),
}


@measures_now("uc_households_by_family_type", "uc_mean_payment_by_family_type")
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


@measures_now(
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


@measures_now("two_child_limit_households", "two_child_limit_children")
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


@measures_now("universal_credit_claimants_claims")
def _people_on_universal_credit(r: Results, row: Row) -> Measure | None:
    return Total(COMPONENTS["people_on_uc"](r))


@measures_now("carers_allowance_claims", "carers_allowance_entitled_not_paid_claims")
def _carers(r: Results, row: Row) -> Measure | None:
    table = r.lines["carers_allowance"]
    entitled = table["entitled"] == 1
    if row.measure == "carers_allowance_entitled_not_paid_claims":
        entitled = entitled & (table["carers_allowance"] <= 0)
    return Total(r.of_persons(entitled))


@measures_now("esa_claims")
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


@measures_now("pension_credit_claims")
def _pension_credit_claims(r: Results, row: Row) -> Measure | None:
    chosen = _pension_credit_of(r, row.of("type") or "all")
    if chosen is None:
        return None
    if sex := row.of("sex"):
        chosen = chosen & (r.persons["sex"][r.units["first_person"]] == int(sex == "female"))
    return Total(r.of_units(chosen & (r.lines["pension_credit"]["pension_credit"] > 0)))


@measures_now(
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


@measures_now("child_benefit_take_up_rate")
def _child_benefit_take_up(r: Results, row: Row) -> Measure | None:
    age = row.of("age_of_child") or ""
    chosen = r.child if age == "All Ages" else r.child & (r.persons["age"] == int(age)) if age.isdigit() else None
    if chosen is None:
        return None
    paid = (r.lines["child_benefit"]["child_benefit"] > 0)[r.persons["benefit_unit"]]
    return Part(r.of_persons(chosen & paid), r.of_persons(chosen))


CHILDREN = {"0": (0, 0), "1": (1, 1), "2": (2, 2), "3": (3, 3), "4": (4, 4), "5 or more": (5, 99)}


@measures_now("uc_households")
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


@measures_now("uc_households_by_award")
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


@measures_now("benefit_capped_households")
def _capped(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.lines["benefit_cap"]["reduction"] > 0.005))


@measures_now("pension_credit_caseload")
def _pension_credit_caseload(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.lines["pension_credit"]["pension_credit"] > 0)) if row.of("series") in (None, "total") else None


@measures_now("housing_benefit_claims")
def _housing_benefit_claims(r: Results, row: Row) -> Measure | None:
    paid = r.lines["housing_benefit"]["housing_benefit"] > 0
    pension_age = np.maximum.reduceat(r.lines["state_pension"]["over_pension_age"], r.units["first_person"]) > 0
    tenure = r.homes["tenure"][r.units["household"]]
    if age := row.of("age"):
        paid = paid & (pension_age == (age == "pension age"))
    if sector := row.of("sector"):
        paid = paid & (tenure == int(q.Tenure.PRIVATE_RENT if sector == "private rented" else q.Tenure.SOCIAL_RENT))
    return Total(r.of_units(paid))


@measures_now("child_benefit_families_in_receipt_of_payments")
def _child_benefit_families(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units(r.lines["child_benefit"]["child_benefit"] > 0))


@measures_now("child_benefit_children_for_whom_payment_received")
def _child_benefit_children(r: Results, row: Row) -> Measure | None:
    table = r.lines["child_benefit"]
    return Total(r.of_units(table["children"] * (table["child_benefit"] > 0)))


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


@measures_now("official_estimate_caseload")
def _estimated_caseload(r: Results, row: Row) -> Measure | None:
    work = PROGRAMMES.get(row.of("programme") or "")
    return None if work is None else Total(work(r))


@measures_now("uc_households_of_council")
def _universal_credit_of_council(r: Results, row: Row) -> Measure | None:
    """At the published total: the caseload grew by a tenth within the year, so that a month is compared by each council's share."""
    paid, published = r.of_units(r.paid_universal_credit > 0), f.council("uc_households_may2025")
    return Total(paid * np.nansum(published) / max(float(paid[np.isfinite(published)].sum()), 1.0))


@measures_now("uc_claimants")
def _universal_credit_claimants(r: Results, row: Row) -> Measure | None:
    return Total(r.of_units((r.paid_universal_credit > 0) * (1.0 + r.couple)))
