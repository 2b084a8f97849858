"""Flag claims that lost or gained the word that kept them from being told as fact: "alleged".

Hedges in the sense of Lakoff (1973, "Hedges: a study in meaning criteria and the logic of fuzzy
concepts"); the words are data (`hedges.toml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dedup.article import Span
from dedup.diff.flags.claims import attributions
from dedup.diff.flags.lexicon import word_set
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.sides import Side, around, counterpart
from dedup.diff.flags.verbs import stem

#: Words around the counterpart of what was hedged, where another hedge takes the place of the one.
NEAR = 8
#: Words before "could" among which a wish makes it none: "hoped that they could".
WISH = 4
#: Words behind a hedge, function words not counted, the first of which is hedged.
FARTHEST = 6


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge of one side: `[start, end)` and the index of the word that it hedges."""

    start: int
    end: int
    hedged: int


def find(pair: Pair) -> Iterator[Finding]:
    """Yield the hedges that were dropped and added, in English articles.

    What was hedged must stand on the other side, without another hedge and without a source that
    now vouches for it.
    """
    if not pair.english:
        return
    for place in pair.reworded():
        a, b = pair.sides(place)
        for hedge in _lost(a, b):
            there = _hole(a, b, hedge)
            yield Finding(FlagKind.HEDGE_DROPPED, place, a.span(hedge.start, hedge.end), there)
        for hedge in _lost(b, a):
            there = _hole(b, a, hedge)
            yield Finding(FlagKind.HEDGE_ADDED, place, there, b.span(hedge.start, hedge.end))


def hedges(side: Side) -> list[Hedge]:
    """Return the hedges outside quotations that the other side has not, in order.

    Linear in the words.
    """
    phrases = _by_first_word()
    pairs = enumerate(zip(side.words, side.twins, strict=True))
    found: list[Hedge] = []
    for i in [i for i, (word, twin) in pairs if twin < 0 and word in phrases]:
        words = next((w for w in phrases[side.words[i]] if side.words[i : i + len(w)] == w), ())
        end = i + len(words)
        if words and _hedges(side, i, end) and not side.is_quoted(i):
            hedged = _hedged(side, end)
            if hedged is not None:
                found.append(Hedge(i, end, hedged))
    return found


def _lost(here: Side, there: Side) -> list[Hedge]:
    """Return the hedges of one side that the other has not, though it has what they hedge."""
    gone = hedges(here)
    if not gone or any(there.twins[one.verb] < 0 for one in attributions(there)):
        return []
    told = [hedge for hedge in gone if _is_told(here, there, hedge)]
    return told[len(hedges(there)) :]


def _is_told(here: Side, there: Side, hedge: Hedge) -> bool:
    """Whether the other side tells as fact what was hedged."""
    at = counterpart(here, there, hedge.hedged)
    if at < 0 or there.is_quoted(at):
        return False
    hedging = _by_first_word().keys() | word_set("hedges", "also")
    return hedging.isdisjoint(there.words[k] for k in _near(there, at) if there.twins[k] < 0)


def _near(side: Side, i: int) -> range:
    first, last = side.unit_of(i)
    return range(max(first, i - NEAR), min(last, i + NEAR + 1))


def _hedged(side: Side, start: int) -> int | None:
    """Return the index of the first telling word behind a hedge, in its clause."""
    skipped = word_set("hedges", "skipped")
    for k in range(start, min(start + FARTHEST, len(side))):
        if side.gap(k) not in ("", "-", "“", '"', "‘", "'"):
            return None
        if side.words[k] not in skipped:
            return None if side.words[k][0].isdigit() else k
    return None


def _hedges(side: Side, start: int, end: int) -> bool:
    """Whether words that can be a hedge are one here."""
    word, following = side.words[start], side.word(end)
    capital = side.text[side.starts[start]].isupper() and start not in side.units
    if capital or (word == "may" and following == "not"):
        return False  # "in May", "may not park here"
    if word == "could":
        passive = following == "be" and side.word(end + 1) in word_set("hedges", "perceived")
        before = side.words[max(0, start - WISH) : start]
        able = following in word_set("hedges", "able") or passive
        return not able and word_set("hedges", "wishes").isdisjoint(before)
    if word in word_set("hedges", "noun"):
        return side.word(start - 1) in word_set("hedges", "articles")
    if " ".join(side.words[start:end]) in word_set("hedges", "passive"):
        before = side.words[max(0, start - 3) : start]
        return any(stem(earlier) == stem("be") for earlier in before)
    return True


def _hole(here: Side, there: Side, hedge: Hedge) -> Span:
    """Return the empty place on the other side where the hedge would stand."""
    at, _ = around(here, there, hedge.start)
    return there.span(at, at)


@cache
def _by_first_word() -> dict[str, list[tuple[str, ...]]]:
    """Return the hedges as tokens by their first, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    every = [
        tuple(form.split()) for form in word_set("hedges", "plain") | word_set("hedges", "noun")
    ]
    for words in sorted(every, key=len, reverse=True):
        found.setdefault(words[0], []).append(words)
    return found
