"""From a sorted array of keys to candidate pairs, in linear time whatever the buckets hold.

There is no dictionary: a key and the row that has it are packed in 64 bits and sorted, so that a
bucket is a run of equal keys. A small bucket gives all its pairs. A large one (a comment policy,
a report that 300 outlets carry) would give millions; it gives each row its next neighbours and
the bucket's first row, enough to tie together whatever belongs together, because articles that
share one bucket share others with other neighbours.
"""

from __future__ import annotations

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


def bucket_pairs(keys: NDArray[np.uint64], bucket_bits: int, row_bits: int) -> NDArray[np.uint64]:
    """Return the pairs of rows that share a bucket, or enough of them where it is large.

    Args:
        keys: Sorted; the highest `bucket_bits` of each name the bucket, the lowest `row_bits` the
            row, at most 32; what lies between decides who are neighbours in a large bucket.
        bucket_bits: At least 1.
        row_bits: 1 to 32.

    Returns:
        Pairs as `pack_pairs` makes them, sorted, each once. At most `SMALL - 1` a key on average.
        O(n), and the sort of what is found.

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
    for step in range(1, SMALL):
        left = buckets[step:] == buckets[:-step]
        if step > NEAR:
            left &= ~large[step:]
        places = np.flatnonzero(left)
        found.append(pack_pairs(rows[places], rows[places + step]))
    found.append(pack_pairs(np.repeat(rows[firsts], sizes)[large], rows[large]))
    return merge_pairs(found)


def pack_pairs(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return each pair of rows in one number: the lower in the high 32 bits; uint64."""
    import numpy as np

    low, high = np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64)
    return (low << np.uint64(ROW_BITS)) | high


def unpack_pairs(pairs: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the lower and the higher row of each pair; int64."""
    import numpy as np

    high = pairs & np.uint64((1 << ROW_BITS) - 1)
    return (pairs >> np.uint64(ROW_BITS)).astype(np.int64), high.astype(np.int64)


def merge_pairs(parts: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    """Return all pairs of the parts, sorted, each once; a row is no pair with itself."""
    import numpy as np

    pairs = np.concatenate([np.empty(0, dtype=np.uint64), *parts])
    pairs.sort()
    fresh = np.ones(len(pairs), dtype=np.bool_)
    fresh[1:] = pairs[1:] != pairs[:-1]
    fresh &= (pairs >> np.uint64(ROW_BITS)) != (pairs & np.uint64((1 << ROW_BITS) - 1))
    return pairs[fresh]
