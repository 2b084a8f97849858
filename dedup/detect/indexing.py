"""Which articles meet in an index of sampled shingles, and how often: by compiled code and threads.

`meetings` says what is computed, and is the plain reference. A part of the hash space is spread
over bins, each of which is sorted within the processor's cache; so are the pairs of a range
counted. Most shingles are of one article alone: they are left out before anything is sorted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import pairwise
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeAlias

from dedup.detect.batch import Shingles, offsets_of
from dedup.detect.buckets import NEAR, SMALL
from dedup.detect.furniture import HOT_ARTICLES, WITNESSES, Hot
from dedup.detect.machine import Compiled
from dedup.detect.meetings import Part, crowds, range_bits, ranges, row_bits, slices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Room: TypeAlias = tuple[NDArray[Any], ...]

#: Entries of a bin, about: with what they are sorted into they take 2 MB.
BIN_ENTRIES = 1 << 17
#: Bits to mark the hashes of a bin with, at most: 256 KB for those seen and those seen again.
MARK_BITS = 20
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
    rooms: SimpleQueue[Room] = SimpleQueue()
    for _ in range(threads):
        keys, spare = (np.empty(size, np.uint64) for size in (largest, int(counts.max())))
        tallies = np.empty((2, 1 << digit_bits), dtype=np.uint64)
        marks = np.empty(2 << max(0, min(bits, MARK_BITS) - 6), dtype=np.uint64)
        rooms.put((keys, spare, tallies, marks))

    def find(first: int, stop: int) -> Part:
        starts = offsets_of(counts[first:stop])
        cursors = np.empty(stop - first, dtype=np.int64)
        with _taken(rooms) as (keys, spare, tallies, marks):
            SORT_BINS(
                sample.hashes, sample.offsets, first, bits, digit_bits, starts, cursors, keys,
                spare, tallies, marks,
            )  # fmt: skip
            return _paired(keys, int(cursors[0]), len(sample))

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

    bits = range_bits(articles)
    sizes = np.empty(ranges(articles), dtype=np.int64)
    found = np.empty(2, dtype=np.int64)
    COUNT_PAIRS(keys, count, SMALL, NEAR, HOT_ARTICLES, bits, sizes, found)
    edges = offsets_of(sizes)
    pairs = np.empty(edges[-1], dtype=np.uint32)
    crowded = np.empty(found[1], dtype=np.uint32)
    hashes = np.empty(found[0], dtype=np.uint32)
    witnesses = np.empty((len(hashes), WITNESSES), dtype=np.int64)
    WRITE_PAIRS(
        keys, count, SMALL, NEAR, HOT_ARTICLES, bits, row_bits(articles), edges[:-1].copy(), pairs,
        crowded, hashes, witnesses,
    )  # fmt: skip
    return Part(pairs, edges, crowded, Hot(hashes, witnesses))


def frequent(
    found: Sequence[Part],
    least: NDArray[np.number],
    often: int | NDArray[np.int64],
    threads: int,
) -> NDArray[np.uint64]:
    """Return the pairs that occur often enough, as `meetings.frequent` does. O(n) in the pairs."""
    import numpy as np

    asked = np.zeros((len(least), 4), dtype=np.int32)  # four: see the kernel
    asked[:, 0], asked[:, 1], asked[:, 2] = least, often, crowds(found, len(least))
    bits = range_bits(len(least))
    sizes = np.sum([np.diff(one.edges) for one in found], axis=0)
    largest = int(np.max(sizes, initial=0))
    rooms: SimpleQueue[Room] = SimpleQueue()
    for _ in range(threads):
        pairs, others = np.empty((2, largest), dtype=np.uint32)
        edges = np.empty(1 + (1 << bits), dtype=np.int64)
        times = np.zeros(len(least), dtype=np.int32)
        rooms.put((pairs, others, edges, times, np.empty(largest + 1, dtype=np.uint64)))

    def count(number: int) -> NDArray[np.uint64]:
        with _taken(rooms) as (room, others, edges, times, out):
            pairs = room[: sizes[number]]
            np.concatenate(slices(found, number), out=pairs)
            FREQUENT_PAIRS(
                pairs, number << bits, row_bits(len(least)), asked, edges, others, times, out,
            )  # fmt: skip
            kept = out[: out[-1]].copy()
        kept.sort()
        return kept

    with ThreadPoolExecutor(threads) as pool:
        counted = list(pool.map(count, range(len(sizes))))
    return np.concatenate([np.empty(0, dtype=np.uint64), *counted])


@contextmanager
def _taken(rooms: SimpleQueue[Room]) -> Iterator[Room]:
    """Give a room that no other thread is in.

    Memory that is had anew for every part takes as long to get as to fill.
    """
    room = rooms.get()
    try:
        yield room
    finally:
        rooms.put(room)
