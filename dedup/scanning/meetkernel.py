"""The compiled engine's meeting of two sheets: which windows of them are alike, and in what runs.

The windows of one sheet are looked up in a table of the other's; where one is found, both are
followed for as long as they agree, so that most windows of two versions are never looked up.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import ZERO, lean
from dedup.scanning.windowkernel import (
    ALL,
    BARE,
    KINDS,
    LAST,
    MOST_WORK,
    NONE,
    TOUCHES,
    TWICE,
    find,
)

#: Columns of a stretch of windows: how many it has, where they begin in either sheet, and of what
#: kinds all of them are in both.
WINDOWS, AT, TO, BOTH = range(4)


@lean
def _agree(hashes_a, flags_a, hashes_b, flags_b, at, to):
    """Say whether two windows are alike."""
    return flags_a[at] & flags_b[to] & ALL and hashes_a[at] == hashes_b[to]


@lean
def _follow(one, two, at, to, size, stretch):
    """Write the stretch that begins at two windows which are alike; return how long it is.

    Less than zero where it is of windows that only their hashes make alike. What is looped over
    are arrays of their own: the compiler makes vectors of these.
    """
    most = min(len(one[0]) - at, len(two[0]) - to)
    a, hashes_a, flags_a = one[0][at:], one[1][at : at + most], one[2][at : at + most]
    b, hashes_b, flags_b = two[0][to:], two[1][to : to + most], two[2][to : to + most]
    windows = 1
    while (
        windows < most
        and hashes_a[windows] == hashes_b[windows]
        and flags_a[windows] & flags_b[windows] & ALL
    ):
        windows += 1
    both = KINDS
    for step in range(windows):
        both &= flags_a[step] & flags_b[step]
    differ = ZERO
    for step in range(windows + size - 1):
        differ |= a[step] ^ b[step]
    stretch[WINDOWS], stretch[AT], stretch[TO], stretch[BOTH] = windows, at, to, both
    return windows if not differ else -windows


@lean
def _mark(flags_b, joint_a, met, held):
    """Tell the windows of a stretch of what kinds they are in the other sheet."""
    for step in range(len(met)):
        met[step] |= flags_b[step]
    for step in range(len(held)):
        held[step] = flags_b[step] & joint_a[step]


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
            if windows < 0:
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
        met: Is told of each window of the first of what kinds those of the second are.
        held: Is told of each window of the second of what kinds it is that the first has too.
        stretches: Where to.
    """
    a, hashes_a, flags_a = one
    b, hashes_b, flags_b = two
    met[: len(a)] = 0
    held[: len(b)] = 0
    most = MOST_WORK * (len(a) + len(b))
    count = to = 0
    while to < len(b):
        if not flags_b[to] & ALL:
            to += 1
            continue
        at = np.int64(table[find(table, hashes_a, hashes_b[to], shift)]) - 1
        if at == NONE:
            to += 1
            continue
        if count == len(stretches):
            return -1
        windows = _follow(one, two, at, to, size, stretches[count])
        if windows < 0:
            return -1
        joined = at > 0 and to > 0 and _agree(hashes_a, flags_a, hashes_b, flags_b, at - 1, to - 1)
        count += not joined
        here, there = slice(to, to + windows), slice(at, at + windows)
        _mark(flags_b[here], joint_a[there], met[there], held[here])
        for step in range(windows if repeats else 0):
            if flags_a[at + step] & TWICE:
                other = np.int64(table[find(table, hashes_a, hashes_b[to + step], shift)]) - 1
                places = other, at + step, to + step
                count, steps = _elsewhere(one, two, before_a, places, size, stretches, count)
                most -= steps
                if count < 0 or most < 0:
                    return -1
        to += windows
    return count


@lean
def spread(met, size, covered, counts):
    """Count the tokens that lie in windows of each kind that are marked so.

    `covered` is told of each token in what kinds of them it lies.
    """
    count = len(met)
    for place in range(count):
        covered[place] = met[place]
    for step in range(1, size):
        behind = covered[step:]
        for place in range(count - step):
            behind[place] |= met[place]
    everywhere = own = bare = bare_own = 0
    for place in range(count):
        everywhere += covered[place] & 1
        own += (covered[place] >> 1) & 1
        bare += (covered[place] >> 2) & 1
        bare_own += (covered[place] >> 3) & 1
    counts[0], counts[1], counts[2], counts[3] = everywhere, own, bare, bare_own


@lean
def hold(one, joint_a, before_a, again_a, repeats, met):
    """Tell each window of the first sheet of what kinds both have it, and it is itself.

    Returns:
        How many different windows both have, as they are and without furniture, and whether one
        of these begins or ends in furniture.
    """
    _, _, flags_a = one
    for number in range(repeats):
        place = again_a[number]
        met[place] |= met[before_a[place]]
    for number in range(repeats - 1, -1, -1):
        place = again_a[number]
        met[before_a[place]] = met[place]
    shared = bare = touched = 0
    for place in range(len(flags_a)):
        both = met[place] & joint_a[place]
        last = (flags_a[place] // LAST) & 1
        shared += both & last
        bare += (both // BARE) & last
        touched |= (met[place] & ALL) * TOUCHES & flags_a[place]
        met[place] &= flags_a[place]
    return shared, bare, touched
