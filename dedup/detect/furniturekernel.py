"""The compiled engine's work on furniture: is a shingle among it, and what is left without it?"""

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
def is_furniture(value, furniture, marks, starts):
    """Say whether a hash is among the furniture. Hardly any that is not needs a second look."""
    bit = U64(value) & U64(64 * len(marks) - 1)
    if marks[bit >> U64(6)] >> (bit & U64(63)) & ONE == ZERO:
        return False
    upper = value >> LOWER
    found = False
    for place in range(starts[upper], starts[upper + U32(1)]):
        found |= furniture[place] == value
    return found


@compiled
def count_without(hashes, offsets, first, stop, known, sizes):
    """Count the hashes of each article that are not furniture."""
    furniture, marks, starts = known
    for row in range(first, stop):
        count = 0
        for place in range(offsets[row], offsets[row + 1]):
            count += not is_furniture(hashes[place], furniture, marks, starts)
        sizes[row] = count


@compiled
def write_without(hashes, offsets, first, stop, known, starts_out, out):
    """Write the hashes of each article that are not furniture to where `starts_out` says."""
    furniture, marks, starts = known
    for row in range(first, stop):
        to = starts_out[row]
        for place in range(offsets[row], offsets[row + 1]):
            if not is_furniture(hashes[place], furniture, marks, starts):
                out[to] = hashes[place]
                to += 1
