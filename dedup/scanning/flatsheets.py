"""Packed sheets of many articles, each kind of array end to end: what compiled functions take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from dedup.detect.batch import offsets_of
from dedup.detect.machine import Compiled
from dedup.scanning.packing import ARRAYS, LENGTHS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GATHER = Compiled("dedup.scanning.windowkernel", "gather")


class Flat(NamedTuple):
    """What the compiled engine asks of sheets, end to end; as in `Sheet`, with where each begins.

    Attributes:
        tokens: uint64.
        offsets: Where those of each sheet begin, and the last end; int64, as all that follow it.
        breaks: int32.
        break_at: Where those of each sheet begin.
        quotes: Shape `(n, 2)`, int32.
        quote_at: Where those of each sheet begin.
        furniture: Of each token, whether it is furniture; uint8.
        letters: Of each token; uint16.
        singles: `Sheet.pairs`; int32.
        single_at: Where those of each sheet begin.
        pages: Of each sheet the digest of its page, 0 where it is unknown; uint64.
    """

    tokens: NDArray[np.uint64]
    offsets: NDArray[np.int64]
    breaks: NDArray[np.int32]
    break_at: NDArray[np.int64]
    quotes: NDArray[np.int32]
    quote_at: NDArray[np.int64]
    furniture: NDArray[np.uint8]
    letters: NDArray[np.uint16]
    singles: NDArray[np.int32]
    single_at: NDArray[np.int64]
    pages: NDArray[np.uint64]


def lay_sheets(packed: Sequence[bytes]) -> Flat:
    """Lay the arrays of sheets end to end."""
    import numpy as np

    data = b"".join(packed)
    wide, inner, narrow = (np.frombuffer(data, kind) for kind in ("<u8", "<i4", "<u2"))
    begin = offsets_of([len(sheet) for sheet in packed])[:-1]
    lengths = inner[begin[:, None] // 4 + np.arange(len(ARRAYS))].astype(np.int64)
    at = begin + LENGTHS.size  # of one array after the other

    def gathered(source: NDArray[Any], column: int) -> tuple[NDArray[Any], NDArray[np.int64]]:
        nonlocal at
        offsets = offsets_of(lengths[:, column])
        out = np.empty(int(offsets[-1]), dtype=source.dtype)
        # The smallest numbers are what all are counted in: machine code is of one type.
        size = source.itemsize // narrow.itemsize
        GATHER(narrow, at // narrow.itemsize, offsets * size, out.view(narrow.dtype))
        at = at + lengths[:, column] * source.itemsize
        return out, offsets

    tokens, offsets = gathered(wide, 0)
    page, page_at = gathered(wide, 1)
    breaks, break_at = gathered(inner, 2)
    quotes, quote_at = gathered(inner, 3)
    singles, single_at = gathered(inner, 4)
    inside, inside_at = gathered(inner, 5)
    letters, _ = gathered(narrow, 6)
    furniture = np.zeros(len(tokens), dtype=np.uint8)
    furniture[inside + np.repeat(offsets[:-1], np.diff(inside_at))] = 1
    pages = np.zeros(len(packed), dtype=np.uint64)
    pages[np.diff(page_at) > 0] = page
    return Flat(
        tokens,
        offsets,
        breaks,
        break_at,
        quotes.reshape(-1, 2),
        quote_at // 2,
        furniture,
        letters,
        singles,
        single_at,
        pages,
    )


def without_furniture(flat: Flat) -> Flat:
    """Do to sheets laid end to end what `Sheet.stripped` does to one."""
    import numpy as np

    kept = flat.furniture == 0
    place = offsets_of(kept.astype(np.int64))  # of each token, and of the end, in what is left
    offsets = place[flat.offsets]

    def moved(places: NDArray[np.int32], row: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.asarray(place[places + flat.offsets[row]] - offsets[row])

    gone = np.flatnonzero(~kept)
    rows = np.arange(len(offsets) - 1)
    row = np.repeat(rows, np.diff(flat.break_at))
    here = np.searchsorted(flat.offsets, gone, side="right") - 1
    breaks = np.concatenate([moved(flat.breaks, row), place[gone] - offsets[here]])
    row = np.concatenate([row, here])
    order = np.lexsort((breaks, row))
    row_of_quotes = np.repeat(rows, np.diff(flat.quote_at))
    quotes = [moved(side, row_of_quotes) for side in flat.quotes.T]
    row_of_singles = np.repeat(rows, np.diff(flat.single_at))
    single = flat.singles + flat.offsets[row_of_singles]
    both = kept[single] & kept[single + 1]
    row_of_singles = row_of_singles[both]
    return Flat(
        flat.tokens[kept],
        offsets,
        breaks[order].astype(np.int32),
        np.searchsorted(row[order], np.arange(len(offsets))),
        np.stack(quotes, axis=1).astype(np.int32),
        flat.quote_at,
        np.zeros(int(offsets[-1]), dtype=np.uint8),
        flat.letters[kept],
        moved(flat.singles[both], row_of_singles).astype(np.int32),
        np.searchsorted(row_of_singles, np.arange(len(offsets))),
        flat.pages,
    )
