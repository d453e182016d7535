"""A row for each household of a run, as a file: only when it is asked for in so many words, because of a licensed survey it must stay
where it is. No other file that a run writes holds records."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from fairshare.measures.households import Households, RunLike
from fairshare.population.disclosure import licensed
from fairshare.report.page import write_file

NAME = "households.csv"
COLUMNS = ("council", "region", "tenure", "weight", "before", "after", "change")


def write_records(run: RunLike, folder: Path) -> Path:
    """`households.csv`: place and tenure by number, weight, disposable income under both laws and the change, £ a year. Of a licensed
    survey it is readable by its owner alone, and says that it may not be passed on."""
    homes = Households(run)
    rows = np.column_stack([homes.of_household(name) for name in COLUMNS[:4]] + [homes.before, homes.after, homes.change])
    lines = [f"# {run.population.says}"]
    if licensed(run.population):
        lines.append("# Records of a survey held under a licence: they may not be passed on, nor any cell of fewer than ten of them shown.")
    lines.append(",".join(COLUMNS))
    lines += [f"{row[0]:.0f},{row[1]:.0f},{row[2]:.0f},{row[3]:.6f},{row[4]:.2f},{row[5]:.2f},{row[6]:.2f}" for row in rows]
    path = folder / NAME
    write_file(path, ("\n".join(lines) + "\n").encode())
    if licensed(run.population):
        path.chmod(0o600)
    return path
