"""Sentences with their changes marked: nothing is lost, and it reads well."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Kind
from dedup.diff import Op
from dedup.report.marks import Change, inline, side_by_side
from dedup.report.model import EditReport, UnitReport
from dedup.report.rows import signed


def unit(text: str, start: int = 0) -> UnitReport:
    return UnitReport("a1", start, start + len(text), Kind.BODY, 1, text, "made")


Sides = tuple[UnitReport, UnitReport]


def edit(
    sides: Sides, op: Op, before: str, after: str, at: str = "", *, style: str | None = None
) -> EditReport:
    """Return an edit by its words; `at` says before which words of B the words of A stood."""
    a, b = sides
    left = a.start + a.text.index(before) if before else a.start
    right = b.start + (b.text.index(after) if after else b.text.index(at) if at else len(b.text))
    return EditReport(
        op, (left, left + len(before)), (right, right + len(after)), before, after, style
    )


def marked(a: str, b: str, *edits: tuple[Op, str, str] | tuple[Op, str, str, str]) -> str:
    left, right = unit(a, 10), unit(b, 70)
    found = [edit((left, right), *given) for given in edits]
    return "".join(signed(piece)[0] for piece in inline(left, right, found))


CASES = [
    ("He left.", "He left.", (), "He left."),
    (
        "He left late.",
        "He left.",
        ((Op.DELETE, "late", "", "."),),
        "He left [-late-].",
    ),
    (
        "Now he left.",
        "he left.",
        ((Op.DELETE, "Now", "", "he"),),
        "[-Now-] he left.",
    ),
    (
        "He left.",
        "He left early.",
        ((Op.INSERT, "", "early"),),
        "He left {+early+}.",
    ),
    (
        "He left Kyiv on foot.",
        "He left Lviv on foot.",
        ((Op.REPLACE, "Kyiv", "Lviv"),),
        "He left [-Kyiv-] {+Lviv+} on foot.",
    ),
    (
        "Ferries, too, run.",
        "Ferries run.",
        ((Op.DELETE, ", too,", "", "run"),),
        "Ferries[-, too,-] run.",
    ),
    (
        "He said “very good work”.",
        "He said “good work”.",
        ((Op.DELETE, "very", "", "good"),),
        "He said “[-very-] good work”.",
    ),
    (
        "On Monday he left.",
        "he left On Monday.",
        ((Op.MOVE, "On Monday", "On Monday"),),
        "[~On Monday~] he left {~On Monday~}.",
    ),
    (
        "He met Xi Monday in Kazan.",
        "Monday He met Xi in Kazan.",
        ((Op.MOVE, "Monday", "Monday"),),
        "{~Monday~} He met Xi [~Monday~] in Kazan.",
    ),
    (
        "As members, they vote.",
        "“As members, they vote.",
        ((Op.INSERT, "", "“"),),
        "{+“+}As members, they vote.",
    ),
    (
        "“As members, they vote.",
        "As members, they vote.",
        ((Op.DELETE, "“", "", "As"),),
        "[-“-]As members, they vote.",
    ),
    (
        "東京で会談した",
        "大阪で会談した",
        ((Op.REPLACE, "東京", "大阪"),),
        "[-東京-]{+大阪+}で会談した",
    ),
    (
        "東京で昨日会談した",
        "東京で会談した",
        ((Op.DELETE, "昨日", "", "会談"),),
        "東京で[-昨日-]会談した",
    ),
]


@pytest.mark.parametrize(("a", "b", "edits", "expected"), CASES)
def test_one_text_with_both(a: str, b: str, edits: tuple[()], expected: str) -> None:
    assert marked(a, b, *edits) == expected


def test_a_moved_word_that_follows_a_cut_stands_behind_it() -> None:
    a, b = unit("Then slowly he rose."), unit("he rose slowly.")
    edits = [
        edit((a, b), Op.DELETE, "Then", "", at="he"),
        edit((a, b), Op.MOVE, "slowly", "slowly"),
    ]
    text = "".join(signed(piece)[0] for piece in inline(a, b, edits))
    assert text == "[-Then-] [~slowly~] he rose {~slowly~}."


def test_style_has_a_sign_of_its_own() -> None:
    a, b = unit("Zelensky spoke."), unit("Zelenskyy spoke.")
    edits = [edit((a, b), Op.REPLACE, "Zelensky", "Zelenskyy", style="spelling of names")]
    assert "".join(signed(p)[0] for p in inline(a, b, edits)) == "[=Zelensky=] {=Zelenskyy=} spoke."
    assert [p.change for p in side_by_side(a, edits, "a")] == [Change.STYLE, Change.NONE]


WORDS = st.lists(st.sampled_from(["port", "Hale,", "the", "“ferry", "1931", "東京"]), max_size=8)


@st.composite
def rewritten(draw: st.DrawFn) -> tuple[UnitReport, UnitReport, list[EditReport]]:
    """Draw two sentences and edits that lead from one to the other, block by block."""
    parts_a: list[str] = []
    parts_b: list[str] = []
    spans: list[tuple[Op, tuple[int, int], tuple[int, int]]] = []

    def add(parts: list[str], words: list[str]) -> tuple[int, int]:
        before = len(" ".join(parts)) + bool(parts)
        parts.extend(words)
        return (before, len(" ".join(parts))) if words else (before, before)

    for _ in range(draw(st.integers(1, 4))):
        kept, gone, came = draw(WORDS), draw(WORDS), draw(WORDS)
        add(parts_a, kept)
        add(parts_b, kept)
        a, b = add(parts_a, gone), add(parts_b, came)
        if gone or came:
            op = Op.REPLACE if gone and came else Op.DELETE if gone else Op.INSERT
            spans.append((op, a, b))
    left, right = unit(" ".join(parts_a)), unit(" ".join(parts_b))
    limit = len(right.text)
    edits = [
        EditReport(
            op, a, (min(b[0], limit), b[1] if b[1] > b[0] else min(b[0], limit)),
            left.text[slice(*a)], right.text[slice(*b)], None,
        )
        for op, a, b in spans
    ]  # fmt: skip
    return left, right, edits


@given(rewritten())
@settings(max_examples=150, deadline=None)
def test_nothing_is_lost(drawn: tuple[UnitReport, UnitReport, list[EditReport]]) -> None:
    a, b, edits = drawn
    assert "".join(piece.text for piece in side_by_side(a, edits, "a")) == a.text
    assert "".join(piece.text for piece in side_by_side(b, edits, "b")) == b.text
    pieces = inline(a, b, edits)
    assert "".join(piece.text for piece in pieces if piece.side == "b") == b.text
    cut = [p.text for p in pieces if p.side == "a" and p.change is not Change.NONE]
    assert cut == [edit.before for edit in edits if edit.before]
