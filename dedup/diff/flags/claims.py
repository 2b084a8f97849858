"""Read who says something: the attributions of one side of a link, with source and claim.

"Police said the man fled", "…, said Anna Ruud, a farmer", "according to her lawyer": a verb of
speech names the place, the words around it the source (after Pareti et al., 2013, "Automatically
detecting and attributing indirect quotations"); the words are data (`speech.toml`). What no rule
reads for sure is marked so, and never flagged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from dedup.diff.flags.lexicon import word_set
from dedup.diff.flags.sides import Side
from dedup.diff.flags.speakers import (
    closes_quotation,
    hearer_end,
    is_capital,
    is_inverted,
    name_after,
    name_before,
)
from dedup.diff.flags.verbs import is_past

#: Most words on the far side of an attribution that leads or ends its sentence.
EDGE = 4
#: Words behind a verb of speech among which "that" is looked for: "wrote in a letter that".
THAT = 6

_OPENING = "\"“«‘'"
_COORDINATE = frozenset({"and", "but", "while", "although"})


class Place(Enum):
    """Where in its sentence an attribution stands."""

    FRONT = auto()
    MIDDLE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that say who said something.

    Attributes:
        start: Index of the first word of "police said".
        end: Index behind its last word.
        verb: Index of its verb of speech, or of "according".
        source: The words that name the source; none where the subject of the verb is left out.
        place: Where in its sentence it stands.
        claim: Indexes of the words that it vouches for.
        sure: Whether the rules are sure that it is one.
        spoken: Whether it has a verb of speech ("according to" has none).
    """

    start: int
    end: int
    verb: int
    source: tuple[str, ...]
    place: Place
    claim: tuple[range, ...]
    sure: bool
    spoken: bool

    @property
    def is_anybody(self) -> bool:
        """Whether a pronoun names the source, or nothing does."""
        return word_set("speech", "pronouns").issuperset(self.source)

    @property
    def claimed(self) -> Iterator[int]:
        """The indexes of the words of the claim, in order."""
        for part in self.claim:
            yield from part


def attributions(side: Side) -> tuple[Attribution, ...]:
    """Return the attributions outside quotations, in order. Linear in the words.

    Of the words that only may name a source, those that are no news are left out.

    >>> from dedup.article import Article
    >>> from dedup.diff import diff
    >>> from dedup.diff.flags.pair import Pair
    >>> from dedup.text import segment
    >>> a = segment(Article("The dam will hold, the water board said on Friday."))
    >>> b = segment(Article("The dam is going to hold, according to the mayor."))
    >>> sides = Pair(a, b, diff(a, b)).sides(0)
    >>> [side.words[s.start : s.end] for side in sides for s in attributions(side)]
    [('the', 'water', 'board', 'said'), ('according', 'to', 'the', 'mayor')]
    """
    cues, perhaps = _cues(), word_set("speech", "perhaps")
    phrases: list[_Phrase] = []
    for i in [i for i, word in enumerate(side.words) if word in cues]:
        new = side.twins[i] < 0
        if (new or side.words[i] not in perhaps) and not side.is_quoted(i):
            phrase = _phrase(side, i)
            while phrase and phrases and phrase.start < phrases[-1].end and not phrases[-1].sure:
                phrases.pop()  # "the porter, who asked for silence, said"
            if phrase and not (phrases and phrase.start < phrases[-1].end):
                phrases.append(phrase)
    return tuple(_with_claim(side, phrases, at) for at in range(len(phrases)))


@dataclass(frozen=True, slots=True)
class _Phrase:
    """The words of an attribution, those of its source, and whether it is surely one."""

    start: int
    end: int
    verb: int
    source: range
    sure: bool


@cache
def _cues() -> frozenset[str]:
    every = (word_set("speech", name) for name in ("plain", "reporting", "perhaps"))
    return frozenset({"according"}).union(*every)


def _phrase(side: Side, verb: int) -> _Phrase | None:
    """Read the phrase around a verb of speech, or None where nobody speaks."""
    word = side.words[verb]
    if is_past(word) and side.word(verb + 1) == "by" and not side.gap(verb + 1):
        return None  # "first reported by a newspaper"
    if word == "according":
        named = side.word(verb + 1) == "to"
        source = name_after(side, verb + 2, frozenset({"and"})) if named else range(0)
        return _Phrase(verb, source.stop, verb, source, sure=True) if source else None
    if word in word_set("speech", "perhaps"):
        return _doubtful(side, verb)
    return _spoken(side, verb)


def _doubtful(side: Side, verb: int) -> _Phrase | None:
    """Read what may be an attribution: "confirmed", "believes", "in a declaration"."""
    front = _front(side, verb)
    if is_inverted(side, front):
        source = name_after(side, verb + 1)
        return _Phrase(verb, source.stop, verb, source, sure=False) if source else None
    source = name_before(side, front)
    if source:
        return _Phrase(source.start, verb + 1, verb, source, sure=False)
    without = side.words[verb] in word_set("speech", "subjectless")
    return _Phrase(verb, verb + 1, verb, source, sure=False) if without else None


def _spoken(side: Side, verb: int) -> _Phrase | None:
    """Read the phrase of a verb of speech: "police said", "told the court", "said Ruud"."""
    following = side.word(verb + 1) if not side.gap(verb + 1) else ""
    unspoken = side.words[verb - 1] if verb and not side.gap(verb) else ""
    named = bool(unspoken) and is_capital(side, verb - 1) and verb - 1 not in side.units
    barred = unspoken in word_set("speech", "unspoken") and not named
    if barred or (following == "to" and not _addresses(side, verb)):
        return None  # "is said to", "declined to say"; but "Ms. May said"
    end = verb + 1
    if side.words[verb] in ("told", "tells"):
        end = hearer_end(side, verb)
        ordered = side.word(end) == "to" and not side.gap(end)
        if ordered or end == verb + 1:
            return None
    plain, front = side.words[verb] in word_set("speech", "plain"), _front(side, verb)
    if is_inverted(side, front):
        source = name_after(side, verb + 1)
        if source:
            return _Phrase(verb, source.stop, verb, source, plain or _ends(side, source.stop))
    source = name_before(side, front)
    if not source:
        return _Phrase(verb, end, verb, source, sure=False)
    return _Phrase(source.start, end, verb, source, plain or _reports(side, source.start, end))


def _addresses(side: Side, verb: int) -> bool:
    """Whether "to" behind a verb of speech names who is spoken to: "wrote to", "said to the"."""
    hearers = word_set("speech", "determiners") | word_set("speech", "hearers")
    return side.words[verb] in word_set("speech", "addressing") or side.word(verb + 2) in hearers


def _front(side: Side, verb: int) -> int:
    """Return where "police on Monday also said" leaves the name for the verb."""
    between = word_set("speech", "between") | word_set("speech", "days")
    front = verb
    while front > 1 and not side.gap(front) and side.words[front - 1] in between:
        front -= 1
    return front


def _reports(side: Side, start: int, end: int) -> bool:
    """Whether "that", a colon or a quotation follows, or the clause stands before the name."""
    gap = side.gap(end)
    if ":" in gap or ("," in gap and any(mark in gap for mark in _OPENING)):
        return True
    if _is_that_near(side, end):
        return True
    return start not in side.units and bool(side.gap(start)) and _ends(side, end)


def _ends(side: Side, end: int) -> bool:
    """Whether a sentence or clause ends at an index, or goes on with time and place only."""
    return bool(side.gap(end)) or (side.words[end] in _tails() and not _is_that_near(side, end))


def _is_that_near(side: Side, end: int) -> bool:
    """Whether a claim follows behind words of time and place: "said on Sunday that"."""
    for k in range(end, min(end + THAT, len(side))):
        if side.gap(k):
            return False
        if side.words[k] == "that":
            return True
    return False


@cache
def _tails() -> frozenset[str]:
    """Return the words that go on behind an attribution without being its claim."""
    every = word_set("speech", "closes") | word_set("speech", "days")
    return every - word_set("speech", "pronouns") - word_set("speech", "claiming")


def _with_claim(side: Side, phrases: list[_Phrase], at: int) -> Attribution:
    phrase = phrases[at]
    first, last = side.unit_of(phrase.start)
    low = max((other.end for other in phrases[:at] if other.sure), default=first)
    high = min((other.start for other in phrases[at + 1 :] if other.sure), default=last)
    low, high = max(first, low), min(last, high)
    behind = _behind(side, phrase.end, high)
    before, after = _clause_before(side, low, phrase.start), _clause_after(side, behind, high)
    place = _place(side, phrase, behind, (first, last))
    claim: tuple[range, ...] = (after,)
    if place is Place.END:
        claim = (before,)
    elif place is Place.MIDDLE and _ends(side, behind):
        claim = (before, after)
    source = tuple(side.words[i] for i in phrase.source)
    spoken = side.words[phrase.verb] != "according"
    sure = phrase.sure
    return Attribution(phrase.start, phrase.end, phrase.verb, source, place, claim, sure, spoken)


def _behind(side: Side, end: int, high: int) -> int:
    """Return where the words of time and place behind an attribution end: "said last week,"."""
    if end >= high or side.gap(end) or side.words[end] not in _tails():
        return end
    return next((k for k in range(end + 1, min(end + EDGE, high)) if side.gap(k)), end)


def _clause_before(side: Side, low: int, end: int) -> range:
    """Return the words before an attribution, back to where a coordinate clause begins."""
    return range(max(_clauses(side, low, end), default=low), end)


def _clause_after(side: Side, start: int, high: int) -> range:
    """Return the words behind an attribution, as far as no coordinate clause begins."""
    return range(start, min(_clauses(side, start, high), default=high))


def _clauses(side: Side, low: int, high: int) -> list[int]:
    """Return where coordinate clauses begin among words."""
    words, inner = side.words, range(low, high)
    found = [k for k in inner if words[k] in _COORDINATE and "," in side.gap(k)]
    if low < high and ";" in side.text[side.starts[low] : side.starts[high - 1]]:
        found += [k for k in inner if ";" in side.gap(k)]
    return found


def _place(side: Side, phrase: _Phrase, behind: int, unit: tuple[int, int]) -> Place:
    """Return where in its sentence an attribution stands; `behind` is where it goes on."""
    before, after = phrase.start - unit[0], unit[1] - behind
    parted = before > 0 and bool(side.gap(phrase.start))
    gap = side.gap(behind) if after else ""
    quoting = any(mark in gap for mark in _OPENING)
    inverted = phrase.source.start > phrase.start
    closing = parted and (inverted or closes_quotation(side, phrase.start))
    more = after > EDGE or (after > 0 and side.words[behind] not in _tails())
    inserted = parted and "," in gap and more and (quoting or not closing)
    if after == 0 or (closing and not inserted):
        return Place.END
    leads = after > before or ":" in gap or quoting or not _ends(side, behind)
    if before <= EDGE and leads and not inserted:
        return Place.FRONT
    if _ends(side, behind) and not inserted and (parted or after <= EDGE):
        return Place.END
    return Place.MIDDLE
