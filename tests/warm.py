"""Compile every rule once, before test workers start: two workers would otherwise compile the same code side by side."""

from __future__ import annotations

import sys

from fairshare.assessment import prepare
from fairshare.law import law_in_force

if __name__ == "__main__":
    interactive = sys.stderr.isatty()
    prepare(
        law_in_force("2026-27"), lambda what, part: print(f"\r{part:4.0%} {what:<70}", end="", file=sys.stderr) if interactive else None
    )
    print("\nThe rules are compiled." if interactive else "The rules are compiled.", file=sys.stderr)
