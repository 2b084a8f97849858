"""A record a line: the fastest way in, and one that several workers can share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypedDict, TypeGuard

from dedup.reading.columns import missing, resolve
from dedup.reading.entry import entry_of
from dedup.reading.packed import BrokenStreamError, opened
from dedup.reading.piece import BadRecord, Columns, Fields, Piece, Record, Source
from dedup.reading.text import whole

if TYPE_CHECKING:
    from dedup.reading.packed import Stream

#: Bytes that a worker reads at a time: of a large file about 5,000 articles; of a smaller one so
#: few that all workers have about as much to do.
PIECE_BYTES = 16 << 20
LEAST_PIECE_BYTES = 1 << 20
PIECES = 32

#: The longest line that is read, as for an article in a file of its own.
MAX_BYTES = 50 * 1024 * 1024

#: Bytes in which line ends are counted at a time.
_COUNTED = 1 << 18
_LINE_END = 10

#: In the place of a piece's first line, until it is known.
UNCOUNTED = -1

#: How many records are looked at to see which fields a file has.
_SAMPLE = 100


def find_jsonl(source: Source, fields: Fields, piece_bytes: int | None = None) -> list[Piece]:
    """Return the pieces of a JSONL file, in order; each line belongs to one.

    A plain file of more than one piece is looked at where pieces end, so that reading can begin at
    once; `numbered` counts its lines, piece by piece. A compressed file is a piece.

    Raises:
        MissingExtraError: A library that unpacks it is missing.
    """
    problem, columns = look(_parsed(source), fields)
    if problem:
        return [Piece((source,), fields, problem=problem)]
    if piece_bytes is None:
        piece_bytes = min(max(source.size // PIECES, LEAST_PIECE_BYTES), PIECE_BYTES)
    if source.packing or source.size <= piece_bytes:
        return [Piece((source,), fields, columns, 0, source.size)]
    return [
        Piece((source,), fields, columns, start, end, UNCOUNTED if start else 1)
        for start, end in pairwise(_edges(source, piece_bytes))
    ]


def numbered(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces as `find_jsonl` and others return them, each with the place of its first record.

    The lines of a piece are counted when the next one is asked for (0.9 s for a million articles):
    others may be reading meanwhile.
    """
    before = Piece(())
    for piece in pieces:
        if piece.first == UNCOUNTED:
            piece = replace(piece, first=before.first + line_ends(before))  # noqa: PLW2901
        yield piece
        before = piece


def read_jsonl(piece: Piece) -> Iterator[Record | BadRecord]:
    """Read the lines of a piece; blank ones are passed over."""
    read = line_reader(piece)
    for place, line in _lines(piece):
        entry = line if isinstance(line, BadRecord) else read(line, place)
        if entry is not None:
            yield entry


def line_reader(piece: Piece) -> Callable[[bytes, int], Record | BadRecord | None]:
    """Return a function from a line and its number to what it holds; None of a blank line."""
    source, columns, decode = piece.source, piece.columns, _decoder(piece.columns)

    def read(line: bytes, place: int) -> Record | BadRecord | None:
        try:
            entry = entry_of(decode(line), columns, source, place)
        except (ValueError, RecursionError):
            if line.isspace():
                return None
            entry = None
        return entry if type(entry) is Record else plain_entry(line, piece, place)

    return read


def raw_jsonl(piece: Piece, keep: Callable[[int], bool]) -> Iterator[bytes]:
    """Return the kept lines of a piece as they are, each with a line end."""
    for place, line in _lines(piece):
        if isinstance(line, bytes) and keep(place):
            yield line if line.endswith(b"\n") else line + b"\n"


def plain_entry(line: bytes, piece: Piece, place: int) -> Record | BadRecord:
    """Return what a line holds, by way of the standard library: the reference of the fast way.

    It takes what the fast way does not, and finds the reason where there is no article: halves of
    surrogate pairs, NaN, a record with other fields than those the file began with.
    """
    path = piece.source.path
    try:
        record = json.loads(line.decode("utf-8-sig" if place == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        return BadRecord(path, place, f"is not UTF-8 (byte {error.start + 1:,} of the line)")
    except json.JSONDecodeError as error:
        return BadRecord(path, place, f"is not valid JSON (column {error.colno:,}: {error.msg})")
    except ValueError:
        return BadRecord(path, place, "has a number of too many digits in it")
    except RecursionError:
        return BadRecord(path, place, "is JSON nested too deeply")
    return entry_of_json(record, piece, place)


def entry_of_json(record: object, piece: Piece, place: int) -> Record | BadRecord:
    """Return the article in a parsed JSON value, or why there is none."""
    if not isinstance(record, dict):
        return BadRecord(piece.source.path, place, 'is no JSON object; write {"text": "…"}')
    columns = piece.columns
    if not any(record.get(name) is not None for name in columns.text):
        columns = resolve(piece.fields, record)
    values = {key: whole(value) if type(value) is str else value for key, value in record.items()}
    return entry_of(values, columns, piece.source, place)


def look(records: Iterable[object], fields: Fields) -> tuple[str | None, Columns]:
    """Return what a file lacks, if anything, and the columns that its first records show.

    As long as a needed field is missing, the search goes on. A file without a single record
    lacks nothing: reading it says what is in it.
    """
    present: dict[str, None] = {}
    problem = None
    for seen, record in enumerate(filter(_is_object, records), start=1):
        present.update(dict.fromkeys(record))
        problem = missing(fields, present)
        if seen >= _SAMPLE and not problem:
            break
    return problem, resolve(fields, present)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _parsed(source: Source) -> Iterator[object]:
    """Yield what the lines of a file hold, as far as it can be parsed."""
    for place, line in _lines(Piece((source,), end=source.size)):
        if isinstance(line, bytes):
            try:
                yield json.loads(line.decode("utf-8-sig" if place == 1 else "utf-8"))
            except (ValueError, RecursionError):
                continue


def _lines(piece: Piece) -> Iterator[tuple[int, bytes | BadRecord]]:
    """Yield the lines of a piece with their numbers; where they break off, the reason."""
    path = piece.source.path
    place = piece.first
    assert place != UNCOUNTED
    try:
        with opened(piece.source, piece.start, piece.end) as stream:
            while line := stream.readline(MAX_BYTES):
                if len(line) == MAX_BYTES and not line.endswith(b"\n"):
                    _skip_line(stream)
                    yield place, BadRecord(path, place, f"is a line of over {MAX_BYTES:,} bytes")
                else:
                    yield place, line
                place += 1
    except BrokenStreamError as error:
        yield place, BadRecord(path, place, str(error))


def _skip_line(stream: Stream) -> None:
    while (rest := stream.readline(MAX_BYTES)) and not rest.endswith(b"\n"):
        pass


def _edges(source: Source, piece_bytes: int) -> list[int]:
    """Return the bytes where pieces begin; the last is the end of the file.

    An edge is where the line ends that the least size of the piece falls in.
    """
    edges = [0]
    try:
        while (wanted := edges[-1] + piece_bytes - 1) < source.size:
            with opened(source, wanted) as stream:
                while line := stream.readline(_COUNTED):
                    wanted += len(line)
                    if line.endswith(b"\n"):
                        break
            edges.append(wanted)
    except BrokenStreamError:
        pass  # reading the last piece will say so
    return edges if edges[-1] >= source.size else [*edges, source.size]


def line_ends(piece: Piece) -> int:
    """Return how many lines end in a piece."""
    import numpy as np

    block, count = np.empty(_COUNTED, dtype=np.uint8), 0
    try:
        with opened(piece.source, piece.start, piece.end) as stream:
            while size := stream.readinto(block.data):
                count += int(np.count_nonzero(block[:size] == _LINE_END))
    except BrokenStreamError:
        pass  # reading the piece will say so
    return count


@lru_cache(maxsize=16)
def _decoder(columns: Columns) -> Callable[[bytes], dict[str, object]]:
    """Return a function from a line to those of its fields that are columns.

    msgspec passes over the other fields without making anything of them.
    """
    import msgspec

    wanted = TypedDict("wanted", dict.fromkeys(columns.names, Any), total=False)  # type: ignore
    decode: Callable[[bytes], dict[str, object]] = msgspec.json.Decoder[Any](wanted).decode
    return decode
