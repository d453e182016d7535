"""Starts a dashboard: finds its page in the dashboards folder, prepares what every visitor shares, and serves it."""

from __future__ import annotations

import importlib
import importlib.util
import socket
import sys
import time
from types import ModuleType
from typing import Any

from fairshare.areas import folder
from fairshare.faults import Fault

PACKAGE = "fairshare_dashboards"
PAGES = ("explore", "workshop", "story")
THIS_MACHINE = "127.0.0.1"
EVERY_ADDRESS = "0.0.0.0"
LAST_PORT = 65_535
FOR_DOCUMENTATION = "192.0.2.1"
"""An address that nobody has (RFC 5737)."""


def page_module(name: str) -> ModuleType:
    """A module of the dashboards folder, such as `explore`."""
    if PACKAGE not in sys.modules:
        home = folder("dashboards")
        about = importlib.util.spec_from_file_location(PACKAGE, home / "__init__.py", submodule_search_locations=[str(home)])
        if about is None or about.loader is None:
            raise Fault(f"The dashboards are missing from {home}; install fairshare again.")
        package = importlib.util.module_from_spec(about)
        sys.modules[PACKAGE] = package
        about.loader.exec_module(package)
    return importlib.import_module(f"{PACKAGE}.{name}")


def serve(
    port: int = 5006,
    host: str = THIS_MACHINE,
    population: Any = None,
    show: bool = True,
    *,
    page: str = "explore",
    origins: tuple[str, ...] = (),
    quiet: bool = False,
) -> None:
    """Serve a dashboard until stopped (Ctrl+C).

    `population` is a Population, or a name or path that `fairshare run --population` takes, or None for the default;
    `origins` are further `host:port` at which browsers may reach it (behind a proxy). Progress goes to standard error.
    Raises Fault for an unknown page, a port in use, or a population that cannot be read.
    """
    if page not in PAGES:
        raise Fault(f'There is no dashboard "{page}"; there is: {", ".join(PAGES)}.')
    _check_port(port, host)
    tell = _say_nothing if quiet else _Progress()
    tell("Loading the page")
    module = page_module(page)
    module.prepare(population, tell)
    address = f"http://{'localhost' if host in (THIS_MACHINE, EVERY_ADDRESS) else host}:{port}/"
    tell(f"Ready: open {address} in a browser. Press Ctrl+C to stop")
    module.serve(port, host, show, (*_origins(port, host), *origins))


def prepare_workshop(port: int = 5006, population: Any = None, *, quiet: bool = False) -> dict[str, str]:
    """Build and compile all that a workshop needs and check its port.

    Gives the `address` for phones and its QR `code` as text, the `command` of the day, and what is known of the `network`, in words.
    Raises Fault for a port in use or a population that cannot be read.
    """
    import io

    import segno

    _check_port(port, EVERY_ADDRESS)
    tell = _say_nothing if quiet else _Progress()
    module = page_module("workshop")
    module.prepare(population, tell, ":memory:")
    tell("Trying the port from this laptop's address")
    address = own_address()
    drawn = io.StringIO()
    segno.make(f"http://{address}:{port}/", error="m").terminal(out=drawn, compact=True)
    return {
        "address": f"http://{address}:{port}/",
        "code": drawn.getvalue(),
        "command": f"fairshare dashboard workshop --host {EVERY_ADDRESS} --port {port}",
        "network": network_says(address, port),
    }


def network_says(address: str, port: int) -> str:
    """Whether phones could reach a port of this machine at an address, as far as this machine can tell."""
    if address == THIS_MACHINE:
        return (
            "This laptop is on no network, so phones cannot reach it. Join a network or start a hotspot, then prepare again; or use paper."
        )
    if not _answers(address, port):
        return f"Port {port} does not answer at {address}: allow it in this laptop's firewall, then prepare again; or use paper."
    return f"Port {port} answers at {address}. A guest network may still keep phones apart, so try one phone."


def _answers(address: str, port: int) -> bool:
    """Whether what listens on a port here is reached at an address of this machine."""
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((EVERY_ADDRESS, port))
            listening.listen()
            socket.create_connection((address, port), timeout=2).close()
        except OSError:
            return False
    return True


def workshop_pack(folder: Any, population: Any = None, language: str = "en", *, quiet: bool = False) -> list[Any]:
    """Write the workshop's cards, worksheets and answer sheet as pages to print. Gives the files' paths."""
    tell = _say_nothing if quiet else _Progress()
    module = page_module("workshop")
    module.prepare(population, tell, ":memory:")
    written: list[Any] = page_module("workshop_pack").write_pack(module.common().made, folder, language)
    return written


def _origins(port: int, host: str) -> tuple[str, ...]:
    """Where a browser may come from: this machine, and the address it is served at."""
    here = (f"localhost:{port}", f"127.0.0.1:{port}")
    if host == EVERY_ADDRESS:
        return (*here, *(f"{address}:{port}" for address in _own_addresses()))
    return (*here, f"{host}:{port}")


def _own_addresses() -> tuple[str, ...]:
    """This machine's names and addresses on its own network."""
    name = socket.gethostname()
    try:
        found = socket.gethostbyname_ex(name)[2]
    except OSError:
        found = []
    return tuple(dict.fromkeys((name, *found, own_address())))


def own_address() -> str:
    """The address at which others on the same network reach this machine; its loopback address where it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((FOR_DOCUMENTATION, 9))  # sends nothing: it only asks which way a packet would go
            return str(probe.getsockname()[0])
        except OSError:
            return THIS_MACHINE


def _check_port(port: int, host: str) -> None:
    if not 0 < port <= LAST_PORT:
        raise Fault(f"{port} is not a port; give one from 1 to {LAST_PORT}, such as --port 5006.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Fault(f"Port {port} needs an administrator; give one above 1023, such as --port 5006.") from None
        except socket.gaierror:
            raise Fault(f'"{host}" is not an address of this machine; give --host {THIS_MACHINE} or --host {EVERY_ADDRESS}.') from None
        except OSError as fault:
            raise Fault(f"Port {port} on {host} cannot be used ({fault.strerror}); give another with --port {port + 1}.") from None


class _Progress:
    """Each step on a line of its own, with the seconds since the start."""

    def __init__(self) -> None:
        self.start = time.perf_counter()

    def __call__(self, step: str) -> None:
        print(f"[{time.perf_counter() - self.start:5.1f} s] {step} ...", file=sys.stderr, flush=True)


def _say_nothing(step: str) -> None:
    """For tests."""
