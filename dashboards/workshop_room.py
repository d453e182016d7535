"""A workshop's room: where it stands, who is in which group, and what groups have chosen. No screen here.

Only what groups choose is kept, in an embedded database in a folder of its own; it is wiped at the end, and at the start of the next.
What people say of themselves never comes here, but for how many have guessed each tenth, which is counted in memory alone.
"""

from __future__ import annotations

import csv
import io
import secrets
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from fairshare.faults import Fault

from .texts import texts

STEPS = ("welcome", "place", "household", "predict", "budget", "money", "success", "close")
GROUPS = ("blue", "green", "orange", "purple", "red")
FEWEST = 5
"""As many people must have guessed before the room sees how."""
MOST_MEASURES = 3
WAYS = ("more", "same", "less")
TENTHS = 10
PER_CENT = 100
Listener = Callable[[], None]


class Room:
    """One workshop. Every method makes one whole change and tells those who listen, or raises Fault and changes nothing."""

    def __init__(self, file: Path | str, predict: list[str], budget: dict[str, list[str]], language: str = "en") -> None:
        self.key = secrets.token_urlsafe(9)
        self.said: dict[str, str] = texts("workshop", language)["refused"]
        self.file = file
        self.proposals, self.topics = predict, budget
        self.lock = threading.RLock()
        self.listeners: set[Listener] = set()
        self.version = 0
        """Rises with every change."""
        self._open()
        self._begin()

    def _begin(self) -> None:
        self._start(STEPS[0])
        self.reform = self.proposals[0]
        self.revealed = False
        self.ended = False
        self._people: dict[object, str] = {}
        self._guesses: dict[str, dict[object, int]] = {"income": {}, "wealth": {}}

    # ---- the database ----------------------------------------------------------------------------------------------

    def _open(self) -> None:
        """A new database; whatever an earlier workshop left is wiped."""
        if isinstance(self.file, Path):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.unlink(missing_ok=True)
        self.store = sqlite3.connect(self.file, check_same_thread=False, isolation_level=None)
        self.store.execute("PRAGMA journal_mode = MEMORY")
        self.store.execute("PRAGMA secure_delete = ON")
        self.store.execute(
            'CREATE TABLE choices ("group" TEXT, step TEXT, question TEXT, answer TEXT, PRIMARY KEY ("group", step, question))'
        )

    def _choose(self, group: str, step: str, question: str, answer: str) -> None:
        with self.lock:
            if self.ended:
                raise Fault(self.said["ended"])
            if not answer:
                self.store.execute('DELETE FROM choices WHERE "group" = ? AND step = ? AND question = ?', (group, step, question))
            else:
                self.store.execute("INSERT OR REPLACE INTO choices VALUES (?, ?, ?, ?)", (group, step, question, answer))
        self._tell()

    def chosen(self, step: str, group: str | None = None) -> dict[str, dict[str, str]]:
        """By group, its answers to the questions of a step."""
        with self.lock:
            if self.ended:
                return {}
            rows = self.store.execute('SELECT "group", question, answer FROM choices WHERE step = ? ORDER BY rowid', (step,)).fetchall()
        found: dict[str, dict[str, str]] = {}
        for each, question, answer in rows:
            if group in (None, each):
                found.setdefault(each, {})[question] = answer
        return found

    def export(self, about: str, heads: tuple[str, str, str, str]) -> str:
        """All that groups have chosen, as CSV. Raises Fault where there is nothing."""
        with self.lock:
            rows = [] if self.ended else self.store.execute("SELECT * FROM choices ORDER BY step, question, 1").fetchall()
        if not rows:
            raise Fault(self.said["nothing"])
        out = io.StringIO()
        out.write(f"# {about}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)
        return out.getvalue()

    def wipe(self) -> None:
        """End the workshop: nothing that a group chose is left on this machine."""
        with self.lock:
            if not self.ended:
                self.ended = True
                self.store.execute("DELETE FROM choices")
                self.store.close()
                if isinstance(self.file, Path):
                    self.file.unlink(missing_ok=True)
                self._people.clear()
                for guesses in self._guesses.values():
                    guesses.clear()
        self._tell()

    # ---- the facilitator -------------------------------------------------------------------------------------------

    def is_facilitator(self, key: str) -> bool:
        return secrets.compare_digest(key.encode(), self.key.encode())

    def go(self, step: str) -> None:
        if step not in STEPS:
            raise Fault(self.said["step"])
        self._start(step)
        self._tell()

    def _start(self, step: str) -> None:
        self.step = step
        self.began = time.time()
        """When the step began, seconds since 1970."""

    def move(self, by: int) -> None:
        self.go(STEPS[min(max(STEPS.index(self.step) + by, 0), len(STEPS) - 1)])

    def reveal(self, shown: bool) -> None:
        self.revealed = shown
        self._tell()

    def choose_reform(self, name: str) -> None:
        """Another proposal to guess; guesses of the one before stay under its name."""
        if name not in self.proposals:
            raise Fault(self.said["proposal"])
        self.reform, self.revealed = name, False
        self._tell()

    # ---- people and groups -----------------------------------------------------------------------------------------

    def come(self, person: object, group: str = "") -> None:
        with self.lock:
            self._people[person] = group
        self._tell()

    def join(self, person: object, group: str) -> None:
        if group and group not in GROUPS:
            raise Fault(self.said["group"])
        with self.lock:
            self._people[person] = group
        self._tell()

    def leave(self, person: object) -> None:
        with self.lock:
            self._people.pop(person, None)
            for guesses in self._guesses.values():
                guesses.pop(person, None)
        self._tell()

    def counts(self) -> Counter[str]:
        """How many people are in each group, and under "" in none."""
        with self.lock:
            return Counter(self._people.values())

    def guess(self, person: object, what: str, tenth: int | None) -> None:
        """Count a guess of one's own tenth (1 to 10), or take it back. Whose it is leaves with the person."""
        if what not in self._guesses or (tenth is not None and not 1 <= tenth <= TENTHS):
            raise Fault(self.said["tenth"])
        with self.lock:
            if tenth is None:
                self._guesses[what].pop(person, None)
            else:
                self._guesses[what][person] = tenth
        self._tell()

    def guesses(self, what: str) -> list[int] | None:
        """How many guessed each tenth, lowest first; None until five people have."""
        with self.lock:
            given = list(self._guesses[what].values())
        return [given.count(tenth) for tenth in range(1, TENTHS + 1)] if len(given) >= FEWEST else None

    # ---- what groups choose ----------------------------------------------------------------------------------------

    def predict(self, group: str, question: str, answer: str) -> None:
        """A group's guess: "gain" or "lose", a whole number from 0 to 100; "low" or "high", more, same or less."""
        answer = answer.strip()
        if question in ("gain", "lose"):
            if answer and not (answer.isascii() and answer.isdigit() and int(answer) <= PER_CENT):
                raise Fault(self.said["number"])
        elif question in ("low", "high"):
            if answer and answer not in WAYS:
                raise Fault(self.said["choice"])
        else:
            raise Fault(self.said["question"])
        self._choose(self._group(group), "predict", f"{self.reform}/{question}", answer)

    def predictions(self) -> dict[str, dict[str, str]]:
        """By group, its guesses at the proposal that stands now."""
        found = {}
        for group, answers in self.chosen("predict").items():
            mine = {name.rpartition("/")[2]: answer for name, answer in answers.items() if name.rpartition("/")[0] == self.reform}
            if mine:
                found[group] = mine
        return found

    def budget(self, group: str, topic: str, choice: str) -> None:
        """A group's choice on a topic of the budget, or empty for no change."""
        if topic not in self.topics or (choice and choice not in self.topics[topic]):
            raise Fault(self.said["listed"])
        self._choose(self._group(group), "budget", topic, choice)

    def measure(self, group: str, name: str, wanted: bool, known: list[str]) -> None:
        """Add or take away one measure of success; three at most."""
        if name not in known:
            raise Fault(self.said["listed"])
        held = self.chosen("success", self._group(group)).get(group, {})
        if wanted and name not in held and len(held) >= MOST_MEASURES:
            raise Fault(self.said["measures"])
        self._choose(group, "success", name, "yes" if wanted else "")

    def _group(self, group: str) -> str:
        if group not in GROUPS:
            raise Fault(self.said["no_group"])
        return group

    # ---- those who listen ------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        self.version += 1
        for listener in tuple(self.listeners):
            listener()


def room_file(folder: Path) -> Path:
    """Where a workshop's choices lie while it runs."""
    return folder / "workshop" / "choices.sqlite"
