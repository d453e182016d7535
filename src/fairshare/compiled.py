"""All that the house knows of numba: how a rule is compiled, and where compiled code is kept.

A rule is plain Python. With `FAIRSHARE_PLAIN=1` set before import, rules stay plain and numba is never
loaded: one household then needs a third of a second rather than two. Otherwise a rule is compiled on first
use and kept on disk. Numba's own index watches only the file of the compiled function and its time stamp,
so the folder's name here carries a digest of that file's text, of the files every rule shares, of numba's version
and of the processor: an edit anywhere can never bring back the old law.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

PLAIN = os.environ.get("FAIRSHARE_PLAIN") == "1"
_HERE = Path(__file__).parent
SHARED = ("quantities.py", "schedule.py", "compiled.py")

Function = TypeVar("Function", bound=Callable[..., Any])

passes: list[Any] = []
"""Every compiled pass, for the test that each has one signature."""


def cache_folder() -> Path:
    """The user's cache folder for fairshare (FAIRSHARE_CACHE overrides)."""
    named = os.environ.get("FAIRSHARE_CACHE")
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("fairshare", appauthor=False)


def rule(function: Function) -> Function:
    """A scalar rule of law: inlined into the pass that uses it."""
    return function if PLAIN else _compile(function)


def one_pass(function: Function) -> Function:
    """A pass over a block of households: releases the GIL, so that blocks run side by side."""
    if PLAIN:
        return function
    compiled = _compile(function)
    passes.append(compiled)
    return compiled


def _compile(function: Function) -> Function:
    import numba

    compiler: Any = numba  # its own types call the result a dispatcher; a rule keeps the type of its function
    folder = _compiled_folder(Path(function.__code__.co_filename))
    if folder is None:
        return compiler.njit(nogil=True)(function)
    compiler.config.CACHE_DIR = str(folder)
    return compiler.njit(nogil=True, cache=True)(function)


@cache
def _compiled_folder(source: Path) -> Path | None:
    """The folder for one module's compiled code; None where nothing can be written (code is then compiled each time)."""
    folder = cache_folder() / "compiled" / source.stem / _digest(source)
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
            _forget_older(folder)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError:
        return None
    return folder


def _digest(source: Path) -> str:
    import numba

    digest = hashlib.blake2b(digest_size=10)
    for file in (source, *(_HERE / name for name in SHARED)):
        digest.update(file.read_bytes())
    digest.update(f"{numba.__version__}|{platform.machine()}|{_processor()}|{source}".encode())
    return digest.hexdigest()


@cache
def _processor() -> str:
    import llvmlite.binding

    return f"{llvmlite.binding.get_host_cpu_name()}"


def _forget_older(folder: Path, keep: int = 6) -> None:
    """Remove all but the newest few versions of a module's compiled code."""
    versions = sorted(folder.parent.iterdir(), key=lambda each: each.stat().st_mtime, reverse=True)
    for old in versions[keep:]:
        shutil.rmtree(old, ignore_errors=True)
