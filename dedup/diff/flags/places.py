"""See a place put for another: in the text, in the dateline, or on the compass.

A place that is only named more or less precisely is no other place. What lies in what is known of
countries, states and larger cities alone (`places.toml`); of others only what the articles say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from dedup.article import Kind, Span
from dedup.diff.flags.lexicon import read
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair, inside
from dedup.diff.flags.proper import Name
from dedup.diff.model import Op
from dedup.diff.style import key_of
from dedup.text.document import Document

#: Characters between two places within which one says where the other is ("Soho, in London").
NEAR = 24

_DIRECTION = re.compile(
    r"\b(north|south)?-?(east|west)?(?:ern(?:most)?|erly|wards?|bound|erners?)?\b", re.I
)
#: A dateline's place ends where its region, agency or dash begins.
_DATELINE_PLACE = re.compile(r"[^,(/:—–―−\n]*?(?=\s*(?:[,(/:—–―−]|\s--?(?:\s|\Z)|--|\Z))")


def find(pair: Pair) -> Iterator[Finding]:
    """Yield `place_changed` for datelines and directions; English alone.

    Places inside the text are names first: `dedup.diff.flags.names` tells them from persons.
    """
    if pair.english:
        yield from _datelines(pair)
        yield from _directions(pair)


def known(name: Name) -> bool:
    """Whether a name is in the list of places, or is a part of one ("Northern California")."""
    if _key(name.text) in _regions():
        return True
    return (
        len(name.words) > 1
        and _is_direction(name.words[0])
        and _key(" ".join(name.words[1:])) in _regions()
    )


def is_land(name: Name) -> bool:
    """Whether a name has a word of places at either end: "Lake Arden", "Mill Road"."""
    lands = read("places")["words"]["lands"]
    return len(name.words) > 1 and (name.words[0] in lands or name.words[-1] in lands)


def stands_like_one(before: str, after: str) -> bool:
    """Whether what stands before a name, or behind it, makes it a place."""
    region = re.match(r",\s((?:[A-Z][\w.]*\s?)+)", after)
    if region and _key(region[1].strip(" .")) in _regions():
        return True
    return _before().search(before) is not None or (
        re.search(r"\bfrom\s\Z", before) is not None and re.match(r"\sto\s[A-Z]", after) is not None
    )


def differ(a: Name, b: Name, pair: Pair, *, sure: bool) -> bool:
    """Whether two places are not one, nor one in the other, as far as can be told.

    Args:
        a: The place in the first article.
        b: The place in the second.
        pair: The articles, which may say that the one lies in the other.
        sure: Whether both stand like places, not only one of them.
    """
    if _one_in_other(a.text, b.text) or _said_together(a.text, b.text, pair):
        return False
    if known(a) != known(b) or not sure:
        return _alike(a, b)
    return True


def whole(document: Document, name: Name) -> Span:
    """Return the place of a name; of a region, with the town before it ("Springfield, Ohio")."""
    if _key(name.text) in _regions():
        town = re.search(
            r"(?:[A-Z][\w.’'-]*\s)*[A-Z][\w’'-]*,\s\Z", document.text[: name.span.start][-40:]
        )
        if town:
            return Span(name.span.start - len(town[0]), name.span.end)
    return name.span


def _alike(a: Name, b: Name) -> bool:
    from rapidfuzz.distance import Levenshtein

    if len(a.words) != len(b.words) or a.text.startswith(b.text) or b.text.startswith(a.text):
        return False  # "Bolivia", "Bolivian"
    if set(a.words) & set(b.words):
        return True
    return len(a.text) > 3 and Levenshtein.distance(a.text, b.text, score_cutoff=2) <= 2


def _datelines(pair: Pair) -> Iterator[Finding]:
    first, second = _filed_from(pair.a), _filed_from(pair.b)
    if first is None or second is None:
        return
    a, b = (
        document.text[place.start : place.end]
        for document, place in ((pair.a, first), (pair.b, second))
    )
    if _key(a) == _key(b) or _one_in_other(a, b) or _said_together(a.title(), b.title(), pair):
        return
    yield Finding(FlagKind.PLACE_CHANGED, _link_of(pair, first, second), first, second)


def _filed_from(document: Document) -> Span | None:
    """Return the place that an article's first dateline names."""
    for unit in document.units:
        if unit.kind is Kind.DATELINE:
            match = _DATELINE_PLACE.match(document.text, unit.start, unit.end)
            return Span(match.start(), match.end()) if match and match[0] else None
    return None


def _link_of(pair: Pair, a: Span, b: Span) -> int | None:
    """Return the position of the link that joins the units of two places, if one does."""
    for place, link in enumerate(pair.diff.links):
        mine = any(pair.a.units[unit].start == a.start for unit in link.a)
        if mine and any(pair.b.units[unit].start == b.start for unit in link.b):
            return place
    return None


def _directions(pair: Pair) -> Iterator[Finding]:
    """Yield words of direction that an edit puts for words of another direction."""
    for place, _, edit in pair.edits():
        if edit.op is not Op.REPLACE or len(edit.a) > 12 or len(edit.b) > 12:
            continue
        a = pair.a.text[edit.a.start : edit.a.end]
        b = pair.b.text[edit.b.start : edit.b.end]
        if not (_is_direction(a) and _is_direction(b)) or a[0].isupper() or b[0].isupper():
            continue
        if inside(pair.quoted_a, edit.a) or inside(pair.quoted_b, edit.b):
            continue
        mine, other = _points(a), _points(b)
        if not (mine <= other or other <= mine):
            yield Finding(FlagKind.PLACE_CHANGED, place, edit.a, edit.b)


def _is_direction(word: str) -> bool:
    return bool(word) and _DIRECTION.fullmatch(word) is not None and bool(_points(word))


def _points(word: str) -> frozenset[str]:
    match = _DIRECTION.match(word.lower())
    return frozenset(filter(None, match.groups())) if match else frozenset()


def _key(text: str) -> str:
    """Return what a place is looked up by: house style, capitals and an article put aside."""
    text = text.removeprefix("the ").strip()
    if text.isupper() and len(text) > 3 and "." not in text:
        text = text.title()
    key = key_of(text).form
    return _others().get(key, key)


def _one_in_other(a: str, b: str) -> bool:
    """Whether two names are of one place, or of one that lies in the other, by the list."""
    one, other = _key(a), _key(b)
    regions = _regions()
    return one == other or one in regions.get(other, ()) or other in regions.get(one, ())


def _said_together(a: str, b: str, pair: Pair) -> bool:
    """Whether an article names the two so close that one may say where the other is."""
    first, second = re.escape(a), re.escape(b)
    close = re.compile(
        rf"{first}\b[^.!?\n]{{1,{NEAR}}}\b{second}|{second}\b[^.!?\n]{{1,{NEAR}}}\b{first}"
    )
    return any(close.search(document.text) for document in (pair.a, pair.b))


@cache
def _others() -> Mapping[str, str]:
    """Return the key of each other name of a place, to the key of the place."""
    also: Mapping[str, list[str]] = read("places")["also"]
    return {key_of(form).form: key_of(name).form for name, forms in also.items() for form in forms}


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    """Return for every place of the list all that it lies in, by key."""
    data = read("places")
    within: dict[str, set[str]] = {}

    def put(name: str, *regions: str) -> None:
        within.setdefault(_key(name), set()).update(map(_key, regions))

    for country, cities in data["countries"].items():
        put(country)
        for city in cities:
            put(city, country)
    for country, parts in data["parts"].items():
        put(country)
        for part, cities in parts.items():
            put(part, country)
            for city in cities:
                put(city, part, country)
    return {name: frozenset(regions) for name, regions in within.items()}


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(read("places")["words"]["before"])
    return re.compile(rf"\b(?:{words})\s(?:the\s)?\Z", re.I)
