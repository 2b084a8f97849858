"""Read who says something: the attributions of one side of a link, with source and claim.

"Police said the man fled", "…, said Anna Ruud, a farmer", "according to her lawyer": a verb of
speech names the place, the words around it the source. Rules of the sort that Pareti (2015, "Direct
and indirect quotation extraction") found to cover most of the attributions of newswire; lists of
words in `speech.toml`. What no rule reads for sure is marked so, and never flagged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from dedup.diff.flags.lexicon import lexicon
from dedup.diff.flags.sides import Side
from dedup.diff.flags.verbs import is_past

#: Most words in the name of a source.
LONGEST_NAME = 10
#: Most words between the name and the verb in "Ivo Tarn, the head of the union, said".
LONGEST_APPOSITION = 30
#: Most words of "in a statement on Monday" between a name and its verb.
LONGEST_INSERTION = 8
_COORDINATE = frozenset({"and", "but", "while", "although"})
_INSERTING = frozenset({"in", "on", "at", "during", "through", "speaking"})
#: Most words of an insertion between the name and such a description.
SHORTEST_NAME = 2
#: Most words on the far side of an attribution that leads or ends its sentence.
EDGE = 4
_OPENING = "\"“«‘'"


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
        source: The words that name the source; none where the subject of the verb is left out.
        place: Where in its sentence it stands.
        claim: Indexes of the words that it vouches for.
        sure: Whether the rules are sure that it is one.
        spoken: Whether it has a verb of speech ("according to" has none).
    """

    start: int
    end: int
    source: tuple[str, ...]
    place: Place
    claim: tuple[range, ...]
    sure: bool
    spoken: bool

    @property
    def is_anybody(self) -> bool:
        """Whether a pronoun names the source, or nothing does."""
        return lexicon("speech")["pronouns"].issuperset(self.source)

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
    cues, perhaps = _cues(), lexicon("speech")["perhaps"]
    phrases: list[_Phrase] = []
    for i in [i for i, word in enumerate(side.words) if word in cues]:
        new = side.twins[i] < 0
        if (new or side.words[i] not in perhaps) and not side.is_quoted(i):
            phrase = _phrase(side, i)
            if phrase and not (phrases and phrase.start < phrases[-1].end):
                phrases.append(phrase)
    return tuple(_with_claim(side, phrases, at) for at in range(len(phrases)))


@dataclass(frozen=True, slots=True)
class _Phrase:
    start: int
    end: int
    source: range
    sure: bool


@cache
def _cues() -> frozenset[str]:
    lists = lexicon("speech")
    found: frozenset[str] = lists["plain"] | lists["reporting"] | lists["perhaps"] | {"according"}
    return found


def _phrase(side: Side, verb: int) -> _Phrase | None:
    """Read the phrase around a verb of speech, or None where nobody speaks."""
    word, lists = side.words[verb], lexicon("speech")
    if is_past(word) and side.word(verb + 1) == "by" and not side.gap(verb + 1):
        return None  # "first reported by a newspaper"
    if word == "according":
        if side.word(verb + 1) != "to":
            return None
        source = _name_after(side, verb + 2, joining=("and",))
        return _Phrase(verb, source.stop, source, sure=True) if source else None
    front = _first_of_verb(side, verb)
    if word in lists["perhaps"]:
        inverted = _is_inverted(side, front)
        source = _name_after(side, verb + 1) if inverted else _name_before(side, front)
        if inverted and source:
            return _Phrase(verb, source.stop, source, sure=False)
        if not source and word not in lists["subjectless"]:
            return None
        return _Phrase(source.start if source else verb, verb + 1, source, sure=False)
    if side.word(verb - 1) in lists["unspoken"] and not side.gap(verb):
        return None
    if side.word(verb + 1) == "to" and not side.gap(verb + 1):
        return None  # "is said to", "said to be"
    after = _hearer(side, verb) if word in ("told", "tells") else verb + 1
    if after > verb + 1 and side.word(after) == "to" and not side.gap(after):
        return None  # "told him to go": an order
    if word in ("told", "tells") and after == verb + 1:
        return None
    plain = word in lists["plain"]
    inverted = _is_inverted(side, front)
    source = _name_after(side, verb + 1) if inverted else _name_before(side, front)
    if inverted and source:
        return _Phrase(verb, source.stop, source, plain or _ends(side, source.stop))
    sure = plain or _reports(side, source.start if source else front, after)
    return _Phrase(source.start if source else verb, after, source, sure and bool(source))


def _first_of_verb(side: Side, verb: int) -> int:
    """Return where "police on Monday also said" leaves the name for the verb."""
    lists = lexicon("speech")
    front = verb
    while (
        front > 1
        and not side.gap(front)
        and (side.words[front - 1] in lists["between"] or side.words[front - 1] in lists["days"])
    ):
        front -= 1
    return front


def _is_inverted(side: Side, verb: int) -> bool:
    """Whether the speaker stands behind the verb: `“…,” said Ruud`, `…, said the mayor`."""
    gap = side.gap(verb)
    if not gap:
        return False
    name = _name_after(side, verb + 1)
    parted = name.stop >= len(side) or bool(side.gap(name.stop))
    if not name or not (
        _is_speaker(side, name.start) or (parted and side.words[name.start][-1] == "s")
    ):
        return False
    if gap == "\n" or _closes_quotation(side, verb):
        return True
    inner = _apposition(side, verb)
    described = inner is not None and (not parted or verb - inner <= LONGEST_NAME)
    return "," in gap and not described


def _is_speaker(side: Side, i: int) -> bool:
    """Whether a name can begin with a word: a capital, "the", "police"."""
    lists, word = lexicon("speech"), side.words[i]
    if word in lists["alone"]:
        return not side.word(i + 1) or bool(side.gap(i + 1))
    return _is_capital(side, i) or word in lists["determiners"] | lists["roles"] | {"one", "police"}


def _closes_quotation(side: Side, i: int) -> bool:
    """Whether a quotation ends right before a word."""
    gap = side.gap(i)
    if any(mark in gap for mark in '"”»'):
        return True
    return "'" in gap.replace("’", "'") and not gap.isalpha() and i > 0 and side.is_quoted(i - 1)


def _apposition(side: Side, verb: int) -> int | None:
    """Return where "the head of the union" begins in "Ivo Tarn, the head of the union, said"."""
    first, _ = side.unit_of(verb)
    found = None
    for k in range(verb - 1, max(first, verb - LONGEST_APPOSITION), -1):
        gap = side.gap(k)
        if ":" in gap or ";" in gap or ("," in gap and any(mark in gap for mark in '"“”')):
            break
        if gap.startswith(","):
            inner = side.words[k]
            name = _name_before(side, k, apposition=False)
            if not name or side.words[name.start] in _INSERTING:
                break
            if inner in lexicon("speech")["alone"] or inner in ("and", "but"):
                break
            found = k
            if len(name) > SHORTEST_NAME or "," not in side.gap(name.start):
                break  # else go on: "Rep. Ivo Tarn, of Ohio, the head of the union, said"
    return found


def _name_before(side: Side, verb: int, *, apposition: bool = True) -> range:
    """Return the name of the speaker that stands before a verb; empty where none does."""
    lists, end = lexicon("speech"), verb
    first, _ = side.unit_of(verb)
    if end == first:
        return range(end, end)
    for k in range(end, max(first, end - LONGEST_INSERTION), -1):
        if side.gap(k) and k < end and side.words[k] in _INSERTING and "," in side.gap(k):
            end = k  # "Ruud, in a statement, said"
            break
        if side.gap(k) and k < end:
            break
    if side.gap(end):
        inner = _apposition(side, verb) if apposition else None
        if apposition and inner is None:
            return range(end, end)
        end = verb if inner is None else inner
    start = end
    while start > first and end - start < LONGEST_NAME:
        word = side.words[start - 1]
        if word in lists["opens"] and not (word in ("who", "which", "that") and start == end):
            break
        start -= 1
        if word in ("who", "which", "that") or not _joined(side, start):
            break
    else:
        if start > first:
            return range(end, end)  # too long for a name
    while start < end and side.words[start] in lists["between"] | lists["days"]:
        start += 1
    if start < end and side.words[end - 1] in lists["alone"]:
        return range(end - 1, end)  # "in an interview he said"
    return range(end, end) if _is_torn(side, start, end) else range(start, end)


def _is_torn(side: Side, start: int, end: int) -> bool:
    """Whether words are only the rest of a name: "the man who fell", "Ruud and her brother"."""
    if start == end or side.gap(start):
        return False
    before = side.word(start - 1)
    if before == "and":
        return not side.gap(start - 1)
    relative = before in ("who", "which", "that") and is_past(side.words[start])
    return relative or before in ("is", "are", "was", "were")


def _name_after(side: Side, start: int, joining: tuple[str, ...] = ()) -> range:
    """Return the name of the speaker that begins at an index; empty where none does.

    The words of `joining` belong to it: "according to police and witnesses".
    """
    lists = lexicon("speech")
    if start >= len(side) or not _joined(side, start):
        return range(start, start)
    end = start
    _, last = side.unit_of(start)
    while end < last and end - start < LONGEST_NAME:
        word = side.words[end]
        if end > start and not _joined(side, end):
            break
        if end > start + 1 and is_past(word) and not _is_capital(side, end):
            break  # "a report released on Monday"
        if word in lists["closes"] - {*joining} and not (
            word in lists["pronouns"] and end == start
        ):
            break
        if word in lists["days"] or (word[0].isdigit() and end > start):
            break
        end += 1
        if word in lists["alone"] and end == start + 1:
            break
    while end > start and side.words[end - 1] in (*joining, *lists["determiners"] - lists["alone"]):
        end -= 1
    return range(start, end)


def _joined(side: Side, i: int) -> bool:
    """Whether a word goes on with what stands before it, also behind "Mr." and an initial."""
    gap = side.gap(i)
    if gap in ("", "-", "&", "’", "'", "/"):
        return True
    before = side.word(i - 1)
    return gap == "." and (len(before) == 1 or before in lexicon("speech")["titles"])


def _hearer(side: Side, verb: int) -> int:
    """Return where "told the court" ends; behind the verb where it has no hearer."""
    lists = lexicon("speech")
    end = start = verb + 1
    if side.word(end) in lists["hearers"] and not side.gap(end):
        return end + 1
    if side.word(end) in lists["determiners"] and not side.gap(end):
        end += 1
    while end - start < 4 and end < len(side) and (not side.gap(end) or _joined(side, end)):
        word = side.words[end]
        stops = lists["determiners"] | lists["closes"] | lists["days"]
        if word in stops or word[0].isdigit():
            break
        if end > start and not _is_capital(side, end) and _is_capital(side, end - 1):
            break
        end += 1
    return end if end > start and side.words[end - 1] not in lists["determiners"] else start


def _is_capital(side: Side, i: int) -> bool:
    return side.text[side.starts[i]].isupper()


def _reports(side: Side, start: int, end: int) -> bool:
    """Whether "that", a colon or a quotation follows, or the clause stands before the name."""
    _, last = side.unit_of(start)
    gap = side.gap(end) if end < last else ""
    if ":" in gap or ("," in gap and any(mark in gap for mark in _OPENING)):
        return True
    for k in range(end, min(end + 6, last)):
        if side.gap(k):
            break
        if side.words[k] == "that":
            return True
    return bool(side.gap(start)) and start not in side.units and _ends(side, end)


def _ends(side: Side, end: int) -> bool:
    """Whether a sentence or clause ends at an index, or goes on with time and place only."""
    return end >= len(side) or bool(side.gap(end)) or side.words[end] in _tails()


@cache
def _tails() -> frozenset[str]:
    """Return the words that go on behind an attribution without being its claim."""
    lists = lexicon("speech")
    found: frozenset[str] = lists["closes"] | lists["days"]
    return found - lists["pronouns"] - {"that", "to", "told", "said", "if", "because"}


def _with_claim(side: Side, phrases: list[_Phrase], at: int) -> Attribution:
    phrase = phrases[at]
    first, last = side.unit_of(phrase.start)
    low = max((other.end for other in phrases[:at] if other.sure), default=first)
    high = min((other.start for other in phrases[at + 1 :] if other.sure), default=last)
    low, high = max(first, low), min(last, high)
    before, after = _clause_before(side, low, phrase.start), _clause_after(side, phrase.end, high)
    place = _place(side, phrase, first, last)
    claim = (before,) if place is Place.END else (after,) if place is Place.FRONT else ()
    if place is Place.MIDDLE:
        claim = (before, after) if _ends(side, phrase.end) else (after,)
    source = tuple(side.words[i] for i in phrase.source)
    spoken = side.words[phrase.start] != "according"
    return Attribution(phrase.start, phrase.end, source, place, claim, phrase.sure, spoken)


def _clause_before(side: Side, low: int, end: int) -> range:
    """Return the words before an attribution, back to where a coordinate clause begins."""
    return range(max(_clauses(side, low, end), default=low), end)


def _clause_after(side: Side, start: int, high: int) -> range:
    """Return the words behind an attribution, as far as no coordinate clause begins."""
    return range(start, min(_clauses(side, start, high), default=high))


def _clauses(side: Side, low: int, high: int) -> list[int]:
    """Return where coordinate clauses begin among words, but for the first of them."""
    words, inner = side.words, range(low + 1, high)
    found = [k for k in inner if words[k] in _COORDINATE and "," in side.gap(k)]
    if low < high and ";" in side.text[side.starts[low] : side.starts[high - 1]]:
        found += [k for k in inner if ";" in side.gap(k)]
    return found


def _place(side: Side, phrase: _Phrase, first: int, last: int) -> Place:
    before, after = phrase.start - first, last - phrase.end
    parted = before > 0 and bool(side.gap(phrase.start))
    gap = side.gap(phrase.end) if after else ""
    inverted = phrase.source.start > phrase.start
    quoting = any(mark in gap for mark in _OPENING)
    quoted = parted and _closes_quotation(side, phrase.start)
    inserted = parted and "," in gap and after > EDGE and (quoting or not (inverted or quoted))
    if after == 0 or (quoted and not inserted):
        return Place.END
    leads = after > before or ":" in gap or quoting or not _ends(side, phrase.end)
    if before <= EDGE and leads and not inserted:
        return Place.FRONT
    if _ends(side, phrase.end) and (after <= EDGE or (parted and not inserted)):
        return Place.END
    return Place.MIDDLE
