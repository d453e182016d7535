"""One household's year, and the law."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from fairshare.cli.common import (
    Json,
    app,
    law_app,
    print_json,
)
from fairshare.faults import Fault


@app.command("household", epilog="Example: fairshare household docs/examples/lone_parent.yaml --working --per week")
def household_command(
    file: Annotated[Path, typer.Argument(help="A household file (YAML).")],
    scenario: Annotated[str | None, typer.Option(help="Put this scenario beside today's law.")] = None,
    working: Annotated[bool, typer.Option("--working", help="Show every line, and the law it rests on.")] = False,
    per: Annotated[str, typer.Option(help="week, month or year.")] = "month",
    vary: Annotated[str | None, typer.Option(help="A budget line: earnings=0:60000:100 (start:stop:step).")] = None,
    year: Annotated[str | None, typer.Option(help="Fiscal year, such as 2026-27 (else the file's).")] = None,
    out: Annotated[Path | None, typer.Option(help="A picture of the budget line to write (.svg); with --vary.")] = None,
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
        _budget_line(household, vary, scenario, per, out, as_json)
        return
    if out is not None:
        raise Fault("--out draws a budget line; give --vary as well, such as --vary earnings=0:60000:100.")
    base, law = law_in_force(household.year), None
    if scenario is not None:
        from fairshare.scenario import laws, read_scenario, unknown_to_one_household

        proposal = read_scenario(scenario)
        base, law = laws(proposal, household.year, int(household.population.households["council"][0]))
        household = household._replace(assumptions=[*household.assumptions, *unknown_to_one_household(proposal, household.year)])
    shows_law = working and not as_json
    made = statement(household, base, shows_law)
    reform = statement(household, law, shows_law) if law is not None else None
    if as_json:
        document = as_data(made)
        if reform is not None:
            document = {"baseline": document, "reform": as_data(reform)}
        print_json(document)
    else:
        print(as_text(made, per, working, reform))


def _budget_line(household: Any, vary: str, scenario: str | None, per: str, out: Path | None, as_json: bool) -> None:
    from fairshare.budget_line import as_data, as_text, budget_line, chart

    made = budget_line(household, vary, scenario)
    if out is not None:
        from fairshare.report.drawing import svg
        from fairshare.report.page import write_file

        if out.suffix.lower() != ".svg":
            raise Fault(f'--out draws an SVG picture; end its name with .svg, not "{out.suffix}".')
        write_file(out, svg(chart(made, household.area.name, household.year)).encode())
    if as_json:
        print_json(as_data(made))
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
    from fairshare.law_page import law_data, law_text

    if as_json:
        print_json(law_data(instrument, year))
    else:
        print(law_text(instrument, year))


@law_app.command("list")
def law_list() -> None:
    """Every instrument, in the order of the year."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.assessment import RULES

    for instrument in RULES:
        print(f"{instrument.name:<28}{instrument.title}")
