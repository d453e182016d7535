"""Proposals: what they are, what they do over the country or a council, and what would reach a goal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from fairshare.cli.common import (
    DEFAULT_YEAR,
    Area,
    Compare,
    Json,
    Page,
    People,
    Progress,
    Seed,
    TakeUp,
    Year,
    app,
    cite,
    needed,
    print_json,
    scenarios_app,
)
from fairshare.faults import Fault


@scenarios_app.command("list")
def scenarios_list(as_json: Json = False) -> None:
    """Every scenario that comes with fairshare, with its title."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.scenario import catalogue, read_scenario

    found = [read_scenario(name) for name in catalogue()]
    if as_json:
        print_json([{"name": each.name, "title": each.title, "from": each.from_year} for each in found])
        return
    width = max(len(each.name) for each in found) + 2
    for each in found:
        print(f"{each.name:<{width}}{each.title}")


@scenarios_app.command("show", epilog="Example: fairshare scenarios show wealth/two_percent_above_ten_million")
def scenarios_show(scenario: Annotated[str, typer.Argument(help="A scenario's name or file.")]) -> None:
    """A scenario as it is written."""
    from fairshare.scenario import scenario_file

    print(scenario_file(scenario).read_text(encoding="utf-8"), end="")


@scenarios_app.command("check", epilog="Example: fairshare scenarios check my_proposal.yaml")
def scenarios_check(scenarios: Annotated[list[str], typer.Argument(help="Scenarios' names or files.")]) -> None:
    """Check scenarios: every name and value is one that the law knows."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.scenario import read_scenario

    for each in scenarios:
        print(f"{each}: well made ({read_scenario(each).title}).")


@scenarios_app.command("schema")
def scenarios_schema() -> None:
    """The JSON Schema of a scenario, for editors that check as you type."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.scenario import scenario_schema

    print_json(scenario_schema())


@app.command("run", epilog="Example: fairshare run packages/wealth_tax_three_uses --area Leeds")
def run_command(
    scenario: Annotated[str | None, typer.Argument(help="A scenario's name or file.")] = None,
    compare: Compare = None,
    year: Annotated[str | None, typer.Option(help="Fiscal year (else the scenario's first).")] = None,
    population: People = None,
    seed: Seed = 1,
    take_up: TakeUp = None,
    area: Area = None,
    out: Annotated[Path | None, typer.Option(help="A folder for the tables, charts and page.")] = None,
    result: Annotated[str | None, typer.Option("--id", help="Make an earlier result again.")] = None,
    allow_records: Annotated[
        bool, typer.Option("--allow-records", help="With --out: a row for each household too. Those of a licensed survey stay with you.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Work a proposal over the whole country: who gains, who pays more or gets less, what it costs, where the money goes."""
    from fairshare import results
    from fairshare.report.document import as_json as document
    from fairshare.report.page import write_files
    from fairshare.report.records import write_records
    from fairshare.report.text import as_text, both_as_text

    if allow_records and out is None:
        raise Fault("--allow-records writes a row for each household into a folder; give the folder as --out.")
    asked = results.find(result) if result else results.Asked(needed(scenario), year, population, seed, area, compare, take_up)
    with Progress() as progress:
        made = results.work(asked, progress)
    if out is not None:
        for each in made:
            folder = out if len(made) == 1 else out / each.scenario.name.replace("/", "-")
            write_files(each, folder)
            if allow_records:
                write_records(each, folder)
    if as_json:
        print_json(document(made[0]) if len(made) == 1 else [document(each) for each in made])
        return
    print(as_text(made[0]) if len(made) == 1 else both_as_text(made[0], made[1]))
    if out is not None:
        print(f"\nTables, charts and page: {out}")


@app.command("report", epilog="Example: fairshare report council_tax/proportional_property_tax --area Hackney --out hackney.html")
def report_command(
    scenario: Annotated[str, typer.Argument(help="A scenario's name or file.")],
    out: Annotated[Path, typer.Option(help="The page to write (.html).")],
    area: Area = None,
    compare: Compare = None,
    year: Annotated[str | None, typer.Option(help="Fiscal year (else the scenario's first).")] = None,
    population: People = None,
    seed: Seed = 1,
    take_up: TakeUp = None,
) -> None:
    """Write the answer as one page that needs no script and no network."""
    from fairshare import results
    from fairshare.report.page import write_page

    with Progress() as progress:
        made = results.work(results.Asked(scenario, year, population, seed, area, compare, take_up), progress)
        write_page(made[0], out, compare=made[1] if len(made) > 1 else None)
    print(f"{out}")


@app.command("ledger", epilog="Example: fairshare ledger packages/wealth_tax_three_uses")
def ledger_command(
    scenario: Annotated[str, typer.Argument(help="A scenario's name or file.")],
    year: Annotated[str | None, typer.Option(help="Fiscal year (else the scenario's first).")] = None,
    population: People = None,
    seed: Seed = 1,
    take_up: TakeUp = None,
    out: Annotated[Path | None, typer.Option(help="A picture of it to write (.svg).")] = None,
    as_json: Json = False,
) -> None:
    """Where every pound comes from and goes to; the two sides must be equal to the penny."""
    from fairshare import results
    from fairshare.report.flows import write
    from fairshare.report.text import ledger_text

    with Progress() as progress:
        made = results.work(results.Asked(scenario, year, population, seed, None, None, take_up), progress)[0]
    if out is not None:
        write(made, out)
    if as_json:
        print_json([entry._asdict() for entry in made.ledger.entries])
    else:
        print(ledger_text(made))
    cite(made.population, as_json)


@app.command(
    "solve",
    epilog="Example: fairshare solve wealth/two_percent_above_ten_million --vary wealth_tax.bands.1.rate --until 'net_revenue = 10bn'",
)
def solve_command(
    scenario: Annotated[str, typer.Argument(help="A scenario's name or file.")],
    vary: Annotated[str, typer.Option(help="The value to find, as a path in the scenario's law.")],
    until: Annotated[str, typer.Option(help="What must hold, such as 'net_revenue = 0'.")],
    year: Annotated[str | None, typer.Option(help="Fiscal year (else the scenario's first).")] = None,
    population: People = None,
    seed: Seed = 1,
    take_up: TakeUp = None,
    as_json: Json = False,
) -> None:
    """Find the value at which a proposal raises a sum, costs nothing, or leaves enough people no worse off."""
    from fairshare import results
    from fairshare.solve import solution_data, solution_text, solve

    with Progress() as progress:
        asked = results.Asked(scenario, year, population, seed, None, None, take_up)
        proposal, people, in_year = results.ready(asked, progress)
        found = solve(proposal, people, in_year, vary=vary, until=until, progress=progress)
    if as_json:
        print_json(solution_data(found))
    else:
        print(solution_text(found))
    if as_json:
        cite(people, as_json)


@app.command("powers", epilog="Example: fairshare powers Leeds")
def powers_command(
    council: Annotated[str, typer.Argument(help="A council's name or GSS code.")],
    year: Year = DEFAULT_YEAR,
    population: People = None,
    seed: Seed = 1,
    out: Page = None,
    as_json: Json = False,
) -> None:
    """What a council may do about council tax now, what each step would bring there, and what others decide."""
    from fairshare import results
    from fairshare.areas import find_area
    from fairshare.parameters import check_year
    from fairshare.population.uprating import uprate
    from fairshare.powers import as_data, as_text, powers

    area, in_year = find_area(council), check_year(year)
    with Progress() as progress:
        people = uprate(results.people(population, seed, progress), in_year)
        made = powers(area, people, in_year, progress)
    if out is not None:
        from fairshare.report.sheets import powers_sheet, write_sheet

        write_sheet(powers_sheet(made), out)
    if as_json:
        print_json(as_data(made))
    else:
        print(as_text(made))
