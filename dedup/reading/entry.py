"""The fields of one record made into an article of the corpus, or the reason why they are none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dedup.reading.columns import listing
from dedup.reading.markup import looks_like_html, without_markup
from dedup.reading.piece import BadRecord, Columns, Record, Source
from dedup.reading.records import language_code
from dedup.reading.text import has_words, under_headline, whole

Values = Mapping[str, object]


def entry_of(values: Values, columns: Columns, source: Source, place: int) -> Record | BadRecord:
    """Return the article in a record's fields, or why there is none.

    The text is taken from the first of its columns that has words. Numbers are fine as ids and
    dates, not as text. Nothing is looked at but the columns.
    """
    identity = known(values, columns.id)
    text = _text(values, columns.text)
    if type(text) is not str:
        return BadRecord(source.path, place, _no_text(values, columns.text), identity)
    if "\0" in text:
        return BadRecord(source.path, place, "the text has NUL characters in it", identity)
    title = known(values, columns.title)
    return Record(
        identity or f"{source.name}:{place}",
        under_headline(title, text) if title else text,
        title,
        known(values, columns.outlet),
        known(values, columns.date),
        known(values, columns.url),
        language_code(known(values, columns.language)) if columns.language else None,
        source.path,
        place,
    )


def known(values: Values, names: tuple[str, ...]) -> str | None:
    """Return the first of the fields that says something, as one line; of an object, its name.

    >>> known({"id": 7, "source": {"name": "The  Post"}}, ("source", "id"))
    'The Post'
    """
    for name in names:
        value = values.get(name)
        if type(value) is dict:
            value = value.get("name")
            value = whole(value) if type(value) is str else value
        if type(value) is str:
            line = " ".join(value.split())
            if line:
                return line
        elif type(value) is int or type(value) is float:
            return str(value)
        elif isinstance(value, date):
            return value.isoformat()
    return None


def _text(values: Values, names: tuple[str, ...]) -> object:
    """Return the first text that has words; what is no string, where that comes first."""
    for name in names:
        value = values.get(name)
        if value is None:
            continue
        if type(value) is not str:
            return value
        text = without_markup(value) if looks_like_html(value) else value
        if has_words(text):
            return text
    return None


def _no_text(values: Values, names: tuple[str, ...]) -> str:
    """Return why there is no text, for people."""
    present = [name for name in names if values.get(name) is not None]
    for name in present:
        if not isinstance(values[name], str):
            return f"the field {listing([name])} is not a string but {_kind(values[name])}"
    if present:
        empty = "has no words in it" if any(map(values.get, present)) else "is empty"
        return f"the field {listing(present[:1])} {empty}"
    wanted = f"field {listing(names[:1])}" if names else "text"
    return f"has no {wanted} (fields: {listing(values)})"


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", bytes: "bytes"}
    return kinds.get(type(value)) or "a number"
