"""What a pair shares is counted exactly, whichever engine counts."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.detect.batch import pack
from dedup.detect.buckets import pack_pairs
from dedup.detect.engine import NumpyEngine
from dedup.detect.exact import measure

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
