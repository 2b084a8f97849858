"""Which articles of a corpus are the same: whatever their digests are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.scanning.ingesting.corpus import first_alike


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
def test_the_first_of_the_same_is_found(prints: list[tuple[int, int]]) -> None:
    found = first_alike(np.array(prints, dtype=np.uint64).reshape(-1, 2))
    assert found.tolist() == [prints.index(one) for one in prints]
