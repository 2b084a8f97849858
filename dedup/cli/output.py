"""The one way to write a result: to standard output, or whole into a file, or not at all."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

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
        _print(data)
        return
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({_reason(error)})") from error


def _print(data: bytes) -> None:
    if sys.stdout is None:
        raise OutputError("standard output is closed; name a file with --output")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"standard output: cannot be written ({_reason(error)})") from error


def _replace(path: Path, data: bytes) -> None:
    import tempfile

    if path.is_dir():
        raise IsADirectoryError(21, "it is a folder")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:100]}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """Return the permissions for the file: those it has, or those of any new file."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _reason(error: OSError) -> str:
    return one_line(error.strerror or type(error).__name__).lower()
