"""Sheets as bytes, as they lie in the spool."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate
from struct import Struct
from typing import TYPE_CHECKING

from dedup.scanning.sheets import Sheet

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Arrays of a sheet, in the order in which they are written: wide numbers first, and those of one
#: width side by side.
_ARRAYS = {
    "tokens": "<u8",
    "page": "<u8",
    "breaks": "<i4",
    "quotes": "<i4",
    "pairs": "<i4",
    "furniture": "<i4",
    "letters": "<u2",
}
_LENGTHS = Struct(f"<{len(_ARRAYS)}i")


def pack_sheet(sheet: Sheet) -> bytes:
    """Return a sheet as bytes: the lengths of its arrays, then the arrays."""
    arrays = [getattr(sheet, name).astype(kind, copy=False) for name, kind in _ARRAYS.items()]
    lengths = _LENGTHS.pack(*[array.size for array in arrays])
    return b"".join([lengths, *[array.tobytes() for array in arrays]])


def pack_sheets(
    arrays: Mapping[str, NDArray[np.generic]], cuts: Mapping[str, NDArray[np.int64]]
) -> Iterator[bytes]:
    """Yield what `pack_sheet` returns of each of several sheets.

    Args:
        arrays: Of each name in a sheet, the arrays of all of them end to end, flat.
        cuts: Where that of each sheet begins there, and where the last ends; shape `(n + 1,)`.
    """
    import numpy as np

    edges = np.stack([cuts[name] for name in _ARRAYS])
    lengths = np.diff(edges).T.astype("<i4")
    columns = [_pieces(lengths.reshape(-1), np.arange(len(lengths) + 1) * len(_ARRAYS))]
    for (name, kind), places in zip(_ARRAYS.items(), edges, strict=True):
        columns.append(_pieces(arrays[name].astype(kind, copy=False), places))
    return map(b"".join, zip(*columns, strict=True))


def _pieces(array: NDArray[np.generic], edges: NDArray[np.int64]) -> Iterator[memoryview]:
    """Yield the bytes of an array piece by piece."""
    import numpy as np

    data = array.view(np.uint8).data
    places = (edges * array.itemsize).tolist()
    return map(data.__getitem__, map(slice, places, places[1:]))


def unpack_sheet(data: bytes) -> Sheet:
    """Return the sheet that was packed; its arrays are parts of three, which is quickest."""
    import numpy as np

    tokens, page, *sizes, letters = _LENGTHS.unpack_from(data)
    start = _LENGTHS.size
    wide = np.frombuffer(data, "<u8", tokens + page, start)
    inner = np.frombuffer(data, "<i4", sum(sizes), start + wide.nbytes)
    narrow = np.frombuffer(data, "<u2", letters, start + wide.nbytes + inner.nbytes)
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
