"""Sheets of many articles at a time on the compiled engine: a seventh of what the plain way takes.

Held to `make_sheet(outline(article))` by a property test, byte by byte. Compiled functions find
tokens, lines and marks; what takes judgement (a line that a rule may tell, a menu, what a mark
does) is asked of `dedup.text`, where there is something to ask.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.article import Span
from dedup.detect.address import page_digest
from dedup.detect.batch import lay, offsets_of
from dedup.detect.codepoints import tables
from dedup.scanning.aside import Aside, decode
from dedup.scanning.linescreen import screen
from dedup.scanning.packing import pack_sheet, pack_sheets
from dedup.scanning.sheets import make_sheet
from dedup.text import outline
from dedup.text.quotations import plain_pairs, quotations
from dedup.text.rules import place_of, rule_for
from dedup.text.structure import are_all_left_out, judge_lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Bytes that a text is followed by: the engine reads eight at a time.
BEHIND = bytes(8)
#: Bytes that are outlined at once: their arrays take some 30 times as many.
GROUP_BYTES = 1 << 18
#: Lines in doubt are furniture mostly, which stands on many pages.
_rule_for = lru_cache(maxsize=1 << 13)(rule_for)


class _Outlined(NamedTuple):
    """What the compiled engine found in some texts: see `sheetkernel.outline_rows`."""

    hashes: NDArray[np.uint64]
    starts: NDArray[np.int32]
    letters: NDArray[np.int32]
    lines: NDArray[np.int32]
    asked: NDArray[np.uint64]
    marks: NDArray[np.int32]
    ends: NDArray[np.int64]
    kinds: NDArray[np.int64]


def packed_sheets(
    asides: Iterable[Aside], furniture: NDArray[np.uint32], size: int
) -> Iterator[bytes]:
    """Yield the sheet of each article as `pack_sheet` returns it.

    Args:
        asides: What was set aside of the articles, which is taken as it is needed.
        furniture: Shingles that the corpus tells to be furniture, sorted; uint32.
        size: Words of such a shingle.

    O(bytes); 60 µs for an article of 430 words and 15 lines.
    """
    group: list[Aside] = []
    taken = 0
    for aside in asides:
        group.append(aside)
        taken += len(aside.text)
        if taken >= GROUP_BYTES:
            yield from _sheets(group, furniture, size)
            group, taken = [], 0
    yield from _sheets(group, furniture, size)


def _sheets(asides: Sequence[Aside], furniture: NDArray[np.uint32], size: int) -> Iterator[bytes]:
    """Yield the sheets of a group of articles."""
    import numpy as np

    from dedup.scanning import sheetkernel as kernel

    found = _outline([aside.text for aside in asides])
    absent = np.zeros(len(found.lines), dtype=np.bool_)
    quotes: list[tuple[int, int]] = []
    quote_at = [0]
    for aside, looked in zip(asides, _each(found), strict=True):
        out, quoted = _judge(aside, looked)
        absent[out] = True
        quotes += quoted
        quote_at.append(len(quotes))
    tokens = len(found.hashes)
    arrays = (
        np.empty(tokens, dtype=np.uint64),
        np.empty(tokens, dtype=np.int32),
        np.empty(tokens, dtype=np.uint16),
        np.empty(len(found.lines), dtype=np.int32),
        np.empty((len(quotes), 2), dtype=np.int32),
        np.empty(tokens, dtype=np.int32),
        np.empty(tokens, dtype=np.int32),
    )
    cuts = np.empty((len(asides) + 1, 5), dtype=np.int64)
    sieve = np.zeros(1 << int(kernel.FILTER_BITS), dtype=np.bool_)
    sieve[furniture >> np.uint32(32 - kernel.FILTER_BITS)] = True
    kernel.sheet_rows(
        found.hashes,
        found.starts,
        found.letters,
        found.lines,
        absent,
        np.array(quotes, dtype=np.int64).reshape(-1, 2),
        np.array(quote_at, dtype=np.int64),
        found.ends,
        furniture,
        sieve,
        size,
        *arrays,
        cuts,
    )
    hashes, _, letters, breaks, quoted_tokens, pairs, inside = arrays
    token, broken, quote, pair, marked = cuts.T
    pages = np.array(
        [page_digest(decode(aside.url)) if aside.url else 0 for aside in asides], dtype=np.uint64
    )
    packed = pack_sheets(
        {
            "tokens": hashes,
            "page": pages[pages > 0],
            "breaks": breaks,
            "quotes": quoted_tokens.reshape(-1),
            "pairs": pairs,
            "furniture": inside,
            "letters": letters,
        },
        {
            "tokens": token,
            "page": offsets_of(pages > 0),
            "breaks": broken,
            "quotes": 2 * quote,
            "pairs": pair,
            "furniture": marked,
            "letters": token,
        },
    )
    for aside, plain, sheet in zip(asides, found.kinds == kernel.PLAIN, packed, strict=True):
        if plain:
            yield pack_sheet(make_sheet(outline(aside.article), furniture, size))
        else:
            yield sheet


def _outline(texts: Sequence[bytes]) -> _Outlined:
    """Find tokens, lines and quotation marks of texts."""
    import numpy as np

    from dedup.scanning import sheetkernel as kernel

    packed = lay([*texts, BEHIND])
    known, asks = tables(), screen()
    room = int(packed.offsets[-2]) // 2 + len(texts)  # most tokens, and lines: "a b c d e"
    out = _Outlined(
        np.empty(room, dtype=np.uint64),
        np.empty(room, dtype=np.int32),
        np.empty(room, dtype=np.int32),
        np.empty((room, 2), dtype=np.int32),
        np.empty(room, dtype=np.uint64),
        np.empty((2 * room, 2), dtype=np.int32),
        np.empty((len(texts) + 1, 3), dtype=np.int64),
        np.empty(len(texts), dtype=np.int64),
    )
    kernel.outline_rows(
        packed.data,
        packed.offsets[:-1],
        (known.classes, known.folds, known.ordered, known.composing),
        (
            asks.features,
            asks.steps,
            asks.silent,
            asks.needed,
            asks.opened,
            np.uint64(asks.needless),
            np.uint64(asks.openless),
            asks.fits,
            np.uint64(asks.open_end),
            np.uint64(asks.wordless),
        ),
        asks.stand,
        *out,
    )
    tokens, lines, marks = out.ends[-1].tolist()
    return out._replace(
        hashes=out.hashes[:tokens],
        starts=out.starts[:tokens],
        letters=out.letters[:tokens],
        lines=out.lines[:lines],
        asked=out.asked[:lines],
        marks=out.marks[:marks],
    )


class _Looked(NamedTuple):
    """What is to be judged of one text.

    Attributes:
        first: The number of its first line among those of all texts.
        starts: Where its lines begin.
        ends: Where they end.
        doubtful: The lines that a rule may tell, from 0 on.
        menu: Whether it may hold a menu.
        marks: Where quotation marks stand.
        inside: In which line each of them does.
    """

    first: int
    starts: list[int]
    ends: list[int]
    doubtful: list[int]
    menu: bool
    marks: list[int]
    inside: list[int]

    @property
    def spans(self) -> list[Span]:
        """The lines."""
        return list(map(Span, self.starts, self.ends))


def _each(found: _Outlined) -> Iterator[_Looked]:
    import numpy as np

    from dedup.scanning import sheetkernel as kernel

    starts, stops = found.lines.T.tolist()
    marks, inside = found.marks.T.tolist()
    doubtful = np.flatnonzero(found.asked)
    edges = np.searchsorted(doubtful, found.ends[:, 1]).tolist()
    asked = doubtful.tolist()
    menu = (found.kinds == kernel.MENU).tolist()
    ends = found.ends.tolist()
    for row, one in enumerate(menu):
        (_, first, mark), (_, stop, last) = ends[row], ends[row + 1]
        yield _Looked(
            first,
            starts[first:stop],
            stops[first:stop],
            [number - first for number in asked[edges[row] : edges[row + 1]]],
            one,
            marks[mark:last],
            inside[mark:last],
        )


def _judge(aside: Aside, looked: _Looked) -> tuple[list[int], list[tuple[int, int]]]:
    """Return which lines are not compared, among those of all texts, and what is quoted."""
    text = decode(aside.text)
    title = None if aside.title is None else decode(aside.title)
    told = {}
    for number in looked.doubtful:
        line = text[looked.starts[number] : looked.ends[number]]
        rule = _rule_for(line, place_of(number, len(looked.starts)))
        if rule is not None:
            told[number] = line, rule
    out: Iterable[int] = told
    if looked.menu or not are_all_left_out(title, told):
        rules = [
            told[number][1] if number in told else None for number in range(len(looked.starts))
        ]
        lines = judge_lines(aside.article, looked.spans, rules)
        out = [number for number, line in enumerate(lines) if not line.compared]
    return [looked.first + number for number in out], _quoted(text, looked)


def _quoted(text: str, looked: _Looked) -> list[tuple[int, int]]:
    """Return where the quotations of a text begin and end."""
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(looked.marks):
        last = bisect_right(looked.inside, looked.inside[first], first)
        pairs = plain_pairs(text, looked.marks[first:last])
        if pairs is None:
            every = quotations(text, looked.spans, looked.marks)
            return [(quotation.start, quotation.end) for quotation in every]
        found += pairs
        first = last
    return found
