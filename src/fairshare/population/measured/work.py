"""Work, pay and study."""

from __future__ import annotations

from fairshare import quantities as q
from fairshare.population.measured.kinds import Array, Measure, Part, Quantile, Total
from fairshare.population.measured.records import Records
from fairshare.population.measured.table import measures
from fairshare.population.published import Row

FULL_TIME_HOURS = 30.0


@measures("employment_16plus", "employees_16plus", "ilo_unemployment_16plus", "employment_rate_16plus", "unemployment_rate_16plus")
def _labour_market(r: Records, row: Row) -> Measure | None:
    adult = r.persons["age"] >= 16
    works, seeks = adult & r.works, adult & (r.persons["activity"] == int(q.Activity.UNEMPLOYED))
    if row.measure == "employment_16plus":
        return Total(r.of_persons(works))
    if row.measure == "employees_16plus":
        own = r.persons["activity"] == int(q.Activity.SELF_EMPLOYED)
        return Total(r.of_persons(adult & r.employee & ~own))
    if row.measure == "ilo_unemployment_16plus":
        return Total(r.of_persons(seeks))
    if row.measure == "unemployment_rate_16plus":
        return Part(r.of_persons(seeks), r.of_persons(seeks | works))
    return Part(r.of_persons(works), r.of_persons(adult))


@measures("population_16plus")
def _adults(r: Records, row: Row) -> Measure | None:
    """Thousands of people of 16 and over (OBR), in private households here."""
    return Total(r.of_persons(r.persons["age"] >= 16) / 1e3)


@measures("participation_rate_16plus", "inactivity_rate_16_64")
def _participation(r: Records, row: Row) -> Measure | None:
    age = r.persons["age"]
    active = r.works | (r.persons["activity"] == int(q.Activity.UNEMPLOYED))
    if row.measure == "participation_rate_16plus":
        return Part(r.of_persons((age >= 16) & active), r.of_persons(age >= 16))
    working_age = (age >= 16) & (age <= 64)
    return Part(r.of_persons(working_age & ~active), r.of_persons(working_age))


@measures("employment_rate_16_64")
def _employment_rate(r: Records, row: Row) -> Measure | None:
    working_age = (r.persons["age"] >= 16) & (r.persons["age"] <= 64)
    return Part(r.of_persons(working_age & r.works), r.of_persons(working_age))


@measures("average_hours_worked")
def _average_hours(r: Records, row: Row) -> Measure | None:
    return Part(r.of_persons(r.works * r.persons["hours"]), r.of_persons(r.works))


@measures("wages_and_salaries")
def _wages(r: Records, row: Row) -> Measure | None:
    return Total(r.of_persons(r.persons["earnings"]))


@measures("employee_jobs")
def _jobs(r: Records, row: Row) -> Measure | None:
    return Total(r.of_persons(r.employee))


def _pay(r: Records, rows: Array, at: float, periods: float = 1.0) -> Measure:
    return Quantile(r.persons["earnings"][rows] / periods, r.person_weight[rows], r.person_council[rows], at)


@measures("median_weekly_pay")
def _weekly_pay(r: Records, row: Row) -> Measure | None:
    return _pay(r, r.employee & r.whole_year, 0.5, q.WEEKS_IN_YEAR)


@measures("annual_pay_percentile")
def _annual_pay(r: Records, row: Row) -> Measure | None:
    return _pay(r, r.employee & r.whole_year, float(row.of("percentile") or 50) / 100)


@measures("median_annual_ft_earnings_residence", "lower_quartile_annual_ft_earnings_residence")
def _full_time_pay(r: Records, row: Row) -> Measure | None:
    """Those paid for the whole year, as far as it can be told: ASHE's annual pay is of people a year or more in the job."""
    full = r.employee & (r.persons["hours"] >= FULL_TIME_HOURS) & r.whole_year
    return _pay(r, full, 0.5 if row.measure.startswith("median") else 0.25)


@measures("maintenance_loan_recipients")
def _maintenance_loans(r: Records, row: Row) -> Measure | None:
    """Full-time students in higher education under 30, set beside the loans paid to them and to those in halls."""
    return Total(r.of_persons((r.persons["education"] == int(q.Education.HIGHER)) & (r.persons["age"] < 30)))
