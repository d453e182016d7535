"""Full take-up: everybody claims, nothing else moves, and the population says so."""

from __future__ import annotations

from building import home, person, town, unit
from fairshare.assessment import assess
from fairshare.law import Law
from fairshare.population.take_up import with_full_take_up


def test_those_who_left_a_benefit_unclaimed_claim_it(law_2026: Law) -> None:
    """Single, past pension age, 200 a week: guarantee of 238 a week, so 38 x 52 = 1,976, which a draw above 0.65 leaves unclaimed."""
    people = town(home(unit(person(80, state_pension=10_400), draw_pension_credit=0.9, draw_housing_benefit=0.99)))
    full = with_full_take_up(people)
    assert assess(people, law_2026)["pension_credit"]["pension_credit"][0] == 0
    assert round(float(assess(full, law_2026)["pension_credit"]["pension_credit"][0]), 2) == 1_976.00
    assert (full.persons == people.persons).all() and full.households["weight"].sum() == people.households["weight"].sum()
    assert full.id != people.id and full.says.endswith("claim what they are entitled to.") and full.details["take_up"] == "full"


def test_the_answer_says_so_and_can_be_made_again(law_2026: Law) -> None:
    from types import SimpleNamespace

    from fairshare.report.text import command

    people = with_full_take_up(town(home(unit(person(30)))))
    run = SimpleNamespace(scenario=SimpleNamespace(name="benefits/one"), year="2026-27", population=people)
    assert command(SimpleNamespace(run=run, area=None)).endswith("--take-up full")  # type: ignore[arg-type]


def test_a_family_that_opted_out_is_paid_again(law_2026: Law) -> None:
    people = town(home(unit(person(40, earnings=90_000), person(5), child_benefit_opt_out=1)))
    assert assess(people, law_2026)["child_benefit"]["child_benefit"][0] == 0
    assert assess(with_full_take_up(people), law_2026)["child_benefit"]["child_benefit"][0] == 27.05 * 52
