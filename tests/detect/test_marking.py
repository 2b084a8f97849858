"""Whatever is furniture passes the sieve, and stands where its word says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.detect.marking import PLACE_BITS, PLACES, Furniture, no_furniture

MASK = (1 << PLACE_BITS) - 1


@given(st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 40), unique=True, max_size=60))
def test_furniture_is_found_in_its_place(hashes: list[int]) -> None:
    shingles = np.sort(np.array(hashes, dtype=np.uint32))
    grouped, firsts, sieve = Furniture(shingles).laid_out
    assert np.array_equal(np.sort(grouped), shingles)
    for shingle in hashes:
        word = shingle & (len(sieve) - 1)
        assert shingle in grouped[firsts[word] : firsts[word + 1]].tolist()
        assert all(int(sieve[word]) >> (shingle >> place & MASK) & 1 for place in PLACES)


def test_nothing_passes_where_there_is_no_furniture() -> None:
    grouped, firsts, sieve = no_furniture().laid_out
    assert (grouped.tolist(), firsts.tolist(), sieve.tolist()) == ([], [0, 0], [0])
