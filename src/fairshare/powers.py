"""`fairshare powers COUNCIL`: what a council may do about council tax now, what each step would bring, and what it may not do.

Each figure is a run of that step over the council's own households and dwellings. The bill that records hold is the whole bill, with
the parts of county, police, fire and parish: a figure for a rise of it is never the council's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import Area, find_area
from fairshare.assessment import assess
from fairshare.law import law_in_force
from fairshare.local_powers import NATION_OF_LAW, Decision, bill_of_the_year_before, class_of, decisions_in, most_premium, referendum_limit
from fairshare.measures.distribution import MINIMUM_RECORDS
from fairshare.parameters import check_year, parameters
from fairshare.population.records import Population
from fairshare.quantities import PERCENT, DwellingKind, Nation, Region
from fairshare.reading import parse
from fairshare.run import Progress, work
from fairshare.scenario import scenario_from

A_POUND_ON_BAND_D = 1.0
NO_LIMIT = "There is no referendum limit."
MINIMUM_PAYMENT = 0.2
"""The part of a bill that the usual minimum payment leaves to pay, for the figure beside full support."""
DECIDED_BY = {"regulations": "Regulations", "order": "An order of ministers", "act": "An Act"}
STEPS_OF_EARNINGS = [{"above": 0, "rate": 0.9}, {"above": 100, "rate": 0.6}, {"above": 200, "rate": 0.3}, {"above": 300, "rate": 0}]
"""An example of a scheme by steps: the share of the bill that is met at each amount of weekly earnings."""
LOWER_LIMIT = 6_000
"""Savings at which support ends, £, in the figure beside the limit in force."""
WHOLE_BILL = "of the whole bill: each body's part of it is not known here"


class Step(NamedTuple):
    """One thing that a council may do now, and what it brings or costs."""

    id: str
    says: str
    rule: str
    """What the law allows, in words."""
    pounds: float | None
    """£ a year more for the bodies that share the bill, after support; below zero, less. None where too few records stand behind it."""
    what: str
    """What the figure is a figure of."""
    records: int
    source: str
    status: str = ""


class Powers(NamedTuple):
    """What a council may do about council tax in a year, and who decides the rest."""

    area: Area
    council_class: str
    year: str
    bill: float
    """Band D with every part, £ a year; in Northern Ireland the district rate."""
    households: float
    records: int
    steps: list[Step]
    elsewhere: list[Decision]
    """What regulations, an order or an Act must change."""
    population: str
    support_now: dict[str, float | None]
    """What support costs there now, £ a year of the whole bill: for people of "working_age" and of "pension_age"."""


def powers(council: str | Area, population: Population, year: str, progress: Progress | None = None) -> Powers:
    """What a council may do about council tax in a year. Raises Fault for a council or a year that is not known."""
    area = find_area(council) if isinstance(council, str) else council
    check_year(year)
    worker = _Worker(area, population, year, progress or (lambda _what, _part: None))
    steps = worker.steps()
    places = law_in_force(year).places["council_tax"][area.row]
    here = population.households["council"] == area.row
    return Powers(
        area=area,
        council_class=class_of(area),
        year=year,
        bill=float(places["district_rate"] if area.nation == Nation.NORTHERN_IRELAND else places["band_d"]),
        households=float(population.households["weight"][here].sum()),
        records=int(here.sum()),
        steps=steps,
        elsewhere=[each for each in decisions_in(area.nation) if each.decided_by != "council"],
        population=population.says,
        support_now=support_now(area, population, year),
    )


def support_now(area: Area, population: Population, year: str) -> dict[str, float | None]:
    """What support with council tax (or rates) costs in a council now, £ a year; None where too few records stand behind it."""
    lines = assess(population, law_in_force(year))["council_tax_reduction"]
    here = population.households["council"][population.benefit_units["household"]] == area.row
    paid = np.where(here, population.benefit_unit_weight * lines["council_tax_reduction"], 0.0)
    old = lines["pension_age"] > 0.0
    known = int((population.households["council"] == area.row).sum()) >= MINIMUM_RECORDS
    return {name: float(paid[who].sum()) if known else None for name, who in (("working_age", ~old), ("pension_age", old))}


class _Worker:
    """The steps of one council, each worked as a scenario of its own."""

    def __init__(self, area: Area, population: Population, year: str, progress: Progress) -> None:
        self.area, self.population, self.year, self.progress = area, population, year, progress
        self.records = int((population.households["council"] == area.row).sum())
        self.whole_bill = "of the whole bill, which is the council's alone" if area.nation == Nation.SCOTLAND else WHOLE_BILL

    def steps(self) -> list[Step]:
        made: list[Step] = []
        parts: list[Callable[[], list[Step]]] = [self.rises, self.premiums, self.support]
        for i, part in enumerate(parts):
            self.progress("what the council may do", i / len(parts))
            made += part()
        self.progress("done", 1.0)
        return made

    def brings(self, law: dict[str, Any]) -> float:
        """What a change of law in this council alone brings, £ a year."""
        text = {"title": "A step", "because": "Asked.", "from": self.year, "law": law, "areas": [self.area.code], "closure": "saving"}
        return work(scenario_from(parse(json.dumps(text), "powers")), self.population, self.year).proceeds

    def shown(self, pounds: float, records: int) -> float | None:
        return pounds if records >= MINIMUM_RECORDS else None

    # ---- the level of the bill -------------------------------------------------------------------------------------

    def rises(self) -> list[Step]:
        if self.area.nation == Nation.NORTHERN_IRELAND:
            return [self.rise("rise", 0.01, "district_rate", NO_LIMIT, "Rates (Northern Ireland) Order 1977 art.6", "")]
        limit = referendum_limit(self.area, self.year)
        if limit is None:
            return [self.rise("rise", 0.01, "band_d", NO_LIMIT, self.rise_law(), ""), self.pound()]
        most = f"{PERCENT * limit.share:.2f}%"
        rule = f"The council may raise its own part by up to {most} in a year without a referendum"
        rule += f", or by £{limit.cash:g} on Band D where that is more." if limit.cash else "."
        rule += self.rise_so_far()
        steps = [self.rise("rise_to_limit", limit.share, "band_d", rule, limit.fact.source, limit.fact.status), self.pound()]
        if limit.cash:
            steps.append(self.cash("district_cash", "The district adds the sum that the law names to its own Band D"))
        if self.area.region == Region.LONDON:
            return steps  # the Mayor's precept pays for police and fire, and the reports have set it no limit
        steps.append(self.cash("police_cash", "The police and crime commissioner (or mayor) adds the most allowed to Band D"))
        steps.append(self.cash("fire_cash", "The fire authority, where it is a body of its own, adds the most allowed to Band D"))
        return steps

    def rise_so_far(self) -> str:
        """What bills hold already of the year's rise: a step on top of it shows what such a rise is worth, in this year's money."""
        last = bill_of_the_year_before(self.area, self.year)
        now = float(law_in_force(self.year).places["council_tax"]["band_d"][self.area.row])
        if not last:
            return ""
        return f" The bills of {self.year} hold that year's rise already: {PERCENT * (now / last - 1.0):.2f}% on the whole bill."

    def rise_law(self) -> str:
        return next(each.law for each in decisions_in(self.area.nation) if each.path == "council_tax.by_place.band_d")

    def rise(self, id: str, share: float, column: str, rule: str, source: str, status: str) -> Step:
        pounds = self.brings({"council_tax": {"by_place": {column: {"times": 1.0 + share}}}})
        said = f"Bills are {PERCENT * share:.2f}% more than they are".replace(".00%", "%")
        what = {"district_rate": "of the district rate alone"}.get(column, self.whole_bill)
        return Step(id, said, rule, self.shown(pounds, self.records), what, self.records, source, status)

    def pound(self) -> Step:
        pounds = self.brings({"council_tax": {"by_place": {"band_d": {"plus": A_POUND_ON_BAND_D}}}})
        what = "for whichever body adds it"
        return Step(
            "pound", "£1 is added to Band D, whoever adds it", "", self.shown(pounds, self.records), what, self.records, "LGFA 1992 s.5"
        )

    def cash(self, name: str, says: str) -> Step:
        fact = parameters("local_powers")[f"referendum.{name}"].in_year(self.year)
        pounds = self.brings({"council_tax": {"by_place": {"band_d": {"plus": fact.value}}}})
        rule = f"Up to £{fact.value:g} on Band D without a referendum."
        return Step(name, says, rule, self.shown(pounds, self.records), "for that body alone", self.records, fact.source, fact.status)

    # ---- premiums --------------------------------------------------------------------------------------------------

    def premiums(self) -> list[Step]:
        names = {
            "second_home": (DwellingKind.SECOND_HOME, "second homes"),
            "long_term_empty": (DwellingKind.LONG_TERM_EMPTY, "homes long empty"),
        }
        return [step for name, (kind, words) in names.items() if (step := self.premium(name, kind, words))]

    def premium(self, name: str, kind: DwellingKind, words: str) -> Step | None:
        most = most_premium(self.area.nation, name, self.year)
        if most is None:
            return None
        dwellings, households = self.population.dwellings, self.population.households
        homes = float(dwellings["weight"][(dwellings["council"] == self.area.row) & (dwellings["kind"] == kind)].sum())
        lived_in = np.where(households["council"] == self.area.row, households["weight"], 0.0)
        charges = assess(self.population, law_in_force(self.year))["council_tax"]["band_charge"]
        charge = float((lived_in * charges).sum()) / (float(lived_in.sum()) or 1.0)
        now = getattr(getattr(law_in_force(self.year).values["council_tax"], NATION_OF_LAW[self.area.nation]).premium, name)
        pounds = (most.value - now) * homes * charge
        says = f"A premium of {PERCENT * most.value:.0f}% on {words} (about {homes:,.0f} here)"
        rule = f"Up to {PERCENT * most.value:.0f}% of the charge; the model takes {PERCENT * now:.0f}% as charged now, everywhere."
        what = "on top of what it brings now, if these homes are in the same bands as others there"
        return Step(name, says, rule, self.shown(pounds, self.records), what, self.records, most.source, most.status)

    # ---- support ---------------------------------------------------------------------------------------------------

    def support(self) -> list[Step]:
        if self.area.nation != Nation.ENGLAND:
            return []
        scheme = law_in_force(self.year).places["council_tax_reduction"][self.area.row]
        read = "its own scheme was read" if scheme["known"] else "its own scheme was not read, and the usual form is assumed"
        rule = (
            f"The council decides each year by 11 March. Support covers up to {PERCENT * scheme['maximum']:.0f}% of the bill now ({read})."
        )
        source = "LGFA 1992 s.13A and Sch 1A"
        full = self.brings({"council_tax_reduction": {"by_place": {"maximum": 1, "liability_cap": 99, "minimum_award": 0}}})
        least = self.brings({"council_tax_reduction": {"by_place": {"maximum": 1.0 - MINIMUM_PAYMENT}}})
        stepped = self.brings({"council_tax_reduction": {"income_bands": {"in_force": 1, "share_of_bill": STEPS_OF_EARNINGS}}})
        limited = self.brings({"council_tax_reduction": {"by_place": {"capital_limit": LOWER_LIMIT}}})
        what = self.whole_bill
        status = "" if scheme["known"] else "unverified"
        whole = "Support covers up to the whole bill for people of working age"
        fifth = f"Support covers up to {PERCENT * (1 - MINIMUM_PAYMENT):.0f}% of the bill for people of working age"
        steps = "Support for working age follows steps of weekly earnings: nine tenths of the bill, "
        steps += "six from £100, three from £200, none from £300"
        limit = f"Support for working age ends where savings exceed £{LOWER_LIMIT:,} (£{scheme['capital_limit']:,.0f} now)"
        return [
            Step("support_in_full", whole, rule, self.shown(full, self.records), what, self.records, source, status),
            Step("minimum_payment", fifth, rule, self.shown(least, self.records), what, self.records, source, status),
            Step("income_bands", steps, rule, self.shown(stepped, self.records), what, self.records, source, status),
            Step("capital_limit", limit, rule, self.shown(limited, self.records), what, self.records, source, status),
        ]


# ---- in words and as data ------------------------------------------------------------------------------------------


def as_data(made: Powers) -> dict[str, Any]:
    """The powers as plain data."""
    return {
        "area": {"code": made.area.code, "name": made.area.name, "class": made.council_class},
        "year": made.year,
        "band_d" if made.area.nation in NATION_OF_LAW else "district_rate": made.bill,
        "households": made.households,
        "records": made.records,
        "support_now": made.support_now,
        "may_do_now": [step._asdict() for step in made.steps],
        "decided_elsewhere": [each._asdict() for each in made.elsewhere],
        "population": made.population,
    }


def as_text(made: Powers) -> str:
    """The powers in plain words, for a terminal."""
    import textwrap

    def line(text: str, mark: str = "* ") -> str:
        return textwrap.fill(text, 79, initial_indent=f"  {mark}", subsequent_indent="    ", break_on_hyphens=False)

    title = f"What {made.area.name} may do about its tax on homes in {made.year}"
    bill = f"Band D is £{made.bill:,.2f}, with the parts of every body that shares the bill." if made.area.nation in NATION_OF_LAW else ""
    about = f"{made.area.name} is a {made.council_class}. {bill} The figures rest on {made.records:,} records of households there."
    parts = [title, "=" * len(title), "", textwrap.fill(" ".join(about.split()), 79), "", textwrap.fill(support_sentence(made), 79)]
    parts += ["", "What may be done now"]
    for step in made.steps:
        parts.append(line(f"{step.says}: {worth(step)}. {step.rule}".strip()))
        parts.append(line(f"{step.source}{' (unverified)' if step.status == 'unverified' else ''}", "  "))
    parts += ["", "What others decide"]
    parts += [line(f"{DECIDED_BY[each.decided_by]}: {each.change} ({each.law}).") for each in made.elsewhere]
    parts += ["", textwrap.fill(f"Nobody is taken to change what they do. {made.population}", 79)]
    return "\n".join(parts)


def support_sentence(made: Powers) -> str:
    """What support costs now, in words."""
    working, pension = made.support_now["working_age"], made.support_now["pension_age"]
    if working is None or pension is None:
        return "What support with the bill costs now is not known here: too few records."
    return (
        f"Support with the bill costs about {_money(working)} a year now for people of working age, and {_money(pension)} for pensioners, "
        "of the whole bill."
    )


def worth(step: Step) -> str:
    """What a step brings or costs, in words."""
    if step.pounds is None:
        return f"not known, too few records ({step.records})"
    if round(step.pounds) == 0:
        return "changes nothing"
    way = "brings" if step.pounds >= 0 else "costs"
    return f"{way} about {_money(abs(step.pounds))} a year, {step.what}"


def _money(pounds: float) -> str:
    if pounds >= 1e6:
        return f"£{float(np.format_float_positional(pounds / 1e6, precision=3, fractional=False)):,g} million"
    return f"£{float(np.format_float_positional(pounds, precision=3, fractional=False)):,.0f}" if pounds else "£0"
