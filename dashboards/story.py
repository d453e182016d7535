"""Story: pick a finding, and take away its chart, its caveat, how we know it, and a sentence to quote."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import panel as pn
import param
from markupsafe import Markup

from fairshare import __version__, results
from fairshare.areas import Area, find_area
from fairshare.faults import Fault
from fairshare.law import Law
from fairshare.population.records import Population
from fairshare.report import charts
from fairshare.run import work
from fairshare.scenario import Scenario

from . import story_answer as answers
from .explore import Latest, Shared
from .explore_answer import foot
from .explore_state import Explore, Request, councils_by_region, titles
from .frame import Connection, Link, Message, asked, page, pieces, served
from .like_mine import Card, LikeMine
from .texts import texts

LOG = logging.getLogger("fairshare.story")
ANSWERS = 64
FIRST_SEED = 1
TOKEN, OF = "see", "~"
"""The link's name in an address; what parts its result from its finding."""
TITLE = "fairshare"
OWN_FAULT = "The model could not work this out. It is our fault, not yours; the details are in the terminal that runs fairshare."


class Story(Explore):
    """One visitor's choices: those of Explore, and which finding is told."""

    finding = param.String("money", doc="The finding that is told.")

    def choose_finding(self, id: str) -> None:
        if id not in answers.FINDINGS:
            raise Fault(f'There is no finding "{id}"; choose one from the list.')
        self.finding = id

    def link(self, population: str) -> str:
        return f"{super().link(population)}{OF}{self.finding}"

    def open(self, made: str, population: str) -> list[str]:
        """Take every choice from a link of this page, or of Explore."""
        of, _, finding = made.partition(OF)
        told = super().open(of, population)
        if finding:
            self.choose_finding(finding)
        return told


class Pictures(NamedTuple):
    """A chart drawn for wide and narrow screens."""

    wide: str
    narrow: str


class Common:
    """What every visitor shares, read-only: the people, the latest answers and the latest pictures. No personal answer is among it."""

    def __init__(self, people: Population) -> None:
        self.model = Shared(people)
        self._told: Latest[answers.Told] = Latest(ANSWERS)
        self._pictures: Latest[Pictures] = Latest(ANSWERS)

    def known(self, request: Request) -> answers.Told | None:
        return self._told.get((self.model.people.id, __version__, request))

    def work(self, request: Request, scenario: Scenario, year: str, place: Area | None, changed: bool) -> answers.Told:
        known = self.known(request)
        if known is not None:
            return known
        made = answers.told(work(scenario, self.model.in_year(year), year, area=place), changed)
        return self._told.keep((self.model.people.id, __version__, request), made)

    def pictures(self, answer: answers.Told, chart: charts.Chart) -> Pictures:
        key = (answer.id, chart.id, chart.source)
        return self._pictures.get(key) or self._pictures.keep(key, Pictures(*answers.pictures(chart)))


_common: list[Common] = []
_preparing = threading.Lock()


def common() -> Common:
    if not _common:
        prepare()
    return _common[0]


def prepare(population: Any = None, tell: Callable[[str], None] = lambda step: None) -> None:
    """Read the population and work one whole answer, so that the first visitor does not wait for the compiler."""
    with _preparing:
        pn.extension(loading_indicator=False, notifications=False)
        tell("Reading the population")
        people = population if isinstance(population, Population) else results.people(population, FIRST_SEED, lambda what, part: None)
        made = Common(people)
        tell("Compiling the law and working the first answer; the first time this takes up to a minute")
        state = Story(made.model.years)
        answer = made.work(state.request, state.scenario, state.year, state.place, state.changed)
        tell("Drawing the first page")
        made.pictures(answer, answer.findings[state.finding].chart)
        LikeMine().card(state.year, None, answer.reform)
        _common[:] = [made]


def serve(port: int, host: str, show: bool, origins: tuple[str, ...]) -> None:
    """Serve the page until stopped."""
    server(port, host, show, origins).io_loop.start()


def server(port: int, host: str = "127.0.0.1", show: bool = False, origins: tuple[str, ...] = (), threaded: bool = False) -> Any:
    """A server that waits for its loop to be started, or, `threaded`, one that runs in a thread of its own until `stop`."""
    return served(_visit, TITLE, port, host, show, origins, threaded)


def _visit() -> pn.Template:
    return Visit(common(), asked()).page()


# ---- one visitor ---------------------------------------------------------------------------------------------------


class Visit:
    """One visitor's page: passes on what they do, and shows what comes of it."""

    def __init__(self, shared: Common, asked: dict[str, str]) -> None:
        self.shared = shared
        self.t = texts("story")
        self.state = Story(shared.model.years)
        self.like = LikeMine()
        self.notes: list[str] = []
        self.turn = 0
        self.answer: answers.Told | None = None
        self.connection = Connection(self.receive)
        self.document: Any = None
        if TOKEN in asked:
            try:
                self.notes = self.state.open(asked[TOKEN], shared.model.people.id)
            except Fault as fault:
                self.notes = [str(fault)]

    def page(self) -> pn.Template:
        self.document = pn.state.curdoc
        self.answer = self.shared.known(self.state.request)
        filled = dict.fromkeys(PLACES, "") | (self._filled(self.answer) if self.answer else {})
        filled["notes"] = str(_notes(self.notes))
        main = pieces("story.html").page(
            self.t,
            self.state,
            titles(),
            councils_by_region(),
            filled,
            self._link() if self.answer else "",
            self.like,
            None,
            self.t["ready"] if self.answer else self.t["working"],
        )
        if self.document is not None:
            self.document.on_session_destroyed(self._gone)
            if self.answer is None:
                pn.state.onload(self.work)
        return page(
            self._title(), main, foot(self.shared.model.people), (Link("Story", "./", here=True),), self.connection, styles=("still.css",)
        )

    def _title(self) -> str:
        return f"{self.state.scenario.title} – {TITLE}"

    def _link(self) -> str:
        try:
            return self.state.link(self.shared.model.people.id)
        except Fault:
            return ""

    def _gone(self, context: Any) -> None:
        """The visit is over: nothing of it stays."""
        self.turn += 1
        self.document = None
        self.like.clear()

    # ---- what the visitor does -------------------------------------------------------------------------------------

    def receive(self, message: Message) -> None:
        """One thing that the visitor did. What cannot be done is told beside where it was asked for."""
        what, where, value = str(message.get("do", "")), str(message.get("id", "")), message.get("value")
        try:
            if what.startswith("mine"):
                self._mine(what, where, value)
                return
            if what == "save":
                self._save(where)
                return
            if what == "finding":
                self.state.choose_finding(str(value))
            elif what == "scenario":
                self.state.choose(str(value))
            elif what == "year":
                self.state.choose_year(str(value))
            elif what == "area":
                self.state.choose_area(str(value))
            else:
                return
        except Fault as fault:
            self.connection.tell(wrong={where: str(fault)}, said=str(fault), done="refused")
            return
        self._show_choices()
        self.work()

    def _show_choices(self) -> None:
        macros = pieces("story.html")
        self.notes = []
        self.connection.tell(
            put={
                "notes": "",
                "scenario-title": str(Markup.escape(self.state.scenario.title)),
                "scenario-because": str(macros.because(self.t, self.state)),
                "year": str(macros.years(self.state)),
            },
            wrong={},
            title=self._title(),
            state={"text": self.t["working"], "busy": True},
        )

    def _save(self, what: str) -> None:
        if self.answer is None:
            raise Fault("There is no answer to download yet; wait until it is worked out.")
        name = self.state.scenario.name.rsplit("/", 1)[-1].removesuffix(".yaml")
        self.connection.tell(save=answers.file(self.answer, self._finding(self.answer), what, name))

    # ---- a household like mine -------------------------------------------------------------------------------------

    def _mine(self, what: str, where: str, value: Any) -> None:
        macros = pieces("like_mine.html")
        if what == "mine-per":
            self.like.choose_period(str(value))
        elif what == "mine-clear":
            self.like.clear()
        else:
            self.like.answer(where.removeprefix("mine-"), value)
        card = self._card()
        put = {"mine": str(macros.like_mine_result(self.like.t, card))}
        if what != "mine":
            put["mine-form"] = str(macros.like_mine_form(self.like, councils_by_region()))
        said = self.like.t["cleared"] if what == "mine-clear" else card.headline if card else ""
        self.connection.tell(put=put, wrong={}, said=said, done="mine")

    def _card(self) -> Card | None:
        if not self.like.given:
            return None
        place = find_area(self.like.answers["council"]) if "council" in self.like.answers else self.state.place
        return self.like.card(self.state.year, place, self._reform(place))

    def _reform(self, place: Area | None) -> Law | None:
        """The proposal's law where this household lives."""
        if self.answer is None or (self.answer.councils and (place is None or place.code not in self.answer.councils)):
            return None
        return self.answer.reform

    # ---- the answer ------------------------------------------------------------------------------------------------

    def work(self) -> None:
        """Start on the answer to what is chosen now; whatever was asked before is dropped."""
        self.turn += 1
        known = self.shared.known(self.state.request)
        if known is not None:
            self._show(self.turn, known)
            return
        state = self.state
        self.shared.model.workers.submit(self._work, self.turn, state.request, state.scenario, state.year, state.place, state.changed)

    def _work(self, turn: int, request: Request, scenario: Scenario, year: str, place: Area | None, changed: bool) -> None:
        """On a worker's thread."""
        try:
            if turn == self.turn:
                self._later(self._show, turn, self.shared.work(request, scenario, year, place, changed))
        except Fault as fault:
            self._later(self._refuse, turn, str(fault))
        except Exception:
            LOG.exception("No answer to %s", request)
            self._later(self._refuse, turn, OWN_FAULT)

    def _later(self, do: Callable[..., None], *given: Any) -> None:
        document = self.document
        if document is not None:
            document.add_next_tick_callback(partial(do, *given))

    def _finding(self, answer: answers.Told) -> answers.Finding:
        """The finding that is told; where it cannot be told here, the first that can."""
        return answer.findings.get(self.state.finding) or next(iter(answer.findings.values()))

    def _show(self, turn: int, answer: answers.Told) -> None:
        if turn != self.turn:
            return
        self.answer = answer
        finding = self._finding(answer)
        filled = self._filled(answer)
        fields = {name: str(Markup(filled.pop(name)).unescape()) for name in ("quote", "embed")}
        if self.like.given:
            filled["mine"] = str(pieces("like_mine.html").like_mine_result(self.like.t, self._card()))
        self.connection.tell(
            put=filled,
            set=fields,
            state={"text": self.t["ready"], "busy": False},
            link=self._link(),
            said=f"{self.t['updated']} {finding.headline}",
            done="whole",
        )

    def _filled(self, answer: answers.Told) -> dict[str, str]:
        """The pieces of the page that an answer fills, as HTML by the id of their place."""
        macros, finding = pieces("story.html"), self._finding(answer)
        drawn = self.shared.pictures(answer, finding.chart)
        made = {
            "about": Markup("{}. {}, {}.").format(answer.title, answer.place, answer.year),
            "headline": Markup.escape(finding.headline),
            "finding-words": macros.said(finding.sentences),
            "picture": macros.picture(self.t, finding, drawn.wide, drawn.narrow, answers.numbers(finding.chart)),
            "quote": Markup.escape(finding.quote),
            "caveats": macros.caveats(finding, answer),
            "know": macros.know(self.t, answer),
            "embed": Markup.escape(answers.embed(answer, finding, drawn.wide)),
        }
        return {name: str(html).strip() for name, html in made.items()}

    def _refuse(self, turn: int, sentence: str) -> None:
        if turn == self.turn:
            self.connection.tell(
                put={"notes": str(_notes([sentence]))}, said=sentence, state={"text": "No answer to this", "busy": False}, done="refused"
            )


PLACES = ("notes", "about", "headline", "finding-words", "picture", "quote", "caveats", "know", "embed")


def _notes(sentences: list[str]) -> Markup:
    return Markup("").join(Markup('<p class="wrong">{}</p>').format(sentence) for sentence in sentences)
