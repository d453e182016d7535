"""People who share a home and hold it together: none is helped with more than a part of the rent and of the bill.

SI 2013/376 Sch 4 paras 24(4), 35(4); SI 2006/214 reg.12B(4); SI 2012/2885 Sch 1 para 7(3).
"""

from __future__ import annotations

import numpy as np
import pytest

from building import home, person, town, unit
from fairshare.assessment import assess
from fairshare.law import law_in_force
from fairshare.population.records import Population
from fairshare.quantities import Band, Tenure

LAW = law_in_force("2026-27")


def sharers(**fields: float) -> Population:
    """Two people of 40 without income, who rent from a council for £200 a week."""
    tenants = [unit(person(40, activity=3), householder=1) for _ in range(2)]
    return town(home(*tenants, tenure=Tenure.SOCIAL_RENT, rent=10_400.0, bedrooms=2, council_tax_band=Band.B, **fields))


def test_two_joint_tenants_have_half_the_rent_each() -> None:
    lines = assess(sharers(), LAW)["universal_credit"]
    assert lines["share_of_home"].tolist() == [0.5, 0.5]
    assert lines["housing_element"].tolist() == [5_200.0, 5_200.0]  # and nothing off for a spare bedroom, or for the other tenant
    assert lines["non_dependant_contributions"].tolist() == [0.0, 0.0]


def test_reductions_together_are_no_more_than_the_bill() -> None:
    year = assess(sharers(), LAW)
    (bill,) = year["council_tax"]["council_tax"]
    reductions = year["council_tax_reduction"]
    assert reductions["liability"].tolist() == pytest.approx([bill / 2, bill / 2])
    assert reductions["entitlement"].sum() <= bill + 0.01


def test_pensioners_who_share_have_housing_benefit_on_half_the_rent_each() -> None:
    tenants = [unit(person(80), householder=1) for _ in range(2)]
    year = assess(town(home(*tenants, tenure=Tenure.SOCIAL_RENT, rent=10_400.0, bedrooms=2)), LAW)
    assert year["housing_benefit"]["eligible_rent"].tolist() == [5_200.0, 5_200.0]
    assert np.all(year["housing_benefit"]["non_dependant_deductions"] == 0.0)


def test_one_tenant_with_a_lodging_adult_has_the_whole_rent() -> None:
    """The other adult is a non-dependant: his contribution comes off."""
    one, other = unit(person(40, activity=3)), unit(person(40, activity=3))
    lines = assess(town(home(one, other, tenure=Tenure.SOCIAL_RENT, rent=10_400.0, bedrooms=2)), LAW)["universal_credit"]
    assert lines["share_of_home"][0] == 1.0 and lines["eligible_rent"][0] == 10_400.0
    assert lines["non_dependant_contributions"][0] > 0.0
