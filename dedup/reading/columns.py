"""Which field of a record holds what: as the user says, or by the usual names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields as fields_of

from dedup.errors import one_line
from dedup.reading.piece import Columns, Fields
from dedup.reading.records import (
    DATE_FIELDS,
    FIELDS_SHOWN,
    LANGUAGE_FIELDS,
    OUTLET_FIELDS,
    TEXT_FIELDS,
    TITLE_FIELDS,
    URL_FIELDS,
)

#: A record's own name before its address: a page crawled twice has one address.
ID_FIELDS = (
    "id", "_id", "uuid", "guid", "article_id", "articleId", "doc_id", "docid", "identifier",
    *URL_FIELDS,
)  # fmt: skip

USUAL = Columns(
    TEXT_FIELDS, ID_FIELDS, TITLE_FIELDS, OUTLET_FIELDS, DATE_FIELDS, URL_FIELDS, LANGUAGE_FIELDS
)


def resolve(fields: Fields, present: Iterable[str]) -> Columns:
    """Return the columns among the fields that are present; usual names in any case.

    >>> found = resolve(Fields(title="kopf"), ["Body", "URL", "kopf", "title"])
    >>> found.text, found.id, found.title, found.outlet
    (('Body',), ('URL',), ('kopf',), ())
    """
    as_written = {name.casefold(): name for name in reversed(list(present))}
    roles = {}
    for role in fields_of(Columns):
        named = getattr(fields, role.name, None)
        usual = (as_written.get(name.casefold()) for name in getattr(USUAL, role.name))
        roles[role.name] = (named,) if named is not None else tuple(filter(None, usual))
    return Columns(**roles)


def missing(fields: Fields, present: Collection[str]) -> str | None:
    """Return what a file lacks: a field that the user named, or any text; None if nothing.

    >>> missing(Fields(text="story"), ["id", "text"])
    'has no field "story" (fields: "id", "text")'
    """
    for role in fields_of(Fields):
        named = getattr(fields, role.name)
        if named is not None and named not in present:
            return f'has no field "{one_line(named)}" (fields: {listing(present)})'
    if not resolve(fields, present).text:
        return (
            f"has no field with an article's text (fields: {listing(present)}); "
            "name it with --text-field"
        )
    return None


def listing(names: Iterable[str]) -> str:
    """Return field names for a message, the first of many.

    >>> listing(["id", "url"]), listing([])
    ('"id", "url"', 'none')
    """
    shown = [f'"{one_line(name[:40])}"' for name in names]
    more = [", …"] if len(shown) > FIELDS_SHOWN else []
    return ", ".join(shown[:FIELDS_SHOWN]) + "".join(more) or "none"
