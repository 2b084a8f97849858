"""What the compiled engine finds in the texts of articles that were set aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dedup.detect.codepoints import tables
from dedup.detect.machine import Compiled
from dedup.detect.room import own_room
from dedup.scanning.aside import Asides, decode
from dedup.scanning.linescreen import screen
from dedup.scanning.outlined import (
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
from dedup.scanning.packing import LENGTHS
from dedup.text.quotations import DEEPEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OUTLINE_ROWS = Compiled("dedup.scanning.sheetkernel", "outline_rows")

#: Bytes that are looked at together.
WINDOW = 64
#: Tokens that are found before sheets are made of them: what is known of these stays in the
#: processor's cache. The same of lines, quotations and single characters, of which there are fewer.
ROOM, OTHER_ROOM = 1 << 17, 1 << 16


@dataclass(frozen=True, slots=True)
class Found:
    """What the compiled engine found in the texts of some articles: see `outlined`."""

    asides: Asides
    out: Outlined
    ends: NDArray[np.int64]
    kinds: NDArray[np.int64]

    @property
    def room(self) -> int:
        """The most 64-bit words that the sheets take."""
        tokens, lines, quotes, singles = self.ends[-1].tolist()
        inner = lines + 2 * quotes + singles + tokens
        return int(len(self.kinds) * (LENGTHS.size // 8 + 3) + (10 * tokens + 4 * inner) // 8 + 1)

    def line(self, row: int, line: int) -> str:
        """Return a line of a text, by its number among those of all."""
        first, stop = (self.asides.starts[row] + self.out.lines[line, [FIRST, STOP]]).tolist()
        return decode(self.asides.data[first:stop].tobytes())

    def rows_of(self, lines: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the texts that lines are of."""
        import numpy as np

        return np.searchsorted(self.ends[:, 1], lines, side="right") - 1


def outlines(asides: Asides, known: NDArray[np.uint64]) -> Iterator[Found]:
    """Yield what is found of articles, some at a time: good until the next are asked for.

    Args:
        asides: The articles.
        known: The lines whose verdict is known (`lineverdicts.known_lines`).
    """
    import numpy as np

    longest = int(asides.sizes.max(initial=0)) + 4
    most = longest // 2  # tokens, and lines: "a b c d e"
    out = make_room(max(ROOM, most), max(OTHER_ROOM, most))
    take = own_room().take
    scratch = (
        take("marks", np.int32, longest, MARK_COLUMNS),
        take("edges", np.uint32, longest + WINDOW),
        take("blocks", np.uint64, (longest >> BLOCK_BITS) + 1),
        take("standing", np.int64, DEEPEST, OPEN_COLUMNS),
    )
    while len(asides):
        found = _outline(asides, known, out, scratch)
        yield found
        asides = asides[len(found.kinds) :]


def _outline(
    asides: Asides,
    known_lines: NDArray[np.uint64],
    out: Outlined,
    scratch: tuple[NDArray[np.generic], ...],
) -> Found:
    """Outline as many articles as there is room for."""
    import numpy as np

    known, asks = tables(), screen()
    ends = np.empty((len(asides) + 1, ENDS), dtype=np.int64)
    kinds = np.empty(len(asides), dtype=np.int64)
    done = np.empty(1, dtype=np.int64)
    OUTLINE_ROWS(
        asides.data,
        asides.starts,
        asides.sizes,
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
        ends,
        kinds,
        done,
    )
    rows = int(done[0])
    tokens, lines, quotes, singles = ends[rows].tolist()
    filled = Outlined(
        out.hashes[:tokens],
        out.letters[:tokens],
        out.lines[:lines],
        out.asked[:lines],
        out.digests[:lines],
        out.quotes[:quotes],
        out.singles[:singles],
    )
    return Found(asides[:rows], filled, ends[: rows + 1], kinds[:rows])
