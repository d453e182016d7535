"""Explore: choose a proposal, move its numbers, and see at once who gains, who pays more, what it costs, and how sure we are."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Generic, TypeVar

import holoviews as hv
import hvplot.pandas  # noqa: F401  (gives frames their hvplot)
import panel as pn
from markupsafe import Markup

from fairshare import __version__, results
from fairshare.faults import Fault
from fairshare.parameters import YEARS
from fairshare.population import uprating
from fairshare.population.records import Population
from fairshare.report.live import Live
from fairshare.scenario import Scenario
from fairshare.solve import solve

from . import explore_answer as answers
from . import uses
from .explore_state import Explore, Request, councils_by_region, titles
from .frame import CHART, Connection, Link, Message, asked, page, pieces, served

Thing = TypeVar("Thing")
LOG = logging.getLogger("fairshare.explore")
ANSWERS, MOVED = 64, 3
"""How many answers, and how many years' people, are kept."""
WORKERS = 2
LONGEST_TO_SHOW = 1.0
"""Seconds that the ranges wait for the finding to be shown."""
FIRST_SEED = 1
TOKEN = "see"
TITLE = "fairshare"
FIRST_CHART_TITLE = "Who gains, and who pays more or gets less, by income"
READY, WORKING, RANGES = "Up to date", "Working out the answer", "Working out how sure we are"
SECOND, LOOKING = "Working out the second proposal", "Looking for the number at which it balances"
BALANCE = "net_revenue = 0"
READY_STATE = {"text": READY, "busy": False}
OWN_FAULT = "The model could not work this out. It is our fault, not yours; the details are in the terminal that runs fairshare."


class Latest(Generic[Thing]):
    """The latest things by key, bounded, each made once though many ask for it at the same time."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Any, Thing] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Any) -> Thing | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Any, thing: Thing) -> Thing:
        with self._lock:
            kept = self._kept.setdefault(key, thing)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return kept


class Shared:
    """What every visitor shares, read-only: the people, in the money of each year, and the latest answers.

    Answers are plain tables and sentences, never what is drawn, kept under the people, the version and the whole request.
    """

    def __init__(self, people: Population) -> None:
        self.people = people
        self.years = tuple(year for year in uprating.years() if year in YEARS and year >= people.year)
        self.workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="explore")
        self._answers: Latest[answers.Answer] = Latest(ANSWERS)
        self._moved: Latest[Population] = Latest(MOVED)

    def in_year(self, year: str) -> Population:
        """The people in the money of a year."""
        if year == self.people.year:
            return self.people
        return self._moved.get(year) or self._moved.keep(year, uprating.uprate(self.people, year))

    def answer(self, request: Request) -> answers.Answer | None:
        return self._answers.get((self.people.id, __version__, request))

    def keep(self, request: Request, answer: answers.Answer) -> None:
        self._answers.keep((self.people.id, __version__, request), answer)


_shared: list[Shared] = []
_preparing = threading.Lock()


def shared() -> Shared:
    """What `prepare` made ready."""
    if not _shared:
        prepare()
    return _shared[0]


def prepare(population: Any = None, tell: Callable[[str], None] = lambda step: None) -> None:
    """Read the population and work one whole answer, so that the first visitor does not wait for the compiler."""
    with _preparing:
        hv.extension("bokeh", logo=False)
        pn.extension(loading_indicator=False, notifications=False)
        made = Shared(population if isinstance(population, Population) else _read(population, tell))
        tell("Compiling the law and working the first answer; the first time this takes up to a minute")
        state = Explore(made.years)
        made.keep(state.request, answers.whole(answers.run(state.scenario, made.in_year(state.year), state.year, state.place)))
        tell("Drawing the first page")
        _shared[:] = [made]
        Visit(made, {}).page()


def _read(population: str | None, tell: Callable[[str], None]) -> Population:
    """The people by name or path, or the default ones, which are made from published figures on first use."""
    said: list[str] = []

    def progress(what: str, part: float) -> None:
        if what not in said:
            said.append(what)
            tell(f"Making the population, {part:.0%}: {what}")

    tell("Reading the population")
    return results.people(population, FIRST_SEED, progress)


def serve(port: int, host: str, show: bool, origins: tuple[str, ...]) -> None:
    """Serve the page until stopped."""
    server(port, host, show, origins).io_loop.start()


def server(port: int, host: str = "127.0.0.1", show: bool = False, origins: tuple[str, ...] = (), threaded: bool = False) -> Any:
    """A server that waits for its loop to be started, or, `threaded`, one that runs in a thread of its own until `stop`."""
    return served(_visit, TITLE, port, host, show, origins, threaded)


def _visit() -> pn.Template:
    return Visit(shared(), asked()).page()


# ---- one visitor ---------------------------------------------------------------------------------------------------


class Visit:
    """One visitor's page: passes on what they do, and shows what comes of it."""

    def __init__(self, common: Shared, asked: dict[str, str]) -> None:
        self.common = common
        self.state = Explore(common.years)
        self.notes: list[str] = []
        self.turn = 0
        self.answer: answers.Answer | None = None
        self.other: answers.Answer | None = None
        self.connection = Connection(self.receive)
        self.live = Live(answers.no_chart(), answers.CHART_HEIGHT)
        self.chart = pn.pane.Bokeh(self.live.figure, sizing_mode="stretch_width")
        if TOKEN in asked:
            try:
                self.notes = self.state.open(asked[TOKEN], common.people.id)
            except Fault as fault:
                self.notes = [str(fault)]
        self.document: Any = None

    # ---- the page as it is first sent ------------------------------------------------------------------------------

    def page(self) -> pn.Template:
        """The whole page, with its answer where that is remembered."""
        macros = pieces("explore.html")
        known = self.common.answer(self.state.request)
        second = self.state.second_request
        if known and second is not None:
            self.other = self.common.answer(second)
            known = known if self.other else None
        self.document = pn.state.curdoc
        filled = defaultdict(str, self._filled(known, self.other) if known else {"chart-title": FIRST_CHART_TITLE})
        if known:
            self.answer = known
            self._draw(known)
        main = macros.page(
            self.state,
            titles(),
            uses.menu(),
            councils_by_region(),
            filled,
            _notes(self.notes),
            self._link() if known else "",
            READY if known else WORKING,
        )
        if self.document is not None:
            self.document.on_session_destroyed(self._gone)
            if known is None:
                pn.state.onload(self.work)
        nav = (Link("Explore", "./", here=True),)
        return page(self._title(), main, answers.foot(self.common.people), nav, self.connection, self.chart, styles=("still.css",))

    def _title(self) -> str:
        return f"{self.state.scenario.title} \u2013 {TITLE}"

    def _link(self) -> str:
        try:
            return self.state.link(self.common.people.id)
        except Fault:
            return ""

    def _gone(self, context: Any) -> None:
        self.turn += 1
        self.document = None

    # ---- what the visitor does -------------------------------------------------------------------------------------

    def receive(self, message: Message) -> None:
        """One thing that the visitor did. What cannot be done is told beside where it was asked for."""
        what, where, value = str(message.get("do", "")), str(message.get("id", "")), message.get("value")
        try:
            if what == "save":
                self._save(where)
                return
            if what == "solve":
                self._solve(str(value))
                return
            if not self._choose(what, where, value, message):
                return
        except Fault as fault:
            self.connection.tell(wrong={self._beside_what(what, where): str(fault)}, said=str(fault), done="refused")
            return
        self._show_choices(what)
        self.work()

    def _choose(self, what: str, where: str, value: Any, message: Message) -> bool:
        """Make the change that the visitor asked for; whether there was one to make."""
        state = self.state
        ways: dict[str, Callable[[], None]] = {
            "move": lambda: state.move(where, value),
            "back": state.put_back,
            "scenario": lambda: state.choose(str(value)),
            "year": lambda: state.choose_year(str(value)),
            "area": lambda: state.choose_area(str(value)),
            "use-add": lambda: state.add_use(str(value)),
            "use-out": lambda: state.remove_use(where),
            "use-rest": lambda: state.take_the_rest(where),
            "use-part": lambda: state.take_a_part(where, self._part(where)),
            "beside": lambda: state.choose_beside(str(value)),
            "keep": state.keep,
            "write": lambda: state.write(str(value)),
            "upload": lambda: state.upload(
                str(value), str(message.get("name", "")), int(message.get("size") or 0), not message.get("unreadable")
            ),
        }
        if what in ways:
            ways[what]()
        return what in ways

    def _part(self, position: str) -> float:
        """The part of the money raised that a use takes now."""
        balance = self.answer.balance if self.answer is not None else None
        if balance is None or balance.raised <= 0 or not position.isdigit() or int(position) >= len(balance.spent):
            return uses.FIRST_PART
        return balance.spent[int(position)] / balance.raised

    def _beside_what(self, what: str, where: str) -> str:
        """The field that a fault is told beside."""
        return "new-use" if what.startswith("use-") else "beside" if what == "keep" else where

    def _show_choices(self, what: str) -> None:
        """What a choice changes among the other choices."""
        macros = pieces("explore.html")
        put: dict[str, str] = {}
        known = self._amounts()
        if what in ("scenario", "upload", "write"):
            put |= {"choice": str(macros.choice(self.state, titles())), "year": str(macros.years(self.state))}
        if what in ("scenario", "upload", "write", "year", "back"):
            put["numbers"] = str(macros.numbers(self.state))
        if what in ("scenario", "upload", "write", "year", "back") or what.startswith("use-"):
            put["uses"] = str(macros.uses(self.state, uses.menu(), known))
        if what not in ("move", "area"):
            put["compare"] = str(macros.compare(self.state, titles()))
        self.notes = []
        numbers = {number.id: number.value if not number.switch else bool(number.value) for number in self.state.numbers}
        self.connection.tell(
            put={**put, "notes": ""},
            set={**numbers, "yaml": self.state.scenario.text, "area": self.state.area},
            wrong={},
            title=self._title(),
            state={"text": WORKING, "busy": True},
        )

    def _amounts(self) -> defaultdict[str, str]:
        """What each use takes, where the answer shown is of the proposal as it stands."""
        known = self.common.answer(self.state.request)
        return defaultdict(str, answers.amounts(known) if known else {})

    def _solve(self, number: str) -> None:
        """Look for the value of a number at which the proposal balances, and move it there."""
        state = self.state
        if number not in {each.id for each in state.numbers}:
            raise Fault("Choose the number to look for first.")
        self.turn += 1
        self.connection.tell(wrong={}, state={"text": LOOKING, "busy": True}, said=f"{LOOKING}.")
        self.common.workers.submit(self._look, self.turn, number, state.scenario, state.year)

    def _look(self, turn: int, number: str, scenario: Scenario, year: str) -> None:
        """On a worker's thread: the search, which works the proposal some ten to thirty times."""
        try:
            found = solve(scenario, self.common.in_year(year), year, vary=number, until=BALANCE)
            self._later(self._found, turn, number, found.value)
        except Fault as fault:
            self._later(self._not_found, turn, str(fault))
        except Exception:
            LOG.exception("No value of %s found", number)
            self._later(self._not_found, turn, OWN_FAULT)

    def _found(self, turn: int, number: str, value: float) -> None:
        if turn != self.turn:
            return
        self.receive({"do": "move", "id": number, "value": self.state.as_shown(number, value)})

    def _not_found(self, turn: int, sentence: str) -> None:
        if turn == self.turn:
            self.connection.tell(wrong={"solve": sentence}, said=sentence, state=READY_STATE, done="refused")

    def _save(self, what: str) -> None:
        if self.answer is None:
            raise Fault("There is no answer to download yet; wait until it is worked out.")
        name, kind, text = answers.file(self.answer, what, self.state.scenario, self.state.changed, self.other)
        self.connection.tell(save={"name": name, "kind": kind, "text": text})

    # ---- the answer ------------------------------------------------------------------------------------------------

    def work(self) -> None:
        """Start on the answer to what is chosen now; whatever was asked before is dropped."""
        self.turn += 1
        state, request, second = self.state, self.state.request, self.state.second_request
        known, other = self.common.answer(request), None if second is None else self.common.answer(second)
        if known is not None and (second is None or other is not None):
            self._show(self.turn, known, other)
            return
        self.common.workers.submit(self._work, self.turn, request, state.scenario, second, state.second, state.year, state.place)

    def _work(
        self, turn: int, request: Request, scenario: Scenario, beside: Request | None, second: Scenario | None, year: str, place: Any
    ) -> None:
        """On a worker's thread: the finding first, then how sure it is, then what stands beside it."""
        try:
            if turn != self.turn:
                return
            answer = self.common.answer(request) or self._worked(turn, request, scenario, year, place)
            if answer is None or turn != self.turn:
                return
            if beside is None or second is None:
                self._later(self._show, turn, answer)
                return
            self._later(self._show, turn, answer)
            other = self.common.answer(beside)
            if other is None:
                other = answers.whole(answers.run(second, self.common.in_year(year), year, place))
                self.common.keep(beside, other)
            self._later(self._show, turn, answer, other)
        except Fault as fault:
            self._later(self._refuse, turn, str(fault))
        except Exception:
            LOG.exception("No answer to %s", request)
            self._later(self._refuse, turn, OWN_FAULT)

    def _worked(self, turn: int, request: Request, scenario: Scenario, year: str, place: Any) -> answers.Answer | None:
        """The whole answer, its finding shown on the way; None where something else was asked meanwhile."""
        run = answers.run(scenario, self.common.in_year(year), year, place)
        if turn != self.turn:
            return None
        shown = threading.Event()
        self._later(self._show, turn, answers.finding(run), None, shown)
        shown.wait(LONGEST_TO_SHOW)  # the finding is on its way before the ranges take the processor
        if turn != self.turn:
            return None
        whole = answers.whole(run)
        self.common.keep(request, whole)
        return whole

    def _later(self, do: Callable[..., None], *given: Any) -> None:
        document = self.document
        if document is not None:
            document.add_next_tick_callback(partial(do, *given))

    def _show(self, turn: int, answer: answers.Answer, other: answers.Answer | None = None, shown: threading.Event | None = None) -> None:
        """Put an answer on the page: its words and tables, then its chart. It is announced once, when it is first there."""
        try:
            if turn == self.turn:
                self._put(answer, other)
        finally:
            if shown is not None:
                shown.set()

    def _put(self, answer: answers.Answer, other: answers.Answer | None) -> None:
        before, self.answer = self.answer, answer
        before_other, self.other = self.other, other
        news = before is None or (answer.id, answer.about) != (before.id, before.about) or not answer.complete
        waiting = answer.complete and other is None and self.state.second_request is not None
        state = {"text": RANGES, "busy": True} if not answer.complete else {"text": SECOND, "busy": True} if waiting else READY_STATE
        told: dict[str, Any] = {
            "put": self._filled(answer, other),
            "state": state,
            "link": self._link(),
            "done": "finding" if not answer.complete else "first" if waiting else "whole",
        }
        if news:
            told["said"] = f"Results updated. {answer.headline}" + ("" if answer.complete else f" {RANGES}.")
        elif other is not None and other is not before_other:
            told["said"] = f"{other.title} stands beside it now."
        self.connection.tell(**told)
        self._draw(answer)

    def _draw(self, answer: answers.Answer) -> None:
        """New numbers go into the figure that stands; other labels (tenths or fifths) need another."""
        if answer.chart.labels != self.live.labels:
            self.live = Live(answer.chart, answers.CHART_HEIGHT)
            self.chart.object = self.live.figure
        else:
            self.live.show(answer.chart)

    def _filled(self, answer: answers.Answer, other: answers.Answer | None) -> dict[str, str]:
        macros = pieces("explore.html")
        html = answers.html(answer, macros, self.state.scenario, self.state.changed)
        if other is not None or self.state.second_request is None:
            html["comparison"] = answers.compared(answer, other, macros) if other is not None else Markup("")
        return {name: str(text).strip() for name, text in html.items()}

    def _refuse(self, turn: int, sentence: str) -> None:
        if turn == self.turn:
            self.connection.tell(
                put={"notes": str(_notes([sentence]))}, said=sentence, state={"text": "No answer to this", "busy": False}, done="refused"
            )


def _notes(sentences: list[str]) -> Markup:
    return Markup("").join(Markup('<p class="wrong">{}</p>').format(sentence) for sentence in sentences)


__all__ = ["CHART", "Visit", "prepare", "serve", "server"]
