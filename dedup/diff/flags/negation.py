"""Flag clauses that were denied on one side and are told as true on the other."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache

from dedup.article import Span
from dedup.diff.flags.lexicon import word_set, word_table
from dedup.diff.flags.model import Finding, FlagKind
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.sides import Side, around, counterpart

#: Words before and behind the counterpart of what was denied, where another denial may stand.
BEFORE, BEHIND = 7, 4
#: Words behind a denial among which the denied word is looked for.
FARTHEST = 5
#: Words behind a denial among which "until" makes it none.
UNTIL = 8
#: Denials of a noun.
_NOMINAL = frozenset({"no", "none", "nobody", "nothing", "neither", "nor", "without"})
#: Most words that "was not yet fully open" takes on the other side.
WIDEST = 6


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial of one side: the index of its first word, and of the word that it denies."""

    start: int
    denied: int


def find(pair: Pair) -> Iterator[Finding]:
    """Yield the clauses that are denied on one side only, in English articles.

    The words before and behind the denial must be the same on both sides, and no other word of
    denial may stand near.
    """
    if not pair.english:
        return
    for place in pair.reworded():
        a, b = pair.sides(place)
        for span_a, span_b in _turned(a, b):
            yield Finding(FlagKind.NEGATION_CHANGED, place, span_a, span_b)
        for span_b, span_a in _turned(b, a):
            yield Finding(FlagKind.NEGATION_CHANGED, place, span_a, span_b)


def denials(side: Side) -> list[Denial]:
    """Return the denials outside quotations that the other side has not, in order.

    Linear in the words.
    """
    opposites = word_table("negation", "opposites")
    found = []
    for i in _changed(side, _words()):
        if _denies(side, i) and not side.is_quoted(i):
            denied = i if side.words[i] in opposites else _denied(side, i)
            if denied is not None:
                found.append(Denial(i, denied))
    return found


def _changed(side: Side, words: Container[str]) -> list[int]:
    pairs = enumerate(zip(side.words, side.twins, strict=True))
    return [i for i, (word, twin) in pairs if word in words and twin < 0]


@cache
def _words() -> frozenset[str]:
    every = word_set("negation", "plain") | word_set("negation", "verbs")
    return every | word_table("negation", "opposites").keys()


def _turned(here: Side, there: Side) -> Iterator[tuple[Span, Span]]:
    """Yield the places here that deny what the places there tell."""
    gone = denials(here)
    for denial in gone[len(denials(there)) :] if gone else ():
        at = _affirmed(here, there, denial)
        if at is not None and not there.is_quoted(at) and _goes_on(here, there, denial, at):
            start, end = _phrase(here, denial)
            first = _opposite_start(here, there, start, at)
            if first is not None:
                more = _particle(here, there, end, at + 1)
                yield here.span(start, end + more), there.span(first, at + 1 + more)


def _denies(side: Side, i: int) -> bool:
    """Whether a word that can deny denies here."""
    word, following = side.words[i], side.word(i + 1)
    if word in word_table("negation", "opposites"):
        return True
    if word in word_set("negation", "verbs"):
        return following == "to"
    if word not in word_set("negation", "plain") or following in word_set("negation", "harmless"):
        return False
    if word == "no" and (following[:1].isdigit() or side.gap(i + 1).startswith(".")):
        return False
    if "until" in side.words[i + 1 : i + 1 + UNTIL]:
        return False  # "did not open until noon"
    return side.word(i - 1) not in word_set("negation", "before") or bool(side.gap(i))


def _denied(side: Side, i: int) -> int | None:
    """Return the index of the first telling word behind a denial, in its clause."""
    skipped, auxiliaries = word_set("negation", "skipped"), word_set("negation", "auxiliaries")
    if side.words[i] == "none" and side.word(i + 1) == "of":
        verb = (k for k in side.clause(i) if k > i and side.words[k] in auxiliaries)
        i = next(verb, i)
    for k in range(i + 1, min(i + 1 + FARTHEST, len(side))):
        if side.gap(k):
            return None
        if side.words[k] not in skipped and not side.words[k].endswith("ly"):
            return k
    return None


def _affirmed(here: Side, there: Side, denial: Denial) -> int | None:
    """Return the index there of the word that was denied here and is not there, or None."""
    opposites = word_table("negation", "opposites").get(here.words[denial.start])
    if opposites:
        low, high = around(here, there, denial.start)
        found = (j for j in range(low, high) if there.words[j] in opposites)
        at = next(found, -1)
    else:
        at = counterpart(here, there, denial.denied)
    if at < 0:
        return None
    first, last = there.unit_of(at)
    near = range(max(first, at - BEFORE), min(last, at + BEHIND + 1))
    others = _words() | word_set("negation", "also")
    denied = any(there.words[k] in others and there.twins[k] < 0 for k in near if k != at)
    return None if denied else at


def _phrase(side: Side, denial: Denial) -> tuple[int, int]:
    """Return where "was not yet open" begins and ends: with the verb before the denial."""
    start, auxiliaries = denial.start, word_set("negation", "auxiliaries")
    verbal = side.words[start] not in _NOMINAL or side.word(start + 1) == "longer"
    while (
        start > 0
        and verbal
        and denial.denied > denial.start
        and not side.gap(start)
        and side.words[start - 1] in auxiliaries
    ):
        start -= 1
    return start, denial.denied + 1


def _goes_on(here: Side, there: Side, denial: Denial, at: int) -> bool:
    """Whether the clause goes on alike behind the denied word, or ends with it on one side."""
    following = _denied(here, denial.denied)
    if following is None or _denied(there, at) is None:
        return True
    return counterpart(here, there, following) in there.clause(at)


def _particle(here: Side, there: Side, end: int, other: int) -> int:
    """Return 1 where "out" follows on both sides, as in "rule out", else 0."""
    particles = word_set("negation", "particles")
    return int(here.word(end) in particles and here.word(end) == there.word(other))


def _opposite_start(here: Side, there: Side, start: int, at: int) -> int | None:
    """Return where, on the other side, the phrase begins that ends with the word `at`.

    It begins behind the twin of the word before the denial, or with the clause; None where the
    words before are others, so that it may be another clause.
    """
    if start in here.units or here.gap(start):
        first = there.clause(at).start
        return first if at - first < WIDEST else None
    before = counterpart(here, there, start - 1)
    if before < 0 or not at - WIDEST <= before < at or there.unit_of(before) != there.unit_of(at):
        return None
    return before + 1
