"""Pages in a browser: the dashboard and the workshop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fairshare.cli.common import (
    People,
    app,
    workshop_app,
)


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
