"""A headline is the first line of a text, once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.reading.text import has_words, opens_with, read_text, whole, with_headline

HEADLINE = "Ferry runs again"


@given(st.text())
def test_a_text_is_what_was_read(text: str) -> None:
    assert read_text(text, "a.txt").text == text


#: A text, and whether it opens with the headline.
OPENINGS = {
    "Ferry runs again\nPORT HALE (AP) — The ferry ran.": True,
    "Ferry runs again": True,
    "  FERRY\u00a0RUNS  again \r\nThe ferry ran.": True,
    "\n\nWORLD\n\nFerry runs again\nBy Ada Quill": True,
    "Ferry runs again | Hale Post\nThe ferry ran.": True,
    "Ferry runs again PORT HALE (AP) — The ferry ran on Friday.": True,
    "Ferry runs again after storm, operator says\nIt ran.": False,
    "Ferry runs again, operator says": False,
    "Ferry runs against storm": False,
    "The ferry ran. Ferry runs again": False,
    "One\nTwo\nThree\nFerry runs again": False,
    "": False,
}


@pytest.mark.parametrize("text", OPENINGS)
def test_headline_is_looked_for_at_the_beginning(text: str) -> None:
    assert opens_with(HEADLINE, text) is OPENINGS[text]


@given(st.text(), st.text())
def test_a_headline_stands_first_and_once(title: str, text: str) -> None:
    result = with_headline(title, text)
    assert result.endswith(text)
    assert with_headline(title, result) == result
    assert not has_words(title) or opens_with(title, result)


@pytest.mark.parametrize("title", [None, "", "  \n", "* * *"])
def test_no_headline_changes_nothing(title: str | None) -> None:
    assert with_headline(title, "The ferry ran.") == "The ferry ran."


def test_a_headline_is_one_line() -> None:
    assert with_headline(" Ferry\nruns ", "It ran.") == "Ferry runs\nIt ran."


@given(st.text(st.characters()))
def test_whole_text_is_valid_unicode(text: str) -> None:
    assert whole(text).encode().decode() == whole(text)


@given(st.text())
def test_whole_leaves_valid_text_alone(text: str) -> None:
    assert whole(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", True),
        ("7", True),
        ("Ж", True),
        ("東", True),
        ("", False),
        ("…—_*", False),
        ("\u200b", False),
    ],
)
def test_a_word_has_a_letter_or_digit(text: str, expected: bool) -> None:
    assert has_words(text) is expected
