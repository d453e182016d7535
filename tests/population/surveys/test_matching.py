"""Matching: donors read back to the pound, marginals and relations that hold after a match, the top of wealth and of incomes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fairshare.faults import Fault
from fairshare.population.surveys.etb import read_etb
from fairshare.population.surveys.lcf import read_lcf
from fairshare.population.surveys.matched import Files, diagnostic_text, pareto_means, with_corrected_top, with_matched
from fairshare.population.surveys.matching import Known, age_band, by_order, correlation_of_places, matched, rank_within
from fairshare.population.surveys.readers import read_survey
from fairshare.population.surveys.spi import read_spi, total_of
from fairshare.population.surveys.was import read_was
from fairshare.population.synthetic.wealth import RICHEST, net
from fairshare.population.uprating import factor
from population.surveys.donor_writer import Truth, truth, write_etb, write_lcf, write_spi, write_was
from population.surveys.frs_writer import made, written


def known(of: Truth) -> Known:
    return Known(
        key=np.arange(len(of.age)), weight=of.weight, income=of.income, adults=of.adults, children=of.children, region=of.region,
        tenure=of.tenure, age=age_band(of.age), further={"home": rank_within(of.wealth["main_home_wealth"], of.weight, of.region)},
    )  # fmt: skip


@pytest.fixture(scope="module")
def sides() -> tuple[Truth, Truth]:
    """Donors and recipients drawn from the same rules; the recipients' incomes are in another year's money."""
    return truth(9_000, seed=1), truth(9_000, seed=2, income_scale=1.4)


# ---- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n, own", [(7, "2019-20"), (8, "2021-22")])
def test_was_gives_its_components_back(n: int, own: str, tmp_path: Path) -> None:
    of = truth(400)
    donors = read_was(write_was(of, tmp_path, n), own)  # in the round's own money
    here = of.region < 11
    for name, values in donors.amounts.items():
        assert values.tolist() == pytest.approx(of.wealth[name][here].tolist(), abs=0.5), name
    assert donors.known.weight.tolist() == of.weight[here].tolist() and donors.known.region is not None
    assert donors.known.region.tolist() == of.region[here].tolist() and donors.known.adults.tolist() == of.adults[here].tolist()
    assert donors.known.age is not None and donors.known.age.tolist() == age_band(of.age[here]).tolist()


def test_was_moves_each_component_with_its_own_index(tmp_path: Path) -> None:
    donors, of = read_was(write_was(truth(60), tmp_path), "2024-25"), truth(60)
    here = of.region < 11
    assert donors.amounts["main_home_wealth"].sum() == pytest.approx(
        of.wealth["main_home_wealth"][here].sum() * factor("house_prices", "2021-22", "2024-25")
    )
    pensions = of.wealth["pension_wealth"][here].sum() * factor("cpi", "2021-22", "2024-25")
    assert donors.amounts["pension_wealth"].sum() == pytest.approx(pensions)


def test_was_with_a_component_left_out_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="total wealth is not the sum of its four components in"):
        read_was(write_was(truth(60), tmp_path, identities=False), "2021-22")


def test_was_with_national_savings_for_net_financial_wealth_is_refused(tmp_path: Path) -> None:
    folder = write_was(truth(60), tmp_path)
    file = next(folder.rglob("*hhold*"))
    file.write_text(file.read_text().replace("HFINWNTR8_Sum", "other").replace("DVFNSValR8_aggr", "HFINWNTR8_Sum"))
    with pytest.raises(Fault, match="total wealth is not the sum"):  # the error of a public port
        read_was(folder, "2021-22")


def test_an_old_round_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="published factors start in 2019-20; give round 7 or 8"):
        read_was(write_was(truth(60), tmp_path, 6), "2021-22")


def test_lcf_gives_its_spending_back(tmp_path: Path) -> None:
    of = truth(300)
    donors = read_lcf(write_lcf(of, tmp_path), "2022-23")
    for name, weekly in of.spending.items():
        assert donors.amounts[f"spending_{name}"].tolist() == pytest.approx((52 * weekly).tolist(), abs=0.6), name
    assert donors.year == "2022-23" and donors.known.weight.sum() == pytest.approx(of.weight.sum())
    assert donors.known.tenure is not None and donors.known.tenure.tolist() == of.tenure.tolist()
    assert donors.known.region is not None and donors.known.region.tolist() == of.region.tolist()  # its numbering has no gap
    assert donors.known.age is not None and donors.known.age.tolist() == age_band(np.minimum(of.age, 80)).tolist()
    assert donors.amounts["vehicles"].tolist() == (of.spending["motor_fuel"] > 0).astype(float).tolist()


def test_etb_takes_the_latest_year_and_keeps_rows_with_blanks(tmp_path: Path) -> None:
    of = truth(200)
    donors = read_etb(write_etb(of, tmp_path), "2022-23")
    assert donors.year == "2022-23" and len(donors.known.key) == 200  # `hsub` is blank everywhere, and no row is lost
    assert donors.amounts["service_education"].tolist() == pytest.approx((52 * 90.0 * of.children).tolist())
    assert donors.amounts["service_health"].sum() == pytest.approx(52 * np.round(40 + 1.5 * of.age, 2).sum())


def test_spi_keeps_composite_records_and_its_total(tmp_path: Path) -> None:
    tape = read_spi(write_spi(tmp_path, 3_000), "2022-23")
    assert len(tape.weight) == 3_000 and tape.weight.sum() == pytest.approx(30e6)
    lines = (tmp_path / "put2223uk.tab").read_text().splitlines()
    place = lines[0].split("\t").index("TI")
    assert total_of(tape.incomes).sum() == pytest.approx(sum(float(line.split("\t")[place]) for line in lines[1:]))


def test_spi_whose_total_is_not_its_parts_is_refused(tmp_path: Path) -> None:
    file = write_spi(tmp_path, 300)
    file.write_text(file.read_text().replace("\tTEI", "\tother").replace("\tSRP", "\tTEI"))  # State Pension read as earned income
    with pytest.raises(Fault, match="total income is not earned and investment income together in"):
        read_spi(file, "2022-23")


WRONG = {
    "no folder": (lambda p: read_was(p / "nowhere", "2021-22"), "is not a folder"),
    "no file": (lambda p: read_was(p, "2021-22"), "holds no household file of the Wealth and Assets Survey"),
    "no lcf": (lambda p: read_lcf(p, "2021-22"), "holds no derived household file"),
    "no etb": (lambda p: read_etb(p, "2021-22"), "holds no household file of Effects"),
    "spi of no year": (lambda p: read_spi(p / "tape.tab", "2021-22"), "does not name its year"),
}


@pytest.mark.parametrize("read, words", WRONG.values(), ids=WRONG)
def test_what_is_not_there_is_said(read, words: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Fault, match=words):
        read(tmp_path)


NEEDED_COLUMNS = {
    "was": ("TotalWlthR8", "HPROPWR8", "R8xshhwgt", "GORR8", "DVTotGIR8", "Ten1R8", "DVHValueR8"),
    "lcf": ("weighta", "p601t", "p537", "p344p", "gorx", "a121", "g018"),
    "etb": ("year", "hhold_adj_weight", "educ", "totnhs", "disinc"),
    "spi": ("FACT", "AGERANGE", "TI", "TEI", "PAY", "DIVIDENDS"),
}


@pytest.mark.parametrize("kind, column", [(kind, column) for kind, names in NEEDED_COLUMNS.items() for column in names])
def test_a_needed_column_that_is_missing_is_named_with_its_file(kind: str, column: str, tmp_path: Path) -> None:
    of = truth(40)
    write = {"was": write_was, "lcf": write_lcf, "etb": write_etb}.get(kind)
    folder = write(of, tmp_path) if write else write_spi(tmp_path, 50).parent
    pattern = {"was": "*hhold*", "lcf": "*dvhh*", "etb": "household*", "spi": "put*"}[kind]
    file = next(folder.rglob(pattern))
    first, rest = file.read_text().split("\n", 1)
    file.write_text("\n".join(["\t".join("other" if name == column else name for name in first.split("\t")), rest]))
    reader = {"was": read_was, "lcf": read_lcf, "etb": read_etb, "spi": lambda f, y: read_spi(file, y)}[kind]
    with pytest.raises(Fault) as fault:
        reader(folder, "2022-23")
    assert file.name in str(fault.value) and column.lower() in str(fault.value)


def test_damage_to_donor_files_is_refused(tmp_path: Path) -> None:
    folder = write_was(truth(40), tmp_path)
    file = next(folder.rglob("*hhold*"))
    whole = file.read_bytes()
    for damaged, words in (
        (whole[:-7], "the last line has no end"),
        (b"", "is empty"),
        (b"%PDF-1.7\n" + bytes(100), "not a table of text"),
        (whole + whole.split(b"\n")[1] + b"\n", "repeats the key"),
        (whole.replace(b"\t1000.0\t", b"\t-5\t").replace(whole.split(b"\n")[1].split(b"\t")[1], b"-5", 1), "is not a weight"),
    ):
        file.write_bytes(damaged)
        with pytest.raises(Fault, match=words):
            read_was(folder, "2021-22")


# ---- the method ------------------------------------------------------------------------------------------------------


def test_a_match_keeps_the_donors_distribution(sides: tuple[Truth, Truth]) -> None:
    """Means within 4%, shares of households that hold an amount within 2 points, the ninth tenth within 6%: 9,000 and 9,000 households."""
    donors, recipients = sides
    match = matched(known(donors), known(recipients), net_of(donors), seed=5, step="test")
    for name, values in donors.wealth.items():
        given = values[match.donor]
        mean, want = np.average(given, weights=recipients.weight), np.average(values, weights=donors.weight)
        assert mean == pytest.approx(want, rel=0.10 if name == "business_wealth" else 0.04), name
        shares = [np.average(each > 0, weights=w) for each, w in ((given, recipients.weight), (values, donors.weight))]
        assert shares[0] == pytest.approx(shares[1], abs=0.02), name
    total = net_of(donors)[match.donor]
    assert np.quantile(total, 0.9) == pytest.approx(np.quantile(net_of(donors), 0.9), rel=0.06)


def net_of(of: Truth) -> np.ndarray:
    w = of.wealth
    return np.asarray(sum(w[name] for name in w if name not in ("mortgage_debt", "debts"))) - w["mortgage_debt"] - w["debts"]


def test_a_match_keeps_relations_that_both_files_know(sides: tuple[Truth, Truth]) -> None:
    donors, recipients = sides
    match = matched(known(donors), known(recipients), net_of(donors), seed=5, step="test")
    given, own = net_of(donors)[match.donor], net_of(recipients)  # what the recipients truly hold was hidden from the match
    for where, of in (("income", recipients.income), ("age", recipients.age.astype(float))):
        assert correlation_of_places(given, of, recipients.weight) == pytest.approx(
            correlation_of_places(own, of, recipients.weight), abs=0.05
        ), where
    for group in (recipients.tenure == 0, recipients.tenure == 2, recipients.region == 6, recipients.age > 70, recipients.children > 0):
        truly = np.average(own[group], weights=recipients.weight[group])
        assert np.average(given[group], weights=recipients.weight[group]) == pytest.approx(truly, rel=0.12)
    renters = recipients.tenure == 2
    assert (donors.wealth["main_home_wealth"][match.donor][renters] == 0).all()  # no donor of another tenure


def test_a_match_takes_all_amounts_of_one_donor(sides: tuple[Truth, Truth]) -> None:
    donors, recipients = sides
    match = matched(known(donors), known(recipients), net_of(donors), seed=5, step="test")
    w = {name: values[match.donor] for name, values in donors.wealth.items()}
    assert (w["mortgage_debt"] <= w["main_home_wealth"]).all()  # as it is for every donor
    assert match.used > 4_000 and match.most < 12  # nobody is copied over and over


def test_a_seed_gives_one_match_whatever_the_order_of_donors(sides: tuple[Truth, Truth]) -> None:
    donors, recipients = sides
    one = matched(known(donors), known(recipients), net_of(donors), seed=5, step="test")
    again = matched(known(donors), known(recipients), net_of(donors), seed=5, step="test")
    other = matched(known(donors), known(recipients), net_of(donors), seed=6, step="test")
    assert one.donor.tolist() == again.donor.tolist() and one.donor.tolist() != other.donor.tolist()
    turned = np.arange(len(donors.age))[::-1]
    side = known(donors)
    reversed_ = Known(**{
        name: {n: v[turned] for n, v in each.items()} if isinstance(each, dict) else each[turned] for name, each in side._asdict().items()
    })  # fmt: skip
    back = matched(reversed_, known(recipients), net_of(donors)[turned], seed=5, step="test")
    same = turned[back.donor] == one.donor
    assert same.mean() > 0.99  # least squares may differ in its last digit


def test_few_donors_are_taken_from_wider_classes() -> None:
    donors, recipients = truth(35, seed=3), truth(500, seed=4)
    match = matched(known(donors), known(recipients), net_of(donors), seed=0, step="test")
    assert (match.donor >= 0).all() and (match.donor < 35).all() and match.used > 20


def test_values_are_laid_in_order_within_classes() -> None:
    values, weight = np.arange(100.0), np.ones(100)
    group = (values >= 50).astype(int)
    order = np.linspace(1, 0, 40)
    out = by_order(values, weight, group, order, np.ones(40), np.repeat([0, 1], 20))
    assert (np.diff(out[:20]) < 0).all() and (np.diff(out[20:]) < 0).all() and out[:20].max() < 50 <= out[20:].min()
    assert out[:20].mean() == pytest.approx(24.5, abs=1.0)


# ---- the top ---------------------------------------------------------------------------------------------------------


def test_the_tail_is_a_pareto_curve_whose_total_does_not_rest_on_how_many_records_hold_it() -> None:
    few, many = (pareto_means(2e6, np.arange(n) / n, (np.arange(n) + 1) / n) for n in (10, 10_000))
    assert few.mean() == pytest.approx(many.mean(), rel=1e-9)
    # mean of a Pareto curve of steepness a, cut at M: start*a/(a-1) less the part above M; by hand, a = 1.7, start 2m, M 40bn
    above = (2e6 / 40e9) ** 1.7
    by_hand = 40e9 * above + 2e6 / (1 - 1 / 1.7) * (1 - above ** (1 - 1 / 1.7))
    assert few.mean() == pytest.approx(by_hand, rel=1e-12) and many.max() <= RICHEST
    assert many.min() == pytest.approx(2e6, rel=1e-3)


# ---- a population ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("surveys")
    of = truth(3_000, seed=1)
    return {
        "frs": written(made(900, "2022-23"), place / "frs"),
        "was": write_was(of, place / "was"), "lcf": write_lcf(of, place / "lcf"), "etb": write_etb(of, place / "etb"),
        "spi": write_spi(place, 5_000, grossed=1_000_000),
    }  # fmt: skip


def test_a_population_with_every_survey_matched_in(folders: dict[str, Path]) -> None:
    heard: list[str] = []
    people, beside = read_survey(
        "frs", folders["frs"], lambda says, share: heard.append(says), **{name: folders[name] for name in ("was", "lcf", "etb", "spi")}
    )
    plain, _ = read_survey("frs", folders["frs"], lambda says, share: None)
    homes = people.households
    assert (plain.households["weight"] == homes["weight"]).all() and len(plain.persons) == len(people.persons)
    assert (homes["spending_food"] > 0).mean() > 0.99 and (homes["pension_wealth"] > 0).mean() > 0.6
    renting = homes["tenure"] >= 2
    assert (homes["main_home_wealth"][renting] == 0).all() and (homes["main_home_wealth"][~renting] > 0).all()
    assert (homes["dwelling_value"] > 0).all()
    assert len(beside["services"]) == len(homes) and beside["services"]["service_health"].min() > 0
    assert len(beside["benefits"]) > 0
    assert {step["source"].split(",")[0] for step in people.details["matched"] if step["source"]} == {
        "Survey of Personal Incomes", "Living Costs and Food Survey", "Effects of Taxes and Benefits on household income",
        "Wealth and Assets Survey",
    }  # fmt: skip
    for cited in ("Wealth and Assets Survey", "Living Costs and Food Survey", "Effects of Taxes", "Survey of Personal Incomes"):
        assert cited in people.says and cited in people.details["citation"] and cited in people.details["cited_as"]
    assert people.details["found"]["Wealth and Assets Survey: household.total"] == "totalwlthr8"
    text = diagnostic_text(people.details["matched"])
    assert "Assumed:" in text and "donors" in text and "spending food" in text
    assert any("Matching wealth" in each for each in heard)
    rich = np.bincount(people.persons["household"], people.persons["wealth_share"])
    assert rich.tolist() == pytest.approx([1.0] * len(homes))


def test_the_same_seed_gives_the_same_population(folders: dict[str, Path]) -> None:
    made_ = [
        read_survey("frs", folders["frs"], lambda says, share: None, seed, was=folders["was"], lcf=folders["lcf"])[0] for seed in (3, 3, 4)
    ]
    assert made_[0].id == made_[1].id != made_[2].id


def test_top_incomes_are_those_of_the_tape(folders: dict[str, Path]) -> None:
    plain, beside = read_survey("frs", folders["frs"], lambda says, share: None)
    people, _ = with_matched(plain, beside, Files(spi=folders["spi"]), 0, lambda says, share: None)
    tape = read_spi(folders["spi"], "2022-23")
    top = total_of(tape.incomes) >= 100_000
    moved = total_of(people.persons) != total_of(plain.persons)
    assert 0 < moved.sum() < len(moved)
    weight = people.person_weight[moved]
    # as many as the tape has, but for the last record of either age group, and what they have together is the tape's mean
    assert weight.sum() == pytest.approx(tape.weight[top].sum(), abs=2 * weight.max())
    mean = np.average(total_of(tape.incomes)[top], weights=tape.weight[top])
    assert np.average(total_of(people.persons)[moved], weights=weight) == pytest.approx(mean, rel=0.03)
    below = total_of(plain.persons)[~moved & (plain.persons["age"] >= 18) & (plain.persons["age"] < 65)].max()
    assert below <= total_of(plain.persons)[moved & (plain.persons["age"] < 65)].min() + 0.01  # the richest, and nobody else


def test_a_tape_that_would_move_everybody_is_refused(folders: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(Fault, match="more than 6% of adults would lie above"):
        read_survey("frs", folders["frs"], lambda says, share: None, spi=write_spi(tmp_path, 4_000, grossed=80e6))


def test_the_corrected_top_keeps_number_and_order(folders: dict[str, Path]) -> None:
    people, _ = read_survey("frs", folders["frs"], lambda says, share: None, was=folders["was"])
    homes = people.households.copy()
    homes["financial_wealth"][:60] = np.linspace(2.6e6, 9e6, 60)
    before = net(homes)
    out, steps = with_corrected_top(homes, people.year)
    after = net(out)
    rich = before > steps[0]["limit"]
    assert rich.sum() == steps[0]["records"] >= 60 and (after > steps[0]["limit"]).sum() >= rich.sum() - 1
    assert (np.argsort(-before[rich], kind="stable") == np.argsort(-after[rich], kind="stable")).all()
    assert (out[~rich] == homes[~rich]).all() and after[rich].max() > 4 * before[rich].max()


def test_no_count_of_few_records_is_told(folders: dict[str, Path]) -> None:
    people, _ = read_survey("frs", folders["frs"], lambda says, share: None)
    homes = people.households.copy()
    for name in ("main_home_wealth", "financial_wealth"):
        homes[name] = 0.0
    homes["financial_wealth"][:3] = 9e6
    out, steps = with_corrected_top(homes, people.year)
    assert steps[0]["records"] is None and "fewer than 10 records above" in diagnostic_text(steps)
    assert (out == homes).all()


def test_the_diagnostic_holds_no_amount_of_few_records(folders: dict[str, Path]) -> None:
    people, _ = read_survey("frs", folders["frs"], lambda says, share: None, spi=folders["spi"])
    for row in people.details["matched"][0]["amounts"]:
        held = np.count_nonzero(people.persons[row["amount"]])
        assert row["after"]["mean"] is None or held >= 10
