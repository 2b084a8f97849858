"""Gzip files made of members, one for each record, as web archives are: where the members begin.

A worker can start at any member, and after a damaged one there is a next.
"""

from __future__ import annotations

import io
import zlib
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.reading.packed import BUFFER, BrokenStreamError, cannot_read

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAGIC = b"\x1f\x8b\x08"

#: The number by which zlib knows the format of gzip.
_GZIP = 31

#: Bytes of a member that are unpacked to see what is in it.
_PROBE = 1 << 12


class Members(io.RawIOBase):
    """The unpacked bytes of a file's members, from one of them on, end to end."""

    def __init__(self, file: io.FileIO, start: int, size: int) -> None:
        file.seek(start)
        self._file, self._size = file, size
        self._packed, self._place = b"", start  # what is read but not unpacked; where it begins
        self._given = 0
        self._inflate = zlib.decompressobj(_GZIP)
        self._begun = deque([(0, start)])

    def member_of(self, position: int) -> int:
        """Return where the member begins that holds an unpacked byte; ask in order of bytes."""
        while len(self._begun) > 1 and self._begun[1][0] <= position:
            self._begun.popleft()
        return self._begun[0][1]

    @property
    def latest(self) -> int:
        """Where the last member begins that was reached."""
        return self._begun[-1][1]

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Unpack into the buffer, from one member at a time.

        Raises:
            BrokenStreamError: A member is damaged, or the file ends inside of one.
        """
        view = memoryview(buffer)
        while True:
            if self._inflate.eof and (self._packed or self._read_on()):
                self._inflate = zlib.decompressobj(_GZIP)
                self._begun.append((self._given, self._place))
            if self._inflate.eof:
                return 0
            data = self._unpack(len(view))
            if data:
                view[: len(data)] = data
                self._given += len(data)
                return len(data)
            if not (self._inflate.eof or self._packed or self._read_on()):
                raise BrokenStreamError("the compressed data break off; what followed is lost")

    def _unpack(self, most: int) -> bytes:
        try:
            data = self._inflate.decompress(self._packed, most)
        except zlib.error as error:
            raise BrokenStreamError(f"the compressed data are damaged ({error})") from error
        rest = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        self._place += len(self._packed) - len(rest)
        self._packed = rest
        return data

    def _read_on(self) -> bool:
        try:
            self._packed = self._file.read(BUFFER) or b""
        except OSError as error:
            raise BrokenStreamError(cannot_read(error)) from error
        if not self._packed and self._place < self._size:
            raise BrokenStreamError("became shorter while it was read; what followed is lost")
        return bool(self._packed)


def next_member(path: str, start: int, beginning: bytes) -> int | None:
    """Return the first place, from `start` on, of a member whose content has that beginning.

    Returns:
        The byte in the file; None where there is none.

    Raises:
        OSError: The file cannot be read.
    """
    with Path(path).open("rb") as file:
        while True:
            file.seek(start)
            data = file.read(BUFFER + _PROBE)
            at = data.find(_MAGIC)
            while 0 <= at < BUFFER:
                if _begins(data[at : at + _PROBE], beginning):
                    return start + at
                at = data.find(_MAGIC, at + 1)
            if len(data) < BUFFER:
                return None
            start += BUFFER


def _begins(packed: bytes, beginning: bytes) -> bool:
    try:
        return zlib.decompressobj(_GZIP).decompress(packed, len(beginning)) == beginning
    except zlib.error:
        return False
