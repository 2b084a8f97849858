"""Files that take time to make and are the same at every start: beside the bytecode, if allowed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def read_kept(name: str) -> memoryview | None:
    """Return what was kept under a name, in memory as far as it is looked at; None if nothing."""
    import mmap

    for path in _places(name):
        with suppress(OSError, ValueError), path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    return None


def is_kept(name: str) -> bool:
    """Say whether something is kept under a name."""
    return any(path.exists() for path in _places(name))


def keep(name: str, data: bytes) -> None:
    """Keep data under a name, whole or not at all; where no folder can be written to, do not."""
    for path in _places(name):
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting = path.with_name(f"{path.name}.{os.getpid()}")
            waiting.write_bytes(data)
            waiting.replace(path)
            return


def fingerprint(sources: Iterable[Path], *about: str) -> str:
    """Return a short name for the contents of source files, this Python, and what else is told."""
    digest = blake2b(digest_size=12)
    for path in sorted(sources):
        digest.update(path.read_bytes())
    digest.update("\0".join((sys.version, *about)).encode())
    return digest.hexdigest()


def _places(name: str) -> Iterator[Path]:
    """Yield where a file may lie: where numba keeps its own, or else in the user's home."""
    if folder := os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(folder) / name
        return
    yield PACKAGE / "detect" / "__pycache__" / name
    with suppress(RuntimeError):  # there is no home
        yield Path.home() / ".cache" / "dedup" / name
