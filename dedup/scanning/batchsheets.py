"""Sheets of many articles at a time on the compiled engine.

Held to `make_sheet(outline(article))` by a property test, byte by byte. Compiled functions do all
of an ordinary article. What takes judgement is asked of `dedup.text`: whether a rule tells a line,
once for each different line; what a line says of its neighbours; menus; and the few texts that the
compiled functions leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.article import Article, Span
from dedup.detect.codepoints import tables
from dedup.detect.machine import Compiled
from dedup.scanning.aside import PLACED, decode, read_aside
from dedup.scanning.gathering import SPOKEN
from dedup.scanning.linescreen import screen
from dedup.scanning.outlined import (
    BLOCK_BITS,
    ENDS,
    FILTER_BITS,
    FIRST,
    KNOWN,
    LEFT,
    LENGTH,
    MARK_COLUMNS,
    MENU,
    OPEN_COLUMNS,
    PLACE,
    STOP,
    TELLING,
    TEXT,
    TITLE,
    TOLD,
    UNKNOWN,
    Outlined,
    make_room,
    mark_tables,
)
from dedup.scanning.packing import LENGTHS, pack_sheet
from dedup.scanning.sheets import make_sheet
from dedup.text import outline
from dedup.text.quotations import DEEPEST
from dedup.text.rules import Place, place_of, rule_for
from dedup.text.structure import judge_lines, tells_of_others

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

OUTLINE_ROWS = Compiled("dedup.scanning.sheetkernel", "outline_rows")
REMEMBER_ROWS = Compiled("dedup.scanning.sheetkernel", "remember_rows")
PACK_ROWS = Compiled("dedup.scanning.sheetkernel", "pack_rows")

#: Tokens that are found before sheets are made of them: what is known of these stays in the
#: processor's cache. The same of lines, quotations and single characters, of which there are fewer.
ROOM, OTHER_ROOM = 1 << 18, 1 << 16
#: Places of the table of lines whose verdict is known; how many of them are filled at most.
KNOWN_PLACES = 1 << 16
MOST_KNOWN = KNOWN_PLACES // 2


@dataclass(frozen=True, slots=True)
class Asides:
    """Some articles that were set aside in one spool file.

    Attributes:
        data: The file; uint8.
        starts: Where each article begins; int64.
        sizes: Bytes of each; int64.
        pages: Digests of the pages that they stand at, 0 for unknown; uint64.
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    pages: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, rows: slice) -> Asides:
        return Asides(self.data, self.starts[rows], self.sizes[rows], self.pages[rows])

    def read(self, row: int) -> Article:
        """Return an article."""
        start = int(self.starts[row])
        return read_aside(self.data[start : start + int(self.sizes[row])].tobytes()).article


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


@dataclass(frozen=True, slots=True)
class _Found:
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

    def rows_of(self, lines: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the texts that lines are of."""
        import numpy as np

        return np.searchsorted(self.ends[:, 1], lines, side="right") - 1


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

    O(bytes).
    """
    import numpy as np

    longest = int(asides.sizes.max(initial=0)) + 4
    out = make_room(max(ROOM, longest), max(OTHER_ROOM, longest))
    scratch = (
        np.empty((longest, MARK_COLUMNS), dtype=np.int32),
        np.empty((longest >> BLOCK_BITS) + 1, dtype=np.uint64),
        np.empty((DEEPEST, OPEN_COLUMNS), dtype=np.int64),
    )
    wide = np.empty(0, dtype=np.uint64)
    while len(asides):
        found = _outline(asides, out, scratch)
        _ask(found)
        absent = _left_out(found)
        if len(wide) < found.room:
            wide = np.empty(found.room * 5 // 4, dtype=np.uint64)
        yield _pack(found, absent, furniture, wide)
        asides = asides[len(found.kinds) :]


def _outline(asides: Asides, out: Outlined, scratch: tuple[NDArray[np.generic], ...]) -> _Found:
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
            asks.letters,
            tuple(asks.beginnings),
            tuple(asks.needs),
            asks.wants,
            asks.fits,
            asks.stand,
            asks.anchors,
            asks.anchored,
        ),
        mark_tables(),
        _known_lines(),
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
    return _Found(asides[:rows], filled, ends[: rows + 1], kinds[:rows])


@lru_cache(maxsize=1)
def _known_lines() -> NDArray[np.uint64]:
    """Return the table of lines whose verdict is known, for the whole process.

    They are furniture mostly, and stand on many pages.
    """
    import numpy as np

    return np.zeros(KNOWN_PLACES, dtype=np.uint64)


def _ask(found: _Found) -> None:
    """Ask whether a rule tells the lines of which nothing is known, and write it down."""
    import numpy as np

    asked, table = found.out.asked, _known_lines()
    lines = np.flatnonzero(asked & KNOWN == UNKNOWN)
    if not len(lines):
        return
    rows = found.rows_of(lines)
    first = found.ends[rows, 1]
    places = np.stack([lines - first, found.ends[rows + 1, 1] - first], axis=1).tolist()
    starts = found.asides.starts[rows]
    spans = (starts[:, None] + found.out.lines[lines][:, [FIRST, STOP]]).tolist()
    data = found.asides.data.data
    verdicts = np.array(
        [
            _verdict(decode(bytes(data[start:stop])), place_of(number, count))
            for (start, stop), (number, count) in zip(spans, places, strict=True)
        ],
        dtype=np.uint8,
    )
    asked[lines] = asked[lines] & TITLE | verdicts
    if np.count_nonzero(table) + len(lines) > MOST_KNOWN:
        table[:] = 0
    REMEMBER_ROWS(found.out.digests[lines[:MOST_KNOWN]], verdicts[:MOST_KNOWN], table)


#: The same lines stand on many pages.
_rule_for = lru_cache(maxsize=1 << 12)(rule_for)


def _verdict(line: str, place: Place) -> int:
    """Return what a rule says of a line."""
    rule = _rule_for(line, place)
    if rule is None:
        return TEXT
    return TELLING if tells_of_others(line, rule) else TOLD


def _left_out(found: _Found) -> NDArray[np.uint8]:
    """Return of each line whether it is not compared.

    With most texts these are the lines that rules tell. A menu, a line that says something of its
    neighbours and one that is the title as well are for `judge_lines` to see.
    """
    import numpy as np

    asked = found.out.asked
    told = asked & KNOWN
    absent = (told > TEXT).astype(np.uint8)
    doubtful = found.rows_of(np.flatnonzero((told == TELLING) | (asked == TOLD | TITLE)))
    for row in np.union1d(doubtful, np.flatnonzero(found.kinds == MENU)).tolist():
        lines = slice(*found.ends[row : row + 2, 1].tolist())
        article = found.asides.read(row)
        columns = found.out.lines[lines, PLACE : LENGTH + 1].tolist()
        spans = [Span(place, place + length) for place, length in columns]
        rules = [
            _rule_for(article.text[span.start : span.end], place_of(number, len(spans)))
            if verdict
            else None
            for number, (verdict, span) in enumerate(zip(told[lines].tolist(), spans, strict=True))
        ]
        absent[lines] = [not line.compared for line in judge_lines(article, spans, rules)]
    return absent


def _pack(
    found: _Found, absent: NDArray[np.uint8], furniture: Furniture, wide: NDArray[np.uint64]
) -> Packed:
    """Write the sheets to `wide`; those of texts that were left are made plainly."""
    import numpy as np

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
        wide,
        wide.view(np.int32),
        wide.view(np.uint16),
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
