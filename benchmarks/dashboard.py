"""How long a visitor of Explore waits, measured in a real browser: from letting go of a slider to the new sentence, chart and
table, and to the ranges; and how long the first page takes on a warm server.

    python benchmarks/dashboard.py [--households 100000] [--moves 15] [--json]

Needs Chromium (named by FAIRSHARE_BROWSER where it is not on the path).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import socket
import statistics
import sys
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SCENARIOS = {
    "wealth/two_percent_above_ten_million": "law.wealth_tax.bands.1.rate",
    "benefits/child_benefit_plus_ten_pounds": "law.child_benefit.eldest.plus",
    "packages/wealth_tax_three_uses": "law.wealth_tax.bands.1.rate",
}
SHOWN = {"sentence and table": "words_ms", "chart": "chart_ms", "ranges": "ranges_ms"}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
MOVE = """
async ([id, part]) => {
  const slider = document.getElementById(`${id}-slider`);
  const told = { first: null, whole: null, drawn: null };
  const words = ["headline", "finding-words", "chart-words", "by-income"].map((each) => document.getElementById(each));
  const start = performance.now();
  const canvas = [];
  const gather = (node) => {
    if (node.tagName === "CANVAS") canvas.push(node);
    for (const child of node.children) gather(child);
    if (node.shadowRoot) for (const child of node.shadowRoot.children) gather(child);
  };
  gather(document.querySelector(".picture"));
  // A small copy of the chart is enough to see that it changed, and takes no time of its own.
  const copy = Object.assign(document.createElement("canvas"), { width: 240, height: 120 });
  const paper = copy.getContext("2d", { willReadFrequently: true });
  const picture = () => {
    paper.clearRect(0, 0, 240, 120);
    for (const each of canvas) if (each.width && each.height) paper.drawImage(each, 0, 0, 240, 120);
    return paper.getImageData(0, 0, 240, 120).data.join();
  };
  const before = picture();
  const changed = new Promise((done) => {
    const look = () => {
      const now = performance.now() - start, state = document.documentElement.dataset.done;
      if (told.first === null && (state === "finding" || state === "whole")) told.first = now;
      if (told.drawn === null && told.first !== null && picture() !== before) told.drawn = performance.now() - start;
      if (told.whole === null && state === "whole") told.whole = now;
      if ((told.drawn !== null && told.whole !== null) || now > 20000) done(told); else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  slider.value = Number(slider.min) + (Number(slider.max) - Number(slider.min)) * part;
  slider.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new Event("change", { bubbles: true }));
  return changed;
}
"""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--households", type=int, default=100_000)
    asked.add_argument("--population", help="a population by name or path, in place of the default one")
    asked.add_argument("--moves", type=int, default=15, help="moves of a slider for each scenario")
    asked.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
    given = asked.parse_args()
    found = measured(given.households, given.moves, given.population)
    if given.json:
        json.dump(found, sys.stdout, indent=2)
        print()
        return
    print(f"{found['households']:,} households, {found['cores']} cores; median (slowest) of {given.moves} moves, in milliseconds")
    for row in found["moves"]:
        parts = "  ".join(f"{words} {_both(row, name)}" for words, name in SHOWN.items())
        print(f"{row['scenario']:<44} {parts}")
    for row in found["server"]:
        print(
            f"{row['scenario']:<44} server alone: engine from nothing {row['engine_ms']:.0f}, what a move "
            f"asks of it {row['engine_part_ms']:.0f}, its own work {row['own_ms']:.0f} "
            f"({row['own_to_engine']:.2f} of the engine's), all tables {row['whole_ms']:.0f}"
        )
    print(f"first page, warm: {found['first_page_ms']:.0f} ms; peak memory of the server: {found['peak_memory_mb']:.0f} MB")


def _both(row: dict[str, Any], name: str) -> str:
    return f"{row[name]['median']:.0f} ({row[name]['slowest']:.0f})"


def measured(households: int, moves: int, population: str | None = None) -> dict[str, Any]:
    """Serve the page from this process and use it."""
    chromium = os.environ.get("FAIRSHARE_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("There is no Chromium here; install Debian's package chromium, or name a browser in FAIRSHARE_BROWSER.")
    from playwright.sync_api import sync_playwright

    from fairshare.dashboard import page_module
    from fairshare.population.store import default_population, load_population

    page = page_module("explore")
    people = load_population(population) if population else default_population(households)
    page.prepare(people, lambda step: print(step, file=sys.stderr))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = page.server(port, origins=(f"localhost:{port}",), threaded=True)
    address = f"http://localhost:{port}/"
    try:
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=chromium, args=QUIET)
            _first_page(browser, address)
            first = statistics.median(_first_page(browser, address) for _ in range(3))
            served = [_server(page.shared().people, name, number, moves) for name, number in SCENARIOS.items()]
            rows = [_moves(browser, address, name, number, moves) for name, number in SCENARIOS.items()]
            browser.close()
    finally:
        server.stop()
    return {
        "households": len(people.households),
        "cores": os.cpu_count(),
        "first_page_ms": first,
        "moves": rows,
        "server": served,
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _server(people: Any, scenario: str, number: str, moves: int) -> dict[str, Any]:
    """Medians of what the server does for a move, without a browser: the engine's work (the law in force and the proposal, both from
    nothing), the part of it that a move asks for (what the moved number reaches), its own (the run around the engine, the finding and
    its HTML), and then every table and range."""
    from time import perf_counter

    from fairshare.assessment import assess
    from fairshare.dashboard import page_module
    from fairshare.law import law_in_force
    from fairshare.scenario import read_scenario, tax_law, value_at, with_value

    answers, macros = page_module("explore_answer"), page_module("frame").pieces("explore.html")
    proposal, year = read_scenario(scenario), people.year
    law, start = law_in_force(year), value_at(proposal, number)
    answers.whole(answers.run(proposal, people, year, None))
    engine, part, own, whole = [], [], [], []
    for step in range(moves):
        moved = with_value(proposal, number, start * (1 + (step + 1) / 100))
        at = [perf_counter()]
        baseline = assess(people, law, remember=False)
        assess(people, tax_law(moved, law), remember=False)
        at.append(perf_counter())
        assess(people, tax_law(moved, law), baseline=assess(people, law))  # remembered, so that the rest is the server's own
        del baseline
        at.append(perf_counter())
        run = answers.run(moved, people, year, None)
        answers.html(answers.finding(run), macros, moved, True)
        at.append(perf_counter())
        answers.whole(run)
        at.append(perf_counter())
        for kept, first in ((engine, 0), (part, 1), (own, 2), (whole, 3)):
            kept.append(1000.0 * (at[first + 1] - at[first]))
    found = (("engine_ms", engine), ("engine_part_ms", part), ("own_ms", own), ("whole_ms", whole))
    told = {name: statistics.median(values) for name, values in found}
    return {"scenario": scenario, **told, "own_to_engine": told["own_ms"] / told["engine_ms"]}


def _first_page(browser: Any, address: str) -> float:
    """From asking for the page to one that answers, with its chart drawn."""
    opened = browser.new_page()
    opened.goto(address)
    opened.wait_for_selector("html[data-connected=yes]", timeout=60_000)
    opened.wait_for_selector(".picture canvas", state="attached", timeout=60_000)
    took = float(opened.evaluate("performance.now()"))
    opened.close()
    return took


def _moves(browser: Any, address: str, scenario: str, number: str, moves: int) -> dict[str, Any]:
    opened = browser.new_page(viewport={"width": 1280, "height": 1400})
    opened.goto(address)
    opened.wait_for_selector("html[data-connected=yes]", timeout=60_000)
    if opened.input_value("#scenario") != scenario:
        opened.evaluate("document.documentElement.dataset.done = ''")
        opened.select_option("#scenario", scenario)
        opened.wait_for_selector("html[data-done=whole]", timeout=60_000)
    opened.wait_for_timeout(500)
    seen: dict[str, list[float]] = {"words_ms": [], "chart_ms": [], "ranges_ms": []}
    for step in range(moves):
        told = opened.evaluate(MOVE, [number, 0.503 + 0.4 * (step + 1) / moves])
        for name, part in (("words_ms", "first"), ("chart_ms", "drawn"), ("ranges_ms", "whole")):
            seen[name].append(told[part] if told[part] is not None else float("nan"))
        opened.wait_for_timeout(100)
    opened.close()
    return {"scenario": scenario} | {name: {"median": statistics.median(values), "slowest": max(values)} for name, values in seen.items()}


if __name__ == "__main__":
    main()
