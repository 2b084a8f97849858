"""Which words are a title, and when two titles are of another office or rank."""

from __future__ import annotations

import pytest

from dedup.diff.flags.titles import Title, titles_in


def only_title(text: str) -> Title:
    """Return the one title of a text."""
    (title,) = titles_in(text, 0, len(text))
    return title


#: A title, what it is the same as or only less precise than, and what it is not.
OFFICES = [
    ("the senator", "Sen. Moss", "Gov. Moss"),
    ("the ex-mayor", "former Merrow mayor Moss", "the mayor"),
    ("President-elect Moss", "the president-elect", "President Moss"),
    ("Prime Minister Moss", "the premier", "the minister"),
    ("Foreign Minister Moss", "the minister", "Finance Minister Moss"),
    ("Secretary of State Moss", "the secretary of state", "Secretary of the Treasury Moss"),
    ("the CEO", "chief executive Moss", "chief financial officer Moss"),
    ("the police chief", "chief of police Moss", "fire chief Moss"),
    ("defence minister Moss", "Defense Minister Moss", "deputy defence minister Moss"),
    ("Lt. Col. Moss", "Lieutenant Colonel Moss", "Lt. Moss"),
    ("acting U.S. attorney general", "interim attorney general Moss", "the attorney general"),
]


@pytest.mark.parametrize(("title", "same", "other"), OFFICES)
def test_offices(title: str, same: str, other: str) -> None:
    assert not only_title(title).is_other(only_title(same))
    assert only_title(title).is_other(only_title(other))
    assert only_title(other).is_other(only_title(title))


@pytest.mark.parametrize(
    "text",
    [
        "a major sum from private officers in general",
        "the presidential directors of vice",
        "justices and mayors",
        "The general election",
        "a former factory",
    ],
)
def test_words_that_only_look_like_titles(text: str) -> None:
    assert titles_in(text, 0, len(text)) == []


def test_a_title_is_quoted_with_its_rank_and_without_the_name() -> None:
    text = "On Monday former U.S. Vice President Ann Moss slept."
    span = only_title(text).span
    assert text[span.start : span.end] == "former U.S. Vice President"
