"""The compiled engine's work on furniture: is a shingle among it, and how many are not?"""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: PLR0913, PLR0917

from __future__ import annotations

from dedup.detect.kernel import ONE, U32, U64, ZERO, compiled

#: Of a hash, the bits that lie below those by which furniture is found.
LOWER = U32(16)


@compiled
def mark_furniture(furniture, marks, starts):
    """Set the bits of `marks` that stand for the sorted furniture, and index it by upper halves.

    `marks` has a power of two of numbers, all 0 at first; `starts` has 65,537, and of a value of
    the upper half says where those with it begin.
    """
    mask = U64(64 * len(marks) - 1)
    for value in furniture:
        bit = U64(value) & mask
        marks[bit >> U64(6)] |= ONE << (bit & U64(63))
    place = 0
    for upper in range(len(starts)):
        while place < len(furniture) and furniture[place] >> LOWER < upper:
            place += 1
        starts[upper] = place


@compiled
def is_known(value, furniture, starts):
    """Say whether a hash whose bit is set is among the furniture.

    The bit is for the caller to look at: to hand over as many arrays for every hash takes ten times
    as long.
    """
    upper = value >> LOWER
    found = False
    for place in range(starts[upper], starts[upper + U32(1)]):
        found |= furniture[place] == value
    return found


@compiled
def count_without(hashes, offsets, first, stop, furniture, marks, starts, sizes):
    """Count the hashes of each article that are not furniture."""
    mask = U64(64 * len(marks) - 1)
    for row in range(first, stop):
        count = 0
        for place in range(offsets[row], offsets[row + 1]):
            value = hashes[place]
            bit = U64(value) & mask
            marked = marks[bit >> U64(6)] >> (bit & U64(63)) & ONE != ZERO
            count += not (marked and is_known(value, furniture, starts))
        sizes[row] = count
