"""Income in five stages: each follows from the one before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building import home, person, some_households, town, unit
from fairshare.assessment import assess
from fairshare.law import law_in_force
from fairshare.measures.stages import STAGES, as_ons_counts, by_fifth, compared, ginis, stages
from fairshare.report.stages import stages_text
from fairshare.spending.functions import IN_KIND

YEAR = "2024-25"


def test_stages_of_one_household() -> None:
    """Earnings of £30,000 in 2024-25: income tax 3,486 and National Insurance 1,394.40. Contributions to a pension stay in."""
    population = town(home(unit(person(40, earnings=30_000, pension_relief_at_source=1_000))))
    assessment = assess(population, law_in_force(YEAR))
    made = stages(assessment)
    on_home = float(assessment["disposable_income"]["council_tax"][0])
    assert made.original[0] == 30_000 and made.cash_benefits[0] == 0
    assert made.direct_taxes[0] == pytest.approx(3_486 + 1_394.40 + on_home)
    assert made.disposable[0] == pytest.approx(30_000 - made.direct_taxes[0])
    assert made.post_tax[0] == pytest.approx(made.disposable[0] - made.indirect_taxes[0])
    assert made.final[0] == pytest.approx(made.post_tax[0] + sum(made.services[name][0] for name in IN_KIND))


def test_fifths_add_up() -> None:
    made = stages(assess(some_households(200, seed=6), law_in_force(YEAR)))
    rows = by_fifth(made)
    assert [row["fifth"] for row in rows] == ["1", "2", "3", "4", "5", "all"]
    for row in rows:
        assert row["gross"] == pytest.approx(row["original"] + row["cash_benefits"])
        assert row["disposable"] == pytest.approx(row["gross"] - row["direct_taxes"])
        assert row["post_tax"] == pytest.approx(row["disposable"] - row["indirect_taxes"])
        assert row["final"] == pytest.approx(row["post_tax"] + row["benefits_in_kind"])
    assert all(low["disposable"] <= high["disposable"] for low, high in zip(rows[:1], rows[4:5]))


def test_every_stage_has_a_coefficient_and_a_published_figure_beside_it() -> None:
    """ONS, FYE 2024: original income 0.476, final income 0.268."""
    made = stages(assess(some_households(200, seed=6), law_in_force(YEAR)))
    assert all(0 < value < 1 for value in ginis(made).values()) and set(ginis(made)) == set(STAGES)
    found = {each.what: each for each in compared(made)}
    assert found["Gini coefficient of original income"].published == pytest.approx(0.476)
    assert found["Gini coefficient of final income"].published == pytest.approx(0.268)
    assert found["benefits in kind, fifth 1 over all households"].published == pytest.approx(
        ((7_866 - 54 - 93) + (8_951 - 63 - 108)) / 2 / (7_414 - 32 - 45)  # without rents below the market and school meals
    )


@pytest.mark.slow
def test_the_default_population_lies_near_what_ons_publishes() -> None:
    """What is asked of final income by ONS's count: coefficients within 0.02, and the lowest and highest fifth within a tenth."""
    from fairshare.population.store import default_population
    from fairshare.population.uprating import uprate

    population = uprate(default_population(100_000, 1, lambda _what, _part: None), YEAR)
    found = {each.what: each for each in compared(stages(assess(population, law_in_force(YEAR))))}
    assert abs(found["Gini coefficient of final income"].gap) < 0.02
    assert abs(found["Gini coefficient of original income"].gap) < 0.02
    for name in ("lowest", "highest"):
        assert abs(found[f"mean equivalised final income, {name} fifth of people"].gap) < 0.10
    for fifth in range(2, 6):
        assert abs(found[f"final, fifth {fifth} over all households"].gap) < 0.10


def test_beside_ons_social_care_is_left_out() -> None:
    """ONS counts no social care in final income."""
    made = stages(assess(some_households(200, seed=6), law_in_force(YEAR)))
    counted = as_ons_counts(made)
    assert made.services["social_care"].any() and not counted.services["social_care"].any()
    assert counted.final == pytest.approx(made.final - made.services["social_care"])


def test_taxes_in_prices_hold_what_firms_pass_on() -> None:
    made = stages(assess(some_households(200, seed=6), law_in_force(YEAR)))
    assert (made.passed_on >= 0).all() and (made.indirect_taxes >= made.passed_on).all() and made.passed_on.any()


def test_the_stages_say_what_they_are_of() -> None:
    says = "Made from published figures; no real person is in it."
    told = stages_text(assess(replace(some_households(200, seed=6), says=says), law_in_force(YEAR)), YEAR)
    assert f"United Kingdom, 2024-25. {says}" in told
