"""Where public money goes: homes, stages of income, 100 pounds, accounts, outcomes; and how money moves."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from fairshare.cli.common import (
    DEFAULT_YEAR,
    Json,
    Page,
    People,
    Progress,
    Seed,
    Year,
    app,
    cite,
    money_app,
    print_json,
)
from fairshare.faults import Fault


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
        print_json(homes_data(area, year, given))
    else:
        print(homes_text(area, year, given))


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
    with Progress() as progress:
        people = uprate(results.people(population, seed, progress), year)
        assessment = assess(people, law_in_force(year))
    if out is not None:
        from fairshare.report.sheets import stages_sheet, write_sheet

        write_sheet(stages_sheet(assessment, year), out)
    if as_json:
        print_json(stages_data(assessment, year))
    else:
        print(stages_text(assessment, year))
    cite(people, as_json)


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
    with Progress() as progress:
        people = uprate(results.people(population, seed, progress), YEAR_OF_TOTALS)
        costs = rates(assess(people, law_in_force(YEAR_OF_TOTALS)))
        found = hundred(assess(household.population, law_in_force(household.year)), costs)
    if out is not None:
        from fairshare.report.sheets import hundred_sheet, write_sheet

        write_sheet(hundred_sheet(found, household.year, f"fairshare hundred {file}"), out)
    if as_json:
        print_json(hundred_data(found, household.year, people.says))
    else:
        print(hundred_text(found, household.year, people.says))
    cite(people, as_json)


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
        print_json(account_data(found))
    else:
        print(account_text(found))


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

    with Progress() as progress:
        made = results.work(results.Asked(scenario, year, population, seed, None, None), progress)[0]
    found = outcomes(made, [each.strip() for each in first.split(",") if each.strip()])
    if as_json:
        print_json(outcomes_data(made, found))
    else:
        print(outcomes_text(made, found))
    cite(made.population, as_json)


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
        print_json(found)
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
        print_json(balances_data())
    else:
        print(balances_text())
