"""Shingles: every window of tokens as 32 bits, the same by the plain way and by whole arrays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.detect.shingles import MASK, shingle_hash, shingle_hashes, token_hash

words = st.lists(st.text(alphabet="abcé北 \ud800", min_size=1, max_size=20), max_size=30)


@given(words, st.integers(1, 8))
def test_whole_arrays_give_the_hash_of_each_window(tokens: list[str], size: int) -> None:
    plain = [shingle_hash(tokens[at : at + size]) for at in range(len(tokens) - size + 1)]
    assert shingle_hashes(tokens, size).tolist() == plain


@pytest.mark.parametrize(("count", "shingles"), [(0, 0), (4, 0), (5, 1), (6, 2)])
def test_a_text_shorter_than_a_shingle_has_none(count: int, shingles: int) -> None:
    found = shingle_hashes(["word"] * count, 5)
    assert found.dtype == np.uint32
    assert found.shape == (shingles,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ab", "ba"),
        ("a", "aa"),
        ("abcdefgh", "abcdefghabcdefgh"),
        ("abcdefgh1", "1abcdefgh"),
        ("1999", "1998"),
    ],
)
def test_tokens_that_look_alike_have_hashes_of_their_own(one: str, other: str) -> None:
    assert token_hash(one) != token_hash(other)
    assert 0 <= token_hash(one) <= MASK


def test_the_order_of_tokens_counts() -> None:
    assert shingle_hash(["dog", "bites", "man"]) != shingle_hash(["man", "bites", "dog"])


def test_hashes_collide_no_more_than_chance_and_their_bits_are_balanced() -> None:
    count = 200_000
    hashes = shingle_hashes([f"word{number}" for number in range(count + 2)], 3)
    distinct = len(np.unique(hashes))
    assert count - distinct < 25  # 4.7 collisions are expected of a perfect hash
    share = np.array([(hashes >> np.uint32(bit) & np.uint32(1)).mean() for bit in range(32)])
    assert np.abs(share - 0.5).max() < 5 * 0.5 / np.sqrt(count)
