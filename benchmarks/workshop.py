"""Thirty people in a workshop at once, measured in a real browser: from what one of them does to the page that shows it, their own
and everybody else's.

    python benchmarks/workshop.py [--people 30] [--households 100000] [--rounds 5] [--json]

The workshop runs in a process of its own, as on the day. Each person is a page of Chromium with its own session, and so are the big
screen and the facilitator; all of them share this machine with the server. In three steps of the workshop each person does one thing
every eight seconds, then all of them do one at the same moment. It takes about three minutes, and ends with status 1 where an update
was lost, 95% of them took two seconds or more, or the server needed 3 GB or more.

Needs Chromium (named by FAIRSHARE_BROWSER where it is not on the path).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-background-timer-throttling"]
QUIET += ["--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows"]
PHONE, WALL = {"width": 390, "height": 844}, {"width": 1920, "height": 1080}
EVERY, PATIENCE = 8.0, 15.0
"""Seconds from one thing that a person does to the next; seconds after which an update is lost."""
ASKED_SECONDS, ASKED_SHARE, ASKED_MB = 2.0, 0.95, 3 * 1024
FIELD = {"place": "#own-income", "household": "#mine-pay", "budget": "#budget-income_tax"}
"""By step, what shows that a phone has come to it."""
PAYS = ("1000", "6000")
"""Two answers that lead to different sentences, one after the other."""
WATCH = """
() => {
  const now = () => performance.timeOrigin + performance.now();
  const seen = (window.seen = []), held = new Map();
  const look = () => {
    const found = new Map();
    for (const card of document.querySelectorAll("#room [data-group]"))
      for (const { dataset } of card.querySelectorAll("[data-choice]")) found.set(`${card.dataset.group} ${dataset.topic}`, dataset.choice);
    found.set("place", document.querySelector("#live .said")?.textContent ?? "");
    found.set("household", document.querySelector("#mine h3")?.textContent ?? "");
    found.set("step", document.getElementById("heading")?.textContent ?? "");
    for (const [key, value] of found) if (held.get(key) !== value) seen.push([now(), key, value]);
    for (const key of held.keys()) if (!found.has(key)) seen.push([now(), key, ""]);
    held.clear();
    for (const [key, value] of found) held.set(key, value);
  };
  look();
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  window.did = [];
  window.plan = (things) => {
    for (const { at, id, value } of things) setTimeout(() => {
      const field = document.getElementById(id);
      window.did.push([now(), id, value]);
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }, Math.max(at - now(), 0));
  };
}
"""


class Act(NamedTuple):
    """One thing that one person did, and how long it took to be shown, in seconds."""

    step: str
    burst: bool
    own: float
    """Until their own page shows it; nan where it never did."""
    room: float
    """Until the last page that shows it does so: for what only they see, their own."""
    lost: int
    """Pages that never showed it."""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=30)
    asked.add_argument("--households", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=5, help="things that each person does in each step, one every eight seconds")
    asked.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    asked.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.prepare:
        prepare(given.households, ":memory:")
        print(json.dumps({"peak_memory_mb": _peak()}))
        return
    if given.serve:
        serve(given.households)
        return
    found = measured(given.people, given.households, given.rounds)
    if given.json:
        json.dump(found, sys.stdout, indent=2)
        print()
    else:
        print(f"{found['people']} people, {found['households']:,} households, {found['cores']} cores; seconds until shown")
        print(f"{'step':<12}{'':<24}{'done':>5}   {'on their own page':<28}{'on every page that shows it':<28}lost")
        for row in found["steps"]:
            kind = "all at once" if row["burst"] else f"one each {EVERY:.0f} s"
            print(f"{row['step']:<12}{kind:<24}{row['done']:>5}   {_three(row['own']):<28}{_three(row['room']):<28}{row['lost']}")
        whole = found["whole"]
        print(f"{'in all':<36}{whole['done']:>5}   {_three(whole['own']):<28}{_three(whole['room']):<28}{whole['lost']}")
        print("(median, 95th percentile, most)")
        print(f"a new step, until every page shows it: most {found['new_step_most']:.2f} s")
        print(f"peak memory of the server: {found['peak_memory_mb']:.0f} MB; while preparing: {found['peak_memory_preparing_mb']:.0f} MB")
    for miss in found["misses"]:
        print(f"Missed: {miss}.", file=sys.stderr)
    sys.exit(1 if found["misses"] else 0)


def _three(times: dict[str, float]) -> str:
    return f"{times['median']:.2f}  {times['p95']:.2f}  {times['most']:.2f}"


# ---- the server, in a process of its own ---------------------------------------------------------------------------


def prepare(households: int, file: Any) -> Any:
    """The workshop's module, prepared."""
    from fairshare.dashboard import page_module
    from fairshare.population.store import default_population

    page = page_module("workshop")
    page.prepare(default_population(households), lambda step: print(step, file=sys.stderr), file)
    return page


def _peak() -> float:
    """The most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def serve(households: int) -> None:
    """Serve a workshop on a free port until standard input ends; say where on the first line, and the peak memory on the last."""
    with tempfile.TemporaryDirectory() as folder:
        page = prepare(households, Path(folder) / "choices.sqlite")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = page.server(port, origins=(f"localhost:{port}",))
        shared = page.common()
        shared.address = f"http://localhost:{port}/"
        print(json.dumps({"address": shared.address, "key": shared.room.key}), flush=True)

        def until_told() -> None:
            sys.stdin.read()
            server.io_loop.add_callback(server.io_loop.stop)

        threading.Thread(target=until_told, daemon=True).start()
        server.io_loop.start()
        shared.room.wipe()
    print(json.dumps({"peak_memory_mb": _peak()}), flush=True)
    os._exit(0)  # Bokeh's loop leaves callbacks that would keep the process


# ---- the room ------------------------------------------------------------------------------------------------------


def measured(people: int, households: int, rounds: int) -> dict[str, Any]:
    chromium = os.environ.get("FAIRSHARE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("There is no Chromium here; install Debian's package chromium, or name a browser in FAIRSHARE_BROWSER.")
    from playwright.sync_api import sync_playwright

    told = [sys.executable, __file__, "--households", str(households)]
    print("Preparing, as on the day before", file=sys.stderr)
    before = json.loads(subprocess.run([*told, "--prepare"], stdout=subprocess.PIPE, text=True, check=True).stdout)["peak_memory_mb"]
    told.append("--serve")
    server = subprocess.Popen(told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert server.stdin is not None and server.stdout is not None
    try:
        where = json.loads(server.stdout.readline())
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=chromium, args=QUIET)
            room = Room(browser, where["address"], where["key"], people)
            acts = [act for step in ("place", "household", "budget") for act in room.work(step, rounds)]
            new_step = room.new_step_most
            browser.close()
        server.stdin.close()
        peak = json.loads(server.stdout.readline())["peak_memory_mb"]
    finally:
        server.kill()
        server.wait()
    return _told(acts, people, households, new_step, peak) | {"peak_memory_preparing_mb": before}


class Room:
    """The pages of everybody in the room."""

    def __init__(self, browser: Any, address: str, key: str, people: int) -> None:
        from fairshare.dashboard import page_module

        self.groups = page_module("workshop_room").GROUPS
        self.offers = page_module("workshop_model").plan()["budget"]
        self.new_step_most = 0.0
        self.facilitator = _open(browser, f"{address}facilitator?key={key}", WALL)
        self.wall = _open(browser, f"{address}screen", WALL)
        self.people = []
        for number in range(people):
            self.people.append(_open(browser, f"{address}?see={self.groups[number % len(self.groups)]}", PHONE))
            if number % 10 == 9:
                print(f"{number + 1} people have come", file=sys.stderr)
        for page in self.everybody:
            page.evaluate(WATCH)

    @property
    def everybody(self) -> list[Any]:
        return [*self.people, self.wall, self.facilitator]

    def work(self, step: str, rounds: int) -> list[Act]:
        """Go to a step; everybody does one thing in each round, then all do one at once."""
        print(f"Step: {step}", file=sys.stderr)
        self._go(step)
        start = time.time() + 1
        burst = start + (rounds + 1) * EVERY
        count = len(self.people)
        for number, page in enumerate(self.people):
            moments = [*(start + turn * EVERY + number * EVERY / count for turn in range(rounds)), burst]
            things = [{"at": 1000 * at, **self._thing(step, number, turn)} for turn, at in enumerate(moments)]
            page.evaluate("(things) => window.plan(things)", things)
        time.sleep(max(burst + PATIENCE / 3 - time.time(), 0))
        return self._found(step, 1000 * (burst - 0.5))

    def _thing(self, step: str, number: int, turn: int) -> dict[str, str]:
        if step == "budget":
            topic, choice = self._choice(number, turn)
            return {"id": f"budget-{topic}", "value": choice}
        return {"id": "own-income" if step == "place" else "mine-pay", "value": PAYS[turn % 2]}

    def _choice(self, number: int, turn: int) -> tuple[str, str]:
        """A topic that nobody else in the group touches, and another choice of it each time."""
        topics = list(self.offers)
        topic = topics[number // len(self.groups) % len(topics)]
        return topic, self.offers[topic][0] if turn % 2 == 0 else ""

    def _go(self, step: str) -> None:
        before = time.time() * 1000
        self.facilitator.click(f"#go-{step}")
        for page in self.people:
            page.wait_for_selector(FIELD[step], state="attached")
        time.sleep(1)
        for page in self.everybody:
            first = next(at for at, key, _ in page.evaluate("window.seen") if key == "step" and at > before)
            self.new_step_most = max(self.new_step_most, (first - before) / 1000)

    def _found(self, step: str, burst_at: float) -> list[Act]:
        """What became of everything that was done in a step."""
        did = [page.evaluate("window.did.splice(0)") for page in self.people]
        seen = [page.evaluate("window.seen.splice(0)") for page in self.everybody]
        of_all = [each for page, each in zip(self.everybody, seen, strict=True) if page is not self.wall]
        """The big screen names only some choices of each group."""
        found = []
        for number, mine in enumerate(did):
            for turn, (at, _, value) in enumerate(mine):
                until = mine[turn + 1][0] if turn + 1 < len(mine) else math.inf
                if step == "budget":
                    key = f"{self.groups[number % len(self.groups)]} {self._choice(number, turn)[0]}"
                    times = [_first(each, key, value, at, until) for each in of_all]
                else:
                    times = [_first(seen[number], step, None, at, until)]
                own = times[number] if step == "budget" else times[0]
                shown = [each for each in times if not math.isnan(each)]
                found.append(Act(step, at > burst_at, own, max(shown) if shown else math.nan, len(times) - len(shown)))
        return found


def _open(browser: Any, address: str, viewport: dict[str, int]) -> Any:
    page = browser.new_context(viewport=viewport).new_page()
    page.goto(address)
    page.wait_for_selector("html[data-connected=yes]", timeout=60_000)
    return page


def _first(seen: list[list[Any]], key: str, value: str | None, at: float, until: float) -> float:
    """Seconds from `at` until a page showed it (anything new, where `value` is None); nan where it did not before `until`."""
    for when, what, shown in seen:
        if at <= when < min(until, at + 1000 * PATIENCE) and what == key and (value is None or shown == value):
            return float(when - at) / 1000
    return math.nan


# ---- what was found ------------------------------------------------------------------------------------------------


def _told(acts: list[Act], people: int, households: int, new_step: float, peak: float) -> dict[str, Any]:
    rows = []
    for step in dict.fromkeys(act.step for act in acts):
        for burst in (False, True):
            rows.append({"step": step, "burst": burst, **_row([act for act in acts if act.step == step and act.burst == burst])})
    whole = _row(acts)
    misses = []
    if whole["lost"]:
        misses.append(f"{whole['lost']} updates were lost")
    for kind, words in (("own", "on people's own pages"), ("room", "on every page")):
        if not whole[kind]["p95"] < ASKED_SECONDS:
            misses.append(f"{ASKED_SHARE:.0%} of updates {words} within {whole[kind]['p95']:.2f} s, asked is {ASKED_SECONDS:g} s")
    if not peak < ASKED_MB:
        misses.append(f"the server's memory reached {peak:.0f} MB, asked is under {ASKED_MB} MB")
    return {
        "people": people,
        "households": households,
        "cores": os.cpu_count(),
        "steps": rows,
        "whole": whole,
        "new_step_most": new_step,
        "peak_memory_mb": peak,
        "misses": misses,
    }


def _row(acts: list[Act]) -> dict[str, Any]:
    return {
        "done": len(acts),
        "lost": sum(act.lost for act in acts),
        **{kind: _times([getattr(act, kind) for act in acts]) for kind in ("own", "room")},
    }


def _times(seconds: list[float]) -> dict[str, float]:
    held = sorted(each for each in seconds if not math.isnan(each))
    if not held:
        return dict.fromkeys(("median", "p95", "most"), math.nan)
    return {"median": statistics.median(held), "p95": held[math.ceil(ASKED_SHARE * len(held)) - 1], "most": held[-1]}


if __name__ == "__main__":
    main()
