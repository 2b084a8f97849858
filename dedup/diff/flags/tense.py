"""Flag clauses that moved in time: "will open" against "opened"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache

from dedup.diff.flags.lexicon import lexicon
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
    speech = lexicon("speech")
    return not (speech["plain"] | speech["reporting"]).isdisjoint(side.words)


def _same_verb(a: Side, b: Side, i: int, j: int) -> bool:
    """Whether the last words of two verb groups are forms of one verb, or both only help."""
    helpers = _helpers()
    if a.words[i] in helpers and b.words[j] in helpers:
        return True
    return stem(a.words[i]) == stem(b.words[j])


def _group(side: Side, i: int) -> tuple[int, int]:
    """Return where the verb group around a word begins and ends: "will soon be opened"."""
    lists = lexicon("verbs")
    helpers, adverbs = _helpers(), lists["adverbs"]
    start, end = i, i + 1
    k = i
    while k > 0 and not side.gap(k):
        word = side.words[k - 1]
        if word in helpers:
            start = k - 1
        elif word not in adverbs and not word.endswith("ly"):
            break
        k -= 1
    if side.words[i] in helpers:
        k = i + 1
        while k < len(side) and not side.gap(k):
            word = side.words[k]
            if word in helpers:
                end = k + 1
            elif word not in adverbs and not word.endswith("ly"):
                bare = stem(side.words[i]) == "do" or side.words[i] in lists["future"]
                if bare or is_past(word) or word.endswith("ing"):
                    end = k + 1
                break
            k += 1
    return start, end


@cache
def _helpers() -> frozenset[str]:
    lists = lexicon("verbs")
    found: frozenset[str] = (
        lists["future"] | lists["present"] | lists["past"] | lists["perfect"] | lists["modal"]
    )
    return found | {"going", "set", "due"}


def _tense(side: Side, start: int, end: int) -> Tense | None:
    """Return the tense of a verb group, or None where it has none or no rule can tell."""
    lists, words = lexicon("verbs"), side.words[start:end]
    first, last = words[0], words[-1]
    if first in lists["future"]:
        return Tense.FUTURE
    if first in lists["present"]:
        if any(word == "to" for word in words):
            return Tense.FUTURE if "going" in words else None
        return Tense.PRESENT
    if first in lists["perfect"] and len(words) > 1:
        return Tense.PERFECT
    if first in lists["past"]:
        return Tense.PAST
    if first in lists["perfect"]:
        return Tense.PRESENT
    if first in lists["modal"] or len(words) > 1:
        return None
    if is_past(last):
        return Tense.PAST
    if last.endswith("s") and not last.endswith("ss"):
        return Tense.PRESENT
    subject = side.word(start - 1) if not side.gap(start) else ""
    return Tense.PRESENT if subject in lists["subjects"] else None


def _same_subject(a: Side, b: Side, i: int, j: int) -> bool:
    """Whether the words before both verbs are the same."""
    if i in a.units or j in b.units:
        return False
    return a.twins[i - 1] == j - 1
