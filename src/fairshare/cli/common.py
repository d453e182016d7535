"""What commands share: the groups they stand in, options by one name, and how they print and show progress."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from fairshare.faults import Fault

app = typer.Typer(
    help="Who pays and who receives in the United Kingdom, today and under a proposal.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
law_app = typer.Typer(help="The law: values in force, their dates, sources and status.", no_args_is_help=True)
scenarios_app = typer.Typer(help="Proposals: those that come with fairshare, and your own.", no_args_is_help=True)
population_app = typer.Typer(help="The people the law is worked over.", no_args_is_help=True)
app.add_typer(law_app, name="law")
app.add_typer(scenarios_app, name="scenarios")
app.add_typer(population_app, name="population")
workshop_app = typer.Typer(help="A workshop for a room: prepare it, or print it.", no_args_is_help=True)
app.add_typer(workshop_app, name="workshop")
money_app = typer.Typer(help="How money moves: two teaching models, and who lends and borrows in the UK.", no_args_is_help=True)
app.add_typer(money_app, name="money")

DEFAULT_HOUSEHOLDS = 100_000
DEFAULT_YEAR = "2026-27"

Year = Annotated[str, typer.Option(help="Fiscal year, such as 2026-27.")]
People = Annotated[
    str | None, typer.Option(help="A population's name, folder or .h5 file (else the default, made from published figures).")
]
Seed = Annotated[int, typer.Option(help="Seed of the default population.")]
Area = Annotated[str | None, typer.Option(help="A council's name or GSS code: its own households and figures.")]
Compare = Annotated[str | None, typer.Option(help="A second scenario, to put beside the first.")]
Page = Annotated[Path | None, typer.Option(help="A page to write as well (.html).")]
TakeUp = Annotated[str | None, typer.Option(help="full: everybody claims what they are entitled to (else by each benefit's own take-up).")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def print_json(document: Any) -> None:
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def cite(people: Any, as_json: bool) -> None:
    """The citation of a licensed survey: below what is printed, or beside a JSON document on standard error."""
    cited = people.details.get("citation")
    if cited:
        print(f"\n{cited}" if not as_json else cited, file=sys.stderr if as_json else sys.stdout)


def needed(scenario: str | None) -> str:
    if scenario is None:
        raise Fault("Give a scenario, such as `fairshare run packages/wealth_tax_three_uses`; `fairshare scenarios list` shows them all.")
    return scenario


class Progress:
    """A bar on standard error for what takes more than a moment; nothing where standard error is not a screen."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich import progress
            from rich.console import Console

            columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.TimeElapsedColumn())
            self._bar = progress.Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("Starting", total=1.0)
            self._bar.start()
        return self

    def __call__(self, what: str, part: float) -> None:
        """Say what is being done, and how much of it is done (0 to 1)."""
        if self._bar is not None:
            self._bar.update(self._task, description=what, completed=part)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
