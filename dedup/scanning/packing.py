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
ARRAYS = {
    "tokens": "<u8",
    "page": "<u8",
    "breaks": "<i4",
    "quotes": "<i4",
    "pairs": "<i4",
    "furniture": "<i4",
    "letters": "<u2",
}
#: The lengths of the arrays, and a number for nothing: wide numbers follow at a multiple of 8.
LENGTHS = Struct(f"<{len(ARRAYS)}i4x")
#: A packed sheet is a multiple of so many bytes, so that some end to end can be read as numbers.
ALIGNED = 8


def pack_sheet(sheet: Sheet) -> bytes:
    """Return a sheet as bytes: the lengths of its arrays, the arrays, and zeros up to `ALIGNED`."""
    arrays = [getattr(sheet, name).astype(kind, copy=False) for name, kind in ARRAYS.items()]
    lengths = LENGTHS.pack(*[array.size for array in arrays])
    data = b"".join([lengths, *[array.tobytes() for array in arrays]])
    return data + bytes(-len(data) % ALIGNED)


def pack_sheets(
    arrays: Mapping[str, NDArray[np.generic]], cuts: Mapping[str, NDArray[np.int64]]
) -> Iterator[bytes]:
    """Yield what `pack_sheet` returns of each of several sheets.

    Args:
        arrays: Of each name in a sheet, the arrays of all of them end to end, flat.
        cuts: Where that of each sheet begins there, and where the last ends; shape `(n + 1,)`.
    """
    import numpy as np

    edges = np.stack([cuts[name] for name in ARRAYS])
    sizes = np.diff(edges).T
    lengths = np.zeros((len(sizes), LENGTHS.size // 4), dtype="<i4")
    lengths[:, : len(ARRAYS)] = sizes
    columns: list[Iterator[bytes | memoryview]] = [
        _pieces(lengths.reshape(-1), np.arange(len(sizes) + 1) * lengths.shape[1])
    ]
    for (name, kind), places in zip(ARRAYS.items(), edges, strict=True):
        columns.append(_pieces(arrays[name].astype(kind, copy=False), places))
    widths = np.array([np.dtype(kind).itemsize for kind in ARRAYS.values()])
    over = -(LENGTHS.size + sizes @ widths) % ALIGNED
    columns.append(map(bytes(ALIGNED).__getitem__, map(slice, over.tolist())))
    return map(b"".join, zip(*columns, strict=True))


def _pieces(array: NDArray[np.generic], edges: NDArray[np.int64]) -> Iterator[bytes | memoryview]:
    """Yield the bytes of an array piece by piece."""
    import numpy as np

    data = array.view(np.uint8).data
    places = (edges * array.itemsize).tolist()
    return map(data.__getitem__, map(slice, places, places[1:]))


def unpack_sheet(data: bytes) -> Sheet:
    """Return the sheet that was packed; its arrays are parts of three, which is quickest."""
    import numpy as np

    tokens, page, *sizes, letters = LENGTHS.unpack_from(data)
    start = LENGTHS.size
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
