"""Find which units of two documents tell the same thing: one to one, split, merged, or n to m.

Units with the same words are paired first, in order. The rest find each other through an index
of words, and the likeliest pairs are taken first. A unit that is already linked takes a second
partner only for what its first partner leaves unexplained: that is what a split and a merge are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from dedup.article import Kind
from dedup.diff.rules import load
from dedup.diff.similarity import Bag, Weigh, bag, names_of, overlap, unit_words, weights
from dedup.text.document import Document
from dedup.text.language import stopwords
from dedup.text.normalize import visible

#: Least score of a link between two sentences.
LEAST_SCORE = 0.34
#: Least score of a link between two headlines: there is one a side, so that chance is small.
LEAST_HEADLINE = 0.15
#: Least score of a link between a headline and a sentence.
LEAST_HEADLINE_BODY = 0.60
#: Least share of its own weight that a further part must find in what is still unexplained.
PART_FOUND = 0.40
#: Least share of the whole that a further part must explain.
PART_OF_WHOLE = 0.08
#: How many partners of a unit are looked at in full.
CANDIDATES = 8
#: How many units with one word are looked at; of a more frequent word, the nearest ones.
NEAREST = 32
#: What the same place in both texts adds to the score: enough to break a tie.
SAME_PLACE = 0.02


@dataclass(frozen=True, slots=True)
class Pairing:
    """Units of A and B that tell the same thing, as indexes into each document's units."""

    a: tuple[int, ...]
    b: tuple[int, ...]


_Place = tuple[Kind, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which kinds of unit may link to which, and the least score."""

    a: Kind
    b: Kind
    least: float


#: In this order: what an earlier rule has linked, a later one does not touch.
_RULES = (
    _Rule(Kind.HEADLINE, Kind.HEADLINE, LEAST_HEADLINE),
    _Rule(Kind.BODY, Kind.BODY, LEAST_SCORE),
    _Rule(Kind.HEADLINE, Kind.BODY, LEAST_HEADLINE_BODY),
    _Rule(Kind.BODY, Kind.HEADLINE, LEAST_HEADLINE_BODY),
)


@dataclass(slots=True)
class _Side:
    """One document's compared units, by position among them."""

    index: list[int]
    kinds: list[Kind]
    words: list[tuple[str, ...]]
    keys: list[tuple[str, ...]]
    partners: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> _Side:
        index = [i for i, unit in enumerate(document.units) if unit.kind.compared]
        units = [document.units[i] for i in index]
        words = unit_words(document, units)
        keys = [words[n] or (visible(document.text_of(unit)),) for n, unit in enumerate(units)]
        return cls(index, [unit.kind for unit in units], words, keys)

    def places(self) -> dict[_Place, list[int]]:
        """Return where each text stands, by kind and words."""
        found: dict[_Place, list[int]] = defaultdict(list)
        for n, place in enumerate(zip(self.kinds, self.keys, strict=True)):
            found[place].append(n)
        return found

    def free(self, *kinds: Kind) -> list[int]:
        return [n for n, kind in enumerate(self.kinds) if kind in kinds and n not in self.partners]


def align(a: Document, b: Document) -> list[Pairing]:
    """Return the pairings of compared units, in order of A; no unit is in two of them.

    Near-linear in time and memory: each unit is scored against `CANDIDATES` others at most.
    """
    left, right = _Side.of(a), _Side.of(b)
    _link_same(left, right)
    _link_datelines(left, right)
    stop = stopwords(a.language) | stopwords(b.language) | load().stock
    weigh = weights(left.words, right.words, stop, names_of(a) | names_of(b))
    for rule in _RULES:
        _link_alike(left, right, rule, weigh)
    return _components(left, right)


def _join(left: _Side, right: _Side, i: int, j: int) -> None:
    left.partners.setdefault(i, []).append(j)
    right.partners.setdefault(j, []).append(i)


def _link_same(left: _Side, right: _Side) -> None:
    """Pair units of the same words: those that occur once, their neighbours, the rest in order."""
    places_a, places_b = left.places(), right.places()
    shared = [place for place in places_a if place in places_b]
    for key in shared:
        if len(places_a[key]) == 1 == len(places_b[key]):
            _join(left, right, places_a[key][0], places_b[key][0])
    _link_same_neighbours(left, right)
    for key in shared:
        mine = [i for i in places_a[key] if i not in left.partners]
        other = [j for j in places_b[key] if j not in right.partners]
        for i, j in zip(mine, other, strict=False):
            _join(left, right, i, j)


def _link_same_neighbours(left: _Side, right: _Side) -> None:
    """Pair units with the same words that stand next to a pair, so that a repeat finds its own."""
    for step in (1, -1):
        for start in sorted(left.partners, reverse=step < 0):
            i, j = start + step, left.partners[start][0] + step
            while (
                0 <= i < len(left.keys)
                and 0 <= j < len(right.keys)
                and i not in left.partners
                and j not in right.partners
                and (left.kinds[i], left.keys[i]) == (right.kinds[j], right.keys[j])
            ):
                _join(left, right, i, j)
                i, j = i + step, j + step


def _link_datelines(left: _Side, right: _Side) -> None:
    """Pair datelines in order where they share a word."""
    for i, j in zip(left.free(Kind.DATELINE), right.free(Kind.DATELINE), strict=False):
        if set(left.words[i]) & set(right.words[j]):
            _join(left, right, i, j)


def _link_alike(left: _Side, right: _Side, rule: _Rule, weigh: Weigh) -> None:
    """Pair free units of two kinds by what they share, likeliest first.

    A unit that has a partner takes another where what both have left over is a good part of the
    smaller and some part of the larger: the rest of a split sentence, the other half of a merged
    one.
    """
    bags_a = {i: bag(left.words[i], weigh) for i in left.free(rule.a)}
    bags_b = {j: bag(right.words[j], weigh) for j in right.free(rule.b)}
    last_a, last_b = max(1, len(left.index) - 1), max(1, len(right.index) - 1)
    edges: list[tuple[float, int, int]] = []
    for i, j in _candidates(bags_a, bags_b, weigh):
        score = overlap(bags_a[i], bags_b[j], weigh).score
        if score >= rule.least:
            score += SAME_PLACE * (1 - abs(i / last_a - j / last_b))
            edges.append((-score, i, j))
    left_over_a: dict[int, Counter[str]] = {}
    left_over_b: dict[int, Counter[str]] = {}
    for _, i, j in sorted(edges):
        words_a = left_over_a.get(i, bags_a[i].words)
        words_b = left_over_b.get(j, bags_b[j].words)
        common = words_a & words_b
        if i in left_over_a or j in left_over_b:
            light, heavy = sorted((bags_a[i].weight, bags_b[j].weight))
            found = sum(weigh(word) * count for word, count in common.items())
            if found < max(PART_FOUND * light, PART_OF_WHOLE * heavy):
                continue
        _join(left, right, i, j)
        left_over_a[i] = words_a - common
        left_over_b[j] = words_b - common


def _candidates(a: dict[int, Bag], b: dict[int, Bag], weigh: Weigh) -> list[tuple[int, int]]:
    """Return pairs worth a look: for each unit of A and of B the ones it shares most with."""
    pairs: set[tuple[int, int]] = set()
    pairs.update((i, j) for i, found in _nearest(a, b, weigh).items() for j in found)
    pairs.update((i, j) for j, found in _nearest(b, a, weigh).items() for i in found)
    return sorted(pairs)


def _nearest(units: dict[int, Bag], others: dict[int, Bag], weigh: Weigh) -> dict[int, list[int]]:
    """Return for each unit the `CANDIDATES` others that share most of its weight."""
    postings: dict[str, list[int]] = defaultdict(list)
    for j, other in others.items():
        for word in other.words:
            postings[word].append(j)
    scale = (max(others, default=0) + 1) / (max(units, default=0) + 1)
    nearest: dict[int, list[int]] = {}
    for i, unit in units.items():
        shared: dict[int, float] = defaultdict(float)
        for word in unit.words:
            found: Sequence[int] = postings.get(word, ())
            if len(found) > NEAREST:
                middle = bisect_left(found, i * scale)
                start = max(0, min(middle - NEAREST // 2, len(found) - NEAREST))
                found = found[start : start + NEAREST]
            weight = weigh(word)
            for j in found:
                shared[j] += weight
        ranked = sorted(shared, key=lambda j: (-shared[j] / (unit.weight + others[j].weight), j))
        nearest[i] = ranked[:CANDIDATES]
    return nearest


def _components(left: _Side, right: _Side) -> list[Pairing]:
    """Return the connected groups of paired units."""
    pairings: list[Pairing] = []
    seen: set[int] = set()
    for start in sorted(left.partners):
        if start in seen:
            continue
        group_a, group_b, todo = {start}, set[int](), [start]
        while todo:
            for j in left.partners[todo.pop()]:
                if j not in group_b:
                    group_b.add(j)
                    todo.extend(i for i in right.partners[j] if i not in group_a)
                    group_a.update(right.partners[j])
        seen |= group_a
        pairings.append(
            Pairing(
                tuple(left.index[i] for i in sorted(group_a)),
                tuple(right.index[j] for j in sorted(group_b)),
            )
        )
    return pairings
