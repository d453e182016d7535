"""Households' incomes, inequality and low income, beside those of Households below average income (HBAI).

HBAI asks what people are paid now, so its figures are set beside the records' present state, not their year.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from fairshare import quantities as q
from fairshare.measures import inequality
from fairshare.measures.checks.results import Results, measures, measures_now
from fairshare.measures.distribution import weighted_mean, weighted_quantile
from fairshare.population.measured import Array, Measure, Once, Part, Total
from fairshare.population.published import Row
from fairshare.population.synthetic import figures as f

PRICES_OF_HBAI = "2024-25"


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


@measures_now(*QUANTILES)
def _income_quantile(r: Results, row: Row) -> Measure | None:
    return _of_households(r, _concept(row), lambda income, people: weighted_quantile(income, people, QUANTILES[row.measure]) * _prices(r))


@measures_now("population_mean")
def _mean_income(r: Results, row: Row) -> Measure | None:
    return _of_households(r, _concept(row), lambda income, people: weighted_mean(income, people) * _prices(r))


@measures_now("gini")
def _gini(r: Results, row: Row) -> Measure | None:
    return _of_households(r, _concept(row), inequality.gini)


@measures_now("ratio_of_top_to_bottom_quintile_medians")
def _ratio(r: Results, row: Row) -> Measure | None:
    return _of_households(
        r, _concept(row), lambda income, people: weighted_quantile(income, people, 0.9) / weighted_quantile(income, people, 0.1)
    )


def _low_among(r: Results, concept: str, chosen: Array) -> Measure:
    return Part(r.of_persons(r.low[concept] & chosen), r.of_persons(chosen))


@measures_now("low_income_rate", "low_income_count", "population")
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


@measures("children_relative_poverty_bhc", "children_relative_poverty_ahc")
def _children_in_low_income(r: Results, row: Row) -> Measure | None:
    """Children below 16 in low-income families, whom DWP counts from incomes of the whole tax year among families that claimed Universal
    Credit or Housing Benefit in it, and then brings to as many as the household survey finds, by whether anyone in the family works."""
    child, low = r.child & (r.persons["age"] < 16), r.low[_concept(row)]
    credit, housing = r.paid_universal_credit, np.asarray(r.lines["housing_benefit"]["housing_benefit"])
    claimed = (credit + housing > 0)[r.unit_of_person]
    earns = r.in_unit(r.works & ~r.child) > 0
    found = np.zeros(len(child))
    for group in (earns, ~earns):
        members = child & group & low
        counted = float(r.person_weight @ (members & claimed))
        found += (members & claimed) * (float(r.person_weight @ members) / max(counted, 1.0))
    return Part(r.of_persons(found), r.of_persons(child))


BY_REGION = {
    "low_income_rate_region": "all individuals",
    "child_low_income_rate_region": "children",
    "workingage_low_income_rate_region": "working-age adults",
    "pensioner_low_income_rate_region": "pensioners",
}


@measures_now(*BY_REGION)
def _low_income_by_region(r: Results, row: Row) -> Measure | None:
    return _low_among(r, _concept(row), r.groups[BY_REGION[row.measure]])


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


@measures_now("low_income_rate_by_family_type", "workingage_low_income_rate_by_family_type")
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


@measures_now("low_income_rate_by_economic_status")
def _low_income_by_work(r: Results, row: Row) -> Measure | None:
    chosen = _work_table(r).get(row.of("economic_status") or "")
    return None if chosen is None else _low_among(r, _concept(row), chosen)


@measures_now("workingage_low_income_rate_by_family_and_work")
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


@measures_now("child_low_income_rate_by_family_and_work")
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


@measures_now("child_low_income_rate_by_number_of_children")
def _low_income_by_children(r: Results, row: Row) -> Measure | None:
    number = r.children[r.unit_of_person]
    table = {"One child": number == 1, "Two children": number == 2, "Three or more children": number >= 3}
    chosen = table.get(row.of("children") or "")
    return None if chosen is None else _low_among(r, _concept(row), r.child & chosen)


@measures_now("pensioner_low_income_rate_by_age_gender")
def _low_income_of_pensioners(r: Results, row: Row) -> Measure | None:
    group, age = row.of("group") or "", r.persons["age"]
    table = {"Male": r.persons["sex"] == 0, "Female": r.persons["sex"] == 1, "All pensioners (per cent)": age >= 0, "85 +": age >= 85}
    numbers = [int(part) for part in group.split(" - ") if part.isdigit()]
    chosen = (age >= numbers[0]) & (age <= numbers[1]) if len(numbers) == 2 else table.get(group)
    return None if chosen is None else _low_among(r, _concept(row), r.pensioner & chosen)


@measures_now("pensioner_low_income_rate_by_tenure")
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


@measures_now("low_income_rate_by_disability")
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


@measures_now("household_income_mean", "household_income_equivalised_mean")
def _mean_of_households(r: Results, row: Row) -> Measure | None:
    """Mean income of households, £ a year: total with benefits, net of taxes, or equivalised before or after housing costs."""
    kind, table = row.of("income") or "", r.lines["disposable_income"]
    if row.measure == "household_income_equivalised_mean":
        values = r.income.get(kind)
    else:
        values = {"total": table["market_income"] + table["benefits"], "net": table["disposable_income"]}.get(kind)
    return None if values is None else Part(r.of_homes(values), r.of_homes(np.ones(len(values))))
