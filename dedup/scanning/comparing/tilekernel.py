"""The compiled engine's runs: the longest one that two sheets share, and how they are tiled.

Windows that follow each other in both sheets are a stretch; a run of one kind is a part of it.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def, assignment"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import U64, lean
from dedup.detect.lanekernel import load_bytes, lowest, not_zero, spread
from dedup.scanning.comparing.figures import ROUND
from dedup.scanning.comparing.meetkernel import AT, TO, WINDOWS
from dedup.scanning.comparing.windowkernel import U8, first_bits

#: Runs that hardly ever overlap: of windows so long few stand twice in a text.
LONG = 16


@lean
def split_runs(stretches, count, flags_a, flags_b, kind, size, runs):
    """Write the runs of a kind in some stretches; return how many, or -1 where there is no room.

    A run is its length, less than zero, and where it begins in either sheet.
    """
    found = 0
    for number in range(count):
        windows, at, to = stretches[number, WINDOWS], stretches[number, AT], stretches[number, TO]
        run = 0  # windows up to here
        for begin in range(0, windows, ROUND):
            both = load_bytes(flags_a, at + begin) & load_bytes(flags_b, to + begin)
            bits = not_zero(both & spread(U8(kind))) & first_bits(windows - begin)
            step, end = 0, min(ROUND, windows - begin)
            while step < end:
                more = np.int64(lowest(~(bits >> U64(step))))
                run, step = run + more, step + more
                if step == end and begin + end < windows:
                    break  # it may go on
                if run:
                    if found == len(runs):
                        return -1
                    first = begin + step - run
                    runs[found, 0] = -(run + size - 1)
                    runs[found, 1], runs[found, 2] = at + first, to + first
                    found += 1
                    run = 0
                if step < end:
                    step += np.int64(lowest(bits >> U64(step)))
    return found


@lean
def longest_run(runs, count):
    """Return the tokens of the longest of some runs; 0 if there is none."""
    longest = 0
    for number in range(count):
        longest = max(longest, -runs[number, 0])
    return longest


@lean
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


@lean
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
