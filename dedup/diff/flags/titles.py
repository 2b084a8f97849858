"""See an office or a rank put for another: "President" for "Prime Minister", "acting" dropped.

A title that is left out, or named less precisely, is no change: "Minister" for "Foreign Minister".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dedup.article import Kind, Span
from dedup.diff.flags.lexicon import read
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair, inside
from dedup.diff.flags.proper import SAME_SENTENCE
from dedup.diff.model import Op
from dedup.text.document import Document
from dedup.text.language import stopwords
from dedup.text.normalize import fold

#: Characters before and after an edit into which a title reaches from it.
AROUND = 50

_LETTERS = re.compile(r"[a-z]+")
#: What may stand between a rank and its office: "former U.S. senator", "acting police chief".
_OF_WHOM = r"(?:[A-Z][\w.]*|state|federal|county|city|national)"
_GAP = re.compile(rf"\s?(?:{_OF_WHOM}\s){{0,3}}")


@dataclass(frozen=True, slots=True)
class Title:
    """An office or rank as it stands in a text.

    Attributes:
        span: Its place.
        office: The first of the forms that name the office.
        ranks: What makes it another rank: `former`, `deputy` …
        portfolio: What it is an office of, if that is said: `foreign`, `police` …
    """

    span: Span
    office: str
    ranks: frozenset[str]
    portfolio: str

    def is_other(self, other: Title) -> bool:
        """Whether the two are not one office, named more or less precisely."""
        if self.office != other.office or self.ranks != other.ranks:
            return True
        return bool(self.portfolio and other.portfolio) and self.portfolio != other.portfolio


def find(pair: Pair) -> Iterator[Finding]:
    """Yield `title_changed` where an edit puts a title for a title; English alone.

    Linear in the sentences that have an edit with a title.
    """
    if not pair.english:
        return
    for place, link, edit in pair.edits():
        if edit.op is Op.MOVE or link.similarity < SAME_SENTENCE:
            continue
        if not (_may_change(pair.a, edit.a, edit.b) and _may_change(pair.b, edit.b, edit.a)):
            continue
        if inside(pair.quoted_a, edit.a) or inside(pair.quoted_b, edit.b):
            continue
        mine = _touched(pair.a, link.a, edit.a)
        other = _touched(pair.b, link.b, edit.b)
        if mine is None or other is None or not mine.is_other(other):
            continue
        if not (edit.a and edit.b) and mine.office != other.office:
            continue  # "CEO" and "president and CEO": one office more
        if _outside(pair.a, edit.a, mine) == _outside(pair.b, edit.b, other):
            yield Finding(FlagKind.TITLE_CHANGED, place, mine.span, other.span)


def titles_in(text: str, start: int, end: int) -> list[Title]:
    """Return the titles in a stretch of text, in order.

    >>> [(title.office, sorted(title.ranks)) for title in titles_in("the ex-mayor", 0, 12)]
    [('mayor', ['former'])]
    """
    pattern, offices, ranks = _tables()
    found = []
    for match in pattern.finditer(text, start, end):
        before = re.findall(r"[a-z-]+?(?=[\s-]|$)", fold(match["ranks"] or ""))
        after = fold(match["after"] or "")
        level = {
            ranks[word.strip("-")]
            for word in (*before, after.strip("-"))
            if word.strip("-") in ranks
        }
        form = fold(match["office"] or match["capital"] or match["held"] or match["held_of"])
        portfolio = fold(match["portfolio"] or match["of"] or "").replace("defence", "defense")
        office = offices.get(form.rstrip("."), form)
        found.append(
            Title(
                Span(*match.span()), office, frozenset(level), portfolio.replace("labour", "labor")
            )
        )
    return found


def _may_change(document: Document, place: Span, other: Span) -> bool:
    """Whether an edit has words of a title; of a rank, where it puts nothing for them."""
    words = _LETTERS.findall(document.text[place.start : place.end].lower())
    return not place or not _words(ranks_alone=not other).isdisjoint(words)


def _touched(document: Document, units: tuple[int, ...], place: Span) -> Title | None:
    """Return the one title that an edit changes, or that words were put in or left out before."""
    for index in units:
        unit = document.units[index]
        if unit.kind is Kind.BODY and unit.start <= place.start and place.end <= unit.end:
            start = max(unit.start, place.start - AROUND)
            titles = titles_in(document.text, start, min(unit.end, place.end + AROUND))
            if place:
                found = [t for t in titles if t.span.start < place.end and place.start < t.span.end]
            else:
                found = [t for t in titles if place.start < t.span.end][:1]
                found = [t for t in found if _stands_at(document.text, place.start, t)]
            return found[0] if len(found) == 1 else None
    return None


def _stands_at(text: str, place: int, title: Title) -> bool:
    """Whether a title stands at a place, or behind it with no more between than whose it is."""
    return title.span.start < place or _GAP.fullmatch(text, place, title.span.start) is not None


def _outside(document: Document, place: Span, title: Title) -> list[str]:
    """Return the words of weight of an edit that are not the title's."""
    text, stop = document.text, stopwords(document.language)
    words = text[place.start : min(place.end, title.span.start)] + " "
    words += text[max(place.start, title.span.end) : place.end]
    return [word for word in map(fold, re.findall(r"\w+", words)) if word not in stop]


@cache
def _tables() -> tuple[re.Pattern[str], dict[str, str], dict[str, str]]:
    """Return the pattern of a title, the office of each form, and the rank of each word."""
    data = read("titles")
    titles = data["titles"]
    groups = [*titles["forms"], *titles["capital"]]
    offices = {fold(form).rstrip("."): fold(group[0]) for group in groups for form in group}
    ranks = {word: rank for rank, words in data["ranks"].items() for word in words}
    prefix = "|".join(sorted(ranks, key=len, reverse=True))
    forms = _either([form for group in titles["forms"] for form in group])
    capital = _either([form for group in titles["capital"] for form in group])
    capital = capital.replace(r"\.", r"\.?")  # British English writes "Sgt" and "Gen"
    held = "|".join(titles["of_portfolio"])
    of = "|".join(sorted(titles["portfolios"], key=len, reverse=True))
    pattern = re.compile(
        rf"\b(?P<ranks>(?i:(?:{prefix})[\s-])+(?:{_OF_WHOM}\s){{0,3}}?)?"
        rf"(?:(?i:(?P<office>{forms}))|(?P<capital>{capital})(?=\s[A-Z])"
        rf"|(?i:(?P<held_of>{held})\sof\s(?:the\s)?(?P<of>{of})|(?:(?P<portfolio>{of})\s)?(?P<held>minister|secretary|commissioner|chief)))"
        rf"(?P<after>-(?i:elect|designate)|\s(?i:emeritus))?(?![\w-])"
    )
    return pattern, offices, ranks


@cache
def _words(*, ranks_alone: bool) -> frozenset[str]:
    """Return every single word that ranks, or ranks and titles are made of."""
    data = read("titles")
    titles = data["titles"]
    forms = [form for forms in data["ranks"].values() for form in forms]
    if not ranks_alone:
        forms += [form for group in (*titles["forms"], *titles["capital"]) for form in group]
        forms += [*titles["of_portfolio"], *titles["portfolios"]]
    return frozenset(word for form in forms for word in _LETTERS.findall(form.lower()))


def _either(forms: list[str]) -> str:
    ordered = sorted(forms, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in ordered)
