"""The compiled engine's work on sets of shingles: sort them, and count what two have in common."""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

import numpy as np

from dedup.detect.kernel import compiled


@compiled
def distinct_rows(hashes, offsets, first, stop, below, out, sizes):
    """Write the sorted set of the hashes less than `below` of each article to where it lies."""
    for row in range(first, stop):
        start, count = offsets[row], 0
        for place in range(start, offsets[row + 1]):
            if hashes[place] < below:
                out[start + count] = hashes[place]
                count += 1
        ordered = np.sort(out[start : start + count])
        kept = 0
        for number in range(count):
            if number == 0 or ordered[number] != ordered[number - 1]:
                out[start + kept] = ordered[number]
                kept += 1
        sizes[row] = kept


@compiled
def shared_pairs(hashes, offsets, a, b, first, stop, out):
    """Count what the sorted sets of articles `a[i]` and `b[i]` have in common, without a branch."""
    for pair in range(first, stop):
        one, one_end = offsets[a[pair]], offsets[a[pair] + 1]
        two, two_end = offsets[b[pair]], offsets[b[pair] + 1]
        count = 0
        while one < one_end and two < two_end:
            left, right = hashes[one], hashes[two]
            count += left == right
            one += left <= right
            two += right <= left
        out[pair] = count
