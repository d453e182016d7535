"""Populations: made, described, checked, brought in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from fairshare.cli.common import (
    DEFAULT_HOUSEHOLDS,
    Json,
    People,
    Progress,
    Seed,
    cite,
    population_app,
    print_json,
)


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

    with Progress() as progress:
        place = default_population_on_disk(households, seed, progress)
    print(describe(described(place)))
    if (households, seed) != (DEFAULT_HOUSEHOLDS, 1):
        print(f"  To work with it: --population {place.name}")


@population_app.command("describe")
def population_describe(population: People = None, seed: Seed = 1) -> None:
    """Say what a population is and what it was made from."""
    from fairshare import results
    from fairshare.population.report_card import describe

    with Progress() as progress:
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

    with Progress() as progress:
        people = results.people(population, seed, progress)
        made = report(people, targets or [])
    if out is not None:
        from fairshare.report.card import write_card

        print(f"Written to {write_card(made, people, out)}", file=sys.stderr)
    if as_json:
        print_json(made)
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
        print_json(rows)
    else:
        print(compared_text(rows))
    cite(people, as_json)


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

    with Progress() as progress:
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
        print_json(schema_rows())
    elif not written:
        print(schema_text())
    else:
        print("\n".join([*(f"Written: {file}" for file in written), "Fill them, then: fairshare population import table FOLDER"]))
