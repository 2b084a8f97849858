"""Say in one word how far the two sides of a link differ, and in one figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import and_

from dedup.diff.model import Edit, LinkKind, Op
from dedup.diff.surface import Word, covered

#: Least share of its telling words that one side has more than the other, to hold more.
MORE = 0.25
#: Least number of such words: a clause, not an adjective or a date.
CLAUSE = 3


@dataclass(frozen=True, slots=True)
class Balance:
    """How many telling words (no marks, no function words) each side has, and has alone."""

    a: int
    b: int
    only_a: int
    only_b: int


def balance(
    a: Sequence[Word], b: Sequence[Word], edits: Sequence[Edit], stop: frozenset[str]
) -> Balance:
    """Count telling words on each side: all, and those that an edit takes away or adds."""
    changed = [edit for edit in edits if edit.op is not Op.MOVE and edit.style is None]

    def count(words: Sequence[Word], alone: Sequence[bool]) -> tuple[int, int]:
        telling = [not word.is_mark and word.key not in stop for word in words]
        return sum(telling), sum(map(and_, telling, alone))

    all_a, only_a = count(a, covered(a, (edit.a for edit in changed)))
    all_b, only_b = count(b, covered(b, (edit.b for edit in changed)))
    return Balance(all_a, all_b, only_a, only_b)


def kind_of(edits: Sequence[Edit], words: Balance) -> LinkKind:
    """Return the kind of a link.

    `partial` where one side has, net of what the other has instead, at least `MORE` of its telling
    words alone, and a clause of them: it tells something that the other leaves out.
    """
    if not edits:
        return LinkKind.IDENTICAL
    if all(edit.style for edit in edits):
        return LinkKind.HOUSE_STYLE
    more = words.only_a - words.only_b
    size = words.a if more > 0 else words.b
    if abs(more) >= CLAUSE and abs(more) >= MORE * size:
        return LinkKind.PARTIAL
    return LinkKind.REWORDED


def similarity_of(edits: Sequence[Edit], words: Balance) -> float:
    """Return the share of telling words of both sides that the other side has too, 0 to 1.

    House style and moves take nothing away; a link without edits has 1.
    """
    if not edits:
        return 1.0
    total = words.a + words.b
    return 1 - (words.only_a + words.only_b) / total if total else 0.0
