"""Find which quotations of two articles are the same speech, however each outlet cut it up.

A speech is a quotation with what continues it behind the attribution: “We will not go,” he said,
“until they pay.” Speeches with the same words are paired first. The rest find each other by the
words that they have in common, the likeliest first; one that has a partner takes another only for
words that its first partner leaves over: two quotations that became one, or one that became two.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dedup.article import Kind, Span
from dedup.diff.flags.pair import Pair
from dedup.text.document import Document, Quotation
from dedup.text.language import stopwords

#: Least share of the shorter speech that both must have in common.
SHARED = 0.5
#: Least share of its telling words.
TELLING = 0.4
#: Fewest common telling words of two speeches in different links: fewer are chance.
ELSEWHERE = 4
#: Longest attribution that a sentence may be split by, in characters.
ATTRIBUTION = 120

#: What stands between the halves of a split sentence: a comma at both ends, and no end of sentence.
_SPLIT = re.compile(rf"[,—–]?\s[^.!?;:\n]{{1,{ATTRIBUTION}}}[,—–]\s*\Z")
_GOES_ON = re.compile(r"[,—–…-]\W?\Z")


@dataclass(frozen=True, slots=True)
class Speech:
    """A quotation with what continues it behind its attribution.

    Attributes:
        pieces: The quotations, in order; more than one where an attribution splits the sentence.
        words: The tokens of all pieces.
        brackets: How many square brackets are opened in it: they are no words.
        units: Units that hold words of it, in order; `()` until they are asked for.
    """

    pieces: tuple[Quotation, ...]
    words: tuple[str, ...]
    brackets: int = 0
    units: tuple[int, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether each piece has both its marks."""
        return all(piece.closed for piece in self.pieces)

    @property
    def span(self) -> Span:
        """From the first mark to the last, with the attribution where that splits it."""
        return Span(self.pieces[0].start, self.pieces[-1].end)


@dataclass(frozen=True, slots=True)
class Speeches:
    """The speeches of two articles that differ.

    Attributes:
        same: Speeches of A and of B that have words in common and are not equal, each at least
            one, in order.
        only_a: Speeches of A without a counterpart.
        only_b: Speeches of B without a counterpart.
    """

    same: tuple[tuple[tuple[Speech, ...], tuple[Speech, ...]], ...]
    only_a: tuple[Speech, ...]
    only_b: tuple[Speech, ...]


def links_of(pair: Pair) -> tuple[dict[int, int], dict[int, int]]:
    """Return for each linked unit of A, and of B, the place of its link."""
    links = pair.diff.links
    return (
        {unit: place for place, link in enumerate(links) for unit in link.a},
        {unit: place for place, link in enumerate(links) for unit in link.b},
    )


def pair_speeches(pair: Pair) -> Speeches:
    """Return the speeches that differ, paired.

    Linear in the words of the quotations where these are the same; each that is not is held
    against those with a word in common.
    """
    every_a, every_b = list(speeches(pair.a)), list(speeches(pair.b))
    left, right = _unequal(every_a, every_b)
    left = [_located(pair.a, one) for one in left if not is_name(pair.a, one)]
    right = [_located(pair.b, one) for one in right if not is_name(pair.b, one)]
    link_a, link_b = links_of(pair)
    stop = stopwords(pair.b.language)
    telling_a, telling_b = ([set(one.words) - stop for one in side] for side in (left, right))
    found: list[tuple[int, int, int]] = []
    for i, mine in enumerate(left):
        for j, other in enumerate(right):
            telling = len(telling_a[i] & telling_b[j])
            if telling < TELLING * min(len(telling_a[i]), len(telling_b[j])):
                continue
            common = _common(mine.words, other.words)
            shorter = min(len(mine.words), len(other.words))
            if not common or common < min(ELSEWHERE, SHARED * shorter):
                continue
            if {link_a.get(u, -1) for u in mine.units} & {link_b.get(u, -2) for u in other.units}:
                if telling or common > 1:
                    found.append((common, i, j))
            elif telling >= ELSEWHERE and not (
                _in_headline(pair.a, mine) or _in_headline(pair.b, other)
            ):
                found.append((common, i, j))
    found.sort(key=lambda entry: (-entry[0], entry[1], entry[2]))
    taken = list(_take(found, left, right))
    taken_a, taken_b = {i for i, _ in taken}, {j for _, j in taken}
    # What one article quotes twice has a counterpart in the other, if that quotes it once.
    said_a, said_b = ({one.words for one in side} for side in (every_a, every_b))
    return Speeches(
        tuple(
            (tuple(left[i] for i in mine), tuple(right[j] for j in other))
            for mine, other in _groups(taken)
        ),
        tuple(x for i, x in enumerate(left) if i not in taken_a and x.words not in said_b),
        tuple(y for j, y in enumerate(right) if j not in taken_b and y.words not in said_a),
    )


def speeches(document: Document) -> Iterator[Speech]:
    """Yield the speeches of an article, in order: quotations in what is compared.

    >>> from dedup.article import Article
    >>> from dedup.text import segment
    >>> text = "“We will not go,” said Emil Kast, a driver, “until they pay us.”"
    >>> [speech.words[-3:] for speech in speeches(segment(Article(text)))]
    [('they', 'pay', 'us')]
    """
    chain: list[Quotation] = []
    for quotation in document.quotations:
        if quotation.depth:
            continue
        if chain and not _continues(document.text, chain[-1], quotation):
            yield from _speech(document, chain)
            chain = []
        chain.append(quotation)
    yield from _speech(document, chain)


def _continues(text: str, before: Quotation, after: Quotation) -> bool:
    """Whether a quotation goes on with the sentence that the one before it began."""
    if after.start - before.end > ATTRIBUTION or not before.closed:
        return False
    between = text[before.end : after.start]
    first = text[after.start + 1 : after.start + 2]
    return (
        (first.islower() or text.startswith(("I ", "I'", "I’"), after.start + 1))
        and _SPLIT.match(between) is not None
        and (between.startswith(",") or _GOES_ON.search(text, before.start, before.end) is not None)
    )


def _speech(document: Document, pieces: Sequence[Quotation]) -> Iterator[Speech]:
    starts, every = document.tokens.starts, document.tokens.words
    words: list[str] = []
    for piece in pieces:
        words += every[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
    if words:
        brackets = sum(document.text.count("[", piece.start, piece.end) for piece in pieces)
        yield Speech(tuple(pieces), tuple(words), brackets)


def _located(document: Document, speech: Speech) -> Speech:
    """Return a speech with its units: few are asked for, most speeches being equal."""
    units = (unit for piece in speech.pieces for unit in units_of(document, piece.span))
    return replace(speech, units=tuple(dict.fromkeys(units)))


def is_name(document: Document, speech: Speech) -> bool:
    """Whether a quotation is no speech: the title of a work, a nickname, an operation.

    All its telling words begin with a capital or a digit.
    """
    stop = stopwords(document.language)
    starts, every = document.tokens.starts, document.tokens.words
    telling = 0
    for piece in speech.pieces:
        for n in range(bisect_left(starts, piece.start), bisect_left(starts, piece.end)):
            if every[n] not in stop:
                if document.text[starts[n]].islower():
                    return False
                telling += 1
    return telling > 0


def units_of(document: Document, span: Span) -> list[int]:
    """Return the compared units that a place touches, by index."""
    first = bisect_right(document.units, span.start, key=lambda unit: unit.end)
    last = bisect_left(document.units, span.end, key=lambda unit: unit.start)
    return [u for u in range(first, last) if document.units[u].kind.compared]


def _unequal(left: list[Speech], right: list[Speech]) -> tuple[list[Speech], list[Speech]]:
    """Return the speeches that have no equal on the other side."""
    waiting: dict[tuple[tuple[str, ...], bool, int], list[int]] = defaultdict(list)
    for j, speech in enumerate(right):
        waiting[speech.words, speech.closed, speech.brackets].append(j)
    rest, equal = [], set()
    for speech in left:
        same = waiting.get((speech.words, speech.closed, speech.brackets))
        if same:
            equal.add(same.pop(0))
        else:
            rest.append(speech)
    return rest, [speech for j, speech in enumerate(right) if j not in equal]


def _common(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """Return how many words are common, in one order."""
    from rapidfuzz.distance import LCSseq

    return int(LCSseq.similarity(a, b))


def _in_headline(document: Document, speech: Speech) -> bool:
    return any(document.units[unit].kind is Kind.HEADLINE for unit in speech.units)


def _take(
    found: Iterable[tuple[int, int, int]], left: Sequence[Speech], right: Sequence[Speech]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs that hold, given the likeliest first."""
    over_a: dict[int, Counter[str]] = {}
    over_b: dict[int, Counter[str]] = {}
    for common, i, j in found:
        words_a = over_a.get(i, Counter(left[i].words))
        words_b = over_b.get(j, Counter(right[j].words))
        shared = words_a & words_b
        shorter = min(words_a.total(), words_b.total())
        if not shared or min(common, shared.total()) < SHARED * shorter:
            continue
        over_a[i], over_b[j] = words_a - shared, words_b - shared
        yield i, j


def _groups(taken: Sequence[tuple[int, int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the speeches that hang together, as places on each side."""
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in taken:
        touched = [group for group in groups if i in group[0] or j in group[1]]
        groups = [group for group in groups if group not in touched]
        groups.append(
            (
                {i}.union(*(group[0] for group in touched)),
                {j}.union(*(group[1] for group in touched)),
            )
        )
    for mine, other in sorted(groups, key=lambda group: min(group[0])):
        yield sorted(mine), sorted(other)
