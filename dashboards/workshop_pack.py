"""The workshop on paper: cards to cut, worksheets for each step, and the answer sheet, as pages that print on A4 without a network."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from fairshare import __version__
from fairshare.report.page import page_style, write_file
from fairshare.report.shown import week
from fairshare.spending.money import sim_of_the_book

from .frame import pieces
from .texts import texts
from .workshop import examples, money_moves, pounds
from .workshop_model import Prepared, plan
from .workshop_room import STEPS

COMMAND = "fairshare workshop pack --out DIR"
JOINED = "\u2060"
MADE_FOR_EACH_GROUP = tuple(step for step in STEPS if step not in ("welcome", "close"))


def pages(made: Prepared, made_on: date | None = None, language: str = "en") -> dict[str, str]:
    """File names and pages of the pack."""
    t = texts("workshop", language)
    day = made_on or date.today()
    said_on = f"{day.day} {day:%B %Y}"
    macros = pieces("workshop_pack.html")
    source = t["pack"]["source"].format(about=made["about"], made_on=said_on, version=__version__, command=COMMAND)
    given = {
        "cards": macros.cards(
            t, cards(made, t), [each | {"name": t["household"]["examples"][id]} for id, each in made["examples"].items()]
        ),
        "worksheets": macros.worksheets(t, MADE_FOR_EACH_GROUP, first_to_guess(made), offers(made, t)),
        "answers": macros.answers(t, made, cards(made, t), examples(made, t), money_moves(sim_of_the_book(), t)),
    }
    style = page_style()
    return {
        f"{name}.html": str(macros.sheet(t, t["pack"]["files"][name], inside, style, source, language)) for name, inside in given.items()
    }


def first_to_guess(made: Prepared) -> dict[str, Any]:
    found: dict[str, Any] = made["predict"][plan()["predict"][0]]
    return found


def offers(made: Prepared, t: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Each topic of the budget with its choices in words."""
    said = t["budget"]
    return [(said["topics"][topic], [said["choices"][name] for name in names]) for topic, names in plan()["budget"].items()]


def cards(made: Prepared, t: dict[str, Any]) -> list[dict[str, str]]:
    """One card for each choice of the budget."""
    said, words = t["budget"], t["pack"]
    found = []
    for topic, names in plan()["budget"].items():
        for name in names:
            choice = made["choices"][name]
            money = choice["money"]
            low, high = choice["tenths"][0], choice["tenths"][-1]
            found.append(
                {
                    "topic": said["topics"][topic],
                    "choice": said["choices"][name],
                    "money": words["card_brings" if money > 0 else "card_costs"].format(money=pounds(abs(money), t)),
                    "each": words["per_household"].format(money=f"£{abs(money) / made['households']:,.0f}"),
                    "who": words["services_note"]
                    if choice["service"]
                    else words["who"].format(low=whole(week(low)), high=whole(week(high))),
                    "range": choice["ranges"][0] if choice["ranges"] else "",
                    "command": choice["command"],
                }
            )
    return found


def whole(amount: str) -> str:
    """An amount that is never parted from its sign at the end of a line."""
    return amount.replace("−", f"−{JOINED}").replace("+", f"+{JOINED}")


def write_pack(made: Prepared, folder: Path | str, language: str = "en") -> list[Path]:
    """Write the pack, each file whole or not at all. Raises Fault where it cannot be written."""
    folder = Path(folder)
    made_pages = pages(made, language=language)
    for name, text in made_pages.items():
        write_file(folder / name, text.encode())
    return [folder / name for name in made_pages]
