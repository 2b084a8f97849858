"""Vectors in compiled functions do what the plain operations do, one by one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from dedup.detect.kernel import U32, U64, lean
from dedup.detect.lanekernel import (
    bits_between,
    copy_64,
    how_many,
    least_of,
    load_lanes,
    lower,
    lowest,
    spread,
)

BYTES = st.one_of(st.integers(0, 255), st.sampled_from([0, 0x1F, 0x20, 0x7F, 0x80, 0xFF]))
NUMBERS = st.one_of(st.integers(0, 2**32 - 1), st.sampled_from([0, 1, 2**31, 2**32 - 1]))
BITS = st.one_of(st.integers(0, 2**64 - 1), st.sampled_from([0, 1, 2**63, 2**64 - 1]))


@lean
def between(data, at, ask, out):  # type: ignore[no-untyped-def]
    out[0] = bits_between(data, U64(at), ask[0], ask[1], ask[2])


@lean
def copied(data, at, out, to):  # type: ignore[no-untyped-def]
    copy_64(data, U64(at), out, U64(to))


@lean
def counted(bits, out):  # type: ignore[no-untyped-def]
    out[0], out[1] = lowest(bits[0]), how_many(bits[0])


@lean
def least(numbers, factor, term, bound, out):  # type: ignore[no-untyped-def]
    lanes = lower(
        spread(U32(bound)), load_lanes(numbers, 1), spread(U32(factor)), spread(U32(term))
    )
    out[0] = least_of(lanes)


@settings(max_examples=200, deadline=None)
@given(st.lists(BYTES, min_size=70, max_size=70), st.integers(0, 6), BYTES, st.tuples(BYTES, BYTES))
def test_each_of_64_bytes_has_its_bit(
    bytes_: list[int], at: int, set_bits: int, edges: tuple[int, int]
) -> None:
    low, high = sorted(edges)
    out = np.zeros(1, dtype=np.uint64)
    ask = np.array([set_bits, low, high], dtype=np.uint64)
    between(np.array(bytes_, dtype=np.uint8), at, ask, out)
    found = [low <= byte | set_bits <= high for byte in bytes_[at : at + 64]]
    assert int(out[0]) == sum(1 << place for place, is_in in enumerate(found) if is_in)


@given(st.integers(0, 9), st.integers(0, 9))
def test_64_bytes_are_copied_and_none_beside_them(at: int, to: int) -> None:
    data, out = np.arange(80, dtype=np.uint8), np.full(80, 255, dtype=np.uint8)
    copied(data, at, out, to)
    assert out[to : to + 64].tolist() == list(range(at, at + 64))
    assert (out[:to] == 255).all()
    assert (out[to + 64 :] == 255).all()


@given(BITS)
def test_bits_are_found_and_counted(bits: int) -> None:
    out = np.zeros(2, dtype=np.int64)
    counted(np.array([bits], dtype=np.uint64), out)
    assert out.tolist() == [f"{bits:064b}"[::-1].find("1") if bits else 64, bits.bit_count()]


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=18, max_size=18), NUMBERS, NUMBERS, NUMBERS)
def test_the_least_of_sixteen_numbers(
    numbers: list[int], factor: int, term: int, bound: int
) -> None:
    out = np.zeros(1, dtype=np.uint32)
    least(np.array(numbers, dtype=np.uint32), factor, term, bound, out)
    wanted = [(factor * number + term) % 2**32 for number in numbers[1:17]]
    assert int(out[0]) == min(bound, *wanted)
