"""The order in which changes are told, and what is left out around them."""

from __future__ import annotations

import pytest
from hand_made import Joined, comparison
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.article import Kind
from dedup.diff import LinkKind
from dedup.report.build import build
from dedup.report.model import ComparisonReport
from dedup.report.sequence import Hidden, Pointer, Row, fold, sequence


def made(a: int, b: int, *links: Joined) -> ComparisonReport:
    """Return a report on two articles of so many sentences, joined as told."""
    return build(
        comparison(
            [(Kind.BODY, f"Sentence {n} of A.") for n in range(a)],
            [(Kind.BODY, f"Sentence {n} of B.") for n in range(b)],
            list(links),
        )
    )


def same(a: int, b: int, moved: bool = False) -> Joined:
    return Joined((a,), (b,), LinkKind.IDENTICAL, moved=moved)


def told(entry: Row | Pointer | Hidden) -> str:
    """Write an entry down in short: `a1=b2`, `a3` alone, `->a5` a pointer, `(2)` hidden."""
    if isinstance(entry, Hidden):
        return f"({entry.count})"
    if isinstance(entry, Pointer):
        return f"{entry.unit.id}->{entry.shown_with.id}"
    sides = ("+".join(unit.id for unit in units) for units in (entry.a, entry.b))
    return "=".join(side for side in sides if side)


CASES = [
    ("nothing in common", made(1, 1), "b1 a1", "a1 b1"),
    ("the same order", made(2, 2, same(1, 1), same(2, 2)), "a1=b1 a2=b2", "a1=b1 a2=b2"),
    (
        "what B adds follows what precedes it in B",
        made(2, 3, same(1, 1), same(2, 3)),
        "a1=b1 b2 a2=b3",
        "a1=b1 b2 a2=b3",
    ),
    (
        "what B adds at its beginning comes first",
        made(1, 2, same(1, 2)),
        "b1 a1=b2",
        "b1 a1=b2",
    ),
    (
        "a moved sentence takes what follows it along",
        made(2, 3, same(1, 2, moved=True), same(2, 1)),
        "a1=b2 b3 a2=b1",
        "a2=b1 a1=b2 b3",
    ),
    ("neighbours on one side are one row", made(3, 1, same(1, 1)), "a1=b1 a2+a3", "a1=b1 a2+a3"),
    (
        "a merge of neighbours",
        made(2, 1, Joined((1, 2), (1,), LinkKind.REWORDED)),
        "a1+a2=b1",
        "a1+a2=b1",
    ),
    (
        "a merge from afar leaves a pointer",
        made(3, 1, Joined((1, 3), (1,), LinkKind.REWORDED)),
        "a1+a3=b1 a2 a3->a1",
        "a1+a3=b1 a2",
    ),
    (
        "a pointer parts what stands on one side",
        made(4, 1, Joined((1, 3), (1,), LinkKind.REWORDED)),
        "a1+a3=b1 a2 a3->a1 a4",
        "a1+a3=b1 a2 a4",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "report", "in_a", "in_b"), CASES, ids=[c[0] for c in CASES])
def test_order(name: str, report: ComparisonReport, in_a: str, in_b: str) -> None:
    assert " ".join(map(told, sequence(report, "a"))) == in_a
    assert " ".join(map(told, sequence(report, "b"))) == in_b


FOLDS = [
    (None, "a1=b1 a2=b2 a3 a4=b3 a5=b4 a6=b5"),
    (0, "(2) a3 (3)"),
    (1, "(1) a2=b2 a3 a4=b3 (2)"),
    (2, "a1=b1 a2=b2 a3 a4=b3 a5=b4 (1)"),
    (9, "a1=b1 a2=b2 a3 a4=b3 a5=b4 a6=b5"),
]


@pytest.mark.parametrize(("context", "expected"), FOLDS)
def test_context_keeps_the_same_near_a_change(context: int | None, expected: str) -> None:
    report = made(6, 5, same(1, 1), same(2, 2), same(4, 3), same(5, 4), same(6, 5))
    assert " ".join(map(told, fold(sequence(report), context))) == expected


def test_a_move_is_a_change() -> None:
    report = made(2, 2, same(1, 2, moved=True), same(2, 1))
    assert " ".join(map(told, fold(sequence(report), 0))) == "a1=b2 (1)"


@st.composite
def alignments(draw: st.DrawFn) -> ComparisonReport:
    a, b = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    left = draw(st.permutations(range(1, a + 1)))
    right = draw(st.permutations(range(1, b + 1)))
    links = []
    while left and right and draw(st.booleans()):
        n, m = draw(st.integers(1, min(2, len(left)))), draw(st.integers(1, min(2, len(right))))
        chosen_a, left = left[:n], left[n:]
        chosen_b, right = right[:m], right[m:]
        kind = draw(st.sampled_from([LinkKind.IDENTICAL, LinkKind.REWORDED]))
        links.append(Joined(tuple(sorted(chosen_a)), tuple(sorted(chosen_b)), kind))
    return made(a, b, *sorted(links, key=lambda joined: joined.a))


@given(alignments(), st.sampled_from(["a", "b"]))
@settings(max_examples=120, deadline=None)
def test_every_unit_is_told_once_and_the_leader_in_its_order(
    report: ComparisonReport, order: str
) -> None:
    rows = [e for e in sequence(report, "b" if order == "b" else "a") if isinstance(e, Row)]
    everything = sorted(unit.id for document in report.documents for unit in document.units)
    assert sorted(unit.id for row in rows for unit in (*row.a, *row.b)) == everything
    led = [units[0].start for row in rows if (units := row.a if order == "a" else row.b)]
    assert led == sorted(led)


@given(alignments(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_what_is_hidden_is_counted_and_never_a_change(
    report: ComparisonReport, context: int
) -> None:
    entries = sequence(report)
    folded = list(fold(entries, context))
    shown = [entry for entry in folded if not isinstance(entry, Hidden)]
    hidden = sum(entry.count for entry in folded if isinstance(entry, Hidden))
    assert len(shown) + hidden == len(entries)
    assert [e for e in entries if isinstance(e, Row) and e.changed] == [
        e for e in shown if isinstance(e, Row) and e.changed
    ]
