"""The compiled engine's sets of one part of the hash space, and what groups of them all hold."""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.furniturekernel import is_known
from dedup.detect.kernel import HALF, ONE, TOKEN, U32, U64, WHOLE, ZERO, compiled
from dedup.detect.setkernel import add_new, clear_marks, table_bits


@compiled
def part_rows(hashes, starts, ends, low, high, furniture, marks, firsts, kept, seen, out, sizes):
    """Write of each article the set of the hashes from `low` to `high` that are no furniture.

    Article `i` has `hashes[starts[i]:ends[i]]`. The sets lie end to end in `out`, which has room
    for all hashes, as they come. The furniture is as `furniturekernel.mark_furniture` leaves it. In
    `kept` there is room for one more than the longest has, in `seen` for a power of two that is not
    less.
    """
    marked = U64(64 * len(marks) - 1)
    width = U32(high - low)
    to = 0
    for row in range(len(starts)):
        count = 0
        for place in range(starts[row], ends[row]):
            kept[count] = hashes[place]
            count += hashes[place] - U32(low) <= width
        mask = clear_marks(seen, count)
        first = to
        for place in range(count):
            value = kept[place]
            bit = U64(value) & marked
            if marks[bit >> U64(6)] >> (bit & U64(63)) & ONE != ZERO and is_known(
                value, furniture, firsts
            ):
                continue
            to = add_new(value, seen, mask, out, first, to)
        sizes[row] = to - first


@compiled
def common_hashes(hashes, offsets, groups, least, table, times, out, found):
    """Write the hashes that at least so many of the articles of each group hold.

    Whatever `least` of `n` articles hold, one of the first `n - least + 1` does: only what those
    hold is counted. The table has room for all of it, as `setkernel.table_bits` says, and `times`
    for as much; so has `out` for what the first of all groups hold.
    """
    owner = ZERO
    to = 0
    members = groups.shape[1]
    first = members - least + 1
    for group in range(len(groups)):
        owner += ONE
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
    found[0] = to
