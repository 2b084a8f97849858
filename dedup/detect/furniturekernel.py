"""The compiled engine's work on furniture: what is among it, and what its witnesses all hold."""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import HALF, ONE, TOKEN, U32, U64, WHOLE, ZERO, compiled

#: Of a hash, the bits that lie below those by which furniture is found.
LOWER = U32(16)
#: Places of a table for each hash in it, at least: most lookups end at the first.
ROOM = 8


@compiled
def mark_furniture(furniture, marks, starts):
    """Set the bits of `marks` that stand for the sorted furniture, and index it by upper halves.

    `marks` has a power of two of numbers, all 0 at first; `starts` has 65,537, and of a value of
    the upper half says where those with it begin.
    """
    mask = U64(64 * len(marks) - 1)
    for value in furniture:
        bit = U64(value) & mask
        marks[bit >> U64(6)] |= ONE << (bit & U64(63))
    place = 0
    for upper in range(len(starts)):
        while place < len(furniture) and furniture[place] >> LOWER < upper:
            place += 1
        starts[upper] = place


@compiled
def is_known(value, furniture, starts):
    """Say whether a hash whose bit is set is among the furniture.

    The bit is for the caller to look at: to hand over as many arrays for every hash takes ten times
    as long.
    """
    upper = value >> LOWER
    found = False
    for place in range(starts[upper], starts[upper + U32(1)]):
        found |= furniture[place] == value
    return found


@compiled
def count_without(hashes, offsets, first, stop, furniture, marks, starts, sizes):
    """Count the hashes of each article that are not furniture."""
    mask = U64(64 * len(marks) - 1)
    for row in range(first, stop):
        count = 0
        for place in range(offsets[row], offsets[row + 1]):
            value = hashes[place]
            bit = U64(value) & mask
            marked = marks[bit >> U64(6)] >> (bit & U64(63)) & ONE != ZERO
            count += not (marked and is_known(value, furniture, starts))
        sizes[row] = count


@compiled
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
