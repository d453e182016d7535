"""Income in five stages as text and as data: what each fifth of people is paid, pays and receives, beside what ONS publishes."""

from __future__ import annotations

import textwrap
from typing import Any

from fairshare.assessment import Assessment
from fairshare.measures.stages import STAGES, Beside, Stages, by_fifth, compared, ginis, stages
from fairshare.spending.functions import FUNCTIONS, NOT_SHARED, YEAR_OF_TOTALS, by_place, current_share, in_kind, published_total

WIDTH = 79
LINES = (
    ("original", "Original income"),
    ("cash_benefits", "+ cash benefits"),
    ("gross", "Gross income"),
    ("direct_taxes", "− taxes on income and homes"),
    ("disposable", "Disposable income"),
    ("indirect_taxes", "− taxes in prices"),
    ("passed_on", "  of which firms pass on"),
    ("post_tax", "Post-tax income"),
    ("health", "+ health"),
    ("education", "+ education"),
    ("social_care", "+ social care"),
    ("buses", "+ buses"),
    ("railways", "+ railways"),
    ("final", "Final income"),
)
CAVEATS = (
    "Services are counted at what they cost, not at what they are worth to those who use them. Greater use of health care follows "
    "from poorer health, and is not a gain in living standards.",
    "Taxes in prices are brought to the part of their receipts that ONS found households to bear in 2016-17, whatever "
    "the records hold. What firms pay and pass on is shared by what households spend.",
    "Left out: school meals, and rents below the market. Pupils in private schools cannot be told apart. Beside ONS, social care is "
    "left out, because ONS does not count it.",
)
MISS, MISS_OF_SERVICES, MISS_OF_COEFFICIENT = 0.1, 0.15, 0.02
"""A gap beyond a tenth of the published figure (0.15 of it for services in kind), or two hundredths in a coefficient, is a miss."""


def stages_data(assessment: Assessment, year: str) -> dict[str, Any]:
    """Fifths, coefficients, services with their keys, functions with their places, and the gaps from what ONS publishes."""
    made = stages(assessment)
    return {
        "year": year,
        "year_of_services": YEAR_OF_TOTALS,
        "population": assessment.population.name,
        "by_fifth": by_fifth(made),
        "gini": ginis(made),
        "services": [{"service": each.service, "amount": each.amount, "key": each.key} for each in in_kind(assessment)],
        "functions": [_function(name) for name in FUNCTIONS],
        "beside_ons": [each._asdict() | {"miss": is_miss(each)} for each in compared(made, year)],
        "caveats": list(CAVEATS),
    }


def _function(name: str) -> dict[str, Any]:
    return {
        "function": name,
        "says": FUNCTIONS[name],
        "total": published_total(name),
        "current_share": current_share(name),
        "by_place": by_place(name),
        "not_shared_because": NOT_SHARED.get(name),
    }


def is_miss(each: Beside) -> bool:
    if each.unit == "0 to 1":
        return abs(each.gap) > MISS_OF_COEFFICIENT
    of_services = each.what.startswith(("benefits in kind", "health", "education"))
    return abs(each.gap) > (MISS_OF_SERVICES if of_services else MISS)


def stages_text(assessment: Assessment, year: str) -> str:
    """The stages for a terminal."""
    made = stages(assessment)
    title = f"Household income in five stages, {year}"
    beside = compared(made, year)
    missed = sum(is_miss(each) for each in beside)
    parts = [
        f"{title}\n{'=' * len(title)}",
        textwrap.fill(f"United Kingdom, {year}. {assessment.population.says}".strip(), WIDTH),
        textwrap.fill(f"Mean £ a household a year, by fifth of people, lowest income first. Services are of {YEAR_OF_TOTALS}.", WIDTH),
        _table(made),
        "\n".join(_collective(made)),
        "How unequal each stage is (Gini coefficient, 0 equal to 1)\n\n"
        + "\n".join(f"  {stage.replace('_', '-'):<14}{value:.3f}" for stage, value in ginis(made).items() if stage in STAGES),
        "\n".join([f"Beside what ONS publishes: {missed} of {len(beside)} figures miss", "", *(_beside(each) for each in beside)]),
        *(textwrap.fill(each, WIDTH) for each in CAVEATS),
    ]
    return "\n\n".join(parts)


def _table(made: Stages) -> str:
    rows = by_fifth(made)
    lines = [f"  {'':<28}" + "".join(f"{row['fifth']:>10}" for row in rows)]
    lines += [f"  {says:<28}" + "".join(f"{row[name]:>10,.0f}" for row in rows) for name, says in LINES]
    return "\n".join(lines)


def _collective(made: Stages) -> list[str]:
    """What everyone shares at once, beside final income, under the two keys."""
    rows = by_fifth(made)
    about = "What everyone shares at once (defence, courts, roads and the environment), beside final income, under two ways to share it"
    return [
        textwrap.fill(about, WIDTH),
        "",
        f"  {'equally per person':<28}" + "".join(f"{row['shared_equally']:>10,.0f}" for row in rows),
        f"  {'in proportion to income':<28}" + "".join(f"{row['shared_by_income']:>10,.0f}" for row in rows),
    ]


def _beside(each: Beside) -> str:
    mark = "miss" if is_miss(each) else ""
    if each.unit == "%":
        return f"  {each.what:<56}{each.model:>8.1f}%{each.published:>8.1f}%{100 * each.gap:>+7.0f}% {mark}".rstrip()
    if each.unit == "£ a year":
        return f"  {each.what:<56}{each.model:>9,.0f}{each.published:>9,.0f}{100 * each.gap:>+7.0f}% {mark}".rstrip()
    gap = f"{each.gap:>+8.3f}" if each.unit == "0 to 1" else f"{100 * each.gap:>+7.0f}%"
    return f"  {each.what:<56}{each.model:>9.3f}{each.published:>9.3f}{gap} {mark}".rstrip()
