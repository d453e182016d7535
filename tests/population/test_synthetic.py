"""The default population: the same seed gives the same people, every council has some, and the nation is as published."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from fairshare import quantities as q
from fairshare.areas import areas
from fairshare.assessment import assess
from fairshare.faults import Fault
from fairshare.law import law_in_force
from fairshare.population.records import Population, check_structure
from fairshare.population.synthetic import activity, composition, made, spending
from fairshare.population.synthetic.draws import assigned, quota, rank, solve_shift
from fairshare.population.synthetic.wealth import drawn_levels

SMALL = 6_000


# ---- the same seed, the same people --------------------------------------------------------------------------------


def test_the_same_seed_makes_the_same_bytes(small: Population) -> None:
    again = made(SMALL, seed=1)
    for name in ("persons", "benefit_units", "households", "dwellings"):
        first, second = getattr(small, name), getattr(again, name)
        for column in first.dtype.names:
            assert first[column].tobytes() == second[column].tobytes(), f"{name}.{column} differs between two builds"
    assert small.id == again.id


@pytest.mark.parametrize("threads", ["1", "2"])
def test_one_or_two_threads_make_the_same_bytes(threads: str) -> None:
    """In a process of its own, since linear algebra reads the number of threads as it starts."""
    work = "from fairshare.population.synthetic import made; print(made(2_000, seed=1).id)"
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
    run = subprocess.run(
        [sys.executable, "-c", work], env={**os.environ, **dict.fromkeys(names, threads)}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == made(2_000, seed=1).id


def test_another_seed_draws_other_households() -> None:
    one, two = composition.drawn_pool(1, 500), composition.drawn_pool(2, 500)
    assert not np.array_equal(one.age, two.age)
    assert np.array_equal(one.age, composition.drawn_pool(1, 500).age)


# ---- structure -----------------------------------------------------------------------------------------------------


def test_every_council_has_households(small: Population) -> None:
    assert len(areas()) == 361
    counts = np.bincount(small.households["council"], minlength=361)
    assert (counts > 0).all(), [areas()[row].name for row in np.flatnonzero(counts == 0)]


def test_persons_are_in_units_and_units_in_households(small: Population) -> None:
    check_structure(small.persons, small.benefit_units, small.households)
    units = small.benefit_units
    firsts = small.persons["role"][units["first_person"]]
    assert (firsts == int(q.Role.CLAIMANT)).all()
    partners = np.add.reduceat((small.persons["role"] == int(q.Role.PARTNER)).astype(int), units["first_person"])
    assert np.array_equal(partners, units["couple"])


def test_every_household_lies_in_its_councils_nation_and_region(small: Population) -> None:
    homes = small.households
    for column in ("nation", "region", "brma"):
        expected = np.array([int(getattr(area, column)) for area in areas()])
        assert np.array_equal(homes[column], expected[homes["council"]])


def test_it_says_that_no_real_person_is_in_it(small: Population) -> None:
    assert small.kind == "synthetic"
    assert small.says == "Made from published figures; no real person is in it."


def test_what_cannot_be(small: Population) -> None:
    people, homes = small.persons, small.households
    child = people["age"] < 16
    assert not people["earnings"][child].any() and not people["state_pension"][people["age"] < 66].any()
    assert not people["student_loan"][child].any()
    renting = np.isin(homes["tenure"], (int(q.Tenure.SOCIAL_RENT), int(q.Tenure.PRIVATE_RENT)))
    assert (homes["rent"][renting] > 0).all() and not homes["rent"][~renting].any()
    assert not homes["main_home_wealth"][renting].any()
    northern = homes["nation"] == int(q.Nation.NORTHERN_IRELAND)
    assert (homes["council_tax_band"][~northern] > 0).all() and not homes["council_tax_band"][northern].any()
    shares = np.add.reduceat(people["wealth_share"], homes["first_person"])
    assert shares == pytest.approx(1.0)


@pytest.mark.parametrize("asked, words", [({"households": 100}, "too small"), ({"steepness": 3.0}, "must lie between 1.5 and 2.1")])
def test_what_is_refused(asked: dict[str, float], words: str) -> None:
    with pytest.raises(Fault, match=words):
        made(**asked)  # type: ignore[arg-type]


# ---- published figures ---------------------------------------------------------------------------------------------

WITHIN = 0.05
FAMILIES_2025 = "ONS, Families and households in the UK: 2025"
MYE_2024 = "ONS, mid-year population estimates, mid-2024, less about 1.2% outside private households"
OBR_2026 = "OBR, Economic and fiscal outlook, March 2026, 2025-26"


def households(people: Population, chosen: np.ndarray) -> float:
    return float(people.households["weight"][chosen].sum())


def persons(people: Population, chosen: np.ndarray) -> float:
    return float(people.person_weight[chosen].sum())


def employees(people: Population) -> float:
    """People in a job whose main activity is not work for themselves; students with a job are among them."""
    return persons(
        people,
        (people.persons["earnings"] > 0) & (people.persons["hours"] > 0) & (people.persons["activity"] != int(q.Activity.SELF_EMPLOYED)),
    )


@pytest.mark.parametrize(
    "published, source, column",
    [
        (29_003_000, FAMILIES_2025, lambda p: households(p, p.households["weight"] > 0)),
        (8_570_000, FAMILIES_2025, lambda p: households(p, p.households["last_person"] - p.households["first_person"] == 1)),
        (68_465_000, FAMILIES_2025, lambda p: persons(p, p.persons["age"] >= 0)),
        (12_596_000, MYE_2024, lambda p: persons(p, p.persons["age"] < 16)),
        (6669411, MYE_2024, lambda p: persons(p, (p.persons["age"] >= 65) & (p.persons["age"] < 75))),
        (35_351_000, MYE_2024, lambda p: persons(p, p.persons["sex"] == int(q.Sex.FEMALE))),
        (29_824_000, OBR_2026, employees),
        (1_258.5e9, OBR_2026, lambda p: float(p.person_weight @ p.persons["earnings"])),
        (1_694.2e9, "OBR, secured loans of households, 2025", lambda p: float(p.households["weight"] @ p.households["mortgage_debt"])),
        (145.0e9, "DWP, State Pension 2025-26, paid in the UK", lambda p: float(p.person_weight @ p.persons["state_pension"])),
    ],
    ids=[
        "households", "people living alone", "people", "children under 16", "people of 65 to 74", "women and girls", "employees",
        "wages and salaries", "loans on homes", "State Pension",
    ],
)  # fmt: skip
def test_national_totals(small: Population, published: float, source: str, column) -> None:
    assert column(small) == pytest.approx(published, rel=WITHIN), source


@pytest.mark.parametrize(
    "region, residents",  # ONS, mid-2024
    [
        (q.Region.NORTH_EAST, 2_760_678), (q.Region.LONDON, 9_089_736), (q.Region.WALES, 3_186_581), (q.Region.SCOTLAND, 5_546_900),
        (q.Region.NORTHERN_IRELAND, 1_927_855),
    ],
)  # fmt: skip
def test_people_by_region(small: Population, region: q.Region, residents: float) -> None:
    here = small.households["region"][small.persons["household"]] == int(region)
    assert persons(small, here) == pytest.approx(residents, rel=WITHIN)


@pytest.mark.parametrize(
    "tenure, share",  # ONS, dwellings by tenure, England 2024: 4,274,613 rented socially and 5,299,840 privately of 25,616,116
    [(q.Tenure.SOCIAL_RENT, 0.167), (q.Tenure.PRIVATE_RENT, 0.207)],
)
def test_tenure_in_england(small: Population, tenure: q.Tenure, share: float) -> None:
    england = small.households["nation"] == int(q.Nation.ENGLAND)
    found = households(small, england & (small.households["tenure"] == int(tenure))) / households(small, england)
    assert found == pytest.approx(share, abs=0.015)


@pytest.mark.parametrize("band, dwellings", [(1, 6_103_000), (4, 4_035_000)])  # VOA, stock of properties, 31 March 2025, England
def test_dwellings_by_band_in_england(small: Population, band: int, dwellings: float) -> None:
    homes, empty = small.households, small.dwellings
    lived = homes["weight"][(homes["nation"] == 0) & (homes["council_tax_band"] == band)].sum()
    unlived = empty["weight"][(empty["nation"] == 0) & (empty["council_tax_band"] == band)].sum()
    assert lived + unlived == pytest.approx(dwellings, rel=WITHIN)


# ---- the top of wealth ---------------------------------------------------------------------------------------------


def net_wealth(people: Population) -> np.ndarray:
    homes = people.households
    assets = (
        homes["main_home_wealth"] + homes["other_property_wealth"] + homes["financial_wealth"] + homes["business_wealth"]
        + homes["pension_wealth"] + homes["physical_wealth"]
    )  # fmt: skip
    return assets - homes["mortgage_debt"] - homes["debts"]


def test_the_richest_hundredth_has_many_records_of_small_weight(small: Population) -> None:
    top = small.households["stratum"] > 0
    assert top.sum() == 150  # 2.5% of 6,000 records
    assert households(small, top) / households(small, small.households["weight"] > 0) == pytest.approx(0.01, rel=0.1)


@pytest.mark.slow
def test_two_thousand_records_above_two_million_pounds() -> None:
    large = made(100_000, seed=1)
    assert (net_wealth(large) > 2_000_000).sum() >= 2_000


def test_the_top_follows_its_curve() -> None:
    """A Pareto curve of exponent 2: of those above £3m, a quarter have more than £6m."""
    level, weight, stratum = drawn_levels(4_000, 3e6, 290_000.0, 2.0, np.random.default_rng(0))
    assert weight.sum() == pytest.approx(290_000.0)
    assert weight[level > 6e6].sum() / weight.sum() == pytest.approx(0.25, abs=0.005)
    assert level.min() >= 3e6 and stratum.min() == 1


# ---- chance in order -----------------------------------------------------------------------------------------------


def test_a_quota_is_met_to_one_record() -> None:
    chance = np.full(1_000, 0.137)
    assert abs(quota(chance, np.arange(1_000.0), np.random.default_rng(1)).sum() - 137) <= 1


def test_ranks_stand_at_the_middle_of_their_weight() -> None:
    assert rank(np.array([3.0, 1.0, 2.0]), np.array([2.0, 1.0, 1.0])) == pytest.approx([0.75, 0.125, 0.375])


def test_categories_are_given_out_in_the_shares_of_each_group() -> None:
    group = np.repeat([0, 1], 500)
    given = assigned(np.tile(np.arange(500.0), 2), np.ones(1_000), group, np.array([[0.2, 0.8], [0.5, 0.5]]), np.random.default_rng(0))
    assert [(given[group == one] == 0).sum() for one in (0, 1)] == [100, 250]


def test_a_shift_reaches_its_count() -> None:
    """All odds of one: to reach 20 of 100 they must fall to a quarter, a shift of log(1/4) = -1.386."""
    assert solve_shift(np.zeros(100), np.ones(100), 20.0) == pytest.approx(-1.3863, abs=1e-3)


# ---- why people are out of work ------------------------------------------------------------------------------------


def _reasons(people: Population, sex: int, couple: bool, children: bool) -> dict[q.Activity, float]:
    """Parts of adults of 25 to 54 out of work, of one sex and family, by reason."""
    persons, units = people.persons, people.benefit_units
    kids = np.add.reduceat((persons["role"] == int(q.Role.DEPENDANT)).astype(int), units["first_person"])[persons["benefit_unit"]] > 0
    age = (persons["age"] >= 25) & (persons["age"] < 55) & (persons["sex"] == sex) & (persons["role"] != int(q.Role.DEPENDANT))
    chosen = age & ((units["couple"][persons["benefit_unit"]] == 1) == couple) & (couple | (kids == children))
    reasons = (q.Activity.UNEMPLOYED, q.Activity.SICK, q.Activity.CARING, q.Activity.OTHER)
    weight = people.person_weight
    counts = np.array([weight[chosen & (persons["activity"] == int(reason))].sum() for reason in reasons])
    return dict(zip(reasons, counts / counts.sum(), strict=True))


def test_women_in_couples_out_of_work_mostly_look_after_the_family_and_single_men_are_sick_or_seek_work(small: Population) -> None:
    """As in the censuses of 2011 and 2021: of women in couples out of work two in three care; of single men hardly one in ten."""
    women, men = _reasons(small, 1, couple=True, children=True), _reasons(small, 0, couple=False, children=False)
    assert women[q.Activity.CARING] > 0.4 > women[q.Activity.SICK]
    assert men[q.Activity.CARING] < 0.1 and men[q.Activity.SICK] + men[q.Activity.UNEMPLOYED] > 0.6


def test_the_odds_by_family_are_those_of_both_censuses() -> None:
    """Single men: sick 7.63% of 472 and 17.00% of 941, not looking for work for other reasons 2.75% and 7.23%, caring 1.70% of 941."""
    _, sick, caring = activity.out_of_work_by_family()
    ill, other = (7.63 * 472 + 17.00 * 941) / 1413, (2.75 * 472 + 7.23 * 941) / 1413
    assert 1 / (1 + np.exp(-sick[activity.SINGLES, 0])) == pytest.approx(ill / (ill + other + 1.70))
    assert 1 / (1 + np.exp(-caring[activity.SINGLES, 0])) == pytest.approx(1.70 / (1.70 + other))


# ---- spending ------------------------------------------------------------------------------------------------------


def test_restaurants_take_what_the_national_accounts_hold() -> None:
    """By hand: £166,666m in 2022, of which visitors buy 50,115 / (1,486,229 - 393,544 - 76,119) = 4.9298%, and 15.959% more in 2025-26
    (1,855.1694 over a quarter of 1,447.256 and three of 1,650.715), among 29.003 million households."""
    assert spending.by_tenth()["restaurants"].mean() == pytest.approx(6_335, abs=1)


def test_motor_fuel_takes_the_litres_of_the_national_accounts() -> None:
    """By hand: £35,382m in prices of 2019, less visitors' 4.9298%, is 26,279m litres at 1.28; at 1.36 £1,232.3 a household."""
    assert spending.by_tenth()["motor_fuel"].mean() == pytest.approx(1_232.3, abs=1)


def test_energy_takes_what_the_national_accounts_hold_and_water_what_the_survey_hears() -> None:
    """By hand: £42,288m in 2024 and 5.297% more in 2025-26, £1,535.3 a household; water £9.9 a week and prices 5.8735% up, £545.0."""
    assert spending.by_tenth()["housing_energy"].mean() == pytest.approx(2_080.3, abs=1)


def test_the_survey_says_who_spends() -> None:
    heard, brought_up = spending.surveyed(), spending.by_tenth()
    for name, values in heard.items():
        ratio = brought_up[name] / values
        assert ratio.max() == pytest.approx(ratio.min()), name
    assert brought_up["education"].mean() == pytest.approx(heard["education"].mean())


def test_households_spend_less_than_they_have_and_save_no_third_of_it(small: Population) -> None:
    """OBR, March 2026: of £1,894.8 billion of disposable income in 2024-25, £1,776.7 billion is spent (94%); the survey's sums make 62%."""
    homes, law = small.households, law_in_force(small.year)
    income = assess(small, law)["disposable_income"]
    spent = (
        sum(homes[name] for name in homes.dtype.names or () if name.startswith("spending_")) + homes["rent"] + homes["mortgage_interest"]
    )
    part = (homes["weight"] @ spent) / (homes["weight"] @ (income["market_income"] + income["benefits"] - income["taxes"]))
    assert 0.85 < part < 1.0
