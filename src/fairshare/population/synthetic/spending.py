"""Step 11: spending by class: the pattern by tenth of gross income in ONS Family spending, brought to the sums of the national accounts.

A survey of spending hears of far less than is sold: of two fifths of what goes to restaurants and hotels. The pattern by income
is the survey's; the sum of each class is that of ONS Consumer trends where both count the same things.
"""

from __future__ import annotations

import numpy as np

from fairshare.population.records import SPENDING_CLASSES
from fairshare.population.synthetic import figures as f
from fairshare.population.synthetic.alignment import total_income
from fairshare.population.synthetic.draft import Draft
from fairshare.population.synthetic.draws import generator, rank

CODES = {
    "food": "1", "alcohol_tobacco": "2", "clothing": "3", "furnishings": "5", "motor_fuel": "7.2.2", "communication": "8",
    "recreation": "9", "restaurants": "11", "miscellaneous": "12",
}  # fmt: skip
SPREAD = {"motor_fuel": 0.6, "alcohol_tobacco": 0.9, "education": 1.4, "restaurants": 0.7, "recreation": 0.8, "transport": 0.8}
HEALTH_PART = 0.62
"""Health's part of what the published groups leave of the total; education has the rest (assumption)."""
WATER = 9.9
"""£ a week of water and sewerage within housing (assumption; the table held gives it only within a sum)."""

ACCOUNTED = {
    "food": ("01",), "clothing": ("03",), "furnishings": ("05",), "health": ("06",), "communication": ("08",), "recreation": ("09",),
    "restaurants": ("11",), "miscellaneous": ("12.1", "12.3", "12.4", "12.7"),
}  # fmt: skip
"""What the national accounts hold of each class in the same sense as the survey does. Education is left as the survey hears it: the
accounts count fees that are lent, and those of students from abroad."""
PUMP_PRICES = {"2019": 1.28, "2025-26": 1.36}
"""£ a litre, petrol and diesel (DESNZ, weekly road fuel prices, UNVERIFIED): fuel cost so much in 2022 that the accounts' litres of that
year, valued at the prices of 2019, say more of another year than their sum does."""
ENERGY = ("04.5.1", "04.5.2", "04.5.3", "04.5.4")
INSURANCE = 21.7 / 45.6
"""Part of other goods and services that is insurance (ONS Family spending FYE 2024, table A6). The survey counts premiums and the accounts
premiums less claims, so the survey's are kept; financial services, mostly measured indirectly, are nobody's purchase and left out."""


def by_tenth() -> dict[str, np.ndarray]:
    """(10,) £ a year of each spending class by tenth of gross household income, 2025-26: the survey's pattern, the accounts' sums."""
    heard = surveyed()
    accounts = accounted(heard)
    return {name: values * (accounts[name] / values.mean() if name in accounts else 1.0) for name, values in heard.items()}


def surveyed() -> dict[str, np.ndarray]:
    """(10,) £ a year of each class by tenth as the survey hears it, moved with prices to 2025-26."""
    out = {name: _tenths(code) for name, code in CODES.items()}
    out["furnishings"] = out["furnishings"] + _tenths("4.2")  # upkeep and repair of the home bear the tax that furniture does
    out["transport"] = _tenths("7") - out["motor_fuel"]
    out["housing_energy"] = _tenths("4.4") + water()
    known = sum((_tenths(code) for code in ("1", "2", "3", "4", "5", "7", "8", "9", "11", "12")), np.zeros(10))
    rest = np.maximum(_tenths("1-12") - known, 0.5 * _year())
    out["health"], out["education"] = rest * HEALTH_PART, rest * (1 - HEALTH_PART)
    return out


def accounted(heard: dict[str, np.ndarray]) -> dict[str, float]:
    """£ a household of 2025-26 that the national accounts hold of each class, where they count what the survey counts.

    Visitors are taken to have the same part of every class but housing and finance (assumption): the accounts by class hold what they buy.
    """
    table = {row["coicop"]: f.number(row["pounds_million"]) * 1e6 for row in f.rows("household_consumption")}
    residents = 1.0 - table["TOUR1"] / (table["0"] - table["04"] - table["12.6"])
    each = residents * _since("2022") / f.national("households")
    held = {name: each * sum(table[code] for code in codes) for name, codes in ACCOUNTED.items()}
    held["transport"] = each * (table["07"] - table["07.2.2"])
    litres = residents * table["07.2.2 at 2019 prices"] / PUMP_PRICES["2019"] / f.national("households")
    held["motor_fuel"] = litres * PUMP_PRICES["2025-26"]
    # What residents spend abroad stands with recreation, where the survey has package holidays.
    held["recreation"] += table["TOUR2"] * _since("2022") / f.national("households")
    held["furnishings"] += _tenths("4.2").mean()
    held["miscellaneous"] += heard["miscellaneous"].mean() * INSURANCE
    held["housing_energy"] = sum(table[code] for code in ENERGY) * _since("2024") / f.national("households") + water()
    # The accounts' tobacco does not show apart what is smuggled, which bears no tax: the whole class rises as drink does (assumption).
    held["alcohol_tobacco"] = heard["alcohol_tobacco"].mean() * each * table["02.1"] / _tenths("2.1").mean()
    return held


def _since(year: str) -> float:
    """Growth of private consumption (OBR) to 2025-26 from a calendar year: a quarter of the fiscal year before, three of its own."""
    before, began = f"{int(year) - 1}-{year[2:]}", f"{year}-{int(year[2:]) + 1}"
    of_2025_26 = [1.0 / f.uprating("private_consumption", start, "2025-26") for start in (before, began)]
    return 1.0 / (0.25 * of_2025_26[0] + 0.75 * of_2025_26[1])


def _year() -> float:
    """£ of 2025-26 a year for each £ a week of the survey."""
    return f.uprating("cpi", "2023-24", "2025-26") * 52


def _tenths(code: str) -> np.ndarray:
    """(10,) £ a year of 2025-26 of a group of the survey's table, by tenth."""
    table = {(row["gross_income_decile"], row["coicop"]): float(row["pounds_a_week"]) for row in f.rows("spending_by_decile")}
    return np.array([table[(str(tenth), code)] for tenth in range(1, 11)]) * _year()


def water() -> float:
    """£ a year of water and sewerage of a household of middling size."""
    return WATER * _year()


def with_spending(draft: Draft, seed: int) -> None:
    """Spending of each household by its place in gross income, more for larger households, spread by chance."""
    rng, homes = generator(seed, "spending"), draft.households
    gross = draft.household_sum(total_income(draft.persons))
    size = homes["last_person"] - homes["first_person"]
    place = rank(gross + 9_000 * (size > 1) + 3_500 * size, homes["weight"])
    middles = (np.arange(10) + 0.5) / 10
    frugal = np.exp(0.28 * rng.standard_normal(len(homes)))
    for name, values in by_tenth().items():
        spread = SPREAD.get(name, 0.35)
        own = np.exp(spread * rng.standard_normal(len(homes)) - spread**2 / 2)
        relative = (np.maximum(size, 1) / 2.36) ** (0.55 if name in ("food", "clothing", "housing_energy") else 0.25)
        amount = np.interp(place, middles, values) * relative * own * frugal
        if name == "motor_fuel":
            amount = np.where(homes["vehicles"] > 0, amount, 0.0)
        if name == "education":
            amount = np.where(rng.random(len(homes)) < 0.12, amount, 0.0)
        wanted = float(values.mean()) * homes["weight"].sum()
        homes[f"spending_{name}"] = np.round(amount * wanted / (homes["weight"] @ amount), 2)
    homes["water_charges"] = np.round(np.where(homes["nation"] == 3, 0.0, water() * (size / 2.36) ** 0.35), 2)


assert set(CODES) | {"transport", "housing_energy", "health", "education"} == {name for name, _ in SPENDING_CLASSES}
