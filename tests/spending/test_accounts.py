"""Accounts of owning and building: each worked by hand, each assumption with its source."""

from __future__ import annotations

import pytest

from fairshare.faults import Fault
from fairshare.report.accounts import LABEL
from fairshare.report.plain import faults
from fairshare.spending.accounts import ACCOUNTS, work


def lines(name: str, **given: float) -> dict[str, tuple[float, float, float]]:
    return {each.says: each.cases for each in work(name, given).lines}


@pytest.mark.parametrize("name", ACCOUNTS)
def test_every_assumption_has_a_source_and_every_caveat_is_plain(name: str) -> None:
    found = work(name)
    assert all(len(each.source) > 10 and each.says and each.unit for each in found.assumptions)
    for text in (LABEL, *found.caveats):
        assert not faults(text), text


def test_public_ownership_by_hand() -> None:
    """£20 billion at 5% is 1 billion a year; dividends of 1.5; 6% of £50 billion renewed one point cheaper is 30 million."""
    found = lines(
        "public_ownership",
        price=20e9,
        change_over=0,
        public_rate=0.05,
        dividends=1.5e9,
        debt=50e9,
        renewed=0.06,
        private_rate=0.06,
        households=25e6,
    )
    assert found["Interest on the bonds"][1] == pytest.approx(1e9)
    assert found["Cheaper debt in the first year"][1] == pytest.approx(30e6)
    assert found["Gain in the first year, interest on the bonds counted"][1] == pytest.approx(530e6)
    assert found["Gain in the first year, interest on the bonds not counted"][1] == pytest.approx(1_530e6)
    assert found["Bills lower (or, below zero, higher) for each household"][1] == pytest.approx(21.2)
    assert found["Public debt that is added, with the companies' own"][1] == pytest.approx(70e9)


def test_public_ownership_may_lose_or_gain() -> None:
    low, central, high = lines("public_ownership")["Gain in the first year, interest on the bonds counted"]
    assert low < central < high and low < 0 < high


def test_green_investment_by_hand() -> None:
    """£1 billion at £10,000 a home: 100,000 homes. At prices of 2017: 8,690 direct jobs, 13,450 and 17,930."""
    found = lines("green_investment", spending=1e9, cost_a_home=10_000, bills_saved=500, prices=1)
    assert found["Homes in a year"][0] == 100_000 and found["Bills saved on those homes"][0] == 50e6
    assert found["Years of savings that meet the cost"][0] == 20
    jobs = [found[each][0] for each in found if each.startswith("Jobs") and "otherwise" not in each]
    assert jobs == pytest.approx([8_690, 13_450, 17_930])
    assert found["Jobs with suppliers that would not have existed otherwise"] == pytest.approx((0, 6_725, 13_450))


def test_defence_and_building_are_not_subtracted() -> None:
    """MOD 2020-21: 6.88 direct jobs for each £1 million, 10.68 with suppliers."""
    found = lines("defence_diversification", moved=1e9, defence_prices=1, building_prices=1, change_over=10_000)
    assert found["Defence industry jobs that the money supports, direct"][0] == pytest.approx(6_880)
    assert found["Defence industry jobs, with suppliers"][0] == pytest.approx(10_680)
    assert found["Building jobs, with suppliers"][0] == pytest.approx(13_450)
    assert found["Cost of changing over, once"][0] == pytest.approx(68.8e6)
    assert not any("more" in each or "difference" in each for each in found)


def test_cooperatives_by_hand() -> None:
    """100 firms of 30: £60 million lent at £20,000. With 82% against 39%: 1,290 jobs more; 18% at half lost is £5.4 million."""
    found = lines("cooperatives")
    assert found["Lent"][2] == 60e6
    assert found["Jobs more than in other companies"] == pytest.approx((0, 630, 1_290))
    assert found["Lent and lost"][2] == pytest.approx(5.4e6)
    assert found["Lost for each job more"][0] == float("inf")


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(Fault, match="cooperatives"):
        work("cooperative")
    with pytest.raises(Fault, match='no assumption "prise"; did you mean "price"'):
        work("public_ownership", {"prise": 1})
    with pytest.raises(Fault, match="at least 0"):
        work("public_ownership", {"price": -1})
