"""A corpus without its copies: the records that stand for their stories, as they were read.

Nothing is decoded and written anew. A line, a row, an item or an archived page leaves as it came,
byte for byte and in the order of the input; of articles in files of their own, the paths leave.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, TypeAlias

from dedup.errors import InputError, OutputError, one_line
from dedup.reading.corpus import raw_records, raw_rows
from dedup.reading.csv import DELIMITERS
from dedup.reading.formats import ARTICLES, LIST
from dedup.reading.jsonl import numbered
from dedup.reading.piece import Piece
from dedup.scanning import Role, Scan

if TYPE_CHECKING:
    import pyarrow as pa

#: Where kept records stand: their places, by file.
Kept: TypeAlias = Mapping[str, frozenset[int]]

_FILES = "files"

#: The ending of what is written, by the format of what is read.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "jsonl": (".jsonl", ".ndjson"),
    LIST: (".json",),
    "csv": (".csv",),
    "tsv": (".tsv",),
    "parquet": (".parquet", ".pq"),
    "warc": (".warc",),
    _FILES: (".txt",),
}


def survivors(scan: Scan) -> Kept:
    """Return where the records stand that are no copies: all but the members of a story.

    The representative of each story is kept, each single article, each digest. Against an older
    corpus, what is there already is not kept. Records that were skipped are not.
    """
    from dedup.scanning.columns import ROLES

    articles = scan.articles
    member = ROLES.index(Role.MEMBER)
    places: dict[str, set[int]] = {}
    for row in (articles.role[articles.old :] != member).nonzero()[0].tolist():
        known = articles.names[row + articles.old]
        if known.path is not None:
            places.setdefault(known.path, set()).add(known.place)
    return {path: frozenset(found) for path, found in places.items()}


def format_of(pieces: Iterable[Piece], ending: str) -> str:
    """Return the one format of a corpus that is to be written without its copies.

    Raises:
        InputError: It has several formats, which cannot be joined in one file.
        OutputError: The ending of the file does not go with the format.
    """
    formats = sorted({_format(piece) for piece in pieces if not piece.problem}) or [_FILES]
    if len(formats) > 1:
        raise InputError(
            f"--keep: the corpus has several formats ({', '.join(formats)}); "
            "scan the files of one at a time"
        )
    endings = ENDINGS[formats[0]]
    if ending not in endings:
        what = "the paths of the files that are kept" if formats == [_FILES] else formats[0]
        raise OutputError(f"--output: {what} cannot be written as {ending}; use {endings[0]}")
    return formats[0]


def check_columns(pieces: Iterable[Piece]) -> None:
    """Find out before the work whether the tables of a corpus can be joined in one file.

    Raises:
        InputError: They have different columns.
    """
    firsts: dict[str, Piece] = {}
    for piece in pieces:
        if not piece.problem:
            firsts.setdefault(piece.source.path, piece)
    columns = None
    for piece in firsts.values() if len(firsts) > 1 else ():
        found = _columns_of(piece)
        columns = columns or found
        if found and found != columns:
            raise InputError(_different(piece))


def _columns_of(piece: Piece) -> object:
    """Return what the tables of a corpus have in common; None of what is no table."""
    if piece.source.format == "parquet":
        return next((batch.schema for batch in raw_rows(piece, _nothing)), None)
    if piece.source.format in {"csv", "tsv"}:
        return next(map(_columns, raw_records(piece, _nothing)), None)
    return None


def _nothing(_: int) -> bool:
    return False


def _format(piece: Piece) -> str:
    return _FILES if piece.source.format in ARTICLES else piece.source.format


def write_survivors(pieces: Sequence[Piece], kept: Kept, format: str, file: IO[bytes]) -> None:
    """Write the kept records of a corpus to an open file.

    Args:
        pieces: The corpus, as it was scanned.
        kept: What `survivors` returned.
        format: What `format_of` returned.
        file: Where to; it is left open.

    Raises:
        InputError: Tables have different columns, so that they cannot be joined in one file; or a
            file has no longer what is kept of it.
    """
    writers: Mapping[str, Callable[[Sequence[Piece], _Wanted, IO[bytes]], None]] = {
        _FILES: _write_paths,
        LIST: _write_list,
        "csv": _write_csv,
        "tsv": _write_csv,
        "parquet": _write_parquet,
    }
    whole = [piece for piece in pieces if not piece.problem]
    wanted = _Wanted(kept)
    writers.get(format, _write_records)(whole, wanted, file)
    if format != _FILES:
        wanted.check()


class _Wanted:
    """The records that are kept, crossed off as they are found."""

    def __init__(self, kept: Kept) -> None:
        self.kept = kept
        self._left = {path: len(places) for path, places in kept.items()}

    def of(self, piece: Piece) -> Callable[[int], bool]:
        """Return whether the record at a place is kept; to be asked once of each."""
        path, left = piece.source.path, self._left
        places = self.kept.get(path, frozenset())

        def keep(place: int) -> bool:
            if place not in places:
                return False
            left[path] -= 1
            return True

        return keep

    def check(self) -> None:
        """Find out whether all were there.

        Raises:
            InputError: They were not.
        """
        for path, count in self._left.items():
            if count:
                raise changed(path)


def changed(path: str) -> InputError:
    """Return the error of a file that is not what it was when it was scanned."""
    return InputError(
        f"{one_line(path)}: was changed while it was scanned, so that what is kept of it cannot "
        "be told; scan it when it is complete"
    )


def _write_records(pieces: Sequence[Piece], wanted: _Wanted, file: IO[bytes]) -> None:
    for piece in numbered(pieces):
        file.writelines(raw_records(piece, wanted.of(piece)))


def _write_paths(pieces: Sequence[Piece], wanted: _Wanted, file: IO[bytes]) -> None:
    for piece in pieces:
        for source in piece.sources:
            if source.path in wanted.kept:
                file.write(f"{source.path}\n".encode())


def _write_list(pieces: Sequence[Piece], wanted: _Wanted, file: IO[bytes]) -> None:
    start = b"[\n"
    for piece in pieces:
        for item in raw_records(piece, wanted.of(piece)):
            file.write(start + item)
            start = b",\n"
    file.write(b"[]\n" if start == b"[\n" else b"\n]\n")


def _write_csv(pieces: Sequence[Piece], wanted: _Wanted, file: IO[bytes]) -> None:
    """Write the header of the first table, and the rows of all."""
    header: bytes | None = None
    ended = True
    for piece in pieces:
        rows = raw_records(piece, wanted.of(piece))
        first = next(rows, None)
        if first is None:
            continue
        if header is None:
            header = first
            file.write(first)
            ended = first.endswith(b"\n")
        elif _columns(first) != _columns(header):
            raise InputError(_different(piece))
        for row in rows:
            file.write(row if ended else b"\n" + row)
            ended = row.endswith(b"\n")


def _columns(header: bytes) -> list[str]:
    """Return the columns of a table and what parts them, however their names are quoted.

    >>> _columns(b'"id","text"'), _columns(b"id;text")
    ([',', 'id', 'text'], [';', 'id', 'text'])
    """
    import csv

    text = header.removeprefix(codecs.BOM_UTF8).decode("latin-1").strip()
    splits = ([char, *next(csv.reader([text], delimiter=char), [])] for char in DELIMITERS["csv"])
    return max(splits, key=len)


def _write_parquet(pieces: Sequence[Piece], wanted: _Wanted, file: IO[bytes]) -> None:
    """Write the rows under the schema of the first table."""
    from pyarrow.parquet import ParquetWriter

    batches = _batches(pieces, wanted)
    first = next(batches, None)
    if first is None:
        raise InputError("--keep: no file of the corpus has a row; there is nothing to write")
    with ParquetWriter(file, first[1].schema, compression="zstd") as writer:
        writer.write_batch(first[1])
        for piece, batch in batches:
            if not batch.schema.equals(first[1].schema):
                raise InputError(_different(piece))
            writer.write_batch(batch)


def _batches(pieces: Sequence[Piece], wanted: _Wanted) -> Iterator[tuple[Piece, pa.RecordBatch]]:
    for piece in pieces:
        for batch in raw_rows(piece, wanted.of(piece)):
            yield piece, batch


def _different(piece: Piece) -> str:
    return (
        f"{one_line(piece.source.path)}: has other columns than the first table; "
        "scan tables of the same columns together"
    )
