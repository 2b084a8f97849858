"""The compiled engine's work on sheets: what each of many pairs shares, as whole numbers.

One table a sheet, of its windows sorted by hash, and one walk along two of them give the windows
that a pair shares; runs are extended from these over the tokens themselves, so that they are
exact. `weighing.weigh_many` makes ratios and labels of the numbers; where a text repeats itself so
often that this would take long, the pair is left to `weigh`.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0915, PLR0917, SIM110

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import FINAL, HALF, SHINGLE, U64, compiled

#: The place in a key of a table; the hash stands above it.
PLACE = U64(0xFFFFFFFF)
#: Digits of the radix sort: four of eight bits make the hash.
DIGITS, DIGIT = (U64(32), U64(40), U64(48), U64(56)), U64(0xFF)
#: Columns of what is found of a pair.
IDENTICAL, SHARED, TAKEN, OWN_RUN, ANY_RUN, COVERED, TOUCHED, UNSURE = range(8)
COLUMNS = 8
#: Marks of windows that both have.
ALL, OWN = np.uint8(1), np.uint8(3)
#: Pairs of places that are looked at for each token, and runs that are tiled, before giving up.
MOST_WORK, MOST_RUNS = 64, 1024


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
def fill_table(tokens, start, stop, room, size, keys, spare):
    """Write the windows of one sheet, sorted: hash and place; return how many, and how different.

    A radix sort from the lowest digit on keeps equal hashes in order of their places.
    """
    count = 0
    for place in range(start, stop - size + 1):
        if room[place] < size:
            continue
        state = U64(0)
        for offset in range(size):
            state = state * SHINGLE + tokens[place + offset]
        state = (state ^ (state >> HALF)) * FINAL
        keys[start + count] = (state >> HALF) << HALF | U64(place - start)
        count += 1
    tally = np.empty(257, dtype=np.int64)
    one, two = keys[start : start + count], spare[:count]
    for shift in DIGITS:
        tally[:] = 0
        for number in range(count):
            tally[(one[number] >> shift & DIGIT) + U64(1)] += 1
        for digit in range(256):
            tally[digit + 1] += tally[digit]
        for number in range(count):
            digit = one[number] >> shift & DIGIT
            two[tally[digit]] = one[number]
            tally[digit] += 1
        one, two = two, one
    different = 0
    for number in range(count):
        different += number == 0 or one[number] >> HALF != one[number - 1] >> HALF
    return count, different


@compiled
def _meet(one, two, groups):
    """Write where windows that both tables hold stand in either; return how many are shared."""
    at = to = count = 0
    while at < len(one) and to < len(two):
        left, right = one[at] >> HALF, two[to] >> HALF
        if left < right:
            at += 1
        elif right < left:
            to += 1
        else:
            groups[count, 0], groups[count, 2] = at, to
            while at < len(one) and one[at] >> HALF == left:
                at += 1
            while to < len(two) and two[to] >> HALF == left:
                to += 1
            groups[count, 1], groups[count, 3] = at, to
            count += 1
    return count


@compiled
def _mark(table, start, stop, marks, mark):
    """Mark where some windows begin."""
    for number in range(start, stop):
        marks[np.int64(table[number] & PLACE)] = mark


@compiled
def _with_room(table, start, stop, room, size):
    """Say whether one of some windows has room."""
    for number in range(start, stop):
        if room[np.int64(table[number] & PLACE)] >= size:
            return True
    return False


@compiled
def _hold(one, two, groups, own_a, own_b, size, held_a, held_b):
    """Mark where windows begin that both have: `ALL`, and `OWN` where both have them as own."""
    held_a[:] = 0
    held_b[:] = 0
    for group in range(len(groups)):
        at, at_end, to, to_end = groups[group]
        own = _with_room(one, at, at_end, own_a, size) and _with_room(two, to, to_end, own_b, size)
        mark = OWN if own else ALL
        _mark(one, at, at_end, held_a, mark)
        _mark(two, to, to_end, held_b, mark)
    # Of an own window, the places in quotations are no own ones.
    for place in range(len(held_a)):
        if own_a[place] < size:
            held_a[place] &= ALL
    for place in range(len(held_b)):
        if own_b[place] < size:
            held_b[place] &= ALL


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
def _longest(a, b, room_a, room_b, one, two, groups, most):
    """Return the length of the longest common run from shared windows; -1 after `most` steps."""
    longest = steps = 0
    for group in range(len(groups)):
        for left in range(groups[group, 0], groups[group, 1]):
            at = np.int64(one[left] & PLACE)
            if room_a[at] <= longest:
                continue
            steps += groups[group, 3] - groups[group, 2]
            if steps > most:
                return -1
            for right in range(groups[group, 2], groups[group, 3]):
                to = np.int64(two[right] & PLACE)
                if room_b[to] > longest:
                    longest = max(longest, _run(a, b, room_a, room_b, at, to))
    return longest


@compiled
def _runs(a, b, room_a, room_b, one, two, groups, least, most, runs):
    """Write all maximal common runs of `least` tokens and more; return how many, or -1."""
    count = steps = 0
    for group in range(len(groups)):
        steps += (groups[group, 1] - groups[group, 0]) * (groups[group, 3] - groups[group, 2])
        if steps > most:
            return -1
        for left in range(groups[group, 0], groups[group, 1]):
            at = np.int64(one[left] & PLACE)
            for right in range(groups[group, 2], groups[group, 3]):
                to = np.int64(two[right] & PLACE)
                length = _run(a, b, room_a, room_b, at, to)
                if length >= least:
                    if count == len(runs):
                        return -1
                    runs[count, 0], runs[count, 1], runs[count, 2] = -length, at, to
                    count += 1
    return count


@compiled
def _tiled(runs, count, least, in_a, in_b):
    """Return how many tokens the greedy tiles of some runs cover, as `tiling.passages`; or -1.

    The longest run is laid, of equal ones the first; one that lies in part on others is cut to
    what is free, and waits again.
    """
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
        How many different windows each sheet has; int64.
    """
    rows = len(offsets) - 1
    longest = 0
    for row in range(rows):
        longest = max(longest, offsets[row + 1] - offsets[row])
    spare = np.empty(longest, dtype=np.uint64)
    groups = np.empty((longest, 4), dtype=np.int64)
    runs = np.empty((MOST_RUNS, 3), dtype=np.int64)
    marks_a, marks_b = np.empty(longest, dtype=np.uint8), np.empty(longest, dtype=np.uint8)
    keys = np.empty(len(tokens), dtype=np.uint64)
    words = np.empty(len(tokens), dtype=np.uint64)
    counts, different = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int64)
    ready = np.zeros(rows, dtype=np.bool_)
    for row in range(rows):
        counts[row], different[row] = fill_table(
            tokens, offsets[row], offsets[row + 1], room, size, keys, spare
        )
    for number in range(len(pairs)):
        row_a, row_b = pairs[number, 0], pairs[number, 1]
        start_a, end_a = offsets[row_a], offsets[row_a + 1]
        start_b, end_b = offsets[row_b], offsets[row_b + 1]
        a, b = tokens[start_a:end_a], tokens[start_b:end_b]
        room_a, room_b = room[start_a:end_a], room[start_b:end_b]
        own_a, own_b = own_room[start_a:end_a], own_room[start_b:end_b]
        one, two = keys[start_a : start_a + counts[row_a]], keys[start_b : start_b + counts[row_b]]
        found = out[number]
        found[:] = 0
        found[IDENTICAL] = _same(a, b)
        shared = groups[: _meet(one, two, groups)]
        found[SHARED] = len(shared)
        held_a, held_b = marks_a[: len(a)], marks_b[: len(b)]
        _hold(one, two, shared, own_a, own_b, size, held_a, held_b)
        found[TOUCHED] = _touches(held_a, furniture[start_a:end_a], size)
        if own_words[row_a] <= own_words[row_b]:
            found[TAKEN] = _stretch(held_a, size, OWN)
        if own_words[row_b] <= own_words[row_a]:
            found[TAKEN] = max(found[TAKEN], _stretch(held_b, size, OWN))
        most = MOST_WORK * (len(a) + len(b))
        scarce = min(own_words[row_a], own_words[row_b]) < few
        run = _longest(a, b, own_a, own_b, one, two, shared, most)
        any_run = _longest(a, b, room_a, room_b, one, two, shared, most) if scarce else size
        coverable = (
            not found[IDENTICAL]
            and len(a) > 0
            and len(b) > 0
            and _stretch(held_a, size, ALL) / len(a) >= enough
            and _stretch(held_b, size, ALL) / len(b) >= enough
        )
        if coverable:
            laid = _runs(a, b, room_a, room_b, one, two, shared, size, most, runs)
            covered = _tiled(runs, laid, size, held_a, held_b) if laid >= 0 else -1
            found[COVERED] = covered
            found[UNSURE] |= covered < 0
        if 0 <= run < size or 0 <= any_run < size:
            # No window shows a run so short: it is looked for from single tokens.
            for row in (row_a, row_b):
                if not ready[row]:
                    fill_table(tokens, offsets[row], offsets[row + 1], room, 1, words, spare)
                    ready[row] = True
            one, two = words[start_a:end_a], words[start_b:end_b]
            shared = groups[: _meet(one, two, groups)]
            if 0 <= run < size:
                run = _longest(a, b, own_a, own_b, one, two, shared, most)
            if 0 <= any_run < size:
                any_run = _longest(a, b, room_a, room_b, one, two, shared, most)
        found[OWN_RUN] = run
        found[ANY_RUN] = any_run if scarce else 0
        found[UNSURE] |= run < 0 or any_run < 0
    return different
