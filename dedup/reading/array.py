"""A JSON list of records, parsed item by item: the list is never held whole."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from dedup.errors import one_line
from dedup.reading.jsonl import MAX_BYTES, entry_of_json, look
from dedup.reading.packed import BUFFER, ESCAPE, BrokenStreamError, is_utf8, opened
from dedup.reading.piece import BadRecord, Fields, Piece, Record, Source

if TYPE_CHECKING:
    from dedup.reading.packed import Stream

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


def find_array(source: Source, fields: Fields) -> list[Piece]:
    """Return the one piece of a JSON list.

    Raises:
        MissingExtraError: The library that unpacks it is missing.
    """
    items = (item for item, _ in _items(source) if not isinstance(item, BadRecord))
    problem, columns = look(items, fields)
    return [Piece((source,), fields, columns, 0, source.size, problem=problem)]


def read_array(piece: Piece) -> Iterator[Record | BadRecord]:
    """Read the items of a list; after one that is no JSON, nothing more can be read."""
    for place, (item, _) in enumerate(_items(piece.source), start=1):
        if isinstance(item, BadRecord):
            yield item
        else:
            yield entry_of_json(item, piece, place)


def raw_array(piece: Piece, keep: Callable[[int], bool]) -> Iterator[bytes]:
    """Return the kept items as they are, without what stands between them."""
    for place, (item, raw) in enumerate(_items(piece.source), start=1):
        if not isinstance(item, BadRecord) and keep(place):
            yield raw.encode()


def _items(source: Source) -> Iterator[tuple[object, str]]:
    """Yield each item as a value and as written; where they break off, a bad record."""
    place = 0
    try:
        with opened(source) as stream:
            for item, raw in _parse(_Text(stream)):
                place += 1
                utf8 = is_utf8(raw)
                yield (item if utf8 else BadRecord(source.path, place, "is not UTF-8")), raw
    except RecursionError:
        yield BadRecord(source.path, place + 1, "is nested too deeply; what followed is lost"), ""
    except BrokenStreamError as error:
        yield BadRecord(source.path, place + 1, str(error)), ""


class _Text:
    """The text that was read and not yet parsed."""

    def __init__(self, stream: Stream) -> None:
        self._reader = io.TextIOWrapper(stream, "utf-8-sig", ESCAPE, newline="")
        self.text = ""
        self.position = 0

    def more(self) -> bool:
        """Read on, twice as much as there is, so that a long item is not tried too often."""
        rest = self.text[self.position :]
        chunk = self._reader.read(max(BUFFER, len(rest)))
        self.text, self.position = rest + chunk, 0
        return bool(chunk)

    def next(self) -> str:
        """Return the next character that is no space, and go to it; at the end, nothing."""
        while True:
            while self.position < len(self.text):
                if self.text[self.position] not in _SPACE:
                    return self.text[self.position]
                self.position += 1
            if not self.more():
                return ""


def _parse(text: _Text) -> Iterator[tuple[object, str]]:
    if text.next() != "[":
        raise BrokenStreamError("is no JSON list")
    text.position += 1
    if text.next() == "]":
        return
    while True:
        text.next()
        yield _item(text)
        separator = text.next()
        text.position += 1
        if separator == "]":
            break
        if separator != ",":
            raise BrokenStreamError(
                "is not valid JSON (no comma after the item before); what followed is lost"
            )
    if text.next():
        raise BrokenStreamError("goes on after the end of the list; what followed is lost")


def _item(text: _Text) -> tuple[object, str]:
    """Parse the next item; where it does not end in what was read, read on and try again."""
    while True:
        problem = ""
        try:
            value, end = _DECODER.raw_decode(text.text, text.position)
        except json.JSONDecodeError as error:
            problem, end = error.msg, len(text.text)
        except ValueError:
            problem, end = "a number of too many digits", len(text.text)
        if end < len(text.text) or len(text.text) > MAX_BYTES or not text.more():
            break
    if problem:
        raise BrokenStreamError(f"is not valid JSON ({one_line(problem)}); what followed is lost")
    raw = text.text[text.position : end]
    text.position = end
    return value, raw
