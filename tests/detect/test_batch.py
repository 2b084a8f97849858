"""Texts and shingles lie end to end and come back as they were."""

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.detect.batch import Shingles, distinct, join, offsets_of, pack, plain_shingles, take

ROWS = st.lists(st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 9), max_size=9), max_size=9)


def shingles_of(rows: list[list[int]]) -> Shingles:
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    return Shingles(
        np.array(list(chain.from_iterable(rows)), dtype=np.uint32), offsets_of(sizes), sizes + 2
    )


@given(st.lists(st.text(alphabet=st.characters())))
def test_texts_come_back(texts: list[str]) -> None:
    packed = pack(texts)
    assert [packed[row] for row in range(len(packed))] == texts


@given(ROWS, st.integers(0, 2**32))
def test_distinct_is_the_sorted_set_below_the_bound(rows: list[list[int]], below: int) -> None:
    found = distinct(shingles_of(rows), below)
    assert [found[row].tolist() for row in range(len(rows))] == [
        sorted({value for value in row if value < below}) for row in rows
    ]
    assert found.tokens.tolist() == [len(row) + 2 for row in rows]


@given(ROWS, st.data())
def test_take_gives_the_rows_asked_for(rows: list[list[int]], data: st.DataObject) -> None:
    asked = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=9) if rows else st.just([]))
    found = take(shingles_of(rows), np.array(asked, dtype=np.int64))
    assert [found[row].tolist() for row in range(len(asked))] == [rows[row] for row in asked]


@given(st.lists(ROWS, max_size=4))
def test_join_lays_batches_end_to_end(batches: list[list[list[int]]]) -> None:
    found = join([shingles_of(rows) for rows in batches])
    wanted = [row for rows in batches for row in rows]
    assert [found[row].tolist() for row in range(len(found))] == wanted
    assert found.tokens.tolist() == [len(row) + 2 for row in wanted]


def test_plain_shingles_of_nothing() -> None:
    assert len(plain_shingles([], 3)) == 0
