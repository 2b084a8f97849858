"""Text in pieces that stayed, went, came, moved or changed in style: what every format marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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


def side_by_side(unit: UnitReport, edits: Sequence[EditReport], side: Side) -> list[Piece]:
    """Return one unit in pieces, its own side of each edit marked.

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
            take(min(end, unit.end), change_of(edit))
    take(unit.end, Change.NONE)
    return pieces


def inline(a: UnitReport, b: UnitReport, edits: Sequence[EditReport]) -> list[Piece]:
    """Return B's unit in pieces, with A's words that went put in where they stood.

    The texts of the pieces of side `b`, joined, are B's text. A's words are set apart by a space
    where A's text sets words apart by spaces.
    """
    gap = " " if " " in a.text else ""
    gone: dict[int, list[EditReport]] = {}
    for edit in edits:
        if edit.before:
            gone.setdefault(_place_in_b(a, b, edit, edits), []).append(edit)
    pieces: list[Piece] = []
    place = b.start
    for piece in side_by_side(b, edits, "b"):
        end = place + len(piece.text)
        cuts = sorted(p for p in gone if place <= p < end)
        for cut in cuts:
            if cut > place:
                pieces.append(Piece(b.text[place - b.start : cut - b.start], piece.change))
            pieces.extend(_gone(gone[cut], gap, before=_at_word(b, cut)))
            place = cut
        if end > place:
            pieces.append(Piece(b.text[place - b.start : end - b.start], piece.change))
        place = end
    for cut in sorted(p for p in gone if p >= b.end):
        pieces.extend(_gone(gone[cut], gap, before=False))
    return pieces


def _at_word(b: UnitReport, place: int) -> bool:
    """Whether a word begins at the place, so that what is put in goes before it with a space."""
    index = place - b.start
    return index <= 0 or b.text[index - 1].isspace() or b.text[index].isalnum()


def _gone(edits: list[EditReport], gap: str, before: bool) -> list[Piece]:
    pieces: list[Piece] = []
    for edit in edits:
        words = Piece(edit.before, change_of(edit), "a")
        space = [Piece(gap, side="a")] if gap else []
        pieces += [words, *space] if before else [*space, words]
    return pieces


def _place_in_b(a: UnitReport, b: UnitReport, edit: EditReport, edits: Sequence[EditReport]) -> int:
    """Return where in B the words of A stood: as many kept words before them here as there."""
    if edit.op != Op.MOVE:
        return max(b.start, edit.b[0])
    kept_before = len(_kept(a, edits, "a", edit.a[0]))
    kept = _kept(b, edits, "b", b.end)
    return kept[kept_before] if kept_before < len(kept) else b.end


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
