"""A piece of a JSONL file, read by the compiled engine: no record is made of an ordinary line.

`reading.jsonl` says what a line holds; lines that are not ordinary are read there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from dedup.detect.batch import Texts, encode, offsets_of
from dedup.detect.kernelengine import KernelEngine
from dedup.detect.machine import Compiled
from dedup.detect.room import own_room
from dedup.reading.jsonl import line_reader
from dedup.reading.packed import BrokenStreamError, opened
from dedup.reading.piece import BadRecord, Columns, Piece, Record, Source
from dedup.scanning.ingesting.gathering import Group, known_of, prints_of, tail_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes that are read at once, and the most lines of them. With half as many, what is done once a
#: block takes a twentieth of the time more; with twice as many, what comes of them falls out of the
#: cache.
BLOCK_BYTES, BLOCK_LINES = 1 << 22, 4096
#: Bytes behind a block that may be looked at, and behind what is written that are written over.
MARGIN = 64
#: Share of the lines that may be left for the plain way where threads are to read.
MOST_LEFT = 0.02
#: In how many ways a field is used: as a text, an id, a title, an outlet …
ROLES = 7

READ_LINES = Compiled("dedup.scanning.ingesting.linekernel", "read_lines")
MOVE_ROWS = Compiled("dedup.scanning.ingesting.linekernel", "move_rows")
#: The number of the first line of a piece before which nobody has counted the lines. As MessagePack
#: it takes four bytes, as what takes its place later does.
ANYWHERE = 1 << 31


class UnreadError(Exception):
    """A piece has to be read in the plain way, from its start."""


def read_groups(piece: Piece, bad: list[BadRecord]) -> Iterator[Group]:
    """Yield the articles of a piece, in groups; put aside what is none.

    The same as `gathering.groups_of(read_jsonl(piece), bad)`, but for the size of the groups and
    the records.

    Raises:
        UnreadError: The file breaks off, a line is longer than a block, or an article without an id
            is in a piece that begins `ANYWHERE`.
    """
    slow = line_reader(piece)

    def named(line: bytes, place: int) -> Record | BadRecord | None:
        """Read a line that must not be called by its number."""
        entry = slow(line, place)
        if isinstance(entry, Record) and entry.id == f"{piece.source.name}:{place}":
            raise UnreadError
        return entry

    yield from groups_in(piece, _blocks(piece), bad, named if piece.first == ANYWHERE else slow)


def moved(heap: bytes | bytearray, known: NDArray[np.int64], shift: int) -> bytearray:
    """Return what is known of the articles of a piece that begins at the line `ANYWHERE`, with
    `shift` added to their lines.

    Args:
        heap: What is known of each, as in `Group`.
        known: Bytes of each.
        shift: What to add.
    """
    import numpy as np

    changed = bytearray(heap)
    if len(known):
        MOVE_ROWS(np.frombuffer(changed, dtype=np.uint8), offsets_of(known)[:-1], shift)
    return changed


def are_ordinary(piece: Piece) -> bool:
    """Say whether the compiled engine reads what a piece begins with, or nearly all, by itself.

    Lines that are not ordinary are read by Python, one thread at a time.
    """
    left, read = 0, 0

    def leave(_: bytes, place: int) -> None:
        nonlocal left
        left += 1

    with suppress(UnreadError):
        for group in groups_in(piece, islice(_blocks(piece), 1), [], leave):
            read += len(group.texts)
    return left <= MOST_LEFT * (left + read)


def warm_up() -> None:
    """Compile or load what reads lines, and digests them, on a line."""
    import msgspec
    import numpy as np

    line = b'{"text": "It holds."}'
    piece = Piece((Source("", "", "jsonl"),), columns=Columns(text=("text",)))
    block = np.frombuffer(bytearray(line + bytes(MARGIN)), dtype=np.uint8)
    for group in groups_in(piece, iter([(block, len(line), 0)]), [], line_reader(piece)):
        prints_of(group.texts, group.tails, KernelEngine())
    moved(msgspec.msgpack.encode(("a", "b", ANYWHERE)), np.array([7]), 0)


def groups_in(
    piece: Piece,
    blocks: Iterator[tuple[NDArray[np.uint8], int, int]],
    bad: list[BadRecord],
    slow: Callable[[bytes, int], Record | BadRecord | None],
) -> Iterator[Group]:
    """Do what `read_groups` does, with some blocks; `slow` reads lines that are not ordinary."""
    import numpy as np

    fields = _fields(piece)
    count = len(piece.columns.names)
    scratch = (*np.empty((3, count), dtype=np.int64), np.empty(ROLES + 1, dtype=np.int64))
    known = len(fields[3]) + len(fields[4]) + MARGIN
    # As large as what comes of a block may be, where a field is that of every role: of memory that
    # is not written to nothing is taken.
    room = ROLES * BLOCK_BYTES + BLOCK_LINES * known
    loose, texts, tails, heap = own_room().take("of lines", np.uint8, 4, room)
    lines, done = np.empty(BLOCK_LINES + 1, dtype=np.int64), np.empty(1, dtype=np.int64)
    ends = np.empty((BLOCK_LINES, 3), dtype=np.int64)
    place = piece.first
    for block, end, start in blocks:
        at = 0
        while at < end:
            READ_LINES(
                block, at, end, place, fields, scratch, loose, texts, heap, tails, lines, ends, done
            )
            read = int(done[0])
            edges = np.concatenate([np.zeros((1, 3), dtype=np.int64), ends[:read]])
            kept = edges[1:, 0] > edges[:-1, 0]
            more: dict[int, Record] = {}
            for number in np.flatnonzero(~kept).tolist():
                line = block[lines[number] : lines[number + 1]].tobytes()
                entry = slow(line, place + number)
                if isinstance(entry, Record):
                    more[number] = entry
                elif entry is not None:
                    bad.append(entry)
            kept[list(more)] = True
            group = _group(texts, heap, tails, edges, kept, more)
            begun = lines[: read + 1]
            where = np.stack([start + begun[:-1], np.diff(begun)])[:, kept]
            yield replace(group, lines=where, count=read, placed=bool(piece.columns.url))
            at, place = int(lines[read]), place + read


def _group(  # noqa: PLR0913, PLR0917
    texts: NDArray[np.uint8],
    heap: NDArray[np.uint8],
    tails: NDArray[np.uint8],
    edges: NDArray[np.int64],
    kept: NDArray[np.bool_],
    more: Mapping[int, Record],
) -> Group:
    """Return the ordinary articles and those in between that were read one by one."""
    import msgspec

    pack = msgspec.msgpack.encode
    known = _spliced(heap, edges[:, 1], kept, {n: pack(known_of(one)) for n, one in more.items()})
    return Group(
        _spliced(texts, edges[:, 0], kept, {n: encode(one.text) for n, one in more.items()}),
        known.data.tobytes(),
        known.offsets[1:] - known.offsets[:-1],
        _spliced(tails, edges[:, 2], kept, {n: tail_of(one) for n, one in more.items()}),
    )


def _spliced(
    data: NDArray[np.uint8],
    edges: NDArray[np.int64],
    kept: NDArray[np.bool_],
    more: Mapping[int, bytes],
) -> Texts:
    """Return stretches of bytes end to end, some put in between and those not kept left out.

    Args:
        data: The stretches; what is put in or left out is empty there.
        edges: Where each begins, and where the last ends.
        kept: Of each whether it is kept.
        more: What to put in, by its number.
    """
    import numpy as np

    sizes = np.diff(edges)
    parts, last = [], 0
    for number, put in more.items():
        sizes[number] = len(put)
        parts += [data[last : edges[number]], np.frombuffer(put, dtype=np.uint8)]
        last = int(edges[number])
    parts.append(data[last : edges[-1]])
    return Texts(np.concatenate(parts) if more else parts[0], offsets_of(sizes[kept]))


def _fields(piece: Piece) -> tuple[NDArray[np.generic], ...]:
    """Return what `linekernel.read_lines` has to know of the fields."""
    import msgspec
    import numpy as np

    columns, names = piece.columns, piece.columns.names
    encoded = [encode(name) for name in names]
    roles = (
        columns.text,
        columns.id,
        columns.title,
        columns.outlet,
        columns.date,
        columns.url,
        columns.language,
    )
    members = np.full((len(roles), len(names) + 1), -1, dtype=np.int64)
    for role, row in zip(roles, members, strict=True):
        row[: len(role)] = [names.index(name) for name in role]
    prefix = b"" if piece.first == ANYWHERE else encode(f"{piece.source.name}:")
    path = msgspec.msgpack.encode(piece.source.path)
    return (
        np.frombuffer(b"".join(encoded), dtype=np.uint8),
        offsets_of(map(len, encoded)),
        members,
        np.frombuffer(prefix, dtype=np.uint8),
        np.frombuffer(path, dtype=np.uint8),
    )


def _blocks(piece: Piece) -> Iterator[tuple[NDArray[np.uint8], int, int]]:
    """Yield whole lines of a piece, with where they end in the array, and begin in the file.

    Raises:
        UnreadError: As above.
    """
    import numpy as np

    held = bytearray(BLOCK_BYTES + MARGIN)
    array = np.frombuffer(held, dtype=np.uint8)
    view = memoryview(held)
    filled, start = 0, piece.start
    try:
        with opened(piece.source, piece.start, piece.end) as stream:
            while count := stream.readinto(view[filled:BLOCK_BYTES]):
                filled += count
                end = held.rfind(b"\n", 0, filled) + 1
                if filled < BLOCK_BYTES:
                    continue
                if not end:
                    raise UnreadError
                yield array, end, start
                held[: filled - end] = held[end:filled]
                filled, start = filled - end, start + end
    except BrokenStreamError as error:
        raise UnreadError from error
    if filled:
        array[filled : filled + MARGIN] = 0
        yield array, filled, start
