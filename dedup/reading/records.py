"""A JSON record of an article: an object with the text in one field and what is known in others."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from dedup.article import Article
from dedup.errors import InputError, one_line
from dedup.reading.markup import looks_like_html, without_markup
from dedup.reading.text import has_words, whole, with_headline

#: The usual names of a field, most telling first (crawlers, schema.org, feeds).
TEXT_FIELDS = ("text", "content", "body", "maintext", "articleBody", "article_body")
TITLE_FIELDS = ("title", "headline")
OUTLET_FIELDS = ("outlet", "source", "sitename", "site_name", "publisher", "source_domain")
DATE_FIELDS = (
    "date", "published", "published_at", "publishedAt", "datePublished", "date_publish",
    "date_published", "publish_date", "pubDate",
)  # fmt: skip
URL_FIELDS = ("url", "link", "canonical_url")
LANGUAGE_FIELDS = ("language", "lang", "inLanguage")

#: How many of a record's fields an error lists.
FIELDS_SHOWN = 12

_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][\w-]*)?\s*", re.ASCII)

#: Language codes of three letters that have one of two: those of ISO 639-2 and 639-3.
_SHORTER = {
    "ara": "ar", "chi": "zh", "deu": "de", "eng": "en", "fra": "fr", "fre": "fr", "ger": "de",
    "ita": "it", "jpn": "ja", "kor": "ko", "nld": "nl", "pol": "pl", "por": "pt", "rus": "ru",
    "spa": "es", "swe": "sv", "tur": "tr", "ukr": "uk", "zho": "zh",
}  # fmt: skip

Json = dict[str, object]


def read_record(text: str, place: str) -> Article:
    """Return the article of a JSON object; its text begins with the headline, if there is one.

    Feeds and content systems keep HTML in the field; its tags are taken out then.

    Raises:
        InputError: The text is no JSON, no object, or an object without a text.
    """
    record = _parse(text, place)
    if isinstance(record, list):
        raise InputError(
            f"{place}: is a list of {len(record):,} where one article is wanted; "
            "save one of its records as a file of its own"
        )
    if not isinstance(record, dict):
        raise InputError(f'{place}: is JSON but no object; write {{"text": "…"}}')
    article = describe(record, _text(record, place))
    return replace(article, text=with_headline(article.title, article.text))


def describe(record: Json, text: str) -> Article:
    """Return an article of `text` with what the record says of it under the usual names.

    >>> describe({"headline": "Ferry runs", "publisher": {"name": "Hale Post"}}, "It ran.").outlet
    'Hale Post'
    """
    return Article(
        text=text,
        title=_known(record, TITLE_FIELDS),
        outlet=_known(record, OUTLET_FIELDS),
        date=_known(record, DATE_FIELDS),
        url=_known(record, URL_FIELDS),
        language=language_code(_known(record, LANGUAGE_FIELDS)),
    )


def looks_like_record(text: str) -> bool:
    """Return whether the text is a JSON object with a text in it."""
    if not text.lstrip().startswith("{"):
        return False
    try:
        record = load(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and any(field in record for field in TEXT_FIELDS)


def load(text: str) -> object:
    """Return parsed JSON, every number as a float: one of 5,000 digits is no error then.

    Raises:
        ValueError: It is no JSON.
        RecursionError: It is nested too deeply.
    """
    return json.loads(text, parse_int=float)


def language_code(name: str | None) -> str | None:
    """Return the ISO 639 code that a language tag begins with; None where it is no tag.

    >>> language_code("en-GB"), language_code("deu"), language_code("English")
    ('en', 'de', None)
    """
    match = _LANGUAGE.fullmatch(name or "")
    if match is None:
        return None
    code = match[1].lower()
    return _SHORTER.get(code, code)


def _parse(text: str, place: str) -> object:
    try:
        return load(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{place}: is not valid JSON (line {error.lineno}, column {error.colno}: "
            f"{one_line(error.msg)}); mend it, or name it .txt if it is plain text"
        ) from error
    except RecursionError as error:
        raise InputError(
            f'{place}: is JSON nested too deeply to be an article; write {{"text": "…"}}'
        ) from error


def _text(record: Json, place: str) -> str:
    """Return the record's text, from the first usual field that holds something."""
    for field in TEXT_FIELDS:
        value = record.get(field)
        if value is None:
            continue
        if not isinstance(value, str):
            kind = {list: "a list", dict: "an object", bool: "true or false"}.get(type(value))
            raise InputError(
                f'{place}: the field "{field}" is not a string but {kind or "a number"}; '
                "write the article there as one string"
            )
        text = whole(without_markup(value) if looks_like_html(value) else value)
        if has_words(text):
            return text
    present = [field for field in TEXT_FIELDS if field in record]
    if present:
        raise InputError(
            f'{place}: the field "{present[0]}" has no words in it; write the article there'
        )
    names = [f'"{one_line(name[:40])}"' for name in record]
    shown = ", ".join(names[:FIELDS_SHOWN]) + (", …" if len(names) > FIELDS_SHOWN else "")
    raise InputError(
        f'{place}: has no article text (fields: {shown or "none"}); write it in the field "text"'
    )


def _known(record: Json, fields: tuple[str, ...]) -> str | None:
    """Return the first of the fields that says something, as one line; of an object, its name."""
    for field in fields:
        value = record.get(field)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return " ".join(whole(value).split())
    return None
