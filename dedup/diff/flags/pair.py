"""Two articles with what differs between them, as the detectors of flags ask about it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from dedup.article import Span
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
