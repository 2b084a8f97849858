"""Sheets as bytes, written by a compiled function from what was found in texts."""

# Numba infers the types, and takes arrays one by one.
# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0912, PLR0913, PLR0915, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import FINAL, HALF, ONE, SHINGLE, U32, U64, ZERO, lean
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
def pack_rows(out, absent, ends, kinds, pages, furniture, sieve, size, wide, inner, narrow, sizes):
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
        wide: Where to write; uint64, and the next two are the same bytes.
        inner: int32.
        narrow: uint16.
        sizes: Bytes of each sheet; int64.
    """
    hashes, letters, lines, _, _, quotes, singles = out
    drop = ONE
    for _ in range(size):
        drop *= SHINGLE
    start = ZERO  # of a sheet, in eights of bytes
    for row in range(len(kinds)):
        sizes[row] = 0
        if kinds[row] == LEFT:
            continue
        token, line, last_line = U64(ends[row, 0]), ends[row, 1], ends[row + 1, 1]
        first = start + U64(HEADER // 2)
        count = before = ZERO
        for number in range(line, last_line):
            lines[number, KEPT] = count
            stop = U64(lines[number, TOKENS])
            if not absent[number]:
                for place in range(stop - before):
                    wide[first + count + place] = hashes[token + before + place]
                count += stop - before
            before = stop
        paged = ZERO
        if pages[row]:
            wide[first + count] = pages[row]
            paged = ONE
        at = begun = (first + count + paged) << ONE
        for number in range(line, last_line):
            gap = lines[number, KEPT]
            if absent[number] and (at == begun or inner[at - ONE] != gap):
                inner[at] = gap
                at += ONE
        breaks = at - begun
        for number in range(ends[row, 2], ends[row + 1, 2]):
            for side, of_line in ((BEGIN, BEGIN_LINE), (END, END_LINE)):
                own = line + quotes[number, of_line]
                inner[at] = lines[own, KEPT]
                if not absent[own]:
                    inner[at] += quotes[number, side]
                    if own > line:
                        inner[at] -= lines[own - 1, TOKENS]
                at += ONE
        begun, own = at, line
        for number in range(ends[row, 3], ends[row + 1, 3]):
            while lines[own, TOKENS] <= singles[number]:
                own += 1
            if not absent[own]:
                inner[at] = lines[own, KEPT] + singles[number]
                if own > line:
                    inner[at] -= lines[own - 1, TOKENS]
                at += ONE
        paired, begun = at - begun, at
        rolling = marked = ZERO  # tokens before this are in furniture or are none
        for number in range(count if len(furniture) else ZERO):
            rolling = rolling * SHINGLE + wide[first + number]
            if number >= U64(size):
                rolling -= wide[first + number - U64(size)] * drop
            if number + ONE < U64(size):
                continue
            shingle = U32((rolling ^ (rolling >> HALF)) * FINAL >> HALF)
            if _in_furniture(shingle, furniture, sieve):
                for within in range(max(marked, number + ONE - U64(size)), number + ONE):
                    inner[at] = within
                    at += ONE
                marked = number + ONE
        header = start << ONE
        inner[header], inner[header + ONE] = count, paged
        inner[header + U64(2)], inner[header + U64(3)] = (
            breaks,
            2 * (ends[row + 1, 2] - ends[row, 2]),
        )
        inner[header + U64(4)], inner[header + U64(5)] = paired, at - begun
        inner[header + U64(6)], inner[header + U64(7)] = count, 0
        end = at << ONE
        before = ZERO
        for number in range(line, last_line):
            stop = U64(lines[number, TOKENS])
            if not absent[number]:
                for place in range(stop - before):
                    narrow[end + place] = letters[token + before + place]
                end += stop - before
            before = stop
        while end & U64(3):
            narrow[end] = 0
            end += ONE
        sizes[row] = int(end - (start << U64(2))) * 2
        start = end >> U64(2)
