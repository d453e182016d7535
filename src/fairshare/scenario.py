"""A scenario: a proposal written as YAML, read strictly, and the law it makes.

`law` has the shape of the law it changes; `use` says where the money goes; `closure` says who bears what is left.
Before the scenario's first year its law is the law in force.
"""

from __future__ import annotations

import copy
import json
import math
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_type_hints

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fairshare.areas import areas, find_area, folder
from fairshare.faults import Fault, nearest, nearest_or_all
from fairshare.law import BY_PLACE, Law, as_data, is_group, law_in_force, with_changes
from fairshare.parameters import YEARS, check_year, parameter_file
from fairshare.reading import Document, read
from fairshare.reading import Path as Place
from fairshare.rules import INSTRUMENTS
from fairshare.schedule import BANDS, Schedule

THE_REST = "the_rest"
"""A share that takes whatever the other uses leave, so that nothing is left over."""

Receivers = Literal["adults", "children", "people", "households", "pensioners", "people_at_an_age"]
Closure = Literal["borrowing", "saving", "none"]
Level = Literal["low", "central", "high"]
RECEIVERS: tuple[str, ...] = get_args(Receivers)
PER = {
    "adults": ("per_adult",),
    "children": ("per_child",),
    "people": ("per_adult", "per_child"),
    "households": ("per_household",),
    "pensioners": ("per_pensioner",),
    "people_at_an_age": ("per_person_at_endowment_age",),
}
"""The amounts of the equal payment's law that each kind of receiver is paid by."""

SharedBy = Literal["use", "people", "income"]
"""Whom a service is taken to reach: those who use it, everyone equally, or everyone in proportion to income."""
Finite = Annotated[float, Field(allow_inf_nan=False)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _PaymentForm(_Form):
    to: Receivers
    share_of_proceeds: Finite | Literal["the_rest"] | None = None
    amount_each: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class _ServiceForm(_Form):
    name: str
    share_of_proceeds: Finite | Literal["the_rest"] | None = None
    amount: Finite | None = None
    shared_by: SharedBy = "use"


class _FundForm(_Form):
    pays_to: Receivers
    share_of_proceeds: Finite | Literal["the_rest"] | None = None
    amount: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    grows: Annotated[float, Field(ge=-0.5, le=0.5, allow_inf_nan=False)]
    pays_out: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class _UseForm(_Form):
    what: str | None = Field(default=None, min_length=1, max_length=200)
    fund: _FundForm | None = None
    law: dict[str, Any] | None = None
    equal_payment: _PaymentForm | None = None
    service: _ServiceForm | None = None


class _ScenarioForm(_Form):
    """The outer fields of a scenario; `law` is checked against the law itself."""

    title: str = Field(min_length=1, max_length=200)
    because: str = Field(min_length=1, max_length=2000)
    first_year: Any = Field(alias="from")
    law: dict[str, Any]
    use: list[_UseForm] = []
    areas: list[str] = []
    behaviour: dict[str, Level] = {}
    closure: Closure = "borrowing"
    sources: list[str] = []
    strongest_case: str | None = None
    strongest_concern: str | None = None


class LawUse(NamedTuple):
    """A change of law paid for from the proceeds."""

    what: str
    law: dict[str, Any]


class Payment(NamedTuple):
    """The same amount to everyone of a kind: a share of the proceeds (or the rest), or so much each, £ a year."""

    what: str
    to: str
    share: float | str | None
    amount_each: float | None


class Service(NamedTuple):
    """Spending on a service: a share of the proceeds (or the rest), or an amount, £ a year; below zero it is a cut."""

    what: str
    name: str
    share: float | str | None
    amount: float | None
    shared_by: str = "use"


class Fund(NamedTuple):
    """Money put into a fund that keeps its capital and pays a dividend, the same to everyone of a kind."""

    what: str
    to: str
    share: float | str | None
    amount: float | None
    """£ a year that is put in."""
    grows: float
    """What the fund earns in a year above prices, as a part of what it holds at the start."""
    pays_out: float
    """What it pays out in a year, as a part of what it holds at the start."""

    def holds(self, years: int, put_in: float) -> float:
        """What it holds after so many years in each of which so much was put in, £ in the money of one year."""
        held = 0.0
        for _ in range(years):
            held = held * (1.0 + self.grows - self.pays_out) + put_in
        return held


@dataclass(frozen=True, eq=False)
class Scenario:
    """A proposal, as read: every name in it is known and its law has been laid over the law of its first year."""

    name: str
    title: str
    because: str
    from_year: str
    law: dict[str, Any]
    use: tuple[LawUse | Payment | Service | Fund, ...]
    areas: tuple[str, ...]
    """GSS codes of the councils that make the change; none where all of the country does."""
    behaviour: dict[str, str]
    closure: str
    sources: tuple[str, ...]
    document: Document
    strongest_case: str | None = None
    strongest_concern: str | None = None

    @cached_property
    def canonical(self) -> str:
        """What the scenario says, as one line of JSON that does not depend on layout or the order of names."""
        return json.dumps(self.document.data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)

    @cached_property
    def text(self) -> str:
        """The scenario as YAML."""
        return yaml.safe_dump(_plain(self.document.data), sort_keys=False, allow_unicode=True, width=120)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return "no limit" if value == math.inf else value


# ---- reading -------------------------------------------------------------------------------------------------------


def catalogue() -> list[str]:
    """The names of the scenarios that come with fairshare, such as 'wealth/two_percent_above_ten_million'."""
    root = folder("scenarios")
    return sorted(file.relative_to(root).with_suffix("").as_posix() for file in root.glob("*/*.yaml"))


def scenario_file(path_or_name: str | Path) -> Path:
    """The file of a catalogue name or a path. Raises Fault, with the nearest name, when there is none."""
    text = str(path_or_name)
    file = Path(text)
    if file.suffix in (".yaml", ".yml") or file.is_file():
        if file.exists():
            return file
        inside = folder("scenarios") / file
        if inside.is_file():
            return inside
        raise Fault(f"There is no file {file}; check the name and the folder{_nearest_scenario(file.stem)}")
    named = folder("scenarios") / f"{text}.yaml"
    if text in catalogue():
        return named
    raise Fault(f'There is no scenario "{text}"{_nearest_scenario(text)} `fairshare scenarios list` shows them all.')


def _nearest_scenario(text: str) -> str:
    names = catalogue()
    by_last = {name.rsplit("/", 1)[-1]: name for name in names}
    close = nearest(text, names)
    if close == ".":
        last = nearest(text.rsplit("/", 1)[-1], by_last)
        for word, name in by_last.items():
            if f'"{word}"' in last:
                return f'; did you mean "{name}"?'
    return close


def read_scenario(path_or_name: str | Path) -> Scenario:
    """A scenario by catalogue name or path. Raises Fault with file, line and column for anything it may not say."""
    file = scenario_file(path_or_name)
    root = folder("scenarios")
    name = file.relative_to(root).with_suffix("").as_posix() if file.is_relative_to(root) else str(path_or_name)
    return scenario_from(read(file), name)


def scenario_from(document: Document, name: str = "") -> Scenario:
    """A scenario from a YAML document already read."""
    form = _form(document)
    try:
        check_year(form.first_year)
    except Fault as fault:
        raise document.fault(("from",), str(fault)) from None
    scenario = Scenario(
        name=name or Path(document.file).stem,
        title=form.title,
        because=form.because,
        from_year=form.first_year,
        law=form.law,
        use=tuple(_use(document, i, item) for i, item in enumerate(form.use)),
        areas=_area_codes(document, form.areas),
        behaviour=_behaviour(document, dict(form.behaviour)),
        closure=form.closure,
        sources=tuple(form.sources),
        document=document,
        strongest_case=form.strongest_case,
        strongest_concern=form.strongest_concern,
    )
    rests = [i for i, item in enumerate(scenario.use) if not isinstance(item, LawUse) and item.share == THE_REST]
    if len(rests) > 1:
        raise document.fault(("use", rests[1]), f"only one use may take `{THE_REST}`; give the others a share or an amount.")
    laws(scenario, scenario.from_year)
    return scenario


def _form(document: Document) -> _ScenarioForm:
    if not isinstance(document.data, dict):
        raise document.fault((), "a scenario must be a mapping with title, because, from and law.")
    try:
        return _ScenarioForm.model_validate(document.data)
    except ValidationError as fault:
        raise _outer_fault(document, fault.errors(include_url=False)) from None


def _outer_fault(document: Document, errors: list[Any]) -> Fault:
    """The first error of the outer fields in words, an unknown name before what is missing because of it."""
    error = min(errors, key=lambda each: each["type"] != "extra_forbidden")
    path = tuple(part for part in error["loc"] if not _is_branch(part))
    name = ".".join(str(part) for part in path)
    if error["type"] == "extra_forbidden":
        known = _known_names(path[:-1])
        where = f"`{'.'.join(str(part) for part in path[:-1])}`" if len(path) > 1 else "a scenario"
        return document.fault(path, f'{where} has no "{path[-1]}"{nearest_or_all(str(path[-1]), known)}')
    if error["type"] == "missing":
        return document.fault(path[:-1], f"`{name}` is missing.")
    given = error["input"]
    expected = error.get("ctx", {})
    words = {
        "string_type": "must be text",
        "float_type": "must be a number",
        "finite_number": "must be a finite number",
        "dict_type": "must be a mapping",
        "list_type": "must be a list",
        "model_type": "must be a mapping",
        "string_too_short": "must not be empty",
        "string_too_long": "is too long",
    }.get(error["type"])
    if words is None and "expected" in expected:
        words = f"must be {expected['expected']}, not {given!r}"
    if words is None and "ge" in expected:
        words = f"is {given} and must be at least {expected['ge']:g}"
    return document.fault(path, f"`{name}` {words or error['msg']}.")


def _is_branch(part: Any) -> bool:
    """Whether pydantic means a branch of a union, which is no part of the file."""
    return isinstance(part, str) and ("[" in part or part in ("float", "str"))


def _known_names(path: tuple[Any, ...]) -> list[str]:
    forms: dict[tuple[str, ...], type[BaseModel]] = {
        (): _ScenarioForm,
        ("use",): _UseForm,
        ("use", "equal_payment"): _PaymentForm,
        ("use", "service"): _ServiceForm,
        ("use", "fund"): _FundForm,
    }
    form = forms.get(tuple(str(part) for part in path if not isinstance(part, int)), _ScenarioForm)
    return [field.alias or name for name, field in form.model_fields.items()]


def services() -> list[str]:
    """The services that money may be spent on."""
    return [name for name in parameter_file("services").data if name != "shared"]


def behaviours() -> list[str]:
    """The responses that a scenario may name: a file in parameters/behaviour each."""
    return sorted(file.stem for file in (folder("parameters") / "behaviour").glob("*.yaml"))


def _use(document: Document, i: int, form: _UseForm) -> LawUse | Payment | Service | Fund:
    here: Place = ("use", i)
    given = [name for name in ("law", "equal_payment", "service", "fund") if getattr(form, name) is not None]
    if len(given) != 1:
        raise document.fault(here, "each use needs exactly one of law, equal_payment, service or fund.")
    if form.fund is not None:
        fund = form.fund
        share = _share(document, (*here, "fund"), fund.share_of_proceeds, fund.amount, "amount")
        return Fund(form.what or "a citizens' wealth fund", fund.pays_to, share, fund.amount, fund.grows, fund.pays_out)
    if form.law is not None:
        changed = " and ".join(INSTRUMENTS[name].title for name in form.law if name in INSTRUMENTS)
        return LawUse(form.what or f"changes to {changed}", form.law)
    if form.equal_payment is not None:
        payment = form.equal_payment
        share = _share(document, (*here, "equal_payment"), payment.share_of_proceeds, payment.amount_each, "amount_each")
        return Payment(form.what or f"an equal payment to all {payment.to.replace('_', ' ')}", payment.to, share, payment.amount_each)
    assert form.service is not None
    service = form.service
    if service.name not in services():
        raise document.fault((*here, "service", "name"), f'there is no service "{service.name}"{nearest(service.name, services())}')
    share = _share(document, (*here, "service"), service.share_of_proceeds, service.amount, "amount")
    return Service(form.what or service.name.replace("_", " "), service.name, share, service.amount, service.shared_by)


def _share(document: Document, here: Place, share: float | str | None, amount: float | None, name: str) -> float | str | None:
    if (share is None) == (amount is None):
        raise document.fault(here, f"give either share_of_proceeds or {name}.")
    if isinstance(share, float | int) and not 0 <= share <= 1:
        raise document.fault((*here, "share_of_proceeds"), f"`share_of_proceeds` is {share:g} and must be from 0 to 1, or {THE_REST}.")
    return share


def _area_codes(document: Document, names: list[str]) -> tuple[str, ...]:
    codes = []
    for i, name in enumerate(names):
        try:
            codes.append(find_area(name).code)
        except Fault as fault:
            raise document.fault(("areas", i), str(fault)) from None
    return tuple(sorted(set(codes)))


def _behaviour(document: Document, named: dict[str, str]) -> dict[str, str]:
    for name in named:
        if name not in behaviours():
            raise document.fault(("behaviour", name), f'there is no response "{name}"{nearest(name, behaviours())}')
    if {"wealth_tax", "wealth_tax_by_kind"} <= named.keys():
        message = "name wealth_tax or wealth_tax_by_kind, not both: each is the whole response of one tax."
        raise document.fault(("behaviour", "wealth_tax_by_kind"), message)
    return named


# ---- the law a scenario makes --------------------------------------------------------------------------------------


def in_force(scenario: Scenario, year: str) -> bool:
    """Whether the proposal has begun in a year."""
    return check_year(year) >= scenario.from_year


def tax_law(scenario: Scenario, baseline: Law) -> Law:
    """The law with the scenario's own changes, before any use of the proceeds."""
    return with_changes(baseline, scenario.law, scenario.document) if in_force(scenario, baseline.year) else baseline


def law_with_use(scenario: Scenario, law: Law, position: int) -> Law:
    """The law with one of the scenario's law uses laid over it."""
    use = scenario.use[position]
    assert isinstance(use, LawUse)
    return with_changes(law, use.law, scenario.document, ("use", position, "law"))


def law_with_payment(law: Law, to: str, amount_each: float, document: Document, place: Place) -> Law:
    """The law with an equal payment raised by so much for each receiver, £ a year."""
    current = law.values["equal_payment"]
    change = {name: getattr(current, name) + amount_each for name in PER[to]}
    return with_changes(law, {"equal_payment": change}, document, place)


def laws(scenario: Scenario, year: str, council: int | None = None) -> tuple[Law, Law]:
    """The law in force, and the scenario's: its own changes, its law uses and its payments of a stated amount.

    With a `council` (row of areas.csv), the law as it is there: a change made by other councils only leaves it alone. A payment
    that is a share of the proceeds is left out, because its amount depends on everyone (see `run.work`).
    """
    baseline = law_in_force(year)
    elsewhere = council is not None and scenario.areas and areas()[council].code not in scenario.areas
    if elsewhere or not in_force(scenario, year):
        return baseline, baseline
    law = tax_law(scenario, baseline)
    for i, use in enumerate(scenario.use):
        if isinstance(use, LawUse):
            law = law_with_use(scenario, law, i)
        elif isinstance(use, Payment) and use.amount_each is not None:
            law = law_with_payment(law, use.to, use.amount_each, scenario.document, ("use", i, "equal_payment"))
    return baseline, law


def unknown_to_one_household(scenario: Scenario, year: str) -> list[str]:
    """What `laws` leaves out because its amount depends on everyone, each as a phrase to print with one household's answer."""
    if not in_force(scenario, year):
        return []
    shared = [use.what for use in scenario.use if isinstance(use, Fund) or (isinstance(use, Payment) and use.share is not None)]
    return [f"{what} is not counted, because its amount depends on what everyone pays (`fairshare run` works it)" for what in shared]


# ---- one number of a scenario --------------------------------------------------------------------------------------


def with_value(scenario: Scenario, path: str, value: Any) -> Scenario:
    """The scenario with one value changed, by a path such as 'wealth_tax.bands.1.rate' or 'use.0.service.amount'.

    A path that the scenario does not yet change is added, from the law of its first year. Raises Fault for a path
    that neither the scenario nor the law knows, and for a value the law refuses.
    """
    parts = [int(part) if part.isdigit() else part for part in path.split(".")]
    whole = copy.deepcopy(scenario.document.data)
    if parts[0] not in ("law", "use", "areas", "behaviour", "closure"):
        parts = ["law", *parts]
    _set(whole, parts, value, scenario, path)
    return scenario_from(scenario.document._replace(data=whole), scenario.name)


def value_at(scenario: Scenario, path: str) -> Any:
    """The value at a path of the scenario, or of the law of its first year where the scenario leaves it alone."""
    parts = [int(part) if part.isdigit() else part for part in path.split(".")]
    if parts[0] not in ("law", "use"):
        parts = ["law", *parts]
    node = scenario.document.data
    for i, part in enumerate(parts):
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            node = _from_law(scenario, parts[1 : i + 1], path)
            for later in parts[i + 1 :]:
                try:
                    node = node[later]
                except (KeyError, IndexError, TypeError):
                    raise _unknown_path(path) from None
            break
    return node


def _from_law(scenario: Scenario, parts: list[str | int], path: str) -> Any:
    node: Any = {name: as_data(value) for name, value in law_in_force(scenario.from_year).values.items()}
    for part in parts:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            known = node if isinstance(node, dict) else ()
            raise _unknown_path(path, nearest(str(part), known)) from None
    return node


def _unknown_path(path: str, hint: str = ".") -> Fault:
    return Fault(f'Neither the scenario nor the law has "{path}"; write it like wealth_tax.bands.1.rate{hint}')


def _set(node: Any, parts: list[str | int], value: Any, scenario: Scenario, path: str) -> None:
    for i, part in enumerate(parts[:-1]):
        known = part < len(node) if isinstance(node, list) and isinstance(part, int) else isinstance(node, dict) and part in node
        if not known:
            if parts[0] != "law" or not isinstance(node, dict):
                raise _unknown_path(path)
            under = _from_law(scenario, parts[1 : i + 1], path)
            node[part] = {} if isinstance(under, dict) else copy.deepcopy(under)
        node = node[part]
    last = parts[-1]
    if isinstance(node, list) and not (isinstance(last, int) and last < len(node)):
        raise _unknown_path(path)
    if not isinstance(node, list | dict):
        raise _unknown_path(path)
    node[last] = value  # type: ignore[index]


class Number(NamedTuple):
    """A number that a scenario sets: where it stands, its value, and what the law says it is."""

    path: str
    value: float
    says: str
    unit: str


def numbers(scenario: Scenario) -> list[Number]:
    """Every number the scenario sets in law, in its order: what a slider may move."""
    facts = law_in_force(scenario.from_year).facts
    found: list[Number] = []

    def walk(node: Any, parts: tuple[str, ...]) -> None:
        if isinstance(node, dict):
            for name, each in node.items():
                walk(each, (*parts, str(name)))
        elif isinstance(node, list):
            for i, each in enumerate(node):
                walk(each, (*parts, str(i)))
        elif isinstance(node, int | float) and not isinstance(node, bool):
            found.append(Number(".".join(parts), float(node), *_described(parts, facts)))

    walk(scenario.law, ())
    return found


def _described(parts: tuple[str, ...], facts: dict[str, dict[str, Any]]) -> tuple[str, str]:
    about = facts.get(parts[0], {})
    for end in range(len(parts), 1, -1):
        fact = about.get(".".join(parts[1:end]))
        if fact is not None:
            return fact.says, fact.unit
    column = parameter_file(parts[0]).data.get(BY_PLACE, {}).get(parts[2], {}) if len(parts) > 2 and parts[1] == BY_PLACE else {}
    return column.get("says", ""), column.get("unit", "")


def without_use(scenario: Scenario) -> Scenario:
    """The scenario's change of law alone, with nothing spent."""
    data = {name: value for name, value in scenario.document.data.items() if name != "use"}
    return replace(scenario, use=(), document=scenario.document._replace(data=data))


# ---- its schema ----------------------------------------------------------------------------------------------------


def scenario_schema() -> dict[str, Any]:
    """JSON Schema of a scenario, for editors: the outer fields, and the law by its own names."""
    schema = _ScenarioForm.model_json_schema(by_alias=True)
    law = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _instrument_schema(name) for name in INSTRUMENTS},
    }
    definitions = schema.setdefault("$defs", {})
    definitions["law"] = law
    definitions["bands"] = _BANDS_SCHEMA
    schema["properties"]["law"] = {"$ref": "#/$defs/law"}
    definitions["_UseForm"]["properties"]["law"] = {"$ref": "#/$defs/law"}
    definitions["_ServiceForm"]["properties"]["name"] = {"enum": services()}
    schema["properties"]["from"] = {"enum": list(YEARS), "description": "the first fiscal year, such as 2026-27"}
    schema["properties"]["behaviour"]["propertyNames"] = {"enum": behaviours()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "fairshare scenario"}


_BANDS_SCHEMA: dict[str, Any] = {
    "type": "array",
    "minItems": 1,
    "maxItems": BANDS,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["above", "rate"],
        "properties": {"above": {"type": "number", "minimum": 0}, "rate": {"type": "number", "minimum": 0}},
    },
}
_RELATIVE_SCHEMAS = [
    {"type": "object", "additionalProperties": False, "required": [how], "properties": {how: {"type": "number"}}}
    for how in ("plus", "times")
]


def _instrument_schema(name: str) -> dict[str, Any]:
    instrument = INSTRUMENTS[name]
    schema = _group_schema(instrument.law, parameter_file(name).data)
    schema["title"] = instrument.title
    if instrument.places is not None:
        schema["properties"][BY_PLACE] = _group_schema(instrument.places, parameter_file(name).data.get(BY_PLACE, {}))
    return schema


def _group_schema(law: Any, described: Any) -> dict[str, Any]:
    hints = get_type_hints(law, include_extras=True)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field: _field_schema(hints[field], described.get(field, {})) for field in law._fields},
    }


def _field_schema(kind: Any, described: Any) -> dict[str, Any]:
    if kind == Schedule:
        return _by_years([{"$ref": "#/$defs/bands"}], described)
    if is_group(kind):
        return _group_schema(kind, described)
    number: dict[str, Any] = {"type": "number"}
    unlimited = False
    for limit in get_args(kind)[1:]:
        number.update(_limits(limit))
        unlimited = unlimited or limit == "or no limit"
    return _by_years([number, *_RELATIVE_SCHEMAS, *([{"const": "no limit"}] if unlimited else [])], described)


def _limits(limit: Any) -> dict[str, float]:
    found = {"minimum": getattr(limit, "ge", None), "maximum": getattr(limit, "le", None)}
    return {name: value for name, value in found.items() if value is not None}


def _by_years(values: list[dict[str, Any]], described: Any) -> dict[str, Any]:
    """A value as it stands, or a map of years for phasing."""
    phased = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {year: {"anyOf": values} for year in YEARS},
    }
    schema: dict[str, Any] = {"anyOf": [*values, phased]}
    if isinstance(described, dict) and "says" in described:
        schema["description"] = f"{described['says']} ({described.get('unit', '')})"
    return schema
