"""Sheets of many articles at a time on the compiled engine.

Held to `make_sheet(outline(article))` by a property test, byte by byte. Compiled functions do all
of an ordinary article. What takes judgement is asked of `dedup.text`: whether a rule tells a line,
once for each different line; what a line says of its neighbours; menus; and the few texts that the
compiled functions leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from dedup.detect.batch import offsets_of
from dedup.detect.machine import Compiled
from dedup.detect.room import own_room
from dedup.scanning.ingesting.aside import Asides
from dedup.scanning.ingesting.gathering import SPOKEN
from dedup.scanning.outlining.batchoutline import OUTLINE_ROWS, Found, Sheets, outlines
from dedup.scanning.outlining.lineverdicts import REMEMBER_ROWS, ask, known_lines, left_out
from dedup.scanning.outlining.outlined import LEFT, PLACE_BITS, PLACES
from dedup.scanning.outlining.packing import ALIGNED, LENGTHS, pack_sheet
from dedup.scanning.outlining.sheets import make_sheet
from dedup.text import outline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PACK_ROWS = Compiled("dedup.scanning.outlining.packkernel", "pack_rows")
#: Shingles of furniture for each word of the sieve, at most: of 200 others one passes.
TO_A_WORD = 2
#: Bytes of the sheet for each byte of a text, at most, and for each text beside: half the bytes are
#: tokens (of 18 bytes, if each is furniture and single), lines (4) or marks of a quotation (8).
LARGEST, LARGEST_EMPTY = 15, LENGTHS.size + 128


@dataclass(frozen=True, slots=True)
class Furniture:
    """Shingles that the corpus tells to be furniture.

    Of the others a sieve tells most in one look at one word: a filter in blocks (Putze, Sanders and
    Singler 2007, Cache-, hash- and space-efficient Bloom filters).

    Attributes:
        shingles: Sorted; uint32.
        words: Of such a shingle.
        sieve: A word for all that end alike, with three bits for each shingle; uint32, a power of
            two.
        grouped: The shingles in order of their words; uint32.
        firsts: Where there those of each word begin, and where the last ends; int64.
    """

    shingles: NDArray[np.uint32]
    words: int
    sieve: NDArray[np.uint32]
    grouped: NDArray[np.uint32]
    firsts: NDArray[np.int64]

    @classmethod
    def of(cls, shingles: NDArray[np.uint32], words: int) -> Furniture:
        """Return furniture with its sieve."""
        import numpy as np

        size = 1 << (len(shingles) // TO_A_WORD).bit_length()
        word = shingles & np.uint32(size - 1)
        sieve = np.zeros(size, dtype=np.uint32)
        for place in PLACES:
            chosen = shingles >> np.uint32(place) & np.uint32((1 << PLACE_BITS) - 1)
            np.bitwise_or.at(sieve, word, np.uint32(1) << chosen)
        firsts = offsets_of(np.bincount(word, minlength=size))
        return cls(shingles, words, sieve, shingles[np.argsort(word, kind="stable")], firsts)

    @property
    def columns(self) -> tuple[NDArray[np.generic] | int, ...]:
        """What compiled functions take."""
        return self.grouped, self.firsts, self.sieve, self.words


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
    list(packed_sheets(asides, Furniture.of(np.empty(0, dtype=np.uint32), 1)))


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
        furniture.columns,
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
