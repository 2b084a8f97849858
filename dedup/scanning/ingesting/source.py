"""Whatever a corpus is given as, in pieces: paths, or articles one after another."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeGuard

from dedup.article import Article
from dedup.errors import InputError
from dedup.reading.corpus import find_pieces
from dedup.reading.formats import ARTICLES
from dedup.reading.jsonl import numbered
from dedup.reading.piece import BadRecord, Fields, Piece, Record
from dedup.reading.text import has_words, whole
from dedup.scanning.ingesting.intake import Spooled, keep_records

Path = str | os.PathLike[str]
Source = Path | Iterable[Path] | Iterable[Piece] | Iterable[Article | Record | BadRecord]

#: Articles of an iterable that are set aside together.
BATCH = 2000
#: Bytes of an article as most corpora hold it.
ARTICLE_BYTES = 3000
#: Formats whose text has to be taken out of a page, and the articles of plain text that are read in
#: the time of one such page.
PAGES, PAGE_WORK = frozenset({"html", "warc"}), 25


@dataclass(frozen=True, slots=True)
class Given:
    """A corpus in pieces.

    Attributes:
        pieces: In order, to be taken once; of an iterable they come as it does.
        articles: About how many articles; of a long iterable a guess.
        work: As how many articles of plain text they take to read.
        files: The pieces of files, without the places of their records; of an iterable none.
    """

    pieces: Iterable[Piece | Spooled]
    articles: int
    work: int
    files: Sequence[Piece] = ()


def open_source(
    source: Source, folder: str, kind: str, fields: Fields | None, format: str | None
) -> Given:
    """Return a corpus in pieces.

    Args:
        source: A path or paths (see `find_pieces`), or what that returns, or articles or records.
        folder: Where to set aside what comes from an iterable.
        kind: What to call its files there.
        fields: Which fields of records hold what.
        format: What every file is.

    Raises:
        InputError: A path leads to nothing; something in the iterable is no article.
    """
    if isinstance(source, str | os.PathLike):
        source = [source]
    items = iter(source)
    first = list(islice(items, BATCH))
    if first and _are_paths(first):
        return _given(find_pieces(chain(first, items), fields=fields, format=format))  # type: ignore
    if first and isinstance(first[0], Piece):
        return _given([*first, *items])  # type: ignore
    batches = (
        keep_records(batch, Spooled(kind, number), folder)
        for number, batch in enumerate(_batches(as_records(chain(first, items))))
    )
    if len(first) < BATCH:
        return Given(list(batches), len(first), len(first))
    return Given(batches, 10 * BATCH, 10 * BATCH)


def _given(pieces: list[Piece]) -> Given:
    return Given(numbered(pieces), sum(map(articles_in, pieces)), sum(map(_work, pieces)), pieces)


def articles_in(piece: Piece) -> int:
    """Return about how many articles a piece holds; a packed file has some three times its size."""
    source = piece.source
    if source.format in ARTICLES:
        return len(piece.sources)
    if source.format == "jsonl" and not source.packing:
        return (piece.end - piece.start) // ARTICLE_BYTES
    return source.size * (3 if source.packing else 1) // ARTICLE_BYTES


def _work(piece: Piece) -> int:
    """Return as how many articles of plain text a piece takes to read."""
    pages = piece.source.format in PAGES
    return articles_in(piece) * (PAGE_WORK if pages else 1)


def as_records(items: Iterable[object]) -> Iterator[Record | BadRecord]:
    """Yield articles as records; one without words as a bad one.

    An article is called by its path, or else its address, or else its number, counted from 1.

    Raises:
        InputError: Something is neither.

    >>> [record.id for record in as_records([Article("The dam holds.")])]
    ['1']
    """
    for number, item in enumerate(items, start=1):
        if isinstance(item, Article):
            record = Record(
                item.path or item.url or str(number),
                whole(item.text),
                item.title,
                item.outlet,
                item.date,
                item.url,
                item.language,
                item.path or "",
                0,
            )
        elif isinstance(item, Record | BadRecord):
            yield item
            continue
        else:
            kind = type(item).__name__
            raise InputError(f"item {number:,} is no article but {kind}; give articles or paths")
        if has_words(record.text):
            yield record
        else:
            yield BadRecord(item.path or record.id, None, "has no words in it", record.id)


def _are_paths(items: Sequence[object]) -> TypeGuard[list[Path]]:
    return isinstance(items[0], str | os.PathLike)


def _batches(records: Iterator[Record | BadRecord]) -> Iterator[list[Record | BadRecord]]:
    while batch := list(islice(records, BATCH)):
        yield batch
