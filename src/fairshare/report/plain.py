"""The rules of plain language as checks: each gives the faults it finds, in words. The reading age needs no list of words.

Reading age is the Flesch-Kincaid grade (Kincaid and others 1975) plus five, worked on a block of sentences. Names and terms
of the glossary count as one short word, and so does a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from fairshare.report import glossary

MOST_WORDS = 25
HEADLINE_AGE, EXPLANATION_AGE, SENTENCE_AGE = 9, 12, 14
SCHOOL_STARTS = 5
"""Years between a school grade and the age of those in it."""

NEVER = {
    r"the poor\b(?!er)": "people on low incomes",
    r"the needy": "people on low incomes",
    r"\bvulnerable\b": "name who is meant",
    r"benefit claimants?": "people receiving social security",
    r"hand-?outs?": "payments",
    r"\bdependency\b": "name what is meant",
    r"hard-?working famil": "families",
    r"\bscroung": "name who is meant",
    r"taxpayers?['’]?s? money": "public money",
    r"winners and losers": "who gains, and who pays more or gets less",
    r"\bdeserving\b": "name who is meant",
    r"\bburden": "what people pay",
    r"hard[- ]to[- ]reach": "name who is meant",
}
"""Words that no text may use, and what to say instead."""
JUDGEMENTS = frozenset(
    {"fair", "unfair", "radical", "disastrous", "bold", "generous", "harsh", "cruel", "massive", "huge", "tiny", "shocking", "dramatic"}
    | {"brave", "reckless", "sensible", "progressive", "regressive", "excessive", "lavish", "punitive", "crippling", "welcome", "worrying"}
)
LATIN = (
    r"\be\.g\.",
    r"\bi\.e\.",
    r"\betc\b",
    r"\bper annum\b",
    r"\bvs\.?\b",
    r"\bviz\b",
    r"\bcirca\b",
    r"\bp\.a\.",
    r"\bper capita\b",
    r"\bNB\b",
)
PARTIES = (
    r"\bLabour\b", r"\bConservatives?\b", r"\bTor(?:y|ies)\b", r"\bLib(?:eral)? ?Dem", r"\bSNP\b", r"\bReform UK\b", r"\bGreen Party\b",
    r"\bPlaid\b", r"\bSinn F", r"\bDUP\b", r"\bUKIP\b",
)  # fmt: skip


def sentences(text: str) -> list[str]:
    """A text's sentences. A point inside a figure ends none."""
    return [part.strip() for part in re.split(r"(?<=[.?!:])\s+(?=[A-Z£0-9“‘(−])", text.strip()) if part.strip()]


def words(text: str) -> list[str]:
    return re.findall(r"[£−+]?\d[\d,.]*(?:%|p\b)?|[A-Za-z][A-Za-z'’\-]*", text)


def syllables(word: str) -> int:
    """How many syllables a word has, by its groups of vowels; a figure is one."""
    if re.search(r"\d", word):
        return 1
    return sum(_syllables(part) for part in re.split(r"[-’']", word.lower()) if part) or 1


@cache
def _syllables(word: str) -> int:
    if word in IRREGULAR:
        return IRREGULAR[word]
    groups = re.findall(r"[aeiouy]+", word)
    count = len(groups)
    if re.search(r"(?<![aeiouyl])e$", word) or re.search(r"[aeiouy]le$", word) or re.search(r"[^aeiouytd]ed$", word) or _silent_es(word):
        count -= 1
    if re.search(r"i(?:a|o(?!us|n))|[aeiouy]ing|ua|uou|eo(?!p)", word) and not re.search(r"[cst]ia|[gst]eo", word):
        count += 1
    return max(count, 1)


def _silent_es(word: str) -> bool:
    return bool(re.search(r"[^aeiouysxzcg]es$", word)) and not word.endswith(("ches", "shes"))


IRREGULAR = {
    "people": 2, "being": 2, "household": 2, "households": 2, "something": 2, "somewhere": 2, "everyone": 3, "lower": 2,
    "housing": 2, "area": 3, "areas": 3, "million": 2, "billion": 2, "homes": 1, "rates": 1, "pays": 1, "does": 1, "used": 1,
    "based": 1, "goes": 1, "their": 1, "our": 1, "we": 1, "they": 1, "council": 2, "councils": 2, "real": 1, "being's": 2,
    "average": 3, "different": 3, "every": 2, "more": 1, "fewer": 2, "another": 3, "incomes": 2, "income": 2, "somebody": 3,
    "changes": 2, "changed": 1, "ages": 2, "wages": 2, "prices": 3, "services": 3, "sources": 2, "places": 2, "ranges": 2,
    "england": 2, "wales": 1, "whole": 1, "made": 1, "take": 1, "makes": 1, "takes": 1, "since": 1, "between": 2, "poverty": 3,
    "borrowed": 2, "allowed": 2, "followed": 2, "owned": 1, "lived": 1, "moved": 1, "taxes": 2, "increase": 2,
}  # fmt: skip
"""Common words whose syllables the rule miscounts, or that are worth stating."""


def reading_age(texts: Iterable[str], names: Iterable[str] = ()) -> float:
    """The reading age in years of a block: its sentences taken together, names and glossary terms as one short word each."""
    found = [sentence for text in texts for sentence in sentences(text)]
    counted = [words(_without_names(sentence, tuple(names))) for sentence in found]
    total = sum(len(each) for each in counted)
    if not total:
        return 0.0
    beats = sum(syllables(word) for each in counted for word in each)
    return 0.39 * total / len(found) + 11.8 * beats / total - 15.59 + SCHOOL_STARTS


def _without_names(text: str, names: tuple[str, ...]) -> str:
    for name in sorted({*names, *glossary.all_words()}, key=len, reverse=True):
        if name:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "it", text, flags=re.IGNORECASE)
    return text


def faults(text: str) -> list[str]:
    """What in a text breaks a rule on words or length; reading age is a matter for a block."""
    found = []
    for pattern, instead in NEVER.items():
        if match := re.search(pattern, text, re.IGNORECASE):
            found.append(f'says "{match[0]}"; say {instead}')
    for word in sorted(JUDGEMENTS):
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            found.append(f'judges: "{word}"')
    for pattern in LATIN:
        if match := re.search(pattern, text):
            found.append(f'shortens or borrows from Latin: "{match[0]}"')
    for pattern in PARTIES:
        if match := re.search(pattern, text):
            found.append(f'names a party: "{match[0]}"')
    if re.search(r"\bGBP\b", text):
        found.append("writes GBP for £")
    for sentence in sentences(text):
        if len(words(sentence)) > MOST_WORDS:
            found.append(f"has {len(words(sentence))} words in a sentence; the most is {MOST_WORDS}")
    return found
