"""What a council may do: limits by class, yields worked by hand, and scenarios that ask for more."""

from __future__ import annotations

import pytest

from building import home, person, town, unit
from fairshare.areas import areas, find_area
from fairshare.local_powers import beyond_powers, class_of, decision, decisions, most_premium, referendum_limit
from fairshare.population.records import Population, empty
from fairshare.powers import as_data, as_text, powers
from fairshare.quantities import NATION_NAMES, Band, DwellingKind, Nation
from fairshare.reading import parse
from fairshare.run import work
from fairshare.scenario import laws, scenario_from

YEAR = "2026-27"
BAND_D = 2_283.73  # Leeds 2026-27, with every part


def leeds(kind: DwellingKind = DwellingKind.SECOND_HOME) -> Population:
    """Fifty couples on good pay in Band D homes of weight 20, so 1,000 homes, and 100 second (or other) homes of Band D."""
    couple = unit(person(45, earnings=60_000), person(44, earnings=40_000), couple=1)
    dwellings = empty("dwelling", 1)
    area = find_area("Leeds")
    fields = {"weight": 100.0, "council": area.row, "nation": area.nation, "region": area.region}
    for name, value in {**fields, "kind": kind, "council_tax_band": Band.D}.items():
        dwellings[name] = value
    return town(*(home(couple, council="Leeds", weight=20.0, council_tax_band=Band.D) for _ in range(50)), dwellings=dwellings)


@pytest.mark.parametrize(
    "name, kind, share, cash",
    [("Leeds", "metropolitan district", 0.0499, 0), ("Dover", "shire district", 0.0299, 5), ("York", "unitary council", 0.0499, 0)],
)
def test_the_referendum_limit_of_a_class(name: str, kind: str, share: float, cash: float) -> None:
    area = find_area(name)
    limit = referendum_limit(area, YEAR)
    assert class_of(area) == kind and limit is not None
    assert (limit.share, limit.cash) == (pytest.approx(share), cash)


@pytest.mark.parametrize("name", ["Gwynedd", "Highland", "Belfast"])
def test_only_england_has_a_referendum_limit(name: str) -> None:
    assert referendum_limit(find_area(name), YEAR) is None


def test_every_council_has_a_class_and_every_nation_its_decisions() -> None:
    assert all(class_of(area) for area in areas())
    assert {each.nation for each in decisions()} == set(NATION_NAMES.values())
    assert {each.decided_by for each in decisions()} == {"council", "regulations", "order", "act"}


@pytest.mark.parametrize(
    "nation, path, who",
    [
        (Nation.ENGLAND, "council_tax.by_place.band_d", "council"),
        (Nation.ENGLAND, "council_tax.england.ratio.h", "order"),
        (Nation.ENGLAND, "council_tax.proportional.rate", "act"),
        (Nation.ENGLAND, "council_tax_reduction.by_place.maximum", "council"),
        (Nation.WALES, "council_tax_reduction.by_place.maximum", "regulations"),
        (Nation.NORTHERN_IRELAND, "council_tax.by_place.district_rate", "council"),
    ],
)
def test_who_decides(nation: Nation, path: str, who: str) -> None:
    found = decision(nation, path)
    assert found is not None and found.decided_by == who


def test_income_tax_is_no_councils_concern() -> None:
    assert decision(Nation.ENGLAND, "income_tax.personal_allowance") is None


def test_the_most_that_may_be_added() -> None:
    most = [most_premium(nation, "second_home", YEAR) for nation in Nation]
    assert [each and each.value for each in most] == [1, 3, 1, None]


def test_what_each_step_brings() -> None:
    """1,000 homes of Band D: £1 brings £1,000; 4.99% of £2,283.73 is £113.96 each; 100 second homes at a premium of 100%, where 70% is
    charged now, bring 30 charges more.

    The pound and the rise also fall on the second homes, which today pay 1.7 times the charge: as 170 homes more.
    """
    made = powers("Leeds", leeds(), YEAR)
    found = {step.id: step.pounds for step in made.steps}
    assert found["pound"] == pytest.approx(1_170)
    assert found["rise_to_limit"] == pytest.approx(0.0499 * BAND_D * 1_170)
    assert found["police_cash"] == pytest.approx(15 * 1_170) and found["fire_cash"] == pytest.approx(5 * 1_170)
    assert found["second_home"] == pytest.approx(30 * BAND_D)
    assert found["long_term_empty"] == 0
    assert found["support_in_full"] == 0  # nobody here is on a low income
    assert "district_cash" not in found


def test_a_premium_that_is_charged_already_changes_nothing() -> None:
    """Leeds may add 100% to the charge of homes long empty, and the model takes 100% as charged now."""
    made = powers("Leeds", leeds(DwellingKind.LONG_TERM_EMPTY), YEAR)
    assert next(step.pounds for step in made.steps if step.id == "long_term_empty") == 0
    said = " ".join(as_text(made).split())
    assert "A premium of 100% on homes long empty (about 100 here): changes nothing." in said


def test_the_whole_bill_is_never_called_the_councils() -> None:
    made = powers("Leeds", leeds(), YEAR)
    rise = next(step for step in made.steps if step.id == "rise_to_limit")
    assert rise.what == "of the whole bill: each body's part of it is not known here"
    said = " ".join(as_text(made).split())
    assert "brings about £133,000 a year, of the whole bill: each body's part of it is not known here" in said
    assert "An order of ministers: what each band is charged" in said
    assert as_data(made)["may_do_now"][0]["pounds"] == rise.pounds


def test_too_few_records_give_no_figure() -> None:
    made = powers("York", leeds(), YEAR)
    assert made.records == 0 and all(step.pounds is None for step in made.steps)
    assert "not known, too few records (0)" in as_text(made)


@pytest.mark.parametrize(
    "areas, law, words",
    [
        # Leeds in 2026-27 stands 5.13% above 2025-26 (2,283.73 / 2,172.39); 1.0499 times that is 10.37% above it
        ("Leeds", "council_tax: {by_place: {band_d: {times: 1.0499}}}", "rises by 10.37% in a year, which holds the 5.13% of 2026-27."),
        ("Leeds", "council_tax: {by_place: {band_d: {times: 0.99}}}", None),
        # Hartlepool stands 2.47% above 2025-26 (2,560.20 / 2,498.53): it has 2.46% left
        ("Hartlepool", "council_tax: {by_place: {band_d: {times: 1.02}}}", None),
        ("Hartlepool", "council_tax: {by_place: {band_d: {times: 1.03}}}", "rises by 5.54% in a year, which holds the 2.47% of 2026-27."),
        ("Cardiff", "council_tax: {by_place: {band_d: {times: 1.2}}}", None),
        ("Leeds", "council_tax: {england: {premium: {second_home: 1}}}", None),
        ("Leeds", "council_tax: {england: {premium: {second_home: 2}}}", "the premium would be 200%, and the law allows 100% at most"),
        ("Leeds", "council_tax: {england: {ratio: {h: 3}}}", "needs an order of ministers"),
        ("Leeds", "council_tax: {proportional: {in_force: 1, rate: 0.01}}", "needs an Act"),
        ("Leeds", "council_tax_reduction: {by_place: {maximum: 1}}", None),
        ("Cardiff", "council_tax_reduction: {by_place: {maximum: 0.5}}", "needs regulations"),
        ("Leeds", "income_tax: {personal_allowance: {plus: 1}}", "no council may change income tax"),
        ("Leeds", "equal_payment: {per_adult: 10}", None),
    ],
)
def test_a_scenario_that_asks_for_more_is_told_so(areas: str, law: str, words: str | None) -> None:
    text = f"title: T\nbecause: B.\nfrom: 2026-27\nareas: [{areas}]\nlaw: {{{law}}}\n"
    found = beyond_powers(scenario_from(parse(text)), *laws(scenario_from(parse(text)), YEAR))
    assert found == [] if words is None else len(found) == 1 and words in found[0] and areas in found[0]


def test_a_run_warns_and_still_runs() -> None:
    text = "title: T\nbecause: B.\nfrom: 2026-27\nareas: [Leeds]\nlaw: {council_tax: {by_place: {band_d: {times: 1.1}}}}\n"
    made = work(scenario_from(parse(text)), leeds(), YEAR)
    assert made.proceeds > 0 and any("needs a referendum" in warning for warning in made.warnings)


def poor_leeds() -> Population:
    """Fifty couples without pay in Band A homes of weight 20."""
    couple = unit(person(45), person(44), couple=1, draw_council_tax_reduction=0.0)
    return town(*(home(couple, council="Leeds", weight=20.0, council_tax_band=Band.A) for _ in range(50)))


def test_what_support_costs_now_and_by_steps_of_earnings() -> None:
    """A Band A bill is 6/9 of £2,283.73, £1,522.49; Leeds covers 80% where its scheme was not read, and the steps cover nine tenths."""
    made = powers("Leeds", poor_leeds(), YEAR)
    bill = 1_000 * 6 / 9 * BAND_D
    assert made.support_now["working_age"] == pytest.approx(0.8 * bill, rel=1e-6) and made.support_now["pension_age"] == 0
    steps = {step.id: step.pounds for step in made.steps}
    assert steps["income_bands"] == pytest.approx(-0.1 * bill, rel=1e-6)
    assert steps["capital_limit"] == 0  # nobody there has savings
    assert "people of working age" in as_text(made) and as_data(made)["support_now"]["working_age"]
