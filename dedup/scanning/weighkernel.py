"""The compiled engine's work on sheets: what each of many pairs shares, as whole numbers.

The windows of a sheet are hashed, and those that are alike are chained. The windows of one sheet
are looked up in a table of the other's, in order of the text; runs are extended from what is found
over the tokens themselves, so that they are exact. `batchweighing` makes ratios and labels of the
numbers; where a text repeats itself so often that this would take long, the pair is left
to `weigh`.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917, SIM110

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import FINAL, HALF, ONE, SHINGLE, TOKEN, U32, U64, WHOLE, ZERO, compiled

#: What follows the place in an entry of a table; the hash stands above it. Zero is no entry.
PLACE = U64(0xFFFFFFFF)
#: Places of a table for each window, at least: most lookups end at the first.
ROOM = 4
#: Marks of a window: it is the last of those alike; one of these so far is outside quotations.
LAST, OWNED = np.uint8(1), np.uint8(2)
#: There is no such window.
NONE = -1
#: Columns of what is found of a pair.
IDENTICAL, SHARED, TAKEN, OWN_RUN, ANY_RUN, COVERED, TOUCHED, UNSURE = range(8)
COLUMNS = 8
#: Marks of windows that both have.
ALL, OWN = np.uint8(1), np.uint8(3)
#: Pairs of places that are looked at for each token, and runs that are tiled, before giving up.
MOST_WORK, MOST_RUNS = 64, 1024
#: Runs that hardly ever overlap: of windows so long few stand twice in a text.
LONG = 16


@compiled
def gather(source, starts, offsets, out):
    """Copy pieces of an array end to end.

    Args:
        source: Of any numbers.
        starts: Where each piece begins there; int64.
        offsets: Where each is to begin, and the last to end; int64.
        out: Where to.
    """
    for row in range(len(starts)):
        size = offsets[row + 1] - offsets[row]
        out[offsets[row] : offsets[row + 1]] = source[starts[row] : starts[row] + size]


@compiled
def fill_rooms(offsets, breaks, break_at, quotes, quote_at, room, own_room, own_words):
    """Write `Sheet.room`, `own_room` and `own_words` of every sheet."""
    for row in range(len(offsets) - 1):
        start, count = offsets[row], offsets[row + 1] - offsets[row]
        depth = np.zeros(count + 1, dtype=np.int32)
        for number in range(quote_at[row], quote_at[row + 1]):
            depth[quotes[number, 0]] += 1
            depth[quotes[number, 1]] -= 1
        depth = np.cumsum(depth)
        end = stop = count
        last = break_at[row + 1] - 1
        own = 0
        for here in range(count - 1, -1, -1):
            while last >= break_at[row] and breaks[last] > here:
                end = breaks[last]
                last -= 1
            if depth[here]:
                stop = here
            room[start + here] = end - here
            own_room[start + here] = min(end, stop) - here
            own += min(end, stop) > here
        own_words[row] = own


@compiled
def _find(table, entry, shift):
    """Return where in a table a hash is, or would be (open addresses; Knuth 1973, 6.4)."""
    at = U64(entry) * TOKEN >> shift
    mask = (ONE << (WHOLE - shift)) - ONE
    while table[at] and table[at] >> HALF != entry:
        at = (at + ONE) & mask
    return at


@compiled
def table_shift(count):
    """Return how far to shift a product for a place in a table for so many windows."""
    bits = U64(1)
    while 1 << bits < ROOM * count:
        bits += ONE
    return WHOLE - bits


@compiled
def _clear(table, count):
    """Make room in a table for so many windows; return the shift."""
    shift = table_shift(count)
    table[: ONE << (WHOLE - shift)] = 0
    return shift


@compiled
def fill_windows(tokens, room, own_room, size, hashes, before, flags, table):
    """Hash the windows of one sheet, and chain those that are alike; return how many differ.

    `before` says where the one before stands that is alike, `flags` what the marks above say; the
    last of a chain speaks for it.
    """
    shift = _clear(table, len(tokens))
    drop = ONE
    for _ in range(size):
        drop *= SHINGLE
    different = 0
    rolling = ZERO
    for end in range(len(tokens)):
        rolling = rolling * SHINGLE + tokens[end]
        if end >= size:
            rolling -= tokens[end - size] * drop
        flags[end] = 0
        place = end - size + 1
        if place < 0 or room[place] < size:
            continue
        entry = U32((rolling ^ (rolling >> HALF)) * FINAL >> HALF)
        hashes[place] = entry
        at = _find(table, entry, shift)
        before[place] = NONE
        mark = LAST | (OWNED if own_room[place] >= size else np.uint8(0))
        if table[at]:
            alike = np.int64(table[at] & PLACE) - 1
            before[place] = alike
            mark |= flags[alike] & OWNED
            flags[alike] &= OWNED
        else:
            different += 1
        flags[place] = mark
        table[at] = U64(entry) << HALF | U64(place + 1)
    return different


@compiled
def _open(hashes, flags, table):
    """Fill a table with the windows of one sheet, the last of each chain."""
    shift = _clear(table, len(hashes))
    for place in range(len(hashes)):
        if flags[place] & LAST:
            at = _find(table, hashes[place], shift)
            table[at] = U64(hashes[place]) << HALF | U64(place + 1)


@compiled
def _meet(count, two, room, size, table, met):
    """Write for each window of `two` the last that is alike of the `count` in the table."""
    shift = table_shift(count)
    for place in range(len(two)):
        met[place] = NONE
        if room[place] >= size:
            met[place] = np.int64(table[_find(table, two[place], shift)] & PLACE) - 1


@compiled
def _hold(met, chain_a, chain_b, own_a, own_b, size, held_a, held_b):
    """Mark where windows begin that both have; return how many different ones.

    `ALL` says that both have it, `OWN` that both have it as own, and that it is an own one here.
    """
    held_a[:] = 0
    held_b[:] = 0
    before_a, flags_a = chain_a
    before_b, flags_b = chain_b
    count = 0
    for place in range(len(met)):
        if met[place] == NONE or not flags_b[place] & LAST:
            continue
        count += 1
        mark = OWN if flags_a[met[place]] & flags_b[place] & OWNED else ALL
        at, to = met[place], place
        while at != NONE:
            held_a[at] = mark if own_a[at] >= size else ALL
            at = before_a[at]
        while to != NONE:
            held_b[to] = mark if own_b[to] >= size else ALL
            to = before_b[to]
    return count


@compiled
def _run(a, b, room_a, room_b, at, to):
    """Return the length of the common run that begins at two places; 0 inside a longer one."""
    most = min(room_a[at], room_b[to])
    if most == 0:
        return 0
    goes_on = at > 0 and to > 0 and room_a[at - 1] > room_a[at] and room_b[to - 1] > room_b[to]
    if goes_on and a[at - 1] == b[to - 1]:
        return 0
    length = 0
    while length < most and a[at + length] == b[to + length]:
        length += 1
    return length


@compiled
def _longest(a, b, room_a, room_b, met, before, most):
    """Return the length of the longest common run from windows that met; -1 after `most` steps."""
    longest = steps = 0
    for to in range(len(b)):
        at = met[to]
        if at == NONE or room_b[to] <= longest:
            continue
        while at != NONE:
            steps += 1
            if steps > most:
                return -1
            # A longer run that begins here goes on behind the longest one so far.
            more = room_a[at] > longest and room_b[to] > longest
            if more and a[at + longest] == b[to + longest]:
                longest = max(longest, _run(a, b, room_a, room_b, at, to))
            at = before[at]
    return longest


@compiled
def _runs(a, b, room_a, room_b, met, before, least, most, runs):
    """Write all maximal common runs of `least` tokens and more; return how many, or -1."""
    count = steps = 0
    for to in range(len(b)):
        at = met[to]
        while at != NONE:
            steps += 1
            # Most windows stand inside a run, and few calls say so.
            joined = at > 0 and to > 0 and a[at - 1] == b[to - 1]
            joined &= room_a[at - 1] > room_a[at] and room_b[to - 1] > room_b[to]
            length = 0 if joined else _run(a, b, room_a, room_b, at, to)
            if length >= least:
                if count == len(runs):
                    return -1
                runs[count, 0], runs[count, 1], runs[count, 2] = -length, at, to
                count += 1
            at = before[at]
        if steps > most:
            return -1
    return count


@compiled
def _apart(runs, count, least, in_a, in_b):
    """Return how many tokens the runs from `least` on cover if no two of them overlap, else -1."""
    in_a[:] = 0
    in_b[:] = 0
    covered = 0
    for number in range(count):
        length, at, to = -runs[number, 0], runs[number, 1], runs[number, 2]
        if length < least:
            continue
        for step in range(length):
            if in_a[at + step] or in_b[to + step]:
                return -1
            in_a[at + step] = in_b[to + step] = 1
        covered += length
    return covered


@compiled
def _tiled(runs, count, least, enough, in_a, in_b):
    """Return how many tokens the greedy tiles of some runs cover, as `tiling.passages`, or -1.

    Or less, if that is enough.

    The longest run is laid, of equal ones the first; one that lies in part on others is cut to
    what is free, and waits again. Long ones mostly do not: they are laid whole before all others,
    and where they cover `enough` the others are not asked for.
    """
    covered = _apart(runs, count, LONG, in_a, in_b)
    if covered >= enough:
        return covered
    in_a[:] = 0
    in_b[:] = 0
    covered = 0
    while count:
        best = 0
        for number in range(1, count):
            for column in range(3):
                if runs[number, column] != runs[best, column]:
                    if runs[number, column] < runs[best, column]:
                        best = number
                    break
        length, at, to = -runs[best, 0], runs[best, 1], runs[best, 2]
        count -= 1
        runs[best] = runs[count]
        free = 0
        pieces = count
        for step in range(length + 1):
            if step < length and not in_a[at + step] and not in_b[to + step]:
                free += 1
                continue
            if least <= free < length:
                if pieces == len(runs):
                    return -1
                runs[pieces, 0] = -free
                runs[pieces, 1], runs[pieces, 2] = at + step - free, to + step - free
                pieces += 1
            if free == length:
                in_a[at : at + length] = 1
                in_b[to : to + length] = 1
                covered += length
            free = 0
        count = pieces
    return covered


@compiled
def _stretch(held, size, least):
    """Return how many tokens lie in the windows that are marked so, or more."""
    covered = end = 0
    for place in range(len(held)):
        if held[place] >= least:
            covered += place + size - max(place, end)
            end = place + size
    return covered


@compiled
def _touches(held, furniture, size):
    """Say whether a shared window begins or ends in furniture."""
    for place in range(len(held) - size + 1):
        if held[place] and (furniture[place] or furniture[place + size - 1]):
            return True
    return False


@compiled
def _same(a, b):
    """Say whether two texts have the same tokens, and any at all."""
    if len(a) != len(b) or len(a) == 0:
        return False
    for place in range(len(a)):
        if a[place] != b[place]:
            return False
    return True


@compiled
def weigh_pairs(
    pairs, size, enough, few, tokens, offsets, room, own_room, own_words, furniture, out
):
    """Find what each pair of sheets shares, in the columns that are named above.

    Args:
        pairs: Two rows each; int64.
        size: Tokens of a window.
        enough: Share of both that passages must be able to cover to be laid.
        few: With fewer own words the longest run of all is found too.
        tokens: Of all sheets, end to end; uint64.
        offsets: Where those of each sheet begin, and the end; int64.
        room: Of each token, as in `Sheet`; int32.
        own_room: The same.
        own_words: Of each sheet; int64.
        furniture: Of each token, whether it is furniture; uint8.
        out: Shape `(pairs, COLUMNS)`, int64.

    Returns:
        How many different windows each sheet in a pair has; int64.
    """
    rows = len(offsets) - 1
    longest = 1
    for row in range(rows):
        longest = max(longest, offsets[row + 1] - offsets[row])
    table = np.zeros(U64(1) << (WHOLE - table_shift(longest)), dtype=np.uint64)
    opened = NONE
    runs = np.empty((MOST_RUNS, 3), dtype=np.int64)
    met = np.empty(longest, dtype=np.int32)
    marks_a, marks_b = np.empty(longest, dtype=np.uint8), np.empty(longest, dtype=np.uint8)
    hashes, words = np.empty((2, len(tokens)), dtype=np.uint32)
    before, word_before = np.empty((2, len(tokens)), dtype=np.int32)
    flags, word_flags = np.empty((2, len(tokens)), dtype=np.uint8)
    different = np.zeros(rows, dtype=np.int64)
    ready = np.zeros(rows, dtype=np.bool_)
    asked = np.zeros(rows, dtype=np.bool_)
    for number in range(len(pairs)):
        asked[pairs[number, 0]] = asked[pairs[number, 1]] = True
    for row in range(rows):
        if not asked[row]:
            continue
        here = slice(offsets[row], offsets[row + 1])
        different[row] = fill_windows(
            tokens[here],
            room[here],
            own_room[here],
            size,
            hashes[here],
            before[here],
            flags[here],
            table,
        )
    for number in range(len(pairs)):
        row_a, row_b = pairs[number, 0], pairs[number, 1]
        in_a = slice(offsets[row_a], offsets[row_a + 1])
        in_b = slice(offsets[row_b], offsets[row_b + 1])
        a, b = tokens[in_a], tokens[in_b]
        room_a, room_b = room[in_a], room[in_b]
        own_a, own_b = own_room[in_a], own_room[in_b]
        before_a = before[in_a]
        if opened != row_a:
            opened = row_a
            _open(hashes[in_a], flags[in_a], table)
        found = out[number]
        found[:] = 0
        found[IDENTICAL] = _same(a, b)
        held_a, held_b = marks_a[: len(a)], marks_b[: len(b)]
        places = met[: len(b)]
        _meet(len(a), hashes[in_b], room_b, size, table, places)
        chain_a, chain_b = (before_a, flags[in_a]), (before[in_b], flags[in_b])
        found[SHARED] = _hold(places, chain_a, chain_b, own_a, own_b, size, held_a, held_b)
        found[TOUCHED] = _touches(held_a, furniture[in_a], size)
        if own_words[row_a] <= own_words[row_b]:
            found[TAKEN] = _stretch(held_a, size, OWN)
        if own_words[row_b] <= own_words[row_a]:
            found[TAKEN] = max(found[TAKEN], _stretch(held_b, size, OWN))
        most = MOST_WORK * (len(a) + len(b))
        scarce = min(own_words[row_a], own_words[row_b]) < few
        run = _longest(a, b, own_a, own_b, places, before_a, most)
        any_run = _longest(a, b, room_a, room_b, places, before_a, most) if scarce else size
        coverable = (
            not found[IDENTICAL]
            and len(a) > 0
            and len(b) > 0
            and _stretch(held_a, size, ALL) / len(a) >= enough
            and _stretch(held_b, size, ALL) / len(b) >= enough
        )
        if coverable:
            laid = _runs(a, b, room_a, room_b, places, before_a, size, most, runs)
            need = enough * max(len(a), len(b))
            covered = _tiled(runs, laid, size, need, held_a, held_b) if laid >= 0 else -1
            found[COVERED] = covered
            found[UNSURE] |= covered < 0
        if 0 <= run < size or 0 <= any_run < size:
            # No window shows a run so short: it is looked for from single tokens.
            for row, here in ((row_a, in_a), (row_b, in_b)):
                if not ready[row]:
                    ready[row] = True
                    fill_windows(
                        tokens[here],
                        room[here],
                        own_room[here],
                        1,
                        words[here],
                        word_before[here],
                        word_flags[here],
                        table,
                    )
            opened = NONE
            _open(words[in_a], word_flags[in_a], table)
            _meet(len(a), words[in_b], room_b, 1, table, places)
            if 0 <= run < size:
                run = _longest(a, b, own_a, own_b, places, word_before[in_a], most)
            if 0 <= any_run < size:
                any_run = _longest(a, b, room_a, room_b, places, word_before[in_a], most)
        found[OWN_RUN] = run
        found[ANY_RUN] = any_run if scarce else 0
        found[UNSURE] |= run < 0 or any_run < 0
    return different
