"""The compiled engine's short runs: those of fewer tokens than a window, which no window shows."""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def, assignment"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import ONE, TOKEN, U32, U64, lean
from dedup.detect.lanekernel import load_bytes, lowest, not_zero, spread
from dedup.detect.shinglekernel import hash_shingles
from dedup.scanning.comparing.figures import NONE, ROUND
from dedup.scanning.comparing.windowkernel import MOST_WORK, U8, clear, mark_windows, taken


@lean
def _open_brief(a, stops, size, room, table):
    """Make a table of the windows of so few tokens in a sheet; return its shift.

    A place of it has the last window whose hash leads there, and `before` those before that.
    """
    (hashes, _), (flags, _), joint, before = room
    hash_shingles(a, len(a) - size + 1, size, hashes, 0)
    mark_windows(stops, size, flags[: len(a)], joint[: len(a)])
    shift = clear(table, len(a))
    for place in range(U64(max(0, len(a) - size + 1))):
        at = U64(hashes[place]) * TOKEN >> shift
        before[place] = table[at]
        table[at] = place + ONE
    return shift


@lean
def _run_from(a, b, flags_a, flags_b, at, to, kind, size, most):
    """Return the tokens of the common run that begins at two places, up to so many, or 0."""
    run = 0
    while run < size and a[at + run] == b[to + run]:
        run += 1
    if run < size or not flags_a[at] & kind:
        return 0
    while (
        run < most
        and at + run < len(a)
        and to + run < len(b)
        and a[at + run] == b[to + run]
        and flags_a[at + run - size + 1] & flags_b[to + run - size + 1] & kind
    ):
        run += 1
    return run


@lean
def _brief_run(a, b, stops_b, kind, size, most, room, table, shift):
    """Return the longest common run of `size` to `most` tokens; 0 if there is none, -1 to give up.

    Of single tokens it is not longer than one: these do not show what is left out between them.
    """
    (_, hashes_b), (flags_a, flags_b), joint, before = room
    hash_shingles(b, len(b) - size + 1, size, hashes_b, 0)
    mark_windows(stops_b, size, flags_b[: len(b)], joint[: len(b)])
    most = most if size > 1 else 1
    steps = MOST_WORK * (len(a) + len(b))
    longest = 0
    for begin in range(0, len(b), ROUND):
        left = not_zero(load_bytes(flags_b, begin) & spread(U8(kind)))
        left &= taken(table, hashes_b, begin, shift)
        while left:
            to = begin + np.int64(lowest(left))
            left &= left - ONE
            at = table[U64(hashes_b[to]) * TOKEN >> shift]
            while at:
                run = _run_from(a, b, flags_a, flags_b, np.int64(at) - 1, to, kind, size, most)
                longest = max(longest, run)
                if longest == most:
                    return longest
                at = before[at - U32(1)]
                steps -= 1
            if steps < 0:
                return -1
    return longest


@lean
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
        brief: The row and the shift of that table; the table; and places for the longest sheet
            and a round: hashes (twice), bits (twice), joint bits, and chains.
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
