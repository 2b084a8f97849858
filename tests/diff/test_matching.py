"""Which words are matched, and which matches are given up for the reader."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import document

from dedup.diff.matching import gaps_between, light, match_words
from dedup.diff.surface import surface_words
from dedup.text.language import stopwords

IS_LIGHT = partial(light, stop=stopwords("en"))


def matched(a: str, b: str) -> list[str]:
    first, second = document(a), document(b)
    words_a, words_b = surface_words(first, (0,)), surface_words(second, (0,))
    return [words_a[i].text for i, _ in match_words(first, second, words_a, words_b, IS_LIGHT)]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("the river rose", "the river rose", "the river rose"),
        ("old mill of stone fell", "new barn of brick fell", "fell"),
        ("old mill and stone fell", "old mill and brick fell", "old mill and fell"),
        ("we met Anna Berg there", "we met Anna Holm there", "we met there"),
        ("the “great” game", "the awful game", "the game"),
        ("the rain and the snow stopped", "the snow stopped", "the snow stopped"),
    ],
)
def test_matches_that_stay(a: str, b: str, expected: str) -> None:
    assert " ".join(matched(a, b)) == expected


PARTS = st.sampled_from(["the", "of", "river", "Berg", "Anna", "“", "”", ",", "fell"])
TEXTS = st.lists(PARTS, max_size=12).map(lambda words: " ".join(["x", *words]))


@given(TEXTS, TEXTS)
def test_matches_are_of_equal_words_and_never_cross(a: str, b: str) -> None:
    first, second = document(a), document(b)
    words_a, words_b = surface_words(first, (0,)), surface_words(second, (0,))
    matches = match_words(first, second, words_a, words_b, IS_LIGHT)
    assert all(words_a[i].key == words_b[j].key for i, j in matches)
    assert [i for i, _ in matches] == sorted({i for i, _ in matches})
    assert [j for _, j in matches] == sorted({j for _, j in matches})
    gaps = gaps_between(matches, len(words_a), len(words_b))
    assert sum(gap.i_end - gap.i for gap in gaps) == len(words_a) - len(matches)
    assert sum(gap.j_end - gap.j for gap in gaps) == len(words_b) - len(matches)
