"""What a pair shares is counted exactly, whichever engine counts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect.batch import pack
from dedup.detect.buckets import pack_pairs, unpack_pairs
from dedup.detect.engine import NumpyEngine
from dedup.detect.exact import measure, same_words

ENGINE = NumpyEngine()
WORDS = st.lists(st.sampled_from(["dam", "levee", "river", "town", "flood", "night"]), max_size=12)


@settings(max_examples=50, deadline=None)
@given(WORDS, WORDS)
def test_measures_are_those_of_the_sets(one: list[str], two: list[str]) -> None:
    texts = pack([" ".join(one), " ".join(two)])
    sets = ENGINE.distinct(ENGINE.shingles(texts, 2))
    found = measure(sets, pack_pairs(np.array([0]), np.array([1])), ENGINE)
    a, b = ({tuple(words[i : i + 2]) for i in range(len(words) - 1)} for words in (one, two))
    assert found.shared.tolist() == [len(a & b)]
    assert found.jaccard.tolist() == [len(a & b) / max(1, len(a | b))]
    assert found.containment.tolist() == [len(a & b) / max(1, min(len(a), len(b)))]


def test_texts_of_the_same_words_are_tied_to_the_first_of_them() -> None:
    texts = [(9, "More to come"), (3, "more — to COME."), (5, "more to"), (7, "More to come!")]
    assert [side.tolist() for side in unpack_pairs(same_words(texts))] == [[3, 3], [7, 9]]


def test_texts_without_words_are_not_the_same() -> None:
    assert len(same_words([(1, ""), (2, "—"), (3, "")])) == 0
    assert len(same_words([])) == 0


def test_many_short_texts_take_linear_room() -> None:
    assert len(same_words((row, "Developing") for row in range(20_000))) == 19_999
