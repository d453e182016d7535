"""The year in order: what is remembered equals what is worked, threads agree, and a change in some councils works those alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import some_households, town
from fairshare import assessment as module
from fairshare import compiled
from fairshare.assessment import RULES, Assessment, _Memory, assess
from fairshare.compiled import PLAIN
from fairshare.law import Law, law_in_force, with_changes
from fairshare.population.records import Population, empty, population
from fairshare.reading import parse

COUNCILS = (3, 40, 210, 300, 340, 355)


@pytest.fixture(scope="module")
def people() -> Population:
    return some_households(150, seed=1, councils=COUNCILS)


def changed(law: Law, changes: dict) -> Law:
    return with_changes(law, changes, parse("a: 1"), ())


def same(one: Assessment, other: Assessment) -> None:
    """Every line of every instrument is equal, bit for bit."""
    assert list(one) == list(other)
    for name in one:
        assert one[name].tobytes() == other[name].tobytes(), name


def test_every_instrument_has_its_lines_read_only(people: Population, law_2026: Law) -> None:
    year = assess(people, law_2026)
    counts = {"person": len(people.persons), "benefit_unit": len(people.benefit_units), "household": len(people.households)}
    for instrument in RULES:
        table = year[instrument.name]
        assert table.dtype.names == instrument.lines._fields and len(table) == counts[instrument.entity]
        assert not table.flags.writeable
        for name in table.dtype.names:
            assert np.isfinite(table[name]).all(), f"{instrument.name}.{name}"


# ---- what is remembered --------------------------------------------------------------------------------------------

reforms = st.fixed_dictionaries(
    {},
    optional={
        "income_tax": st.fixed_dictionaries(
            {},
            optional={
                "personal_allowance": st.floats(0, 30_000),
                "main": st.fixed_dictionaries({"bands": st.lists(st.floats(0, 1), min_size=1, max_size=8)}).map(
                    lambda main: {"bands": [{"above": 10_000.0 * i, "rate": rate} for i, rate in enumerate(main["bands"])]}
                ),
            },
        ),
        "child_benefit": st.fixed_dictionaries({"eldest": st.floats(0, 100)}),
        "universal_credit": st.fixed_dictionaries({"taper": st.floats(0, 1)}),
        "council_tax": st.fixed_dictionaries(
            {"by_place": st.fixed_dictionaries({"band_d": st.fixed_dictionaries({"times": st.floats(0, 3)})})}
        ),
        "state_pension": st.fixed_dictionaries({"amount_factor": st.floats(0, 2)}),
    },
)


@settings(max_examples=25, deadline=None)
@given(reforms)
def test_remembered_results_equal_results_from_nothing(reform: dict) -> None:
    people, base = some_households(60, seed=2, councils=COUNCILS), law_in_force("2026-27")
    law = changed(base, reform)
    baseline = assess(people, base)
    same(assess(people, law, baseline=baseline), assess(people, law, remember=False))
    same(assess(people, law), assess(people, law, remember=False))


def test_only_what_a_reform_reaches_is_worked_again(people: Population, law_2026: Law, monkeypatch) -> None:
    baseline = assess(people, law_2026)
    worked: list[str] = []
    real = module._worked
    monkeypatch.setattr(module, "_worked", lambda instrument, *rest: (worked.append(instrument.name), real(instrument, *rest))[1])
    reform = assess(people, changed(law_2026, {"council_tax": {"by_place": {"band_d": {"times": 1.123}}}}), baseline=baseline)
    reached = {"council_tax"}
    for instrument in RULES:
        if reached & set(instrument.reads):
            reached.add(instrument.name)
    assert set(worked) == reached and "income_tax" not in worked and len(worked) == len(set(worked))
    assert reform["income_tax"] is baseline["income_tax"]


def test_a_rule_in_anothers_place_is_not_taken_for_it(people: Population, law_2026: Law) -> None:
    def nothing(households, benefit_units, persons, *rest) -> None:
        rest[-3][...] = 0.0  # lines, first, last

    assert assess(people, law_2026)["child_benefit"]["child_benefit"].any()
    mine = RULES._replace(child_benefit=RULES.child_benefit._replace(assess=nothing))
    assert not assess(people, law_2026, mine)["child_benefit"]["child_benefit"].any()
    assert assess(people, law_2026)["child_benefit"]["child_benefit"].any()


def test_memory_keeps_within_its_bytes_and_forgets_the_oldest() -> None:
    memory = _Memory(limit=10_000)
    made: list[int] = []

    def work(key: int) -> np.ndarray:
        made.append(key)
        return np.zeros(500)  # 4,000 bytes

    for key in (1, 2, 1, 3, 1, 2):
        memory.get(key, lambda key=key: work(key))
        assert memory.bytes <= memory.limit
    assert made == [1, 2, 3, 2]  # the third dropped 2, the least recently used, not 1
    memory.forget()
    assert memory.bytes == 0


def test_a_fault_while_working_leaves_the_memory_usable() -> None:
    memory = _Memory(limit=10_000)
    with pytest.raises(ZeroDivisionError):
        memory.get("a", lambda: 1 / 0)
    assert memory.get("a", lambda: np.ones(2)).sum() == 2.0
    assert not memory._working


def test_the_memory_of_the_model_has_a_bound() -> None:
    assert 0 < module.MEMORY.limit <= 1_500_000_000


# ---- threads -------------------------------------------------------------------------------------------------------


def test_two_threads_at_once_give_equal_results(people: Population, law_2026: Law) -> None:
    laws = [law_2026, changed(law_2026, {"income_tax": {"personal_allowance": 15_000.0}})]
    expected = [assess(people, law, remember=False) for law in laws]
    module.MEMORY.forget()
    found: dict[int, Assessment] = {}
    faults: list[BaseException] = []
    start = threading.Barrier(4)

    def visit(visitor: int) -> None:
        try:
            start.wait()
            found[visitor] = assess(people, laws[visitor % 2])
        except BaseException as fault:
            faults.append(fault)

    visitors = [threading.Thread(target=visit, args=(i,)) for i in range(4)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    assert not faults
    for visitor, year in found.items():
        same(year, expected[visitor % 2])


def test_blocks_of_households_add_up_to_the_whole(people: Population, law_2026: Law, monkeypatch) -> None:
    whole = assess(people, law_2026, remember=False)
    monkeypatch.setattr(module, "BLOCK", 7)
    same(assess(people, law_2026, remember=False), whole)


# ---- a change in some councils -------------------------------------------------------------------------------------

LOCAL = {"council_tax": {"by_place": {"band_d": {"times": 1.1}}}, "income_tax": {"personal_allowance": 5_000.0}}


def test_a_change_in_some_councils_reworks_those_alone(people: Population, law_2026: Law, monkeypatch) -> None:
    baseline, everywhere = assess(people, law_2026), assess(people, changed(law_2026, LOCAL), remember=False)
    slices: list[tuple[int, int]] = []
    real = module._in_blocks

    def watched(instrument, arguments, lines, runs) -> None:
        slices.extend(runs)
        real(instrument, arguments, lines, runs)

    monkeypatch.setattr(module, "_in_blocks", watched)
    some = assess(people, changed(law_2026, LOCAL), baseline=baseline, councils=[40, 300], remember=False)
    assert slices and set(slices) == set(people.households_of(np.array([40, 300])))
    inside = np.isin(people.households["council"], [40, 300])
    of = {
        "household": inside,
        "benefit_unit": inside[people.benefit_units["household"]],
        "person": inside[people.persons["household"]],
    }
    moved = 0
    for instrument in RULES:
        mine = of[instrument.entity]
        assert some[instrument.name][~mine].tobytes() == baseline[instrument.name][~mine].tobytes(), instrument.name
        assert some[instrument.name][mine].tobytes() == everywhere[instrument.name][mine].tobytes(), instrument.name
        moved += int((some[instrument.name][mine] != baseline[instrument.name][mine]).sum())
    assert moved > 0


def test_a_change_in_some_councils_keeps_each_baseline_apart(people: Population, law_2026: Law) -> None:
    """What is remembered of a change in some councils belongs to the baseline that gave the other rows."""
    reform = changed(law_2026, LOCAL)
    other_law = changed(law_2026, {"income_tax": {"personal_allowance": 9_000.0}})
    for base in (law_2026, other_law):
        baseline = assess(people, base)
        some = assess(people, reform, baseline=baseline, councils=[40])
        same(some, assess(people, reform, baseline=baseline, councils=[40], remember=False))
        same(assess(people, reform, baseline=some), assess(people, reform, remember=False))  # now everywhere


def test_a_change_in_some_councils_spares_dwellings_elsewhere(law_2026: Law) -> None:
    dwellings = empty("dwelling", 3)
    dwellings["weight"], dwellings["council"], dwellings["council_tax_band"] = 1.0, [40, 40, 210], [4, 5, 6]
    base = some_households(20, seed=4, councils=(40, 210))
    made = population(base.persons.copy(), base.benefit_units.copy(), base.households.copy(), dwellings, name="t", year="2026-27")
    baseline = assess(made, law_2026)
    some = assess(made, changed(law_2026, LOCAL), baseline=baseline, councils=[210])
    name = "council_tax_of_dwellings"
    assert some[name][:2].tobytes() == baseline[name][:2].tobytes()
    assert some[name][2] != baseline[name][2]


def test_a_baseline_of_another_population_lends_nothing(people: Population, law_2026: Law) -> None:
    other = some_households(150, seed=9, councils=COUNCILS)
    same(assess(other, law_2026, baseline=assess(people, law_2026)), assess(other, law_2026, remember=False))


# ---- compiled and plain --------------------------------------------------------------------------------------------

SAMPLE = """
import json, sys
sys.path.insert(0, {tests!r})
from building import some_households
from fairshare.assessment import assess
from fairshare.law import law_in_force
year = assess(some_households(120, seed=7), law_in_force("2026-27"), remember=False)
print(json.dumps({{name: [list(map(float, row)) for row in year[name]] for name in year}}))
assert "numba" not in sys.modules
"""


@pytest.mark.skipif(PLAIN, reason="this run is plain already")
def test_compiled_equals_plain(law_2026: Law) -> None:
    code = SAMPLE.format(tests=str(Path(__file__).parent))
    environment = {**os.environ, "FAIRSHARE_PLAIN": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    plain = json.loads(done.stdout)
    year = assess(some_households(120, seed=7), law_2026, remember=False)
    assert set(plain) == set(year)
    for name in year:
        rows = year[name].view(np.float64).reshape(len(year[name]), len(year[name].dtype.names))
        assert np.asarray(plain[name]).reshape(rows.shape) == pytest.approx(rows, rel=1e-9, abs=1e-6), name


def test_preparing_loads_every_pass_and_says_how_far_it_is(law_2026: Law) -> None:
    heard: list[tuple[str, float]] = []
    module.prepare(law_2026, lambda what, part: heard.append((what, part)))
    assert len(heard) == len(RULES) + 1 and heard[-1] == ("preparing the rules", 1.0)
    assert [part for _, part in heard] == sorted(part for _, part in heard)
    assert PLAIN or all(each.signatures for each in compiled.passes if each.__module__.startswith("fairshare.rules"))


def test_an_empty_town_has_no_lines(law_2026: Law) -> None:
    year = assess(town(), law_2026, remember=False)
    assert all(len(year[name]) == 0 for name in year)
