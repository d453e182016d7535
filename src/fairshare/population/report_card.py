"""The report card of a population: every published figure, the population's own, and the gap; and what it is, in plain words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import areas
from fairshare.population.disclosure import COUNCIL_MINIMUM, hidden_groups, licensed
from fairshare.population.measured import MEASURES, Workshop
from fairshare.population.published import Row, area_name, council_rows, declared, further, not_comparable
from fairshare.population.records import Description, Population, counts
from fairshare.population.standards import standards
from fairshare.population.synthetic import figures as f

WITHIN = (3.0, 5.0, 10.0)
"""Gaps (per cent, either way) that the summary counts."""
LISTED = 40
"""Misses of one kind that the text shows; the JSON document holds them all."""


def target(row: Row, model: float) -> dict[str, Any]:
    """One line of the report card. `gap_pct` is how far the model lies from the published figure, in per cent of it."""
    gap = 100.0 * (model / row.value - 1.0) if row.value else None
    return {
        "id": row.id,
        "area": row.area,
        "area_name": area_name(row.area),
        "says": row.says,
        "level": row.level,
        "published": row.value,
        "model": round(model, 6),
        "gap_pct": None if gap is None else round(gap, 3),
        "unit": row.unit,
        "period": row.period,
        "calibrated": row.calibrated,
        "kind_of_figure": row.kind_of_figure or None,
        "measure": row.measure,
        "source": row.source,
        "basis": row.basis,
        "not_comparable": not_comparable(row),
    }


def report(population: Population, extra_target_files: list[Path]) -> dict[str, Any]:
    """Every declared target and every expressible row of further files, with the model's figure and the gap.

    Gives the form of `card`; the summary lists the rows that have no expression in records, with the reason.
    Raises Fault for a file that cannot be read.
    """
    rows = [*declared("targets"), *(row for row in council_rows() if row.measure in MEASURES)]
    extra, unread = further(extra_target_files, f.rows("council_targets"))
    held = {row.id for row in rows}
    workshop = Workshop(population, MEASURES)
    targets, missing = [], []
    for row in [*rows, *(row for row in extra if row.id not in held)]:
        model = workshop.model(row)
        if isinstance(model, str):
            missing.append({"id": row.id, "why": model})
        else:
            targets.append(target(row, model))
    missing += [{"id": row.id, "why": row.why} for row in unread]
    return card(targets, missing, population)


def card(targets: list[dict[str, Any]], missing: list[dict[str, str]], population: Population) -> dict[str, Any]:
    """{"targets": [...], "summary": {...}, "standards": [...], "population": what it is}: what other programs read."""
    targets, held_back = _shown(targets, population)
    missing = [*missing, *held_back]
    asked = [standard._asdict() for standard in standards(targets, population)]
    return {"targets": targets, "summary": summary(targets, missing), "standards": asked, "population": says(population)}


def _shown(targets: list[dict[str, Any]], population: Population) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """What may be shown of a licensed survey: no council that it does not name or that rests on too few of its records, nor one that
    its region and the other councils would give away; and the rest, with the reason."""
    if not licensed(population):
        return targets, []
    records = np.bincount(population.households["council"], minlength=len(areas()))
    hidden = np.full(len(areas()), population.details.get("councils_known") is False)
    for region in np.unique(f.area_regions()):
        own = np.flatnonzero(f.area_regions() == region)
        hidden[own] |= hidden_groups(records[own], records[own], COUNCIL_MINIMUM)
    codes = {area.code for area in areas() if hidden[area.row] or not records[area.row]}
    why = "the survey has too few records there to show, or names no council"
    return [row for row in targets if row["area"] not in codes], [{"id": row["id"], "why": why} for row in targets if row["area"] in codes]


def summary(targets: list[dict[str, Any]], missing: list[dict[str, str]]) -> dict[str, Any]:
    """How many targets lie within 3, 5 and 10 per cent, and the middle gap: in all, by level, calibrated to and only checked.

    Figures that are not comparable are counted by themselves.
    """
    apart = [row for row in targets if row.get("not_comparable")]
    targets = [row for row in targets if not row.get("not_comparable")]
    groups: dict[str, list[dict[str, Any]]] = {"all": targets}
    for level in ("national", "regional", "council"):
        groups[level] = [row for row in targets if row["level"] == level]
    groups["calibrated"] = [row for row in targets if row["calibrated"]]
    groups["only_checked"] = [row for row in targets if not row["calibrated"]]
    return {
        **{name: _counts(rows) for name, rows in groups.items()},
        "not_comparable": len(apart),
        "not_expressed": len(missing),
        "not_expressed_rows": missing,
    }


def _counts(rows: list[dict[str, Any]]) -> dict[str, Any]:
    gaps = np.array([abs(row["gap_pct"]) for row in rows if row["gap_pct"] is not None])
    counts: dict[str, Any] = {"targets": len(rows)}
    for edge in WITHIN:
        counts[f"within_{edge:g}_pct"] = int((gaps <= edge).sum())
    counts["median_absolute_gap_pct"] = round(float(np.median(gaps)), 3) if len(gaps) else None
    return counts


def report_text(report: dict[str, Any]) -> str:
    """The report card to read: a summary, then misses first, what was calibrated to and what was only checked apart."""
    counts = report["summary"]
    lines = [report["population"], "", *_standard_lines(report["standards"]), "", "How close it comes to what is published"]
    for name, says_ in (
        ("national", "national figures"),
        ("regional", "regional figures"),
        ("council", "figures of councils"),
        ("calibrated", "figures it was made to"),
        ("only_checked", "figures it was only checked against"),
    ):
        lines.append(_summary_line(says_, counts[name]))
    for calibrated, title in ((False, "Only checked: nothing was made to agree with these"), (True, "Made to agree with these")):
        misses, hits = ranked(report["targets"], calibrated)
        rows = [*misses, *hits]
        lines += ["", title, f"  More than {WITHIN[0]:g}% away: {len(misses)} of {len(rows)}"]
        lines += [_line(row) for row in misses[:LISTED]]
        lines += [f"  ... and {len(misses) - LISTED} more (all of them with --json)"] if len(misses) > LISTED else []
        lines += [f"  Within {WITHIN[0]:g}%: {len(hits)}"]
        lines += [_line(row) for row in hits[:LISTED]]
        lines += [f"  ... and {len(hits) - LISTED} more (all of them with --json)"] if len(hits) > LISTED else []
    lines += ["", *_council_lines(report["targets"])]
    if apart := [row for row in report["targets"] if row.get("not_comparable")]:
        lines += ["", f"Not comparable, and not counted above: {len(apart)}"]
        for why in dict.fromkeys(row["not_comparable"] for row in apart):
            lines += [f"  Because it {why}:" if why.split()[0] in ("holds",) else f"  {why[0].upper()}{why[1:]}:"]
            lines += [f"  {_line(row)}" for row in apart if row["not_comparable"] == why]
    if counts["not_expressed"]:
        lines += ["", f"{counts['not_expressed']:,} figures have no expression in records, and are not compared:"]
        reasons = Counter(row["why"] for row in counts["not_expressed_rows"])
        lines += [f"  {count:,}: {why}" for why, count in reasons.most_common(12)]
    return "\n".join(lines)


def ranked(targets: list[dict[str, Any]], calibrated: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The comparable figures of the nation and regions, calibrated to or only checked: those more than 3% away, and the others;
    each with the furthest first."""
    rows = [row for row in targets if row["calibrated"] is calibrated and row["level"] != "council" and not row.get("not_comparable")]
    rows.sort(key=lambda row: -abs(row["gap_pct"] or 0.0))
    misses = [row for row in rows if abs(row["gap_pct"] or 0.0) > WITHIN[0]]
    return misses, rows[len(misses) :]


def in_order(asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Standards to read: those that are missed first, then those that cannot be judged, then those that are met."""
    return sorted(asked, key=lambda standard: (standard["met"] is not False, standard["met"] is not None))


STANDS = {True: "met", False: "missed", None: "not known"}


def _standard_lines(asked: list[dict[str, Any]]) -> list[str]:
    met = sum(standard["met"] is True for standard in asked)
    lines = [f"What is asked of it, and what it reached: {met} of {len(asked)} met"]
    for standard in in_order(asked):
        lines.append(f"  {STANDS[standard['met']]:9s}  {standard['says']}: asked {standard['asked']}; reached {standard['reached']}")
    return lines


def _summary_line(says_: str, counts: dict[str, Any]) -> str:
    if not counts["targets"]:
        return f"  {says_}: none"
    within = ", ".join(f"{counts[f'within_{edge:g}_pct']:,} within {edge:g}%" for edge in WITHIN)
    return f"  {counts['targets']:,} {says_}: {within}; the middle gap is {counts['median_absolute_gap_pct']:.1f}%"


def _line(row: dict[str, Any]) -> str:
    gap = "     " if row["gap_pct"] is None else f"{row['gap_pct']:+7.1f}%"
    return f"  {gap}  {row['area_name']}: {row['says']} ({row['period']}): published {short(row['published'])}, here {short(row['model'])}"


def short(value: float) -> str:
    """A figure to read: whole below a million, then in millions and billions."""
    for size, word in ((1e9, "bn"), (1e6, "m")):
        if abs(value) >= size:
            return f"{value / size:,.3f}{word}"
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:,.3g}"


class CouncilFigure(NamedTuple):
    """One figure of councils: in how many of them the model lies within 10%, the middle gap and the furthest, per cent."""

    says: str
    calibrated: bool
    within: int
    councils: int
    middle: float
    furthest: str
    furthest_gap: float


def council_figures(targets: list[dict[str, Any]]) -> list[CouncilFigure]:
    """One line for each comparable figure of councils, those only checked first and those that hold in fewest councils first."""
    by_figure: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for row in targets:
        if row["level"] == "council" and row["gap_pct"] is not None and not row.get("not_comparable"):
            by_figure.setdefault((row["says"], row["calibrated"]), []).append(row)
    found = []
    for (says_, calibrated), rows in by_figure.items():
        gaps = np.array([row["gap_pct"] for row in rows])
        worst = int(np.argmax(np.abs(gaps)))
        within, middle = int((np.abs(gaps) <= WITHIN[-1]).sum()), float(np.median(np.abs(gaps)))
        found.append(CouncilFigure(says_, calibrated, within, len(rows), middle, rows[worst]["area_name"], float(gaps[worst])))
    return sorted(found, key=lambda row: (row.calibrated, row.within / row.councils))


def _council_lines(targets: list[dict[str, Any]]) -> list[str]:
    figures = council_figures(targets)
    if not figures:
        return []
    lines = ["By council: councils within 10%, the middle gap, and the council furthest away"]
    for row in figures:
        kind = "made to" if row.calibrated else "only checked"
        gaps = f"{row.within} of {row.councils}; {row.middle:.1f}%; {row.furthest} {row.furthest_gap:+.0f}%"
        lines.append(f"  {row.says} ({kind}): {gaps}")
    return lines


def says(population: Population | Description) -> str:
    """One sentence on what the population is, which stands on everything made from it."""
    what = population.says or f"A population of kind {population.kind}."
    return f"{population.name}, {population.year}: {what}"


def describe(population: Population | Description) -> str:
    """What the population is, in plain words: how made, how many records, of whom, in which year's money, from which sources."""
    held = counts(population) if isinstance(population, Population) else population.counts
    homes, people, unlived = (
        f"{number / 1e6:.2f} million" for number in (held.stand_for_households, held.stand_for_persons, held.stand_for_dwellings)
    )
    lines = [
        says(population),
        f"  {held.households:,} household records stand for {homes} households,",
        f"  {held.persons:,} person records for {people} people, in {held.councils} council areas.",
    ]
    if held.dwellings:
        lines.append(f"  {held.dwellings:,} records stand for {unlived} homes where nobody usually lives.")
    if held.top_records:
        lines.append(f"  {held.top_records:,} of the household records, with small weights, stand for the richest hundredth of households.")
    lines.append(f"  Money is in pounds of {population.year}" + (f"; seed {population.seed}." if population.seed is not None else "."))
    if population.kind == "synthetic":
        lines += [
            "  It is synthetic: joint incomes, wealth and homes are modelled, so single records mean nothing by themselves.",
            "  Made from:",
        ]
        lines += [f"    {publisher} ({count} {'release' if count == 1 else 'releases'})" for publisher, count in _publishers()]
        lines.append("  Each figure and its source: parameters/britain. How it is made: docs/population.md.")
        lines.append("  How close it comes to what is published: fairshare population report")
    return "\n".join(lines)


def _publishers() -> list[tuple[str, int]]:
    return Counter(row["publisher"] for row in f.rows("sources")).most_common()
