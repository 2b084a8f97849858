"""Sheets as bytes, written by a compiled function from what was found in texts."""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0912, PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import ONE, U32, U64, ZERO, lean
from dedup.detect.shinglekernel import _hash_shingles
from dedup.scanning.outlined import (
    BEGIN,
    BEGIN_LINE,
    END,
    END_LINE,
    FILTER_BITS,
    KEPT,
    LEFT,
    TOKENS,
)

#: 32-bit numbers before the arrays of a packed sheet (`packing.LENGTHS`).
HEADER = 8


@lean
def _in_furniture(shingle, furniture, sieve):
    """Say whether a shingle is furniture."""
    place = shingle >> U32(32 - FILTER_BITS)
    if not sieve[place >> U32(6)] >> U64(place & U32(63)) & ONE:
        return False
    found = np.searchsorted(furniture, shingle)
    return found < len(furniture) and furniture[found] == shingle


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
def pack_rows(
    out, absent, ends, kinds, pages, furniture, sieve, size, shingles, wide, inner, narrow, sizes
):
    """Write packed sheets, one behind the other.

    Args:
        out: As `outline_rows` wrote it, and so `ends` and `kinds`.
        absent: Of each line, whether it is not compared; uint8.
        ends: How much of all that there is up to the end of each text.
        kinds: What each text is; of one that is `LEFT` no sheet is written.
        pages: Digests of the pages that they stand at, 0 for unknown; uint64.
        furniture: Shingles of furniture, sorted; uint32.
        sieve: A bit for each beginning of a shingle, whether any of them has it; uint64.
        size: Words of such a shingle.
        shingles: Room for those of the longest text; uint32.
        wide: Where to write; uint64, and the next two are the same bytes.
        inner: int32.
        narrow: uint8.
        sizes: Bytes of each sheet; int64.
    """
    hashes, letters, lines, _, _, quotes, singles = out
    start = ZERO  # of a sheet, in eights of bytes
    for row in range(len(kinds)):
        sizes[row] = 0
        if kinds[row] == LEFT:
            continue
        token, line, last = U64(ends[row, 0]), ends[row, 1], ends[row + 1, 1]
        count = _count_kept(lines, line, last, absent)
        first = start + U64(HEADER // 2)
        at = _copy_kept(hashes, token, lines, line, last, absent, ZERO, wide, first)
        paged = ZERO
        if pages[row]:
            wide[at] = pages[row]
            paged = ONE
        at = begun = (at + paged) << ONE
        for number in range(line, last):
            gap = lines[number, KEPT]
            if absent[number] and (at == begun or inner[at - ONE] != gap):
                inner[at] = gap
                at += ONE
        breaks = at - begun
        for number in range(ends[row, 2], ends[row + 1, 2]):
            for side, of_line in ((BEGIN, BEGIN_LINE), (END, END_LINE)):
                own = line + quotes[number, of_line]
                inner[at] = _place(lines, line, own, absent, quotes[number, side])
                at += ONE
        begun, own = at, line
        for number in range(ends[row, 3], ends[row + 1, 3]):
            while lines[own, TOKENS] <= singles[number]:
                own += 1
            if not absent[own]:
                inner[at] = _place(lines, line, own, absent, singles[number])
                at += ONE
        paired, begun = at - begun, at
        windows = max(0, count - size + 1) if len(furniture) else 0
        _hash_shingles(wide[first:], windows, size, shingles, 0)
        marked = 0  # tokens before this are in furniture or are none
        for number in range(windows):
            if _in_furniture(shingles[number], furniture, sieve):
                for within in range(max(marked, number), number + size):
                    inner[at] = within
                    at += ONE
                marked = number + size
        header = start << ONE
        inner[header], inner[header + ONE] = count, paged
        inner[header + U64(2)], inner[header + U64(3)] = (
            breaks,
            2 * (ends[row + 1, 2] - ends[row, 2]),
        )
        inner[header + U64(4)], inner[header + U64(5)] = paired, at - begun
        begun = end = at << U64(2)
        for shift in range(2 if _has_long(letters, token, U64(ends[row + 1, 0])) else 1):
            end = _copy_kept(letters, token, lines, line, last, absent, U64(8 * shift), narrow, end)
        inner[header + U64(6)], inner[header + U64(7)] = end - begun, 0
        while end & U64(7):
            narrow[end] = 0
            end += ONE
        sizes[row] = int(end - (start << U64(3)))
        start = end >> U64(3)
