"""Which quotations are one speech, and which words of it are the speaker's."""

from __future__ import annotations

import pytest

from dedup import Article
from dedup.diff import diff
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.speeches import is_name, pair_speeches, speeches
from dedup.diff.flags.spoken import spoken
from dedup.text import Document, segment


def document(text: str) -> Document:
    return segment(Article(text, language="en"))


def said(text: str) -> list[str]:
    """Return the words of each speech of a text."""
    return [" ".join(speech.words) for speech in speeches(document(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will not go,” he said, “until they pay.”", ["we will not go until they pay"]),
        ("“We will not go”, he said, “until they pay”.", ["we will not go until they pay"]),
        ("“We know,” he said, “I was there.”", ["we know i was there"]),
        ("“We will not go,” he said. “They must pay.”", ["we will not go", "they must pay"]),
        ("“We stay,” he said, “They must pay.”", ["we stay", "they must pay"]),
        ("He called it “absurd” and, later, “a joke.”", ["absurd", "a joke"]),
        ("He called it “a lie,” and her “a fraud.”", ["a lie", "a fraud"]),
        ("He said: “They told me ‘no’ twice.”", ["they told me no twice"]),
    ],
)
def test_a_sentence_split_by_its_attribution_is_one_speech(text: str, expected: list[str]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The song “Rivers of Home” was sung.", True),
        ("The “Top 40” of the year was read out.", True),
        ("He called it “absurd” in the hall.", False),
        ("“Rivers burst their banks,” he said.", False),
    ],
)
def test_a_title_is_no_speech(text: str, expected: bool) -> None:
    article = document(text)
    assert [is_name(article, speech) for speech in speeches(article)] == [expected]


def test_two_quotations_that_became_one_are_paired() -> None:
    a = document("“The north is safe,” said the general. “The south is not,” he added at noon.")
    b = document("“The north is safe. The south is not,” said the general at noon.")
    found = pair_speeches(Pair(a, b, diff(a, b)))
    ((mine, other),) = found.same
    assert (len(mine), len(other), found.only_a, found.only_b) == (2, 1, (), ())


def test_equal_quotations_are_no_longer_looked_at() -> None:
    text = "“The north is safe,” said the general. “The south is not,” he added at noon."
    a, b = document(text), document(text.replace("“", '"').replace("”", '"'))
    found = pair_speeches(Pair(a, b, diff(a, b)))
    assert (found.same, found.only_a, found.only_b) == ((), (), ())


def test_the_speaker_s_words_and_the_outlet_s() -> None:
    article = document("He said: “[W]e saw them [the boys] … in the f***ing street (at night).”")
    found = spoken(article, list(speeches(article)))
    keys = [word.key for word in found.words]
    assert keys == ["we", "saw", "them", "the", "boys", "in", "the", "*f", "street", "at", "night"]
    bracketed = [
        word.key
        for word, bracket in zip(found.words, found.brackets, strict=True)
        if bracket is not None
    ]
    assert bracketed == ["the", "boys", "at", "night"]
    assert found.ellipses == {keys.index("in")}
