"""The compiled engine's work on sets of shingles: sort them, and count what two have in common.

Hashes are small numbers of one width: they are sorted without a comparison, digit by digit, and
looked up by sixteens. Their last bits alone tell most of them apart.
"""

# mypy: disable-error-code="no-untyped-def, call-arg"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.furniturekernel import known_among
from dedup.detect.kernel import ONE, U32, U64, WHOLE, ZERO, compiled
from dedup.detect.lanekernel import above, how_many, load_numbers, spread, store, store_some
from dedup.detect.prefetchkernel import prefetch

#: A digit of the radix sort, and of how many a hash consists.
DIGIT_BITS, DIGITS = 8, 4
#: Hashes of a bucket, on average, at most: one of sixteen hardly ever has too little room.
MANY = 4
I64 = np.int64
#: Pairs before its turn that a set is fetched, and how many hashes lie in a line of a cache, and in
#: a vector.
AHEAD, LINE = 2, 16
#: A bit for each number of a vector.
LANES = U64(0xFFFF)
#: Hashes up to which to compare all with all is faster than digits.
FEW = 128


@compiled
def _sort(hashes, spare, tally, count):
    """Sort the first hashes, least digit first (Knuth 1973, 5.2.5); as many fit in `spare`.

    Five times as fast as a sort by comparison for the 500 shingles of an article. A digit that all
    have alike costs nothing.
    """
    tally[:] = 0
    for place in range(count):
        for digit in range(DIGITS):
            tally[digit, (hashes[place] >> U32(digit * DIGIT_BITS)) & U32(0xFF)] += 1
    source, target = hashes, spare
    for digit in range(DIGITS):
        shift = U32(digit * DIGIT_BITS)
        if count and tally[digit, (source[0] >> shift) & U32(0xFF)] == count:
            continue
        total = 0
        for value in range(1 << DIGIT_BITS):
            total, tally[digit, value] = total + tally[digit, value], total
        for place in range(count):
            value = (source[place] >> shift) & U32(0xFF)
            target[tally[digit, value]] = source[place]
            tally[digit, value] += 1
        source, target = target, source
    return source


@compiled
def _keep(hashes, first, stop, below, kept):
    """Write the hashes from `first` to `stop` that are less than `below` to `kept`; count them."""
    count = I64(0)
    limit = spread(U32(below - 1))
    while first + LINE <= stop and below > 0:
        values = load_numbers(hashes, first)
        few = ~above(values, limit) & LANES
        store_some(kept, count, few, values)
        count += I64(how_many(few))
        first += LINE
    while first < stop:
        kept[count] = hashes[first]
        count += hashes[first] < below
        first += 1
    return count


@compiled
def _rank(hashes, spare, count):
    """Sort a few hashes: each goes to as high a place as there are lesser ones.

    All are compared with all, sixteen at once. In the place behind equal ones there is a 0.
    """
    store(hashes, count, spread(U32(0xFFFFFFFF)))
    for place in range(0, count, LINE):
        store(spare, place, spread(U32(0)))
    for number in range(count):
        value, lesser = spread(hashes[number]), ZERO
        for place in range(0, count, LINE):
            lesser += how_many(above(value, load_numbers(hashes, place)))
        spare[lesser] = hashes[number]
    return spare


@compiled
def distinct_rows(hashes, offsets, below, kept, spare, tally, out, sizes):
    """Write the sorted set of the hashes less than `below` of each article, end to end.

    In `kept` and `spare` there is room for the longest and sixteen more; `tally` has the shape
    `(4, 256)`.
    """
    to = 0
    for row in range(len(sizes)):
        start = to
        count = _keep(hashes, offsets[row], offsets[row + 1], below, kept)
        few = count <= FEW
        ordered = _rank(kept, spare, count) if few else _sort(kept, spare, tally, count)
        for number in range(count):
            value = ordered[number]
            out[to] = value
            to += number == 0 or (value != 0 if few else value != ordered[number - 1])
        sizes[row] = to - start


@compiled
def clear_marks(marks, count):
    """Make as many of the marks 0 as so many hashes want, and return what of a hash names its bit.

    They want a bit in 64, so that hardly any two share one (Bloom 1970, Space/time trade-offs).
    """
    words = 1
    while words < count:
        words *= 2
    marks[:words] = 0
    return U64(64 * words - 1)


@compiled
def _holds(values, first, end, value):
    """Say whether a value is in `values[first:end]`: sixteen are looked at at once."""
    wanted, one = spread(value), spread(U32(1))
    while first < end and first + LINE <= len(values):
        within = ~ZERO >> (WHOLE - U64(min(end - first, LINE)))
        if above(one, load_numbers(values, first) ^ wanted) & within:
            return True
        first += LINE
    while first < end and values[first] != value:
        first += 1
    return first < end


@compiled
def add_new(value, marks, mask, out, first, end):
    """Write a hash to `out[end]` if it is not in `out[first:end]`; return where that ends then."""
    bit = U64(value) & mask
    word, flag = marks[bit >> U64(6)], ONE << (bit & U64(63))
    if word & flag and _holds(out, first, end, value):
        return end
    marks[bit >> U64(6)] = word | flag
    out[end] = value
    return end + 1


@compiled
def set_rows(hashes, offsets, low, high, marks, out, sizes):
    """Write the set of the hashes from `low` to `high` of each article, as they come, end to end.

    In `out` there is room for all hashes. Of the marks there are as many as the longest article has
    hashes, and a power of two.
    """
    to = 0
    width = U32(high - low)
    for row in range(len(sizes)):
        first = to
        mask = clear_marks(marks, offsets[row + 1] - offsets[row])
        for place in range(offsets[row], offsets[row + 1]):
            if hashes[place] - U32(low) <= width:
                to = add_new(hashes[place], marks, mask, out, first, to)
        sizes[row] = to - first


@compiled
def _lay_out(hashes, first, end, grouped, firsts, sieve, buckets, filled, over):
    """Put hashes into buckets of `LINE`, each by its last bits, and what finds no room into `over`.

    Furniture is left out. What stands in the rest of a bucket does not belong there. Returns which
    bits of a hash are the number of its bucket, and how many are over.
    """
    count = 2
    while count * MANY < end - first:
        count *= 2
    buckets[:LINE] = 1
    buckets[LINE : LINE * count] = 0
    filled[:count] = 0
    more = 0
    for start in range(first, end, LINE):
        left_out = known_among(hashes, start, end, grouped, firsts, sieve)
        for place in range(start, min(start + LINE, end)):
            value, skipped = hashes[place], left_out & ONE
            left_out >>= ONE
            if skipped:
                continue
            bucket = I64(value) & (count - 1)
            if filled[bucket] < LINE:
                buckets[LINE * bucket + filled[bucket]] = value
                filled[bucket] += 1
            else:
                over[more] = value
                more += 1
    return count - 1, more


@compiled
def shared_pairs(
    hashes, offsets, a, b, first, stop, grouped, firsts, sieve, buckets, filled, over, out
):
    """Count what the sets of articles `a[i]` and `b[i]` have in common that is no furniture.

    The furniture is as `marking.Furniture.laid_out` has it. The set `a` is laid out in
    buckets that each fill a vector, once for all the pairs in a row that have it: a hash of the set
    `b` is compared with all that its bucket holds at once, without a branch. Of the buckets, and of
    the numbers in `filled`, there are as many as the largest set has hashes, and two at least;
    `over` has room for all of it.
    """
    held, mask, more, one = -1, 0, 0, spread(U32(1))
    for pair in range(first, stop):
        prefetch(offsets, b[min(pair + 4 * AHEAD, stop - 1)])
        later = b[min(pair + AHEAD, stop - 1)]
        for place in range(offsets[later], offsets[later + 1], LINE):
            prefetch(hashes, place)
        if a[pair] != held:
            held = a[pair]
            mask, more = _lay_out(
                hashes, offsets[held], offsets[held + 1], grouped, firsts, sieve, buckets, filled,
                over,
            )  # fmt: skip
        count = 0
        for place in range(offsets[b[pair]], offsets[b[pair] + 1]):
            value = hashes[place]
            bucket = load_numbers(buckets, LINE * (I64(value) & mask))
            count += above(one, bucket ^ spread(value)) != ZERO
        for number in range(more):
            for place in range(offsets[b[pair]], offsets[b[pair] + 1]):
                count += hashes[place] == over[number]
        out[pair] = count
