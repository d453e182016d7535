"""What must hold of any reform of taxes on homes or wealth, whoever proposes it."""

from __future__ import annotations

import numpy as np
import pytest

from building import home, person, some_households, town, unit
from fairshare.areas import find_area
from fairshare.population.records import Population
from fairshare.quantities import Band
from fairshare.reading import parse
from fairshare.run import Run, work
from fairshare.scenario import scenario_from
from fairshare.solve import solve

YEAR = "2026-27"
PROPORTIONAL = "{council_tax: {proportional: {in_force: 1, rate: 0.005}}}"


def run(law: str, people: Population, areas: str = "") -> Run:
    return work(scenario_from(parse(f"title: T\nbecause: B.\nfrom: {YEAR}\n{areas}law: {law}\n")), people, YEAR)


def priced(count: int, seed: int) -> Population:
    """Couples in Leeds on good pay, in homes worth from £50,000 to £3 million."""
    values = np.exp(np.random.default_rng(seed).uniform(np.log(50_000), np.log(3e6), count))
    couple = unit(person(45, earnings=60_000, wealth_share=0.5), person(44, earnings=50_000, wealth_share=0.5), couple=1)
    return town(
        *(
            home(couple, council="Leeds", council_tax_band=Band.D, dwelling_value=float(value), main_home_wealth=float(value))
            for value in values
        )
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_a_swap_at_the_neutral_rate_leaves_nothing(seed: int) -> None:
    people = some_households(80, seed)
    swap = scenario_from(parse(f"title: T\nbecause: B.\nfrom: {YEAR}\nlaw: {PROPORTIONAL}\n"))
    found = solve(swap, people, YEAR, vary="council_tax.proportional.rate", until="net_revenue = 0")
    paid = float((people.households["weight"] * found.run.baseline["council_tax"]["council_tax"]).sum())
    assert abs(found.run.net_revenue) < 1e-3 * paid
    found.run.ledger.check()


def test_more_bands_come_closer_to_a_tax_in_proportion_to_value() -> None:
    """Bands of equal width in proportion, each charged for its middle value: the furthest bill is off by half a band at most."""
    people = priced(300, 3)
    proportional = run("{council_tax: {proportional: {in_force: 1, rate: 0.005}}}", people).reform["council_tax"]["due"]
    furthest = []
    for bands in (3, 6, 12):
        step = 60 ** (1 / bands)  # £50,000 to £3 million
        edges = [50_000 * step**i for i in range(bands)]
        letters = "abcdefghijkl"
        above = {letter: 0 if i == 0 else edges[i] if i < bands else f"{10**9 + i}" for i, letter in enumerate(letters)}
        ratio = {letter: 0.005 * edges[min(i, bands - 1)] * step**0.5 / 2_283.73 for i, letter in enumerate(letters)}
        written = [", ".join(f"{letter}: {value}" for letter, value in each.items()) for each in (above, ratio)]
        law = f"{{council_tax: {{england: {{value_basis: 2, above: {{{written[0]}}}, ratio: {{{written[1]}}}}}}}}}"
        banded = run(law, people).reform["council_tax"]["due"]
        furthest.append(float(np.max(np.abs(np.log(banded / proportional)))))
        assert furthest[-1] <= np.log(step) / 2 + 1e-6
    assert furthest[0] > 1.8 * furthest[1] > 3.2 * furthest[2]


def test_twice_the_values_at_half_the_rate_is_the_same_tax() -> None:
    """Also with thresholds, which double with the values."""
    once = priced(100, 4)
    homes = once.households.copy()
    for name in ("dwelling_value", "main_home_wealth", "other_property_wealth", "financial_wealth", "business_wealth", "pension_wealth"):
        homes[name] *= 2.0
    homes["mortgage_debt"] *= 2.0
    homes["debts"] *= 2.0
    homes["physical_wealth"] *= 2.0
    twice = Population(once.persons, once.benefit_units, homes, once.dwellings, "test", YEAR)
    laws = (
        "{{council_tax: {{proportional: {{in_force: 1, rate: {0}, further_rates: [{{above: 0, rate: 0}}, {{above: {1}, rate: {0}}}]}}}}, "
        "wealth_tax: {{per_person: 1, bands: [{{above: 0, rate: 0}}, {{above: {1}, rate: {0}}}]}}}}"
    )
    one = run(laws.format(0.01, 500_000), once)
    two = run(laws.format(0.005, 1_000_000), twice)
    for table, line in (("council_tax", "due"), ("wealth_tax", "wealth_tax")):
        assert two.reform[table][line] == pytest.approx(one.reform[table][line], abs=1e-6)
    assert two.after == pytest.approx(one.after, abs=1e-6)


def test_a_reform_of_one_council_leaves_the_rest_to_the_penny() -> None:
    leeds, york, hackney = (find_area(name).row for name in ("Leeds", "York", "Hackney"))
    people = some_households(90, 5, (leeds, york, hackney))
    made = run(PROPORTIONAL, people, "areas: [Leeds]\n")
    elsewhere = people.households["council"] != leeds
    assert (made.after[elsewhere] == made.before[elsewhere]).all()
    assert (made.after[~elsewhere] != made.before[~elsewhere]).any()
