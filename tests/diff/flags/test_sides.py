"""The words of a link's sides, and what became of each."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.article import Article
from dedup.diff import diff
from dedup.diff.flags.pair import Pair
from dedup.diff.flags.sides import counterpart
from dedup.diff.style import key_of
from dedup.text import segment

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
VOCABULARY = "the bridge opened opens will open on Monday police ; 2 , Ruud's . “ ”"
TEXT = st.lists(st.sampled_from(VOCABULARY.split()), min_size=1, max_size=25).map(" ".join)


def pair_of(a: str, b: str) -> Pair:
    first, second = (segment(Article(text, language="en")) for text in (a, b))
    return Pair(first, second, diff(first, second))


def check(a: str, b: str) -> None:
    pair = pair_of(a, b)
    for place in range(len(pair.diff.links)):
        first, second = pair.sides(place)
        for here, there in ((first, second), (second, first)):
            assert len(here) == len(here.words) == here.units[-1]
            for i, twin in enumerate(here.twins):
                assert -1 <= twin < len(there)
                assert twin < 0 or there.twins[twin] == i
                assert -1 <= counterpart(here, there, i) < len(there)
                at = here.span(i, i + 1)
                assert here.starts[i] == at.start and here.is_quoted(i) in (True, False)
                assert i in here.clause(i)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_twins_are_mutual(path: Path) -> None:
    for case in tomllib.loads(path.read_text("utf-8"))["case"]:
        check(case["a"], case["b"])


@given(TEXT, TEXT)
def test_twins_are_mutual_in_any_words(a: str, b: str) -> None:
    check(a, b)


@given(TEXT)
def test_words_that_no_edit_touches_are_the_same(text: str) -> None:
    pair = pair_of(text + " again", text)
    for place in range(len(pair.diff.links)):
        a, b = pair.sides(place)
        for i, twin in enumerate(a.twins):
            if twin >= 0:
                assert key_of(a.words[i]).form == key_of(b.words[twin]).form


def test_a_rewritten_verb_has_a_counterpart() -> None:
    a, b = pair_of("The bridge will open on Monday.", "The bridge opened on Monday.").sides(0)
    assert a.twins[a.words.index("open")] == -1
    assert b.words[counterpart(a, b, a.words.index("open"))] == "opened"


def test_marks_before_words() -> None:
    a, _ = pair_of("“No,” he said. Mr. Ruud left.", "“No,” he said. Mr. Ruud has left.").sides(0)
    assert [a.gap(i) for i in range(len(a))][1:3] == [",”", ""]
    assert a.gap(0) == a.gap(len(a)) == "\n"
    assert a.is_quoted(0) and not a.is_quoted(1)
