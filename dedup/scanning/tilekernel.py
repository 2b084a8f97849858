"""The compiled engine's runs: the longest one that two sheets share, and how they are tiled.

Windows that follow each other in both sheets are a stretch; a run of one kind is a part of it.
"""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import lean
from dedup.scanning.meetkernel import AT, BOTH, TO, WINDOWS

#: Runs that hardly ever overlap: of windows so long few stand twice in a text.
LONG = 16


@lean
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


@lean
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
