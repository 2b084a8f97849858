"""The one way to write a result: to standard output, or whole into a file, or not at all."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dedup.errors import OutputError, one_line


def write(text: str, path: Path | None, encoding: str = "utf-8") -> None:
    """Write a result to a file, or to standard output where `path` is None.

    A file appears whole or not at all: it is written under a temporary name in the same folder
    and moved into place. It keeps the permissions of the file it replaces, else gets those of any
    new file; a link keeps pointing to it. A device or a pipe is written to directly.

    Raises:
        OutputError: It cannot be written there.
    """
    data = text.encode(encoding, "backslashreplace")
    if path is None:
        with printing() as stream:
            stream.write(data)
        return
    with writing(path) as file:
        file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that appears whole when the block ends, and not at all when it fails.

    Raises:
        OutputError: It cannot be written there; raised in place of any `OSError` of the block.
    """
    try:
        if _is_device(path):
            with path.open("wb") as file:
                yield file
        else:
            with _replacing(Path(os.path.realpath(path))) as file:
                yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({_reason(error)})") from error


def check_writable(path: Path) -> None:
    """Find out now, before hours of work, whether a file can be written; leave no trace of it.

    Raises:
        OutputError: It cannot.
    """
    try:
        if _is_device(path):
            return
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        descriptor, temporary = _temporary(target)
        os.close(descriptor)
        temporary.unlink()
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({_reason(error)})") from error


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def printing() -> Iterator[IO[bytes]]:
    """Open standard output for bytes.

    Raises:
        OutputError: It is closed or full; raised in place of any `OSError` of the block.
    """
    if sys.stdout is None:
        raise OutputError("standard output is closed; name a file with --output")
    try:
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output: cannot be written ({_reason(error)})") from error


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    descriptor, temporary = _temporary(path)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _temporary(path: Path) -> tuple[int, Path]:
    """Return a new file beside `path`: its descriptor and its name."""
    import tempfile

    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    return descriptor, Path(name)


def _mode(path: Path) -> int:
    """Return the permissions for the file: those it has, or those of any new file."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError) -> str:
    return one_line(error.strerror or type(error).__name__).lower()
