"""Sheets of many articles at a time on the compiled engine.

Held to `make_sheet(outline(article))` by a property test, byte by byte. Compiled functions do all
of an ordinary article. What takes judgement is asked of `dedup.text`: whether a rule tells a line,
once for each different line; what a line says of its neighbours; menus; and the few texts that the
compiled functions leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.machine import Compiled
from dedup.detect.room import own_room
from dedup.scanning.aside import PLACED, Asides
from dedup.scanning.batchoutline import OUTLINE_ROWS, Found, outlines
from dedup.scanning.gathering import SPOKEN
from dedup.scanning.lineverdicts import REMEMBER_ROWS, ask, known_lines, left_out
from dedup.scanning.outlined import FILTER_BITS, LEFT
from dedup.scanning.packing import pack_sheet
from dedup.scanning.sheets import make_sheet
from dedup.text import outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACK_ROWS = Compiled("dedup.scanning.packkernel", "pack_rows")


@dataclass(frozen=True, slots=True)
class Furniture:
    """Shingles that the corpus tells to be furniture.

    Attributes:
        shingles: Sorted; uint32.
        words: Of such a shingle.
        sieve: A bit for each beginning of a shingle: whether any of them has it; uint64.
    """

    shingles: NDArray[np.uint32]
    words: int
    sieve: NDArray[np.uint64]

    @classmethod
    def of(cls, shingles: NDArray[np.uint32], words: int) -> Furniture:
        """Return furniture with its sieve."""
        import numpy as np

        has = np.zeros(1 << FILTER_BITS, dtype=np.bool_)
        has[shingles >> np.uint32(32 - FILTER_BITS)] = True
        return cls(shingles, words, np.packbits(has, bitorder="little").view(np.uint64))


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

    data = np.frombuffer(b"Advertisement" + SPOKEN + PLACED, dtype=np.uint8)
    nothing, one = np.empty(0, dtype=np.uint32), np.zeros(1, dtype=np.int64)
    asides = Asides(data, one, one + len(data), one.astype(np.uint64))
    list(packed_sheets(asides, Furniture.of(nothing, 1)))


def packed_sheets(asides: Asides, furniture: Furniture) -> Iterator[Packed]:
    """Yield the sheets of articles in order, each as `pack_sheet` returns it.

    O(bytes); some 18 µs for an article of 500 words and 15 lines (2026-11, a core of a busy
    machine), reading and writing included.
    """
    for found in outlines(asides, known_lines()):
        ask(found)
        yield _pack(found, left_out(found), furniture)


def _pack(found: Found, absent: NDArray[np.uint8], furniture: Furniture) -> Packed:
    """Write the sheets; those of texts that were left are made plainly."""
    import numpy as np

    room, longest = own_room(), int(np.diff(found.ends[:, 0]).max(initial=0))
    wide = room.take("sheets", np.uint64, found.room)
    sizes = np.empty(len(found.kinds), dtype=np.int64)
    PACK_ROWS(
        tuple(found.out),
        absent,
        found.ends,
        found.kinds,
        found.asides.pages,
        furniture.shingles,
        furniture.sieve,
        furniture.words,
        room.take("shingles", np.uint32, longest),
        wide,
        wide.view(np.int32),
        wide.view(np.uint8),
        sizes,
    )
    data = wide.view(np.uint8).data
    pieces: list[bytes | memoryview] = []
    written = 0
    ends = np.cumsum(sizes)
    for row in np.flatnonzero(found.kinds == LEFT).tolist():
        pieces.append(data[written : int(ends[row])])
        written = int(ends[row])
        sheet = make_sheet(outline(found.asides.read(row)), furniture.shingles, furniture.words)
        pieces.append(pack_sheet(sheet))
        sizes[row] = len(pieces[-1])
    pieces.append(data[written : int(ends[-1])])
    return Packed(pieces, sizes)
