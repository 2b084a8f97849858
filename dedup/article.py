"""The frozen values that flow through everything: an article, and the units it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a unit is. Only `headline`, `dateline` and `body` take part in a comparison."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    CAPTION = "caption"
    TEASER = "teaser"
    FURNITURE = "furniture"

    @property
    def compared(self) -> bool:
        """Whether units of this kind take part in verdict and diff."""
        return self in COMPARED_KINDS


COMPARED_KINDS = frozenset({Kind.HEADLINE, Kind.DATELINE, Kind.BODY})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of Unicode code points in an article's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece that is aligned: a sentence, or a headline, dateline, byline, caption …

    Attributes:
        start: Where the unit begins in the article's text (code points).
        end: Where it ends, exclusive; `text[start:end]` has no white space at either end.
        kind: What the unit is.
        paragraph: The paragraph it stands in, counted from 1; a line of text is a paragraph.
        reason: Why it has that kind, for people ("repeats a line of page furniture"); never empty.
    """

    start: int
    end: int
    kind: Kind
    paragraph: int
    reason: str

    @property
    def span(self) -> Span:
        """The unit's place in the text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Article:
    """One outlet's text of one story, with what is known of it.

    The text is what was read, unaltered: every offset in a report points into it.

    `verbatim` says whether it is the file's own text, so that its lines are the file's: the text
    of a page or a record was taken out of it.
    """

    text: str
    path: str | None = None
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    sha256: str | None = None
    verbatim: bool = True

    @property
    def name(self) -> str:
        """What to call the article in a message."""
        return self.path or self.title or self.outlet or "the article"
