"""Figures as a newspaper would print them: never finer than the uncertainty allows, the week before the year."""

from __future__ import annotations

import math

from fairshare.quantities import WEEKS_IN_YEAR

BILLION, MILLION, THOUSAND = 1e9, 1e6, 1e3
FIGURES = 2
"""Significant figures where no range is known."""
MOST_FIGURES = 3
PENCE = 0.1
"""Money for a household is rounded to ten pence below ten pounds, and to a pound above."""
WHOLE_POUNDS_FROM = 10.0
MINUS = "\u2212"


def step_of(value: float, low: float | None = None, high: float | None = None) -> float:
    """The power of ten that a figure is rounded to: that of half its range, or two significant figures without one; never
    finer than three significant figures, and never so coarse that the figure vanishes."""
    if value == 0 or not math.isfinite(value):
        return 1.0
    own = 10.0 ** math.floor(math.log10(abs(value)))
    step = own / 10 ** (FIGURES - 1)
    if low is not None and high is not None and high > low:
        step = 10.0 ** math.floor(math.log10((high - low) / 2.0))
    return min(max(step, own / 10 ** (MOST_FIGURES - 1)), own)


def rounded(value: float, step: float) -> float:
    """The value at the nearest multiple of a step."""
    return round(value / step) * step


def _digits(value: float, step: float) -> str:
    """A number with as many decimals as its step has, thousands apart."""
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    return f"{value:,.{decimals}f}"


def number(value: float, low: float | None = None, high: float | None = None) -> str:
    """A size without a sign, in thousands, millions or billions: '9.3 billion', '520,000'."""
    size, step = abs(value), step_of(value, low, high)
    size = rounded(size, step)
    for unit, word in ((BILLION, " billion"), (MILLION, " million")):
        if size >= unit:
            return _digits(size / unit, step / unit) + word
    return _digits(size, step)


def money(value: float, low: float | None = None, high: float | None = None) -> str:
    """A sum without a sign: '£9.3 billion', '£410 million', '£12,000'."""
    return "£" + number(value, low, high)


def pounds_a_week(a_year: float) -> str:
    """A household's money by the week, without a sign: '£12', '£2.40', '40p'."""
    weekly = abs(a_year) / WEEKS_IN_YEAR
    if weekly >= WHOLE_POUNDS_FROM:
        return money(weekly) if weekly >= THOUSAND else f"£{weekly:.0f}"
    tens = round(weekly / PENCE) * PENCE
    if tens >= 1:
        return f"£{tens:.0f}" if abs(tens - round(tens)) < PENCE / 2 else f"£{tens:.2f}"
    return f"{tens * 100:.0f}p" if tens > 0 else "less than 5p"


def week_and_year(a_year: float) -> str:
    """'£12 a week (£620 a year)': the week first."""
    return f"{pounds_a_week(a_year)} a week ({money(a_year)} a year)"


def percent(value: float) -> str:
    """A share without a sign, its denominator to follow: '20%', '0.3%', '0.02%'."""
    size = abs(value)
    if size >= 1:
        return f"{size:.0f}%"
    if size >= 0.1:
        return f"{size:.1f}%"
    return f"{size:.1g}%" if size > 0 else "0%"


def about_percent(value: float) -> str:
    """A share with how near it is: 'about 20%', 'more than 99%', 'all', 'none'."""
    if value >= 100 - 1e-9:
        return "all"
    if value > 99:
        return "more than 99%"
    if value < SMALLEST_SHARE:
        return "almost none" if value > 0 else "none"
    return f"about {percent(value)}"


SMALLEST_SHARE = 0.001
"""Per cent: one in a hundred thousand."""


def of_households(value: float) -> str:
    """The same as the subject of a sentence: 'about 20% of households', 'all households', 'no households'."""
    words = about_percent(value)
    return {"all": "all households", "none": "no households", "almost none": "almost no households"}.get(words, f"{words} of households")


FINEST_SCORE = 1e-4
"""A score between 0 and 1 is told no finer than this."""


def span(low: float, high: float, form: str) -> str:
    """Both ends of a range at the precision of the range, signs kept: '£4.4 billion and £6.1 billion'."""
    step = 10.0 ** (math.floor(math.log10(high - low)) - 1) if high > low else step_of(high)
    if not form and max(abs(low), abs(high)) < 1.0:
        step = max(step, FINEST_SCORE)
    steps = [step if not end or rounded(end, step) else min(step, step_of(end)) for end in (low, high)]
    ends = [_end(rounded(end, own), own, form) for end, own in zip((low, high), steps, strict=True)]
    return f"{ends[0]} and {ends[1]}"


def _end(value: float, step: float, form: str) -> str:
    sign = MINUS if value < 0 else ""
    size = abs(value)
    if form == "%":
        return f"{sign}{_digits(size, step)}%"
    mark = "£" if form == "£" else ""
    for unit, word in ((BILLION, " billion"), (MILLION, " million")):
        if size >= unit:
            return f"{sign}{mark}{_digits(size / unit, max(step / unit, 1e-3))}{word}"
    return f"{sign}{mark}{_digits(size, step)}"


def signed_money(value: float, decimals: int = 0) -> str:
    """For a table's cell: '+£12', '−£3'."""
    size = f"{abs(value):,.{decimals}f}"
    if float(size.replace(",", "")) == 0:
        return "£0"
    return f"{'+' if value > 0 else MINUS}£{size}"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]
