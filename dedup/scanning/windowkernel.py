"""The compiled engine's windows of sheets: their hashes, of what kind each is, and which are alike.

A sheet is weighed as it is, outside quotations, and both again without the furniture of its corpus.
All four are the same windows of the same tokens, less those that would hold a token that is left
out: a bit for each says in which of the four a window stands.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import FINAL, HALF, ONE, SHINGLE, TOKEN, U32, U64, WHOLE, lean

#: Bits of a window: it stands in the text, outside quotations, outside furniture, outside both.
#: Of a token the same bits say where it is left out; by `BREAK` something is left out before it.
ALL, OWN, BARE, BARE_OWN = 1, 2, 4, 8
KINDS = ALL | OWN | BARE | BARE_OWN
BREAK = KINDS << 4
#: More bits of a window: it begins or ends in furniture; it is the last of those alike, which
#: speaks for them; it is not the only one.
TOUCHES, LAST, TWICE = ALL << 4, 32, 64
#: Places of a table for each window, at least: most lookups end at the first, which is empty.
ROOM = 8
#: There is no such window.
NONE = -1
#: Windows that are looked at for each token before a pair is given up.
MOST_WORK = 64
#: Arrays of a sheet, as in `packing.ARRAYS`.
TOKENS, PAGE, BREAKS, QUOTES, SINGLES, FURNITURE, LETTERS = range(7)
#: Columns of what is counted of a sheet: tokens of each of the four kinds, different windows as it
#: is and without furniture, and windows that are alike to an earlier one.
WORDS, OWN_WORDS, BARE_WORDS, BARE_OWN_WORDS, WINDOWS, BARE_WINDOWS, REPEATS = range(7)
COUNTS = 7


@lean
def within(starts, lengths, row, column):
    """Return where one array of a sheet is."""
    return slice(starts[row, column], starts[row, column] + lengths[row, column])


@lean
def table_shift(count):
    """Return how far to shift a product for a place in a table for so many windows."""
    bits = U64(1)
    while 1 << bits < ROOM * count:
        bits += ONE
    return WHOLE - bits


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
def clear(table, count):
    """Make room in a table for so many windows; return the shift."""
    shift = table_shift(count)
    table[: ONE << (WHOLE - shift)] = 0
    return shift


@lean
def stop_tokens(furniture, breaks, quotes, stops, counts):
    """Write in what kinds each token of a sheet is left out, and count those that are not."""
    stops[:] = 0
    for number in range(len(furniture)):
        stops[furniture[number]] = BARE | BARE_OWN
    for number in range(0, len(quotes), 2):
        quoted = stops[quotes[number] : quotes[number + 1]]
        for place in range(len(quoted)):
            quoted[place] |= OWN | BARE_OWN
    own = bare = bare_own = 0
    for place in range(len(stops)):
        own += (stops[place] & OWN) // OWN
        bare += (stops[place] & BARE) // BARE
        bare_own += (stops[place] & BARE_OWN) // BARE_OWN
    for number in range(len(breaks)):
        if breaks[number] < len(stops):
            stops[breaks[number]] |= BREAK
    words = len(stops)
    counts[WORDS], counts[OWN_WORDS] = words, words - own
    counts[BARE_WORDS], counts[BARE_OWN_WORDS] = words - bare, words - bare_own


@lean
def hash_windows(tokens, size, rolling, hashes):
    """Write the hash of each window of a sheet: that of its shingle."""
    count = len(tokens) - size + 1
    for place in range(count):
        rolling[place] = tokens[place]
    for step in range(1, size):
        for place in range(count):
            rolling[place] = rolling[place] * SHINGLE + tokens[place + step]
    for place in range(count):
        hashes[place] = U32((rolling[place] ^ (rolling[place] >> HALF)) * FINAL >> HALF)


@lean
def mark_windows(stops, size, flags, joint):
    """Write of what kinds each window is, and whether it begins or ends in furniture."""
    count = max(0, len(stops) - size + 1)
    for place in range(count):
        joint[place] = stops[place]
    for step in range(1, size):
        for place in range(count):
            joint[place] |= stops[place + step] | stops[place + step] >> 4
    for place in range(count):
        kinds = ~joint[place] & KINDS
        ends = (stops[place] | stops[place + size - 1]) & BARE
        flags[place] = kinds | (kinds & ALL) * (ends // BARE) * TOUCHES
        joint[place] = kinds
    flags[count:] = 0
    joint[count:] = 0


@lean
def chain_windows(hashes, flags, joint, before, again, table, counts):
    """Chain the windows that are alike, and count those that differ.

    Args:
        hashes: Of the windows of one sheet.
        flags: Their bits; `LAST` and `TWICE` are set here.
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
    for place in range(len(hashes)):
        if not flags[place] & ALL:
            continue
        at = find(table, hashes, hashes[place], shift)
        if table[at]:
            alike = table[at] - U32(1)
            if not flags[alike] & TWICE:
                before[alike] = NONE
            flags[alike] = (flags[alike] & ~LAST) | TWICE
            flags[place] |= LAST | TWICE
            joint[place] |= joint[alike]
            before[place] = alike
            again[repeats] = place
            repeats += 1
        else:
            flags[place] |= LAST
        table[at] = place + 1
    for number in range(repeats - 1, -1, -1):
        joint[before[again[number]]] = joint[again[number]]
    different = bare = 0
    for place in range(len(hashes)):
        different += (flags[place] & LAST) // LAST
        bare += (flags[place] & LAST) // LAST * ((joint[place] & BARE) // BARE)
    counts[WINDOWS], counts[BARE_WINDOWS], counts[REPEATS] = different, bare, repeats
    return shift


@lean
def open_windows(hashes, flags, table):
    """Fill a table with the last of each chain of windows of one sheet; return its shift."""
    shift = clear(table, len(hashes))
    for place in range(len(hashes)):
        if flags[place] & LAST:
            table[find(table, hashes, hashes[place], shift)] = place + 1
    return shift
