"""What is set aside on disk between reading and verifying, so that memory does not hold the corpus.

Everything lies in one temporary folder (`TMPDIR`), which is removed whatever happens: of each
article its text, 4 KB, unless it is a plain JSON line, which is read again; of those that have a
candidate the shingle set, 2 KB, and then for stories the sheet, 5 KB.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from mmap import ACCESS_READ, mmap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Self

from dedup.errors import DedupError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes that are written at once: an article at a time takes twice as long.
BUFFER_BYTES = 1 << 18


class SpoolError(DedupError):
    """The temporary folder cannot take what has to be set aside."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where on disk the piece of each article lies.

    Attributes:
        file: Number of the spool file; -1 where there is none; shape `(n,)`, int32.
        start: Its first byte; int64.
        size: Its bytes; int64.
    """

    file: NDArray[np.int32]
    start: NDArray[np.int64]
    size: NDArray[np.int64]

    def __getitem__(self, rows: NDArray[np.int64] | slice) -> Places:
        return Places(self.file[rows], self.start[rows], self.size[rows])


@contextmanager
def spool_folder() -> Iterator[str]:
    """Give a temporary folder, and remove it in the end.

    Raises:
        SpoolError: There is no place for one.
    """
    with _explained("the temporary folder"):
        folder = TemporaryDirectory(prefix="dedup-", ignore_cleanup_errors=True)
    with folder as name:
        yield name


@contextmanager
def writing(folder: str, kind: str, number: int) -> Iterator[IO[bytes]]:
    """Open a spool file to write.

    Raises:
        SpoolError: It cannot be written: the disk is full, say.
    """
    path = spool_file(folder, kind, number)
    with _explained(folder), path.open("wb", buffering=BUFFER_BYTES) as file:
        yield file


def spool_file(folder: str, kind: str, number: int) -> Path:
    """Return the path of a spool file."""
    return Path(folder, f"{kind}-{number}")


@dataclass(slots=True)
class Reader:
    """Reads pieces of spool files of one kind; keeps the files open meanwhile."""

    folder: str
    kind: str
    _open: dict[int, int] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()

    def fill(self, places: Places, out: memoryview) -> None:
        """Read the pieces at the given places end to end.

        Args:
            places: No piece lies elsewhere.
            out: As many bytes as they have.

        Raises:
            SpoolError: One is not there any more.
        """
        where = (places.file.tolist(), places.start.tolist(), places.size.tolist())
        begin = 0
        with _explained(self.folder):
            for file, start, size in zip(*where, strict=True):
                there = out[begin : begin + size]
                if not (
                    file in self._open
                    and hasattr(os, "preadv")
                    and os.preadv(self._open[file], (there,), start) == size
                ):
                    there[:] = self._read(file, start, size)
                begin += size

    def _read(self, file: int, start: int, size: int) -> bytes:
        if file not in self._open:
            path = spool_file(self.folder, self.kind, file)
            self._open[file] = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        descriptor = self._open[file]
        data = _read_at(descriptor, size, start)
        while len(data) < size and (
            more := _read_at(descriptor, size - len(data), start + len(data))
        ):
            data += more
        if len(data) < size:
            raise _shorter(self.folder)
        return data


def map_file(folder: str, kind: str, number: int, size: int) -> NDArray[np.uint8]:
    """Return a spool file of at least `size` bytes, more than none; of it is read what is asked.

    Raises:
        SpoolError: It is not there any more, or became shorter.
    """
    import numpy as np

    with _explained(folder), spool_file(folder, kind, number).open("rb") as file:
        if os.fstat(file.fileno()).st_size < size:
            raise _shorter(folder)
        return np.frombuffer(mmap(file.fileno(), 0, access=ACCESS_READ), dtype=np.uint8)


def _shorter(folder: str) -> SpoolError:
    return SpoolError(f"{folder}: something there became shorter; scan again")


def _read_at(descriptor: int, size: int, start: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, size, start)
    os.lseek(descriptor, start, os.SEEK_SET)
    return os.read(descriptor, size)


@contextmanager
def _explained(place: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None), errno.EFBIG)
        problem = "no space is left" if full else error.strerror
        problem = problem or "not all could be written"  # as numpy tells of it: without a number
        raise SpoolError(
            f"{place}: {problem}; a scan sets aside up to 10 KB an article there, "
            "name a folder with room in TMPDIR"
        ) from error
