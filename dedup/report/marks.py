"""Text in pieces that stayed, went, came, moved or changed in style: what every format marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from dedup.diff.model import Op
from dedup.report.model import EditReport, Offsets, Side, UnitReport
from dedup.text.tokens import tokenize


class Change(StrEnum):
    """What happened to a piece of text."""

    NONE = "none"
    WORDS = "words"
    MOVED = "moved"
    STYLE = "style"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text to be shown in one way; `side` says whose words they are."""

    text: str
    change: Change = Change.NONE
    side: Side = "b"


def change_of(edit: EditReport) -> Change:
    """Return what kind of change an edit is to a reader."""
    if edit.op == Op.MOVE:
        return Change.MOVED
    return Change.STYLE if edit.style is not None else Change.WORDS


def side_by_side(
    unit: UnitReport, edits: Sequence[EditReport], side: Side, ignore_style: bool = False
) -> list[Piece]:
    """Return one unit in pieces, its own side of each edit marked (but house style, if ignored).

    The texts of the pieces, joined, are the unit's text.
    """
    pieces: list[Piece] = []
    place = unit.start

    def take(end: int, change: Change) -> None:
        nonlocal place
        if end > place:
            text = unit.text[place - unit.start : end - unit.start]
            pieces.append(Piece(text, change, side))
            place = end

    for edit in sorted(edits, key=lambda edit: _offsets(edit, side)):
        start, end = _offsets(edit, side)
        if start < end and start < unit.end and end > unit.start:
            take(start, Change.NONE)
            change = change_of(edit)
            plain = ignore_style and change is Change.STYLE
            take(min(end, unit.end), Change.NONE if plain else change)
    take(unit.end, Change.NONE)
    return pieces


def inline(
    a: UnitReport, b: UnitReport, edits: Sequence[EditReport], ignore_style: bool = False
) -> list[Piece]:
    """Return B's unit in pieces, with A's words that went put in where they stood.

    Where house style is ignored, B's way of writing stands alone, and is not marked.
    The texts of the pieces of side `b`, joined, are B's text. A's words are set apart by a space
    where A's text sets words apart by spaces.
    """
    gone: dict[int, list[Piece]] = {}
    for edit in sorted(edits, key=lambda edit: edit.a):
        if edit.before and not (ignore_style and change_of(edit) is Change.STYLE):
            place, pieces = _gone(a, b, edit, edits)
            gone.setdefault(place, []).extend(pieces)
    found: list[Piece] = []
    place = b.start
    for piece in side_by_side(b, edits, "b", ignore_style):
        end = place + len(piece.text)
        cuts = sorted({place, *(cut for cut in gone if place < cut < end)})
        for cut, until in pairwise([*cuts, end]):
            found += gone.get(cut, [])
            found.append(Piece(b.text[cut - b.start : until - b.start], piece.change))
        place = end
    return found + [piece for cut in sorted(gone) if cut >= b.end for piece in gone[cut]]


def _gone(
    a: UnitReport, b: UnitReport, edit: EditReport, edits: Sequence[EditReport]
) -> tuple[int, list[Piece]]:
    """Return where in B the words of A are put in, and these with the space that sets them apart.

    A comma that went stays at the word it stood behind, an opening quotation mark at the word it
    stood before; no spaces are put into scripts that have none.
    """
    place = max(b.start, min(b.end, _place_in_b(a, b, edit, edits)))
    words = Piece(edit.before, change_of(edit), "a")
    if not _spaced(a, edit.a[0] - 1) and not edit.before[0].isalnum():
        while place > b.start and _spaced(b, place - 1):
            place -= 1
        return place, [words]
    space = [Piece(" ", side="a")] if " " in a.text else []
    if place < b.end and (_spaced(b, place - 1) or b.text[place - b.start].isalnum()):
        stands_at_next = not _spaced(a, edit.a[1]) and not edit.before[-1].isalnum()
        return place, [words] if stands_at_next else [words, *space]
    return place, [*space, words]


def _spaced(unit: UnitReport, place: int) -> bool:
    """Whether there is white space at a place; the ends of the unit count as such."""
    return not unit.start <= place < unit.end or unit.text[place - unit.start].isspace()


def _place_in_b(a: UnitReport, b: UnitReport, edit: EditReport, edits: Sequence[EditReport]) -> int:
    """Return where in B the words of A stood: behind the words that they follow in A."""
    if edit.op != Op.MOVE:
        return edit.b[0]
    before = len(_kept(a, edits, "a", edit.a[0]))
    kept = _kept(b, edits, "b", b.end)
    behind = [other.b[1] for other in edits if other.op != Op.MOVE and other.a[1] <= edit.a[0]]
    if before:
        behind.append(kept[min(before, len(kept)) - 1] + 1)
    starts = (b.start + start for start in tokenize(b.text).starts)
    return next((start for start in starts if start >= max(behind, default=b.start)), b.end)


def _kept(unit: UnitReport, edits: Sequence[EditReport], side: Side, end: int) -> list[int]:
    """Return where the words begin that no edit touches, as far as `end`."""
    touched = [_offsets(edit, side) for edit in edits]
    return [
        unit.start + start
        for start in tokenize(unit.text).starts
        if unit.start + start < end
        and not any(first <= unit.start + start < last for first, last in touched)
    ]


def _offsets(edit: EditReport, side: Side) -> Offsets:
    return edit.a if side == "a" else edit.b
