"""What a visitor of Explore has chosen, and what follows from it. No screen here: every part is tested without a browser."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

import param

from fairshare import __version__
from fairshare.areas import Area, areas, find_area
from fairshare.faults import Fault
from fairshare.law import law_in_force
from fairshare.parameters import YEARS
from fairshare.reading import LARGEST_FILE, parse
from fairshare.scenario import Scenario, catalogue, read_scenario, scenario_from, with_value

from .link import Choices, digest, read_token, token
from .numbers import Number, in_the_laws_units, numbers_of

LOG = logging.getLogger("fairshare.explore")
OWN = "own"
"""The choice that stands for a scenario of one's own."""
FLAGSHIP = "wealth/two_percent_above_ten_million"


class Request(NamedTuple):
    """All that an answer depends on, beside the population and the version: what is remembered is kept under this."""

    scenario: str
    """The scenario as one line of JSON that does not depend on its layout."""
    year: str
    area: str


class Explore(param.Parameterized):
    """One visitor's choices. Every method either makes one whole change or raises Fault and leaves all as it was."""

    scenario = param.ClassSelector(class_=Scenario, doc="The scenario as the visitor has changed it.")
    original = param.ClassSelector(class_=Scenario, doc="The same as it was read.")
    own = param.ClassSelector(class_=Scenario, doc="The scenario that the visitor brought, if any.")
    year = param.String(doc="Fiscal year of the law and of the population.")
    area = param.String("", doc="GSS code of a council, or empty for the whole country.")

    def __init__(self, years: tuple[str, ...] = YEARS, first: str | None = None, **params: Any) -> None:
        super().__init__(**params)
        self.years = years
        names = catalogue()
        if not names and first is None:
            raise Fault("There are no scenarios to choose from; install fairshare again.")
        self.choose(first or (FLAGSHIP if FLAGSHIP in names else names[0]))

    # ---- what the visitor does -------------------------------------------------------------------------------------

    def choose(self, name: str) -> None:
        """Take a scenario of the catalogue, or go back to one's own."""
        if name == OWN:
            if self.own is None:
                raise Fault("There is no scenario of your own yet; upload a YAML file first.")
            self._take(self.own)
            return
        if name not in catalogue():
            raise Fault(f'There is no scenario "{name}"; choose one from the list.')
        self._take(read_scenario(name))

    def upload(self, text: str, file: str, size: int = 0, readable: bool = True) -> None:
        """Take a scenario of one's own, from the text of a YAML file."""
        file = plain_name(file)
        if max(size, len(text)) > LARGEST_FILE:
            raise Fault(f"{file} is larger than 1 MB, so it cannot be a scenario; check that it is the right file.")
        if not readable:
            raise Fault(f"{file} is not UTF-8 text; save it as a YAML file in UTF-8.")
        made = scenario_from(parse(text, file), file)
        self._take(made)
        self.own = made

    def move(self, number_id: str, shown: Any) -> None:
        """Set one number, given as it is shown (per cent for shares, true or false for a switch)."""
        number = self._number(number_id)
        try:
            value = float(shown)
        except (TypeError, ValueError):
            raise Fault(f"{number.label}: give a number, such as {number.value:g}.") from None
        if not -1e15 < value < 1e15:
            raise Fault(f"{number.label}: {shown} is not a number that can be used; give one such as {number.value:g}.")
        held = in_the_laws_units(number, value)
        try:
            self.scenario = with_value(self.scenario, number.id, int(held) if held.is_integer() else held)
        except Fault as fault:
            raise Fault(f"{number.label}: {without_place(str(fault), number.id)}") from None

    def put_back(self) -> None:
        """Every number as the scenario had it."""
        self.scenario = self.original

    def choose_year(self, year: str) -> None:
        if year not in self.years:
            raise Fault(f'"{year}" is not a year that can be chosen; choose one from the list.')
        self.year = year

    def choose_area(self, code: str) -> None:
        """A council by GSS code or name, or the whole country where empty."""
        self.area = find_area(code).code if code else ""

    # ---- what follows ----------------------------------------------------------------------------------------------

    @property
    def choice(self) -> str:
        """What the list of scenarios shows as chosen."""
        return OWN if self.own is not None and self.original is self.own else self.original.name

    @property
    def numbers(self) -> tuple[Number, ...]:
        return numbers_of(self.scenario.document.data, law_in_force(self.year))

    @property
    def changed(self) -> bool:
        """Whether a number stands elsewhere than the scenario put it."""
        return self.scenario.canonical != self.original.canonical

    @property
    def place(self) -> Area | None:
        return find_area(self.area) if self.area else None

    @property
    def request(self) -> Request:
        return Request(self.scenario.canonical, self.year, self.area)

    def link(self, population: str) -> str:
        """The token that brings back exactly this result. Raises Fault where the scenario is too long for one."""
        text = self.original.text if self.choice == OWN else ""
        name = "" if text else self.original.name
        made_from = digest(self.original.document.data)
        return token(Choices(__version__, population, name, made_from, self.year, self.area, _held(self.scenario), text))

    def open(self, made: str, population: str) -> list[str]:
        """Take every choice from a token. Gives sentences on what differs from when the link was made."""
        choices = read_token(made)
        changed = []
        original = scenario_from(parse(choices.text, "linked.yaml"), "linked.yaml") if choices.text else self._linked(choices.scenario)
        scenario = original
        held = _held(original)
        for path, value in choices.numbers.items():
            if path in held and held[path] != value:
                scenario = with_value(scenario, path, value)
        if set(choices.numbers) != set(held) or digest(original.document.data) != choices.digest:
            changed.append("The scenario itself has changed since this link was made, so the result may differ.")
        if choices.year not in self.years:
            raise Fault(f'This link is for the year "{choices.year}", which cannot be chosen here; ask for a new link.')
        area = find_area(choices.area).code if choices.area else ""
        if choices.model != __version__:
            changed.append(
                f"This link was made with version {choices.model} of the model and this is {__version__}, so figures may differ."
            )
        if choices.population != population:
            changed.append("This link was made with another population, so figures will differ.")
        self.param.update(original=original, scenario=scenario, year=choices.year, area=area, own=original if choices.text else self.own)
        return changed

    # ---- within ----------------------------------------------------------------------------------------------------

    def _linked(self, name: str) -> Scenario:
        if name not in catalogue():
            raise Fault(f'This link is for the scenario "{name}", which is not here; choose one from the list.')
        return read_scenario(name)

    def _take(self, scenario: Scenario) -> None:
        usable = [each for each in self.years if each >= scenario.from_year]
        if not usable:
            raise Fault(f"{scenario.title} begins in {scenario.from_year}, after the last year that can be shown ({self.years[-1]}).")
        year = self.year if self.year in usable else usable[0]
        self.param.update(original=scenario, scenario=scenario, year=year)

    def _number(self, number_id: str) -> Number:
        for number in self.numbers:
            if number.id == number_id:
                return number
        raise Fault("That number does not belong to the scenario chosen now; choose the scenario again.")


def _held(scenario: Scenario) -> dict[str, float]:
    """Every number that can be moved, by its id, as the scenario holds it."""
    found = {}
    for number in numbers_of(scenario.document.data, law_in_force(scenario.from_year)):
        node: Any = scenario.document.data
        for part in number.path:
            node = node[part]
        found[number.id] = node
    return found


def plain_name(file: str) -> str:
    """A file's name without its folders, and no longer than a sentence can bear."""
    return file.replace("\\", "/").rsplit("/", 1)[-1][:80] or "The file"


def without_place(sentence: str, number_id: str) -> str:
    """A fault of the reader's, without the file and line that a person who moved a slider never saw."""
    told = sentence.split(": ", 1)[-1] if ", line " in sentence.split(": ", 1)[0] else sentence
    name = number_id.removeprefix("law.")
    return told.removeprefix(f"{name}: ").removeprefix(f"law.{name}: ")


class Council(NamedTuple):
    code: str
    name: str


def councils_by_region() -> dict[str, list[Council]]:
    """Every council area under the name of its region, both in order of the alphabet."""
    from fairshare.quantities import REGION_NAMES

    found: dict[str, list[Council]] = {name: [] for name in REGION_NAMES.values()}
    for area in sorted(areas(), key=lambda each: each.name):
        found[REGION_NAMES[area.region]].append(Council(area.code, area.name))
    return found


def titles() -> dict[str, list[tuple[str, str]]]:
    """The catalogue's scenarios, (name, title), under their folder's name in words. One that cannot be read is left out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in catalogue():
        try:
            title = read_scenario(name).title
        except Fault as fault:
            LOG.warning("left out of the list: %s", fault)
            continue
        group = name.split("/", 1)[0].replace("_", " ").capitalize()
        found.setdefault(group, []).append((name, title))
    return found
