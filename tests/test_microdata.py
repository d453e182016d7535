"""The benchmark on open real microdata: what is not there is skipped with a reason; a teaching file in the open one's form is read."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
HEAD = "casenew,weighta,P550tpr,P344pr,P425r,A172,A093r,A094r,A121r,SexHRP,A049r,G018r,G019r,Gorx,weightar"
PLACES = ("London", "South East", "North West and Merseyside", "Northern Ireland")


@pytest.fixture
def microdata() -> ModuleType:
    spec = importlib.util.spec_from_file_location("microdata", BENCHMARKS / "microdata.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_that_are_not_there_are_skipped_with_a_reason(microdata: ModuleType, tmp_path: Path) -> None:
    found = microdata.report(tmp_path)
    assert set(found) == {"skipped"} and len(found["skipped"]) == 2
    assert microdata.text(found).count("is not there") == 2


def test_one_half_is_matched_to_the_other(microdata: ModuleType, tmp_path: Path) -> None:
    draw, lines = np.random.default_rng(3), [HEAD]
    for case in range(2_000):
        income = float(np.exp(6 + 0.6 * draw.standard_normal()))
        spends = 100 + 0.5 * income * np.exp(0.3 * draw.standard_normal())
        kind = ("Owned", "Private rented")[case % 2]
        lines.append(
            f"{case},5,{spends:.2f},{income:.2f},Earned income,Yes,Full-time working,x,{kind},Male,2 person,2 adults,"
            f"{('No children', 'One child')[case % 3 == 0]},{PLACES[case % 4]},1"
        )
    (tmp_path / microdata.LCF).write_text("\n".join(lines) + "\n")
    found = microdata.report(tmp_path)
    assert found["lcf"]["weighted_households"] == pytest.approx(2_000 * 5_000)
    rows = found["one_half_to_the_other"]["mean_a_week"]
    for name in ("everyone", "income fifth 1", "income fifth 5", "owners", "with children"):
        assert rows[name]["given"] == pytest.approx(rows[name]["own"], rel=0.08), name


def test_the_open_files_themselves() -> None:
    place = Path(os.environ.get("FAIRSHARE_SHARED", BENCHMARKS.parents[1] / "shared")) / "microdata"
    if not place.is_dir():
        pytest.skip(f"{place} is not here (set FAIRSHARE_SHARED to the folder that holds microdata)")
    command = [sys.executable, str(BENCHMARKS / "microdata.py"), str(place)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "5,144 households for 26.84m" in printed and "1,000" in printed
