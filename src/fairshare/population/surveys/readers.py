"""The kinds of files that a user may hold, and the reader of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from fairshare.faults import Fault, nearest
from fairshare.population.records import Population

Progress = Callable[[str, float], None]
Read = tuple[Population, dict[str, np.ndarray]]
"""A population, and further tables that the survey came with, by name."""


class Kind(NamedTuple):
    """A kind of file: what it is in a few words, the options it takes, and its reader."""

    says: str
    options: tuple[str, ...]
    reader: Callable[..., Read]


def _policyengine(path: Path, progress: Progress, seed: int) -> Read:
    from fairshare.population.surveys.policyengine import read_policyengine

    return read_policyengine(path, seed=seed), {}


def _euromod(path: Path, progress: Progress, seed: int, year: str | None = None) -> Read:
    from fairshare.population.surveys.euromod import read_euromod

    return read_euromod(path, year, seed=seed), {}


def _table(path: Path, progress: Progress, seed: int, year: str | None = None) -> Read:
    from fairshare.population.surveys.own_tables import read_own_tables

    return read_own_tables(path, year), {}


def _frs(
    path: Path,
    progress: Progress,
    seed: int,
    year: str | None = None,
    weights: Path | None = None,
    weight_column: str | None = None,
    hbai: Path | None = None,
) -> Read:
    from fairshare.population.surveys.frs import read_frs
    from fairshare.population.surveys.hbai import read_hbai

    people, beside = read_frs(path, year, weights, weight_column, seed=seed, progress=progress)
    return people, beside if hbai is None else {**beside, "hbai": read_hbai(hbai, people, beside["source"])}


DONORS = ("was", "lcf", "etb", "spi")
"""Surveys that may be matched in, by the name of their option."""

KINDS = {
    "frs": Kind(
        "a folder of the Family Resources Survey, as the UK Data Service ships it",
        ("year", "weights", "weight_column", "hbai", "calibrate", *DONORS),
        _frs,
    ),
    "euromod": Kind("a UKMOD or EUROMOD input file (tab-delimited text)", ("year", "calibrate", *DONORS), _euromod),
    "policyengine": Kind("a single-year HDF5 file", ("calibrate",), _policyengine),
    "table": Kind("a folder of your own CSV or Parquet tables (see `fairshare population schema`)", ("year", "calibrate", *DONORS), _table),
}


def read_survey(kind: str, path: Path, progress: Progress, seed: int = 0, **options: Any) -> Read:
    """The population of files of this kind, with other surveys matched in where they are named. Options that are None are left out.

    `seed` is that of every chance: councils, take-up, matching. Raises Fault for an unknown kind or option.
    """
    if kind not in KINDS:
        raise Fault(f'There is no reader for "{kind}"{nearest(kind, KINDS)} Readers: {", ".join(KINDS)}.')
    if not path.exists():
        raise Fault(f"There is no file or folder {path}; check the name.")
    given = {name: value for name, value in options.items() if value is not None}
    for name in given:
        if name not in KINDS[kind].options:
            known = ", ".join(f"--{each.replace('_', '-')}" for each in KINDS[kind].options) or "none"
            raise Fault(f"`import {kind}` takes no --{name.replace('_', '-')}; its options are: {known}.")
    level = given.pop("calibrate", None)
    donors = {name: given.pop(name) for name in DONORS if name in given}
    for name, place in donors.items():
        if not place.exists():
            raise Fault(f"There is no file or folder {place} (--{name}); check the name.")
    people, beside = KINDS[kind].reader(path, lambda says, share: progress(says, 0.4 * share), seed, **given)
    if donors:
        from fairshare.population.surveys.matched import Files, with_matched

        people, beside = with_matched(people, beside, Files(**donors), seed, lambda says, share: progress(says, 0.4 + 0.4 * share))
    if level is not None:
        from fairshare.population.surveys.calibrating import calibrate

        people, beside = calibrate(people, beside, level, seed, lambda says, share: progress(says, 0.8 + 0.2 * share))
    return people, beside


LISTED = 60
"""As many names as one paragraph shows."""


def findings(people: Population) -> str:
    """What an import found, worked out, set to its default and left aside, in words. Names of columns only: no value of the file."""
    details = people.details
    lines: list[str] = []
    for key, title in (("found", "Found"), ("derived", "Worked out")):
        held: dict[str, str] = details.get(key, {})
        if held:
            lines += ["", f"{title} ({len(held)}):", *(f"  {name}: {what}" for name, what in sorted(held.items()))]
    for key, title in (("zero", "Not in the files, so zero or the default"), ("left_aside", "In the files, and not used")):
        names: list[str] = list(details.get(key, []))
        if names:
            more = f", and {len(names) - LISTED} more" if len(names) > LISTED else ""
            lines += ["", f"{title} ({len(names)}):", f"  {', '.join(names[:LISTED])}{more}"]
    if details.get("assumed"):
        lines += ["", "Assumed:", *(f"  {each}" for each in details["assumed"])]
    if details.get("matched"):
        from fairshare.population.surveys.matched import diagnostic_text

        lines.append(diagnostic_text(details["matched"]))
    if details.get("calibrated"):
        from fairshare.population.surveys.calibrating import calibrated_text

        lines += ["", calibrated_text(details["calibrated"])]
    return "\n".join(lines)
