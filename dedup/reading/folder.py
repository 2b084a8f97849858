"""Articles in files of their own, many of them in a piece."""

from __future__ import annotations

import io
from collections.abc import Iterator

from dedup.article import Article
from dedup.errors import InputError
from dedup.reading.files import MAX_BYTES, read_article
from dedup.reading.formats import ARTICLE
from dedup.reading.packed import BrokenStreamError, opened
from dedup.reading.piece import BadRecord, Piece, Record, Source
from dedup.reading.source import place_of


def read_files(piece: Piece) -> Iterator[Record | BadRecord]:
    """Read each file of a piece as one article.

    Raises:
        MissingExtraError: A library that a file needs is missing.
    """
    for source in piece.sources:
        try:
            article = _article(source)
        except (InputError, BrokenStreamError) as error:
            reason = str(error).removeprefix(f"{place_of(source.file)}: ")
            yield BadRecord(source.path, None, reason, source.name)
        else:
            yield Record(
                source.name,
                article.text,
                article.title,
                article.outlet,
                article.date,
                article.url,
                article.language,
                source.path,
                0,
            )


def _article(source: Source) -> Article:
    if source.packing is None:
        return read_article(source.file, format=_format(source))
    with opened(source) as stream:
        data = _Named(stream.read(MAX_BYTES + 1))
    data.name = source.file
    return read_article(data, format=_format(source))


def _format(source: Source) -> str | None:
    return None if source.format == ARTICLE else source.format


class _Named(io.BytesIO):
    """Unpacked bytes that errors call by the name of their file."""

    name = ""
