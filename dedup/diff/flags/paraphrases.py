"""See where the words of a quotation are told without marks, and where told words become one.

The marks may be all that is lost: “false and malicious” and false and malicious. Or the speech is
reported: “We will not go” and "they would not go". Then most of its telling words must stand in
the linked sentence outside quotations, and must not have stood outside them before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dedup.article import Span
from dedup.diff.flags.lexicon import read
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair, inside
from dedup.diff.flags.speeches import Speech, Speeches, links_of
from dedup.diff.flags.spoken import spoken, token_words
from dedup.diff.surface import Word
from dedup.text.document import Document
from dedup.text.language import stopwords
from dedup.text.quotations import DOUBLE

#: Least share of the telling words of a speech that the report must have.
REPORTED = 0.6
#: Least share of all its words, in order, that it must have.
IN_ORDER = 0.5
#: The same where the speech has one telling word.
IN_ORDER_ALONE = 0.75

Outcome = tuple[FlagKind, Span | None, Span | None]


def find_paraphrases(pair: Pair, alone: Speeches) -> Iterator[Finding]:
    """Yield the speeches of one article that the other tells without marks."""
    link_a, link_b = links_of(pair)
    for speech in alone.only_a:
        link = next((link_a[unit] for unit in speech.units if unit in link_a), None)
        if link is not None and speech.closed:
            told = _told(speech, *_sides(pair, link))
            if told is not None:
                kind = told.kind or FlagKind.QUOTE_TURNED_INTO_PARAPHRASE
                yield Finding(kind, link, speech.span, told.place)
    for speech in alone.only_b:
        link = next((link_b[unit] for unit in speech.units if unit in link_b), None)
        if link is not None and speech.closed:
            told = _told(speech, *reversed(_sides(pair, link)))
            if told is not None:
                kind = told.kind or FlagKind.PARAPHRASE_TURNED_INTO_QUOTE
                yield Finding(kind, link, told.place, speech.span)


@dataclass(frozen=True, slots=True)
class _Side:
    """One article's side of a link."""

    document: Document
    units: tuple[int, ...]
    quoted: tuple[Span, ...]

    def untold(self) -> list[Word]:
        """Return the words that stand outside quotations."""
        return [
            word
            for unit in self.units
            for word in token_words(self.document, self.document.units[unit].span)
            if not inside(self.quoted, word.span)
        ]


@dataclass(frozen=True, slots=True)
class _Told:
    """Where a speech is told, and as what if not as a paraphrase."""

    place: Span
    kind: FlagKind | None = None


def _sides(pair: Pair, link: int) -> tuple[_Side, _Side]:
    units = pair.diff.links[link]
    return _Side(pair.a, units.a, pair.quoted_a), _Side(pair.b, units.b, pair.quoted_b)


def _told(speech: Speech, mine: _Side, other: _Side) -> _Told | None:
    """Return where the other article tells a speech outside quotations, if it does.

    Where a quotation mark without a partner stands there, it is a quotation all the same.
    """
    said = spoken(mine.document, (speech,)).words
    before, after = mine.untold(), other.untold()
    place = _same_words(said, before, after, stopwords(other.document.language))
    if place is None and other.document.language[:2] == "en":
        place = _reported(said, before, after, other.document)
    if place is None:
        return None
    stray = _stray_mark(other, place)
    return _Told(stray, FlagKind.QUOTE_UNBALANCED) if stray else _Told(place)


def _same_words(
    said: Sequence[Word], before: Sequence[Word], after: Sequence[Word], stop: frozenset[str]
) -> Span | None:
    """Return where the words of a speech stand as they were, and stood not before."""
    keys = [word.key for word in said]
    telling = sum(key not in stop for key in keys)
    if not telling:
        return None
    places = _runs(keys, [word.key for word in after])
    if len(places) <= len(_runs(keys, [word.key for word in before])):
        return None
    start = places[-1]
    return Span(after[start].start, after[start + len(keys) - 1].end)


def _runs(keys: Sequence[str], words: Sequence[str]) -> list[int]:
    size = len(keys)
    return [
        start
        for start in range(len(words) - size + 1)
        if words[start] == keys[0] and words[start : start + size] == keys
    ]


def _reported(
    said: Sequence[Word],
    before: Sequence[Word],
    after: Sequence[Word],
    other: Document,
) -> Span | None:
    """Return the sentence that reports a speech in other words."""
    shifts = _load().shifts
    stop = stopwords(other.language)
    speech = [_stem(word.key) for word in said]
    telling = Counter(
        stem
        for word, stem in zip(said, speech, strict=True)
        if word.key not in stop and word.key not in shifts
    )
    stood = Counter(_stem(word.key) for word in before)
    stands = Counter(_stem(word.key) for word in after)
    found = {
        stem: min(count, max(0, stands[stem] - stood[stem])) for stem, count in telling.items()
    }
    total = sum(found.values())
    if not total or total < REPORTED * telling.total():
        return None
    from rapidfuzz.distance import LCSseq

    common = LCSseq.similarity(speech, [_stem(word.key) for word in after])
    if common < (IN_ORDER_ALONE if telling.total() == 1 else IN_ORDER) * len(speech):
        return None
    held = Counter(word.unit for word in after if found.get(_stem(word.key)))
    return other.units[held.most_common(1)[0][0]].span


def _stray_mark(side: _Side, place: Span) -> Span | None:
    """Return a sentence up to a double quotation mark that belongs to no quotation, if any."""
    text = side.document.text
    spans = [quotation.span for quotation in side.document.quotations]
    for index in side.units:
        unit = side.document.units[index]
        if unit.end <= place.start or unit.start >= place.end:
            continue
        for at in range(unit.start + 1, unit.end):
            loose = text[at] in DOUBLE and not text[at - 1].isdigit()
            if loose and not any(span.start <= at < span.end for span in spans):
                return Span(unit.start, at + 1)
    return None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of `reported.toml`: the first form of each, and the endings of words."""

    shifts: Mapping[str, str]
    verbs: Mapping[str, str]
    endings: tuple[str, ...]


@lru_cache(maxsize=1)
def _load() -> _Words:
    data = read("reported")
    shifts, verbs = (
        {form: group[0] for group in data[name] for form in group} for name in ("shifts", "verbs")
    )
    return _Words(shifts, verbs, tuple(data["endings"]))


@lru_cache(maxsize=1 << 12)
def _stem(key: str) -> str:
    """Return what a word has in common in a speech and in a report of it."""
    words = _load()
    known = words.shifts.get(key) or words.verbs.get(key)
    if known:
        return known
    for ending in words.endings:
        if key.endswith(ending) and len(key) - len(ending) >= 4:
            return key.removesuffix(ending)
    return key
