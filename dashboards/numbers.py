"""The numbers of a scenario that a person can move: each with its words, unit and source from the law, and a slider's reach."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from fairshare.law import BY_PLACE, Law
from fairshare.parameters import YEARS, parameter_file
from fairshare.quantities import PERCENT

Path = tuple[str | int, ...]

NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
STEPS = 100
REACH = 2.5
"""A slider reaches to about this many times the scenario's value; the number box takes anything the law's own limits allow."""
WIDEST_RELATIVE = 20.0
CASH_WHEN_NOTHING, SHARE_WHEN_NOTHING = 100.0, 10.0
"""Where a slider ends when the scenario's value is 0: in £, and in per cent."""


class Number(NamedTuple):
    """One number of a scenario. `value`, `low`, `high` and `step` are as shown; the scenario holds `value / scale + offset`."""

    path: Path
    """Where it stands in the scenario: ("law", "child_benefit", "eldest", "plus")."""
    group: str
    """What the law says of the schedule it belongs to; empty for a number that stands alone."""
    label: str
    unit: str
    source: str
    status: str
    """"", "unverified" or "projected"."""
    today: str
    """The law in force, as shown; empty where the law has no one number to set beside it."""
    value: float
    low: float
    high: float
    step: float
    scale: float
    offset: float
    switch: bool

    @property
    def of_law(self) -> bool:
        """Whether it is of the proposal's own law, and not of a use of the money."""
        return self.path[0] == "law"

    @property
    def id(self) -> str:
        """Its path as `scenario.with_value` takes it."""
        return ".".join(str(part) for part in self.path)


def numbers_of(document: dict[str, Any], law: Law) -> tuple[Number, ...]:
    """The numbers of a scenario's document (its data, already checked), in its own order; `law` is the law in force."""
    found: list[Number] = []
    for instrument, change in (document.get("law") or {}).items():
        if isinstance(change, dict) and instrument in law.facts:
            _collect(change, ("law", instrument), instrument, (), law, found)
    for position, use in enumerate(document.get("use") or []):
        _collect_use(use, ("use", position), law, found)
    return tuple(found)


def in_the_laws_units(number: Number, shown: float) -> float:
    """What the scenario holds for a number as it is shown (2 per cent is 0.02)."""
    return round(shown / number.scale + number.offset, 12)


def as_shown(number: Number, held: float) -> float:
    """How a number that the scenario holds is shown (0.02 is 2 per cent)."""
    return round((held - number.offset) * number.scale, 9)


# ---- walking the scenario ------------------------------------------------------------------------------------------


class _About(NamedTuple):
    says: str
    unit: str
    source: str
    status: str
    now: Any


def _about(instrument: str, within: tuple[str, ...], law: Law) -> _About:
    fact = law.facts[instrument].get(".".join(within))
    if fact is not None:
        return _About(fact.says, fact.unit, fact.source, fact.status, fact.value)
    if within[:1] == (BY_PLACE,) and len(within) > 1:
        told = parameter_file(instrument).data.get(BY_PLACE, {}).get(within[1], {})
        return _About(told.get("says", within[1]), told.get("unit", ""), told.get("source", ""), told.get("status", ""), None)
    return _About(_words(".".join(within)), "", "", "", None)


def _collect(change: Any, path: Path, instrument: str, within: tuple[str, ...], law: Law, found: list[Number]) -> None:
    if _is_number(change):
        _one(change, path, _about(instrument, within, law), "", "", found)
    elif isinstance(change, list):
        _schedule(change, path, _about(instrument, within, law), "", found)
    elif isinstance(change, dict) and change and all(key in YEARS for key in change):
        about = _about(instrument, within, law)
        for year, value in change.items():
            _in_year(value, (*path, year), about, str(year), found)
    elif isinstance(change, dict) and len(change) == 1 and set(change) <= {"plus", "times"}:
        how, value = next(iter(change.items()))
        _relative(how, value, (*path, how), _about(instrument, within, law), "", found)
    elif isinstance(change, dict):
        for name, inner in change.items():
            _collect(inner, (*path, name), instrument, (*within, str(name)), law, found)


def _in_year(value: Any, path: Path, about: _About, year: str, found: list[Number]) -> None:
    if isinstance(value, list):
        _schedule(value, path, about, year, found)
    elif isinstance(value, dict) and len(value) == 1 and set(value) <= {"plus", "times"}:
        how, inner = next(iter(value.items()))
        _relative(how, inner, (*path, how), about, year, found)
    elif _is_number(value):
        _one(value, path, about, about.says, f"From {year}", found)


def _one(value: float, path: Path, about: _About, group: str, label: str, found: list[Number]) -> None:
    scale = PERCENT if _is_share(about.unit) else 1.0
    today = _shown(about.now, about.unit) if _is_number(about.now) else ""
    label = label or about.says
    if about.unit == "switch":
        found.append(Number(path, group, _switch_words(label), "", about.source, about.status, "", float(value), 0, 1, 1, 1, 0, True))
        return
    found.append(_number(path, group, label, shown_unit(about.unit), about, today, float(value), scale))


def _relative(how: str, value: Any, path: Path, about: _About, year: str, found: list[Number]) -> None:
    if not _is_number(value):
        return
    now = _shown(about.now, about.unit) if _is_number(about.now) else ""
    when = f", from {year}" if year else ""
    if how == "plus":
        scale = PERCENT if _is_share(about.unit) else 1.0
        unit = "percentage points more" if scale == PERCENT else f"{shown_unit(about.unit)} more"
        found.append(_number(path, "", f"{about.says}{when}", unit, about, now, float(value), scale, relative=True))
    else:
        found.append(_number(path, "", f"{about.says}{when}", "% change", about, now, float(value), PERCENT, offset=1.0, relative=True))


def _schedule(bands: list[Any], path: Path, about: _About, year: str, found: list[Number]) -> None:
    """A rate and a starting point for each band; a first band that charges nothing is left out."""
    group = about.says + (f", from {year}" if year else "")
    charged = [i for i, band in enumerate(bands) if isinstance(band, dict) and not (i == 0 and band.get("rate") == 0 and len(bands) > 1)]
    for order, i in enumerate(charged, start=1):
        band = bands[i]
        which = "" if len(charged) == 1 else f"{_ordinal(order)} band: "
        rates = _is_share(about.unit)
        if i > 0 and _is_number(band.get("above")):
            label = f"{which}charged above" if which else "Charged above"
            found.append(_number((*path, i, "above"), group, _capital(label), "£", about, "", float(band["above"]), 1.0))
        if _is_number(band.get("rate")):
            unit, scale = (shown_unit(about.unit), PERCENT) if rates else (about.unit, 1.0)
            label = f"{which}rate" if which else "Rate"
            found.append(_number((*path, i, "rate"), group, _capital(label), unit, about, "", float(band["rate"]), scale))


USE_WORDS = {
    "share_of_proceeds": ("Part of the money raised", "%"),
    "amount": ("Money that goes to it", "£ a year"),
    "amount_each": ("Paid to each", "£ a year"),
}


def _collect_use(use: dict[str, Any], path: Path, law: Law, found: list[Number]) -> None:
    """Numbers of a use of the money: its share or amount, or the changes of law that it pays for."""
    for instrument, change in (use.get("law") or {}).items():
        if instrument in law.facts:
            _collect(change, (*path, "law", instrument), str(instrument), (), law, found)
    for kind in ("equal_payment", "service"):
        about = use.get(kind) or {}
        name = use.get("what") or (f"An equal payment to all {about.get('to')}" if kind == "equal_payment" else about.get("name", ""))
        for key, (label, unit) in USE_WORDS.items():
            if _is_number(about.get(key)):
                scale = PERCENT if unit == "%" else 1.0
                found.append(_number((*path, kind, key), _words(str(name)), label, unit, _NO_LAW, "", float(about[key]), scale))


_NO_LAW = _About("", "", "The scenario's own choice", "", None)


def _number(
    path: Path,
    group: str,
    label: str,
    unit: str,
    about: _About,
    today: str,
    held: float,
    scale: float,
    *,
    offset: float = 0.0,
    relative: bool = False,
) -> Number:
    value = round((held - offset) * scale, 9)
    low, high, step = reach(value, scale == PERCENT, relative, unit)
    return Number(path, group, label, unit, about.source, about.status, today, value, low, high, step, scale, offset, False)


def reach(value: float, per_cent: bool, relative: bool, unit: str = "") -> tuple[float, float, float]:
    """Where a slider starts and ends, and its step, in round numbers around a value as shown."""
    nothing = SHARE_WHEN_NOTHING if per_cent else CASH_WHEN_NOTHING
    high = nice(abs(value) * REACH) if value else nothing
    if per_cent and not relative and unit.startswith("%") and abs(value) <= PERCENT:
        high = min(high, PERCENT)
    if relative:
        high = max(high, WIDEST_RELATIVE) if per_cent else high
        return -high, high, high / STEPS
    return (-high, 0.0, high / STEPS) if value < 0 else (0.0, high, high / STEPS)


def nice(size: float) -> float:
    """The next round number upwards: 1, 2, 2.5 or 5 times a power of ten."""
    if size <= 0 or not math.isfinite(size):
        return 1.0
    power = 10.0 ** math.floor(math.log10(size))
    return next(round(each * power, 12) for each in NICE if each * power >= size * (1 - 1e-9))


# ---- words ---------------------------------------------------------------------------------------------------------


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_share(unit: str) -> bool:
    return unit == "share" or unit.startswith("share of")


def shown_unit(unit: str) -> str:
    """The law's unit in words: shares are shown as per cent."""
    if unit == "share":
        return "%"
    if unit.startswith("share of"):
        return f"% of{unit.removeprefix('share of').removesuffix('/year').removesuffix(' above each £')}"
    return unit.replace("£/", "£ a ")


def _shown(value: float, unit: str) -> str:
    if _is_share(unit):
        return f"{value * PERCENT:,.6g}%"
    per = unit.removeprefix("£")
    if unit.startswith("£"):
        pence = "" if float(value).is_integer() else ".2f"
        return f"£{value:,{pence or '.0f'}}{' a ' + per[1:] if per.startswith('/') else ''}"
    return f"{value:,.6g}"


def _switch_words(says: str) -> str:
    """A switch's law says '1 where it counts the main home'; its tick box says 'It counts the main home'."""
    words = says.removeprefix("1 where ").split(", 0 where ")[0]
    return _capital(words)


def _words(name: str) -> str:
    return _capital(name.replace("_", " ").replace(".", ", "))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ordinal(count: int) -> str:
    return {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth"}[count]
