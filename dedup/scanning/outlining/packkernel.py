"""Sheets as bytes, written by a compiled function from what was found in texts."""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.furniturekernel import known_among
from dedup.detect.kernel import ONE, U64, ZERO, lean
from dedup.detect.lanekernel import lowest
from dedup.detect.shinglekernel import hash_shingles
from dedup.scanning.outlining.outlined import (
    BEGIN,
    BEGIN_LINE,
    END,
    END_LINE,
    KEPT,
    LEFT,
    TOKENS,
)

#: 32-bit numbers before the arrays of a packed sheet (`packing.LENGTHS`).
HEADER = 8


@lean
def _mark_furniture(shingles, windows, furniture, inner, at):
    """Write which tokens are in furniture; return the place after them."""
    grouped, firsts, sieve, size = furniture
    marked = 0  # tokens before this are in furniture or are none
    for first in range(0, windows, 16):
        known = known_among(shingles, first, windows, grouped, firsts, sieve)
        while known:
            number = first + np.int64(lowest(known))
            known &= known - ONE
            begun = number if number > marked else marked
            for within in range(begun, number + size):
                inner[at] = within
                at += ONE
            marked = number + size
    return at


@lean
def _count_kept(lines, first, last, absent):
    """Note before each line how many tokens are compared; return how many there are in all."""
    kept = before = 0
    for line in range(first, last):
        lines[line, KEPT] = kept
        if not absent[line]:
            kept += lines[line, TOKENS] - before
        before = lines[line, TOKENS]
    return kept


@lean
def _copy_kept(found, begin, lines, first, last, absent, shift, out, at):
    """Copy what was found of the tokens that are compared, shifted to the right by some bits."""
    start = stop = ZERO
    line = first
    while line < last:
        while line < last and not absent[line]:
            stop = U64(lines[line, TOKENS])
            line += 1
        for token in range(stop - start):  # side by side
            out[at + token] = found[begin + start + token] >> shift
        at += stop - start
        while line < last and absent[line]:
            start = stop = U64(lines[line, TOKENS])
            line += 1
    return at


@lean
def _place(lines, first, line, absent, token):
    """Return where a token of a line is in the sheet: where the line is not, where it would be."""
    place = lines[line, KEPT]
    if not absent[line]:
        place += token - (lines[line - 1, TOKENS] if line > first else 0)
    return place


@lean
def _has_long(letters, begin, end):
    """Say whether a token has more letters than a byte can say."""
    found = False
    for token in range(begin, end):
        found |= letters[token] > 0xFF
    return found


@lean
def pack_row(out, begins, ends, absent, page, furniture, sheets, start):
    """Write the sheet of a text, as `packing.pack_sheet` does; return where it ends.

    Args:
        out: As `outline_rows` wrote it.
        begins: How many tokens, lines, quotations and single characters there are before the text.
        ends: How many up to its end.
        absent: Of each line, whether it is not compared; uint8.
        page: The digest of the page that it stands at, 0 for unknown.
        furniture: As `marking.Furniture.laid_out` has it, and words of a shingle.
        sheets: Where to write: as uint64, as int32 and as uint8; and room for the shingles of the
            longest text and fifteen more, uint32.
        start: Where the sheet begins, in eights of bytes, and so where it ends.
    """
    hashes, letters, lines, _, _, _, quotes, singles = out
    wide, inner, narrow, shingles = sheets
    token, line, last, start = U64(begins[0]), begins[1], ends[1], U64(start)
    count = _count_kept(lines, line, last, absent)
    first = start + U64(HEADER // 2)
    at = _copy_kept(hashes, token, lines, line, last, absent, ZERO, wide, first)
    paged = ZERO
    if page:
        wide[at] = page
        paged = ONE
    at = begun = (at + paged) << ONE
    for number in range(line, last):
        gap = lines[number, KEPT]
        if absent[number] and (at == begun or inner[at - ONE] != gap):
            inner[at] = gap
            at += ONE
    breaks = at - begun
    for number in range(begins[2], ends[2]):
        for side, of_line in ((BEGIN, BEGIN_LINE), (END, END_LINE)):
            own = line + quotes[number, of_line]
            inner[at] = _place(lines, line, own, absent, quotes[number, side])
            at += ONE
    begun, own = at, line
    for number in range(begins[3], ends[3]):
        while lines[own, TOKENS] <= singles[number]:
            own += 1
        if not absent[own]:
            inner[at] = _place(lines, line, own, absent, singles[number])
            at += ONE
    paired, begun = at - begun, at
    size = furniture[3]
    windows = max(0, count - size + 1) if len(furniture[0]) else 0
    hash_shingles(wide[first:], windows, size, shingles, 0)
    at = _mark_furniture(shingles, windows, furniture, inner, at)
    header = start << ONE
    inner[header], inner[header + ONE] = count, paged
    inner[header + U64(2)], inner[header + U64(3)] = breaks, 2 * (ends[2] - begins[2])
    inner[header + U64(4)], inner[header + U64(5)] = paired, at - begun
    begun = end = at << U64(2)
    for shift in range(2 if _has_long(letters, token, U64(ends[0])) else 1):
        end = _copy_kept(letters, token, lines, line, last, absent, U64(8 * shift), narrow, end)
    inner[header + U64(6)], inner[header + U64(7)] = end - begun, 0
    while end & U64(7):
        narrow[end] = 0
        end += ONE
    return np.int64(end >> U64(3))


@lean
def pack_rows(out, absent, ends, kinds, rows, pages, furniture, sheets, begins, done):
    """Write the sheets of what had none yet, but for texts that are `LEFT`.

    Args:
        out: As `outline_rows` wrote it, and so `ends`, `kinds` and `rows`.
        absent: As `pack_row` takes it.
        ends: See `outline_rows`.
        kinds: See there.
        rows: See `rest` there, and so the next.
        pages: See there.
        furniture: As `pack_row` takes it.
        sheets: See there.
        begins: Where each sheet begins, in bytes, to be written; int64.
        done: The last is where the first sheet begins, and then where the last ends.
    """
    for number in range(len(kinds)):
        if kinds[number] != LEFT:
            row = rows[number]
            begins[row] = done[2] << 3
            first, last = ends[number], ends[number + 1]
            at = first[0], first[1], first[2], first[3]
            behind = last[0], last[1], last[2], last[3]
            done[2] = pack_row(out, at, behind, absent, pages[number], furniture, sheets, done[2])
