"""Workshop: a room, its big screen and its facilitator, on one laptop, with people's own phones on the same network and no accounts."""

from __future__ import annotations

import atexit
import html
import math
from collections.abc import Callable
from typing import Any

import panel as pn
from markupsafe import Markup

from fairshare import __version__, results
from fairshare.compiled import cache_folder
from fairshare.faults import Fault
from fairshare.population.records import Population
from fairshare.report.shown import sum_of_money, week
from fairshare.spending.money import sim, sim_of_the_book, sim_steady_state

from . import workshop_model as model
from .explore_state import councils_by_region
from .frame import Connection, Link, Message, page, pieces
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
SIM_LIMITS = {"spending": (1.0, 1000.0), "tax_rate": (1.0, 99.0)}
STYLES = ("still.css", "workshop.css")


class Common:
    """What every page of a workshop shares: what was prepared, read-only, and the room."""

    def __init__(self, made: model.Prepared, room: Room, address: str = "") -> None:
        self.made, self.room = made, room
        self.address = address
        self.t = texts("workshop")
        self._results: tuple[Any, str] = (None, "")

    def results(self, key: Any, make: Callable[[], str]) -> str:
        """What everyone sees while the room stands at `key`, made once."""
        if self._results[0] != key:
            self._results = (key, make())
        return self._results[1]


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
    """Serve the workshop until stopped; group choices are wiped when it stops."""
    from fairshare.dashboard import EVERY_ADDRESS, own_address

    shared = common()
    here = f"http://localhost:{port}"
    shared.address = f"http://{own_address()}:{port}/" if host == EVERY_ADDRESS else f"{here}/"
    print(f"Phones:      {shared.address}\nBig screen:  {here}/screen\nFacilitator: {here}/facilitator?key={shared.room.key}", flush=True)
    made = server(port, host, False, origins)
    if show:
        made.io_loop.add_callback(made.show, f"/facilitator?key={shared.room.key}")
    try:
        made.io_loop.start()
    finally:
        shared.room.wipe()


def server(port: int, host: str = "127.0.0.1", show: bool = False, origins: tuple[str, ...] = (), threaded: bool = False) -> Any:
    """A server that waits for its loop to be started, or, `threaded`, one that runs in a thread of its own until `stop`."""
    return pn.serve(
        {"/": _participant, "screen": _screen, "facilitator": _facilitator},
        port=port,
        address=host,
        show=show,
        start=threaded,
        threaded=threaded,
        verbose=False,
        title=TITLE,
        websocket_origin=list(origins) or None,
        location=False,
        check_unused_sessions_milliseconds=10_000,
        unused_session_lifetime_milliseconds=20_000,
    )


def _participant() -> pn.Template:
    asked = pn.state.session_args.get(GROUP, [b""])
    return Participant(common(), asked[0].decode("utf-8", "replace")).page()


def _screen() -> pn.Template:
    return Screen(common()).page()


def _facilitator() -> pn.Template:
    asked = pn.state.session_args.get("key", [b""])
    shared = common()
    if not shared.room.is_facilitator(asked[0].decode("utf-8", "replace")):
        return Stranger(shared).page()
    return Facilitator(shared).page()


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
        main = self.macros.page(self.name, self.t, self.sent)
        if self.document is not None:
            self.document.on_session_destroyed(self._gone)
            self.room.listeners.add(self._changed)
            self.came()
        foot = Markup("<p>{}</p><p>{}</p>").format(self.t["privacy"], self.t["foot"].format(about=self.made["about"], version=__version__))
        nav = (Link(self.t["house"] if self.name == "participant" else self.t.get(self.name, self.name), "#step", here=True),)
        return page(TITLE, main, foot, nav, self.connection, styles=STYLES, skip=self.t["skip"], lost=self.t["lost"])

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
            document.add_next_tick_callback(self._look)

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

    def new_step(self) -> None:
        """The room is at another step."""

    def filled(self) -> dict[str, str]:
        raise NotImplementedError

    def receive(self, message: Message) -> None:
        what, where, value = str(message.get("do", "")), str(message.get("id", "")), message.get("value")
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
        return self.say("heading", words, self.t["step_of"].format(number=number, count=len(STEPS)), self.name == "screen")

    def results(self) -> str:
        """What the whole room sees of a step: no one person's answers."""
        return self.shared.results((self.room.version, self.step), self._results)

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
            return self.say("hundred", made["hundred"])
        return ""

    def _ways(self, found: dict[str, Any]) -> dict[str, str]:
        """More, same or less for the lowest and the highest tenth."""
        return {end: "same" if abs(found[end]) < ABOUT_THE_SAME else "more" if found[end] > 0 else "less" for end in ("low", "high")}

    def _budget(self, group: str, chosen: dict[str, str]) -> dict[str, Any]:
        return {
            "group": self.t["groups"].get(group, group),
            "state": self.balance_words(chosen),
            "choices": [f"{self.t['budget']['topics'][topic]}: {self.t['budget']['choices'][name]}" for topic, name in chosen.items()],
        }

    def balance_words(self, chosen: dict[str, str]) -> str:
        said = self.t["budget"]
        if not chosen:
            return str(said["start"])
        left = model.balance(self.made, chosen)
        if abs(left) <= model.plan()["balanced_within"]:
            return str(said["balanced"])
        return str(said["left" if left > 0 else "short"].format(money=f"about {pounds(abs(left))}"))


def pounds(value: float) -> str:
    """A large sum as the room reads it: '£5.8 billion'."""
    if abs(value) >= 1e9:
        return f"£{value / 1e9:,.1f} billion"
    return f"£{value / 1e6:,.0f} million"


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
        self.own: dict[str, float] = {}
        self.guess: dict[str, int] = {}

    def came(self) -> None:
        self.room.come(self, self.group)

    def left(self) -> None:
        self._forget()
        self.room.leave(self)

    def filled(self) -> dict[str, str]:
        if self.room.ended:
            return {"heading": self.say("ended"), "task": "", "live": "", "room": ""}
        return {"heading": self.heading(), "task": self.task(), "live": self.live(), "room": self.results()}

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
            return self.say("household_task", self.example, self.like, councils_by_region(), self._card())
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
        return str(self.t["budget"]["raises" if money > 0 else "costs"].format(money=pounds(abs(money))))

    def live(self) -> str:
        """What follows from what this person, or their group, has chosen."""
        t = self.t
        if self.step == "welcome":
            name = t["groups"].get(self.group, "")
            return self.say("said", [t["welcome"]["joined"].format(group=name)] if self.group else [t["welcome"]["alone"]])
        if self.step == "place":
            return self.say("where", self._where(), self._limits(), self.made)
        if self.step == "household":
            return self.say("example", self.made["examples"][self.example])
        if self.step == "budget" and self.group:
            chosen = self.room.chosen("budget", self.group).get(self.group, {})
            items = [
                (f"{t['budget']['topics'][topic]}: {t['budget']['choices'][name]}", sum_of_money(self.made["choices"][name]["money"]))
                for topic, name in chosen.items()
            ]
            tenths = [week(value) for value in model.by_tenth(self.made, chosen)]
            return self.say("budget_live", self.balance_words(chosen), items, sum_of_money(model.balance(self.made, chosen)), tenths)
        if self.step == "money":
            return self._money()
        if self.step == "predict" and self.group and self.room.predictions().get(self.group):
            return self.say("said", [t["predict"]["kept"].format(group=t["groups"][self.group])])
        return ""

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
        columns = self.t["money"]["columns"]
        rest = sim_steady_state(self.sim)
        rows = [[str(each.period), *(f"{getattr(each, name):.1f}" for name in list(columns)[1:])] for each in sim(self.sim, SIM_PERIODS)]
        rows.append([self.t["money"]["rest"], *(f"{getattr(rest, name):.1f}" for name in list(columns)[1:])])
        heading = self.t["money"]["heading"].format(taxes=f"{rest.taxes:.0f}", money=f"{rest.money_held:.0f}")
        return self.say("money_live", heading, list(columns.values()), rows)

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
                raise Fault("Choose one from the list.")
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
                self.room.measure(self.group, where.removeprefix("success-"), value is True, known, self.t["success"]["most"])
            except Fault:
                self.connection.tell(set={where: False})
                raise
        else:
            return
        self.show(wrong={}, done=what)

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

    def new_step(self) -> None:
        self._task = None
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
            raise Fault("That is not asked here; reload the page.")
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
        else:
            self.like.answer(where.removeprefix("mine-"), value)
        card = self._card()
        put = {"mine": str(macros.like_mine_result(self.like.t, card))}
        if what != "mine":
            put["mine-form"] = str(macros.like_mine_form(self.like, councils_by_region()))
        said = self.like.t["cleared"] if what == "mine-clear" else card.headline if card else ""
        self.connection.tell(put=put, wrong={}, said=said, done="mine")

    def _change_money(self, what: str, value: str) -> None:
        if what not in SIM_LIMITS:
            raise Fault("That is not asked here; reload the page.")
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

    def filled(self) -> dict[str, str]:
        if self.room.ended:
            return {"heading": self.say("ended"), "task": "", "live": "", "room": ""}
        made = {"heading": self.heading(), "task": "", "live": "", "room": self.results()}
        if self.step == "welcome":
            made["live"] = self.say("invitation", self.shared.address, qr(self.shared.address))
        elif self.step == "predict":
            made["live"] = self.say("proposal", self.made["predict"][self.room.reform])
        elif self.step == "money":
            made["live"] = self.say("money_screen")
        return made


class Facilitator(View):
    """Notes, timing, and what moves the room."""

    name = "facilitator"

    def __init__(self, shared: Common) -> None:
        super().__init__(shared)
        self.sure = False

    def filled(self) -> dict[str, str]:
        if self.room.ended:
            return {"heading": self.say("ended"), "task": "", "live": "", "room": ""}
        titles = {name: found["title"] for name, found in self.made["predict"].items()}
        return {
            "heading": self.heading(),
            "task": self.say("controls", STEPS, self.step, self.room, titles, self.shared.address, self.sure),
            "live": self.say("notes", self.t["steps"][self.step], self.room.began),
            "room": self.say("counts", self.room.counts(), GROUPS) + (self.results() if self.step != "welcome" else ""),
        }

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
            text = room.export(c["export_about"], (c["group"], "step", c["question"], c["answer"]))
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
        return {"heading": self.say("stranger"), "task": "", "live": "", "room": ""}


def qr(address: str) -> str:
    """A QR code of an address as SVG, drawn here."""
    import segno

    drawn: str = segno.make(address, error="m").svg_inline(scale=8, border=3, dark="#000", light="#fff", title=address)
    return drawn
