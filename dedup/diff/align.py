"""Find which units of two documents tell the same thing: one to one, split, merged, or n to m.

Units with the same words are paired first, in order. The rest find each other through an index
of words, and the likeliest pairs are taken first. A unit that is already linked takes a second
partner only for what its first partner leaves unexplained: that is what a split and a merge are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dedup.article import Kind
from dedup.diff.rules import Style, load
from dedup.diff.similarity import Bag, Weigh, bag, names_of, overlap, unit_words, weights
from dedup.text.document import Document
from dedup.text.language import stopwords
from dedup.text.normalize import visible


@dataclass(frozen=True, slots=True)
class Limits:
    """When two units count as telling the same thing, and how far to look.

    The values stand in the middle of wide plateaus (`benchmarks/operations.py --plateau`).

    Attributes:
        body: Least score of a link between two sentences.
        headlines: The same between two headlines: there is one a side, so that chance is small.
        headline_body: The same between a headline and a sentence.
        part_found: Least share of the smaller unit that both must still have in common for a
            unit to take a second partner.
        part_of_whole: Least share of the larger unit, likewise.
        candidates: How many partners of a unit are looked at in full.
        nearest: How many units with one word are looked at: of a frequent word, the nearest.
        same_place: What the same place in both texts adds to the score: enough to break a tie.
    """

    body: float = 0.32
    headlines: float = 0.15
    headline_body: float = 0.60
    part_found: float = 0.40
    part_of_whole: float = 0.08
    candidates: int = 5
    nearest: int = 32
    same_place: float = 0.02


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Pairing:
    """Units of A and B that tell the same thing, as indexes into each document's units."""

    a: tuple[int, ...]
    b: tuple[int, ...]


Pair = tuple[int, int]
Bags = dict[int, Bag]
_Place = tuple[Kind, tuple[str, ...]]


@dataclass(slots=True)
class _Side:
    """One document's compared units, by position among them."""

    index: list[int]
    kinds: list[Kind]
    words: list[tuple[str, ...]]
    keys: list[tuple[str, ...]]
    partners: dict[int, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, style: Style | None) -> _Side:
        index = [i for i, unit in enumerate(document.units) if unit.kind.compared]
        units = [document.units[i] for i in index]
        words = unit_words(document, units, style)
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


def align(
    a: Document, b: Document, limits: Limits = LIMITS, style: Style | None = None
) -> list[Pairing]:
    """Return the pairings of compared units, in order of A; no unit is in two of them.

    Near-linear in time and memory: each unit is scored against a few others.
    """
    left, right = _Side.of(a, style), _Side.of(b, style)
    _link_same(left, right)
    _link_datelines(left, right)
    stop = stopwords(a.language) | stopwords(b.language) | load().stock
    weigh = weights(left.words, right.words, stop, names_of(a, style) | names_of(b, style))
    # What an earlier rule has linked, a later one does not touch.
    for kind_a, kind_b, least in (
        (Kind.HEADLINE, Kind.HEADLINE, limits.headlines),
        (Kind.BODY, Kind.BODY, limits.body),
        (Kind.HEADLINE, Kind.BODY, limits.headline_body),
        (Kind.BODY, Kind.HEADLINE, limits.headline_body),
    ):
        bags_a = {i: bag(left.words[i], weigh) for i in left.free(kind_a)}
        bags_b = {j: bag(right.words[j], weigh) for j in right.free(kind_b)}
        scores = _scores(bags_a, bags_b, weigh, limits)
        scores = {pair: score for pair, score in scores.items() if score >= least}
        ends = len(left.index), len(right.index)
        pairs = _likeliest_first(scores, ends, limits.same_place)
        for i, j in _take(pairs, bags_a, bags_b, weigh, limits):
            _join(left, right, i, j)
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


def _scores(a: Bags, b: Bags, weigh: Weigh, limits: Limits) -> dict[Pair, float]:
    """Return the score of each pair worth a look: of the units that share most, either way."""
    pairs = {(i, j) for i, found in _nearest(a, b, weigh, limits).items() for j in found}
    pairs |= {(i, j) for j, found in _nearest(b, a, weigh, limits).items() for i in found}
    return {(i, j): overlap(a[i], b[j], weigh).score for i, j in pairs}


def _nearest(units: Bags, others: Bags, weigh: Weigh, limits: Limits) -> dict[int, list[int]]:
    """Return for each unit the few others that share most of its weight."""
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
            if len(found) > limits.nearest:
                middle = bisect_left(found, i * scale) - limits.nearest // 2
                start = max(0, min(middle, len(found) - limits.nearest))
                found = found[start : start + limits.nearest]
            weight = weigh(word)
            for j in found:
                shared[j] += weight
        ranked = sorted(shared, key=lambda j: (-shared[j] / (unit.weight + others[j].weight), j))
        nearest[i] = ranked[: limits.candidates]
    return nearest


def _likeliest_first(scores: dict[Pair, float], ends: Pair, same_place: float) -> list[Pair]:
    """Return the pairs by falling score; of equal ones first those at the same place."""
    last_a, last_b = max(1, ends[0] - 1), max(1, ends[1] - 1)

    def rank(pair: Pair) -> tuple[float, Pair]:
        apart = abs(pair[0] / last_a - pair[1] / last_b)
        return (-scores[pair] - same_place * (1 - apart), pair)

    return sorted(scores, key=rank)


def _take(pairs: Iterable[Pair], a: Bags, b: Bags, weigh: Weigh, limits: Limits) -> Iterator[Pair]:
    """Yield the pairs that are links, given the likeliest first.

    A unit that has a partner takes another where what both have left over is a good part of the
    smaller and some part of the larger: the rest of a split sentence, the other half of a merged
    one.
    """
    left_over_a: dict[int, Counter[str]] = {}
    left_over_b: dict[int, Counter[str]] = {}
    for i, j in pairs:
        words_a = left_over_a.get(i, a[i].words)
        words_b = left_over_b.get(j, b[j].words)
        common = words_a & words_b
        if i in left_over_a or j in left_over_b:
            light, heavy = sorted((a[i].weight, b[j].weight))
            found = sum(weigh(word) * count for word, count in common.items())
            if found < max(limits.part_found * light, limits.part_of_whole * heavy):
                continue
        left_over_a[i] = words_a - common
        left_over_b[j] = words_b - common
        yield i, j


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
