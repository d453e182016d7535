"""The commands. A fault of the user's is one sentence on standard error and exit status 2; `--json` prints one document."""

from __future__ import annotations

import itertools
import re
import sys

import typer

from fairshare.cli import household, populations, proposals, rooms, spending
from fairshare.cli.common import app
from fairshare.faults import Fault

COMMANDS = (household, proposals, rooms, populations, spending)
"""The modules whose functions are the commands."""


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


__all__ = ["app", "main"]
