"""Small buckets give all their pairs; large ones tie their rows together in linear time."""

from itertools import chain, combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.detect import buckets
from dedup.detect.buckets import (
    NEAR,
    SMALL,
    bucket_pairs,
    merged,
    pack_as_given,
    pack_pairs,
    ranges,
    unpack_pairs,
)


def pairs_of(held: dict[int, list[int]]) -> list[tuple[int, int]]:
    keys = [bucket << 32 | row for bucket, rows in held.items() for row in rows]
    packed = bucket_pairs(np.sort(np.array(keys, dtype=np.uint64)), 32, 32)
    a, b = unpack_pairs(packed)
    return list(zip(a.tolist(), b.tolist(), strict=True))


@given(st.dictionaries(st.integers(0, 2**32 - 1), st.sets(st.integers(0, 40), max_size=SMALL)))
def test_small_buckets_give_exactly_all_their_pairs(held: dict[int, set[int]]) -> None:
    wanted = {pair for rows in held.values() for pair in combinations(sorted(rows), 2)}
    found = pairs_of({bucket: sorted(rows) for bucket, rows in held.items()})
    assert sorted(set(found)) == sorted(wanted)
    assert len(found) == sum(len(rows) * (len(rows) - 1) // 2 for rows in held.values())


@given(st.sets(st.integers(0, 10**6), min_size=SMALL + 1, max_size=200))
def test_a_large_bucket_is_tied_together_by_a_linear_number_of_pairs(rows: set[int]) -> None:
    found = pairs_of({3: sorted(rows)})
    assert len(found) <= len(rows) * (NEAR + 1)
    ordered = sorted(rows)
    assert set(pairwise(ordered)) <= set(found)
    assert {(ordered[0], row) for row in ordered[1:]} <= set(found)


def test_the_bits_between_bucket_and_row_order_a_large_bucket() -> None:
    keys = [1 << 48 | (row % 2) << 32 | row for row in range(40)]
    a, b = unpack_pairs(bucket_pairs(np.sort(np.array(keys, dtype=np.uint64)), 16, 32))
    neighbours = set(zip(a.tolist(), b.tolist(), strict=True))
    assert (10, 12) in neighbours
    assert (10, 11) not in neighbours


def test_a_hundred_thousand_rows_in_one_bucket_take_linear_room() -> None:
    keys = np.arange(100_000, dtype=np.uint64) | np.uint64(9 << 32)
    assert len(bucket_pairs(keys, 32, 32)) < 300_000


def test_no_keys_no_pairs() -> None:
    assert pairs_of({}) == []


@pytest.mark.parametrize("rows", [([3], [1]), ([1], [3])])
def test_a_pair_is_the_same_from_either_side(rows: tuple[list[int], list[int]]) -> None:
    a, b = unpack_pairs(pack_pairs(*(np.array(side, dtype=np.uint64) for side in rows)))
    assert (a.tolist(), b.tolist()) == ([1], [3])


@given(st.lists(st.lists(st.integers(0, 30), max_size=20), max_size=5), st.integers(1, 30))
def test_the_pairs_of_all_parts_are_merged_in_order(parts: list[list[int]], room: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buckets, "MERGE_PAIRS", room)
        laid = [np.array(sorted(part), dtype=np.uint64) for part in parts]
        found = [merged(some).tolist() for some in ranges(laid)]
    assert [*chain(*found)] == sorted(set(chain.from_iterable(parts)))


def test_a_pair_is_packed_with_the_lower_row_first_or_as_it_is_given() -> None:
    a, b = np.array([4, 2, 3]), np.array([2, 4, 3])
    for pack, first, other in ((pack_pairs, [2, 2, 3], [4, 4, 3]), (pack_as_given, a, b)):
        one, two = unpack_pairs(pack(a, b))
        assert (one.tolist(), two.tolist()) == (list(first), list(other))
