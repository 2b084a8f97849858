"""Whole-array hashing gives what the plain definition gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.detect.shingles import shingle_hash, token_hash
from dedup.detect.vectors import hash_windows

WORDS = st.lists(st.sampled_from(["the", "dam", "levee", "held", "broke", "水"]), max_size=40)


@given(WORDS, st.integers(1, 33))
def test_windows_of_any_size_are_hashed_as_shingles(words: list[str], size: int) -> None:
    tokens = np.array([token_hash(word) for word in words], dtype=np.uint64)
    expected = [shingle_hash(words[start : start + size]) for start in range(len(words) - size + 1)]
    assert hash_windows(tokens, size).tolist() == expected
