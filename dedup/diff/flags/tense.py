"""Flag clauses that moved in time: "will open" against "opened"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache

from dedup.diff.flags.lexicon import word_set
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.sides import Side, counterpart
from dedup.diff.flags.verbs import is_past, stem


class Tense(Enum):
    """When a verb says that something happens."""

    PAST = auto()
    PERFECT = auto()
    PRESENT = auto()
    FUTURE = auto()


#: Changes that move an event in time. Present and future are one plan told in two ways, and the
#: perfect goes with past and present.
MOVES = (
    {Tense.PAST, Tense.PRESENT},
    {Tense.PAST, Tense.FUTURE},
    {Tense.PERFECT, Tense.FUTURE},
)
#: What reported speech and headlines do by convention.
CONVENTION = {Tense.PAST, Tense.PRESENT}


def find(pair: Pair) -> Iterator[Finding]:
    """Yield the verbs whose tense changed while subject and verb stayed, in English articles."""
    if not pair.english:
        return
    for place in pair.reworded():
        a, b = pair.sides(place)
        seen: set[tuple[int, int]] = set()
        for i, j in _changed_forms(a, b):
            (first, last), (start, end) = _group(a, i), _group(b, j)
            if (first, start) not in seen and _moves(a, b, (first, last), (start, end)):
                seen.add((first, start))
                yield Finding(
                    FlagKind.TENSE_CHANGED, place, a.span(first, last), b.span(start, end)
                )


def _changed_forms(a: Side, b: Side) -> Iterator[tuple[int, int]]:
    """Yield the words outside quotations that became another form of the same verb."""
    new: dict[str, list[int]] = defaultdict(list)
    for j, twin in enumerate(b.twins):
        if twin < 0:
            new[stem(b.words[j])].append(j)
    for i, twin in enumerate(a.twins):
        if twin < 0 and stem(a.words[i]) in new and not a.is_quoted(i):
            j = counterpart(a, b, i)
            if j >= 0 and a.words[i] != b.words[j] and not b.is_quoted(j):
                yield i, j


def _moves(a: Side, b: Side, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two verb groups, as begin and end, tell of one thing at different times."""
    (first, last), (start, end) = one, other
    if not _same_subject(a, b, first, start) or not _same_verb(a, b, last - 1, end - 1):
        return False
    tenses = {_tense(a, first, last), _tense(b, start, end)}
    if tenses == CONVENTION:
        return not (a.headline or b.headline or _is_reported(a) or _is_reported(b))
    return tenses in MOVES


def _is_reported(side: Side) -> bool:
    """Whether somebody says something there, so that the tense follows the verb of speech."""
    names = ("plain", "reporting", "subjectless")
    return not all(word_set("speech", name).isdisjoint(side.words) for name in names)


def _same_verb(a: Side, b: Side, i: int, j: int) -> bool:
    """Whether the last words of two verb groups are forms of one verb, or both only help."""
    helpers = _helpers()
    if a.words[i] in helpers and b.words[j] in helpers:
        return True
    return stem(a.words[i]) == stem(b.words[j])


def _group(side: Side, i: int) -> tuple[int, int]:
    """Return where the verb group around a word begins and ends: "will soon be opened"."""
    helpers, start, end = _helpers(), i, i + 1
    for k in range(i - 1, -1, -1):
        if side.gap(k + 1) or not (side.words[k] in helpers or _is_adverb(side.words[k])):
            break
        if side.words[k] in helpers:
            start = k
    if side.words[i] not in helpers:
        return start, end
    for k in range(i + 1, len(side)):
        word = side.words[k]
        if side.gap(k):
            break
        if word in helpers or not _is_adverb(word):
            end = k + 1 if word in helpers or _is_helped(side.words[i], word) else end
        if word not in helpers and not _is_adverb(word):
            break
    return start, end


def _is_adverb(word: str) -> bool:
    return word in word_set("verbs", "adverbs") or word.endswith("ly")


def _is_helped(helper: str, word: str) -> bool:
    """Whether a word that follows a helping verb is the verb of its group."""
    bare = stem(helper) == stem("do") or helper in word_set("verbs", "future")
    return bare or is_past(word) or word.endswith("ing")


@cache
def _helpers() -> frozenset[str]:
    names = ("future", "present", "past", "perfect", "modal")
    return frozenset({"going", "set", "due"}).union(*(word_set("verbs", name) for name in names))


def _tense(side: Side, start: int, end: int) -> Tense | None:
    """Return the tense of a verb group, or None where it has none or no rule can tell."""
    words = side.words[start:end]
    if words[0] not in _helpers():
        return _bare_tense(side, start) if len(words) == 1 else None
    return _helped_tense(words)


def _helped_tense(words: tuple[str, ...]) -> Tense | None:
    """Return the tense of "will open", "has opened", "is going to open"."""
    first, intends = words[0], "to" in words
    if first in word_set("verbs", "present"):
        tense = Tense.FUTURE if "going" in words else None
        return tense if intends else Tense.PRESENT
    if first in word_set("verbs", "perfect"):
        return Tense.PERFECT if len(words) > 1 else Tense.PRESENT
    if first in word_set("verbs", "past"):
        return Tense.PAST
    return Tense.FUTURE if first in word_set("verbs", "future") else None


def _bare_tense(side: Side, i: int) -> Tense | None:
    """Return the tense of a verb that stands alone: "opened", "opens", "they open"."""
    word = side.words[i]
    if is_past(word):
        return Tense.PAST
    subject = side.word(i - 1) if not side.gap(i) else ""
    third = word.endswith("s") and not word.endswith("ss")
    return Tense.PRESENT if third or subject in word_set("verbs", "subjects") else None


def _same_subject(a: Side, b: Side, i: int, j: int) -> bool:
    """Whether the words before both verbs are the same."""
    if i in a.units or j in b.units:
        return False
    return a.twins[i - 1] == j - 1
