"""One engine for all surfaces: measures to sentences. Finding first, then who gains, who pays more or gets less, what it costs or
raises, how sure we are, and what is left out.

Reverse a reform and only figures and words of direction change (raise, cost; more, less; fewer; rise, fall). Where a range
holds both sides of zero, the sentence says that we cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from fairshare.areas import areas, find_area, named
from fairshare.measures import budget, disclosure, poverty
from fairshare.measures.distribution import A_WEEK, MINIMUM_RECORDS, Array, enough, gains, loses
from fairshare.measures.figures import PENNY
from fairshare.measures.groups import FAMILY_TYPES
from fairshare.measures.households import FamilyType, Households
from fairshare.measures.tables import Figure, Measures, Row
from fairshare.measures.uncertainty import FIXED, Kind, Range
from fairshare.quantities import NATION_NAMES, REGION_NAMES, Nation
from fairshare.report import glossary
from fairshare.report.words import (
    about_percent,
    capital,
    money,
    number,
    of_households,
    percent,
    pounds_a_week,
    span,
    step_of,
    week_and_year,
)
from fairshare.rules import INSTRUMENTS

HEADLINE, EXPLANATION = "headline", "explanation"
COUNTRY = "the UK"
PURSE = "government and councils"


class Block(NamedTuple):
    """Sentences on one thing: a heading that states the finding, and what follows it."""

    id: str
    heading: str
    sentences: tuple[str, ...]
    level: str = EXPLANATION


class Story(NamedTuple):
    """All that is said of a run, in order."""

    title: str
    place: str
    year: str
    about: str
    """What the figures are of: place, year and population."""
    blocks: tuple[Block, ...]

    @property
    def headline(self) -> Block:
        return self.blocks[0]

    @property
    def last_of_groups(self) -> str:
        """The block that charts and tables of groups follow: those who gain or lose by more than £1 a week may be nobody."""
        return [block.id for block in self.blocks if block.id in ("finding", "who_gains", "who_pays_more")][-1]

    def block(self, id: str) -> Block | None:
        return next((block for block in self.blocks if block.id == id), None)

    @property
    def terms(self) -> list[glossary.Term]:
        """Terms used, in order, for a list of words."""
        text = " ".join(" ".join((block.heading, *block.sentences)) for block in self.blocks)
        return [glossary.terms()[id] for id in glossary.used_in(text)]


def story(made: Measures) -> Story:
    """The whole of what is said of a run, every term glossed where it comes first."""
    blocks = [
        finding(made),
        who_gains(made),
        who_pays_more(made),
        low_incomes(made),
        public_money(made),
        if_people_respond(made),
        how_sure(made),
        left_out(made),
    ]
    if nothing_here(made):
        blocks = [Block("finding", _nothing(made), (), HEADLINE)]
    seen: set[str] = set()
    told = []
    for block in (each for each in blocks if each is not None):
        heading, *rest = glossary.with_glosses([block.heading, *block.sentences], seen)
        told.append(block._replace(heading=heading, sentences=tuple(rest)))
    run = made.run
    return Story(run.scenario.title, place_of(made), run.year, about(made), tuple(told))


def nothing_here(made: Measures) -> bool:
    """Whether a proposal leaves the council in view as it is."""
    still = all(change.after == change.before for change in made.changes)
    return made.area is not None and still and not np.any(made.homes.change) and not np.any(made.homes.in_kind)


def _nothing(made: Measures) -> str:
    """That nothing changes here, and where the proposal applies."""
    run, here = made.run, place_of(made)
    places = places_of_change(made)
    if not places:
        moved = sum(
            (np.abs(change.by_nation) for change in budget.changes(run.baseline, run.reform, run.population)), np.zeros(len(Nation))
        )
        weighed = np.abs(np.asarray(run.in_kind)) + np.abs(np.asarray(run.change))
        moved = moved + np.bincount(run.population.households["nation"], weighed, len(Nation))
        places = named([NATION_NAMES[nation] for nation in Nation if moved[nation] > PENNY])
    return (
        f"This proposal changes nothing in {here}: it applies in {places}." if places else f"This proposal changes nothing in {run.year}."
    )


def about(made: Measures) -> str:
    """Place, year, where the change is made if not everywhere, and population."""
    return " ".join(part for part in (f"{place_name(made)}, {made.run.year}.", alone(made), population_says(made)) if part)


def alone(made: Measures) -> str:
    """Where a change of some councils is made; nothing where it is made everywhere."""
    places = places_of_change(made)
    return f"The change is made in {places} alone." if places else ""


def places_of_change(made: Measures) -> str:
    """The councils that make the change, as a person would name them; nothing where all do."""
    return named([find_area(code).name for code in made.run.scenario.areas])


def place_name(made: Measures) -> str:
    """The place as a heading names it."""
    return made.area.name if made.area is not None else "United Kingdom"


def population_says(made: Measures) -> str:
    population = made.run.population
    if population.says:
        return population.says
    return f"The figures come from the population called {population.name}."


def place_of(made: Measures) -> str:
    return made.area.name if made.area is not None else COUNTRY


# ---- directions -----------------------------------------------------------------------------------------------------


def way(value: float, up: str, down: str) -> str:
    """The word for a direction; each pair is the other's mirror."""
    return up if value > 0 else down


MIRROR = (
    ("raise", "cost"),
    ("save", "cost"),
    ("used", "paid for"),
    ("more", "less"),
    ("more", "fewer"),
    ("rise", "fall"),
    ("gain", "lose"),
    ("left over", "short"),
    ("less would be borrowed", "more would be borrowed"),
    ("wider", "narrower"),
)
"""Words of direction: reversed, a reform changes these and figures, and nothing else."""


def ends(figure: Figure) -> tuple[float | None, float | None]:
    """The range that a figure is rounded by. Chance in how a population was made may make a figure coarser, never finer: a small
    seed noise does not show that a figure is right."""
    found = figure.range
    if found is None or (found.kind is Kind.SEED_NOISE and step_of(figure.value, found.low, found.high) < step_of(figure.value)):
        return None, None
    return found.low, found.high


def untold(made: Measures, figure: Figure) -> bool:
    """Whether one council's figure rests on too few records to be said."""
    return made.area is not None and not figure.shown


def main_figure(made: Measures) -> Figure:
    """The sum that a page is about: what is left after every use, or what is raised where all of it is used."""
    left = made.figures["net_revenue"]
    return left if left.value or not uses(made) else made.figures["proceeds"]


COARSE = 0.5
"""A sum whose range reaches further than this part of it, to each side, is told to one figure."""


def pounds(made: Measures, value: float) -> str:
    """A sum of public money, to two figures; to one on a page whose main sum has a wide range. One page rounds all its sums alike."""
    return rounded_money(value, main_figure(made))


def rounded_money(value: float, main: Figure) -> str:
    kinds = [each for each in main.ranges if each.kind is not Kind.ASSUMPTIONS]
    reach = max((each.high - each.low for each in kinds if each.low is not None and each.high is not None), default=0.0) / 2.0
    coarse = reach > COARSE * abs(main.value) and not main.unsure_of_sign  # where nobody can tell its sign, the main sum is not told
    return money(value, -abs(value), abs(value)) if coarse else money(value)


def about_money(made: Measures, figure: Figure) -> str:
    return f"about {pounds(made, figure.value)}"


# ---- the finding ----------------------------------------------------------------------------------------------------


def finding(made: Measures) -> Block:
    shares = [share_sentence(made, gaining, "") for gaining in (True, False)]
    if not all(text.startswith("Too few homes") for text in shares):
        shares.append(f"We count changes of over £{A_WEEK:g} a week.")
    if not np.any(made.homes.change) and any(use.kind == "service" for use in uses(made)):
        shares = ["No household would have more or less to spend.", "Services are not part of income here."]
    if not np.any(made.homes.change) and (payers := apart_from_incomes(made)):
        shares = [f"{capital(who)} would pay {way(more, 'more', 'less')}." for who, more in payers.items()]
        shares.append("We take this off no household's income.")
    return Block("finding", money_sentence(made), (*where_it_is_made(made), *shares), HEADLINE)


def apart_from_incomes(made: Measures) -> dict[str, float]:
    """Those who pay more or less that is taken off no household's income, with how much more, £ a year."""
    law = getattr(made.run.reform, "law", None)
    counts = law.values["post_tax_income"].counts if law is not None else None
    found: dict[str, float] = {}
    for change in made.changes:
        counted = getattr(counts, "taxes_on_firms" if "firms" in change.item.payer else change.item.id, 0.0)
        if change.item.kind == budget.TAX and change.item.payer != "households" and not counted and change.after != change.before:
            found[change.item.payer] = found.get(change.item.payer, 0.0) + change.after - change.before
    return {who: more for who, more in found.items() if round(more)}


MOST_ROWS = 20


def rows_of_change(made: Measures) -> list[Row]:
    """The rows of the councils that make a change of some, as the country's page shows them; none where all make it."""
    if made.area is not None:
        return []
    codes = {find_area(code).code for code in made.run.scenario.areas}
    return [row for row in made.tables["by_council"] if row["code"] in codes][:MOST_ROWS]


def where_it_is_made(made: Measures) -> list[str]:
    """Of a change in some councils, seen from the whole country: where it is made, and the shares who gain and lose there."""
    if made.area is not None or not made.run.scenario.areas:
        return []
    homes = made.homes
    here = np.isin(homes.of_household("council"), [find_area(code).row for code in made.run.scenario.areas])
    if here.sum() < MINIMUM_RECORDS:
        return [alone(made)]
    said = [alone(made)]
    for gaining, who in ((True, gains(homes.change)), (False, loses(homes.change))):
        share = 100.0 * float(homes.weight[here & who].sum()) / float(homes.weight[here].sum())
        if share:
            said.append(f"There, {of_households(share)} would {does(made, gaining)}.")
    return said


SMALL_PART = 0.005
"""A part of the proceeds below which what is left is not worth a sentence of its own."""


def money_sentence(made: Measures) -> str:
    """What the whole proposal raises or costs, after every use of its money; in one council, of its own households."""
    raised, left = made.figures["proceeds"], made.figures["net_revenue"]
    here = f" in {made.area.name}" if made.area is not None else ""
    start = f"In {made.area.name} alone, this" if made.area is not None else "This"
    if not uses(made) or made.area is not None:
        if untold(made, left):
            return f"Too few homes stand behind this to say what it would raise or cost{here}."
        if left.unsure_of_sign:
            return f"We cannot tell whether this would raise or cost money{here}."
        spent = made.figures["spent_on_services"].value
        if made.area is not None and spent:
            if not raised.value:
                return f"In {made.area.name}, about {pounds(made, spent)} a year {way(spent, 'more', 'less')} would go on services."
            brings = f"{start} would {way(raised.value, 'raise', 'cost')} {about_money(made, raised)} a year"
            return f"{brings}. About {pounds(made, spent)} a year {way(spent, 'more', 'less')} would go on services there."
        if not left.value:
            return f"{start} would not change what {PURSE} have."
        return f"{start} would {way(left.value, 'raise', 'cost')} {about_money(made, left)} a year."
    if abs(raised.value) < PENNY:
        return _spending_alone(made)
    start = f"{start} would {way(raised.value, 'raise', 'cost')} {about_money(made, raised)} a year"
    if abs(left.value) <= SMALL_PART * abs(raised.value):
        return f"{start}, and all of it would be {way(raised.value, 'used', 'paid for')}."
    if left.unsure_of_sign:
        return f"{start}. We cannot tell whether that pays for all its uses."
    return f"{start}. After its uses it would be {about_money(made, left)} {way(left.value, 'left over', 'short')}."


def _spending_alone(made: Measures) -> str:
    """Of a proposal that neither raises nor cuts a tax before its uses: what it costs or saves, or what it moves from use to use."""
    left = made.figures["net_revenue"]
    if left.value:
        return f"This would {way(left.value, 'save', 'cost')} {about_money(made, left)} a year."
    more, less = ([use for use in uses(made) if (use.amount > 0) is up] for up in (True, False))
    amount = f"About {pounds(made, sum(use.amount for use in more))} a year"
    where = "from one use to another"
    if all(use.kind == "service" for use in (*more, *less)):
        where = f"from {named([_service(use) for use in less])} to {named([_service(use) for use in more])}"
    return f"{amount} would move {where}. The total would stay the same."


def _service(use: Any) -> str:
    return str(use.details["service"]).replace("_", " ")


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]


def uses(made: Measures) -> list[Any]:
    """What money is used for, as the run worked it."""
    return [use for use in made.run.uses if use.amount]


TWO_THIRDS = 2.0 / 3.0


def does(made: Measures, gaining: bool) -> str:
    """'get more', 'pay less' or both, by what moves the incomes of those who gain (or the other way round)."""
    homes = made.homes
    who = gains(homes.change) if gaining else loses(homes.change)
    taxes, benefits = _by_cause(made, who)
    total = abs(taxes) + abs(benefits)
    pay, get = ("pay less", "get more") if gaining else ("pay more", "get less")
    if not total or abs(taxes) > TWO_THIRDS * total:
        return pay if total or _only_taxes(made) else f"{pay} or {get}"
    return get if abs(benefits) > TWO_THIRDS * total else f"{pay} or {get}"


def _by_cause(made: Measures, who: Array) -> tuple[float, float]:
    homes = made.homes
    return budget.source_of_change(made.run.baseline, made.run.reform, homes.rows, homes.change, homes.weight * who)


def _only_taxes(made: Measures) -> bool:
    return {change.item.kind for change in made.changes if change.after != change.before} == {budget.TAX}


def share_sentence(made: Measures, gaining: bool, by: str | None = None) -> str:
    """The share of households who gain, or who pay more or get less."""
    by = BY if by is None else by
    figure = made.figures["households_gaining_pct" if gaining else "households_losing_pct"]
    act = does(made, gaining)
    if untold(made, figure):
        return f"Too few homes stand behind this to say how many in {place_of(made)} would {act}."
    if figure.value == 0:
        return f"We find no household that would {act}{by}."
    homes = made.homes
    if not enough(int(np.count_nonzero((gains if gaining else loses)(homes.change)))):
        if made.area is not None or figure.value >= ALMOST_NONE:
            return f"Too few homes stand behind this to say how many in {place_of(made)} would {act}."
        return f"Almost no household in {place_of(made)} would {act}{by}.{_at_a_limit(made, act)}"
    return f"{capital(of_households(figure.value))} in {place_of(made)} would {act}{by}."


BY = f", by over £{A_WEEK:g} a week"
ALMOST_NONE = 0.1
"""Per cent of households: below this, and on too few records to count, it is almost nobody."""


def _at_a_limit(made: Measures, act: str) -> str:
    """Why a change of taxes alone moves what some receive."""
    laws = (made.run.scenario.law, *(getattr(use, "law", {}) for use in made.run.scenario.use))
    touched = {name for law in laws for name in law}
    moved = any(item.kind == budget.BENEFIT and item.instrument in touched for item in budget.ITEMS)
    return " There a benefit starts or stops at a limit." if "get" in act and not moved and not made.run.uses else ""


# ---- who gains, who pays more ---------------------------------------------------------------------------------------


def who_gains(made: Measures) -> Block | None:
    """By how much, and who most of all; nothing where the finding has said that there is nobody."""
    return _side(made, gaining=True)


def who_pays_more(made: Measures) -> Block | None:
    return _side(made, gaining=False)


def _side(made: Measures, gaining: bool) -> Block | None:
    act = does(made, gaining)
    figure = made.figures.get("mean_gain" if gaining else "mean_loss")
    id = "who_gains" if gaining else "who_pays_more"
    if figure is not None and not figure.shown:
        return Block(id, f"Too few homes in our data would {act} to say by how much.", ())
    if figure is None:
        return None
    heading = f"Those who would {act} would have about {pounds_a_week(figure.value)} a week {way(figure.value, 'more', 'less')} on average."
    sentences = [
        f"Over a year that is about {money(figure.value)} a household.",
        f"We count a {way(figure.value, 'rise', 'fall')} of more than £{A_WEEK:g} a week in income after tax and benefits.",
        *_tenths(made, gaining),
        *_families(made, gaining),
    ]
    return Block(id, heading, tuple(sentences))


def _tenths(made: Measures, gaining: bool) -> list[str]:
    """The share who gain (or pay more) in the lowest, a middle and the highest income group."""
    rows = made.tables["by_income_tenth"]
    part = "tenth" if made.homes.groups == 10 else "fifth"
    column, act = ("gain_pct" if gaining else "lose_pct"), does(made, gaining)
    out = []
    for row, name in ((rows[0], "lowest"), (rows[-1], "highest")):
        if row["shown"] and row[column] is not None:
            who = "almost no households" if 0.0 < row[column] < ALMOST_NONE else of_households(row[column])
            out.append(f"In the {name} {part} by income, {who} would {act}.")
    return out


def _families(made: Measures, gaining: bool) -> list[str]:
    """The kind of family with the largest share, said only where its lead is larger than chance could make it."""
    column, act = ("gain_pct" if gaining else "lose_pct"), does(made, gaining)
    rows = sorted((row for row in made.tables["by_family_type"] if row["shown"] and row[column] is not None), key=lambda row: -row[column])
    if len(rows) < 2 or not _leads(rows[0], rows[1], column):
        return []
    kind, share = _lowered(rows[0]["family_type"]), about_percent(rows[0][column])
    who = f"Of homes that {kind.replace('sharing a home', 'share')}" if rows[0]["family_type"] == SEVERAL else f"Among {kind}"
    return [f"{who}, {share} would {act}. No other kind of family has so large a share."]


SEVERAL = FAMILY_TYPES[FamilyType.SEVERAL_FAMILIES]


def _leads(first: Row, second: Row, column: str) -> bool:
    """Whether two shares, in per cent, differ by more than the noise of both (19 times in 20)."""
    return first[column] - _margin(first, column) > second[column] + _margin(second, column)


def _margin(row: Row, column: str) -> float:
    share = row[column] / 100.0
    return 196.0 * float(np.sqrt(share * (1.0 - share) / max(row["effective_records"], 1.0)))


# ---- low incomes and the spread of income ---------------------------------------------------------------------------


def low_incomes(made: Measures) -> Block:
    everyone = made.figures["poverty_ahc_change_people"]
    sentences = ["By low incomes we mean poverty."] if everyone.shown else []
    for id, who in (
        ("poverty_ahc_change_children", "children"),
        ("poverty_ahc_change_pensioners", "pensioners"),
        ("poverty_ahc_change_disabled_people", "disabled people"),
    ):
        figure = made.figures[id]
        if figure.shown and (figure.value or figure.unsure_of_sign):
            sentences.append(people_sentence(figure, who, "be in poverty"))
    rate = next(row for row in made.tables["poverty"] if row["group"] == "all people" and row["housing_costs"] == "after")
    if rate["before_pct"] is not None:
        sentences.append(_rate_sentence(made, rate, everyone))
    published = poverty.published("all_individuals", "rate") if made.area is None else None
    if published is not None:
        sentences.append(f"Published figures say about {percent(published.value)} in {published.year}.")
    sentences.append(gini_sentence(made.figures["gini_change"]))
    sentences.append("The line for poverty is held where today's law puts it.")
    return Block("low_incomes", people_sentence(everyone, "people", "be on low incomes"), tuple(sentences))


def people_sentence(figure: Figure, who: str, would: str) -> str:
    """'About 520,000 fewer people would be in poverty.'"""
    if not figure.shown:
        return f"Too few homes stand behind this to say how many {who} would {would}."
    if figure.unsure_of_sign:
        return f"We cannot tell whether more or fewer {who} would {would}."
    if not figure.value:
        return f"We find no change in how many {who} would {would}."
    return f"About {number(figure.value, *ends(figure))} {way(figure.value, 'more', 'fewer')} {who} would {would}."


def _rate_sentence(made: Measures, row: Row, figure: Figure) -> str:
    people = f"of people in {place_of(made)}"
    now = f"In our model, about {percent(row['before_pct'])} {people} are now in poverty"
    points = abs(row["change_points"] or 0.0)
    if figure.unsure_of_sign or not points or not figure.shown:
        return f"{now}."
    if points < SMALLEST_POINTS:
        return f"{now}. That would change by less than {SMALLEST_POINTS} percentage points."
    return f"{now}. That would {way(row['change_points'], 'rise', 'fall')} by about {points:.1f} percentage points."


SMALLEST_POINTS = 0.1


def gini_sentence(figure: Figure) -> str:
    """How far incomes spread, by the Gini coefficient."""
    if not figure.known:
        return "Too few homes stand behind this to say how the Gini score of incomes would change."
    if figure.unsure_of_sign:
        return "We cannot tell whether the Gini score of incomes would rise or fall."
    size = abs(figure.value)
    if size < SMALLEST_GINI:
        return f"The Gini score of incomes would change by less than {SMALLEST_GINI:.4f}."
    return f"The Gini score of incomes would {way(figure.value, 'rise', 'fall')} by about {size:.{3 if size >= 0.001 else 4}f}."


SMALLEST_GINI = 0.0001


# ---- public money ---------------------------------------------------------------------------------------------------

FEW = 4


def public_money(made: Measures) -> Block:
    """What is raised and spent, item by item, who bears what is left, and which governments it touches."""
    rows = sorted((row for row in made.tables["budget"] if row["to_the_purse"]), key=lambda row: -abs(row["to_the_purse"]))
    if made.area is not None:
        few = {change.item.words for change in made.changes if not enough(movers_here(made.homes, change))}
        rows = [row for row in rows if row["item"] not in few]
    sentences = [_item_sentence(made, row) for row in rows[:FEW]]
    if len(rows) > FEW:
        more = "smaller change is" if len(rows) == FEW + 1 else "smaller changes are"
        sentences.append(f"{_counted(len(rows) - FEW)} {more} in the table.")
    sentences += _closure(made) + _tiers(made)
    return Block("public_money", _money_heading(made), tuple(sentences))


def movers_here(homes: Households, change: budget.Change) -> int:
    """Records of the place in view whose item changes, with homes where nobody lives."""
    flows, _ = budget.flow([change], homes)
    return int(np.count_nonzero(flows))


def _money_heading(made: Measures) -> str:
    left = made.figures["net_revenue"]
    if untold(made, left):
        return "Too few homes stand behind this to say what the public purse would gain or lose."
    if left.unsure_of_sign:
        return (
            f"We cannot tell whether {PURSE} would have more or less." if made.area is None else "We cannot tell what it would raise here."
        )
    if not left.value or abs(left.value) <= SMALL_PART * abs(made.figures["proceeds"].value):
        return "What comes in pays for what goes out."
    if made.area is not None:
        paid = "benefits and services" if np.any(made.homes.in_kind) else "benefits"
        return f"Taxes less {paid} here would {way(left.value, 'rise', 'fall')} by {about_money(made, left)} a year."
    return f"{capital(PURSE)} would have {about_money(made, left)} a year {way(left.value, 'more', 'less')}."


def _item_sentence(made: Measures, row: Row) -> str:
    """One tax, benefit or use: what is paid more or less."""
    amount = f"about {pounds(made, row['change'])} a year {way(row['change'], 'more', 'less')}"
    if row["kind"] == budget.BENEFIT:
        return f"{capital(amount)} would be paid out in {row['item']}."
    if row["kind"] == "use":
        return f"{capital(amount)} would go on {row['item'].removeprefix('spending on ')}."
    return f"{capital(row['payer'])} would pay {amount} in {row['item']}."


_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def _counted(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _closure(made: Measures) -> list[str]:
    """Who bears what is left, as the scenario declares it."""
    left = made.figures["net_revenue"]
    closure = getattr(made.run.scenario, "closure", "")
    if (
        made.area is not None
        or not left.value
        or left.unsure_of_sign
        or abs(left.value) <= SMALL_PART * abs(made.figures["proceeds"].value)
    ):
        return []
    if closure == "borrowing":
        return [f"So {about_money(made, left)} a year {way(left.value, 'less', 'more')} would be borrowed."]
    if closure == "saving":
        return [f"So {about_money(made, left)} a year {way(left.value, 'more', 'less')} would be put aside."]
    return []


def _tiers(made: Measures) -> list[str]:
    """Which governments have more or less, before the uses of the money, where more than one is touched."""
    rows = made.tables["budget_by_tier"]
    if len(rows) < 2:
        return []
    told = [(row["tier"], row["to_the_purse"]) for row in rows[:FEW]]
    return [
        f"{_tier_words(tier)} would have about {pounds(made, gained)} a year {way(gained, 'more', 'less')}."
        for tier, gained in told
        if abs(gained) >= SMALL_TIER * abs(told[0][1])
    ]


SMALL_TIER = 0.02


def _tier_words(tier: str) -> str:
    return capital(tier) if tier.startswith("councils") else f"The {tier}"


# ---- responses, ranges, what is left out ----------------------------------------------------------------------------


def if_people_respond(made: Measures) -> Block | None:
    """The second figure, where the scenario names a response. It never stands without the first."""
    found = list(getattr(made.run, "responses", ()) or ())
    if not found or made.area is not None:
        return None
    sentences = []
    for each in found:
        low, high = sorted((each.low, each.high))
        sentences += [
            f"If nobody changes what they do, the {each.tax.replace('_', ' ')} raises about {pounds(made, each.static)} a year.",
            f"If people respond as studies find, it raises about {pounds(made, each.after)} a year.",
            f"Over the studies' range it is between {span(low, high, '£')}.",
        ]
    left = made.figures["net_revenue"].value
    short = sum(each.static - each.after for each in found) - left
    if uses(made) and left >= 0.0 and short > SMALL_PART * abs(made.figures["proceeds"].value):
        sentences.append(f"About {pounds(made, short)} a year of the uses would then not be paid for.")
    return Block("responses", "If people change what they do, the tax raises a different sum.", tuple(sentences))


RANGE_NAMES = {
    Kind.MODEL_ERROR: "Model error",
    Kind.SEED_NOISE: "Seed noise",
    Kind.SAMPLING: "Sampling error",
    Kind.ASSUMPTIONS: "Assumptions",
}
BY_KIND = {
    Kind.MODEL_ERROR: "By model error",
    Kind.SEED_NOISE: "By chance alone",
    Kind.SAMPLING: "By sampling error",
    Kind.ASSUMPTIONS: "By what we assume",
}
"""How a heading names the widest range."""
FORMS = {"£ a year": "£", "% of households": "%", "people": "", "0 to 1": ""}


def how_sure(made: Measures) -> Block:
    """Each kind of range, for the money and the people, or why there is none."""
    first = main_figure(made)
    if untold(made, first):
        return Block("how_sure", "We cannot give a range for the money here.", ("Too few homes stand behind it.",))
    sentences = [range_sentence(each, first) for each in first.ranges]
    return Block("how_sure", _sure_heading(first), tuple(sentences))


def _sure_heading(figure: Figure) -> str:
    found = figure.widest
    if figure.unsure_of_sign:
        return "We cannot tell which way the money goes."
    if figure.ranges and all(each.says == FIXED for each in figure.ranges):
        return "The proposal sets this sum, so it has no range."
    if found is None or found.low is None or found.high is None:
        return "We cannot give a range for the money yet."
    return f"{BY_KIND[found.kind]}, the money could be between {span(*sizes(found.low, found.high), '£')} a year."


def sizes(low: float, high: float) -> tuple[float, float]:
    """Both ends of a range without their sign, the smaller first, where both lie on one side of zero."""
    return (-high, -low) if high <= 0 else (low, high)


def range_sentence(found: Range, figure: Figure) -> str:
    """One kind of range of a figure, in numbers, or why there is none."""
    name = RANGE_NAMES[found.kind]
    if found.low is None or found.high is None:
        return f"{name}: we cannot give a range because {found.says}."
    low, high = sizes(found.low, found.high)
    words = f"{name}: between {span(low, high, FORMS[figure.unit])}"
    odds = ", 19 times in 20" if found.kind is Kind.SAMPLING else ""
    return f"{words}{odds}. This {found.says}."


SPENDING_DOUBT = {
    "synthetic": "The national accounts say how much is spent on most kinds of things; a survey says who spends it.",
    "survey": "Surveys hear of less spending than there is, so our sums of VAT may be too low.",
}
"""What a sum of VAT rests on: the default population is brought to the national accounts, a survey's own spending is not."""


def left_out(made: Measures) -> Block:
    """What the figures do not cover."""
    run = made.run
    sentences = ["We count one year, once the change is in full force."]
    if not getattr(run, "responses", None):
        sentences.append("We take it that nobody changes what they do because of the change.")
    sentences.append("Prices, pay and rents stay as they are.")
    if run.population.details.get("take_up") == "full":
        sentences.append("We take it that everybody claims what they are entitled to; many do not.")
    sentences.append("People with no home, or in care homes, hostels or prisons, are not counted.")
    if any(change.item.payer == "owners" and change.after != change.before for change in made.changes):
        sentences.append("What owners pay for homes that they do not live in is taken off no household's income.")
    others = [who for who in apart_from_incomes(made) if who != "owners"]
    if others:
        sentences.append(f"What {named(others)} pay is taken off no household's income.")
    if any(change.item.id == "vat" and change.after != change.before for change in made.changes):
        sentences.append(SPENDING_DOUBT["synthetic" if run.population.kind == "synthetic" else "survey"])
    if np.any(made.homes.in_kind):
        sentences.append("Services are counted at what they cost, and apart from income.")
    if run.population.kind == "synthetic" and "synthetic" not in run.population.says:
        sentences.append("The population is synthetic: it is made from published figures.")
    if any(not row["known"] for row in made.tables["by_council"]):
        sentences.append("For single councils, what the richest pay is not known, so it is not shown.")
    hidden = sum(row["known"] and not row["shown"] for row in made.tables["by_council"])
    nameless = disclosure.licensed(run.population) and run.population.details.get("councils_known") is False
    if nameless:
        sentences.append("The survey names no council, so no council is shown.")
    elif hidden and made.area is None:
        sentences.append(
            f"We hold back figures for {hidden:,} of {len(made.tables['by_council']):,} council areas: too few records stand behind them."
        )
    sentences += [_ended(warning) for warning in run.warnings]
    return Block("left_out", "Some things are left out.", tuple(sentences))


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


# ---- one sentence for each headline figure --------------------------------------------------------------------------


def headline_sentence(id: str, made: Measures) -> str:
    """The sentence that carries a headline figure."""
    figure = made.figures[id]
    return _SENTENCES[id](made, figure)


def _mean_sentence(who: str) -> Callable[[Measures, Figure], str]:
    def sentence(made: Measures, figure: Figure) -> str:
        if untold(made, figure):
            return f"Too few homes stand behind this to say what {who} would have."
        if figure.unsure_of_sign:
            return f"We cannot tell whether {who} in {place_of(made)} would have more or less."
        if not figure.value:
            return f"We find no change for {who} in {place_of(made)}."
        return f"{capital(who)} in {place_of(made)} would have about {week_and_year(figure.value)} {way(figure.value, 'more', 'less')}."

    return sentence


TOO_FEW = "Too few homes stand behind this to say what it would raise or cost."


def _net(made: Measures, figure: Figure) -> str:
    if untold(made, figure):
        return TOO_FEW
    if figure.unsure_of_sign:
        return f"We cannot tell whether {PURSE} would have more or less{_from_here(made)}."
    if not figure.value:
        return f"{capital(PURSE)} would have as much as they have today{_from_here(made)}."
    return f"{capital(PURSE)} would have {about_money(made, figure)} a year {way(figure.value, 'more', 'less')}{_from_here(made)}."


def _from_here(made: Measures) -> str:
    """One council's money is that of the households who live there, whoever receives it."""
    return f" from households in {made.area.name}" if made.area is not None else ""


def _proceeds(made: Measures, figure: Figure) -> str:
    if untold(made, figure):
        return TOO_FEW
    if figure.unsure_of_sign:
        return "We cannot tell whether this would raise or cost money before any of it is used."
    if not figure.value:
        return f"Before any money is used, this would not change what {PURSE} have{_from_here(made)}."
    return (
        f"Before any money is used, this would {way(figure.value, 'raise', 'cost')} {about_money(made, figure)} a year{_from_here(made)}."
    )


def _services(made: Measures, figure: Figure) -> str:
    if not figure.value:
        return "Spending on services would not change."
    return f"About {pounds(made, figure.value)} a year {way(figure.value, 'more', 'less')} would be spent on services."


def _poverty(who: str, would: str = "be in poverty") -> Callable[[Measures, Figure], str]:
    return lambda made, figure: people_sentence(figure, who, would)


_SENTENCES: dict[str, Callable[[Measures, Figure], str]] = {
    "net_revenue": _net,
    "proceeds": _proceeds,
    "spent_on_services": _services,
    "households_gaining_pct": lambda made, _: share_sentence(made, gaining=True),
    "households_losing_pct": lambda made, _: share_sentence(made, gaining=False),
    "mean_change": _mean_sentence("the average household"),
    "mean_gain": _mean_sentence("the average household that gains"),
    "mean_loss": _mean_sentence("the average household that loses"),
    "gini_change": lambda _, figure: gini_sentence(figure),
    "poverty_ahc_change_people": _poverty("people"),
    "poverty_ahc_change_children": _poverty("children"),
    "poverty_ahc_change_pensioners": _poverty("pensioners"),
    "poverty_ahc_change_disabled_people": _poverty("disabled people"),
    "poverty_bhc_change_people": _poverty("people", "be in poverty before housing costs"),
}


# ---- names that are exempt from the reading age ---------------------------------------------------------------------


def names() -> list[str]:
    """Names of places, taxes, benefits and governments: what nobody can put more plainly."""
    titles: Iterable[str] = (instrument.title for instrument in INSTRUMENTS.values())
    items = (item.words for item in budget.ITEMS)
    tiers = (budget.UK, "UK and Welsh governments", "Northern Ireland Executive", *budget.NATION_TIER.values(), "governments")
    places = (area.name for area in areas())
    return [*titles, *items, *tiers, *places, *REGION_NAMES.values(), *NATION_NAMES.values(), "PolicyEngine", "United Kingdom"]
