"""The compiled engine's runs: the longest one that two sheets share, and how they are tiled.

Windows that follow each other in both sheets are a stretch; a run of one kind is a part of it. Runs
of fewer tokens than a window no stretch shows: they are looked for by themselves.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import U64, compiled
from dedup.scanning.windowkernel import (
    NONE,
    TWICE,
    chain_windows,
    find,
    hash_windows,
    mark_windows,
)

#: Columns of a stretch: how many windows it has, where they begin in either sheet, and of what
#: kinds all of them are in both.
WINDOWS, AT, TO, BOTH = range(4)
STRETCH = 4
#: Windows that are looked at for each token before giving up.
MOST_WORK = 64
#: Runs that hardly ever overlap: of windows so long few stand twice in a text.
LONG = 16


@compiled
def longest_run(stretches, count, flags_a, flags_b, kind, size):
    """Return the tokens of the longest run of a kind in some stretches; 0 if there is none."""
    longest = 0
    for number in range(count):
        windows = stretches[number, WINDOWS]
        if windows <= longest:
            continue
        if stretches[number, BOTH] & kind:
            longest = windows
            continue
        at, to = stretches[number, AT], stretches[number, TO]
        first, second = flags_a[at : at + windows], flags_b[to : to + windows]
        here = 0
        for step in range(windows):
            here = here + 1 if first[step] & second[step] & kind else 0
            longest = max(longest, here)
    return longest + size - 1 if longest else 0


@compiled
def split_runs(stretches, count, flags_a, flags_b, kind, size, runs):
    """Write the runs of a kind in some stretches; return how many, or -1 where there is no room.

    A run is its length, less than zero, and where it begins in either sheet.
    """
    found = 0
    for number in range(count):
        windows, at, to = stretches[number, WINDOWS], stretches[number, AT], stretches[number, TO]
        here = 0
        for step in range(windows + 1):
            if step < windows and flags_a[at + step] & flags_b[to + step] & kind:
                here += 1
                continue
            if here:
                if found == len(runs):
                    return -1
                runs[found, 0] = -(here + size - 1)
                runs[found, 1], runs[found, 2] = at + step - here, to + step - here
                found += 1
            here = 0
    return found


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
        there, here = in_a[at : at + length], in_b[to : to + length]
        taken = 0
        for step in range(length):
            taken |= there[step] | here[step]
        if taken:
            return -1
        there[:] = 1
        here[:] = 1
        covered += length
    return covered


@compiled
def tile(runs, count, least, enough, in_a, in_b):
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
        for column in range(3):
            runs[best, column] = runs[count, column]
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
def _open_brief(a, stops, size, room, table):
    """Make a table of the windows of so few tokens in a sheet; return its shift."""
    rolling, (hashes, _), (flags, _), joint, before, again, counts = room
    hash_windows(a, size, rolling, hashes)
    mark_windows(stops, size, flags[: len(a)], joint[: len(a)])
    return chain_windows(hashes[: len(a)], flags, joint, before, again, table, counts)


@compiled
def _brief_run(a, b, stops_b, kind, size, most, room, table, shift):
    """Return the longest common run of `size` to `most` tokens; 0 if there is none, -1 to give up.

    Of single tokens it is not longer than one: these do not show what is left out between them.
    """
    rolling, (hashes_a, hashes_b), (flags_a, flags_b), joint, before, _, _ = room
    hash_windows(b, size, rolling, hashes_b)
    mark_windows(stops_b, size, flags_b[: len(b)], joint[: len(b)])
    most = most if size > 1 else 1
    steps = MOST_WORK * (len(a) + len(b))
    longest = 0
    for to in range(len(b) - size + 1):
        if not flags_b[to] & kind:
            continue
        at = np.int64(table[find(table, hashes_a, hashes_b[to], shift)]) - 1
        while at != NONE:
            run = 0
            while run < size and a[at + run] == b[to + run]:
                run += 1
            if run == size and flags_a[at] & kind:
                while (
                    run < most
                    and at + run < len(a)
                    and to + run < len(b)
                    and a[at + run] == b[to + run]
                    and flags_a[at + run - size + 1] & flags_b[to + run - size + 1] & kind
                ):
                    run += 1
                longest = max(longest, run)
            if longest == most:
                return longest
            at = before[at] if flags_a[at] & TWICE else NONE
            steps -= 1
        if steps < 0:
            return -1
    return longest


@compiled
def short_run(a, b, stops, kind, most, row, brief, spare):
    """Return the tokens of the longest common run of a kind that has no more than `most`.

    It is looked for from pairs of tokens, which seldom stand often in a text, and only then
    from single ones.

    Args:
        a: Tokens of the first sheet.
        b: Of the second.
        stops: Of what kinds each token of either is left out.
        kind: The kind.
        most: No longer run is shared.
        row: The number of the first sheet, of which a table is kept.
        brief: The row and the shift of that table; the table; and a tuple of hashes (twice), bits (twice), joint
            bits, chains (twice) and counts: places for the longest sheet.
        spare: A table for once.

    Returns:
        -1 where the texts repeat themselves too often.
    """
    kept, table, room = brief
    run = 0
    if most > 1:
        if kept[0] != row:
            kept[0], kept[1] = row, _open_brief(a, stops[0], 2, room, table)
        run = _brief_run(a, b, stops[1], kind, 2, most, room, table, U64(kept[1]))
    if run == 0:
        shift = _open_brief(a, stops[0], 1, room, spare)
        kept[0] = NONE
        run = _brief_run(a, b, stops[1], kind, 1, most, room, spare, shift)
    return run
