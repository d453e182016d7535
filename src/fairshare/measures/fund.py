"""What a fund that keeps its capital holds and pays over the years, when the same sum is put in each year.

In the money of the year shown. What it earns above prices is an assumption of the scenario; nobody who receives it is born or dies.
"""

from __future__ import annotations

from typing import Any

from fairshare.scenario import Fund

Row = dict[str, Any]
AFTER_YEARS = (1, 5, 10, 20, 30)


def over_years(run: Any) -> list[Row]:
    """A row for each fund of a run and each number of years; none where it has no fund."""
    rows: list[Row] = []
    for use, made in zip(run.scenario.use, run.uses, strict=False):
        if not isinstance(use, Fund):
            continue
        receivers = float(made.details["receivers"])
        for years in AFTER_YEARS:
            held = use.holds(years, made.amount)
            paid = use.pays_out * held
            each = paid / receivers if receivers else 0.0
            rows.append({"fund": use.what, "after_years": years, "holds": held, "pays_out": paid, "pays_each": each})
    return rows
