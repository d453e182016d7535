"""Every sentence of every scenario keeps the rules of plain language, and a reversed reform reads as its mirror."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from fairshare.measures import poverty
from fairshare.measures.households import Households
from fairshare.measures.tables import Measures, measures
from fairshare.measures.uncertainty import Kind, Range, no_range
from fairshare.report import glossary, plain, sentences
from fairshare.report.sentences import EXPLANATION, HEADLINE, MIRROR, Story, headline_sentence, left_out, story
from measured import ERRORS, a_run

AGES = {HEADLINE: plain.HEADLINE_AGE, EXPLANATION: plain.EXPLANATION_AGE}
NAMES = sentences.names()


def texts(told: Story) -> list[str]:
    return [text for block in told.blocks for text in (block.heading, *block.sentences)]


def test_no_sentence_of_any_scenario_breaks_a_rule(each: Measures):
    for text in texts(story(each)):
        assert not plain.faults(text), text
    for id in each.figures:
        assert not plain.faults(headline_sentence(id, each))


def test_reading_age_of_every_block_and_sentence(each: Measures):
    told = story(each)
    for block in told.blocks:
        age = plain.reading_age((block.heading, *block.sentences), NAMES)
        assert age <= AGES[block.level], f"{block.id} reads at age {age:.1f}"
    for text in (*texts(told), *(headline_sentence(id, each) for id in each.figures)):
        for sentence in plain.sentences(text):
            age = plain.reading_age([sentence], NAMES)
            assert age <= plain.SENTENCE_AGE, f"{age:.1f}: {sentence}"


def test_every_term_is_glossed_where_it_comes_first(each: Measures):
    text = " ".join(texts(story(each)))
    for id in glossary.used_in(text):
        term = glossary.terms()[id]
        first = min(text.index(word) for word in term.words if word in text)
        assert f"({term.gloss})" in text[first : first + 120], term.name


def test_every_meaning_is_plain():
    for term in glossary.terms().values():
        assert not plain.faults(term.meaning)
        assert plain.reading_age([term.meaning], NAMES) <= plain.EXPLANATION_AGE, term.name


def test_the_finding_comes_first_and_what_is_left_out_last(each: Measures):
    ids = [block.id for block in story(each).blocks]
    assert ids[0] == "finding" and ids[-1] == "left_out"
    order = ["finding", "who_gains", "who_pays_more", "low_incomes", "public_money", "responses", "how_sure", "left_out"]
    assert ids == [id for id in order if id in ids]
    assert {"low_incomes", "public_money", "how_sure"} <= set(ids)
    for id, figure in (("who_gains", "mean_gain"), ("who_pays_more", "mean_loss")):
        assert (id in ids) == (figure in each.figures)  # where there is nobody, the finding says so, and once is enough


def test_headings_are_sentences(each: Measures):
    for block in story(each).blocks:
        assert block.heading.endswith("."), block.heading


def test_each_kind_of_range_is_named_or_its_absence_explained(each: Measures):
    block = story(each).block("how_sure")
    assert block is not None
    said = " ".join(block.sentences)
    for name in ("Model error", "Seed noise", "Assumptions"):
        assert name in said
    assert "19 times in 20" not in said  # no likelihood is worked for a synthetic population


def test_titles_and_reasons_of_scenarios_keep_to_the_words(each: Measures):
    scenario = each.run.scenario
    for text in (scenario.title, scenario.because, scenario.strongest_case, scenario.strongest_concern):
        for fault in plain.faults(text or ""):
            assert "words in a sentence" in fault and text == scenario.title, f"{text}: {fault}"


# ---- a reversed reform ----------------------------------------------------------------------------------------------


class _Reversed:
    """A run with its two laws exchanged, and its uses and ledger left out."""

    def __init__(self, run: Any) -> None:
        self.run = run
        self.id, self.scenario, self.year, self.population = run.id, run.scenario, run.year, run.population
        self.area, self.warnings, self.uses, self.ledger, self.responses = run.area, [], [], None, []
        self.baseline, self.reform = run.reform, run.baseline
        self.before, self.after, self.change, self.in_kind = run.after, run.before, -run.change, -run.in_kind


class _Plain(_Reversed):
    """The run as it is, with the same things left out."""

    def __init__(self, run: Any) -> None:
        super().__init__(run)
        self.baseline, self.reform = run.baseline, run.reform
        self.before, self.after, self.change, self.in_kind = run.before, run.after, run.change, run.in_kind


WAYS = sorted({word for pair in MIRROR for word in pair}, key=len, reverse=True)


def neutral(text: str) -> str:
    """A sentence without its figures and words of direction."""
    text = re.sub(r"[−+]?£?\d[\d,.]*(?:%|p\b)?(?: (?:billion|million))?", "#", text)
    return re.sub(r"\b(" + "|".join(WAYS) + r")\b", "~", text)


@pytest.mark.parametrize("name", ["benefits/child_benefit_plus_ten_pounds", "income_tax/basic_rate_plus_one_penny"])
def test_mirror(name: str):
    run = a_run(name)
    forwards, backwards = (measures(each(run), errors=ERRORS) for each in (_Plain, _Reversed))
    one, other = story(forwards), story(backwards)
    for block in one.blocks:
        twin = {"who_gains": "who_pays_more", "who_pays_more": "who_gains"}.get(block.id, block.id)
        against = other.block(twin)
        assert against is not None
        said = sorted(neutral(re.sub(r" \([^)]*\)", "", text)) for text in (block.heading, *block.sentences))
        answered = sorted(neutral(re.sub(r" \([^)]*\)", "", text)) for text in (against.heading, *against.sentences))
        if block.id == "low_incomes":  # tenths and poverty lines are those of the law in force, which here is exchanged
            said, answered = said[:1], answered[:1]
        assert said == answered, block.id


@pytest.mark.parametrize(
    "name, opposite",
    [
        ("spending/schools_one_billion_more", "spending/schools_one_billion_less"),
        ("spending/from_buses_to_railways", "spending/from_railways_to_buses"),
    ],
)
def test_more_and_less_spending_read_as_each_others_mirror(name: str, opposite: str):
    one, other = (story(measures(a_run(each), errors=ERRORS)) for each in (name, opposite))

    def said(told: Story) -> list[tuple[str, list[str]]]:
        swapped = [(block.id, sorted(neutral(text) for text in (block.heading, *block.sentences))) for block in told.blocks]
        return [(id, [re.sub("buses|railways", "~~", text) for text in sentences]) for id, sentences in swapped]

    for (id, forwards), (_, backwards) in zip(said(one), said(other), strict=True):
        assert sorted(forwards) == sorted(backwards), id


@pytest.mark.parametrize(
    "name, heading, money",
    [
        (
            "spending/schools_one_billion_less",
            "This would save about £1.0 billion a year.",
            ["About £1.0 billion a year less would go on schools.", "So about £1.0 billion a year less would be borrowed."],
        ),
        (
            "spending/schools_one_billion_more",
            "This would cost about £1.0 billion a year.",
            ["About £1.0 billion a year more would go on schools.", "So about £1.0 billion a year more would be borrowed."],
        ),
        (
            "spending/from_buses_to_railways",
            "About £1.0 billion a year would move from buses to railways. The total would stay the same.",
            ["About £1.0 billion a year less would go on buses.", "About £1.0 billion a year more would go on railways."],
        ),
    ],
)
def test_what_spending_alone_costs_or_saves(name: str, heading: str, money: list[str]):
    told = story(measures(a_run(name), errors=ERRORS))
    assert told.headline.heading == heading
    assert told.headline.sentences == ("No household would have more or less to spend.", "Services are not part of income here.")
    public, sure = told.block("public_money"), told.block("how_sure")
    assert public is not None and list(public.sentences) == money
    assert sure is not None and sure.heading == "The proposal sets this sum, so it has no range."
    assert not re.search("between £|follows from the money raised", " ".join(sure.sentences))


def test_a_change_of_vat_says_what_spending_rests_on(child_benefit: Measures):
    accounts = "The national accounts say how much is spent on most kinds of things; a survey says who spends it."
    survey = "Surveys hear of less spending than there is, so our sums of VAT may be too low."
    run = a_run("packages/vat_on_energy_ends_paid_by_income_tax")
    made = measures(run, errors=ERRORS)
    energy, other = story(made).block("left_out"), story(child_benefit).block("left_out")
    assert energy is not None and accounts in energy.sentences and survey not in energy.sentences
    assert other is not None and accounts not in other.sentences
    of_survey = replace(run, population=replace(run.population, kind="survey"))
    energy = left_out(made._replace(run=of_survey))
    assert survey in energy.sentences and accounts not in energy.sentences


def test_the_widest_range_heads_how_sure_we_are_and_is_named(child_benefit: Measures):
    model = Range(Kind.MODEL_ERROR, -6.9e6, -5.1e6, "rests on nothing")
    chance = Range(Kind.SEED_NOISE, -10.5e6, -1.5e6, "rests on nothing")
    figure = child_benefit.figures["net_revenue"]._replace(value=-6e6, ranges=(model, chance))
    made = child_benefit._replace(figures={**child_benefit.figures, "net_revenue": figure})
    sure = story(made).block("how_sure")
    assert sure is not None
    assert sure.heading == "By chance alone, the money could be between £1.5 million and £10.5 million a year."


def test_one_page_rounds_its_sums_alike(child_benefit: Measures):
    """A sum of £876.5 million is told the same in every sentence: to two figures, or to one where its range is wide."""
    row = next(row for row in child_benefit.tables["budget"] if row["item"] == "Child Benefit")
    for reach, words in ((150e6, "£880 million"), (700e6, "£900 million")):
        span = Range(Kind.MODEL_ERROR, -876.5e6 - reach, -876.5e6 + reach, "rests on nothing")
        figure = child_benefit.figures["net_revenue"]._replace(value=-876.5e6, ranges=(span,))
        tables = {**child_benefit.tables, "budget": [row | {"change": 876.5e6, "to_the_purse": -876.5e6}]}
        told = story(child_benefit._replace(figures={**child_benefit.figures, "net_revenue": figure}, tables=tables))
        sums = re.findall(
            r"£\d[\d.,]* [mb]illion", " ".join([told.headline.heading, *(told.block("public_money") or told.headline).sentences])
        )
        assert sums and set(sums) == {words}


def test_the_finding_says_from_where_a_change_counts(child_benefit: Measures):
    told = story(child_benefit).headline
    assert told.sentences[-1] == "We count changes of over £1 a week."
    assert "by over £1 a week" in headline_sentence("households_gaining_pct", child_benefit)


def test_almost_nobody_is_said_in_words(child_benefit: Measures):
    """Three records in a million: too few to count, and a change of tax alone moves a benefit at its limit."""
    homes = child_benefit.homes
    change = homes.change * 0.0
    change[:3] = 1000.0
    few = Households(homes.run)
    few.__dict__["change"] = change
    figure = child_benefit.figures["households_gaining_pct"]._replace(value=0.02)
    made = child_benefit._replace(homes=few, figures={**child_benefit.figures, figure.id: figure})
    assert headline_sentence(figure.id, made).startswith("Almost no household in the UK would")
    many = child_benefit._replace(homes=few, figures={**child_benefit.figures, figure.id: figure._replace(value=2.0)})
    assert headline_sentence(figure.id, many).startswith("Too few homes")


def test_poverty_today_stands_beside_what_is_published(child_benefit: Measures):
    """DWP, Households Below Average Income 2024-25: 19.6% of people, 13.4 million, after housing costs."""
    low = story(child_benefit).block("low_incomes")
    assert low is not None and "Published figures say about 20% in 2024-25." in low.sentences
    assert not any(text.startswith("By poverty") for text in low.sentences)
    assert (poverty.published("children", "count") or poverty.Published(0.0, "")).value == pytest.approx(4_026_597)


# ---- where nobody can tell ------------------------------------------------------------------------------------------


def with_range(made: Measures, id: str, low: float, high: float) -> Measures:
    figure = made.figures[id]
    ranges = (Range(Kind.MODEL_ERROR, low, high, "rests on nothing"),)
    return made._replace(figures={**made.figures, id: figure._replace(ranges=ranges, records=1000)})


@pytest.mark.parametrize("id", ["net_revenue", "gini_change", "poverty_ahc_change_people", "mean_change", "proceeds"])
def test_where_a_range_holds_zero_the_sentence_says_so(id: str, child_benefit: Measures):
    assert "We cannot tell whether" in headline_sentence(id, with_range(child_benefit, id, -1e9, 1e9))
    assert "We cannot tell whether" not in headline_sentence(id, with_range(child_benefit, id, 1.0, 1e9))


def test_the_finding_says_so_too(child_benefit: Measures):
    told = story(with_range(child_benefit, "net_revenue", -1e9, 1e9))
    assert told.headline.heading == "We cannot tell whether this would raise or cost money."


def test_what_nobody_can_tell_is_not_borrowed(child_benefit: Measures):
    """Nothing is said of who bears a sum whose sign is not known, and other sums keep two figures."""
    assert "would be borrowed" in " ".join(texts(story(child_benefit)))
    told = story(with_range(child_benefit, "net_revenue", -1e12, 1e12))
    assert "would be borrowed" not in " ".join(texts(told))
    row = next(row for row in child_benefit.tables["budget"] if row["item"] == "Child Benefit")
    public = told.block("public_money")
    assert public is not None and f"About {sentences.money(row['change'])} a year more" in public.sentences[0]


def test_without_a_range_it_says_why(child_benefit: Measures):
    figure = child_benefit.figures["net_revenue"]
    bare = child_benefit._replace(
        figures={**child_benefit.figures, "net_revenue": figure._replace(ranges=(no_range(Kind.MODEL_ERROR, "nobody looked"),))}
    )
    assert "we cannot give a range because nobody looked." in " ".join(texts(story(bare)))


def test_chance_alone_is_never_sold_as_certainty(child_benefit: Measures):
    """Without a record of the model's error, a small seed noise makes no figure finer, and the heading says what the range is."""
    figure = child_benefit.figures["net_revenue"]._replace(value=-4_004_000_000.0)
    chance = Range(Kind.SEED_NOISE, -4_010_000_000.0, -3_998_000_000.0, "rests on how much the records differ from one another")
    figures = {**child_benefit.figures, "net_revenue": figure._replace(ranges=(chance,))}
    told = story(child_benefit._replace(figures=figures))
    assert told.headline.heading == "This would cost about £4.0 billion a year."
    sure = told.block("how_sure")
    assert sure is not None and sure.heading.startswith("By chance alone, the money could be between")


def test_too_few_records_give_no_count(child_benefit: Measures):
    figure = child_benefit.figures["poverty_ahc_change_people"]
    few = child_benefit._replace(figures={**child_benefit.figures, figure.id: figure._replace(records=3)})
    assert headline_sentence(figure.id, few).startswith("Too few homes")


def test_a_council_has_fifths_and_its_own_name(child_benefit: Measures):
    council = child_benefit.run.population.households["council"]
    most = int(max(set(council.tolist()), key=council.tolist().count))
    from fairshare.areas import areas

    area = areas()[most]
    made = measures(child_benefit.run, area, ERRORS)
    assert isinstance(made.homes, Households) and made.homes.groups == 5
    assert len(made.tables["by_income_tenth"]) <= 5
    assert all(row["council"] == area.name for row in made.tables["by_council"])
    told = story(made)
    assert told.place == area.name
    assert area.name in told.headline.heading


def test_warnings_of_the_run_are_passed_on(child_benefit: Measures):
    run = replace(child_benefit.run, warnings=["The money of these records is of another year"])
    assert "The money of these records is of another year." in texts(story(child_benefit._replace(run=run)))


def test_too_few_homes_in_a_council_give_no_share(child_benefit: Measures):
    from fairshare.areas import areas

    council = child_benefit.run.population.households["council"].tolist()
    fewest = min(set(council), key=council.count)
    made = measures(child_benefit.run, areas()[fewest], ERRORS)
    assert council.count(fewest) < 30
    assert all(text.startswith("Too few homes") for text in story(made).headline.sentences)
