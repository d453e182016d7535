"""Tiny populations from plain Python, for tests of the engine: fields are those of the schema, councils come by name.

town(home(unit(person(30, earnings=25_000), person(28), couple=1), council="Leeds", rent=7_000))
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import areas, find_area
from fairshare.population.records import ENTITIES, Population, empty, population
from fairshare.quantities import Role

YOUNGEST_ADULT = 18


class Person(NamedTuple):
    fields: dict[str, Any]


class Unit(NamedTuple):
    people: tuple[Person, ...]
    fields: dict[str, Any]


class Home(NamedTuple):
    units: tuple[Unit, ...]
    council: int
    fields: dict[str, Any]


def person(age: int, **fields: Any) -> Person:
    return Person({"age": age, **fields})


def unit(*people: Person, **fields: Any) -> Unit:
    """A benefit unit: the claimant first, then the partner where `couple=1` (married unless `married=0`), then dependants."""
    if fields.get("couple"):
        fields = {"married": 1, **fields}
    return Unit(people, fields)


def home(*units: Unit, council: str | int = "Leeds", **fields: Any) -> Home:
    """A household of benefit units, the householder's first; nation, region and rental market follow the council."""
    return Home(units, council if isinstance(council, int) else find_area(council).row, fields)


def town(*homes: Home, year: str = "2026-27", dwellings: np.ndarray | None = None) -> Population:
    """A checked population of these homes, each of weight 1 unless it says otherwise, sorted by council."""
    people, units, households = [], [], []
    for h, each in enumerate(sorted(homes, key=lambda one: one.council)):
        first_unit, first_person = len(units), len(people)
        for u, of in enumerate(each.units):
            start = len(people)
            for p, one in enumerate(of.people):
                role = Role.CLAIMANT if p == 0 else Role.PARTNER if p == 1 and of.fields.get("couple") else Role.DEPENDANT
                people.append({"household": h, "benefit_unit": len(units), "role": role, **one.fields})
            units.append({"household": h, "first_person": start, "last_person": len(people), "householder": int(u == 0), **of.fields})
        area = areas()[each.council]
        households.append(
            {
                "first_person": first_person,
                "last_person": len(people),
                "first_benefit_unit": first_unit,
                "last_benefit_unit": len(units),
                "weight": 1.0,
                "council": area.row,
                "brma": area.brma,
                "nation": area.nation,
                "region": area.region,
                **each.fields,
            }
        )
    tables = [_table(entity, rows) for entity, rows in (("person", people), ("benefit_unit", units), ("household", households))]
    return population(*tables, dwellings, name="test", year=year, kind="household")


def _table(entity: str, rows: list[dict[str, Any]]) -> np.ndarray:
    table = empty(entity, len(rows))
    for row, fields in enumerate(rows):
        for name, value in fields.items():
            table[name][row] = value
    return table


def one_person(age: int = 40, *, council: str | int = "Leeds", year: str = "2026-27", **fields: Any) -> Population:
    """One person who lives alone; fields are the person's."""
    return town(home(unit(person(age, **fields)), council=council), year=year)


def family(
    *adults: Person, children: tuple[Person, ...] = (), council: str | int = "Leeds", year: str = "2026-27", **household: Any
) -> Population:
    """One or two adults, a married couple where two, and their children, in one benefit unit; fields are the household's."""
    return town(home(unit(*adults, *children, couple=int(len(adults) == 2)), council=council, **household), year=year)


def some_households(count: int, seed: int = 0, councils: tuple[int, ...] = ()) -> Population:
    """`count` households drawn at random from everything the schema allows, in the given councils (any, when none are given)."""
    rng = np.random.default_rng(seed)
    where = np.sort(rng.choice(councils or np.arange(len(areas())), count))
    return town(*(_some_home(rng, int(council)) for council in where))


def _some_home(rng: np.random.Generator, council: int) -> Home:
    units = tuple(_some_unit(rng) for _ in range(rng.choice([1, 2, 3], p=[0.8, 0.15, 0.05])))
    structure = {"first_person", "last_person", "first_benefit_unit", "last_benefit_unit", "council", "brma", "nation", "region"}
    fields = _some_fields(rng, "household", structure | {"weight", "council_tax_bill"})
    given_bill = float(rng.choice([-1.0, 1_700.0], p=[0.9, 0.1]))
    return Home(units, council, {**fields, "weight": float(rng.uniform(1, 800)), "council_tax_bill": given_bill})


def _some_unit(rng: np.random.Generator) -> Unit:
    couple = int(rng.random() < 0.5)
    adults = [_some_person(rng, int(rng.integers(YOUNGEST_ADULT, 100))) for _ in range(1 + couple)]
    children = [_some_person(rng, int(rng.integers(0, 20))) for _ in range(int(rng.choice(5, p=[0.5, 0.2, 0.15, 0.1, 0.05])))]
    fields = _some_fields(rng, "benefit_unit", {"household", "first_person", "last_person", "couple", "married", "householder"})
    married = int(couple and rng.random() < 0.7)
    return Unit((*adults, *children), {**fields, "couple": couple, "married": married})


def _some_person(rng: np.random.Generator, age: int) -> Person:
    return Person({**_some_fields(rng, "person", {"household", "benefit_unit", "role", "age"}), "age": age})


def _some_fields(rng: np.random.Generator, entity: str, fixed: set[str]) -> dict[str, Any]:
    """A value for each field of the schema that is not fixed: often nothing, else drawn over what it may hold."""
    drawn: dict[str, Any] = {}
    for field in ENTITIES[entity]:
        if field.name in fixed:
            continue
        if field.allowed is not None:
            drawn[field.name] = int(rng.choice([int(member) for member in field.allowed]))
        elif field.unit.startswith("£"):
            sign = -1.0 if field.low < 0 and rng.random() < 0.3 else 1.0
            drawn[field.name] = sign * float(rng.lognormal(9.0, 1.5)) if rng.random() < 0.4 else 0.0
        else:
            top = min(field.high, 60.0)
            drawn[field.name] = float(rng.uniform(field.low, top)) if field.kind == "f8" else int(rng.integers(0, int(top) + 1))
    return drawn
