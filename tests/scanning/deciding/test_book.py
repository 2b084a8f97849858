"""A book measures each pair once, and finds it again."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.detect.buckets import unpack_pairs
from dedup.scanning.deciding.book import FIGURES, Book, Page

ROWS = 30


PAIRS = st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).map(sorted)


@given(st.lists(st.lists(PAIRS, max_size=80), max_size=8))
def test_each_pair_is_measured_once_and_always_found(rounds: list[list[list[int]]]) -> None:
    measured: Counter[int] = Counter()

    def measure(pairs: NDArray[np.uint64]) -> Page:
        """Remember what was measured; the figures of a pair are made of its rows."""
        measured.update(pairs.tolist())
        a, b = unpack_pairs(pairs)
        figures = np.zeros(len(pairs), dtype=FIGURES)
        figures["jaccard"] = ROWS * a + b
        return Page(pairs[::-1], figures[::-1])

    book = Book(measure)
    for pairs in rounds:
        a, b = np.array(pairs, dtype=np.uint64).reshape(-1, 2).T
        figures = book.ask(a << np.uint64(32) | b)
        assert figures["jaccard"].tolist() == [ROWS * low + high for low, high in pairs]
    asked = {(low, high) for pairs in rounds for low, high in pairs}
    assert measured == Counter(low << 32 | high for low, high in asked)
    known = book.all()
    assert known.pairs.tolist() == sorted(low << 32 | high for low, high in asked)
    assert known.figures["jaccard"].tolist() == [ROWS * low + high for low, high in sorted(asked)]
