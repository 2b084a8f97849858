"""What a diff is made of: links between units, and the word edits inside a link."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dedup.article import Span


class Op(StrEnum):
    """What an edit does to A's words to give B's."""

    INSERT = "insert"
    DELETE = "delete"
    REPLACE = "replace"
    MOVE = "move"


class Shape(StrEnum):
    """How many units of A and of B a link joins."""

    ONE = "1:1"
    SPLIT = "split"
    MERGE = "merge"
    MANY = "n:m"


class LinkKind(StrEnum):
    """How far the two sides of a link differ."""

    IDENTICAL = "identical"
    HOUSE_STYLE = "house_style"
    REWORDED = "reworded"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Edit:
    """A word-level change inside a link.

    Attributes:
        op: What happens.
        a: The words in A's text; empty (`start == end`, the place of insertion) for an insert.
        b: The words in B's text; empty for a delete.
        style: The house-style rule that the edit falls under, or None where it changes more than
            style.
    """

    op: Op
    a: Span
    b: Span
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Units of A and of B that tell the same thing.

    Attributes:
        a: Indexes into A's units, ascending, at least one.
        b: Indexes into B's units, ascending, at least one.
        shape: 1:1, split (one of A, several of B), merge (several of A, one of B) or n:m.
        kind: How far the two sides differ.
        moved: Whether the link is out of the common order (outside the heaviest increasing
            subsequence of links, weighted by words).
        similarity: 0 to 1, of the joined sides.
        edits: Word edits in order of B's text; empty for an identical link.
    """

    a: tuple[int, ...]
    b: tuple[int, ...]
    shape: Shape
    kind: LinkKind
    moved: bool
    similarity: float
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """Every compared unit of both articles, once: in a link, or on one side only.

    Attributes:
        links: In order of A.
        only_a: Indexes of A's compared units that B does not have (cut).
        only_b: Indexes of B's compared units that A does not have (added).
    """

    links: tuple[Link, ...]
    only_a: tuple[int, ...]
    only_b: tuple[int, ...]
