"""What the fields of a record become, whatever reader they come from."""

from __future__ import annotations

from datetime import date
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.reading import text as opening
from dedup.reading.entry import entry_of, known
from dedup.reading.piece import Columns, Record, Source
from dedup.reading.text import opens_with

SOURCE = Source("news/a.jsonl", "a.jsonl", "jsonl")
COLUMNS = Columns(text=("text", "body"), id=("id", "url"), title=("title",))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  Hale\n Post ", "Hale Post"),
        (7, "7"),
        (7.5, "7.5"),
        (date(2026, 1, 2), "2026-01-02"),
        ({"name": "Hale  Post"}, "Hale Post"),
        ({"name": "half \ud83d"}, "half \ufffd"),
        ({"title": "Hale Post"}, None),
        (["Hale Post"], None),
        (True, None),
        (" ", None),
        (None, None),
    ],
)
def test_what_a_field_says_is_one_line(value: object, expected: str | None) -> None:
    assert known({"source": value}, ("source",)) == expected


def test_the_first_field_that_says_something_counts() -> None:
    entry = entry_of({"text": " ", "body": "Dam holds.", "id": "", "url": "u"}, COLUMNS, SOURCE, 3)
    assert entry == Record("u", "Dam holds.", None, None, None, None, None, "news/a.jsonl", 3)


def test_a_record_without_a_name_is_called_by_its_place() -> None:
    entry = entry_of({"text": "Dam holds."}, COLUMNS, SOURCE, 3)
    assert isinstance(entry, Record) and entry.id == "a.jsonl:3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dam holds.", "Dam holds\nThe dam holds."),
        ("Dam  HOLDS\nThe dam holds.", "Dam  HOLDS\nThe dam holds."),
        ("<p>The dam holds.</p><p>It is old.</p>", "Dam holds\nThe dam holds.\nIt is old."),
    ],
)
def test_the_text_begins_with_the_headline(text: str, expected: str) -> None:
    entry = entry_of({"title": " Dam  holds ", "text": text}, COLUMNS, SOURCE, 1)
    assert isinstance(entry, Record) and entry.text == expected


LETTERS = st.sampled_from("abAßSs \n\r\v\f\x1c\x1f\x85\u2028\u00a0İi")


@settings(max_examples=300, deadline=None)
@given(st.text(LETTERS, max_size=4), st.text(LETTERS, max_size=24), st.sampled_from([4, 8, 800]))
def test_a_headline_is_seen_without_splitting_the_whole_text(
    headline: str, text: str, near: int
) -> None:
    lines = (" ".join(line.split()) for line in text.splitlines() if line.strip())
    wanted = " ".join(headline.split())
    plain = opening.has_words(wanted) and any(
        opening._begins(line, wanted) for line in islice(lines, opening.OPENING_LINES)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_NEAR", near)
        assert opens_with(headline, text) == plain
