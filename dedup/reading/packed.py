"""A file's bytes as one stream, unpacked, that says so where it breaks off."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

from dedup.errors import MissingExtraError, one_line
from dedup.reading.piece import Source
from dedup.reading.source import place_of

if TYPE_CHECKING:
    from typing import TypeAlias

    from _typeshed import WriteableBuffer

    Stream: TypeAlias = io.BufferedReader[io.RawIOBase]

GZIP, ZSTD = "gzip", "zstd"

#: How a compressed file begins.
MAGIC = {b"\x1f\x8b": GZIP, b"\x28\xb5\x2f\xfd": ZSTD}

#: How a byte that is not UTF-8 is decoded where only its record is to be refused: as half of a
#: surrogate pair, which no text has.
ESCAPE = "surrogateescape"

#: Bytes read at a time.
BUFFER = 1 << 18

#: `zstd --long=31` packs with a window of 2 GiB; the archives of some crawls are packed so.
_WIDEST_WINDOW = 31


class BrokenStreamError(Exception):
    """The bytes end too soon or make no sense from here on; the message says why, for people."""


class _Packed(Protocol):
    def read1(self, size: int = -1, /) -> bytes: ...


@contextmanager
def opened(source: Source, start: int = 0, end: int | None = None) -> Iterator[Stream]:
    """Open the unpacked bytes of a file, or the bytes from `start` to `end` of a plain one.

    A plain file is read to the size that it had when it was found: what was appended since is
    left for another time, and one that became shorter is broken.

    Raises:
        BrokenStreamError: It cannot be opened, or, on reading, it breaks off.
        MissingExtraError: It is compressed with Zstandard, for which a library is missing.
    """
    try:
        file = Path(source.file).open("rb", buffering=0)  # noqa: SIM115
    except OSError as error:
        raise BrokenStreamError(cannot_read(error)) from error
    with file:
        file.seek(start)
        size = (source.size if end is None else end) - start
        with io.BufferedReader(_raw(source, file, size), BUFFER) as stream:
            yield stream


def head(source: Source, size: int) -> bytes:
    """Return the first bytes, unpacked; fewer where the file ends or breaks off before.

    Raises:
        MissingExtraError: As for `opened`.
    """
    data = b""
    try:
        with opened(source) as stream:
            while len(data) < size and (chunk := stream.read1(size - len(data))):
                data += chunk
    except BrokenStreamError:
        pass  # reading the file will say so
    return data


def pack(data: bytes | bytearray, source: Source) -> bytes:
    """Return data compressed as a source is, quickly.

    Raises:
        MissingExtraError: As for `opened`.
    """
    if source.packing == GZIP:
        import gzip

        return gzip.compress(data, 1)
    packed: bytes = _zstd(source).compress(data)
    return packed


def packing_of(path: str) -> str | None:
    """Return how a file is packed, by how it begins; None if it is not.

    Raises:
        OSError: It cannot be read.
    """
    with Path(path).open("rb") as file:
        start = file.read(4)
    return next((name for magic, name in MAGIC.items() if start.startswith(magic)), None)


def is_utf8(text: str) -> bool:
    """Return whether a text that was decoded with `ESCAPE` was UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def cannot_read(error: OSError) -> str:
    """Return why a file or folder cannot be read, without its name."""
    return f"cannot be read ({one_line(error.strerror or type(error).__name__).lower()})"


def _raw(source: Source, file: io.FileIO, size: int) -> io.RawIOBase:
    if source.packing is None:
        return _Window(file, size)
    return _Unpacked(*_unpacker(source, file))


class _Window(io.RawIOBase):
    """The next `size` bytes of a file."""

    def __init__(self, file: io.FileIO, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)[: self._left]
        try:
            count = self._file.readinto(view) or 0
        except OSError as error:
            raise BrokenStreamError(cannot_read(error)) from error
        if not count and self._left:
            raise BrokenStreamError("became shorter while it was read; what followed is lost")
        self._left -= count
        return count


class _Unpacked(io.RawIOBase):
    """What a decompressor gives: all that is whole before its data break off."""

    def __init__(self, packed: _Packed, errors: tuple[type[Exception], ...]) -> None:
        self._packed, self._errors = packed, errors

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        try:
            data = self._packed.read1(len(view))
        except EOFError as error:
            raise BrokenStreamError(
                "the compressed data break off here; what followed is lost"
            ) from error
        except self._errors as error:
            problem = one_line(str(error) or type(error).__name__)
            raise BrokenStreamError(
                f"the compressed data are damaged ({problem}); what followed is lost"
            ) from error
        view[: len(data)] = data
        return len(data)


def _unpacker(source: Source, file: io.FileIO) -> tuple[_Packed, tuple[type[Exception], ...]]:
    """Return a decompressor on the file, and what it raises on damaged data."""
    if source.packing == GZIP:
        import gzip

        return gzip.GzipFile(fileobj=file), (OSError, zlib.error)
    zstd = _zstd(source)
    widest = {zstd.DecompressionParameter.window_log_max: _WIDEST_WINDOW}
    return zstd.ZstdFile(file, options=widest), (OSError, zstd.ZstdError)


def _zstd(source: Source) -> ModuleType:
    """Return the module that unpacks Zstandard: that of Python 3.14, or its backport."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    raise MissingExtraError(place_of(source.path), "reading a .zst file", "zstd")
