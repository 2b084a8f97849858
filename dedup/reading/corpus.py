"""A corpus of any size, in pieces that workers read by themselves, and always in one order."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from dedup.errors import InputError, MissingExtraError
from dedup.reading.array import find_array, raw_array, read_array
from dedup.reading.csv import find_csv, raw_csv, read_csv
from dedup.reading.folder import read_files
from dedup.reading.formats import ARTICLES, FORMATS, LIST, has_format, recognise
from dedup.reading.jsonl import find_jsonl, raw_jsonl, read_jsonl
from dedup.reading.packed import cannot_read
from dedup.reading.parquet import find_parquet, raw_parquet, read_parquet
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source
from dedup.reading.source import place_of
from dedup.reading.walk import Found, find_files
from dedup.reading.warc import find_warc, raw_warc, read_warc

if TYPE_CHECKING:
    import pyarrow as pa

#: Articles in files of their own are put together to pieces of so many bytes, or files.
_BYTES_TOGETHER, _FILES_TOGETHER = 4 << 20, 256

_FIND: dict[str, Callable[[Source, Fields], list[Piece]]] = {
    "jsonl": find_jsonl,
    LIST: find_array,
    "csv": find_csv,
    "tsv": find_csv,
    "parquet": find_parquet,
    "warc": find_warc,
}

_READ: dict[str, Callable[[Piece], Iterator[Record | BadRecord]]] = {
    "jsonl": read_jsonl,
    LIST: read_array,
    "csv": read_csv,
    "tsv": read_csv,
    "parquet": read_parquet,
    "warc": read_warc,
    **dict.fromkeys(ARTICLES, read_files),
}

_RAW: dict[str, Callable[[Piece, Callable[[int], bool]], Iterator[bytes]]] = {
    "jsonl": raw_jsonl,
    LIST: raw_array,
    "csv": raw_csv,
    "tsv": raw_csv,
    "warc": raw_warc,
}


def find_pieces(
    paths: Iterable[str | os.PathLike[str]],
    *,
    fields: Fields | None = None,
    format: str | None = None,
) -> list[Piece]:
    """Return the pieces of a corpus, in an order that depends on the names of its files alone.

    Args:
        paths: Files, folders (searched to any depth), patterns (`news/**/*.jsonl.gz`), `-`.
        fields: Which fields hold what; None to guess.
        format: What every file is, one of `formats.FORMATS`; None to tell by name and content.

    Returns:
        Pieces that together hold every record once. What cannot be read is a piece too, whose
        reading says why, so that nothing is left out in silence.

    Raises:
        InputError: A path leads to nothing, or a file that was named cannot be read or lacks a
            field that is needed; the message lists the fields that it has.
        MissingExtraError: A library that the corpus needs is missing.
    """
    if format is not None and format not in FORMATS:
        raise InputError(f"unknown input format {format!r}; use one of {', '.join(FORMATS)}")
    pieces: list[Piece] = []
    for found in find_files(paths):
        for piece in _pieces(found, fields or Fields(), format):
            if piece.problem and found.named:
                raise InputError(f"{place_of(found.path)}: {piece.problem}")
            pieces.append(piece)
    _require_html(pieces)
    return list(_together(pieces))


def read_piece(piece: Piece) -> Iterator[Record | BadRecord]:
    """Read the records of a piece, in order; of what is none, where it stands and why.

    No more than one record is held at a time, or one batch of a Parquet file.

    Raises:
        MissingExtraError: A library that the piece needs is missing.
    """
    if piece.problem:
        return iter([BadRecord(piece.source.path, None, piece.problem)])
    return _READ[piece.source.format](piece)


def raw_records(piece: Piece, keep: Callable[[int], bool]) -> Iterator[bytes]:
    """Return records as they stand in their file, byte for byte, in its order.

    Args:
        piece: A piece of a file that holds many records (Parquet has `raw_rows`).
        keep: Whether the record at a `place` is wanted.

    Returns:
        Lines with their ends (JSONL); the header, if the piece begins with it, and rows with
        their ends (CSV); items (JSON list); records (WARC), unpacked. Of articles in files of
        their own nothing: they are kept by their paths.
    """
    raw = _RAW.get(piece.source.format)
    return raw(piece, keep) if raw and not piece.problem else iter(())


def raw_rows(piece: Piece, keep: Callable[[int], bool]) -> Iterator[pa.RecordBatch]:
    """Return the rows of a Parquet piece that are wanted, with all columns, in batches.

    Raises:
        InputError: The file is damaged.
    """
    return iter(()) if piece.problem else raw_parquet(piece, keep)


def _pieces(found: Found, fields: Fields, format: str | None) -> list[Piece]:
    """Return the pieces of one file; of a file that cannot be read, one that says why."""
    source = Source(found.path, found.name, "", stored=found.file)
    problem = found.problem
    if not (problem or found.named or format or has_format(found.path)):
        problem = "has no suffix of an article or corpus; name it by itself if it is one"
    if problem is None:
        try:
            size = Path(found.file).stat().st_size
            source = recognise(Source(found.path, found.name, "", None, size, found.file), format)
        except OSError as error:
            problem = cannot_read(error)
    if problem:
        return [Piece((source,), fields, problem=problem)]
    find = _FIND.get(source.format)
    return find(source, fields) if find else [Piece((source,), fields, end=source.size)]


def _together(pieces: list[Piece]) -> Iterator[Piece]:
    """Join neighbouring pieces that are one article each."""
    waiting: list[Piece] = []
    size = 0
    for piece in pieces:
        alone = piece.problem is not None or piece.source.format not in ARTICLES
        if waiting and (alone or size >= _BYTES_TOGETHER or len(waiting) >= _FILES_TOGETHER):
            yield _joined(waiting)
            waiting, size = [], 0
        if alone:
            yield piece
        else:
            waiting.append(piece)
            size += piece.end
    if waiting:
        yield _joined(waiting)


def _joined(pieces: list[Piece]) -> Piece:
    return Piece(tuple(piece.source for piece in pieces), pieces[0].fields)


def _require_html(pieces: list[Piece]) -> None:
    """Raise a MissingExtraError before the first page is read, not at the thousandth file."""
    for piece in pieces:
        if piece.source.format in ("html", "warc") and find_spec("trafilatura") is None:
            raise MissingExtraError(place_of(piece.source.path), "reading a web page", "html")
