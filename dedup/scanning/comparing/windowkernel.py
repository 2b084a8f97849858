"""The compiled engine's windows of sheets: their hashes, of what kind each is, and which are alike.

A sheet is weighed as it is, outside quotations, and both again without the furniture of its corpus.
All four are the same windows of the same tokens, less those that would hold a token that is left
out: a bit for each says in which of the four a window stands.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def, assignment"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.furniturekernel import table_bits
from dedup.detect.kernel import ONE, TOKEN, U32, U64, WHOLE, ZERO, lean
from dedup.detect.lanekernel import (
    choose,
    how_many,
    load_bytes,
    not_zero,
    spread,
    store,
)
from dedup.scanning.comparing.figures import (
    BARE_OWN_WORDS,
    BARE_WINDOWS,
    BARE_WORDS,
    NONE,
    OWN_WORDS,
    REPEATS,
    ROUND,
    WINDOWS,
    WORDS,
)

U8 = np.uint8
#: Tokens that are compared side by side.
EIGHT = 8

#: Bits of a window: it stands in the text, outside quotations, outside furniture, outside both.
#: Of a token the same bits say where it is left out; by `BREAK` something is left out before it.
ALL, OWN, BARE, BARE_OWN = 1, 2, 4, 8
KINDS = ALL | OWN | BARE | BARE_OWN
BREAK = KINDS << 4
#: More bits of a window: it begins or ends in furniture; it is the last of those alike, which
#: speaks for them; it is not the only one.
TOUCHES, LAST, TWICE = ALL << 4, 32, 64
#: Windows that are looked at for each token before a pair is given up.
MOST_WORK = 64


@lean
def within(starts, lengths, row, column):
    """Return where one array of a sheet is."""
    return slice(starts[row, column], starts[row, column] + lengths[row, column])


@lean
def find(table, hashes, entry, shift):
    """Return where in a table a hash is, or would be (open addresses; Knuth 1973, 6.4).

    A table holds the places of windows, from 1 on, where 0 is none.
    """
    at = U64(entry) * TOKEN >> shift
    mask = (ONE << (WHOLE - shift)) - ONE
    while table[at] and hashes[table[at] - U32(1)] != entry:
        at = (at + ONE) & mask
    return at


@lean
def taken(table, hashes, begin, shift):
    """Return a bit for each of a round of hashes: whether its first place in a table is taken.

    Where it is not, it is not there: without a branch for each, of which many would be guessed
    wrong.
    """
    bits, first = ZERO, U64(begin)
    for step in range(U64(ROUND)):
        at = U64(hashes[first + step]) * TOKEN >> shift
        bits |= U64(table[at] > 0) << step
    return bits


@lean
def clear(table, count):
    """Make room in a table for so many windows; return the shift."""
    shift = WHOLE - U64(table_bits(count))
    table[: ONE << (WHOLE - shift)] = 0
    return shift


@lean
def first_bits(count):
    """Return so many bits that are set, from the lowest on: 0 to 64."""
    if count <= 0:
        return ZERO
    return ~ZERO >> (WHOLE - U64(min(count, ROUND)))


@lean
def count_marked(marks, kind):
    """Return of how many bytes a bit is set; what lies behind them up to `ROUND` has none."""
    count = 0
    for at in range(0, len(marks), ROUND):
        count += np.int64(how_many(not_zero(load_bytes(marks, at) & spread(U8(kind)))))
    return count


@lean
def stop_tokens(furniture, breaks, quotes, stops, counts):
    """Write in what kinds each token of a sheet is left out, and count those that are not."""
    for at in range(0, len(stops), ROUND):
        store(stops, at, spread(U8(0)))
    for number in range(len(furniture)):
        stops[furniture[number]] = BARE | BARE_OWN
    for number in range(0, len(quotes), 2):
        quoted = stops[quotes[number] : quotes[number + 1]]
        for place in range(len(quoted)):
            quoted[place] |= OWN | BARE_OWN
    for kind, column in ((OWN, OWN_WORDS), (BARE, BARE_WORDS), (BARE_OWN, BARE_OWN_WORDS)):
        counts[column] = len(stops) - count_marked(stops, kind)
    counts[WORDS] = len(stops)
    for number in range(len(breaks)):
        if breaks[number] < len(stops):
            stops[breaks[number]] |= BREAK


@lean
def mark_windows(stops, size, flags, joint):
    """Write of what kinds each window is, and whether it begins or ends in furniture.

    Each is the `LAST` of those alike until another is seen.
    Of tokens without a window nothing is set, up to a multiple of `ROUND`.
    """
    count = max(0, len(stops) - size + 1)
    nothing, every = spread(U8(0)), spread(U8(KINDS))
    for at in range(0, len(stops), ROUND):
        here = load_bytes(stops, at)
        ends = (here | load_bytes(stops, at + size - 1)) & spread(U8(BARE))
        stopped = here
        for step in range(1, size):
            there = load_bytes(stops, at + step)
            stopped = stopped | there | (there >> spread(U8(4)))
        kinds = choose(first_bits(count - at), (stopped & every) ^ every, nothing)
        stand = not_zero(kinds & spread(U8(ALL)))
        last = choose(stand, spread(U8(LAST)), nothing)
        touching = choose(stand & not_zero(ends), spread(U8(TOUCHES)), nothing)
        store(flags, at, kinds | last | touching)
        store(joint, at, kinds)


@lean
def chain_windows(hashes, flags, joint, before, again, table, counts):
    """Chain the windows that are alike, and count those that differ.

    Args:
        hashes: Of the windows of one sheet.
        flags: Their bits; of those alike all but the last lose `LAST`, and all get `TWICE`.
        joint: Of what kinds they are, and then of what kinds any of those alike is.
        before: Of those that are not alone, where the one before is that is alike, or `NONE`.
        again: Is told the places of all but the first of those alike, in order.
        table: Is left with the last of each chain in it.
        counts: Of the sheet.

    Returns:
        The shift of the table.
    """
    shift = clear(table, len(hashes))
    repeats = 0
    for place in range(U64(len(hashes))):
        if not flags[place] & ALL:
            continue
        at = find(table, hashes, hashes[place], shift)
        if table[at]:
            alike = table[at] - U32(1)
            if not flags[alike] & TWICE:
                before[alike] = NONE
            flags[alike] = (flags[alike] & ~LAST) | TWICE
            flags[place] |= TWICE
            joint[place] |= joint[alike]
            before[place] = alike
            again[repeats] = place
            repeats += 1
        table[at] = place + ONE
    for number in range(repeats - 1, -1, -1):
        joint[before[again[number]]] = joint[again[number]]
    bare = 0
    for at in range(0, len(flags), ROUND):
        last = not_zero(load_bytes(flags, at) & spread(U8(LAST)))
        bare += np.int64(how_many(last & not_zero(load_bytes(joint, at) & spread(U8(BARE)))))
    counts[WINDOWS] = count_marked(flags, LAST)
    counts[BARE_WINDOWS], counts[REPEATS] = bare, repeats
    return shift


@lean
def open_windows(hashes, flags, table):
    """Fill a table with the last of each chain of windows of one sheet; return its shift."""
    shift = clear(table, len(hashes))
    for place in range(U64(len(hashes))):
        if flags[place] & LAST:
            table[find(table, hashes, hashes[place], shift)] = place + ONE
    return shift
