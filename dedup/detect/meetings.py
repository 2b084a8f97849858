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
from dedup.detect.buckets import ROW_BITS, SMALL, bucket_pairs, pack_pairs, unpack_pairs
from dedup.detect.furniture import Hot, find_hot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Entries of the index to sort at once (some 200 MB).
PART_ENTRIES = 1 << 22
#: Bits that number the articles of a range, at most: at a million articles, of a generated corpus,
#: it has 110,000 pairs.
RANGE_BITS = 11


@dataclass(frozen=True, slots=True)
class Part:
    """What one part of the hash space gives.

    Attributes:
        pairs: Pairs of articles that share a shingle, range by range of the lower rows, as
            `unpack_range` takes them; as often as they do, or less where they are in one bucket
            with many.
        edges: Those of range `i` are `pairs[edges[i]:edges[i + 1]]`; int64.
        crowded: The articles of buckets that do not give all their pairs, as often as they are in
            one.
        hot: The shingles that more than `HOT_ARTICLES` articles hold.
    """

    pairs: NDArray[np.uint32]
    edges: NDArray[np.int64]
    crowded: NDArray[np.uint32]
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
    bits, of_row = range_bits(len(sample)), row_bits(len(sample))
    firsts = np.arange(ranges(len(sample)) + 1, dtype=np.uint64) << np.uint64(ROW_BITS + bits)
    for part in range(number):
        low, high = (edge * below // number for edge in (part, part + 1))
        kept = np.flatnonzero((sample.hashes >= low) & (sample.hashes < high))
        keys = sample.hashes[kept].astype(np.uint64) << np.uint64(ROW_BITS) | rows[kept]
        keys.sort()
        pairs = bucket_pairs(keys, 64 - ROW_BITS, ROW_BITS)
        edges = np.searchsorted(pairs, firsts).astype(np.int64)
        a, b = unpack_pairs(pairs)
        packed = (a & ((1 << bits) - 1)) << of_row | b
        _, inverse, sizes = np.unique(keys >> ROW_BITS, return_inverse=True, return_counts=True)
        crowded = keys[sizes[inverse] > SMALL].astype(np.uint32)
        yield Part(packed.astype(np.uint32), edges, crowded, find_hot(keys))


def row_bits(articles: int) -> int:
    """Return how many bits the rows of so many articles take."""
    return max(1, articles - 1).bit_length()


def range_bits(articles: int) -> int:
    """Return how many bits number the articles of a range: a pair has to fit in 32."""
    return min(RANGE_BITS, ROW_BITS - row_bits(articles))


def ranges(articles: int) -> int:
    """Return how many ranges so many articles make."""
    return -(-articles >> range_bits(articles)) if articles else 0


def unpack_range(
    pairs: NDArray[np.uint32], number: int, articles: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the lower and the higher row of each pair of a range.

    The place of the lower one in the range stands before the higher one, which takes `row_bits`.

    >>> import numpy as np
    >>> [rows.tolist() for rows in unpack_range(np.array([1 << 2 | 2], np.uint32), 0, 3)]
    [[1], [2]]
    """
    import numpy as np

    of_row = row_bits(articles)
    low, high = pairs >> np.uint32(of_row), pairs & np.uint32((1 << of_row) - 1)
    return low.astype(np.int64) + (number << range_bits(articles)), high.astype(np.int64)


def frequent(
    found: Sequence[Part], least: NDArray[np.number], often: int | NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Return the pairs that met, and may share as many shingles as one of the two asks for.

    Those that share `least` meet as often, but for what one of the two has in crowded buckets,
    where not all meet: without it less is enough, and no pair is lost that met `often`.

    Args:
        found: The parts of the whole hash space.
        least: How many shingles to share each row asks for; whole numbers.
        often: How many meetings, unless fewer are to be shared; of all rows, or of each.

    Returns:
        Sorted, each once. O(n log n) in the pairs.
    """
    import numpy as np

    crowded = crowds(found, len(least))
    often = np.broadcast_to(often, len(least))
    out = [np.empty(0, dtype=np.uint64)]
    for number in range(len(found[0].edges) - 1):
        pairs, times = np.unique(np.concatenate(slices(found, number)), return_counts=True)
        a, b = unpack_range(pairs, number, len(least))
        wanted = np.minimum(least[a], least[b])
        enough = np.minimum(wanted, np.minimum(often[a], often[b]))
        most = times + np.minimum(crowded[a], crowded[b])
        kept = (times >= enough) & (most >= wanted)
        out.append(pack_pairs(a[kept], b[kept]))
    return np.concatenate(out)


def crowds(found: Sequence[Part], articles: int) -> NDArray[np.int64]:
    """Return in how many crowded buckets each article is."""
    import numpy as np

    return np.bincount(np.concatenate([one.crowded for one in found]), minlength=articles)


def slices(found: Sequence[Part], number: int) -> list[NDArray[np.uint32]]:
    """Return the pairs of one range of rows from each part."""
    return [one.pairs[one.edges[number] : one.edges[number + 1]] for one in found]
