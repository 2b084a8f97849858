"""Which articles meet in an index of sampled shingles, and how often: the plain way, in numpy.

A part of the hash space at a time is sorted, and gives pairs of articles; a range of articles at a
time, the pairs of all parts are put together and counted. Nothing is ever sorted as a whole.
`indexing` does the same by compiled code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.detect.batch import Shingles
from dedup.detect.buckets import ROW_BITS, bucket_pairs, unpack_pairs
from dedup.detect.furniture import Hot, find_hot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Entries of the index to sort at once (some 200 MB).
PART_ENTRIES = 1 << 22
#: Bits that number the articles of a range: at a million articles, of a generated corpus, it has
#: 110,000 pairs.
RANGE_BITS = 11


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the hash space gives.

    Attributes:
        pairs: Pairs of articles that share a shingle, as often as they do, range by range of the
            lower rows.
        edges: Those of range `i` are `pairs[edges[i]:edges[i + 1]]`; int64.
        hot: The shingles that more than `HOT_ARTICLES` articles hold.
    """

    pairs: NDArray[np.uint64]
    edges: NDArray[np.int64]
    hot: Hot


def parts(sample: Shingles, below: int) -> list[Part]:
    """Return what each part of the hash space up to `below` gives.

    O(n log n) in the shingles; while a part is sorted, about 50 bytes for each of its entries.
    """
    return list(_each_part(sample, below))


def _each_part(sample: Shingles, below: int) -> Iterator[Part]:
    import numpy as np

    number = max(1, -(-len(sample.hashes) // PART_ENTRIES))
    rows = np.repeat(np.arange(len(sample), dtype=np.uint32), sample.sizes)
    firsts = np.arange(ranges(len(sample)) + 1, dtype=np.uint64) << np.uint64(ROW_BITS + RANGE_BITS)
    for part in range(number):
        low, high = (edge * below // number for edge in (part, part + 1))
        kept = np.flatnonzero((sample.hashes >= low) & (sample.hashes < high))
        keys = sample.hashes[kept].astype(np.uint64) << np.uint64(ROW_BITS) | rows[kept]
        keys.sort()
        pairs = bucket_pairs(keys, 64 - ROW_BITS, ROW_BITS)
        yield Part(pairs, np.searchsorted(pairs, firsts).astype(np.int64), find_hot(keys))


def ranges(articles: int) -> int:
    """Return how many ranges so many articles make."""
    return -(-articles >> RANGE_BITS) if articles else 0


def frequent(found: Sequence[Part], least: NDArray[np.int64], once: int) -> NDArray[np.uint64]:
    """Return the pairs that occur in the parts at least `min(once, least[a], least[b])` times.

    Args:
        found: The parts of the whole hash space.
        least: Of each row.
        once: Enough for all.

    Returns:
        Sorted, each once. O(n log n) in the pairs.
    """
    import numpy as np

    out = [np.empty(0, dtype=np.uint64)]
    for number in range(len(found[0].edges) - 1):
        pairs = gathered(found, number)
        pairs.sort()
        fresh = np.ones(len(pairs), dtype=np.bool_)
        fresh[1:] = pairs[1:] != pairs[:-1]
        firsts = np.flatnonzero(fresh)
        times = np.diff(firsts, append=len(pairs))
        a, b = unpack_pairs(pairs[firsts])
        wanted = np.minimum(once, np.minimum(least[a], least[b]))
        out.append(pairs[firsts[times >= wanted]])
    return np.concatenate(out)


def gathered(found: Sequence[Part], number: int) -> NDArray[np.uint64]:
    """Return the pairs of one range of rows from all parts, end to end."""
    import numpy as np

    return np.concatenate(slices(found, number))


def slices(found: Sequence[Part], number: int) -> list[NDArray[np.uint64]]:
    """Return the pairs of one range of rows from each part."""
    return [one.pairs[one.edges[number] : one.edges[number + 1]] for one in found]
