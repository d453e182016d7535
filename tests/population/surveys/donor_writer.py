"""Folders in the form of the Wealth and Assets Survey, the Living Costs and Food Survey, Effects of Taxes and Benefits, and the Survey of
Personal Incomes, from made-up households whose truth is known. Nobody in them is real.

Wealth, spending and services are drawn from stated rules of age, tenure, income and chance, so that a test can say what a match
should come to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

WAS_REGIONS = (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12)  # there is no 3, and no Northern Ireland


class Truth(NamedTuple):
    """(households,) each: what every file knows, and what only one of them does."""

    region: Array
    """As records number it, 0 to 11."""
    tenure: Array
    """0 owned outright, 1 with a mortgage, 2 rented."""
    age: Array
    adults: Array
    children: Array
    income: Array
    weight: Array
    wealth: dict[str, Array]
    spending: dict[str, Array]
    """£ a week."""


def truth(households: int, seed: int = 0, with_ireland: bool = True, income_scale: float = 1.0) -> Truth:
    """Households drawn from one and the same rules, whatever the seed."""
    draw = np.random.default_rng([seed, 77])
    n = households
    region = draw.integers(0, 12 if with_ireland else 11, n)
    age = draw.integers(20, 90, n)
    older = np.clip((age - 20) / 60, 0, 1)
    tenure = np.where(draw.random(n) < 0.25 + 0.5 * older, np.where(draw.random(n) < older, 0, 1), 2)
    adults = 1 + (draw.random(n) < 0.6) + (draw.random(n) < 0.1)
    children = np.where(age < 55, draw.choice([0, 1, 2, 3], size=n, p=[0.5, 0.2, 0.2, 0.1]), 0)
    income = 18_000 * adults * np.exp(0.5 * draw.standard_normal(n)) * np.where(age > 66, 0.7, 1.0)
    south = np.where(region == 6, 2.0, np.where(np.isin(region, (5, 7, 8)), 1.4, 1.0))
    level = (income / 30_000) ** 0.7
    home = np.round(np.where(tenure < 2, 170_000 * south * level * np.exp(0.3 * draw.standard_normal(n)), 0))
    mortgage = np.round(np.where(tenure == 1, home * np.clip(0.9 - 0.9 * older, 0.05, 0.9), 0))
    other = np.round(np.where((tenure < 2) & (draw.random(n) < 0.12), home * 0.8, 0))
    financial = np.round(np.where(draw.random(n) < 0.9, 15_000 * level * (0.3 + 2.5 * older) * np.exp(1.2 * draw.standard_normal(n)), 0))
    pension = np.round(np.where(draw.random(n) < 0.8, 200_000 * level * older * np.exp(0.8 * draw.standard_normal(n)), 0))
    physical = np.round(30_000 * level * np.exp(0.5 * draw.standard_normal(n)))
    debts = np.round(np.where(draw.random(n) < 0.45, 6_000 * np.exp(draw.standard_normal(n)), 0))
    business = np.where(draw.random(n) < 0.04, 75_000.0, 0.0)
    wealth = {
        "main_home_wealth": home, "other_property_wealth": other, "mortgage_debt": mortgage, "financial_wealth": financial,
        "business_wealth": business, "pension_wealth": pension, "physical_wealth": physical, "debts": debts,
    }  # fmt: skip
    size = adults + 0.6 * children

    def spent(mean: float, buys: float = 1.0) -> Array:
        amount = mean * (size / 2) ** 0.5 * level**0.6 * np.exp(0.4 * draw.standard_normal(n))
        return np.asarray(np.round(np.where(draw.random(n) < buys, amount / buys, 0.0), 2))

    fuel = spent(20, 0.6)
    spending = {
        "food": spent(60), "alcohol_tobacco": spent(12, 0.5), "clothing": spent(20, 0.6), "housing_energy": spent(30),
        "furnishings": spent(30, 0.8), "health": spent(8, 0.5), "transport": spent(55, 0.9), "motor_fuel": fuel,
        "communication": spent(20), "recreation": spent(65), "education": spent(8, 0.1), "restaurants": spent(45, 0.9),
        "miscellaneous": spent(45),
    }  # fmt: skip
    weight = 800.0 + draw.integers(0, 1_200, n)
    return Truth(region, tenure, age, adults, children, income * income_scale, weight, wealth, spending)


def _table(path: Path, columns: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [np.asarray(each) for each in columns.values()]
    lines = ["\t".join(columns)]
    lines += ["\t".join(_cell(value) for value in row) for row in zip(*rows, strict=True)]
    path.write_text("\n".join(lines) + "\n", encoding="latin-1")


def _cell(value: Any) -> str:
    if isinstance(value, (float, np.floating)):
        return " " if np.isnan(value) else repr(round(float(value), 6))
    return str(value)


BAND_OF_BUSINESS = {0.0: -9, 75_000.0: 4}


def write_was(of: Truth, folder: Path, n: int = 8, identities: bool = True) -> Path:
    """The household and person files of a round, in Great Britain alone, as the archive ships them."""
    here = of.region < 11
    w = {name: values[here] for name, values in of.wealth.items()}
    gross = w["main_home_wealth"] + w["other_property_wealth"]
    net_property, net_financial = gross - w["mortgage_debt"], w["financial_wealth"] - w["debts"]
    total = net_property + w["physical_wealth"] + w["pension_wealth"] + (net_financial if identities else 0.0)
    new = n == 8
    key = np.arange(1, here.sum() + 1)
    band = np.searchsorted((16, 25, 35, 45, 55, 65, 75), of.age[here], side="right") + 1
    total_name, pension_name = ("TotalWlthR8", "TotalPenR8_aggr") if new else (f"TotWlthR{n}", f"TOTPENR{n}_aggr")
    columns = {
        f"CASER{n}": key, f"R{n}xshhwgt": of.weight[here], f"GORR{n}": np.array(WAS_REGIONS)[of.region[here]],
        f"YearR{n}": np.full(len(key), 2021), total_name: total, f"HPROPWR{n}": net_property, f"HPHYSWR{n}": w["physical_wealth"],
        pension_name: w["pension_wealth"], f"HFINWNTR{n}_Sum": net_financial, f"HFINWR{n}_SUM": w["financial_wealth"],
        f"DVPropertyR{n}": gross, f"DVHValueR{n}": np.where(w["main_home_wealth"] > 0, w["main_home_wealth"], -9),
        f"HMORTGR{n}": w["mortgage_debt"], f"DVFNSValR{n}_aggr": np.round(0.1 * w["financial_wealth"]),
        f"DVTotGIR{n}": np.round(of.income[here], 2), f"NumAdultR{n}": of.adults[here], f"NumCh18R{n}": of.children[here],
        f"HRPDVAge8R{n}": band, f"Ten1R{n}": np.array([1, 2, 4])[of.tenure[here]],
    }  # fmt: skip
    if new:
        columns |= {"TotWlth_oldR8": total * 0.7, "TOTPEN_oldR8_aggr": w["pension_wealth"] * 0.6}
    place = folder / "UKDA-7215-tab" / "tab"
    names = {7: ("march_2022", "june_2022"), 8: ("may_2025_230525", "may_2025_230525"), 6: ("april_2022", "april_2022")}[n]
    _table(place / f"was_round_{n}_hhold_eul_{names[0]}.tab", columns)
    people = np.repeat(key, of.adults[here])
    number = np.concatenate([np.arange(1, each + 1) for each in of.adults[here]])
    business = np.where(number == 1, np.repeat(w["business_wealth"], of.adults[here]), 0.0)
    person = {
        f"CASER{n}": people, f"PersonR{n}": number, f"R{n}xsperswgt": np.full(len(people), 1.0),
        f"BVAlB1R{n}": np.array([BAND_OF_BUSINESS[float(each)] for each in business]),
    }  # fmt: skip
    _table(place / f"was_round_{n}_person_eul_{names[1]}.tab", person)
    return folder


def write_lcf(of: Truth, folder: Path, start: int = 2022) -> Path:
    """The derived household and person files of a survey year."""
    key = np.arange(1, len(of.age) + 1)
    s = of.spending
    tenure = np.array([7, 5, 3])[of.tenure]
    columns: dict[str, Any] = {
        "case": key, "weighta": of.weight / 1_000, "weightq": of.weight / 4_000, "a055": np.where(key % 3 == 0, 24, 4),
        "year": np.where(key % 4 == 0, start + 1, start), "gorx": of.region + 1, "a121": tenure, "a122": np.full(len(key), 1),
        "a049": of.adults + of.children, "g018": of.adults, "g019": of.children, "p344p": np.round(of.income / 52, 2),
        "a124": (s["motor_fuel"] > 0).astype(int), "p537": s["housing_energy"], "p601t": s["food"], "p602t": s["alcohol_tobacco"],
        "p603t": s["clothing"], "p604t": s["housing_energy"] + 90.0, "p605t": s["furnishings"], "p606t": s["health"],
        "p607t": np.round(s["transport"] + s["motor_fuel"], 2), "p608t": s["communication"], "p609t": s["recreation"],
        "p610t": s["education"], "p611t": s["restaurants"], "p612t": s["miscellaneous"], "c72211": np.round(0.6 * s["motor_fuel"], 6),
        "c72212": np.round(0.4 * s["motor_fuel"], 6), "c72213": np.zeros(len(key)),
    }  # fmt: skip
    place = folder / "tab"
    _table(place / f"lcfs_{start}_dvhh_ukanon.tab", columns)
    number = np.concatenate([np.arange(1, each + 1) for each in of.adults])
    case = np.repeat(key, of.adults)
    _table(place / f"lcfs_{start}_dvper_ukanon{start}.tab", {
        "Case": case, "Person": number, "A003": np.where(number == 1, 1, 2), "A004": np.full(len(case), 1),
        "A005p": np.minimum(np.repeat(of.age, of.adults) - np.where(number == 1, 0, 1), 80),
    })  # fmt: skip
    return folder


def write_etb(of: Truth, folder: Path, start: int = 2022) -> Path:
    """The long household file: this year and one before it, whose amounts are of other households."""
    count = len(of.age)
    school = np.where(of.children > 0, 90.0 * of.children, 0.0)
    health = np.round(40.0 + 1.5 * of.age, 2)
    rail, bus = np.round(of.income / 10_000, 2), np.full(count, 2.0)
    columns = {
        "year": np.full(count, start), "hhold_adj_weight": of.weight, "adults": of.adults, "childs": of.children,
        "noretd": np.where(of.age >= 66, 1, 0), "primed": of.children, "secoed": np.zeros(count, int), "furted": np.zeros(count, int),
        "disinc": np.round(of.income / 52, 2), "educ": school, "totnhs": health, "rail": rail, "bussub": bus,
        "hsub": np.full(count, np.nan),
        "benk": school + health + rail + bus, "totvat": np.full(count, np.nan), "expdis": np.full(count, np.nan),
    }  # fmt: skip
    both = {name: np.concatenate([np.asarray(values, float), np.asarray(values, float)]) for name, values in columns.items()}
    both["year"][:count] = start - 1
    both["educ"][:count] = 99_999.0
    _table(folder / f"householdv2_1977-{start + 1}.tab", both)
    return folder


def spi_truth(count: int, seed: int = 0) -> dict[str, Array]:
    """Individuals of the tape, £ a year: pay for most, dividends and profits higher up."""
    draw = np.random.default_rng([seed, 5])
    total = np.round(20_000 * draw.random(count) ** (-1 / 2.2) / 5) * 5
    kind = draw.random(count)
    rich = total > 100_000
    dividends = np.where(rich & (kind < 0.3), np.round(0.6 * total / 5) * 5, 0.0)
    profits = np.where((kind > 0.9), total - dividends, 0.0)
    age = draw.choice([1, 2, 3, 4, 5, 6, 7], size=count)
    age = np.where(total > 2_000_000, -1, age)
    return {"total": total, "dividends": dividends, "profits": profits, "pay": total - dividends - profits, "age": age}


def write_spi(folder: Path, count: int = 4_000, grossed: float = 30e6, seed: int = 0, name: str = "put2223uk.tab") -> Path:
    """The public use tape, upper-case headers, amounts in fives."""
    of = spi_truth(count, seed)
    zero = np.zeros(count)
    _table(folder / name, {
        "SREF": np.arange(1, count + 1), "FACT": np.full(count, grossed / count), "AGERANGE": of["age"], "SEX": np.full(count, 1),
        "GORCODE": np.full(count, 7), "PAY": of["pay"], "EPB": zero, "TAXTERM": zero, "EXPS": zero, "PROFITS": of["profits"],
        "PENSION": zero, "SRP": zero, "INCBBS": zero, "DIVIDENDS": of["dividends"], "INCPROP": zero, "OTHERINV": zero, "OTHERINC": zero,
        "MOTHINC": zero, "TI": of["total"], "TEI": of["pay"] + of["profits"], "TII": of["dividends"],
    })  # fmt: skip
    return folder / name
