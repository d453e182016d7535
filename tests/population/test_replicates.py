"""Replicate weights of a survey: their design by hand, and that ranges rest on them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from fairshare.measures.uncertainty import FROM_RECORDS, Errors, standard_error_of_share, standard_error_of_total
from fairshare.population.records import Population
from fairshare.population.replicates import COUNT, declared, factors
from fairshare.population.surveys.frs import read_frs
from fairshare.population.uprating import uprate
from population.surveys.frs_writer import made, written


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Population:
    return read_frs(written(made(600, "2023-24"), tmp_path_factory.mktemp("frs")))[0]


def test_each_region_is_drawn_again_from_itself(people: Population) -> None:
    found = factors(people)
    assert found is not None and found.shape == (COUNT, len(people.households))
    for region in np.unique(people.households["region"]):
        rows = people.households["region"] == region
        sums = found[:, rows].sum(axis=1)
        assert sums.tolist() == pytest.approx([rows.sum()] * COUNT, rel=1e-5)  # (n - 1) draws, each worth n / (n - 1)
    assert found.mean() == pytest.approx(1.0, rel=1e-5) and 0.9 < float(found.var()) < 1.1


def test_a_seed_gives_one_set_and_another_year_keeps_it(people: Population) -> None:
    one = factors(people)
    assert one is not None and np.array_equal(one, factors(uprate(people, "2026-27")))
    other = factors(replace(people, details={**people.details, "replicates": declared(1)}))
    assert other is not None and not np.array_equal(one, other)


def test_a_population_made_from_published_figures_has_none(small: Population) -> None:
    assert factors(small) is None and Errors(None).says == FROM_RECORDS


def test_errors_of_a_sample_without_strata_are_those_of_the_textbook() -> None:
    draw = np.random.default_rng(4)
    values, weights = draw.normal(10.0, 4.0, 2_000), np.full(2_000, 50.0)
    counts = draw.multinomial(1_999, np.full(2_000, 1 / 2_000), size=2_000) * (2_000 / 1_999)
    errors = Errors(counts)
    assert errors.total(values, weights) == pytest.approx(50 * 4.0 * 2_000**0.5, rel=0.06)  # weight x sd x root n
    assert errors.total(values, weights) == pytest.approx(standard_error_of_total(values, weights), rel=0.06)
    counted = values > 12
    assert errors.share(counted, weights) == pytest.approx(standard_error_of_share(counted, weights), rel=0.06)
    group = np.arange(2_000) % 4
    mean = np.array([values[group == each].mean() for each in range(4)])
    by_hand = [values[group == each].std(ddof=1) / 500**0.5 for each in range(4)]
    assert errors.means(values, weights, group, mean).tolist() == pytest.approx(by_hand, rel=0.08)
    assert Errors(None).means(values, weights, group, mean).tolist() == pytest.approx(by_hand, rel=1e-6)


def test_strata_take_off_what_lies_between_regions() -> None:
    """Two strata with one value each: whoever is drawn, the total is the same."""
    values, weights = np.repeat([1.0, 100.0], 50), np.ones(100)
    draw = np.random.default_rng(1)
    by_stratum = np.hstack([draw.multinomial(49, np.full(50, 0.02), size=200) * (50 / 49) for _ in range(2)])
    assert Errors(by_stratum).total(values, weights) == pytest.approx(0.0, abs=1e-9)
    assert standard_error_of_total(values, weights) > 400


def test_the_ranges_of_a_run_rest_on_replicates(people: Population) -> None:
    from fairshare.measures.tables import measures
    from fairshare.run import work
    from fairshare.scenario import read_scenario

    year = "2026-27"
    run = work(read_scenario("income_tax/basic_rate_plus_one_penny"), uprate(people, year), year)
    found = measures(run)
    span = next(each for each in found.figures["net_revenue"].ranges if each.kind == "sampling")
    assert span.known and f"{COUNT} replicate weights" in span.says
    assert any(row.get("mean_low") is not None for row in found.tables["by_income_tenth"])
