"""No edit can bring back the old law: in a copy of the tree, each kind of edit takes effect in the next process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fairshare import compiled
from fairshare.areas import folder

ROOT = folder("parameters").parent

PROBE = """
import json, sys
sys.path.insert(0, {tests!r})
from building import home, person, town, unit
from fairshare import compiled
from fairshare.assessment import RULES, worked_alone
from fairshare.law import law_in_force, with_changes
from fairshare.reading import parse
wealthy = unit(person(40, earnings=60_000.0, private_pension=1_000.0, wealth_share=1.0))
people, tables = town(home(wealthy, financial_wealth=1_000_000.0), year="2025-26"), {{}}
bands = [{{"above": 0, "rate": 0}}, {{"above": 500_000, "rate": 0.01}}]
law = with_changes(law_in_force("2025-26"), {{"wealth_tax": {{"bands": bands}}}}, parse("a: 1"), ())
needed = {{"wealth_tax"}}
for instrument in reversed(list(RULES)):
    if instrument.name in needed:
        needed |= set(instrument.reads)
for instrument in RULES:
    if instrument.name in needed:
        tables[instrument.name] = worked_alone(instrument, people, law, tables)
hits = {{each.__module__.split(".")[-1]: sum(each.stats.cache_hits.values()) for each in compiled.passes}}
print(json.dumps({{
    "tax": float(tables["income_tax"]["income_tax"][0]),
    "total_income": float(tables["income_tax"]["total_income"][0]),
    "class_1": float(tables["national_insurance"]["class_1"][0]),
    "wealth_tax": float(tables["wealth_tax"]["wealth_tax"][0]),
    "pension": float(tables["state_pension"]["state_pension"][0]),
    "hits": {{name: hits[name] for name in ("income_tax", "national_insurance", "state_pension")}},
}}))
"""


class Copy:
    """A copy of the package with its own cache of compiled code, worked in processes of its own."""

    def __init__(self, place: Path) -> None:
        self.place, self.package = place, place / "src" / "fairshare"
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "src", place / "src", ignore=ignored)
        shutil.copytree(ROOT / "parameters", place / "parameters", ignore=shutil.ignore_patterns("britain"))

    def worked(self) -> dict:
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.place / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "FAIRSHARE_CACHE": str(self.place / "cache"),
            "FAIRSHARE_PLAIN": "0",
        }
        code = PROBE.format(tests=str(ROOT / "tests"))
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=self.place)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace text in a file and keep its size and time stamp, which is all that numba's own index looks at."""
        path = self.package / file
        text, stamp = path.read_text(encoding="utf-8"), path.stat()
        assert text.count(old) == 1, f"{file} holds {text.count(old)} times {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Copy:
    return Copy(tmp_path_factory.mktemp("copy"))


def test_edits_take_effect_and_nothing_old_comes_back(tree: Copy) -> None:
    first = tree.worked()
    # pay 60,000 and pension 1,000, 2025-26: 37,700 at 20% and 10,730 at 40%; 37,700 at 8% and 9,730 at 2%
    assert (first["tax"], first["class_1"]) == (pytest.approx(11_832.0), pytest.approx(3_210.6))
    assert first["total_income"] == pytest.approx(61_000.0) and first["pension"] == 0.0
    assert first["wealth_tax"] == pytest.approx(5_000.0)  # 1% of what lies above 500,000

    again = tree.worked()
    assert {name: again[name] for name in first if name != "hits"} == {name: first[name] for name in first if name != "hits"}
    assert all(hits > 0 for hits in again["hits"].values()), "a second process must load what the first compiled"

    # a rule: the tax doubles, and nothing else is compiled again
    tree.edit("rules/income_tax.py", "income_tax=tax - finance - married_couples - marriage", "income_tax=tax + tax")
    edited = tree.worked()
    assert edited["tax"] == pytest.approx(2 * 11_832.0) and edited["class_1"] == first["class_1"]
    assert edited["hits"]["national_insurance"] > 0 and edited["hits"]["income_tax"] == 0
    tree.edit("rules/income_tax.py", "income_tax=tax + tax", "income_tax=tax - finance - married_couples - marriage")
    assert tree.worked()["tax"] == first["tax"]

    # a file that every rule shares: the charge of a schedule doubles inside the passes of other files
    whole, double = "total += (top - schedule[i].above) * schedule[i].rate", "total += (top - schedule[i].above) * schedule[i].rate * 2.0"
    tree.edit("schedule.py", whole, double)
    shared = tree.worked()
    assert shared["wealth_tax"] == pytest.approx(10_000.0) and shared["tax"] == first["tax"]
    assert all(hits == 0 for hits in shared["hits"].values()), "a shared file changed, so everything is compiled again"
    tree.edit("schedule.py", double, whole)
    assert tree.worked()["wealth_tax"] == pytest.approx(5_000.0)

    # two lines upstream change places: what is read by name stays right
    path = tree.package / "rules" / "state_pension.py"
    text = path.read_text(encoding="utf-8")
    one, other = "    over_pension_age: Count\n", "    state_pension: Pounds\n"
    assert text.count(one) == text.count(other) == 1
    swapped = text.replace(one, "one line").replace(other, one).replace("one line", other)
    assert swapped != text
    path.write_text(swapped, encoding="utf-8")
    same = tree.worked()
    assert (same["tax"], same["class_1"]) == (first["tax"], first["class_1"])

    # two columns of the records change places: what is read by name stays right
    path = tree.package / "population" / "records.py"
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    one = next(i for i, line in enumerate(lines) if line.strip().startswith('_money("earnings"'))
    other = next(i for i, line in enumerate(lines) if line.strip().startswith('_money("private_pension"'))
    lines[one], lines[other] = lines[other], lines[one]
    path.write_text("".join(lines), encoding="utf-8")
    moved = tree.worked()
    assert (moved["tax"], moved["class_1"], moved["total_income"]) == (first["tax"], first["class_1"], first["total_income"])


def test_compiled_code_is_kept_by_the_content_of_its_file(tmp_path: Path) -> None:
    source = tmp_path / "rule.py"
    source.write_text("x = 1\n", encoding="utf-8")
    before = compiled._digest(source)
    source.write_text("x = 2\n", encoding="utf-8")
    assert compiled._digest(source) != before
    assert {"quantities.py", "schedule.py", "compiled.py"} <= set(compiled.SHARED)


def test_old_versions_of_compiled_code_are_removed(tmp_path: Path) -> None:
    for version in range(9):
        (tmp_path / f"v{version}").mkdir()
        os.utime(tmp_path / f"v{version}", (1_000 + version, 1_000 + version))
    compiled._forget_older(tmp_path / "v8", keep=6)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["v3", "v4", "v5", "v6", "v7", "v8"]


def test_where_nothing_can_be_written_code_is_compiled_each_time(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("FAIRSHARE_CACHE", str(tmp_path / "file"))
    assert compiled._compiled_folder.__wrapped__(Path(compiled.__file__)) is None
