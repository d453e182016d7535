"""A user's fault: one sentence that says what, where, and what to do. It ends the command with exit status 2."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class Fault(Exception):
    """Something the user can mend. Its text is a whole sentence, with the file and place where known."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: '; did you mean "rate"?', or a full stop."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f'; did you mean "{found[0]}"?' if found else "."


FEW = 12
"""As many names as a sentence can list."""


def nearest_or_all(name: str, known: Iterable[str]) -> str:
    """As `nearest`; where no name is near and there are few of them, all: '; it has eldest, additional, take_up.'"""
    names = list(known)
    close = nearest(name, names)
    return f"; it has {', '.join(names)}." if close == "." and 0 < len(names) <= FEW else close
