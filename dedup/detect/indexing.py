"""Which articles meet in an index of sampled shingles, and how often: by compiled code and threads.

`meetings` says what is computed, and is the plain reference. A part of the hash space is spread
over bins, each of which is sorted within the processor's cache; so are the pairs of a range.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from queue import SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

from dedup.detect.batch import Shingles, offsets_of
from dedup.detect.buckets import NEAR, ROW_BITS, SMALL
from dedup.detect.furniture import HOT_ARTICLES, WITNESSES, Hot
from dedup.detect.machine import Compiled
from dedup.detect.meetings import RANGE_BITS, Part, ranges, slices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Room: TypeAlias = tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]

#: Entries of a bin, about: with what they are sorted into they take 2 MB.
BIN_ENTRIES = 1 << 17
#: Bins at least, as two digits of a bin's hashes have to fit in a cache too.
LEAST_BINS = 32
#: Entries of the index to sort at once, by each thread (64 MB). Each time all are looked at.
PART_ENTRIES = 1 << 23
#: Parts at least for each thread, so that none is idle for long.
LEAST_PARTS = 2

COUNT_BINS = Compiled("dedup.detect.indexkernel", "count_bins")
SORT_BINS = Compiled("dedup.detect.indexkernel", "sort_bins")
COUNT_PAIRS = Compiled("dedup.detect.indexkernel", "count_pairs")
WRITE_PAIRS = Compiled("dedup.detect.indexkernel", "write_pairs")
FREQUENT_PAIRS = Compiled("dedup.detect.indexkernel", "frequent_pairs")


def parts(sample: Shingles, below: int, threads: int) -> list[Part]:
    """Return what each part of the hash space gives, as `meetings.parts` does.

    Args:
        sample: Of each article, the set of its shingles with a hash less than `below`, sorted.
        below: A power of two.
        threads: How many work at once.

    O(n) in the shingles and pairs; 64 MB a thread.
    """
    import numpy as np

    bits = below.bit_length() - 1
    bins = LEAST_BINS
    while bins * BIN_ENTRIES < len(sample.hashes):
        bins *= 2
    bits -= bins.bit_length() - 1
    digit_bits = -(-bits // 2)
    counts = _bins(sample, bits, bins, threads)
    number = min(bins, max(LEAST_PARTS * threads, -(-len(sample.hashes) // PART_ENTRIES)))
    edges = [bins * part // number for part in range(number + 1)]
    largest = max(int(counts[a:b].sum()) for a, b in pairwise(edges))
    rooms = _rooms(threads, (largest, int(counts.max())), (2, 1 << digit_bits))

    def find(first: int, stop: int) -> Part:
        starts = offsets_of(counts[first:stop])
        with _taken(rooms) as (keys, spare, tallies):
            SORT_BINS(
                sample.hashes, sample.offsets, first, bits, digit_bits, starts,
                np.empty(stop - first, dtype=np.int64), keys, spare, tallies,
            )  # fmt: skip
            return _paired(keys, int(starts[-1]), len(sample))

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(find, edges[:-1], edges[1:]))


def _bins(sample: Shingles, bits: int, bins: int, threads: int) -> NDArray[np.int64]:
    """Return how many hashes lie in each bin of `1 << bits` values."""
    import numpy as np

    counts = np.empty((threads, bins), dtype=np.int64)
    edges = [len(sample.hashes) * part // threads for part in range(threads + 1)]

    def count(number: int) -> None:
        COUNT_BINS(sample.hashes, edges[number], edges[number + 1], bits, counts[number])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(count, range(threads)))
    total: NDArray[np.int64] = counts.sum(axis=0)
    return total


def _paired(keys: NDArray[np.uint64], count: int, articles: int) -> Part:
    """Return the pairs of equal hashes among the first keys, sorted by hash and row."""
    import numpy as np

    sizes = np.empty(ranges(articles), dtype=np.int64)
    hot = np.empty(1, dtype=np.int64)
    COUNT_PAIRS(keys, count, SMALL, NEAR, HOT_ARTICLES, RANGE_BITS, sizes, hot)
    edges = offsets_of(sizes)
    pairs = np.empty(edges[-1], dtype=np.uint64)
    hashes = np.empty(hot[0], dtype=np.uint32)
    witnesses = np.empty((len(hashes), WITNESSES), dtype=np.int64)
    WRITE_PAIRS(
        keys, count, SMALL, NEAR, HOT_ARTICLES, RANGE_BITS, edges[:-1].copy(), pairs, hashes,
        witnesses,
    )  # fmt: skip
    return Part(pairs, edges, Hot(hashes, witnesses))


def frequent(
    found: Sequence[Part], least: NDArray[np.int64], once: int, threads: int
) -> NDArray[np.uint64]:
    """Return the pairs that occur often enough, as `meetings.frequent` does. O(n) in the pairs."""
    import numpy as np

    row_bits = max(1, len(least) - 1).bit_length()
    shifts = np.array([*range(0, row_bits, RANGE_BITS), ROW_BITS], dtype=np.int64)
    sizes = np.sum([np.diff(one.edges) for one in found], axis=0)
    rooms = _rooms(threads, (int(np.max(sizes, initial=0)),) * 2, (len(shifts), 1 << RANGE_BITS))

    def count(number: int) -> NDArray[np.uint64]:
        with _taken(rooms) as (keys, spare, tallies):
            pairs = keys[: sizes[number]]
            np.concatenate(slices(found, number), out=pairs)
            size = np.empty(1, dtype=np.int64)
            FREQUENT_PAIRS(pairs, spare, shifts, RANGE_BITS, tallies, least, once, size)
            return (spare if len(shifts) % 2 else pairs)[: size[0]].copy()

    with ThreadPoolExecutor(threads) as pool:
        counted = list(pool.map(count, range(len(sizes))))
    return np.concatenate([np.empty(0, dtype=np.uint64), *counted])


def _rooms(threads: int, sizes: tuple[int, int], tallies: tuple[int, int]) -> SimpleQueue[Room]:
    """Return what each thread sorts in: two arrays of the given sizes, and room to count digits.

    Memory that is had anew for every part takes as long to get as to fill.
    """
    import numpy as np

    rooms: SimpleQueue[Room] = SimpleQueue()
    for _ in range(threads):
        keys, spare = (np.empty(size, dtype=np.uint64) for size in sizes)
        rooms.put((keys, spare, np.empty(tallies, dtype=np.uint64)))
    return rooms


@contextmanager
def _taken(rooms: SimpleQueue[Room]) -> Iterator[Room]:
    """Give a room that no other thread is in."""
    room = rooms.get()
    try:
        yield room
    finally:
        rooms.put(room)
