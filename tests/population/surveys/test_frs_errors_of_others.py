"""Errors found in other readers of the Family Resources Survey: each household here would be read wrongly by one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fairshare import quantities as q
from fairshare.population.records import Population
from fairshare.population.surveys.frs import read_frs
from population.surveys.frs_writer import RELEASES, Made, made, written

Read = tuple[Population, dict[str, np.ndarray]]


def one(year: str = "2022-23", adults: int = 1, **household: Any) -> Made:
    """One household of one unit, everything in it nothing but what a test sets."""
    survey = made(1, year)
    home, unit = survey.tables["househol"][0], survey.tables["benunit"][0]
    adult = next(row for row in survey.tables["adult"] if row["person"] == 1)
    for rows in survey.tables.values():
        rows.clear()
    for row, kept in (
        (home, ("sernum", "gross4", "intdate")),
        (unit, ("sernum", "benunit", "gross4")),
        (adult, ("sernum", "benunit", "person", "gross4")),
    ):
        for name in row:
            row[name] = row[name] if name in kept else None
    home.update({"gvtregno": 4, "ptentyp2": 5, "adulth": adults, "depchldh": 0, **household})
    survey.tables["househol"].append(home)
    survey.tables["benunit"].append(unit)
    for number in range(1, adults + 1):
        bare = {"age80": 40 + number, "sex": 1, "inearns": 0.0, "seincam2": 0.0, "empstati": 11, "marital": 3}
        place = {"person": number, "uperson": number, "hrpid": 1 if number == 1 else 2}
        survey.add("adult", **{**adult, **bare, **place})
    return survey


def read(survey: Made, tmp_path: Path) -> Read:
    return read_frs(written(survey, tmp_path))


def change(survey: Made, table: str = "adult", row: int = 0, **values: Any) -> None:
    survey.tables[table][row].update(values)


def benefit(survey: Made, code: int, amount: float, **more: Any) -> None:
    survey.add("benefits", sernum=1, person=1, benefit=code, benamt=amount, benpd=more.get("benpd"), pres=1, var2=more.get("var2"))


@pytest.mark.parametrize("ptentyp2, tentyp2, tenure", [(5, 6, q.Tenure.OWNED_OUTRIGHT), (6, 5, q.Tenure.MORTGAGE)])
def test_outright_and_mortgage_are_not_swapped(ptentyp2: int, tentyp2: int, tenure: q.Tenure, tmp_path: Path) -> None:
    people, _ = read(one(ptentyp2=ptentyp2, tentyp2=tentyp2), tmp_path)
    assert people.households["tenure"].tolist() == [tenure]


@pytest.mark.parametrize("tentyp2, tenure", [(5, q.Tenure.MORTGAGE), (6, q.Tenure.OWNED_OUTRIGHT), (7, q.Tenure.RENT_FREE)])
def test_where_the_short_tenure_is_open_the_full_one_has_its_own_order(tentyp2: int, tenure: q.Tenure, tmp_path: Path) -> None:
    people, _ = read(one(ptentyp2=None, tentyp2=tentyp2), tmp_path)
    assert people.households["tenure"].tolist() == [tenure]


@pytest.mark.parametrize("status, activity", [(9, q.Activity.SICK), (10, q.Activity.OTHER), (11, q.Activity.OTHER), (8, q.Activity.CARING)])
def test_the_eleventh_status_is_not_disabled(status: int, activity: q.Activity, tmp_path: Path) -> None:
    survey = one()
    change(survey, empstati=status)
    people, _ = read(survey, tmp_path)
    assert people.persons["activity"].tolist() == [activity]
    assert people.persons["work_capability"].tolist() == [2 if status == 9 else 0]


@pytest.mark.parametrize("region, name", [(4, "YORKSHIRE_AND_THE_HUMBER"), (8, "LONDON"), (13, "NORTHERN_IRELAND")])
def test_there_is_no_third_region(region: int, name: str, tmp_path: Path) -> None:
    people, _ = read(one(gvtregno=region), tmp_path)
    assert people.households["region"].tolist() == [q.Region[name]]


def test_a_lodgers_payment_is_the_reference_persons_income_and_not_the_lodgers(tmp_path: Path) -> None:
    survey = one(adults=2)
    survey.tables["benunit"].append({**survey.tables["benunit"][0], "benunit": 2})
    change(survey, row=1, benunit=2, uperson=1, cvpay=90.0)
    people, beside = read(survey, tmp_path)
    by_number = dict(zip(beside["source"]["person"].tolist(), people.persons["property_income"].tolist(), strict=True))
    assert by_number == {1: 4_680.0, 2: 0.0}  # 52 weeks of 90


def test_what_is_stored_as_a_yearly_name_is_weekly(tmp_path: Path) -> None:
    people, _ = read(one("2019-20", gvtregno=13, rtannual=20.0), tmp_path)
    assert people.households["council_tax_bill"].tolist() == [1_040.0]  # rtannual is a week's rates


def test_a_yearly_bill_is_not_multiplied(tmp_path: Path) -> None:
    people, _ = read(one(ctband=4, ctannual=1_900.0), tmp_path)
    assert people.households["council_tax_bill"].tolist() == [1_900.0]


def test_scotlands_bill_is_without_water_and_before_reduction(tmp_path: Path) -> None:
    survey = one(gvtregno=12, ctband=2, ctannual=1_000.0, cwatamtd=4.0, csewamt=5.0, ctreb=1, ctrebamt=10.0)
    people, _ = read(survey, tmp_path)
    assert people.households["water_charges"].tolist() == [468.0]  # 52 x 9
    assert people.households["council_tax_bill"].tolist() == [1_052.0]  # 1,000 - 468 + 520


def test_a_bill_of_nothing_with_an_unknown_reduction_is_worked_by_the_law(tmp_path: Path) -> None:
    people, _ = read(one(ctband=2, ctannual=0.0, ctreb=1, ctrebamt=None), tmp_path)
    assert people.households["council_tax_bill"].tolist() == [-1.0]


def test_scottish_water_of_2024_is_gross_and_moved(tmp_path: Path) -> None:
    survey = one("2024-25", gvtregno=12, cwatamt1=6.0, csewamt1=4.0, ctdisc=1, ct25d50d=1, ctreb=2)
    people, _ = read(survey, tmp_path)
    assert people.households["water_charges"].tolist() == [390.0]  # 52 x 10 x 0.75


def test_losses_are_kept_and_missing_pay_is_nothing(tmp_path: Path) -> None:
    survey = one()
    change(survey, inearns=-9.0, seincam2=-120.5)
    people, _ = read(survey, tmp_path)
    assert people.persons["earnings"].tolist() == [0.0] and people.persons["self_employment"].tolist() == [-6_266.0]


def test_rent_from_another_property_may_be_a_loss(tmp_path: Path) -> None:
    survey = one()
    change(survey, royyr1=30.0, rentprof=2)
    people, _ = read(survey, tmp_path)
    assert people.persons["property_income"].tolist() == [-1_560.0]


def test_a_winter_fuel_payment_is_paid_once(tmp_path: Path) -> None:
    survey = one()
    benefit(survey, 62, 300.0)
    benefit(survey, 24, 1_000.0, benpd=95)
    _, beside = read(survey, tmp_path)
    assert beside["benefits"]["pounds"].tolist() == [1_000.0, 300.0]


def test_jsa_and_esa_of_both_kinds_are_not_lost(tmp_path: Path) -> None:
    survey = one()
    for basis in (1, 4, 5, 6):
        benefit(survey, 14, 70.0, var2=basis)
    people, beside = read(survey, tmp_path)
    assert sorted(beside["benefits"]["basis"].tolist()) == [1, 2, 3, 3]
    assert beside["benefits"]["pounds"].sum() == 4 * 52 * 70.0
    assert people.benefit_units["draw_universal_credit"].tolist() == [0.0]


def test_recoveries_and_loans_are_not_income(tmp_path: Path) -> None:
    survey = one()
    for code in (65, 66, 69, 70, 110, 111, 98, 99, 102, 81):
        benefit(survey, code, 10.0)
    benefit(survey, 3, 10.0)
    _, beside = read(survey, tmp_path)
    assert beside["benefits"]["code"][beside["benefits"]["income"] == 1].tolist() == [3]


def test_scottish_disability_payments_count(tmp_path: Path) -> None:
    survey = one("2023-24", gvtregno=12)
    benefit(survey, 117, 101.75)
    benefit(survey, 118, 26.90)
    people, _ = read(survey, tmp_path)
    assert people.persons["pip_daily_living"].tolist() == [2] and people.persons["pip_mobility"].tolist() == [1]


def test_code_98_is_a_loan_and_96_is_daily_living(tmp_path: Path) -> None:
    survey = one()
    benefit(survey, 98, 92.40)
    people, _ = read(survey, tmp_path)
    assert people.persons["pip_daily_living"].tolist() == [0]


@pytest.mark.parametrize("weekly, level", [(24.45, 1), (25.2, 1), (61.85, 2), (92.40, 3)])  # DLA care, 2022-23
def test_an_award_is_read_by_the_years_rates(weekly: float, level: int, tmp_path: Path) -> None:
    survey = one()
    benefit(survey, 1, weekly)
    people, _ = read(survey, tmp_path)
    assert people.persons["dla_care"].tolist() == [level] and people.persons["dla_mobility"].tolist() == [0]


def test_a_widows_payment_below_pension_age_is_no_state_pension(tmp_path: Path) -> None:
    survey = one()
    change(survey, marital=4)
    benefit(survey, 5, 100.0)
    people, _ = read(survey, tmp_path)
    assert people.persons["state_pension"].tolist() == [0.0]


def test_married_pensioners_are_married_whatever_the_family_type(tmp_path: Path) -> None:
    survey = one(adults=2)
    change(survey, row=0, marital=1, age80=80)
    change(survey, row=1, marital=1, age80=78)
    change(survey, "benunit", famtypb2=1)
    people, _ = read(survey, tmp_path)
    assert people.benefit_units["married"].tolist() == [1]


def test_an_amount_after_tax_is_grossed_up_and_an_isa_is_not_taxed(tmp_path: Path) -> None:
    survey = one()
    for account, taxed in ((5, 1), (1, 2), (21, 2), (2, 2)):
        survey.add("accounts", sernum=1, person=1, account=account, accint=2.0, acctax=taxed, invtax=None)
    people, _ = read(survey, tmp_path)
    assert people.persons["savings_interest"].tolist() == [52 * 2 * 1.25 + 52 * 2 + (52 * 2 - 70)]


def test_shares_taxed_at_source_are_grossed_by_their_own_flag(tmp_path: Path) -> None:
    survey = one()
    survey.add("accounts", sernum=1, person=1, account=8, accint=2.0, acctax=1, invtax=2)
    change(survey, dividgro=10.0)
    people, _ = read(survey, tmp_path)
    assert people.persons["dividends"].tolist() == [52 * 2 + 52 * 10] and people.persons["savings_interest"].tolist() == [0.0]


def test_a_mortgage_of_no_years_is_skipped_and_a_remortgage_counts(tmp_path: Path) -> None:
    survey = one(ptentyp2=6)
    survey.add("mortgage", sernum=1, mortseq=1, rmort=2, borramt=100_000, rmamt=None, mortend=0)
    survey.add("mortgage", sernum=1, mortseq=2, rmort=1, borramt=100_000, rmamt=50_000, mortend=25)
    people, _ = read(survey, tmp_path)
    assert people.households["mortgage_capital"].tolist() == [2_000.0]


def test_care_must_cost_and_be_registered(tmp_path: Path) -> None:
    survey = one(depchldh=1)
    survey.add("child", sernum=1, benunit=1, person=2, age=3, sex=2, discorc1=2, gross4=survey.tables["househol"][0]["gross4"])
    for cost, registered in ((1, 1), (1, 2), (2, 1)):
        survey.add("chldcare", sernum=1, person=2, chamt=50.0, cost=cost, registrd=registered)
    people, _ = read(survey, tmp_path)
    assert people.persons["childcare_costs"].tolist() == [0.0, 2_600.0]


def test_salary_sacrifice_is_apart_and_its_flag_may_be_blank(tmp_path: Path) -> None:
    survey = one()
    change(survey, inearns=500.0)
    survey.add("job", sernum=1, person=1, deduc1=20.0, spnamt=30.0, salsac=" ")
    people, _ = read(survey, tmp_path)
    record = people.persons[0]
    assert (record["earnings"], record["pension_net_pay"], record["pension_salary_sacrifice"]) == (26_000.0, 1_040.0, 1_560.0)


def test_an_employers_pension_and_a_yearly_sum(tmp_path: Path) -> None:
    survey = one()
    survey.add("penprov", sernum=1, person=1, stemppen=5, penamt=20.0, penamtpd=1, pencon=2)  # the employer pays
    survey.add("penprov", sernum=1, person=1, stemppen=6, penamt=1_200.0, penamtpd=95, pencon=1)
    survey.add("penprov", sernum=1, person=1, stemppen=1, penamt=99.0, penamtpd=1, pencon=1)  # an employer's scheme
    people, _ = read(survey, tmp_path)
    assert people.persons["pension_relief_at_source"].tolist() == [1_200.0]


def test_usual_maintenance_replaces_the_last(tmp_path: Path) -> None:
    survey = one()
    change(survey, mntus1=2, mntamt1=10.0, mntusam1=40.0, mntus2=1, mntamt2=5.0, mntusam2=99.0)
    people, _ = read(survey, tmp_path)
    assert people.benefit_units["maintenance"].tolist() == [52 * 45.0]


def test_rows_of_2024_are_joined_by_key(tmp_path: Path) -> None:
    survey = made(60, "2024-25")
    shuffled = [row["sernum"] for row in survey.tables["househol"]]
    assert shuffled != sorted(shuffled)
    people, beside = read(survey, tmp_path)
    weights = {sernum: truth["weight"] for sernum, truth in survey.households.items()}
    for sernum, home in zip(beside["source"]["sernum"], people.persons["household"], strict=True):
        assert people.households["weight"][home] == weights[int(sernum)]


def test_bedrooms_left_blank_are_not_none(tmp_path: Path) -> None:
    people, _ = read(one(adults=2, bedroom=None), tmp_path)
    assert people.households["bedrooms"].tolist() == [1]


def test_the_house_weight_is_everybodys(tmp_path: Path) -> None:
    people, _ = read(one(adults=2), tmp_path)
    assert people.person_weight.tolist() == [people.households["weight"][0]] * 2


def test_known_releases_are_named_in_the_citation(tmp_path: Path) -> None:
    people, _ = read(one("2023-24"), tmp_path)
    assert "SN 9367" in people.details["citation"] and people.details["licensed"] is True
    assert set(RELEASES) >= {"2019-20", "2023-24"}
