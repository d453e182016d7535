"""Pensions and disability benefits, as recorded."""

from __future__ import annotations

import numpy as np

from fairshare.population.measured.kinds import Measure, Total
from fairshare.population.measured.records import Records
from fairshare.population.measured.table import measures
from fairshare.population.published import Row
from fairshare.population.synthetic.other_incomes import (
    NEW_SYSTEM_BELOW,
    PENSIONERS_IN_HOUSEHOLDS,
    STATE_PENSION_ABROAD,
    STATE_PENSION_UK_2025_26,
)


@measures("state_pension_expenditure")
def _state_pension(r: Records, row: Row) -> Measure | None:
    """Paid to people in private households; the published sum has those in care homes and abroad, as step 4 left them out."""
    more = (1.0 + STATE_PENSION_ABROAD / STATE_PENSION_UK_2025_26) / PENSIONERS_IN_HOUSEHOLDS
    return Total(r.of_persons(r.persons["state_pension"]) * more)


@measures("state_pension_caseload", "state_pension_claims")
def _state_pensioners(r: Records, row: Row) -> Measure | None:
    if row.of("series") not in (None, "total"):
        return None
    return Total(r.of_persons(r.persons["state_pension"] > 0))


@measures("new_state_pension_claims")
def _new_state_pensioners(r: Records, row: Row) -> Measure | None:
    """People young enough for the new State Pension: step 4 gives them the amounts of its system."""
    below = np.where(r.persons["sex"] == 0, NEW_SYSTEM_BELOW[0], NEW_SYSTEM_BELOW[1])
    return Total(r.of_persons((r.persons["state_pension"] > 0) & (r.persons["age"] < below)))


@measures("pip_caseload", "pip_claims")
def _pip(r: Records, row: Row) -> Measure | None:
    if row.of("series") == "total":
        return None  # awards that are not in payment have no record
    return Total(r.of_persons((r.persons["pip_daily_living"] > 0) | (r.persons["pip_mobility"] > 0)))


@measures("pip_daily_living_claims")
def _pip_daily_living(r: Records, row: Row) -> Measure | None:
    level = {"standard": 1, "enhanced": 2}.get(row.of("rate") or "")
    return None if level is None else Total(r.of_persons(r.persons["pip_daily_living"] == level))


@measures("dla_caseload", "dla_claims")
def _dla(r: Records, row: Row) -> Measure | None:
    if row.of("series") == "total":
        return None
    return Total(r.of_persons((r.persons["dla_care"] > 0) | (r.persons["dla_mobility"] > 0)))


@measures("attendance_allowance_claims", "attendance_allowance_caseload")
def _attendance_allowance(r: Records, row: Row) -> Measure | None:
    """Awards in payment; those that are not (in hospital, in homes paid for by councils) have no record."""
    if "in payment" not in (row.of("scope") or row.of("series") or ""):
        return None
    return Total(r.of_persons(r.persons["attendance"] > 0))


@measures("child_benefit_families_opted_out_of_payment")
def _opted_out(r: Records, row: Row) -> Measure | None:
    return Total(r.of_units(r.units["child_benefit_opt_out"] == 1))


@measures("child_benefit_children_in_opted_out_families")
def _children_opted_out(r: Records, row: Row) -> Measure | None:
    return Total(r.of_units((r.units["child_benefit_opt_out"] == 1) * r.children))
