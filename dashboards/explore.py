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
from fairshare.scenario import Scenario

from . import explore_answer as answers
from .explore_state import Explore, Request, councils_by_region, titles
from .frame import CHART, Connection, Link, Message, page, pieces

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
    return pn.serve(
        _visit,
        port=port,
        address=host,
        show=show,
        start=threaded,
        threaded=threaded,
        verbose=False,
        title=TITLE,
        websocket_origin=list(origins) or None,
        location=False,
    )


def _visit() -> pn.Template:
    asked = {name: values[0].decode("utf-8", "replace") for name, values in pn.state.session_args.items() if values}
    return Visit(shared(), asked).page()


# ---- one visitor ---------------------------------------------------------------------------------------------------


class Visit:
    """One visitor's page: passes on what they do, and shows what comes of it."""

    def __init__(self, common: Shared, asked: dict[str, str]) -> None:
        self.common = common
        self.state = Explore(common.years)
        self.notes: list[str] = []
        self.turn = 0
        self.answer: answers.Answer | None = None
        self.connection = Connection(self.receive)
        self.pipe = hv.streams.Pipe(data=answers.no_chart())
        self.chart = pn.pane.HoloViews(self._figure(), sizing_mode="stretch_width", linked_axes=False)
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
        self.document = pn.state.curdoc
        filled = defaultdict(str, self._filled(known) if known else {"chart-title": FIRST_CHART_TITLE})
        if known:
            self.answer = known
            self._draw(known)
        main = macros.page(
            self.state,
            titles(),
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
        return page(self._title(), main, answers.foot(self.common.people), (Link("Explore", "./", here=True),), self.connection, self.chart)

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
            if what == "move":
                self.state.move(where, value)
            elif what == "back":
                self.state.put_back()
            elif what == "scenario":
                self.state.choose(str(value))
            elif what == "year":
                self.state.choose_year(str(value))
            elif what == "area":
                self.state.choose_area(str(value))
            elif what == "upload":
                self.state.upload(str(value), str(message.get("name", "")), int(message.get("size") or 0), not message.get("unreadable"))
            elif what == "save":
                self._save(where)
                return
            else:
                return
        except Fault as fault:
            self.connection.tell(wrong={where: str(fault)}, said=str(fault), done="refused")
            return
        self._show_choices(what)
        self.work()

    def _show_choices(self, what: str) -> None:
        """What a choice changes among the other choices."""
        macros = pieces("explore.html")
        put: dict[str, str] = {}
        if what in ("scenario", "upload"):
            put |= {
                "choice": str(macros.choice(self.state, titles())),
                "numbers": str(macros.numbers(self.state)),
                "year": str(macros.years(self.state)),
            }
        if what == "year":
            put["numbers"] = str(macros.numbers(self.state))
        self.notes = []
        self.connection.tell(
            put={**put, "notes": ""},
            set={number.id: number.value if not number.switch else bool(number.value) for number in self.state.numbers},
            wrong={},
            title=self._title(),
            state={"text": WORKING, "busy": True},
        )

    def _save(self, what: str) -> None:
        if self.answer is None:
            raise Fault("There is no answer to download yet; wait until it is worked out.")
        name, kind, text = answers.file(self.answer, what, self.state.scenario, self.state.changed)
        self.connection.tell(save={"name": name, "kind": kind, "text": text})

    # ---- the answer ------------------------------------------------------------------------------------------------

    def work(self) -> None:
        """Start on the answer to what is chosen now; whatever was asked before is dropped."""
        self.turn += 1
        request = self.state.request
        known = self.common.answer(request)
        if known is not None:
            self._show(self.turn, known)
            return
        self.common.workers.submit(self._work, self.turn, request, self.state.scenario, self.state.year, self.state.place)

    def _work(self, turn: int, request: Request, scenario: Scenario, year: str, place: Any) -> None:
        """On a worker's thread: the finding first, then how sure it is."""
        try:
            if turn != self.turn:
                return
            run = answers.run(scenario, self.common.in_year(year), year, place)
            if turn != self.turn:
                return
            shown = threading.Event()
            self._later(self._show, turn, answers.finding(run), shown)
            shown.wait(LONGEST_TO_SHOW)  # the finding is on its way before the ranges take the processor
            if turn != self.turn:
                return
            whole = answers.whole(run)
            self.common.keep(request, whole)
            self._later(self._show, turn, whole)
        except Fault as fault:
            self._later(self._refuse, turn, str(fault))
        except Exception:
            LOG.exception("No answer to %s", request)
            self._later(self._refuse, turn, OWN_FAULT)

    def _later(self, do: Callable[..., None], *given: Any) -> None:
        document = self.document
        if document is not None:
            document.add_next_tick_callback(partial(do, *given))

    def _show(self, turn: int, answer: answers.Answer, shown: threading.Event | None = None) -> None:
        """Put an answer on the page: its words and tables, then its chart. It is announced once, when it is first there."""
        try:
            if turn == self.turn:
                self._put(answer)
        finally:
            if shown is not None:
                shown.set()

    def _put(self, answer: answers.Answer) -> None:
        before, self.answer = self.answer, answer
        news = before is None or (answer.id, answer.about) != (before.id, before.about) or not answer.complete
        told: dict[str, Any] = {
            "put": self._filled(answer),
            "state": {"text": READY, "busy": False} if answer.complete else {"text": RANGES, "busy": True},
            "link": self._link(),
            "done": "whole" if answer.complete else "finding",
        }
        if news:
            told["said"] = f"Results updated. {answer.headline}" + ("" if answer.complete else f" {RANGES}.")
        self.connection.tell(**told)
        self._draw(answer)

    def _figure(self) -> hv.DynamicMap:
        return hv.DynamicMap(answers.drawn, streams=[self.pipe])

    def _draw(self, answer: answers.Answer) -> None:
        """New numbers go into the figure that stands; other labels (tenths or fifths) need another."""
        before = self.pipe.data
        if answer.chart.labels != before.labels:
            self.pipe = hv.streams.Pipe(data=answer.chart)
            self.chart.object = self._figure()
        elif answer.chart != before:
            self.pipe.send(answer.chart)

    def _filled(self, answer: answers.Answer) -> dict[str, str]:
        macros = pieces("explore.html")
        return {name: str(html).strip() for name, html in answers.html(answer, macros, self.state.scenario, self.state.changed).items()}

    def _refuse(self, turn: int, sentence: str) -> None:
        if turn == self.turn:
            self.connection.tell(
                put={"notes": str(_notes([sentence]))}, said=sentence, state={"text": "No answer to this", "busy": False}, done="refused"
            )


def _notes(sentences: list[str]) -> Markup:
    return Markup("").join(Markup('<p class="wrong">{}</p>').format(sentence) for sentence in sentences)


__all__ = ["CHART", "Visit", "prepare", "serve", "server"]
