"""Your £100: where it goes, and what comes back."""

from __future__ import annotations

import pytest

from building import home, person, some_households, town, unit
from fairshare.areas import find_area
from fairshare.assessment import assess
from fairshare.law import law_in_force
from fairshare.quantities import Education
from fairshare.report.hundred import CAVEATS, back_rows, hundred_data, hundred_text, sentences
from fairshare.report.plain import faults
from fairshare.spending.functions import rates
from fairshare.spending.hundred import Hundred, each_hundred, hundred


def test_each_hundred_follows_public_spending() -> None:
    """HM Treasury, PESA 2025: health 241.8 of 1,157.7 in all, £ billion."""
    found = each_hundred()
    assert sum(found.values()) == pytest.approx(100)
    assert found["health"] == pytest.approx(100 * 241.8 / 1_157.7)


def test_what_comes_back_to_a_family() -> None:
    """A parent with a pupil receives school, at the country's rate; a person alone does not."""
    law, leeds = law_in_force("2024-25"), find_area("Leeds").row
    costs = rates(assess(some_households(120, seed=8, councils=(leeds,)), law))
    both = town(home(unit(person(40, earnings=40_000), person(9, education=Education.PRIMARY))), home(unit(person(40, earnings=40_000))))
    assessment = assess(both, law)
    family, alone = hundred(assessment, costs, 0), hundred(assessment, costs, 1)
    assert family.services["education"] > 0 == alone.services["education"]
    assert family.services["health"] > alone.services["health"] > 0
    assert family.cash > 0 and alone.cash == 0
    assert alone.back_of_each_hundred == pytest.approx(100 * alone.back / alone.taxes)


def test_words_are_plain_with_and_without_taxes() -> None:
    nothing = Hundred(0, 0, False, each_hundred(), 5_000, {"health": 2_000})
    assert nothing.back_of_each_hundred is None
    some = nothing._replace(taxes_on_income_and_home=4_000)
    for text in (*sentences(nothing), *sentences(some), *CAVEATS):
        assert not faults(text), text
    assert some.back_of_each_hundred == 175
    assert "what you buy is not known" in sentences(some)[0]
    assert "what you buy" not in sentences(some._replace(buying_known=True))[0]
    assert not faults(sentences(some._replace(travel_known=False))[0])


def test_what_is_not_known_of_travel_is_said_and_no_nought() -> None:
    """Without spending on travel the share of railways cannot be told; £1,000 of it brings a share."""
    law, leeds = law_in_force("2024-25"), find_area("Leeds").row
    costs = rates(assess(some_households(120, seed=8, councils=(leeds,)), law))
    both = town(home(unit(person(40, earnings=40_000))), home(unit(person(40, earnings=40_000)), spending_transport=1_000))
    without, with_travel = (hundred(assess(both, law), costs, row) for row in (0, 1))
    assert ("railways", "not known", "") in back_rows(without) and hundred_data(without, "2024-25")["services"]["railways"] is None
    assert "Railways are not counted" in sentences(without)[0]
    assert with_travel.services["railways"] > 0 and hundred_data(with_travel, "2024-25")["services"]["railways"] > 0
    said = hundred_text(without, "2024-25", "It is made from published figures, and no real person is in it.")
    assert "for each £100 paid" in said and "no real person is in it" in said
