"""Web archives (ISO 28500), such as Common Crawl's news: the article of each page in them.

Read here and not by a library: those at hand end silently where an archive is cut off, and an
archive is but blocks, each a head that tells the length of its body.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dedup.errors import InputError
from dedup.reading.decode import decode
from dedup.reading.html import read_html
from dedup.reading.jsonl import MAX_BYTES
from dedup.reading.packed import BrokenStreamError, opened
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source

if TYPE_CHECKING:
    from dedup.reading.packed import Stream

#: A longer head is none.
_MAX_HEAD = 1 << 20

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_CHUNK = re.compile(rb"(?:\r\n)?([0-9A-Fa-f]{1,8})[^\r\n]{0,1000}\r\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Block:
    """One record of an archive: its first byte in the unpacked file, its head, its body."""

    place: int
    head: bytes
    body: bytes

    @property
    def url(self) -> str | None:
        """The address that it came from."""
        return headers(self.head).get("warc-target-uri", "").strip("<>") or None


def find_warc(source: Source, fields: Fields) -> list[Piece]:
    """Return the one piece of an archive."""
    return [Piece((source,), fields, end=source.size, first=0)]


def read_warc(piece: Piece) -> Iterator[Record | BadRecord]:
    """Read the pages in an archive that came with status 200; the rest of it is no articles.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    for block in _blocks(piece.source):
        entry = block if isinstance(block, BadRecord) else _entry(block, piece.source)
        if entry:
            yield entry


def raw_warc(piece: Piece, keep: Callable[[int], bool]) -> Iterator[bytes]:
    """Return the kept blocks as they are, unpacked; joined, they are an archive."""
    for block in _blocks(piece.source):
        if isinstance(block, _Block) and keep(block.place):
            yield block.head + block.body + b"\r\n\r\n"


def headers(head: bytes) -> dict[str, str]:
    """Return the named fields of a head, names in lower case; the first line is none of them.

    >>> headers(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n")
    {'content-type': 'text/html'}
    """
    lines = head.decode("utf-8", "replace").splitlines()[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}


def _entry(block: _Block, source: Source) -> Record | BadRecord | None:
    """Return the article of a page, or why it has none; None where the block is no page."""
    if headers(block.head).get("warc-type") != "response":
        return None
    head, body = _split(block.body)
    fields = headers(head)
    kind = fields.get("content-type", "")
    if not _is_found(head) or not kind.lower().startswith(_PAGE_TYPES):
        return None
    charset = _CHARSET.search(kind)
    try:
        page = decode(_plain(body, fields), "", charset[1] if charset else None)
        article = read_html(page, "")
    except InputError as error:
        return BadRecord(source.path, block.place, str(error).removeprefix(": "), block.url)
    return Record(
        block.url or f"{source.name}:{block.place}",
        article.text,
        article.title,
        _host(block.url),
        article.date,
        block.url,
        article.language,
        source.path,
        block.place,
    )


def _split(response: bytes) -> tuple[bytes, bytes]:
    """Return the head and the body of a response; without a blank line, it is all head."""
    blank = _BLANK_LINE.search(response)
    return (response[: blank.start()], response[blank.end() :]) if blank else (response, b"")


def _is_found(head: bytes) -> bool:
    """Return whether the first line of a response says 200."""
    words = head.split(b"\n", 1)[0].split()
    return len(words) > 1 and words[0].startswith(b"HTTP/") and words[1] == b"200"


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:  # brackets that are no address
        return None


def _plain(body: bytes, fields: dict[str, str]) -> bytes:
    """Return a response's body without the transfer's chunks and compression."""
    if fields.get("transfer-encoding", "").lower() == "chunked":
        body = _joined(body)
    if fields.get("content-encoding", "").lower() in ("gzip", "x-gzip", "deflate"):
        unpacker = zlib.decompressobj(47)  # by its own header, of gzip or zlib
        try:
            return unpacker.decompress(body, MAX_BYTES)
        except zlib.error:
            return body  # many archives hold the page unpacked under the header it came with
    return body


def _joined(chunks: bytes) -> bytes:
    """Return the body that was sent in chunks; as it is if it was stored in one."""
    body: list[bytes] = []
    position = 0
    while match := _CHUNK.match(chunks, position):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(body)
        body.append(chunks[match.end() : match.end() + size])
        position = match.end() + size
    return b"".join(body) if body else chunks


def _blocks(source: Source) -> Iterator[_Block | BadRecord]:
    """Yield the blocks of an archive; where they break off, why."""
    place = 0
    try:
        with opened(source) as stream:
            while True:
                place += _skip_blank(stream)
                head = _head(stream)
                if not head:
                    return
                length = _length(head)
                if length <= MAX_BYTES:
                    body = _exactly(stream, length)
                    yield _Block(place, head, body)
                else:
                    _pass_over(stream, length)
                    yield BadRecord(source.path, place, f"is a record of {length:,} bytes")
                place += len(head) + length
    except BrokenStreamError as error:
        yield BadRecord(source.path, place, str(error))


def _skip_blank(stream: Stream) -> int:
    """Go to the next byte that ends no line; return how many were passed over."""
    count = 0
    while stream.peek(1)[:1] in (b"\r", b"\n"):
        count += len(stream.read(1))
    return count


def _head(stream: Stream) -> bytes:
    """Read the head of a block, blank line included; nothing at the end of the archive."""
    lines: list[bytes] = []
    size = 0
    while line := stream.readline(_MAX_HEAD):
        if not lines and not line.startswith(b"WARC/"):
            raise BrokenStreamError("begins no record of an archive; what followed is lost")
        lines.append(line)
        size += len(line)
        if line in (b"\r\n", b"\n"):
            return b"".join(lines)
        if size >= _MAX_HEAD:
            raise BrokenStreamError("has a head without an end; what followed is lost")
    if lines:
        raise BrokenStreamError("ends inside of a record")
    return b""


def _length(head: bytes) -> int:
    digits = headers(head).get("content-length", "")
    if not re.fullmatch("[0-9]{1,15}", digits):
        raise BrokenStreamError("has a record without its length; what followed is lost")
    return int(digits)


def _exactly(stream: Stream, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise BrokenStreamError("ends inside of a record")
    return data


def _pass_over(stream: Stream, length: int) -> None:
    while length > 0:
        length -= len(_exactly(stream, min(length, 1 << 20)))
