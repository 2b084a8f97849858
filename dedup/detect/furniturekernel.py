"""The compiled engine's work on furniture: what is among it, and what its witnesses all hold."""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917, SIM110

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import HALF, ONE, TOKEN, U32, U64, WHOLE, ZERO, compiled, lean
from dedup.detect.lanekernel import above, gather_numbers, how_many, load_numbers, lowest, spread
from dedup.detect.marking import PLACE_BITS, PLACES
from dedup.detect.room import ROOM

FIRST_PLACE, SECOND_PLACE, THIRD_PLACE = map(U32, PLACES)
PLACE_MASK = U32((1 << PLACE_BITS) - 1)
#: Hashes that are looked at at once.
SIXTEEN = 16


@lean
def _passing(hashes, at, sieve):
    """Return which of the sixteen hashes at `at` may be furniture, a bit for each."""
    found, mask = load_numbers(hashes, at), spread(PLACE_MASK)
    words = gather_numbers(sieve, found & spread(U32(len(sieve) - 1)))
    first = words >> (found >> spread(FIRST_PLACE) & mask)
    second = words >> (found >> spread(SECOND_PLACE) & mask)
    third = words >> (found >> spread(THIRD_PLACE) & mask)
    return above(first & second & third & spread(U32(1)), spread(U32(0)))


@lean
def _is_known(value, grouped, firsts):
    """Say whether a hash is furniture."""
    word = np.int64(value) & (len(firsts) - 2)
    for number in range(firsts[word], firsts[word + 1]):
        if grouped[number] == value:
            return True
    return False


@lean
def known_among(hashes, at, end, grouped, firsts, sieve):
    """Return which of `hashes[at:end]` are furniture, up to sixteen, a bit for each.

    The furniture is as `marking.Furniture.laid_out` has it.
    """
    if not len(grouped):
        return ZERO
    count = min(end - at, SIXTEEN)
    asked = ~ZERO >> (WHOLE - U64(count))
    if at + SIXTEEN <= len(hashes):
        asked &= _passing(hashes, at, sieve)
    found = ZERO
    while asked:
        number = lowest(asked)
        asked &= asked - ONE
        found |= U64(_is_known(hashes[at + np.int64(number)], grouped, firsts)) << number
    return found


@compiled
def count_without(hashes, offsets, first, stop, grouped, firsts, sieve, sizes):
    """Count the hashes of each article that are not furniture."""
    for row in range(first, stop):
        count, end = 0, offsets[row + 1]
        for at in range(offsets[row], end, SIXTEEN):
            known = known_among(hashes, at, end, grouped, firsts, sieve)
            count += min(end - at, SIXTEEN) - np.int64(how_many(known))
        sizes[row] = count


@lean
def table_bits(count):
    """Return how many bits number the places of a table for so many hashes."""
    bits = 1
    while 1 << bits < ROOM * count:
        bits += 1
    return bits


@compiled
def common_hashes(hashes, offsets, groups, least, table, times, out, sizes):
    """Write the hashes that at least so many of the articles of each group hold, and how many.

    Whatever `least` of `n` articles hold, one of the first `n - least + 1` does: only what those
    hold is counted. The table has room for all of it, as `table_bits` says, and `times`
    for as much; so has `out` for what the first of all groups hold.
    """
    owner = ZERO
    to = 0
    members = groups.shape[1]
    first = members - least + 1
    for group in range(len(groups)):
        owner += ONE
        begin = to
        count = 0
        for member in range(first):
            row = groups[group, member]
            count += offsets[row + 1] - offsets[row]
        bits = table_bits(count)
        shift, mask = WHOLE - U64(bits), U64((1 << bits) - 1)
        for member in range(members):
            row = groups[group, member]
            for place in range(offsets[row], offsets[row + 1]):
                key = owner << HALF | U64(hashes[place])
                at = U64(hashes[place]) * TOKEN >> shift
                while table[at] >> HALF == owner and table[at] != key:
                    at = (at + ONE) & mask
                if table[at] == key:
                    times[at] += 1
                    if times[at] == least:
                        out[to] = hashes[place]
                        to += 1
                elif member < first:
                    table[at] = key
                    times[at] = 1
                    if least == 1:
                        out[to] = hashes[place]
                        to += 1
        sizes[group] = to - begin
