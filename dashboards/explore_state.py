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

from . import uses
from .link import Choices, Proposal, digest, read_token, token
from .numbers import Number, as_shown, in_the_laws_units, numbers_of

LOG = logging.getLogger("fairshare.explore")
OWN = "own"
"""The choice that stands for a scenario of one's own."""
PUBLISHED, KEPT = "published", "kept"
"""What may stand beside a proposal, beside those of the catalogue: itself before it was changed, and one that the visitor kept."""
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
    kept = param.ClassSelector(class_=Scenario, doc="The scenario that the visitor kept to compare others with, if any.")
    beside = param.String("", doc="What stands beside the scenario: nothing, PUBLISHED, KEPT, or a catalogue name.")

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
        self.write(text, file)

    def write(self, text: str, file: str = "Your text") -> None:
        """Take a scenario of one's own, from its YAML as it was typed."""
        if len(text) > LARGEST_FILE:
            raise Fault(f"{file} is longer than 1 MB, so it cannot be a scenario; make it shorter.")
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

    def as_shown(self, number_id: str, held: float) -> float:
        """How a value that the scenario would hold for a number is shown, to six figures."""
        return float(f"{as_shown(self._number(number_id), held):.6g}")

    def put_back(self) -> None:
        """Every number, and every use of the money, as the scenario had it."""
        self.scenario = self.original

    def add_use(self, id: str) -> None:
        """One more use of the money (or one more way to raise it), by its id in `uses.menu`."""
        self.scenario = uses.added(self.scenario, id)

    def remove_use(self, position: str) -> None:
        self.scenario = uses.removed(self.scenario, self._position(position))

    def take_the_rest(self, position: str) -> None:
        """Let one use take whatever the others leave, so that nothing is left over."""
        self.scenario = uses.with_the_rest(self.scenario, self._position(position))

    def take_a_part(self, position: str, part: float) -> None:
        """Let a use take a stated part of the money raised (0 to 1), in place of what is left."""
        self.scenario = uses.with_part(self.scenario, self._position(position), part)

    def keep(self) -> None:
        """Keep the scenario as it stands now, to compare others with it."""
        self.param.update(kept=self.scenario, beside=KEPT)

    def choose_beside(self, name: str) -> None:
        """What is set beside the scenario; nothing where empty."""
        if name == KEPT and self.kept is None:
            raise Fault("You have kept no proposal yet; keep one first.")
        if name not in ("", PUBLISHED, KEPT, *catalogue()):
            raise Fault(f'There is no scenario "{name}" to compare with; choose one from the list.')
        self.beside = name

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
    def uses_changed(self) -> bool:
        """Whether the uses of the money are other than the scenario's own, apart from their numbers."""
        return uses.shape(self.scenario) != uses.shape(self.original)

    @property
    def second(self) -> Scenario | None:
        """The scenario that stands beside the first, if any."""
        if not self.beside:
            return None
        if self.beside in (PUBLISHED, KEPT):
            return self.original if self.beside == PUBLISHED else self.kept
        return read_scenario(self.beside)

    @property
    def place(self) -> Area | None:
        return find_area(self.area) if self.area else None

    @property
    def request(self) -> Request:
        return Request(self.scenario.canonical, self.year, self.area)

    @property
    def second_request(self) -> Request | None:
        second = self.second
        return None if second is None else Request(second.canonical, self.year, self.area)

    def link(self, population: str) -> str:
        """The token that brings back exactly this result. Raises Fault where the scenario is too long for one."""
        first = _proposal(self.scenario, self.original, self.choice == OWN)
        second = None
        if self.beside == PUBLISHED:
            second = _proposal(self.original, self.original, self.choice == OWN)
        elif self.second is not None:
            second = _proposal(self.second, self.second, self.beside == KEPT)
        return token(Choices(__version__, population, self.year, self.area, first, second))

    def open(self, made: str, population: str) -> list[str]:
        """Take every choice from a token. Gives sentences on what differs from when the link was made."""
        choices = read_token(made)
        original, scenario, moved = _reopened(choices.first)
        changed = ["The scenario itself has changed since this link was made, so the result may differ."] if moved else []
        kept, beside = self.kept, ""
        if choices.second is not None:
            published, kept, moved = _reopened(choices.second)
            if moved:
                changed.append("The second scenario has changed since this link was made, so the comparison may differ.")
            if kept.canonical == original.canonical:
                beside = PUBLISHED
            else:
                beside = published.name if choices.second.name and kept.canonical == published.canonical else KEPT
        if choices.year not in self.years:
            raise Fault(f'This link is for the year "{choices.year}", which cannot be chosen here; ask for a new link.')
        area = find_area(choices.area).code if choices.area else ""
        if choices.model != __version__:
            changed.append(
                f"This link was made with version {choices.model} of the model and this is {__version__}, so figures may differ."
            )
        if choices.population != population:
            changed.append("This link was made with another population, so figures will differ.")
        own = original if choices.first.text else self.own
        self.param.update(
            original=original,
            scenario=scenario,
            year=choices.year,
            area=area,
            own=own,
            beside=beside,
            kept=kept if beside == KEPT else self.kept,
        )
        return changed

    # ---- within ----------------------------------------------------------------------------------------------------

    def _position(self, given: str) -> int:
        if not given.isdigit() or int(given) >= len(self.scenario.use):
            raise Fault("That use of the money is not there any more; look at the list again.")
        return int(given)

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


def _proposal(scenario: Scenario, original: Scenario, own: bool) -> Proposal:
    """A scenario as a link carries it: its name or its text, and what was changed of it."""
    name, text = ("", original.text) if own else (original.name, "")
    spent = uses.spent(scenario) if uses.shape(scenario) != uses.shape(original) else {}
    return Proposal(name, digest(original.document.data), spent, _held(scenario), text)


def _reopened(held: Proposal) -> tuple[Scenario, Scenario, bool]:
    """A link's scenario as it was read, the same as it was changed, and whether it has itself changed since the link was made."""
    if held.text:
        original = scenario_from(parse(held.text, "linked.yaml"), "linked.yaml")
    elif held.name not in catalogue():
        raise Fault(f'This link is for the scenario "{held.name}", which is not here; choose one from the list.')
    else:
        original = read_scenario(held.name)
    scenario = uses.with_spent(original, held.spent) if held.spent else original
    known = _held(scenario)
    for path, value in held.numbers.items():
        if path in known and known[path] != value:
            scenario = with_value(scenario, path, value)
    return original, scenario, set(held.numbers) != set(known) or digest(original.document.data) != held.digest


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
