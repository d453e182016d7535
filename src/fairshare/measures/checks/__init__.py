"""What the law gives on a population, beside what is published of it: receipts, spending, taxpayers, low income, inequality.

No population is made to agree with these figures (those few that one was made to are marked), so that how far they lie apart
is what is known of the model's error. The rows stand in `parameters/britain/checks.csv`; further files may hold more.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fairshare.measures.checks import claims, household_incomes, receipts, taxpayers
from fairshare.measures.checks.results import LAW_MEASURES, Results
from fairshare.population.measured import MEASURES, Workshop
from fairshare.population.published import Row, council_rows, declared, further
from fairshare.population.records import Population
from fairshare.population.report_card import card, target
from fairshare.population.synthetic import figures as f

CONCEPTS = (receipts, claims, taxpayers, household_incomes)
"""Each enters its measures in LAW_MEASURES."""

__all__ = ["CONCEPTS", "LAW_MEASURES", "Results", "checks", "report"]


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
