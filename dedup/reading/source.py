"""Where bytes come from (files, pipes, standard input, streams), and never too many of them."""

from __future__ import annotations

import errno
import os
import stat
import sys
from typing import IO, Any, TypeAlias

from dedup.errors import InputError, one_line

Source: TypeAlias = str | os.PathLike[str] | IO[bytes] | IO[str]

STANDARD_INPUT = "-"

#: Bytes asked for at a time: a limit of gigabytes must not reserve gigabytes.
CHUNK = 1 << 20

#: A name longer than this is shortened in a message.
LONGEST_NAME = 200

_MENDS = {
    errno.ENOENT: "no such file; check the name and the current folder",
    errno.ENOTDIR: "no such file (a part of its path is not a folder); check the name",
    errno.EISDIR: "is a folder; name one file in it",
    errno.EACCES: "is not readable (permission denied); ask for read access or copy it",
    errno.EPERM: "is not readable (permission denied); ask for read access or copy it",
    errno.ENAMETOOLONG: "the name is too long to be a file; name a file, or pipe the text into -",
    errno.ELOOP: "is a symbolic link that leads to itself; name the file it should lead to",
    errno.ENXIO: "is a socket or a device that cannot be read; name a file",
}


def place_of(source: Source) -> str:
    """Return what to call the source in a message, on one line."""
    if source == STANDARD_INPUT:
        return "standard input"
    name = os.fspath(source) if isinstance(source, (str, os.PathLike)) else _name_of(source)
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME // 2]}…{name[-LONGEST_NAME // 2 :]}"
    return one_line(name)


def _name_of(stream: IO[Any]) -> str:
    name = getattr(stream, "name", None)  # an integer where it was opened by its descriptor
    return name if isinstance(name, str) and name else "the stream"


def as_written(source: Source) -> str | None:
    """Return the path as the user wrote it, for a report; None for an open file.

    Bytes of a file name that are no text become `?`: a report could not be written with them.
    """
    if not isinstance(source, (str, os.PathLike)):
        return None
    return os.fspath(source).encode("utf-8", "replace").decode("utf-8")


def fetch(source: Source, place: str, max_bytes: int, wanted: str = "an article") -> bytes:
    """Return every byte of the source; at most `max_bytes + 1` are read.

    `wanted` is what should be in it, for messages.

    Raises:
        InputError: It cannot be opened or read, is empty, or is larger than `max_bytes`.
    """
    try:
        if source == STANDARD_INPUT:
            data = _from_standard_input(place, max_bytes)
        elif isinstance(source, (str, os.PathLike)):
            data = _from_file(os.fspath(source), place, max_bytes)
        else:
            data = _from_stream(source, place, max_bytes)
    except OSError as error:
        problem = _MENDS.get(error.errno or 0)
        reason = error.strerror or type(error).__name__
        problem = problem or f"cannot be read ({one_line(reason)}); copy it to a plain file"
        raise InputError(f"{place}: {problem}") from error
    except ValueError as error:  # a NUL character, or half of a surrogate pair
        raise InputError(f"{place}: no file can be called that; check the name") from error
    if not data:
        raise InputError(f"{place}: is empty; name a file with {wanted} in it")
    return data


def _from_standard_input(place: str, max_bytes: int) -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise InputError(f"{place}: is closed; pipe an article into it or name a file")
    return _from_stream(getattr(sys.stdin, "buffer", sys.stdin), place, max_bytes)


def _from_file(path: str, place: str, max_bytes: int) -> bytes:
    if not path:
        raise InputError("the name of the file is empty; name a file")
    with open(path, "rb", opener=_open_at_once) as file:
        status = os.fstat(file.fileno())
        regular = stat.S_ISREG(status.st_mode)
        if regular and status.st_size > max_bytes:
            raise InputError(
                _too_large(place, f"{status.st_size:,} bytes", status.st_size, max_bytes)
            )
        data = _from_stream(file, place, max_bytes)
        if regular and len(data) < status.st_size:
            raise InputError(f"{place}: became shorter while it was read; try again")
        if stat.S_ISFIFO(status.st_mode) and not data:
            raise InputError(f"{place}: is a pipe that nobody writes to; start its writer first")
        return data


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting: a named pipe without a writer would hang the program.

    Once open, reading does wait, so that a pipe with a writer (`<(curl …)`) is read to its end.
    """
    nonblock = getattr(os, "O_NONBLOCK", 0)  # absent on Windows, which has no such pipes
    descriptor = os.open(path, flags | nonblock)
    if nonblock:
        os.set_blocking(descriptor, True)
    return descriptor


def _from_stream(stream: IO[Any], place: str, max_bytes: int) -> bytes:
    """Read a binary or text stream; what a text stream gives is taken as UTF-8."""
    if not hasattr(stream, "read"):
        kind = type(stream).__name__
        raise TypeError(f"an article is read from a path, '-' or an open file, not from {kind}")
    chunks: list[bytes] = []
    left = max_bytes + 1
    try:
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            # A stream opened with `surrogateescape` (standard input) gives its bytes back.
            data = chunk if isinstance(chunk, bytes) else chunk.encode("utf-8", "surrogateescape")
            chunks.append(data)
            left -= len(data)
    except UnicodeError as error:
        raise InputError(
            f"{place}: is not text in the encoding it was opened with; open it in binary mode"
        ) from error
    except ValueError as error:  # what Python raises for a closed file
        raise InputError(f"{place}: is closed; open it again before it is read") from error
    if left <= 0:
        raise InputError(_too_large(place, f"more than {max_bytes:,} bytes", None, max_bytes))
    return b"".join(chunks)


def _too_large(place: str, size: str, wanted: int | None, max_bytes: int) -> str:
    mend = f"--max-bytes {wanted}" if wanted else "--max-bytes"
    return f"{place}: is {size}, over the limit of {max_bytes:,}; raise the limit with {mend}"
