"""Packed sheets of many articles, one behind the other: what compiled functions take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.batch import offsets_of
from dedup.scanning.outlining.packing import ARRAYS, LENGTHS, unpack_sheet
from dedup.scanning.outlining.sheets import Sheet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes of a number in each array of a sheet.
WIDTHS = tuple(int(kind[-1]) for kind in ARRAYS.values())


class Flat(NamedTuple):
    """Sheets, and where in them each array is: none is copied.

    Attributes:
        data: The packed sheets; uint8, a multiple of 8.
        begin: Where each begins there, in any order; int64, as all that follow.
        starts: Where the arrays of each sheet begin, in numbers of their own width; shape `(n, 7)`,
            in the order of `packing.ARRAYS`.
        lengths: Of these arrays; the same shape.
        offsets: Where the tokens of each sheet would begin if they alone lay end to end, and the
            last end.
        pages: Of each sheet the digest of its page, 0 where it is unknown; uint64.
    """

    data: NDArray[np.uint8]
    begin: NDArray[np.int64]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    offsets: NDArray[np.int64]
    pages: NDArray[np.uint64]

    @property
    def wide(self) -> NDArray[np.uint64]:
        """What lies there as the widest numbers."""
        return self.data.view("<u8")

    @property
    def inner(self) -> NDArray[np.int32]:
        """What lies there as numbers of four bytes."""
        return self.data.view("<i4")

    @property
    def narrow(self) -> NDArray[np.uint8]:
        """What lies there as the smallest numbers."""
        return self.data

    def sheet(self, row: int) -> Sheet:
        """Return one of the sheets."""
        end = self.starts[row, -1] + self.lengths[row, -1]  # bytes come last
        return unpack_sheet(self.data[self.begin[row] : end].tobytes())


def lay_sheets(packed: Sequence[bytes]) -> Flat:
    """Lay packed sheets end to end."""
    import numpy as np

    data = np.frombuffer(bytearray(b"".join(packed)), dtype=np.uint8)
    return find_sheets(data, offsets_of([len(sheet) for sheet in packed])[:-1])


def find_sheets(data: NDArray[np.uint8], begin: NDArray[np.int64]) -> Flat:
    """Find the arrays of sheets.

    Args:
        data: As in `Flat`.
        begin: The same.
    """
    import numpy as np

    lengths = data.view("<i4")[begin[:, None] // 4 + np.arange(len(ARRAYS))].astype(np.int64)
    sizes = lengths * np.array(WIDTHS)
    starts = begin[:, None] + LENGTHS.size + np.cumsum(sizes, axis=1) - sizes
    starts //= np.array(WIDTHS)
    tokens, page = list(ARRAYS).index("tokens"), list(ARRAYS).index("page")
    pages = np.zeros(len(begin), dtype=np.uint64)
    known = lengths[:, page] > 0
    pages[known] = data.view("<u8")[starts[known, page]]
    return Flat(data, begin, starts, lengths, offsets_of(lengths[:, tokens]), pages)
