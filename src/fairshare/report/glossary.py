"""Words that need a plain meaning: each is followed by one, in brackets, where a text uses it first."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from fairshare.reading import read


class Term(NamedTuple):
    id: str
    words: tuple[str, ...]
    gloss: str
    meaning: str

    @property
    def name(self) -> str:
        return self.words[0]


@cache
def terms() -> dict[str, Term]:
    """Every term by id, from glossary.yaml."""
    data = read(Path(str(resources.files("fairshare.report") / "glossary.yaml"))).data
    return {id: Term(id, tuple(about["words"]), about["gloss"], about["meaning"]) for id, about in data.items()}


@cache
def _pattern(id: str) -> re.Pattern[str]:
    longest_first = sorted(terms()[id].words, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(re.escape(word) for word in longest_first) + r")\b")


def used_in(text: str) -> list[str]:
    """The ids of the terms a text uses, in order of first use."""
    found = {id: match.start() for id in terms() if (match := _pattern(id).search(text))}
    return sorted(found, key=found.__getitem__)


def with_glosses(sentences: list[str], seen: set[str]) -> list[str]:
    """The sentences, each term glossed where it comes first; `seen` holds the terms glossed already, and is added to."""
    out = []
    for sentence in sentences:
        for id in used_in(sentence):
            if id not in seen:
                seen.add(id)
                sentence = _pattern(id).sub(rf"\1 ({terms()[id].gloss})", sentence, count=1)
        out.append(sentence)
    return out


def all_words() -> list[str]:
    """Every word or phrase of every term."""
    return [word for term in terms().values() for word in term.words]
