"""Parquet tables: row groups shared among workers, batches of a few columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from dedup.errors import InputError, MissingExtraError, one_line
from dedup.reading.columns import missing, resolve
from dedup.reading.entry import entry_of
from dedup.reading.packed import BrokenStreamError, opened
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source
from dedup.reading.source import place_of
from dedup.reading.walk import spool

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

#: Bytes, unpacked, that a worker reads at a time, at least.
PIECE_BYTES = 16 << 20

#: Rows held at a time.
BATCH = 1024


def find_parquet(source: Source, fields: Fields, piece_bytes: int = PIECE_BYTES) -> list[Piece]:
    """Return the pieces of a Parquet file: runs of its row groups, in order.

    Raises:
        MissingExtraError: pyarrow is not installed.
        InputError: There is no room to unpack it.
    """
    try:
        source = _unpacked(source)
        with _opened(source) as file:
            names = file.schema_arrow.names
            groups = [file.metadata.row_group(at) for at in range(file.num_row_groups)]
            sizes = [(group.num_rows, group.total_byte_size) for group in groups]
    except BrokenStreamError as error:
        return [Piece((source,), fields, problem=str(error))]
    problem = missing(fields, names)
    if problem:
        return [Piece((source,), fields, problem=problem)]
    columns = resolve(fields, names)
    return [
        Piece((source,), fields, columns, start, end, first)
        for start, end, first in _runs(sizes, piece_bytes)
    ]


def _unpacked(source: Source) -> Source:
    """Return a packed file as it is unpacked: it is read from its end."""
    if source.packing is None:
        return source
    with opened(source) as stream:
        return replace(source, packing=None, stored=spool(stream, source.path))


def read_parquet(piece: Piece) -> Iterator[Record | BadRecord]:
    """Read the rows of a piece; of the file's columns, only those that matter."""
    place = piece.first
    try:
        for batch in _batches(piece, list(piece.columns.names)):
            for values in _rows(batch):
                yield entry_of(values, piece.columns, piece.source, place)
                place += 1
    except BrokenStreamError as error:
        yield BadRecord(piece.source.path, place, str(error))


def raw_parquet(piece: Piece, keep: Callable[[int], bool]) -> Iterator[pa.RecordBatch]:
    """Return the kept rows with all their columns, in batches of the file's schema.

    Raises:
        InputError: The file is damaged, or became so since it was read.
    """
    place = piece.first
    try:
        for batch in _batches(piece, None):
            yield _kept(batch, [keep(place + row) for row in range(batch.num_rows)])
            place += batch.num_rows
    except BrokenStreamError as error:
        raise InputError(f"{place_of(piece.source.path)}: {error}") from error


def rows_of(piece: Piece) -> tuple[int, int]:
    """Return how many rows a piece has, and its file.

    Raises:
        InputError: The file is damaged, or became so since it was found.
    """
    try:
        with _opened(piece.source) as file:
            groups = range(piece.start, piece.end)
            here = sum(file.metadata.row_group(at).num_rows for at in groups)
            return here, file.metadata.num_rows
    except BrokenStreamError as error:
        raise InputError(f"{place_of(piece.source.path)}: {error}") from error


@contextmanager
def _opened(source: Source) -> Iterator[ParquetFile]:
    """Open a Parquet file, page by page even where a row group has gigabytes."""
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError as error:
        raise MissingExtraError(place_of(source.path), "reading Parquet", "parquet") from error
    try:
        with ParquetFile(source.file, buffer_size=1 << 20, pre_buffer=False) as file:
            yield file
    except Exception as error:  # damaged files raise anything, from deep inside
        reason = one_line((str(error).splitlines() or [type(error).__name__])[0])
        raise BrokenStreamError(
            f"is damaged or no Parquet file ({reason[:200]}); what followed is lost"
        ) from error


def _batches(piece: Piece, names: list[str] | None) -> Iterator[pa.RecordBatch]:
    groups = list(range(piece.start, piece.end))
    with _opened(piece.source) as file:
        yield from file.iter_batches(BATCH, row_groups=groups, columns=names, use_threads=False)


def _kept(batch: pa.RecordBatch, keeps: list[bool]) -> pa.RecordBatch:
    """Return some rows of a batch, run by run: `take` does not know every type (string views)."""
    import pyarrow as pa

    runs, start = [batch.slice(0, 0)], 0
    for kept, run in groupby(keeps):
        size = sum(1 for _ in run)
        if kept:
            runs.append(batch.slice(start, size))
        start += size
    return pa.concat_batches(runs)


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, object]]:
    """Yield the rows of a batch by the names of their columns."""
    columns = [_values(column) for column in batch.columns]
    for row in zip(*columns, strict=True):
        yield dict(zip(batch.schema.names, row, strict=True))


def _values(column: pa.Array) -> list[object]:
    """Return a column as Python values: bytes as the text they are, if they are any."""
    import pyarrow as pa

    try:
        values = column.to_pylist()
    except UnicodeDecodeError:  # a column of strings that are no UTF-8
        values = column.cast(pa.large_binary()).to_pylist()
    except ValueError:  # times in nanoseconds
        values = column.cast(pa.string()).to_pylist()
    return [_text(value) if type(value) is bytes else value for value in values]


def _text(value: bytes) -> str | bytes:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def _runs(sizes: list[tuple[int, int]], piece_bytes: int) -> Iterator[tuple[int, int, int]]:
    """Join row groups into runs of a piece's size: start, end, number of the first row.

    >>> list(_runs([(10, 5), (10, 5), (10, 20), (1, 1)], 10))
    [(0, 2, 1), (2, 3, 21), (3, 4, 31)]
    """
    start, first, rows, size = 0, 1, 0, 0
    for at, (count, bytes_) in enumerate(sizes):
        rows, size = rows + count, size + bytes_
        if size >= piece_bytes or at == len(sizes) - 1:
            yield start, at + 1, first
            start, first, rows, size = at + 1, first + rows, 0, 0
