"""Sheets of many articles at a time on the compiled engine.

Held to `make_sheet(outline(article))` by a property test, byte by byte. Compiled functions do all
of an ordinary article. What takes judgement is asked of `dedup.text`: whether a rule tells a line,
once for each different line; what a line says of its neighbours; menus; and the few texts that the
compiled functions leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.machine import Compiled
from dedup.detect.marking import Furniture, no_furniture
from dedup.detect.room import own_room
from dedup.scanning.ingesting.aside import Asides
from dedup.scanning.ingesting.gathering import SPOKEN
from dedup.scanning.outlining.batchoutline import OUTLINE_ROWS, Found, Sheets, outlines
from dedup.scanning.outlining.lineverdicts import REMEMBER_ROWS, ask, known_lines, left_out
from dedup.scanning.outlining.outlined import LEFT
from dedup.scanning.outlining.packing import ALIGNED, LENGTHS, pack_sheet
from dedup.scanning.outlining.sheets import make_sheet
from dedup.text import outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACK_ROWS = Compiled("dedup.scanning.outlining.packkernel", "pack_rows")
#: Bytes of the sheet for each byte of a text, at most, and for each text beside: half the bytes are
#: tokens (of 18 bytes, if each is furniture and single), lines (4) or marks of a quotation (8).
LARGEST, LARGEST_EMPTY = 15, LENGTHS.size + 128


class Packed(NamedTuple):
    """Sheets of some articles, one behind the other: good until the next are asked for.

    Attributes:
        pieces: The bytes, in order.
        sizes: Bytes of each sheet; int64.
    """

    pieces: list[bytes | memoryview]
    sizes: NDArray[np.int64]


def is_compiled() -> bool:
    """Say whether the machine code lies on disk, so that a caller can announce a wait."""
    return all(one.is_there for one in (OUTLINE_ROWS, REMEMBER_ROWS, PACK_ROWS))


def warm_up() -> None:
    """Compile or load what makes sheets, on an article of one line that a rule tells."""
    import numpy as np

    data = np.frombuffer(b"Advertisement" + SPOKEN, dtype=np.uint8)
    begin, size = np.zeros(1, dtype=np.int64), np.array([len(data) - 1])
    asides = Asides(data, begin, size, data, size, begin + 1, begin.astype(np.uint64))
    list(packed_sheets(asides, no_furniture()))


def room_for(asides: Asides) -> int:
    """Return bytes that the sheets of articles have room in: far more than they take, mostly."""
    return LARGEST * int(asides.sizes.sum()) + LARGEST_EMPTY * len(asides)


def write_sheets(
    asides: Asides, furniture: Furniture, out: NDArray[np.uint64], at: int
) -> tuple[NDArray[np.int64], int]:
    """Write the sheets of articles, each as `pack_sheet` returns it, in any order.

    O(bytes); some 10 µs for an article of 500 words and 15 lines (2026-11, one core).

    Args:
        asides: The articles.
        furniture: Shingles that the corpus tells to be furniture.
        out: Where to write: behind `at` there are `room_for(asides)` bytes; uint64.
        at: Where the first sheet begins, in bytes: a multiple of eight.

    Returns:
        Where the sheet of each article begins in `out`, in bytes (int64), and where the last ends.
    """
    import numpy as np

    longest = int(asides.sizes.max(initial=0)) // 2 + 2 + 15
    sheets = Sheets(
        out,
        np.empty(len(asides), dtype=np.int64),
        at // ALIGNED,
        own_room().take("shingles", np.uint32, longest),
    )
    for found in outlines(asides, known_lines(), furniture, sheets):
        if len(found.rows):
            ask(found)
            _pack(found, left_out(found), furniture, sheets)
    return sheets.begins, sheets.end * ALIGNED


def packed_sheets(asides: Asides, furniture: Furniture) -> Iterator[Packed]:
    """Yield the sheets of articles in order, each as `pack_sheet` returns it."""
    import numpy as np

    wide = own_room().take("sheets", np.uint64, room_for(asides) // ALIGNED + 1)
    begins, end = write_sheets(asides, furniture, wide, 0)
    order = np.argsort(begins)
    sizes = np.empty(len(begins), dtype=np.int64)
    sizes[order] = np.diff(begins[order], append=end)
    data = wide.view(np.uint8).data
    edges = zip(begins.tolist(), (begins + sizes).tolist(), strict=True)
    yield Packed([data[begin:stop] for begin, stop in edges], sizes)


def _pack(found: Found, absent: NDArray[np.uint8], furniture: Furniture, sheets: Sheets) -> None:
    """Write the sheets of what had none yet; those of texts that were left are made plainly."""
    import numpy as np

    done = np.array([0, 0, sheets.end], dtype=np.int64)
    PACK_ROWS(
        tuple(found.out),
        absent,
        found.ends,
        found.kinds,
        found.rows,
        found.asides.pages,
        (*furniture.laid_out, furniture.words),
        sheets.columns,
        sheets.begins,
        done,
    )
    sheets.end = int(done[2])
    for number in np.flatnonzero(found.kinds == LEFT).tolist():
        made = make_sheet(outline(found.asides.read(number)), furniture.shingles, furniture.words)
        pages = found.asides.pages[number : number + 1]
        packed = np.frombuffer(pack_sheet(replace(made, page=pages[pages > 0])), dtype=np.uint64)
        sheets.begins[found.rows[number]] = sheets.end * ALIGNED
        sheets.room[sheets.end : sheets.end + len(packed)] = packed
        sheets.end += len(packed)
