"""Which format a file of a corpus has: as the user says, by its name, or by how it begins.

| format         | names                           | what it is                           |
| -------------- | ------------------------------- | ------------------------------------ |
| `jsonl`        | `.jsonl`, `.ndjson`             | a record a line                      |
| `json`         | `.json`                         | an article, a list, or a record a line |
| `csv`, `tsv`   | `.csv`, `.tsv`                  | a header, then a record a row        |
| `parquet`      | `.parquet`, `.pq`               | a record a row                       |
| `warc`         | `.warc`                         | pages as they were sent              |
| `text`, `html` | those that `read_article` knows | an article                           |

All but Parquet also with `.gz` or `.zst` after the name.
"""

from __future__ import annotations

import codecs
import json
from dataclasses import replace
from pathlib import PurePath

from dedup.reading import files
from dedup.reading.markup import looks_like_html
from dedup.reading.packed import head, packing_of
from dedup.reading.piece import Source

#: What a user may say that every file is.
FORMATS = ("jsonl", "json", "csv", "tsv", "parquet", "warc", "text", "html")

#: What is found and never said: a JSON list; a file that `read_article` goes by the looks of.
LIST, ARTICLE = "list", "article"

#: The formats of a file that is one article.
ARTICLES = frozenset({"text", "html", "json", ARTICLE})

SUFFIXES = {
    **files.SUFFIXES,
    **{".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv"},
    **{".parquet": "parquet", ".pq": "parquet", ".warc": "warc"},
}

_PACKED = (".gz", ".zst")

#: Bytes that show what a file is: the first line of nearly any file of records.
_HEAD = 1 << 20


def has_format(path: str) -> bool:
    """Return whether a file that nobody named is taken for a part of the corpus.

    Names without a suffix are; a style sheet or picture that was saved with a page is not.

    >>> has_format("a.html.gz"), has_format("site.css"), has_format("20461")
    (True, False, True)
    """
    suffix, _ = _suffix(path)
    return not suffix or suffix in SUFFIXES


def recognise(source: Source, format: str | None) -> Source:
    """Return the source with its format and packing.

    Args:
        source: A file whose format is not yet known.
        format: One of `FORMATS`; None to go by the name, then by the beginning.

    Raises:
        OSError: It cannot be read.
        MissingExtraError: The library that unpacks it is missing.
    """
    suffix, packed = _suffix(source.path)
    found = format or SUFFIXES.get(suffix)
    if packed or found is None:
        source = replace(source, packing=packing_of(source.file))
    if found is None or found == "json":
        start = head(source, _HEAD)
        found = _json_format(start) if found else _format_by_content(start)
    return replace(source, format=found)


def _suffix(path: str) -> tuple[str, bool]:
    """Return the last suffix before that of a packed file, and whether it is one."""
    name = PurePath(path.lower())
    packed = name.suffix in _PACKED
    return (name.with_suffix("").suffix if packed else name.suffix), packed


def _format_by_content(start: bytes) -> str:
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"WARC/"):
        return "warc"
    if looks_like_html(start[:4096].decode("utf-8", "replace")):
        return "html"
    found = _json_format(start)
    return ARTICLE if found == "json" else found


def _json_format(start: bytes) -> str:
    """Tell a list and a record a line from one article."""
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    line, _, rest = text.partition(b"\n")
    if text.startswith(b"["):
        return LIST
    return "jsonl" if rest.strip() and _is_object(line) else "json"


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
