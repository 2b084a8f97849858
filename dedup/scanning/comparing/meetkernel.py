"""The compiled engine's meeting of two sheets: which windows of them are alike, and in what runs.

The windows of one sheet are looked up in a table of the other's; where one is found, both are
followed for as long as they agree, so that most windows of two versions are never looked up.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def, assignment"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import ONE, ZERO, lean
from dedup.detect.lanekernel import (
    choose,
    how_many,
    load_bytes,
    load_words,
    lowest,
    not_zero,
    spread,
    store,
)
from dedup.scanning.comparing.figures import NONE, ROUND
from dedup.scanning.comparing.windowkernel import (
    ALL,
    BARE,
    BARE_OWN,
    EIGHT,
    LAST,
    MOST_WORK,
    OWN,
    TOUCHES,
    TWICE,
    U8,
    find,
    first_bits,
    taken,
)

#: Columns of a stretch of windows: how many it has, and where they begin in either sheet.
WINDOWS, AT, TO = range(3)


@lean
def _agree(hashes_a, flags_a, hashes_b, flags_b, at, to):
    """Say whether two windows are alike."""
    return flags_a[at] & flags_b[to] & ALL and hashes_a[at] == hashes_b[to]


@lean
def _equal_tokens(a, b, at, to):
    """Return how many tokens from a place on are the same in both sheets."""
    most = min(len(a) - at, len(b) - to)
    run = 0
    while run + EIGHT <= most:
        differ = not_zero(load_words(a, at + run) ^ load_words(b, to + run))
        if differ:
            return run + np.int64(lowest(differ))
        run += EIGHT
    while run < most and a[at + run] == b[to + run]:
        run += 1
    return run


@lean
def _follow(one, two, at, to, size, stretch):
    """Write the stretch that begins at two windows which are alike; return how long it is.

    Less than one where only their hashes make them alike.
    """
    a, _, flags_a = one
    b, _, flags_b = two
    windows = _equal_tokens(a, b, at, to) - size + 1
    for begin in range(0, windows, ROUND):
        both = load_bytes(flags_a, at + begin) & load_bytes(flags_b, to + begin)
        bits = not_zero(both & spread(U8(ALL))) & first_bits(windows - begin)
        stands = np.int64(lowest(~bits))
        if stands < ROUND:
            windows = begin + stands
            break
    stretch[WINDOWS], stretch[AT], stretch[TO] = windows, at, to
    return windows


@lean
def _mark(flags_b, joint_a, at, to, windows, met, held):
    """Tell the windows of a stretch of what kinds they are in the other sheet."""
    for begin in range(0, windows, ROUND):
        bits, here, there = first_bits(windows - begin), at + begin, to + begin
        of_b, marked, kept = (
            load_bytes(flags_b, there),
            load_bytes(met, here),
            load_bytes(held, there),
        )
        store(met, here, choose(bits, marked | of_b, marked))
        store(held, there, choose(bits, of_b & load_bytes(joint_a, here), kept))


@lean
def _elsewhere(one, two, before_a, places, size, stretches, count):
    """Add the stretches that begin at a window of the second sheet and elsewhere in the first.

    Args:
        one: As in `meet`, and so the next.
        two: See there.
        before_a: See there.
        places: The last window of the first sheet that is alike, the one that was followed, and the
            one of the second sheet.
        size: As in `meet`.
        stretches: See there.
        count: How many there are already.

    Returns:
        How many there are now, or -1, and how many windows were looked at.
    """
    _, hashes_a, flags_a = one
    _, hashes_b, flags_b = two
    other, followed, to = places
    steps = 0
    while other != NONE:
        steps += 1
        joined = other > 0 and to > 0
        joined = joined and _agree(hashes_a, flags_a, hashes_b, flags_b, other - 1, to - 1)
        if other != followed and not joined:
            if count == len(stretches):
                return -1, steps
            windows = _follow(one, two, other, to, size, stretches[count])
            if windows < 1:
                return -1, steps
            steps += windows
            count += 1
        other = before_a[other]
    return count, steps


@lean
def meet(one, two, joint_a, before_a, size, repeats, table, shift, met, held, stretches):
    """Find all stretches of windows that two sheets have in common; return how many, or -1.

    Args:
        one: Tokens, hashes and bits of the first sheet.
        two: Of the second.
        joint_a: Of what kinds any window of the first is that is alike to each.
        before_a: The chains of the first.
        size: Tokens of a window.
        repeats: How many windows of the first are alike to an earlier one.
        table: Of the first.
        shift: Of the table.
        met: Is told of each window of the first of what kinds those of the second are; zeros.
        held: Is told of each window of the second of what kinds it is that the first has too;
            zeros.
        stretches: Where to.
    """
    a, hashes_a, flags_a = one
    b, hashes_b, flags_b = two
    most = MOST_WORK * (len(a) + len(b))
    count = to = 0  # windows before `to` are done
    for begin in range(0, len(b), ROUND):
        if to >= begin + ROUND:
            continue
        left = not_zero(load_bytes(flags_b, begin) & spread(U8(ALL))) & ~first_bits(to - begin)
        left &= taken(table, hashes_b, begin, shift)
        while left:
            to = begin + np.int64(lowest(left))
            left &= left - ONE
            at = np.int64(table[find(table, hashes_a, hashes_b[to], shift)]) - 1
            if at == NONE:
                continue
            if count == len(stretches):
                return -1
            windows = _follow(one, two, at, to, size, stretches[count])
            if windows < 1:
                return -1
            joined = at > 0 and to > 0
            count += not (joined and _agree(hashes_a, flags_a, hashes_b, flags_b, at - 1, to - 1))
            _mark(flags_b, joint_a, at, to, windows, met, held)
            for step in range(windows if repeats else 0):
                if flags_a[at + step] & TWICE:
                    other = np.int64(table[find(table, hashes_a, hashes_b[to + step], shift)]) - 1
                    places = other, at + step, to + step
                    count, steps = _elsewhere(one, two, before_a, places, size, stretches, count)
                    most -= steps
                    if count < 0 or most < 0:
                        return -1
            to += windows
            left &= ~first_bits(to - begin)
    return count


@lean
def count_covered(marks, size, count, counts):
    """Count the tokens that lie in windows of each kind that are marked so.

    Args:
        marks: Of what kinds each window is, from `size` on; around these stand zeros.
        size: Tokens of a window.
        count: Tokens of the sheet.
        counts: Where to, in the order of the kinds.
    """
    everywhere = own = bare = bare_own = ZERO
    for at in range(size, size + count, ROUND):
        covered = load_bytes(marks, at)
        for step in range(1, size):
            covered = covered | load_bytes(marks, at - step)
        everywhere += how_many(not_zero(covered & spread(U8(ALL))))
        own += how_many(not_zero(covered & spread(U8(OWN))))
        bare += how_many(not_zero(covered & spread(U8(BARE))))
        bare_own += how_many(not_zero(covered & spread(U8(BARE_OWN))))
    counts[0], counts[1], counts[2], counts[3] = everywhere, own, bare, bare_own


@lean
def hold(one, joint_a, before_a, again_a, repeats, met):
    """Tell each window of the first sheet of what kinds both have it, and it is itself.

    Returns:
        How many different windows both have, as they are and without furniture; and whether one
        of these begins or ends in furniture.
    """
    _, _, flags_a = one
    for number in range(repeats):
        place = again_a[number]
        met[place] |= met[before_a[place]]
    for number in range(repeats - 1, -1, -1):
        place = again_a[number]
        met[before_a[place]] = met[place]
    shared = bare = touched = ZERO
    for at in range(0, len(flags_a), ROUND):
        flags, found = load_bytes(flags_a, at), load_bytes(met, at)
        both = found & load_bytes(joint_a, at)
        last = not_zero(flags & spread(U8(LAST)))
        shared += how_many(last & not_zero(both & spread(U8(ALL))))
        bare += how_many(last & not_zero(both & spread(U8(BARE))))
        touches = not_zero(flags & spread(U8(TOUCHES)))
        touched |= touches & not_zero(found & spread(U8(ALL)))
        store(met, at, found & flags)
    return (np.int64(shared), np.int64(bare)), touched > ZERO
