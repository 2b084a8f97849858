"""From a sorted array of keys to candidate pairs, in linear time whatever the buckets hold.

There is no dictionary: a key and the row that has it are packed in 64 bits and sorted, so that a
bucket is a run of equal keys. A small bucket gives all its pairs. A large one (a comment policy,
a report that 300 outlets carry) would give millions; it gives each row its next neighbours and
the bucket's first row, enough to tie together whatever belongs together, because articles that
share one bucket share others with other neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: A bucket of at most so many rows gives all its pairs. With 4 and 8 a version in 64 of a real
#: corpus was lost, with 16 none; 32 gave a quarter more candidates and found no more.
SMALL = 16
#: In a larger one, each row is paired with so many that follow it, and with the first.
NEAR = 2

ROW_BITS = 32
#: Pairs to sort at once when parts are put together.
MERGE_PAIRS = 1 << 16


def bucket_pairs(keys: NDArray[np.uint64], bucket_bits: int, row_bits: int) -> NDArray[np.uint64]:
    """Return the pairs of rows that share a bucket, or enough of them where it is large.

    Args:
        keys: Sorted; the highest `bucket_bits` of each name the bucket, the lowest `row_bits` the
            row, at most 32; what lies between decides who are neighbours in a large bucket.
        bucket_bits: At least 1.
        row_bits: 1 to 32.

    Returns:
        Pairs as `pack_pairs` makes them, sorted; a pair as often as it shares a bucket, and fewer
        than `SMALL` for each key. O(n), and the sort of what is found.

    >>> import numpy as np
    >>> keys = np.array([7 << 32 | 1, 7 << 32 | 5, 8 << 32 | 2], dtype=np.uint64)
    >>> [pair.tolist() for pair in unpack_pairs(bucket_pairs(keys, 32, 32))]
    [[1], [5]]
    """
    import numpy as np

    buckets = keys >> np.uint64(64 - bucket_bits)
    opens = np.ones(len(keys) + 1, dtype=np.bool_)
    opens[1:-1] = buckets[1:] != buckets[:-1]
    crowded = ~(opens[:-1] & opens[1:])
    buckets, rows = buckets[crowded], keys[crowded] & np.uint64((1 << row_bits) - 1)
    firsts = np.flatnonzero(opens[:-1][crowded])
    sizes = np.diff(firsts, append=len(rows))
    large = np.repeat(sizes > SMALL, sizes)
    found = []
    # Of equal keys in a row, those that are `step` apart have all between them alike.
    places = np.arange(len(rows))
    for step in range(1, SMALL):
        places = places[: np.searchsorted(places, len(rows) - step)]
        places = places[buckets[places + step] == buckets[places]]
        if step == NEAR + 1:
            places = places[~large[places]]
        found.append(pack_pairs(rows[places], rows[places + step]))
    # The first row has its neighbours already.
    far = np.flatnonzero(large & (np.arange(len(rows)) - np.repeat(firsts, sizes) > NEAR))
    found.append(pack_pairs(np.repeat(rows[firsts], sizes)[far], rows[far]))
    pairs = np.concatenate(found)
    pairs.sort()
    return pairs


def pack_pairs(a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Return each pair of rows in one number: the lower in the high 32 bits; uint64."""
    import numpy as np

    return pack_as_given(np.minimum(a, b), np.maximum(a, b))


def pack_as_given(a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.uint64]:
    """Do what `pack_pairs` does, but which of the two comes first stays as it is."""
    import numpy as np

    return a.astype(np.uint64) << np.uint64(ROW_BITS) | b.astype(np.uint64)


def unpack_pairs(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the lower and the higher row of each pair; int64."""
    import numpy as np

    high = pairs & np.uint64((1 << ROW_BITS) - 1)
    return (pairs >> np.uint64(ROW_BITS)).astype(np.int64), high.astype(np.int64)


def paired(pairs: NDArray[np.uint64], rows: int) -> NDArray[np.bool_]:
    """Say of each of so many rows whether any pair has it. O(n).

    >>> import numpy as np
    >>> paired(pack_pairs(np.array([4, 2]), np.array([2, 1])), 6).nonzero()[0].tolist()
    [1, 2, 4]
    """
    import numpy as np

    found = np.zeros(rows, dtype=np.bool_)
    for side in unpack_pairs(pairs):
        found[side] = True
    return found


def ranges(parts: Sequence[NDArray[np.uint64]]) -> Iterator[list[NDArray[np.uint64]]]:
    """Yield what all (sorted) parts have in one range of pairs after another, to be `merged`.

    There are so few in each that they fit in a cache.
    """
    import numpy as np

    largest = max(parts, key=len, default=np.empty(0, dtype=np.uint64))
    count = -(-sum(map(len, parts)) // MERGE_PAIRS)
    edges = [largest[len(largest) * number // count] for number in range(1, count)]
    cuts = [np.concatenate([[0], np.searchsorted(part, edges), [len(part)]]) for part in parts]
    for number in range(count):
        yield [part[cut[number] : cut[number + 1]] for part, cut in zip(parts, cuts, strict=True)]


def merged(parts: Sequence[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Return the pairs of all parts, sorted, each once."""
    import numpy as np

    return sorted_once(np.concatenate(parts))


def sorted_once(pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return sorted pairs, each once.

    Numpy's `unique` of numbers puts them in a table, which takes several times as long where there
    are many.

    >>> import numpy as np
    >>> sorted_once(np.array([7, 3, 7], dtype=np.uint64)).tolist()
    [3, 7]
    """
    import numpy as np

    pairs = np.sort(pairs)
    fresh = np.ones(len(pairs), dtype=np.bool_)
    fresh[1:] = pairs[1:] != pairs[:-1]
    return pairs[fresh]
