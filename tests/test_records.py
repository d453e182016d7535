"""Records: the schema is the check at the door."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.lib import recfunctions

from building import home, one_person, person, some_households, town, unit
from fairshare.faults import Fault
from fairshare.population.records import ENTITIES, Population, empty, population, record_type


def tables(made: Population) -> dict[str, np.ndarray]:
    return {"persons": made.persons.copy(), "benefit_units": made.benefit_units.copy(), "households": made.households.copy()}


def rebuilt(tables: dict[str, np.ndarray]) -> Population:
    return population(**tables, name="test", year="2026-27")


@pytest.mark.parametrize(
    "table, column, row, value, words",
    [
        ("persons", "earnings", 1, np.nan, "person row 2: earnings is not a finite number"),
        ("persons", "earnings", 0, np.inf, "person row 1: earnings is not a finite number"),
        ("persons", "earnings", 0, -1.0, "person row 1: earnings is -1, but must be between 0 and inf"),
        ("persons", "age", 1, 121, "person row 2: age is 121, but must be between 0 and 120"),
        ("persons", "sex", 1, 7, "person row 2: sex is 7, but must be 0, 1"),
        ("persons", "benefit_unit", 1, 5, "person row 2 is not in the benefit unit it names"),
        ("benefit_units", "draw_child_benefit", 0, 1.5, "draw_child_benefit is 1.5, but must be between 0 and 1"),
        ("benefit_units", "last_person", 0, 0, "benefit unit row 1 holds no person"),
        ("households", "last_person", 0, 1, "A person is in no household, or in two"),
        ("households", "tenure", 0, 9, "household row 1: tenure is 9"),
    ],
)
def test_one_wrong_value_is_one_sentence(table: str, column: str, row: int, value: float, words: str) -> None:
    wrong = tables(town(home(unit(person(40, earnings=20_000), person(38), couple=1))))
    wrong[table][column][row] = value
    with pytest.raises(Fault) as refused:
        rebuilt(wrong)
    assert words in str(refused.value)


def test_a_missing_column_and_an_unknown_one_are_named() -> None:
    wrong = tables(one_person())
    wrong["persons"] = recfunctions.drop_fields(wrong["persons"], "earnings")
    with pytest.raises(Fault, match="The person table has no column earnings"):
        rebuilt(wrong)
    more = tables(one_person())
    more["persons"] = recfunctions.append_fields(more["persons"], "earning", np.zeros(1), usemask=False)
    with pytest.raises(Fault, match=r'unknown column earning; did you mean "earnings"\?'):
        rebuilt(more)


def test_households_are_sorted_by_council() -> None:
    wrong = tables(town(home(unit(person(40))), home(unit(person(41)))))
    wrong["households"]["council"] = [5, 2]
    with pytest.raises(Fault, match="not sorted by council"):
        rebuilt(wrong)


def test_a_population_is_read_only_and_known_by_its_content() -> None:
    made, same, other = one_person(earnings=1.0), one_person(earnings=1.0), one_person(earnings=2.0)
    assert made.id == same.id != other.id
    with pytest.raises(ValueError, match="read-only"):
        made.persons["earnings"] = 5.0


def test_empty_records_hold_the_defaults() -> None:
    for entity, fields in ENTITIES.items():
        table = empty(entity, 2)
        assert table.dtype == record_type(entity)
        for field in fields:
            assert (table[field.name] == field.default).all()


def test_the_households_of_some_councils() -> None:
    made = some_households(60, seed=3, councils=(4, 9, 200))
    runs = made.households_of(np.array([9, 4]))
    rows = np.concatenate([np.arange(first, last) for first, last in runs])
    assert np.array_equal(rows, np.flatnonzero(np.isin(made.households["council"], [4, 9])))
    assert made.households_of(np.array([300])) == []
