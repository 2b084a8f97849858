"""A small part of a corpus that is read just as all of it would be: to judge the whole by.

Of files of records it is the first bytes of some, and of files with an article each a few; so every
reader, compiled or not, takes it as it takes the rest, and as many workers share it.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Container, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import accumulate
from math import ceil
from pathlib import Path
from typing import NamedTuple

from dedup.errors import InputError
from dedup.reading.corpus import raw_rows
from dedup.reading.formats import ARTICLES
from dedup.reading.packed import GZIP, BrokenStreamError, opened, pack
from dedup.reading.parquet import rows_of
from dedup.reading.piece import Piece, Source

#: Places that a portion is taken from, at least, where there are so many: more than one, as what
#: stands first may be of another kind, and few, as the versions of a story stand near each other.
PLACES = 4
#: Bytes that are taken of a packed file, at least: a block of Zstandard is unpacked whole or not at
#: all, and packed has at most 128 KiB.
LEAST_PACKED = 3 << 16


class Portion(NamedTuple):
    """A part of a corpus.

    Attributes:
        pieces: To be read; the last record of some is cut off.
        share: Of the bytes of the corpus, above 0 and at most 1.
    """

    pieces: list[Piece]
    share: float


def portion(
    pieces: Sequence[Piece],
    size: int,
    folder: str,
    workers: int = 1,
    apart: Container[str] = (),
) -> Portion:
    """Return a part of a corpus, of each format as large a share.

    Args:
        pieces: The corpus, as `find_pieces` returns it.
        size: About how many bytes on disk to take; as many as there are take all of it.
        folder: Where to write what cannot be cut as it lies: packed files and Parquet.
        workers: Who share the pieces: as many for each, of a format that has enough.
        apart: Paths of files that are another corpus: of that as large a share.
    """
    formats: dict[tuple[bool, str, str | None], list[Piece]] = defaultdict(list)
    for piece in pieces:
        source = piece.source
        formats[source.path in apart, source.format, source.packing].append(piece)
    weights = {kind: list(map(bytes_of, some)) for kind, some in formats.items()}
    total = sum(map(sum, weights.values()))
    if size >= total:
        return Portion(list(pieces), 1.0)
    found, taken = list[Piece](), 0.0
    for kind, some in formats.items():
        for at, wanted in _places(weights[kind], size / total, workers).items():
            file = Path(folder, f"portion-{len(found)}")
            cut, weight = _cut(some[at], weights[kind][at], wanted, file)
            found.append(cut)
            taken += weight
    return Portion(found, min(1.0, taken / total))


def _places(weights: Sequence[float], share: float, workers: int) -> dict[int, float]:
    """Return which pieces to take how many bytes of: those at places as far from each other."""
    *_, total = ends = list(accumulate(weights))
    count = ceil(max(PLACES, share * len(weights)) / workers) * workers
    wanted: dict[int, float] = defaultdict(float)
    for number in range(count):
        at = bisect(ends, total * number / count)
        wanted[min(at, len(ends) - 1)] += share * total / count
    return wanted


def bytes_of(piece: Piece) -> float:
    """Return how many bytes on disk a piece takes."""
    if piece.source.format in ARTICLES:
        return sum(source.size for source in piece.sources)
    if piece.source.format == "parquet":
        here, all_of_file = rows_of(piece)
        return piece.source.size * here / max(all_of_file, 1)
    return piece.end - piece.start


def _cut(piece: Piece, weight: float, size: float, file: Path) -> tuple[Piece, float]:
    """Return about so many bytes of a piece, and how many they are."""
    source, members = piece.source, piece.source.packing == GZIP and piece.source.format == "warc"
    if size >= weight:
        return piece, weight
    if source.format in ARTICLES:
        return _few(piece, size)
    if source.format == "parquet":
        return _first_rows(piece, weight, size, file)
    end = piece.start + ceil(size)
    if members:  # a reader goes by where members begin
        return replace(piece, end=end), end - piece.start
    if source.packing:
        return _packed(piece, weight, max(ceil(size), LEAST_PACKED), file)
    return replace(piece, sources=(replace(source, size=end),), end=end), end - piece.start


def _few(piece: Piece, size: float) -> tuple[Piece, float]:
    """Return the first articles of a piece, one at least."""
    taken, few = 0, list[Source]()
    for source in piece.sources:
        if few and taken >= size:
            break
        few.append(source)
        taken += source.size
    return replace(piece, sources=tuple(few)), taken


def _first_rows(piece: Piece, weight: float, size: float, file: Path) -> tuple[Piece, float]:
    """Return a table of the first rows of a piece: a row group cannot be read in part."""
    import pyarrow as pa
    from pyarrow.parquet import write_table

    rows, _ = rows_of(piece)
    wanted = ceil(rows * size / weight)
    batches, taken = list[pa.RecordBatch](), 0
    with suppress(InputError):  # a damaged file, which has been lost from here on
        for batch in raw_rows(piece, lambda place: place < piece.first + wanted):
            batches.append(batch)
            taken += batch.num_rows
            if taken >= wanted:
                break
    if not taken:
        return piece, weight
    write_table(pa.Table.from_batches(batches), file, row_group_size=taken)
    source = replace(piece.source, stored=str(file), size=file.stat().st_size)
    return replace(piece, sources=(source,), start=0, end=1), weight * taken / rows


def _packed(piece: Piece, weight: float, size: int, file: Path) -> tuple[Piece, float]:
    """Return a packed file of what the first bytes of one unpack to."""
    if size >= weight:
        return piece, weight
    with Path(piece.source.file).open("rb") as whole:
        file.write_bytes(whole.read(size))
    source, data = replace(piece.source, stored=str(file)), bytearray()
    with suppress(BrokenStreamError), opened(source) as stream:  # as it does break off
        while chunk := stream.read1():
            data += chunk
    file.write_bytes(pack(data, source))
    source = replace(source, size=file.stat().st_size)
    return replace(piece, sources=(source,), end=source.size), size
