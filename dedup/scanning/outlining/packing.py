"""Sheets as bytes, as they lie in the spool."""

from __future__ import annotations

from itertools import accumulate
from struct import Struct

from dedup.scanning.outlining.sheets import Sheet

#: Arrays of a sheet, in the order in which they are written: wide numbers first, and those of one
#: width side by side.
ARRAYS = {
    "tokens": "<u8",
    "page": "<u8",
    "breaks": "<i4",
    "quotes": "<i4",
    "pairs": "<i4",
    "furniture": "<i4",
    "letters": "u1",
}
#: The lengths of the arrays, and a number for nothing: wide numbers follow at a multiple of 8.
LENGTHS = Struct(f"<{len(ARRAYS)}i4x")
#: A packed sheet is a multiple of so many bytes, so that some end to end can be read as numbers.
ALIGNED = 8


def pack_sheet(sheet: Sheet) -> bytes:
    """Return a sheet as bytes: the lengths of its arrays, the arrays, and zeros up to `ALIGNED`.

    Of the letters of each token there is the low byte; then of each the high byte, if any has one.
    """
    low_and_high = sheet.letters.astype("<u2").view("u1").reshape(-1, 2)
    planes = low_and_high.T if low_and_high[:, 1].any() else low_and_high[:, 0]
    packed = {**vars(sheet), "letters": planes}
    arrays = [packed[name].astype(kind, order="C", copy=False) for name, kind in ARRAYS.items()]
    lengths = LENGTHS.pack(*[array.size for array in arrays])
    data = b"".join([lengths, *[array.tobytes() for array in arrays]])
    return data + bytes(-len(data) % ALIGNED)


def unpack_sheet(data: bytes) -> Sheet:
    """Return the sheet that was packed; most of its arrays are parts of two, which is quickest."""
    import numpy as np

    tokens, page, *sizes, letters = LENGTHS.unpack_from(data)
    start = LENGTHS.size
    wide = np.frombuffer(data, "<u8", tokens + page, start)
    inner = np.frombuffer(data, "<i4", sum(sizes), start + wide.nbytes)
    planes = np.frombuffer(data, "u1", letters, start + wide.nbytes + inner.nbytes)
    narrow = planes[:tokens].astype(np.uint16)
    if letters > tokens:
        narrow |= planes[tokens:].astype(np.uint16) << np.uint16(8)
    breaks, quotes, pairs, _ = accumulate(sizes)
    return Sheet(
        wide[:tokens],
        narrow,
        inner[:breaks],
        inner[breaks:quotes].reshape(-1, 2),
        inner[quotes:pairs],
        inner[pairs:],
        wide[tokens:],
    )
