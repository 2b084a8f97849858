"""Lines are paragraphs, but where a text is broken at a fixed column."""
# ruff: noqa: E501 - the lines are the texts

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.text.paragraphs import LINE_ENDS, paragraphs

STORY = (
    "The ferry Marit sank off Bergen early on Monday, and at least fourteen people were killed, the coast "
    "guard said in a statement that it gave out at noon. It was the worst accident in the harbor since 1921.",
    "Divers looked for the captain until dark. His wife waited on the pier with their two children and "
    "did not speak to reporters, who were kept behind a rope by four policemen from the next town.",
)


def lines_of(text: str) -> list[str]:
    return [text[span.start : span.end] for span in paragraphs(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", *LINE_ENDS])
def test_every_line_end_parts_lines(end: str) -> None:
    assert lines_of(f"One.{end}Two. {end}{end} Three.{end}") == ["One.", "Two.", "Three."]


@pytest.mark.parametrize("blank", ["", " ", "\u00a0", "\u200b", "\ufeff", " \u00ad\t", "\u2060"])
def test_a_line_without_anything_visible_is_blank(blank: str) -> None:
    assert lines_of(f"One.\n{blank}\nTwo.") == ["One.", "Two."]


def test_a_text_without_anything_visible_has_no_paragraph() -> None:
    assert lines_of("") == []
    assert lines_of(" \n\u200b\n\ufeff") == []


@pytest.mark.parametrize("width", [60, 66, 72, 78])
def test_wrapped_text_is_joined(width: int) -> None:
    text = "\n\n".join(textwrap.fill(part, width) for part in STORY)
    assert [" ".join(line.split()) for line in lines_of(text)] == list(STORY)


def test_wrapped_text_with_other_line_ends_is_joined() -> None:
    text = "\r\n\r\n".join(textwrap.fill(part, 70).replace("\n", "\r\n") for part in STORY)
    assert len(lines_of(text)) == 2


def test_long_lines_are_not_joined() -> None:
    assert lines_of("\n".join(STORY)) == list(STORY)


def test_verse_is_not_joined() -> None:
    verse = "The sea is gray,\nThe sky is low,\nThe boats are gone\nWhere no men go.\nThe bell is still\nUpon the hill."
    assert len(lines_of(verse)) == 6


def test_a_list_of_long_items_is_not_joined() -> None:
    items = [
        f"Item {n}: the harbor master must keep the eastern gate shut today." for n in range(9)
    ]
    assert lines_of("\n".join(items)) == items


@given(st.text(max_size=300))
def test_paragraphs_hold_all_that_is_visible(text: str) -> None:
    spans = paragraphs(text)
    for span in spans:
        assert text[span.start : span.end] == text[span.start : span.end].strip() != ""
    for before, after in pairwise(spans):
        assert before.end <= after.start
    kept = "".join(text[span.start : span.end] for span in spans)
    lost = len("".join(text.split())) - len("".join(kept.split()))
    invisible = sum(
        not char.isprintable() or (not char.isspace() and char in "\ufe0f\ufe0e") for char in text
    )
    assert lost == 0 or invisible
