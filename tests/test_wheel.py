"""What an installed copy can do outside the checkout: law, scenarios and dashboards travel inside the wheel."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from fairshare.areas import folder

ROOT = folder("parameters").parent
SAM = "year: 2026-27\ncouncil: Leeds\npeople:\n  - {name: Sam, age: 34, earnings: 30000}\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the package as the wheel has it, beside nothing else."""
    if not (ROOT / "pyproject.toml").exists():
        pytest.skip("this is an installed copy; there is nothing to build a wheel from")
    place = tmp_path_factory.mktemp("wheel")
    build = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--wheel-dir", str(place)]
    done = subprocess.run([sys.executable, "-m", *build, str(ROOT)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (wheel,) = place.glob("fairshare-*.whl")
    with zipfile.ZipFile(wheel) as files:
        files.extractall(place / "installed")
    return place / "installed"


def run(installed: Path, cwd: Path, *words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed), "FAIRSHARE_PLAIN": "1"}
    done = subprocess.run([sys.executable, "-m", "fairshare.cli", *words], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_law_travels_with_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import fairshare; print(fairshare.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
    )
    assert str(installed) in where.stdout
    assert "12,570" in run(installed, tmp_path, "law", "show", "income_tax")


def test_a_household_is_worked_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "sam.yaml").write_text(SAM, encoding="utf-8")
    assert "3,486.00" in run(installed, tmp_path, "household", "sam.yaml", "--per", "year")  # 17,430 at 20%


def test_scenarios_and_dashboards_travel_too(installed: Path, tmp_path: Path) -> None:
    assert "child_benefit" in run(installed, tmp_path, "scenarios", "list")
    for name in ("parameters", "scenarios", "dashboards"):
        there = {path.relative_to(ROOT / name) for path in (ROOT / name).rglob("*") if path.suffix in {".yaml", ".csv", ".py"}}
        inside = {path.relative_to(installed / "fairshare" / name) for path in (installed / "fairshare" / name).rglob("*")}
        assert {path for path in there if "__pycache__" not in path.parts} <= inside
