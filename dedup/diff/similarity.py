"""How much two units say the same: overlap of their words, in which rare words weigh more."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dedup.article import Unit
from dedup.diff.rules import Style
from dedup.diff.style import key_of
from dedup.text.document import Document

#: Units that are added to the number of units, so that the weights of a short text spread
#: like a long one's.
SMOOTHING = 20
#: What a function word, or a stock word of news, weighs beside another word as frequent.
STOP_WORD = 0.1
#: What a name weighs: two sentences that share the president's name share little.
NAME = 0.4

Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of one unit, or of several taken together.

    Attributes:
        words: How often each folded word occurs.
        pairs: How often each pair of neighbouring words occurs.
        weight: Sum of the weights of the words.
        pair_weight: Sum of the weights of the pairs (a pair weighs what its words weigh together).
        size: Number of words.
    """

    words: Counter[str]
    pairs: Counter[tuple[str, str]]
    weight: float
    pair_weight: float
    size: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two bags share, as shares of 0 to 1.

    Attributes:
        a: Weight of A's words found in B, over the weight of A.
        b: The same seen from B.
        dice: Weight shared, over the mean weight of both.
        pairs: Weight of shared neighbour pairs, over the weight of the side that has fewer.
        shared: Weight shared, as it is.
    """

    a: float
    b: float
    dice: float
    pairs: float
    shared: float

    @property
    def score(self) -> float:
        """One figure for how much both say the same, 0 to 1.

        Dice asks that both say the same and no more; containment lets one side say more; the
        neighbour pairs ask that the words stand in the same phrases.
        """
        return 0.4 * self.dice + 0.3 * max(self.a, self.b) + 0.3 * self.pairs


def unit_words(
    document: Document, units: Iterable[Unit], style: Style | None = None
) -> list[tuple[str, ...]]:
    """Return the words of each unit, given units that are compared; house style is put aside."""
    tokens, style = document.tokens, style or Style.builtin()
    words = [key_of(word, document.language, style).form for word in tokens.words]
    bounds = (
        (bisect_left(tokens.starts, unit.start), bisect_left(tokens.starts, unit.end))
        for unit in units
    )
    return [tuple(words[start:end]) for start, end in bounds]


def names_of(document: Document, style: Style | None = None) -> set[str]:
    """Return the words that are capitalised wherever they stand in the document."""
    text, tokens = document.text, document.tokens
    capital: set[str] = set()
    small: set[str] = set()
    for word, start in zip(tokens.words, tokens.starts, strict=True):
        (capital if text[start].isupper() else small).add(word)
    return {key_of(word, document.language, style).form for word in capital - small}


def weights(
    a: Sequence[Sequence[str]], b: Sequence[Sequence[str]], stop: frozenset[str], names: set[str]
) -> Weigh:
    """Return the function that weighs a word by how few units of either side have it.

    The weight is the inverse document frequency (Spärck Jones, 1972) with a unit as document:
    `log(1 + N / n)`, with `n` from the side where more units have the word, since a word that
    each side uses once is as rare as can be.
    """
    frequency: Counter[str] = Counter()
    for side in (a, b):
        frequency |= Counter(word for words in side for word in set(words))
    total = max(len(a), len(b)) + SMOOTHING
    known: dict[str, float] = {}

    def weigh(word: str) -> float:
        weight = known.get(word)
        if weight is None:
            weight = math.log(1 + total / (frequency[word] or 1))
            if word in stop:
                weight *= STOP_WORD
            elif word in names:
                weight *= NAME
            known[word] = weight
        return weight

    return weigh


def bag(words: Sequence[str], weigh: Weigh) -> Bag:
    """Return the bag of a sequence of words."""
    counts = Counter(words)
    pairs = Counter(pairwise(words))
    weight = sum(weigh(word) * count for word, count in counts.items())
    ends = weigh(words[0]) + weigh(words[-1]) if words else 0.0
    return Bag(counts, pairs, weight, 2 * weight - ends, len(words))


def overlap(a: Bag, b: Bag, weigh: Weigh) -> Overlap:
    """Return what two bags share. O(words of the smaller)."""
    if not a.weight or not b.weight:
        return Overlap(0.0, 0.0, 0.0, 0.0, 0.0)
    small, large = (a, b) if len(a.words) <= len(b.words) else (b, a)
    other = large.words
    shared = sum(
        weigh(word) * min(count, other[word])
        for word, count in small.words.items()
        if word in other
    )
    other_pairs = large.pairs
    shared_pairs = sum(
        (weigh(pair[0]) + weigh(pair[1])) * min(count, other_pairs[pair])
        for pair, count in small.pairs.items()
        if pair in other_pairs
    )
    fewer = min(a.pair_weight, b.pair_weight)
    return Overlap(
        min(1.0, shared / a.weight),
        min(1.0, shared / b.weight),
        min(1.0, 2 * shared / (a.weight + b.weight)),
        min(1.0, shared_pairs / fewer) if fewer > 0 else 0.0,
        shared,
    )
