"""Web archives (ISO 28500), such as Common Crawl's news: the article of each page in them.

Read here and not by a library: those at hand end silently where an archive is cut off, and an
archive is but blocks, each a head that tells the length of its body.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dedup.errors import InputError
from dedup.reading.html import read_html
from dedup.reading.jsonl import MAX_BYTES
from dedup.reading.members import Members, next_member
from dedup.reading.packed import BUFFER, GZIP, BrokenStreamError, cannot_read, opened
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source
from dedup.reading.response import headers, page_of

if TYPE_CHECKING:
    from dedup.reading.packed import Stream

#: How a record begins.
_START = b"WARC/"

#: Packed bytes that a worker reads at a time: about 200 pages, a few seconds' work.
PIECE_BYTES = 4 << 20

#: A longer head is none.
_MAX_HEAD = 1 << 20


@dataclass(frozen=True, slots=True)
class _Block:
    """One record of an archive: its first byte in the file, its head, its body."""

    place: int
    head: bytes
    body: bytes

    @property
    def url(self) -> str | None:
        """The address that it came from."""
        return headers(self.head).get("warc-target-uri", "").strip("<>") or None


def find_warc(source: Source, fields: Fields, piece_bytes: int = PIECE_BYTES) -> list[Piece]:
    """Return the pieces of an archive, in order; each record belongs to one.

    Where members of gzip begin is looked for around the ends of the pieces alone; of an archive
    that is not packed, every record is passed by once.
    """
    edges = [0]
    if source.packing == GZIP:
        while place := next_member(source.file, edges[-1] + piece_bytes, _START):
            edges.append(place)
    elif source.packing is None and source.size > piece_bytes:
        for block in _blocks(Piece((source,), end=source.size)):
            if block.place and block.place >= edges[-1] + piece_bytes:
                edges.append(block.place)
    return [
        Piece((source,), fields, start=start, end=end, first=start)
        for start, end in pairwise([*edges, source.size])
    ]


def read_warc(piece: Piece) -> Iterator[Record | BadRecord]:
    """Read the pages in an archive that came with status 200; the rest of it is no articles.

    Raises:
        MissingExtraError: trafilatura is not installed.
    """
    for block in _blocks(piece):
        entry = block if isinstance(block, BadRecord) else _entry(block, piece.source)
        if entry:
            yield entry


def raw_warc(piece: Piece, keep: Callable[[int], bool]) -> Iterator[bytes]:
    """Return the kept records as they are, unpacked; joined, they are an archive."""
    for block in _blocks(piece):
        if isinstance(block, _Block) and keep(block.place):
            yield block.head + block.body + b"\r\n\r\n"


def _entry(block: _Block, source: Source) -> Record | BadRecord | None:
    """Return the article of a page, or why it has none; None where the block is no page."""
    if headers(block.head).get("warc-type") != "response":
        return None
    try:
        page = page_of(block.body)
        if page is None:
            return None
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


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:  # brackets that are no address
        return None


def _blocks(piece: Piece) -> Iterator[_Block | BadRecord]:
    """Yield the blocks of a piece; where they break off, why."""
    if piece.source.packing == GZIP:
        yield from _packed_blocks(piece)
        return
    place = piece.start
    try:
        with opened(piece.source, piece.start, piece.end) as stream:
            for position, head, body in _parse(stream):
                place = piece.start + position
                yield _block(piece.source, place, head, body)
                place += len(head) + len(body or b"")
    except BrokenStreamError as error:
        yield BadRecord(piece.source.path, place, str(error))


def _packed_blocks(piece: Piece) -> Iterator[_Block | BadRecord]:
    """Yield the blocks that begin in the members of a piece, past damaged ones.

    The place of a block is that of its member; of several in a member, each one more.
    """
    source = piece.source
    start: int | None = piece.start
    while start is not None and start < piece.end:
        try:
            with Path(source.file).open("rb", buffering=0) as file:
                members = Members(file, start, source.size)
                start = yield from _blocks_of(members, piece)
        except OSError as error:
            yield BadRecord(source.path, piece.start, cannot_read(error))
            return


def _blocks_of(members: Members, piece: Piece) -> Generator[_Block | BadRecord, None, int | None]:
    """Yield the blocks of a piece up to a damaged member; return where to go on after it."""
    source, place = piece.source, -1
    try:
        for position, head, body in _parse(io.BufferedReader(members, BUFFER)):
            member = members.member_of(position)
            if member >= piece.end:
                return None
            place = max(member, place + 1)
            yield _block(source, place, head, body)
    except BrokenStreamError as error:
        if members.latest >= piece.end:
            return None
        yield BadRecord(source.path, members.latest, str(error))
        return next_member(source.file, members.latest + 1, _START)
    return None


def _block(source: Source, place: int, head: bytes, body: bytes | None) -> _Block | BadRecord:
    if body is None:
        return BadRecord(source.path, place, f"is a record of over {MAX_BYTES:,} bytes")
    return _Block(place, head, body)


def _parse(stream: Stream) -> Iterator[tuple[int, bytes, bytes | None]]:
    """Yield where each block begins, its head, and its body unless that is too long."""
    position = 0
    while True:
        position += _skip_blank(stream)
        head = _head(stream)
        if not head:
            return
        length = _length(head)
        if length <= MAX_BYTES:
            yield position, head, _exactly(stream, length)
        else:
            _pass_over(stream, length)
            yield position, head, None
        position += len(head) + length


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
        if not lines and not line.startswith(_START):
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
