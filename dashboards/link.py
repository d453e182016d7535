"""The link that reopens exactly one result: a short, versioned token of every choice, checked when it is read."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import zlib
from typing import Any, NamedTuple

from fairshare.faults import Fault

FORM = "2"
"""The version of the token's own form."""
LONGEST = 6_000
LARGEST = 200_000


class Proposal(NamedTuple):
    """One proposal as a visitor has it: a scenario of the catalogue or its own text, and what was changed of it."""

    name: str
    """Catalogue name; empty for a scenario of one's own, whose text is then in `text`."""
    digest: str
    """Of the scenario's data when the link was made."""
    spent: dict[str, Any]
    """`use` and `closure` where the visitor changed the uses of the money; empty where they are the scenario's own."""
    numbers: dict[str, float]
    """Every number that can be moved, by its id, as the scenario holds it."""
    text: str = ""


class Choices(NamedTuple):
    """Every choice that a result depends on, defaults included."""

    model: str
    """Version of fairshare."""
    population: str
    year: str
    area: str
    """A council's GSS code, or empty for the whole country."""
    first: Proposal
    second: Proposal | None = None
    """The proposal that stands beside the first, if any."""


_OUTER = {"m": str, "p": str, "y": str, "a": str, "f": dict, "c": dict | None}
_INNER = {"s": str, "d": str, "u": dict, "n": dict, "t": str}


def token(choices: Choices) -> str:
    """The choices as text for a link. Raises Fault when they are too long to travel in one."""
    sides = [None if each is None else dict(zip(_INNER, each, strict=True)) for each in (choices.first, choices.second)]
    held = dict(zip(_OUTER, (*choices[:4], *sides), strict=True))
    packed = zlib.compress(json.dumps(held, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode(), 9)
    made = f"{FORM}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
    if len(made) > LONGEST:
        raise Fault("This scenario is too long for a link; download its YAML and send the file instead.")
    return made


def read_token(made: str) -> Choices:
    """The choices in a token. Raises Fault for one that is cut off, damaged, or made in a form that is not known."""
    form, dot, packed = made.strip().partition(".")
    if not dot or not form.isdigit():
        raise Fault("This link cannot be read; it may have been cut off. Copy the whole link again.")
    if form != FORM:
        raise Fault(
            f"This link is of form {form} and this version of fairshare reads form {FORM}; ask for a new link, or update fairshare."
        )
    if len(made) > LONGEST:
        raise Fault("This link is longer than any that fairshare makes; copy it again.")
    try:
        inflate = zlib.decompressobj()
        raw = inflate.decompress(base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True), LARGEST)
        if not inflate.eof or inflate.unused_data:
            raise ValueError
        held = json.loads(raw.decode(), parse_constant=_refuse)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise Fault("This link is damaged or was cut off; copy the whole link again.") from None
    _check(held, _OUTER)
    sides = [None if held[key] is None else _proposal(held[key]) for key in ("f", "c")]
    assert sides[0] is not None
    return Choices(held["m"], held["p"], held["y"], held["a"], sides[0], sides[1])


def _proposal(held: Any) -> Proposal:
    _check(held, _INNER)
    if held["u"] and set(held["u"]) != {"use", "closure"}:
        raise Fault(UNEXPECTED)
    if any(not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value) for value in held["n"].values()):
        raise Fault("This link holds something that is not a number; ask for a new one.")
    return Proposal(*(held[key] for key in _INNER))


UNEXPECTED = "This link does not hold what fairshare expects; ask for a new one."


def _check(held: Any, form: dict[str, Any]) -> None:
    if not isinstance(held, dict) or set(held) != set(form) or any(not isinstance(held[key], kind) for key, kind in form.items()):
        raise Fault(UNEXPECTED)


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def digest(data: Any) -> str:
    """A short digest of a scenario's data, to notice that it has changed since a link was made."""
    return hashlib.blake2b(json.dumps(data, sort_keys=True, default=str).encode(), digest_size=6).hexdigest()
