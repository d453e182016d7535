"""The commands. A fault of the user's is one sentence on standard error and exit status 2; `--json` prints one document."""

from __future__ import annotations

import json
import os
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
app.add_typer(law_app, name="law")

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def main() -> None:
    """The console script."""
    try:
        app(standalone_mode=False)
    except Fault as fault:
        _stop(str(fault), 2)
    except typer.Exit as finished:
        sys.exit(finished.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _stop("Stopped.", 130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as fault:
        if hasattr(fault, "format_message") and hasattr(fault, "exit_code"):  # a fault in the command's own words
            _stop(f"{fault.format_message()} Try `fairshare --help`.", fault.exit_code)
        raise


def _stop(message: str, status: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(status)


def _print_json(document: Any) -> None:
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


@app.command("household", epilog="Example: fairshare household examples/lone_parent.yaml --working --per week")
def household_command(
    file: Annotated[Path, typer.Argument(help="A household file (YAML).")],
    scenario: Annotated[str | None, typer.Option(help="Put this scenario beside today's law.")] = None,
    working: Annotated[bool, typer.Option("--working", help="Show every line, and the law it rests on.")] = False,
    per: Annotated[str, typer.Option(help="week, month or year.")] = "month",
    vary: Annotated[str | None, typer.Option(help="A budget line: earnings=0:60000:100 (start:stop:step).")] = None,
    year: Annotated[str | None, typer.Option(help="Fiscal year, such as 2026-27 (else the file's).")] = None,
    as_json: Json = False,
) -> None:
    """Work one household's year: what comes in, what goes out, what is left."""
    if vary is None and "fairshare.compiled" not in sys.modules:
        os.environ["FAIRSHARE_PLAIN"] = "1"  # one household runs plain: loading compiled passes would take longer
    from fairshare.household_file import read_household
    from fairshare.law import law_in_force
    from fairshare.parameters import check_year
    from fairshare.working import PERIODS, as_data, as_text, statement

    if per not in PERIODS:
        raise Fault(f'--per must be week, month or year, not "{per}".')
    household = read_household(file)
    if year is not None:
        household = household._replace(year=check_year(year))
    if vary is not None:
        _budget_line(household, vary, scenario, per, as_json)
        return
    base, law = law_in_force(household.year), None
    if scenario is not None:
        from fairshare.scenario import laws, read_scenario

        base, law = laws(read_scenario(scenario), household.year)
    made = statement(household, base)
    reform = statement(household, law) if law is not None else None
    if as_json:
        document = as_data(made)
        if reform is not None:
            document = {"baseline": document, "reform": as_data(reform)}
        _print_json(document)
    else:
        print(as_text(made, per, working, reform))


def _budget_line(household: Any, vary: str, scenario: str | None, per: str, as_json: bool) -> None:
    from fairshare.budget_line import as_data, as_text, budget_line

    made = budget_line(household, vary, scenario)
    if as_json:
        _print_json(as_data(made))
    else:
        print(as_text(made, per))


@law_app.command("show", epilog="Example: fairshare law show universal_credit --year 2026-27")
def law_show(
    instrument: Annotated[str, typer.Argument(help="An instrument, such as income_tax.")],
    year: Annotated[str, typer.Option(help="Fiscal year.")] = "2026-27",
    as_json: Json = False,
) -> None:
    """Values in force in a year, with their dates, sources and status."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.law_page import facts_of, law_text

    if as_json:
        _print_json([fact._asdict() for fact in facts_of(instrument, year)])
    else:
        print(law_text(instrument, year))


@law_app.command("list")
def law_list() -> None:
    """Every instrument, in the order of the year."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.assessment import RULES

    for instrument in RULES:
        print(f"{instrument.name:<28}{instrument.title}")


if __name__ == "__main__":
    main()
