"""Tables as text: a header, and a row a record; a quoted field may run over lines."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from dedup.errors import one_line
from dedup.reading.columns import missing, resolve
from dedup.reading.entry import entry_of
from dedup.reading.jsonl import MAX_BYTES
from dedup.reading.packed import ESCAPE, BrokenStreamError, is_utf8, opened
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source

if TYPE_CHECKING:
    from dedup.reading.packed import Stream

#: What may stand between fields; where a header is split into as many by two, the first.
DELIMITERS = {"csv": ",;\t|", "tsv": "\t"}

#: Spreadsheets save tables with one of these marks; without one it is UTF-8.
_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row: its fields by name, its bytes in the file, and why it is no record."""

    values: dict[str, str]
    raw: bytes = b""
    problem: str | None = None


def find_csv(source: Source, fields: Fields) -> list[Piece]:
    """Return the one piece of a table: only from its start on is it known what is quoted.

    Raises:
        MissingExtraError: The library that unpacks it is missing.
    """
    header = next(_rows(source), _Row({}))
    problem = missing(fields, header.values) if header.values and not header.problem else None
    columns = resolve(fields, header.values)
    return [Piece((source,), fields, columns, 0, source.size, problem=problem)]


def read_csv(piece: Piece) -> Iterator[Record | BadRecord]:
    """Read the rows of a table; empty lines are passed over."""
    for place, row in enumerate(_rows(piece.source)):
        if row.problem:
            yield BadRecord(piece.source.path, place or None, row.problem)
        elif place:
            yield entry_of(row.values, piece.columns, piece.source, place)


def raw_csv(piece: Piece, keep: Callable[[int], bool]) -> Iterator[bytes]:
    """Return the header and the kept rows as they are, byte order mark and quotes and all."""
    for place, row in enumerate(_rows(piece.source)):
        if not row.problem and (place == 0 or keep(place)):
            yield row.raw


def _rows(source: Source) -> Iterator[_Row]:
    """Yield the header, as a row of its own names, and each row; where they break off, why."""
    try:
        with opened(source) as stream:
            start = stream.peek(4)
            mark = next(filter(start.startswith, _MARKS), b"")
            stream.read(len(mark))
            yield from _table(stream, _MARKS.get(mark, "utf-8"), mark, DELIMITERS[source.format])
    except UnicodeError:
        yield _Row({}, problem="is broken UTF-16 from here on; save the table as UTF-8")
    except BrokenStreamError as error:
        yield _Row({}, problem=str(error))


def _table(stream: Stream, encoding: str, mark: bytes, delimiters: str) -> Iterator[_Row]:
    csv.field_size_limit(MAX_BYTES)  # 131,072 characters unless said: less than a long article
    errors = ESCAPE if encoding == "utf-8" else "strict"
    taken: list[str] = []
    lines = _taping(io.TextIOWrapper(stream, encoding, errors, newline=""), taken)
    first = next(lines, "")
    delimiter = max(delimiters, key=lambda char: len(next(csv.reader([first], delimiter=char), [])))
    reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
    names: list[str] = []
    while True:
        row, problem = _next_row(reader)
        raw = "".join(taken)
        taken.clear()
        if row is None:
            return
        if not row and not problem:
            continue
        if not names:
            names = row
        if not raw.endswith(("\r", "\n")):
            raw += "\n"  # the last row, which may not be the last that is kept
        yield _Row(
            dict(zip(names, row, strict=False)),
            mark + raw.encode(encoding, errors),
            problem or _misfit(names, row),
        )
        mark = b""


def _next_row(reader: Iterator[list[str]]) -> tuple[list[str] | None, str | None]:
    """Return the next row, None at the end; or an empty one and what is wrong with it."""
    try:
        return next(reader, None), None
    except csv.Error as error:
        return [], f"is not valid CSV ({one_line(str(error))})"


def _taping(text: io.TextIOWrapper, taken: list[str]) -> Iterator[str]:
    """Yield the lines of a table, and note each in `taken`."""
    while line := text.readline(MAX_BYTES):
        if len(line) == MAX_BYTES:
            raise BrokenStreamError(
                f"has a line of over {MAX_BYTES:,} characters; what followed is lost"
            )
        taken.append(line)
        yield line


def _misfit(names: list[str], row: list[str]) -> str | None:
    """Return why a row cannot be the record that the header announces; None if it can."""
    if len(row) > len(names):
        return f"has {len(row):,} fields, the header {len(names):,}; put its text in quotes"
    return None if is_utf8("".join(row)) else "is not UTF-8; save the table as UTF-8"
