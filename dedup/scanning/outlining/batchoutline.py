"""Articles through the compiled outline: some come out as sheets, of others more is to be known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.detect.codepoints import tables
from dedup.detect.machine import Compiled
from dedup.detect.marking import Furniture
from dedup.detect.room import own_room
from dedup.scanning.ingesting.aside import Asides
from dedup.scanning.outlining.linescreen import screen
from dedup.scanning.outlining.outlined import (
    BLOCK_BITS,
    ENDS,
    FIRST,
    MARK_COLUMNS,
    OPEN_COLUMNS,
    STOP,
    Outlined,
    make_room,
    mark_tables,
)
from dedup.text.quotations import DEEPEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


OUTLINE_ROWS = Compiled("dedup.scanning.outlining.sheetkernel", "outline_rows")

#: Bytes that are looked at together.
WINDOW = 64
#: Tokens that are found of articles without sheets before these are made: all that is to be asked
#: of their lines is asked at once. The same of lines, quotations and single characters, of which
#: there are fewer.
ROOM, OTHER_ROOM = 1 << 18, 1 << 16


@dataclass(slots=True)
class Sheets:
    """Sheets that are being written, one behind the other, in any order.

    Attributes:
        room: Where; uint64, with more room than is needed.
        begins: Where each sheet begins, in bytes; int64.
        end: Where the last that was written ends, in eights of bytes.
        shingles: Room for those of the longest text, and for fifteen more; uint32.
    """

    room: NDArray[np.uint64]
    begins: NDArray[np.int64]
    end: int
    shingles: NDArray[np.uint32]

    @property
    def columns(self) -> tuple[NDArray[np.generic], ...]:
        """What compiled functions take."""
        import numpy as np

        room = self.room
        return room, room.view(np.int32), room.view(np.uint8), self.shingles


@dataclass(frozen=True, slots=True)
class Found:
    """What the compiled engine found in the texts that have no sheet yet: see `outlined`.

    Attributes:
        asides: These articles.
        rows: Their rows among all; int64.
        out: What was found, one text behind the other.
        ends: How many tokens, lines, quotations and single characters there are up to the end of
            each text, and before the first; shape `(n + 1, ENDS)`, int64.
        kinds: What each text is; int64.
    """

    asides: Asides
    rows: NDArray[np.int64]
    out: Outlined
    ends: NDArray[np.int64]
    kinds: NDArray[np.int64]

    def line(self, row: int, line: int) -> str:
        """Return a line of a text, by its number among those of all."""
        return self.asides.line(row, *self.out.lines[line, FIRST : STOP + 1].tolist())

    def rows_of(self, lines: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the texts that lines are of."""
        import numpy as np

        return np.searchsorted(self.ends[:, 1], lines, side="right") - 1


def outlines(
    asides: Asides, known: NDArray[np.uint64], furniture: Furniture, sheets: Sheets
) -> Iterator[Found]:
    """Write the sheets of articles; yield those of which more is to be known, some at a time.

    What is yielded is good until the next is asked for.

    Args:
        asides: The articles.
        known: The lines whose verdict is known (`lineverdicts.known_lines`).
        furniture: Shingles that the corpus tells to be furniture.
        sheets: Where to write.
    """
    import numpy as np

    longest = max(int(asides.sizes.max(initial=0)), int(asides.lengths.max(initial=0))) + 4
    most = longest  # tokens, and lines, of a text and its title: "a b c d e"
    out = make_room(max(ROOM, most), max(OTHER_ROOM, most))
    take = own_room().take
    scratch = (
        take("marks", np.int32, longest, MARK_COLUMNS),
        take("edges", np.uint32, longest + WINDOW),
        take("blocks", np.uint64, (longest >> BLOCK_BITS) + 1),
        take("standing", np.int64, DEEPEST, OPEN_COLUMNS),
    )
    first = 0
    while first < len(asides):
        done, found = _outline(asides, first, known, out, scratch, furniture, sheets)
        yield found
        first += done


def _outline(  # noqa: PLR0913, PLR0917
    asides: Asides,
    first: int,
    known_lines: NDArray[np.uint64],
    out: Outlined,
    scratch: tuple[NDArray[np.generic], ...],
    furniture: Furniture,
    sheets: Sheets,
) -> tuple[int, Found]:
    """Outline articles from `first` on, as many as there is room for; return how many."""
    import numpy as np

    known, asks = tables(), screen()
    some = asides[first:]
    ends = np.empty((len(some) + 1, ENDS), dtype=np.int64)
    kinds, rest = np.empty((2, len(some)), dtype=np.int64)
    done = np.array([0, 0, sheets.end], dtype=np.int64)
    OUTLINE_ROWS(
        (some.data, some.starts, some.sizes),
        (some.tails, some.begins, some.lengths),
        some.pages,
        (known.classes, known.folds, asks.features),
        (
            asks.columns,
            tuple(asks.beginnings),
            (*asks.needs, asks.sorts, asks.starts),
            asks.wants,
            asks.fits,
            asks.stand,
            asks.anchors,
            asks.anchored,
        ),
        mark_tables(),
        known_lines,
        scratch,
        tuple(out),
        (*furniture.laid_out, furniture.words),
        sheets.columns,
        sheets.begins[first:],
        ends,
        kinds,
        rest,
        done,
    )
    looked_at, left, sheets.end = done.tolist()
    tokens, lines, quotes, singles = ends[left].tolist()
    filled = Outlined(
        out.hashes[:tokens],
        out.letters[:tokens],
        out.lines[:lines],
        out.asked[:lines],
        out.digests[:lines],
        out.rules[:lines],
        out.quotes[:quotes],
        out.singles[:singles],
    )
    rows = rest[:left]
    return looked_at, Found(some[rows], first + rows, filled, ends[: left + 1], kinds[:left])
