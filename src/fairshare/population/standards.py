"""What is asked of a population, beside what it reached: one line for each standard, from the lines of its report card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import areas
from fairshare.population.records import Population

Target = dict[str, Any]


class Standard(NamedTuple):
    """One thing asked. `met` is None where the report card holds nothing to judge it by."""

    id: str
    says: str
    asked: str
    reached: str
    met: bool | None


TARGETS, CHECKED = 400, 100
"""How many figures are to be calibrated to, and only checked, at least."""
WITHIN_NEAR, WITHIN_FAR, WITHIN_COUNCIL, MIDDLE = 0.95, 0.99, 0.95, 2.0
"""Parts of the nation's and regions' targets within 3% and 10%, of councils' within 10%, and the middle gap, per cent."""
CHECKED_WITHIN, CHECKED_MIDDLE = 0.70, 6.0
RECEIPTS, BENEFITS, GINI, POVERTY, POVERTY_OF_GROUPS = 5.0, 7.0, 0.015, 1.5, 3.0
"""Per cent of receipts and of spending; points of the Gini coefficient and of poverty after housing costs."""
RANKS = 0.8
DESIGN_EFFECT, EFFECTIVE, IN_COUNCILS, MOVED = 1.5, 100.0, 0.95, (0.2, 5.0)


def standards(targets: list[Target], population: Population) -> list[Standard]:
    """Every standard, worked from the comparable lines of a report card (see `report_card.target`) and from the weights."""
    lines = [row for row in targets if not row.get("not_comparable") and row["gap_pct"] is not None]
    wide = [row for row in lines if row["level"] != "council"]
    made, checked = [row for row in wide if row["calibrated"]], [row for row in wide if not row["calibrated"]]
    councils = [row for row in lines if row["level"] == "council" and row["calibrated"]]
    out = [
        _count("targets", "how many figures it is made to", len(made) + len(councils), TARGETS),
        _part("targets_near", "figures of the nation and regions it is made to: within 3%", made, 3.0, WITHIN_NEAR),
        _part("targets_far", "figures of the nation and regions it is made to: within 10%", made, 10.0, WITHIN_FAR),
        _part("targets_of_councils", "figures of councils it is made to: within 10%", councils, 10.0, WITHIN_COUNCIL),
        _middle("targets_middle", "figures it is made to: the middle gap", made + councils, MIDDLE),
        _count("checked", "how many figures of the nation and regions are only checked", len(checked), CHECKED),
        _part("checked_far", "figures that are only checked: within 10%", checked, 10.0, CHECKED_WITHIN),
        _middle("checked_middle", "figures that are only checked: the middle gap", checked, CHECKED_MIDDLE),
    ]
    for name, says, chosen in RECEIPT_LINES:
        out.append(_furthest(f"receipts_{name}", f"receipts of {says}, in each year", [row for row in wide if chosen(row)], RECEIPTS))
    for name, says, chosen in BENEFIT_LINES:
        out.append(_furthest(f"spending_{name}", f"spending on {says}, in each year", [row for row in wide if chosen(row)], BENEFITS))
    out.append(
        _points("gini", "the Gini coefficient, before and after housing costs", [row for row in wide if row["measure"] == "gini"], GINI)
    )
    for group, name, limit in POVERTY_GROUPS:
        rows = [
            row
            for row in wide
            if row["measure"] == "low_income_rate" and row["says"].startswith(f"low income rate: {group}, relative, AHC")
        ]
        out.append(_points(f"poverty_{name}", f"low income after housing costs, {group}", rows, limit, " points"))
    out.append(_ranked(lines))
    return [*out, *_of_weights(population)]


def _is(measure: str, *words: str) -> Callable[[Target], bool]:
    return lambda row: row["measure"] == measure and all(word in row["says"] for word in words)


RECEIPT_LINES: tuple[tuple[str, str, Callable[[Target], bool]], ...] = (
    ("income_tax", "income tax", _is("table_3_4", "Income tax")),
    ("national_insurance", "National Insurance", _is("table_3_4", "National insurance contributions")),
    ("council_tax", "council tax", _is("table_4_1", "Total council tax")),
    ("vat", "VAT from households", _is("household_vat")),
)
BENEFIT_LINES: tuple[tuple[str, str, Callable[[Target], bool]], ...] = (
    ("universal_credit", "Universal Credit", _is("universal_credit_expenditure")),
    ("state_pension", "State Pension", _is("state_pension_expenditure")),
    ("child_benefit", "Child Benefit", _is("child_benefit_expenditure")),
)
POVERTY_GROUPS = (
    ("all individuals", "all", POVERTY),
    ("children", "children", POVERTY_OF_GROUPS),
    ("pensioners", "pensioners", POVERTY_OF_GROUPS),
)


def _gaps(rows: list[Target]) -> np.ndarray:
    return np.array([abs(row["gap_pct"]) for row in rows])


def _count(name: str, says: str, count: int, least: int) -> Standard:
    return Standard(name, says, f"at least {least:,}", f"{count:,}", count >= least)


def _part(name: str, says: str, rows: list[Target], edge: float, least: float) -> Standard:
    if not rows:
        return Standard(name, says, f"{least:.0%}", "none", None)
    part = float((_gaps(rows) <= edge).mean())
    return Standard(name, says, f"at least {least:.0%}", f"{100 * part:.1f}%", part >= least)


def _middle(name: str, says: str, rows: list[Target], most: float) -> Standard:
    if not rows:
        return Standard(name, says, f"under {most:g}%", "none", None)
    middle = float(np.median(_gaps(rows)))
    return Standard(name, says, f"under {most:g}%", f"{middle:.1f}%", middle < most)


def _furthest(name: str, says: str, rows: list[Target], most: float) -> Standard:
    if not rows:
        return Standard(name, says, f"within {most:g}%", "not published in the tables held", None)
    parts = "; ".join(f"{row['period']} {row['gap_pct']:+.1f}%" for row in sorted(rows, key=lambda row: row["period"]))
    return Standard(name, says, f"within {most:g}%", parts, float(_gaps(rows).max()) <= most)


def _points(name: str, says: str, rows: list[Target], most: float, unit: str = "") -> Standard:
    if not rows:
        return Standard(name, says, f"within {most:g}{unit}", "not published in the tables held", None)
    # A published per cent stands for itself in points, and for a hundredth of it in a coefficient.
    scale = 1.0 if unit else max(1.0, 100.0 * (max(row["published"] for row in rows) > 1.0))
    gaps = [(row["model"] - row["published"]) / scale for row in rows]
    parts = "; ".join(f"{gap:+.{2 if unit else 3}f}" for gap in gaps)
    return Standard(name, says, f"within {most:g}{unit}", parts + unit, max(abs(gap) for gap in gaps) <= most)


def _ranked(lines: list[Target]) -> Standard:
    says = "rank correlation of children in low income by council"
    rows = [row for row in lines if row["level"] == "council" and row["measure"] == "children_relative_poverty_bhc"]
    if len(rows) < 3:
        return Standard("ranks_children", says, f"at least {RANKS}", "none", None)
    ranks = [np.argsort(np.argsort([row[side] for row in rows])) for side in ("published", "model")]
    found = float(np.corrcoef(np.array(ranks, float))[0, 1])
    return Standard("ranks_children", says, f"at least {RANKS}", f"{found:.2f}", found >= RANKS)


def _of_weights(population: Population) -> list[Standard]:
    """Bounds and design effect of calibration as the build kept them, and Kish's effective sample of every council."""
    out, homes = [], population.households
    moved, effect = population.details.get("weights_moved"), population.details.get("design_effect")
    if moved and effect:
        low, high = MOVED
        says = "how far calibration moved any weight from its start"
        inside = low <= moved[0] and moved[1] <= high
        out.append(Standard("weights_moved", says, f"{low:g} to {high:g} times", f"{moved[0]:.2f} to {moved[1]:.2f} times", inside))
        says = "design effect of calibration, the nation"
        out.append(Standard("design_effect", says, f"under {DESIGN_EFFECT}", f"{effect:.2f}", effect < DESIGN_EFFECT))
    council, weight = homes["council"].astype(int), homes["weight"]
    first, second = (np.bincount(council, weight**power, len(areas())) for power in (1, 2))
    effective = first**2 / np.maximum(second, 1e-12)
    part = float((effective >= EFFECTIVE).mean())
    says = f"councils with an effective sample of {EFFECTIVE:g} households or more"
    reached = f"{100 * part:.1f}% (the middle council {np.median(effective):.0f})"
    return [*out, Standard("effective_sample", says, f"at least {IN_COUNCILS:.0%}", reached, part >= IN_COUNCILS)]
