"""Step 11: spending by class: ONS Family spending by tenth of gross income, in between by income, spread about it, and uprated."""

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


def by_tenth() -> dict[str, np.ndarray]:
    """(10,) £ a year of each spending class by tenth of gross household income, 2025-26."""
    table = {(row["gross_income_decile"], row["coicop"]): float(row["pounds_a_week"]) for row in f.rows("spending_by_decile")}
    rise = f.uprating("cpi", "2023-24", "2025-26") * 52

    def tenths(code: str) -> np.ndarray:
        return np.array([table[(str(tenth), code)] for tenth in range(1, 11)]) * rise

    out = {name: tenths(code) for name, code in CODES.items()}
    out["furnishings"] = out["furnishings"] + tenths("4.2")  # upkeep and repair of the home bear the tax that furniture does
    out["transport"] = tenths("7") - out["motor_fuel"]
    out["housing_energy"] = tenths("4.4") + WATER * rise
    known = (
        tenths("1")
        + tenths("2")
        + tenths("3")
        + tenths("4")
        + tenths("5")
        + tenths("7")
        + tenths("8")
        + tenths("9")
        + tenths("11")
        + tenths("12")
    )
    rest = np.maximum(tenths("1-12") - known, 0.5 * rise)
    out["health"], out["education"] = rest * HEALTH_PART, rest * (1 - HEALTH_PART)
    return out


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
    water = WATER * f.uprating("cpi", "2023-24", "2025-26") * 52
    homes["water_charges"] = np.round(np.where(homes["nation"] == 3, 0.0, water * (size / 2.36) ** 0.35), 2)


assert set(CODES) | {"transport", "housing_energy", "health", "education"} == {name for name, _ in SPENDING_CLASSES}
