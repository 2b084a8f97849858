"""Verify few of the candidates, and miss no story by it.

A story that 300 outlets carry has 45,000 pairs, and a verdict takes its time. What joins articles
to a story is a chain of verified pairs: each article's best candidates are verified, then, round
by round, the best candidate between any two groups that are still apart (Borůvka 1926). A pair
inside a group has nothing left to join and is not verified; two groups between which a few of the
best candidates failed are taken to be apart.

Of an article that one candidate holds most of, that one says enough. Beside it the longest of the
good candidates is verified, as it may well stand for the story: what each member shares with its
representative is asked in the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dedup.detect.buckets import pack_pairs, unpack_pairs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    #: Judges pairs: how strong a link each is, above 0, or 0 where it is none; float32.
    Verify = Callable[[NDArray[np.uint64]], NDArray[np.float32]]

Number = TypeVar("Number", "np.int64", "np.uint64")

#: How many of an article's best candidates are verified whatever else joins them, unless one of
#: them seems to hold so much of it: one link may be a passage that two stories share, and says less
#: of the article's place than three. Digests and live pages need them: with one for all, half as
#: many live pages again are taken for versions.
NEAREST, MOST_HELD = 3, 0.7
#: Least estimated share of a good candidate.
GOOD = 0.5
#: So many failed candidates keep two groups apart.
MOST_FAILURES = 8


@dataclass(frozen=True, slots=True)
class Links:
    """What is known of the pairs that were verified.

    Attributes:
        pairs: Sorted, each once; see `buckets.unpack_pairs`.
        strength: Of each, 0 where verifying failed; float32.
    """

    pairs: NDArray[np.uint64]
    strength: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def held(self) -> Links:
        """The pairs that are links."""
        return Links(self.pairs[self.strength > 0], self.strength[self.strength > 0])

    def without(self, rows: NDArray[np.int64], pairs: NDArray[np.uint64] | None = None) -> Links:
        """Return the links that touch none of the rows and are none of the sorted pairs."""
        import numpy as np

        a, b = unpack_pairs(self.pairs)
        kept = ~(among(rows, a) | among(rows, b))
        if pairs is not None:
            places = np.searchsorted(self.pairs, pairs)
            there = places < len(self.pairs)
            places, pairs = places[there], pairs[there]
            kept[places[self.pairs[places] == pairs]] = False
        return Links(self.pairs[kept], self.strength[kept])


def no_links() -> Links:
    """Return the links of articles of which nothing is known."""
    import numpy as np

    return Links(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.float32))


def link(
    words: NDArray[np.int64], candidates: Links, verify: Verify, known: Links | None = None
) -> Links:
    """Return the verified pairs that join whatever the candidates can join.

    Args:
        words: Tokens of each article.
        candidates: Candidate pairs; their strength says which to try first.
        verify: Judges pairs; is asked of each pair once, in batches.
        known: What was verified before; kept, and not asked again.

    Returns:
        All that was verified. The outcome depends on the candidates alone, not on their order
        nor on how `verify` shares out its work. At most `NEAREST` + 1 pairs for each article are
        verified, one for each two groups that join, and `MOST_FAILURES` for each two that do not.
    """
    import numpy as np

    known = known or no_links()
    groups = components(len(words), known.held.pairs)
    if not (candidates.pairs[1:] > candidates.pairs[:-1]).all():
        order = np.argsort(candidates.pairs)
        candidates = Links(candidates.pairs[order], candidates.strength[order])
    order = _best_first(candidates.strength)
    waiting, strength = candidates.pairs[order], candidates.strength[order]
    fresh = ~contains(known.pairs, candidates.pairs)[order]
    first = _among_nearest(waiting, strength, words)
    first[_longest(waiting[strength >= GOOD], words)] = True  # these are the first of all
    asked, waiting = np.sort(waiting[fresh & first]), waiting[fresh & ~first]
    parts = [known]
    while True:
        if len(asked):
            parts.append(Links(asked, verify(asked).astype(np.float32)))
            groups = joined(groups, parts[-1].held.pairs)
        between = _group_pairs(groups, waiting)
        apart = between >> np.uint64(32) != between & np.uint64(0xFFFFFFFF)
        waiting, between = waiting[apart], between[apart]
        failed = np.concatenate([part.pairs[part.strength <= 0] for part in parts])
        failed, times = np.unique(_group_pairs(groups, failed), return_counts=True)
        hopeless = contains(failed[times >= MOST_FAILURES], between)
        waiting, between = waiting[~hopeless], between[~hopeless]
        if not len(waiting):
            break
        best = np.zeros(len(waiting), dtype=np.bool_)
        best[np.unique(between, return_index=True)[1]] = True
        asked, waiting = np.sort(waiting[best]), waiting[~best]
    pairs = np.concatenate([part.pairs for part in parts])
    strength = np.concatenate([part.strength for part in parts])
    order = np.argsort(pairs, kind="stable")  # of sorted parts, which it only merges
    return Links(pairs[order], strength[order])


def components(count: int, pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return for each of `count` rows the lowest row that the pairs join it with; int64.

    Every row takes the lowest label it sees, and labels are followed to their ends, until nothing
    changes (Shiloach and Vishkin 1982): a few whole-array operations, O(log n) times.

    >>> import numpy as np
    >>> components(5, pack_pairs(np.array([3, 1]), np.array([4, 3]))).tolist()
    [0, 1, 2, 1, 1]
    """
    import numpy as np

    labels = np.arange(count, dtype=np.int64)
    a, b = unpack_pairs(pairs)
    while len(a):
        low, high = np.minimum(labels[a], labels[b]), np.maximum(labels[a], labels[b])
        np.minimum.at(labels, high, low)
        while not np.array_equal(followed := labels[labels], labels):
            labels = followed
        apart = labels[a] != labels[b]
        a, b = a[apart], b[apart]
    return labels


def joined(groups: NDArray[np.int64], pairs: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the components (see `components`) of rows that pairs join further."""
    import numpy as np

    sides = np.stack(unpack_pairs(_group_pairs(groups, pairs)))
    labels, which = np.unique(sides, return_inverse=True)
    lowest = np.arange(len(groups))
    lowest[labels] = labels[components(len(labels), pack_pairs(*which.reshape(sides.shape)))]
    return np.asarray(lowest[groups])


def order_by(numbers: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the stable order of numbers from 0 to 2^32 - 1.

    Number and place are sorted as one: in a tenth of the time of `numpy.argsort`.

    >>> import numpy as np
    >>> order_by(np.array([3, 1, 3, 0])).tolist()
    [3, 1, 0, 2]
    """
    import numpy as np

    keys = numbers.astype(np.uint64) << np.uint64(32)
    keys |= np.arange(len(keys), dtype=np.uint64)
    keys.sort()
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _best_first(strength: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the order of the strongest first; equal ones stay in order."""
    import numpy as np

    # The bits of numbers above 0 are in order as the numbers are.
    return order_by(~strength.astype(np.float32).view(np.uint32))


def _among_nearest(
    pairs: NDArray[np.uint64], strength: NDArray[np.float32], words: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Say of pairs, the best first, which are the first of one of their rows; or among the first
    `NEAREST`, where none holds most of the row."""
    import numpy as np

    sides, sizes = np.stack(unpack_pairs(pairs)), np.maximum(1, words)
    shared = strength * sizes[sides].min(axis=0)
    held = np.zeros(len(words))
    for side in sides:
        np.maximum.at(held, side, shared / sizes[side])
    rows = sides.T.reshape(-1)
    order = order_by(rows)
    rows = rows[order]
    near = np.ones(len(rows), dtype=np.bool_)
    near[NEAREST:] = rows[NEAREST:] != rows[:-NEAREST]
    near[1:] &= (rows[1:] != rows[:-1]) | (held[rows[1:]] < MOST_HELD)
    out = np.zeros(len(pairs), dtype=np.bool_)
    out[order[near] // 2] = True
    return out


def _longest(pairs: NDArray[np.uint64], words: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the places of the pairs in which a row meets the longest that it meets in any: of
    equally long ones the first."""
    import numpy as np

    a, b = unpack_pairs(pairs)
    back = np.arange(len(pairs), 0, -1)
    best = np.zeros(len(words), dtype=np.int64)
    for row, other in ((a, b), (b, a)):
        np.maximum.at(best, row, words[other] << 32 | back)
    return len(pairs) - (best[best > 0] & 0xFFFFFFFF)


def _group_pairs(groups: NDArray[np.int64], pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the groups of the rows of each pair, packed as a pair."""
    import numpy as np

    a, b = unpack_pairs(pairs)
    return pack_pairs(groups[a].astype(np.uint64), groups[b].astype(np.uint64))


def contains(values: NDArray[Number], asked: NDArray[Number]) -> NDArray[np.bool_]:
    """Say of each asked value whether it is among the sorted values.

    `numpy.isin` of values that are sorted: it would hash both.
    """
    import numpy as np

    if not len(values):
        return np.zeros(len(asked), dtype=np.bool_)
    places = np.minimum(np.searchsorted(values, asked), len(values) - 1)
    return np.asarray(values[places] == asked)


def among(rows: NDArray[np.int64], asked: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each asked row whether it is among some rows; O(the highest row)."""
    import numpy as np

    here = np.zeros(1 + max(int(rows.max(initial=0)), int(asked.max(initial=0))), dtype=np.bool_)
    here[rows] = True
    return here[asked]
