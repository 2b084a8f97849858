"""What can be read: which format a source has, and the one function that reads it.

| name                                | is read as                                                 |
| ----------------------------------- | ---------------------------------------------------------- |
| `.txt`, `.text`, `.md`, `.markdown` | text, character for character                              |
| `.html`, `.htm`, `.xhtml`           | a saved page, its article taken out                        |
| `.json`                             | a record, its text in one of the usual fields              |
| any other, `-`, an open file        | what its beginning looks like: a page, a record, else text |
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePath
from types import MappingProxyType

from dedup.article import Article
from dedup.errors import InputError
from dedup.reading.binary import refuse_binary
from dedup.reading.decode import decode
from dedup.reading.html import read_html
from dedup.reading.markup import looks_like_html
from dedup.reading.records import looks_like_record, read_record
from dedup.reading.source import Source, as_written, fetch, place_of
from dedup.reading.text import has_words, read_text

#: The largest input that is read unless the caller says otherwise: 50 MiB.
MAX_BYTES = 50 * 1024 * 1024

#: A reader takes the decoded text and the place to name in an error.
Reader = Callable[[str, str], Article]

READERS: Mapping[str, Reader] = MappingProxyType(
    {"text": read_text, "html": read_html, "json": read_record}
)

SUFFIXES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys((".txt", ".text", ".md", ".markdown"), "text")
    | dict.fromkeys((".html", ".htm", ".xhtml"), "html")
    | {".json": "json"}
)


def read_article(
    source: Source, *, format: str | None = None, max_bytes: int = MAX_BYTES
) -> Article:
    """Read one article.

    A text is kept as it is: line ends, invisible characters and Markdown marks (front matter
    too) stay where they are, only a byte order mark is left out. Of a page or a record the text
    is what its reader made of it, and begins with the headline, so that a changed headline is
    seen in a comparison. Either way every offset of a report points into `Article.text`, which
    is valid Unicode and holds at least one letter or digit.

    Args:
        source: A path, `"-"` for standard input, or an open file (binary or text).
        format: `"text"`, `"html"` or `"json"`; None to go by the name, then by the content.
        max_bytes: Refuse anything larger; no more than one byte above it is ever read.

    Returns:
        The article; `path` is the source as written (None for an open file), `sha256` that of
        the bytes read, `verbatim` whether it is a text.

    Raises:
        InputError: There is no article to be read there; the message says why, and the mend.
        MissingExtraError: A page is to be read and trafilatura is not installed.

    >>> from io import BytesIO
    >>> read_article(BytesIO(b"PORT HALE (AP) - The bridge is shut.")).text
    'PORT HALE (AP) - The bridge is shut.'
    """
    place = place_of(source)
    if format is not None and format not in READERS:
        raise InputError(f"{place}: unknown format {format!r}; use one of {', '.join(READERS)}")
    data = fetch(source, place, max_bytes)
    refuse_binary(data, place)
    text = decode(data, place)
    if not text.strip():
        raise InputError(f"{place}: holds white space only; name a file with an article in it")
    found = format or _format_by_name(source) or _format_by_content(text)
    article = READERS[found](text, place)
    if not has_words(article.text):
        raise InputError(f"{place}: has no words in it; name a file with an article in it")
    return replace(
        article,
        path=as_written(source),
        sha256=hashlib.sha256(data).hexdigest(),
        verbatim=found == "text",
    )


def _format_by_name(source: Source) -> str | None:
    """Return the format that the source's name tells; None for streams and unknown names."""
    if not isinstance(source, (str, os.PathLike)):
        return None
    return SUFFIXES.get(PurePath(source).suffix.lower())


def _format_by_content(text: str) -> str:
    """Return the format that a nameless text looks like."""
    if looks_like_html(text):
        return "html"
    return "json" if looks_like_record(text) else "text"
