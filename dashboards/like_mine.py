"""A household like mine: a few questions, every one optional, and what is left after rent, council tax and bills.

Answers are held by the visit that gave them and nowhere else: nothing here writes, logs, remembers, or makes a link.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, NamedTuple

from fairshare.areas import Area, areas, find_area
from fairshare.assessment import assess
from fairshare.faults import Fault
from fairshare.household_file import HouseholdFile, household
from fairshare.law import Law, law_in_force
from fairshare.quantities import MONTHS_IN_YEAR, WEEKS_IN_YEAR, Nation
from fairshare.reading import Document
from fairshare.report.words import pounds_a_week

from .texts import texts

PERIODS = {"month": MONTHS_IN_YEAR, "week": WEEKS_IN_YEAR}
MOST_MONEY = 10_000_000.0
MOST_CHILDREN = 8
AGES = {"young": 22, "middle": 40, "pension": 70}
CHILD_AGES = {"young": 3, "middle": 8, "older": 13}
MONEY = ("pay", "second_pay", "state_pension", "other_pension", "rent", "bills")
CHOICES = ("adults", "age", "tenure")
BANDS = tuple("ABCDEFGHI")
HOURS_OF_WORK = 35
SAME = 0.5
"""£ a period below which nothing is said to change."""


class Question(NamedTuple):
    """A question as a form asks it."""

    id: str
    label: str
    kind: str
    """"money", "count", "pounds", "choice" or "council"."""
    options: tuple[tuple[str, str], ...] = ()


class Row(NamedTuple):
    """A line of the card, already in words; `sum` marks a total."""

    name: str
    now: str
    proposal: str
    change: str
    sum: bool = False


class Card(NamedTuple):
    """What a household like this has, by the week or month."""

    headline: str
    after: str
    """What the proposal does to it, or nothing where there is none."""
    rows: tuple[Row, ...]
    with_proposal: bool
    about: str
    took: tuple[str, ...]
    left_out: tuple[str, ...]


class LikeMine:
    """One visitor's answers. Every method makes one whole change or raises Fault and leaves all as it was."""

    def __init__(self, language: str = "en") -> None:
        self.t = texts("like_mine", language)
        self.per = "month"
        self.answers: dict[str, Any] = {}
        """By question: £ a year for money, a number for counts and pounds, the option's id for choices."""

    @property
    def given(self) -> bool:
        return bool(self.answers)

    def clear(self) -> None:
        self.answers = {}

    def choose_period(self, per: str) -> None:
        if per not in PERIODS:
            raise Fault(self.t["faults"]["choice"].format(question=self.t["per"]))
        self.per = per

    def answer(self, id: str, value: Any) -> None:
        """Take one answer, as it is typed; empty takes it back."""
        question = next((each for each in self.questions if each.id == id), None)
        if question is None:
            raise Fault("That question is not asked here; reload the page.")
        text = str(value).strip()
        if not text:
            self.answers.pop(id, None)
        elif question.kind in ("choice", "council"):
            if text not in {name for name, _ in question.options} and question.kind == "choice":
                raise Fault(self.t["faults"]["choice"].format(question=question.label))
            self.answers[id] = find_area(text).code if question.kind == "council" else text
        else:
            self.answers[id] = self._number(question, text)

    def _number(self, question: Question, text: str) -> float:
        try:
            number = float(text.replace(",", "").replace("£", ""))
        except ValueError:
            number = math.nan
        if question.kind == "count":
            if not 0 <= number <= MOST_CHILDREN or number != int(number):
                raise Fault(self.t["faults"]["count"].format(question=question.label, most=MOST_CHILDREN))
            return number
        if not 0 <= number <= MOST_MONEY:
            raise Fault(self.t["faults"]["money"].format(question=question.label))
        return number * PERIODS[self.per] if question.kind == "money" else number

    # ---- the form --------------------------------------------------------------------------------------------------

    @property
    def questions(self) -> tuple[Question, ...]:
        said, choices = self.t["questions"], self.t["choices"]
        made = []
        for id, label in said.items():
            if id == "council":
                made.append(Question(id, label, "council"))
            elif id in CHOICES:
                made.append(Question(id, label, "choice", tuple(choices[id].items())))
            elif id == "band":
                made.append(Question(id, label, "choice", tuple((band, band) for band in BANDS)))
            else:
                made.append(Question(id, label, "money" if id in MONEY else "count" if id in CHILD_AGES else "pounds"))
        return tuple(made)

    def shown(self, id: str) -> str:
        """An answer as its field holds it, in the period chosen."""
        value = self.answers.get(id)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        amount = value / PERIODS[self.per] if id in MONEY else value
        return f"{amount:.2f}".rstrip("0").rstrip(".")

    # ---- the card --------------------------------------------------------------------------------------------------

    def document(self, year: str, place: Area | None) -> tuple[dict[str, Any], list[str]]:
        """The household as a household file holds it, and what was taken for what was not said."""
        t, given, took = self.t, self.answers, []
        council = find_area(given["council"]) if "council" in given else place
        if council is None:
            council = middle_council(year)
            took.append(t["took_council"].format(place=council.name))
        for id, taken in (("adults", t["took_adults"]), ("age", t["took_age"]), ("tenure", t["took_tenure"])):
            if id not in given:
                took.append(taken)
        count = 2 if given.get("adults") == "two" else 1
        age = AGES[given.get("age", "middle")]
        people: list[dict[str, Any]] = [{"name": f"adult {i + 1}", "age": age} for i in range(count)]
        for person, id in zip(people, ("pay", "second_pay"), strict=False):
            if given.get(id):
                person |= {"earnings": given[id], "hours": HOURS_OF_WORK}
        for id, column in (("state_pension", "state_pension"), ("other_pension", "private_pension")):
            if given.get(id):
                people[0][column] = given[id]
        for id, years in CHILD_AGES.items():
            people += [{"name": f"child {id} {i + 1}", "age": years} for i in range(int(given.get(id, 0)))]
        tenure = given.get("tenure", "private_rent")
        data: dict[str, Any] = {"year": year, "council": council.code, "tenure": tenure, "people": people, "married": True}
        data["benefit_units"] = [[person["name"] for person in people]]
        data["bedrooms"] = 1 + math.ceil((len(people) - count) / 2)
        if tenure.endswith("rent"):
            data["rent"] = given.get("rent", 0.0)
        if council.nation != Nation.NORTHERN_IRELAND:
            data["council_tax"] = {"band": given.get("band", "D")}
            if "band" not in given:
                took.append(t["took_band"])
        if given.get("savings"):
            data["savings"] = given["savings"]
        if not any(id in given for id in ("pay", "second_pay", "state_pension", "other_pension")):
            took.append(t["took_pay"])
        took += [t[f"took_{id}"] for id in ("rent", "bills", "savings") if id not in given]
        if count == 2:
            took.append(t["took_married"])
        return data, took

    def card(self, year: str, place: Area | None, reform: Law | None = None) -> Card:
        """What is left, now and under a law beside it."""
        data, took = self.document(year, place)
        made = household(Document(data, {}, "your answers"))
        base = law_in_force(year)
        now = self._amounts(made, base)
        then = self._amounts(made, reform) if reform is not None else None
        return Card(
            *self._said(now, then),
            rows=self._rows(now, then),
            with_proposal=then is not None,
            about=self.t["about"].format(year=year, place=made.area.name),
            took=tuple(took),
            left_out=tuple(self.t["left_out_here"]),
        )

    def _amounts(self, made: HouseholdFile, law: Law) -> dict[str, float]:
        """Each line, £ a year, money out below zero."""
        line = assess(made.population, law, remember=False)["disposable_income"][0]
        other = line["benefits"] - sum(line[name] for name in BENEFITS)
        found = {name: float(line[name]) for name in ("market_income", *BENEFITS)} | {"other_benefits": float(other)}
        found |= {name: -float(line[name]) for name in ("income_tax", "national_insurance", "council_tax", "wealth_tax")}
        found["charges"] = -float(line["child_benefit_charge"] + line["winter_fuel_charge"])
        found["after_tax"] = float(line["disposable_income"])
        found["rent_line"] = -self.answers.get("rent", 0.0)
        found["bills_line"] = -self.answers.get("bills", 0.0)
        found["left"] = found["after_tax"] + found["rent_line"] + found["bills_line"]
        return found

    def _rows(self, now: dict[str, float], then: dict[str, float] | None) -> tuple[Row, ...]:
        t = self.t
        names = {**t["lines"], "after_tax": t["after_tax"], "rent_line": t["rent_line"], "bills_line": t["bills_line"], "left": t["left"]}
        rows = []
        for id, name in names.items():
            before, after = now[id], (then or now)[id]
            if abs(before) < SAME and abs(after) < SAME and id not in SUMS:
                continue
            rows.append(Row(name, self._pounds(before), self._pounds(after), self._pounds(after - before, signed=True), id in SUMS))
        return tuple(rows)

    def _said(self, now: dict[str, float], then: dict[str, float] | None) -> tuple[str, str]:
        t, scale = self.t, PERIODS[self.per]
        period = t[f"a_{self.per}"]
        left = now["left"] / scale
        said = t["headline_now" if left >= 0 else "headline_short"].format(left=f"£{abs(left):,.0f}", a_period=period)
        if then is None:
            return said, ""
        change = (then["left"] - now["left"]) / scale
        if abs(change) < SAME:
            return said, t["headline_same"]
        amount = pounds_a_week(abs(change) * WEEKS_IN_YEAR)
        return said, t["headline_change"].format(change=amount, a_period=period, way=t["more" if change > 0 else "less"])

    def _pounds(self, value: float, signed: bool = False) -> str:
        amount = value / PERIODS[self.per]
        text = f"£{abs(amount):,.0f}"
        if text == "£0":
            return text
        return f"{'−' if amount < 0 else '+' if signed else ''}{text}"


BENEFITS = (
    "state_pension",
    "child_benefit",
    "universal_credit",
    "pension_credit",
    "housing_benefit",
    "scottish_child_payment",
    "winter_fuel_payment",
    "equal_payment",
)
SUMS = ("after_tax", "left")


@cache
def middle_council(year: str) -> Area:
    """The council area of England whose band D lies in the middle."""
    band_d = law_in_force(year).places["council_tax"]["band_d"]
    known = sorted((float(band_d[area.row]), area.code) for area in areas() if area.nation == Nation.ENGLAND and band_d[area.row] > 0)
    return find_area(known[len(known) // 2][1])


__all__ = ["Card", "LikeMine", "Question", "Row", "middle_council"]
