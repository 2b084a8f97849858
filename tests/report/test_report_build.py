"""What a report says of a comparison: ids, words beside offsets, counts, null for the unknown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_made import AGENCY, DAILY, Joined, comparison

from dedup.article import Article, Kind
from dedup.detect import Label
from dedup.diff import LinkKind, Op, Shape
from dedup.report.build import build

REPORT = build(comparison())


def test_documents_come_first_a_then_b() -> None:
    a, b = REPORT.documents
    assert (a.id, a.path, b.id, b.path) == ("a", "agency.txt", "b", "daily.txt")
    assert [unit.id for unit in a.units] == [f"a{n}" for n in range(1, len(AGENCY) + 1)]
    assert [unit.id for unit in b.units] == [f"b{n}" for n in range(1, len(DAILY) + 1)]


@pytest.mark.parametrize("side", [0, 1])
def test_offsets_show_what_the_report_shows(side: int) -> None:
    document = REPORT.documents[side]
    assert all(document.text[unit.start : unit.end] == unit.text for unit in document.units)


def test_edits_carry_the_words_of_both_sides() -> None:
    a, b = REPORT.documents
    edits = [edit for link in REPORT.links for edit in link.edits]
    assert edits
    for edit in edits:
        assert edit.before == a.text[slice(*edit.a)]
        assert edit.after == b.text[slice(*edit.b)]
        assert (edit.before == "") == (edit.op == Op.INSERT)
        assert (edit.after == "") == (edit.op == Op.DELETE)


def test_every_compared_unit_is_linked_or_alone_and_every_other_skipped() -> None:
    told = [name for link in REPORT.links for name in (*link.a, *link.b)]
    told += [*REPORT.only.a, *REPORT.only.b, *(skipped.unit for skipped in REPORT.skipped)]
    assert sorted(told) == sorted(unit.id for d in REPORT.documents for unit in d.units)
    assert [(s.unit, s.reason) for s in REPORT.skipped] == [
        ("a6", Kind.CAPTION),
        ("a12", Kind.FURNITURE),
        ("b9", Kind.FURNITURE),
    ]


def test_counts() -> None:
    summary = REPORT.summary
    assert (summary.a.units, summary.a.compared, summary.a.only) == (12, 10, 4)
    assert (summary.b.units, summary.b.compared, summary.b.only) == (9, 8, 2)
    assert summary.a.skipped == {
        Kind.BYLINE: 0,
        Kind.CAPTION: 1,
        Kind.TEASER: 0,
        Kind.FURNITURE: 1,
    }
    assert summary.b.only_words == len(["Cracks", "close", "Old", "Wharf", "Bridge"]) + 10
    assert summary.links.total == 5
    assert summary.links.moved == 1
    assert summary.links.shape == {
        Shape.ONE: 3,
        Shape.MERGE: 1,
        Shape.SPLIT: 1,
        Shape.MANY: 0,
    }
    assert summary.links.kind == {
        LinkKind.IDENTICAL: 1,
        LinkKind.HOUSE_STYLE: 0,
        LinkKind.REWORDED: 3,
        LinkKind.PARTIAL: 1,
    }
    assert summary.edits == {Op.INSERT: 3, Op.DELETE: 3, Op.REPLACE: 4, Op.MOVE: 1}
    assert summary.flags == 0


def test_the_longest_run_shows_its_text_in_both() -> None:
    run = REPORT.verdict.evidence.longest_run
    a, b = REPORT.documents
    assert run is not None
    assert run.text == a.text[slice(*run.a)] == b.text[slice(*run.b)]
    assert REPORT.verdict.evidence.longest_run_unquoted is None


def test_the_unknown_is_none() -> None:
    made = comparison()
    nameless = replace(made, a=replace(made.a, article=Article(made.a.text), language="und"))
    document = build(nameless).documents[0]
    assert (document.path, document.title, document.language, document.sha256) == (None,) * 4


@pytest.mark.parametrize("label", list(Label))
def test_same_story_is_true_for_three_labels(label: Label) -> None:
    verdict = build(comparison(label=label)).verdict
    assert verdict.label == label
    assert verdict.same_story == (label in {"identical", "near_identical", "same_story"})


def test_a_lone_surrogate_is_replaced_in_place() -> None:
    text = "The \ud800 mark stays one character long."
    report = build(comparison([(Kind.BODY, text)], [(Kind.BODY, "Nothing.")], []))
    document = report.documents[0]
    assert document.text == text.replace("\ud800", "\ufffd")
    assert len(document.text) == len(text)


def test_a_report_is_a_pure_function() -> None:
    joined = [Joined((1,), (1,), LinkKind.IDENTICAL)]
    lines = [(Kind.BODY, "The ferry ran aground.")]
    assert build(comparison(lines, lines, joined)) == build(comparison(lines, lines, joined))
