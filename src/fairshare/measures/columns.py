"""Every tidy table's columns: the unit of each and what it holds."""

from __future__ import annotations

from typing import Any, NamedTuple

from fairshare.measures.distribution import MINIMUM_RECORDS

Row = dict[str, Any]
Table = list[Row]


class Column(NamedTuple):
    """A column's unit and what it holds."""

    unit: str
    meaning: str


def _group_columns(name: str, meaning: str) -> dict[str, Column]:
    return {
        name: Column("name", meaning),
        "records": Column("records", "household records the row rests on"),
        "effective_records": Column("records", "records of equal weight that would tell as much"),
        "grade": Column("good, medium, weak, not shown or not known", "how far the row can be relied on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "households": Column("households", "households in the population"),
        "mean_before": Column("£ a year", "mean disposable income under today's law"),
        "mean_change": Column("£ a year", "mean change in income after every tax, those in prices and on gains too"),
        "mean_change_a_week": Column("£ a week", "mean change in income after every tax"),
        "change_pct": Column("%", "change in income after every tax, as a part of disposable income under today's law"),
        "gain_pct": Column("% of households", "better off by more than £1 a week"),
        "lose_pct": Column("% of households", "worse off by more than £1 a week"),
        "same_pct": Column("% of households", "within £1 a week of today"),
        "mean_services": Column("£ a year", "mean change in services received, at cost"),
        "mean_low": Column("£ a year", "lower end of the seed noise of mean_change"),
        "mean_high": Column("£ a year", "upper end of the seed noise of mean_change"),
    }


def _people_columns(name: str, meaning: str) -> dict[str, Column]:
    """As for groups of households, but of people, each with the change of the household that they live in."""
    found = _group_columns(name, meaning)
    found["records"] = Column("records", "household records in which somebody of the group lives")
    return {
        ("people" if column == "households" else column): Column(about.unit.replace("households", "people"), about.meaning)
        for column, about in found.items()
    } | {"people": Column("people", "people in the population")}


COLUMNS: dict[str, dict[str, Column]] = {
    "by_income_tenth": _group_columns("tenth", "tenth of persons by equivalised disposable income under today's law, 1 lowest"),
    "by_income_tenth_after_housing_costs": _group_columns(
        "tenth", "tenth of persons by equivalised disposable income after housing costs under today's law, 1 lowest"
    ),
    "by_age": _people_columns("age", "age in years"),
    "by_sex": _people_columns("sex", "sex"),
    "by_disability": _people_columns("disability", "whether limited in daily life, in the sense of the Equality Act 2010"),
    "by_ethnic_group": _people_columns("ethnic_group", "ethnic group, in the five groups of the census"),
    "by_wealth_tenth": _group_columns("tenth", "tenth of households by net wealth, 1 lowest"),
    "by_region": _group_columns("region", "region of England, or nation"),
    "by_tenure": _group_columns("tenure", "whether the home is owned or rented"),
    "by_family_type": _group_columns("family_type", "kind of household by the families in it"),
    "by_council": {
        "code": Column("GSS code", "council area"),
        **_group_columns("council", "name of the council area"),
        "region": Column("name", "region of England, or nation"),
        "known": Column(
            "true or false", "false where the change comes from very wealthy households, who are too few in one council to know"
        ),
    },
    "gainers_losers": {
        "band": Column("name", "size of the change in income after every tax"),
        "low": Column("£ a week", "lower bound of the band; nothing where it has none"),
        "high": Column("£ a week", "upper bound of the band; nothing where it has none"),
        "households": Column("households", "households in the band"),
        "pct": Column("% of households", "households in the band"),
    },
    "budget": {
        "item": Column("name", "tax, benefit or use of the money"),
        "kind": Column("tax, benefit, repayment or use", "what it is"),
        "tier": Column("name", "who raises or pays it"),
        "payer": Column("name", "who pays a tax; whom a benefit or use goes to"),
        "before": Column("£ a year", "under today's law"),
        "after": Column("£ a year", "under the proposal"),
        "change": Column("£ a year", "after less before"),
        "to_the_purse": Column("£ a year", "how much better off the public purse is"),
    },
    "budget_by_tier": {
        "tier": Column("name", "a government, or councils together"),
        "to_the_purse": Column("£ a year", "how much better off it is before the uses of the money"),
    },
    "inequality": {
        "measure": Column("name", "measure of inequality of persons' equivalised disposable income before housing costs, or of wealth"),
        "before": Column("see measure", "under today's law"),
        "after": Column("see measure", "under the proposal"),
        "change": Column("see measure", "after less before"),
        "low": Column("see measure", "lower end of the seed noise of the change; nothing where it is not worked"),
        "high": Column("see measure", "upper end of the seed noise of the change"),
    },
    "poverty": {
        "measure": Column("name", "what is counted as poverty"),
        "group": Column("name", "persons counted"),
        "housing_costs": Column("before or after", "whether income is counted before or after housing costs"),
        "line": Column("£ a year", "line for a couple without children, under the proposal where the line moves"),
        "before_pct": Column("% of the group", "below the line under today's law"),
        "after_pct": Column("% of the group", "below the line under the proposal"),
        "change_points": Column("percentage points", "after less before"),
        "before_people": Column("people", "below the line under today's law"),
        "change_people": Column("people", "after less before"),
        "gap_before_pct": Column("% of the line", "mean shortfall over all of the group, under today's law; for the first line alone"),
        "gap_after_pct": Column("% of the line", "the same under the proposal"),
    },
    "hardship": {
        "measure": Column("name", "what is counted"),
        "before_pct": Column("%", "under today's law"),
        "after_pct": Column("%", "under the proposal"),
        "change_points": Column("percentage points", "after less before"),
    },
    "incentives": {
        "family_type": Column("name", "kind of household; the main earner of each is counted"),
        "records": Column("records", "records of households with somebody in work"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        **{
            f"{rate}_{what}_{when}_pct": Column(unit, f"{says}, {law}")
            for rate, of in (("marginal", "£10 a week more pay"), ("participation", "all their pay, against no pay"))
            for what, unit, says in (
                ("median", f"% of {of}", "lost to tax and lower benefits by the middle main earner"),
                ("high", "% of main earners", f"who lose more than 70% of {of}"),
            )
            for when, law in (("before", "under today's law"), ("after", "under the proposal"))
        },
    },
    "hardship_by_council": {
        "code": Column("GSS code", "council area"),
        "council": Column("name", "name of the council area"),
        "measure": Column("name", "what is counted"),
        "records": Column("records", "records of the households among whom it is counted"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "before_pct": Column("%", "under today's law"),
        "after_pct": Column("%", "under the proposal"),
        "change_points": Column("percentage points", "after less before"),
    },
    "homes_by_value": {
        "homes": Column("name", "fifths of homes lived in by value, the most valuable tenth, and homes where nobody usually lives"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "number": Column("homes", "homes in the row"),
        "lowest_value": Column("£", "value of the least valuable of them"),
        "before": Column("£ a year", "charged on them today less support, whoever pays it"),
        "after": Column("£ a year", "charged on them under the proposal less support"),
        "change": Column("£ a year", "after less before"),
        "mean_change": Column("£ a year", "change for each home"),
        "share_of_change_pct": Column("%", "their part of the whole change"),
        "pct_of_value_before": Column("% of value", "what is charged today as a part of what they are worth"),
        "pct_of_value_after": Column("% of value", "what is charged under the proposal as a part of what they are worth"),
    },
    "homes_by_council": {
        "code": Column("GSS code", "council area"),
        "council": Column("name", "name of the council area"),
        "region": Column("name", "region of England, or nation"),
        "records": Column("records", "records of households the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "before": Column("£ a year", "taxes on homes there less support today, for all bodies that share them"),
        "after": Column("£ a year", "the same under the proposal"),
        "change": Column("£ a year", "after less before"),
        "change_pct": Column("%", "change as a part of today's"),
    },
    "funding_by_council": {
        "code": Column("GSS code", "council area"),
        "council": Column("name", "name of the council area"),
        "region": Column("name", "region of England, or nation"),
        "records": Column("records", "records of households the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "before": Column("£ a year", "taxes on homes there less support today, for all bodies that share them"),
        "kept": Column("£ a year", "under the proposal, where each council keeps what is raised there"),
        "pooled": Column("£ a year", "under the proposal, where each nation shares what is raised among its councils by people"),
        "with_floor": Column("£ a year", "shared by people, but none loses more than a part of today's; first year of a transition"),
        "with_floor_change_pct": Column("%", "the same as a change from today"),
        "with_floor_last_year": Column("£ a year", "the same in the last year of the transition"),
    },
    "wealth_tax_by_tail": {
        "tail": Column("name", "how fast the number of households falls with wealth above £2 million"),
        "exponent": Column("exponent", "Pareto exponent of the tail"),
        "raised": Column("£ a year", "what the wealth tax raises, before any response"),
        "owners": Column("people, or households where the household is taxed as one", "who pays it"),
        "wealth_above": Column("£", "wealth of the households in the tail"),
    },
    "ranges_of_wealth_tax": {
        "range": Column("name", "kind of range: chance in the records, then the steepness of the tail, then the response"),
        "raised": Column("£ a year", "what the wealth tax raises, before any response"),
        "low": Column("£ a year", "lower end; nothing where none was worked"),
        "high": Column("£ a year", "upper end"),
    },
    "shares_of_wealth": {
        "group": Column("name", "households that are the wealthiest today"),
        "before_pct": Column("% of all net wealth", "today"),
        "after_a_year_pct": Column("% of all net wealth", "after the tax of a year"),
        "after_ten_years_pct": Column("% of all net wealth", "after ten years of the tax, at central growth, with no response"),
    },
    "wealth_by_group": {
        "kind": Column("name", "age, region or ethnic group of the person named first in the household"),
        "group": Column("name", "the group"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "households": Column("households", "households in the group"),
        "mean_wealth": Column("£", "mean net wealth of a household"),
        "share_of_wealth_pct": Column("%", "part of all net wealth"),
        "tax": Column("£ a year", "wealth tax"),
        "share_of_tax_pct": Column("%", "part of the whole tax"),
        "tax_of_wealth_pct": Column("% of net wealth", "the tax as a part of what the group owns"),
    },
    "by_income_and_wealth": {
        "income_fifth": Column("1 to 5", "fifth of persons by equivalised disposable income under today's law, 1 lowest"),
        "wealth_fifth": Column("1 to 5", "fifth of households by net wealth, 1 lowest"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "households": Column("households", "households in both"),
        "mean_change": Column("£ a year", "mean change in income after every tax"),
        "lose_pct": Column("% of households", "worse off by more than £1 a week"),
    },
    "wealth_tax_over_years": {
        "year_of_tax": Column("years", "1 is the first year of the tax"),
        "without_erosion": Column("£ a year, prices of the first", "what it would raise if it wore nothing down"),
        "raised": Column("£ a year, prices of the first", "what it raises as it wears down what it falls on, at central growth"),
        "raised_low": Column("£ a year, prices of the first", "the same at low growth of wealth"),
        "raised_high": Column("£ a year, prices of the first", "the same at high growth of wealth"),
        "after_response": Column("£ a year, prices of the first", "with the response that the scenario names, at central growth"),
    },
    "fund_over_years": {
        "fund": Column("name", "the fund"),
        "after_years": Column("years", "years in each of which the same sum was put in"),
        "holds": Column("£, prices of the year shown", "what the fund holds then"),
        "pays_out": Column("£ a year, prices of the year shown", "what it pays out in the year that follows"),
        "pays_each": Column("£ a year, prices of the year shown", "for each of those who receive it"),
    },
    "taxes_on_homes_by_income": {
        "group": Column("name", "fifths of persons by equivalised disposable income under today's law"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "before": Column("£ a year", "charged on the homes they live in today less support, whoever pays it"),
        "after": Column("£ a year", "the same under the proposal"),
        "mean_change": Column("£ a year", "change for each household"),
        "share_before_pct": Column("%", "their part of the whole today"),
        "share_after_pct": Column("%", "their part of the whole under the proposal"),
        "pct_of_income_before": Column("% of disposable income", "today"),
        "pct_of_income_after": Column("% of disposable income", "under the proposal"),
    },
    "large_changes_on_homes": {
        "group": Column("name", "households by income and by the value of their home, in fifths of the place in view"),
        "records": Column("records", "records the row rests on"),
        "shown": Column("true or false", f"false where fewer than {MINIMUM_RECORDS} records stand behind the row"),
        "households": Column("households", "households in the group"),
        "large_rises": Column("households", "of them, those whose own bill rises by £10 a week or more"),
        "large_rises_pct": Column("% of the group", "those whose own bill rises by £10 a week or more"),
        "mean_rise": Column("£ a year", "the mean rise of their bills"),
        "large_falls": Column("households", "of them, those whose own bill falls by £10 a week or more"),
        "large_falls_pct": Column("% of the group", "those whose own bill falls by £10 a week or more"),
        "mean_fall": Column("£ a year", "the mean fall of their bills"),
    },
    "where_the_money_goes": {
        "from": Column("name", "who gives the money"),
        "to": Column("name", "who gets the money"),
        "what": Column("name", "what it is"),
        "pounds": Column("£ a year", "how much, beyond what flows today"),
    },
}
"""Every table's columns, with unit and meaning."""
