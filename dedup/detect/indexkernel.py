"""The compiled engine's index of sampled shingles: sort them, pair who shares one, count the pairs.

All is radix sort (Knuth 1973, 5.2.5) and runs of equal keys; what is sorted at once fits in a
cache, or is written to few places in turn.
"""

# mypy: disable-error-code="no-untyped-def, call-arg"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import HALF, ONE, U32, U64, ZERO, compiled
from dedup.detect.prefetchkernel import prefetch

LOW_HALF = U64(0xFFFFFFFF)
I64 = np.int64


@compiled
def count_bins(hashes, first, stop, bits, counts):
    """Count the hashes that lie in each bin of the hash space, of `1 << bits` values each."""
    counts[:] = 0
    for place in range(first, stop):
        counts[hashes[place] >> U32(bits)] += 1


@compiled
def _sort(source, target, shifts, bits, tallies):
    """Sort numbers by the digits of so many bits at `shifts`, least first; return where they lie.

    Stable, so that what lies below the digits keeps the order in which it came.
    """
    count, mask = len(source), U64((1 << bits) - 1)
    tallies[:] = 0
    for place in range(count):
        for digit in range(len(shifts)):
            tallies[digit, source[place] >> U64(shifts[digit]) & mask] += ONE
    for digit in range(len(shifts)):
        shift, tally, total = U64(shifts[digit]), tallies[digit], ZERO
        for number in range(len(tally)):
            total, tally[number] = total + tally[number], total
        for place in range(count):
            value = source[place] >> shift & mask
            target[tally[value]] = source[place]
            tally[value] += ONE
        source, target = target, source
    return source


@compiled
def _keep_met(keys, first, stop, marks, to):
    """Move keys to `keys[to]` and on, mostly without those whose hash no other has; return the end.

    In `marks` there is a bit for the last bits of a hash that was seen, and in its second half one
    for those of a hash that was seen again (Bloom 1970, Space/time trade-offs).
    """
    marks[:] = 0
    half = len(marks) // 2
    mask = U64(64 * half - 1)
    for place in range(first, stop):
        bit = keys[place] >> HALF & mask
        word, flag = bit >> U64(6), ONE << (bit & U64(63))
        marks[U64(half) + word] |= marks[word] & flag
        marks[word] |= flag
    for place in range(first, stop):
        bit = keys[place] >> HALF & mask
        keys[to] = keys[place]
        to += (marks[U64(half) + (bit >> U64(6))] >> (bit & U64(63))) & ONE == ONE
    return to


@compiled
def sort_bins(
    hashes, offsets, first, bits, digit_bits, edges, cursors, keys, spare, tallies, marks
):
    """Write `hash << 32 | row` of the hashes in some bins to `keys`, sorted, but for most of those
    that one article alone has.

    Bin `first + i` has room in `keys[edges[i]:edges[i + 1]]`; in the end `cursors[0]` is how many
    keys there are. The hashes of an article are sorted. In `spare` there is room for the largest
    bin; two digits are as many bits as the bins have. Of the marks there are a power of two.
    """
    bins = len(edges) - 1
    low, end = U64(first) << U64(bits), U64(first + bins) << U64(bits)
    for number in range(bins):
        cursors[number] = edges[number]
    for row in range(len(offsets) - 1):
        for place in range(offsets[row], offsets[row + 1]):
            value = U64(hashes[place])
            if value >= end:
                break
            if value >= low:
                at = (value - low) >> U64(bits)
                keys[cursors[at]] = value << HALF | U64(row)
                cursors[at] += 1
    shifts = (32, 32 + digit_bits)
    to = 0
    for number in range(bins):
        start, to = to, _keep_met(keys, edges[number], edges[number + 1], marks, to)
        _sort(keys[start:to], spare, shifts, digit_bits, tallies)
    cursors[0] = to


@compiled
def count_pairs(keys, count, small, near, hot, range_bits, ranges, found):
    """Count the pairs of each range of lower rows; in `found` the hashes of many rows, and the keys
    of large buckets."""
    ranges[:] = 0
    found[:] = 0
    first = 0
    for stop in range(1, count + 1):
        if stop < count and keys[stop] >> HALF == keys[first] >> HALF:
            continue
        size = stop - first
        if size > 1:
            most = size if size <= small else near
            for place in range(first, stop):
                row = keys[place] & LOW_HALF
                ranges[row >> U64(range_bits)] += min(most, stop - 1 - place)
            if size > small:
                ranges[(keys[first] & LOW_HALF) >> U64(range_bits)] += size - 1 - near
                found[1] += size
            found[0] += size > hot
        first = stop


@compiled
def write_pairs(
    keys, count, small, near, hot, range_bits, row_bits, cursors, pairs, crowded, hot_hashes,
    witnesses,
):  # fmt: skip
    """Write the pairs that `count_pairs` counted, range by range, the rows of large buckets, and
    who holds the hot hashes.

    Of each range `cursors` says where it begins in `pairs`, and in the end where it stops.
    """
    first = 0
    number = 0
    much = 0
    within = (ONE << U64(range_bits)) - ONE
    for stop in range(1, count + 1):
        if stop < count and keys[stop] >> HALF == keys[first] >> HALF:
            continue
        size = stop - first
        if size > 1:
            most = size if size <= small else near
            for place in range(first, stop):
                row = keys[place] & LOW_HALF
                to = cursors[row >> U64(range_bits)]
                low = (row & within) << U64(row_bits)
                for other in range(place + 1, min(stop, place + 1 + most)):
                    pairs[to] = low | (keys[other] & LOW_HALF)
                    to += 1
                cursors[row >> U64(range_bits)] = to
            if size > small:
                row = keys[first] & LOW_HALF
                to = cursors[row >> U64(range_bits)]
                low = (row & within) << U64(row_bits)
                for other in range(first + near + 1, stop):
                    pairs[to] = low | (keys[other] & LOW_HALF)
                    to += 1
                cursors[row >> U64(range_bits)] = to
                for place in range(first, stop):
                    crowded[much] = keys[place] & LOW_HALF
                    much += 1
            if size > hot:
                hot_hashes[number] = U32(keys[first] >> HALF)
                steps = witnesses.shape[1]
                for step in range(steps):
                    witnesses[number, step] = keys[first + step * size // steps] & LOW_HALF
                number += 1
        first = stop


@compiled
def frequent_pairs(pairs, first, row_bits, asked, edges, others, times, found):
    """Write the pairs of a range that occur often enough to the beginning of `found`, each once.

    They come in the order of their lower rows. How often is enough `meetings.frequent` says.

    Args:
        pairs: Those of the range.
        first: Its first row.
        row_bits: Bits that a row takes.
        asked: How many hashes each row asks to share, how many meetings at least, and how many of
            its hashes are in large buckets; int32. They lie together, since to wait for them is
            what takes time; rows of four never lie in two lines of a cache.
        edges: Room for a number for each row of a range, and one more.
        others: As long as `pairs`.
        times: For each row a 0; so it is left.
        found: Has room for all pairs and one more: in the last place stands how many there are.
    """
    mask = U32((ONE << U64(row_bits)) - ONE)
    edges[:] = 0
    for place in range(len(pairs)):
        edges[(pairs[place] >> U32(row_bits)) + U32(1)] += 1
    for row in range(len(edges) - 1):
        edges[row + 1] += edges[row]
    for place in range(len(pairs)):
        row = pairs[place] >> U32(row_bits)
        others[edges[row]] = pairs[place] & mask
        edges[row] += 1
    size = 0
    start = 0
    for row in range(len(edges) - 1):
        stop = edges[row]
        if start == stop:
            continue
        for place in range(start, stop):
            times[others[place]] += 1
            prefetch(asked, asked.shape[1] * I64(others[place]))
        least, often, crowded = asked[first + row, 0], asked[first + row, 1], asked[first + row, 2]
        for place in range(start, stop):
            other = others[place]
            met = times[other]
            if met:
                times[other] = 0
                wanted = min(least, asked[other, 0])
                enough = min(wanted, often, asked[other, 1])
                most = met + min(crowded, asked[other, 2])
                found[size] = U64(first + row) << HALF | U64(other)
                size += (met >= enough) & (most >= wanted)
        start = stop
    found[len(found) - 1] = size
