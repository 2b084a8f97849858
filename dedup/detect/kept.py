"""Files that take time to make and are the same at every start: beside the bytecode, if allowed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
#: Bytes of the length that stands at the end of a file.
SIZE_BYTES = 8


def read_kept(name: str) -> memoryview | None:
    """Return what was kept under a name, in memory as far as it is looked at; None if nothing.

    A file that is not as long as it was when it was kept is nothing.
    """
    import mmap

    for path in _places(name):
        with suppress(OSError, ValueError), path.open("rb") as file:
            found = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            data = found[:-SIZE_BYTES]
            if data and found[-SIZE_BYTES:] == _size(data):
                return data
    return None


def is_kept(name: str) -> bool:
    """Say whether something is kept under a name."""
    # Not `Path.exists`, which raises where a folder may not be looked into.
    return any(os.path.exists(path) for path in _places(name))  # noqa: PTH110


def keep(name: str, data: bytes) -> None:
    """Keep data under a name, whole or not at all; where no folder can be written to, do not."""
    for path in _places(name):
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting = path.with_name(f"{path.name}.{os.getpid()}")
            try:
                waiting.write_bytes(data + _size(data))
                waiting.replace(path)
            except OSError:  # the disk is full, say
                waiting.unlink(missing_ok=True)
                raise
            return


def fingerprint(sources: Iterable[Path], *about: str) -> str:
    """Return a short name for the contents of source files, this Python, and what else is told."""
    digest = blake2b(digest_size=12)
    for path in sorted(sources):
        digest.update(path.read_bytes())
    digest.update("\0".join((sys.version, *about)).encode())
    return digest.hexdigest()


def _size(data: bytes | memoryview) -> bytes:
    """Return the length of data, as it stands behind them."""
    return len(data).to_bytes(SIZE_BYTES, "little")


def _places(name: str) -> Iterator[Path]:
    """Yield where a file may lie: where numba keeps its own, or else in the user's home."""
    if folder := os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(folder) / name
        return
    yield PACKAGE / "detect" / "__pycache__" / name
    with suppress(RuntimeError):  # there is no home
        yield Path.home() / ".cache" / "dedup" / name
