"""Paths, patterns, folders and pipes turned into the files of a corpus, each of them once."""

# Paths stay strings, as the user wrote them: there may be a million, and a Path costs as much as
# reading one does.
# ruff: noqa: PTH100, PTH112, PTH116, PTH118, PTH120, PTH123, PTH207

from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path
from typing import IO

from dedup.errors import InputError, one_line
from dedup.reading.packed import cannot_read
from dedup.reading.piece import STANDARD_INPUT
from dedup.reading.source import place_of


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a corpus, or why there is none where one should be.

    Attributes:
        path: Where it was found, from what the user wrote.
        name: Its path from the folder that all of the corpus is in, with forward slashes.
        file: The file to open.
        named: Whether the user named it, and did not just name a folder above it.
        problem: Why it cannot be read.
    """

    path: str
    name: str
    file: str
    named: bool
    problem: str | None = None


def find_files(paths: Iterable[str | os.PathLike[str]]) -> list[Found]:
    """Return the files that are named or in the folders that are named, sorted by name.

    Folders are searched to any depth, links in them last and each only if it leads to what has
    not been found yet: a folder with a link to itself ends. Names that begin with a dot are left
    out, as in the shell. What comes from a pipe is first saved to a temporary file, which is
    deleted when the process ends.

    Raises:
        InputError: A path or pattern leads to nothing, or there is no path.
    """
    named = sorted({path for given in paths for path in _expand(os.fspath(given))})
    if not named:
        raise InputError("no file is named; name files or folders, or - for standard input")
    folders = [path for path in named if path != STANDARD_INPUT and os.path.isdir(path)]
    files = [path for path in named if path not in folders]
    places = [os.path.abspath(path) for path in folders]
    places += [os.path.dirname(os.path.abspath(path)) for path in files if path != STANDARD_INPUT]
    top = os.path.commonpath(places) if places else ""
    found: dict[str, Found] = {}
    for path in files:
        real = path if path == STANDARD_INPUT else os.path.realpath(path)
        if real not in found:
            found[real] = _named(path, top)
    for folder in folders:
        for path, real, problem in _below(folder):
            if real not in found:
                found[real] = Found(as_text(path), _name(path, top), path, False, problem)
    return sorted(found.values(), key=lambda each: (each.name, each.path))


def as_text(path: str) -> str:
    """Return a path that a report can be written with: bytes that are no text become U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _expand(path: str) -> list[str]:
    """Return the path, or what a pattern leads to.

    Raises:
        InputError: Neither leads anywhere.
    """
    if path == STANDARD_INPUT:
        return [path]
    if not path or "\0" in path:
        raise InputError("a file name cannot be empty or hold a NUL character; check the names")
    try:
        os.stat(path)
    except OSError as error:
        matches = glob(path, recursive=True) if has_magic(path) else []
        if not matches:
            problem = "no file matches this pattern" if has_magic(path) else cannot_read(error)
            raise InputError(
                f"{place_of(path)}: {problem}; check the name and the current folder"
            ) from error
        return matches
    return [path]


def _named(path: str, top: str) -> Found:
    """Return the file of that name; of a pipe, the temporary file that it is saved to."""
    if path == STANDARD_INPUT:
        if sys.stdin is None or sys.stdin.closed:
            raise InputError("standard input: is closed; pipe articles into it or name a file")
        return Found(path, "stdin", spool(sys.stdin.buffer, path), True)
    try:
        if stat.S_ISREG(os.stat(path).st_mode):
            return Found(as_text(path), _name(path, top), path, True)
        with open(path, "rb") as pipe:
            return Found(as_text(path), _name(path, top), spool(pipe, path), True)
    except OSError as error:
        raise InputError(f"{place_of(path)}: {cannot_read(error)}") from error


def spool(stream: IO[bytes], path: str) -> str:
    """Save what cannot be read from any place, a pipe, so that workers can share it.

    Returns:
        The temporary file, which is there as long as this process.

    Raises:
        InputError: It has no room.
    """
    try:
        with tempfile.NamedTemporaryFile(prefix="dedup-", delete=False) as file:
            atexit.register(Path(file.name).unlink, missing_ok=True)
            shutil.copyfileobj(stream, file, 1 << 20)
    except OSError as error:
        raise InputError(
            f"{place_of(path)}: cannot be set aside for reading "
            f"({one_line(error.strerror or str(error)).lower()}); "
            "name a folder with room in TMPDIR"
        ) from error
    return file.name


def _name(path: str, top: str) -> str:
    """Return a path from the top folder on, the same on every system."""
    below = os.path.abspath(path).removeprefix(top).lstrip(os.sep)
    return as_text(below.replace(os.sep, "/"))


def _below(root: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield the files below a folder: their path, what it really leads to, and a problem."""
    folders, links = [root], list[str]()
    visited = set[str]()
    while folders or links:
        path = folders.pop() if folders else links.pop()
        real = os.path.realpath(path)
        if not os.path.isdir(path):
            yield path, real, _unusable(path)
        elif real not in visited:
            visited.add(real)
            try:
                entries = sorted(os.scandir(path), key=lambda entry: entry.name)
            except OSError as error:
                yield path, real, cannot_read(error)
                continue
            for entry in reversed(entries):
                if entry.name.startswith("."):
                    continue
                if entry.is_symlink():
                    links.append(entry.path)
                elif entry.is_dir():
                    folders.append(entry.path)
                elif entry.is_file():
                    yield entry.path, os.path.join(real, entry.name), None
                else:
                    yield (
                        entry.path,
                        os.path.join(real, entry.name),
                        "is no file but a device or pipe",
                    )


def _unusable(path: str) -> str | None:
    """Return what keeps the file that a link leads to from being read."""
    try:
        regular = stat.S_ISREG(os.stat(path).st_mode)
    except OSError as error:
        return f"is a link that leads nowhere ({one_line(error.strerror or '').lower()})"
    return None if regular else "is a link to a device or pipe"
