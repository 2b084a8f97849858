"""Two articles with what differs between them, as the detectors of flags ask about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from dedup.article import Span
from dedup.diff.flags.sides import Side, side_of, sides_of
from dedup.diff.model import Diff, Edit, Link
from dedup.diff.rules import Style
from dedup.text.document import Document


@dataclass(frozen=True)
class Pair:
    """Two articles and their diff.

    Attributes:
        a: The first article.
        b: The second article.
        diff: What B changed against A.
        style: The rules of house style that the diff was made with.
    """

    a: Document
    b: Document
    diff: Diff
    style: Style = field(default_factory=Style.builtin)

    def edits(self) -> Iterator[tuple[int, Link, Edit]]:
        """Yield each edit of more than house style, with its link and the place of that."""
        for place, link in enumerate(self.diff.links):
            for edit in link.edits:
                if edit.style is None:
                    yield place, link, edit

    def reworded(self) -> Iterator[int]:
        """Yield the place of each link with an edit of more than house style."""
        for place, link in enumerate(self.diff.links):
            if any(edit.style is None for edit in link.edits):
                yield place

    def sides(self, place: int) -> tuple[Side, Side]:
        """Return the words of both sides of a link, read once."""
        if place not in self._sides:
            quoted = self.quoted_a, self.quoted_b
            self._sides[place] = sides_of(self.a, self.b, self.diff, quoted, place)
        return self._sides[place]

    def alone(self, unit: int, *, of_a: bool) -> Side:
        """Return the words of one unit without the other side: no word has a twin."""
        document, quoted = (self.a, self.quoted_a) if of_a else (self.b, self.quoted_b)
        return side_of(document, unit, quoted)

    @cached_property
    def _sides(self) -> dict[int, tuple[Side, Side]]:
        return {}

    @cached_property
    def english(self) -> bool:
        """Whether both articles are in English: the words of most detectors are English."""
        return self.a.language[:2] == "en" and self.b.language[:2] == "en"

    @cached_property
    def quoted_a(self) -> tuple[Span, ...]:
        """The outermost quotations of the first article, marks included, in order."""
        return _outermost(self.a)

    @cached_property
    def quoted_b(self) -> tuple[Span, ...]:
        """The outermost quotations of the second article, marks included, in order."""
        return _outermost(self.b)


def inside(spans: tuple[Span, ...], place: Span) -> bool:
    """Whether a place begins inside one of some spans, which are in order and do not overlap.

    >>> inside((Span(3, 9),), Span(4, 5)), inside((Span(3, 9),), Span(9, 10))
    (True, False)
    """
    at = bisect_right(spans, place.start, key=lambda span: span.start) - 1
    return at >= 0 and place.start < spans[at].end


def _outermost(document: Document) -> tuple[Span, ...]:
    return tuple(quotation.span for quotation in document.quotations if not quotation.depth)
