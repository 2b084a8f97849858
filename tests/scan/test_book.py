"""A book measures each pair once, and finds it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dedup.crew import Crew
from dedup.detect.buckets import unpack_pairs
from dedup.detect.thresholds import Thresholds
from dedup.progress import Silent
from dedup.scanning.book import FIGURES, Asked, Book, Scale, Shelf, open_book
from dedup.scanning.spool import Places
from dedup.scanning.watch import Watch

ROWS = 30


class Counting(Book):
    """Remembers what it measured; the figures of a pair are made of its rows."""

    measured: Counter[tuple[int, int]]

    def _weighed(self, tasks: Iterator[Asked]) -> Iterator[NDArray[np.void]]:
        for task in tasks:
            a, b = (task.places.start[side] for side in unpack_pairs(task.pairs))
            self.measured.update(zip(a.tolist(), b.tolist(), strict=True))
            figures = np.zeros(len(task.pairs), dtype=FIGURES)
            figures["jaccard"] = ROWS * a + b
            yield figures


PAIRS = st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).map(sorted)


@given(st.lists(st.lists(PAIRS, max_size=80), max_size=8))
def test_each_pair_is_measured_once_and_always_found(rounds: list[list[list[int]]]) -> None:
    rows = np.arange(ROWS)
    places = Places(np.zeros(ROWS, dtype=np.int32), rows, np.zeros(ROWS, dtype=np.int64))
    given = open_book(
        Crew(1), Shelf("", ""), Scale(Thresholds(), compiled=False), places, Watch(Silent())
    )
    book = Counting(given.crew, given.shelf, given.how, places, given.watch, given.pages)
    book.measured = Counter()
    for pairs in rounds:
        a, b = np.array(pairs, dtype=np.uint64).reshape(-1, 2).T
        figures = book.ask(a << np.uint64(32) | b)
        assert figures["jaccard"].tolist() == [ROWS * low + high for low, high in pairs]
    asked = {(low, high) for pairs in rounds for low, high in pairs}
    assert book.measured == Counter(asked)
    known = book.all()
    assert known.pairs.tolist() == sorted(low << 32 | high for low, high in asked)
    assert known.figures["jaccard"].tolist() == [ROWS * low + high for low, high in sorted(asked)]
