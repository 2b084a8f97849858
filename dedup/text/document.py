"""An article as the program reads it: its units, quotations, credits and tokens."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dedup.article import Article, Span, Unit
from dedup.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation, with its marks.

    Attributes:
        start: Offset of the opening mark.
        end: Offset just past the closing mark, or, where it is never closed, past the last
            character that counts as quoted.
        closed: Whether a closing mark was found.
        depth: 0 for a quotation in the text, 1 for one inside another, and so on.
    """

    start: int
    end: int
    closed: bool
    depth: int

    @property
    def span(self) -> Span:
        """The quotation's place in the text, marks included."""
        return Span(self.start, self.end)


class CreditPlace(StrEnum):
    """Where a wire agency is named."""

    DATELINE = "dateline"
    BYLINE = "byline"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Credit:
    """A wire agency named as a source of the article.

    Attributes:
        agency: The agency's short name: `AP`, `Reuters`, `AFP` …
        place: Where it is named.
        start: Offset of the words that name it.
        end: Where they end, exclusive.
    """

    agency: str
    place: CreditPlace
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """An article, segmented.

    Attributes:
        article: What was read.
        language: ISO 639-1 code, given with the article or recognised; `und` when unknown.
        units: Every unit, in order of the text; each non-space character is in exactly one.
        quotations: Quotations of the whole text in order of `start`; nested ones follow their
            parent.
        credits: Wire agencies named as sources.
        tokens: The tokens of the units that are compared, in order of the text.
    """

    article: Article
    language: str
    units: tuple[Unit, ...]
    quotations: tuple[Quotation, ...]
    credits: tuple[Credit, ...]
    tokens: Tokens

    @property
    def text(self) -> str:
        """The article's text, which every offset points into."""
        return self.article.text

    @property
    def gaps(self) -> tuple[int, ...]:
        """Where units begin that are not compared, in order: no passage runs across them."""
        return tuple(unit.start for unit in self.units if not unit.kind.compared)

    def text_of(self, unit: Unit) -> str:
        """The text of one unit."""
        return self.article.text[unit.start : unit.end]


@dataclass(frozen=True, slots=True)
class Outline:
    """What the verdict needs of an article: a document without its sentences, credits, language.

    Each attribute is that of the article's `Document`.

    Attributes:
        article: What was read.
        gaps: Where units begin that are not compared, in order.
        quotations: Quotations of the whole text.
        tokens: The tokens of what is compared.
    """

    article: Article
    gaps: tuple[int, ...]
    quotations: tuple[Quotation, ...]
    tokens: Tokens
