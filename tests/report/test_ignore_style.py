"""Reports that leave house style out: what differs by it alone, and its marks elsewhere."""

from __future__ import annotations

import pytest

from dedup import Article, compare
from dedup.report import markdown, terminal
from dedup.report.build import build
from dedup.report.marks import Change, inline, side_by_side
from dedup.report.model import ComparisonReport
from dedup.report.sequence import Hidden, fold, sequence
from dedup.report.view import View

A = """The council of Port Hale met on Monday and spent 5 percent of its money.

Mayor Ines Calder towed the colour-blind goat across the harbour twice.

Nobody was hurt when the old ferry ran aground.
"""
B = """The council of Port Hale met on Monday and spent 5% of its money.

Mayor Ines Calder towed the color-blind sheep across the harbor twice.

Nobody was hurt when the old ferry ran aground.
"""


@pytest.fixture(scope="module")
def report() -> ComparisonReport:
    return build(compare(Article(A, language="en"), Article(B, language="en")))


@pytest.mark.parametrize("width", [60, 120])
def test_a_terminal_shows_words_alone(report: ComparisonReport, width: int) -> None:
    shown = terminal.render(report, View(width=width))
    ignored = terminal.render(report, View(width=width, ignore_style=True))
    assert "[=" in shown
    assert "[=" not in ignored
    assert "{=" not in ignored
    assert "5%" not in ignored
    assert "[-goat-]" in ignored
    assert "{+sheep+}" in ignored
    assert "... 1 unchanged sentence" in ignored


def test_markdown_shows_words_alone(report: ComparisonReport) -> None:
    shown = markdown.render(report, View())
    ignored = markdown.render(report, View(ignore_style=True))
    assert "<ins>harbor</ins>" in shown
    assert "harbor" in ignored
    assert "<ins>harbor</ins>" not in ignored
    assert "<ins>sheep</ins>" in ignored
    assert "5%" not in ignored


def test_the_verdict_and_the_counts_stay(report: ComparisonReport) -> None:
    summary = View(summary=True, ignore_style=False), View(summary=True, ignore_style=True)
    assert len({terminal.render(report, view) for view in summary}) == 1


@pytest.mark.parametrize("context", [None, 0, 1])
def test_nothing_is_left_out_uncounted(report: ComparisonReport, context: int | None) -> None:
    rows = sequence(report, "a", ignore_style=True)
    shown = list(fold(rows, context))
    hidden = sum(entry.count for entry in shown if isinstance(entry, Hidden))
    assert hidden + sum(not isinstance(entry, Hidden) for entry in shown) == len(rows)
    assert hidden >= 1


def test_a_sentence_that_moved_is_shown_though_its_words_are_style() -> None:
    text = [paragraph for paragraph in A.split("\n\n") if paragraph]
    restyled = [paragraph for paragraph in B.split("\n\n") if paragraph]
    moved = "\n\n".join([text[1], text[2], restyled[0]])
    found = build(compare(Article(A, language="en"), Article(moved, language="en")))
    assert "house style only, moved" in terminal.render(found, View(ignore_style=True))


def test_b_s_text_is_whole_without_the_marks(report: ComparisonReport) -> None:
    units = {unit.id: unit for document in report.documents for unit in document.units}
    for link in report.links:
        a, b = units[link.a[0]], units[link.b[0]]
        pieces = inline(a, b, link.edits, ignore_style=True)
        assert "".join(piece.text for piece in pieces if piece.side == "b") == b.text
        for side, unit in (("a", a), ("b", b)):
            plain = side_by_side(unit, link.edits, side, ignore_style=True)
            assert "".join(piece.text for piece in plain) == unit.text
            assert Change.STYLE not in {piece.change for piece in plain}
