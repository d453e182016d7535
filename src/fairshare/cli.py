"""The commands. A fault of the user's is one sentence on standard error and exit status 2; `--json` prints one document."""

from __future__ import annotations

import itertools
import json
import os
import re
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
            _stop(f"{_plain(fault.format_message(), sys.argv[1:])} Try `fairshare --help`.", fault.exit_code)
        raise


NUMBERS = {"integer": "a whole number, such as 1", "number": "a number, such as 0.5"}


def _plain(message: str, words: list[str]) -> str:
    """A parser's message about a number that is none, in plain words with what was written."""
    found = re.match(r"Invalid value for '(?P<option>--[\w-]+)': Input should be a valid (?P<kind>integer|number)", message)
    if not found:
        return message
    option = found["option"]
    values = [word.split("=", 1)[1] for word in words if word.startswith(f"{option}=")]
    values += [value for word, value in itertools.pairwise(words) if word == option]
    return f'{option} must be {NUMBERS[found["kind"]]}, not "{values[-1]}".' if values else message


def _stop(message: str, status: int) -> None:
    print(message, file=sys.stderr)
    sys.exit(status)


def _print_json(document: Any) -> None:
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


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
        _print_json(document)
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
    from fairshare.law_page import law_data, law_text

    if as_json:
        _print_json(law_data(instrument, year))
    else:
        print(law_text(instrument, year))


@law_app.command("list")
def law_list() -> None:
    """Every instrument, in the order of the year."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.assessment import RULES

    for instrument in RULES:
        print(f"{instrument.name:<28}{instrument.title}")


# ---- scenarios -----------------------------------------------------------------------------------------------------


@scenarios_app.command("list")
def scenarios_list(as_json: Json = False) -> None:
    """Every scenario that comes with fairshare, with its title."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.scenario import catalogue, read_scenario

    found = [read_scenario(name) for name in catalogue()]
    if as_json:
        _print_json([{"name": each.name, "title": each.title, "from": each.from_year} for each in found])
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

    _print_json(scenario_schema())


# ---- runs ----------------------------------------------------------------------------------------------------------


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
    asked = results.find(result) if result else results.Asked(_needed(scenario), year, population, seed, area, compare, take_up)
    with _Progress() as progress:
        made = results.work(asked, progress)
    if out is not None:
        for each in made:
            folder = out if len(made) == 1 else out / each.scenario.name.replace("/", "-")
            write_files(each, folder)
            if allow_records:
                write_records(each, folder)
    if as_json:
        _print_json(document(made[0]) if len(made) == 1 else [document(each) for each in made])
        return
    print(as_text(made[0]) if len(made) == 1 else both_as_text(made[0], made[1]))
    if out is not None:
        print(f"\nTables, charts and page: {out}")


def _cite(people: Any, as_json: bool) -> None:
    """The citation of a licensed survey: below what is printed, or beside a JSON document on standard error."""
    cited = people.details.get("citation")
    if cited:
        print(f"\n{cited}" if not as_json else cited, file=sys.stderr if as_json else sys.stdout)


def _needed(scenario: str | None) -> str:
    if scenario is None:
        raise Fault("Give a scenario, such as `fairshare run packages/wealth_tax_three_uses`; `fairshare scenarios list` shows them all.")
    return scenario


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

    with _Progress() as progress:
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

    with _Progress() as progress:
        made = results.work(results.Asked(scenario, year, population, seed, None, None, take_up), progress)[0]
    if out is not None:
        write(made, out)
    if as_json:
        _print_json([entry._asdict() for entry in made.ledger.entries])
    else:
        print(ledger_text(made))
    _cite(made.population, as_json)


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

    with _Progress() as progress:
        asked = results.Asked(scenario, year, population, seed, None, None, take_up)
        proposal, people, in_year = results.ready(asked, progress)
        found = solve(proposal, people, in_year, vary=vary, until=until, progress=progress)
    if as_json:
        _print_json(solution_data(found))
    else:
        print(solution_text(found))
    if as_json:
        _cite(people, as_json)


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
    with _Progress() as progress:
        people = uprate(results.people(population, seed, progress), in_year)
        made = powers(area, people, in_year, progress)
    if out is not None:
        from fairshare.report.sheets import powers_sheet, write_sheet

        write_sheet(powers_sheet(made), out)
    if as_json:
        _print_json(as_data(made))
    else:
        print(as_text(made))


@app.command("dashboard", epilog="Example: fairshare dashboard explore --port 5006")
def dashboard_command(
    page: Annotated[str, typer.Argument(help="The page to open.")] = "explore",
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 5006,
    host: Annotated[str, typer.Option(help="Address to serve on (0.0.0.0 for the whole local network).")] = "127.0.0.1",
    population: People = None,
    show: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    origin: Annotated[
        list[str] | None, typer.Option(help="Behind a proxy: the host, or host:port, that browsers reach it at (may be repeated).")
    ] = None,
) -> None:
    """Open a page in the browser: choose a proposal, move its numbers, see who gains and who pays more."""
    from fairshare.dashboard import serve

    serve(port, host, population, show, page=page, origins=tuple(origin or ()))


@workshop_app.command("prepare", epilog="Example: fairshare workshop prepare --port 5006")
def workshop_prepare(
    port: Annotated[int, typer.Option(help="Port that the workshop will be served on.")] = 5006,
    population: People = None,
) -> None:
    """Do the day before: build and compile everything, check the port, and show the address and the QR code for phones."""
    from fairshare.dashboard import prepare_workshop

    found = prepare_workshop(port, population)
    print(
        f"\nEverything is ready. Port {port} is free.\n\nOn the day: {found['command']}\nPhones:     {found['address']}\n\n{found['code']}"
    )
    print(found["network"])
    print("Open the address on one phone now, while the workshop runs. Where phones cannot reach the laptop, use paper:")
    print("fairshare workshop pack --out pack")


@workshop_app.command("pack", epilog="Example: fairshare workshop pack --out pack")
def workshop_pack_command(
    out: Annotated[Path, typer.Option(help="A folder for the pages.")],
    population: People = None,
    language: Annotated[str, typer.Option(help="Language of the texts (dashboards/texts).")] = "en",
) -> None:
    """Write the cards, worksheets and answer sheet, to print: the workshop on paper."""
    from fairshare.dashboard import workshop_pack

    for file in workshop_pack(out, population, language):
        print(file)


# ---- populations ---------------------------------------------------------------------------------------------------


@population_app.command(
    "build",
    epilog="Examples: fairshare population build --households 20000 (for a laptop); --households 2000000 (council by council).",
)
def population_build(
    households: Annotated[int, typer.Option(help="Households to make.")] = DEFAULT_HOUSEHOLDS,
    seed: Seed = 1,
) -> None:
    """Make the default population from published figures, and keep it in the cache folder."""
    from fairshare.population.report_card import describe
    from fairshare.population.store import default_population_on_disk, described

    with _Progress() as progress:
        place = default_population_on_disk(households, seed, progress)
    print(describe(described(place)))
    if (households, seed) != (DEFAULT_HOUSEHOLDS, 1):
        print(f"  To work with it: --population {place.name}")


@population_app.command("describe")
def population_describe(population: People = None, seed: Seed = 1) -> None:
    """Say what a population is and what it was made from."""
    from fairshare import results
    from fairshare.population.report_card import describe

    with _Progress() as progress:
        made = results.people(population, seed, progress)
    print(describe(made))


@population_app.command("report", epilog="Example: fairshare population report --targets my_figures.csv")
def population_report(
    population: People = None,
    targets: Annotated[list[Path] | None, typer.Option(help="Further tables of published figures to check against.")] = None,
    seed: Seed = 1,
    out: Annotated[Path | None, typer.Option(help="Write it as a page for a browser, such as card.html.")] = None,
    as_json: Json = False,
) -> None:
    """The report card: what is asked and what was reached; every published figure, the population's own, and the gap; misses first."""
    from fairshare import results
    from fairshare.measures.checks import report
    from fairshare.population.report_card import report_text

    with _Progress() as progress:
        people = results.people(population, seed, progress)
        made = report(people, targets or [])
    if out is not None:
        from fairshare.report.card import write_card

        print(f"Written to {write_card(made, people, out)}", file=sys.stderr)
    if as_json:
        _print_json(made)
    else:
        print(report_text(made))


@population_app.command("hbai", epilog="Example: fairshare population hbai mine")
def population_hbai(
    name: Annotated[str, typer.Argument(help="A population imported with --hbai.")],
    as_json: Json = False,
) -> None:
    """The model's net incomes of a survey's households beside those of Households Below Average Income."""
    from fairshare.measures.hbai import compared, compared_text
    from fairshare.population.store import cache_folder, load_population, read_beside

    people = load_population(name)
    rows = compared(people, read_beside(cache_folder() / name, "hbai"))
    if as_json:
        _print_json(rows)
    else:
        print(compared_text(rows))
    _cite(people, as_json)


@population_app.command("import", epilog="Example: fairshare population import policyengine households_2025.h5 --name mine")
def population_import(
    kind: Annotated[str, typer.Argument(help="frs (Family Resources Survey), euromod, policyengine (HDF5) or table (your own).")],
    path: Annotated[Path, typer.Argument(help="The file or folder to read.")],
    name: Annotated[str | None, typer.Option(help="A name to keep it under (else the file's or folder's).")] = None,
    year: Annotated[str | None, typer.Option(help="Fiscal year of the money, such as 2023-24, where the files do not say.")] = None,
    weights: Annotated[Path | None, typer.Option(help="frs: a file of sernum and a weight that replaces the survey's own.")] = None,
    weight_column: Annotated[str | None, typer.Option(help="frs: the column of househol.tab that holds the weight.")] = None,
    hbai: Annotated[Path | None, typer.Option(help="frs: a folder of Households Below Average Income, to compare incomes with.")] = None,
    was: Annotated[Path | None, typer.Option(help="A folder of the Wealth and Assets Survey: wealth is matched in.")] = None,
    lcf: Annotated[Path | None, typer.Option(help="A folder of the Living Costs and Food Survey: spending is matched in.")] = None,
    etb: Annotated[Path | None, typer.Option(help="A folder of Effects of Taxes and Benefits: services used are matched in.")] = None,
    spi: Annotated[Path | None, typer.Option(help="The file of the Survey of Personal Incomes: top incomes are matched in.")] = None,
    calibrate: Annotated[str | None, typer.Option(help="Bring weights to published counts by nation, region or council.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of every chance: councils, take-up, matching.")] = 0,
) -> None:
    """Read a population that you hold and keep it under a name for `--population`. Nothing leaves your machine."""
    from fairshare.population.report_card import describe
    from fairshare.population.store import import_population
    from fairshare.population.surveys.readers import findings

    with _Progress() as progress:
        options = {
            "year": year, "weights": weights, "weight_column": weight_column, "was": was, "lcf": lcf, "etb": etb, "spi": spi, "seed": seed,
            "calibrate": calibrate, "hbai": hbai,
        }  # fmt: skip
        made = import_population(kind, path, name or path.resolve().stem, progress, **options)
    print(describe(made))
    print(findings(made))


@population_app.command("schema", epilog="Example: fairshare population schema --template my_population")
def population_schema(
    template: Annotated[Path | None, typer.Option(help="A folder to write empty tables into.")] = None,
    as_json: Json = False,
) -> None:
    """The columns of a population of your own: what each means, its unit, and what it may hold."""
    from fairshare.population.surveys.own_tables import schema_rows, schema_text, write_templates

    written = write_templates(template) if template is not None else []
    if as_json:
        _print_json(schema_rows())
    elif not written:
        print(schema_text())
    else:
        print("\n".join([*(f"Written: {file}" for file in written), "Fill them, then: fairshare population import table FOLDER"]))


# ---- homes ---------------------------------------------------------------------------------------------------------


@app.command("homes", epilog="Example: fairshare homes Leeds --homes 200 --cost 260000 --grant 140000 --rate 0.05")
def homes_command(
    council: Annotated[str, typer.Argument(help="A council's name or GSS code.")],
    homes: Annotated[float | None, typer.Option(help="Homes to build.")] = None,
    cost: Annotated[float | None, typer.Option(help="Cost of a home with land and fees, £.")] = None,
    grant: Annotated[float | None, typer.Option(help="Grant towards a home, £.")] = None,
    own_money: Annotated[float | None, typer.Option(help="Receipts from sales or own capital put in, £ a home.")] = None,
    rate: Annotated[float | None, typer.Option(help="Interest on what is borrowed: 0.055 is 5.5% a year.")] = None,
    rent: Annotated[float | None, typer.Option(help="Rent in the first year, £ a week.")] = None,
    voids: Annotated[float | None, typer.Option(help="Part of the rent lost to empty homes and bad debts, 0 to 1.")] = None,
    management: Annotated[float | None, typer.Option(help="Management of a home, £ a year.")] = None,
    repairs: Annotated[float | None, typer.Option(help="Repairs of a home, £ a year.")] = None,
    major_repairs: Annotated[float | None, typer.Option(help="Set aside for major repairs of a home, £ a year.")] = None,
    rent_growth: Annotated[float | None, typer.Option(help="Rise of rents: 0.03 is 3% a year.")] = None,
    cost_growth: Annotated[float | None, typer.Option(help="Rise of costs: 0.03 is 3% a year.")] = None,
    sold: Annotated[float | None, typer.Option(help="Part of the homes sold under the Right to Buy in a year, 0 to 1.")] = None,
    moved_on: Annotated[float | None, typer.Option(help="Part first let to households in temporary accommodation, 0 to 1.")] = None,
    years: Annotated[int | None, typer.Option(help="Years to show, at most 60.")] = None,
    year: Year = DEFAULT_YEAR,
    out: Page = None,
    as_json: Json = False,
) -> None:
    """New council homes: what they cost, earn and owe year by year to 60 years, and who else gains."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.areas import find_area
    from fairshare.report.homes import homes_data, homes_text

    given: dict[str, float | None] = {
        "homes": homes,
        "cost": cost,
        "grant": grant,
        "own_money": own_money,
        "rate": rate,
        "rent": rent,
        "voids": voids,
        "management": management,
        "repairs": repairs,
        "major_repairs": major_repairs,
        "rent_growth": rent_growth,
        "cost_growth": cost_growth,
        "sold": sold,
        "moved_on": moved_on,
        "years": years,
    }
    area = find_area(council)
    if out is not None:
        from fairshare.report.sheets import homes_sheet, write_sheet

        write_sheet(homes_sheet(area, year, given), out)
    if as_json:
        _print_json(homes_data(area, year, given))
    else:
        print(homes_text(area, year, given))


# ---- stages --------------------------------------------------------------------------------------------------------


@app.command("stages", epilog="Example: fairshare stages --year 2024-25")
def stages_command(
    year: Annotated[str, typer.Option(help="Fiscal year; services are of 2024-25, the newest that is published.")] = "2024-25",
    population: People = None,
    seed: Seed = 1,
    out: Page = None,
    as_json: Json = False,
) -> None:
    """Income in five stages: what people are paid, then with benefits, after taxes, and with the services they receive."""
    from fairshare import results
    from fairshare.assessment import assess
    from fairshare.law import law_in_force
    from fairshare.parameters import check_year
    from fairshare.population.uprating import uprate
    from fairshare.report.stages import stages_data, stages_text

    check_year(year)
    with _Progress() as progress:
        people = uprate(results.people(population, seed, progress), year)
        assessment = assess(people, law_in_force(year))
    if out is not None:
        from fairshare.report.sheets import stages_sheet, write_sheet

        write_sheet(stages_sheet(assessment, year), out)
    if as_json:
        _print_json(stages_data(assessment, year))
    else:
        print(stages_text(assessment, year))
    _cite(people, as_json)


@app.command("hundred", epilog="Example: fairshare hundred docs/examples/lone_parent.yaml")
def hundred_command(
    file: Annotated[Path, typer.Argument(help="A household file (YAML).")],
    population: People = None,
    seed: Seed = 1,
    out: Page = None,
    as_json: Json = False,
) -> None:
    """Your £100: where each £100 of a household's taxes goes, and what comes back in cash and in services."""
    from fairshare import results
    from fairshare.assessment import assess
    from fairshare.household_file import read_household
    from fairshare.law import law_in_force
    from fairshare.population.uprating import uprate
    from fairshare.report.hundred import hundred_data, hundred_text
    from fairshare.spending.functions import YEAR_OF_TOTALS, rates
    from fairshare.spending.hundred import hundred

    household = read_household(file)
    with _Progress() as progress:
        people = uprate(results.people(population, seed, progress), YEAR_OF_TOTALS)
        costs = rates(assess(people, law_in_force(YEAR_OF_TOTALS)))
        found = hundred(assess(household.population, law_in_force(household.year)), costs)
    if out is not None:
        from fairshare.report.sheets import hundred_sheet, write_sheet

        write_sheet(hundred_sheet(found, household.year, f"fairshare hundred {file}"), out)
    if as_json:
        _print_json(hundred_data(found, household.year, people.says))
    else:
        print(hundred_text(found, household.year, people.says))
    _cite(people, as_json)


# ---- accounts ------------------------------------------------------------------------------------------------------


@app.command("accounts", epilog="Example: fairshare accounts public_ownership --set price=30000000000")
def accounts_command(
    account: Annotated[str, typer.Argument(help="public_ownership, green_investment, defence_diversification or cooperatives.")],
    changes: Annotated[list[str] | None, typer.Option("--set", help="An assumption of your own: NAME=VALUE.")] = None,
    out: Page = None,
    as_json: Json = False,
) -> None:
    """Accounts of owning and building, each with its assumptions in a low, a central and a high case."""
    os.environ.setdefault("FAIRSHARE_PLAIN", "1")
    from fairshare.report.accounts import account_data, account_text
    from fairshare.spending.accounts import work

    given: dict[str, float] = {}
    for each in changes or []:
        name, _, value = each.partition("=")
        try:
            given[name.strip()] = float(value.replace("_", ""))
        except ValueError:
            raise Fault(f"--set {each}: write NAME=VALUE with a number, such as --set price=30000000000.") from None
    found = work(account, given)
    if out is not None:
        from fairshare.report.sheets import account_sheet, write_sheet

        chosen = "".join(f" --set {each}" for each in changes or [])
        write_sheet(account_sheet(found, f"fairshare accounts {account}{chosen}"), out)
    if as_json:
        _print_json(account_data(found))
    else:
        print(account_text(found))


# ---- outcomes ------------------------------------------------------------------------------------------------------


@app.command("outcomes", epilog="Example: fairshare outcomes packages/wealth_tax_three_uses --first council_homes,poverty_children")
def outcomes_command(
    scenario: Annotated[str, typer.Argument(help="A scenario's name or file.")],
    first: Annotated[str, typer.Option(help="Outcomes to show first, by id, with commas between.")] = "",
    year: Annotated[str | None, typer.Option(help="Fiscal year (else the scenario's first).")] = None,
    population: People = None,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """What success means beside pounds: people in poverty, hours of care, homes, length of life, wellbeing."""
    from fairshare import results
    from fairshare.measures.outcomes import outcomes
    from fairshare.report.outcomes import outcomes_data, outcomes_text

    with _Progress() as progress:
        made = results.work(results.Asked(scenario, year, population, seed, None, None), progress)[0]
    found = outcomes(made, [each.strip() for each in first.split(",") if each.strip()])
    if as_json:
        _print_json(outcomes_data(made, found))
    else:
        print(outcomes_text(made, found))
    _cite(made.population, as_json)


# ---- money ---------------------------------------------------------------------------------------------------------

Periods = Annotated[int, typer.Option(help="Periods to show.")]
FromRest = Annotated[bool, typer.Option("--from-rest", help="Start where the book's own values come to rest, not from nothing.")]
Spending = Annotated[float | None, typer.Option(help="Government spending each period.")]
TaxRate = Annotated[float | None, typer.Option(help="Tax as a share of income.")]
FromIncome = Annotated[float | None, typer.Option(help="Share of income after tax that is spent.")]
FromWealth = Annotated[float | None, typer.Option(help="Share of wealth that is spent.")]


@money_app.command("sim", epilog="Example: fairshare money sim --spending 25 --from-rest")
def money_sim(
    periods: Periods = 10,
    spending: Spending = None,
    tax_rate: TaxRate = None,
    from_income: FromIncome = None,
    from_wealth: FromWealth = None,
    from_rest: FromRest = False,
    out: Page = None,
    as_json: Json = False,
) -> None:
    """Model SIM: a government issues money, taxes some back, and households save the rest."""
    from fairshare.report.money import sim_data
    from fairshare.spending.money import sim_of_the_book

    given = {"spending": spending, "tax_rate": tax_rate, "from_income": from_income, "from_wealth": from_wealth}
    model = sim_of_the_book()._replace(**{name: value for name, value in given.items() if value is not None})
    _show_model(sim_data(model, periods, from_rest), given | {"periods": float(periods)}, from_rest, out, as_json)


@money_app.command("pc", epilog="Example: fairshare money pc --interest 0.035 --from-rest")
def money_pc(
    periods: Periods = 10,
    spending: Spending = None,
    tax_rate: TaxRate = None,
    from_income: FromIncome = None,
    from_wealth: FromWealth = None,
    interest: Annotated[float | None, typer.Option(help="Interest on bills: 0.035 is 3.5% a period.")] = None,
    from_rest: FromRest = False,
    out: Page = None,
    as_json: Json = False,
) -> None:
    """Model PC: as SIM, with government bills, an interest rate and a central bank."""
    from fairshare.report.money import pc_data
    from fairshare.spending.money import pc_of_the_book

    given = {"spending": spending, "tax_rate": tax_rate, "from_income": from_income, "from_wealth": from_wealth, "interest": interest}
    model = pc_of_the_book()._replace(**{name: value for name, value in given.items() if value is not None})
    _show_model(pc_data(model, periods, from_rest), given | {"periods": float(periods)}, from_rest, out, as_json)


def _show_model(found: dict[str, Any], given: dict[str, float | None], from_rest: bool, out: Path | None, as_json: bool) -> None:
    from fairshare.report.money import model_text

    if out is not None:
        from fairshare.report.sheets import model_sheet, write_sheet

        chosen = "".join(f" --{name.replace('_', '-')} {value:g}" for name, value in given.items() if value is not None)
        write_sheet(model_sheet(found, f"fairshare money {found['model']}{chosen}{' --from-rest' if from_rest else ''}"), out)
    if as_json:
        _print_json(found)
    else:
        print(model_text(found))


@money_app.command("balances", epilog="Example: fairshare money balances --json")
def money_balances(out: Page = None, as_json: Json = False) -> None:
    """Who lends and who borrows in the UK, what £1 of spending may do, and what limits a government that issues its own money."""
    from fairshare.report.money import balances_data, balances_text

    if out is not None:
        from fairshare.report.sheets import balances_sheet, write_sheet

        write_sheet(balances_sheet(), out)
    if as_json:
        _print_json(balances_data())
    else:
        print(balances_text())


# ---- progress ------------------------------------------------------------------------------------------------------


class _Progress:
    """A bar on standard error for what takes more than a moment; nothing where standard error is not a screen."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> _Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
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


if __name__ == "__main__":
    main()
