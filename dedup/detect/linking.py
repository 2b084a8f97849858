"""Verify few of the candidates, and miss no story by it.

A story that 300 outlets carry has 45,000 pairs, and a verdict takes its time. What joins articles
to a story is a chain of verified pairs: each article's best candidates are verified, then, round
by round, the best candidate between any two groups that are still apart (Borůvka 1926). A pair
inside a group has nothing left to join and is not verified; two groups between which a few of the
best candidates failed are taken to be apart.
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

#: How many of an article's best candidates are verified whatever else joins them: one link may be
#: a passage that two stories share, and says less of the article's place than three.
NEAREST = 3
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
        rows = np.sort(rows)
        kept = ~(contains(rows, a) | contains(rows, b))
        if pairs is not None:
            kept &= ~contains(pairs, self.pairs)
        return Links(self.pairs[kept], self.strength[kept])


def no_links() -> Links:
    """Return the links of articles of which nothing is known."""
    import numpy as np

    return Links(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.float32))


def link(count: int, candidates: Links, verify: Verify, known: Links | None = None) -> Links:
    """Return the verified pairs that join whatever the candidates can join.

    Args:
        count: How many articles there are.
        candidates: Candidate pairs; their strength says which to try first.
        verify: Judges pairs; is asked of each pair once, in batches.
        known: What was verified before; kept, and not asked again.

    Returns:
        All that was verified. The outcome depends on the candidates alone, not on their order
        nor on how `verify` shares out its work. At most `NEAREST` pairs for each article are
        verified, one for each two groups that join, and `MOST_FAILURES` for each two that do not.
    """
    import numpy as np

    known = known or no_links()
    order = np.lexsort((candidates.pairs, -candidates.strength))
    pairs = candidates.pairs[order]
    asked = pairs[_among_nearest(pairs)]
    while True:
        known = _ask(asked, verify, known)
        groups = components(count, known.held.pairs)
        pairs = pairs[~contains(known.pairs, pairs)]
        between = _group_pairs(groups, pairs)
        apart = between >> np.uint64(32) != between & np.uint64(0xFFFFFFFF)
        pairs, between = pairs[apart], between[apart]
        failed, times = np.unique(
            _group_pairs(groups, known.pairs[known.strength <= 0]), return_counts=True
        )
        hopeless = contains(failed[times >= MOST_FAILURES], between)
        pairs, between = pairs[~hopeless], between[~hopeless]
        if not len(pairs):
            return known
        asked = pairs[np.unique(between, return_index=True)[1]]


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


def _ask(asked: NDArray[np.uint64], verify: Verify, known: Links) -> Links:
    """Verify what is not known, and return all that is known then."""
    import numpy as np

    asked = np.unique(asked)
    asked = asked[~contains(known.pairs, asked)]
    if not len(asked):
        return known
    pairs = np.concatenate([known.pairs, asked])
    strength = np.concatenate([known.strength, verify(asked).astype(np.float32)])
    order = np.argsort(pairs, kind="stable")  # of two sorted parts, which it only merges
    return Links(pairs[order], strength[order])


def _among_nearest(pairs: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Say of pairs, the best first, which are among the first `NEAREST` of one of their rows."""
    import numpy as np

    rows = np.concatenate(unpack_pairs(pairs))
    places = np.tile(np.arange(len(pairs)), 2)
    order = np.lexsort((places, rows))
    rows, places = rows[order], places[order]
    near = np.ones(len(rows), dtype=np.bool_)
    near[NEAREST:] = rows[NEAREST:] != rows[:-NEAREST]
    out = np.zeros(len(pairs), dtype=np.bool_)
    out[places[near]] = True
    return out


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
