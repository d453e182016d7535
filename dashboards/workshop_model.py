"""What a workshop shows, worked beforehand: places in the distribution, example households, proposals to guess, choices of a budget.

All of it is plain data about the country, kept in the user's cache folder as JSON, so that a room on one laptop never waits for it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

import fairshare
from fairshare import __version__
from fairshare.areas import folder
from fairshare.assessment import MEMORY, Assessment, assess
from fairshare.compiled import cache_folder
from fairshare.household_file import household
from fairshare.law import law_in_force
from fairshare.measures.households import Households
from fairshare.measures.tables import Measures, measures
from fairshare.population.records import Population
from fairshare.population.uprating import uprate
from fairshare.quantities import MONTHS_IN_YEAR
from fairshare.reading import Document, read
from fairshare.report import charts, sentences
from fairshare.report.text import command
from fairshare.run import work
from fairshare.scenario import read_scenario
from fairshare.spending.functions import FUNCTIONS, YEAR_OF_TOTALS, Rates, rates
from fairshare.spending.hundred import each_hundred, hundred

from .like_mine import LikeMine
from .story_answer import numbers, pictures

Progress = Callable[[str], None]
Prepared = dict[str, Any]
PLAN = Path(__file__).parent / "workshop_plan.yaml"
FORM = "2"
TENTHS = 10
YOUNG_CHILD, FURTHER = "young_child", "further_person"


@cache
def plan() -> dict[str, Any]:
    """What is offered: from workshop_plan.yaml."""
    found: dict[str, Any] = read(PLAN).data
    return found


def prepared(people: Population, tell: Progress = lambda step: None) -> Prepared:
    """Everything, worked or as it was kept on this machine. Working it takes about a minute with 100,000 households."""
    file = cache_folder() / "workshop" / f"{_key(people)}.json"
    if file.is_file():
        try:
            kept: Prepared = json.loads(file.read_text(encoding="utf-8"))
            return kept
        except (OSError, ValueError):
            tell("What was prepared cannot be read, so it is worked again")
    made: Prepared = json.loads(json.dumps(_prepare(people, tell), default=np.ndarray.tolist))
    _keep(file, made)
    return made


def _key(people: Population) -> str:
    """What was prepared belongs to one version of the program and its law, one population, one plan and its scenarios."""
    digest = hashlib.blake2b("|".join((FORM, __version__, people.id)).encode(), digest_size=10)
    for file in (*sorted(Path(fairshare.__file__).parent.rglob("*.py")), *sorted(folder("parameters").rglob("*.*")), PLAN):
        digest.update(file.read_bytes())
    for name in (*plan()["predict"], *_choices()):
        digest.update(read_scenario(name).text.encode())
    return digest.hexdigest()


def _keep(file: Path, made: Prepared) -> None:
    """Written whole or not at all; where nothing can be written the workshop still runs."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(made), encoding="utf-8")
        beside.replace(file)
    except OSError:
        return


def _choices() -> list[str]:
    """Every scenario of the budget."""
    return [name for names in plan()["budget"].values() for name in names]


def _prepare(people: Population, tell: Progress) -> Prepared:
    year = plan()["year"]
    people = uprate(people, year)
    tell("Compiling the law and working the year as it is")
    base = assess(people, law_in_force(year))
    wanted = plan()["predict"]
    predict, choices, homes, about = {}, {}, None, ""
    names = list(dict.fromkeys([*wanted, *_choices()]))
    for done, name in enumerate(names, 1):
        tell(f"Working proposal {done} of {len(names)}")
        found = measures(work(read_scenario(name), people, year))
        if name in wanted:
            predict[name] = _to_guess(found)
        if name in _choices():
            choices[name] = _choice(found)
        if homes is None:
            homes, about = found.homes, sentences.population_says(found)
    assert homes is not None
    tell("Working the example households")
    costs = rates(assess(uprate(people, YEAR_OF_TOTALS), law_in_force(YEAR_OF_TOTALS)))
    made: Prepared = {
        "year": year,
        "about": about,
        "people": people.name,
        "households": float(base.population.households["weight"].sum()),
        "places": _places(homes),
        "prices": _prices(homes, base),
        "costs": {"learner": costs.learner, "by_service": costs.by_service, "amounts": costs.amounts},
        "scale": _scale(year),
        "hundred": _each_hundred(),
        "predict": {name: predict[name] for name in wanted},
        "choices": {name: choices[name] for name in _choices()},
    }
    MEMORY.forget()  # the room is shown what was found and works no population again
    return made | {"examples": {id: _example(given, made) for id, given in plan()["examples"].items()}}


# ---- places in the distribution ------------------------------------------------------------------------------------


def _places(homes: Households) -> dict[str, list[float]]:
    """Where each hundredth begins: equivalised income of persons and net wealth of households, £ (a year)."""
    return {
        "income": _hundredths(homes.equivalised_before, homes.person_weight),
        "wealth": _hundredths(homes.net_wealth, homes.weight),
    }


def _hundredths(values: np.ndarray, weights: np.ndarray) -> list[float]:
    """The 99 values that part the weight in a hundred equal parts."""
    order = np.argsort(values)
    share = np.cumsum(weights[order]) / weights.sum()
    return [float(values[order][np.searchsorted(share, part / 100)]) for part in range(1, 100)]


def _prices(homes: Households, base: Assessment) -> list[float]:
    """Mean taxes in prices by tenth of persons by income, lowest first, £ a year divided as incomes are for the size of a home."""
    taxes = np.asarray(base["post_tax_income"]["indirect_taxes"])[homes.rows] / homes.scale
    return [float(np.average(taxes[rows], weights=homes.person_weight[rows])) for rows in (homes.tenth == i + 1 for i in range(TENTHS))]


def _scale(year: str) -> dict[str, float]:
    weights = law_in_force(year).values["disposable_income"].before_housing_costs
    return {name: float(value) for name, value in weights._asdict().items()}


def place_of_income(made: Prepared, a_month: float, adults: int, children: int) -> int:
    """How many of a hundred people have less income than a household like this, from 0 to 99."""
    scale = made["scale"]
    size = scale["first_adult"] + (adults - 1) * scale[FURTHER] + children * scale[YOUNG_CHILD]
    return int(np.searchsorted(made["places"]["income"], a_month * MONTHS_IN_YEAR / size, side="right"))


def place_of_wealth(made: Prepared, pounds: float) -> int:
    """Of how many in a hundred households the wealth is less, from 0 to 99."""
    return int(np.searchsorted(made["places"]["wealth"], pounds, side="right"))


# ---- what taxes and services cost and give -------------------------------------------------------------------------


def flows(made: Prepared, like: LikeMine) -> Prepared:
    """What a household like this pays and gets, £ a year: taxes on income and home, taxes in prices, cash, and services by name.

    Taxes in prices are the average of people with an income like theirs; services are the average for people like them. What was
    answered is worked and forgotten.
    """
    costs = Rates(*(made["costs"][name] for name in ("learner", "by_service", "amounts")))
    costs = Rates(np.asarray(costs.learner), {name: np.asarray(each) for name, each in costs.by_service.items()}, costs.amounts)
    data, _ = like.document(made["year"], None)
    worked = assess(household(Document(data, {}, "your answers")).population, law_in_force(made["year"]), remember=False)
    found, income = hundred(worked, costs), worked["disposable_income"][0]
    of = float(income["equivalence_scale"])
    tenth = int(np.searchsorted(made["places"]["income"], float(income["disposable_income"]) / of, side="right")) // TENTHS
    return {
        "taxes": found.taxes_on_income_and_home,
        "prices": made["prices"][tenth] * of,
        "cash": found.cash,
        "services": {name: float(pounds) for name, pounds in found.services.items() if pounds >= 1},
    }


def _example(given: dict[str, Any], made: Prepared) -> dict[str, Any]:
    """A household of the plan: its card by the month, what it pays in prices, and what services cost for people like those in it."""
    like = LikeMine()
    like.answers = {
        name: float(value) if isinstance(value, int) and not isinstance(value, bool) else value for name, value in given.items()
    }
    card = like.card(made["year"], None)
    return {"headline": card.headline, "rows": [row._asdict() for row in card.rows], "about": card.about, "flows": flows(made, like)}


def _each_hundred() -> list[list[Any]]:
    return [[FUNCTIONS[name], pounds] for name, pounds in sorted(each_hundred().items(), key=lambda each: -each[1])]


# ---- proposals -----------------------------------------------------------------------------------------------------


def _to_guess(made: Measures) -> dict[str, Any]:
    """A proposal to guess, with its answer."""
    story = sentences.story(made)
    drawn = charts.income_chart(made)
    wide, narrow = pictures(drawn)
    table = numbers(drawn)
    rows = made.tables["by_income_tenth"]
    sure = story.block("how_sure")
    return {
        "title": made.run.scenario.title,
        "because": made.run.scenario.because,
        "headline": story.headline.heading,
        "sentences": list(story.headline.sentences),
        "chart_title": drawn.title,
        "wide": wide,
        "narrow": narrow,
        "alt": drawn.alt,
        "table": {"title": table.title, "columns": table.columns, "rows": table.rows},
        "gain": made.figures["households_gaining_pct"].value,
        "lose": made.figures["households_losing_pct"].value,
        "low": rows[0]["mean_change_a_week"],
        "high": rows[-1]["mean_change_a_week"],
        "sure": list(sure.sentences) if sure else [],
        "command": command(made),
        "id": made.run.id,
    }


def _choice(made: Measures) -> dict[str, Any]:
    """A choice of the budget: what it brings in (below zero, costs), £ a year, and who has more or less, £ a week."""
    run = made.run
    service = sum(use.amount for use in run.uses if use.kind == "service")
    money = made.figures["net_revenue"]
    rows = made.tables["by_income_tenth"]
    return {
        "title": run.scenario.title,
        "money": money.value,
        "ranges": [sentences.range_sentence(each, money) for each in money.ranges],
        "tenths": [row["mean_change_a_week"] for row in rows],
        "service": bool(service),
        "command": command(made),
    }


def balance(made: Prepared, chosen: dict[str, str]) -> float:
    """What a budget leaves, £ a year; below zero it is short. `chosen` holds a scenario for each topic that is changed."""
    return float(sum(made["choices"][name]["money"] for name in chosen.values()))


def by_tenth(made: Prepared, chosen: dict[str, str]) -> list[float]:
    """The mean change a household of each income tenth would see, £ a week: each choice worked alone, then added."""
    return [float(sum(made["choices"][name]["tenths"][i] for name in chosen.values())) for i in range(TENTHS)]
