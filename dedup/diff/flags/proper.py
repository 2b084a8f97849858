"""Find the names of a text, and those that an edit puts one for another.

A name is a run of words with capital letters, without the titles before it. What a name stands
for, and whether two names are one, is for others to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dedup.article import Kind, Span
from dedup.diff.flags.pair import Pair, inside
from dedup.diff.flags.vocabulary import name_words
from dedup.diff.model import Edit, Link, Op
from dedup.diff.style import is_courtesy, is_title
from dedup.text.document import Document
from dedup.text.language import stopwords
from dedup.text.normalize import fold
from dedup.text.rules import CAPITALS

#: Least similarity of two sentences in which one name's place is the other's.
SAME_SENTENCE = 0.6

_PARTICLE = r"(?:de|del|della|di|da|dos|du|van|von|der|den|la|le|al|el|bin|ibn|ter)"
_WORD = (
    rf"(?:(?:[{CAPITALS}]\.)+|(?:St|Ft|Mt|Jr|Sr|Corp|Inc|Co|Ltd|Bros)\.(?![\w.])"
    rf"|(?:(?:al|el|bin|ibn)-|[dl]['’])?[{CAPITALS}]\w*(?:['’](?!s\b)\w+|-\w+)*)"
)
_PART = re.compile(rf"{_WORD}|{_PARTICLE}(?!\w)|&")
#: A word without a capital, and without an apostrophe before it.
_SMALL = re.compile(r"(?<![\w'’-])[a-z0-9]\w*(?![\w-])")
_CAPITAL = re.compile(f"[{CAPITALS}]")
#: What a politician is from: "D-Ohio".
_SEAT = re.compile(r"[DRI]-.+")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of words with capital letters.

    Attributes:
        text: The run as it stands, without titles before it and a possessive ending.
        words: Its words with a capital letter.
        span: Its place in the text.
        plain: Whether its capital says nothing: one word, found at the head of sentences alone.
    """

    text: str
    words: tuple[str, ...]
    span: Span
    plain: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """A name of A and the name that stands in its place in B.

    Attributes:
        place: Position of the link in the diff.
        a: The name in the first article.
        b: The name in the second article.
        stays: Whether either stands elsewhere in the linked sentences of the other side.
    """

    place: int
    a: Name
    b: Name
    stays: bool


def replaced_names(pair: Pair) -> Iterator[Replaced]:
    """Yield the names that an edit puts for another, outside of headlines and quotations.

    The edit must put nothing but names and titles for names and titles: in a sentence told anew,
    two names that come together by chance say nothing about each other. An edit of house style
    is looked at only where it spells a name otherwise.
    """
    for place, link, edit in _replacements(pair):
        if link.similarity < SAME_SENTENCE:
            continue
        if not (_has_capital(pair.a, edit.a) and _has_capital(pair.b, edit.b)):
            continue
        if inside(pair.quoted_a, edit.a) or inside(pair.quoted_b, edit.b):
            continue
        if _outside(pair.a, edit.a) != _outside(pair.b, edit.b):
            continue
        unit_a, unit_b = _unit(pair.a, link.a, edit.a), _unit(pair.b, link.b, edit.b)
        if unit_a is None or unit_b is None:
            continue
        mine = names_in(pair.a, unit_a, edit.a)
        other = names_in(pair.b, unit_b, edit.b)
        if not mine or len(mine) != len(other):
            continue
        if _behind(pair.a, edit.a, mine) != _behind(pair.b, edit.b, other):
            continue
        for a, b in zip(mine, other, strict=True):
            stays = _stays(pair.b, link.b, a, b) or _stays(pair.a, link.a, b, a)
            yield Replaced(place, a, b, stays)


def _replacements(pair: Pair) -> Iterator[tuple[int, Link, Edit]]:
    """Yield the edits that put words for words, those too that only spell a name otherwise."""
    for place, link in enumerate(pair.diff.links):
        for edit in link.edits:
            if edit.op is Op.REPLACE and edit.style in (None, "name"):
                yield place, link, edit


def names_in(document: Document, sentence: Span, place: Span) -> list[Name]:
    """Return the names of a sentence that lie in a place, or reach into it, in order.

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> document = segment(Article("On Monday Mr. Lund wrote to the Bank of Merrow."))
    >>> whole = document.units[0].span
    >>> [name.text for name in names_in(document, whole, whole)]
    ['Lund', 'Bank of Merrow']
    """
    runs = _run().finditer(document.text, sentence.start, sentence.end)
    near = (run for run in runs if run.start() < place.end and place.start < run.end())
    names = (_trimmed(document, sentence, run) for run in near)
    return [
        name
        for name in names
        if name and name.span.start < place.end and place.start < name.span.end
    ]


def places_of(document: Document, word: str) -> Iterator[int]:
    """Yield where a text has a word, as it is written; `str.find` outruns a pattern here."""
    text = document.text
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            yield at
        at = text.find(word, end)


def _trimmed(document: Document, place: Span, run: re.Match[str]) -> Name | None:
    """Return what is a name in a run of capitals, or None where nothing is."""
    parts = [(part[0], part.start()) for part in _PART.finditer(run[0])]
    words = name_words()
    first = _begins(document, place, run.start())
    stop = stopwords(document.language)
    dropped = False
    while parts and (
        fold(parts[0][0]) in stop
        or _is_title_of(parts)
        or (first and not dropped and _is_small_elsewhere(document, parts[0][0]))
    ):
        parts, dropped = parts[1:], True
    heads = [n for n, (part, _) in enumerate(parts[:-2], 1) if _is_before_name(part)]
    if heads:  # "Merrow Bank President Ann Moss" is of Ann Moss
        parts = parts[heads[-1] :]
    after = document.text[run.end() : run.end() + 2]
    while parts and (_is_date(parts[-1][0], after) or _is_short_title(parts[-1][0], after)):
        parts = parts[:-1]
    while parts and parts[0][0] in words.weekdays:
        parts = parts[1:]
    capitals = tuple(part for part, _ in parts if _CAPITAL.search(part))
    if all(word in words.no_names or _SEAT.fullmatch(word) for word in capitals):
        return None
    start = run.start() + parts[0][1]
    end = run.start() + parts[-1][1] + len(parts[-1][0])
    plain = first and not dropped and len(parts) == 1 and not _is_inside(document, parts[0][0])
    return Name(document.text[start:end], capitals, Span(start, end), plain)


def _is_title_of(parts: list[tuple[str, int]]) -> bool:
    """Whether the first word is no part of the name: "President", or "British" before that.

    Before a body's word it is: "Defense Department".
    """
    words = name_words()
    first, second = parts[0][0], parts[1][0] if len(parts) > 1 else ""
    if second in words.bodies:
        return False
    return _is_before_name(first) or (first in words.no_names and _is_before_name(second))


def _is_before_name(word: str) -> bool:
    return is_title(word) or word in name_words().before_names


def _begins(document: Document, place: Span, start: int) -> bool:
    """Whether a sentence begins here, so that the first letter says nothing."""
    before = document.text[place.start : start].rstrip("“”\"'‘’( ")
    return not before or before[-1] in "?!:—"


def _is_small_elsewhere(document: Document, word: str) -> bool:
    return any(True for _ in places_of(document, word.lower()))


def _is_inside(document: Document, word: str) -> bool:
    """Whether a word has its capital inside a sentence too."""
    return any(
        re.fullmatch(r"[\w,] ", document.text[max(0, at - 2) : at])
        for at in places_of(document, word)
    )


def _is_date(word: str, after: str) -> bool:
    """Whether a word is a weekday, or a month that its day follows ("March 3", "Susan March")."""
    words = name_words()
    return word in words.weekdays or (word in words.months and after[1:].isdigit())


def _is_short_title(word: str, after: str) -> bool:
    """Whether a word is a title before the next name: "Monday Mr. Lund"."""
    return after == ". " and (is_courtesy(word) or word in name_words().short_titles)


@cache
def _run() -> re.Pattern[str]:
    """Return the pattern of a run of capitals, on into what a body is of: "Bank of Merrow"."""
    heads = "|".join(rf"(?<=\b{head})" for head in name_words().bodies_of)
    of = rf"(?=\sof\s)(?:{heads})\sof\s(?:the\s)?{_WORD}"
    more = rf"(?:\s(?:{_PARTICLE}\s){{0,2}}{_WORD}|\s&\s{_WORD}|{of})"
    return re.compile(rf"(?<!\w){_WORD}{more}*")


def _has_capital(document: Document, place: Span) -> bool:
    return _CAPITAL.search(document.text, place.start, place.end) is not None


def _unit(document: Document, units: tuple[int, ...], place: Span) -> Span | None:
    """Return the body sentence of a link in which a place lies whole, or None."""
    for index in units:
        unit = document.units[index]
        if unit.kind is Kind.BODY and unit.start <= place.start and place.end <= unit.end:
            return unit.span
    return None


def _outside(document: Document, place: Span) -> list[str]:
    """Return the words of weight of an edit that are neither names nor titles."""
    stop = stopwords(document.language)
    words = _SMALL.findall(document.text, place.start, place.end)
    return [word for word in words if word not in stop and not _is_before_name(word.capitalize())]


def _behind(document: Document, place: Span, names: list[Name]) -> list[str]:
    """Return the small words of an edit behind its last name: "a Pentagon spokesman"."""
    return _SMALL.findall(document.text, names[-1].span.end, place.end)


def _stays(document: Document, units: tuple[int, ...], name: Name, instead: Name) -> bool:
    """Whether a name stands in the linked sentences of the other side too, elsewhere."""
    last = re.compile(rf"\b{re.escape(name.words[-1])}\b")
    return any(
        not instead.span.start <= match.start() < instead.span.end
        for index in units
        for match in last.finditer(
            document.text, document.units[index].start, document.units[index].end
        )
    )
