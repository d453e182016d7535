"""The shape of the house: who may import whom, one word in three places, and no number of the law in a rule."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from fairshare.areas import folder
from fairshare.assessment import RULES
from fairshare.rules import INSTRUMENTS

ROOT = folder("parameters").parent
RULES_FILES = sorted((ROOT / "src" / "fairshare" / "rules").glob("[!_]*.py"))


def test_import_contracts_hold() -> None:
    """The layers of the design, and rules modules that know nothing of one another (pyproject.toml, tool.importlinter)."""
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_order_of_the_year_holds_exactly_the_instruments() -> None:
    assert sorted(RULES._fields) == sorted(INSTRUMENTS)
    for name, instrument in zip(RULES._fields, RULES, strict=True):
        assert instrument is INSTRUMENTS[name] and instrument.name == name


def test_what_an_instrument_reads_is_worked_before_it() -> None:
    for place, instrument in enumerate(RULES):
        assert set(instrument.reads) <= set(RULES._fields[:place]), f"{instrument.name} reads what comes later in the year"


def test_one_word_three_places() -> None:
    """An instrument's name is its parameter file, its rules module and its test."""
    modules = {file.stem for file in RULES_FILES}
    tests = {file.stem.removeprefix("test_") for file in (ROOT / "tests" / "rules").glob("test_*.py")}
    parameter_files = {file.stem for file in (ROOT / "parameters").glob("*.yaml")}
    assert modules == set(INSTRUMENTS) <= parameter_files
    assert set(INSTRUMENTS) <= tests, f"no test for {sorted(set(INSTRUMENTS) - tests)}"


@pytest.mark.parametrize("instrument", RULES, ids=RULES._fields)
def test_lines_and_law_have_names_that_a_person_can_read(instrument) -> None:
    assert instrument.title and instrument.entity in {"person", "benefit_unit", "household"}
    assert set(instrument.line_titles) <= set(instrument.lines._fields)
    assert instrument.name.isidentifier() and instrument.name == instrument.name.lower()


# ---- no rule holds a number of the law -----------------------------------------------------------------------------

PLAIN_NUMBERS = {0, 1}
"""Nothing and one: the identity of sums and products, a yes or no, the first row and the next."""


CASES = {2, 3}
"""Counts that pick a case (two bedrooms, the second of two bases), pair children off, or tell two adults from one."""
SHAPES = {"BANDS"}
"""How many bands a law's shape has room for."""


def numbers_in(source: str) -> list[tuple[int, float]]:
    """(line, number) of every number in a rules module that a statute could set.

    Numbers that only count are not law: an index (`x[2]`), a step past a row (`start + 2`), a range over positions, a case
    picked by an equal count (`rooms == 2.0`), children paired off (`boys // 2`), one adult or two (`2 if couple else 1`).
    """
    tree = ast.parse(source)
    counting = {id(number) for node in ast.walk(tree) for number in _counts_in(node)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in PLAIN_NUMBERS
        and id(node) not in counting
    ]


def _counts_in(node: ast.AST) -> list[ast.AST]:
    """The numbers directly within an expression that it uses only to count."""
    match node:
        case ast.Subscript(slice=inner):
            return list(ast.walk(inner))
        case ast.Call(func=ast.Name(id="range")):
            return list(ast.walk(node))
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right) if _is_position(left):
            return [right]
        case ast.BinOp(op=ast.FloorDiv() | ast.Mod(), right=ast.Constant(value=2) as two):
            return [two]
        case ast.IfExp(body=ast.Constant(value=int()) as one, orelse=ast.Constant(value=int()) as other):
            return [number for number in (one, other) if number.value in CASES]
        case ast.Compare(left=left, ops=[ast.Eq()], comparators=[ast.Constant() as right]) if right.value in CASES:
            return [right]
        case ast.Compare(left=left, comparators=others) if _is_position(left):
            return others
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in SHAPES:
            return [value]
    return []


POSITIONS = {"start", "first", "last", "i", "p", "b", "h", "first_person", "last_person", "first_benefit_unit", "last_benefit_unit"}


def _is_position(node: ast.AST) -> bool:
    """Whether an expression is the row of a record, or a step from one."""
    if isinstance(node, ast.BinOp):
        return _is_position(node.left)
    return (isinstance(node, ast.Name) and node.id in POSITIONS) or (isinstance(node, ast.Attribute) and node.attr in POSITIONS)


@pytest.mark.parametrize("file", RULES_FILES, ids=lambda file: file.stem)
def test_no_rule_holds_a_number_of_the_law(file: Path) -> None:
    found = numbers_in(file.read_text(encoding="utf-8"))
    assert not found, f"{file.name}: {', '.join(f'line {line}: {number}' for line, number in found)}: move it to parameters/"


@pytest.mark.parametrize(
    "source, found",
    [
        ("tax = 0.2 * income", [0.2]),
        ("tax = income / 2", [2]),
        ("tax = max(income - 12570, 0.0)", [12570]),
        ("if age >= 16: pass", [16]),
        ("share = 1.0 if yes else 0.0", []),
        ("lines[start + 2] = persons[3]", []),
        ("if unit.last_person > start + 1: alone = start + 2", []),
        ("law.rate = -0.5", [0.5]),
        ("if rooms == 2.0: rent = place.two_bedrooms", []),
        ("if age == 66: pass", [66]),
        ("rooms = (boys + 1) // 2", []),
        ("adults = 2 if couple else 1", []),
        ("rate = 0.2 if couple else 0.1", [0.2, 0.1]),
        ("if age < 3: pass", [3]),
    ],
)
def test_the_search_for_numbers_finds_what_it_should(source: str, found: list[float]) -> None:
    assert [number for _, number in numbers_in(source)] == found


# ---- what a start of the program loads -----------------------------------------------------------------------------

HEAVY = ("numpy", "pandas", "scipy", "matplotlib", "panel", "hvplot", "numba", "pyarrow", "pydantic", "yaml")


def test_import_fairshare_loads_nothing_heavy() -> None:
    command = f"import sys, fairshare; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_one_household_loads_neither_numba_nor_pandas() -> None:
    command = (
        "import os, sys; os.environ['FAIRSHARE_PLAIN'] = '1'\n"
        "from fairshare.assessment import assess\n"
        "print([name for name in ('pandas', 'scipy', 'matplotlib', 'panel', 'hvplot', 'numba', 'pyarrow') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_rules_module_is_in_one_order() -> None:
    """The law it needs, the lines it gives, the rules, the pass, and the instrument last."""
    for file in RULES_FILES:
        module = import_module(f"fairshare.rules.{file.stem}")
        body = ast.parse(file.read_text(encoding="utf-8")).body
        names = [getattr(node, "name", None) or _assigned(node) for node in body]
        instrument = module.INSTRUMENT
        order = [names.index(instrument.law.__name__), names.index(instrument.lines.__name__), names.index("INSTRUMENT")]
        assert order == sorted(order) and names[-1] == "INSTRUMENT", file.name


def _assigned(node: ast.AST) -> str:
    return str(getattr(node.targets[0], "id", "")) if isinstance(node, ast.Assign) else ""
