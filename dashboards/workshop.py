"""Workshop: a room, its big screen and its facilitator, on one laptop, with people's own phones on the same network and no accounts."""

from __future__ import annotations

import atexit
import html
import math
import signal
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import panel as pn
from markupsafe import Markup

from fairshare import __version__, results
from fairshare.compiled import cache_folder
from fairshare.faults import Fault
from fairshare.population.records import Population
from fairshare.quantities import MONTHS_IN_YEAR
from fairshare.report.shown import sum_of_money, week
from fairshare.spending.money import Sim, sim, sim_of_the_book, sim_steady_state

from . import workshop_model as model
from .explore_state import councils_by_region
from .frame import Connection, Link, Message, asked, page, pieces, read, served
from .like_mine import LikeMine
from .texts import texts
from .workshop_room import GROUPS, STEPS, WAYS, Room, room_file

FIRST_SEED = 1
TITLE = "fairshare workshop"
GROUP = "see"
"""The group's name in a page's address, so that a phone that was asleep comes back to its group. Nothing else is in it."""
MOST_MONEY = 1e12
ABOUT_THE_SAME = 0.5
"""£ a week within which a tenth's income stays about the same."""
SIM_PERIODS = 8
BILLION, MILLION = 1e9, 1e6
MINUTE = 60
PAUSE_MILLISECONDS = 120
"""For how long the changes of a room are gathered before a page that did not make them is told."""
AWAY_MILLISECONDS = 60_000
"""How long a page may be away before what was said on it is forgotten; it can come back empty as long as the session lasts."""
SESSION_SECONDS = 8 * 60 * 60
TICK_MILLISECONDS = 15_000
"""How often the facilitator's clock is looked at."""
MOST_ON_WALL = 4
"""Choices of one group that the big screen names; a phone names all."""
SIM_LIMITS = {"spending": (1.0, 1000.0), "tax_rate": (1.0, 99.0)}
STYLES = ("still.css", "workshop.css")
PLACES = ("heading", "timing", "task", "balance", "live", "own", "room")


class Common:
    """What every page of a workshop shares: what was prepared, read-only, and the room."""

    def __init__(self, made: model.Prepared, room: Room, address: str = "") -> None:
        self.made, self.room = made, room
        self.address = address
        self.t = texts("workshop")
        self._version = -1
        self._made_once: dict[tuple[str, ...], str] = {}

    def once(self, key: tuple[str, ...], make: Callable[[], str]) -> str:
        """What more than one page shows, made once for as long as nothing in the room changes. Nothing personal comes here."""
        if self._version != self.room.version:
            self._version, self._made_once = self.room.version, {}
        if key not in self._made_once:
            self._made_once[key] = make()
        return self._made_once[key]


_common: list[Common] = []


def common() -> Common:
    if not _common:
        prepare()
    return _common[0]


def prepare(population: Any = None, tell: Callable[[str], None] = lambda step: None, file: Any = None) -> None:
    """Read or work all that the workshop shows, compile what it works in the room, and open an empty room."""
    pn.extension(loading_indicator=False, notifications=False)
    tell("Reading the population")
    people = population if isinstance(population, Population) else results.people(population, FIRST_SEED, lambda what, part: None)
    made = model.prepared(people, tell)
    tell("Compiling the law for a household like mine")
    LikeMine().card(made["year"], None)
    plan = model.plan()
    for each in _common:
        each.room.wipe()
    room = Room(file or room_file(cache_folder()), plan["predict"], plan["budget"])
    atexit.register(room.wipe)
    _common[:] = [Common(made, room)]


def serve(port: int, host: str, show: bool, origins: tuple[str, ...]) -> None:
    """Serve the workshop until stopped; group choices are wiped when it stops, also when its terminal is closed."""
    from fairshare.dashboard import EVERY_ADDRESS, own_address

    shared = common()
    here = f"http://localhost:{port}"
    shared.address = f"http://{own_address()}:{port}/" if host == EVERY_ADDRESS else f"{here}/"
    print(f"Phones:      {shared.address}\nBig screen:  {here}/screen\nFacilitator: {here}/facilitator?key={shared.room.key}", flush=True)
    if host != EVERY_ADDRESS:
        print(f"Phones cannot reach this laptop: start with --host {EVERY_ADDRESS} to let them, or use the cards on paper.", flush=True)
    made = server(port, host, False, origins)
    if show:
        made.io_loop.add_callback(made.show, f"/facilitator?key={shared.room.key}")
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: made.io_loop.add_callback_from_signal(made.io_loop.stop))
    try:
        made.io_loop.start()
    finally:
        shared.room.wipe()


def server(port: int, host: str = "127.0.0.1", show: bool = False, origins: tuple[str, ...] = (), threaded: bool = False) -> Any:
    """A server that waits for its loop to be started, or, `threaded`, one that runs in a thread of its own until `stop`."""
    return served(
        {"/": _participant, "screen": _screen, "facilitator": _facilitator}, TITLE, port, host, show, origins, threaded,
        check_unused_sessions_milliseconds=10_000,
        unused_session_lifetime_milliseconds=AWAY_MILLISECONDS,
        session_token_expiration=SESSION_SECONDS,
    )  # fmt: skip


def _participant() -> pn.Template:
    return Participant(common(), asked().get(GROUP, "")).page()


def _screen() -> pn.Template:
    return Screen(common(), _reached_at()).page()


def _facilitator() -> pn.Template:
    shared = common()
    if not shared.room.is_facilitator(asked().get("key", "")):
        return Stranger(shared).page()
    return Facilitator(shared, _reached_at()).page()


def _reached_at() -> str:
    """The address of the workshop as this visitor reached it; nothing where that is the laptop itself."""
    headers = pn.state.headers
    host = headers.get("Host", "")
    if not host or host.partition(":")[0] in ("localhost", "127.0.0.1"):
        return ""
    return f"{headers.get('X-Forwarded-Proto', 'http')}://{host}/"


# ---- what every page has -------------------------------------------------------------------------------------------


class View:
    """A page that follows the room: when the room changes, its pieces are put anew, and only those that differ."""

    name = ""

    def __init__(self, shared: Common) -> None:
        self.shared, self.room, self.made, self.t = shared, shared.room, shared.made, shared.t
        self.macros = pieces("workshop.html")
        self.connection = Connection(self.receive)
        self.document: Any = None
        self.sent: dict[str, str] = {}
        self.waiting = False
        self.step = self.room.step

    def page(self) -> pn.Template:
        self.document = pn.state.curdoc
        self.sent = self.filled()
        main = self.macros.page(self.name, self.t, self.sent, read("workshop.js"))
        if self.document is not None:
            pn.config.reconnect = True  # for this visit alone
            self.document.add_next_tick_callback(self._bare)
            self.document.on_session_destroyed(self._gone)
            self.room.listeners.add(self._changed)
            self.came()
        foot = Markup("<p>{}</p>").format(self.t["foot"].format(about=self.made["about"], version=__version__))
        nav = (Link(self.t["house"] if self.name == "participant" else self.t.get(self.name, self.name), "#step", here=True),)
        return page(TITLE, main, foot, nav, self.connection, styles=STYLES, skip=self.t["skip"], lost=self.t["lost"])

    def _bare(self) -> None:
        """A page that comes back to a new session would ask another machine for Panel's style sheets, which nothing here uses."""
        for root in self.document.roots if self.document is not None else ():
            root.stylesheets = []

    def came(self) -> None:
        """Somebody opened the page."""

    def left(self) -> None:
        """Somebody closed it: nothing of theirs stays."""

    def _gone(self, context: Any) -> None:
        self.room.listeners.discard(self._changed)
        self.document = None
        self.left()

    def _changed(self) -> None:
        """The room changed: look again soon, once for many changes."""
        document = self.document
        if document is not None and not self.waiting:
            self.waiting = True
            document.add_next_tick_callback(self._look_soon)

    def _look_soon(self) -> None:
        if self.document is not None:
            self.document.add_timeout_callback(self._look, PAUSE_MILLISECONDS)

    def _look(self) -> None:
        self.waiting = False
        if self.document is not None:
            self.show()

    def show(self, **told: Any) -> None:
        """Send what differs from what the page holds."""
        moved = self.step != self.room.step
        if moved:
            self.step = self.room.step
            self.new_step()
        now = self.filled()
        put = {name: piece for name, piece in now.items() if self.sent.get(name) != piece}
        self.sent = now
        if moved:
            told = {"said": html.unescape(self.t["steps"][self.step]["title"]), "done": "step"} | told
        if put or told:
            self.connection.tell(put=put, **told)

    def again(self, group: str) -> None:
        """The page was away, and what it shows may be old: put everything. Its address holds the group that it is in."""
        self.sent = {}
        self.show(done="again")

    def new_step(self) -> None:
        """The room is at another step."""

    def filled(self) -> dict[str, str]:
        """The pieces of the page, as HTML by the id of their place; each kind of page has its own."""
        raise NotImplementedError  # a phone, the big screen and the facilitator each fill their own

    def ended(self) -> dict[str, str]:
        return dict.fromkeys(PLACES, "") | {"heading": self.say("ended")}

    def receive(self, message: Message) -> None:
        what, where, value = str(message.get("do", "")), str(message.get("id", "")), message.get("value")
        if what == "again":
            self.again(where)
            return
        try:
            self.do(what, where, value)
        except Fault as fault:
            self.connection.tell(wrong={where: str(fault)}, said=str(fault), done="refused")

    def do(self, what: str, where: str, value: Any) -> None:
        """One thing that somebody did. Raises Fault where it cannot be done."""

    # ---- pieces that more than one page shows ----------------------------------------------------------------------

    def say(self, macro: str, *given: Any) -> str:
        return str(getattr(self.macros, macro)(self.t, *given)).strip()

    def heading(self) -> str:
        words = self.t["steps"][self.step]
        number = STEPS.index(self.step) + 1
        return self.say("heading", words, self.t["step_of"].format(number=number, count=len(STEPS)), self.name != "participant")

    def results(self) -> str:
        """What the whole room sees of a step: no one person's answers."""
        return self.shared.once(("room", self.step), self._results)

    def _results(self) -> str:
        step, room, made = self.step, self.room, self.made
        if step == "welcome":
            return self.say("counts", room.counts(), GROUPS)
        if step == "place":
            return self.say("guesses", room.guesses("income"), room.guesses("wealth"))
        if step == "predict":
            found = made["predict"][room.reform]
            return self.say("predictions", found, room.predictions(), room.revealed, self._ways(found))
        if step == "budget":
            return self.say("budgets", [self._budget(group, chosen) for group, chosen in sorted(room.chosen("budget").items())])
        if step == "success":
            held = room.chosen("success")
            counted = [(words, sum(id in mine for mine in held.values())) for id, words in self.t["success"]["choices"].items()]
            return self.say("measures", sorted((each for each in counted if each[1]), key=lambda each: -each[1]))
        if step == "household":
            return self.say("examples", examples(self.made, self.t)) + self.say("hundred", made["hundred"])
        return ""

    def _ways(self, found: dict[str, Any]) -> dict[str, str]:
        """More, same or less for the lowest and the highest tenth."""
        return {end: "same" if abs(found[end]) < ABOUT_THE_SAME else "more" if found[end] > 0 else "less" for end in ("low", "high")}

    def _budget(self, group: str, chosen: dict[str, str]) -> dict[str, Any]:
        return {
            "id": group,
            "group": self.t["groups"].get(group, group),
            "state": self.balance_words(chosen),
            "choices": [
                (topic, name, f"{self.t['budget']['topics'][topic]}: {self.t['budget']['choices'][name]}") for topic, name in chosen.items()
            ],
        }

    def balance_words(self, chosen: dict[str, str]) -> str:
        said = self.t["budget"]
        if not chosen:
            return str(said["start"])
        left = model.balance(self.made, chosen)
        if abs(left) <= model.plan()["balanced_within"]:
            return str(said["balanced"])
        return str(said["left" if left > 0 else "short"].format(money=pounds(abs(left), self.t)))


def pounds(value: float, t: dict[str, Any]) -> str:
    """A large sum as the room reads it: '£5.8 billion'."""
    if round(abs(value) / MILLION) >= BILLION / MILLION:
        return str(t["sums"]["billion"].format(number=f"{value / BILLION:,.1f}".removesuffix(".0")))
    return str(t["sums"]["million"].format(number=f"{value / MILLION:,.0f}"))


def examples(made: model.Prepared, t: dict[str, Any]) -> list[list[str]]:
    """What each example household pays and gets, £ a month, a row each."""
    rows = []
    for id, words in t["household"]["short"].items():
        found = made["examples"][id]["flows"]
        amounts = (-found["taxes"], -found["prices"], found["cash"], math.fsum(found["services"].values()))
        rows.append([words, *(pounds_a_month(each) for each in amounts)])
    return rows


def money_moves(given: Sim, t: dict[str, Any]) -> tuple[str, list[str], list[list[str]]]:
    """What becomes of money in the teaching model: in a sentence, and period by period."""
    columns, rest = t["money"]["columns"], sim_steady_state(given)
    rows = [[str(each.period), *(f"{getattr(each, name):.1f}" for name in list(columns)[1:])] for each in sim(given, SIM_PERIODS)]
    rows.append([t["money"]["rest"], *(f"{getattr(rest, name):.1f}" for name in list(columns)[1:])])
    return t["money"]["heading"].format(taxes=f"{rest.taxes:.0f}", money=f"{rest.money_held:.0f}"), list(columns.values()), rows


def pounds_a_month(a_year: float) -> str:
    """'−£102', from £ a year."""
    amount = round(a_year / MONTHS_IN_YEAR)
    return f"{'−' if amount < 0 else ''}£{abs(amount):,}"


# ---- a participant -------------------------------------------------------------------------------------------------


class Participant(View):
    """One person's phone. What they say of themselves lives in this object, for as long as their page is open."""

    name = "participant"

    def __init__(self, shared: Common, group: str = "") -> None:
        super().__init__(shared)
        self.group = group if group in GROUPS else ""
        self._forget()
        self.sim = sim_of_the_book()
        self.example = next(iter(self.made["examples"]))

    def _forget(self) -> None:
        self.like = LikeMine()
        self._own_form = ""
        self.own: dict[str, float] = {}
        self.guess: dict[str, int] = {}

    def came(self) -> None:
        self.room.come(self, self.group)

    def left(self) -> None:
        self._forget()
        self._task, self.sent = None, {}
        self.room.leave(self)

    def filled(self) -> dict[str, str]:
        if self.room.ended:
            return self.ended()
        return {
            "heading": self.heading(),
            "timing": "",
            "task": self.task(),
            "balance": html.escape(self.balance()),
            "live": self.live(),
            "own": self.own_household(),
            "room": self.results(),
        }

    def task(self) -> str:
        """What there is to do: it changes with the step and with the group, so that nobody's typing is disturbed."""
        key = (self.step, self.group, self.room.reform if self.step == "predict" else "")
        held = getattr(self, "_task", None)
        if held is None or held[0] != key:
            self._task = held = (key, self._make_task())
        return str(held[1])

    def _make_task(self) -> str:
        t, made = self.t, self.made
        if self.step == "welcome":
            return self.say("join", GROUPS, self.group)
        if self.step == "place":
            return self.say("place", self.guess, self.own)
        if self.step == "household":
            return self.say("choose_example", self.example)
        if self.step == "predict":
            return self.say("predict", made["predict"][self.room.reform], self.room.predictions().get(self.group, {}), self.group, WAYS)
        if self.step == "budget":
            held = self.room.chosen("budget", self.group).get(self.group, {}) if self.group else {}
            offers = {
                topic: [(name, t["budget"]["choices"][name], self._effect(name)) for name in names]
                for topic, names in self.room.topics.items()
            }
            return self.say("budget", offers, held, self.group)
        if self.step == "money":
            return self.say("money", self.sim)
        if self.step == "success":
            held = self.room.chosen("success", self.group).get(self.group, {}) if self.group else {}
            return self.say("success", held, self.group)
        return ""

    def _effect(self, name: str) -> str:
        money = self.made["choices"][name]["money"]
        return str(self.t["budget"]["raises" if money > 0 else "costs"].format(money=pounds(abs(money), self.t)))

    def own_household(self) -> str:
        """The form of a household like one's own: made once for a step, so that nobody's typing is disturbed."""
        if self.step != "household":
            return ""
        if not self._own_form:
            self._own_form = self.say("own_household", self.like, councils_by_region(), self._card(), self._flows())
        return self._own_form

    def _flows(self) -> str:
        """What a household like one's own pays in prices and gets in services."""
        return self.say("flows", model.flows(self.made, self.like), "mine-flows") if self.like.given else ""

    def live(self) -> str:
        """What follows from what this person, or their group, has chosen."""
        t = self.t
        if self.step == "welcome":
            name = t["groups"].get(self.group, "")
            return self.say("said", [t["welcome"]["joined"].format(group=name)] if self.group else [t["welcome"]["alone"]])
        if self.step == "place":
            return self.say("where", self._where(), self._limits(), self.made)
        if self.step == "household":
            return self.say("example", t["household"]["examples"][self.example], self.made["examples"][self.example])
        if self.step == "budget" and self.group:
            return self.shared.once(("budget", self.group), self._budget_of_the_group)
        if self.step == "money":
            return self._money()
        if self.step == "predict" and self.group and self.room.predictions().get(self.group):
            return self.say("said", [t["predict"]["kept"].format(group=t["groups"][self.group])])
        return ""

    def _budget_of_the_group(self) -> str:
        t = self.t
        chosen = self.room.chosen("budget", self.group).get(self.group, {})
        items = [
            (f"{t['budget']['topics'][topic]}: {t['budget']['choices'][name]}", sum_of_money(self.made["choices"][name]["money"]))
            for topic, name in chosen.items()
        ]
        tenths = [week(value) for value in model.by_tenth(self.made, chosen)]
        return self.say("budget_live", items, sum_of_money(model.balance(self.made, chosen)), tenths)

    def balance(self) -> str:
        """What the group's budget leaves, in words; it stays in sight while choices are made."""
        if self.step != "budget" or not self.group:
            return ""
        mine = self.room.chosen("budget", self.group).get(self.group, {})
        return self.shared.once(("balance", self.group), lambda: self.balance_words(mine))

    def _card(self) -> Any:
        return self.like.card(self.made["year"], None) if self.like.given else None

    def _where(self) -> list[str]:
        """Where this person is, in sentences; nothing where they have not said."""
        said, words = [], self.t["place"]
        for what in ("income", "wealth"):
            if what not in self.own:
                continue
            if what == "income":
                adults, children = int(self.own.get("adults", 1)), int(self.own.get("children", 0))
                place = model.place_of_income(self.made, self.own["income"], adults, children)
            else:
                place = model.place_of_wealth(self.made, self.own["wealth"])
            said.append(words[f"{what}_is"].format(tenth=words["tenths"][place // 10], pct=place))
            if what in self.guess:
                said.append(words["and_guess"].format(tenth=words["tenths"][self.guess[what] - 1]))
        return said

    def _limits(self) -> list[tuple[str, str, str]]:
        """Where each tenth begins: income a month for a couple, and a household's wealth."""
        places, scale = self.made["places"], self.made["scale"]
        couple = scale["first_adult"] + scale["further_person"]
        rows = [("1", self.t["place"]["lowest"], self.t["place"]["lowest"])]
        for tenth in range(2, 11):
            at = (tenth - 1) * 10 - 1
            income, wealth = places["income"][at] * couple / 12, places["wealth"][at]
            rows.append((str(tenth), f"£{round(income, -1):,.0f}", f"£{round(wealth, -3):,.0f}"))
        return rows

    def _money(self) -> str:
        heading, heads, rows = money_moves(self.sim, self.t)
        return self.say("money_live", heading, sim_steady_state(self.sim), self.sim, heads, rows)

    # ---- what a person does ----------------------------------------------------------------------------------------

    def do(self, what: str, where: str, value: Any) -> None:
        if what == "join":
            self.room.join(self, str(value))
            self.group = str(value)
            self.show(wrong={}, link=self.group, done=what)
        elif what == "guess":
            self._guess(where.removeprefix("guess-"), str(value))
            self.show(wrong={}, done=what)
        elif what == "own":
            self._own(where.removeprefix("own-"), str(value))
            self.show(wrong={}, done=what, said=" ".join(self._where()))
        elif what == "forget":
            self._forget()
            for each in ("income", "wealth"):
                self.room.guess(self, each, None)
            self._task = None
            empty = {"own-income": "", "own-wealth": "", "own-adults": "1", "own-children": "0", "guess-income": "", "guess-wealth": ""}
            self.show(wrong={}, set=empty, done=what, said=self.t["place"]["forgotten"])
        elif what.startswith("mine"):
            self._mine(what, where, value)
        elif what == "example":
            if str(value) not in self.made["examples"]:
                raise Fault(self.t["refused"]["choice"])
            self.example = str(value)
            self.show(done=what, said=self.made["examples"][self.example]["headline"])
        elif what == "money":
            self._change_money(where.removeprefix("money-"), str(value))
            self.show(wrong={}, done=what)
        else:
            self._for_the_group(what, where, value)

    def _for_the_group(self, what: str, where: str, value: Any) -> None:
        if what == "predict":
            self.room.predict(self.group, where.removeprefix("predict-"), str(value))
        elif what == "budget":
            self.room.budget(self.group, where.removeprefix("budget-"), str(value))
        elif what == "success":
            known = list(self.t["success"]["choices"])
            try:
                self.room.measure(self.group, where.removeprefix("success-"), value is True, known)
            except Fault:
                self.connection.tell(set={where: False})
                raise
        else:
            return
        told = {"said": self.balance()} if what == "budget" else {}
        self.show(wrong={}, done=what, **told)

    def show(self, **told: Any) -> None:
        """As every page; and the fields of the group hold what anyone in it has chosen."""
        fields: dict[str, Any] = {}
        if self.group and self.step == self.room.step and not self.room.ended:
            if self.step == "budget":
                chosen = self.room.chosen("budget", self.group).get(self.group, {})
                fields = {f"budget-{topic}": chosen.get(topic, "") for topic in self.room.topics}
            elif self.step == "predict":
                mine = self.room.predictions().get(self.group, {})
                fields = {f"predict-{name}": mine.get(name, "") for name in ("gain", "lose", "low", "high")}
            elif self.step == "success":
                held = self.room.chosen("success", self.group).get(self.group, {})
                fields = {f"success-{name}": name in held for name in self.t["success"]["choices"]}
        if fields and fields != getattr(self, "_fields", None):
            self._fields = fields
            told["set"] = fields
        super().show(**told)

    def again(self, group: str) -> None:
        self._fields = {}
        if group in GROUPS and group != self.group:
            self.room.join(self, group)
            self.group = group
        super().again(group)

    def new_step(self) -> None:
        self._task, self._own_form = None, ""
        self._fields: dict[str, Any] = {}

    def _guess(self, what: str, value: str) -> None:
        tenth = int(value) if value.isascii() and value.isdigit() else None
        self.room.guess(self, what, tenth)
        if tenth is None:
            self.guess.pop(what, None)
        else:
            self.guess[what] = tenth

    def _own(self, what: str, value: str) -> None:
        label = self.t["place"].get(what)
        if what not in ("income", "wealth", "adults", "children") or label is None:
            raise Fault(self.t["refused"]["question"])
        text = value.strip().replace(",", "").replace("£", "")
        if not text:
            self.own.pop(what, None)
            return
        low, high = {"income": (0, 1e7), "wealth": (-1e9, MOST_MONEY), "adults": (1, 12), "children": (0, 12)}[what]
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not low <= number <= high or (what in ("adults", "children") and number != int(number)):
            raise Fault(self.t["money"]["refused"].format(question=label, low=f"{low:,.0f}", high=f"{high:,.0f}"))
        self.own[what] = number

    def _mine(self, what: str, where: str, value: Any) -> None:
        macros = pieces("like_mine.html")
        if what == "mine-per":
            self.like.choose_period(str(value))
        elif what == "mine-clear":
            self.like.clear()
            self._own_form = ""
            self.sent["own"] = self.own_household()
        else:
            self.like.answer(where.removeprefix("mine-"), value)
        card = self._card()
        put = {"mine": str(macros.like_mine_result(self.like.t, card)), "mine-back": self._flows()}
        if what != "mine":
            put["mine-form"] = str(macros.like_mine_form(self.like, councils_by_region()))
        said = self.like.t["cleared"] if what == "mine-clear" else card.headline if card else ""
        self.connection.tell(put=put, wrong={}, said=said, done="mine")

    def _change_money(self, what: str, value: str) -> None:
        if what not in SIM_LIMITS:
            raise Fault(self.t["refused"]["question"])
        low, high = SIM_LIMITS[what]
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not low <= number <= high:
            raise Fault(self.t["money"]["refused"].format(question=self.t["money"][what], low=f"{low:g}", high=f"{high:g}"))
        self.sim = self.sim._replace(**{what: number / 100 if what == "tax_rate" else number})


# ---- the big screen, and the facilitator ---------------------------------------------------------------------------


class Screen(View):
    """What the room sees on the wall."""

    name = "screen"

    def __init__(self, shared: Common, address: str = "") -> None:
        super().__init__(shared)
        self.address = address or shared.address

    def filled(self) -> dict[str, str]:
        if self.room.ended:
            return self.ended()
        found = dict.fromkeys(PLACES, "") | {"heading": self.heading(), "room": self.results()}
        if self.step == "welcome":
            found["live"] = self.say("invitation", self.address, qr(self.address))
        elif self.step == "household":
            found |= {"live": self.say("examples", examples(self.made, self.t)), "room": self.say("hundred_bars", self.made["hundred"])}
        elif self.step == "predict":
            change = self.made["predict"][self.room.reform]
            shown = self.room.revealed
            found["live"] = self.say("proposal_on_wall", change, self.room.predictions(), shown, self._ways(change))
            found["room"] = self.say("drawn", change) if shown else ""
        elif self.step == "budget":
            chosen = sorted(self.room.chosen("budget").items())
            found["room"] = self.say("budgets", [self._budget(group, mine) for group, mine in chosen], MOST_ON_WALL)
        elif self.step == "money":
            book = sim_of_the_book()
            found["live"] = self.say("money_screen", sim_steady_state(book), book)
        return found


class Facilitator(View):
    """Notes, timing, and what moves the room."""

    name = "facilitator"

    def __init__(self, shared: Common, address: str = "") -> None:
        super().__init__(shared)
        self.address = address or shared.address
        self.sure = False

    def came(self) -> None:
        self.document.add_periodic_callback(self._look, TICK_MILLISECONDS)

    def filled(self) -> dict[str, str]:
        if self.room.ended:
            return self.ended()
        titles = {name: found["title"] for name, found in self.made["predict"].items()}
        return {
            "heading": self.heading(),
            "own": "",
            "balance": "",
            "task": self.say("controls", STEPS, self.step, self.room, titles, self.address, self.sure),
            "timing": self.say("timing", self.timing()),
            "live": self.say("notes", self.t["steps"][self.step]),
            "room": self.say("counts", self.room.counts(), GROUPS) + (self.results() if self.step != "welcome" else ""),
        }

    def timing(self) -> list[str]:
        """When the step began, until when it is planned, and how much of that is left; and when the whole session would end."""
        words, began = self.t["control"], self.room.began
        minutes = self.t["steps"][self.step]["minutes"]
        left = math.ceil(minutes - (time.time() - began) / MINUTE)
        after = sum(self.t["steps"][step]["minutes"] for step in STEPS[STEPS.index(self.step) + 1 :])
        return [
            words["left" if left > 1 else "last" if left == 1 else "over"].format(minutes=left if left > 0 else -left),
            words["started"].format(time=clock(began), minutes=minutes, until=clock(began + MINUTE * minutes)),
            words["session"].format(until=clock(max(time.time(), began + MINUTE * minutes) + MINUTE * after)),
        ]

    def do(self, what: str, where: str, value: Any) -> None:
        room, was_sure = self.room, self.sure
        self.sure = False
        if what == "back":
            room.move(-1)
        elif what == "next":
            room.move(1)
        elif what == "go":
            room.go(where.removeprefix("go-"))
        elif what == "reveal":
            room.reveal(not room.revealed)
        elif what == "reform":
            room.choose_reform(str(value))
        elif what == "export":
            c = self.t["control"]
            about = c["export_about"].format(made_on=f"{date.today():%d %B %Y}".lstrip("0"), version=__version__)
            text = room.export(about, (c["group"], "step", c["question"], c["answer"]))
            self.connection.tell(save={"name": "workshop_choices.csv", "kind": "text/csv", "text": text}, done=what)
            return
        elif what == "end":
            if not was_sure:
                self.sure = True
                self.show(said=self.t["control"]["sure"], done="asked")
                return
            room.wipe()
            self.show(said=self.t["control"]["wiped"], done=what)
            return
        self.show(done=what)


class Stranger(View):
    """Somebody who opened the facilitator's page without its key."""

    name = "stranger"

    def filled(self) -> dict[str, str]:
        return dict.fromkeys(PLACES, "") | {"heading": self.say("stranger")}


def clock(moment: float) -> str:
    """The time of day of a moment in seconds since 1970: '10:05'."""
    return time.strftime("%H:%M", time.localtime(moment))


def qr(address: str) -> str:
    """A QR code of an address as SVG, drawn here."""
    import segno

    drawn: str = segno.make(address, error="m").svg_inline(omitsize=True, border=3, dark="#000", light="#fff", title=address)
    return drawn
