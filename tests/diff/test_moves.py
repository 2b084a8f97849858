"""Phrases that left one place in a sentence for another."""

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marking import document

from dedup.diff.matching import gaps_between, light
from dedup.diff.moves import moved_phrases
from dedup.diff.surface import surface_words
from dedup.text.language import stopwords

IS_LIGHT = partial(light, stop=stopwords("en"))


def moved(a: str, b: str, matches: list[tuple[int, int]]) -> list[str]:
    words_a, words_b = (surface_words(document(text), (0,)) for text in (a, b))
    gaps = gaps_between(matches, len(words_a), len(words_b))
    return [
        " ".join(word.text for word in words_a[run.i : run.i + run.size])
        for run in moved_phrases(words_a, words_b, gaps, IS_LIGHT)
    ]


@pytest.mark.parametrize(
    ("a", "b", "matches", "expected"),
    [
        ("Monday rain fell", "rain fell Monday", [(1, 0), (2, 1)], ["Monday"]),
        ("in the old mill rain fell", "rain fell in the old mill", [(4, 0), (5, 1)],
         ["in the old mill"]),
        (", old mill , rain", "rain , old mill ,", [(4, 0)], ["old mill"]),
        ("of the rain", "rain of the", [(2, 0)], []),
        ("old barn rain fell", "rain fell new barn", [(2, 0), (3, 1)], []),
        ("barn rain fell", "rain fell new barn", [(1, 0), (2, 1)], ["barn"]),
        ("old mill", "mill old", [], []),
    ],
)  # fmt: skip
def test_what_counts_as_moved(
    a: str, b: str, matches: list[tuple[int, int]], expected: list[str]
) -> None:
    assert moved(a, b, matches) == expected


@given(
    st.lists(st.sampled_from(["river", "bridge", "the", ",", "Berg", "fell"]), max_size=12),
    st.lists(st.sampled_from(["river", "bridge", "the", ",", "Berg", "fell"]), max_size=12),
)
def test_runs_are_equal_apart_and_inside_gaps(first: list[str], second: list[str]) -> None:
    a, b = (surface_words(document(" ".join(["x", *side])), (0,)) for side in (first, second))
    middle = (len(a) // 2, len(b) // 2)
    gaps = gaps_between([middle], len(a), len(b))
    runs = moved_phrases(a, b, gaps, IS_LIGHT)
    for run in runs:
        here, there = range(run.i, run.i + run.size), range(run.j, run.j + run.size)
        assert [a[i].key for i in here] == [b[j].key for j in there]
        assert middle[0] not in here
        assert middle[1] not in there
    assert len({i for run in runs for i in range(run.i, run.i + run.size)}) == sum(
        run.size for run in runs
    )


def test_a_text_of_one_word_repeated_has_no_phrases() -> None:
    words = surface_words(document("river " * 500), (0,))
    gaps = gaps_between([(250, 250)], len(words), len(words))
    assert moved_phrases(words, words, gaps, IS_LIGHT) == []
