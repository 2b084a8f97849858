"""The two sides of a link as rows of words, each with the word on the other side that it became.

Detectors that read phrases ("police said", "may have") walk these rows. A word's *twin* is the
same word on the other side, in place or moved, or the same but for house style; its *counterpart*
is its twin or, where the words around it were rewritten, another form of the same verb or noun.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from dedup.article import Kind, Span
from dedup.diff.flags.verbs import stem
from dedup.diff.model import Diff, Edit, Link, Op
from dedup.text.document import Document

#: Words between two kept words that may hold the counterpart of a changed one.
REACH = 14


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One side of a link.

    Attributes:
        text: The article's text.
        words: The tokens of the link's units, as they are compared.
        starts: Where each begins in the text.
        ends: Where each ends, exclusive.
        units: For each unit, the index of its first word; then the number of words.
        twins: For each word, the index of its twin on the other side, or -1.
        quoted: The outermost quotations among the words.
        headline: Whether a headline is among the units.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    units: tuple[int, ...]
    twins: Sequence[int]
    quoted: tuple[Span, ...]
    headline: bool

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """Return the word at an index, or "" outside the row."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def gap(self, i: int) -> str:
        """Return the marks before a word, or behind the last one; `\\n` between units."""
        if i in self.units:
            return "\n"
        marks = self.text[self.ends[i - 1] : self.starts[i]]
        return "" if marks == " " else marks.strip()

    def unit_of(self, i: int) -> tuple[int, int]:
        """Return where the unit of a word begins and ends, in words."""
        at = bisect_right(self.units, i) - 1
        return self.units[at], self.units[at + 1]

    def is_quoted(self, i: int) -> bool:
        """Whether a word stands inside a quotation."""
        place = self.starts[i]
        return any(span.start <= place < span.end for span in self.quoted)

    def span(self, start: int, end: int) -> Span:
        """Return the place of words in the text; an empty one behind the word before `start`."""
        if start < end:
            return Span(self.starts[start], self.ends[end - 1])
        place = self.ends[start - 1] if start else self.starts[0] if self.starts else 0
        return Span(place, place)

    def clause(self, i: int) -> range:
        """Return the indexes of the words around one, as far as no mark or quotation parts them."""
        start, end = self.unit_of(i)
        low = next((k for k in range(i, start, -1) if self.gap(k)), start)
        high = next((k for k in range(i + 1, end) if self.gap(k)), end)
        return range(low, high)


def counterpart(here: Side, there: Side, i: int) -> int:
    """Return the index of a word's twin, or of another form of it in the same gap, or -1."""
    if here.twins[i] >= 0:
        return here.twins[i]
    low, high = around(here, there, i)
    wanted = stem(here.words[i])
    return next(
        (j for j in range(low, high) if there.twins[j] < 0 and stem(there.words[j]) == wanted), -1
    )


def around(here: Side, there: Side, i: int) -> tuple[int, int]:
    """Return where, on the other side, the words stand that took the place of a changed one."""
    twins = here.twins
    before = next((twins[k] for k in range(i - 1, -1, -1) if twins[k] >= 0), -1) + 1
    after = next((twins[k] for k in range(i + 1, len(twins)) if twins[k] >= 0), len(there))
    return before, min(after, before + REACH)


def sides_of(
    a: Document, b: Document, diff: Diff, quoted: tuple[tuple[Span, ...], tuple[Span, ...]], at: int
) -> tuple[Side, Side]:
    """Return the two sides of the link at a place in the diff; linear in their words."""
    link = diff.links[at]
    first, second = _rows(a, link.a), _rows(b, link.b)
    twins_a, twins_b = _twins(first, second, link)
    return _side(a, link.a, first, twins_a, quoted[0]), _side(b, link.b, second, twins_b, quoted[1])


def side_of(document: Document, unit: int, quoted: tuple[Span, ...]) -> Side:
    """Return the words of one unit, none of which has a twin."""
    row = _rows(document, (unit,))
    return _side(document, (unit,), row, [-1] * len(row.words), quoted)


_start, _end = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True)
class _Row:
    """Words with their places, before their twins are known."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    units: tuple[int, ...]


def _rows(document: Document, units: Iterable[int]) -> _Row:
    tokens = document.tokens
    slices = []
    for index in units:
        unit = document.units[index]
        low = bisect_left(tokens.starts, unit.start)
        slices.append(slice(low, bisect_left(tokens.starts, unit.end, low)))
    firsts = [0]
    for part in slices:
        firsts.append(firsts[-1] + part.stop - part.start)
    if len(slices) == 1:
        (part,) = slices
        return _Row(tokens.words[part], tokens.starts[part], tokens.ends[part], tuple(firsts))
    return _Row(
        tuple(chain.from_iterable([tokens.words[part] for part in slices])),
        tuple(chain.from_iterable([tokens.starts[part] for part in slices])),
        tuple(chain.from_iterable([tokens.ends[part] for part in slices])),
        tuple(firsts),
    )


def _side(
    document: Document, units: Iterable[int], row: _Row, twins: list[int], quoted: tuple[Span, ...]
) -> Side:
    headline = any(document.units[index].kind is Kind.HEADLINE for index in units)
    if row.starts:
        low = bisect_right(quoted, row.starts[0], key=_end)
        quoted = quoted[low : bisect_right(quoted, row.starts[-1], low, key=_start)]
    return Side(document.text, row.words, row.starts, row.ends, row.units, twins, quoted, headline)


def _twins(a: _Row, b: _Row, link: Link) -> tuple[list[int], list[int]]:
    """Match the words that no edit touches, in order, and those that moved or changed style."""
    twins_a, twins_b = [-1] * len(a.words), [-1] * len(b.words)
    free_a, free_b = [True] * len(a.words), [True] * len(b.words)
    for edit in link.edits:
        mine, other = _covered(a.starts, edit.a), _covered(b.starts, edit.b)
        for i in mine:
            free_a[i] = False
        for j in other:
            free_b[j] = False
        if _keeps(edit):
            for i, j in zip(mine, other, strict=False):
                twins_a[i], twins_b[j] = j, i
    left = [i for i, free in enumerate(free_a) if free]
    came = [j for j, free in enumerate(free_b) if free]
    for i, j in zip(left, came, strict=False):
        twins_a[i], twins_b[j] = j, i
    return twins_a, twins_b


def _keeps(edit: Edit) -> bool:
    return edit.op is Op.MOVE or edit.style is not None


def _covered(starts: tuple[int, ...], span: Span) -> range:
    low = bisect_left(starts, span.start)
    return range(low, bisect_left(starts, span.end, low))
