"""The compiled engine's index of sampled shingles: sort them, pair who shares one, count the pairs.

All is radix sort (Knuth 1973, 5.2.5) and runs of equal keys; what is sorted at once fits in a
cache, or is written to few places in turn.
"""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import HALF, ONE, U32, U64, ZERO, compiled

LOW_HALF = U64(0xFFFFFFFF)


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
def sort_bins(hashes, offsets, first, bits, digit_bits, edges, cursors, keys, spare, tallies):
    """Write `hash << 32 | row` of the hashes in some bins to `keys`, sorted.

    Bin `first + i` goes to `keys[edges[i]:edges[i + 1]]`. The hashes of an article are sorted. In
    `spare` there is room for the largest bin; two digits are as many bits as the bins have.
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
    for number in range(bins):
        _sort(keys[edges[number] : edges[number + 1]], spare, shifts, digit_bits, tallies)


@compiled
def count_pairs(keys, count, small, near, hot, range_bits, ranges, found):
    """Count the pairs of each range of lower rows, and in `found` the hashes of many rows."""
    ranges[:] = 0
    found[0] = 0
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
            found[0] += size > hot
        first = stop


@compiled
def write_pairs(keys, count, small, near, hot, range_bits, cursors, pairs, hot_hashes, witnesses):
    """Write the pairs that `count_pairs` counted, range by range, and who holds the hot hashes.

    Of each range `cursors` says where it begins in `pairs`, and in the end where it stops.
    """
    first = 0
    number = 0
    for stop in range(1, count + 1):
        if stop < count and keys[stop] >> HALF == keys[first] >> HALF:
            continue
        size = stop - first
        if size > 1:
            most = size if size <= small else near
            for place in range(first, stop):
                row = keys[place] & LOW_HALF
                to = cursors[row >> U64(range_bits)]
                low = row << HALF
                for other in range(place + 1, min(stop, place + 1 + most)):
                    pairs[to] = low | (keys[other] & LOW_HALF)
                    to += 1
                cursors[row >> U64(range_bits)] = to
            if size > small:
                row = keys[first] & LOW_HALF
                to = cursors[row >> U64(range_bits)]
                for other in range(first + near + 1, stop):
                    pairs[to] = row << HALF | (keys[other] & LOW_HALF)
                    to += 1
                cursors[row >> U64(range_bits)] = to
            if size > hot:
                hot_hashes[number] = U32(keys[first] >> HALF)
                steps = witnesses.shape[1]
                for step in range(steps):
                    witnesses[number, step] = keys[first + step * size // steps] & LOW_HALF
                number += 1
        first = stop


@compiled
def frequent_pairs(pairs, spare, shifts, bits, tallies, least, once, found):
    """Leave the pairs that occur often enough, sorted, each once; in `found` how many those are.

    Often enough is `least` of one of the two rows, and `once` is enough for all. They lie in
    `pairs` where the number of shifts is even, else in `spare`.
    """
    ordered = _sort(pairs, spare, shifts, bits, tallies)
    size = 0
    first = 0
    for stop in range(1, len(pairs) + 1):
        if stop < len(pairs) and ordered[stop] == ordered[first]:
            continue
        pair = ordered[first]
        wanted = min(once, least[pair >> HALF], least[pair & LOW_HALF])
        ordered[size] = pair
        size += stop - first >= wanted
        first = stop
    found[0] = size
