"""Vectors in compiled functions do what the plain operations do, one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("numba")

from dedup.detect.kernel import U64, lean
from dedup.detect.lanekernel import (
    above,
    bits_between,
    choose,
    copy_64,
    gather_numbers,
    gather_words,
    how_many,
    least_of,
    lesser,
    load_bytes,
    load_numbers,
    load_words,
    lowest,
    not_zero,
    spread,
    store,
    store_some,
)

BYTES = st.one_of(st.integers(0, 255), st.sampled_from([0, 0x1F, 0x20, 0x7F, 0x80, 0xFF]))
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


#: What is done to lanes, one by one.
LANE_BY_LANE: list[tuple[str, Callable[[int, int], int]]] = [
    ("one + other", lambda one, other: one + other),
    ("one - other", lambda one, other: one - other),
    ("one * other", lambda one, other: one * other),
    ("one & other", lambda one, other: one & other),
    ("one | other", lambda one, other: one | other),
    ("one ^ other", lambda one, other: one ^ other),
    ("one << other", lambda one, other: one << other % 32),
    ("one >> other", lambda one, other: one >> other % 32),
    ("lesser(one, other)", min),
    ("choose(above(one, other), one, zero)", lambda one, other: one * (one > other)),
]


@lean
def done_to_words(a, b, out):  # type: ignore[no-untyped-def]
    one, other, zero = load_words(a, 1), load_words(b, 1), spread(U64(0))
    small = other & spread(U64(31))
    store(out, 0, one + other)
    store(out, 8, one - other)
    store(out, 16, one * other)
    store(out, 24, one & other)
    store(out, 32, one | other)
    store(out, 40, one ^ other)
    store(out, 48, one << small)
    store(out, 56, one >> small)
    store(out, 64, lesser(one, other))
    store(out, 72, choose(above(one, other), one, zero))


@lean
def done_to_numbers(a, b, out):  # type: ignore[no-untyped-def]
    one, other, zero = load_numbers(a, 1), load_numbers(b, 1), spread(np.uint32(0))
    small = other & spread(np.uint32(31))
    store(out, 0, one + other)
    store(out, 16, one - other)
    store(out, 32, one * other)
    store(out, 48, one & other)
    store(out, 64, one | other)
    store(out, 80, one ^ other)
    store(out, 96, one << small)
    store(out, 112, one >> small)
    store(out, 128, lesser(one, other))
    store(out, 144, choose(above(one, other), one, zero))


@lean
def least(a, out):  # type: ignore[no-untyped-def]
    out[0] = least_of(load_numbers(a, 1))


@lean
def gathered(data, edges, number, out):  # type: ignore[no-untyped-def]
    first, rest = gather_words(data, U64(3), edges, number)
    store(out, 0, first)
    store(out, 8, rest)


@lean
def picked(array, places, out):  # type: ignore[no-untyped-def]
    store(out, 1, gather_numbers(array, load_numbers(places, 1)))


@lean
def halved(a, out):  # type: ignore[no-untyped-def]
    store(out, 1, load_words(a, 0))


@lean
def some(numbers, bits, out):  # type: ignore[no-untyped-def]
    store_some(out, 1, bits[0], load_numbers(numbers, 0))


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
@given(st.sampled_from([32, 64]), st.data())
def test_lanes_do_not_meet(bits: int, data: st.DataObject) -> None:
    edges = [0, 1, 2 ** (bits - 1), 2**bits - 1]
    number = st.one_of(st.integers(0, 2**bits - 1), st.sampled_from(edges))
    lanes, kind = 512 // bits, np.uint32 if bits == 32 else np.uint64
    one, other = (data.draw(st.lists(number, min_size=lanes, max_size=lanes)) for _ in "ab")
    out = np.zeros(len(LANE_BY_LANE) * lanes, dtype=kind)
    work = done_to_numbers if bits == 32 else done_to_words
    work(np.array([7, *one], dtype=kind), np.array([7, *other], dtype=kind), out)
    for (name, plain), found in zip(LANE_BY_LANE, out.reshape(-1, lanes).tolist(), strict=True):
        wanted = [plain(a, b) % 2**bits for a, b in zip(one, other, strict=True)]
        assert found == wanted, name


@given(st.lists(st.integers(0, 2**32 - 1), min_size=17, max_size=17))
def test_the_least_of_all_lanes(numbers: list[int]) -> None:
    out = np.zeros(1, dtype=np.uint32)
    least(np.array(numbers, dtype=np.uint32), out)
    assert int(out[0]) == min(numbers[1:])


@given(st.lists(st.integers(0, 99), min_size=17, max_size=17))
def test_numbers_are_gathered_from_any_place(places: list[int]) -> None:
    array = np.arange(2**32 - 100, 2**32, dtype=np.uint32)
    out = np.zeros(17, dtype=np.uint32)
    picked(array, np.array(places, dtype=np.uint32), out)
    assert out.tolist() == [0, *array[places[1:]].tolist()]


@given(st.binary(min_size=40, max_size=40), st.lists(st.integers(0, 21), min_size=9, max_size=9))
def test_words_are_gathered_from_wherever_they_are(data: bytes, places: list[int]) -> None:
    edges, out = np.zeros(18, dtype=np.uint32), np.zeros(16, dtype=np.uint64)
    edges[::2] = places
    gathered(np.frombuffer(data, dtype=np.uint8), edges, 1, out)
    starts = [place + more for more in (3, 11) for place in places[1:]]
    assert out.tolist() == [int.from_bytes(data[at : at + 8], "little") for at in starts]


@given(st.lists(BITS, min_size=8, max_size=8))
def test_of_a_number_is_stored_what_has_room(words: list[int]) -> None:
    out = np.zeros(10, dtype=np.uint32)
    halved(np.array(words, dtype=np.uint64), out)
    assert out.tolist() == [0, *(word % 2**32 for word in words), 0]


@lean
def masked(data, at, bits, out):  # type: ignore[no-untyped-def]
    found = load_bytes(data, at)
    bits[0] = not_zero(found & spread(np.uint8(bits[1])))
    store(out, 1, choose(bits[2], found, spread(np.uint8(7))))


@settings(max_examples=100, deadline=None)
@given(st.lists(BYTES, min_size=67, max_size=67), st.integers(0, 3), BYTES, BITS)
def test_bytes_are_masked_and_chosen(data: list[int], at: int, mask: int, chosen: int) -> None:
    bits, out = np.array([0, mask, chosen], dtype=np.uint64), np.zeros(66, dtype=np.uint8)
    masked(np.array(data, dtype=np.uint8), at, bits, out)
    held = data[at : at + 64]
    assert int(bits[0]) == sum(bool(byte & mask) << place for place, byte in enumerate(held))
    kept = [byte if chosen >> place & 1 else 7 for place, byte in enumerate(held)]
    assert out.tolist() == [0, *kept, 0]


@given(st.integers(0, 2**16 - 1))
def test_lanes_with_a_bit_are_stored_and_nothing_behind_them(bits: int) -> None:
    numbers, out = np.arange(20, 36, dtype=np.uint32), np.zeros(18, dtype=np.uint32)
    some(numbers, np.array([bits], dtype=np.uint64), out)
    kept = [20 + lane for lane in range(16) if bits >> lane & 1]
    assert out.tolist() == [0, *kept, *[0] * (17 - len(kept))]
