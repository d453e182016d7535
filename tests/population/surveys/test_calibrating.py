"""Calibration: a sample drawn wrongly on purpose comes back to published counts, within bounds, and its records stay what they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fairshare.areas import areas
from fairshare.faults import Fault
from fairshare.population.records import Population, population
from fairshare.population.surveys.calibrating import HIGHEST, LOWEST, YEAR, calibrate, calibrated_text, councils_by_home
from fairshare.population.surveys.readers import findings, read_survey
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.composition import households_by_council
from fairshare.population.synthetic.housing import tenure_shares
from population.surveys.frs_writer import made, written


def quiet(says: str, share: float) -> None:
    return None


@pytest.fixture(scope="module")
def skewed(small: Population) -> Population:
    """6,000 households in which older owners answered twice as often as others, and single people half as often."""
    homes = small.households.copy()
    older = small.persons["age"][homes["first_person"]] >= 65
    alone = homes["last_person"] - homes["first_person"] == 1
    homes["weight"] *= np.where(older & (homes["tenure"] == 0), 2.0, 1.0) * np.where(alone, 0.5, 1.0)
    return population(
        small.persons,
        small.benefit_units,
        homes,
        name="skewed",
        year=small.year,
        kind="survey",
        says="A test.",
        details={"councils_known": False},
    )


def owners_outright(people: Population, region: int) -> float:
    homes = people.households
    here = (homes["region"] == region) & (homes["tenure"] == 0)
    return float(homes["weight"][here].sum())


def test_counts_of_every_region_are_met(skewed: Population) -> None:
    people, _ = calibrate(skewed, {}, "region", 0, quiet)
    lived, shares = households_by_council(), tenure_shares()
    for region in range(12):
        here = f.area_regions() == region
        published = float((lived * shares[:, 0])[here].sum())
        assert owners_outright(skewed, region) > 1.1 * published  # wrong before
        assert owners_outright(people, region) == pytest.approx(published, rel=0.02), region
        homes = people.households[people.households["region"] == region]
        assert homes["weight"].sum() == pytest.approx(lived[here].sum(), rel=0.005)
    found = people.details["calibrated"]
    assert found["within_5_pct"] > 0.9 * found["counts"] > 2 * found["within_5_pct_before"]
    assert "Calibrated by region to" in calibrated_text(found) and "calibrated by region to published counts of" in people.says


def test_weights_stay_within_their_bounds_and_records_as_they_are(skewed: Population) -> None:
    people, _ = calibrate(skewed, {}, "nation", 0, quiet)
    for name in ("rent", "tenure", "council", "dwelling_value"):
        assert np.array_equal(people.households[name], skewed.households[name])
    assert np.array_equal(people.persons, skewed.persons)
    nation = f.area_nations()[people.households["council"]]
    start = skewed.households["weight"] * (
        np.bincount(f.area_nations(), households_by_council()) / np.bincount(nation, skewed.households["weight"])
    )[nation]  # fmt: skip
    moved = people.households["weight"] / start
    assert moved.min() > LOWEST - 1e-4 and moved.max() < HIGHEST + 1e-4 and moved.std() > 0.05


def test_what_was_not_calibrated_to_comes_nearer_the_truth(small: Population, skewed: Population) -> None:
    """Pensions received were in nobody's counts: the skew made them a third too many, and calibration takes most of that back."""

    def pensions(people: Population) -> float:
        return float((people.persons["private_pension"] * people.person_weight).sum() / people.households["weight"].sum())

    truth = pensions(small)
    people, _ = calibrate(skewed, {}, "region", 0, quiet)
    assert abs(pensions(people) / truth - 1) < 0.35 * abs(pensions(skewed) / truth - 1)


def test_by_council_every_council_of_size_has_its_homes(skewed: Population) -> None:
    people, _ = calibrate(skewed, {}, "council", 0, quiet)
    homes = people.households
    assert (np.diff(homes["council"]) >= 0).all() and people.details["councils_known"] is True
    assert (f.area_regions()[homes["council"]] == homes["region"]).all()
    own = np.bincount(homes["council"], minlength=len(areas()))
    owned = np.bincount(homes["council"], homes["weight"] * (homes["tenure"] == 0), len(areas()))
    published = households_by_council() * tenure_shares()[:, 0]
    large = own >= 30
    gap = np.abs(owned[large] / published[large] - 1.0)
    assert large.sum() > 20 and np.median(gap) < 0.15
    assert "where they truly live is not known" in people.says


def test_households_go_to_councils_by_tenure_and_band(small: Population) -> None:
    homes = small.households
    council = councils_by_home(homes, 0)
    assert (f.area_regions()[council] == homes["region"]).all()
    in_g = np.minimum(homes["council_tax_band"], 8) >= 7
    bands = np.nan_to_num(np.column_stack([f.council(f"band_{band}") for band in "abcdefghi"]))
    london = f.area_regions() == 6
    share = bands[:, 6:].sum(axis=1) / np.maximum(bands.sum(axis=1), 1)
    dear = london & (share > np.quantile(share[london], 0.8))
    cheap = london & (share < np.quantile(share[london], 0.2))
    parts = [np.average(in_g[where[council]], weights=homes["weight"][where[council]]) for where in (dear, cheap)]
    assert parts[0] > 2 * parts[1]  # as the councils' own bands say


def test_tables_beside_the_population_follow_its_records(tmp_path: Path) -> None:
    survey = made(300, "2022-23")
    people, beside = read_survey("frs", written(survey, tmp_path), quiet, calibrate="council")
    assert people.year == YEAR
    source = beside["source"]
    truth = {key: (of["age"], of["sex"]) for key, of in survey.persons.items()}
    for row, record in zip(source, people.persons, strict=True):
        assert truth[int(row["sernum"]), int(row["person"])] == (record["age"], record["sex"])
    reported: dict[tuple[int, int, int], float] = {}
    for row in beside["benefits"]:
        key = (int(source["sernum"][row["person"]]), int(source["person"][row["person"]]), int(row["code"]))
        reported[key] = reported.get(key, 0.0) + float(row["pounds"])
    assert reported == pytest.approx(survey.benefits, abs=0.005)
    assert "Calibrated by council" in findings(people)


def test_a_level_that_is_none_is_refused(skewed: Population) -> None:
    with pytest.raises(Fault, match='--calibrate must be nation, region or council, not "town"'):
        calibrate(skewed, {}, "town", 0, quiet)


def test_a_year_without_published_factors_is_refused(skewed: Population) -> None:
    with pytest.raises(Fault, match="cannot be moved"):
        calibrate(replace(skewed, year="2018-19"), {}, "region", 0, quiet)
